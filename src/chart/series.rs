//! Series of a picture. In: the points. Out: which series are drawn, and a legend that names them. A picture shows as many as
//! there are colours, marks and dashes that can be told apart.

use super::sheet::{At, Hold, Sheet};
use super::{LEADING, Pt, SMALL, colour, data::Data, font};
use crate::table::grouped;
use std::collections::BTreeMap;

/// Length of the sample before a name in a legend.
const SAMPLE: Pt = 32.0;
/// What follows a name.
const AFTER: Pt = 12.0;

/// The names of the series that are drawn: all, or those with the most values, of equals those with the greatest, and a note
/// that says so. In the order in which they come in the table.
pub(super) fn chosen(data: &Data<'_>, what: &str, notes: &mut Vec<String>) -> Vec<String> {
    let mut sums: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    for (at, point) in data.points.iter().enumerate() {
        let of = sums.entry(&point.series).or_insert((at, 0, 0.0));
        of.1 += usize::from(point.value.is_some());
        of.2 += point.value.map_or(0.0, f64::abs);
    }
    let mut all: Vec<_> = sums.into_iter().collect();
    all.sort_by(|(_, a), (_, b)| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
    let most = colour::SERIES.len();
    if all.len() > most {
        let of = grouped(all.len() as u64);
        notes.push(format!("{most} of {of} {what}: those with the most values, of equals the greatest"));
    }
    all.truncate(most);
    all.sort_by_key(|(_, (at, ..))| *at);
    all.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// A legend: names in rows, each with room for a sample before it.
pub(super) struct Legend {
    entries: Vec<(At, String)>,
    rows: usize,
}

impl Legend {
    /// The legend of `names` in a given width; empty for one that has no name.
    pub(super) fn of(names: &[String], width: Pt) -> Self {
        let (mut entries, mut x, mut row) = (Vec::new(), 0.0, 0);
        for name in names.iter().filter(|_| names.len() > 1 || names.iter().any(|name| !name.is_empty())) {
            let name = font::cut(name, SMALL.size, width / 2.0);
            let wide = SAMPLE + font::width(&name, SMALL.size) + AFTER;
            if x > 0.0 && x + wide > width {
                (x, row) = (0.0, row + 1);
            }
            entries.push(((x, (row as f64 + 0.5) * (LEADING + 1.0)), name));
            x += wide;
        }
        let rows = if entries.is_empty() { 0 } else { row + 1 };
        Self { entries, rows }
    }

    /// Its height.
    pub(super) fn height(&self) -> Pt {
        if self.rows == 0 { 0.0 } else { self.rows as f64 * (LEADING + 1.0) + 4.0 }
    }

    /// Draws it, each sample by `sample`, which is given its number and both ends.
    pub(super) fn draw(&self, sheet: &Sheet<'_>, at: At, sample: impl Fn(usize, At, At)) {
        for (number, ((x, y), name)) in self.entries.iter().enumerate() {
            let (x, y) = (at.0 + x, at.1 + y);
            sample(number, (x, y), (x + SAMPLE - 5.0, y));
            sheet.text(name, (x + SAMPLE, y), Hold::Start, SMALL);
        }
    }
}
