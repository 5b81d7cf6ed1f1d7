//! The best of what is found. In: a tantivy query that finds articles, and the [`Reason`]s that score them. Out: the best,
//! and how many there are.
//!
//! An article's score is the sum over its reasons. Equal scores stand in an order that follows from the articles' ids
//! (`lot`), so that the same archive gives the same list however its rows lie. Each row that is found is looked up in the
//! lists of the reasons; a union of the lists would walk through all of each.

use super::phrase::reach;
use super::rank::{Articles, Reason};
use crate::error::Result;
use crate::index::Archive;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED};

/// An article and what it is worth. The better is the less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub(super) score: f32,
    lot: i64,
    pub(super) address: DocAddress,
}

impl Eq for Scored {}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Scored {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = |one: &Self| (one.lot, one.address);
        other.score.total_cmp(&self.score).then_with(|| order(self).cmp(&order(other)))
    }
}

/// The best so far.
struct Best {
    most: usize,
    heap: BinaryHeap<Scored>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, heap: BinaryHeap::new() }
    }

    /// What a row must score at least; none as long as every row is taken.
    fn least(&self) -> Option<f32> {
        (self.heap.len() == self.most).then(|| self.heap.peek().map(|worst| worst.score))?
    }

    fn push(&mut self, score: f32, lot: &Column<i64>, address: DocAddress) {
        if self.least().is_some_and(|least| score < least) {
            return;
        }
        self.heap.push(Scored { score, lot: lot.first(address.doc_id).unwrap_or(i64::MAX), address });
        if self.heap.len() > self.most {
            self.heap.pop();
        }
    }

    fn sorted(self) -> Vec<Scored> {
        self.heap.into_sorted_vec()
    }
}

/// The `most` best of what `found` finds, and how many there are.
pub(super) fn best(
    archive: &Archive,
    found: &dyn Query,
    reasons: &[Reason],
    most: usize,
) -> Result<(Vec<Scored>, usize)> {
    let searcher = archive.searcher();
    archive.read(|| {
        let statistics = Articles::of(archive)?;
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        let found = found.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let reasons: Vec<Box<dyn Weight>> =
            reasons.iter().map(|reason| reason.query.weight(scoring)).collect::<tantivy::Result<_>>()?;
        let (mut best, mut total) = (Best::new(most), 0);
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let lot = reader.fast_fields().i64("lot")?;
            let mut scorers: Vec<Box<dyn Scorer>> =
                reasons.iter().map(|reason| reason.scorer(reader, 1.0)).collect::<tantivy::Result<_>>()?;
            let mut rows = found.scorer(reader, 1.0)?;
            let mut row = rows.doc();
            while row != TERMINATED {
                if is_alive(reader, row) {
                    total += 1;
                    let score =
                        scorers.iter_mut().filter_map(|scorer| score(scorer, row)).fold(0.0, |sum, one| sum + one);
                    best.push(score, &lot, DocAddress::new(segment, row));
                }
                row = rows.advance();
            }
        }
        Ok((best.sorted(), total))
    })
}

/// The `most` best of the articles that any of `reasons`, all of them words, finds; none if there are fewer. Blocks of rows
/// that cannot be among the best are skipped.
pub(super) fn best_of_words(archive: &Archive, reasons: &[Reason], most: usize) -> Result<Option<Vec<Scored>>> {
    let searcher = archive.searcher();
    archive.read(|| {
        let statistics = Articles::of(archive)?;
        let any = BooleanQuery::union(reasons.iter().map(|reason| reason.query.box_clone()).collect());
        let any = any.weight(EnableScoring::enabled_from_statistics_provider(&statistics, searcher))?;
        let mut best = Best::new(most);
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let lot = reader.fast_fields().i64("lot")?;
            // A row of the very score of the worst may still stand before it.
            let threshold = |best: &Best| best.least().map_or(f32::MIN, f32::next_down);
            any.for_each_pruning(threshold(&best), reader, &mut |row, score| {
                if is_alive(reader, row) {
                    best.push(score, &lot, DocAddress::new(segment, row));
                }
                threshold(&best)
            })?;
        }
        Ok(best.least().is_some().then(|| best.sorted()))
    })
}

/// Whether a row was not deleted.
pub(super) fn is_alive(reader: &SegmentReader, row: u32) -> bool {
    reader.alive_bitset().is_none_or(|alive| alive.is_alive(row))
}

fn score(scorer: &mut Box<dyn Scorer>, row: u32) -> Option<f32> {
    (reach(scorer, row) == row).then(|| scorer.score())
}

/// What each of `reasons` gives each of `rows`; reasons are told by their index.
pub(super) fn scores(
    archive: &Archive,
    reasons: &[Reason],
    rows: impl Iterator<Item = DocAddress>,
) -> Result<BTreeMap<DocAddress, Vec<(usize, f32)>>> {
    let mut all: BTreeMap<DocAddress, Vec<(usize, f32)>> = rows.map(|row| (row, Vec::new())).collect();
    let searcher = archive.searcher();
    archive.read(|| {
        let statistics = Articles::of(archive)?;
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        for (at, reason) in reasons.iter().enumerate() {
            let weight = reason.query.weight(scoring)?;
            let mut open = None;
            for (row, scores) in &mut all {
                let scorer = match &mut open {
                    Some((segment, scorer)) if *segment == row.segment_ord => scorer,
                    other => {
                        let scorer = weight.scorer(searcher.segment_reader(row.segment_ord), 1.0)?;
                        &mut other.insert((row.segment_ord, scorer)).1
                    }
                };
                scores.extend(score(scorer, row.doc_id).map(|score| (at, score)));
            }
        }
        Ok(())
    })?;
    Ok(all)
}

/// Adds what `reasons` give to each of `rows`, which may stand in another order then.
pub(super) fn raise(archive: &Archive, rows: &mut [Scored], reasons: &[Reason]) -> Result<()> {
    if reasons.is_empty() {
        return Ok(());
    }
    let scores = scores(archive, reasons, rows.iter().map(|row| row.address))?;
    for row in rows.iter_mut() {
        row.score += scores.get(&row.address).into_iter().flatten().map(|(_, score)| score).sum::<f32>();
    }
    rows.sort();
    Ok(())
}
