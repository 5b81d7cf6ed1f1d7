//! Predictions: what the article records read in the same issues.
//!
//! In: [`Record`]s, from the pipeline or from lines of JSON. Out: [`Predictions`], their articles as
//! [`Reading`]s by issue, and the offsets that do not hold.

use super::gold::{explain, kind};
use super::reading::{Heading, Metric, Name, Reading, opening};
use crate::error::{Error, Result};
use crate::model::EntityKind;
use crate::record::{MetricRecord, Record, SCHEMA};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Records by issue.
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    /// Issues by name.
    pub issues: BTreeMap<String, Issue>,
    /// Where each id was used.
    ids: HashMap<String, String>,
}

/// The records of one issue.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// Articles in the order of the records.
    pub articles: Vec<Reading>,
    /// Mentions and metrics that do not stand where they say.
    pub offset_errors: Vec<String>,
}

impl Predictions {
    /// Adds the records of a file of JSON lines, as `jiebao extract` prints them.
    pub fn add_lines(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let number = at + 1;
            let refused = |what: String| Error::refused(path, what);
            let mut json = serde_json::Deserializer::from_slice(line);
            let record: Record =
                serde_path_to_error::deserialize(&mut json).map_err(|error| refused(explain(&error, at)))?;
            json.end().map_err(|error| refused(format!("line {number}: after the record: {error}")))?;
            self.add(&record, &format!("{}: line {number}", path.display()))?;
        }
        Ok(())
    }

    /// Adds a record; `place` says where it came from, for messages.
    pub fn add(&mut self, record: &Record, place: &str) -> Result<()> {
        let refused = |what: String| Error::Usage(format!("{place}: {what}"));
        if record.schema != SCHEMA {
            return Err(refused(format!(
                "field `schema` is {}, this program knows {SCHEMA}; run `jiebao extract` again",
                record.schema
            )));
        }
        if let Some(first) = self.ids.insert(record.id.clone(), place.to_owned()) {
            return Err(refused(format!("field `id`: `{}` was used at {first}", record.id)));
        }
        let names = names(record).map_err(refused)?;
        let issue = self.issues.entry(record.issue.clone()).or_default();
        issue.articles.push(reading(record, names));
        issue.offset_errors.extend(offset_errors(record).map(|error| format!("{place}: {error}")));
        Ok(())
    }
}

fn reading(record: &Record, names: Vec<Name>) -> Reading {
    let heading = |text: &String, before| Heading { text: text.clone(), before: Some(before) };
    let headings = record.headings.iter();
    let headings = headings.map(|row| heading(&row.text, opening(&record.paragraphs, row.before)));
    Reading {
        title: record.title.clone(),
        kicker: record.kicker.clone(),
        subtitle: record.subtitle.clone(),
        byline: record.byline.clone(),
        source: record.source.clone(),
        date: record.date.clone(),
        headings: headings.collect(),
        names,
        metrics: record.metrics.iter().map(Metric::from).collect(),
        ..Reading::default()
    }
    .with_paragraphs(record.paragraphs.clone())
}

/// The distinct names: mentions of one kind and folded name are one thing, and every way it stands a form of it.
fn names(record: &Record) -> std::result::Result<Vec<Name>, String> {
    let mut names: Vec<Name> = Vec::new();
    let mut known = HashMap::new();
    for (at, mention) in record.mentions.iter().enumerate() {
        let kind = kind(&mention.kind).map_err(|what| format!("field `mentions[{at}].kind`: {what}"))?;
        // Gold has dates as they are written, a record their ISO form.
        let label = if kind == EntityKind::Date { &mention.text } else { &mention.name };
        let name = Name::new(kind, label, [mention.name.as_str(), mention.text.as_str()], false);
        let index = *known.entry((kind, name.key.clone())).or_insert(names.len());
        match names.get_mut(index) {
            None => names.push(name),
            Some(same) => {
                same.forms.extend(name.forms);
                same.bare.extend(name.bare);
            }
        }
    }
    Ok(names)
}

impl From<&MetricRecord> for Metric {
    fn from(record: &MetricRecord) -> Self {
        Self {
            text: record.text.clone(),
            value: record.value,
            low: record.low,
            high: record.high,
            unit: record.unit.clone(),
            subject: record.subject.clone(),
            approx: record.approx,
            bound: record.bound.clone(),
            change: record.change.clone(),
            from: record.from,
            basis: record.basis.clone(),
            optional: false,
        }
    }
}

/// The record's promise, `paragraphs[paragraph][start..end] == text`, where it is broken.
fn offset_errors(record: &Record) -> impl Iterator<Item = String> {
    let mentions = record.mentions.iter().map(|row| (row.paragraph, row.start, row.end, &row.text));
    let metrics = record.metrics.iter().map(|row| (row.paragraph, row.start, row.end, &row.text));
    mentions.chain(metrics).filter_map(|(paragraph, start, end, text)| {
        let passage = record.passage(paragraph).or_else(|| (paragraph == -1).then_some(""));
        let Some(passage) = passage else {
            return Some(format!("“{text}”: paragraph {paragraph} of {}", record.paragraphs.len()));
        };
        let stands: String = passage.chars().skip(start).take(end.saturating_sub(start)).collect();
        let holds = start <= end && end <= passage.chars().count() && stands == *text;
        (!holds).then(|| format!("paragraph {paragraph}, {start}..{end} reads “{stands}”, not “{text}”"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn line(changes: Value) -> String {
        let mut row = json!({"schema": 1, "id": "h01-0", "issue": "h01", "path": "h01.txt", "ordinal": 0,
            "title": "柳园添新亭", "kicker": null, "subtitle": null, "byline": [], "source": null, "date": null,
            "headings": [], "paragraphs": ["柳园居民区在5月建亭。"], "origin": [[[0, 9]]], "mentions": [], "metrics": []});
        let Value::Object(changes) = changes else { unreachable!("changes are an object") };
        row.as_object_mut().expect("an object").extend(changes);
        row.to_string()
    }

    fn mention(kind: &str, name: &str, text: &str, paragraph: i64, start: usize, end: usize) -> Value {
        json!({"kind": kind, "name": name, "text": text, "paragraph": paragraph, "start": start, "end": end})
    }

    fn read(lines: &[String]) -> Result<Predictions> {
        let mut predictions = Predictions::default();
        predictions.add_lines(Path::new("out.jsonl"), lines.join("\n").as_bytes()).map(|()| predictions)
    }

    #[test]
    fn mentions_of_one_name_are_one_and_dates_are_told_apart_as_written() {
        let mentions = json!([
            mention("community", "柳园居民区", "柳园", -1, 0, 2),
            mention("community", "“柳园”居民区", "柳园居民区", 0, 0, 5),
            mention("date", "2024-05", "5月", 0, 6, 8),
        ]);
        let predictions = read(&[line(json!({"mentions": mentions}))]).expect("records");
        let issue = &predictions.issues["h01"];
        let names: Vec<_> = issue.articles[0].names.iter().map(|name| name.label.as_str()).collect();
        assert_eq!(names, ["柳园居民区", "5月"]);
        assert!(issue.articles[0].names[1].forms.contains("2024-05"));
        assert_eq!(issue.offset_errors, [""; 0]);
    }

    #[test]
    fn offsets_that_do_not_hold_are_named() {
        for (paragraph, start, end, part) in [
            (0, 1, 3, "reads “园居”"),
            (-1, 0, 9, "reads “柳园添新亭”"),
            (0, 3, 1, "reads “”"),
            (1, 0, 2, "paragraph 1 of 1"),
            (-2, 0, 2, "paragraph -2 of 1"),
        ] {
            let mentions = json!([mention("community", "柳园", "柳园", paragraph, start, end)]);
            let predictions = read(&[line(json!({"mentions": mentions}))]).expect("records");
            let errors = &predictions.issues["h01"].offset_errors;
            assert!(errors.len() == 1 && errors[0].contains(part), "{errors:?}");
        }
    }

    #[test]
    fn a_malformed_record_is_named_with_its_place() {
        let good = line(json!({}));
        for (second, parts) in [
            ("{".to_owned(), ["out.jsonl: line 3, column 1: ", "EOF"]),
            (good.clone(), ["out.jsonl: line 3: ", "`h01-0` was used at out.jsonl: line 1"]),
            (line(json!({"id": "b", "title": 3})), ["out.jsonl: line 3, column ", "`title`: invalid type"]),
            (line(json!({"id": "b", "schema": 2})), ["out.jsonl: line 3: ", "`schema` is 2"]),
            (
                line(json!({"id": "b", "mentions": [mention("town", "柳园", "柳园", 0, 0, 2)]})),
                ["out.jsonl: line 3: ", "`mentions[0].kind`: kind `town` is none of grid"],
            ),
        ] {
            let message = read(&[good.clone(), String::new(), second]).expect_err("refused").to_string();
            assert!(parts.iter().all(|part| message.contains(part)), "{message}");
        }
    }
}
