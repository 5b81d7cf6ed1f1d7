//! Which articles and figures are counted. In: what the user asked for. Out: queries to the index.

use crate::error::{Error, Result};
use crate::index::{Archive, Request, schema::row};
use crate::query::{self, Expr, Leaf, Query, RowLeaf};
use tantivy::query::{BooleanQuery, Query as Rows};

/// Which articles are looked through.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    /// What they answer; none for all.
    pub query: Option<Query>,
    /// Their first date, as exact as it was typed.
    pub since: Option<String>,
    /// Their last date.
    pub until: Option<String>,
}

impl Articles {
    /// The articles that `query` finds, dated from `since` until `until`. Complains about a date that is none.
    pub fn new(query: Option<Query>, since: Option<String>, until: Option<String>) -> Result<Self> {
        let all = Self { query, since, until };
        all.dates()?;
        Ok(all)
    }

    /// Whether these are all articles of the archive.
    pub fn is_all(&self) -> bool {
        self.query.is_none() && !self.is_dated()
    }

    fn is_dated(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    fn dates(&self) -> Result<Option<Expr<Leaf>>> {
        if !self.is_dated() {
            return Ok(None);
        }
        let end = |end: &Option<String>| end.clone().unwrap_or_default();
        let dates = query::dates(&format!("{}..{}", end(&self.since), end(&self.until)))?;
        Ok(Some(Expr::Leaf(Leaf::Date(dates))))
    }

    /// Finds them.
    pub fn find(&self, archive: &Archive) -> Result<Box<dyn Rows>> {
        let conditions = self.query.iter().map(|query| query.expr.clone()).chain(self.dates()?);
        match &conditions.collect::<Vec<_>>()[..] {
            [] => Ok(archive.rows(row::ARTICLE)),
            all => {
                let text = self.query.as_ref().map_or_else(String::new, |query| query.text.clone());
                query::articles(archive, &Query { text, expr: Expr::All(all.to_vec()) })
            }
        }
    }

    /// Finds the rows of a sort that belong to them.
    pub fn rows(&self, archive: &Archive, sort: &str) -> Result<Box<dyn Rows>> {
        if self.is_all() { Ok(archive.rows(sort)) } else { Ok(query::rows_of(archive, self.find(archive)?, sort)) }
    }

    /// How many articles a range of dates leaves out because they have none.
    pub(super) fn undated(&self, archive: &Archive) -> Result<u64> {
        if !self.is_dated() {
            return Ok(0);
        }
        let any_time = Self { query: self.query.clone(), ..Self::default() };
        let answer = Request::default().terms("date").run(archive, &*any_time.find(archive)?)?;
        Ok(answer.without(&answer.terms("date")))
    }
}

/// Which figures are counted.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The articles that they stand in.
    pub articles: Articles,
    /// Conditions on each of them, all of which must hold: the field of `metric:( )`, and what was typed behind it.
    conditions: Vec<(&'static str, String, Expr<RowLeaf>)>,
}

impl Figures {
    /// The figures of `articles`.
    pub fn of(articles: Articles) -> Self {
        Self { articles, conditions: Vec::new() }
    }

    /// Those of them of which `field:value` holds. A multiplier before a unit is left out: figures in 万元 are counted in 元.
    pub fn having(mut self, field: &'static str, value: &str) -> Result<Self> {
        let bare = value.trim_start_matches(['十', '百', '千', '万', '亿']);
        let is_multiplied = field == "unit" && crate::metric::normal_unit(value).is_none();
        let value = if is_multiplied && crate::metric::normal_unit(bare).is_some() { bare } else { value };
        let condition =
            query::condition(field, value).map_err(|error| Error::Usage(format!("--{field}: {error}")))?;
        self.conditions.push((field, value.to_owned(), condition));
        Ok(self)
    }

    /// All conditions on a figure.
    pub fn conditions(&self) -> Expr<RowLeaf> {
        Expr::All(self.conditions.iter().map(|(.., condition)| condition.clone()).collect())
    }

    /// Finds them.
    pub fn find(&self, archive: &Archive) -> Result<Box<dyn Rows>> {
        let rows = self.articles.rows(archive, row::METRIC)?;
        if self.conditions.is_empty() {
            return Ok(rows);
        }
        let conditions = query::figures(archive, &self.conditions())?;
        Ok(if self.articles.is_all() {
            conditions
        } else {
            Box::new(BooleanQuery::intersection(vec![rows, conditions]))
        })
    }

    /// The first condition that no figure of the archive answers, and the values that come nearest.
    pub(super) fn unknown(&self, archive: &Archive) -> Result<Option<String>> {
        for (field, value, condition) in &self.conditions {
            let found = query::figures(archive, condition)?;
            if archive.read(|| archive.searcher().search(&found, &tantivy::collector::Count))? > 0 {
                continue;
            }
            let column = if *field == "date" { "time" } else { field };
            let near = nearest(archive, column, value)?;
            let near = if near.is_empty() { String::new() } else { format!("; there are {}", near.join(", ")) };
            return Ok(Some(format!("no figure has the {field} {value}{near}")));
        }
        Ok(None)
    }
}

/// Most values that are offered for one that there is not.
const OFFERED: usize = 8;

/// The values of a column of figures that are nearest to `value`: those with most of its characters, then the most frequent.
fn nearest(archive: &Archive, column: &str, value: &str) -> Result<Vec<String>> {
    let answer = Request::default().terms(column).run(archive, &*archive.rows(row::METRIC))?;
    let mut all = answer.terms(column);
    let far = |name: &str| strsim::osa_distance(name, value);
    let shares = |name: &str| name.chars().any(|c| value.contains(c));
    all.sort_by_cached_key(|bucket| {
        (!shares(&bucket.name), far(&bucket.name), std::cmp::Reverse(bucket.count), bucket.name.clone())
    });
    Ok(all.into_iter().take(OFFERED).map(|bucket| bucket.name).collect())
}
