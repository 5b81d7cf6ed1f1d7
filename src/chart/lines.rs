//! Lines over time. In: points. Out: a line for each series, each with a colour, a mark and a pattern of its own, along an
//! axis of true time. Where values are missing there is no line; a gap is not a zero.

use super::axis::Axis;
use super::data::Data;
use super::names::{Names, Side};
use super::series::{Legend, chosen};
use super::sheet::{At, Hold, Sheet, Type};
use super::time::{Grain, Period, Times};
use super::{Body, FAINT, LEADING, MARGIN, Pt, SMALL, TEXT, WIDTH, colour, font};
use crate::table::{Cell, grouped};
use plotters::style::RGBColor;
use std::collections::BTreeMap;

/// Height of the field of lines.
const FIELD: Pt = 190.0;
/// From a mark to the next one on its line, at least.
const APART: Pt = 12.0;
/// White between the ends of the field and the first and last point.
const INSIDE: Pt = 8.0;
/// Radius of a mark.
const MARK: Pt = 2.4;
/// Points of a single line above which they have no marks: there is nothing to tell it from.
const MARKED: usize = 40;
/// Most names along an axis that has no times.
const NAMES: usize = 40;
/// Most room for them from top to bottom.
const LONGEST: Pt = 110.0;

/// Lengths of dashes and gaps; none for a whole line.
const DASHES: [Option<(Pt, Pt)>; 8] = [
    None,
    Some((6.0, 2.5)),
    Some((2.0, 2.0)),
    Some((10.0, 3.0)),
    Some((4.0, 4.0)),
    Some((8.0, 1.5)),
    Some((1.0, 2.5)),
    Some((3.0, 1.2)),
];

/// A picture of lines.
pub(super) struct Lines {
    /// The runs of each series.
    series: Vec<Vec<Vec<Point>>>,
    legend: Legend,
    axis: Axis,
    /// Labels of the axis below, with their shares of its length.
    labels: Vec<(f64, String)>,
    /// How labels stand.
    stand: Names,
    /// Room for numbers left of the field.
    left: Pt,
    x: String,
    y: [(String, Type); 2],
}

/// What a series says of a time.
#[derive(Clone, Debug)]
struct Point {
    /// The number of the time.
    at: usize,
    /// Its share of the lower axis.
    x: f64,
    /// Shares of the axis of values.
    values: Vec<f64>,
}

/// Where points lie along the lower axis.
enum Along {
    Times(Times),
    Names(Vec<String>),
}

impl Lines {
    /// The lines of `data`; `notes` says what is left out.
    pub(super) fn of(data: &Data<'_>, notes: &mut Vec<String>) -> Self {
        let names = chosen(data, "lines", notes);
        let along = Along::of(data, notes);
        let width = WIDTH - 2.0 * MARGIN;
        let shown = |series: &str| names.iter().any(|name| name == series);
        let values: Vec<f64> = data.points.iter().filter(|p| shown(&p.series)).filter_map(|p| p.value).collect();
        let axis = Axis::near(&values, data.values, 6);
        if !axis.has_zero() {
            notes.push("the axis of values does not begin at zero".to_owned());
        }
        let left = axis.ticks.iter().map(|(_, label)| font::width(label, SMALL.size)).fold(0.0, f64::max) + 6.0;
        let (labels, stand) = along.labels(width - left - 20.0);
        let series: Vec<Vec<Vec<Point>>> = names.iter().map(|name| runs(data, name, &along, &axis)).collect();
        let several = series.iter().flatten().flatten().filter(|point| point.values.len() > 1).count();
        if several > 0 {
            let times = if several == 1 { "time has" } else { "times have" };
            notes.push(format!(
                "{} {times} several values of one line: a mark each, and an upright line through them",
                grouped(several as u64)
            ));
        }
        let legend = Legend::of(&names, width);
        Self { series, legend, axis, labels, stand, left, x: data.x.clone(), y: data.y_title(width) }
    }

    fn below(&self) -> Pt {
        self.stand.height + 4.0
    }
}

impl Along {
    fn of(data: &Data<'_>, notes: &mut Vec<String>) -> Self {
        let times = Times::new(data.points.iter().filter_map(|point| Period::of(point.x)));
        if times.periods.is_empty() {
            let mut names: Vec<String> = Vec::new();
            for point in &data.points {
                if !names.contains(&point.x_name) && names.len() <= NAMES {
                    names.push(point.x_name.clone());
                }
            }
            if names.len() > NAMES {
                names.truncate(NAMES);
                notes.push(format!("the first {NAMES} along the lower axis"));
            }
            return Self::Names(names);
        }
        let timeless = data.points.iter().filter(|point| Period::of(point.x).is_none()).count();
        if timeless > 0 {
            let rows = if timeless == 1 { "row without a date is" } else { "rows without a date are" };
            notes.push(format!("{} {rows} not drawn", grouped(timeless as u64)));
        }
        Self::Times(times)
    }

    /// The number of a cell among the times or names, and its share of the axis.
    fn place(&self, cell: &Cell, name: &str) -> Option<(usize, f64)> {
        match self {
            Self::Names(names) => {
                let at = names.iter().position(|other| other == name)?;
                let last = names.len().saturating_sub(1);
                Some((at, if last == 0 { 0.5 } else { at as f64 / last as f64 }))
            }
            Self::Times(times) => {
                let period = Period::of(cell)?;
                let at = times.number(period)?;
                Some((at, times.share(period.place(times.grain))))
            }
        }
    }

    /// Labels that fit in `room`, with their shares, and how they stand.
    fn labels(&self, room: Pt) -> (Vec<(f64, String)>, Names) {
        match self {
            Self::Names(names) => {
                let last = names.len().saturating_sub(1);
                let share = |at: usize| if last == 0 { 0.5 } else { at as f64 / last as f64 };
                let stand = Names::of(names.iter().map(String::as_str), room / names.len().max(1) as f64, LONGEST);
                (names.iter().enumerate().map(|(at, name)| (share(at), name.clone())).collect(), stand)
            }
            Self::Times(times) => {
                let widest = match times.grain {
                    Grain::Year => "2024",
                    Grain::Month => "2024-05",
                    Grain::Day => "2024-05-12",
                };
                let wide = font::width(widest, SMALL.size) + 8.0;
                let labels = times.labels(|count| count as f64 * wide <= room + wide);
                let stand = Names::of(std::iter::empty(), room, room);
                (labels.into_iter().map(|(place, label)| (times.share(place), label)).collect(), stand)
            }
        }
    }
}

/// The points of one series in their order: those of one time together, in runs with nothing missing between them. A time
/// with several values is a run by itself: no line could say through which of them it goes.
fn runs(data: &Data<'_>, name: &str, along: &Along, axis: &Axis) -> Vec<Vec<Point>> {
    let mut points: BTreeMap<usize, Point> = BTreeMap::new();
    for point in data.points.iter().filter(|point| point.series == name) {
        let (Some((at, x)), Some(value)) = (along.place(point.x, &point.x_name), point.value) else { continue };
        points.entry(at).or_insert(Point { at, x, values: Vec::new() }).values.push(axis.share(value));
    }
    let (places, reach) = match along {
        Along::Times(times) => (times.places(), times.reach()),
        Along::Names(_) => (Vec::new(), None),
    };
    let joined = |a: &Point, b: &Point| {
        let near = places.get(a.at).zip(places.get(b.at)).zip(reach).is_none_or(|((a, b), reach)| b - a <= reach);
        b.at - a.at == 1 && near && a.values.len() == 1 && b.values.len() == 1
    };
    let points: Vec<Point> = points.into_values().collect();
    points.chunk_by(joined).map(<[Point]>::to_vec).collect()
}

impl Body for Lines {
    fn size(&self) -> (Pt, Pt) {
        (WIDTH - 2.0 * MARGIN, self.legend.height() + LEADING + 7.0 + FIELD + self.below() + LEADING + 4.0)
    }

    fn draw(&self, sheet: &Sheet<'_>, (left, top): At) {
        self.legend.draw(sheet, (left, top), |series, from, to| {
            stroke(sheet, series, &[from, to]);
            mark(sheet, series, ((from.0 + to.0) / 2.0, from.1));
        });
        let top = top + self.legend.height();
        sheet.title(&self.y, (left, top + LEADING / 2.0));
        let top = top + LEADING + 7.0;
        let (from, to, bottom) = (left + self.left, left + self.size().0 - 12.0, top + FIELD);
        let up = |share: f64| bottom - share * FIELD;
        let across = |share: f64| from + INSIDE + share * (to - from - 2.0 * INSIDE);
        for (value, label) in &self.axis.ticks {
            let y = up(self.axis.share(*value));
            sheet.line(&[(from, y), (to, y)], 0.4, colour::PALE);
            sheet.text(label, (from - 4.0, y), Hold::End, FAINT);
        }
        for (share, label) in &self.labels {
            let x = across(*share);
            sheet.line(&[(x, bottom), (x, bottom + 2.5)], 0.5, colour::GREY);
            self.stand.set(sheet, label, (x, bottom + 3.0), Side::Below, FAINT);
        }
        sheet.text(&self.x, ((from + to) / 2.0, bottom + self.below() + LEADING / 2.0 + 2.0), Hold::Middle, TEXT);
        sheet.line(&[(from, top), (from, bottom)], 0.5, colour::GREY);
        sheet.line(&[(from, bottom), (to, bottom)], 0.5, colour::GREY);
        if self.axis.has_zero() {
            let zero = up(self.axis.share(0.0));
            sheet.line(&[(from, zero), (to, zero)], 0.7, colour::INK);
        }
        let plain = self.series.len() == 1 && self.series.iter().flatten().flatten().count() > MARKED;
        for (series, runs) in self.series.iter().enumerate() {
            for run in runs {
                let places = run.iter().flat_map(|point| point.values.iter().map(|y| (across(point.x), up(*y))));
                let places: Vec<At> = places.collect();
                if let [Point { values, .. }] = run.as_slice()
                    && values.len() > 1
                {
                    spread(sheet, series, &places);
                } else {
                    stroke(sheet, series, &places);
                    if !plain || places.len() == 1 {
                        marks(sheet, series, &places);
                    }
                }
            }
        }
    }
}

fn stroke(sheet: &Sheet<'_>, series: usize, points: &[At]) {
    if points.len() < 2 {
        return;
    }
    match DASHES.get(series % DASHES.len()).copied().flatten() {
        None => sheet.line(points, 1.2, colour::series(series)),
        Some(dashes) => sheet.dashes(points, 1.2, colour::series(series), dashes),
    }
}

/// Several values of one time: a mark each, and an upright line through them.
fn spread(sheet: &Sheet<'_>, series: usize, places: &[At]) {
    let top = places.iter().fold(f64::INFINITY, |top, (_, y)| top.min(*y));
    let foot = places.iter().fold(f64::NEG_INFINITY, |foot, (_, y)| foot.max(*y));
    if let Some((x, _)) = places.first() {
        sheet.line(&[(*x, top), (*x, foot)], 0.5, colour::series(series));
    }
    places.iter().for_each(|place| mark(sheet, series, *place));
}

/// Marks along a run: at both ends, and between them where they do not crowd.
fn marks(sheet: &Sheet<'_>, series: usize, run: &[At]) {
    let mut before = (f64::NEG_INFINITY, 0.0);
    for (at, point) in run.iter().enumerate() {
        if at + 1 == run.len() || (point.0 - before.0).hypot(point.1 - before.1) >= APART {
            mark(sheet, series, *point);
            before = *point;
        }
    }
}

/// A mark: disc, square, triangle, diamond, triangle on its head, plus, cross, ring.
fn mark(sheet: &Sheet<'_>, series: usize, (x, y): At) {
    let ink: RGBColor = colour::series(series);
    let r = MARK;
    let shape = |points: &[At]| {
        let points: Vec<At> = points.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect();
        sheet.polygon(&points, ink);
    };
    match series % 8 {
        0 => sheet.disc((x, y), r, ink),
        1 => shape(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => shape(&[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)]),
        3 => shape(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        4 => shape(&[(0.0, 1.2), (1.15, -0.9), (-1.15, -0.9)]),
        5 => {
            sheet.line(&[(x - 1.3 * r, y), (x + 1.3 * r, y)], 1.2, ink);
            sheet.line(&[(x, y - 1.3 * r), (x, y + 1.3 * r)], 1.2, ink);
        }
        6 => {
            sheet.line(&[(x - r, y - r), (x + r, y + r)], 1.2, ink);
            sheet.line(&[(x - r, y + r), (x + r, y - r)], 1.2, ink);
        }
        _ => {
            sheet.disc((x, y), r, ink);
            sheet.disc((x, y), r * 0.5, colour::WHITE);
        }
    }
}
