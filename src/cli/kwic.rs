//! `jiebao kwic`: a concordance.

use super::print::{FAINT, HIT, print_json, stdout};
use super::{Exit, complain};
use crate::error::printable;
use crate::index::Archive;
use crate::query::{self, By, Line};
use clap::ValueEnum;
use std::io::Write;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// Arguments of `jiebao kwic`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao kwic 网格                         every place where 网格 stands, with what is left and right of it
  jiebao kwic 网格 --sort right            by what follows
  jiebao kwic '停车 date:2024' --width 60  longer lines, of articles of 2024
  jiebao kwic 网格 --limit 0 --json        all places, one JSON object a line

A line is a place: words of the query, and names and figures that answer its conditions. Columns are set by display
width, a Han character taking two."))]
pub(super) struct Args {
    /// A query, as for `jiebao search`.
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    index: super::IndexArg,
    /// Columns of text on either side.
    #[arg(long, value_name = "N", default_value_t = 36)]
    width: usize,
    /// The order of lines.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Sort::Place)]
    sort: Sort,
    /// How many lines to print; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Set hits in 【】.
    #[arg(long)]
    mark: bool,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
    /// A file of words that mean the same: a group a line, parted by 、.
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

/// `--sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// As articles stand in the archive.
    Place,
    /// By what stands left of the hit, read from the hit leftwards.
    Left,
    /// By the hit and what stands right of it.
    Right,
    /// The earliest first.
    Date,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let query = super::search::read(&args.query, args.synonyms.as_ref())?;
    let archive = Archive::open(&args.index.index)?;
    let by = match args.sort {
        Sort::Place => By::Place,
        Sort::Left => By::Left,
        Sort::Right => By::Right,
        Sort::Date => By::Date,
    };
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let (lines, total) = query::kwic(&archive, &query, args.width, by, limit)?;
    if args.json {
        lines.iter().try_for_each(print_json)?;
    } else {
        let mut out = stdout();
        // As wide as the widest, so that a narrow concordance has no empty columns.
        let left = lines.iter().map(|line| line.left.width()).max().unwrap_or(0);
        let right = lines.iter().map(|line| line.hit.width() + line.right.width()).max().unwrap_or(0);
        lines.iter().try_for_each(|line| print(&mut out, line, left, right, args.mark))?;
        out.flush()?;
    }
    if total == 0 {
        let articles = query::count(&archive, &query)?;
        if articles == 0 {
            return super::search::nothing(&archive, &query);
        }
        complain(&format!(
            "{articles} articles found, and nothing in them to show in context; add a word to the query"
        ));
        return Ok(Exit::Partly);
    }
    if lines.len() < total {
        complain(&format!("{} of {total} places listed; see more with --limit", lines.len()));
    }
    Ok(Exit::Done)
}

fn print(out: &mut impl Write, line: &Line, left: usize, right: usize, mark: bool) -> std::io::Result<()> {
    let spaces = |columns: usize| " ".repeat(columns);
    let (open, close) = if mark { ("【", "】") } else { ("", "") };
    let before = spaces(left.saturating_sub(line.left.width()));
    let behind = spaces(right.saturating_sub(line.hit.width() + line.right.width()));
    let date = line.date.as_deref().unwrap_or("no date");
    writeln!(
        out,
        "{before}{} {open}{HIT}{}{HIT:#}{close} {}{behind}  {FAINT}{date} {}{FAINT:#}",
        printable(&line.left),
        printable(&line.hit),
        printable(&line.right),
        printable(&line.id)
    )
}
