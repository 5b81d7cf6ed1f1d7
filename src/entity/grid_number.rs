//! Numbers of grids, in rows and ranges.
//!
//! In: where a number ends, or the numbers of a row. Out: where it begins, and the full name of each grid.
//!
//! | text                             | names                                                           |
//! |----------------------------------|-----------------------------------------------------------------|
//! | `第三`, `2号`, `A03`, `甲`, `1#` | numbers                                                         |
//! | `栗园社区第1、2、3网格`          | `栗园社区第1网格`, `栗园社区第2网格`, `栗园社区第3网格`         |
//! | `1、2、3号网格`                  | `1号网格`, `2号网格`, `3号网格`                                 |
//! | `第一至三网格`, `01—03网格`      | `第一网格` to `第三网格`, `01网格` to `03网格`                  |
//! | `北2—07网格`, `3-2网格`          | one each: the dash is part of the number                        |

use super::coordination;
use super::line::{Line, is_name_char};
use std::ops::Range;

/// Characters of a number with its 第 or 号.
const NUMBER: usize = 8;
/// Grids in a range; more are a misreading.
const RANGE: usize = 60;

const NUMERALS: &str = "一二三四五六七八九十百零〇";

/// The number, letter or cyclical sign that ends at `end`: `第三`, `2号`, `A03`, `甲`, `北2—07`. Empty if there is none.
pub(super) fn number(line: &Line, end: usize) -> Range<usize> {
    let floor = end.saturating_sub(NUMBER);
    let back = |from: usize, test: fn(char) -> bool| {
        let mut start = from;
        while start > floor && test(line.before(start)) {
            start -= 1;
        }
        start
    };
    let inner = if matches!(line.before(end), '号' | '#' | '＃') { end - 1 } else { end };
    let digits = back(inner, |c| c.is_ascii_alphanumeric());
    if digits < inner {
        let dashed = match line.before(digits) {
            '—' | '-' | '–' => back(digits - 1, |c| c.is_ascii_alphanumeric()),
            _ => digits,
        };
        let start = if line.before(dashed) == '第' { dashed - 1 } else { dashed };
        // 北2—07: the compass point belongs to the code.
        let compass = dashed < digits && matches!(line.before(start), '东' | '南' | '西' | '北' | '中');
        return if compass { start - 1..end } else { start..end };
    }
    let numeral = back(inner, |c| NUMERALS.contains(c));
    if numeral < inner && (line.before(numeral) == '第' || inner < end) {
        return numeral - usize::from(line.before(numeral) == '第')..end;
    }
    let cyclical = end > 0 && "甲乙丙丁戊己庚辛".contains(line.before(end)) && line.parts_words(end - 1);
    if cyclical { end - 1..end } else { end..end }
}

/// 二 of `第一、二网格`, 一 of `栗园社区一网格`.
pub(super) fn bare_numeral(line: &Line, end: usize) -> Range<usize> {
    let numeral = end > 0 && "一二三四五六七八九十".contains(line.before(end));
    let first = numeral.then(|| line.before(end - 1));
    let alone =
        first.is_some_and(|c| !is_name_char(c) || matches!(c, '第' | '至' | '到' | '区' | '村' | '苑' | '园'));
    if alone { end - 1..end } else { end..end }
}

/// Whether a number names a grid without a base: `第三`, `A03`, `02`, `3号`, `北2—07`, not `12`.
pub(super) fn is_label(line: &Line, number: &Range<usize>) -> bool {
    let chars = &line.chars[number.clone()];
    let (Some(first), Some(last)) = (chars.first(), chars.last()) else { return false };
    matches!(first, '第' | '0') && chars.len() > 1
        || first.is_ascii_uppercase()
        || matches!(last, '号' | '#' | '＃')
        || chars.iter().any(|c| matches!(c, '—' | '-'))
        || chars.len() > 1 && !first.is_ascii_digit()
}

/// The two ends of `01—04`; a dash that parts no numbers of one width is part of the number (`2—07`).
pub(super) fn dashed_range(line: &Line, number: &Range<usize>) -> (Option<Range<usize>>, Range<usize>) {
    let dash = number.clone().find(|&at| matches!(line.at(at), '—' | '–'));
    let ends = dash.and_then(|dash| {
        let low = number.start..dash;
        let (from, to) = (value(line.text(low.clone()))?, value(line.text(dash + 1..number.end))?);
        (low.len() > 1 && low.len() == number.end - dash - 1 && from < to).then_some((low, dash + 1..number.end))
    });
    match ends {
        Some((low, high)) => (Some(low), high),
        None => (None, number.clone()),
    }
}

/// A number of a row.
pub(super) struct Step<'a> {
    pub(super) range: Range<usize>,
    /// The name before it, if it has one of its own.
    pub(super) base: &'a str,
    pub(super) number: &'a str,
    /// Its kind word, if it has one of its own.
    pub(super) kind: Option<&'a str>,
    /// All numbers between the one before and this one are meant as well.
    pub(super) to: bool,
}

/// A row of numbers; the last has the kind word for all.
pub(super) struct Series<'a> {
    pub(super) steps: &'a [Step<'a>],
    pub(super) kind: &'a str,
}

impl Series<'_> {
    /// The place and the full name of each grid; the grids of a range share its place.
    pub(super) fn names(&self, line: &Line) -> Vec<(Range<usize>, String)> {
        let numbered = self.steps.last().is_some_and(|step| step.number.ends_with('号'));
        let mut names: Vec<(Range<usize>, String)> = Vec::new();
        let (mut base, mut ordinal, mut start) = ("", false, 0);
        for (at, step) in self.steps.iter().enumerate() {
            if !step.base.is_empty() {
                (base, ordinal) = (step.base, false);
            }
            ordinal |= step.number.starts_with('第');
            let kind = step.kind.unwrap_or(self.kind);
            let plain = step.number.trim_start_matches('第').trim_end_matches('号');
            let sign = if step.kind.is_none() && numbered || step.number.ends_with('号') { "号" } else { "" };
            let name = |plain: &str| {
                let numeral = plain.starts_with(|c| NUMERALS.contains(c));
                let first = if ordinal || numeral && sign.is_empty() { "第" } else { "" };
                format!("{base}{first}{plain}{sign}{kind}")
            };
            let between = step.to.then(|| between(self.steps.get(at.checked_sub(1)?)?.number, plain)).flatten();
            let Some(between) = between else {
                start = step.range.start;
                names.push((step.range.clone(), name(plain)));
                continue;
            };
            // 第1至第3网格: no member of a range has a place of its own.
            let whole = start..step.range.end;
            debug_assert!(whole.end <= line.len());
            if let Some(last) = names.pop() {
                names.push((whole.clone(), last.1));
            }
            names.extend(between.iter().map(|number| (whole.clone(), name(number))));
            names.push((whole.clone(), name(plain)));
        }
        names
    }
}

/// The numbers between `from` and `to`, written as these are; none if they are no range.
fn between(from: &str, to: &str) -> Option<Vec<String>> {
    let from = from.trim_start_matches('第').trim_end_matches('号');
    let (low, high) = (value(from)?, value(to)?);
    if low >= high || high - low > RANGE {
        return None;
    }
    let width = if to.starts_with('0') || from.starts_with('0') { from.len() } else { 0 };
    let written = |number: usize| if to.is_ascii() { format!("{number:0width$}") } else { numeral(number) };
    Some((low + 1..high).map(written).collect())
}

fn value(text: &str) -> Option<usize> {
    coordination::number(text.trim_start_matches('第').trim_end_matches('号'))
}

/// A number below a hundred in Chinese numerals.
fn numeral(number: usize) -> String {
    let digit =
        |digit: usize| "一二三四五六七八九".chars().nth(digit.wrapping_sub(1)).map_or(String::new(), String::from);
    match (number / 10, number % 10) {
        (0, unit) => digit(unit),
        (1, unit) => format!("十{}", digit(unit)),
        (ten, unit) => format!("{}十{}", digit(ten), digit(unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_between() {
        let shown = |from, to| between(from, to).map(|between| between.join(" "));
        assert_eq!(shown("第1", "4").as_deref(), Some("2 3"));
        assert_eq!(shown("01", "04").as_deref(), Some("02 03"));
        assert_eq!(shown("第九", "十二").as_deref(), Some("十 十一"));
        assert_eq!(shown("5", "3"), None);
        assert_eq!(shown("A", "B"), None);
    }
}
