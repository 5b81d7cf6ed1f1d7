//! Rows as an Excel workbook. In: columns and rows. Out: a workbook whose header stays in sight and filters, with numbers,
//! truths and days as Excel's own; text is text, whatever it begins with.
//!
//! Excel's bounds are kept, and nothing is lost in silence:
//!
//! | bound                                       | what is done                                              |
//! |---------------------------------------------|------------------------------------------------------------|
//! | 1 048 576 rows a sheet                      | the table goes on in a sheet `NAME_2`, with the header again |
//! | 32 767 UTF-16 units a cell                  | the cell ends with `…`; how many do is counted and told     |
//! | 15 digits a number                          | a longer whole number stands as text                        |
//! | days from 1900 on                           | an earlier one stands as text                               |

use super::{Cell, Column, Kind, Row};
use crate::error::one_line;
use crate::fault::caught;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use std::path::Path;

/// Rows of a sheet, with its header.
const ROWS: u32 = 1_048_576;

/// UTF-16 units of a cell.
const UNITS: usize = 32_767;

/// The greatest whole number all of whose smaller ones a cell can hold.
const WHOLE: u64 = 1_000_000_000_000_000;

/// A workbook that is being written. Its rows lie in a nameless file until it is whole.
pub(super) struct Xlsx {
    name: String,
    columns: Vec<Column>,
    workbook: Workbook,
    sheets: usize,
    row: u32,
    /// Rows of a sheet, with its header.
    most: u32,
    cut: u64,
    day: Format,
}

impl Xlsx {
    /// A workbook whose rows wait in `folder`.
    pub(super) fn new(name: &str, columns: &[Column], origin: &[(&str, String)], folder: &Path) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // The same table gives the same bytes, so the file cannot tell when it was written.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        let properties = DocProperties::new().set_author("jiebao").set_title(name).set_creation_datetime(&made);
        let origin: Vec<String> = origin.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        let properties = properties.set_comment(origin.join("\n"));
        workbook.set_properties(&properties);
        workbook.set_tempdir(folder).map_err(failed)?;
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let (name, columns) = (name.to_owned(), columns.to_vec());
        let mut book = Self { name, columns, workbook, sheets: 0, row: 0, most: ROWS, cut: 0, day };
        book.sheet()?;
        Ok(book)
    }

    /// Begins a sheet.
    fn sheet(&mut self) -> io::Result<()> {
        let whole = |error: XlsxError| failed(error);
        self.end_sheet()?;
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(whole)?;
        self.sheets += 1;
        let name = if self.sheets == 1 { self.name.clone() } else { format!("{}_{}", self.name, self.sheets) };
        sheet.set_name(name).map_err(whole)?;
        sheet.set_freeze_panes(1, 0).map_err(whole)?;
        for (at, column) in (0..).zip(&self.columns) {
            let width = if column.kind == Kind::Text { 20.0 } else { 12.0 };
            sheet.set_column_width(at, width).map_err(whole)?;
            sheet.write_string_with_format(0, at, column.name.as_ref(), &bold).map_err(whole)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Lets the header of the sheet filter its rows.
    fn end_sheet(&mut self) -> io::Result<()> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        if let Some(at) = self.sheets.checked_sub(1) {
            let sheet = self.workbook.worksheet_from_index(at).map_err(failed)?;
            sheet.autofilter(0, 0, self.row.saturating_sub(1), last).map_err(failed)?;
        }
        Ok(())
    }

    pub(super) fn put(&mut self, rows: &[Row]) -> io::Result<()> {
        self.guarded(|book| {
            let mut rest = rows;
            while !rest.is_empty() {
                if book.row >= book.most {
                    book.sheet()?;
                }
                let fit = usize::try_from(book.most - book.row).unwrap_or(usize::MAX).min(rest.len());
                let (here, next) = rest.split_at(fit);
                let sheet = book.workbook.worksheet_from_index(book.sheets - 1).map_err(failed)?;
                for row in here {
                    for (at, cell) in (0..).zip(row) {
                        book.cut += write(sheet, book.row, at, cell, &book.day).map_err(failed)?;
                    }
                    book.row += 1;
                }
                rest = next;
            }
            Ok(())
        })
    }

    /// Writes the workbook, and says how many cells were cut.
    pub(super) fn finish(mut self, out: impl Write + Send) -> io::Result<u64> {
        self.guarded(|book| {
            book.end_sheet()?;
            book.workbook.save_to_writer(out).map_err(failed)
        })?;
        Ok(self.cut)
    }

    /// The crate panics where its own file cannot be written to.
    fn guarded(&mut self, work: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        let unwritten = |_| io::Error::other("no room for the rows of the workbook; the disk may be full");
        caught(|| work(self)).unwrap_or_else(|panic| Err(unwritten(panic)))
    }
}

/// Writes a cell, and says whether it had to be cut.
fn write(sheet: &mut Worksheet, row: u32, at: u16, cell: &Cell, day: &Format) -> Result<u64, XlsxError> {
    match cell {
        Cell::Null => {}
        Cell::Text(text) => {
            let fitting = fitting(text);
            let is_cut = fitting.len() < text.len();
            if is_cut {
                sheet.write_string(row, at, format!("{fitting}…"))?
            } else {
                sheet.write_string(row, at, text)?
            };
            return Ok(u64::from(is_cut));
        }
        Cell::Integer(number) if number.unsigned_abs() > WHOLE => {
            sheet.write_string(row, at, number.to_string())?;
        }
        Cell::Integer(number) => {
            sheet.write_number(row, at, *number as f64)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, at, *number)?;
        }
        Cell::Boolean(truth) => {
            sheet.write_boolean(row, at, *truth)?;
        }
        Cell::Date(date) => match excel(*date) {
            Some(date) => drop(sheet.write_datetime_with_format(row, at, &date, day)?),
            None => drop(sheet.write_string(row, at, date.to_string())?),
        },
    }
    Ok(0)
}

fn excel(day: Date) -> Option<ExcelDateTime> {
    let number = |part: i8| u8::try_from(part).ok();
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, number(day.month())?, number(day.day())?).ok()
}

/// As much of `text` as a cell holds, with room for a mark where that is not all.
fn fitting(text: &str) -> &str {
    // No character takes more UTF-16 units than bytes.
    if text.len() <= UNITS || text.encode_utf16().count() <= UNITS {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units >= UNITS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// What the system said, where it was the system.
fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(cause) | XlsxError::TempFileError(_, cause) => cause,
        other => io::Error::other(one_line(&other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_in_another_sheet() {
        let columns = [Column::new("n", Kind::Integer, ""), Column::new("t", Kind::Text, "")];
        let mut book = Xlsx::new("云", &columns, &[], &std::env::temp_dir()).expect("a workbook");
        book.most = 3;
        let row = |number: i64| -> Row { vec![number.into(), "格".repeat(UNITS + 1).into()] };
        book.put(&(0..5).map(row).collect::<Vec<_>>()).expect("rows");
        assert_eq!((book.sheets, book.row, book.cut), (3, 2, 5), "a header and two rows a sheet");
        let mut bytes = Vec::new();
        assert_eq!(book.finish(&mut bytes).expect("a workbook"), 5);
        assert!(bytes.starts_with(b"PK"));
    }

    #[test]
    fn cuts_where_a_cell_is_full() {
        let full = "格".repeat(UNITS);
        assert_eq!(fitting(&full), full);
        assert_eq!(fitting(&format!("{full}格")).chars().count(), UNITS - 1);
        let wide = "𠮷".repeat(UNITS / 2 + 1);
        assert_eq!(fitting(&wide).encode_utf16().count(), UNITS - 1, "a character of two units is not cut in half");
    }
}
