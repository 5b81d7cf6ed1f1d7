//! Rows as Apache Parquet. In: columns and rows. Out: a typed, compressed file, written in groups of rows, so that memory
//! does not grow with the table.
//!
//! | kind      | Parquet                    |
//! |-----------|----------------------------|
//! | `text`    | `BYTE_ARRAY`, `STRING`     |
//! | `integer` | `INT64`                    |
//! | `number`  | `DOUBLE`                   |
//! | `boolean` | `BOOLEAN`                  |
//! | `date`    | `INT32`, `DATE`            |
//!
//! Every column may be null. What a column means stands in the file's key-value metadata, as `about:COLUMN`.

use super::{Cell, Column, Kind, Row};
use crate::error::one_line;
use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a group at most: what readers expect of a group and split work by is some ten thousand.
const GROUP: usize = 65_536;

/// Memory of the rows of a group at most, in bytes, by estimate.
const MEMORY: usize = 64 << 20;

/// A Parquet file that is being written.
pub(super) struct Parquet<W: Write + Send> {
    columns: Vec<Column>,
    writer: SerializedFileWriter<W>,
    waiting: Vec<Row>,
    memory: usize,
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn new(name: &str, columns: &[Column], origin: &[(&str, String)], out: W) -> io::Result<Self> {
        let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>();
        let schema = fields.and_then(|fields| Type::group_type_builder("row").with_fields(fields).build());
        let about = columns.iter().map(|column| pair(&format!("about:{}", column.name), &column.about));
        let origin = origin.iter().map(|(key, value)| pair(key, value));
        let metadata = std::iter::once(pair("table", name)).chain(origin).chain(about).collect();
        // Above the third level Zstandard gains a few hundredths and takes twice as long.
        let level = ZstdLevel::try_new(3).map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(concat!("jiebao ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = schema
            .and_then(|schema| SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)))
            .map_err(failed)?;
        Ok(Self { columns: columns.to_vec(), writer, waiting: Vec::new(), memory: 0 })
    }

    pub(super) fn put(&mut self, rows: Vec<Row>) -> io::Result<()> {
        for row in rows {
            self.memory += row.iter().map(size).sum::<usize>();
            self.waiting.push(row);
            if self.waiting.len() >= GROUP || self.memory >= MEMORY {
                self.group()?;
            }
        }
        Ok(())
    }

    /// Writes the waiting rows as a group.
    fn group(&mut self) -> io::Result<()> {
        let mut rows = std::mem::take(&mut self.waiting);
        self.memory = 0;
        self.write(&mut rows).map_err(failed)
    }

    fn write(&mut self, rows: &mut [Row]) -> Result<(), ParquetError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            let cells = rows.iter_mut().map(|row| row.get_mut(at).map_or(Cell::Null, std::mem::take));
            match column.kind {
                Kind::Text => {
                    let (values, levels) = parted(cells, |cell| match cell {
                        Cell::Text(text) => Some(ByteArray::from(text.into_bytes())),
                        _ => None,
                    });
                    batch::<ByteArrayType>(writer.typed(), &values, &levels)?;
                }
                Kind::Integer => {
                    let (values, levels) = parted(cells, |cell| match cell {
                        Cell::Integer(number) => Some(number),
                        _ => None,
                    });
                    batch::<Int64Type>(writer.typed(), &values, &levels)?;
                }
                Kind::Number => {
                    let (values, levels) = parted(cells, |cell| match cell {
                        Cell::Number(number) => Some(number),
                        Cell::Integer(number) => Some(number as f64),
                        _ => None,
                    });
                    batch::<DoubleType>(writer.typed(), &values, &levels)?;
                }
                Kind::Boolean => {
                    let (values, levels) = parted(cells, |cell| match cell {
                        Cell::Boolean(truth) => Some(truth),
                        _ => None,
                    });
                    batch::<BoolType>(writer.typed(), &values, &levels)?;
                }
                Kind::Date => {
                    let (values, levels) = parted(cells, |cell| match cell {
                        Cell::Date(day) => Some(days(day)),
                        _ => None,
                    });
                    batch::<Int32Type>(writer.typed(), &values, &levels)?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.group()?;
        self.writer.into_inner().map_err(failed)
    }
}

/// The values that there are, and for each row whether it has one.
fn parted<T>(cells: impl Iterator<Item = Cell>, value: impl Fn(Cell) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, levels)
}

fn batch<T: DataType>(
    writer: &mut parquet::column::writer::ColumnWriterImpl<'_, T>,
    values: &[T::T],
    levels: &[i16],
) -> Result<(), ParquetError> {
    writer.write_batch(values, Some(levels), None).map(drop)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn pair(key: &str, value: &str) -> KeyValue {
    KeyValue::new(key.to_owned(), value.to_owned())
}

/// Days since the first of 1970.
fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// What a cell takes, in bytes.
fn size(cell: &Cell) -> usize {
    size_of::<Cell>() + if let Cell::Text(text) = cell { text.capacity() } else { 0 }
}

/// What the system said, where it was the system.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(other) => io::Error::other(one_line(&other.to_string())),
        },
        other => io::Error::other(one_line(&other.to_string())),
    }
}
