//! Heat maps. In: points. Out: a field for each pair of names, the darker the more, with its number where all numbers fit, and
//! a legend of the colours.

use super::axis::{Axis, short};
use super::colour::{Tells, heat, ink_on};
use super::data::{Data, Point};
use super::names::{Names, Side};
use super::sheet::{At, Hold, Sheet};
use super::time::{Period, Times};
use super::{Body, FAINT, LEADING, MARGIN, Pt, SMALL, TEXT, Type, WIDEST, WIDTH, colour, font};
use crate::error::Result;
use crate::table::grouped;

/// Most rows and most columns.
const MOST: usize = 40;
/// Height of a field.
const FIELD: Pt = 14.0;
/// Least and greatest width of a field.
const WIDTHS: (Pt, Pt) = (12.0, 46.0);
/// Most room for the names of rows and of columns.
const NAMES: (Pt, Pt) = (170.0, 100.0);
/// Size of the legend's band.
const BAND: (Pt, Pt) = (150.0, 8.0);
/// Steps of the band.
const STEPS: usize = 60;

/// A heat map.
pub(super) struct Heat {
    columns: Vec<String>,
    rows: Vec<String>,
    /// Row by row.
    fields: Vec<Vec<Option<Field>>>,
    axis: Axis,
    tells: Tells,
    /// How names of columns stand.
    stand: Names,
    /// Width of a field, and room for names of rows and columns.
    field: Pt,
    names: (Pt, Pt),
    x: String,
    series: String,
    y: [(String, Type); 2],
}

struct Field {
    share: f64,
    /// Its number, where numbers are shown.
    label: Option<String>,
}

impl Heat {
    /// The heat map of `data`; `notes` says what is left out.
    pub(super) fn of(data: &Data<'_>, notes: &mut Vec<String>) -> Result<Self> {
        data.once_each()?;
        let columns = ordered(data, |point| Some((&point.x_name, Period::of(point.x)?)), |point| &point.x_name);
        let rows = ordered(data, |_| None, |point| &point.series);
        let [columns, rows] = [(columns, "columns"), (rows, "rows")].map(|(mut names, what)| {
            if names.len() > MOST {
                notes.push(format!("the first {MOST} of {} {what}", grouped(names.len() as u64)));
                names.truncate(MOST);
            }
            names
        });
        let at = |point: &Point<'_>| {
            let row = rows.iter().position(|name| *name == point.series)?;
            Some((row, columns.iter().position(|name| *name == point.x_name)?))
        };
        let drawn: Vec<(usize, usize, f64, &str)> = data
            .points
            .iter()
            .filter_map(|point| {
                at(point).zip(point.value).map(|((row, column), value)| (row, column, value, point.label.as_str()))
            })
            .collect();
        let values: Vec<f64> = drawn.iter().map(|(.., value, _)| *value).collect();
        let (tells, axis) = scale(&values, data);
        let labels: Vec<String> = drawn.iter().map(|(.., value, label)| short(*value, label, &values, 3)).collect();
        let wide = |text: &str, kind: Type| font::width(text, kind.size);
        let names = rows.iter().map(|name| wide(name, TEXT)).fold(20.0, f64::max).min(NAMES.0);
        let free = WIDEST - 2.0 * MARGIN - names - 6.0;
        let needed = labels.iter().map(|label| wide(label, SMALL) + 4.0).fold(WIDTHS.0, f64::max);
        let room = free / columns.len().max(1) as f64;
        let numbers = needed <= room;
        if !numbers {
            notes.push("numbers have no room in the fields; the table has them".to_owned());
        }
        let even = (WIDTH - 2.0 * MARGIN - names - 6.0) / columns.len().max(1) as f64;
        let field = even.clamp(if numbers { needed } else { WIDTHS.0 }, WIDTHS.1.max(needed)).min(room);
        let stand = Names::of(columns.iter().map(String::as_str), field, NAMES.1);
        let mut fields: Vec<Vec<Option<Field>>> =
            rows.iter().map(|_| columns.iter().map(|_| None).collect()).collect();
        for ((row, column, value, _), label) in drawn.iter().zip(labels) {
            if let Some(field) = fields.get_mut(*row).and_then(|row| row.get_mut(*column)) {
                *field = Some(Field { share: axis.share(*value), label: Some(label).filter(|_| numbers) });
            }
        }
        let series = data.series.clone().unwrap_or_default();
        Ok(Self {
            columns,
            rows,
            fields,
            axis,
            tells,
            stand,
            field,
            names: (names, stand.height),
            x: data.x.clone(),
            series,
            y: data.y_title(WIDTH - 2.0 * MARGIN),
        })
    }
}

/// Names in the order in which they come, or in that of time where all are times; missing times are put in.
fn ordered<'a>(
    data: &'a Data<'_>,
    time: impl Fn(&'a Point<'a>) -> Option<(&'a String, Period)>,
    name: impl Fn(&'a Point<'a>) -> &'a String,
) -> Vec<String> {
    let times: Option<Vec<Period>> = data.points.iter().map(|point| time(point).map(|(_, period)| period)).collect();
    if let Some(times) = times {
        return Times::new(times).filled(MOST).iter().map(Period::to_string).collect();
    }
    let mut names: Vec<String> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for point in &data.points {
        if known.insert(name(point)) {
            names.push(name(point).clone());
        }
    }
    names
}

/// What colours tell of `values`, and from where to where.
fn scale(values: &[f64], data: &Data<'_>) -> (Tells, Axis) {
    let farthest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    if values.iter().any(|value| *value < 0.0) {
        return (Tells::Side, Axis::with_zero(&[-farthest, farthest], data.values, 4).ending_at(farthest));
    }
    (Tells::Amount, Axis::with_zero(&[farthest], data.values, 4).ending_at(farthest))
}

impl Body for Heat {
    fn size(&self) -> (Pt, Pt) {
        let width = self.names.0 + 6.0 + self.columns.len() as f64 * self.field + 2.0;
        let legend = BAND.1 + 3.0 * LEADING;
        (width, legend + LEADING + self.names.1 + 5.0 + self.rows.len() as f64 * FIELD + 4.0)
    }

    fn draw(&self, sheet: &Sheet<'_>, (left, top): At) {
        self.band(sheet, (left, top));
        let top = top + BAND.1 + 3.0 * LEADING;
        let from = left + self.names.0 + 6.0;
        sheet.text(&self.x, (from, top + LEADING / 2.0), Hold::Start, FAINT);
        let foot = top + LEADING + self.names.1;
        sheet.text(&self.series, (left + self.names.0, foot - LEADING / 2.0 + 2.0), Hold::End, FAINT);
        for (at, name) in self.columns.iter().enumerate() {
            self.stand.set(sheet, name, (from + (at as f64 + 0.5) * self.field, foot), Side::Above, SMALL);
        }
        for (row, (name, fields)) in self.rows.iter().zip(&self.fields).enumerate() {
            let y = foot + 4.0 + row as f64 * FIELD;
            let name = font::cut(name, TEXT.size, self.names.0 + 0.01);
            sheet.text(&name, (left + self.names.0, y + FIELD / 2.0), Hold::End, TEXT);
            for (column, field) in fields.iter().enumerate() {
                self.field(sheet, field.as_ref(), (from + column as f64 * self.field, y), self.field);
            }
        }
    }
}

impl Heat {
    /// A field, or for a missing one the sign of a gap.
    fn field(&self, sheet: &Sheet<'_>, field: Option<&Field>, (x, y): At, width: Pt) {
        let (right, bottom) = (x + width - 0.6, y + FIELD - 0.6);
        let Some(field) = field else {
            sheet.line(&[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)], 0.3, colour::PALE);
            if self.tells == Tells::Side {
                // White is a value here.
                sheet.line(&[(x, bottom), (right, y)], 0.4, colour::PALE);
            }
            return;
        };
        let ground = heat(self.tells, field.share);
        sheet.rectangle((x, y), (right, bottom), ground);
        if let Some(label) = &field.label {
            let middle = ((x + right) / 2.0, (y + bottom) / 2.0);
            sheet.text(label, middle, Hold::Middle, Type { ink: ink_on(ground), ..SMALL });
        }
    }

    /// The legend: what the colours mean.
    fn band(&self, sheet: &Sheet<'_>, (left, top): At) {
        sheet.title(&self.y, (left, top + LEADING / 2.0));
        let (from, top) = (left + 14.0, top + LEADING + 2.0);
        for step in 0..STEPS {
            let at = |step: usize| from + step as f64 / STEPS as f64 * BAND.0;
            // A little over the next one, so that no white shows between two.
            let end = (at(step + 1) + 0.4).min(from + BAND.0);
            sheet.rectangle((at(step), top), (end, top + BAND.1), heat(self.tells, step as f64 / (STEPS - 1) as f64));
        }
        let mut before = f64::NEG_INFINITY;
        for (value, label) in &self.axis.ticks {
            let x = from + self.axis.share(*value) * BAND.0;
            let half = font::width(label, SMALL.size) / 2.0;
            if x - half > before + 6.0 {
                sheet.line(&[(x, top + BAND.1), (x, top + BAND.1 + 2.0)], 0.5, colour::GREY);
                sheet.text(label, (x, top + BAND.1 + 2.0 + LEADING / 2.0), Hold::Middle, FAINT);
                before = x + half;
            }
        }
        if self.fields.iter().flatten().any(Option::is_none) {
            let x = from + BAND.0 + 30.0;
            self.field(sheet, None, (x, top - 3.0), 14.0);
            sheet.text("no value", (x + 18.0, top + BAND.1 / 2.0), Hold::Start, FAINT);
        }
    }
}
