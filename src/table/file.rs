//! Files that appear whole or not at all. In: a path. Out: a file beside it to write to, which takes the path's name only
//! when all is written and safe on the disk.

use crate::error::{Error, Result, printable};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that is being written under another name. Dropped before it is kept, it is removed.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    draft: PathBuf,
    file: Option<File>,
}

impl NewFile {
    /// Begins the file at `path`; one that exists is replaced only with `force`.
    pub fn create(path: &Path, force: bool) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::refused(path, "is a folder; name a file in it"));
        }
        if !force && path.symlink_metadata().is_ok() {
            return Err(Error::refused(path, "exists; name another file, or replace it with --force"));
        }
        let draft = draft_of(path)?;
        let file = File::create(&draft).map_err(|cause| unmade(path, cause))?;
        Ok(Self { path: path.to_owned(), draft, file: Some(file) })
    }

    /// Where it lies until it is kept, for writers that open it themselves.
    pub fn draft(&self) -> &Path {
        &self.draft
    }

    /// Gives it its name.
    pub fn keep(mut self) -> Result<()> {
        let failed = |cause| Error::io(&self.path, "cannot write", cause);
        if let Some(file) = self.file.take() {
            file.sync_all().map_err(failed)?;
        }
        fs::rename(&self.draft, &self.path).map_err(failed)
    }

    /// The name that it gets.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// An error of writing to it, told of its path.
    pub fn failed(&self, cause: io::Error) -> Error {
        Error::io(&self.path, "cannot write", cause)
    }
}

/// The name that a file or a folder has until it is whole: hidden, beside the one that it gets.
pub(super) fn draft_of(path: &Path) -> Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| Error::refused(path, "names no file"))?.to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.{}.draft", std::process::id())))
}

/// Why a draft could not be made.
pub(super) fn unmade(path: &Path, cause: io::Error) -> Error {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    match parent {
        Some(parent) if cause.kind() == ErrorKind::NotFound => Error::refused(
            path,
            format!("there is no folder {}; make it first", printable(&parent.to_string_lossy())),
        ),
        _ => Error::io(path, "cannot write", cause),
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Where it was kept there is nothing left to remove, and whatever else fails here nobody could act upon.
        let _ = fs::remove_file(&self.draft);
    }
}
