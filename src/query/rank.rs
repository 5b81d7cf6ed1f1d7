//! Which of what was found is best. In: the words that a query asks for. Out: tantivy queries, each with what it stands
//! for, whose scores add up to an article's.
//!
//! Words decide: BM25 over the words of the query, with one in the title above one in a heading above one in the body. A
//! query is cut by the words of the archive (`index::words`), the longest first, so that no dictionary is loaded. The whole of the query, as it was typed, stands above its words scattered.

use super::expr::{Leaf, Part, shown};
use super::parse::Query;
use super::plan::{nearby, places, standing};
use crate::error::Result;
use crate::index::{Archive, Unit, schema};
use tantivy::query::{Bm25StatisticsProvider, BoostQuery, ConstScoreQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// How much a hit weighs by where it stands. What a headline says, the article is about.
fn weight(part: Part) -> f32 {
    match part {
        Part::Title => 3.0,
        Part::Heading => 1.5,
        Part::Body | Part::Source => 1.0,
    }
}

/// Longest word that a query is cut into, in characters: names of bodies have up to a dozen.
const LONGEST_WORD: usize = 12;

/// What the whole query weighs where it stands as it was typed: about as much as two rare words.
const WHOLE: f32 = 12.0;

/// What it weighs that all of its words stand within [`CLOSE`] characters.
const NEAR: f32 = 4.0;

/// Half a line of a newspaper's column and more.
const CLOSE: usize = 20;

/// No text is long against fewer words than a headline has.
const SHORT: u64 = 8;

/// A part of an article's score.
pub(super) struct Reason {
    /// What for.
    pub(super) what: String,
    /// The word, where it is one.
    pub(super) word: String,
    /// The query that scores it.
    pub(super) query: Box<dyn tantivy::query::Query>,
}

/// The words of texts that a query asks for, in its order.
fn wanted(query: &Query) -> Vec<(Option<Part>, &Vec<Unit>)> {
    let mut all = Vec::new();
    for leaf in query.expr.wanted() {
        match leaf {
            Leaf::Text(text) => all.extend(text.variants.iter().map(|units| (text.part, units))),
            Leaf::Near(near) => all.extend(near.words.iter().map(|units| (near.part, units))),
            _ => {}
        }
    }
    all
}

/// What words are worth.
pub(super) fn words(archive: &Archive, query: &Query) -> Result<Vec<Reason>> {
    let mut all = Vec::new();
    for (part, units) in wanted(query) {
        let places = places(archive, part).into_iter().filter_map(|place| Some((place.part, place.words?)));
        let places: Vec<(Part, Field)> = places.collect();
        cut(units, |word| {
            let reasons = of_word(archive, word, &places)?;
            let known = !reasons.is_empty();
            all.extend(reasons);
            Ok(known)
        })?;
    }
    all.sort_by(|a, b| a.what.cmp(&b.what));
    all.dedup_by(|a, b| a.what == b.what);
    Ok(all)
}

/// Cuts `units` into words that are `known`, from the left, each as long as it can be.
fn cut(units: &[Unit], mut known: impl FnMut(&str) -> Result<bool>) -> Result<()> {
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let run = units[at..].iter().take_while(|unit| matches!(unit, Unit::Han(_))).count();
        let (shortest, longest) = match unit {
            Unit::Word(_) => (1, 1),
            // A single character is a word where it is all there is.
            Unit::Han(_) if units.len() == 1 => (1, 1),
            Unit::Han(_) => (2, run.min(LONGEST_WORD)),
            Unit::Mark(_) => (1, 0),
        };
        let mut length = longest;
        while length >= shortest && !known(&shown(&units[at..at + length]))? {
            length -= 1;
        }
        at += length.max(1);
    }
    Ok(())
}

/// What `word` is worth in each of `places` that has it.
fn of_word(archive: &Archive, word: &str, places: &[(Part, Field)]) -> Result<Vec<Reason>> {
    let mut all = Vec::new();
    for &(part, field) in places {
        let term = Term::from_field_text(field, word);
        if archive.read(|| archive.searcher().doc_freq(&term))? > 0 {
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            let query = Box::new(BoostQuery::new(query, weight(part)));
            all.push(Reason { what: format!("word {word} in the {}", part.as_str()), word: word.to_owned(), query });
        }
    }
    Ok(all)
}

/// What it is worth that the words of a query stand together, or near each other.
pub(super) fn together(archive: &Archive, query: &Query) -> Vec<Reason> {
    let texts: Vec<&Vec<Unit>> = query
        .expr
        .wanted()
        .into_iter()
        .filter_map(|leaf| if let Leaf::Text(text) = leaf { text.variants.first() } else { None })
        .collect();
    if texts.len() < 2 {
        return Vec::new();
    }
    let whole: Vec<Unit> = texts.iter().flat_map(|units| units.iter().cloned()).collect();
    let words: Vec<Vec<Unit>> = texts.into_iter().cloned().collect();
    let mut all = Vec::new();
    for place in places(archive, None) {
        let mut push = |what: &str, query, worth: f32| {
            let query = Box::new(ConstScoreQuery::new(query, worth * weight(place.part)));
            let what = format!("{what} in the {}", place.part.as_str());
            all.push(Reason { what, word: String::new(), query });
        };
        push("the whole query", standing(&place, &whole, false), WHOLE);
        push("words near each other", nearby(&place, &words, CLOSE), NEAR);
    }
    all
}

/// Statistics of articles alone. The index also holds a row for every mention and figure; counted as documents they
/// would make every word rare and every article long.
pub(super) struct Articles<'a> {
    searcher: &'a Searcher,
    count: u64,
}

impl<'a> Articles<'a> {
    pub(super) fn of(archive: &'a Archive) -> tantivy::Result<Self> {
        let searcher = archive.searcher();
        let count = searcher.doc_freq(&Term::from_field_text(archive.fields().row, schema::row::ARTICLE))?;
        Ok(Self { searcher, count: count.max(1) })
    }
}

impl Bm25StatisticsProvider for Articles<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // Most articles have no section headings; against an average of nearly nothing every heading would be long.
        Ok(self.searcher.total_num_tokens(field)?.max(self.count * SHORT))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.count)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::units_of;

    #[test]
    fn cuts_a_query_by_the_words_that_there_are() {
        let cut = |text: &str, words: &[&str]| {
            let units: Vec<Unit> = units_of(text);
            let mut found = Vec::new();
            let known = |word: &str| {
                let known = words.contains(&word);
                found.extend(known.then(|| word.to_owned()));
                Ok(known)
            };
            cut(&units, known).expect("nothing fails");
            found.join(" ")
        };
        assert_eq!(cut("停车投诉量", &["停车", "投诉", "停车投诉"]), "停车投诉");
        assert_eq!(cut("残疾人联合会，5G", &["残疾", "残疾人", "联合会", "5g", "合会"]), "残疾人 联合会 5g");
        assert_eq!(cut("甲乙停车", &["停车", "甲"]), "停车");
        assert_eq!(cut("甲", &["甲"]), "甲");
        assert_eq!(cut("，", &["，"]), "");
    }
}
