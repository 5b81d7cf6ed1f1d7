//! `jiebao stats`: what the archive holds, and tables of it. One file a table.

mod collocations;
mod corpus;
mod holdings;
mod keyness;
mod keywords;
mod metrics;
mod names;
mod new_words;
mod trends;
mod words;

pub(super) use metrics::{ArticleArgs, ConditionArgs};

use super::Exit;
use crate::model::EntityKind;

/// Arguments of `jiebao stats`.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(args_conflicts_with_subcommands = true, after_help = super::help("\
  jiebao stats                    what the folder index holds
  jiebao stats --top 50           longer lists of names, units and subjects
  jiebao stats --json             one JSON object, for a program
  jiebao stats metrics --help     and so for each table

Lists stand in order of their counts, and where counts are equal in order of their characters. docs/statistics.md and
docs/linguistics.md tell what each table counts."))]
pub(super) struct Args {
    #[command(subcommand)]
    of: Option<Of>,
    #[command(flatten)]
    holdings: holdings::HoldingsArgs,
}

/// What there are tables of.
#[derive(Debug, clap::Subcommand)]
enum Of {
    /// Count figures by subject, unit, community, year and more.
    Metrics(metrics::Args),
    /// Count grids, by name, year and more, or which things are named with them.
    Grids(names::NamesArgs),
    /// The same for communities.
    Communities(names::NamesArgs),
    /// The same for divisions.
    Divisions(names::NamesArgs),
    /// The same for persons.
    Persons(names::NamesArgs),
    /// The same for organizations.
    Organizations(names::NamesArgs),
    /// The same for places.
    Places(names::NamesArgs),
    /// The same for programmes.
    Programs(names::NamesArgs),
    /// How frequent words are, or n-grams of words or characters, and how evenly they are spread.
    Words(words::Args),
    /// Which words stand near a word, and how strongly they go with it.
    Collocations(collocations::Args),
    /// Which words mark some articles against others.
    Keyness(keyness::Args),
    /// How often words stand in each year or month.
    Trends(trends::Args),
    /// What articles, issues, years or divisions are about.
    Keywords(keywords::Args),
    /// Which words some articles have and the rest of the archive has not.
    NewWords(new_words::Args),
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    match &args.of {
        None => holdings::run(&args.holdings),
        Some(Of::Metrics(args)) => metrics::run(args),
        Some(Of::Grids(args)) => names::run(EntityKind::Grid, args),
        Some(Of::Communities(args)) => names::run(EntityKind::Community, args),
        Some(Of::Divisions(args)) => names::run(EntityKind::Division, args),
        Some(Of::Persons(args)) => names::run(EntityKind::Person, args),
        Some(Of::Organizations(args)) => names::run(EntityKind::Organization, args),
        Some(Of::Places(args)) => names::run(EntityKind::Place, args),
        Some(Of::Programs(args)) => names::run(EntityKind::Program, args),
        Some(Of::Words(args)) => words::run(args),
        Some(Of::Collocations(args)) => collocations::run(args),
        Some(Of::Keyness(args)) => keyness::run(args),
        Some(Of::Trends(args)) => trends::run(args),
        Some(Of::Keywords(args)) => keywords::run(args),
        Some(Of::NewWords(args)) => new_words::run(args),
    }
}
