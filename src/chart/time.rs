//! Time on an axis. In: cells. Out: the days, months or years that they name, how far these lie apart, and where a run of
//! them has a gap.

use crate::table::Cell;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    first: Date,
    pub(super) grain: Grain,
}

/// A time may be further from the one before than the usual step, by this factor, before it counts as a gap: months have 28
/// to 31 days, and a weekly paper comes a day late.
const SLACK: f64 = 1.5;

impl Period {
    /// The time that a cell names: `2024`, `2024-05`, `2024-05-12`, a number of a year, a date.
    pub(super) fn of(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Date(first) => Some(Self { first: *first, grain: Grain::Day }),
            Cell::Integer(year) => Self::year(*year),
            Cell::Text(text) => Self::parse(text),
            Cell::Null | Cell::Number(_) | Cell::Boolean(_) => None,
        }
    }

    fn year(year: i64) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
        Some(Self { first: Date::new(year, 1, 1).ok()?, grain: Grain::Year })
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4 && digits(year))?;
        let mut next = || match parts.next() {
            None => Some(None),
            Some(part) if part.len() == 2 && digits(part) => part.parse::<i8>().ok().map(Some),
            Some(_) => None,
        };
        let (month, day) = (next()?, next()?);
        if parts.next().is_some() {
            return None;
        }
        let grain = match (month, day) {
            (None, _) => return Self::year(year.parse().ok()?),
            (Some(_), None) => Grain::Month,
            (Some(_), Some(_)) => Grain::Day,
        };
        let first = Date::new(year.parse().ok()?, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { first, grain })
    }

    /// Where it lies among times of this grain, counted in years, months or days. One that is known less exactly lies in its
    /// middle.
    pub(super) fn place(self, grain: Grain) -> f64 {
        let months = f64::from(self.first.year()) * 12.0 + f64::from(self.first.month()) - 1.0;
        match (grain, self.grain) {
            (Grain::Year, _) => f64::from(self.first.year()),
            (Grain::Month, Grain::Year) => months + 5.5,
            (Grain::Month, _) => months,
            (Grain::Day, Grain::Year) => day_number(self.first) + 182.0,
            (Grain::Day, Grain::Month) => day_number(self.first) + 14.0,
            (Grain::Day, Grain::Day) => day_number(self.first),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.grain {
            Grain::Year => write!(f, "{:04}", self.first.year()),
            Grain::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Grain::Day => write!(f, "{}", self.first),
        }
    }
}

fn day_number(day: Date) -> f64 {
    let epoch = Date::constant(1970, 1, 1);
    (day.duration_since(epoch).as_hours() / 24) as f64
}

/// Times in their order.
#[derive(Clone, Debug)]
pub(super) struct Times {
    /// How exactly the most exact of them are known: the unit of their places.
    pub(super) grain: Grain,
    /// Each time once.
    pub(super) periods: Vec<Period>,
}

impl Times {
    /// The times of `periods`.
    pub(super) fn new(periods: impl IntoIterator<Item = Period>) -> Self {
        let known: BTreeSet<Period> = periods.into_iter().collect();
        let grain = known.iter().map(|period| period.grain).max().unwrap_or(Grain::Year);
        let mut periods: Vec<Period> = known.into_iter().collect();
        periods.sort_by(|a, b| a.place(grain).total_cmp(&b.place(grain)).then(a.cmp(b)));
        Self { grain, periods }
    }

    /// The number of a time among them.
    pub(super) fn number(&self, period: Period) -> Option<usize> {
        let key = (period.place(self.grain), period);
        let order = |other: &Period| other.place(self.grain).total_cmp(&key.0).then(other.cmp(&key.1));
        self.periods.binary_search_by(order).ok()
    }

    /// Which share of the way from the first to the last a place lies at; the middle if there is one only.
    pub(super) fn share(&self, place: f64) -> f64 {
        let of = |period: Option<&Period>| period.map_or(0.0, |period| period.place(self.grain));
        let (first, last) = (of(self.periods.first()), of(self.periods.last()));
        if last > first { (place - first) / (last - first) } else { 0.5 }
    }

    /// The place of each.
    pub(super) fn places(&self) -> Vec<f64> {
        self.periods.iter().map(|period| period.place(self.grain)).collect()
    }

    /// How far two may lie apart with nothing missing between them; none where they come without a rule. Years and months
    /// have the step that is commonest, the shortest of equals. Days have the median, if half of all steps are near it.
    pub(super) fn reach(&self) -> Option<f64> {
        let places = self.places();
        let mut steps: Vec<f64> = places.windows(2).map(|two| two[1] - two[0]).filter(|step| *step > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        let step = match self.grain {
            Grain::Day => {
                let median = *steps.get(steps.len() / 2)?;
                let near = steps.iter().filter(|step| (*step / median - 1.0).abs() <= 0.25).count();
                (near * 2 >= steps.len()).then_some(median)?
            }
            Grain::Year | Grain::Month => commonest(&steps)?,
        };
        Some(step * SLACK)
    }

    /// The times with those between them that are missing by the commonest step, if they are years or months and no more than
    /// `most` together.
    pub(super) fn filled(&self, most: usize) -> Vec<Period> {
        let mut steps: Vec<f64> = self.places().windows(2).map(|two| two[1] - two[0]).collect();
        steps.sort_by(f64::total_cmp);
        let even = self.periods.iter().all(|period| period.grain == self.grain) && self.grain != Grain::Day;
        let (Some(step), Some(first), true) = (commonest(&steps), self.periods.first(), even) else {
            return self.periods.clone();
        };
        let mut all = BTreeSet::from_iter(self.periods.iter().copied());
        let (mut next, step) = (*first, step as i64);
        while all.len() <= most && self.periods.last().is_some_and(|last| next < *last) {
            let span = if self.grain == Grain::Year {
                jiff::Span::new().try_years(step)
            } else {
                jiff::Span::new().try_months(step)
            };
            let Some(day) = span.ok().and_then(|span| next.first.checked_add(span).ok()) else { break };
            next = Period { first: day, grain: self.grain };
            if self.periods.last().is_some_and(|last| next < *last) {
                all.insert(next);
            }
        }
        if all.len() > most { self.periods.clone() } else { all.into_iter().collect() }
    }

    /// Labels along an axis from the first to the last, with their places; `fits` says whether so many fit side by side.
    pub(super) fn labels(&self, fits: impl Fn(usize) -> bool) -> Vec<(f64, String)> {
        let (Some(first), Some(last)) = (self.periods.first(), self.periods.last()) else { return Vec::new() };
        if self.periods.len() <= 12 && fits(self.periods.len()) && self.is_even() {
            return self.periods.iter().map(|period| (period.place(self.grain), period.to_string())).collect();
        }
        let months = |period: &Period| i64::from(period.first.year()) * 12 + i64::from(period.first.month()) - 1;
        let (from, to) = (months(first), months(last));
        let least = if self.grain == Grain::Year { 12 } else { 1 };
        for step in
            [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000].into_iter().filter(|s| *s >= least)
        {
            let firsts: Vec<i64> = (from.div_euclid(step)..=to.div_euclid(step)).map(|at| at * step).collect();
            if !fits(firsts.len()) {
                continue;
            }
            let grain = if step >= 12 { Grain::Year } else { Grain::Month };
            let named = |month: i64| {
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
                let start = Period { first, grain: self.grain };
                Some((start.place(self.grain), Period { first, grain }.to_string()))
            };
            let within = first.place(self.grain)..=last.place(self.grain);
            let labels: Vec<_> =
                firsts.into_iter().filter_map(named).filter(|(place, _)| within.contains(place)).collect();
            if !labels.is_empty() {
                return labels;
            }
        }
        vec![(first.place(self.grain), first.to_string())]
    }

    /// Whether no two lie so near that their labels would run together.
    fn is_even(&self) -> bool {
        let places = self.places();
        let whole = places.last().zip(places.first()).map_or(0.0, |(last, first)| last - first);
        let least = places.windows(2).map(|two| two[1] - two[0]).fold(f64::INFINITY, f64::min);
        places.len() < 2 || least * (places.len() - 1) as f64 >= whole * 0.5
    }
}

/// The commonest of ordered steps; the shortest of equals.
fn commonest(steps: &[f64]) -> Option<f64> {
    let mut best: Option<(usize, f64)> = None;
    for run in steps.chunk_by(|a, b| a == b) {
        if best.is_none_or(|(count, _)| run.len() > count) {
            best = run.first().map(|step| (run.len(), *step));
        }
    }
    best.map(|(_, step)| step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(texts: &[&str]) -> Times {
        Times::new(texts.iter().filter_map(|text| Period::of(&Cell::from(*text))))
    }

    fn shown(periods: &[Period]) -> String {
        periods.iter().map(Period::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_times() {
        let read = ["2024", "2024-05", "2024-05-12", "2024-13", "2024-5", "24", "2024-02-30", "春", "2024-05-12-1"];
        let read =
            read.map(|text| Period::of(&Cell::from(text)).map_or("–".to_owned(), |period| period.to_string()));
        assert_eq!(read, ["2024", "2024-05", "2024-05-12", "–", "–", "–", "–", "–", "–"]);
        assert_eq!(Period::of(&Cell::Integer(2024)).map(|period| period.to_string()).as_deref(), Some("2024"));
        assert_eq!(Period::of(&Cell::Integer(7)), None);
    }

    #[test]
    fn orders_and_finds_gaps() {
        let months = times(&["2024-07", "2023-12", "2024-01", "2024-02", "2024-02"]);
        assert_eq!(shown(&months.periods), "2023-12 2024-01 2024-02 2024-07");
        assert_eq!(months.reach(), Some(1.5));
        assert_eq!(months.periods.iter().filter_map(|period| months.number(*period)).sum::<usize>(), 6);
        assert_eq!(months.share(months.periods[1].place(Grain::Month)), 1.0 / 7.0);
        assert_eq!(shown(&months.filled(40)), "2023-12 2024-01 2024-02 2024-03 2024-04 2024-05 2024-06 2024-07");
        assert_eq!(shown(&months.filled(6)), "2023-12 2024-01 2024-02 2024-07");
        assert_eq!(times(&["2020", "2022", "2024", "2025"]).reach(), Some(3.0));
        let weeks = times(&["2024-01-05", "2024-01-12", "2024-01-19", "2024-02-02"]);
        assert_eq!(weeks.reach(), Some(10.5));
        assert_eq!(times(&["2024-01-05", "2024-01-06", "2024-02-19", "2024-12-02"]).reach(), None);
        assert_eq!(times(&["2024"]).reach(), None);
        assert_eq!(shown(&times(&["2024-03-01", "2024", "2024-02"]).periods), "2024-02 2024-03-01 2024");
    }

    #[test]
    fn labels_what_fits() {
        let months = times(&["2021-03", "2021-04", "2024-11"]);
        let labels = |most: usize| {
            let labels = months.labels(|count| count <= most);
            labels.into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(5), "2022 2023 2024");
        assert_eq!(labels(9), "2021-07 2022-01 2022-07 2023-01 2023-07 2024-01 2024-07");
        assert_eq!(labels(2), "2021-03");
        let even = times(&["2021-03", "2022-08", "2024-11"]).labels(|_| true);
        assert_eq!(even.len(), 3, "few that lie apart are all named");
    }
}
