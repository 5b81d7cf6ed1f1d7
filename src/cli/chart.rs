//! Pictures of tables, for all commands whose answer is one: as a file, and in characters beside the table on a terminal.

use super::complain;
use super::print::Rows;
use super::table::coverage_lines;
use crate::chart::{Caption, Format, bars_of_text, draw, sparklines};
use crate::error::{Error, printable, typed};
use crate::stats::Coverage;
use crate::table::{Kind, NewFile, Table, read_cell};
use std::io::Write;
use std::path::PathBuf;
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
fn command_line() -> String {
    let words = std::env::args_os().skip(1).map(|word| typed(&word.to_string_lossy()));
    std::iter::once("jiebao".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The table as text, numbers rounded to what a reader takes in; on a terminal of so many `columns` that has room with bars
/// or little columns.
pub(super) fn for_reading(table: &Table, columns: Option<usize>) -> String {
    let is_number = |kind: Kind| matches!(kind, Kind::Integer | Kind::Number);
    let mut names: Vec<&str> = table.columns.iter().map(|column| column.name.as_ref()).collect();
    let mut right: Vec<bool> = table.columns.iter().map(|column| is_number(column.kind)).collect();
    let read =
        |row: &Vec<_>| row.iter().zip(&table.columns).map(|(cell, column)| read_cell(cell, &column.name)).collect();
    let mut cells: Vec<Vec<String>> = table.rows.iter().map(read).collect();
    if let Some((at, bars)) = columns.and_then(|columns| bars_beside(table, &names, &cells, columns)) {
        names.insert(at, "");
        right.insert(at, false);
        cells.iter_mut().zip(bars).for_each(|(row, bar)| row.insert(at.min(row.len()), bar));
    }
    let mut rows = Rows::aligned(names, right);
    cells.into_iter().for_each(|row| rows.push(row));
    let lines = columns.map(|columns| lines_below(table, columns)).unwrap_or_default();
    format!("{rows}{lines}")
}

/// Bars for the rows, and before which column they stand; none where the table leaves no room.
fn bars_beside(table: &Table, names: &[&str], cells: &[Vec<String>], columns: usize) -> Option<(usize, Vec<String>)> {
    let widest = |at: usize| cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let taken: usize = names.iter().enumerate().map(|(at, name)| widest(at).max(name.width()) + 2).sum();
    let room = columns.checked_sub(taken + 2).filter(|room| room >= BARS.start())?;
    let at = table.plot.as_ref()?.y + 1;
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
    fn draws_where_there_is_room() {
        let shown = for_reading(&table(Shape::Bars), Some(30));
        assert!(
            shown.contains(" 2021   4   ███████████████   云") && shown.contains(" 2022   1   ███▊  "),
            "{shown}"
        );
        let shown = for_reading(&table(Shape::Lines), Some(30));
        assert!(shown.ends_with("\n n  █▃·▇\n"), "{shown}");
        for columns in [None, Some(20)] {
            assert!(!for_reading(&table(Shape::Bars), columns).contains('█'));
        }
    }
}
