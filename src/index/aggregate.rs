//! Aggregations over columns. In: a query and a request in the JSON of the Elasticsearch family. Out: the answer in the
//! same family's JSON, and how many rows it is of.

use super::Archive;
use crate::error::{Error, Result};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use tantivy::aggregation::agg_req::{Aggregations, get_fast_field_names};
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::Count;
use tantivy::query::Query;

/// Most buckets that are given. An archive of twenty thousand issues has some hundred thousand names.
const BUCKETS: u32 = 50_000_000;

/// Most memory that an aggregation may take, in bytes; beyond it there is an error, not a wrong count.
const MEMORY: u64 = 1 << 30;

impl Archive {
    /// The answer to `request` over the rows that `query` finds, and their number.
    pub fn aggregate(&self, query: &dyn Query, request: Value) -> Result<(Value, u64)> {
        let request: Aggregations = serde_json::from_value(request)
            .map_err(|cause| Error::Usage(format!("the aggregation cannot be read: {cause}")))?;
        self.columns_exist(&request)?;
        let limits = AggregationLimitsGuard::new(Some(MEMORY), Some(BUCKETS));
        let context = AggContextParams::new(limits, self.searcher().index().tokenizers().clone());
        let collector = AggregationCollector::from_aggs(request, context);
        let (answer, rows) = self
            .read(|| match self.searcher().search(query, &(collector, Count)) {
                // What was asked for, not what is in the index.
                Err(tantivy::TantivyError::AggregationError(error)) => Ok(Err(error.to_string())),
                Err(tantivy::TantivyError::InvalidArgument(what)) => Ok(Err(what)),
                Err(tantivy::TantivyError::FieldNotFound(name)) => Ok(Err(format!("there is no column `{name}`"))),
                other => other.map(Ok),
            })?
            .map_err(|what| Error::Usage(format!("the aggregation cannot be answered: {what}")))?;
        let answer = serde_json::to_value(&answer)
            .map_err(|cause| Error::Usage(format!("the aggregation cannot be answered: {cause}")))?;
        Ok((answer, rows as u64))
    }

    /// Says which column of a request there is not: tantivy takes one that it does not know for an empty one.
    fn columns_exist(&self, request: &Aggregations) -> Result<()> {
        let schema = self.searcher().schema();
        let is_column =
            |name: &str| schema.get_field(name).is_ok_and(|field| schema.get_field_entry(field).is_fast());
        let names: BTreeSet<String> = get_fast_field_names(request).into_iter().collect();
        match names.iter().find(|name| !is_column(name) && !name.contains('*')) {
            Some(name) => {
                let known = schema.fields().filter(|(_, field)| field.is_fast()).map(|(_, field)| field.name());
                let known = known.collect::<Vec<_>>().join(", ");
                let what =
                    format!("the aggregation cannot be answered: there is no column `{name}`; there are {known}");
                Err(Error::Usage(what))
            }
            None => Ok(()),
        }
    }
}

/// What to count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request(Map<String, Value>);

impl Request {
    /// Rows by the value of a column.
    pub(crate) fn terms(mut self, column: &str) -> Self {
        self.0.insert(column.to_owned(), json!({ "terms": terms(column) }));
        self
    }

    /// The sum of a column.
    pub(crate) fn sum(mut self, column: &str) -> Self {
        self.0.insert(column.to_owned(), json!({ "sum": { "field": column } }));
        self
    }

    /// Runs the request over the rows that `query` finds.
    pub(crate) fn run(self, archive: &Archive, query: &dyn Query) -> Result<Answer> {
        let (json, rows) = archive.aggregate(query, Value::Object(self.0))?;
        Ok(Answer { rows, json })
    }
}

/// A terms aggregation that is cut off in each segment counts wrong where a name is frequent in one and rare in another, so
/// every bucket is asked for and the caller cuts.
fn terms(column: &str) -> Value {
    json!({ "field": column, "size": BUCKETS, "segment_size": BUCKETS })
}

/// Rows that share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bucket {
    /// The value; a number in its decimal form.
    pub(crate) name: String,
    /// How many rows.
    pub(crate) count: u64,
}

/// What came out.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// How many rows there are.
    pub(crate) rows: u64,
    json: Value,
}

impl Answer {
    /// The buckets of a column, in no order to rely on.
    pub(crate) fn terms(&self, column: &str) -> Vec<Bucket> {
        buckets(&self.json[column])
    }

    /// How many rows are in none of `buckets`, which are those of one column: the rows without a value.
    pub(crate) fn without(&self, buckets: &[Bucket]) -> u64 {
        self.rows - buckets.iter().map(|bucket| bucket.count).sum::<u64>()
    }

    /// The sum of a column of whole numbers.
    pub(crate) fn sum(&self, column: &str) -> u64 {
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
