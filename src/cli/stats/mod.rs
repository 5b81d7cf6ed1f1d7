//! `jiebao stats`: what the archive holds, and tables of it. One file a table.

mod holdings;

use super::Exit;

/// Arguments of `jiebao stats`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = super::help("\
  jiebao stats                    what the folder index holds
  jiebao stats --top 50           longer lists of names, units and subjects
  jiebao stats --json             one JSON object, for a program

Lists stand in order of their counts, and where counts are equal in order of their characters."))]
pub(super) struct Args {
    #[command(subcommand)]
    of: Option<Of>,
    #[command(flatten)]
    holdings: holdings::Args,
}

/// What there are tables of.
#[derive(Debug, clap::Subcommand)]
enum Of {}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    match &args.of {
        None => holdings::run(&args.holdings),
        Some(of) => match *of {},
    }
}
