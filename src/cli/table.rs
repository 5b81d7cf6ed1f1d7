//! How a command hands over a table: on the terminal, as a file, as JSON. Shared by all commands whose answer is one.

use super::chart::{ChartArgs, command_line, for_reading};
use super::print::{columns, grouped, stdout, wrapped};
use super::{Exit, complain};
use crate::error::{Error, printable};
use crate::query::meant;
use crate::stats::{Coverage, Period};
use crate::table::{Column, Format, NewFile, Ready, Row, Sink, Table};
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// Rows that a terminal is shown where no number was asked for; files and pipes in other formats take all.
const SHOWN: usize = 50;

/// Arguments of every command whose answer is a table.
#[derive(Debug, clap::Args)]
pub(super) struct TableArgs {
    /// Write csv, jsonl, json, parquet, xlsx or sqlite instead of a table for reading; with --output its ending says which.
    #[arg(long, value_name = "FORMAT", value_parser = format_of)]
    format: Option<Format>,
    /// Write to FILE.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace files that exist.
    #[arg(long)]
    force: bool,
    /// Only the first N rows; without it, all, of which a terminal shows 50.
    #[arg(long, value_name = "N")]
    limit: Option<NonZero<usize>>,
    /// Print JSON: the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    chart: ChartArgs,
}

/// Refuses to write two things to one file.
fn apart<const N: usize>(paths: [Option<&Path>; N]) -> Result<(), Error> {
    // A file that is not there yet has no canonical path, but its folder has.
    let place = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (folder.canonicalize().unwrap_or_else(|_| folder.to_owned()), path.file_name().map(ToOwned::to_owned))
    };
    let mut taken = BTreeSet::new();
    match paths.into_iter().flatten().find(|path| !taken.insert(place(path))) {
        Some(path) => Err(Error::refused(
            path,
            "is named for two things; name a file for each of --output, --chart and --graph",
        )),
        None => Ok(()),
    }
}

/// The format of that word.
pub(super) fn format_of(word: &str) -> std::result::Result<Format, String> {
    let known = Format::ALL.map(Format::as_str);
    let format = Format::ALL.into_iter().find(|format| format.as_str() == word);
    format.ok_or_else(|| format!("there are {}{}", known.join(", "), meant(word, known)))
}

impl TableArgs {
    /// The format to write; none for a table to read.
    fn format(&self) -> Result<Option<Format>, Error> {
        if self.json {
            return Ok(Some(Format::Json));
        }
        let Some(path) = &self.output else { return Ok(self.format) };
        let known = Format::ALL.map(Format::as_str).join(", ");
        let meant = self.format.or_else(|| Format::of_path(path));
        meant.map(Some).ok_or_else(|| {
            Error::refused(path, format!("its ending names no format; there are {known}, or say which with --format"))
        })
    }

    /// A file that is to be written besides.
    pub(super) fn new_file(&self, path: &Path) -> Result<NewFile, Error> {
        apart([Some(path), self.output.as_deref(), self.chart.path()])?;
        NewFile::create(path, self.force)
    }

    /// How many rows are wanted at the most, on a terminal as well.
    pub(super) fn most(&self) -> Result<usize, Error> {
        let all = if self.format()?.is_none() { SHOWN } else { usize::MAX };
        Ok(self.limit.map_or(all, NonZero::get))
    }

    /// What cannot be done, before anything is counted for it.
    pub(super) fn check(&self) -> Result<(), Error> {
        let format = self.format()?;
        apart([self.output.as_deref(), self.chart.path()])?;
        self.chart.check(self.force)?;
        match (&self.output, format) {
            (Some(path), _) => NewFile::create(path, self.force).map(drop),
            (None, Some(format)) => readable(format),
            (None, None) => Ok(()),
        }
    }
}

/// Refuses formats that are no text: they are for files.
pub(super) fn readable(format: Format) -> Result<(), Error> {
    if format.is_text() {
        return Ok(());
    }
    Err(Error::Usage(format!("{} is no text; name a file for it with --output", format.as_str())))
}

/// Tells of cells that a format had no room for.
pub(super) fn tell_cut(cut: u64) -> Exit {
    if cut == 0 {
        return Exit::Done;
    }
    complain(&format!(
        "{} cells hold more than the 32 767 characters that Excel allows and end with `…`; every other format has them \
         whole",
        grouped(cut)
    ));
    Exit::Partly
}

/// Hands over `table`, which rests on what `coverage` says.
pub(super) fn deliver(mut table: Table, coverage: Option<&Coverage>, args: &TableArgs) -> anyhow::Result<Exit> {
    let all = table.rows.len();
    if all == 0 {
        complain(
            "nothing was selected, so there is nothing to count; ask for less, or see `jiebao stats` for what there is",
        );
        coverage.iter().flat_map(|coverage| &coverage.notes).for_each(|note| complain(note));
        return Ok(Exit::Partly);
    }
    let format = args.format()?;
    table.rows.truncate(args.limit.map_or(usize::MAX, NonZero::get));
    args.chart.write(&table, coverage, args.force)?;
    table.rows.truncate(args.most()?);
    let (mut cut, given) = (0, table.rows.len());
    match (&args.output, format) {
        (Some(path), Some(Format::Json)) => {
            let mut file = NewFile::create(path, args.force)?;
            write(table, coverage, Format::Json, &mut file).map_err(|cause| file.failed(cause))?;
            file.keep()?;
        }
        (Some(path), Some(format)) => {
            let mut sink = Sink::create(path, args.force, format, &table.name, &table.columns, &origin(coverage))?;
            ready(&table.columns, table.rows, format).into_iter().try_for_each(|batch| sink.put(batch))?;
            cut = sink.finish()?;
        }
        (_, Some(format)) => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            write(table, coverage, format, &mut out)?;
            out.flush()?;
        }
        (_, None) => {
            let mut out = stdout();
            write!(out, "{}", for_reading(&table, columns()))?;
            if let Some(coverage) = coverage {
                writeln!(out)?;
                let lines = coverage_lines(coverage);
                let lines = lines.iter().flat_map(|line| wrapped(line, columns()));
                lines.into_iter().try_for_each(|line| writeln!(out, "{line}"))?;
            }
            out.flush()?;
        }
    }
    if let Some(coverage) = coverage.filter(|_| format.is_some_and(|format| format != Format::Json)) {
        coverage_lines(coverage).iter().for_each(|line| complain(line));
    }
    if given < all {
        let rest = if args.limit.is_none() { "; see more with --limit, all with --format or --output" } else { "" };
        complain(&format!("{} of {} rows{rest}", grouped(given as u64), grouped(all as u64)));
    }
    Ok(tell_cut(cut))
}

/// Where a table is from, for a file that has room for it.
fn origin(coverage: Option<&Coverage>) -> Vec<(&'static str, String)> {
    let command = ("command", command_line());
    let version = ("archive", coverage.map(|coverage| coverage.archive.clone()).unwrap_or_default());
    let rests_on = ("coverage", coverage.map(|coverage| coverage_lines(coverage).join("\n")).unwrap_or_default());
    let program = ("program", concat!("jiebao ", env!("CARGO_PKG_VERSION")).to_owned());
    [program, command, version, rests_on].into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Rows that one thread prepares at a time.
const BATCH: usize = 4096;

/// All rows of a table, prepared for a format on all threads.
fn ready(columns: &[Column], rows: Vec<Row>, format: Format) -> Vec<Ready> {
    rows.into_par_iter().chunks(BATCH).map(|rows| format.ready(columns, rows)).collect()
}

fn write(table: Table, coverage: Option<&Coverage>, format: Format, out: &mut impl Write) -> io::Result<()> {
    let is_json = format == Format::Json;
    if is_json {
        let column =
            |column: &Column| json!({ "name": column.name, "type": column.kind.as_str(), "about": column.about });
        let columns: Vec<_> = table.columns.iter().map(column).collect();
        write!(out, "{{\"table\":{},\"columns\":{},\"rows\":[", json!(table.name), json!(columns))?;
    } else {
        out.write_all(&format.header(&table.columns))?;
    }
    let batches = ready(&table.columns, table.rows, format);
    for (at, batch) in batches.iter().enumerate() {
        let Ready::Bytes(lines) = batch else { return Err(io::Error::from(io::ErrorKind::Unsupported)) };
        if !is_json {
            out.write_all(lines)?;
            continue;
        }
        // A line is an object, and no object has a line end in it.
        for (line, object) in lines.split(|byte| *byte == b'\n').filter(|object| !object.is_empty()).enumerate() {
            out.write_all(if at + line > 0 { b",\n" } else { b"\n" })?;
            out.write_all(object)?;
        }
    }
    if is_json {
        write!(out, "\n]")?;
        if let Some(coverage) = coverage {
            write!(out, ",\"coverage\":{}", serde_json::to_string(coverage)?)?;
        }
        writeln!(out, ",\"command\":{}}}", json!(command_line()))?;
    }
    Ok(())
}

/// A number with four digits behind its point at most, and thousands parted; tiny ones as powers of ten.
pub(super) fn rounded(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) {
        return format!("{number:.3e}");
    }
    let digits = if size >= 1000.0 { 2 } else { 4 };
    let text = format!("{size:.digits$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    format!("{sign}{whole}{point}{rest}")
}

/// Most gaps, and most issues of one gap, that are told in words; JSON has all.
const GAPS: usize = 5;
const MISSING: usize = 8;

/// What a table rests on, in words.
pub(super) fn coverage_lines(coverage: &Coverage) -> Vec<String> {
    let dates = coverage.dates.as_ref().map_or_else(String::new, |[first, last]| format!(", {first} to {last}"));
    let undated = match coverage.undated {
        0 => String::new(),
        some => format!("; {} articles without a date", grouped(some)),
    };
    let mut lines = vec![format!(
        "rests on {} issues, {} articles, {} characters{dates}{undated}; archive {}",
        grouped(coverage.issues),
        grouped(coverage.articles),
        grouped(coverage.characters),
        coverage.archive
    )];
    lines.extend(coverage.notes.iter().cloned());
    let period = |period: &Period| {
        let name = period.period.as_deref().unwrap_or("no date");
        let (issues, articles) = (grouped(period.issues), grouped(period.articles));
        format!("{name}: {issues} issues, {articles} articles, {} characters", grouped(period.characters))
    };
    lines.extend(coverage.periods.iter().map(period));
    for gap in coverage.gaps.iter().take(GAPS) {
        let year = gap.year.map_or_else(String::new, |year| format!(" of {year}"));
        let first = gap.missing.iter().take(MISSING).cloned().collect::<Vec<_>>().join(", ");
        let more = gap.missing.len().saturating_sub(MISSING);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("missing from the archive: {}{year}: {first}{more}", printable(&gap.run)));
    }
    if coverage.gaps.len() > GAPS {
        let more = coverage.gaps.len() - GAPS;
        lines.push(format!("missing from the archive: issues of {more} more runs; --json lists them"));
    }
    lines
}
