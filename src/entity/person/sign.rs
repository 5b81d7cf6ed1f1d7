//! What stands around a person's name and speaks for it: an office, an age, a list, where someone lives.
//!
//! In: a line and a shape. Out: odds, which are added to those of the shape.
//!
//! | text                      | sign                                   |
//! |---------------------------|----------------------------------------|
//! | `网格员|`, `“小管家”|`, `联系人：|` | an office, in quotes, with a colon |
//! | `摄影师|`                 | a noun that ends as offices do         |
//! | `|，78岁`, `78岁的|`      | an age                                 |
//! | `住三楼的|`               | where someone lives                    |
//! | `马云溪、|`, `|、何秀珠`  | a list                                 |

use super::shape::{self, Shape};
use super::{AFTER, BEFORE, DOUBTFUL, Follows, is_after, role, weight};
use crate::entity::boundary;
use crate::entity::found::Found;
use crate::entity::line::{Line, is_name_char};
use crate::lexicon::WORDS;

/// Odds of an age beside the name.
const AGE: f32 = 3.0;
/// Odds of `，男，` behind it.
const SEX: f32 = 5.0;
/// Odds of 住三楼的 before it.
const LIVES: f32 = 3.0;
/// Odds of an office that is known by its form.
const FORMED: f32 = 2.5;
/// Odds of another name before it in a list.
pub(super) const IN_LIST: f32 = 3.5;
/// Odds of something behind it in a list that looks like a name as well.
pub(super) const LEADS_LIST: f32 = 2.0;
/// Odds of a given name that says one character twice, which newsletters have more of than the news.
const TWICE: f32 = 2.5;
/// Odds of a last character that places end with.
const PLACE: f32 = -2.5;
const ENDS_PLACE: &str = "园苑里路街巷村屯镇乡县区庭阁坊弄桥寺庙站厂";

/// What stands around a name, as odds.
pub(super) fn signs(line: &Line, shape: &Shape) -> f32 {
    let at = shape.start;
    let lives = line.before(at) == '的' && lives_before(line, at);
    let bracketed = line.at(shape.end) == '（' && role::after(line, shape.end).is_some();
    let office = if bracketed {
        weight::OFFICE
    } else if let Some(office) = office_before(line, at) {
        if office.is_group { weight::GROUP } else { weight::OFFICE }
    } else if ends_office(line.before(at)) && formed_title(line, at).is_some() {
        FORMED
    } else {
        0.0
    };
    let signs = [
        (has_age(line, shape), AGE),
        (has_sex(line, shape.end), SEX),
        (lives, LIVES),
        (shape.is_twice(line), TWICE),
        (ENDS_PLACE.contains(line.before(shape.end)), PLACE),
    ];
    signs.into_iter().map(|(holds, odds)| if holds { odds } else { 0.0 }).sum::<f32>() + office
}

/// An office before a name.
pub(super) struct Office {
    /// It says what many are (居民) and stands before other words as often.
    pub(super) is_group: bool,
}

/// Where an office before the name at `at` would end: right there, or before a quote or a colon.
pub(super) fn office_end(line: &Line, at: usize) -> usize {
    at - usize::from(matches!(line.before(at), '”' | '：'))
}

/// The office right before `at`, also in quotes and with a colon (`联系人：`).
pub(super) fn office_before(line: &Line, at: usize) -> Option<Office> {
    let end = office_end(line, at);
    let entry = BEFORE.longest(line.upto(end))?;
    Some(Office { is_group: entry.value || end < at && line.before(at) == '：' && is_name_char(line.at(at + 3)) })
}

/// Whether a mark, a particle, or a verb and what leads to one (把, 正, 每天) stands at `end`.
pub(super) fn ends_name(line: &Line, end: usize) -> bool {
    let after = line.at(end);
    if !is_name_char(after) {
        return !matches!(after, '”' | '》' | '’');
    }
    let word = line.words_from(end).first().filter(|word| word.start == end);
    "等和与及的".contains(after)
        || word.is_some_and(|word| {
            matches!(word.tag.as_bytes().first(), Some(b'v' | b'd' | b'p' | b'r' | b't' | b'c' | b'u'))
        })
}

/// `，72岁`, `（72岁`, `今年72岁`, `72岁的…`.
fn has_age(line: &Line, shape: &Shape) -> bool {
    let aged = |at: usize| {
        let digits = (at..at + 3).take_while(|&at| line.at(at).is_ascii_digit()).count();
        (1..=3).contains(&digits) && line.at(at + digits) == '岁'
    };
    let end = shape.end;
    let after = if is_name_char(line.at(end)) { end } else { end + 1 };
    let this_year = if line.starts_with(after, "今年") { after + 2 } else { after };
    let clause = line.clause(shape.start).start;
    let before = line.before(shape.start) == '的' && (clause..shape.start).any(|at| line.at(at) == '岁')
        || line.ends_with(shape.start, "岁");
    before || aged(this_year)
}

/// `，男，`, `（女，`: as lists of candidates have it.
fn has_sex(line: &Line, end: usize) -> bool {
    matches!(line.at(end), '，' | '（' | '、')
        && matches!(line.at(end + 1), '男' | '女')
        && !is_name_char(line.at(end + 2))
}

/// 住六楼的, 来自云岭的: of someone.
fn lives_before(line: &Line, at: usize) -> bool {
    (line.clause(at).start..at).any(|at| line.at(at) == '住' || line.starts_with(at, "来自"))
}

/// A noun before `at` that ends as offices do: 摄影师, 护林员.
pub(super) fn formed_title(line: &Line, at: usize) -> Option<String> {
    const NO_OFFICE: [&str; 6] = ["人员", "全员", "家长", "特长", "前者", "后者"];
    if !ends_office(line.before(at)) {
        return None;
    }
    let words = line.words(at);
    let word = words.get(words.partition_point(|word| word.end < at)).filter(|word| word.end == at)?;
    let alone = word.end - word.start == 1;
    let start = if alone { words.iter().rev().find(|before| before.end == word.start)?.start } else { word.start };
    let office = line.text(start..at);
    let noun = word.tag.starts_with('n') || alone;
    (noun && !NO_OFFICE.contains(&office) && !boundary::is_stop(office)).then(|| office.to_owned())
}

pub(super) fn said_after(line: &Line, end: usize) -> bool {
    let word = line.words_from(end).first().filter(|word| word.start == end);
    AFTER.all(line.from(end)).any(|entry| entry.value == Follows::Verb && (2..=4).contains(&entry.length))
        || word.is_some_and(|word| is_after(line.text(word.start..word.end), Follows::Verb))
}

/// Whether nouns that are offices end with `c`.
fn ends_office(c: char) -> bool {
    matches!(c, '长' | '员' | '师' | '者' | '匠' | '手' | '工' | '嫂' | '民' | '兵' | '警')
}

/// Whether the last of `found` and what starts at `at` are items of one list.
pub(super) fn in_list(found: &[Found], line: &Line, at: usize) -> bool {
    found.last().is_some_and(|last| last.range.end + 1 == at && joins(line.before(at)))
}

/// Whether the next item of a list, if the name is in one, has the shape of a name as well.
pub(super) fn leads_list(line: &Line, shape: &Shape) -> bool {
    let next = shape.end + 1;
    joins(line.at(shape.end))
        && shape::at(line, next).any(|other| {
            !WORDS.has_word(line.text(next..other.end))
                && (!is_name_char(line.at(other.end)) || line.at(other.end) == '等')
                && other.odds + weight::STARTS_WORD + weight::ENDS_WORD > DOUBTFUL - 1.0
                || joins(line.at(other.end)) && other.odds > DOUBTFUL - weight::STARTS_WORD - weight::ENDS_WORD
        })
}

/// Whether `c` joins the items of a list.
fn joins(c: char) -> bool {
    matches!(c, '、' | '和' | '与' | '及')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn signs_stand_around_a_name() {
        let found = |text: &str| {
            let at = text.chars().position(|c| c == '何').unwrap_or_default();
            let line = Line::new(Place::Title, text);
            let shape = shape::at(&line, at).find(|shape| shape.end == at + 3);
            shape.map_or(0.0, |shape| signs(&line, &shape))
        };
        for (text, odds) in [
            ("网格员何秀珠", weight::OFFICE),
            ("“小管家”何秀珠", weight::OFFICE),
            ("联系人：何秀珠；", weight::OFFICE),
            ("居民何秀珠", weight::GROUP),
            ("何秀珠（主任）", weight::OFFICE),
            ("护林员何秀珠", weight::OFFICE),
            ("修表匠何秀珠", FORMED),
            ("何秀珠，78岁", AGE),
            ("何秀珠，女，", SEX),
            ("78岁的何秀珠", AGE),
            ("住三楼的何秀珠", LIVES),
            ("今天何珠珠", TWICE),
            ("今天何秀珠", 0.0),
        ] {
            assert!((found(text) - odds).abs() < 0.01, "{text}: {}", found(text));
        }
    }
}
