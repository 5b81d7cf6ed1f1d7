//! The columns of all tables but that of figures.

use super::field::{Field, Item};
use super::reading::Sentence;
use crate::model::{Decided, Decisions, EntityKind};
use crate::record::{MentionRecord, MetricRecord, RelationRecord};
use crate::table::{Cell, Kind};

/// What leads from a row back to its source.
fn trace<T>() -> Vec<Field<T>> {
    vec![
        Field::new("article", Kind::Text, "id of the article: file stem, hex digits of its content, place", |at| {
            at.article.record.id.as_str().into()
        }),
        Field::new("issue", Kind::Text, "name of the issue: the file's stem", |at| {
            at.article.record.issue.as_str().into()
        })
        .flat(),
        Field::new("path", Kind::Text, "the file as it was named when it was read", |at| {
            at.article.record.path.as_str().into()
        })
        .flat(),
        Field::new("sha256", Kind::Text, "SHA-256 of the file, in hex", |at| at.article.sha256.into()).flat(),
        Field::new("title", Kind::Text, "headline of the article", |at| at.article.record.title.as_ref().into())
            .flat(),
        Field::new("date", Kind::Text, "date of the article, ISO 8601, as exact as it is known", |at| {
            at.article.record.date.as_ref().into()
        })
        .flat(),
        Field::new("day", Kind::Date, "date of the article, where it is known to the day", |at| {
            at.article.day.into()
        })
        .flat(),
        Field::new("year", Kind::Integer, "year of the article", |at| at.article.year.into()),
        Field::new("month", Kind::Text, "month of the article, ISO 8601, where it is known", |at| {
            at.article.month.clone().into()
        })
        .flat(),
    ]
}

/// What stands at a place of an article.
pub(super) trait Placed {
    /// The paragraph, -1 for the title, and the first character and one past the last, in Unicode scalar values.
    fn place(&self) -> (i64, usize, usize);
}

impl Placed for Sentence {
    fn place(&self) -> (i64, usize, usize) {
        (self.paragraph, self.start, self.end)
    }
}

impl Placed for MentionRecord {
    fn place(&self) -> (i64, usize, usize) {
        (self.paragraph, self.start, self.end)
    }
}

impl Placed for MetricRecord {
    fn place(&self) -> (i64, usize, usize) {
        (self.paragraph, self.start, self.end)
    }
}

impl Placed for RelationRecord {
    fn place(&self) -> (i64, usize, usize) {
        (self.paragraph, self.start, self.end)
    }
}

/// Where something stands, in numbers.
fn place<T: Placed>() -> [Field<T>; 3] {
    [
        Field::new("paragraph", Kind::Integer, "index of the paragraph, from 0; -1 for the title", |at| {
            at.item.place().0.into()
        }),
        Field::new("start", Kind::Integer, "first character in the paragraph, in Unicode scalar values", |at| {
            at.item.place().1.into()
        }),
        Field::new("end", Kind::Integer, "one past the last character", |at| at.item.place().2.into()),
    ]
}

/// The bytes of the file.
fn origin<T: Placed>() -> Field<T> {
    let about = "byte ranges of the file that the paragraph was made from: start-end, end exclusive, parted by ;; null for \
                 the title";
    Field::new("origin", Kind::Text, about, |at: &Item<'_, T>| at.article.origin(at.item.place().0).into()).flat()
}

/// The sentence that something stands in.
fn sentence<T: Placed>() -> [Field<T>; 2] {
    [
        Field::new("sentence", Kind::Integer, "number of its sentence in the paragraph, from 0", |at| {
            at.article.sentence_of(at.item).map(|sentence| sentence.number).into()
        }),
        Field::new("sentence_text", Kind::Text, "the sentence that it stands in", |at| {
            at.article.sentence_of(at.item).map(|sentence| sentence.text.as_str()).into()
        })
        .flat(),
    ]
}

/// All columns of something that stands in an article: what it is of, what it is, where it stands.
pub(super) fn placed<T: Placed>(own: Vec<Field<T>>) -> Vec<Field<T>> {
    let number =
        Field::new("number", Kind::Integer, "place in the list of its article, from 0", |at| at.number.into());
    let mut all = trace();
    all.push(number);
    all.extend(own);
    all.extend(place());
    all.extend(sentence());
    all.push(origin());
    all
}

fn joined(texts: &[String], by: &str) -> Cell {
    if texts.is_empty() { Cell::Null } else { texts.join(by).into() }
}

/// What a name is after the decisions of operators.
fn thing(decisions: &Decisions, kind: Option<&str>, name: &str) -> Cell {
    match kind.and_then(EntityKind::of_word).map(|kind| decisions.on(kind, name)) {
        Some(Decided::Into(into)) => into.into(),
        _ => name.into(),
    }
}

/// The columns of articles.
pub(super) fn articles() -> Vec<Field<()>> {
    vec![
        Field::new("article", Kind::Text, "id of the article: file stem, hex digits of its content, place", |at| {
            at.article.record.id.as_str().into()
        }),
        Field::new("issue_id", Kind::Text, "id of the issue: what ids of its articles begin with", |at| {
            at.article.issue_id.as_str().into()
        }),
        Field::new("issue", Kind::Text, "name of the issue: the file's stem", |at| {
            at.article.record.issue.as_str().into()
        }),
        Field::new("path", Kind::Text, "the file as it was named when it was read", |at| {
            at.article.record.path.as_str().into()
        })
        .flat(),
        Field::new("sha256", Kind::Text, "SHA-256 of the file, in hex", |at| at.article.sha256.into()).flat(),
        Field::new("ordinal", Kind::Integer, "place in the issue's reading order, from 0", |at| {
            at.article.record.ordinal.into()
        }),
        Field::new("date", Kind::Text, "ISO 8601, as exact as it is known", |at| {
            at.article.record.date.as_ref().into()
        }),
        Field::new("day", Kind::Date, "the date, where it is known to the day", |at| at.article.day.into()),
        Field::new("year", Kind::Integer, "year of the date", |at| at.article.year.into()),
        Field::new("month", Kind::Text, "month of the date, ISO 8601, where it is known", |at| {
            at.article.month.clone().into()
        }),
        Field::new("kicker", Kind::Text, "line above the headline", |at| at.article.record.kicker.as_ref().into()),
        Field::new("title", Kind::Text, "headline", |at| at.article.record.title.as_ref().into()),
        Field::new("subtitle", Kind::Text, "line below the headline", |at| {
            at.article.record.subtitle.as_ref().into()
        }),
        Field::new("byline", Kind::Text, "names of the writers, parted by 、", |at| {
            joined(&at.article.record.byline, "、")
        }),
        Field::new("source", Kind::Text, "sign-off: the office that sent the article", |at| {
            at.article.record.source.as_ref().into()
        }),
        Field::new("headings", Kind::Text, "section headings, one a line", |at| {
            let texts: Vec<String> = at.article.record.headings.iter().map(|heading| heading.text.clone()).collect();
            joined(&texts, "\n")
        }),
        Field::new("text", Kind::Text, "paragraphs, one a line", |at| joined(&at.article.record.paragraphs, "\n")),
        Field::new("paragraphs", Kind::Integer, "number of paragraphs", |at| {
            at.article.record.paragraphs.len().into()
        }),
        Field::new("characters", Kind::Integer, "Unicode scalar values of title and paragraphs", |at| {
            let record = &at.article.record;
            record.title.iter().chain(&record.paragraphs).map(|text| text.chars().count()).sum::<usize>().into()
        }),
        Field::new("sentences", Kind::Integer, "number of sentences of title and paragraphs", |at| {
            at.article.sentences().len().into()
        }),
        Field::new("mentions", Kind::Integer, "number of named things, every occurrence", |at| {
            at.article.record.mentions.len().into()
        }),
        Field::new("metrics", Kind::Integer, "number of figures", |at| at.article.record.metrics.len().into()),
        Field::new("relations", Kind::Integer, "number of relations", |at| at.article.record.relations.len().into()),
        Field::new("origin", Kind::Text, ARTICLE_ORIGIN, |at| joined(&at.article.origins, "|")),
    ]
}

const ARTICLE_ORIGIN: &str = "for each paragraph, parted by |, the byte ranges of the file it was made from: start-end, end \
                              exclusive, parted by ;";

/// The columns of sentences.
pub(super) fn sentences() -> Vec<Field<Sentence>> {
    let mut all = trace();
    all.extend(place());
    all.extend([
        Field::new("sentence", Kind::Integer, "place in the paragraph, from 0", |at: &Item<'_, Sentence>| {
            at.item.number.into()
        }),
        Field::new("text", Kind::Text, "the sentence with the marks that end it", |at| at.item.text.as_str().into()),
        Field::new("characters", Kind::Integer, "Unicode scalar values of the sentence", |at| {
            (at.item.end - at.item.start).into()
        }),
        Field::new("figures", Kind::Integer, "figures that begin in it", |at| at.item.figures.into()),
        Field::new("names", Kind::Integer, "names that begin in it, every occurrence", |at| at.item.names.into()),
        origin(),
    ]);
    all
}

/// The columns of mentions.
pub(super) fn mentions() -> Vec<Field<MentionRecord>> {
    let kinds = "grid, community, division, person, organization, place, date, program";
    placed(vec![
        Field::new("kind", Kind::Text, kinds, |at| at.item.kind.as_str().into()),
        Field::new("text", Kind::Text, "as it stands", |at| at.item.text.as_str().into()),
        Field::new("name", Kind::Text, "whole and normal: full names for short forms, ISO 8601 for dates", |at| {
            at.item.name.as_str().into()
        }),
        Field::new("thing", Kind::Text, "the name after what operators decided on names", |at| {
            thing(at.article.decisions, Some(&at.item.kind), &at.item.name)
        }),
        Field::new("code", Kind::Text, "statistical division code (NBS), where it is known", |at| {
            at.item.code.as_ref().into()
        }),
        Field::new("role", Kind::Text, "a person's office, where the text states it", |at| {
            at.item.role.as_ref().into()
        }),
        Field::new("within", Kind::Text, "the unit that a grid or a community lies in, where it is shown", |at| {
            at.item.within.as_ref().into()
        }),
    ])
}

/// The columns of relations.
pub(super) fn relations() -> Vec<Field<RelationRecord>> {
    placed(vec![
        Field::new("relation", Kind::Text, "in, heads, works_in, bounded_by", |at| at.item.relation.as_str().into()),
        Field::new("subject_kind", Kind::Text, "kind of the subject, as of a mention", |at| {
            at.item.subject_kind.as_ref().into()
        }),
        Field::new("subject", Kind::Text, "name of the subject", |at| at.item.subject.as_str().into()),
        Field::new("subject_thing", Kind::Text, "the subject after what operators decided on names", |at| {
            thing(at.article.decisions, at.item.subject_kind.as_deref(), &at.item.subject)
        }),
        Field::new("object_kind", Kind::Text, "kind of the object; null for the words of a border", |at| {
            at.item.object_kind.as_ref().into()
        }),
        Field::new("object", Kind::Text, "name of the object, or the words of a border", |at| {
            at.item.object.as_str().into()
        }),
        Field::new("object_thing", Kind::Text, "the object after what operators decided on names", |at| {
            thing(at.article.decisions, at.item.object_kind.as_deref(), &at.item.object)
        }),
    ])
}
