//! Bars. In: points. Out: a bar for each, from left to right, its name before it and its number at its end, so that Han names
//! stand upright and whole.

use super::axis::{Axis, short};
use super::data::{Data, Point};
use super::series::{Legend, chosen};
use super::sheet::{At, BESIDE, Hold, Sheet, Type};
use super::{Body, FAINT, LEADING, MARGIN, Pt, SMALL, TEXT, WIDTH, colour, font};
use crate::error::Result;
use crate::table::grouped;
use std::collections::BTreeMap;

/// Most bars: more have no room on a page.
const MOST: usize = 40;
/// Room for one bar from top to bottom.
const ROW: Pt = 12.5;
/// Its thickness.
const THICK: Pt = 8.5;
/// White between names.
const GAP: Pt = 4.0;
/// Most room for names, as a share of the width.
const NAMES: f64 = 0.42;

/// A picture of bars.
pub(super) struct Bars {
    groups: Vec<Group>,
    axis: Axis,
    legend: Legend,
    /// Width of the names.
    names: Pt,
    /// Room for numbers left of the shortest and right of the longest bar.
    numbers: (Pt, Pt),
    x: String,
    y: [(String, Type); 2],
}

/// A name with its bars.
struct Group {
    name: Vec<String>,
    bars: Vec<Bar>,
}

struct Bar {
    value: Option<f64>,
    label: String,
    series: usize,
}

impl Bars {
    /// The bars of `data`; `notes` says what is left out.
    pub(super) fn of(data: &Data<'_>, notes: &mut Vec<String>) -> Result<Self> {
        let series = chosen(data, "series", notes);
        let width = WIDTH - 2.0 * MARGIN;
        let mut named: Vec<(&str, Vec<(usize, &Point<'_>)>)> = Vec::new();
        if data.series.is_some() {
            data.once_each()?;
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for point in &data.points {
                let Some(at) = series.iter().position(|name| *name == point.series) else { continue };
                let place = *places.entry(&point.x_name).or_insert(named.len());
                match named.get_mut(place) {
                    Some((_, bars)) => bars.push((at, point)),
                    None => named.push((&point.x_name, vec![(at, point)])),
                }
            }
            named.iter_mut().for_each(|(_, bars)| bars.sort_by_key(|(series, _)| *series));
        } else {
            named.extend(data.points.iter().map(|point| (point.x_name.as_str(), vec![(0, point)])));
        }
        let all: usize = named.iter().map(|(_, bars)| bars.len()).sum();
        let mut room = MOST;
        named.retain(|(_, bars)| {
            let fits = bars.len() <= room;
            room = if fits { room - bars.len() } else { 0 };
            fits
        });
        let drawn: usize = named.iter().map(|(_, bars)| bars.len()).sum();
        if drawn < all {
            notes.push(format!("the first {drawn} of {} bars", grouped(all as u64)));
        }
        let wide = |name: &str| font::width(name, TEXT.size);
        let names = named.iter().map(|(name, _)| wide(name)).fold(wide(&data.x), f64::max).min(NAMES * width);
        let values: Vec<f64> = named.iter().flat_map(|(_, bars)| bars).filter_map(|(_, point)| point.value).collect();
        let group = |(name, bars): &(&str, Vec<(usize, &Point<'_>)>)| Group {
            name: font::lines(name, TEXT.size, names + 0.01, 2),
            bars: bars
                .iter()
                .map(|(series, point)| {
                    let number = |value| short(value, &point.label, &values, 4);
                    Bar {
                        value: point.value,
                        label: point.value.map_or_else(|| point.label.clone(), number),
                        series: *series,
                    }
                })
                .collect(),
        };
        let groups: Vec<Group> = named.iter().map(group).collect();
        let bars = || groups.iter().flat_map(|group| &group.bars);
        let room = |below: bool| {
            let of_side = bars().filter(|bar| (bar.value.unwrap_or(0.0) < 0.0) == below);
            of_side.map(|bar| font::width(&bar.label, SMALL.size) + 5.0).fold(0.0, f64::max)
        };
        let numbers = (room(true), room(false).max(8.0));
        let free = width - names - 6.0 - numbers.0 - numbers.1;
        let axis = fitting(free, |ticks| Axis::with_zero(&values, data.values, ticks));
        let legend = Legend::of(&series, width);
        Ok(Self { groups, axis, legend, names, numbers, x: data.x.clone(), y: data.y_title(width) })
    }
}

/// The axis with the most ticks, six at most, whose labels stand apart in `room`.
pub(super) fn fitting(room: Pt, axis: impl Fn(usize) -> Axis) -> Axis {
    let fits = |axis: &Axis| {
        let widest = axis.ticks.iter().map(|(_, label)| font::width(label, SMALL.size)).fold(0.0, f64::max);
        axis.ticks.len() as f64 * (widest + 10.0) <= room + widest
    };
    [6, 5, 4, 3].into_iter().map(&axis).find(fits).unwrap_or_else(|| axis(2))
}

impl Group {
    fn height(&self) -> Pt {
        let name = self.name.len() as f64 * LEADING;
        name.max(self.bars.len() as f64 * if self.bars.len() > 1 { THICK + 2.0 } else { ROW - GAP }) + GAP
    }
}

impl Body for Bars {
    fn size(&self) -> (Pt, Pt) {
        let rows: Pt = self.groups.iter().map(Group::height).sum();
        (WIDTH - 2.0 * MARGIN, self.legend.height() + LEADING + rows + 3.0 + 2.0 * LEADING + 4.0)
    }

    fn draw(&self, sheet: &Sheet<'_>, (left, top): At) {
        self.legend.draw(sheet, (left, top), |series, from, to| {
            sheet.rectangle((from.0, from.1 - 3.5), (to.0, to.1 + 3.5), colour::series(series));
        });
        let top = top + self.legend.height();
        let rows: Pt = self.groups.iter().map(Group::height).sum();
        let (from, to) = (left + self.names + 6.0 + self.numbers.0, left + self.size().0 - self.numbers.1);
        let along = |value: f64| from + self.axis.share(value) * (to - from);
        sheet.text(&self.x, (left + self.names, top + LEADING / 2.0), Hold::End, FAINT);
        let (top, bottom) = (top + LEADING, top + LEADING + rows + 3.0);
        for (value, label) in &self.axis.ticks {
            let x = along(*value);
            sheet.line(&[(x, top), (x, bottom)], 0.4, colour::PALE);
            sheet.line(&[(x, bottom), (x, bottom + 2.5)], 0.5, colour::GREY);
            sheet.text(label, (x, bottom + 2.5 + LEADING / 2.0), Hold::Middle, FAINT);
        }
        let wide: Pt = self.y.iter().map(|(text, kind)| font::width(text, kind.size)).sum::<Pt>() + BESIDE;
        // Under the middle of the axis, but on the paper.
        let start = ((from + to - wide) / 2.0).min(left + self.size().0 - wide).max(left);
        sheet.title(&self.y, (start, bottom + 4.0 + LEADING * 1.5));
        let mut y = top + GAP / 2.0;
        for group in &self.groups {
            group.draw(sheet, (left + self.names, y), along);
            y += group.height();
        }
        sheet.line(&[(along(0.0), top), (along(0.0), bottom)], 0.7, colour::INK);
        sheet.line(&[(from, bottom), (to, bottom)], 0.5, colour::GREY);
    }
}

impl Group {
    /// Draws the name, which ends at `right`, and the bars behind it.
    fn draw(&self, sheet: &Sheet<'_>, (right, top): At, along: impl Fn(f64) -> Pt) {
        let middle = top + (self.height() - GAP) / 2.0;
        let first = middle - (self.name.len() as f64 - 1.0) / 2.0 * LEADING;
        for (at, line) in self.name.iter().enumerate() {
            sheet.text(line, (right, first + at as f64 * LEADING), Hold::End, TEXT);
        }
        let step = THICK + 2.0;
        let mut y = middle - (self.bars.len() as f64 - 1.0) / 2.0 * step;
        for bar in &self.bars {
            let (zero, end) = (along(0.0), along(bar.value.unwrap_or(0.0)));
            sheet.rectangle(
                (zero.min(end), y - THICK / 2.0),
                (zero.max(end), y + THICK / 2.0),
                colour::series(bar.series),
            );
            let below = bar.value.is_some_and(|value| value < 0.0);
            let (at, hold) = if below { (end - 3.0, Hold::End) } else { (end + 3.0, Hold::Start) };
            sheet.text(&bar.label, (at, y), hold, SMALL);
            y += step;
        }
    }
}
