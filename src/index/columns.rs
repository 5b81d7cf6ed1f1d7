//! Reads columns row by row, without reading a record. In: a query and the names of word columns. Out: their values
//! in each row that the query finds, in the order of the index.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::query::Query;
use tantivy::{DocId, Searcher};

/// Calls `row` with the values of `columns` in each row that `query` finds; a row without a value has none.
pub(super) fn each<const N: usize>(
    searcher: &Searcher,
    query: &dyn Query,
    columns: [&str; N],
    mut row: impl FnMut([Option<&str>; N]),
) -> tantivy::Result<()> {
    // The set is sorted before anything is read, so its order never shows.
    let mut found: Vec<_> = searcher.search(query, &DocSetCollector)?.into_iter().collect();
    found.sort_unstable();
    let mut documents: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
    found.iter().for_each(|at| documents.entry(at.segment_ord).or_default().push(at.doc_id));
    for (segment, documents) in documents {
        let fields = searcher.segment_reader(segment).fast_fields();
        let mut values = Vec::with_capacity(N);
        for name in columns {
            values.push(Values { column: fields.str(name)?, read: FxHashMap::default() });
        }
        for document in documents {
            for column in &mut values {
                column.read(document)?;
            }
            let mut at = values.iter();
            row(std::array::from_fn(|_| at.next().and_then(|column| column.value(document))));
        }
    }
    Ok(())
}

/// A column of one segment, and its values that were read so far: a dictionary is slow to look up in.
struct Values {
    column: Option<StrColumn>,
    read: FxHashMap<u64, String>,
}

impl Values {
    fn ord(&self, document: DocId) -> Option<u64> {
        self.column.as_ref()?.ords().first(document)
    }

    fn read(&mut self, document: DocId) -> tantivy::Result<()> {
        if let (Some(ord), Some(column)) = (self.ord(document), &self.column)
            && !self.read.contains_key(&ord)
        {
            let mut text = String::new();
            column.ord_to_str(ord, &mut text)?;
            self.read.insert(ord, text);
        }
        Ok(())
    }

    fn value(&self, document: DocId) -> Option<&str> {
        self.read.get(&self.ord(document)?).map(String::as_str)
    }
}
