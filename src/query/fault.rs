//! Mistakes in what was typed, shown where they stand.

use crate::error::{Error, printable};
use crate::model::TextSpan;
use unicode_width::UnicodeWidthStr;

/// How much of a long query is shown on either side of a mistake, in characters.
const AROUND: usize = 40;

/// A mistake at `span` of the query, with a caret under it. `what` goes on from "this".
pub(super) fn fault(text: &str, span: TextSpan, what: &str) -> Error {
    Error::Usage(format!("the query cannot be read: this {what}\n{}", pointed(text, span.start)))
}

/// The part of `text` around the byte `at`, with a caret under it: two lines.
pub(crate) fn pointed(text: &str, at: usize) -> String {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (before, rest) = text.split_at(at);
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = rest.char_indices().nth(AROUND).map_or(rest.len(), |(at, _)| at);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let before = format!("{}{}", cut(start > 0), printable(&before[start..]));
    let shown = format!("{before}{}{}", printable(&rest[..end]), cut(end < rest.len()));
    format!("  {shown}\n  {}^", " ".repeat(before.width()))
}

/// `, did you mean …?` for the nearest of `known` to `word`, if one is near.
pub(crate) fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let word = word.to_lowercase();
    let near = |name: &&str| strsim::osa_distance(&word, name) <= 1 + name.chars().count() / 4;
    let nearest = known.into_iter().filter(near).min_by_key(|name| strsim::osa_distance(&word, name));
    nearest.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}
