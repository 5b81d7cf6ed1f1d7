//! What a rule returns, and the names of an article that rules share.

use super::line::Line;
use crate::model::{EntityKind, Mention};
use std::ops::Range;

/// A mention, in characters of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: EntityKind,
    pub(super) range: Range<usize>,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) role: Option<String>,
}

impl Found {
    /// A mention that is its own name.
    pub(super) fn plain(kind: EntityKind, line: &Line, range: Range<usize>) -> Self {
        let name = line.text(range.clone()).to_owned();
        Self::named(kind, range, name)
    }

    /// A mention with a name other than its text.
    pub(super) fn named(kind: EntityKind, range: Range<usize>, name: String) -> Self {
        Self { kind, range, name, code: None, role: None }
    }

    pub(super) fn into_mention(self, line: &Line) -> Mention {
        Mention {
            kind: self.kind,
            place: line.place,
            span: line.span(&self.range),
            name: self.name,
            code: self.code,
            role: self.role,
            within: None,
        }
    }
}

/// Whether one of `found`, sorted by start and free of overlaps, covers the character at `at`.
pub(super) fn covers(found: &[Found], at: usize) -> bool {
    let next = found.partition_point(|found| found.range.end <= at);
    found.get(next).is_some_and(|found| found.range.start <= at)
}

/// The notation of the rules' tables: each mention as `text` or `text=name`, parted by spaces.
#[cfg(test)]
pub(super) fn shown(line: &Line, found: &[Found]) -> String {
    let one = |found: &Found| {
        let text = line.text(found.range.clone());
        if text == found.name { text.to_owned() } else { format!("{text}={}", found.name) }
    };
    found.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Holds `found` against rows of text and what must be found in it; reports all that differ.
#[cfg(test)]
pub(super) fn table(rows: &[(&str, &str)], found: impl Fn(&str) -> String) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, wanted)| found(text) != *wanted)
        .map(|(text, wanted)| format!("{text}\n   wanted {wanted}\n   found  {}", found(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Holds that nothing is found in any of `texts`.
#[cfg(test)]
pub(super) fn nothing(texts: &[&str], found: impl Fn(&str) -> String) {
    table(&texts.iter().map(|text| (*text, "")).collect::<Vec<_>>(), found);
}
