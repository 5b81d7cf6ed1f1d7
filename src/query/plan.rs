//! A query as questions to the index. In: an [`Archive`] and the tree of a query. Out: a tantivy query that finds exactly
//! the articles of which `plain` says that it holds.
//!
//! Words become phrases of index terms (`index::tokenizer`). Names, issues and dates are compared with all that stand in
//! the index, which are few, by the same functions that read a record.

use super::beginning::Beginning;
use super::expr::{Column, Dates, Expr, Leaf, Near, Part, RowLeaf, Text};
use super::join::OfArticles;
use super::parse::Query as Asked;
use super::phrase::{NearWord, Nearby, Phrase, Standing};
use super::plain::{accepts, kind_of};
use crate::error::Result;
use crate::index::{Archive, Unit, covering_terms, schema::row, units_of};
use crate::model::Decisions;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, Query, RangeQuery, TermSetQuery};
use tantivy::schema::Field;

/// Makes queries to one archive.
struct Planner<'a> {
    archive: &'a Archive,
    decisions: &'a Decisions,
}

/// A text field, and the field of its words.
pub(super) struct Place {
    pub(super) part: Part,
    pub(super) text: Field,
    pub(super) words: Option<Field>,
}

/// The text fields of a part; of an article, where no part is named.
pub(super) fn places(archive: &Archive, part: Option<Part>) -> Vec<Place> {
    let fields = archive.fields();
    let all = [
        (Part::Title, fields.title, Some(fields.title_words)),
        (Part::Heading, fields.heading, Some(fields.heading_words)),
        (Part::Body, fields.body, Some(fields.body_words)),
        (Part::Source, fields.source, None),
    ];
    // What stands in a byline stands in the body as well.
    let wanted = |place: &Part| part.map_or(*place != Part::Source, |part| *place == part);
    let place = |(part, text, words)| Place { part, text, words };
    all.into_iter().filter(|(part, ..)| wanted(part)).map(place).collect()
}

/// Finds the articles that answer `query`, by what operators have decided on names as well.
pub fn articles(archive: &Archive, query: &Asked) -> Result<Box<dyn Query>> {
    Planner { archive, decisions: &archive.decisions()? }.articles(&query.expr)
}

/// Finds the rows of a sort that belong to what `articles` finds.
pub fn rows_of(archive: &Archive, articles: Box<dyn Query>, sort: &str) -> Box<dyn Query> {
    Box::new(OfArticles { found: articles, wanted: archive.rows(sort) })
}

/// Finds the figures of which `conditions` hold.
pub fn figures(archive: &Archive, conditions: &Expr<RowLeaf>) -> Result<Box<dyn Query>> {
    Planner { archive, decisions: &archive.decisions()? }.rows(conditions)
}

impl Planner<'_> {
    /// The articles of which `expr` holds.
    fn articles(&self, expr: &Expr<Leaf>) -> Result<Box<dyn Query>> {
        self.tree(expr, row::ARTICLE, &mut |leaf| self.leaf(leaf))
    }

    /// The rows of a sort of which `expr` holds.
    fn tree<L>(
        &self,
        expr: &Expr<L>,
        sort: &str,
        leaf: &mut dyn FnMut(&L) -> Result<Box<dyn Query>>,
    ) -> Result<Box<dyn Query>> {
        Ok(match expr {
            Expr::Leaf(one) => leaf(one)?,
            Expr::Any(parts) => {
                let parts = parts.iter().map(|part| self.tree(part, sort, leaf)).collect::<Result<_>>()?;
                Box::new(BooleanQuery::union(parts))
            }
            // What all must not have is taken away from the rest, and only where there is no rest from all.
            Expr::All(parts) => {
                let mut clauses = Vec::new();
                for part in parts {
                    clauses.push(match part {
                        Expr::Not(not) => (Occur::MustNot, self.tree(not, sort, leaf)?),
                        part => (Occur::Must, self.tree(part, sort, leaf)?),
                    });
                }
                self.difference(clauses, sort)
            }
            Expr::Not(not) => self.difference(vec![(Occur::MustNot, self.tree(not, sort, leaf)?)], sort),
        })
    }

    fn difference(&self, mut clauses: Vec<(Occur, Box<dyn Query>)>, sort: &str) -> Box<dyn Query> {
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.archive.rows(sort)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn leaf(&self, leaf: &Leaf) -> Result<Box<dyn Query>> {
        let fields = self.archive.fields();
        match leaf {
            Leaf::Text(text) => Ok(self.text(text)),
            Leaf::Near(near) => Ok(self.near(near)),
            Leaf::Name(name) => match fields.of_kind(name.kind) {
                Some(field) => self.of_sort(row::ARTICLE, field, &mut |value| {
                    accepts(&name.name, Some(name.kind), value, self.decisions)
                }),
                None => Ok(Box::new(EmptyQuery)),
            },
            Leaf::Issue(pattern) => {
                self.of_sort(row::ARTICLE, fields.issue, &mut |value| pattern.accepts(&units_of(value)))
            }
            Leaf::Date(dates) => self.dated(row::ARTICLE, fields.date, dates),
            Leaf::Metric(rows) => {
                Ok(Box::new(OfArticles { found: self.rows(rows)?, wanted: self.archive.rows(row::ARTICLE) }))
            }
        }
    }

    /// The figures of which `expr` holds.
    fn rows(&self, expr: &Expr<RowLeaf>) -> Result<Box<dyn Query>> {
        let rows = self.tree(expr, row::METRIC, &mut |leaf| self.row(leaf))?;
        Ok(Box::new(BooleanQuery::intersection(vec![self.archive.rows(row::METRIC), rows])))
    }

    fn row(&self, leaf: &RowLeaf) -> Result<Box<dyn Query>> {
        let fields = self.archive.fields();
        Ok(match leaf {
            RowLeaf::Word(column, pattern) => self.of_sort(row::METRIC, self.column(*column), &mut |value| {
                accepts(pattern, kind_of(*column), value, self.decisions)
            })?,
            RowLeaf::Is(column, word) => exactly(Term::from_field_text(self.column(*column), word)),
            RowLeaf::Approx(approx) => exactly(Term::from_field_i64(fields.approx, i64::from(*approx))),
            RowLeaf::Date(dates) => self.dated(row::METRIC, fields.time, dates)?,
            RowLeaf::Value(range) => {
                let bound = |field, end: Option<(f64, bool)>| match end {
                    Some((end, true)) => Bound::Included(Term::from_field_f64(field, end)),
                    Some((end, false)) => Bound::Excluded(Term::from_field_f64(field, end)),
                    None => Bound::Unbounded,
                };
                let lies = |field| -> Box<dyn Query> {
                    Box::new(RangeQuery::new(bound(field, range.from), bound(field, range.to)))
                };
                let ends = BooleanQuery::intersection(vec![lies(fields.low), lies(fields.high)]);
                Box::new(BooleanQuery::union(vec![lies(fields.value), Box::new(ends)]))
            }
        })
    }

    fn column(&self, column: Column) -> Field {
        let fields = self.archive.fields();
        match column {
            Column::Subject => fields.subject,
            Column::Unit => fields.unit,
            Column::Basis => fields.basis,
            Column::Community => fields.community,
            Column::Grid => fields.grid,
            Column::Division => fields.division,
            Column::Change => fields.change,
            Column::Bound => fields.bound,
            Column::Check => fields.check,
        }
    }

    fn dated(&self, sort: &str, field: Field, dates: &Dates) -> Result<Box<dyn Query>> {
        self.of_sort(sort, field, &mut |value| dates.holds(value))
    }

    /// The rows of a sort that have a value in `field` which is `wanted`.
    fn of_sort(&self, sort: &str, field: Field, wanted: &mut dyn FnMut(&str) -> bool) -> Result<Box<dyn Query>> {
        let mut terms = Vec::new();
        self.archive.each_word(field, |value| {
            if wanted(value) {
                terms.push(Term::from_field_text(field, value));
            }
        })?;
        let any: Box<dyn Query> = Box::new(TermSetQuery::new(terms));
        Ok(Box::new(BooleanQuery::intersection(vec![self.archive.rows(sort), any])))
    }

    fn text(&self, text: &Text) -> Box<dyn Query> {
        let mut any = Vec::new();
        for place in places(self.archive, text.part) {
            for units in &text.variants {
                any.push(standing(&place, units, text.prefix));
            }
        }
        union(any)
    }

    fn near(&self, near: &Near) -> Box<dyn Query> {
        let places = places(self.archive, near.part).into_iter();
        union(places.map(|place| nearby(&place, &near.words, near.distance)).collect())
    }
}

/// The rows that have `term`, by its column or its postings.
fn exactly(term: Term) -> Box<dyn Query> {
    Box::new(RangeQuery::new(Bound::Included(term.clone()), Bound::Included(term)))
}

fn union(mut any: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if any.len() == 1 { any.remove(0) } else { Box::new(BooleanQuery::union(any)) }
}

/// The phrase of `units` in a field.
pub(super) fn phrase(field: Field, units: &[Unit]) -> Phrase {
    covering_terms(units).into_iter().map(|(at, text)| (at, Term::from_field_text(field, &text))).collect()
}

/// The articles where `words` are near each other.
pub(super) fn nearby(place: &Place, words: &[Vec<Unit>], distance: usize) -> Box<dyn Query> {
    let word = |units: &Vec<Unit>| NearWord {
        phrase: phrase(place.text, units),
        length: units.len(),
        lone: matches!(units[..], [Unit::Han(_)]),
    };
    Box::new(Nearby { phrases: words.iter().map(word).collect(), distance })
}

/// The articles whose text in `place` holds `units`.
pub(super) fn standing(place: &Place, units: &[Unit], prefix: bool) -> Box<dyn Query> {
    let term = |text: &str| Term::from_field_text(place.text, text);
    let begins = |text: &str| -> Box<dyn Query> {
        let (from, to) = (term(text), term(&format!("{text}{}", char::MAX)));
        Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
    };
    match units {
        // Wherever the character stands, a term begins with it: a pair, or itself at the end of a run.
        [Unit::Han(only)] => begins(&only.to_string()),
        [Unit::Word(word)] if prefix => begins(word),
        [.., Unit::Word(_)] if prefix => Box::new(Beginning { phrase: phrase(place.text, units) }),
        _ => {
            let han = |unit: &Unit| if let Unit::Han(c) = unit { Some(*c) } else { None };
            let word: Option<String> = units.iter().map(han).collect();
            let word = place.words.zip(word).map(|(field, word)| Term::from_field_text(field, &word));
            Box::new(Standing { phrase: phrase(place.text, units), word })
        }
    }
}
