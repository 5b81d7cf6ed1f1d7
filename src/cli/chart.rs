//! Pictures of tables, for all commands whose answer is one: as a file, and in characters beside the table on a terminal.

use super::complain;
use super::print::Rows;
use super::table::coverage_lines;
use crate::chart::{Caption, Format, bars_of_text, draw, sparklines};
use crate::error::{Error, printable, typed};
use crate::stats::Coverage;
use crate::table::{Kind, NewFile, Table, read_cell};
use std::io::Write;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

/// Columns of a terminal that bars take, at least and at most.
const BARS: std::ops::RangeInclusive<usize> = 8..=24;
/// Most lines of little columns below a table.
const SPARKS: usize = 20;

/// Arguments of a picture.
#[derive(Debug, clap::Args)]
pub(super) struct ChartArgs {
    /// Draw the table as well: bars, lines or a heat map, as FILE.svg or FILE.png.
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

impl ChartArgs {
    /// The file to draw into.
    pub(super) fn path(&self) -> Option<&Path> {
        self.chart.as_deref()
    }

    /// What cannot be done, before anything is counted for it.
    pub(super) fn check(&self, force: bool) -> Result<(), Error> {
        let Some(path) = &self.chart else { return Ok(()) };
        Format::of_path(path)?;
        NewFile::create(path, force).map(drop)
    }

    /// Draws `table` into its file, if one was asked for.
    pub(super) fn write(&self, table: &Table, coverage: Option<&Coverage>, force: bool) -> Result<(), Error> {
        let Some(path) = &self.chart else { return Ok(()) };
        let format = Format::of_path(path)?;
        // How much each period has stands beside the table.
        let whole = |coverage: &Coverage| Coverage { periods: Vec::new(), ..coverage.clone() };
        let coverage = coverage.map(|coverage| coverage_lines(&whole(coverage))).unwrap_or_default();
        let picture = draw(table, &Caption { command: command_line(), coverage })?;
        let bytes = picture.bytes(format)?;
        let mut file = NewFile::create(path, force)?;
        file.write_all(&bytes).map_err(|cause| file.failed(cause))?;
        file.keep()?;
        picture.notes().iter().for_each(|note| complain(&format!("{}: {note}", printable(&path.to_string_lossy()))));
        Ok(())
    }
}

/// The command that is running, as it can be typed again.
pub(super) fn command_line() -> String {
    let words = std::env::args_os().skip(1).map(|word| typed(&word.to_string_lossy()));
    std::iter::once("jiebao".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// A table as it is read: the names of its columns, which of them are set flush right, and its cells.
struct Shown<'a> {
    names: Vec<&'a str>,
    right: Vec<bool>,
    cells: Vec<Vec<String>>,
}

/// Columns of a terminal that a column of text needs at least; what is longer is wrapped.
const TEXT: usize = 24;

impl Shown<'_> {
    /// How wide a column is, with a space on either side and one before the next column.
    fn width(&self, at: usize) -> usize {
        let cells = self.cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        let widest = if self.right[at] { cells } else { cells.min(TEXT) };
        widest.max(self.names[at].width()) + 3
    }

    fn remove(&mut self, at: usize) {
        self.names.remove(at);
        self.right.remove(at);
        self.cells.iter_mut().filter(|row| at < row.len()).for_each(|row| drop(row.remove(at)));
    }

    /// Whether no row says anything in a column.
    fn is_empty(&self, at: usize) -> bool {
        self.cells.iter().filter_map(|row| row.get(at)).all(|cell| matches!(cell.as_str(), "–" | "0" | "no"))
    }
}

/// The table as text, numbers rounded to what a reader takes in; on a terminal of so many `columns` without those that have no
/// room, and with bars or little columns where there is.
pub(super) fn for_reading(table: &Table, columns: Option<usize>) -> String {
    let is_number = |kind: Kind| matches!(kind, Kind::Integer | Kind::Number);
    let read =
        |row: &Vec<_>| row.iter().zip(&table.columns).map(|(cell, column)| read_cell(cell, &column.name)).collect();
    let mut shown = Shown {
        names: table.columns.iter().map(|column| column.name.as_ref()).collect(),
        right: table.columns.iter().map(|column| is_number(column.kind)).collect(),
        cells: table.rows.iter().map(read).collect(),
    };
    let left_out = columns.map(|columns| fit(&mut shown, table, columns)).unwrap_or_default();
    if let Some((at, bars)) = columns.and_then(|columns| bars_beside(table, &shown, columns)) {
        shown.names.insert(at, "");
        shown.right.insert(at, false);
        shown.cells.iter_mut().zip(bars).for_each(|(row, bar)| row.insert(at.min(row.len()), bar));
    }
    let mut rows = Rows::aligned(shown.names, shown.right);
    shown.cells.into_iter().for_each(|row| rows.push(row));
    let lines = columns.map(|columns| lines_below(table, columns)).unwrap_or_default();
    let left_out = match &left_out[..] {
        [] => String::new(),
        some => {
            let told = format!("no room for {}; a wider terminal or --format csv has all columns", some.join(", "));
            super::print::wrapped(&told, columns).iter().fold("\n".to_owned(), |text, line| text + line + "\n")
        }
    };
    format!("{rows}{lines}{left_out}")
}

/// Takes columns away until the rest fits into `columns`: first those that say nothing, then numbers from the right, but not the
/// one that is drawn. Says which.
fn fit<'a>(shown: &mut Shown<'a>, table: &Table, columns: usize) -> Vec<&'a str> {
    let drawn = table.plot.as_ref().map(|plot| table.columns[plot.y].name.as_ref());
    let mut left_out = Vec::new();
    while (0..shown.names.len()).map(|at| shown.width(at)).sum::<usize>() > columns + 1 {
        let numbers = || (0..shown.names.len()).rev().filter(|&at| shown.right[at] && Some(shown.names[at]) != drawn);
        let others = || (0..shown.names.len()).rev().filter(|&at| !shown.right[at] && shown.is_empty(at));
        let Some(at) =
            numbers().find(|&at| shown.is_empty(at)).or_else(|| others().next()).or_else(|| numbers().next())
        else {
            break;
        };
        left_out.push(shown.names[at]);
        shown.remove(at);
    }
    left_out.sort_by_key(|name| table.position(name));
    left_out
}

/// Bars for the rows, and before which column they stand; none where the table leaves no room.
fn bars_beside(table: &Table, shown: &Shown<'_>, columns: usize) -> Option<(usize, Vec<String>)> {
    let is_cut = |row: &Vec<String>| row.iter().any(|cell| cell.width() > TEXT);
    if shown.cells.iter().any(is_cut) {
        return None;
    }
    let taken: usize = (0..shown.names.len()).map(|at| shown.width(at)).sum();
    let room = columns.checked_sub(taken + 3).filter(|room| room >= BARS.start())?;
    let drawn = table.columns.get(table.plot.as_ref()?.y)?.name.as_ref();
    let at = shown.names.iter().position(|name| *name == drawn)? + 1;
    Some((at, bars_of_text(table, room.min(*BARS.end()))?))
}

/// A line of little columns for each series, below the table.
fn lines_below(table: &Table, columns: usize) -> String {
    let Some(lines) = sparklines(table, columns / 2) else { return String::new() };
    let widest = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(columns / 3);
    let mut text = String::from("\n");
    for (name, line) in lines.iter().take(SPARKS) {
        let name = super::print::wrapped(name, Some(widest.max(1))).into_iter().next().unwrap_or_default();
        let space = " ".repeat(widest.saturating_sub(name.width()));
        text.push_str(&format!(" {name}{space}  {line}\n"));
    }
    if lines.len() > SPARKS {
        text.push_str(&format!(" … {} more\n", lines.len() - SPARKS));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Column, Shape};

    fn table(shape: Shape) -> Table {
        let columns = vec![
            Column::new("year", Kind::Text, ""),
            Column::new("n", Kind::Integer, ""),
            Column::new("z", Kind::Text, ""),
        ];
        let mut table = Table::new("t", columns);
        let rows = [("2021", 4), ("2022", 1), ("2024", 3)];
        table.rows = rows.map(|(x, y)| vec![x.into(), Cell::Integer(y), "云".into()]).into();
        table.drawn(shape, "year", "n", None, None)
    }

    #[test]
    fn leaves_out_what_has_no_room() {
        let text = |name| Column::new(name, Kind::Text, "");
        let number = |name| Column::new(name, Kind::Integer, "");
        let mut table = Table::new("t", vec![text("name"), number("count"), number("none"), number("large")]);
        table.rows = vec![vec!["云".into(), Cell::Integer(3), Cell::Integer(0), Cell::Integer(1_000_000)]];
        let table = table.drawn(Shape::Bars, "name", "count", None, None);
        let names = |columns: usize| for_reading(&table, Some(columns)).lines().next().unwrap_or_default().to_owned();
        assert_eq!(names(33), " name   count   none       large");
        assert_eq!(names(26), " name   count       large");
        assert_eq!(names(14), " name   count");
        let narrow = for_reading(&table, Some(14)).replace('\n', " ");
        assert!(narrow.contains("no room for none, large"), "{narrow}");
        assert!(!for_reading(&table, None).contains("no room"));
    }

    #[test]
    fn draws_where_there_is_room() {
        let shown = for_reading(&table(Shape::Bars), Some(30));
        assert!(shown.contains(" 2021   4   ███████████   云") && shown.contains(" 2022   1   ██▊  "), "{shown}");
        let shown = for_reading(&table(Shape::Lines), Some(30));
        assert!(shown.ends_with("\n n  █▃·▇\n"), "{shown}");
        for columns in [None, Some(20)] {
            assert!(!for_reading(&table(Shape::Bars), columns).contains('█'));
        }
    }
}
