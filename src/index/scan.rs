//! Works through many articles. In: a query. Out: the articles that it finds, in an order that follows from them and not from
//! how they lie, in batches that are worked on side by side and taken one by one.

use super::Archive;
use super::columns::words;
use super::schema::row;
use crate::error::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;
use tantivy::query::Query;

/// Articles of a batch: enough that threads need not wait for each other, few enough that their records are small beside
/// the program.
const BATCH: usize = 128;

/// Batches that are worked on at one time, for each thread.
const AHEAD: usize = 8;

impl Archive {
    /// The articles that `query` finds, in order of the names of their issues, of their files, and as they are read.
    pub fn in_order(&self, query: &dyn Query) -> Result<Vec<DocAddress>> {
        self.read(|| {
            let mut found: Vec<DocAddress> = self.searcher().search(query, &DocSetCollector)?.into_iter().collect();
            found.sort_unstable();
            // All rows of a file are in one segment, so its articles come together.
            let mut files: BTreeMap<(String, String), Vec<(i64, DocAddress)>> = BTreeMap::new();
            let mut rest = found.as_slice();
            while let Some(first) = rest.first() {
                let segment = first.segment_ord;
                let (here, others) = rest.split_at(rest.partition_point(|address| address.segment_ord == segment));
                rest = others;
                let columns = self.searcher().segment_reader(segment).fast_fields();
                let (Some(issues), Some(ids)) = (columns.str("issue")?, columns.str("issue_id")?) else { continue };
                let ordinals = columns.i64("ordinal")?;
                let mut of_file: BTreeMap<u64, Vec<(i64, DocAddress)>> = BTreeMap::new();
                let mut named: BTreeMap<u64, u64> = BTreeMap::new();
                for address in here {
                    let Some(file) = ids.ords().first(address.doc_id) else { continue };
                    let ordinal = ordinals.first(address.doc_id).unwrap_or(0);
                    of_file.entry(file).or_default().push((ordinal, *address));
                    issues.ords().first(address.doc_id).into_iter().for_each(|name| {
                        named.entry(file).or_insert(name);
                    });
                }
                let ids: BTreeMap<u64, String> =
                    words(&ids, of_file.keys().copied().collect())?.into_iter().collect();
                let names =
                    words(&issues, named.values().copied().collect())?.into_iter().collect::<BTreeMap<_, _>>();
                for (file, articles) in of_file {
                    let name = named.get(&file).and_then(|number| names.get(number)).cloned().unwrap_or_default();
                    let id = ids.get(&file).cloned().unwrap_or_default();
                    files.entry((name, id)).or_default().extend(articles);
                }
            }
            let in_order = |mut articles: Vec<(i64, DocAddress)>| {
                articles.sort_unstable();
                articles.into_iter().map(|(_, address)| address)
            };
            Ok(files.into_values().flat_map(in_order).collect())
        })
    }

    /// All articles, in that order.
    pub fn all_in_order(&self) -> Result<Vec<DocAddress>> {
        self.in_order(&*self.rows(row::ARTICLE))
    }

    /// Does `work` on batches of `articles`, on all threads, and hands what comes of them to `take`, in order, while the next
    /// are worked on. Holds a few batches at a time.
    pub fn batches<T: Send>(
        &self,
        articles: &[DocAddress],
        work: impl Fn(&[DocAddress]) -> Result<T> + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()> + Send,
    ) -> anyhow::Result<()> {
        let mut done: Vec<Result<T>> = Vec::new();
        for ahead in articles.chunks(BATCH * AHEAD * rayon::current_num_threads()) {
            let ready = std::mem::take(&mut done);
            let (taken, next) = rayon::join(
                || ready.into_iter().try_for_each(|batch| take(batch?)),
                || ahead.par_chunks(BATCH).map(&work).collect(),
            );
            taken?;
            done = next;
        }
        done.into_iter().try_for_each(|batch| take(batch?))
    }
}
