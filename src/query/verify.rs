//! Whether the index finds what is there. In: an [`Archive`] and a [`Query`]. Out: what the index finds beside what a scan
//! of all stored records finds (`plain`).

use super::parse::Query;
use super::plain::holds;
use super::plan::articles;
use crate::error::Result;
use crate::index::{Archive, schema::row};
use rayon::prelude::*;
use std::collections::HashSet;
use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;

/// The index held against the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Articles of which the query holds.
    pub hold: usize,
    /// Articles of those that the index finds.
    pub found: usize,
    /// Ids of those that it does not find, in order.
    pub missed: Vec<String>,
    /// Ids of articles that it finds and of which the query does not hold, in order.
    pub wrong: Vec<String>,
}

impl Verified {
    /// Whether the index finds what is there and nothing else.
    pub fn agrees(&self) -> bool {
        self.missed.is_empty() && self.wrong.is_empty()
    }
}

/// The articles that the index finds, without reading any of them.
pub fn addresses(archive: &Archive, query: &Query) -> Result<HashSet<DocAddress>> {
    let found = articles(archive, query)?;
    archive.read(|| archive.searcher().search(&found, &DocSetCollector))
}

/// Scans all articles for `query`.
pub fn verify(archive: &Archive, query: &Query) -> Result<Verified> {
    let decisions = archive.decisions()?;
    let found = addresses(archive, query)?;
    let rows = archive.rows(row::ARTICLE);
    let all = archive.read(|| archive.searcher().search(&rows, &DocSetCollector))?;
    let mut all: Vec<DocAddress> = all.into_iter().collect();
    all.sort_unstable();
    let judged: Vec<(bool, bool, Option<String>)> = all
        .par_iter()
        .map(|address| {
            let record = archive.record(*address)?;
            let (is_found, holds) = (found.contains(address), holds(&query.expr, &record, &decisions));
            Ok((is_found, holds, (is_found != holds).then_some(record.id)))
        })
        .collect::<Result<_>>()?;
    let ids = |found: bool| {
        let of = judged.iter().filter(|(is_found, ..)| *is_found == found);
        let mut ids: Vec<String> = of.filter_map(|(.., id)| id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    Ok(Verified {
        hold: judged.iter().filter(|(_, holds, _)| *holds).count(),
        found: judged.iter().filter(|(found, holds, _)| *found && *holds).count(),
        missed: ids(false),
        wrong: ids(true),
    })
}
