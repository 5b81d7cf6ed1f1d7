//! Errors: what happened, to which file, and what to do about it.
//!
//! Damaged text is no error, see [`crate::model::Problem`]. An [`Error`] is for files that cannot be read as
//! text at all, for the index, and for what the user asked.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Result of anything that can fail for a reason outside the program.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure that a user can act upon. `Display` gives one line: place, what, what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("{path}: {what}", path = shown(path))]
    Refused {
        /// The file as the user named it.
        path: PathBuf,
        /// What is wrong and what to do, lower case.
        what: String,
    },
    /// The operating system refused.
    #[error("{path}: {doing}: {cause}", path = shown(path))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done, such as `cannot read`.
        doing: &'static str,
        /// The system's own words; they stand in the message, so the error has no source to name again.
        cause: std::io::Error,
    },
    /// The index is missing, foreign, damaged, or of another schema.
    #[error("{path}: {what}", path = shown(path))]
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

/// `text` on one line and harmless to a terminal: control characters, and those that turn the direction of
/// writing, as escapes. A file's name and a newsletter's text may hold anything.
pub fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if harmful(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

/// The first line of what another library says, without its full stop: a message is one line.
pub(crate) fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().trim_end_matches('.').to_owned()
}

/// `word` as a shell takes it.
pub fn typed(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_for_a_shell() {
        let cases = [
            ("--unit", "--unit"),
            ("户", "户"),
            ("a b", "'a b'"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("$x", "'$x'"),
            ("~", "'~'"),
        ];
        for (word, shown) in cases {
            assert_eq!(typed(word), shown);
        }
    }

    #[test]
    fn escapes_what_would_act_on_a_terminal() {
        assert_eq!(printable("网格 a"), "网格 a");
        assert_eq!(printable("a\nb\u{1b}[2J\u{202E}"), "a\\nb\\u{1b}[2J\\u{202e}");
        assert_eq!(Error::refused("x\ny.txt", "is bad").to_string(), "x\\ny.txt: is bad");
    }
}
