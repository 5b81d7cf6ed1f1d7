//! A passage made ready for rules: characters with their byte offsets, clauses, and words on demand.
//!
//! In: the text of a title or a paragraph. Out: a `Line`, in which rules count in characters.
//!
//! | text                     | clauses                      |
//! |--------------------------|------------------------------|
//! | `来到云杉苑，看望老人`   | `来到云杉苑`, `看望老人`     |
//! | `云杉苑（二期）3号楼`    | `云杉苑`, `二期`, `3号楼`    |
//! | `北2—07网格`             | one: a dash between digits   |
//!
//! No name but a bracketed or quoted one crosses the end of a clause. Words are cut clause by clause and only
//! where a rule asks, since segmentation costs more than all rules together.

use super::community::{self, Strength};
use crate::lexicon::WORDS;
use crate::lexicon::chars::is_han;
use crate::model::{Place, TextSpan};
use std::cell::OnceCell;
use std::ops::Range;

/// A clause longer than this is cut: no sentence is, and the dictionary's memory grows with it.
const CLAUSE_LIMIT: usize = 400;

/// A title or a paragraph.
pub(super) struct Line<'a> {
    pub(super) place: Place,
    pub(super) text: &'a str,
    pub(super) chars: Vec<char>,
    bytes: Vec<usize>,
    clauses: Vec<Clause<'a>>,
    /// Where communities' suffixes end; several rules start from them.
    suffixes: OnceCell<Vec<Suffix>>,
    /// Divisions with their kind word (`北河区`), sorted; a name does not reach over one.
    pub(super) divisions: Vec<Range<usize>>,
}

struct Clause<'a> {
    range: Range<usize>,
    words: OnceCell<Words<'a>>,
}

/// The words of a clause, and at which of its characters one starts.
struct Words<'a> {
    words: Vec<Word<'a>>,
    starts: Vec<u64>,
}

/// A community's suffix, where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suffix {
    pub(super) end: usize,
    pub(super) length: usize,
    pub(super) strength: Strength,
}

/// A word of the dictionary, or a character that is in none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Part of speech, in the dictionary's letters.
    pub(super) tag: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn new(place: Place, text: &'a str) -> Self {
        let (mut bytes, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
        bytes.push(text.len());
        let clauses = clauses(&chars).map(|range| Clause { range, words: OnceCell::new() }).collect();
        Self { place, text, chars, bytes, clauses, suffixes: OnceCell::new(), divisions: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `at`; a line break beyond either end, which no rule takes for part of a name.
    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// The character before `at`.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |before| self.at(before))
    }

    /// The text of `range`; empty where the line has no such range.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        match (self.bytes.get(range.start), self.bytes.get(range.end)) {
            (Some(&start), Some(&end)) if start <= end => &self.text[start..end],
            _ => "",
        }
    }

    /// The text before `end`.
    pub(super) fn upto(&self, end: usize) -> &'a str {
        self.bytes.get(end).map_or(self.text, |&end| &self.text[..end])
    }

    /// The text from `at` on.
    pub(super) fn from(&self, at: usize) -> &'a str {
        self.bytes.get(at).map_or("", |&at| &self.text[at..])
    }

    pub(super) fn starts_with(&self, at: usize, word: &str) -> bool {
        self.from(at).starts_with(word)
    }

    pub(super) fn ends_with(&self, end: usize, word: &str) -> bool {
        end <= self.len() && self.upto(end).ends_with(word)
    }

    /// Where `word` starts, wherever it does.
    pub(super) fn places(&self, word: &str) -> Vec<usize> {
        let starts = self.text.match_indices(word).map(|(at, _)| at);
        starts.filter_map(|at| self.bytes.binary_search(&at).ok()).collect()
    }

    pub(super) fn span(&self, range: &Range<usize>) -> TextSpan {
        TextSpan::new(self.bytes[range.start], self.bytes[range.end])
    }

    /// The clause that the character before `end` stands in; empty after a mark.
    pub(super) fn clause(&self, end: usize) -> Range<usize> {
        self.clause_of(end).map_or(end..end, |clause| clause.range.clone())
    }

    /// The words of the clause that the character before `end` stands in.
    pub(super) fn words(&self, end: usize) -> &[Word<'a>] {
        self.clause_of(end).map_or(&[], |clause| &self.cut(clause).words)
    }

    /// The suffixes of communities, in order; of those that end at one place the longest.
    pub(super) fn suffixes(&self) -> &[Suffix] {
        self.suffixes.get_or_init(|| community::suffixes(self))
    }

    /// Whether a word starts at `at`, or none reaches over it.
    pub(super) fn parts_words(&self, at: usize) -> bool {
        let Some(clause) = self.clause_of(at + 1) else { return true };
        let within = at - clause.range.start;
        self.cut(clause).starts.get(within / 64).is_none_or(|bits| bits >> (within % 64) & 1 == 1)
    }

    /// The words that start at `at` or later, in its clause.
    pub(super) fn words_from(&self, at: usize) -> &[Word<'a>] {
        let words = self.words(at + 1);
        &words[words.partition_point(|word| word.start < at)..]
    }

    /// Whether a division's name ends at `end`.
    pub(super) fn ends_division(&self, end: usize) -> bool {
        self.divisions.binary_search_by(|division| division.end.cmp(&end)).is_ok()
    }

    /// Whether `at` lies within a division's name, at neither of its ends.
    pub(super) fn in_division(&self, at: usize) -> bool {
        let next = self.divisions.partition_point(|division| division.end <= at);
        self.divisions.get(next).is_some_and(|division| division.start < at)
    }

    /// Where in `range` a division's name ends, if one does.
    pub(super) fn division_end_in(&self, range: Range<usize>) -> Option<usize> {
        let next = self.divisions.partition_point(|division| division.end < range.start);
        self.divisions.get(next).map(|division| division.end).filter(|end| range.contains(end))
    }

    fn clause_of(&self, end: usize) -> Option<&Clause<'a>> {
        let at = end.checked_sub(1)?;
        let clause = self.clauses.get(self.clauses.partition_point(|clause| clause.range.end <= at))?;
        clause.range.contains(&at).then_some(clause)
    }

    fn cut<'b>(&self, clause: &'b Clause<'a>) -> &'b Words<'a> {
        clause.words.get_or_init(|| {
            let start = clause.range.start;
            let tags = WORDS.tag(self.text(clause.range.clone()), false);
            let mut starts = vec![0u64; clause.range.len().div_ceil(64)];
            let word =
                |tag: &jieba_rs::Tag<'a>| Word { start: start + tag.start, end: start + tag.end, tag: tag.tag };
            let words: Vec<Word> = tags.iter().map(word).collect();
            for word in &words {
                if let Some(bits) = starts.get_mut((word.start - start) / 64) {
                    *bits |= 1 << ((word.start - start) % 64);
                }
            }
            Words { words, starts }
        })
    }
}

/// Runs of characters that a plain name can be made of.
fn clauses(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < chars.len() && !is_inside(chars, at) {
            at += 1;
        }
        let start = at;
        while at < chars.len() && at - start < CLAUSE_LIMIT && is_inside(chars, at) {
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}

/// Whether `c` can stand in a plain name.
pub(super) fn is_name_char(c: char) -> bool {
    match c {
        // Most characters of a text are decided here; the tables of Unicode are slow to ask.
        '\u{4E00}'..='\u{9FFF}' | '·' => true,
        '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '，'
        | '：'
        | '；'
        | '（'
        | '）' => false,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => is_han(c) || c.is_alphanumeric(),
    }
}

fn is_inside(chars: &[char], at: usize) -> bool {
    let c = chars[at];
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    is_name_char(c) || matches!(c, '—' | '-' | '–' | '~') && digit(at.checked_sub(1)) && digit(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_marks() {
        let clauses = |text: &str| {
            let line = Line::new(Place::Title, text);
            line.clauses.iter().map(|clause| line.text(clause.range.clone())).collect::<Vec<_>>().join("|")
        };
        assert_eq!(clauses("来到云杉苑，看望老人"), "来到云杉苑|看望老人");
        assert_eq!(clauses("云杉苑（二期）3号楼"), "云杉苑|二期|3号楼");
        assert_eq!(clauses("北2—07网格——试点"), "北2—07网格|试点");
        assert_eq!(clauses("，。"), "");
    }

    #[test]
    fn words_start_where_the_dictionary_says() {
        let line = Line::new(Place::Title, "来到云杉苑，看望老人");
        assert!(line.parts_words(2) && !line.parts_words(1));
        assert_eq!(line.clause(6), 6..6, "a mark is in no clause");
        assert_eq!(line.words_from(6).len(), 2);
    }
}
