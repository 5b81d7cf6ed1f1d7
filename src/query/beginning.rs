//! Rows whose text holds words one behind the other, the last of which may go on. In: index terms with their offsets. Out: a
//! tantivy query that finds those rows.
//!
//! (tantivy's own sets memory aside for as many words as may be, before it knows how many there are.)

use super::join::List;
use super::phrase::{Phrase, Standing};
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Finds rows that hold a phrase whose last term is the beginning of a word.
#[derive(Clone, Debug)]
pub(super) struct Beginning {
    /// The phrase.
    pub(super) phrase: Phrase,
}

impl Query for Beginning {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Beginning {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut rows = Vec::new();
        if let Some(((offset, beginning), before)) = self.phrase.split_last() {
            for word in words(reader, beginning)? {
                let phrase = before.iter().cloned().chain([(*offset, word)]).collect();
                let mut found = Standing { phrase, word: None }.scorer(reader, boost)?;
                while found.doc() != TERMINATED {
                    rows.push(found.doc());
                    found.advance();
                }
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(Box::new(ConstScorer::new(List::new(rows), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("phrase that goes on", 1.0))
    }
}

/// The terms of a segment that begin with `beginning`.
pub(super) fn words(reader: &SegmentReader, beginning: &Term) -> tantivy::Result<Vec<Term>> {
    let index = reader.inverted_index(beginning.field())?;
    let mut terms = index.terms().range().ge(beginning.serialized_value_bytes()).into_stream()?;
    let mut all = Vec::new();
    while terms.advance() && terms.key().starts_with(beginning.serialized_value_bytes()) {
        let word = std::str::from_utf8(terms.key()).ok();
        all.extend(word.map(|word| Term::from_field_text(beginning.field(), word)));
    }
    Ok(all)
}
