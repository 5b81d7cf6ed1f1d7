//! Statistics against a plain count over what `jiebao extract` prints. Belongs here: tables of figures, of names, of pairs and of
//! series. Nothing of `jiebao::stats` decides here what is counted.

use crate::archive::{Asked, corpus, seeds};
use crate::run::Place;
use jiebao::lexicon::script::simplified;
use jiebao::metric::size::adds_up;
use jiebao::model::EntityKind;
use jiebao::query::parse;
use jiebao::record::{MentionRecord, MetricRecord, Record};
use jiebao::stats::{
    Answer, Articles, Figures, Key, Names, Question, Together, metrics, names, select, series, together,
};
use jiebao::table::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// What `jiebao extract` prints of the newsletters that an archive is of, in the order of the ids.
fn extracted(asked: &Asked) -> Vec<Record> {
    let printed = asked.place.run(&["extract", "corpus"]).out;
    let mut records: Vec<Record> =
        printed.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(records.len(), asked.records.len());
    records
}

/// The year of a date; times that no rule could resolve stand as they were written, and have none.
fn year(date: Option<&String>) -> Option<String> {
    let year: String = date?.chars().take(4).collect();
    (year.len() == 4 && year.chars().all(|c| c.is_ascii_digit())).then_some(year)
}

fn month(date: Option<&String>) -> Option<String> {
    let mut parts = date?.split('/').next()?.split('-');
    let (year, month) = (year(parts.next().map(str::to_owned).as_ref())?, parts.next()?);
    Some(format!("{year}-{month}"))
}

fn of_figure(key: Key, record: &Record, metric: &MetricRecord) -> Option<String> {
    match key {
        Key::Subject => metric.subject.clone(),
        Key::Unit => metric.unit.as_ref().map(|unit| unit.chars().map(|c| simplified(c).unwrap_or(c)).collect()),
        Key::Change => metric.change.clone(),
        Key::Basis => metric.basis.clone(),
        Key::Community => metric.about.community.clone(),
        Key::Grid => metric.about.grid.clone(),
        Key::Division => metric.about.division.clone(),
        Key::Issue => Some(record.issue.clone()),
        Key::Year => year(record.date.as_ref()),
        Key::Month => month(record.date.as_ref()),
        Key::AboutYear => year(metric.about.date.as_ref()),
        Key::AboutMonth => month(metric.about.date.as_ref()),
        other => panic!("{} is no key of figures", other.as_str()),
    }
}

/// For each name of a kind, the units that it is said to lie in.
type Units = BTreeMap<String, BTreeSet<String>>;

fn units(records: &[Record], kind: EntityKind) -> Units {
    let mut units = Units::new();
    let has_places = matches!(kind, EntityKind::Grid | EntityKind::Community);
    for mention in records.iter().flat_map(|record| &record.mentions).filter(|mention| mention.kind == kind.as_str())
    {
        let of_name = units.entry(mention.name.clone()).or_default();
        of_name.extend(mention.within.clone().filter(|_| has_places));
    }
    units
}

/// The unit of a mention: where it says none, the only one that its name has.
fn unit_of(units: &Units, mention: &MentionRecord) -> Option<String> {
    let of_name = &units[&mention.name];
    mention.within.clone().or_else(|| of_name.first().filter(|_| of_name.len() == 1).cloned())
}

fn of_mention(units: &Units, key: Key, record: &Record, mention: &MentionRecord) -> Option<String> {
    match key {
        Key::Name => Some(mention.name.clone()),
        Key::Within => unit_of(units, mention),
        Key::Role => mention.role.clone(),
        Key::Code => mention.code.clone(),
        Key::Issue => Some(record.issue.clone()),
        Key::Year => year(record.date.as_ref()),
        Key::Month => month(record.date.as_ref()),
        other => panic!("{} is no key of names", other.as_str()),
    }
}

fn shown(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(number) => Some(number.to_string()),
        other => panic!("{other:?} is no value of a key"),
    }
}

fn whole(answer: &Answer, row: &[Cell], column: &str) -> u64 {
    match &row[answer.table.position(column).expect("the column exists")] {
        Cell::Integer(number) => u64::try_from(*number).expect("a count"),
        other => panic!("{column}: {other:?}"),
    }
}

fn real(answer: &Answer, row: &[Cell], column: &str) -> Option<f64> {
    match &row[answer.table.position(column).expect("the column exists")] {
        Cell::Null => None,
        Cell::Number(number) => Some(*number),
        other => panic!("{column}: {other:?}"),
    }
}

/// The sum of `numbers`, rounded once: each is a whole number of the smallest double, and so is their sum.
fn exact_sum(numbers: &[f64]) -> f64 {
    // Figures of newsletters have few digits; those that fit into the words of an i128 are enough, and the rest would show.
    const STEP: i32 = 60;
    let whole = |number: f64| {
        let scaled = number * 2_f64.powi(STEP);
        assert!(scaled.fract() == 0.0 && scaled.abs() < 1e37, "{number} has too many digits for this test");
        scaled as i128
    };
    numbers.iter().map(|number| whole(*number)).sum::<i128>() as f64 / 2_f64.powi(STEP)
}

/// The share-quantile of `numbers` by Hyndman and Fan's definition 7, as they write it: (1 - g) x[j] + g x[j + 1].
fn quantile(numbers: &[f64], share: f64) -> f64 {
    let place = 1.0 + (numbers.len() - 1) as f64 * share;
    let (j, g) = (place.trunc() as usize, place.fract());
    let next = numbers.get(j).copied().unwrap_or(numbers[j - 1]);
    (1.0 - g) * numbers[j - 1] + g * next
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-300)
}

type Counted<'a> = BTreeMap<Vec<Option<String>>, Vec<(&'a Record, &'a MetricRecord)>>;

/// Compares a table of figures with those that `kept` keeps, grouped by hand.
fn compare(answer: &Answer, keys: &[Key], records: &[Record], kept: impl Fn(&Record, usize) -> bool) {
    let mut plain: Counted<'_> = BTreeMap::new();
    for record in records {
        for (_, metric) in record.metrics.iter().enumerate().filter(|(at, _)| kept(record, *at)) {
            let values = keys.iter().map(|key| of_figure(*key, record, metric)).collect();
            plain.entry(values).or_default().push((record, metric));
        }
    }
    let told: BTreeSet<Vec<Option<String>>> =
        answer.table.rows.iter().map(|row| row[..keys.len()].iter().map(shown).collect()).collect();
    assert_eq!(told.len(), answer.table.rows.len(), "no group comes twice");
    assert!(told.iter().eq(plain.keys()), "{keys:?}: not the groups of a plain count");
    for row in &answer.table.rows {
        let group: Vec<Option<String>> = row[..keys.len()].iter().map(shown).collect();
        let figures = &plain[&group];
        let count = |column: &str, wanted: &dyn Fn(&MetricRecord) -> bool| {
            let plain = figures.iter().filter(|(_, metric)| wanted(metric)).count();
            assert_eq!(whole(answer, row, column), plain as u64, "{group:?} {column}");
        };
        count("count", &|_| true);
        count("approx", &|metric| metric.approx);
        count("bounded", &|metric| metric.bound.is_some());
        count("ranges", &|metric| metric.low.is_some());
        count("too_large", &|metric| metric.value.is_none() && metric.low.is_none());
        let articles: BTreeSet<&String> = figures.iter().map(|(record, _)| &record.id).collect();
        assert_eq!(whole(answer, row, "articles"), articles.len() as u64);
        let issues: BTreeSet<&str> = articles.iter().filter_map(|id| Some(id.rsplit_once('-')?.0)).collect();
        assert_eq!(whole(answer, row, "issues"), issues.len() as u64);
        let mut values: Vec<f64> = figures.iter().filter_map(|(_, metric)| metric.value).collect();
        values.sort_by(f64::total_cmp);
        let unit = group[keys.iter().position(|key| *key == Key::Unit).expect("units are never mixed")].clone();
        let sum = exact_sum(&values);
        let adds_up = adds_up(unit.as_deref()) && !values.is_empty();
        assert_eq!(real(answer, row, "sum"), adds_up.then_some(sum), "{group:?}");
        let some = |number: f64| (!values.is_empty()).then_some(number);
        assert_eq!(real(answer, row, "mean"), some(sum / values.len() as f64), "{group:?}");
        assert_eq!(real(answer, row, "min"), values.first().copied());
        assert_eq!(real(answer, row, "max"), values.last().copied());
        for (column, share) in [("q1", 0.25), ("median", 0.5), ("q3", 0.75)] {
            match real(answer, row, column) {
                Some(told) => assert!(is_near(told, quantile(&values, share)), "{group:?} {column} {told}"),
                None => assert!(values.is_empty()),
            }
        }
    }
}

fn counted(asked: &Asked, question: &Question) -> Answer {
    metrics(&asked.archive, question).expect("the index reads")
}

fn with_unit(by: &[Key]) -> Vec<Key> {
    let unit = (!by.contains(&Key::Unit)).then_some(Key::Unit);
    by.iter().copied().chain(unit).collect()
}

/// Every grouping by none, one, two of the keys, and by three of some.
fn every_grouping(asked: &Asked) {
    let records = extracted(asked);
    let mut groupings: Vec<Vec<Key>> = vec![vec![]];
    for one in Key::OF_FIGURES {
        groupings.push(vec![one]);
        groupings.extend(Key::OF_FIGURES.into_iter().filter(|two| *two != one).map(|two| vec![one, two]));
    }
    groupings.push(vec![Key::Division, Key::Community, Key::Subject]);
    groupings.push(vec![Key::Year, Key::Change, Key::Unit]);
    for by in groupings {
        let answer = counted(asked, &Question { by: by.clone(), ..Question::default() });
        compare(&answer, &with_unit(&by), &records, |_, _| true);
    }
}

#[test]
fn figures_of_the_corpus_are_those_of_a_plain_count() {
    every_grouping(corpus());
}

#[test]
fn figures_of_the_seeds_are_those_of_a_plain_count() {
    if let Some(seeds) = seeds() {
        every_grouping(seeds);
    }
}

/// A condition on a record and one of its figures.
type Holds = Box<dyn Fn(&Record, &MetricRecord) -> bool>;

#[test]
fn conditions_leave_what_they_say() {
    let asked = corpus();
    let records = extracted(asked);
    let all = || Figures::of(Articles::default());
    let dated = |since: &str, until: &str| {
        let end = |end: &str| (!end.is_empty()).then(|| end.to_owned());
        Articles::new(None, end(since), end(until)).expect("dates")
    };
    let cases: Vec<(Figures, Holds)> = vec![
        (
            all().having("subject", "停车").expect("a condition"),
            Box::new(|_, metric| metric.subject.as_ref().is_some_and(|subject| subject.contains("停车"))),
        ),
        (
            all().having("subject", "\"居民\"").expect("a condition"),
            Box::new(|_, metric| metric.subject.as_deref() == Some("居民")),
        ),
        (
            all().having("unit", "户").expect("a condition"),
            Box::new(|_, metric| matches!(metric.unit.as_deref(), Some("户" | "戶"))),
        ),
        (
            all().having("unit", "万元").expect("a condition"),
            Box::new(|_, metric| metric.unit.as_deref() == Some("元")),
        ),
        (
            all().having("change", "decrease").expect("a condition").having("unit", "%").expect("a condition"),
            Box::new(|_, metric| metric.change.as_deref() == Some("decrease") && metric.unit.as_deref() == Some("%")),
        ),
        (
            Figures::of(dated("2024-08", "2025-03")),
            Box::new(|record, _| {
                record.date.as_ref().is_some_and(|date| **date >= *"2024-08" && **date < *"2025-04")
            }),
        ),
        (
            Figures::of(dated("", "2023")),
            Box::new(|record, _| record.date.as_ref().is_some_and(|date| date.starts_with("2023"))),
        ),
        (
            Figures::of(Articles { query: Some(parse("title:社区").expect("a condition")), ..Articles::default() }),
            Box::new(|record, _| record.title.as_ref().is_some_and(|title| title.contains("社区"))),
        ),
    ];
    for (figures, holds) in cases {
        let answer = counted(asked, &Question { figures, by: vec![Key::Subject], ..Question::default() });
        assert!(!answer.table.rows.is_empty());
        compare(&answer, &[Key::Subject, Key::Unit], &records, |record, at| holds(record, &record.metrics[at]));
    }
}

#[test]
fn a_cell_leads_to_its_figures() {
    let asked = corpus();
    let records = extracted(asked);
    let by = vec![Key::Year, Key::Community];
    let table = counted(asked, &Question { by: by.clone(), ..Question::default() });
    for row in table.table.rows.iter().step_by(7) {
        let keys = with_unit(&by);
        let cells: Vec<(Key, Option<String>)> = keys.iter().copied().zip(row.iter().map(shown)).collect();
        let question = Question { cells: cells.clone(), ..Question::default() };
        let selected = select(&asked.archive, &question).expect("the index reads");
        let mut figures = 0;
        for (id, ordinals) in &selected {
            let record = records.iter().find(|record| record.id == *id).expect("an article");
            for &at in ordinals {
                figures += 1;
                let of = |key: &Key| of_figure(*key, record, &record.metrics[at]);
                assert!(cells.iter().all(|(key, value)| of(key) == *value), "{cells:?}");
            }
        }
        assert_eq!(figures, whole(&table, row, "count"));
    }
}

#[test]
fn what_is_told_twice_counts_once() {
    let asked = corpus();
    let records = extracted(asked);
    let mut in_order: Vec<(&Record, usize)> =
        records.iter().flat_map(|record| (0..record.metrics.len()).map(move |at| (record, at))).collect();
    // Ids end in the article's place in its issue, which is a number and not a text.
    in_order.sort_by_key(|(record, at)| (record.date.is_none(), record.date.clone(), record.id.clone(), *at));
    let mut known = BTreeSet::new();
    let mut kept = BTreeSet::new();
    for (record, at) in in_order {
        let metric = &record.metrics[at];
        let number = |number: Option<f64>| number.map(f64::to_bits);
        let twin = (
            (&metric.subject, &metric.unit, &metric.change, &metric.basis),
            (&metric.about.community, &metric.about.grid, &metric.about.division),
            (number(metric.value), number(metric.low), number(metric.high), number(metric.from)),
            year(metric.about.date.as_ref()),
        );
        if metric.subject.is_none() || known.insert(twin) {
            kept.insert((record.id.clone(), at));
        }
    }
    let figures: usize = records.iter().map(|record| record.metrics.len()).sum();
    assert!(kept.len() < figures, "the corpus tells some figures twice");
    let question = Question { by: vec![Key::Subject], distinct: true, ..Question::default() };
    let answer = counted(asked, &question);
    compare(&answer, &[Key::Subject, Key::Unit], &records, |record, at| kept.contains(&(record.id.clone(), at)));
}

fn every_name(asked: &Asked) {
    let records = extracted(asked);
    for kind in EntityKind::ALL {
        let units = units(&records, kind);
        let mut groupings: Vec<Vec<Key>> = vec![vec![]];
        groupings.extend(Key::OF_NAMES.map(|key| vec![key]));
        groupings.extend([vec![Key::Name, Key::Year], vec![Key::Year, Key::Within], vec![Key::Issue, Key::Name]]);
        for by in groupings {
            let question = Names { kind, like: None, articles: Articles::default(), by: by.clone() };
            let answer = names(&asked.archive, &question).expect("the index reads");
            let keys = match (&by[..], kind) {
                ([], EntityKind::Grid | EntityKind::Community) => vec![Key::Name, Key::Within],
                ([], _) => vec![Key::Name],
                _ => by,
            };
            let mut plain: BTreeMap<Vec<Option<String>>, Vec<(&Record, &MentionRecord)>> = BTreeMap::new();
            for record in &records {
                for mention in record.mentions.iter().filter(|mention| mention.kind == kind.as_str()) {
                    let values = keys.iter().map(|key| of_mention(&units, *key, record, mention)).collect();
                    plain.entry(values).or_default().push((record, mention));
                }
            }
            assert_eq!(answer.table.rows.len(), plain.len());
            for row in &answer.table.rows {
                let group: Vec<Option<String>> = row[..keys.len()].iter().map(shown).collect();
                let mentions = &plain[&group];
                let articles: BTreeSet<&String> = mentions.iter().map(|(record, _)| &record.id).collect();
                let dates = || mentions.iter().filter_map(|(record, _)| record.date.clone());
                assert_eq!(whole(&answer, row, "mentions"), mentions.len() as u64, "{group:?}");
                assert_eq!(whole(&answer, row, "articles"), articles.len() as u64, "{group:?}");
                let of = |column: &str| shown(&row[answer.table.position(column).expect("a column")]);
                assert_eq!((of("first"), of("last")), (dates().min(), dates().max()), "{group:?}");
                if !keys.contains(&Key::Name) {
                    let thing = |mention: &MentionRecord| (mention.name.clone(), unit_of(&units, mention));
                    let different: BTreeSet<_> = mentions.iter().map(|(_, mention)| thing(mention)).collect();
                    assert_eq!(whole(&answer, row, "names"), different.len() as u64, "{group:?}");
                }
            }
        }
    }
}

#[test]
fn names_are_those_of_a_plain_count() {
    every_name(corpus());
    if let Some(seeds) = seeds() {
        every_name(seeds);
    }
}

/// For each name of a kind, the things that have it: units, or none.
fn things(records: &[Record], kind: EntityKind) -> BTreeMap<String, BTreeSet<Option<String>>> {
    let units = units(records, kind);
    let mut things: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    for mention in records.iter().flat_map(|record| &record.mentions).filter(|mention| mention.kind == kind.as_str())
    {
        things.entry(mention.name.clone()).or_default().insert(unit_of(&units, mention));
    }
    things
}

#[test]
fn pairs_are_those_of_a_plain_count() {
    let asked = corpus();
    let records = extracted(asked);
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Community];
    for (kind, with) in kinds.into_iter().flat_map(|kind| kinds.map(|with| (kind, with))) {
        for paragraph in [false, true] {
            let question = Together { kind, with, paragraph, least: 1, articles: Articles::default() };
            let answer = together(&asked.archive, &question).expect("the index reads");
            let mut plain: BTreeMap<(String, String), BTreeSet<(&String, i64)>> = BTreeMap::new();
            let all = [kind, with].map(|kind| (units(&records, kind), things(&records, kind)));
            let called = |side: usize, mention: &MentionRecord| {
                let (units, things) = &all[side];
                let unit = unit_of(units, mention).filter(|_| !units[&mention.name].is_empty());
                match unit.filter(|_| things[&mention.name].len() > 1) {
                    Some(unit) => format!("{}（{unit}）", mention.name),
                    None => mention.name.clone(),
                }
            };
            for record in &records {
                let of = |kind: EntityKind| record.mentions.iter().filter(move |m| m.kind == kind.as_str());
                for (a, b) in of(kind).flat_map(|a| of(with).map(move |b| (a, b))) {
                    let key = |mention: &MentionRecord| {
                        (mention.name.clone(), unit_of(&all[0].0, mention).is_none(), unit_of(&all[0].0, mention))
                    };
                    let is_pair = kind != with || key(a) < key(b);
                    if is_pair && (!paragraph || a.paragraph == b.paragraph) {
                        let place = (&record.id, if paragraph { a.paragraph } else { 0 });
                        plain.entry((called(0, a), called(1, b))).or_default().insert(place);
                    }
                }
            }
            let told: BTreeMap<(String, String), u64> = answer
                .table
                .rows
                .iter()
                .map(|row| {
                    let name = |at: usize| shown(&row[at]).expect("a name");
                    ((name(0), name(1)), whole(&answer, row, "together"))
                })
                .collect();
            assert_eq!(told, plain.into_iter().map(|(pair, places)| (pair, places.len() as u64)).collect());
        }
    }
}

#[test]
fn a_series_has_every_figure() {
    let asked = corpus();
    let records = extracted(asked);
    for subject in ["停车", "居民", "\"老人\""] {
        let figures = Figures::of(Articles::default()).having("subject", subject).expect("a condition");
        let bare = subject.trim_matches('"');
        let is_one = |metric: &&MetricRecord| {
            let is = |known: &String| if bare == subject { known.contains(bare) } else { known == bare };
            metric.subject.as_ref().is_some_and(is)
        };
        let plain = records.iter().flat_map(|record| &record.metrics).filter(is_one).count();
        for by in [vec![], vec![Key::Community], vec![Key::Division, Key::Grid]] {
            let answer = series(&asked.archive, &figures, &by).expect("the index reads");
            let told: u64 = answer.table.rows.iter().map(|row| whole(&answer, row, "told")).sum();
            assert_eq!(told, plain as u64, "{subject}");
        }
    }
}

#[test]
fn coverage_counts_what_was_looked_through() {
    let asked = corpus();
    let records = extracted(asked);
    let question = Question { by: vec![Key::Year], ..Question::default() };
    let coverage = counted(asked, &question).coverage;
    let characters = |record: &Record| -> u64 {
        record.title.iter().chain(&record.paragraphs).map(|text| text.chars().count() as u64).sum()
    };
    assert_eq!(coverage.articles, records.len() as u64);
    assert_eq!(coverage.characters, records.iter().map(characters).sum::<u64>());
    assert_eq!(coverage.undated, records.iter().filter(|record| record.date.is_none()).count() as u64);
    assert_eq!(coverage.periods.iter().map(|period| period.articles).sum::<u64>(), coverage.articles);
    assert_eq!(coverage.periods.iter().map(|period| period.characters).sum::<u64>(), coverage.characters);
}

#[test]
fn hands_tables_over_as_they_are_asked_for() {
    let place = &corpus().place;
    let json = place.json(&["stats", "metrics", "--by", "subject", "--unit", "户", "--json"]);
    let rows = json["rows"].as_array().expect("rows");
    let is_right = !rows.is_empty() && rows.iter().all(|row| row["count"].is_u64() && row["unit"] == "户");
    assert!(is_right);
    assert!(json["coverage"]["articles"].as_u64() > Some(0) && json["coverage"]["gaps"].is_array());
    let printed = place.run(&["stats", "metrics", "--by", "subject", "--limit", "3"]);
    assert!(printed.out.contains("rests on") && printed.err.contains("3 of "), "{printed:?}");
    let csv = place.run(&["stats", "grids", "--format", "csv", "--limit", "2"]);
    assert!(csv.out.starts_with('\u{FEFF}') && csv.out.lines().count() == 3, "{csv:?}");
    let empty = place.run(&["stats", "metrics", "--unit", "户户户"]);
    assert!(empty.code == Some(1) && empty.err.contains("there are 户"), "{empty:?}");
    for (args, says) in [
        (&["stats", "metrics", "--by", "subjekt"][..], "did you mean `subject`"),
        (&["stats", "metrics", "--since", "gestern"], "is no date"),
        (&["stats", "metrics", "--cell", "year"], "KEY=VALUE"),
        (&["stats", "grids", "--with", "comunity"], "did you mean `community`"),
        (&["series", "停车", "--by", "subject"], "there are community, grid, division"),
        (&["stats", "metrics", "--output", "corpus"], "its ending names no format"),
        (&["stats", "metrics", "--output", "no/such/a.csv"], "there is no folder"),
    ] {
        let ran = place.run(args);
        assert!(ran.code == Some(2) && ran.err.contains(says), "{args:?}: {ran:?}");
    }
}

#[test]
fn lists_the_figures_of_a_cell() {
    let place = &corpus().place;
    let counted = place.json(&["stats", "metrics", "--by", "year", "--unit", "户", "--json"]);
    for row in counted["rows"].as_array().expect("rows") {
        let cells = [format!("year={}", row["year"]), format!("unit={}", row["unit"].as_str().expect("a unit"))];
        let listed = place.json(&["stats", "metrics", "--rows", "--cell", &cells[0], "--cell", &cells[1], "--json"]);
        let rows = listed["rows"].as_array().expect("rows");
        assert_eq!(rows.len() as u64, row["count"].as_u64().expect("a count"));
        for figure in rows {
            let says = |column: &str| figure[column].as_str().expect("text").to_owned();
            assert!(says("sentence_text").contains(&says("text")), "{figure}");
            assert!(figure["paragraph"] == -1 || !says("origin").is_empty(), "{figure}");
            assert_eq!(says("sha256").len(), 64);
        }
    }
}

#[test]
fn writes_a_graph() {
    let place = &corpus().place;
    let args = ["stats", "communities", "--with", "organizations", "--graph", "pairs.graphml", "--limit", "1"];
    let ran = place.run(&args);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let xml = std::fs::read_to_string(place.path("pairs.graphml")).expect("a file");
    let pairs = place.json(&["stats", "communities", "--with", "organizations", "--json"]);
    assert_eq!(xml.matches("<edge ").count(), pairs["rows"].as_array().expect("rows").len());
    let again = place.run(&args);
    assert!(again.code == Some(2) && again.err.contains("--force"), "{again:?}");
}

/// Pages of a run of issues, the last without number and date, whose figures are few, none, below zero and over 100 %.
fn uneven() -> Place {
    let place = Place::new();
    let page = |head: &str, body: &str| format!("{head}\n\n柳湾街道开展冬季巡查\n{body}\n");
    let pages = [
        ("柳湾报-3.txt", page("柳湾报 第3期 2023年12月5日", "清晨气温零下5℃，0起火情。居民120户参与，满意率120%。")),
        ("柳湾报-4.txt", page("柳湾报 第4期 2024年1月5日", "清晨气温零下11℃，居民98户参与，满意率85%。")),
        ("柳湾报-7.txt", page("柳湾报 第7期 2024年4月5日", "居民3户参与。")),
        ("柳湾报-x.txt", page("柳湾报", "居民7户参与。")),
    ];
    pages.iter().for_each(|(name, text)| place.write(format!("corpus/{name}"), text));
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    place
}

#[test]
fn tells_what_has_no_date_and_what_is_missing() {
    let place = uneven();
    let by_year = place.json(&["stats", "metrics", "--by", "year", "--unit", "户", "--json"]);
    let rows = by_year["rows"].as_array().expect("rows");
    let of_year = |row: &serde_json::Value| (row["year"].as_i64(), row["count"].as_u64(), row["sum"].as_f64());
    let counted: Vec<_> = rows.iter().map(of_year).collect();
    let expected = [(Some(2023), 1, 120.0), (Some(2024), 2, 101.0), (None, 1, 7.0)];
    assert_eq!(counted, expected.map(|(year, count, sum)| (year, Some(count), Some(sum))));
    assert_eq!(by_year["coverage"]["undated"], 1, "{by_year}");
    assert_eq!(by_year["coverage"]["periods"].as_array().map(Vec::len), Some(3));
    assert_eq!(by_year["coverage"]["gaps"][0]["missing"], serde_json::json!(["5", "6"]), "{by_year}");
    let dated = place.json(&["stats", "metrics", "--unit", "户", "--since", "2023", "--json"]);
    assert_eq!(dated["rows"][0]["count"], 3);
    assert!(dated["coverage"]["notes"][0].as_str().is_some_and(|note| note.starts_with("1 articles without a date")));
    let later = place.run(&["stats", "metrics", "--since", "2030"]);
    assert!(later.code == Some(1) && later.err.contains("nothing was selected"), "{later:?}");
    assert!(later.err.contains("1 articles without a date"), "{later:?}");
}

#[test]
fn counts_what_is_zero_below_it_and_alone() {
    let place = uneven();
    let of_unit = |unit: &str| place.json(&["stats", "metrics", "--unit", unit, "--json"])["rows"][0].clone();
    let (cold, shares, none) = (of_unit("℃"), of_unit("%"), of_unit("起"));
    assert_eq!((cold["min"].as_f64(), cold["max"].as_f64(), cold["sum"].is_null()), (Some(-11.0), Some(-5.0), true));
    assert_eq!(
        (shares["max"].as_f64(), shares["mean"].as_f64(), shares["sum"].is_null()),
        (Some(120.0), Some(102.5), true)
    );
    let one = ["sum", "mean", "min", "q1", "median", "q3", "max"].map(|column| none[column].as_f64());
    assert_eq!((none["count"].as_u64(), one), (Some(1), [Some(0.0); 7]));
}
