//! `jiebao stats words`: how frequent words are, and how evenly they are spread.

use super::corpus::{ListArgs, corpus};
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::index::Archive;
use crate::linguistics::{Items, LONGEST, Part, Token, normal, words};
use crate::stats::Coverage;
use clap::ValueEnum;

/// Arguments of `jiebao stats words`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats words                                     the most frequent words of the archive
  jiebao stats words --content --in 'date:2024'          those of 2024, without 的, 了, 在 …
  jiebao stats words --n 3 --like 垃圾分类               what 垃圾分类 stands together with
  jiebao stats words --dispersion issue --min 20         and how evenly they are spread over issues
  jiebao stats words --characters --n 2 --output zi.csv  pairs of Han characters, as a file

Words are jieba's; script, width and case make no difference. An n-gram goes over no mark and no end of a sentence.
Columns and formulas: docs/linguistics.md."))]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// Count in the articles that this query finds; without it, in all.
    #[arg(long = "in", value_name = "QUERY")]
    within: Option<String>,
    /// Count N words or characters that stand side by side, 1 to 5.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=LONGEST as i64))]
    n: u8,
    /// Count Han characters, not words.
    #[arg(long, conflicts_with = "numbers")]
    characters: bool,
    /// Only what stands there N times or more; without it, 1 for single words and characters, 2 for several.
    #[arg(long, value_name = "N")]
    min: Option<u64>,
    /// Only what holds TEXT.
    #[arg(long, value_name = "TEXT")]
    like: Option<String>,
    #[command(flatten)]
    list: ListArgs,
    /// Add how evenly each is spread over parts of the archive.
    #[arg(long, value_name = "PARTS", value_enum)]
    dispersion: Option<Part>,
    #[command(flatten)]
    table: TableArgs,
}

impl ValueEnum for Part {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Article, Self::Issue, Self::Year]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            Self::Article => ("article", "articles"),
            Self::Issue => ("issue", "issues"),
            Self::Year => ("year", "years of articles; those without a date are one part"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let corpus = match corpus(&archive, args.within.as_deref())? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let token = if args.characters { Token::Character } else { Token::Word };
    let like = args.like.as_deref().map(normal).filter(|like| !like.is_empty());
    let items = Items { token, n: args.n.into(), numbers: args.list.numbers, content: args.list.content, like };
    let min = args.min.unwrap_or(if args.n == 1 { 1 } else { 2 });
    let words = words(&archive, &corpus.articles, &items, min, args.dispersion)?;
    if words.table.rows.is_empty() {
        complain(&format!("{} tokens were counted, and none is listed; ask for less", grouped(words.tokens)));
        return Ok(Exit::Partly);
    }
    let different = words.table.rows.len() as u64;
    let listed = deliver(words.table, Some(&Coverage::of(&archive, &*corpus.query)?), &args.table)?;
    let parts = args.dispersion.map_or_else(String::new, |_| format!(", in {} parts", grouped(words.parts as u64)));
    complain(&format!("{} tokens{parts}; {} different ones listed", grouped(words.tokens), grouped(different)));
    Ok(listed)
}
