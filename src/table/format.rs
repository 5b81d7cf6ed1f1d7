//! The formats. In: a word, or the name of a file. Out: a [`Format`].

use std::path::Path;

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma separated values after RFC 4180, in UTF-8 with a byte order mark, by which Excel knows the encoding.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// One JSON object: columns, rows, and what they rest on.
    Json,
    /// Apache Parquet, typed and compressed.
    Parquet,
    /// An Excel workbook.
    Xlsx,
    /// A SQLite file.
    Sqlite,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Jsonl, Self::Json, Self::Parquet, Self::Xlsx, Self::Sqlite];

    /// The word for it, which is also the ending of its files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Sqlite => "sqlite",
        }
    }

    /// The format that the ending of a file's name means.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "db" | "sqlite3" => Some(Self::Sqlite),
            "ndjson" => Some(Self::Jsonl),
            _ => Self::ALL.into_iter().find(|format| format.as_str() == ending),
        }
    }

    /// Whether its bytes can be told on a terminal or sent down a pipe.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::Jsonl | Self::Json)
    }
}
