//! Pictures made of characters, for a terminal. In: a table. Out: a bar for each of its rows, or a line of little columns for
//! each of its series.

use super::axis::Axis;
use super::data::Data;
use super::time::{Period, Times};
use crate::table::{Shape, Table};
use std::collections::BTreeMap;

/// Eighths of a character, from the left.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// Heights of a character.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar as long as `share` of `width` characters.
fn bar(share: f64, width: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default()
}

/// A bar for each row of a table that is drawn in bars, at most `width` characters long, and shaded where the value is below
/// zero; none where a picture of the table would be refused.
pub fn bars(table: &Table, width: usize) -> Option<Vec<String>> {
    let data = Data::of(table).ok().filter(|data| data.shape == Shape::Bars)?;
    let longest = data.values().into_iter().map(f64::abs).fold(0.0, f64::max);
    let of = |value: f64| {
        let share = if longest > 0.0 { value.abs() / longest } else { 0.0 };
        let bar = bar(share, width);
        if value < 0.0 { "░".repeat(bar.chars().count()) } else { bar }
    };
    Some(data.points.iter().map(|point| point.value.map_or_else(String::new, of)).collect())
}

/// For each series of a table that is drawn in lines its name, or that of the values, and a column for each time, `·` where there is no value; all in
/// one scale. None where a picture would be refused, or its times are more than `width`.
pub fn sparklines(table: &Table, width: usize) -> Option<Vec<(String, String)>> {
    let data = Data::of(table).ok().filter(|data| data.shape == Shape::Lines)?;
    let times = Times::new(data.points.iter().filter_map(|point| Period::of(point.x)));
    let periods = times.filled(width);
    if periods.is_empty() || periods.len() > width {
        return None;
    }
    let axis = Axis::with_zero(&data.values(), data.values, 4);
    let numbers: BTreeMap<Period, usize> = periods.iter().enumerate().map(|(at, period)| (*period, at)).collect();
    let mut lines: Vec<(&str, Vec<char>)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for point in &data.points {
        let line = *known.entry(&point.series).or_insert(lines.len());
        if line == lines.len() {
            lines.push((&point.series, vec!['·'; periods.len()]));
        }
        let at = Period::of(point.x).and_then(|period| numbers.get(&period));
        let place = lines.get_mut(line).zip(at).and_then(|((_, line), at)| line.get_mut(*at));
        if let (Some(place), Some(value)) = (place, point.value) {
            *place = HEIGHTS[((axis.share(value) * 8.0) as usize).min(7)];
        }
    }
    let named = |name: &str| if name.is_empty() { data.y.clone() } else { name.to_owned() };
    Some(lines.into_iter().map(|(name, line)| (named(name), line.into_iter().collect())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Column, Kind};

    fn table(shape: Shape, rows: &[(&str, &str, Option<f64>)]) -> Table {
        let columns = ["x", "series"].map(|name| Column::new(name, Kind::Text, ""));
        let columns = columns.into_iter().chain([Column::new("y", Kind::Number, "")]).collect();
        let mut table = Table::new("t", columns);
        table.rows = rows.iter().map(|(x, s, y)| vec![(*x).into(), (*s).into(), Cell::from(*y)]).collect();
        table.drawn(shape, "x", "y", Some("series").filter(|_| shape == Shape::Lines), None)
    }

    #[test]
    fn draws_bars_in_eighths() {
        assert_eq!([0.0, 0.125, 0.5, 0.96, 1.0, 7.0].map(|share| bar(share, 2)), ["", "▎", "█", "█▉", "██", "██"]);
        let table = table(Shape::Bars, &[("a", "", Some(4.0)), ("b", "", Some(-2.0)), ("c", "", None)]);
        assert_eq!(bars(&table, 4), Some(vec!["████".to_owned(), "░░".to_owned(), String::new()]));
        assert_eq!(sparklines(&table, 40), None);
    }

    #[test]
    fn draws_lines_with_gaps() {
        let rows = [
            ("2021", "云", Some(0.0)),
            ("2022", "云", Some(50.0)),
            ("2024", "云", Some(100.0)),
            ("2021", "杉", Some(100.0)),
        ];
        let table = table(Shape::Lines, &rows);
        let lines = |width| sparklines(&table, width);
        assert_eq!(lines(9), Some(vec![("云".to_owned(), "▁▅·█".to_owned()), ("杉".to_owned(), "█···".to_owned())]));
        assert_eq!((lines(2), bars(&table, 9)), (None, None));
    }
}
