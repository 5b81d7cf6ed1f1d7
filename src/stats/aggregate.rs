//! Aggregations over the rows of one sort. In: which columns to count or to add up. Out: the buckets. The request
//! is the JSON of the Elasticsearch family, which tantivy takes.
//!
//! A terms aggregation that is cut off in each segment counts wrong where a name is frequent in one and rare in
//! another, so every bucket is asked for and the caller cuts.

use crate::error::Result;
use crate::index::{Archive, BUCKETS};
use serde_json::{Map, Value, json};

/// What to count.
#[derive(Clone, Debug, Default)]
pub(super) struct Request(Map<String, Value>);

impl Request {
    /// Rows by the value of a column.
    pub(super) fn terms(mut self, column: &str) -> Self {
        self.0.insert(column.to_owned(), json!({ "terms": terms(column) }));
        self
    }

    /// The sum of a column.
    pub(super) fn sum(mut self, column: &str) -> Self {
        self.0.insert(column.to_owned(), json!({ "sum": { "field": column } }));
        self
    }

    /// Runs the request over the rows of one sort.
    pub(super) fn run(self, archive: &Archive, sort: &str) -> Result<Answer> {
        let (json, rows) = archive.aggregate(&*archive.rows(sort), Value::Object(self.0))?;
        Ok(Answer { rows, json })
    }
}

fn terms(column: &str) -> Value {
    json!({ "field": column, "size": BUCKETS, "segment_size": BUCKETS })
}

/// Rows that share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// The value; a number in its decimal form.
    pub(super) name: String,
    /// How many rows.
    pub(super) count: u64,
}

/// What came out.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// How many rows there are.
    pub(super) rows: u64,
    json: Value,
}

impl Answer {
    /// The buckets of a column, in no order to rely on.
    pub(super) fn terms(&self, column: &str) -> Vec<Bucket> {
        buckets(&self.json[column])
    }

    /// The sum of a column of whole numbers.
    pub(super) fn sum(&self, column: &str) -> u64 {
        // An aggregation adds up in floating point, which holds whole numbers up to 2^53 exactly.
        self.json[column]["value"].as_f64().unwrap_or(0.0) as u64
    }
}

fn buckets(aggregation: &Value) -> Vec<Bucket> {
    let bucket = |bucket: &Value| Bucket {
        name: match &bucket["key"] {
            Value::String(name) => name.clone(),
            key => key.as_i64().or_else(|| key.as_f64().map(|key| key as i64)).unwrap_or_default().to_string(),
        },
        count: bucket["doc_count"].as_u64().unwrap_or(0),
    };
    aggregation["buckets"].as_array().map(|all| all.iter().map(bucket).collect()).unwrap_or_default()
}
