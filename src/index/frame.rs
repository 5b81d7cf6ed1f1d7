//! Reads columns of many rows at once. In: a query, and the columns that are wanted. Out: a [`Frame`]: for each row, in the
//! order of the index, a code for each text and a number for each number. Codes are ranks, so that comparing two of them
//! compares what they stand for, however the rows lie.

use super::Archive;
use crate::error::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, SegmentReader, TERMINATED};

/// What of a row is wanted.
#[derive(Default)]
pub(crate) struct Columns<'a> {
    texts: Vec<(&'static str, Read<'a>)>,
    numbers: Vec<&'static str>,
}

/// What is made of a text before it is compared; none is as if the row had none.
type Read<'a> = Box<dyn Fn(&str) -> Option<String> + Sync + 'a>;

impl<'a> Columns<'a> {
    /// A column of texts, as they stand.
    pub(crate) fn text(self, column: &'static str) -> Self {
        self.text_read(column, |text| Some(text.to_owned()))
    }

    /// A column of texts, as `read` reads them.
    pub(crate) fn text_read(
        mut self,
        column: &'static str,
        read: impl Fn(&str) -> Option<String> + Sync + 'a,
    ) -> Self {
        self.texts.push((column, Box::new(read)));
        self
    }

    /// A column of numbers, whole or not.
    pub(crate) fn number(mut self, column: &'static str) -> Self {
        self.numbers.push(column);
        self
    }
}

/// The code of a row that has no text in a column.
pub(crate) const NONE: u32 = u32::MAX;

/// Rows by columns.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// The columns of texts, in the order in which they were asked for.
    pub(crate) texts: Vec<Texts>,
    /// The columns of numbers; NaN where a row has none.
    pub(crate) numbers: Vec<Vec<f64>>,
}

/// A column of texts.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// The different texts, in order of their characters.
    pub(crate) known: Vec<String>,
    /// For each row the place of its text among these, or [`NONE`].
    pub(crate) codes: Vec<u32>,
}

impl Texts {
    /// What a code stands for.
    pub(crate) fn get(&self, code: u32) -> Option<&str> {
        self.known.get(code as usize).map(String::as_str)
    }

    /// The text of a row.
    pub(crate) fn at(&self, row: usize) -> Option<&str> {
        self.get(*self.codes.get(row)?)
    }
}

impl Archive {
    /// The rows that `query` finds.
    pub(crate) fn frame(&self, query: &dyn Query, columns: &Columns<'_>) -> Result<Frame> {
        self.read(|| {
            let searcher = self.searcher();
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            let segments: Vec<(&SegmentReader, Vec<DocId>)> = searcher
                .segment_readers()
                .par_iter()
                .map(|reader| {
                    let (mut rows, mut scorer) = (Vec::new(), weight.scorer(reader, 1.0)?);
                    while scorer.doc() != TERMINATED {
                        rows.push(scorer.doc());
                        scorer.advance();
                    }
                    if let Some(alive) = reader.alive_bitset() {
                        rows.retain(|&row| alive.is_alive(row));
                    }
                    Ok((reader, rows))
                })
                .collect::<tantivy::Result<_>>()?;
            let texts = columns.texts.par_iter().map(|(column, read)| texts(&segments, column, read));
            let numbers = columns.numbers.par_iter().map(|column| numbers(&segments, column));
            let (texts, numbers) =
                rayon::join(|| texts.collect::<tantivy::Result<_>>(), || numbers.collect::<tantivy::Result<_>>());
            let rows = segments.iter().map(|(_, rows)| rows.len()).sum();
            Ok(Frame { rows, texts: texts?, numbers: numbers? })
        })
    }
}

/// A column of texts over all segments.
fn texts(segments: &[(&SegmentReader, Vec<DocId>)], column: &str, read: &Read<'_>) -> tantivy::Result<Texts> {
    let parts: Vec<(Vec<Option<String>>, Vec<u32>)> =
        segments.par_iter().map(|(reader, rows)| part(reader, rows, column, read)).collect::<tantivy::Result<_>>()?;
    let mut known: Vec<&str> = parts.iter().flat_map(|(known, _)| known).flatten().map(String::as_str).collect();
    known.par_sort_unstable();
    known.dedup();
    let ranks: FxHashMap<&str, u32> = known.iter().copied().zip(0..).collect();
    let code = |text: &Option<String>| text.as_deref().and_then(|text| ranks.get(text)).copied().unwrap_or(NONE);
    let mut codes = Vec::with_capacity(parts.iter().map(|(_, rows)| rows.len()).sum());
    for (known, rows) in &parts {
        let ranks: Vec<u32> = known.par_iter().map(code).collect();
        codes.extend(rows.iter().map(|&row| ranks.get(row as usize).copied().unwrap_or(NONE)));
    }
    Ok(Texts { known: known.into_iter().map(str::to_owned).collect(), codes })
}

/// A column of texts in one segment: the different ones that are used, as they are read, and for each row which.
fn part(
    reader: &SegmentReader,
    rows: &[DocId],
    column: &str,
    read: &Read<'_>,
) -> tantivy::Result<(Vec<Option<String>>, Vec<u32>)> {
    let Some(column) = reader.fast_fields().str(column)? else { return Ok((Vec::new(), vec![NONE; rows.len()])) };
    let ords = values(column.ords(), rows);
    let mut places = vec![NONE; column.num_terms()];
    let place = |ord: &Option<u64>| ord.and_then(|ord| usize::try_from(ord).ok()).filter(|&ord| ord < places.len());
    let used: Vec<Option<usize>> = ords.iter().map(place).collect();
    used.iter().flatten().for_each(|&ord| places[ord] = 0);
    let wanted: Vec<u64> = places.iter().zip(0..).filter(|(place, _)| **place == 0).map(|(_, ord)| ord).collect();
    wanted.iter().zip(0..).for_each(|(&ord, place)| places[ord as usize] = place);
    let known = spelled(&column, &wanted, read)?;
    Ok((known, used.into_iter().map(|ord| ord.map_or(NONE, |ord| places[ord])).collect()))
}

/// The texts of `ords`, which are in order, as they are read.
fn spelled(column: &StrColumn, ords: &[u64], read: &Read<'_>) -> tantivy::Result<Vec<Option<String>>> {
    let mut known = Vec::with_capacity(ords.len());
    column.dictionary().sorted_ords_to_term_cb(ords, |term| {
        known.push(std::str::from_utf8(term).ok().and_then(read));
    })?;
    Ok(known)
}

fn numbers(segments: &[(&SegmentReader, Vec<DocId>)], column: &str) -> tantivy::Result<Vec<f64>> {
    let parts: Vec<Vec<f64>> = segments
        .par_iter()
        .map(|(reader, rows)| {
            let fields = reader.fast_fields();
            let of = |values: Vec<Option<f64>>| values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
            Ok(match fields.column_opt::<f64>(column)? {
                Some(column) => of(values(&column, rows)),
                None => match fields.column_opt::<i64>(column)? {
                    Some(column) => {
                        of(values(&column, rows).into_iter().map(|value| value.map(|value| value as f64)).collect())
                    }
                    None => vec![f64::NAN; rows.len()],
                },
            })
        })
        .collect::<tantivy::Result<_>>()?;
    Ok(parts.concat())
}

/// The first value of each row.
fn values<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: &Column<T>,
    rows: &[DocId],
) -> Vec<Option<T>> {
    let mut values = vec![None; rows.len()];
    column.first_vals(rows, &mut values);
    values
}
