//! What a calendar expression stands for, in ISO 8601.
//!
//! In: years, months and days as the text has them, and the date of the issue. Out: `2024-05-09`, `2024-05`, `2024`, or a span.
//!
//! | text, issue of 2024-11-22    | name              | because                                       |
//! |------------------------------|-------------------|-----------------------------------------------|
//! | `去年9月`                    | `2023-09`         | the year before the issue's                   |
//! | `12月30日`, issue of January | the year before   | half a year ahead is too far                  |
//! | `上半年`, `今年三季度`       | `2024-01/2024-06`, `2024-07/2024-09` |                            |
//! | `前10个月`                   | `2024-01/2024-10` |                                               |

use crate::entity::coordination;

/// A day, or the part of one that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: u32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Day {
    /// From ISO 8601.
    pub(super) fn parse(date: &str) -> Option<Self> {
        let mut parts = date.split('-').map(str::parse);
        let year = parts.next()?.ok()?;
        Some(Self { year, month: parts.next().and_then(Result::ok), day: parts.next().and_then(Result::ok) })
    }

    /// A date that exists.
    pub(super) fn new(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let exists = match (month, day) {
            (Some(month), Some(day)) => is_day(year, month, day),
            (Some(month), None) => (1..=12).contains(&month),
            (None, _) => true,
        };
        ((1000..2200).contains(&year) && exists).then_some(Self { year, month, day: month.and(day) })
    }

    pub(super) fn iso(self) -> String {
        let Self { year, month, day } = self;
        match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        }
    }

    /// The month before.
    pub(super) fn last_month(self) -> Option<Self> {
        let month = self.month?;
        let (year, month) = if month == 1 { (self.year.checked_sub(1)?, 12) } else { (self.year, month - 1) };
        Self::new(year, Some(month), None)
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let part = |number: u32| i8::try_from(number).ok();
    let date = i16::try_from(year).ok().zip(part(month)).zip(part(day));
    date.is_some_and(|((year, month), day)| jiff::civil::Date::new(year, month, day).is_ok())
}

/// The year that `word` (今, 去, 前, 明) is in an issue of `issue`.
pub(super) fn relative_year(word: &str, issue: u32) -> Option<u32> {
    match word {
        "今" | "本" => Some(issue),
        "去" => issue.checked_sub(1),
        "前" => issue.checked_sub(2),
        "明" => Some(issue + 1),
        _ => None,
    }
}

/// The year of a month without one. A month later than the issue's by half a year is last year's: an issue of January tells of December. What
/// is still to come (`ahead`) at the end of a year is next year's.
pub(super) fn year_of(month: u32, issue: Day, ahead: bool) -> u32 {
    match issue.month {
        Some(now) if month > now + 6 => issue.year.saturating_sub(1),
        Some(now) if ahead && month + 6 < now => issue.year + 1,
        _ => issue.year,
    }
}

/// Months of a part of a year: `上半年`, `第三季度`, `前三季度`, `前10个月`.
pub(super) fn part(text: &str) -> Option<(u32, u32)> {
    if let Some(half) = text.strip_suffix("半年") {
        return Some(if half.ends_with('上') { (1, 6) } else { (7, 12) });
    }
    if let Some(quarter) = text.strip_suffix("季度") {
        let first = quarter.starts_with('前');
        let number = numeral(quarter.trim_start_matches(['前', '第']).trim_end_matches('个'))?;
        return (1..=4).contains(&number).then(|| (if first { 1 } else { 3 * number - 2 }, 3 * number));
    }
    let number = numeral(text.strip_suffix("个月")?.strip_prefix('前')?)?;
    (1..=12).contains(&number).then_some((1, number))
}

/// Months `from` to `to` of a year.
pub(super) fn months(year: u32, from: u32, to: u32) -> String {
    format!("{year:04}-{from:02}/{year:04}-{to:02}")
}

/// A number below a hundred, or a year digit by digit.
pub(super) fn numeral(text: &str) -> Option<u32> {
    if let Some(number) = coordination::number(text) {
        return u32::try_from(number).ok();
    }
    text.chars().try_fold(0u32, |number, c| {
        let digit =
            "〇一二三四五六七八九".chars().position(|digit| digit == c).or(matches!(c, '零' | '○').then_some(0))?;
        number.checked_mul(10)?.checked_add(u32::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_a_year_belong_to_the_nearest() {
        let year = |month, issue, ahead| year_of(month, Day::parse(issue).expect("a date"), ahead);
        assert_eq!(year(10, "2024-11-22", false), 2024);
        assert_eq!(year(12, "2024-01-05", false), 2023);
        assert_eq!(year(1, "2024-12-20", true), 2025);
        assert_eq!(year(1, "2024-12-20", false), 2024);
    }

    #[test]
    fn parts_of_a_year_are_spans() {
        for (text, months) in [
            ("上半年", Some((1, 6))),
            ("下半年", Some((7, 12))),
            ("三季度", Some((7, 9))),
            ("第四季度", Some((10, 12))),
            ("前三季度", Some((1, 9))),
            ("前10个月", Some((1, 10))),
            ("前两个月", Some((1, 2))),
            ("五季度", None),
        ] {
            assert_eq!(part(text), months, "{text}");
        }
    }

    #[test]
    fn days_exist() {
        assert_eq!(Day::new(2024, Some(2), Some(29)).map(Day::iso).as_deref(), Some("2024-02-29"));
        assert_eq!(Day::new(2023, Some(2), Some(29)), None);
        assert_eq!(Day::new(2023, Some(13), None), None);
        assert_eq!(Day::parse("2024-01-05").and_then(Day::last_month).map(Day::iso).as_deref(), Some("2023-12"));
    }
}
