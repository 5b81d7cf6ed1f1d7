//! Writes a batch. In: [`Rows`] of files, in input order. Out: one commit that shows all of them, or an index that
//! is as it was.
//!
//! One thread indexes: rows stand in the order they were given, so the same input gives the same archive. The
//! costly part, reading and cutting text, is done by the caller on all threads.

use super::open::{Folder, Stamp, look, open_index};
use super::reading::share;
use super::rows::{decision_document, decision_id};
use super::schema::{fields, row, schema};
use super::tokenizer::{HanPairs, NAME};
use super::{Faults, Rows, columns};
use crate::error::{Error, Result};
use crate::model::Decision;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::UserOperation;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexSortByField, IndexWriter, Order, ReloadPolicy, TantivyError, Term};

/// Memory for rows that are not on disk yet, in bytes. Some ten thousand pages fit, so that an ordinary batch
/// becomes one segment; a greater batch becomes several.
const MEMORY: usize = 200 << 20;

/// The least memory that tantivy opens a writer with.
const LEAST_MEMORY: usize = 15 << 20;

/// What the index holds of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The issue's id, which follows from its stem and content.
    pub id: String,
    /// The file's canonical path.
    pub file: String,
}

/// The one writer of an index. Nothing it was given is seen before [`Writer::commit`].
pub struct Writer {
    folder: PathBuf,
    writer: IndexWriter,
    /// Whether the index was never committed to.
    fresh: bool,
    changed: bool,
}

impl Writer {
    /// Opens the index in `folder` for writing, makes it if there is none, and says what it holds.
    pub fn open(folder: &Path) -> Result<(Self, Vec<Held>)> {
        let faults = Faults(folder);
        if matches!(look(folder)?, Folder::Vacant) {
            create(folder)?;
        }
        let (index, stamp) = open_index(folder)?;
        let writer = faults.of_writing(|| patiently(|| index.writer_with_num_threads(1, MEMORY)))?;
        // Only now: before the lock was ours, another program could have committed.
        let held = held(folder, &index)?;
        Ok((Self { folder: folder.to_owned(), writer, fresh: stamp.is_none(), changed: false }, held))
    }

    /// Adds the rows of a file.
    pub fn add(&mut self, rows: Rows) -> Result<()> {
        self.changed = true;
        let writer = &self.writer;
        // A group of operations stays together: all rows of a file are in one segment.
        let rows: Vec<UserOperation> = rows.documents.into_iter().map(UserOperation::Add).collect();
        Faults(&self.folder).of_writing(|| writer.run(rows).map(|_| ()))
    }

    /// Removes all rows of an issue.
    pub fn remove(&mut self, issue_id: &str) {
        self.changed = true;
        self.writer.delete_term(Term::from_field_text(fields().issue_id, issue_id));
    }

    /// Puts down what was decided on a name, in place of what was decided on it before.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        self.remove(&decision_id(decision));
        let Some(document) = decision_document(decision) else { return Ok(()) };
        Faults(&self.folder).of_writing(|| self.writer.add_document(document).map(|_| ()))
    }

    /// Makes the batch visible, all at once.
    pub fn commit(mut self) -> Result<()> {
        if !self.changed && !self.fresh {
            return Ok(());
        }
        let stamp = serde_json::to_string(&Stamp::current()).expect("a stamp is a string and a number");
        let writer = &mut self.writer;
        let committed = Faults(&self.folder).of_writing(|| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&stamp);
            commit.commit()
        });
        if let Err(error) = committed {
            self.abandon();
            return Err(error);
        }
        // Merging makes the index smaller, not other; should it fail, the batch is committed all the same.
        let writer = self.writer;
        let _ = Faults(&self.folder).of_writing(|| writer.wait_merging_threads());
        // Whoever may not read it is told so when he tries.
        let _ = share(&self.folder);
        Ok(())
    }

    /// Gives up the batch and removes what of it is on disk, so that a disk that was full is not full of it.
    pub fn abandon(self) {
        let Self { folder, writer, .. } = self;
        let _ = Faults(&folder).of_writing(|| {
            drop(writer);
            let index = Index::open_in_dir(&folder)?;
            let writer: IndexWriter = patiently(|| index.writer_with_num_threads(1, LEAST_MEMORY))?;
            writer.garbage_collect_files().wait()
        });
    }
}

/// Asks for the lock again for a moment: a program that is starting another holds its locks twice until that one
/// has begun, so a lock that was given back can be taken a few milliseconds longer.
fn patiently<T>(acquire: impl Fn() -> tantivy::Result<T>) -> tantivy::Result<T> {
    for _ in 0..10 {
        match acquire() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => thread::sleep(Duration::from_millis(20)),
            outcome => return outcome,
        }
    }
    acquire()
}

/// Makes an empty index, under the writer's lock: of two first runs, one must not wipe what the other committed.
fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|cause| Error::io(folder, "cannot make the index folder", cause))?;
    let faults = Faults(folder);
    let directory = faults.of_writing(|| Ok(MmapDirectory::open(folder)?))?;
    let _lock = faults.of_writing(|| patiently(|| Ok(directory.acquire_lock(&INDEX_WRITER_LOCK)?)))?;
    if matches!(look(folder)?, Folder::Vacant) {
        let index =
            faults.of_writing(|| Index::builder().schema(schema()).settings(settings()).create_in_dir(folder))?;
        index.tokenizers().register(NAME, HanPairs);
    }
    Ok(())
}

/// Records are half of an index. Zstandard makes them three quarters of what LZ4 does, and blocks of this size a tenth
/// less than those of 16 KiB; opening one takes a twentieth of a millisecond.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        docstore_blocksize: 32 << 10,
        sort_by_field: Some(IndexSortByField { field: "rank".to_owned(), order: Order::Asc }),
        ..IndexSettings::default()
    }
}

/// What the index holds, from its columns alone: no record is read.
fn held(folder: &Path, index: &Index) -> Result<Vec<Held>> {
    Faults(folder).of(|| {
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        let issues = super::open::exactly(fields().row, row::ISSUE);
        let mut all = Vec::new();
        columns::each(&searcher, &*issues, ["issue_id", "file"], |[id, file]| {
            let owned = |value: Option<&str>| value.unwrap_or_default().to_owned();
            all.push(Held { id: owned(id), file: owned(file) });
        })?;
        Ok(all)
    })
}
