//! Units and measure words. In: a text and the end of a number. Out: the unit that follows, as the record has it.
//!
//! | after the number | unit       | class   | because                                    |
//! |------------------|------------|---------|--------------------------------------------|
//! | `㎡`             | `平方米`   | measure | one spelling for one unit                  |
//! | `人次`           | `人次`     | count   | the longest word wins                      |
//! | `元/平方米·月`   | same       | money   | a rate is one unit                         |
//! | `个半月`         | `个月`     | time    | 半 stands inside the unit and adds a half  |
//! | `块钱`           | `块`       | money   | 钱 only says that it is money              |

use super::number::char_at;
use super::words::Words;
use crate::lexicon::rows;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a unit measures; decides which numbers it takes and on which side its subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Whole things.
    Count,
    /// Percent, percentage points, multiples.
    Share,
    /// Money.
    Money,
    /// Time and age.
    Time,
    /// Length.
    Extent,
    /// All other measures.
    Measure,
    /// A word that only starts like a unit: 单元, 部门.
    None,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
struct Row {
    unit: &'static str,
    class: Class,
    digits_only: bool,
}

/// A unit in a text.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// As the record has it.
    pub(crate) name: Cow<'static, str>,
    /// What it measures.
    pub(crate) class: Class,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Whether it asks for Arabic digits or a number from ten up.
    pub(crate) digits_only: bool,
    /// Whether 半 adds a half: 两个半月, 一年半.
    pub(crate) half: bool,
    /// Whether 多 stands inside it: 三个多小时.
    pub(crate) about: bool,
}

static UNITS: LazyLock<Words<Row>> = LazyLock::new(|| {
    Words::new(rows(include_str!("../lexicon/units.tsv")).filter_map(|row| {
        let &[word, unit, class, numerals] = row.as_slice() else { return None };
        Some((word, Row { unit, class: class_of(class)?, digits_only: numerals == "digits" }))
    }))
});

fn class_of(word: &str) -> Option<Class> {
    Some(match word {
        "count" => Class::Count,
        "share" => Class::Share,
        "money" => Class::Money,
        "time" => Class::Time,
        "extent" => Class::Extent,
        "measure" => Class::Measure,
        "none" => Class::None,
        _ => return None,
    })
}

/// Most units in a rate: 元 / 平方米 · 月 has three. More would be a formula.
const RATE_MAX: usize = 3;

/// The unit that starts at `at`.
pub(crate) fn read(text: &str, at: usize) -> Option<Unit> {
    let at = at + adjective(&text[at..]);
    let (word, row) = find(text, at)?;
    let mut unit = Unit {
        name: row.unit.into(),
        class: row.class,
        end: at + word.len(),
        digits_only: row.digits_only,
        half: false,
        about: false,
    };
    if word == "个" && text[unit.end..].starts_with("半月") {
        return Some(Unit {
            name: "个月".into(),
            class: Class::Time,
            end: unit.end + "半月".len(),
            half: true,
            ..unit
        });
    }
    if word == "个"
        && let Some((inner, row)) =
            text[unit.end..].strip_prefix('半').and_then(|_| find(text, unit.end + "半".len()))
        && row.class == Class::Time
    {
        // 两个半月, 3个半工作日: the half stands inside.
        unit = Unit {
            name: format!("个{}", row.unit).into(),
            class: Class::Time,
            end: unit.end + "半".len() + inner.len(),
            ..unit
        };
        unit.half = true;
        return Some(unit);
    }
    if let Some(rest) = text[unit.end..].strip_prefix(['多', '来']).filter(|_| matches!(word, "个" | "個"))
        && let Some(time) =
            ["小时", "月", "钟头", "星期", "季度", "小時"].into_iter().find(|time| rest.starts_with(time))
    {
        let end = text.len() - rest.len() + time.len();
        return Some(Unit { name: format!("{word}{time}").into(), class: Class::Time, end, about: true, ..unit });
    }
    if word == "分" && text[unit.end..].starts_with("半钟") {
        // 三分半钟.
        let end = unit.end + "半钟".len();
        return Some(Unit { name: "分钟".into(), end, half: true, digits_only: false, ..unit });
    }
    if matches!(word, "个" | "個") && text[unit.end..].starts_with('月') {
        unit = Unit { name: format!("{word}月").into(), class: Class::Time, end: unit.end + "月".len(), ..unit };
    }
    rate(text, &mut unit);
    if text[unit.end..].starts_with('半') && !matches!(unit.class, Class::Count | Class::Share) {
        let after = char_at(text, unit.end + "半".len());
        // 一年半 is a year and a half; 一天半夜 and 一年半载 are not.
        if !after.is_some_and(|c| matches!(c, '载' | '夜' | '数' | '价' | '径' | '个')) {
            unit.half = true;
            unit.end += "半".len();
        }
    }
    Some(unit)
}

/// The measure word that `text` ends with.
pub(crate) fn ending(text: &str) -> Option<&'static str> {
    UNITS.before(text).filter(|(_, row)| row.class == Class::Count).map(|(_, row)| row.unit)
}

fn find(text: &str, at: usize) -> Option<(&'static str, Row)> {
    let rest = text.get(at..)?;
    let (word, row) = UNITS.at(rest)?;
    let after = char_at(text, at + word.len());
    let cut_short =
        word.ends_with(|c: char| c.is_ascii_alphabetic()) && after.is_some_and(|c| c.is_ascii_alphanumeric());
    (!cut_short && row.class != Class::None).then_some((word, row))
}

/// Length of the 大 or 小 in 四大盘, 三小袋: it may stand before a vessel.
fn adjective(rest: &str) -> usize {
    const VESSELS: [char; 11] = ['盘', '桶', '袋', '箱', '包', '碗', '杯', '瓶', '壶', '筐', '车'];
    let vessel = rest.strip_prefix(['大', '小']).is_some_and(|rest| rest.starts_with(VESSELS));
    if vessel { "大".len() } else { 0 }
}

/// 元/平方米, 吨/日, 元/月/平方米: the rest of a rate.
fn rate(text: &str, unit: &mut Unit) {
    for _ in 1..RATE_MAX {
        let rest = &text[unit.end..];
        let Some(mark) = rest.chars().next().filter(|c| matches!(c, '/' | '／' | '·')) else { return };
        let from = unit.end + mark.len_utf8();
        let Some((word, row)) = find(text, from).or_else(|| text[from..].starts_with('月').then_some(MONTH)) else {
            return;
        };
        if mark == '·' && !unit.name.contains('/') {
            return;
        }
        unit.name = format!("{}{mark}{}", unit.name, row.unit).into();
        unit.end = from + word.len();
        // A rate is no longer a number of things: 人/天 may be 2.5.
        unit.class = if unit.class == Class::Count { Class::Measure } else { unit.class };
    }
}

/// 月 counts only in a rate; by itself it is a date.
const MONTH: (&str, Row) = ("月", Row { unit: "月", class: Class::Time, digits_only: false });

/// The class of a unit of records.
pub(super) fn class_of_unit(unit: &str) -> Option<Class> {
    static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
        let class = |row: Vec<&'static str>| Some((*row.get(1)?, class_of(row.get(2)?)?));
        rows(include_str!("../lexicon/units.tsv"))
            .filter_map(class)
            .filter(|(_, class)| *class != Class::None)
            .collect()
    });
    CLASSES.get(unit).copied()
}

/// A unit as the record has it, if `text` is one: `平方米` for `㎡`.
pub(crate) fn normal(text: &str) -> Option<String> {
    let unit = read(text, 0).filter(|unit| unit.end == text.len() && unit.class != Class::None)?;
    Some(unit.name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        for row in rows(include_str!("../lexicon/units.tsv")) {
            assert!(
                matches!(row[..], [word, unit, class, numerals]
                if !word.is_empty() && !unit.is_empty() && class_of(class).is_some() && ["digits", "-"].contains(&numerals)),
                "units.tsv: {row:?}"
            );
        }
    }

    #[test]
    fn reads_units() {
        let unit = |text: &str| {
            read(text, 0).map(|unit| (unit.name.clone().into_owned(), text[unit.end..].to_owned(), unit.half))
        };
        for (text, name, rest, half) in [
            ("㎡的露台", "平方米", "的露台", false),
            ("人次", "人次", "", false),
            ("元/平方米·月起", "元/平方米·月", "起", false),
            ("吨/日", "吨/日", "", false),
            ("元/月/平方米", "元/月/平方米", "", false),
            ("块钱一碗", "块", "一碗", false),
            ("个月", "个月", "", false),
            ("个半月", "个月", "", true),
            ("个半小时", "个小时", "", true),
            ("个多月的工期", "个月", "的工期", false),
            ("年半", "年", "", true),
            ("年半载", "年", "半载", false),
            ("km，", "公里", "，", false),
            ("个百分点", "个百分点", "", false),
        ] {
            assert_eq!(unit(text), Some((name.to_owned(), rest.to_owned(), half)), "{text}");
        }
        for text in ["kmh", "弄", "号楼", "", "月"] {
            assert_eq!(unit(text), None, "{text}");
        }
    }
}
