//! What a table rests on. In: the articles behind it, and the issues of the archive. Out: a [`Coverage`]: how much text that
//! is, and which issues are missing from the run, so that no trend is taken for one of the city that is one of the archive.

use super::group::Groups;
use crate::error::Result;
use crate::index::{Archive, Columns, Request, schema::row};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::query::Query;

/// Most numbers that may be missing in one place; more is another newsletter, or another way of counting.
const WIDEST: i64 = 400;

/// What a table rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Version of the archive that was counted in (`Archive::version`).
    pub archive: String,
    /// Issues that the articles are of.
    pub issues: u64,
    /// Articles.
    pub articles: u64,
    /// Characters of their titles and paragraphs, in Unicode scalar values.
    pub characters: u64,
    /// Date of the earliest and of the latest article, as exact as known; null where no article has one.
    pub dates: Option<[String; 2]>,
    /// Articles without a date.
    pub undated: u64,
    /// The same for each year or month, where a table goes by them; in order, those without a date last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
    /// What else must be known to read the table right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Issues that the archive lacks between the first and the last of a run, whatever was asked for.
    pub gaps: Vec<Gap>,
}

/// What one year or month rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// ISO 8601; null for articles whose date is not known so exactly.
    pub period: Option<String>,
    /// Issues that have articles of then.
    pub issues: u64,
    /// Articles.
    pub articles: u64,
    /// Characters of their titles and paragraphs.
    pub characters: u64,
}

/// What is missing from one run of issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The run: the names of its issues, with `#` for each of their numbers.
    pub run: String,
    /// The year in which its numbers begin anew; null where they go on over the years, or are months themselves.
    pub year: Option<i64>,
    /// The printed numbers, or the months, that no issue has, in order.
    pub missing: Vec<String>,
}

impl Coverage {
    /// The coverage of a table that rests on the articles that `articles` finds.
    pub fn of(archive: &Archive, articles: &dyn Query) -> Result<Self> {
        let answer = Request::default().terms("date").terms("issue_id").sum("characters").run(archive, articles)?;
        let dated = answer.terms("date");
        let dates = || dated.iter().map(|bucket| &bucket.name);
        Ok(Self {
            archive: archive.version()?,
            issues: answer.terms("issue_id").len() as u64,
            articles: answer.rows,
            characters: answer.sum("characters"),
            dates: dates().min().zip(dates().max()).map(|(first, last)| [first.clone(), last.clone()]),
            undated: answer.without(&dated),
            gaps: gaps(archive)?,
            ..Self::default()
        })
    }

    /// Says that a range of dates leaves out articles because they have none.
    pub(super) fn leaves_out(&mut self, undated: u64) {
        if undated > 0 {
            self.notes.push(format!("{undated} articles without a date are left out by --since and --until"));
        }
    }

    /// The coverage with each period by itself, which `period` reads from a date.
    pub(super) fn by(
        mut self,
        archive: &Archive,
        articles: &dyn Query,
        period: fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let columns = Columns::default().text_read("date", period).text("issue_id").number("characters");
        let frame = archive.frame(articles, &columns)?;
        let (Some(periods), Some(issues), Some(lengths)) =
            (frame.texts.first(), frame.texts.get(1), frame.numbers.first())
        else {
            return Ok(self);
        };
        let groups = Groups::of(frame.rows, |_| true, &[periods]);
        let (sizes, issues, lengths) = (
            groups.sizes(),
            groups.distinct(issues),
            groups.of_numbers(lengths, |lengths| lengths.iter().sum::<f64>()),
        );
        for group in 0..groups.len() {
            self.periods.push(Period {
                period: groups.codes(group).first().and_then(|&code| periods.get(code)).map(str::to_owned),
                issues: issues[group],
                articles: sizes[group],
                characters: lengths[group] as u64,
            });
        }
        self.periods.sort_by_key(|period| (period.period.is_none(), period.period.clone()));
        Ok(self)
    }
}

/// The gaps of all runs of an archive, in order of runs and years.
fn gaps(archive: &Archive) -> Result<Vec<Gap>> {
    let mut runs: BTreeMap<String, Vec<Issue>> = BTreeMap::new();
    archive.each(row::ISSUE, &[], ["issue", "number", "date"], |[issue, number, date]| {
        let name = issue.unwrap_or_default();
        let issue = Issue { number: number.and_then(only_number), month: date.and_then(month) };
        runs.entry(run(name)).or_default().push(issue);
    })?;
    Ok(runs.into_iter().flat_map(|(run, issues)| missing(&run, &issues)).collect())
}

/// An issue's place in its run.
struct Issue {
    number: Option<i64>,
    month: Option<i64>,
}

/// `name` with `#` for each of the numbers that change from issue to issue: from a year on all of them, else the last. What
/// stands before may be the number of a place.
fn run(name: &str) -> String {
    let parts: Vec<&str> = name.split_inclusive(|c: char| !c.is_ascii_digit()).collect();
    let digits = |part: &&str| part.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
    let is_year = |part: &&str| matches!(digits(part).as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _, ..]);
    let first = parts.iter().position(is_year).or_else(|| parts.iter().rposition(|part| !digits(part).is_empty()));
    let shown = |(at, part): (usize, &&str)| {
        let digits = digits(part);
        let changes = !digits.is_empty() && first.is_some_and(|first| at >= first);
        if changes { part.replacen(&digits, "#", 1) } else { (*part).to_owned() }
    };
    parts.iter().enumerate().map(shown).collect()
}

/// The number that a printed one has, if it has one only: `第12期`, `12`.
fn only_number(printed: &str) -> Option<i64> {
    let mut digits = printed.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.next().filter(|_| digits.next().is_none())?.parse().ok()
}

/// Months since year 0 of an ISO 8601 date that is known to the month.
fn month(date: &str) -> Option<i64> {
    let (year, month) = (date.get(..4)?.parse::<i64>().ok()?, date.get(5..7)?.parse::<i64>().ok()?);
    Some(year * 12 + month - 1)
}

fn missing(run: &str, issues: &[Issue]) -> Vec<Gap> {
    let numbered: Vec<(i64, Option<i64>)> =
        issues.iter().filter_map(|issue| Some((issue.number?, issue.month))).collect();
    let gap = |year, missing: Vec<String>| Gap { run: run.to_owned(), year, missing };
    if numbered.len() * 2 > issues.len() {
        if goes_on(&numbered) {
            return between(numbered.iter().map(|(number, _)| *number), 1)
                .map(|all| gap(None, all.iter().map(i64::to_string).collect()))
                .into_iter()
                .collect();
        }
        let mut years: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (number, month) in numbered {
            month.into_iter().for_each(|month| years.entry(month.div_euclid(12)).or_default().push(number));
        }
        let of_year = |(year, numbers): (i64, Vec<i64>)| {
            between(numbers.into_iter(), 1).map(|all| gap(Some(year), all.iter().map(i64::to_string).collect()))
        };
        return years.into_iter().filter_map(of_year).collect();
    }
    let months: BTreeSet<i64> = issues.iter().filter_map(|issue| issue.month).collect();
    let named = |month: &i64| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    between(months.iter().copied(), step(&months))
        .map(|all| gap(None, all.iter().map(named).collect()))
        .into_iter()
        .collect()
}

/// Whether numbers grow with the months, over the turn of years as well.
fn goes_on(numbered: &[(i64, Option<i64>)]) -> bool {
    let mut dated: Vec<(i64, i64)> = numbered.iter().filter_map(|&(number, month)| Some((month?, number))).collect();
    dated.sort_unstable();
    dated.windows(2).all(|two| two[0].1 < two[1].1)
}

/// How many months lie between two issues most often; of equally frequent steps the shortest.
fn step(months: &BTreeSet<i64>) -> i64 {
    let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
    let ordered: Vec<i64> = months.iter().copied().collect();
    ordered.windows(2).for_each(|two| *steps.entry(two[1] - two[0]).or_default() += 1);
    let most = steps.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    most.map_or(1, |(step, _)| *step)
}

/// What is missing from `numbers` between their first and their last, in steps; nothing where nothing is.
fn between(numbers: impl Iterator<Item = i64>, step: i64) -> Option<Vec<i64>> {
    let known: BTreeSet<i64> = numbers.collect();
    let mut missing = Vec::new();
    let mut before: Option<i64> = None;
    for &number in &known {
        if let Some(before) = before.filter(|before| number - before <= WIDEST) {
            missing.extend((1..).map(|times| before + times * step).take_while(|missed| *missed < number));
        }
        before = Some(number);
    }
    (!missing.is_empty()).then_some(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(issues: &[(&str, &str)]) -> Vec<(Option<i64>, String)> {
        let issue = |&(number, date): &(&str, &str)| Issue { number: only_number(number), month: month(date) };
        let issues: Vec<Issue> = issues.iter().map(issue).collect();
        missing("栗山-#", &issues).into_iter().map(|gap| (gap.year, gap.missing.join(" "))).collect()
    }

    #[test]
    fn tells_runs_by_their_names() {
        assert_eq!(run("栗山-2024-03"), "栗山-#-#");
        assert_eq!(run("栗山报第120期"), "栗山报第#期");
        assert_eq!([run("n0412-2009-05-12"), run("n0413-2009-05-12")], ["n0412-#-#-#", "n0413-#-#-#"]);
        assert_eq!([run("3村-20240105"), run("3村报12"), run("村报")], ["3村-#", "3村报#", "村报"]);
    }

    #[test]
    fn finds_what_is_missing() {
        let on = [("第98期", "2023-11"), ("第99期", "2023-12"), ("第101期", "2024-02"), ("104", "2024-05")];
        assert_eq!(of(&on), [(None, "100 102 103".to_owned())]);
        let anew = [("11", "2023-11"), ("12", "2023-12"), ("1", "2024-01"), ("3", "2024-03")];
        assert_eq!(of(&anew), [(Some(2024), "2".to_owned())]);
        let months = [("", "2024-01"), ("", "2024-03-15"), ("", "2024-05"), ("", "2024-09"), ("", "")];
        assert_eq!(of(&months), [(None, "2024-07".to_owned())]);
        assert_eq!(of(&[("", "2023"), ("", "2025")]), []);
        assert_eq!(of(&[("1", "2024-01"), ("20240301", "2024-03")]), [], "another way of counting");
        assert_eq!(of(&[]), []);
    }
}
