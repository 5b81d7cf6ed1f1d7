//! What is read in the sample corpus: one snapshot an issue, to be looked through in a diff. Belongs here: the
//! records as a reader sees them, not their JSON (see `record` for that). Issues that are held out have none: a
//! snapshot would show what is read wrongly in them.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test it golden`, then read `git diff`.

use jiebao::record::{HeadingRecord, MentionRecord, MetricRecord, Record, furniture, records};
use jiebao::{pipeline, source};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Characters shown of each end of a paragraph: enough to see where it starts and stops.
const END: usize = 12;

/// A paragraph's two ends and its length.
fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 2 * END + 4 {
        return format!("{text} ({})", chars.len());
    }
    let part = |part: &[char]| part.iter().collect::<String>();
    format!("{}…{} ({})", part(&chars[..END]), part(&chars[chars.len() - END..]), chars.len())
}

fn shown_mention(mention: &MentionRecord) -> String {
    let mut shown = format!("{} {}", mention.kind, mention.name);
    if mention.text != mention.name {
        let _ = write!(shown, " ({})", mention.text);
    }
    for addition in [&mention.code, &mention.role].into_iter().flatten() {
        let _ = write!(shown, " [{addition}]");
    }
    shown
}

fn shown_metric(metric: &MetricRecord) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |value| value.to_string());
    let range = || format!("{}–{}", number(metric.low), number(metric.high));
    let value = if metric.low.is_some() { range() } else { number(metric.value) };
    let mut shown = format!("{} = ", metric.text);
    if metric.approx {
        shown.push('≈');
    }
    shown.push_str(match metric.bound.as_deref() {
        Some("min") => "≥",
        Some("max") => "≤",
        _ => "",
    });
    let _ = write!(shown, "{value} {} {}", word(metric.unit.as_ref()), word(metric.subject.as_ref()));
    if let Some(change) = &metric.change {
        let _ = write!(shown, ", {change}");
    }
    if metric.from.is_some() {
        let _ = write!(shown, " from {}", number(metric.from));
    }
    if let Some(basis) = &metric.basis {
        let _ = write!(shown, ", {basis}");
    }
    if let Some(check) = &metric.check {
        let _ = write!(shown, ", {check}");
    }
    shown
}

fn word(text: Option<&String>) -> &str {
    text.map_or("-", String::as_str)
}

fn push_named(shown: &mut String, record: &Record, paragraph: i64) {
    let mentions = record.mentions.iter().filter(|mention| mention.paragraph == paragraph);
    mentions.for_each(|mention| *shown += &format!("      @ {}\n", shown_mention(mention)));
    let metrics = record.metrics.iter().filter(|metric| metric.paragraph == paragraph);
    metrics.for_each(|metric| *shown += &format!("      # {}\n", shown_metric(metric)));
}

fn push_headings(shown: &mut String, headings: &[HeadingRecord], before: usize) {
    let here = headings.iter().filter(|heading| heading.before == before);
    here.for_each(|heading| *shown += &format!("  ## {}\n", heading.text));
}

fn push_article(shown: &mut String, record: &Record) {
    *shown += &format!("{} {}\n", record.ordinal, word(record.title.as_ref()));
    push_named(shown, record, -1);
    for (name, text) in [("kicker", &record.kicker), ("subtitle", &record.subtitle), ("date", &record.date)] {
        text.iter().for_each(|text| *shown += &format!("  {name}: {text}\n"));
    }
    if !record.byline.is_empty() {
        *shown += &format!("  byline: {}\n", record.byline.join(", "));
    }
    for (at, paragraph) in record.paragraphs.iter().enumerate() {
        push_headings(shown, &record.headings, at);
        *shown += &format!("  {at} {}\n", shortened(paragraph));
        push_named(shown, record, i64::try_from(at).expect("a small number"));
    }
    push_headings(shown, &record.headings, record.paragraphs.len());
    record.source.iter().for_each(|text| *shown += &format!("  source: {text}\n"));
    shown.push('\n');
}

fn rendered(path: &Path) -> String {
    let source = source::read(path).expect("a sample issue is readable");
    let issue = pipeline::read_issue(&source).expect("a sample issue is text");
    let (number, date) = (word(issue.number.as_ref()), word(issue.date.as_ref()));
    let mut shown = format!("{}, number {number}, {date}\n\n", issue.encoding);
    records(&issue).iter().for_each(|record| push_article(&mut shown, record));
    shown.push_str("set aside\n");
    furniture(&issue).iter().for_each(|piece| shown += &format!("  {}: {}\n", piece.reason, piece.text));
    for problem in &issue.problems {
        shown += &format!("problem in line {}: {}\n", problem.line, problem.what);
    }
    shown
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The stems in `corpus/HELD-OUT`.
fn held_out() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = fs::read_to_string(root.join("corpus/HELD-OUT")).expect("the list of issues that are held out");
    list.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn golden() {
    let held_out = held_out();
    insta::glob!("../../corpus", "*.{txt,md}", |path| {
        if held_out.contains(&stem(path)) {
            return;
        }
        let mut settings = insta::Settings::clone_current();
        // Named by the issue alone.
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(stem(path), rendered(path)));
    });
}

#[test]
fn golden_has_a_snapshot_for_every_issue_that_is_not_held_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (issues, _) = source::find(&[root.join("corpus")]);
    let issues: BTreeSet<String> = issues.iter().map(|path| stem(path)).collect();
    let held_out = held_out();
    let gold = fs::read_dir(root.join("corpus/gold/held-out")).expect("the gold of issues that are held out");
    let gold = gold.map(|entry| entry.expect("gold").file_name().to_string_lossy().replace(".gold.json", ""));
    assert_eq!(gold.collect::<BTreeSet<_>>(), held_out);
    assert!(held_out.is_subset(&issues));
    let snapshots = fs::read_dir(root.join("tests/it/snapshots")).expect("the folder of snapshots");
    let snapshots = snapshots.map(|entry| entry.expect("the folder of snapshots").path());
    let snapshots = snapshots.filter(|path| path.extension().is_some_and(|ending| ending == "snap"));
    let seen: BTreeSet<_> = issues.difference(&held_out).cloned().collect();
    assert_eq!(snapshots.map(|path| stem(&path)).collect::<BTreeSet<_>>(), seen);
}
