//! Numbers. In: a text and the place of an anchor (a digit, a numeral, 半). Out: the number that stands there, or
//! how far to go on when there is none. `numeral` and `share` hold the grammar.
//!
//! | text         | number     | because                                       |
//! |--------------|------------|-----------------------------------------------|
//! | `1,306.52`   | 1306.52    | a comma parts three digits from three         |
//! | `1,30`       | 1          | else it is a comma                            |
//! | `３６`       | 36         | full-width digits are digits                  |
//! | `近四成`     | 40 %       | a share carries its unit                      |
//! | `二〇二四`   | none       | digits in a row are a year or a label         |

use super::decimal::Decimal;
use super::{numeral, share};
use crate::lexicon::table::CharSet;
use crate::model::Bound;
use std::sync::LazyLock;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// With digits, wholly or in part.
    Arabic,
    /// With Chinese numerals alone.
    Han,
}

/// A number in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its value, or the lower end of `六七`.
    pub(crate) low: Decimal,
    /// Its value, or the upper end of `六七`.
    pub(crate) high: Decimal,
    /// Whether it is too large to hold.
    pub(crate) overflow: bool,
    /// Whether 余, 多, 来, 几 or 数 stands in it.
    pub(crate) approx: bool,
    /// The limit that stands in it: 过半.
    pub(crate) bound: Option<Bound>,
    /// How it is written.
    pub(crate) script: Script,
    /// Power of the multiplier it ends with: 4 for 万, 8 for 亿, 1 for 成.
    pub(crate) power: i32,
    /// The unit it carries itself: `%` for 成, 分之, 半数.
    pub(crate) unit: Option<&'static str>,
}

/// What stands at an anchor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// A number.
    Number(Number),
    /// Nothing that counts; reading goes on at this byte.
    Nothing(usize),
}

/// Every character that a number can start with: asked for every character of a text.
static ANCHORS: LazyLock<CharSet> =
    LazyLock::new(|| (0..=0xFFFF).filter_map(char::from_u32).filter(|&c| starts(c)).collect());

/// The characters that a number can start with.
pub(crate) fn anchors() -> &'static CharSet {
    &ANCHORS
}

/// Whether a number can start with `c`.
pub(crate) fn is_anchor(c: char) -> bool {
    anchors().contains(c)
}

fn starts(c: char) -> bool {
    digit(c).is_some() || numeral(c).is_some() || power(c).is_some() || matches!(c, '半' | '数' | '几' | '數' | '幾')
}

/// Arabic digits, full width too.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Chinese digits.
pub(crate) fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The power of ten of 十, 百, 千, 万, 亿.
pub(crate) fn power(c: char) -> Option<i32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// What stands at `at`, which must be the place of an anchor.
pub(crate) fn read(text: &str, at: usize) -> Reading {
    if let Some(number) = share::whole(text, at) {
        return Reading::Number(number);
    }
    let (whole, end) = numeral::read(text, at);
    match whole {
        Some(number) => Reading::Number(share::parts(text, number).unwrap_or_else(|| share::tenths(text, number))),
        None => Reading::Nothing(end.max(at + char_at(text, at).map_or(1, char::len_utf8))),
    }
}

/// Digits with thousands separators and decimals: where they end, their value (`None`: too large), and how many
/// digits there are if there is nothing else.
pub(crate) fn arabic(text: &str, at: usize) -> (usize, Option<Decimal>, usize) {
    let (mut end, mut value, lead) = digits(text, at, Some(Decimal::ZERO));
    let mut plain = lead;
    while (1..=3).contains(&lead) && text[end..].starts_with(',') {
        let (next, longer, count) = digits(text, end + 1, value);
        if count != 3 {
            break;
        }
        (end, value, plain) = (next, longer, 0);
    }
    if let Some(dot) = text[end..].chars().next().filter(|c| matches!(c, '.' | '．')) {
        let (next, longer, count) = digits(text, end + dot.len_utf8(), value);
        if count > 0 {
            let places = i32::try_from(count).unwrap_or(i32::MAX);
            (end, value, plain) = (next, longer.map(|value| value.shifted(-places)), 0);
        }
    }
    (end, value, plain)
}

/// A run of digits appended to `value`: its end, the value, its length.
pub(crate) fn digits(text: &str, at: usize, mut value: Option<Decimal>) -> (usize, Option<Decimal>, usize) {
    let (mut end, mut count) = (at, 0);
    for (digit, c) in text[at..].chars().map_while(|c| Some((digit(c)?, c))) {
        value = value.and_then(|value| value.push(digit));
        end += c.len_utf8();
        count += 1;
    }
    (end, value, count)
}
