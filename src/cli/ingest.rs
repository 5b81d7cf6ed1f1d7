//! `jiebao ingest`: newsletters into the index, all of a batch or nothing.

use super::print::{Rows, grouped, print_json, stdout};
use super::{Exit, complain};
use crate::error::printable;
use crate::index::Stamp;
use crate::ingest::{Event, Outcome, Report, ingest};
use crate::model::EntityKind;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `jiebao ingest`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao ingest                             the folder corpus into the folder index
  jiebao ingest --index archive 2024 2025   two folders into another index
  jiebao ingest issue.txt -v                one file, telling how it fared
  jiebao ingest --json inbox > receipt.json what was done, for a program

A file that the index has already is skipped, a changed one replaces what it was. The batch becomes
visible at the end, all at once; if anything stops it, the index is as it was. Names of --gazetteer hold for
files that this run reads; skipped files keep what they were read with."))]
pub(super) struct Args {
    /// Files and folders; folders are searched for .txt and .md files.
    #[arg(default_value = "corpus", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: super::IndexArg,
    #[command(flatten)]
    gazetteer: super::GazetteerArg,
    /// Threads that read and analyse [default: one a core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Tell of every file, not only of the refused ones.
    #[arg(short, long)]
    verbose: bool,
    /// Print the report as one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let mut log = Log { bar: bar(), verbose: args.verbose };
    let gazetteer = args.gazetteer.read()?;
    let threads = args.threads.map(usize::from);
    let outcome = ingest(&args.paths, &args.index.index, threads, &gazetteer, |event| log.tell(&event));
    log.bar.finish_and_clear();
    let report = outcome?;
    let elapsed = started.elapsed();
    complain(&summary(&report));
    if !gazetteer.is_empty() && report.unchanged > 0 {
        let unread = report.unchanged;
        complain(&format!(
            "the gazetteer's names were not looked for in unchanged files ({unread}); ingest into a new index for that"
        ));
    }
    if args.json {
        print_json(&json(&report, &args.index.index, elapsed))?;
    } else {
        let mut out = stdout();
        write!(out, "{}", table(&report, elapsed))?;
        if !report.refused.is_empty() {
            let mut rows = Rows::new(["refused, and why"], 1);
            report.refused.iter().for_each(|error| rows.push([error.to_string()]));
            write!(out, "\n{rows}")?;
        }
        out.flush()?;
    }
    Ok(if report.refused.is_empty() { Exit::Done } else { Exit::Partly })
}

/// What is told on the way: a bar on a terminal, lines in a log.
struct Log {
    bar: ProgressBar,
    verbose: bool,
}

fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left {msg}")
        .expect("the template is a literal and is well formed");
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

impl Log {
    fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Found(files) => self.bar.set_length(*files as u64),
            Event::Committing => self.bar.set_message("(writing the index)"),
            Event::File { path, outcome } => {
                if let Some(line) = line(path, outcome, self.verbose) {
                    self.bar.suspend(|| complain(&line));
                }
                self.bar.inc(1);
            }
        }
    }
}

fn line(path: &Path, outcome: &Outcome, verbose: bool) -> Option<String> {
    let shown = path.to_string_lossy();
    let shown = printable(&shown);
    match outcome {
        Outcome::Refused(error) => Some(format!("{error}")),
        Outcome::Duplicate { of } => {
            Some(format!("{shown}: has the content of {}, which is in the index; taken once", printable(of)))
        }
        Outcome::Moved { from } if verbose => Some(format!("{shown}: moved from {}", printable(from))),
        Outcome::Added if verbose => Some(format!("{shown}: added")),
        Outcome::Replaced if verbose => Some(format!("{shown}: replaced")),
        Outcome::Unchanged if verbose => Some(format!("{shown}: unchanged")),
        _ => None,
    }
}

fn summary(report: &Report) -> String {
    let Report { found, added, replaced, moved, unchanged, duplicates, refused, .. } = report;
    format!(
        "{found} files found: {added} added, {replaced} replaced, {moved} moved, {unchanged} unchanged, \
         {} duplicates, {} refused",
        duplicates.len(),
        refused.len()
    )
}

fn table(report: &Report, elapsed: Duration) -> Rows {
    let mut rows = Rows::new(["ingested", "count"], 1);
    let mut push = |what: &str, count: usize| rows.push([what.to_owned(), grouped(count as u64)]);
    push("files read", report.read);
    push("  added", report.added);
    push("  replaced", report.replaced);
    push("  moved", report.moved);
    push("  unchanged", report.unchanged);
    push("  duplicates", report.duplicates.len());
    push("refused", report.refused.len());
    push("articles", report.counts.articles);
    push("characters", report.counts.characters);
    push("mentions", report.counts.mentions.values().sum());
    for kind in EntityKind::ALL.map(EntityKind::as_str) {
        push(&format!("  {kind}"), report.counts.mentions.get(kind).copied().unwrap_or(0));
    }
    push("metrics", report.counts.metrics);
    push("set aside", report.counts.set_aside);
    push("problems", report.counts.problems);
    rows.push(["bytes".to_owned(), grouped(report.bytes)]);
    rows.push(["seconds".to_owned(), format!("{:.2}", elapsed.as_secs_f64())]);
    rows
}

fn json(report: &Report, index: &Path, elapsed: Duration) -> serde_json::Value {
    serde_json::json!({
        "index": index.to_string_lossy(),
        "program": Stamp::current().jiebao,
        "files": {
            "found": report.found,
            "read": report.read,
            "added": report.added,
            "replaced": report.replaced,
            "moved": report.moved,
            "unchanged": report.unchanged,
            "duplicate": report.duplicates.len(),
            "refused": report.refused.len(),
        },
        "duplicates": report.duplicates.iter()
            .map(|(path, of)| serde_json::json!({ "path": path.to_string_lossy(), "of": of }))
            .collect::<Vec<_>>(),
        "refused": report.refused.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "articles": report.counts.articles,
        "characters": report.counts.characters,
        "mentions": report.counts.mentions,
        "metrics": report.counts.metrics,
        "set_aside": report.counts.set_aside,
        "problems": report.counts.problems,
        "bytes": report.bytes,
        "seconds": elapsed.as_secs_f64(),
    })
}
