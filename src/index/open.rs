//! Opens an index for reading. In: a folder. Out: an [`Archive`], as of the last commit, or what is wrong with
//! the folder and what to do.
//!
//! What the program and its schema were is stated in the commit itself (tantivy's payload), so it is true of
//! exactly the rows that the commit shows.

use super::reading::Reading;
use super::rows::issue_id_of;
use super::schema::{self, Fields, fields, row};
use super::tokenizer::{HanPairs, NAME};
use super::{Faults, IssueRow, columns};
use crate::error::{Error, Result, typed};
use crate::model::{Decision, Decisions, EntityKind};
use crate::record::Record;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use tantivy::collector::{Count, TopDocs};
use tantivy::directory::error::OpenReadError;
use tantivy::query::{BooleanQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Index, Order, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

/// The file that makes a folder a tantivy index.
const META: &str = "meta.json";

/// How often an index is opened anew whose files vanish meanwhile, and after how long.
const TRIES: usize = 3;
const MOMENT: Duration = Duration::from_millis(20);

/// What every commit says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Version of the program that wrote it.
    pub jiebao: String,
    /// Version of the schema.
    pub schema: u32,
}

impl Stamp {
    /// The stamp of this program.
    pub fn current() -> Self {
        Self { jiebao: env!("CARGO_PKG_VERSION").to_owned(), schema: schema::VERSION }
    }
}

/// An index opened for reading. It goes on showing the commit it was opened at.
#[derive(Clone)]
pub struct Archive {
    folder: PathBuf,
    searcher: Searcher,
    stamp: Stamp,
}

/// What a folder is to us.
pub(super) enum Folder {
    /// Nothing is there yet.
    Vacant,
    /// A tantivy index.
    Index,
}

/// Says what `folder` is, without opening anything in it.
pub(super) fn look(folder: &Path) -> Result<Folder> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Folder::Vacant),
        Err(cause) if cause.kind() == ErrorKind::NotADirectory => {
            return Err(Error::index(folder, "is a file, not the folder of an index; name another with --index"));
        }
        Err(cause) => return Err(Error::io(folder, "cannot read the index folder", cause)),
    };
    let names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    if names.iter().any(|name| name == META) {
        return Ok(Folder::Index);
    }
    // Tantivy lists its files in `.managed.json` before it writes the first `meta.json`, so that list alone is
    // what a killed first run leaves; with segments beside it, `meta.json` was lost.
    let segments = [".store", ".fast", ".term", ".idx", ".pos", ".fieldnorm"];
    if names.iter().any(|name| segments.iter().any(|ending| name.ends_with(ending))) {
        return Err(damaged(folder, "meta.json is missing"));
    }
    if names.iter().any(|name| !name.starts_with('.')) {
        let what =
            "holds other files and no index; name another folder with --index, so that nothing of yours is touched";
        return Err(Error::index(folder, what));
    }
    Ok(Folder::Vacant)
}

/// Opens the tantivy index in `folder` and checks that it is one of this program and schema. The stamp is none
/// where no ingest was ever completed.
pub(super) fn open_index(folder: &Path) -> Result<(Index, Option<Stamp>)> {
    let faults = Faults(folder);
    let index = faults.of(|| Index::open(Reading::open(folder)?))?;
    let metas = faults.of(|| index.load_metas())?;
    let stamp = metas.payload.as_deref().map(serde_json::from_str::<Stamp>);
    let ours = metas.schema == schema::schema();
    match stamp {
        Some(Ok(stamp)) if stamp.schema > schema::VERSION => Err(Error::index(
            folder,
            format!(
                "was written by jiebao {} with schema {}, and this is jiebao {} with schema {}; use the newer program",
                stamp.jiebao,
                stamp.schema,
                env!("CARGO_PKG_VERSION"),
                schema::VERSION
            ),
        )),
        Some(Ok(stamp)) if stamp.schema < schema::VERSION => Err(Error::index(
            folder,
            format!(
                "was written by jiebao {} with the older schema {}; move the folder away and run `jiebao ingest` again",
                stamp.jiebao, stamp.schema
            ),
        )),
        Some(Ok(_)) if !ours => Err(damaged(folder, "its fields are not those that its version has")),
        Some(Ok(stamp)) => {
            index.tokenizers().register(NAME, HanPairs);
            Ok((index, Some(stamp)))
        }
        None if ours && metas.segments.is_empty() => {
            index.tokenizers().register(NAME, HanPairs);
            Ok((index, None))
        }
        _ => Err(Error::index(
            folder,
            "is an index, but not one of jiebao; name another folder with --index, so that it is not touched",
        )),
    }
}

pub(super) fn damaged(folder: &Path, what: &str) -> Error {
    let advice = "move the folder away and run `jiebao ingest` again";
    Error::index(folder, format!("the index is damaged: {what}; {advice}"))
}

impl Archive {
    /// Opens the index in `folder`.
    pub fn open(folder: &Path) -> Result<Self> {
        let none = |what: &str| {
            Error::index(
                folder,
                format!("{what}; run `jiebao ingest --index {} PATH...` first", typed(&folder.to_string_lossy())),
            )
        };
        match look(folder)? {
            Folder::Vacant => Err(none("there is no index here")),
            Folder::Index => {
                let (index, stamp) = open_index(folder)?;
                let stamp = stamp.ok_or_else(|| none("the index is empty: no ingest was completed"))?;
                // A command reads one commit; a watch on later ones would cost it a thread.
                let open = || index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
                let reader = Faults(folder).of(|| {
                    for _ in 0..TRIES {
                        match open() {
                            // Without a lock, a writer may remove what was about to be opened.
                            Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) => sleep(MOMENT),
                            outcome => return outcome,
                        }
                    }
                    open()
                })?;
                Ok(Self { folder: folder.to_owned(), searcher: reader.searcher(), stamp })
            }
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Who wrote the commit that is shown.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// tantivy's view of the commit.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Handles of the fields.
    pub fn fields(&self) -> Fields {
        fields()
    }

    /// Reads from the index; whatever goes wrong in there is told as damage of this folder.
    pub fn read<T>(&self, work: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        Faults(&self.folder).of(work)
    }

    /// The rows of one sort, see [`row`].
    pub fn rows(&self, sort: &str) -> Box<dyn Query> {
        exactly(self.fields().row, sort)
    }

    /// Calls `row` with the values of word `columns` in each row of a sort that has all of `values` in their columns, in
    /// the order of the index.
    pub fn each<const N: usize>(
        &self,
        sort: &str,
        values: &[(Field, &str)],
        columns: [&str; N],
        row: impl FnMut([Option<&str>; N]),
    ) -> Result<()> {
        let mut all = vec![self.rows(sort)];
        all.extend(values.iter().map(|&(field, value)| exactly(field, value)));
        self.read(|| columns::each(&self.searcher, &BooleanQuery::intersection(all), columns, row))
    }

    /// Calls `word` with each value that stands in a word field of any row; one that stands in several segments, several
    /// times.
    pub fn each_word(&self, field: Field, mut word: impl FnMut(&str)) -> Result<()> {
        self.read(|| {
            for reader in self.searcher.segment_readers() {
                let index = reader.inverted_index(field)?;
                let mut words = index.terms().stream()?;
                while words.advance() {
                    std::str::from_utf8(words.key()).into_iter().for_each(&mut word);
                }
            }
            Ok(())
        })
    }

    /// What operators have decided on names.
    pub fn decisions(&self) -> Result<Decisions> {
        let mut all = Decisions::default();
        self.each(row::DECISION, &[], ["kind", "name", "object"], |values| {
            let [Some(kind), Some(name), Some(into)] = values else { return };
            if let Some(kind) = EntityKind::of_word(kind) {
                all.add(Decision { kind, name: name.to_owned(), into: Some(into.to_owned()) });
            }
        })?;
        Ok(all)
    }

    /// The stored JSON of an article or an issue.
    pub fn stored(&self, address: DocAddress) -> Result<String> {
        let document: TantivyDocument = self.read(|| self.searcher.doc(address))?;
        let json = document.get_first(self.fields().stored).and_then(|value| value.as_str().map(str::to_owned));
        json.ok_or_else(|| damaged(&self.folder, "a row has lost its record"))
    }

    /// The record of an article.
    pub fn record(&self, address: DocAddress) -> Result<Record> {
        self.parsed(&self.stored(address)?)
    }

    /// What the index keeps of a file.
    pub fn issue(&self, address: DocAddress) -> Result<IssueRow> {
        self.parsed(&self.stored(address)?)
    }

    /// The articles whose id is `id`, or else begins with it: up to `limit` of them in order of their ids, and how
    /// many there are.
    pub fn articles_named(&self, id: &str, limit: usize) -> Result<(Vec<DocAddress>, usize)> {
        let fields = self.fields();
        let find = |query: Box<dyn Query>| {
            let query = BooleanQuery::intersection(vec![self.rows(row::ARTICLE), query]);
            let top = TopDocs::with_limit(limit).order_by_string_fast_field("article", Order::Asc);
            self.read(|| self.searcher.search(&query, &(top, Count)))
        };
        let (mut found, mut count) = find(exactly(fields.article, id))?;
        if found.is_empty() {
            let bound = |text: &str| Term::from_field_text(fields.article, text);
            let (from, to) = (Bound::Included(bound(id)), Bound::Excluded(bound(&format!("{id}{}", char::MAX))));
            (found, count) = find(Box::new(RangeQuery::new(from, to)))?;
        }
        Ok((found.into_iter().map(|(_, address)| address).collect(), count))
    }

    /// The issue that an article came from.
    pub fn issue_of(&self, record: &Record) -> Result<IssueRow> {
        let id = exactly(self.fields().issue_id, issue_id_of(&record.id));
        let query = BooleanQuery::intersection(vec![self.rows(row::ISSUE), id]);
        let found = self.read(|| self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score()))?;
        let (_, address) = found.first().ok_or_else(|| damaged(&self.folder, "an article has lost its issue"))?;
        self.parsed(&self.stored(*address)?)
    }

    fn parsed<'a, T: Deserialize<'a>>(&self, json: &'a str) -> Result<T> {
        serde_json::from_str(json).map_err(|cause| damaged(&self.folder, &format!("a stored record: {cause}")))
    }
}

/// Rows that have exactly `value` in `field`.
pub(crate) fn exactly(field: Field, value: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}
