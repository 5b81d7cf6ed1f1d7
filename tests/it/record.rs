//! Every record keeps what docs/record.md promises. Belongs here: promises of the format, whatever the page.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use crate::run::Place;
use jiebao::lexicon::chars::is_han;
use jiebao::lexicon::{CONFUSIONS, FORMS, MISREADS};
use jiebao::model::EntityKind;
use jiebao::record::{AboutRecord, MentionRecord, MetricRecord, Record, RelationRecord, SCHEMA};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const RECORD: [&str; 17] = [
    "byline",
    "date",
    "headings",
    "id",
    "issue",
    "kicker",
    "mentions",
    "metrics",
    "ordinal",
    "origin",
    "paragraphs",
    "path",
    "relations",
    "schema",
    "source",
    "subtitle",
    "title",
];
const MENTION: [&str; 9] = ["code", "end", "kind", "name", "paragraph", "role", "start", "text", "within"];
const METRIC: [&str; 17] = [
    "about",
    "approx",
    "basis",
    "bound",
    "change",
    "check",
    "check_detail",
    "end",
    "from",
    "high",
    "low",
    "paragraph",
    "start",
    "subject",
    "text",
    "unit",
    "value",
];
const RELATION: [&str; 8] =
    ["end", "object", "object_kind", "paragraph", "relation", "start", "subject", "subject_kind"];

/// The faults of one run's records, each with the article it is in.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, record: &Record, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(format!("{} {}: {}", record.path, record.ordinal, what()));
        }
    }
}

/// The names of an object's fields, in the order of the lists above; a field that is left out is not the same as one that is null.
fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn check_fields(line: &str, faults: &mut Faults) -> Record {
    let value: Value = serde_json::from_str(line).expect("a line is JSON");
    let record: Record = serde_json::from_str(line).expect("a line is a record");
    faults.unless(fields(&value) == RECORD, &record, || format!("fields {:?}", fields(&value)));
    for (list, promised) in [
        ("mentions", MENTION.as_slice()),
        ("metrics", METRIC.as_slice()),
        ("relations", RELATION.as_slice()),
        ("headings", &["before", "text"]),
    ] {
        for entry in value[list].as_array().into_iter().flatten() {
            faults.unless(fields(entry) == promised, &record, || format!("{list} {entry}"));
        }
    }
    faults.unless(value["schema"] == SCHEMA, &record, || format!("schema {}", value["schema"]));
    record
}

fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &&str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&parts.len())
        && digits(&parts[0], 4)
        && parts[1..].iter().all(|part| digits(part, 2))
        && parts.get(1).is_none_or(|month| ("01"..="12").contains(month))
        && parts.get(2).is_none_or(|day| ("01"..="31").contains(day))
}

fn check_head(record: &Record, faults: &mut Faults) {
    let stem = Path::new(&record.path).file_stem().unwrap_or_default().to_string_lossy();
    faults.unless(record.issue == stem, record, || format!("issue {}", record.issue));
    let id = record.id.rsplitn(3, '-').collect::<Vec<_>>();
    let well_formed = matches!(id[..], [ordinal, hex, _]
        if ordinal.split('~').next() == Some(&record.ordinal.to_string())
            && hex.len() == 12 && hex.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase()));
    faults.unless(well_formed, record, || format!("id {}", record.id));
    faults.unless(record.date.as_deref().is_none_or(is_date), record, || format!("date {:?}", record.date));
    let lines = [&record.title, &record.kicker, &record.subtitle, &record.source].into_iter().flatten();
    for text in lines.chain(&record.byline).chain(record.headings.iter().map(|heading| &heading.text)) {
        let one_line = !text.contains(char::is_control) && text.trim() == text && !text.contains("  ");
        faults.unless(one_line && !text.is_empty(), record, || format!("not one clean line: {text:?}"));
    }
    let order = record.headings.iter().map(|heading| heading.before).collect::<Vec<_>>();
    faults.unless(order.is_sorted() && order.iter().all(|&before| before <= record.paragraphs.len()), record, || {
        format!("headings before {order:?} of {}", record.paragraphs.len())
    });
}

fn check_paragraph(record: &Record, paragraph: &str, faults: &mut Faults) {
    let control = paragraph.contains(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}');
    faults.unless(!control && paragraph.trim() == paragraph && !paragraph.is_empty(), record, || {
        format!("not one clean paragraph: {paragraph:?}")
    });
    let wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    faults.unless(!paragraph.contains(wide), record, || format!("wide digits or letters: {paragraph}"));
    let chars: Vec<char> = paragraph.chars().collect();
    let mut quotes = 0_usize;
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '“' | '‘' | '《' => quotes += 1,
            '”' | '’' | '》' => quotes = quotes.saturating_sub(1),
            _ => {}
        }
        let around = (at.checked_sub(1).map(|before| chars[before]), chars.get(at + 1).copied());
        let (Some(before), Some(after)) = around else { continue };
        let here = || chars[at.saturating_sub(8)..chars.len().min(at + 8)].iter().collect::<String>();
        if c.is_whitespace() {
            // A table is a paragraph a row; what parts its cells stays.
            let cells = paragraph.matches(' ').count() > 1 && !paragraph.contains(['。', '！', '？']);
            let held_apart = is_han(before) || is_han(after);
            faults.unless(!held_apart || quotes > 0 || cells, record, || format!("a space in “{}”", here()));
        } else if is_han(before) && is_han(after) {
            faults.unless(!",;:?!()".contains(c), record, || format!("a half-width mark in “{}”", here()));
        }
    }
}

/// What the bytes of `file` at `spans` read.
fn source_text(file: &[u8], spans: &[[usize; 2]]) -> String {
    let bytes: Vec<u8> = spans.iter().flat_map(|&[start, end]| file[start..end].to_vec()).collect();
    let encoding = if std::str::from_utf8(file).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 };
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

fn check_origin(record: &Record, file: &[u8], taken: &mut [bool], faults: &mut Faults) {
    let (paragraphs, origins) = (record.paragraphs.len(), record.origin.len());
    faults.unless(paragraphs == origins, record, || format!("{paragraphs} paragraphs, {origins} origins"));
    for (paragraph, spans) in record.paragraphs.iter().zip(&record.origin) {
        let inside = spans.iter().all(|&[start, end]| start < end && end <= file.len()) && !spans.is_empty();
        faults.unless(inside, record, || format!("origin {spans:?} of a file of {} bytes", file.len()));
        if !inside {
            continue;
        }
        for &[start, end] in spans {
            faults.unless(!taken[start..end].contains(&true), record, || format!("{start}..{end} twice"));
            taken[start..end].fill(true);
        }
        // Cleaning deletes characters, writes some in another form and puts back misread ones, but makes none up and
        // moves none.
        let source = source_text(file, spans);
        let mut source = source.chars().flat_map(|c| match FORMS.get(&c) {
            Some(form) => form.chars().collect::<Vec<_>>(),
            None => vec![c],
        });
        let made_up = paragraph
            .chars()
            .filter(|&c| is_han(c))
            .find(|&c| !source.any(|other| other == c || is_misread(other, c)));
        faults.unless(made_up.is_none(), record, || format!("{made_up:?} is not where {spans:?} says: {paragraph}"));
    }
}

/// Whether recognition is known to take `meant` for `read`, in a word or by shape.
fn is_misread(read: char, meant: char) -> bool {
    CONFUSIONS.meant.get(&read).is_some_and(|meants| meants.contains(meant))
        || MISREADS.iter().any(|(as_read, word)| as_read.chars().zip(word.chars()).any(|pair| pair == (read, meant)))
}

fn check_place(record: &Record, (paragraph, start, end): (i64, usize, usize), text: &str, faults: &mut Faults) {
    let passage = match usize::try_from(paragraph) {
        Ok(at) => record.paragraphs.get(at),
        Err(_) => record.title.as_ref().filter(|_| paragraph == -1),
    };
    let stands = passage
        .filter(|passage| start < end && end <= passage.chars().count())
        .map(|passage| passage.chars().skip(start).take(end - start).collect::<String>());
    faults.unless(stands.as_deref() == Some(text), record, || {
        format!("{paragraph}, {start}..{end} reads {stands:?}, not {text}")
    });
}

fn check_mention(record: &Record, mention: &MentionRecord, faults: &mut Faults) {
    check_place(record, (mention.paragraph, mention.start, mention.end), &mention.text, faults);
    let known = EntityKind::ALL.iter().any(|kind| kind.as_str() == mention.kind);
    faults.unless(known && !mention.name.is_empty(), record, || format!("{mention:?}"));
    let code =
        |code: &String| matches!(code.len(), 2 | 4 | 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit());
    faults.unless(mention.code.as_ref().is_none_or(code), record, || format!("code {:?}", mention.code));
    faults.unless(mention.role.is_none() || mention.kind == "person", record, || format!("{mention:?}"));
}

fn check_metric(record: &Record, metric: &MetricRecord, faults: &mut Faults) {
    check_place(record, (metric.paragraph, metric.start, metric.end), &metric.text, faults);
    let quantity = match (metric.value, metric.low, metric.high) {
        (Some(value), None, None) => value.is_finite(),
        (None, Some(low), Some(high)) => low < high,
        (None, None, None) => metric.text.chars().count() > 15,
        _ => false,
    };
    let one_of = |word: &Option<String>, words: &[&str]| word.as_deref().is_none_or(|word| words.contains(&word));
    let closed = one_of(&metric.bound, &["min", "max"]) && one_of(&metric.change, &["increase", "decrease", "reach"]);
    let words = [&metric.unit, &metric.subject, &metric.basis].into_iter().flatten().all(|word| !word.is_empty());
    faults.unless(quantity && closed && words, record, || format!("{metric:?}"));
    check_about(record, &metric.about, faults);
}

/// What a figure speaks of is named in the issue, and each name has a level.
fn check_about(record: &Record, about: &AboutRecord, faults: &mut Faults) {
    let levels = &about.levels;
    let four = [
        (&about.community, &levels.community, "community"),
        (&about.grid, &levels.grid, "grid"),
        (&about.division, &levels.division, "division"),
        (&about.date, &levels.date, "date"),
    ];
    for (name, level, kind) in four {
        let known = level.as_deref().is_none_or(|level| ["sentence", "paragraph", "article"].contains(&level));
        // The division may be named elsewhere in the issue, and the date in its masthead.
        let elsewhere = level.as_deref() == Some("article") && matches!(kind, "division" | "date");
        let named = name.as_ref().is_none_or(|name| {
            elsewhere || record.mentions.iter().any(|mention| mention.kind == kind && mention.name == *name)
        });
        faults.unless(known && named && name.is_some() == level.is_some(), record, || format!("{kind} of {about:?}"));
    }
    let any = four.iter().any(|(name, ..)| name.is_some());
    faults.unless(about.level.is_some() == any, record, || format!("{about:?}"));
}

fn check_relation(record: &Record, relation: &RelationRecord, faults: &mut Faults) {
    let named = |kind: &Option<String>, name: &str| {
        let known =
            || record.mentions.iter().any(|mention| Some(&mention.kind) == kind.as_ref() && mention.name == name);
        kind.is_none() || known()
    };
    let words = ["in", "heads", "works_in", "bounded_by"].contains(&relation.relation.as_str());
    let ends = named(&relation.subject_kind, &relation.subject) && named(&relation.object_kind, &relation.object);
    let passage =
        usize::try_from(relation.paragraph).ok().and_then(|at| record.paragraphs.get(at)).or(record.title.as_ref());
    let inside = passage.is_some_and(|text| relation.start < relation.end && relation.end <= text.chars().count());
    faults.unless(words && ends && inside && relation.subject_kind.is_some(), record, || format!("{relation:?}"));
}

/// How many files the lines of `extract` are of, and what is wrong with them.
fn faults(out: &str) -> (usize, Vec<String>) {
    let mut faults = Faults::default();
    let mut ids = BTreeSet::new();
    let mut files: BTreeMap<String, (Vec<u8>, Vec<bool>, usize)> = BTreeMap::new();
    for line in out.lines() {
        let record = check_fields(line, &mut faults);
        faults.unless(ids.insert(record.id.clone()), &record, || format!("id {} once more", record.id));
        check_head(&record, &mut faults);
        record.paragraphs.iter().for_each(|paragraph| check_paragraph(&record, paragraph, &mut faults));
        let (file, taken, next) = files.entry(record.path.clone()).or_insert_with(|| {
            let file = fs::read(&record.path).expect("the file that was read");
            let taken = vec![false; file.len()];
            (file, taken, 0)
        });
        faults.unless(record.ordinal == *next, &record, || format!("ordinal {}, not {next}", record.ordinal));
        *next += 1;
        check_origin(&record, file, taken, &mut faults);
        record.mentions.iter().for_each(|mention| check_mention(&record, mention, &mut faults));
        record.metrics.iter().for_each(|metric| check_metric(&record, metric, &mut faults));
        record.relations.iter().for_each(|relation| check_relation(&record, relation, &mut faults));
        let mentions = record.mentions.iter().map(|mention| (mention.paragraph, mention.start));
        let metrics = record.metrics.iter().map(|metric| (metric.paragraph, metric.start));
        faults.unless(mentions.is_sorted() && metrics.is_sorted(), &record, || "not in reading order".to_owned());
    }
    (files.len(), faults.0)
}

#[test]
fn records_keep_their_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, least) in [("corpus", 8), ("../shared/seeds", 3), ("../shared/practice", 1)] {
        let folder = root.join(folder);
        if !folder.exists() {
            eprintln!("skipped: {} is not here", folder.display());
            continue;
        }
        let ran = Place::new().run(&["extract", &folder.to_string_lossy()]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let (files, faults) = faults(&ran.out);
        assert!(files >= least, "{files} files in {}", folder.display());
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn names_the_promises_that_are_broken() {
    let place = Place::new();
    place.write("a.txt", "柳湾添新亭\n柳湾居民区的亭子修好了，3位老人有处歇脚。\n");
    let path = place.path("a.txt").to_string_lossy().into_owned();
    let line = place.run(&["extract", &path]).out;
    assert_eq!(faults(&line), (1, Vec::new()));
    let broken = |from: &str, to: &str| {
        assert!(line.contains(from), "{from} in {line}");
        faults(&line.replacen(from, to, 1)).1.join("; ")
    };
    for (from, to, what) in [
        ("\"kicker\":null,", "", "fields"),
        ("柳湾居民区的", "柳湾 居民区的", "a space in"),
        ("了，3位", "了\\n3位", "not one clean paragraph"),
        ("亭子修好了", "亭子建好了", "is not where"),
        ("\"text\":\"3位\"", "\"text\":\"4位\"", "not 4位"),
        ("\"ordinal\":0", "\"ordinal\":1", "ordinal 1, not 0"),
    ] {
        assert!(broken(from, to).contains(what), "{from} → {to}: {}", broken(from, to));
    }
    assert!(faults(&line.repeat(2)).1.join("; ").contains("once more"));
}
