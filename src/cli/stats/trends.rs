//! `jiebao stats trends`: how words come and go.

use super::corpus::{absent, corpus};
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::error::{Error, printable};
use crate::index::Archive;
use crate::linguistics::{Node, Period, trends};
use crate::stats::Coverage;
use clap::ValueEnum;

/// Arguments of `jiebao stats trends`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats trends 加装电梯                        how often in each year, absolute and per million words
  jiebao stats trends 垃圾分类 停车 --by month          two words, month by month
  jiebao stats trends 网格 --in 'division:清河区'      in some of the articles
  jiebao stats trends 网格 --format csv > trend.csv

Periods without text are listed as such; articles whose date does not tell the period are a row of their own, last.
tau is Kendall's rank correlation with time: 1 always up, -1 always down. Columns and formulas: docs/linguistics.md."))]
pub(super) struct Args {
    /// The words, each an argument; one in quotes may be several.
    #[arg(required = true, num_args = 1.., value_name = "WORD")]
    words: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    /// By what time is parted.
    #[arg(long, value_name = "PERIOD", value_enum, default_value_t = Period::Year)]
    by: Period,
    /// Count in the articles that this query finds; without it, in all.
    #[arg(long = "in", value_name = "QUERY")]
    within: Option<String>,
    /// Only where words of jieba's begin and end with it: 居民 and not 居民区.
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    table: TableArgs,
}

impl ValueEnum for Period {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Year, Self::Month]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Year => "year",
            Self::Month => "month",
        }))
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let node = |word: &String| match Node::new(word, args.whole) {
        Some(node) => Ok((word.trim().to_owned(), node)),
        None => Err(Error::Usage(format!(
            "`{}` holds no letter, digit or Han character; type a word, such as 网格",
            printable(word)
        ))),
    };
    let mut words = args.words.iter().map(node).collect::<Result<Vec<_>, Error>>()?;
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|(word, _)| seen.insert(word.clone()));
    let archive = Archive::open(&args.index.index)?;
    let corpus = match corpus(&archive, args.within.as_deref())? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let found = trends(&archive, &corpus.articles, &words, args.by)?;
    let stands = found.words.iter().any(|(count, _)| *count > 0);
    if stands {
        deliver(found.table, Some(&Coverage::of(&archive, &*corpus.query)?), &args.table)?;
    }
    let mut exit = Exit::Done;
    for ((word, _), (count, trend)) in words.iter().zip(&found.words) {
        let trend = match trend {
            Some(trend) => format!("; Kendall's tau {:.2}, p {}", trend.tau, crate::cli::table::rounded(trend.p)),
            None => String::new(),
        };
        complain(&format!("{} stands {} times{trend}", printable(word), grouped(*count)));
        if *count == 0 {
            exit = absent(&archive, word)?;
        }
    }
    if found.undated > 0 {
        let undated = grouped(found.undated);
        complain(&format!("{undated} articles are of no known period and in the trend of none"));
    }
    Ok(exit)
}
