//! `jiebao export`: the archive's rows as data.

use super::eval::read_golds;
use super::table::{format_of, readable, tell_cut};
use super::{Exit, complain, search};
use crate::error::Error;
use crate::export::{Export, Plan, Shape, Subject, Words, database, package};
use crate::index::Archive;
use crate::query::Query;
use crate::table::{Column, Format, Ready, Row, Sink};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Arguments of `jiebao export`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao export metrics --output metrics.parquet             all figures, typed
  jiebao export mentions --query 'community:云杉' > names.csv  names in the articles that a query finds
  jiebao export articles --format jsonl | head -1            what a row looks like
  jiebao export sentences --output sentences.xlsx            for Excel
  jiebao export sqlite --output archive.db                   all tables in one file, to be asked in SQL
  jiebao export all --format parquet --output data           a folder that says what it is, with a code book

Every row leads back to its source: article, issue, file, SHA-256 of the file, paragraph, characters and bytes.
docs/export.md tells every column."))]
pub(super) struct Args {
    /// What to write.
    #[arg(value_name = "WHAT", value_enum)]
    what: What,
    #[command(flatten)]
    index: super::IndexArg,
    /// Only what stands in articles that answer this query, in the language of `jiebao search`.
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// The format: csv, jsonl, parquet, xlsx, sqlite [default: what the ending of --output says, else csv].
    #[arg(long, value_name = "FORMAT", value_parser = format_of)]
    format: Option<Format>,
    /// Write to this file, or into this folder; text goes to standard output without it.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Score the archive against gold, for the accuracy in the code book of `export all`; as for `jiebao eval`.
    #[arg(long, value_name = "DIR", conflicts_with = "query")]
    gold: Vec<PathBuf>,
    /// Replace what exists; of folders only those that are an export.
    #[arg(long)]
    force: bool,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// One row an article.
    Articles,
    /// One row a sentence.
    Sentences,
    /// One row an occurrence of a named thing.
    Mentions,
    /// One row a figure.
    Metrics,
    /// One row a relation of two named things.
    Relations,
    /// One row a word, with how often it stands there.
    Words,
    /// All but words as one SQLite file of tables that hang together.
    Sqlite,
    /// All of these, with a description, a code book and how to open them, as a folder.
    All,
}

impl What {
    fn subject(self) -> Option<Subject> {
        match self {
            Self::Articles => Some(Subject::Articles),
            Self::Sentences => Some(Subject::Sentences),
            Self::Mentions => Some(Subject::Mentions),
            Self::Metrics => Some(Subject::Metrics),
            Self::Relations => Some(Subject::Relations),
            Self::Words | Self::Sqlite | Self::All => None,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let query = args.query.as_ref().map(|text| search::read(std::slice::from_ref(text), None)).transpose()?;
    if !args.gold.is_empty() && args.what != What::All {
        return Err(Error::Usage("--gold is for `export all`: a table has no place for scores".to_owned()).into());
    }
    let format = match args.what {
        What::Sqlite => Format::Sqlite,
        What::All => args.format.unwrap_or(Format::Csv),
        _ => format(args)?,
    };
    let archive = Archive::open(&args.index.index)?;
    let export = Export::of(&archive, query.as_ref())?;
    if export.articles() == 0 {
        return nothing(&archive, query.as_ref());
    }
    match args.what {
        What::Sqlite => return one_file(&export, args),
        What::All => return folder(&export, format, args),
        _ => {}
    }
    let name = args.what.subject().map_or(Words::NAME, Subject::as_str);
    let columns = args.what.subject().map_or_else(Words::columns, |subject| subject.columns(Shape::Flat));
    let mut out = Out::create(args, &archive, format, name, columns)?;
    match args.what.subject() {
        Some(subject) => rows(&export, subject, &mut out)?,
        None => words(&export, &mut out)?,
    }
    out.finish(name)
}

/// Says that there is nothing to write.
fn nothing(archive: &Archive, query: Option<&Query>) -> anyhow::Result<Exit> {
    match query {
        Some(query) => search::nothing(archive, query),
        None => {
            complain("the archive holds no article; `jiebao ingest PATH...` brings some in");
            Ok(Exit::Partly)
        }
    }
}

/// The format that is meant.
fn format(args: &Args) -> Result<Format, Error> {
    let path = args.output.as_ref().filter(|path| !path.is_dir());
    let format = match (args.format, path) {
        (Some(format), _) => format,
        (None, None) => Format::Csv,
        (None, Some(path)) => Format::of_path(path).ok_or_else(|| {
            let what =
                "its ending names no format; there are csv, jsonl, parquet, xlsx, sqlite, or say which with --format";
            Error::refused(path, what)
        })?,
    };
    if format == Format::Json {
        return Err(Error::Usage("json would be one object of all rows; write jsonl, an object a row".to_owned()));
    }
    if args.output.is_none() {
        readable(format)?;
    }
    Ok(format)
}

/// Writes the SQLite file.
fn one_file(export: &Export<'_>, args: &Args) -> anyhow::Result<Exit> {
    let missing = || Error::Usage("sqlite is no text; name a file for it with --output".to_owned());
    if args.format.is_some_and(|format| format != Format::Sqlite) {
        return Err(Error::Usage("`export sqlite` writes a SQLite file; leave --format out".to_owned()).into());
    }
    let path = file(args.output.as_deref().ok_or_else(missing)?, "archive", Format::Sqlite);
    let bar = bar(export.articles());
    database(export, args.query.as_deref(), &path, args.force, |articles| bar.inc(articles as u64))?;
    bar.finish_and_clear();
    Ok(Exit::Done)
}

/// Writes the folder.
fn folder(export: &Export<'_>, format: Format, args: &Args) -> anyhow::Result<Exit> {
    if matches!(format, Format::Json | Format::Sqlite) {
        let what = "a folder has a file a table: csv, jsonl, parquet or xlsx; `export sqlite` writes one file of all";
        return Err(Error::Usage(what.to_owned()).into());
    }
    let missing = || Error::Usage("`export all` writes a folder; name it with --output".to_owned());
    let path = args.output.as_ref().ok_or_else(missing)?;
    let golds = read_golds(&args.gold)?;
    let bar = bar(export.articles());
    let plan = Plan { format, query: args.query.as_deref(), golds: &golds };
    let cut = package(export, plan, path, args.force, |articles| bar.inc(articles as u64))?;
    bar.finish_and_clear();
    Ok(tell_cut(cut))
}

fn rows(export: &Export<'_>, subject: Subject, out: &mut Out) -> anyhow::Result<()> {
    let (format, columns) = (out.format, out.columns.clone());
    let bar = bar(export.articles());
    export.each(
        |articles| subject.batch(Shape::Flat, articles, format, &columns),
        |(rows, ready), articles| {
            bar.inc(articles as u64);
            out.put(rows, ready)
        },
    )?;
    bar.finish_and_clear();
    Ok(())
}

fn words(export: &Export<'_>, out: &mut Out) -> anyhow::Result<()> {
    let bar = bar(export.articles());
    let mut all = Words::default();
    export.each(Words::of, |words, articles| {
        bar.inc(articles as u64);
        all.extend(words);
        Ok(())
    })?;
    bar.finish_and_clear();
    out.put_rows(all.rows())
}

/// A bar on a terminal, of so many articles.
pub(super) fn bar(articles: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles, {eta} left {msg}")
        .expect("the template is a literal and is well formed");
    let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::stderr()).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Where rows go: into a file, or to standard output.
struct Out {
    format: Format,
    columns: Vec<Column>,
    sink: Option<Sink>,
    rows: usize,
}

impl Out {
    fn create(
        args: &Args,
        archive: &Archive,
        format: Format,
        name: &str,
        columns: Vec<Column>,
    ) -> Result<Self, Error> {
        let origin = [("archive", archive.version()?)];
        let path = args.output.as_deref().map(|path| file(path, name, format));
        let sink = path.map(|path| Sink::create(&path, args.force, format, name, &columns, &origin)).transpose()?;
        Ok(Self { format, columns, sink, rows: 0 })
    }

    fn put(&mut self, rows: usize, ready: Ready) -> anyhow::Result<()> {
        if rows == 0 {
            return Ok(());
        }
        let is_first = self.rows == 0;
        self.rows += rows;
        match (&mut self.sink, ready) {
            (Some(sink), ready) => sink.put(ready)?,
            (None, Ready::Bytes(bytes)) => {
                let mut out = io::stdout();
                if is_first {
                    out.write_all(&self.format.header(&self.columns))?;
                }
                out.write_all(&bytes)?;
            }
            (None, Ready::Rows(_)) => readable(self.format)?,
        }
        Ok(())
    }

    fn put_rows(&mut self, rows: Vec<Row>) -> anyhow::Result<()> {
        self.put(rows.len(), self.format.ready(&self.columns, rows))
    }

    /// Completes the output; where there was no row, there is no file.
    fn finish(self, name: &str) -> anyhow::Result<Exit> {
        if self.rows == 0 {
            complain(&format!("there are no {name} in the articles that were chosen, so nothing was written"));
            return Ok(Exit::Partly);
        }
        match self.sink {
            Some(sink) => Ok(tell_cut(sink.finish()?)),
            None => {
                io::stdout().flush()?;
                Ok(Exit::Done)
            }
        }
    }
}

/// The file that `path` means: itself, or in a folder one that is named after the table.
fn file(path: &Path, name: &str, format: Format) -> PathBuf {
    if path.is_dir() { path.join(format!("{name}.{}", format.as_str())) } else { path.to_owned() }
}
