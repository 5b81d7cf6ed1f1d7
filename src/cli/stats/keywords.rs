//! `jiebao stats keywords`: what an article, an issue, a year or a division is about.

use super::corpus::corpus;
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::index::Archive;
use crate::linguistics::{Group, Items, keywords};
use crate::stats::Coverage;
use clap::ValueEnum;

/// Arguments of `jiebao stats keywords`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats keywords --by year                       ten words for each year
  jiebao stats keywords --in 'issue:清河社区报' --top 5  five for each article of some issues
  jiebao stats keywords --by issue --format csv         for each issue, as a file
  jiebao stats keywords --by division --in date:2024    what each division was in the papers for

A word's weight is how often it stands in the group, times the logarithm of how rare the articles of the archive are that have it
(tf-idf). An article that names several divisions is of each. Columns and formulas: docs/linguistics.md."))]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// By what articles are put together.
    #[arg(long, value_name = "GROUP", value_enum, default_value_t = Group::Article)]
    by: Group,
    /// How many words for each.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    /// Take the articles that this query finds; without it, all. Rarity is that of the whole archive in any case.
    #[arg(long = "in", value_name = "QUERY")]
    within: Option<String>,
    /// Only words that stand in the group N times or more.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: u64,
    /// List figures as well.
    #[arg(long)]
    numbers: bool,
    /// List function words as well, such as 的, 在, 我们.
    #[arg(long)]
    function_words: bool,
    #[command(flatten)]
    table: TableArgs,
}

impl ValueEnum for Group {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Article, Self::Issue, Self::Year, Self::Division]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Article => "article",
            Self::Issue => "issue",
            Self::Year => "year",
            Self::Division => "division",
        }))
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let corpus = match corpus(&archive, args.within.as_deref())? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let all = archive.all_in_order()?;
    let items = Items { numbers: args.numbers, content: !args.function_words, ..Items::default() };
    let found = keywords(&archive, [&corpus.articles, &all], &items, args.by, (args.top as usize, args.min))?;
    if found.table.rows.is_empty() {
        complain(
            "no word weighs anything: each stands in all articles of the archive, or less often than --min says",
        );
        return Ok(Exit::Partly);
    }
    let told = deliver(found.table, Some(&Coverage::of(&archive, &*corpus.query)?), &args.table)?;
    complain(&format!(
        "keywords of {} groups, by their rarity in {} articles",
        grouped(found.groups as u64),
        grouped(all.len() as u64)
    ));
    Ok(told)
}
