//! Errors: what happened, to which file, and what to do about it.
//!
//! Damaged text is no error, see [`crate::model::Problem`]. An [`Error`] is for files that cannot be read as
//! text at all, for the index, and for what the user asked.

use std::path::{Path, PathBuf};

/// Result of anything that can fail for a reason outside the program.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure that a user can act upon. `Display` gives one line: place, what, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("{path}: {what}", path = path.display())]
    Refused {
        /// The file as the user named it.
        path: PathBuf,
        /// What is wrong and what to do, lower case.
        what: String,
    },
    /// The operating system refused.
    #[error("{path}: {doing}: {cause}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done, such as `cannot read`.
        doing: &'static str,
        /// The system's own words.
        #[source]
        cause: std::io::Error,
    },
    /// The index is missing, foreign, damaged, or of another schema.
    #[error("{path}: {what}", path = path.display())]
    Index {
        /// The index folder.
        path: PathBuf,
        /// What is wrong and what to do, lower case.
        what: String,
    },
    /// A query or an argument that cannot be understood.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// A file that is refused.
    pub fn refused(path: impl AsRef<Path>, what: impl Into<String>) -> Self {
        Self::Refused { path: path.as_ref().to_owned(), what: what.into() }
    }

    /// An operation on `path` that the system refused.
    pub fn io(path: impl AsRef<Path>, doing: &'static str, cause: std::io::Error) -> Self {
        Self::Io { path: path.as_ref().to_owned(), doing, cause }
    }

    /// A fault of the index at `path`.
    pub fn index(path: impl AsRef<Path>, what: impl Into<String>) -> Self {
        Self::Index { path: path.as_ref().to_owned(), what: what.into() }
    }
}
