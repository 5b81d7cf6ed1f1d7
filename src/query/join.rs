//! Rows of the articles that other rows are of. In: a query that finds rows, such as figures, and one for the sort of row
//! that is wanted, such as articles. Out: a query that finds those of the second that share an article with the first.
//!
//! All rows of a file are in one segment (`index::write`), so that each segment is joined by itself, over the numbers
//! that its column of article ids has.

use tantivy::columnar::StrColumn;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Finds rows of the same articles.
#[derive(Debug)]
pub(crate) struct OfArticles {
    /// Finds the rows whose articles are meant.
    pub(crate) found: Box<dyn Query>,
    /// Finds the rows that come into question.
    pub(crate) wanted: Box<dyn Query>,
}

impl Clone for OfArticles {
    fn clone(&self) -> Self {
        Self { found: self.found.box_clone(), wanted: self.wanted.box_clone() }
    }
}

impl Query for OfArticles {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // What is found scores nothing, so it need not be scored.
        let scoring = match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled => disabled,
        };
        Ok(Box::new(Joined { found: self.found.weight(scoring)?, wanted: self.wanted.weight(scoring)? }))
    }
}

struct Joined {
    found: Box<dyn Weight>,
    wanted: Box<dyn Weight>,
}

impl Weight for Joined {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut rows = Vec::new();
        if let Some(articles) = reader.fast_fields().str("article")? {
            let mut marked = vec![false; articles.num_terms()];
            each(self.found.scorer(reader, 1.0)?, &articles, |_, article| {
                article.into_iter().for_each(|article| marked[article] = true);
            });
            each(self.wanted.scorer(reader, 1.0)?, &articles, |row, article| {
                rows.extend(article.filter(|&article| marked[article]).map(|_| row));
            });
        }
        Ok(Box::new(ConstScorer::new(List::new(rows), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("rows of the article", 1.0))
    }
}

/// Calls `each` with every row of `rows` and the number of its article in the segment.
fn each(mut rows: Box<dyn Scorer>, articles: &StrColumn, mut each: impl FnMut(DocId, Option<usize>)) {
    let mut row = rows.doc();
    while row != TERMINATED {
        let article = articles.ords().first(row).and_then(|number| usize::try_from(number).ok());
        each(row, article.filter(|&number| number < articles.num_terms()));
        row = rows.advance();
    }
}

/// Rows in order.
pub(super) struct List {
    rows: Vec<DocId>,
    at: usize,
}

impl List {
    /// `rows`, which are in order, each once.
    pub(super) fn new(rows: Vec<DocId>) -> Self {
        Self { rows, at: 0 }
    }
}

impl DocSet for List {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.rows.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&row| row < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.rows.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}
