//! How what was found is spread. In: an [`Archive`], a [`Query`] and what to count by. Out: counts of articles.

use super::parse::Query;
use super::plan::{articles, rows_of};
use crate::error::{Error, Result};
use crate::index::{Archive, Bucket as Counted, Request, schema::row};
use crate::model::{Decided, Decisions, EntityKind};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, TermSetQuery};

/// What found articles can be counted by: the name of the facet and of the column.
const FACETS: [(&str, &str); 11] = [
    ("community", "community"),
    ("grid", "grid"),
    ("division", "division"),
    ("person", "person"),
    ("organization", "organization"),
    ("org", "organization"),
    ("place", "place"),
    ("program", "program"),
    ("issue", "issue"),
    ("year", "year"),
    ("date", "date"),
];

/// Articles by the values of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Name of the column.
    pub facet: String,
    /// How many different values there are.
    pub distinct: usize,
    /// How many articles have none; null for names, of which an article may have several.
    pub without: Option<u64>,
    /// The values, the most frequent first, then in order of their characters; years and dates in their own order.
    pub values: Vec<Bucket>,
}

/// A value and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// The value.
    pub value: String,
    /// Articles.
    pub articles: u64,
}

/// The articles that answer `query` by each of `facets`, the first `top` values of each.
pub fn facets(archive: &Archive, query: &Query, facets: &[String], top: usize) -> Result<Vec<Facet>> {
    let columns = facets.iter().map(|name| column(name)).collect::<Result<Vec<_>>>()?;
    let request = columns.iter().fold(Request::default(), |request, column| request.terms(column));
    let (found, decisions) = (articles(archive, query)?, archive.decisions()?);
    let answer = request.run(archive, &*found)?;
    let mut all = Vec::new();
    for column in columns {
        let value = |counted: Counted| Bucket { value: counted.name, articles: counted.count };
        let mut values: Vec<Bucket> = answer.terms(column).into_iter().map(value).collect();
        if let Some(kind) = EntityKind::of_word(column) {
            settle(archive, &*found, kind, &decisions, &mut values)?;
        }
        // An article may have several names, so what is left over cannot be told by the sum of them.
        let single = matches!(column, "issue" | "year" | "date");
        let with: u64 = values.iter().map(|value| value.articles).sum();
        let without = single.then(|| answer.rows.saturating_sub(with));
        match column {
            "year" | "date" => values.sort_by(|a, b| a.value.cmp(&b.value)),
            _ => values.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value))),
        }
        let distinct = values.len();
        values.truncate(top);
        all.push(Facet { facet: column.to_owned(), distinct, without, values });
    }
    Ok(all)
}

/// Brings together names that an operator decided are one. An article may have several of them, so they are counted
/// anew.
fn settle(
    archive: &Archive,
    found: &dyn tantivy::query::Query,
    kind: EntityKind,
    decisions: &Decisions,
    values: &mut Vec<Bucket>,
) -> Result<()> {
    let Some(field) = archive.fields().of_kind(kind) else { return Ok(()) };
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for value in values.iter() {
        if let Decided::Into(into) = decisions.on(kind, &value.value) {
            groups.entry(into.to_owned()).or_default().push(value.value.clone());
        }
    }
    for (into, mut names) in groups {
        names.push(into.clone());
        values.retain(|value| !names.contains(&value.value));
        let any = TermSetQuery::new(names.iter().map(|name| Term::from_field_text(field, name)));
        let both = BooleanQuery::intersection(vec![found.box_clone(), Box::new(any)]);
        let count = archive.read(|| Ok(archive.searcher().search(&both, &Count)? as u64))?;
        values.push(Bucket { value: into, articles: count });
    }
    Ok(())
}

fn column(name: &str) -> Result<&'static str> {
    let known = FACETS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map(|(_, column)| *column).ok_or_else(|| {
        let names = FACETS.map(|(name, _)| name);
        let meant = super::fault::meant(name, names);
        Error::Usage(format!("articles cannot be counted by `{name}`{meant}; write {}", names.join(", ")))
    })
}

/// The answer to an aggregation request of the Elasticsearch family over the rows of a sort that belong to what `query`
/// finds, in the same family's format.
pub fn aggregate(archive: &Archive, query: &Query, sort: &str, request: Value) -> Result<Value> {
    let found = articles(archive, query)?;
    let (aggregations, rows) = if sort == row::ARTICLE {
        archive.aggregate(&*found, request)?
    } else {
        archive.aggregate(&*rows_of(archive, found, sort), request)?
    };
    Ok(json!({ "hits": { "total": { "value": rows, "relation": "eq" } }, "aggregations": aggregations }))
}
