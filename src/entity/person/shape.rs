//! The shape of a Han name: a surname and one or two characters that can be a given name.
//!
//! In: a line and a place. Out: how far a name that starts there would reach, and the odds that it is one.
//!
//! | text            | shape    | because                                                        |
//! |-----------------|----------|----------------------------------------------------------------|
//! | `何秀珠把`      | `何秀珠` | characters that names are made of, and a word starts behind it |
//! | `欧阳青说`      | `欧阳青` | a surname of two characters                                    |
//! | `高峰期`        |          | the dictionary has a word there                                |
//! | `张主任`        |          | a title is no given name                                       |

use super::{Follows, is_after, is_office, weight};
use crate::entity::line::{Line, is_name_char};
use crate::lexicon::WORDS;
use crate::lexicon::chars::is_han;
use crate::lexicon::table::CharSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters that no given name of two ends with, but that often follow one.
const AFTER_NAME: &str =
    "说在的和与及等是把被将从向对为给也都就还又正已则却曾着了过到于来去一二两三四有没不笑叹问答道带拿摊指称做当";

static ENDS_NO_NAME: LazyLock<CharSet> = LazyLock::new(|| AFTER_NAME.chars().collect());

/// Pronouns, particles, measure words: none is part of a given name.
static IN_NO_NAME: LazyLock<CharSet> =
    LazyLock::new(|| "的了在是着们么您你我他她它这那某地得个位名些件份等岁".chars().collect());

/// Characters that make a noun of the word before them.
const MAKES_NOUN: &str = "感性率度化量式型点区费期层级类者员";

/// What is left of a title or a form of address when its surname is taken off: 张主任, 王阿姨, 李某.
const NO_GIVEN: [&str; 34] = [
    "某某", "先生", "女士", "师傅", "大哥", "大姐", "医生", "同志", "总", "老", "姓", "某", "家", "氏", "叔", "姨",
    "哥", "姐", "嫂", "婶", "爷", "奶", "妈", "爸", "伯", "婆", "导", "局", "处", "科", "院", "所", "董", "队",
];

/// What could be a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) start: usize,
    /// Where the given name starts.
    given: usize,
    pub(super) end: usize,
    /// The odds that it is a name, as a logarithm: by its characters, and once it is complete by the words of its clause.
    pub(super) odds: f32,
    /// The dictionary has no word in it, or has it as a name.
    pub(super) is_unknown: bool,
}

/// The names that could start at `at`, by their characters alone: with one given character, and with two.
pub(super) fn at(line: &Line, at: usize) -> impl Iterator<Item = Shape> {
    let surname = if weight::may_start(line, at) { weight::surname(line, at) } else { None };
    surname.into_iter().flat_map(move |surname| {
        let given = at + surname;
        [2, 1].into_iter().filter(move |length| fits(line, given..given + length)).map(move |length| {
            let end = given + length;
            Shape { start: at, given, end, odds: weight::odds(line, at, given, end), is_unknown: false }
        })
    })
}

impl Shape {
    /// The same with the evidence of the words of its clause, if they allow it.
    pub(super) fn complete(self, line: &Line) -> Option<Self> {
        let Self { start, given, end, odds, .. } = self;
        if is_function_word(line, start) || is_word_and_ending(line, start..end) || is_title(line, given..end) {
            return None;
        }
        let words = line.words_from(start);
        let listed =
            words.first().is_some_and(|word| word.start == start && word.end == end && word.tag.starts_with("nr"));
        let is_unknown = is_unknown(line, start, end) || is_surname_and_word(line, start, given, end);
        let goes_on = start > 0 && is_name_char(line.before(start)) && is_word(line.text(start - 1..start + 1));
        let in_place = words
            .first()
            .is_some_and(|word| word.start == start && word.end > given && word.end < end && word.tag == "ns");
        let evidence = [
            (line.parts_words(start), weight::STARTS_WORD),
            (line.parts_words(end), weight::ENDS_WORD),
            (listed, weight::LISTED),
            (!listed && is_unknown, weight::UNKNOWN),
            (goes_on, weight::GOES_ON),
            (in_place, weight::IN_PLACE),
            (!line.parts_words(end), weight::CUTS_WORD),
        ];
        let evidence: f32 = evidence.into_iter().map(|(holds, weight)| if holds { weight } else { 0.0 }).sum();
        Some(Self { odds: odds + evidence + follower(line, end), is_unknown, ..self })
    }

    /// The same with more evidence.
    pub(super) fn plus(self, odds: f32) -> Self {
        Self { odds: self.odds + odds, ..self }
    }

    /// Whether the given name says one character twice, and is no half of a saying: 马圆圆, not 家家户户.
    pub(super) fn is_twice(&self, line: &Line) -> bool {
        let c = line.at(self.given);
        self.given() == 2
            && line.at(self.given + 1) == c
            && line.before(self.start) != line.at(self.start)
            && weight::is_given(line, self.given..self.given + 1)
    }

    /// Whether given names are made of its characters.
    pub(super) fn is_given(&self, line: &Line) -> bool {
        weight::is_given(line, self.given..self.end)
    }

    /// Characters of the given name.
    pub(super) fn given(&self) -> usize {
        self.end - self.given
    }
}

/// What the word behind a name says for it: a title, a verb, what leads to a verb (把, 正, 每天).
fn follower(line: &Line, end: usize) -> f32 {
    let Some(word) = line.words_from(end).first().filter(|word| word.start == end) else { return 0.0 };
    if is_after(line.text(word.start..word.end), Follows::Title) {
        return weight::TITLE;
    }
    match word.tag.as_bytes().first() {
        Some(b'v' | b'd' | b'p' | b'r' | b't') => weight::PREDICATE,
        _ => 0.0,
    }
}

/// A given name that is a word as well, of characters that given names are made of: 周|建国.
fn is_surname_and_word(line: &Line, at: usize, given: usize, end: usize) -> bool {
    let [first, second, ..] = line.words_from(at) else { return false };
    first.end == given && second.start == given && second.end == end && weight::is_given(line, given..end)
}

/// Whether `range` can be a name at all, whatever its surname.
pub(super) fn can_be(line: &Line, range: Range<usize>) -> bool {
    is_han(line.at(range.start))
        && fits(line, range.start + 1..range.end)
        && !is_title(line, range.start + 1..range.end)
}

/// Whether the dictionary cuts the stretch into single characters, or has it as a name.
pub(super) fn is_unknown(line: &Line, at: usize, end: usize) -> bool {
    let own = line.words_from(at).iter().take_while(|word| word.start < end);
    own.clone().all(|word| word.end - word.start == 1 || word.end <= end && word.tag.starts_with("nr"))
        && line.parts_words(end)
}

/// Whether the characters in `given` can be a given name.
fn fits(line: &Line, given: Range<usize>) -> bool {
    let last = line.before(given.end);
    let two = given.len() == 2;
    given.end <= line.len()
        && line.chars[given.clone()].iter().all(|&c| is_han(c) && !IN_NO_NAME.contains(c))
        && !(two && ENDS_NO_NAME.contains(last))
        // 杜拉 of 杜拉拉, 艾山 of 艾山·买买提.
        && (two || line.at(given.end) != last)
        && line.at(given.end) != '·'
}

/// 幸福|感: a word and the suffix that makes a noun of it.
fn is_word_and_ending(line: &Line, range: Range<usize>) -> bool {
    range.len() > 2 && MAKES_NOUN.contains(line.before(range.end)) && is_word(line.text(range.start..range.end - 1))
}

/// 张主任, 王阿姨, 李老师.
fn is_title(line: &Line, given: Range<usize>) -> bool {
    let word = line.text(given);
    is_after(word, Follows::Title) || is_office(word) || NO_GIVEN.contains(&word)
}

/// Whether the dictionary has `word`, and not as a name.
fn is_word(word: &str) -> bool {
    WORDS.has_word(word) && !is_name_like(word)
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
        word.start == at
            && (length > 1
                && matches!(tag, Some(b'd' | b'p' | b'c' | b'r' | b'v' | b't' | b'u' | b'l' | b'i' | b'm'))
                || length > 2 && !word.tag.starts_with("nr"))
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
            let shapes = at(&line, 0).filter_map(|shape| shape.complete(&line)).filter(|shape| shape.odds > 0.0);
            let best = shapes.max_by(|one, other| one.odds.total_cmp(&other.odds));
            best.map_or(String::new(), |shape| line.text(0..shape.end).to_owned())
        };
        table(
            &[
                ("何秀珠把账本", "何秀珠"),
                ("欧阳青说", "欧阳青"),
                ("马溪介绍", ""),
                ("周建国指出", "周建国"),
                ("张主任来了", ""),
                ("王阿姨", ""),
                ("高峰期", ""),
                ("万余元", ""),
                ("高水平的服务", ""),
                ("成本高，", ""),
            ],
            shape,
        );
    }
}
