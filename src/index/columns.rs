//! Reads columns row by row, without reading a record. In: a query and the names of word columns. Out: their values
//! in each row that the query finds, in the order of the index.

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
            values.push(Values::read(fields.str(name)?, &documents)?);
        }
        for at in 0..documents.len() {
            let mut columns = values.iter();
            row(std::array::from_fn(|_| columns.next().and_then(|column| column.value(at))));
        }
    }
    Ok(())
}

/// The words of `column` that have these numbers, by number. A dictionary is packed in blocks, and each is opened once.
pub(super) fn words(column: &StrColumn, mut numbers: Vec<u64>) -> tantivy::Result<Vec<(u64, String)>> {
    numbers.sort_unstable();
    numbers.dedup();
    let mut words = Vec::with_capacity(numbers.len());
    column
        .dictionary()
        .sorted_ords_to_term_cb(&numbers, |word| words.push(String::from_utf8_lossy(word).into_owned()))?;
    Ok(numbers.into_iter().zip(words).collect())
}

/// A column of one segment: the number of the word in each of some rows, and those words.
struct Values {
    numbers: Vec<Option<u64>>,
    words: Vec<(u64, String)>,
}

impl Values {
    fn read(column: Option<StrColumn>, documents: &[DocId]) -> tantivy::Result<Self> {
        let Some(column) = column else { return Ok(Self { numbers: Vec::new(), words: Vec::new() }) };
        let numbers: Vec<Option<u64>> = documents.iter().map(|&document| column.ords().first(document)).collect();
        let words = words(&column, numbers.iter().flatten().copied().collect())?;
        Ok(Self { numbers, words })
    }

    fn value(&self, at: usize) -> Option<&str> {
        let number = (*self.numbers.get(at)?)?;
        let found = self.words.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.words.get(found).map(|(_, word)| word.as_str())
    }
}
