//! Where a lone Han character stands: wherever a term of its field begins with it. In: the character as a term. Out: rows
//! and positions, as `phrase` reads them of longer words.

use super::beginning::words;
use super::phrase::{Spots, postings, reach};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The places of one Han character in one segment.
pub(super) struct Lone {
    terms: Vec<SegmentPostings>,
    row: DocId,
    starts: Vec<u32>,
    some: Vec<u32>,
}

impl Lone {
    pub(super) fn open(reader: &SegmentReader, character: &Term) -> tantivy::Result<Self> {
        let mut terms = Vec::new();
        for term in words(reader, character)? {
            terms.extend(postings(reader, &term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(Self { terms, row: TERMINATED, starts: Vec::new(), some: Vec::new() })
    }
}

impl Spots for Lone {
    fn seek(&mut self, target: DocId) -> DocId {
        self.row = self.terms.iter_mut().map(|term| reach(term, target)).min().unwrap_or(TERMINATED);
        self.row
    }

    fn starts(&mut self) -> &[u32] {
        self.starts.clear();
        for term in self.terms.iter_mut().filter(|term| term.doc() == self.row) {
            term.positions(&mut self.some);
            self.starts.append(&mut self.some);
        }
        self.starts.sort_unstable();
        // The first of a run stands there by itself as well.
        self.starts.dedup();
        &self.starts
    }

    fn size(&self) -> u32 {
        self.terms.iter().map(|term| term.doc_freq()).fold(0, u32::saturating_add)
    }
}
