//! `jiebao stats new-words`: which words a batch has and the rest of the archive has not.

use super::corpus::{corpus, found};
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::index::{Archive, schema::row};
use crate::linguistics::{LONGEST, Wanted, new_words};
use crate::stats::Coverage;
use tantivy::query::{BooleanQuery, Occur};

/// Arguments of `jiebao stats new-words`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats new-words --since 2025-06              what came up from June 2025 on
  jiebao stats new-words --in 'issue:清河社区报-2025'  what one newsletter says and no other
  jiebao stats new-words --since 2025 --words 1       words of jieba's only, no expressions of several
  jiebao stats new-words --since 2025 --min 1 --limit 500

A word is new if no article of the rest holds its characters; articles without a date are of the rest with --since. Expressions of
several words must hold together (--cohesion) and stand beside different words. Columns and formulas: docs/linguistics.md."))]
#[command(group = clap::ArgGroup::new("batch").required(true).args(["within", "since"]))]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// The batch: the articles that this query finds.
    #[arg(long = "in", value_name = "QUERY")]
    within: Option<String>,
    /// The batch: the articles of this day, month or year and later, as 2025-06.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Most words of an expression, 1 to 5.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=LONGEST as i64))]
    words: u8,
    /// Only what stands in the batch N times or more.
    #[arg(long, value_name = "N", default_value_t = 2)]
    min: u64,
    /// Only expressions whose words hold together by so many bits a seam.
    #[arg(long, value_name = "BITS", default_value_t = 5.0)]
    cohesion: f64,
    /// List figures as well.
    #[arg(long)]
    numbers: bool,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let since = args.since.as_ref().map(|date| format!("date:>={date}"));
    let batch = match corpus(&archive, args.within.as_deref().or(since.as_deref()))? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let rest =
        BooleanQuery::new(vec![(Occur::Must, archive.rows(row::ARTICLE)), (Occur::MustNot, batch.query.box_clone())]);
    let Some(rest) = found(&archive, Box::new(rest))? else {
        complain("the batch is the whole archive, so all of its words would be new; take a smaller one");
        return Ok(Exit::Partly);
    };
    let wanted = Wanted { words: args.words.into(), min: args.min, cohesion: args.cohesion, numbers: args.numbers };
    let new = new_words(&archive, &batch.articles, wanted)?;
    let counts = format!(
        "{} tokens of {} articles, held against {} articles",
        grouped(new.tokens),
        grouped(batch.articles.len() as u64),
        grouped(rest.articles.len() as u64)
    );
    if new.table.rows.is_empty() {
        complain(&format!("{counts}: no word is new and stands there {} times; ask for less with --min", args.min));
        return Ok(Exit::Partly);
    }
    let told = deliver(new.table, Some(&Coverage::of(&archive, &*batch.query)?), &args.table)?;
    complain(&counts);
    Ok(told)
}
