//! Figures that their own text contradicts. In: an [`Archive`]. Out: each of them with the sentences that hold it and
//! what it was held against, in order of issues and articles.
//!
//! A slip of recognition and an editor's mistake look alike here: both are for a person to decide.

use crate::error::Result;
use crate::index::{Archive, schema::row};
use crate::lexicon::chars::{ends_sentence, sentences};
use crate::record::{MetricRecord, Record};
use serde::Serialize;
use std::collections::BTreeSet;

/// How far the figures of an archive bear each other out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// Figures that the rest of their text confirms.
    pub agree: usize,
    /// Those that it contradicts.
    pub disagree: Vec<Disagreement>,
}

/// A figure that the rest of its text contradicts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Id of the article.
    pub id: String,
    /// The file's stem.
    pub issue: String,
    /// The file as the user named it.
    pub path: String,
    /// Date of the article.
    pub date: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Index of the paragraph; -1 for the title.
    pub paragraph: i64,
    /// First character of the figure, in Unicode scalar values of the paragraph.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The figure as it stands.
    pub text: String,
    /// How it hangs together with the others: one of [`crate::model::Rule`]'s words.
    pub rule: String,
    /// What it says.
    pub stated: f64,
    /// What the others make of it; for `parts` the most it can be.
    pub expected: f64,
    /// The others, as they stand.
    pub against: Vec<String>,
    /// The sentences that hold all of them.
    pub sentence: String,
    /// Byte ranges of the file that the paragraph was made from; none for the title.
    pub origin: Vec<[usize; 2]>,
}

/// Holds the figures of `archive` against their texts.
pub fn audit(archive: &Archive) -> Result<Audit> {
    let check = archive.fields().check;
    let (mut agree, mut articles) = (0, BTreeSet::new());
    archive.each(row::METRIC, &[(check, "agrees")], [], |[]| agree += 1)?;
    archive.each(row::METRIC, &[(check, "disagrees")], ["article"], |[id]| {
        articles.extend(id.map(str::to_owned));
    })?;
    let mut disagree = Vec::new();
    for id in articles {
        for address in archive.articles_named(&id, 1)?.0 {
            let record = archive.record(address)?;
            disagree.extend(record.metrics.iter().filter_map(|metric| disagreement(&record, metric)));
        }
    }
    Ok(Audit { agree, disagree })
}

fn disagreement(record: &Record, metric: &MetricRecord) -> Option<Disagreement> {
    let detail = metric.check_detail.as_ref().filter(|_| metric.check.as_deref() == Some("disagrees"))?;
    let text = record.passage(metric.paragraph)?;
    let places = || detail.against.iter().copied().chain([[metric.start, metric.end]]);
    let first = places().map(|[start, _]| start).min()?;
    let last = places().map(|[_, end]| end).max()?;
    Some(Disagreement {
        id: record.id.clone(),
        issue: record.issue.clone(),
        path: record.path.clone(),
        date: record.date.clone(),
        title: record.title.clone(),
        paragraph: metric.paragraph,
        start: metric.start,
        end: metric.end,
        text: metric.text.clone(),
        rule: detail.rule.clone(),
        stated: detail.stated,
        expected: detail.expected,
        against: detail
            .against
            .iter()
            .filter_map(|&[start, end]| record.slice(metric.paragraph, start, end))
            .collect(),
        sentence: around(text, first, last),
        origin: usize::try_from(metric.paragraph)
            .ok()
            .and_then(|at| record.origin.get(at))
            .cloned()
            .unwrap_or_default(),
    })
}

/// The sentences of `text` that the characters from `first` to `last` stand in.
fn around(text: &str, first: usize, last: usize) -> String {
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let (first, last) = (byte(first), byte(last));
    let held = sentences(text, ends_sentence).into_iter().filter(|span| span.start < last && first < span.end);
    held.map(|span| span.of(text)).collect::<String>().trim().to_owned()
}
