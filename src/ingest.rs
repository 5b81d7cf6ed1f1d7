//! Brings newsletters into the index. In: files and folders. Out: one commit and a [`Report`]; all of the batch is
//! visible, or nothing.
//!
//! A file is known by its canonical path, and its content by its SHA-256:
//!
//! | the file         | its content                | outcome                                         |
//! |------------------|----------------------------|-------------------------------------------------|
//! | in the index     | the same                   | unchanged, not even parsed                      |
//! | in the index     | another                    | replaced, in the same commit                    |
//! | not in the index | new                        | added                                           |
//! | not in the index | in the index, same stem    | duplicate; or moved, where the other file has gone |
//! | any              | cannot be read, or no text | refused; what the index held of it stays        |
//!
//! Files are read and analysed side by side, a bounded number at a time, and added in input order.

use crate::error::{Error, Result};
use crate::fault::caught;
use crate::index::{Counts, Rows, Writer, issue_id};
use crate::lexicon::gazetteer::Gazetteer;
use crate::source::{self, Source};
use crate::{error, pipeline};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is in memory at one time: so many files, or files of so many bytes together, and at least one file. A page
/// takes some thirty times its size while it is analysed.
const CHUNK: (usize, u64) = (256, 16 << 20);

/// How a file fared.
#[derive(Debug)]
pub enum Outcome {
    /// It is new.
    Added,
    /// Its older content was replaced.
    Replaced,
    /// Its content was in the index under a path where no file is any more; now it is under this one.
    Moved {
        /// The path that has gone.
        from: String,
    },
    /// The index has it as it is.
    Unchanged,
    /// The index has the same content under the same stem, from a file that is still there.
    Duplicate {
        /// That file.
        of: String,
    },
    /// It could not be taken; the error names the file.
    Refused(Error),
}

/// What happens while files are taken, for a progress bar or a log.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many files were found.
    Found(usize),
    /// A file was dealt with.
    File {
        /// The file, or the path that was named.
        path: &'a Path,
        /// How it fared.
        outcome: &'a Outcome,
    },
    /// All files are dealt with; now they become visible.
    Committing,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that were found, and paths that could not be used.
    pub found: usize,
    /// Files that were read, whatever became of them.
    pub read: usize,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// New files.
    pub added: usize,
    /// Changed files.
    pub replaced: usize,
    /// Files under a new path.
    pub moved: usize,
    /// Files that the index had already.
    pub unchanged: usize,
    /// Files whose content the index has from another file, and that file.
    pub duplicates: Vec<(PathBuf, String)>,
    /// Files and paths that could not be taken.
    pub refused: Vec<Error>,
    /// What was added to the index.
    pub counts: Counts,
}

/// Brings the newsletters at `paths` into the index in `folder`, on so many threads (none: one a core); files that are
/// read are read with the names of the `gazetteer`.
pub fn ingest(
    paths: &[PathBuf],
    folder: &Path,
    threads: Option<usize>,
    gazetteer: &Gazetteer,
    mut watch: impl FnMut(Event<'_>),
) -> Result<Report> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    let pool =
        pool.map_err(|cause| Error::Usage(format!("cannot start {} threads: {cause}", threads.unwrap_or(0))))?;
    let (writer, held) = Writer::open(folder)?;
    let (files, errors) = source::find(paths);
    // A path that cannot be used counts as well, so that the sums add up.
    let all = files.len() + errors.len();
    watch(Event::Found(all));
    let mut batch = Batch::new(writer, held.into_iter().map(|held| (held.file, held.id)).collect(), gazetteer);
    batch.report.found = all;
    for error in errors {
        let path = place(&error).to_owned();
        batch.done(&path, Outcome::Refused(error), &mut watch);
    }
    if let Err(error) = fill(&mut batch, &files, &pool, &mut watch) {
        batch.writer.abandon();
        return Err(error);
    }
    watch(Event::Committing);
    batch.writer.commit()?;
    Ok(batch.report)
}

/// Reads `files` and gives them to the writer, in order.
fn fill(
    batch: &mut Batch<'_>,
    files: &[PathBuf],
    pool: &rayon::ThreadPool,
    watch: &mut impl FnMut(Event<'_>),
) -> Result<()> {
    let mut later = Vec::new();
    for chunk in chunks(files) {
        let known = &batch.known;
        let read: Vec<Read> = pool.install(|| chunk.par_iter().map(|path| known.read(path)).collect());
        for (path, read) in chunk.iter().zip(read) {
            match batch.take(read)? {
                Some(outcome) => batch.done(path, outcome, watch),
                None => later.push(path),
            }
        }
    }
    // A copy of a file that the index had from elsewhere: by now it is known whether that other file kept it.
    for path in later {
        let read = pool.install(|| batch.known.read(path));
        if let Some(outcome) = batch.take_last(read)? {
            batch.done(path, outcome, watch);
        }
    }
    Ok(())
}

/// The path that an error speaks of.
fn place(error: &Error) -> &Path {
    match error {
        Error::Refused { path, .. } | Error::Io { path, .. } | Error::Index { path, .. } => path,
        Error::Usage(_) => Path::new(""),
    }
}

/// `files` in pieces that fit into memory side by side.
fn chunks(files: &[PathBuf]) -> Vec<&[PathBuf]> {
    let (mut all, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (at, file) in files.iter().enumerate() {
        let length = fs::metadata(file).map_or(0, |metadata| metadata.len());
        if at > start && (at - start >= CHUNK.0 || bytes + length > CHUNK.1) {
            all.push(&files[start..at]);
            (start, bytes) = (at, 0);
        }
        bytes += length;
    }
    if start < files.len() {
        all.push(&files[start..]);
    }
    all
}

/// A file after reading.
struct Read {
    /// Its canonical path.
    file: String,
    /// Its length; none if it was not read.
    bytes: Option<u64>,
    content: Content,
}

enum Content {
    /// The index has this issue; it was not analysed.
    Known(String),
    /// The rows it becomes.
    Rows(Box<Rows>),
    Refused(Error),
}

/// What the index will hold when the batch is committed, by canonical path and by issue id.
struct Known<'a> {
    gazetteer: &'a Gazetteer,
    by_file: HashMap<String, String>,
    by_id: HashMap<String, String>,
}

impl Known<'_> {
    /// Reads and analyses a file, unless its content is known from a file that is still there.
    fn read(&self, path: &Path) -> Read {
        let file = canonical(path);
        let source = match caught(|| source::read(path)) {
            Ok(Ok(source)) => source,
            Ok(Err(error)) => return Read { file, bytes: None, content: Content::Refused(error) },
            Err(panic) => return Read { file, bytes: None, content: Content::Refused(fault(path, &panic)) },
        };
        let bytes = Some(source.bytes.len() as u64);
        let id = issue_id(&source.name, &source.sha256);
        let content = match self.by_id.get(&id) {
            Some(owner) if *owner == file || Path::new(owner).exists() => Content::Known(id),
            _ => analysed(path, &source, &file, self.gazetteer),
        };
        Read { file, bytes, content }
    }
}

fn analysed(path: &Path, source: &Source, file: &str, gazetteer: &Gazetteer) -> Content {
    match caught(|| pipeline::read_issue_with(source, gazetteer).map(|issue| Rows::new(&issue, file))) {
        Ok(Ok(rows)) => Content::Rows(Box::new(rows)),
        Ok(Err(error)) => Content::Refused(error),
        Err(panic) => Content::Refused(fault(path, &panic)),
    }
}

/// A panic is our mistake, and only this file's misfortune.
fn fault(path: &Path, panic: &str) -> Error {
    let panic = error::printable(panic).into_owned();
    Error::refused(path, format!("a fault in jiebao ({panic}); please report it with this file"))
}

/// The path by which a file is known again. Two files never share one: what is no Unicode is escaped.
fn canonical(path: &Path) -> String {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    path.to_str().map_or_else(|| format!("{path:?}"), str::to_owned)
}

struct Batch<'a> {
    writer: Writer,
    known: Known<'a>,
    /// Issues that this run has taken or found again.
    seen: HashSet<String>,
    /// Files that had to wait and whose older content is removed already.
    emptied: HashSet<String>,
    report: Report,
}

impl<'a> Batch<'a> {
    fn new(writer: Writer, by_file: HashMap<String, String>, gazetteer: &'a Gazetteer) -> Self {
        let by_id = by_file.iter().map(|(file, id)| (id.clone(), file.clone())).collect();
        Self {
            writer,
            known: Known { gazetteer, by_file, by_id },
            seen: HashSet::new(),
            emptied: HashSet::new(),
            report: Report::default(),
        }
    }

    /// Takes a file; none if that has to wait until the rest of the batch is known.
    fn take(&mut self, read: Read) -> Result<Option<Outcome>> {
        let id = match &read.content {
            Content::Known(id) => id.clone(),
            Content::Rows(rows) => rows.issue.id.clone(),
            Content::Refused(_) => return self.take_last(read),
        };
        let waits = match self.known.by_id.get(&id) {
            Some(owner) => *owner != read.file && !self.seen.contains(&id) && Path::new(owner).exists(),
            // It was known when it was read, and has been replaced since.
            None => matches!(read.content, Content::Known(_)),
        };
        if !waits {
            return self.take_last(read);
        }
        // What it held before goes now: of two files that changed places, each waits for the other to let go.
        if let Some(before) = self.known.by_file.get(&read.file).filter(|before| **before != id).cloned() {
            self.forget(&before, &read.file);
            self.emptied.insert(read.file);
        }
        Ok(None)
    }

    fn take_last(&mut self, read: Read) -> Result<Option<Outcome>> {
        self.count(&read);
        let (id, rows) = match read.content {
            Content::Known(id) => (id, None),
            Content::Rows(rows) => (rows.issue.id.clone(), Some(rows)),
            // Its older content is gone from this batch, so the batch must not be committed without the newer.
            Content::Refused(error) if self.emptied.contains(&read.file) => return Err(error),
            Content::Refused(error) => return Ok(Some(Outcome::Refused(error))),
        };
        let before = self.known.by_file.get(&read.file).cloned();
        if before.as_ref() == Some(&id) {
            self.seen.insert(id);
            return Ok(Some(Outcome::Unchanged));
        }
        if let Some(before) = &before {
            self.forget(before, &read.file);
        }
        let changed = before.is_some() || self.emptied.contains(&read.file);
        let owner = self.known.by_id.get(&id).cloned();
        let outcome = match (owner, rows) {
            (Some(of), _) if self.seen.contains(&id) || Path::new(&of).exists() => Outcome::Duplicate { of },
            (Some(from), Some(rows)) => {
                self.forget(&id, &from);
                self.add(rows, read.file)?;
                Outcome::Moved { from }
            }
            (None, Some(rows)) => {
                self.add(rows, read.file)?;
                if changed { Outcome::Replaced } else { Outcome::Added }
            }
            // Known when it was read, unknown now: only where the owner vanished in between.
            (_, None) => Outcome::Refused(Error::refused(&read.file, "changed while it was read; run again")),
        };
        Ok(Some(outcome))
    }

    fn count(&mut self, read: &Read) {
        if let Some(bytes) = read.bytes {
            self.report.read += 1;
            self.report.bytes += bytes;
        }
    }

    fn forget(&mut self, id: &str, file: &str) {
        self.writer.remove(id);
        self.known.by_file.remove(file);
        self.known.by_id.remove(id);
    }

    fn add(&mut self, rows: Box<Rows>, file: String) -> Result<()> {
        let id = rows.issue.id.clone();
        self.report.counts.add(&rows.issue.counts);
        self.known.by_file.insert(file.clone(), id.clone());
        self.known.by_id.insert(id.clone(), file);
        self.seen.insert(id);
        self.writer.add(*rows)
    }

    fn done(&mut self, path: &Path, outcome: Outcome, watch: &mut impl FnMut(Event<'_>)) {
        watch(Event::File { path, outcome: &outcome });
        let report = &mut self.report;
        match outcome {
            Outcome::Added => report.added += 1,
            Outcome::Replaced => report.replaced += 1,
            Outcome::Moved { .. } => report.moved += 1,
            Outcome::Unchanged => report.unchanged += 1,
            Outcome::Duplicate { of } => report.duplicates.push((path.to_owned(), of)),
            Outcome::Refused(error) => report.refused.push(error),
        }
    }
}
