//! What each part of an index takes on disk, as a multiple of the text that it makes findable.

use super::table::{head, table};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tantivy::Searcher;
use tantivy::space_usage::PerFieldSpaceUsage;

/// The columns: what tantivy keeps of a field.
const PARTS: [&str; 5] = ["terms", "postings", "positions", "lengths", "columns"];

/// Fields that take less than this share of the text stand in one row.
const LEAST: f64 = 0.005;

/// Bytes of all files in `folder`.
pub(crate) fn on_disk(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("the folder of the index can be read");
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// The table of one index beside `cleaned` bytes of text.
pub(crate) fn report(searcher: &Searcher, folder: &Path, cleaned: u64) -> String {
    let usage = searcher.space_usage().expect("the index is whole");
    let mut fields: BTreeMap<String, [u64; PARTS.len()]> = BTreeMap::new();
    let mut store = 0;
    for segment in usage.segments() {
        store += segment.store().total().get_bytes();
        let parts: [&PerFieldSpaceUsage; PARTS.len()] = [
            segment.termdict(),
            segment.postings(),
            segment.positions(),
            segment.fieldnorms(),
            segment.fast_fields(),
        ];
        for (part, usage) in parts.into_iter().enumerate() {
            for field in usage.fields() {
                fields.entry(field.field_name().to_owned()).or_default()[part] += field.total().get_bytes();
            }
        }
    }
    let (large, small): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(_, parts)| parts.iter().sum::<u64>() as f64 >= LEAST * cleaned as f64);
    let rest = small.iter().fold([0; PARTS.len()], |sum, (_, parts)| std::array::from_fn(|at| sum[at] + parts[at]));
    let mut fields = large;
    fields.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.iter().sum::<u64>()));
    fields.push((format!("{} more fields", small.len()), rest));
    let all = fields.iter().fold([0; PARTS.len()], |sum, (_, parts)| std::array::from_fn(|at| sum[at] + parts[at]));
    fields.push(("all fields".to_owned(), all));

    let multiple = |bytes: u64| format!("{:.3}", bytes as f64 / cleaned as f64);
    let mut rows = vec![head(&[&[""], &PARTS[..], &["all"]].concat())];
    for (name, parts) in fields {
        let sum = parts.iter().sum();
        rows.push([vec![name], parts.into_iter().chain([sum]).map(multiple).collect()].concat());
    }
    let disk = on_disk(folder);
    let line = |name: &str, bytes: u64| {
        [vec![name.to_owned()], vec![String::new(); PARTS.len()], vec![multiple(bytes)]].concat()
    };
    rows.extend([line("store", store), line("on disk, all files", disk)]);
    table(&rows)
}
