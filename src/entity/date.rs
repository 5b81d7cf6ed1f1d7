//! Dates (日期): calendar expressions, resolved to ISO 8601 against the date of the issue.
//!
//! In: a line and the issue's date. Out: dates; durations, clock times and pages are none.
//!
//! | text, issue of 2024-11-22 | name         | because                                        |
//! |---------------------------|--------------|------------------------------------------------|
//! | `2023年5月9日`            | `2023-05-09` |                                                |
//! | `10月18日`                | `2024-10-18` | the issue's year                               |
//! | `今年9月`, `去年`         | `2024-09`, `2023` |                                           |
//! | `5月下旬`                 | `2024-05`    | as exact as ISO 8601 can say                   |
//! | `1985年`, `上世纪90年代末` | `1985`, as written |                                        |
//! | `3年`, `6个月`, `14:30`   |              | durations, clock                               |

use super::Context;
use super::found::Found;
use super::line::Line;
use crate::model::EntityKind::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What surely is a calendar expression, most exact alternative first.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = concat!(
        r"(?<century>(?:(?:上|本)?(?:[0-9]{2}|二十一?)?世纪)?(?:[0-9]0|[二三四五六七八九]十)年代[初中末]?(?:期)?)",
        r"|(?<range>(?<from>[0-9]{1,2})月?[至到—-](?<to>[0-9]{1,2})月份?)",
        r"|(?<year>[0-9]{4}|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2}|今|去|明|前|当|同|次)年",
        r"(?:度|(?<season>春节|[春夏秋冬][季天日]?)|(?<part>[上下]半年|[前第]?[一二三四]个?季度|年?[初底中末])|",
        r"(?:农历)?(?<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月(?:(?<day>[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|份?(?<third>[上中下]旬|[初底中末])?|份)?)?",
        r"|(?<only>[0-9]{1,2}|十[一二]|[一二三四五六七八九十])月(?:(?<on>[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|份?(?<decade>[上中下]旬|[初底中末])|份)?",
        r"|(?<relative>本月|上月|上个月)",
    );
    Regex::new(pattern).expect("the pattern is a literal and compiles")
});

/// Dates in `line`, in order.
pub(super) fn find(line: &Line, context: &Context) -> Vec<Found> {
    let text = line.text;
    let issue = Day::parse(context.date.as_deref());
    let mut found = Vec::new();
    if !text.contains(['年', '月']) {
        return found;
    }
    let (mut at, mut bytes) = (0, 0);
    for mut captures in DATE.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        at += text[bytes..whole.start()].chars().count();
        bytes = whole.start();
        let mut length = whole.as_str().chars().count();
        // 2024年中|标, 3月底|线: the last character begins another word.
        if length > 2 && "初中末底春夏秋冬".contains(line.before(at + length)) && !line.parts_words(at + length)
        {
            let shorter = text[..whole.end()].char_indices().next_back().map_or(whole.end(), |(last, _)| last);
            let Some(cut) = DATE.captures(&text[whole.start()..shorter]) else { continue };
            captures = cut;
            length -= 1;
        }
        let Some(name) = name(&captures, issue, line, at, length) else { continue };
        found.push(Found::named(Date, at..at + length, name));
    }
    found
}

#[derive(Clone, Copy)]
struct Day {
    year: u32,
    month: Option<u32>,
}

impl Day {
    fn parse(date: Option<&str>) -> Option<Self> {
        let mut parts = date?.split('-').map(str::parse);
        Some(Self { year: parts.next()?.ok()?, month: parts.next().and_then(Result::ok) })
    }
}

/// The normal form of a match; none if it is no date after all.
fn name(captures: &Captures, issue: Option<Day>, line: &Line, at: usize, length: usize) -> Option<String> {
    let whole = captures.get(0)?.as_str();
    let group = |name| captures.name(name).map(|group| group.as_str());
    let before = line.before(at);
    if before.is_ascii_digit() || matches!(before, '.' | '第' | '/') {
        return None;
    }
    if let Some(year) = group("year") {
        let number = match year {
            "今" => issue.map(|issue| issue.year),
            "去" => issue.map(|issue| issue.year - 1),
            "前" => issue.map(|issue| issue.year - 2),
            "明" => issue.map(|issue| issue.year + 1),
            "当" | "同" | "次" => None,
            _ => numeral(year),
        };
        // 1500年历史, 1200年前: so many years.
        if whole.chars().count() == 5 && is_span(line, at + length) {
            return None;
        }
        let relative = !year.starts_with(|c: char| c.is_ascii_digit() || c == '二' || c == '一');
        // 当年 and 前年 tell no date alone; 4000年 and 1200年 of history are no dates either.
        if matches!(year, "当" | "同" | "次" | "前") && whole.chars().count() == 2 {
            return None;
        }
        if !relative && !number.is_some_and(|year| (1000..2200).contains(&year)) || line.at(at + length) == '级' {
            return None;
        }
        if relative && part_of_word(line, at, length) {
            return None;
        }
        if group("part").or(group("season")).is_some() {
            return Some(whole.to_owned());
        }
        let Some(year) = number else { return Some(whole.to_owned()) };
        return Some(iso(Some(year), group("month"), group("day")).unwrap_or_else(|| whole.to_owned()));
    }
    if let (Some(from), Some(to)) = (group("from").and_then(numeral), group("to").and_then(numeral)) {
        if !(1..=12).contains(&from) || !(1..=12).contains(&to) {
            return None;
        }
        let iso = |issue: Day| format!("{0}-{from:02}/{0}-{to:02}", issue.year);
        return Some(issue.map_or_else(|| whole.to_owned(), iso));
    }
    if let Some(month) = group("only") {
        let number = numeral(month)?;
        let han = !month.starts_with(|c: char| c.is_ascii_digit());
        let bare = group("on").or(group("decade")).is_none() && !whole.ends_with('份');
        if !(1..=12).contains(&number) || han && (bare || before == '个') || bare && counted(line, at, length) {
            return None;
        }
        // A month later than the issue's by half a year is last year's: a January issue tells of December.
        let year = issue.map(|issue| match issue.month {
            Some(now) if number > now + 6 => issue.year - 1,
            _ => issue.year,
        });
        return Some(iso(year, Some(month), group("on")).unwrap_or_else(|| whole.to_owned()));
    }
    Some(whole.to_owned())
}

fn is_span(line: &Line, end: usize) -> bool {
    ["历史", "前", "来", "多", "以上", "间", "古"].iter().any(|word| line.starts_with(end, word))
}

/// 3月龄, 6月租: the word goes on.
fn counted(line: &Line, at: usize, length: usize) -> bool {
    matches!(line.at(at + length), '龄' | '租' | '薪' | '均')
}

/// 今年轻, 去年轮: the word goes on.
fn part_of_word(line: &Line, at: usize, length: usize) -> bool {
    length == 2 && matches!(line.at(at + 2), '轻' | '龄' | '级')
}

fn iso(year: Option<u32>, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let year = year?;
    let Some(month) = month.and_then(numeral) else { return Some(format!("{year:04}")) };
    if !(1..=12).contains(&month) {
        return None;
    }
    match day.and_then(numeral) {
        Some(day) if (1..=31).contains(&day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        Some(_) => None,
        None => Some(format!("{year:04}-{month:02}")),
    }
}

/// A number below a hundred, or a year digit by digit.
fn numeral(text: &str) -> Option<u32> {
    if let Some(number) = super::coordination::number(text) {
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
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let line = Line::new(Place::Title, text);
        shown(&line, &find(&line, &Context::dated(Some("2024-11-22".to_owned()))))
    }

    #[test]
    fn dates_have_an_iso_form() {
        table(
            &[
                ("建于2023年5月9日。", "2023年5月9日=2023-05-09"),
                ("10月18日验收", "10月18日=2024-10-18"),
                ("今年9月，去年入冬", "今年9月=2024-09 去年=2023"),
                ("5月下旬", "5月下旬=2024-05"),
                ("今年10月份", "今年10月份=2024-10"),
                ("4月至5月期间", "4月至5月=2024-04/2024-05"),
                ("1985年分了家", "1985年=1985"),
                ("二〇二三年三月", "二〇二三年三月=2023-03"),
                ("上世纪90年代末", "上世纪90年代末"),
                ("今年上半年", "今年上半年"),
                ("2024年中标", "2024年=2024"),
                ("建于八十年代初", "八十年代初"),
                ("3—5月", "3—5月=2024-03/2024-05"),
                ("去年冬天", "去年冬天"),
                ("自12月5日起", "12月5日=2024-12-05"),
            ],
            found,
        );
    }

    #[test]
    fn durations_and_clocks_stay_out() {
        nothing(
            &[
                "用了3年",
                "6个月",
                "14:30",
                "三年来",
                "每月2次",
                "一个月",
                "13月",
                "40多年",
                "当年",
                "五一期间",
                "当天",
                "今天",
                "有1500年历史",
                "3至5个月",
                "3.5月",
            ],
            found,
        );
    }
}
