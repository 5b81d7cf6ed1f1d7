//! Bounded views of the text around a figure. In: text on one side. Out: the part that can still matter.
//!
//! Every look around a figure goes through here, so that a sentence of a megabyte costs no more a figure than a
//! short one.

/// Most characters of a clause that are looked at: a subject with its verb seldom has more than twenty, and
/// twice that leaves room.
const CLAUSE_MAX: usize = 40;

/// Whether a clause ends at `c`.
pub(crate) fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '('
            | ')'
            | ';'
            | '!'
            | '?'
            | '\n'
            | '…'
            | '◆'
            | '【'
            | '】'
    )
}

/// Whether a phrase within a clause ends at `c`.
pub(crate) fn ends_phrase(c: char) -> bool {
    ends_clause(c) || matches!(c, '、' | '—' | '－' | '–' | ',' | '/')
}

/// The last `count` Han characters of `text`, or as many bytes of others: counted in bytes, so that it costs nothing.
pub(crate) fn back(text: &str, count: usize) -> &str {
    let mut start = text.len().saturating_sub(count * "一".len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The end of `text` since the last end of a phrase.
pub(crate) fn phrase_before(text: &str) -> &str {
    phrase_back(text, CLAUSE_MAX)
}

/// As [`phrase_before`], at most `count` characters.
pub(crate) fn phrase_back(text: &str, count: usize) -> &str {
    let near = back(text, count);
    near.rfind(ends_phrase).map_or(near, |at| near[at..].trim_start_matches(ends_phrase))
}

/// The end of `text` since the last end of a clause; items of a list stay together.
pub(crate) fn list_before(text: &str) -> &str {
    let near = back(text, CLAUSE_MAX);
    near.rfind(ends_clause).map_or(near, |at| near[at..].trim_start_matches(ends_clause))
}

/// The start of `text` up to the first end of a phrase.
pub(crate) fn phrase_after(text: &str) -> &str {
    phrase_within(text, CLAUSE_MAX)
}

/// As [`phrase_after`], at most `count` characters.
pub(crate) fn phrase_within(text: &str, count: usize) -> &str {
    let mut chars = text.char_indices();
    let end = chars.by_ref().take(count).find(|&(_, c)| ends_phrase(c)).or_else(|| chars.next());
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The first `count` Han characters of `text`, or as many bytes of others.
pub(crate) fn forward(text: &str, count: usize) -> &str {
    let mut end = text.len().min(count * "一".len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The start of `text` up to the first end of a clause; items of a list stay together.
pub(crate) fn list_after(text: &str) -> &str {
    let near = forward(text, CLAUSE_MAX);
    &near[..near.find(ends_clause).unwrap_or(near.len())]
}
