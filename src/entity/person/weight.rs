//! How much the characters of a stretch, and those beside it, look like a person's name.
//!
//! In: characters. Out: the logarithm of odds. Where a rule of thumb would say "a common surname" or "a character that
//! names are made of", these weights say how much, measured on a month of news in which persons are marked and on the
//! characters of given names (`build_names.py`). The factors below are those of a logistic regression over the same
//! news, 15,000 names among 375,000 stretches that begin with a surname; on a fifth that it had not seen, odds above
//! one were right for 95 in a hundred stretches, and found 78 in a hundred names.
//!
//! | stretch  | in              | odds | because                                       |
//! |----------|-----------------|------|-----------------------------------------------|
//! | `何秀珠` | `，何秀珠把`    | high | 秀 and 珠 are of names                        |
//! | `高水平` | `，高水平的`    | low  | 高 is rarely a surname, 水 and 平 hardly better |

use crate::entity::line::Line;
use crate::lexicon::rows;
use crate::lexicon::table::CharSet;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a stretch has against it before anything is known of it.
const PRIOR: f32 = -9.7;
/// What speaks for a given name of two characters: most are.
const TWO: f32 = 2.64;
const SURNAME: f32 = 0.54;
/// A given name of one character.
const SINGLE: f32 = 0.41;
/// Both characters of a given name, and the one that is less of a name.
const BOTH: f32 = 0.27;
const LESSER: f32 = 0.41;
const BEFORE: f32 = 0.3;
const AFTER: f32 = 0.86;

/// A word starts where the name starts.
pub(super) const STARTS_WORD: f32 = 2.4;
/// A word starts where the name ends.
pub(super) const ENDS_WORD: f32 = 3.68;
/// A word of the dictionary reaches over the end: 清通|报. Else an office before would take it in.
pub(super) const CUTS_WORD: f32 = -2.0;
/// The dictionary has the whole as a name.
pub(super) const LISTED: f32 = 1.9;
/// The dictionary has no word in it.
pub(super) const UNKNOWN: f32 = 0.98;
/// The surname ends a word with the character before it.
pub(super) const GOES_ON: f32 = -1.4;
/// A verb, or what leads to one, follows.
pub(super) const PREDICATE: f32 = 0.65;
/// A form of address follows.
pub(super) const TITLE: f32 = 1.87;
/// An office stands before (in the news 0.9: few of its offices are on our list), or a word for what many are (居民).
pub(super) const OFFICE: f32 = 4.5;
pub(super) const GROUP: f32 = 2.5;
/// A place of the dictionary starts with the surname: 沈阳.
pub(super) const IN_PLACE: f32 = -3.0;

/// Tenths of odds of one character; those of surnames are by word.
#[derive(Clone, Copy, Default)]
struct Tenths {
    given: i8,
    before: i8,
    after: i8,
}

struct Weights {
    surnames: FxHashMap<&'static str, i8>,
    /// Whether a surname begins with the character.
    starts: CharSet,
    /// By character, up to the end of the basic plane.
    characters: Vec<Tenths>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights {
        surnames: FxHashMap::default(),
        starts: std::iter::empty().collect(),
        characters: vec![Tenths::default(); 0x1_0000],
    };
    for row in rows(include_str!("../../lexicon/name_characters.tsv")) {
        let [sort, tenths, words] = row[..] else { continue };
        let tenths: i8 = tenths.parse().unwrap_or_default();
        if sort == "surname" {
            weights.surnames.extend(words.split(' ').map(|word| (word, tenths)));
            continue;
        }
        let edge = words.contains("\\n").then_some('\n');
        for c in words.chars().filter(|c| !c.is_ascii_punctuation()).chain(edge) {
            let Some(character) = weights.characters.get_mut(c as usize) else { continue };
            match sort {
                "given" => character.given = tenths,
                "before" => character.before = tenths,
                _ => character.after = tenths,
            }
        }
    }
    weights.starts = weights.surnames.keys().filter_map(|surname| surname.chars().next()).collect();
    weights
});

fn tenths(c: char) -> Tenths {
    // The cells of a table are texts of their own.
    let c = if matches!(c, '|' | '｜' | '\t') { '\n' } else { c };
    WEIGHTS.characters.get(c as usize).copied().unwrap_or_default()
}

/// Whether a surname may start at `at`.
#[inline]
pub(super) fn may_start(line: &Line, at: usize) -> bool {
    WEIGHTS.starts.contains(line.at(at))
}

/// Characters of the surname at `at`.
pub(super) fn surname(line: &Line, at: usize) -> Option<usize> {
    let has = |length: usize| at + length < line.len() && WEIGHTS.surnames.contains_key(line.text(at..at + length));
    [2, 1].into_iter().find(|&length| has(length))
}

/// The odds that `start..end`, with the given name from `given` on, is a name, by its characters and its neighbours.
pub(super) fn odds(line: &Line, start: usize, given: usize, end: usize) -> f32 {
    let surname = WEIGHTS.surnames.get(line.text(start..given)).copied().unwrap_or_default();
    let neighbours =
        BEFORE * f32::from(tenths(line.before(start)).before) + AFTER * f32::from(tenths(line.at(end)).after);
    // 小 is of words more often than of names, but at this place of names.
    let first =
        if line.at(given) == '小' && end - given == 2 { 10.0 } else { f32::from(tenths(line.at(given)).given) };
    let own = if end - given == 1 {
        SINGLE * first
    } else {
        let second = f32::from(tenths(line.at(given + 1)).given);
        10.0 * TWO + BOTH * (first + second) + LESSER * first.min(second)
    };
    PRIOR + (SURNAME * f32::from(surname) + own + neighbours) / 10.0
}

/// Whether given names are made of the characters in `range`: each stands there more often than elsewhere.
pub(super) fn is_given(line: &Line, range: Range<usize>) -> bool {
    line.chars[range].iter().all(|&c| tenths(c).given > 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn names_outweigh_words() {
        let odds = |text: &str, at: usize, end: usize| odds(&Line::new(Place::Title, text), at, at + 1, end);
        let name = odds("，何秀珠把账本", 1, 4);
        for (word, at, end) in [("，高水平的服务", 1, 4), ("，方便面在", 1, 4), ("从严治理", 1, 3), ("要成为", 1, 3)]
        {
            assert!(odds(word, at, end) + 2.0 < name, "{word}");
        }
        assert!(odds("记者何秀报道", 2, 4) > odds("记者何秀报道", 2, 5));
    }

    #[test]
    fn surnames_are_of_one_character_or_two() {
        let length = |text: &str| surname(&Line::new(Place::Title, text), 0);
        assert_eq!(
            (length("欧阳青"), length("何秀珠"), length("的何"), length("何")),
            (Some(2), Some(1), None, None)
        );
    }
}
