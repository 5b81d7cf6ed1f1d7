//! One figure over the issues. In: which figures, and by which places they are told apart. Out: a table in which the figures of
//! one subject, place and quantity follow each other in time, each with what those before it and beside it say.
//!
//! | told                        | becomes                                                                     |
//! |-----------------------------|-----------------------------------------------------------------------------|
//! | `3公里`, `800米`            | both in the unit that is more frequent                                       |
//! | `从40%提升至55%`            | a level of 55 that began at 40, held against the level before it              |
//! | `下降20%`, `新增3台`        | a change; changes stand in series of their own, by what they are measured against |
//! | one figure in two articles  | one row, told twice                                                          |
//! | two figures for one time    | two rows, each naming the other's article; one article may mean two things   |

use super::coverage::Coverage;
use super::key::Key;
use super::metrics::Answer;
use super::select::Figures;
use crate::error::Result;
use crate::index::{Archive, Columns, Frame};
use crate::metric::size::base;
use crate::table::{Column, Kind, Row, Shape, Table};
use std::collections::BTreeMap;

/// How far an estimate may be from another figure of the same, as a share of the greater, before one contradicts the other.
const ESTIMATE: f64 = 0.1;

/// The places that tell series apart.
pub const PLACES: [Key; 3] = [Key::Community, Key::Grid, Key::Division];

/// Brings the figures of a subject together. `by` are [`PLACES`].
pub fn series(archive: &Archive, figures: &Figures, by: &[Key]) -> Result<Answer> {
    let frame = read(archive, figures)?;
    let units = common_units(&frame);
    let mut series: BTreeMap<Identity, Vec<Point>> = BTreeMap::new();
    for row in 0..frame.rows {
        let (identity, point) = point(&frame, row, by, &units);
        series.entry(identity).or_default().push(point);
    }
    let mut table = Table::new("series", columns_of(by));
    for (identity, points) in series {
        let points = linked(told_once(points));
        table.rows.extend(points.into_iter().map(|point| row(&identity, point)));
    }
    let line = by.first().map_or("subject", |key| key.as_str());
    let table = table.drawn(Shape::Lines, "time", "value", Some(line), Some("unit"));
    let mut coverage: Coverage = super::metrics::coverage(archive, &figures.articles, &[])?;
    if table.rows.is_empty() {
        coverage.notes.extend(figures.unknown(archive)?);
    }
    Ok(Answer { table, coverage })
}

/// What all figures of a series have in common: the names of the places, the subject, the unit, whether they are changes, which
/// way, and against what. A place that is not known comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    places: Vec<(bool, Option<String>)>,
    subject: Option<String>,
    unit: Option<String>,
    change: Option<String>,
    basis: Option<String>,
}

/// A figure in its series.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    /// ISO 8601; none where neither the figure nor its article says when.
    time: Option<String>,
    /// The number, or the ends of a range, in the unit of the series.
    ends: Option<(f64, f64)>,
    from: Option<f64>,
    approx: bool,
    bound: Option<String>,
    /// The places that it speaks of, whatever the series goes by.
    about: Vec<Option<String>>,
    text: String,
    /// Date of the article, its id, and the figure's place in its list.
    told: (Option<String>, String, usize),
    issue: String,
    /// How often it is told.
    times: usize,
    /// The level before it, and whether the level that it says it began at is that one.
    previous: Option<f64>,
    goes_on: Option<bool>,
    /// Ids of the articles that say otherwise, in order.
    against: Vec<String>,
}

const TEXTS: [&str; 13] = [
    "community",
    "grid",
    "division",
    "subject",
    "unit",
    "change",
    "basis",
    "time",
    "date",
    "bound",
    "text",
    "article",
    "issue",
];
const NUMBERS: [&str; 6] = ["value", "low", "high", "from", "approx", "ordinal"];

fn read(archive: &Archive, figures: &Figures) -> Result<Frame> {
    let decisions = archive.decisions()?;
    let columns = PLACES.iter().fold(Columns::default(), |columns, key| key.read(columns, None, &decisions));
    let columns = TEXTS.into_iter().skip(PLACES.len()).fold(columns, Columns::text);
    let columns = NUMBERS.into_iter().fold(columns, Columns::number);
    archive.frame(&*figures.find(archive)?, &columns)
}

fn text(frame: &Frame, row: usize, column: &str) -> Option<String> {
    let at = TEXTS.iter().position(|known| *known == column)?;
    frame.texts.get(at)?.at(row).map(str::to_owned)
}

fn number(frame: &Frame, row: usize, column: &str) -> Option<f64> {
    let at = NUMBERS.iter().position(|known| *known == column)?;
    frame.numbers.get(at)?.get(row).copied().filter(|number| !number.is_nan())
}

/// For each quantity the unit that its figures have most often; of equally frequent ones the first by characters.
fn common_units(frame: &Frame) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for unit in (0..frame.rows).filter_map(|row| text(frame, row, "unit")) {
        *counts.entry(base(&unit).0.to_owned()).or_default().entry(unit).or_default() += 1;
    }
    let most = |units: BTreeMap<String, usize>| units.into_iter().rev().max_by_key(|(_, count)| *count);
    counts.into_iter().filter_map(|(base, units)| Some((base, most(units)?.0))).collect()
}

fn point(frame: &Frame, row: usize, by: &[Key], units: &BTreeMap<String, String>) -> (Identity, Point) {
    let text = |column: &str| text(frame, row, column);
    let number = |column: &str| number(frame, row, column);
    let unit = text("unit");
    let common = unit.as_deref().and_then(|unit| units.get(base(unit).0)).cloned();
    // Of one unit nothing is reckoned, so that no figure changes in its last digit.
    let scale = match (&unit, &common) {
        (Some(unit), Some(common)) if unit != common => Some((base(unit).1, base(common).1)),
        _ => None,
    };
    let scaled = |number: f64| scale.map_or(number, |(from, to)| number * from / to);
    let about: Vec<Option<String>> = PLACES.iter().map(|key| text(key.as_str())).collect();
    // A change that is told with its start or as its end says how much there is.
    let is_level = number("from").is_some() || text("change").as_deref() == Some("reach");
    let change = text("change").filter(|_| !is_level);
    let place = |key: &Key| text(key.as_str());
    let identity = Identity {
        places: by.iter().map(place).map(|place| (place.is_none(), place)).collect(),
        subject: text("subject"),
        unit: common,
        basis: text("basis").filter(|_| change.is_some()),
        change,
    };
    let ends = number("value").map(|value| (value, value)).or_else(|| number("low").zip(number("high")));
    let point = Point {
        time: text("time").or_else(|| text("date")),
        ends: ends.map(|(low, high)| (scaled(low), scaled(high))),
        from: number("from").map(scaled),
        approx: number("approx") == Some(1.0),
        bound: text("bound"),
        about,
        text: text("text").unwrap_or_default(),
        told: (
            text("date"),
            text("article").unwrap_or_default(),
            number("ordinal").map_or(0, |ordinal| ordinal as usize),
        ),
        issue: text("issue").unwrap_or_default(),
        times: 1,
        previous: None,
        goes_on: None,
        against: Vec::new(),
    };
    (identity, point)
}

/// The points in order of time, those without one last, each that is told several times as it was told first.
fn told_once(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| {
        let time = |point: &Point| (point.time.is_none(), point.time.clone());
        time(a).cmp(&time(b)).then_with(|| (a.told.0.is_none(), &a.told).cmp(&(b.told.0.is_none(), &b.told)))
    });
    let mut once: Vec<Point> = Vec::new();
    for point in points {
        let of_then = once.iter_mut().rev().take_while(|known| known.time == point.time);
        let mut same = of_then.filter(|known| {
            let said = |point: &Point| (point.ends, point.from, point.approx, point.bound.clone());
            said(known) == said(&point) && known.about == point.about
        });
        match same.next() {
            Some(known) => known.times += 1,
            None => once.push(point),
        }
    }
    once
}

/// The points, each held against the one before it and those of the same time.
fn linked(mut points: Vec<Point>) -> Vec<Point> {
    for at in 0..points.len() {
        let (before, rest) = points.split_at_mut(at);
        let Some(point) = rest.first_mut() else { break };
        let earlier = before.iter_mut().rev().filter(|known| known.about == point.about);
        let mut level = None;
        for known in earlier {
            if known.time == point.time {
                if point.time.is_some()
                    && is_placed(point)
                    && known.told.1 != point.told.1
                    && contradict(known, point)
                {
                    known.against.push(point.told.1.clone());
                    point.against.push(known.told.1.clone());
                }
            } else {
                level = known.ends.filter(|_| point.time.is_some());
                break;
            }
        }
        point.previous = level.and_then(|(low, high)| (low == high).then_some(low));
        point.goes_on = point.from.zip(level).map(|(from, (low, high))| {
            let room = if point.approx { from.abs() * ESTIMATE } else { 0.0 };
            low - room <= from && from <= high + room
        });
    }
    for point in &mut points {
        point.against.sort();
        point.against.dedup();
    }
    points
}

/// Whether it says what it speaks of. Two figures of nobody knows what do not contradict each other.
fn is_placed(point: &Point) -> bool {
    point.about.iter().any(Option::is_some)
}

/// Whether two figures of one thing and time cannot both be right.
fn contradict(one: &Point, other: &Point) -> bool {
    let (Some(a), Some(b)) = (one.ends, other.ends) else { return false };
    let open = |point: &Point, (low, high): (f64, f64)| match point.bound.as_deref() {
        Some("min") => (low, f64::INFINITY),
        Some("max") => (f64::NEG_INFINITY, high),
        _ => (low, high),
    };
    let room = if one.approx || other.approx { a.1.abs().max(b.1.abs()) * ESTIMATE } else { 0.0 };
    let (a, b) = (open(one, a), open(other, b));
    a.1 + room < b.0 || b.1 + room < a.0
}

fn row(identity: &Identity, point: Point) -> Row {
    let value = point.ends.filter(|(low, high)| low == high).map(|(value, _)| value);
    let range = point.ends.filter(|(low, high)| low != high);
    let mut row: Row = identity.places.iter().map(|(_, place)| place.clone().into()).collect();
    row.extend([
        identity.subject.clone().into(),
        identity.unit.clone().into(),
        identity.change.clone().into(),
        identity.basis.clone().into(),
        point.time.into(),
        value.into(),
        range.map(|(low, _)| low).into(),
        range.map(|(_, high)| high).into(),
        point.from.into(),
        point.previous.into(),
        point.goes_on.into(),
        point.approx.into(),
        point.bound.into(),
        Some(point.against.join(" ")).filter(|against| !against.is_empty()).into(),
        point.times.into(),
        point.text.into(),
        point.issue.into(),
        point.told.1.into(),
        point.told.2.into(),
    ]);
    row
}

fn columns_of(by: &[Key]) -> Vec<Column> {
    let text = |name, about| Column::new(name, Kind::Text, about);
    let number = |name, about| Column::new(name, Kind::Number, about);
    let mut columns: Vec<Column> = by.iter().map(|key| key.column()).collect();
    columns.extend([
        Key::Subject.column(),
        text("unit", "unit of the series: of those of one quantity the most frequent"),
        text("change", "increase or decrease, of a series of changes; null for one of levels"),
        text("basis", "what the changes are measured against"),
        text("time", "when, ISO 8601, as exact as known: what the figure speaks of, else the date of its article"),
        number("value", "the number; null for a range"),
        number("low", "lower end of a range"),
        number("high", "upper end of a range"),
        number("from", "where it began, as it says itself"),
        number("previous", "the level before it in this series, of the same place"),
        Column::new(
            "goes_on",
            Kind::Boolean,
            "whether it began at the level before it; null where one of the two is unknown",
        ),
        Column::new("approx", Kind::Boolean, "whether it is given as about"),
        text("bound", "min or max"),
        text("contradicts", "ids of articles that give another number for the same place and time"),
        Column::new("told", Kind::Integer, "how often it is told; the columns behind are of the first time"),
        text("text", "the figure as it stands"),
        text("issue", "the issue"),
        text("article", "id of the article"),
        Column::new("ordinal", Kind::Integer, "its place among the figures of the article, from 0"),
    ]);
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(time: &str, value: f64, from: Option<f64>, article: &str) -> Point {
        Point {
            time: Some(time.to_owned()).filter(|time| !time.is_empty()),
            ends: Some((value, value)),
            from,
            approx: false,
            bound: None,
            about: vec![Some("云杉居民区".to_owned()), None, None],
            text: String::new(),
            told: (Some("2024-05".to_owned()), article.to_owned(), 0),
            issue: String::new(),
            times: 1,
            previous: None,
            goes_on: None,
            against: Vec::new(),
        }
    }

    #[test]
    fn chains_what_goes_on() {
        let points = vec![
            told("2024-06", 70.0, Some(55.0), "c"),
            told("2023", 40.0, None, "a"),
            told("2024-03", 55.0, Some(40.0), "b"),
            told("2024-09", 90.0, Some(75.0), "d"),
            told("", 1.0, None, "e"),
        ];
        let linked = linked(told_once(points));
        let shown: Vec<_> = linked.iter().map(|p| (p.told.1.as_str(), p.previous, p.goes_on)).collect();
        assert_eq!(
            shown,
            [
                ("a", None, None),
                ("b", Some(40.0), Some(true)),
                ("c", Some(55.0), Some(true)),
                ("d", Some(70.0), Some(false)),
                ("e", None, None)
            ]
        );
    }

    #[test]
    fn counts_a_repetition_and_names_a_contradiction() {
        let mut about = told("2024-03", 58.0, None, "about");
        about.approx = true;
        let mut least = told("2024-03", 50.0, None, "least");
        least.bound = Some("min".to_owned());
        let mut elsewhere = told("2024-03", 99.0, None, "elsewhere");
        elsewhere.about = vec![Some("青岚居民区".to_owned()), None, None];
        let points = vec![
            told("2024-03", 55.0, None, "a"),
            told("2024-03", 55.0, None, "b"),
            told("2024-03", 60.0, None, "c"),
            about,
            least,
            elsewhere,
        ];
        let linked = linked(told_once(points));
        let shown: Vec<_> = linked.iter().map(|p| (p.told.1.as_str(), p.times, p.against.join(" "))).collect();
        let expected = [("a", 2, "c"), ("about", 1, ""), ("c", 1, "a"), ("elsewhere", 1, ""), ("least", 1, "")];
        assert_eq!(shown, expected.map(|(article, times, against)| (article, times, against.to_owned())));
    }

    #[test]
    fn nobody_knows_what_contradicts_nothing() {
        let points = [("a", 1.0), ("b", 2.0)]
            .map(|(article, value)| Point { about: vec![None, None, None], ..told("2024", value, None, article) });
        assert!(linked(told_once(points.to_vec())).iter().all(|point| point.against.is_empty()));
    }
}
