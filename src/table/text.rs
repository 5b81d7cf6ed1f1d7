//! Rows as CSV and as JSON. In: columns and rows. Out: bytes; no state, so that batches of rows are written side by side.

use super::{Cell, Column, Row};
use serde::Serialize;
use serde_json::{Number, Value};
use std::borrow::Cow;

/// Marks with which spreadsheets take a cell of text for a formula (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The first line of a CSV file, with the byte order mark before it.
pub fn csv_header(columns: &[Column]) -> Vec<u8> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    bytes.extend(csv([columns.iter().map(|column| column.name.as_ref().into())]));
    bytes
}

/// `rows` as lines of CSV.
pub fn csv_rows(rows: &[Row]) -> Vec<u8> {
    csv(rows.iter().map(|row| row.iter().map(harmless)))
}

const INFALLIBLE: &str = "memory takes all, and all rows of a table are of one length";

fn csv<'a>(rows: impl IntoIterator<Item = impl Iterator<Item = Cow<'a, str>>>) -> Vec<u8> {
    let mut lines = CsvLines::default();
    rows.into_iter().for_each(|row| lines.push(row));
    lines.into_bytes()
}

/// Lines of CSV, row by row.
pub(super) struct CsvLines(csv::Writer<Vec<u8>>);

impl Default for CsvLines {
    fn default() -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new()))
    }
}

impl CsvLines {
    fn push<'a>(&mut self, mut row: impl Iterator<Item = Cow<'a, str>>) {
        row.by_ref().for_each(|cell| self.0.write_field(cell.as_bytes()).expect(INFALLIBLE));
        self.0.write_record(None::<&[u8]>).expect(INFALLIBLE);
    }

    pub(super) fn push_row(&mut self, row: &Row) {
        self.push(row.iter().map(harmless));
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().expect(INFALLIBLE)
    }
}

/// A cell as a spreadsheet may have it.
fn harmless(cell: &Cell) -> Cow<'_, str> {
    match cell {
        // An apostrophe is what a spreadsheet itself puts before text that looks like a formula.
        Cell::Text(text) if text.starts_with(FORMULA) => format!("'{text}").into(),
        other => shown(other),
    }
}

/// A cell as plain text.
pub(super) fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Null => "".into(),
        Cell::Text(text) => text.into(),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Boolean(truth) => if *truth { "true" } else { "false" }.into(),
        Cell::Date(day) => day.to_string().into(),
    }
}

/// `rows` as JSON objects, one a line, keys in the order of the columns.
pub fn json_rows(columns: &[Column], rows: &[Row]) -> Vec<u8> {
    let mut lines = JsonLines::new(columns);
    rows.iter().for_each(|row| lines.push_row(row));
    lines.bytes
}

/// Lines of JSON, row by row.
pub(super) struct JsonLines {
    keys: Vec<Vec<u8>>,
    bytes: Vec<u8>,
}

impl JsonLines {
    pub(super) fn new(columns: &[Column]) -> Self {
        let key = |(at, column): (usize, &Column)| {
            let mut key = vec![if at == 0 { b'{' } else { b',' }];
            write_json(&mut key, column.name.as_ref());
            key.push(b':');
            key
        };
        Self { keys: columns.iter().enumerate().map(key).collect(), bytes: Vec::new() }
    }

    pub(super) fn push_row(&mut self, row: &Row) {
        let bytes = &mut self.bytes;
        for (key, cell) in self.keys.iter().zip(row) {
            bytes.extend_from_slice(key);
            match cell {
                Cell::Null => bytes.extend_from_slice(b"null"),
                Cell::Text(text) => write_json(bytes, text),
                Cell::Integer(number) => write_json(bytes, number),
                Cell::Number(number) => write_json(bytes, number),
                Cell::Boolean(truth) => write_json(bytes, truth),
                Cell::Date(day) => write_json(bytes, &day.to_string()),
            }
        }
        bytes.extend_from_slice(if self.keys.is_empty() { b"{}\n" } else { b"}\n" });
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn write_json<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(bytes, value).expect("values are strings and numbers, and memory takes all of them");
}

/// A cell as JSON.
pub fn json_value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::String(text.clone()),
        Cell::Integer(number) => Value::Number((*number).into()),
        Cell::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Cell::Boolean(truth) => Value::Bool(*truth),
        Cell::Date(day) => Value::String(day.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;

    fn row(cells: [Cell; 2]) -> Row {
        cells.into()
    }

    #[test]
    fn writes_what_a_spreadsheet_opens() {
        let columns = [Column::new("name", Kind::Text, ""), Column::new("value", Kind::Number, "")];
        assert_eq!(csv_header(&columns), "\u{FEFF}name,value\r\n".as_bytes());
        let rows = [
            row(["云杉，一居".into(), 0.5.into()]),
            row(["a,\"b\"\nc".into(), Cell::Null]),
            row(["=1+1".into(), Cell::from(-3.2)]),
            row([Cell::Null, Cell::from(20_500_000.0)]),
        ];
        let text = String::from_utf8(csv_rows(&rows)).expect("UTF-8");
        assert_eq!(text, "云杉，一居,0.5\r\n\"a,\"\"b\"\"\nc\",\r\n'=1+1,-3.2\r\n,20500000\r\n");
    }

    #[test]
    fn writes_json_in_the_order_of_the_columns() {
        let columns = [Column::new("z", Kind::Text, ""), Column::new("a", Kind::Boolean, "")];
        let rows = [row(["\"".into(), true.into()]), row([Cell::Null, Cell::from(f64::NAN)])];
        let text = String::from_utf8(json_rows(&columns, &rows)).expect("UTF-8");
        assert_eq!(text, "{\"z\":\"\\\"\",\"a\":true}\n{\"z\":null,\"a\":null}\n");
    }
}
