//! What the archive holds. In: an [`Archive`]. Out: [`Stats`], counted by tantivy aggregations over its columns, names by
//! the things that they name; no record is read.

use crate::authority::{Entity, entities};
use crate::error::Result;
use crate::index::{Archive, Bucket, Request, schema::row};
use crate::model::EntityKind;
use serde::Serialize;
use std::collections::BTreeMap;

/// The holdings of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Issues: files whose content is in the archive.
    pub issues: u64,
    /// Articles.
    pub articles: u64,
    /// Characters of titles and paragraphs, in Unicode scalar values.
    pub characters: u64,
    /// Bytes of the files.
    pub bytes: u64,
    /// Earliest and latest date of an article, as exact as known; null where no article has one.
    pub dates: Option<[String; 2]>,
    /// Articles without a date.
    pub undated: u64,
    /// Issues by year of their date, earliest first; null for those without one.
    pub years: Vec<Year>,
    /// Mentions, all kinds together.
    pub mentions: u64,
    /// Mentions by kind, in the order of [`EntityKind::ALL`].
    pub kinds: Vec<Kind>,
    /// Figures.
    pub metrics: u64,
    /// Figures by unit, most frequent first; null for those without one.
    pub units: Counted,
    /// Figures by subject, most frequent first; null for those without one.
    pub subjects: Counted,
}

/// The issues of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year.
    pub year: Option<i64>,
    /// Issues.
    pub issues: u64,
}

/// The mentions of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// The kind's word.
    pub kind: String,
    /// Mentions.
    pub mentions: u64,
    /// Names, most frequent first.
    pub names: Counted,
}

/// The most frequent of something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// How many different ones there are, null not among them.
    pub distinct: usize,
    /// The most frequent; of equally frequent ones, in order of their characters.
    pub top: Vec<Count>,
}

/// How often something occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What; null where the row has none.
    pub name: Option<String>,
    /// How often.
    pub count: u64,
}

/// Counts what `archive` holds; of names, units and subjects, the `top` most frequent.
pub fn stats(archive: &Archive, top: usize) -> Result<Stats> {
    let issues = Request::default().terms("year").sum("bytes").run(archive, &*archive.rows(row::ISSUE))?;
    let articles = Request::default().terms("date").sum("characters").run(archive, &*archive.rows(row::ARTICLE))?;
    let mentions = Request::default().terms("kind").run(archive, &*archive.rows(row::MENTION))?;
    let metrics = Request::default().terms("unit").terms("subject").run(archive, &*archive.rows(row::METRIC))?;

    let dated = articles.terms("date");
    let first = dated.iter().map(|bucket| &bucket.name).min();
    let last = dated.iter().map(|bucket| &bucket.name).max();
    let kinds = mentions.terms("kind");
    let of_kind = |kind: EntityKind| {
        let found = kinds.iter().find(|bucket| bucket.name == kind.as_str());
        let mentions = found.map_or(0, |bucket| bucket.count);
        Ok(Kind { kind: kind.as_str().to_owned(), mentions, names: named(entities(archive, kind)?, top) })
    };
    let figures_by = |column: &str| {
        let buckets = metrics.terms(column);
        counted(&buckets, metrics.without(&buckets), top)
    };
    Ok(Stats {
        issues: issues.rows,
        articles: articles.rows,
        characters: articles.sum("characters"),
        bytes: issues.sum("bytes"),
        dates: first.zip(last).map(|(first, last)| [first.clone(), last.clone()]),
        undated: articles.without(&dated),
        years: years(&issues.terms("year"), issues.rows),
        mentions: mentions.rows,
        kinds: EntityKind::ALL.into_iter().map(of_kind).collect::<Result<_>>()?,
        metrics: metrics.rows,
        units: figures_by("unit"),
        subjects: figures_by("subject"),
    })
}

fn total(buckets: &[Bucket]) -> u64 {
    buckets.iter().map(|bucket| bucket.count).sum()
}

fn years(buckets: &[Bucket], issues: u64) -> Vec<Year> {
    let year = |bucket: &Bucket| Year { year: bucket.name.parse().ok(), issues: bucket.count };
    let mut years: Vec<Year> = buckets.iter().map(year).collect();
    let undated = issues - total(buckets);
    if undated > 0 {
        years.push(Year { year: None, issues: undated });
    }
    years.sort_by_key(|year| (year.year.is_none(), year.year));
    years
}

/// The `top` most mentioned of `entities`; of two that have one name, each with the unit that it lies in.
fn named(entities: Vec<Entity>, top: usize) -> Counted {
    let mut namesakes: BTreeMap<String, usize> = BTreeMap::new();
    entities.iter().for_each(|entity| *namesakes.entry(entity.name.clone()).or_default() += 1);
    let distinct = entities.len();
    let count = |entity: Entity| {
        let alone = namesakes.get(&entity.name) == Some(&1);
        let name = match entity.within.filter(|_| !alone) {
            Some(within) => format!("{}（{within}）", entity.name),
            None => entity.name,
        };
        Count { name: Some(name), count: entity.mentions }
    };
    Counted { distinct, top: entities.into_iter().take(top).map(count).collect() }
}

/// The `top` most frequent, `without` being the count of rows that have none.
fn counted(buckets: &[Bucket], without: u64, top: usize) -> Counted {
    let named = buckets.iter().map(|bucket| Count { name: Some(bucket.name.clone()), count: bucket.count });
    let none = (without > 0).then_some(Count { name: None, count: without });
    let mut all: Vec<Count> = named.chain(none).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    all.truncate(top);
    Counted { distinct: buckets.len(), top: all }
}
