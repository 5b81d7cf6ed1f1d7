//! What is to be drawn. In: a table with its plot. Out: a point for each of its rows, all in one unit.

use super::axis::{Values, minus};
use super::sheet::{BESIDE, Type};
use super::{FAINT, Pt, TEXT, font};
use crate::error::{Error, Result, printable};
use crate::table::{Cell, Kind, Shape, Table, read_cell};
use std::collections::BTreeMap;

/// Most units that a refusal lists.
const LISTED: usize = 6;

/// The points of a picture.
#[derive(Clone, Debug)]
pub(super) struct Data<'a> {
    pub(super) shape: Shape,
    /// A point for each row, in the order of the rows.
    pub(super) points: Vec<Point<'a>>,
    /// What `x`, the values and `series` are called.
    pub(super) x: String,
    pub(super) y: String,
    pub(super) series: Option<String>,
    /// The unit of all values, where the table has a column for it.
    pub(super) unit: Option<String>,
    /// What the column of values means.
    pub(super) about: String,
    pub(super) values: Values,
}

/// A row that is drawn.
#[derive(Clone, Debug)]
pub(super) struct Point<'a> {
    pub(super) x: &'a Cell,
    pub(super) x_name: String,
    pub(super) series: String,
    pub(super) value: Option<f64>,
    /// The value as it is read.
    pub(super) label: String,
}

impl<'a> Data<'a> {
    /// The points of `table`.
    pub(super) fn of(table: &'a Table) -> Result<Self> {
        let plot = table.plot.as_ref().ok_or_else(|| no_picture(table))?;
        let column = |at: usize| table.columns.get(at).ok_or_else(|| no_picture(table));
        let (x, y) = (column(plot.x)?, column(plot.y)?);
        let values = match y.kind {
            Kind::Integer => Values::Whole,
            Kind::Number => Values::Any,
            Kind::Text | Kind::Boolean | Kind::Date => return Err(no_picture(table)),
        };
        let unit = plot.unit.map(|at| one_unit(table, at)).transpose()?.flatten();
        let point = |row: &'a Vec<Cell>| {
            let cell = |at: usize| row.get(at).unwrap_or(&Cell::Null);
            let name = |at: usize| match (cell(at), table.columns.get(at)) {
                (Cell::Null, _) | (_, None) => "(none)".to_owned(),
                (cell, Some(column)) => harmless(&read_cell(cell, &column.name)),
            };
            let value = match cell(plot.y) {
                Cell::Integer(number) => Some(*number as f64),
                Cell::Number(number) => Some(*number).filter(|number| number.is_finite()),
                _ => None,
            };
            let label = minus(&read_cell(cell(plot.y), &y.name));
            Point {
                x: cell(plot.x),
                x_name: match plot.detail.filter(|&at| cell(at) != &Cell::Null) {
                    Some(detail) => format!("{}（{}）", name(plot.x), name(detail)),
                    None => name(plot.x),
                },
                series: plot.series.map_or_else(String::new, name),
                value,
                label,
            }
        };
        let spaced = |name: &str| harmless(&name.replace('_', " "));
        Ok(Self {
            shape: plot.shape,
            points: table.rows.iter().map(point).collect(),
            x: spaced(&x.name),
            y: spaced(&y.name),
            series: plot.series.and_then(|at| table.columns.get(at)).map(|column| spaced(&column.name)),
            unit,
            about: harmless(&y.about),
            values,
        })
    }

    /// The values that there are.
    pub(super) fn values(&self) -> Vec<f64> {
        self.points.iter().filter_map(|point| point.value).collect()
    }

    /// The name of the values with their unit.
    pub(super) fn y_with_unit(&self) -> String {
        self.unit.as_ref().map_or_else(|| self.y.clone(), |unit| format!("{} ({unit})", self.y))
    }

    /// Their name with their unit, and what they mean where both fit in `width`, in the types that they are set in.
    pub(super) fn y_title(&self, width: Pt) -> [(String, Type); 2] {
        let name = font::cut(&self.y_with_unit(), TEXT.size, width);
        let left = width - font::width(&name, TEXT.size) - BESIDE;
        let about = if left > 60.0 { font::cut(&self.about, FAINT.size, left) } else { String::new() };
        [(name, TEXT), (about, FAINT)]
    }

    /// Refuses a picture in which one place would have several values.
    pub(super) fn once_each(&self) -> Result<()> {
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for point in &self.points {
            *places.entry((&point.x_name, &point.series)).or_default() += 1;
        }
        let Some(((x, series), count)) = places.into_iter().find(|(_, count)| *count > 1) else { return Ok(()) };
        let of = if series.is_empty() { String::new() } else { format!(" of {series}") };
        Err(Error::Usage(format!(
            "{count} rows are for {x}{of}, and a picture has room for one; group by fewer keys, or choose among them with a query"
        )))
    }
}

/// `text` as it can stand in a picture: what would act on a terminal as escapes, and what XML forbids as U+FFFD.
pub(super) fn harmless(text: &str) -> String {
    printable(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

fn no_picture(table: &Table) -> Error {
    Error::Usage(format!(
        "the table {} has no picture; leave --chart out, or write its rows with --output and draw them elsewhere",
        printable(&table.name)
    ))
}

/// The one unit that all rows are in; none where no row states any.
fn one_unit(table: &Table, at: usize) -> Result<Option<String>> {
    let mut units: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let unit = match row.get(at) {
            None | Some(Cell::Null) => String::new(),
            Some(cell) => harmless(&read_cell(cell, "unit")),
        };
        *units.entry(unit).or_default() += 1;
    }
    if units.len() <= 1 {
        return Ok(units.into_keys().next().filter(|unit| !unit.is_empty()));
    }
    let mut named: Vec<(String, usize)> = units.into_iter().collect();
    named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let name = |unit: &String| if unit.is_empty() { "(none)".to_owned() } else { unit.clone() };
    let listed: Vec<String> = named.iter().take(LISTED).map(|(unit, _)| name(unit)).collect();
    let more = if named.len() > LISTED { ", …" } else { "" };
    let first = named.iter().map(|(unit, _)| unit).find(|unit| !unit.is_empty()).map_or("", String::as_str);
    Err(Error::Usage(format!(
        "the values are in {} units ({}{more}), and a picture shows one; choose it: --unit {first}",
        named.len(),
        listed.join(", ")
    )))
}
