//! Finds articles. In: an [`Archive`] and a [`Query`]. Out: the articles that contain it, best first.
//!
//! Characters decide what is found: each term is a phrase of index terms that holds exactly where the article's
//! text contains it (`index::tokenizer`). Words decide the order: BM25 over those stretches of the query that are
//! words of the archive (`index::words`), with an exact hit in the title above one in a heading above one in the
//! body. No dictionary is loaded.

use super::parse::{Query, Term};
use crate::error::Result;
use crate::index::{Archive, Unit, candidates, covering_terms, schema};
use crate::record::Record;
use std::ops::Bound;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur, PhraseQuery, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Order, Searcher};

/// How much a hit weighs by where it stands. What a headline says, the article is about; the figures are the usual
/// ones of newspaper search and are waiting to be measured.
const TITLE: f32 = 3.0;
const HEADING: f32 = 1.5;
const BODY: f32 = 1.0;

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many articles contain the query.
    pub total: usize,
    /// Those that were asked for, best first.
    pub hits: Vec<Hit>,
}

/// An article that contains the query.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Higher is better; comparable within one query only.
    pub score: f32,
    /// The article.
    pub record: Record,
}

/// The articles that contain `query`, from the `offset`th on, at most `limit`.
pub fn search(archive: &Archive, query: &Query, limit: usize, offset: usize) -> Result<Found> {
    let searcher = archive.searcher();
    // Equal scores stand in order of their ids, so that the same archive gives the same list.
    // A list longer than the index would only cost memory.
    let rows = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX).max(1);
    let best = TopDocs::with_limit(limit.clamp(1, rows))
        .and_offset(offset.min(rows))
        .order_by((SortBySimilarityScore, (SortByString::for_field("article"), Order::Asc)));
    let (best, total) = archive.read(|| {
        let statistics = Articles { searcher, count: articles(archive)? };
        let query = asked(archive, &statistics, query)?;
        searcher.search_with_statistics_provider(&query, &(best, Count), &statistics)
    })?;
    let hit = |((score, _), address)| Ok(Hit { score, record: archive.record(address)? });
    let hits = best.into_iter().take(limit).map(hit).collect::<Result<_>>()?;
    Ok(Found { total, hits })
}

fn asked(archive: &Archive, statistics: &Articles<'_>, query: &Query) -> tantivy::Result<BooleanQuery> {
    let fields = archive.fields();
    let mut clauses: Vec<(Occur, Box<dyn tantivy::query::Query>)> = Vec::new();
    for term in &query.terms {
        let places = [(fields.title, TITLE), (fields.heading, HEADING), (fields.body, BODY)];
        let anywhere = places.map(|(field, weight)| (Occur::Should, weighted(containing(field, term), weight)));
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(anywhere.into()))));
        for word in candidates(&term.units) {
            for (field, weight) in [(fields.title_words, TITLE), (fields.body_words, BODY)] {
                let word = tantivy::Term::from_field_text(field, &word);
                if statistics.doc_freq(&word)? > 0 {
                    let word = Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs));
                    clauses.push((Occur::Should, weighted(word, weight)));
                }
            }
        }
    }
    Ok(BooleanQuery::new(clauses))
}

fn weighted(query: Box<dyn tantivy::query::Query>, weight: f32) -> Box<dyn tantivy::query::Query> {
    Box::new(BoostQuery::new(query, weight))
}

/// The articles whose `field` contains `term`.
fn containing(field: Field, term: &Term) -> Box<dyn tantivy::query::Query> {
    let word = |text: &str| tantivy::Term::from_field_text(field, text);
    if let [Unit::Han(only)] = term.units[..] {
        // Wherever the character stands, a term begins with it: a pair, or itself at the end of a run.
        let (from, to) = (only.to_string(), format!("{only}{}", char::MAX));
        return Box::new(RangeQuery::new(Bound::Included(word(&from)), Bound::Excluded(word(&to))));
    }
    let mut terms: Vec<_> = covering_terms(&term.units).into_iter().map(|(at, text)| (at, word(&text))).collect();
    match terms.len() {
        1 => Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset(terms)),
    }
}

fn articles(archive: &Archive) -> tantivy::Result<u64> {
    archive.searcher().doc_freq(&tantivy::Term::from_field_text(archive.fields().row, schema::row::ARTICLE))
}

/// Statistics of articles alone. The index also holds a row for every mention and figure; counted as documents they
/// would make every word rare and every article long.
struct Articles<'a> {
    searcher: &'a Searcher,
    count: u64,
}

impl Bm25StatisticsProvider for Articles<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.count.max(1))
    }

    fn doc_freq(&self, term: &tantivy::Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.count.max(1)))
    }
}
