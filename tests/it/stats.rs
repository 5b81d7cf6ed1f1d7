//! Counts against a plain count.

use crate::run::Place;
use jiebao::index::{Archive, Rows, Writer};
use jiebao::model::{Article, EntityKind, Issue, Mention, Metric, Place as Where, Quantity, Text, TextSpan};
use jiebao::record::{Record, records};
use jiebao::stats::{Counted, stats};
use std::collections::BTreeMap;

/// Names or numbers with their counts, most frequent first, then by name.
fn counted(values: impl Iterator<Item = Option<String>>) -> (usize, Vec<(Option<String>, u64)>) {
    let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let distinct = counts.keys().flatten().count();
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (distinct, all)
}

fn plain(counted: &Counted) -> (usize, Vec<(Option<String>, u64)>) {
    (counted.distinct, counted.top.iter().map(|entry| (entry.name.clone(), entry.count)).collect())
}

/// Compares what `stats` says with a count over the records.
fn compare(archive: &Archive, records: &[Record]) {
    let stats = stats(archive, usize::MAX).expect("the index reads");
    assert_eq!(stats.articles, records.len() as u64);
    let characters: usize =
        records.iter().flat_map(|r| r.title.iter().chain(&r.paragraphs)).map(|text| text.chars().count()).sum();
    assert_eq!(stats.characters, characters as u64);
    let mut dates: Vec<&String> = records.iter().filter_map(|record| record.date.as_ref()).collect();
    dates.sort();
    assert_eq!(stats.undated, (records.len() - dates.len()) as u64);
    let range = dates.first().zip(dates.last()).map(|(first, last)| [(*first).clone(), (*last).clone()]);
    assert_eq!(stats.dates, range);
    assert_eq!(stats.mentions, records.iter().map(|record| record.mentions.len() as u64).sum::<u64>());
    for kind in &stats.kinds {
        let of_kind = || records.iter().flat_map(|r| &r.mentions).filter(|mention| mention.kind == kind.kind);
        assert_eq!(kind.mentions, of_kind().count() as u64);
        // Names are counted by what they name: `entities` holds which those are.
        assert_eq!(kind.names.top.iter().map(|entry| entry.count).sum::<u64>(), kind.mentions);
        assert_eq!(kind.names.distinct, kind.names.top.len());
    }
    let metrics = || records.iter().flat_map(|record| &record.metrics);
    assert_eq!(stats.metrics, metrics().count() as u64);
    assert_eq!(plain(&stats.units), counted(metrics().map(|metric| metric.unit.clone())));
    assert_eq!(plain(&stats.subjects), counted(metrics().map(|metric| metric.subject.clone())));
}

#[test]
fn agrees_with_extract() {
    let place = Place::with_pages();
    let extracted = place.run(&["extract", "corpus"]).out;
    let records: Vec<Record> = extracted.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    compare(&Archive::open(&place.path("index")).expect("the index opens"), &records);
    let json = place.json(&["stats", "--json"]);
    assert_eq!(json["issues"], 3);
    let ran = place.run(&["stats"]);
    assert!(ran.code == Some(0) && ran.out.starts_with(" the archive holds"), "{ran:?}");
}

/// Issues with all that an article can have, so that this does not wait for what the stages find.
fn invented(at: usize) -> Issue {
    let text = |text: &str| Text::verbatim(text, 0);
    let body = "云栖网格有停车位20个，云顶网格有约30个";
    let names = [("云栖网格", 0), ("云顶网格", 32)];
    let mention = |(name, start): (&str, usize)| Mention {
        kind: if (at + start).is_multiple_of(2) { EntityKind::Grid } else { EntityKind::Place },
        place: Where::Paragraph(0),
        span: TextSpan::new(start, start + name.len()),
        name: name.to_owned(),
        code: None,
        role: None,
        within: None,
    };
    let metric = |quantity, unit: Option<&str>| Metric {
        place: Where::Title,
        span: TextSpan::new(0, 3),
        quantity,
        unit: unit.map(str::to_owned),
        subject: (!at.is_multiple_of(3)).then(|| format!("停车位{}", at % 3)),
        approx: false,
        bound: None,
        change: None,
        from: None,
        basis: None,
        about: Default::default(),
        check: None,
    };
    let article = Article {
        title: Some(text(&format!("第{at}篇"))),
        paragraphs: vec![text(body)],
        mentions: names.map(mention).to_vec(),
        metrics: vec![metric(Quantity::Exact(20.0), Some("个")), metric(Quantity::Overflow, None)],
        date: (!at.is_multiple_of(4)).then(|| format!("{}-0{}", 2020 + at % 3, 1 + at % 9)),
        ..Article::default()
    };
    Issue {
        name: format!("issue{at}"),
        path: format!("issue{at}.txt"),
        sha256: format!("{at:064}"),
        bytes: 100 + at,
        encoding: "UTF-8",
        number: None,
        date: (!at.is_multiple_of(5)).then(|| format!("{}", 2020 + at % 3)),
        articles: vec![article.clone(), article],
        set_aside: Vec::new(),
        repairs: Vec::new(),
        seams: Vec::new(),
        problems: Vec::new(),
    }
}

#[test]
fn counts_what_was_put_in() {
    let place = Place::new();
    let folder = place.path("index");
    let issues: Vec<Issue> = (0..20).map(invented).collect();
    // Two batches, one of which replaces: deleted rows must not be counted.
    for batch in [&issues[..12], &issues[8..]] {
        let (mut writer, held) = Writer::open(&folder).expect("the index opens for writing");
        for issue in batch {
            let rows = Rows::new(issue, &issue.path);
            if held.iter().any(|held| held.id == rows.issue.id) {
                writer.remove(&rows.issue.id);
            }
            writer.add(rows).expect("the index takes rows");
        }
        writer.commit().expect("the index commits");
    }
    let archive = Archive::open(&folder).expect("the index opens");
    compare(&archive, &issues.iter().flat_map(records).collect::<Vec<_>>());
    let stats = stats(&archive, 1).expect("the index reads");
    assert_eq!((stats.issues, stats.bytes), (20, (100..120).sum()));
    let years: Vec<_> = stats.years.iter().map(|year| (year.year, year.issues)).collect();
    assert_eq!(years, [(Some(2020), 5), (Some(2021), 6), (Some(2022), 5), (None, 4)]);
    let [grid, ..] = &stats.kinds[..] else { panic!("all kinds are listed") };
    assert_eq!((grid.names.distinct, grid.names.top.len()), (2, 1));
}
