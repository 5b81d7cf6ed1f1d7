//! `jiebao clean`: newsletters in, clean pages out; or what was done to them.

use super::extract::standard_input;
use super::{Exit, complain, diff};
use crate::cleaned;
use crate::error::{Error, Result, printable};
use crate::pipeline;
use crate::source::{self, Source};
use rayon::prelude::*;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Files that are worked on together: enough for every core, few enough to hold.
const BATCH: usize = 64;

/// Arguments of `jiebao clean`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
jiebao clean page.txt > page.md            the page as clean Markdown, its articles in reading order
  pdftotext page.pdf - | jiebao clean -      from standard input
  jiebao clean --diff page.txt               what was changed, put together, moved and set aside, and why
  jiebao clean inbox --output cleaned        a page for each newsletter of a folder

A cleaned page may be corrected by hand: jiebao reads it as it stands and changes nothing in it."))]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Show what was done instead: repairs with their evidence, seams, what was moved, what was set aside
    #[arg(long)]
    diff: bool,
    /// Write one page a newsletter into this folder, as STEM.md; nothing in it is overwritten
    #[arg(long, value_name = "DIR", conflicts_with = "diff")]
    output: Option<PathBuf>,
}

/// A file and what is to be printed of it.
struct Page {
    path: String,
    name: String,
    problems: Vec<String>,
    text: String,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let (piped, named): (Vec<_>, Vec<_>) = args.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let (files, errors) = source::find(&named);
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|cause| Error::io(folder, "cannot make this folder", cause))?;
    }
    let several = files.len() + usize::from(!piped.is_empty()) > 1;
    let mut refused = errors.len();
    let mut printed = 0;
    errors.iter().for_each(|error| complain(&error.to_string()));
    let mut out = super::print::stdout();
    let mut print = |page: Result<Page>| -> anyhow::Result<()> {
        let written = page.and_then(|page| {
            page.problems.iter().for_each(|problem| complain(problem));
            match &args.output {
                Some(folder) => write(folder, &page).map(|()| None),
                None => Ok(Some(page)),
            }
        });
        match written {
            Ok(Some(page)) => {
                if several {
                    let gap = if printed > 0 { "\n" } else { "" };
                    writeln!(out, "{gap}==> {} <==", printable(&page.path))?;
                }
                printed += 1;
                out.write_all(page.text.as_bytes())?;
            }
            Ok(None) => {}
            Err(error) => {
                refused += 1;
                complain(&error.to_string());
            }
        }
        Ok(())
    };
    if !piped.is_empty() {
        print(standard_input()?.and_then(|source| page(args, &source)))?;
    }
    for batch in files.chunks(BATCH) {
        let read = |file: &PathBuf| source::read(file).and_then(|source| page(args, &source));
        let pages: Vec<Result<Page>> = batch.par_iter().map(read).collect();
        pages.into_iter().try_for_each(&mut print)?;
    }
    out.flush()?;
    Ok(if refused > 0 { Exit::Partly } else { Exit::Done })
}

fn page(args: &Args, source: &Source) -> Result<Page> {
    let issue = pipeline::read_issue(source)?;
    let text = if args.diff { diff::diff(source, &issue)? } else { shown(cleaned::write(&issue), args) };
    let problem = |problem: &crate::model::Problem| format!("{}:{}: {}", issue.path, problem.line, problem.what);
    let problems = issue.problems.iter().map(problem).collect();
    Ok(Page { path: issue.path.clone(), name: issue.name.clone(), problems, text })
}

/// The page as it is for a file or a pipe, and harmless for a terminal.
fn shown(page: String, args: &Args) -> String {
    if args.output.is_some() || !io::stdout().is_terminal() {
        return page;
    }
    page.lines().map(|line| format!("{}\n", printable(line))).collect()
}

/// Writes a page into `folder`. One that is there already may hold corrections.
fn write(folder: &std::path::Path, page: &Page) -> Result<()> {
    let stem = if page.name == "-" { "standard-input" } else { &page.name };
    let file = folder.join(format!("{stem}.md"));
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&file);
    let made = made.and_then(|mut made| made.write_all(page.text.as_bytes()));
    made.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => {
            let what =
                format!("is there already and may hold corrections; {} was not written", printable(&page.path));
            Error::refused(&file, what)
        }
        _ => Error::io(&file, "cannot write", cause),
    })
}
