//! Whether a word stands in other articles than some. In: a word and those articles. Out: yes or no, from the index, at the first
//! article that has it.

use crate::error::Result;
use crate::index::Archive;
use crate::query::{articles, parse};
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, TERMINATED};

/// Articles of a batch, to be asked whether one is among them.
#[derive(Debug)]
pub(super) struct Batch {
    sorted: Vec<DocAddress>,
}

impl Batch {
    pub(super) fn new(articles: &[DocAddress]) -> Self {
        let mut sorted = articles.to_vec();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Whether any article that is not of the batch holds `word`, as search finds it.
    pub(super) fn stands_elsewhere(&self, archive: &Archive, word: &str) -> Result<bool> {
        let query = articles(archive, &parse(&format!("\"{word}\""))?)?;
        let searcher = archive.searcher();
        archive.read(|| {
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            for (segment, reader) in (0..).zip(searcher.segment_readers()) {
                let mut found = weight.scorer(reader, 1.0)?;
                let mut row = found.doc();
                while row != TERMINATED {
                    let alive = reader.alive_bitset().is_none_or(|alive| alive.is_alive(row));
                    if alive && self.sorted.binary_search(&DocAddress::new(segment, row)).is_err() {
                        return Ok(true);
                    }
                    row = found.advance();
                }
            }
            Ok(false)
        })
    }
}
