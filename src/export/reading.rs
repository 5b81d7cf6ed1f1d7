//! A record made ready for its rows. In: a [`Record`]. Out: its date in parts, its sentences, and the bytes of its
//! paragraphs.

use super::File;
use super::tables::Placed;
use crate::index::issue_id_of;
use crate::lexicon::chars::{ends_sentence, sentences};
use crate::model::Decisions;
use crate::record::Record;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An article, and what its rows need.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The record.
    pub record: Record,
    pub(super) issue_id: String,
    pub(super) sha256: Option<&'a str>,
    pub(super) decisions: &'a Decisions,
    /// Where the article is dated to the day.
    pub(super) day: Option<Date>,
    pub(super) year: Option<i64>,
    pub(super) month: Option<String>,
    /// For each paragraph, the bytes of the file that it was made from.
    pub(super) origins: Vec<String>,
    /// In reading order, the title first.
    sentences: Vec<Sentence>,
}

/// A sentence of a title or a paragraph. Positions are in Unicode scalar values of that text.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The paragraph; -1 for the title.
    pub(super) paragraph: i64,
    /// Its place in the paragraph, from 0.
    pub(super) number: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    /// Figures that begin in it.
    pub(super) figures: usize,
    /// Names that begin in it.
    pub(super) names: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(record: Record, files: &'a BTreeMap<String, File>, decisions: &'a Decisions) -> Self {
        let issue_id = issue_id_of(&record.id).to_owned();
        let sha256 = files.get(&issue_id).map(|file| file.sha256.as_str());
        let date = record.date.as_deref().unwrap_or_default();
        let day = (date.len() == 10).then(|| date.parse().ok()).flatten();
        // A date that is no more than a span begins with its first day.
        let year = date.get(..4).and_then(|year| year.parse().ok());
        let month = date.get(..7).filter(|_| date.get(4..5) == Some("-")).map(str::to_owned);
        let origins = record.origin.iter().map(|ranges| written(ranges)).collect();
        let sentences = cut(&record);
        Self { record, issue_id, sha256, decisions, day, year, month, origins, sentences }
    }

    pub(super) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The sentence that something begins in.
    pub(super) fn sentence_of(&self, item: &impl Placed) -> Option<&Sentence> {
        let (paragraph, start, _) = item.place();
        self.sentences.get(index(&self.sentences, paragraph, start)?)
    }

    /// The bytes that a paragraph was made from; none for the title, of which the record does not tell them.
    pub(super) fn origin(&self, paragraph: i64) -> Option<&str> {
        self.origins.get(usize::try_from(paragraph).ok()?).map(String::as_str)
    }
}

/// Byte ranges as text: `start-end`, end exclusive, parted by `;`.
pub(super) fn written(ranges: &[[usize; 2]]) -> String {
    let mut text = String::new();
    for [start, end] in ranges {
        if !text.is_empty() {
            text.push(';');
        }
        text += &format!("{start}-{end}");
    }
    text
}

fn cut(record: &Record) -> Vec<Sentence> {
    let title = record.title.iter().map(|text| (-1, text));
    let mut all = Vec::new();
    for (paragraph, text) in title.chain((0..).zip(&record.paragraphs)) {
        let mut start = 0;
        for (number, span) in sentences(text, ends_sentence).into_iter().enumerate() {
            let text = span.of(text).to_owned();
            let end = start + text.chars().count();
            all.push(Sentence { paragraph, number, start, end, text, figures: 0, names: 0 });
            start = end;
        }
    }
    for metric in &record.metrics {
        if let Some(sentence) = index(&all, metric.paragraph, metric.start).and_then(|at| all.get_mut(at)) {
            sentence.figures += 1;
        }
    }
    for mention in &record.mentions {
        if let Some(sentence) = index(&all, mention.paragraph, mention.start).and_then(|at| all.get_mut(at)) {
            sentence.names += 1;
        }
    }
    all
}

/// Which of `sentences` a character stands in.
fn index(sentences: &[Sentence], paragraph: i64, at: usize) -> Option<usize> {
    let index = sentences.partition_point(|sentence| (sentence.paragraph, sentence.end) <= (paragraph, at));
    sentences.get(index).filter(|sentence| sentence.paragraph == paragraph).map(|_| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(record: Record, ask: impl Fn(&Reading<'_>) -> T) -> T {
        let (files, decisions) = (BTreeMap::new(), Decisions::default());
        ask(&Reading::new(record, &files, &decisions))
    }

    fn date(reading: &Reading<'_>) -> (Option<Date>, Option<i64>, Option<String>) {
        (reading.day, reading.year, reading.month.clone())
    }

    #[test]
    fn cuts_and_dates() {
        let record = Record {
            date: Some("2024-05-12".to_owned()),
            title: Some("云栖添电梯".to_owned()),
            paragraphs: vec!["😀好！“行。”走".to_owned(), String::new(), "完".to_owned()],
            ..Record::default()
        };
        assert_eq!(with(record.clone(), date), ("2024-05-12".parse().ok(), Some(2024), Some("2024-05".to_owned())));
        let sentences = with(record.clone(), |reading| {
            let shown = |one: &Sentence| format!("{} {}..{} {}", one.paragraph, one.start, one.end, one.text);
            reading.sentences.iter().map(shown).collect::<Vec<_>>().join("\n")
        });
        insta::assert_snapshot!(sentences, @r"
        -1 0..5 云栖添电梯
        0 0..3 😀好！
        0 3..7 “行。”
        0 7..8 走
        2 0..1 完
        ");
        for (text, year, month) in
            [("2024-05", Some(2024), Some("2024-05")), ("2024", Some(2024), None), ("", None, None)]
        {
            let record = Record { date: Some(text.to_owned()), ..record.clone() };
            assert_eq!(with(record, date), (None, year, month.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn writes_ranges() {
        assert_eq!(written(&[[3, 10], [12, 20]]), "3-10;12-20");
        assert_eq!(written(&[]), "");
    }
}
