//! `jiebao series`: one figure over the issues.

use super::stats::{ArticleArgs, ConditionArgs};
use super::table::{TableArgs, deliver};
use super::{Exit, IndexArg};
use crate::index::Archive;
use crate::stats::{Figures, Key, PLACES, series};

/// Arguments of `jiebao series`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao series 停车                              every figure with 停车 in its subject, as time goes
  jiebao series '\"居民\"' --by community           that subject alone, a series for each community
  jiebao series 居民 --unit 户 --chart 居民.svg

Units of one quantity become one (米 and 公里). Levels and changes stand in series of their own. A figure that is told from–to is
held against the one before it (goes_on), and figures of one place and time that cannot both be right name each other
(contradicts). docs/statistics.md tells every column."))]
pub(super) struct Args {
    /// What is counted or measured: TEXT that stands in its subject, or in quotes the whole subject.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    #[command(flatten)]
    index: IndexArg,
    #[command(flatten)]
    conditions: ConditionArgs,
    #[command(flatten)]
    articles: ArticleArgs,
    /// What tells series apart besides subject and unit: community, grid, division.
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    by: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let figures = Figures::of(args.articles.read()?).having("subject", &args.subject)?;
    let figures = args.conditions.read(figures)?;
    let by = Key::of_words(&args.by, &PLACES)?;
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let answer = series(&archive, &figures, &by)?;
    deliver(answer.table, Some(&answer.coverage), &args.table)
}
