//! `jiebao audit`: figures that their own text contradicts.

use super::print::{FAINT, HIT, STRONG, print_json, stdout};
use super::{Exit, complain};
use crate::audit::{Audit, Disagreement, audit};
use crate::error::printable;
use crate::index::Archive;
use std::io::Write;

/// Arguments of `jiebao audit`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao audit                    what does not add up, with its sentences
  jiebao audit --json             one JSON object, for a program

Each figure is held against what else its paragraph says: a sum against its parts (A类12处、B类7处，共19处), a number
against the names listed (甲、乙、丙三个小区), a change against its two ends, a part against its whole, shares against
100 %. What disagrees is a slip of recognition or a mistake of the text; look at the page before you use it.
Estimates, limits and lists that do not claim to be whole are not judged. In `jiebao extract` each metric carries the
same as `check` and `check_detail`."))]
pub(super) struct Args {
    #[command(flatten)]
    index: super::IndexArg,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.index.index)?;
    let found = audit(&archive)?;
    if args.json {
        print_json(&found)?;
    } else {
        let mut out = stdout();
        for (at, disagreement) in found.disagree.iter().enumerate() {
            write!(out, "{}", if at > 0 { "\n" } else { "" })?;
            print(&mut out, disagreement)?;
        }
        out.flush()?;
    }
    complain(&summary(&found));
    Ok(Exit::Done)
}

fn summary(found: &Audit) -> String {
    let (agree, disagree) = (found.agree, found.disagree.len());
    match agree + disagree {
        0 => "no figure could be held against another".to_owned(),
        held => format!("{held} figures were held against others: {agree} agree, {disagree} disagree"),
    }
}

fn print(out: &mut impl Write, found: &Disagreement) -> std::io::Result<()> {
    let Disagreement { rule, expected, .. } = found;
    let why = match rule.as_str() {
        "parts" => format!("a part of at most {expected}"),
        "count" => format!("{expected} are named"),
        "sum" => format!("its parts make {expected}"),
        "change" => format!("its ends make {expected}"),
        _ => format!("the others leave {expected}"),
    };
    let against = printable(&found.against.join("、")).into_owned();
    writeln!(out, "{HIT}{}{HIT:#}: {STRONG}{why}{STRONG:#} ({against})", printable(&found.text))?;
    writeln!(out, "  {}", printable(&found.sentence))?;
    let date = found.date.as_deref().unwrap_or("no date");
    let line = format!("{} · {date} · {}", found.issue, found.id);
    writeln!(out, "  {FAINT}{}{FAINT:#}", printable(&line))
}
