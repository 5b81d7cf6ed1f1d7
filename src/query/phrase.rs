//! Rows whose text holds words one behind the other, or near each other. In: index terms with their offsets. Out: tantivy
//! queries that find those rows; all found score the same, since characters find and words rank.
//!
//! tantivy's own phrase query reads the positions of every row that has all terms. Here a row is first looked up among
//! those that have the phrase as a word: most have, and need no look at positions.

use super::find::windows;
use super::lone::Lone;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// A phrase of a field: terms and their offsets in it; never empty.
pub(super) type Phrase = Vec<(usize, Term)>;

/// Finds rows that hold a phrase.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The phrase.
    pub(super) phrase: Phrase,
    /// A term of another field; rows that have it hold the phrase.
    pub(super) word: Option<Term>,
}

/// Finds rows that hold phrases of one field near each other.
#[derive(Clone, Debug)]
pub(super) struct Nearby {
    /// The phrases.
    pub(super) phrases: Vec<NearWord>,
    /// How many units may stand between them.
    pub(super) distance: usize,
}

/// One of the phrases that are near each other.
#[derive(Clone, Debug)]
pub(super) struct NearWord {
    /// The phrase.
    pub(super) phrase: Phrase,
    /// How many units it is long.
    pub(super) length: usize,
    /// Whether it is a lone Han character, which stands wherever a term begins with it.
    pub(super) lone: bool,
}

impl Query for Standing {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Query for Nearby {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Standing {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if let [(_, only)] = &self.phrase[..] {
            let postings = postings(reader, only, IndexRecordOption::Basic)?;
            return Ok(postings.map_or_else(none, |postings| Box::new(ConstScorer::new(postings, boost))));
        }
        let Some(places) = Places::open(reader, &self.phrase)? else { return Ok(none()) };
        let known = match &self.word {
            Some(word) => postings(reader, word, IndexRecordOption::Basic)?,
            None => None,
        };
        Ok(Box::new(ConstScorer::new(Checked::first(PhraseCheck { places, known }), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("phrase", 1.0))
    }
}

impl Weight for Nearby {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (mut phrases, mut lengths) = (Vec::<Box<dyn Spots>>::new(), Vec::new());
        for word in &self.phrases {
            phrases.push(match &word.phrase[..] {
                [(_, lone)] if word.lone => Box::new(Lone::open(reader, lone)?),
                phrase => {
                    let Some(places) = Places::open(reader, phrase)? else { return Ok(none()) };
                    Box::new(places)
                }
            });
            lengths.push(word.length);
        }
        let starts = vec![Vec::new(); phrases.len()];
        let check = NearCheck { phrases, lengths, starts, distance: self.distance };
        Ok(Box::new(ConstScorer::new(Checked::first(check), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("near", 1.0))
    }
}

fn none() -> Box<dyn Scorer> {
    Box::new(EmptyScorer)
}

pub(super) fn postings(
    reader: &SegmentReader,
    term: &Term,
    option: IndexRecordOption,
) -> tantivy::Result<Option<SegmentPostings>> {
    reader.inverted_index(term.field())?.read_postings(term, option).map_err(TantivyError::from)
}

/// The first row of `rows` from `target` on; they may be beyond it already.
pub(super) fn reach(rows: &mut impl DocSet, target: DocId) -> DocId {
    if rows.doc() < target { rows.seek(target) } else { rows.doc() }
}

/// The places of one phrase in one segment.
struct Places {
    /// Offset in the phrase and postings of each term, the rarest first.
    terms: Vec<(u32, SegmentPostings)>,
    starts: Vec<u32>,
    others: Vec<u32>,
}

impl Places {
    /// None if a term is nowhere in the segment.
    fn open(reader: &SegmentReader, phrase: &[(usize, Term)]) -> tantivy::Result<Option<Self>> {
        let mut terms = Vec::with_capacity(phrase.len());
        for (offset, term) in phrase {
            let Some(postings) = postings(reader, term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(None);
            };
            terms.push((*offset as u32, postings));
        }
        terms.sort_by_key(|(_, postings)| postings.doc_freq());
        Ok(Some(Self { terms, starts: Vec::new(), others: Vec::new() }))
    }
}

/// Where something stands, row by row.
pub(super) trait Spots: Send {
    /// The first row from `target` on that may have it.
    fn seek(&mut self, target: DocId) -> DocId;
    /// Where it starts in the row that was sought, in order.
    fn starts(&mut self) -> &[u32];
    /// About how many rows come into question.
    fn size(&self) -> u32;
}

impl Spots for Places {
    fn seek(&mut self, mut target: DocId) -> DocId {
        let mut at = 0;
        while let Some((_, postings)) = self.terms.get_mut(at) {
            let row = reach(postings, target);
            if row == TERMINATED {
                return TERMINATED;
            }
            (target, at) = if row == target { (target, at + 1) } else { (row, usize::from(at == 0)) };
        }
        target
    }

    fn starts(&mut self) -> &[u32] {
        let Self { terms, starts, others } = self;
        let mut terms = terms.iter_mut();
        starts.clear();
        if let Some((offset, postings)) = terms.next() {
            postings.positions(starts);
            starts.retain_mut(|position| {
                let start = position.checked_sub(*offset);
                *position = start.unwrap_or(0);
                start.is_some()
            });
        }
        for (offset, postings) in terms {
            if starts.is_empty() {
                break;
            }
            others.clear();
            postings.positions(others);
            let mut rest = others.iter().copied().peekable();
            starts.retain(|start| {
                let wanted = start + *offset;
                while rest.next_if(|&position| position < wanted).is_some() {}
                rest.peek() == Some(&wanted)
            });
        }
        starts
    }

    fn size(&self) -> u32 {
        self.terms.first().map_or(0, |(_, postings)| postings.doc_freq())
    }
}

/// Rows that come into question, and which of them are meant.
trait Check: Send + 'static {
    /// The first row from `target` on that comes into question.
    fn candidate(&mut self, target: DocId) -> DocId;
    /// Whether that row is meant.
    fn holds(&mut self, row: DocId) -> bool;
    /// About how many rows come into question.
    fn size(&self) -> u32;
}

struct PhraseCheck {
    places: Places,
    known: Option<SegmentPostings>,
}

impl Check for PhraseCheck {
    fn candidate(&mut self, target: DocId) -> DocId {
        self.places.seek(target)
    }

    fn holds(&mut self, row: DocId) -> bool {
        self.known.as_mut().is_some_and(|known| reach(known, row) == row) || !self.places.starts().is_empty()
    }

    fn size(&self) -> u32 {
        self.places.size()
    }
}

struct NearCheck {
    phrases: Vec<Box<dyn Spots>>,
    lengths: Vec<usize>,
    starts: Vec<Vec<u32>>,
    distance: usize,
}

impl Check for NearCheck {
    fn candidate(&mut self, mut target: DocId) -> DocId {
        let mut at = 0;
        while let Some(places) = self.phrases.get_mut(at) {
            let row = places.seek(target);
            if row == TERMINATED {
                return TERMINATED;
            }
            (target, at) = if row == target { (target, at + 1) } else { (row, 0) };
        }
        target
    }

    fn holds(&mut self, _: DocId) -> bool {
        for (places, starts) in self.phrases.iter_mut().zip(&mut self.starts) {
            starts.clear();
            starts.extend_from_slice(places.starts());
            if starts.is_empty() {
                return false;
            }
        }
        !windows(&self.starts, &self.lengths, self.distance).is_empty()
    }

    fn size(&self) -> u32 {
        self.phrases.iter().map(|spots| spots.size()).min().unwrap_or(0)
    }
}

/// The rows that hold.
struct Checked<C> {
    check: C,
    row: DocId,
}

impl<C: Check> Checked<C> {
    fn first(check: C) -> Self {
        let mut rows = Self { check, row: 0 };
        rows.from(0);
        rows
    }

    fn from(&mut self, mut target: DocId) -> DocId {
        loop {
            self.row = self.check.candidate(target);
            if self.row == TERMINATED || self.check.holds(self.row) {
                return self.row;
            }
            target = self.row + 1;
        }
    }
}

impl<C: Check> DocSet for Checked<C> {
    fn advance(&mut self) -> DocId {
        if self.row == TERMINATED { TERMINATED } else { self.from(self.row + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.row { self.row } else { self.from(target) }
    }

    fn doc(&self) -> DocId {
        self.row
    }

    fn size_hint(&self) -> u32 {
        self.check.size()
    }
}
