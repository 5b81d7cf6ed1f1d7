//! How much of gold is found, at least. Belongs here: lower bounds over whole folders, so that no change makes
//! the reading worse unseen. What is wrong, one by one: `jiebao eval --gold corpus/gold --errors 5`.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use jiebao::eval::{Predictions, Report, gold, report, score};
use jiebao::record::records;
use jiebao::source::Source;
use jiebao::{pipeline, source};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A figure by its name in `jiebao eval --json`, and its limit.
type Limit<'a> = (&'a str, f64);

/// The files of gold in a folder; none if it is not here.
fn gold_files(golds: &str) -> Option<Vec<PathBuf>> {
    let golds = Path::new(env!("CARGO_MANIFEST_DIR")).join(golds);
    if !golds.exists() {
        eprintln!("skipped: {} is not here", golds.display());
        return None;
    }
    let mut paths: Vec<_> =
        std::fs::read_dir(&golds).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(gold::ENDING));
    paths.sort();
    Some(paths)
}

/// The score of `sources` against the gold in `paths`.
fn score_of(paths: &[PathBuf], sources: impl Iterator<Item = Source>) -> Report {
    let read = |path: &PathBuf| gold::parse(path, &std::fs::read(path).expect("gold")).expect("gold");
    let golds: Vec<_> = paths.iter().map(read).collect();
    let mut predictions = Predictions::default();
    for source in sources {
        for record in records(&pipeline::read_issue(&source).expect("a newsletter is text")) {
            predictions.add(&record, &record.path).expect("a record of ours");
        }
    }
    let report = score(&golds, &predictions).expect("each gold has a name of its own");
    assert!(!golds.is_empty() && report.gold_without_prediction.is_empty(), "{:?}", report.gold_without_prediction);
    report
}

/// The score of the newsletters in `pages` against the gold in `golds`; none if either is not here.
fn scored(golds: &str, pages: &str) -> Option<Report> {
    let paths = gold_files(golds)?;
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join(pages);
    if !pages.exists() {
        eprintln!("skipped: {} is not here", pages.display());
        return None;
    }
    let (files, errors) = source::find(&[pages]);
    assert!(errors.is_empty(), "{errors:?}");
    Some(score_of(&paths, files.iter().map(|file| source::read(file).expect("a readable newsletter"))))
}

/// The page that `jiebao clean` would make of an issue if it made no mistake.
fn perfect(gold: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let number = |gold: &Value| if gold["number"].is_string() { text(&gold["number"]) } else { "1".to_owned() };
    let mut page = format!("<!-- jiebao clean, issue {}, {} -->\n", number(gold), text(&gold["date"]));
    for article in gold["articles"].as_array().expect("articles") {
        let byline: Vec<String> = article["byline"].as_array().expect("names").iter().map(text).collect();
        let byline = if byline.is_empty() { String::new() } else { format!("□{}", byline.join("、")) };
        let title = format!("# {}", text(&article["title"]));
        let lines = [text(&article["kicker"]), title, text(&article["subtitle"]), byline];
        page += "\n";
        lines.iter().filter(|line| !line.is_empty()).for_each(|line| page += &format!("{line}\n"));
        for item in article["order"].as_array().expect("an order").iter().map(text) {
            let (sort, at) = item.split_at(1);
            let at: usize = at.parse().expect("a number");
            match sort {
                "h" => page += &format!("\n## {}\n", text(&article["headings"][at])),
                _ => page += &format!("\n{}\n", text(&article["paragraphs"][at])),
            }
        }
        article["source"].as_str().iter().for_each(|source| page += &format!("\n（{source}）\n"));
    }
    page
}

/// The score where every article is right, so that it tells of names and figures alone.
fn scored_on_perfect_pages(golds: &str) -> Option<Report> {
    let paths = gold_files(golds)?;
    let page = |path: &PathBuf| {
        let gold: Value = serde_json::from_slice(&std::fs::read(path).expect("gold")).expect("gold is JSON");
        Source::new(&format!("{}.md", gold["doc"].as_str().expect("a name")), perfect(&gold).into_bytes())
    };
    Some(score_of(&paths, paths.iter().map(page)))
}

fn figure(report: &Value, name: &str) -> f64 {
    let value = match name.split_once('.') {
        None => &report["overall"][name],
        Some(_) => name.split('.').fold(&report["micro"], |value, part| &value[part]),
    };
    value.as_f64().unwrap_or_else(|| panic!("`{name}` is {value}"))
}

/// Asserts all limits at once, so that a change shows all that it cost, with the first mistakes of each sort.
fn check(report: &Report, at_least: &[Limit<'_>], at_most: &[Limit<'_>], mistakes: usize) {
    let json = serde_json::to_value(report).expect("a report is plain JSON");
    let below = at_least.iter().filter(|(name, limit)| figure(&json, name) < *limit);
    let above = at_most.iter().filter(|(name, limit)| figure(&json, name) > *limit);
    let missed: Vec<String> =
        below.chain(above).map(|(name, limit)| format!("{name} {} (limit {limit})", figure(&json, name))).collect();
    if !missed.is_empty() {
        panic!("{}\n{}", missed.join(", "), report::text(report, mistakes).expect("text can be written"));
    }
    assert_eq!(report.micro.offset_errors, 0);
}

/// What the real pages must reach.
#[test]
fn reads_the_seeds() {
    let Some(report) = scored("../shared/gold", "../shared/seeds") else { return };
    let at_least = [
        ("articles_f1", 1.0),
        ("title", 1.0),
        ("metrics_f1", 0.85),
        ("entities.grid.f1", 0.90),
        ("entities.community.f1", 0.90),
    ];
    check(&report, &at_least, &[("cer", 0.005)], 5);
}

/// What the sample corpus reaches today, rounded down. Raise a limit when a change lifts its figure.
#[test]
fn reads_the_sample_corpus() {
    let Some(report) = scored("corpus/gold", "corpus") else { return };
    let at_least = [
        ("articles_f1", 0.94),
        ("title", 0.90),
        ("byline", 0.95),
        ("source", 1.0),
        ("headings_f1", 0.90),
        ("paragraphs_f1", 0.94),
        ("entities.grid.f1", 0.96),
        ("entities.community.f1", 0.96),
        ("entities.division.f1", 0.97),
        ("entities.person.f1", 0.80),
        ("entities.organization.f1", 0.77),
        ("entities.place.f1", 0.77),
        ("entities.date.f1", 0.96),
        ("entities.program.f1", 0.90),
        ("metrics_f1", 0.95),
        ("metrics_full", 0.98),
        ("metrics_subject", 0.77),
    ];
    // Hardly a character of the gold is lost, and hardly one is in the records besides.
    check(&report, &at_least, &[("cer", 0.04), ("lost", 0.003), ("extra", 0.002)], 5);
}

/// What the issues reach that were not looked at while rules were written. Which mistakes they are, nobody is told.
#[test]
fn reads_what_is_held_out() {
    let Some(report) = scored("corpus/gold/held-out", "corpus") else { return };
    let at_least = [
        ("articles_f1", 0.69),
        ("title", 0.82),
        ("entities.grid.f1", 0.70),
        ("entities.community.f1", 0.79),
        ("metrics_f1", 0.77),
        ("metrics_full", 0.96),
    ];
    check(&report, &at_least, &[("lost", 0.003)], 0);
}

/// What names and figures reach where every article is right: in the sample corpus, and in what is held out.
#[test]
fn reads_names_and_figures_of_perfect_pages() {
    let limits = [
        ("articles_f1", 1.0, 1.0),
        ("entities.grid.f1", 0.97, 0.88),
        ("entities.community.f1", 0.96, 0.86),
        ("entities.division.f1", 0.96, 0.81),
        ("entities.person.f1", 0.82, 0.70),
        ("entities.organization.f1", 0.76, 0.68),
        ("entities.place.f1", 0.76, 0.63),
        ("entities.date.f1", 0.97, 0.96),
        ("entities.program.f1", 0.90, 0.54),
        ("metrics_f1", 0.97, 0.95),
        ("metrics_full", 0.98, 0.96),
        ("metrics_subject", 0.76, 0.72),
    ];
    let seen = limits.map(|(name, seen, _)| (name, seen));
    let held_out = limits.map(|(name, _, held_out)| (name, held_out));
    for (golds, at_least, mistakes) in [("corpus/gold", seen, 5), ("corpus/gold/held-out", held_out, 0)] {
        let Some(report) = scored_on_perfect_pages(golds) else { return };
        check(&report, &at_least, &[("cer", 0.0)], mistakes);
    }
}
