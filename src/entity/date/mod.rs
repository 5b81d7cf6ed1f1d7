//! Dates (日期): calendar expressions, resolved to ISO 8601 against the date of the issue.
//!
//! In: a line and the issue's date. Out: dates and periods; durations, clock times and pages are none.
//!
//! | text, issue of 2024-11-22  | name                    | because                             |
//! |----------------------------|-------------------------|-------------------------------------|
//! | `2023年5月9日`, `2023.5.9` | `2023-05-09`            |                                     |
//! | `10月18日`                 | `2024-10-18`            | the issue's year                    |
//! | `今年9月`, `去年`          | `2024-09`, `2023`       |                                     |
//! | `9月16日至17日`            | `2024-09-16/2024-09-17` | a period is one mention             |
//! | `10月18日…，19日`          | `2024-10-19`            | the month told before               |
//! | `2019年5月…，当年10月`     | `2019-10`               | the year told before                |
//! | `5月下旬`                  | `2024-05`               | as exact as ISO 8601 can say        |
//! | `1985年`, `上世纪90年代末` | `1985`, as written      |                                     |
//! | `3年`, `6个月`, `14:30`    |                         | durations, clock                    |
//!
//! `pattern` tells what looks like a date, `calendar` what it stands for, `own` which is the article's own.

mod calendar;
mod own;
mod pattern;

use super::Context;
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::model::EntityKind::Date;
use calendar::{Day, months, numeral};
use regex::Captures;
use std::ops::Range;

pub use own::own;

/// Characters within which a year told before still holds.
const NEAR: usize = 40;
/// Characters before a date in which a word may say that it is to come.
const AHEAD: usize = 16;

/// Dates in `line`, in order.
pub(super) fn find(line: &Line, context: &Context) -> Vec<Found> {
    let text = line.text;
    let mut found = Vec::new();
    if !text.contains(['年', '月', '日', '季']) && !text.contains("20") {
        return found;
    }
    let mut told = Told { issue: context.date.as_deref().and_then(Day::parse), last: None };
    let (mut at, mut bytes, mut from) = (0, 0, 0);
    while let Some(captures) = pattern::DATE.captures_at(text, from) {
        let Some(whole) = captures.get(0) else { break };
        from = whole.end();
        at += text[bytes..whole.start()].chars().count();
        bytes = whole.start();
        let Some(reading) = read(line, &captures, at, &told) else { continue };
        let range = at..at + reading.length;
        from = from.max(whole.start() + line.text(range.clone()).len());
        if let Some(day) = reading.day {
            told.last = Some((range.end, day));
        }
        let name = reading.name.unwrap_or_else(|| line.text(range.clone()).to_owned());
        found.push(Found::named(Date, range, name));
    }
    found
}

/// What was told before a date.
struct Told {
    issue: Option<Day>,
    /// The last date of the line that was resolved, and where it ends.
    last: Option<(usize, Day)>,
}

impl Told {
    /// The last date, if it stands near `at` in the same sentence.
    fn near(&self, line: &Line, at: usize) -> Option<Day> {
        let (end, day) = self.last?;
        let same = at < end + NEAR && line.chars.get(end..at)?.iter().all(|&c| !matches!(c, '。' | '！' | '？'));
        same.then_some(day)
    }
}

/// What a match is.
#[derive(Default)]
struct Reading {
    /// Its characters.
    length: usize,
    /// None for a date that stays as it is written.
    name: Option<String>,
    /// The day or month that it stands for or ends with.
    day: Option<Day>,
}

impl Reading {
    fn of(day: Option<Day>) -> Self {
        Self { name: day.map(Day::iso), day, length: 0 }
    }

    fn named(name: Option<String>) -> Self {
        Self { name, ..Self::default() }
    }
}

/// The reading of a match that starts at `at`; none if it is no date after all.
fn read(line: &Line, captures: &Captures, at: usize, told: &Told) -> Option<Reading> {
    let whole = captures.get(0)?.as_str();
    let mut length = whole.chars().count();
    // 2024年中|标, 3月底|线: the last character begins another word.
    if length > 2 && "初中末底春夏秋冬".contains(line.before(at + length)) && !line.parts_words(at + length) {
        let shorter = pattern::DATE.captures(line.text(at..at + length - 1))?;
        let is_all = shorter.get(0)?.as_str().chars().count() + 1 == length;
        return if is_all { read(line, &shorter, at, told) } else { None };
    }
    if line.before(at).is_ascii_digit() || matches!(line.before(at), '.' | '第' | '/' | '-') {
        return None;
    }
    let range = at..at + length;
    let mut reading = sort(line, captures, range, told)?;
    if let Some((more, end)) = reading.day.and_then(|day| until(line, at + length, day)) {
        length += more;
        reading.name = reading.name.map(|name| format!("{name}/{}", end.iso()));
        reading.day = Some(end);
    }
    Some(Reading { length, ..reading })
}

/// See [`pattern`] for the sorts.
fn sort(line: &Line, captures: &Captures, range: Range<usize>, told: &Told) -> Option<Reading> {
    let group = |name| captures.name(name).map(|group| group.as_str());
    if let Some(year) = group("year") {
        return in_year(line, captures, year, range, told);
    }
    if let Some(month) = group("only") {
        return without_year(line, captures, month, range, told);
    }
    if let Some(bare) = group("bare") {
        return bare_day(line, bare, range, told);
    }
    if group("numeric").is_some() {
        let number = |name| group(name).and_then(numeral);
        let after = line.at(range.end);
        let code = matches!(after, '.' | '/' | '-')
            || after.is_ascii_alphanumeric()
            || line.before(range.start).is_ascii_alphabetic();
        return Some(Reading::of(Some(Day::new(number("ny")?, number("nm"), number("nd"))?))).filter(|_| !code);
    }
    if let (Some(first), Some(last)) = (group("first").and_then(numeral), group("last").and_then(numeral)) {
        return (first < last).then(|| Reading::named(Some(format!("{first}/{last}"))));
    }
    if let (Some(from), Some(to)) = (group("from").and_then(numeral), group("to").and_then(numeral)) {
        if !(1..=12).contains(&from) || !(1..=12).contains(&to) || from >= to {
            return None;
        }
        let year = told.issue.map(|issue| calendar::year_of(to, issue, false));
        return Some(Reading::named(year.map(|year| months(year, from, to))));
    }
    if let Some(part) = group("alone") {
        let stands = line.parts_words(range.start) && line.parts_words(range.end);
        let months = told.issue.zip(calendar::part(part)).map(|(issue, (from, to))| months(issue.year, from, to));
        return stands.then(|| Reading::named(months));
    }
    if let Some(month) = group("ofmonth") {
        let issue = match month {
            "本月" => told.issue,
            "当月" => return None,
            _ => told.issue.and_then(Day::last_month),
        };
        let day = group("its").and_then(numeral);
        return Some(Reading::of(issue.and_then(|issue| Day::new(issue.year, issue.month, day))));
    }
    Some(Reading::default())
}

/// A date with a year, or with a word for one.
fn in_year(line: &Line, captures: &Captures, year: &str, range: Range<usize>, told: &Told) -> Option<Reading> {
    let group = |name| captures.name(name).map(|group| group.as_str());
    let number = match year {
        "当" | "同" => told.last.map(|(_, day)| day.year),
        "次" => told.last.map(|(_, day)| day.year + 1),
        "今" | "去" | "前" | "明" => told.issue.and_then(|issue| calendar::relative_year(year, issue.year)),
        _ => numeral(year),
    };
    let absolute = year.starts_with(|c: char| c.is_ascii_digit() || c == '二' || c == '一');
    if absolute {
        // 1500年历史, 1200年前: so many years. 2015级 is a class.
        let span = range.len() == 5 && is_span(line, range.end);
        if span || !number.is_some_and(|year| (1000..2200).contains(&year)) || line.at(range.end) == '级' {
            return None;
        }
    } else if range.len() == 2
        && (matches!(year, "当" | "同" | "次" | "前")
            || is_age(line, range.end)
            || "轻龄级头".contains(line.at(range.end)))
    {
        // 当年 and 前年 tell no date alone. 今年10岁 tells an age, 今年轻 another word.
        return None;
    }
    if let Some(part) = group("part") {
        return Some(Reading::named(
            number.zip(calendar::part(part)).map(|(year, (from, to))| months(year, from, to)),
        ));
    }
    // A new year's feast may fall in the year after, and ISO 8601 has no seasons.
    if group("feast").or(group("season")).is_some() {
        return Some(Reading::default());
    }
    let day = match number {
        Some(year) => Some(Day::new(year, group("month").and_then(numeral), group("day").and_then(numeral))?),
        None => None,
    };
    Some(Reading::of(day))
}

/// A month without a year.
fn without_year(line: &Line, captures: &Captures, month: &str, range: Range<usize>, told: &Told) -> Option<Reading> {
    let day = captures.name("on").map(|group| group.as_str());
    let number = numeral(month)?;
    let han = !month.starts_with(|c: char| c.is_ascii_digit());
    let bare = day.or(captures.name("decade").map(|group| group.as_str())).is_none();
    let before = line.before(range.start);
    // 三月 is three months as well, 十二月 is not.
    let counted = "龄租薪均供嫂".contains(line.at(range.end));
    let month_word = number >= 10 && (!is_name_char(before) || "在自从到今至".contains(before));
    if !(1..=12).contains(&number) || han && (bare && !month_word || before == '个') || bare && counted {
        return None;
    }
    let near = told.near(line, range.start).filter(|day| day.month.is_some_and(|month| month <= number));
    let year = match (near, told.issue) {
        (Some(day), _) => Some(day.year),
        (None, Some(issue)) => Some(calendar::year_of(number, issue, is_ahead(line, range.start))),
        (None, None) => None,
    };
    let date = match year {
        Some(year) => Some(Day::new(year, Some(number), day.and_then(numeral))?),
        None => None,
    };
    Some(Reading::of(date))
}

/// `19日` where a date before, or the issue, tells the month.
fn bare_day(line: &Line, bare: &str, range: Range<usize>, told: &Told) -> Option<Reading> {
    let before = line.before(range.start);
    let opens = !is_name_char(before) || "于至在自从到".contains(before);
    // 3日内, 5日游, 10日龄: so many days. 12/15日: no single one.
    let goes_on = "内游龄间均报常程志租后前之多余来".contains(line.at(range.end)) || "/-—~．.：:".contains(before);
    if !opens || goes_on || !line.parts_words(range.start) {
        return None;
    }
    let number = numeral(bare)?;
    let last = told.last.map(|(_, day)| day).filter(|day| day.month.is_some());
    let day = match (last, told.issue) {
        (Some(last), _) => Day::new(last.year, last.month, Some(number))?,
        (None, Some(issue)) if issue.day.is_some_and(|day| number <= day) => {
            Day::new(issue.year, issue.month, Some(number))?
        }
        (None, Some(issue)) => {
            issue.last_month().and_then(|month| Day::new(month.year, month.month, Some(number)))?
        }
        (None, None) => return None,
    };
    Some(Reading::of(Some(day)))
}

/// How many characters longer a period is than its start `from`, which ends at `at`, and when it ends.
fn until(line: &Line, at: usize, from: Day) -> Option<(usize, Day)> {
    from.month?;
    let captures = pattern::UNTIL.captures(line.text(at..(at + 16).min(line.len())))?;
    let number = |name| captures.name(name).map(|group| group.as_str()).and_then(numeral);
    let (month, day) = (number("month"), number("day"));
    // A day ends what begins with a day, a month what begins with a month; what has both is a date of its own.
    if month.is_some() == day.is_some() || day.is_some() != from.day.is_some() {
        return None;
    }
    let length = captures.get(0)?.as_str().chars().count();
    // 10月下旬至11月上旬
    if day.is_none() && "上中下初底末".contains(line.at(at + length)) {
        return None;
    }
    let end = Day::new(from.year, month.or(from.month), day)?;
    (end.iso() > from.iso()).then_some((length, end))
}

/// Whether the sentence says before `at` that it is to come.
fn is_ahead(line: &Line, at: usize) -> bool {
    let start = at.saturating_sub(AHEAD);
    let words = line.text(start..at);
    words
        .rsplit('。')
        .next()
        .is_some_and(|words| ["将", "拟", "定于", "预计", "截止", "截至"].iter().any(|word| words.contains(word)))
}

fn is_span(line: &Line, end: usize) -> bool {
    ["历史", "前", "来", "多", "以上", "间", "古"].iter().any(|word| line.starts_with(end, word))
        && !line.starts_with(end, "前后")
        && !line.starts_with(end, "来，")
}

/// Whether an age stands at `at`: 10岁, 七十岁, 八十有三, 刚满60岁.
fn is_age(line: &Line, at: usize) -> bool {
    let at = at
        + ["已经", "刚满", "已", "刚", "才", "整", "快"]
            .iter()
            .find(|word| line.starts_with(at, word))
            .map_or(0, |word| word.chars().count());
    let number = |c: &char| c.is_ascii_digit() || "零〇一二三四五六七八九十有".contains(*c);
    let digits = line.chars.get(at..).map_or(0, |rest| rest.iter().take(5).take_while(|c| number(c)).count());
    digits > 0
        && (line.at(at + digits) == '岁'
            || digits > 2 && !is_name_char(line.at(at + digits)) && line.at(at + digits - 2) == '有')
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
                ("1985年分了家", "1985年=1985"),
                ("二〇二三年三月", "二〇二三年三月=2023-03"),
                ("上世纪90年代末", "上世纪90年代末"),
                ("2024年中标", "2024年=2024"),
                ("建于八十年代初", "八十年代初"),
                ("去年冬天", "去年冬天"),
                ("自12月5日起", "12月5日=2024-12-05"),
                ("2024.5.12发布，2024-05-13修订", "2024.5.12=2024-05-12 2024-05-13"),
                ("建于上世纪八九十年代", "上世纪八九十年代"),
                ("2022年底开工", "2022年底=2022"),
                ("十二月复工", "十二月=2024-12"),
                ("本月15日，上个月", "本月15日=2024-11-15 上个月=2024-10"),
                ("去年腊月、去年冬至", "去年腊月 去年冬至"),
                ("较去年同期", "去年=2023"),
            ],
            found,
        );
    }

    #[test]
    fn periods_are_one() {
        table(
            &[
                ("4月至5月期间", "4月至5月=2024-04/2024-05"),
                ("3—5月", "3—5月=2024-03/2024-05"),
                ("今年上半年", "今年上半年=2024-01/2024-06"),
                ("今年前两个月", "今年前两个月=2024-01/2024-02"),
                ("第三季度办结", "第三季度=2024-07/2024-09"),
                ("9月16日至17日", "9月16日至17日=2024-09-16/2024-09-17"),
                ("9月28日至10月7日", "9月28日=2024-09-28 10月7日=2024-10-07"),
                ("2023年1月至6月", "2023年1月至6月=2023-01/2023-06"),
                ("自2023年10月1日起至2024年3月31日止", "2023年10月1日=2023-10-01 2024年3月31日=2024-03-31"),
                ("2021—2023年", "2021—2023年=2021/2023"),
                ("10月下旬至11月上旬", "10月下旬=2024-10 11月上旬=2024-11"),
                ("2023年11月至2024年2月", "2023年11月=2023-11 2024年2月=2024-02"),
            ],
            found,
        );
    }

    #[test]
    fn what_was_told_before_holds() {
        table(
            &[
                ("10月18日上午，19日下午", "10月18日=2024-10-18 19日=2024-10-19"),
                ("20日，街道", "20日=2024-11-20"),
                ("28日，街道", "28日=2024-10-28"),
                ("2019年5月动工，10月完工", "2019年5月=2019-05 10月=2019-10"),
                ("2019年5月动工，当年10月完工，次年3月", "2019年5月=2019-05 当年10月=2019-10 次年3月=2020-03"),
                ("2019年5月动工。10月18日验收", "2019年5月=2019-05 10月18日=2024-10-18"),
                ("定于1月5日开班", "1月5日=2025-01-05"),
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
                "今年10岁",
                "今年八十有三，",
                "3日内办结",
                "每月5日",
                "三月有余",
                "2023.11.31",
                "10.0.0.1",
                "2月30日",
                "一日三餐",
            ],
            found,
        );
    }
}
