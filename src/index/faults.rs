//! What tantivy says when something is wrong, in words that a user can act upon. In: its errors and panics. Out:
//! [`Error`]s with the folder, what, and what to do.

use super::open::damaged;
use crate::error::{Error, Result};
use crate::fault::caught;
use std::io::ErrorKind;
use std::path::Path;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Translates for one folder.
pub(super) struct Faults<'a>(pub(super) &'a Path);

impl Faults<'_> {
    /// The value of `work`. tantivy panics where bytes are not what it wrote; that is damage as well.
    pub(super) fn of<T>(&self, work: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        match caught(work) {
            Ok(outcome) => outcome.map_err(|error| self.reading(&error)),
            Err(panic) => Err(damaged(self.0, &format!("reading it failed with `{panic}`"))),
        }
    }

    /// The value of `work`, which writes.
    pub(super) fn of_writing<T>(&self, work: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        match caught(work) {
            Ok(outcome) => outcome.map_err(|error| self.writing(&error)),
            Err(panic) => Err(self.unwritten(&format!("`{panic}`"))),
        }
    }

    fn reading(&self, error: &TantivyError) -> Error {
        let folder = self.0;
        match error {
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                damaged(folder, &format!("its file {} is missing", file.display()))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                self.system(io_error, &format!("{} cannot be read", filepath.display()))
            }
            TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
                Error::index(
                    folder,
                    "was written in a file format that this program does not know; use the program that wrote it, or move the folder away and run `jiebao ingest` again",
                )
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
                self.system(io_error, "the folder cannot be opened")
            }
            TantivyError::IoError(cause) => self.system(cause, "a file cannot be read"),
            TantivyError::LockFailure(LockError::LockBusy, _) => self.busy(),
            TantivyError::LockFailure(LockError::IoError(cause), _) => {
                self.system(cause, "the lock file cannot be opened")
            }
            TantivyError::DataCorruption(damage) => damaged(folder, &corruption(damage)),
            other => damaged(folder, &one_line(&other.to_string())),
        }
    }

    fn writing(&self, error: &TantivyError) -> Error {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => self.busy(),
            TantivyError::LockFailure(LockError::IoError(cause), _) | TantivyError::IoError(cause) => {
                self.unwritten(&cause.to_string())
            }
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                self.unwritten(&io_error.to_string())
            }
            // The thread that writes segments has gone, and its reason with it.
            TantivyError::ErrorInThread(_) => self.unwritten("the disk may be full"),
            // While something is written the index is as it was, whatever went wrong.
            TantivyError::SystemError(what) | TantivyError::InternalError(what) => self.unwritten(what),
            other => self.reading(other),
        }
    }

    fn unwritten(&self, cause: &str) -> Error {
        let what = format!(
            "cannot write: {}; the index is as it was before, run again when the cause is gone",
            one_line(cause)
        );
        Error::index(self.0, what)
    }

    fn busy(&self) -> Error {
        Error::index(self.0, "another ingest is writing to this index; run again when it has ended")
    }

    /// Something the system said: a matter of rights or of the disk, unless the file simply ended too early.
    fn system(&self, cause: &std::io::Error, what: &str) -> Error {
        match cause.kind() {
            ErrorKind::PermissionDenied => {
                Error::index(self.0, format!("{what}: {cause}; check the rights of the folder"))
            }
            _ => damaged(self.0, &format!("{what}: {}", one_line(&cause.to_string()))),
        }
    }
}

/// What a damaged file is told by: its name, which a user can look for; not how its bytes failed to parse.
fn corruption(damage: &tantivy::error::DataCorruption) -> String {
    let text = one_line(&format!("{damage:?}"));
    match text.find("Error(") {
        Some(at) => text[..at].trim_end_matches([' ', '.', ':']).to_owned(),
        None => text,
    }
}

/// The first line, without its full stop: a message is one line.
fn one_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    // Whoever is to recreate the index does it with jiebao, and is told so.
    let line = line.find("Please use tantivy").map_or(line, |at| &line[..at]);
    line.trim().trim_end_matches('.').to_owned()
}
