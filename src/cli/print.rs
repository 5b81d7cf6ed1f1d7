//! How results look: tables, emphasis, lines wrapped to the terminal. Shared by all commands, so that they look
//! alike.

use crate::error::printable;
pub(super) use crate::table::grouped;
use anstyle::{AnsiColor, Style};
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};
use std::io::{self, IsTerminal, Write};
use unicode_width::UnicodeWidthChar;

/// Headlines and headers.
pub(super) const STRONG: Style = Style::new().bold();
/// What was searched for.
pub(super) const HIT: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
/// Ids, places, dates.
pub(super) const FAINT: Style = Style::new().dimmed();

/// Light tables that survive being pasted into a report: one rule below the header, no frame.
const LOOK: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// Standard output, with colour if it is a terminal and the user has not switched it off.
pub(super) fn stdout() -> io::BufWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()))
}

/// One JSON value on a line of standard output.
pub(super) fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// A table for reading.
#[derive(Debug)]
pub(super) struct Rows {
    table: Table,
    /// Which columns are set flush right; those behind them are as well.
    right: Vec<bool>,
}

impl Rows {
    /// A table with these headers; columns from index `numbers` on are set flush right.
    pub(super) fn new<'a>(headers: impl IntoIterator<Item = &'a str>, numbers: usize) -> Self {
        Self::aligned(headers, vec![false; numbers])
    }

    /// A table with these headers, and which of their columns are set flush right.
    pub(super) fn aligned<'a>(headers: impl IntoIterator<Item = &'a str>, right: Vec<bool>) -> Self {
        let mut table = Table::new();
        table.load_style(LOOK).set_content_arrangement(ContentArrangement::Dynamic);
        let mut rows = Self { table, right };
        let header: Vec<Cell> = rows.cells(headers.into_iter().map(str::to_owned));
        rows.table.set_header(header);
        // A number in two lines is two numbers.
        let right = rows.right.clone();
        for (column, _) in rows.table.column_iter_mut().zip(right).filter(|(_, right)| *right) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        rows
    }

    /// Appends a row.
    pub(super) fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = self.cells(cells);
        self.table.add_row(cells);
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    fn cells(&self, cells: impl IntoIterator<Item = String>) -> Vec<Cell> {
        let cell = |(at, text): (usize, String)| {
            let right = self.right.get(at).copied().unwrap_or(true);
            let align = if right { CellAlignment::Right } else { CellAlignment::Left };
            Cell::new(printable(&text)).set_alignment(align)
        };
        cells.into_iter().enumerate().map(cell).collect()
    }
}

impl std::fmt::Display for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.table.lines().try_for_each(|line| writeln!(f, "{}", line.trim_end()))
    }
}

/// Columns of the terminal on standard output; none if that is no terminal, and nothing should be wrapped.
pub(super) fn columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0).max(20))
}

/// `text` in lines of at most `columns`, Han characters counting two. No line begins with a mark that belongs
/// to the line above, and words of letters stay whole where they fit.
pub(super) fn wrapped(text: &str, columns: Option<usize>) -> Vec<String> {
    let Some(columns) = columns else { return vec![text.to_owned()] };
    crate::table::wrapped(text, columns as f64, |c| c.width().unwrap_or(0) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_by_display_width() {
        assert_eq!(wrapped("网格治理进楼道", Some(8)), ["网格治理", "进楼道"]);
        assert_eq!(wrapped("网格治理，进楼", Some(8)), ["网格治理，", "进楼"]);
        assert_eq!(wrapped("网格 WiFi6 上线", Some(8)), ["网格", "WiFi6 上", "线"]);
        assert_eq!(wrapped("网格治理进楼道", None), ["网格治理进楼道"]);
        assert_eq!(wrapped("", Some(8)), [""]);
    }

    #[test]
    fn sets_han_in_columns() {
        let mut rows = Rows::new(["name", "count"], 1);
        rows.push(["云栖综合网格".to_owned(), "12".to_owned()]);
        rows.push(["a\nb".to_owned(), "3".to_owned()]);
        let shown = rows.to_string();
        assert_eq!(
            shown,
            " name           count\n──────────────────────\n 云栖综合网格      12\n a\\nb               3\n"
        );
    }
}
