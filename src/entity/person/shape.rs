//! The shape of a Han name: a surname and one or two characters that can be a given name.
//!
//! In: a line and a place. Out: how far a name that starts there would reach, and how much it looks like one.
//!
//! | text            | shape                | because                                                |
//! |-----------------|----------------------|--------------------------------------------------------|
//! | `何秀珠把`      | `何秀珠`, 3 points   | a common surname, two characters that names are made of |
//! | `欧阳青说`      | `欧阳青`             | a surname of two characters                            |
//! | `高峰期`        |                      | the dictionary has a word there                        |
//! | `张主任`        |                      | a title is no given name                               |

use super::{Follows, is_after, is_office};
use crate::entity::line::{Line, is_name_char};
use crate::lexicon::chars::is_han;
use crate::lexicon::table::CharSet;
use crate::lexicon::{WORDS, rows};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The surnames that four of five people bear; rarer ones are ordinary words more often.
const COMMON: usize = 120;
/// Surnames beyond are more often something else.
const RARE: usize = 300;

/// Surnames with their rank.
static SURNAMES: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/surnames.tsv"))
        .enumerate()
        .filter_map(|(rank, row)| Some((*row.first()?, rank)))
        .collect()
});

static SURNAME_STARTS: LazyLock<CharSet> =
    LazyLock::new(|| SURNAMES.keys().filter_map(|surname| surname.chars().next()).collect());

static GIVEN: LazyLock<CharSet> =
    LazyLock::new(|| rows(include_str!("../../lexicon/given_names.tsv")).flatten().flat_map(str::chars).collect());

/// Characters that no given name ends with, but that often follow one.
const AFTER_NAME: &str =
    "说在的和与及等是把被将从向对为给也都就还又正已则却曾着了过到于来去一二两三四有没不笑叹问答道带拿摊指称做当";

static ENDS_NO_NAME: LazyLock<CharSet> = LazyLock::new(|| AFTER_NAME.chars().collect());

/// Pronouns and particles.
static IN_NO_NAME: LazyLock<CharSet> = LazyLock::new(|| "的了在是着们么您你我他她它这那某地得".chars().collect());

/// Characters that make a noun of the word before them.
const MAKES_NOUN: &str = "感性率度化量式型点区费期层级类者员";

/// What could be a name.
pub(super) struct Shape {
    pub(super) start: usize,
    /// Where the given name starts.
    given: usize,
    pub(super) end: usize,
    /// How much it looks like one.
    pub(super) points: i32,
    /// How many of its points are the surname's.
    pub(super) surname: i32,
    /// The dictionary has no word in it, or has it as a name.
    pub(super) is_unknown: bool,
}

/// The name that could start at `at`, by its characters alone.
pub(super) fn at(line: &Line, at: usize) -> Option<Shape> {
    if !SURNAME_STARTS.contains(line.at(at)) {
        return None;
    }
    let surname = if SURNAMES.contains_key(line.text(at..(at + 2).min(line.len()))) { 2 } else { 1 };
    let rank = *SURNAMES.get(line.text(at..(at + surname).min(line.len())))?;
    let end = [2, 1].into_iter().map(|given| at + surname + given).find(|&end| fits(line, at, surname, end))?;
    let given = line.chars[at + surname..end].iter();
    let wished = given.filter(|&&c| GIVEN.contains(c)).count();
    let common = match rank {
        _ if surname == 2 => 1,
        ..COMMON => 1,
        COMMON..RARE => 0,
        _ => -1,
    };
    let points = common + i32::try_from(wished).unwrap_or(0);
    Some(Shape { start: at, given: at + surname, end, points, surname: common, is_unknown: false })
}

impl Shape {
    /// The same, if the words of the clause allow it.
    pub(super) fn complete(self, line: &Line) -> Option<Self> {
        let Self { start, given, end, .. } = self;
        if !line.parts_words(start) || is_function_word(line, start) {
            return None;
        }
        if is_cut(line, start, given - start, end) && !is_given(line, given..end) {
            return None;
        }
        let is_unknown = is_unknown(line, start, end) || is_surname_and_word(line, start, given - start, end);
        Some(Self { is_unknown, ..self })
    }
}

/// A given name that is a word as well, after what the dictionary takes for a surname: 周|建国.
fn is_surname_and_word(line: &Line, at: usize, surname: usize, end: usize) -> bool {
    let [first, second, ..] = line.words_from(at) else { return false };
    first.end == at + surname && first.tag.starts_with("nr") && second.start == first.end && second.end == end
}

/// Whether `range` can be a name at all, whatever its surname.
pub(super) fn can_be(line: &Line, range: Range<usize>) -> bool {
    fits(line, range.start, 1, range.end) && is_han(line.at(range.start))
}

/// Whether given names are made of the characters in `range`.
pub(super) fn is_given(line: &Line, range: Range<usize>) -> bool {
    line.chars[range].iter().all(|&c| GIVEN.contains(c))
}

/// Whether the dictionary has a word in which the surname ends (简单|勾), or one that says how or whom after it
/// (车|比较, 向|别人): then the given name must be all of characters that given names are made of (简明|珠).
fn is_cut(line: &Line, at: usize, surname: usize, end: usize) -> bool {
    let plain = |tag: &str| !tag.starts_with("nr");
    let grammar = |tag: &str| matches!(tag.as_bytes().first(), Some(b'd' | b'r' | b'p' | b'c' | b'm' | b't'));
    let words = line.words_from(at);
    let Some(first) = words.first().filter(|word| plain(word.tag)) else { return false };
    first.end > at + surname
        || words.get(1).is_some_and(|word| word.start + 1 < word.end && word.end == end && grammar(word.tag))
}

/// Whether the dictionary cuts the stretch into single characters, or has it as a name.
pub(super) fn is_unknown(line: &Line, at: usize, end: usize) -> bool {
    let own = line.words_from(at).iter().take_while(|word| word.start < end);
    own.clone().all(|word| word.end - word.start == 1 || word.end <= end && word.tag.starts_with("nr"))
        && line.parts_words(end)
}

/// Whether a name of the surname at `at` can end at `end`.
fn fits(line: &Line, at: usize, surname: usize, end: usize) -> bool {
    let given = at + surname..end;
    if end > line.len() || !line.chars[given.clone()].iter().all(|&c| is_han(c)) {
        return false;
    }
    let last = line.before(end);
    // 杜拉 of 杜拉拉.
    if ENDS_NO_NAME.contains(last) && given.len() == 2
        || given.len() == 1 && line.at(end) == last
        || line.chars[given.clone()].iter().any(|&c| IN_NO_NAME.contains(c))
    {
        return false;
    }
    // 幸福|感: a word and the suffix that makes a noun of it.
    if given.len() == 2 && MAKES_NOUN.contains(last) && WORDS.has_word(line.text(at..end - 1)) {
        return false;
    }
    // The last character starts a word that follows the name: 马溪|介绍, not 马溪介|绍.
    let next = line.text(end - 1..(end + 1).min(line.len()));
    let starts_word = is_name_char(line.at(end))
        && (is_after(next, Follows::Verb)
            || is_after(next, Follows::Title)
            || is_office(next)
            || WORDS.has_word(next) && !is_name_like(next));
    // A title or a common noun is no given name: 张主任, 王阿姨, 李老师.
    let word = line.text(given);
    let common = ["某某", "先生", "女士", "师傅", "大哥", "大姐", "医生", "总", "老", "姓", "某", "家", "氏"];
    !starts_word && !is_after(word, Follows::Title) && !is_office(word) && !common.contains(&word)
}

/// Whether the dictionary has `word` as a name.
pub(super) fn is_name_like(word: &str) -> bool {
    WORDS.tag(word, false).first().is_some_and(|tag| tag.tag.starts_with("nr"))
}

/// Whether a longer word that no name begins with starts at `at`: 全力, 成功, 高兴地.
fn is_function_word(line: &Line, at: usize) -> bool {
    line.words_from(at).first().is_some_and(|word| {
        let tag = word.tag.as_bytes().first();
        let length = word.end - word.start;
        length > 1 && matches!(tag, Some(b'd' | b'p' | b'c' | b'r' | b'v' | b't' | b'u' | b'l' | b'i' | b'm'))
            || length > 2 && !word.tag.starts_with("nr")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::table;
    use crate::model::Place;

    #[test]
    fn names_look_like_names() {
        let shape = |text: &str| {
            let line = Line::new(Place::Title, text);
            at(&line, 0)
                .and_then(|shape| shape.complete(&line))
                .map_or(String::new(), |shape| format!("{} {}", line.text(0..shape.end), shape.points))
        };
        table(
            &[
                ("何秀珠把账本", "何秀珠 3"),
                ("欧阳青说", "欧阳青 2"),
                ("马溪介绍", "马溪 2"),
                ("张主任来了", ""),
                ("王阿姨", ""),
                ("高峰期", ""),
                ("万余元", ""),
            ],
            shape,
        );
    }
}
