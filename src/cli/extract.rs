//! `jiebao extract`: newsletters in, article records out.

use super::{Exit, complain};
use crate::error::Result;
use crate::lexicon::gazetteer::Gazetteer;
use crate::model::{Issue, Repair};
use crate::record::{changes, furniture, records};
use crate::source::{self, Source};
use crate::{error::Error, pipeline};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

/// Files that are worked on together: enough for every core, few enough to hold.
const BATCH: usize = 64;

/// Arguments of `jiebao extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
jiebao extract corpus > records.jsonl              one line of JSON an article
  jiebao extract corpus | jq -r .title               all headlines of a folder
  pdftotext page.pdf - | jiebao extract -            from standard input, which comes first
  jiebao extract --gazetteer ours.tsv corpus         with names of your own: name, kind, parent, code, aliases
  jiebao extract --furniture corpus                  what stands in no article, and why
  jiebao extract --changes corpus                    what was repaired, before and after"))]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// List what was set aside instead: mastheads, page numbers, captions, each with its place and why
    #[arg(long, conflicts_with = "changes")]
    furniture: bool,
    /// List what was repaired in the text instead, with what stood there and what stands there now
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    gazetteer: super::GazetteerArg,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let (piped, named): (Vec<_>, Vec<_>) = args.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let gazetteer = args.gazetteer.read()?;
    let (files, errors) = source::find(&named);
    let mut printer = Printer { out: BufWriter::new(io::stdout().lock()), args, refused: 0, seen: HashMap::new() };
    errors.into_iter().for_each(|error| printer.refuse(&error));
    if !piped.is_empty() {
        printer.print(standard_input()?.and_then(|source| args.read(&source, &gazetteer)))?;
    }
    for batch in files.chunks(BATCH) {
        let read = |file: &PathBuf| source::read(file).and_then(|source| args.read(&source, &gazetteer));
        let issues: Vec<Result<Listed>> = batch.par_iter().map(read).collect();
        issues.into_iter().try_for_each(|issue| printer.print(issue))?;
    }
    printer.out.flush()?;
    Ok(if printer.refused > 0 { Exit::Partly } else { Exit::Done })
}

/// An issue, and all its repairs if they were asked for.
type Listed = (Issue, Vec<Repair>);

impl Args {
    fn read(&self, source: &Source, gazetteer: &Gazetteer) -> Result<Listed> {
        let issue = pipeline::read_issue_with(source, gazetteer)?;
        let repairs = if self.changes { pipeline::repairs(source, &issue)? } else { Vec::new() };
        Ok((issue, repairs))
    }
}

/// What stands on standard input, unless it is too much.
pub(super) fn standard_input() -> io::Result<Result<Source>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(source::LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(read_standard_input(bytes))
}

fn read_standard_input(bytes: Vec<u8>) -> Result<Source> {
    if bytes.len() as u64 > source::LIMIT {
        return Err(Error::refused("-", format!("has more than the {} MiB a file may have", source::LIMIT >> 20)));
    }
    Ok(Source::new("-", bytes))
}

struct Printer<'a, W: Write> {
    out: W,
    args: &'a Args,
    refused: usize,
    /// How often an issue of that name and content came by.
    seen: HashMap<(String, String), usize>,
}

impl<W: Write> Printer<'_, W> {
    fn print(&mut self, read: Result<Listed>) -> anyhow::Result<()> {
        let (issue, repairs) = match read {
            Ok(read) => read,
            Err(error) => {
                self.refuse(&error);
                return Ok(());
            }
        };
        for problem in &issue.problems {
            complain(&format!("{}:{}: {}", issue.path, problem.line, problem.what));
        }
        if self.args.furniture {
            return furniture(&issue).iter().try_for_each(|piece| self.line(piece));
        }
        if self.args.changes {
            return changes(&issue, &repairs).iter().try_for_each(|change| self.line(change));
        }
        let copies = self.seen.entry((issue.name.clone(), issue.sha256.clone())).or_default();
        *copies += 1;
        let copy = *copies;
        for mut record in records(&issue) {
            // The same file once more in another folder: two articles never share an id.
            if copy > 1 {
                record.id = format!("{}~{copy}", record.id);
            }
            self.line(&record)?;
        }
        Ok(())
    }

    fn line(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        // As an I/O error, so that a closed pipe is known for one.
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn refuse(&mut self, error: &Error) {
        self.refused += 1;
        complain(&error.to_string());
    }
}
