//! Finds articles. In: an [`Archive`] and a [`Query`]. Out: the articles that answer it, in the order that was asked for.
//!
//! What is found follows from the tree of the query (`plan`); in which order, from its words (`rank`). The best of them
//! are looked at once more for words that stand together.

use super::expr::{Expr, Leaf, shown};
use super::parse::Query;
use super::plan::articles;
use super::rank::{Reason, together, words};
use super::top::{self, Scored};
use crate::error::Result;
use crate::index::Archive;
use crate::record::Record;
use tantivy::collector::sort_key::{ComparatorEnum, SortByStaticFastValue, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, TERMINATED};

/// How many of the best are looked at for words that stand together. Nobody reads further down a list by relevance.
const WINDOW: usize = 200;

/// In which order articles are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first.
    #[default]
    Relevance,
    /// The latest first, those without a date last.
    Newest,
    /// The earliest first, those without a date last.
    Oldest,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many articles answer the query.
    pub total: usize,
    /// Those that were asked for, in order.
    pub hits: Vec<Hit>,
}

/// An article that answers the query.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Higher is better; comparable within one query only. 0 where order is by date.
    pub score: f32,
    /// The article.
    pub record: Record,
    /// Where its row is.
    pub address: DocAddress,
}

/// The articles that answer `query`, from the `offset`th on, at most `limit`.
pub fn search(archive: &Archive, query: &Query, order: Order, limit: usize, offset: usize) -> Result<Found> {
    let searcher = archive.searcher();
    let found = articles(archive, query)?;
    // A list longer than the index would only cost memory.
    let rows = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX).max(1);
    let wanted = offset.saturating_add(limit).clamp(1, rows);
    let (all, total) = match order {
        Order::Relevance => best(archive, query, found, wanted)?,
        Order::Newest => by_date(archive, found, wanted, ComparatorEnum::Natural)?,
        Order::Oldest => by_date(archive, found, wanted, ComparatorEnum::ReverseNoneLower)?,
    };
    let hit = |(score, address)| Ok(Hit { score, record: archive.record(address)?, address });
    let hits = all.into_iter().skip(offset).take(limit).map(hit).collect::<Result<_>>()?;
    Ok(Found { total, hits })
}

/// How many articles answer `query`.
pub fn count(archive: &Archive, query: &Query) -> Result<usize> {
    let found = articles(archive, query)?;
    archive.read(|| archive.searcher().search(&found, &Count))
}

/// Calls `each` with every article that answers `query`, in the order of the index. Holds one at a time.
pub fn each(
    archive: &Archive,
    query: &Query,
    mut each: impl FnMut(Record) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let found = articles(archive, query)?;
    let searcher = archive.searcher();
    let weight = archive.read(|| found.weight(EnableScoring::disabled_from_searcher(searcher)))?;
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let mut rows = archive.read(|| weight.scorer(reader, 1.0))?;
        while rows.doc() != TERMINATED {
            let row = rows.doc();
            if top::is_alive(reader, row) {
                each(archive.record(DocAddress::new(segment as u32, row))?)?;
            }
            archive.read(|| Ok(rows.advance()))?;
        }
    }
    Ok(())
}

type Matching = Box<dyn tantivy::query::Query>;

fn by_date(
    archive: &Archive,
    found: Matching,
    wanted: usize,
    order: ComparatorEnum,
) -> Result<(Vec<(f32, DocAddress)>, usize)> {
    let by = (
        (SortByString::for_field("date"), order),
        (SortByStaticFastValue::<i64>::for_field("lot"), ComparatorEnum::Reverse),
    );
    let top = TopDocs::with_limit(wanted).order_by(by);
    let (all, total) = archive.read(|| archive.searcher().search(&found, &(top, Count)))?;
    Ok((all.into_iter().map(|(_, address)| (0.0, address)).collect(), total))
}

/// The `wanted` best of what is found, and how many there are.
fn best(archive: &Archive, query: &Query, found: Matching, wanted: usize) -> Result<(Vec<(f32, DocAddress)>, usize)> {
    let reasons = words(archive, query)?;
    let listed = |all: Vec<Scored>| all.into_iter().map(|row| (row.score, row.address)).collect();
    if is_one_word(query, &reasons)
        && let Some(all) = top::best_of_words(archive, &reasons, wanted)?
    {
        let total = archive.read(|| archive.searcher().search(&found, &Count))?;
        return Ok((listed(all), total));
    }
    let together = together(archive, query);
    let most = if together.is_empty() { wanted } else { wanted.max(WINDOW) };
    let (mut all, total) = top::best(archive, &*found, &reasons, most)?;
    let first = WINDOW.min(all.len());
    top::raise(archive, &mut all[..first], &together)?;
    Ok((listed(all), total))
}

/// Whether `query` is one word that the archive has as a word: all that has the word is found, and stands before what
/// only has its characters.
fn is_one_word(query: &Query, reasons: &[Reason]) -> bool {
    match &query.expr {
        Expr::Leaf(Leaf::Text(text)) => match &text.variants[..] {
            [units] => {
                !text.prefix && !reasons.is_empty() && reasons.iter().all(|reason| reason.word == shown(units))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Why `hits`, which are from the `offset`th on by relevance, score as they do: for each of them, what for and how much,
/// the most first. The sum is the score.
pub fn explain(archive: &Archive, query: &Query, hits: &[Hit], offset: usize) -> Result<Vec<Vec<(String, f32)>>> {
    let mut reasons = words(archive, query)?;
    let of_words = reasons.len();
    reasons.extend(together(archive, query));
    let scores = top::scores(archive, &reasons, hits.iter().map(|hit| hit.address))?;
    let of = |(at, hit): (usize, &Hit)| {
        let of_hit = scores.get(&hit.address).into_iter().flatten();
        // Words together counted for the best only.
        let counted = of_hit.filter(|(reason, _)| *reason < of_words || offset.saturating_add(at) < WINDOW);
        let mut all: Vec<(String, f32)> =
            counted.filter_map(|&(reason, score)| Some((reasons.get(reason)?.what.clone(), score))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    };
    Ok(hits.iter().enumerate().map(of).collect())
}
