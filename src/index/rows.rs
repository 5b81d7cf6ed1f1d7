//! An issue into rows. In: an [`Issue`]. Out: [`Rows`], the documents that the index takes, in reading order, and
//! what they hold. Pure work that needs no index, so that files are prepared side by side.

use super::schema::{Fields, fields, row};
use super::words::{push_name, push_words};
use crate::model::{Decision, EntityKind, Issue};
use crate::record::{self, MentionRecord, MetricRecord, Record, RelationRecord, records};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyDocument;
use tantivy::schema::Field;

/// What the index keeps of a file besides its articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssueRow {
    /// The same for the same stem and content; every article's id begins with it.
    pub id: String,
    /// The file's stem.
    pub issue: String,
    /// The file as the user named it.
    pub path: String,
    /// The file's canonical path.
    pub file: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Length of the file in bytes.
    pub bytes: usize,
    /// Encoding, in WHATWG's spelling.
    pub encoding: String,
    /// Number as printed.
    pub number: Option<String>,
    /// ISO 8601, as exact as it is printed.
    pub date: Option<String>,
    /// Version of the program that read the file.
    pub program: String,
    /// What it holds.
    pub counts: Counts,
    /// What stands in no article, in file order.
    pub set_aside: Vec<SetAsideRow>,
    /// What went wrong without stopping the work.
    pub problems: Vec<ProblemRow>,
}

/// A piece that stands in no article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetAsideRow {
    /// Byte range of the file.
    pub source: [usize; 2],
    /// One of [`crate::model::Reason`]'s words.
    pub reason: String,
    /// What it reads.
    pub text: String,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemRow {
    /// Byte range of the file.
    pub source: [usize; 2],
    /// Line of the file, from 1.
    pub line: usize,
    /// What it is.
    pub what: String,
}

/// How much a file, or many, hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Characters of titles and paragraphs.
    pub characters: usize,
    /// Mentions by kind.
    pub mentions: BTreeMap<String, usize>,
    /// Figures.
    pub metrics: usize,
    /// Pieces set aside.
    pub set_aside: usize,
    /// Problems.
    pub problems: usize,
}

impl Counts {
    /// Adds what `other` counts.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.characters += other.characters;
        self.metrics += other.metrics;
        self.set_aside += other.set_aside;
        self.problems += other.problems;
        for (kind, count) in &other.mentions {
            *self.mentions.entry(kind.clone()).or_default() += count;
        }
    }
}

/// All rows of one file.
#[derive(Debug)]
pub struct Rows {
    /// The file.
    pub issue: IssueRow,
    pub(super) documents: Vec<TantivyDocument>,
}

/// The id that all rows of one file share.
pub fn issue_id(name: &str, sha256: &str) -> String {
    let id = record::article_id(name, sha256, 0);
    id.strip_suffix("-0").map(str::to_owned).unwrap_or(id)
}

/// The id of the issue that the article of that id is of.
pub(crate) fn issue_id_of(article: &str) -> &str {
    article.rsplit_once('-').map_or(article, |(issue, _)| issue)
}

impl Rows {
    /// The rows of `issue`, read from the file whose canonical path is `file`.
    pub fn new(issue: &Issue, file: &str) -> Self {
        let (records, fields) = (records(issue), fields());
        let issue = issue_row(issue, file, &records);
        let mut documents = vec![issue_document(&issue, &fields)];
        for record in &records {
            let base = Base { issue: &issue, record, fields: &fields };
            documents.push(base.article());
            documents.extend(record.mentions.iter().enumerate().map(|(at, mention)| base.mention(at, mention)));
            documents.extend(record.metrics.iter().enumerate().map(|(at, metric)| base.metric(at, metric)));
            documents.extend(record.relations.iter().enumerate().map(|(at, relation)| base.relation(at, relation)));
        }
        Self { issue, documents }
    }
}

fn issue_row(issue: &Issue, file: &str, records: &[Record]) -> IssueRow {
    let mut counts = Counts {
        articles: records.len(),
        characters: records.iter().map(characters).sum(),
        metrics: records.iter().map(|record| record.metrics.len()).sum(),
        set_aside: issue.set_aside.len(),
        problems: issue.problems.len(),
        mentions: BTreeMap::new(),
    };
    for mention in records.iter().flat_map(|record| &record.mentions) {
        *counts.mentions.entry(mention.kind.clone()).or_default() += 1;
    }
    IssueRow {
        id: issue_id(&issue.name, &issue.sha256),
        issue: issue.name.clone(),
        path: issue.path.clone(),
        file: file.to_owned(),
        sha256: issue.sha256.clone(),
        bytes: issue.bytes,
        encoding: issue.encoding.to_owned(),
        number: issue.number.clone(),
        date: issue.date.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        counts,
        set_aside: issue
            .set_aside
            .iter()
            .map(|piece| SetAsideRow {
                source: [piece.source.start, piece.source.end],
                reason: piece.reason.as_str().to_owned(),
                text: piece.text.clone(),
            })
            .collect(),
        problems: issue
            .problems
            .iter()
            .map(|problem| ProblemRow {
                source: [problem.source.start, problem.source.end],
                line: problem.line,
                what: problem.what.clone(),
            })
            .collect(),
    }
}

/// Characters of title and paragraphs, in Unicode scalar values.
fn characters(record: &Record) -> usize {
    record.title.iter().chain(&record.paragraphs).map(|text| text.chars().count()).sum()
}

/// A number that follows from `id` and is like no other's.
fn lot(id: &str) -> usize {
    let digest = Sha256::digest(id);
    digest.iter().take(6).fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Year of an ISO 8601 date.
fn year(date: &str) -> Option<i64> {
    date.get(..4)?.parse().ok()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("rows are made of strings and numbers, which JSON can always write")
}

/// A document under construction.
struct Row(TantivyDocument);

impl Row {
    fn word(&mut self, field: Field, text: &str) -> &mut Self {
        self.0.add_text(field, text);
        self
    }

    fn words<'a>(&mut self, field: Field, texts: impl IntoIterator<Item = &'a String>) -> &mut Self {
        texts.into_iter().for_each(|text| self.0.add_text(field, text));
        self
    }

    /// A row of that sort.
    fn of(sort: &str, fields: &Fields) -> Self {
        let mut row = Self(TantivyDocument::new());
        row.word(fields.row, sort).int(fields.rank, row::rank(sort));
        row
    }

    fn int(&mut self, field: Field, value: usize) -> &mut Self {
        self.0.add_i64(field, i64::try_from(value).unwrap_or(i64::MAX));
        self
    }

    fn number(&mut self, field: Field, value: Option<f64>) -> &mut Self {
        value.filter(|value| value.is_finite()).into_iter().for_each(|value| self.0.add_f64(field, value));
        self
    }

    fn date(&mut self, fields: &Fields, date: Option<&String>) -> &mut Self {
        if let Some(date) = date {
            self.0.add_text(fields.date, date);
            year(date).into_iter().for_each(|year| self.0.add_i64(fields.year, year));
        }
        self
    }
}

fn issue_document(issue: &IssueRow, fields: &Fields) -> TantivyDocument {
    let mut row = Row::of(row::ISSUE, fields);
    row.word(fields.issue_id, &issue.id)
        .word(fields.issue, &issue.issue)
        .date(fields, issue.date.as_ref())
        .word(fields.path, &issue.path)
        .word(fields.file, &issue.file)
        .word(fields.sha256, &issue.sha256)
        .int(fields.bytes, issue.bytes)
        .word(fields.encoding, &issue.encoding)
        .words(fields.number, &issue.number)
        .word(fields.version, &issue.program)
        .int(fields.set_aside, issue.set_aside.len())
        .int(fields.problems, issue.problems.len())
        .word(fields.stored, &json(issue));
    row.0
}

/// The id of the row of a decision: no file's, since stems have no control characters in ids.
pub(super) fn decision_id(decision: &Decision) -> String {
    format!("\u{1}{}\u{1}{}", decision.kind.as_str(), decision.name)
}

/// The row of a decision on a name; none for one that only forgets.
pub(super) fn decision_document(decision: &Decision) -> Option<TantivyDocument> {
    let fields = fields();
    let mut row = Row::of(row::DECISION, &fields);
    row.word(fields.issue_id, &decision_id(decision))
        .word(fields.kind, decision.kind.as_str())
        .word(fields.name, &decision.name)
        .word(fields.object, decision.into.as_ref()?);
    Some(row.0)
}

/// What all rows of one article are made from.
struct Base<'a> {
    issue: &'a IssueRow,
    record: &'a Record,
    fields: &'a Fields,
}

impl Base<'_> {
    fn row(&self, sort: &str, ordinal: usize) -> Row {
        let fields = self.fields;
        let mut row = Row::of(sort, fields);
        row.word(fields.issue_id, &self.issue.id)
            .word(fields.issue, &self.record.issue)
            .date(fields, self.record.date.as_ref())
            .word(fields.article, &self.record.id)
            .int(fields.ordinal, ordinal);
        row
    }

    fn article(&self) -> TantivyDocument {
        let (record, fields) = (self.record, self.fields);
        let headings = || record.kicker.iter().chain(&record.subtitle).chain(record.headings.iter().map(|h| &h.text));
        let body = || record.paragraphs.iter().chain(&record.byline).chain(&record.source);
        let words = |texts: &mut dyn Iterator<Item = &String>| {
            texts.fold(String::new(), |mut words, text| {
                push_words(text, &mut words);
                words
            })
        };
        let (mut title_words, heading_words, mut body_words) =
            (words(&mut record.title.iter()), words(&mut headings()), words(&mut body()));
        // A name that was recognised is a word, also where jieba has never heard of it.
        for mention in &record.mentions {
            push_name(&mention.text, if mention.paragraph < 0 { &mut title_words } else { &mut body_words });
        }
        let mut row = self.row(row::ARTICLE, record.ordinal);
        row.int(fields.characters, characters(record))
            .int(fields.lot, lot(&record.id))
            .words(fields.title, &record.title)
            .words(fields.heading, headings())
            .words(fields.body, body())
            .words(fields.source, record.byline.iter().chain(&record.source))
            .word(fields.title_words, &title_words)
            .word(fields.heading_words, &heading_words)
            .word(fields.body_words, &body_words)
            .word(fields.stored, &json(record));
        for kind in EntityKind::ALL {
            let Some(field) = fields.of_kind(kind) else { continue };
            let names = record.mentions.iter().filter(|mention| mention.kind == kind.as_str());
            row.words(field, names.map(|mention| &mention.name).collect::<BTreeSet<_>>());
        }
        row.0
    }

    fn mention(&self, at: usize, mention: &MentionRecord) -> TantivyDocument {
        let (mut row, fields) = (self.row(row::MENTION, at), self.fields);
        row.word(fields.kind, &mention.kind)
            .word(fields.name, &mention.name)
            .word(fields.text, &mention.text)
            .words(fields.code, &mention.code)
            .words(fields.role, &mention.role)
            .words(fields.within, &mention.within)
            .int(fields.start, mention.start)
            .int(fields.end, mention.end);
        row.0.add_i64(fields.paragraph, mention.paragraph);
        row.0
    }

    fn metric(&self, at: usize, metric: &MetricRecord) -> TantivyDocument {
        let (mut row, fields) = (self.row(row::METRIC, at), self.fields);
        row.word(fields.text, &metric.text)
            .number(fields.value, metric.value)
            .number(fields.low, metric.low)
            .number(fields.high, metric.high)
            .number(fields.from, metric.from)
            .words(fields.unit, &metric.unit)
            .words(fields.subject, &metric.subject)
            .int(fields.approx, usize::from(metric.approx))
            .words(fields.bound, &metric.bound)
            .words(fields.change, &metric.change)
            .words(fields.basis, &metric.basis)
            .words(fields.check, &metric.check)
            .words(fields.community, &metric.about.community)
            .words(fields.grid, &metric.about.grid)
            .words(fields.division, &metric.about.division)
            .words(fields.time, &metric.about.date)
            .words(fields.level, &metric.about.level)
            .int(fields.start, metric.start)
            .int(fields.end, metric.end);
        row.0.add_i64(fields.paragraph, metric.paragraph);
        row.0
    }
    fn relation(&self, at: usize, relation: &RelationRecord) -> TantivyDocument {
        let (mut row, fields) = (self.row(row::RELATION, at), self.fields);
        row.word(fields.relation, &relation.relation)
            .words(fields.kind, &relation.subject_kind)
            .word(fields.name, &relation.subject)
            .words(fields.object_kind, &relation.object_kind)
            .word(fields.object, &relation.object)
            .int(fields.start, relation.start)
            .int(fields.end, relation.end);
        row.0.add_i64(fields.paragraph, relation.paragraph);
        row.0
    }
}
