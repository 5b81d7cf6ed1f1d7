//! How much of gold is found, at least. Belongs here: lower bounds over whole folders, so that no change makes
//! the reading worse unseen. What is wrong, one by one: `jiebao eval --gold corpus/gold --errors 5`.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use jiebao::eval::{Predictions, Report, gold, report, score};
use jiebao::record::records;
use jiebao::{pipeline, source};
use serde_json::Value;
use std::path::Path;

/// A figure by its name in `jiebao eval --json`, and its limit.
type Limit<'a> = (&'a str, f64);

/// The score of the newsletters in `pages` against the gold in `golds`; none if either is not here.
fn scored(golds: &str, pages: &str) -> Option<Report> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (golds, pages) = (root.join(golds), root.join(pages));
    if let Some(missing) = [&golds, &pages].into_iter().find(|path| !path.exists()) {
        eprintln!("skipped: {} is not here", missing.display());
        return None;
    }
    let mut paths: Vec<_> =
        std::fs::read_dir(&golds).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(gold::ENDING));
    paths.sort();
    let read = |path: &std::path::PathBuf| gold::parse(path, &std::fs::read(path).expect("gold")).expect("gold");
    let golds: Vec<_> = paths.iter().map(read).collect();
    let (files, errors) = source::find(&[pages]);
    assert!(errors.is_empty(), "{errors:?}");
    let mut predictions = Predictions::default();
    for file in files {
        let source = source::read(&file).expect("a readable newsletter");
        for record in records(&pipeline::read_issue(&source).expect("a newsletter is text")) {
            predictions.add(&record, &record.path).expect("a record of ours");
        }
    }
    let report = score(&golds, &predictions).expect("each gold has a name of its own");
    assert!(!golds.is_empty() && report.gold_without_prediction.is_empty(), "{:?}", report.gold_without_prediction);
    Some(report)
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
        ("articles_f1", 0.87),
        ("title", 0.89),
        ("byline", 0.95),
        ("source", 1.0),
        ("headings_f1", 0.87),
        ("paragraphs_f1", 0.95),
        ("entities.grid.f1", 0.90),
        ("entities.community.f1", 0.92),
        ("entities.division.f1", 0.88),
        ("entities.person.f1", 0.61),
        ("entities.organization.f1", 0.61),
        ("entities.place.f1", 0.56),
        ("entities.date.f1", 0.91),
        ("entities.program.f1", 0.77),
        ("metrics_f1", 0.89),
        ("metrics_full", 0.98),
        ("metrics_subject", 0.77),
    ];
    // Hardly a character of the gold is lost, and hardly one is in the records besides.
    check(&report, &at_least, &[("cer", 0.07), ("lost", 0.002), ("extra", 0.002)], 5);
}

/// What the issues reach that were not looked at while rules were written. Which mistakes they are, nobody is told.
#[test]
fn reads_what_is_held_out() {
    let Some(report) = scored("corpus/gold/held-out", "corpus") else { return };
    let at_least = [
        ("articles_f1", 0.60),
        ("title", 0.80),
        ("entities.grid.f1", 0.60),
        ("entities.community.f1", 0.70),
        ("metrics_f1", 0.70),
        ("metrics_full", 0.90),
    ];
    check(&report, &at_least, &[("lost", 0.01)], 0);
}
