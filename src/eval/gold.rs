//! Gold: what an annotator reads in an issue.
//!
//! In: the bytes of a `NAME.gold.json`. Out: [`Gold`], its articles as [`Reading`]s and the issue names it
//! answers to, or an [`Error`] that names file, line and field.
//!
//! A record points at headline and paragraphs alone. A name or figure that gold has only from a kicker, a
//! subtitle or a section heading is out of its reach and counts neither way; that is settled here.

use super::fold::BARE_MIN;
use super::reading::{Heading, Metric, Name, Reading, opening};
use crate::error::{Error, Result};
use crate::model::EntityKind;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// The ending of gold files.
pub const ENDING: &str = ".gold.json";

/// An annotated issue.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Names of the issue: `doc`, and the file's stem.
    pub names: BTreeSet<String>,
    /// Its articles.
    pub articles: Vec<Reading>,
}

/// Reads a gold file's content.
pub fn parse(path: &Path, bytes: &[u8]) -> Result<Gold> {
    // Editors on Windows begin JSON with a byte order mark, which JSON does not allow.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let refused = |error: serde_path_to_error::Error<serde_json::Error>| Error::refused(path, explain(&error, 0));
    let issue: IssueRow = serde_path_to_error::deserialize(&mut json).map_err(refused)?;
    json.end().map_err(|error| Error::refused(path, format!("after the issue: {error}")))?;

    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = file.strip_suffix(".json").unwrap_or(&file);
    let stem = stem.strip_suffix(".gold").unwrap_or(stem);
    let names = BTreeSet::from([issue.doc, stem.to_owned()]);
    let articles = issue.articles.into_iter().enumerate().map(|(at, row)| {
        reading(row, issue.date.as_deref())
            .map_err(|what| Error::refused(path, format!("field `articles[{at}]`: {what}")))
    });
    Ok(Gold { names, articles: articles.collect::<Result<_>>()? })
}

/// Line, field and fault, as both gold and records report them; `above` lines of the file were read before.
pub(super) fn explain(error: &serde_path_to_error::Error<serde_json::Error>, above: usize) -> String {
    let (field, fault) = (error.path().to_string(), error.inner().to_string());
    // The place comes first, where an editor's jump-to-error looks for it.
    let fault = fault.split_once(" at line ").map_or(fault.as_str(), |(fault, _)| fault);
    let place = format!("line {}, column {}", above + error.inner().line(), error.inner().column());
    if field == "." { format!("{place}: {fault}") } else { format!("{place}: field `{field}`: {fault}") }
}

#[derive(Deserialize)]
struct IssueRow {
    doc: String,
    date: Option<String>,
    articles: Vec<ArticleRow>,
}

#[derive(Deserialize)]
struct ArticleRow {
    // May be null, but not missing: that is a typing mistake more often than an article without headline.
    #[serde(deserialize_with = "Option::deserialize")]
    title: Option<String>,
    kicker: Option<String>,
    subtitle: Option<String>,
    byline: Option<Vec<String>>,
    source: Option<String>,
    date: Option<String>,
    headings: Option<Vec<String>>,
    order: Option<Vec<String>>,
    paragraphs: Vec<String>,
    entities: Vec<EntityRow>,
    metrics: Vec<MetricRow>,
}

#[derive(Deserialize)]
struct EntityRow {
    #[serde(deserialize_with = "kind_field")]
    kind: EntityKind,
    name: String,
    variants: Option<Vec<String>>,
    opt: Option<bool>,
}

#[derive(Deserialize)]
struct MetricRow {
    text: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(deserialize_with = "Option::deserialize")]
    unit: Option<String>,
    subject: Option<String>,
    approx: Option<bool>,
    bound: Option<String>,
    change: Option<String>,
    from: Option<f64>,
    basis: Option<String>,
    opt: Option<bool>,
}

fn kind_field<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<EntityKind, D::Error> {
    let word = String::deserialize(deserializer)?;
    kind(&word).map_err(serde::de::Error::custom)
}

/// The kind of that word; else a message that lists the kinds.
pub(super) fn kind(word: &str) -> std::result::Result<EntityKind, String> {
    EntityKind::of_word(word)
        .ok_or_else(|| format!("kind `{word}` is none of {}", EntityKind::ALL.map(EntityKind::as_str).join(", ")))
}

fn reading(row: ArticleRow, issue_date: Option<&str>) -> std::result::Result<Reading, String> {
    let headings = headings(&row)?;
    let reach = Reach {
        within: row.title.iter().chain(&row.paragraphs).map(String::as_str).collect(),
        beyond: row
            .kicker
            .iter()
            .chain(&row.subtitle)
            .chain(row.headings.iter().flatten())
            .map(String::as_str)
            .collect(),
    };
    let names = row.entities.iter().map(|entity| name(entity, &reach)).collect();
    if let Some(at) = row.metrics.iter().position(|row| row.value.or(row.low).or(row.high).is_none()) {
        return Err(format!("metrics[{at}]: neither `value` nor `low` and `high`"));
    }
    let hidden = hidden(&row.metrics, &reach);
    let metrics = row.metrics.into_iter().enumerate().filter(|(at, _)| !hidden.contains(at));
    let metrics = metrics.map(|(_, metric)| metric.into()).collect();
    // An empty date is none, and the issue's stands for it.
    let date = row.date.filter(|date| !date.is_empty()).or_else(|| issue_date.map(str::to_owned));
    let reading = Reading {
        title: row.title,
        kicker: row.kicker,
        subtitle: row.subtitle,
        byline: row.byline.unwrap_or_default(),
        source: row.source,
        date,
        headings,
        names,
        metrics,
        ..Reading::default()
    };
    Ok(reading.with_paragraphs(row.paragraphs))
}

/// Gold headings are words alone; `order` (`h0 p0 p1 h1 p2`), where it is given, tells their places.
fn headings(row: &ArticleRow) -> std::result::Result<Vec<Heading>, String> {
    let (mut places, mut paragraphs) = (HashMap::new(), 0);
    for item in row.order.iter().flatten() {
        match (item.get(..1), item.get(1..).map(str::parse::<usize>)) {
            (Some("p"), Some(Ok(_))) => paragraphs += 1,
            (Some("h"), Some(Ok(heading))) => _ = places.insert(heading, paragraphs),
            _ => return Err(format!("order: `{item}` is none of p0, h0, p1, …")),
        }
    }
    let before = |at| places.get(&at).map(|&index| opening(&row.paragraphs, index));
    let texts = row.headings.iter().flatten().enumerate();
    Ok(texts.map(|(at, text)| Heading { text: text.clone(), before: before(at) }).collect())
}

/// What of an article a record can point at, and what it cannot.
struct Reach<'a> {
    /// Headline and paragraphs.
    within: Vec<&'a str>,
    /// Kicker, subtitle, section headings.
    beyond: Vec<&'a str>,
}

fn stands(form: &str, passages: &[&str]) -> bool {
    passages.iter().any(|passage| passage.contains(form))
}

fn name(row: &EntityRow, reach: &Reach) -> Name {
    let others = || row.variants.iter().flatten().map(String::as_str);
    let forms = || std::iter::once(row.name.as_str()).chain(others());
    // A primary name may be spread over a coordination (云栖、云岭两个网格): its first characters are enough.
    let primary = super::figures::PRIMARY.contains(&row.kind);
    let head = |form: &str| form.char_indices().nth(BARE_MIN).map_or(form.len(), |(at, _)| at);
    let within = forms().any(|form| stands(if primary { &form[..head(form)] } else { form }, &reach.within));
    let out_of_reach = !within && forms().any(|form| stands(form, &reach.beyond));
    Name::new(row.kind, &row.name, others(), row.opt == Some(true) || out_of_reach)
}

/// Rows of one text that headline and paragraphs have no room for, because one of them stands elsewhere.
fn hidden(rows: &[MetricRow], reach: &Reach) -> BTreeSet<usize> {
    let mut hidden = BTreeSet::new();
    let texts: BTreeSet<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    for text in texts {
        let mut same: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].text == text).collect();
        let room: usize = reach.within.iter().map(|passage| passage.matches(text).count()).sum();
        if same.len() > room && stands(text, &reach.beyond) {
            // Rows follow the text, and kicker and subtitle come first; optional rows are hidden before others.
            same.sort_by_key(|&at| rows[at].opt != Some(true));
            hidden.extend(same[..same.len() - room].iter());
        }
    }
    hidden
}

impl From<MetricRow> for Metric {
    fn from(row: MetricRow) -> Self {
        let MetricRow { text, value, low, high, unit, subject, approx, bound, change, from, basis, opt } = row;
        let (approx, optional) = (approx == Some(true), opt == Some(true));
        Self { text, value, low, high, unit, subject, approx, bound, change, from, basis, optional }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn gold(article: Value) -> Result<Gold> {
        let issue = json!({"doc": "柳园2024-05", "date": "2024-05-20", "articles": [article]});
        parse(Path::new("gold/h01.gold.json"), issue.to_string().as_bytes())
    }

    fn article(changes: Value) -> Value {
        let mut article = json!({"title": "添新亭", "paragraphs": ["云栖、云岭两个网格来了12户。", "又来12户。"],
            "entities": [], "metrics": []});
        let Value::Object(changes) = changes else { unreachable!("changes are an object") };
        article.as_object_mut().expect("an object").extend(changes);
        article
    }

    fn refusal(article: Value) -> String {
        gold(article).expect_err("refused").to_string()
    }

    #[test]
    fn an_issue_answers_to_doc_and_file() {
        let gold = gold(article(json!({}))).expect("gold");
        assert_eq!(gold.names, BTreeSet::from(["h01".to_owned(), "柳园2024-05".to_owned()]));
        assert_eq!(gold.articles[0].date.as_deref(), Some("2024-05-20"));
    }

    #[test]
    fn headings_know_their_paragraph_where_order_tells_it() {
        let row = json!({"headings": ["来客", "再来", "完"], "order": ["h0", "p0", "h1", "p1", "h2"]});
        let gold = gold(article(row)).expect("gold");
        let before: Vec<_> = gold.articles[0].headings.iter().map(|heading| heading.before.as_deref()).collect();
        assert_eq!(before, [Some("云栖、云岭两"), Some("又来12户。"), Some("")]);
    }

    #[test]
    fn what_stands_in_a_heading_alone_counts_neither_way() {
        let entity = |kind, name| json!({"kind": kind, "name": name});
        let metric = |text, opt| json!({"text": text, "value": 12, "unit": "户", "opt": opt});
        let gold = gold(article(json!({
            "headings": ["一座亭子引来12户、3户"],
            "entities": [entity("program", "一座亭子"), entity("grid", "云栖网格"), entity("place", "凉亭")],
            "metrics": [metric("12户", false), metric("12户", true), metric("12户", false), metric("3户", false)],
        })))
        .expect("gold");
        let optional: Vec<bool> = gold.articles[0].names.iter().map(|name| name.optional).collect();
        assert_eq!(optional, [true, false, false]);
        let metrics: Vec<_> = gold.articles[0].metrics.iter().map(|m| (m.text.as_str(), m.optional)).collect();
        assert_eq!(metrics, [("12户", false), ("12户", false)]);
    }

    #[test]
    fn a_fault_is_named_with_its_place() {
        for (changes, parts) in [
            (json!({"title": 3}), ["`articles[0].title`", "line 1"]),
            (json!({"paragraphs": ["好", null]}), ["`articles[0].paragraphs[1]`", "expected a string"]),
            (
                json!({"entities": [{"kind": "town", "name": "x"}]}),
                ["`articles[0].entities[0].kind`", "`town` is none"],
            ),
            (json!({"metrics": [{"text": "三", "value": 3}]}), ["`articles[0].metrics[0]", "missing field `unit`"]),
            (json!({"metrics": [{"text": "三", "unit": null}]}), ["`articles[0]`: metrics[0]", "neither `value`"]),
            (json!({"order": ["q1"]}), ["`articles[0]`: order", "`q1`"]),
        ] {
            let message = refusal(article(changes));
            assert!(message.starts_with("gold/h01.gold.json: "), "{message}");
            assert!(parts.iter().all(|part| message.contains(part)), "{message}");
        }
        assert!(refusal(json!({})).contains("missing field `title`"));
        let cut = parse(Path::new("h01.gold.json"), b"{\"doc\": \"x\",\n \"articles\": [").expect_err("refused");
        assert!(cut.to_string().contains("line 2"), "{cut}");
        let twice = parse(Path::new("h01.gold.json"), b"{\"doc\": \"x\", \"articles\": []} {}").expect_err("refused");
        assert!(twice.to_string().contains("trailing"), "{twice}");
    }
}
