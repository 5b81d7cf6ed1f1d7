//! `jiebao show`: one article, as a reader wants it, as bytes of its file, or as its record.

use super::print::{FAINT, Rows, STRONG, columns, stdout, wrapped};
use super::{Exit, complain};
use crate::error::{Error, Result, printable};
use crate::index::Archive;
use crate::model::EntityKind;
use crate::record::{MetricRecord, Record};
use crate::source;
use anstyle::Style;
use std::io::{self, Write};
use std::path::Path;

/// Columns of a kind's name and the space behind it; `organization` has twelve letters.
const HEAD: usize = 14;
/// How many articles an ambiguous id is answered with.
pub(super) const CANDIDATES: usize = 10;

/// Arguments of `jiebao show`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao show 街讯-2024-03-0c2f5a1b9d3e-2    the article of that id, as `search` prints it
  jiebao show 街讯-2024-03-0c               the only article whose id begins so
  jiebao show ID --raw | xxd               the bytes of the file its paragraphs came from, one after another
  jiebao show ID --json                    its record, the same bytes as `extract` prints"))]
pub(super) struct Args {
    /// Id of the article, or the beginning of it that no other has.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    index: super::IndexArg,
    /// Write the source bytes of its paragraphs, read from the file, and nothing else.
    #[arg(long, conflicts_with = "json")]
    raw: bool,
    /// Print its record.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.index.index)?;
    let (found, count) = archive.articles_named(&args.id, CANDIDATES)?;
    let [address] = found[..] else {
        let records: Vec<Record> = found.iter().map(|address| archive.record(*address)).collect::<Result<_>>()?;
        complain(&unclear(&args.id, &records, count));
        return Ok(Exit::Partly);
    };
    // Data goes out as it is; only what is meant for a reader passes the stream that knows of colours.
    if args.json {
        return written(format!("{}\n", archive.stored(address)?).as_bytes());
    }
    let record = archive.record(address)?;
    if args.raw {
        return written(&source_bytes(&archive, &record)?);
    }
    let mut out = stdout();
    print(&mut out, &record)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn written(bytes: &[u8]) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Exit::Done)
}

pub(super) fn unclear(id: &str, records: &[Record], count: usize) -> String {
    let id = printable(id);
    if records.is_empty() {
        return format!("no article has the id {id}; `jiebao search` prints ids");
    }
    let mut what = format!("{count} articles have an id that begins with {id}; type more of one of these");
    for record in records {
        let title = record.title.as_deref().unwrap_or("(no headline)");
        what += &format!("\n  {}  {}", printable(&record.id), printable(title));
    }
    if count > records.len() {
        what += &format!("\n  and {} more", count - records.len());
    }
    what
}

/// The bytes of the file that the paragraphs were made from, in reading order, none added.
fn source_bytes(archive: &Archive, record: &Record) -> Result<Vec<u8>> {
    let issue = archive.issue_of(record)?;
    let file = Path::new(&issue.file);
    if !file.exists() {
        return Err(Error::refused(
            file,
            "has gone, and its bytes are kept nowhere else; `jiebao show` without --raw shows the text",
        ));
    }
    let source = source::read(file)?;
    let changed = "has changed since it was ingested; run `jiebao ingest` on it and look for the article again";
    if source.sha256 != issue.sha256 {
        return Err(Error::refused(file, changed));
    }
    let mut bytes = Vec::new();
    for [start, end] in record.origin.iter().flatten() {
        let range = source.bytes.get(*start..*end);
        bytes.extend_from_slice(range.ok_or_else(|| Error::refused(file, changed))?);
    }
    Ok(bytes)
}

fn print(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let width = columns();
    let mut line = |style: Style, indent: &str, text: &str| {
        let room = width.map(|width| width - indent.len());
        let shown = printable(text).into_owned();
        wrapped(&shown, room).iter().try_for_each(|line| writeln!(out, "{indent}{style}{line}{style:#}"))
    };
    let plain = Style::new();
    if let Some(kicker) = &record.kicker {
        line(FAINT, "", kicker)?;
    }
    line(STRONG, "", record.title.as_deref().unwrap_or("(no headline)"))?;
    if let Some(subtitle) = &record.subtitle {
        line(plain, "", subtitle)?;
    }
    let byline = record.byline.join("、");
    let parts = [record.issue.as_str(), record.date.as_deref().unwrap_or("no date"), &byline];
    line(FAINT, "", &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))?;
    line(FAINT, "", &record.id)?;
    for at in 0..=record.paragraphs.len() {
        for heading in record.headings.iter().filter(|heading| heading.before == at) {
            line(plain, "", "")?;
            line(STRONG, "", &heading.text)?;
        }
        if let Some(paragraph) = record.paragraphs.get(at) {
            line(plain, "", "")?;
            line(plain, "", paragraph)?;
        }
    }
    if let Some(source) = &record.source {
        line(plain, "", &format!("（{source}）"))?;
    }
    names(out, record, width)?;
    figures(out, record)
}

/// Names by kind, each once with its count, most frequent first.
fn names(out: &mut impl Write, record: &Record, width: Option<usize>) -> io::Result<()> {
    if !record.mentions.is_empty() {
        writeln!(out, "\n{STRONG}names{STRONG:#}")?;
    }
    for kind in EntityKind::ALL.map(EntityKind::as_str) {
        let mut names: Vec<(&str, usize)> = Vec::new();
        for mention in record.mentions.iter().filter(|mention| mention.kind == kind) {
            match names.iter_mut().find(|(name, _)| *name == mention.name) {
                Some((_, count)) => *count += 1,
                None => names.push((&mention.name, 1)),
            }
        }
        if names.is_empty() {
            continue;
        }
        // Stable: names of one count stay in reading order.
        names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let times =
            |(name, count): &(&str, usize)| if *count > 1 { format!("{name}×{count}") } else { (*name).to_owned() };
        let list = names.iter().map(times).collect::<Vec<_>>().join("、");
        for (at, part) in
            wrapped(&printable(&list), width.map(|width| width.saturating_sub(HEAD + 2))).iter().enumerate()
        {
            let head = if at == 0 { kind } else { "" };
            writeln!(out, "  {FAINT}{head:HEAD$}{FAINT:#}{part}")?;
        }
    }
    Ok(())
}

fn figures(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let mut rows = Rows::new(["figure", "subject", "unit", "change", "value"], 4);
    for metric in &record.metrics {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        rows.push([
            metric.text.clone(),
            or_dash(&metric.subject),
            or_dash(&metric.unit),
            change(metric),
            value(metric),
        ]);
    }
    if rows.is_empty() { Ok(()) } else { write!(out, "\n{rows}") }
}

fn change(metric: &MetricRecord) -> String {
    let parts = [metric.basis.as_deref(), metric.change.as_deref()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match metric.from {
        Some(from) => format!("{text} from {from}").trim_start().to_owned(),
        None if text.is_empty() => "–".to_owned(),
        None => text,
    }
}

/// `≈` for about, `≥` and `≤` for bounds.
fn value(metric: &MetricRecord) -> String {
    let bound = match metric.bound.as_deref() {
        Some("min") => "≥",
        Some("max") => "≤",
        _ => "",
    };
    let about = if metric.approx { "≈" } else { "" };
    match (metric.value, metric.low, metric.high) {
        (Some(value), ..) => format!("{about}{bound}{value}"),
        (None, Some(low), Some(high)) => format!("{about}{bound}{low}–{high}"),
        _ => "–".to_owned(),
    }
}
