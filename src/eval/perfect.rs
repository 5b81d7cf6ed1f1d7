//! Records that a perfect pipeline would give for a gold issue, for tests.
//!
//! In: a gold issue as JSON. Out: its records as JSON, so that a test can damage them.

use crate::model::EntityKind;
use serde_json::{Value, json};

/// One record for each article of `gold`. What stands neither in headline nor paragraphs is left out.
pub(super) fn records(gold: &Value) -> Vec<Value> {
    let articles = list(&gold["articles"]).iter().enumerate();
    articles.map(|(ordinal, article)| record(gold, ordinal, article)).collect()
}

/// As JSON lines.
pub(super) fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn record(gold: &Value, ordinal: usize, article: &Value) -> Value {
    let order: Vec<&str> = list(&article["order"]).iter().map(string).collect();
    let before = |heading: usize| {
        let at = order.iter().position(|item| *item == format!("h{heading}")).unwrap_or(0);
        order[..at].iter().filter(|item| item.starts_with('p')).count()
    };
    let headings = list(&article["headings"]).iter().enumerate();
    let headings: Vec<Value> = headings.map(|(at, text)| json!({"text": text, "before": before(at)})).collect();
    let date = if article["date"].is_null() { &gold["date"] } else { &article["date"] };
    let doc = string(&gold["doc"]);
    let byline = list(&article["byline"]);
    let origin: Vec<Value> = list(&article["paragraphs"]).iter().map(|_| json!([[0, 0]])).collect();
    json!({
        "schema": 1, "id": format!("{doc}-{ordinal}"), "issue": doc, "path": format!("{doc}.txt"), "ordinal": ordinal,
        "title": article["title"], "kicker": article["kicker"], "subtitle": article["subtitle"], "byline": byline,
        "source": article["source"], "date": date, "headings": headings, "paragraphs": article["paragraphs"],
        "origin": origin, "mentions": mentions(article), "metrics": metrics(article),
    })
}

fn mentions(article: &Value) -> Vec<Value> {
    let mut mentions = Vec::new();
    for entity in list(&article["entities"]) {
        let (kind, name) = (string(&entity["kind"]), string(&entity["name"]));
        let mut forms: Vec<&str> = vec![name];
        forms.extend(list(&entity["variants"]).iter().map(string));
        if EntityKind::ALL[..3].iter().any(|primary| primary.as_str() == kind) {
            // A name out of a coordination (云栖、云岭两个网格) stands there without its end.
            let ends = name.char_indices().map(|(at, _)| at).skip(2).collect::<Vec<_>>();
            forms.extend(ends.iter().rev().map(|&end| &name[..end]));
        }
        if let Some(mut row) = forms.iter().find_map(|form| place(article, form, &[])) {
            row["kind"] = json!(kind);
            row["name"] = json!(name);
            mentions.push(row);
        }
    }
    mentions
}

fn metrics(article: &Value) -> Vec<Value> {
    let mut rows: Vec<&Value> = list(&article["metrics"]).iter().collect();
    // Required rows take the places first where a figure stands less often than gold has it.
    rows.sort_by_key(|row| row["opt"] == json!(true));
    let mut metrics: Vec<Value> = Vec::new();
    for gold in rows {
        let Some(mut row) = place(article, string(&gold["text"]), &metrics) else { continue };
        for field in ["value", "low", "high", "unit", "subject", "bound", "change", "from", "basis"] {
            row[field] = gold[field].clone();
        }
        row["approx"] = json!(gold["approx"] == json!(true));
        metrics.push(row);
    }
    metrics.sort_by_key(|row| (row["paragraph"].as_i64(), row["start"].as_i64()));
    metrics
}

/// Where `text` stands for the first time in headline or paragraphs, apart from the places of `used`.
fn place(article: &Value, text: &str, used: &[Value]) -> Option<Value> {
    let paragraphs = list(&article["paragraphs"]).iter().enumerate();
    let passages = paragraphs.map(|(at, passage)| (at as i64, string(passage)));
    std::iter::once((-1, string(&article["title"]))).chain(passages).find_map(|(paragraph, passage)| {
        passage.match_indices(text).filter(|(_, found)| !found.is_empty()).find_map(|(at, _)| {
            let start = passage[..at].chars().count();
            let row =
                json!({"text": text, "paragraph": paragraph, "start": start, "end": start + text.chars().count()});
            let taken =
                used.iter().any(|used| used["paragraph"] == row["paragraph"] && used["start"] == row["start"]);
            (!taken).then_some(row)
        })
    })
}
