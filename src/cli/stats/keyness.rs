//! `jiebao stats keyness`: which words mark some articles against others.

use super::corpus::{ListArgs, corpus, found};
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::error::printable;
use crate::index::{Archive, schema::row};
use crate::linguistics::{Items, LONGEST, Listed, keyness};
use crate::query;
use crate::stats::Coverage;
use tantivy::query::{BooleanQuery, Occur, Query};

/// Arguments of `jiebao stats keyness`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats keyness --in 'division:清河区'                        what marks it against the rest
  jiebao stats keyness --in date:2024 --against date:2023 --content  one year against the one before
  jiebao stats keyness --in 加装电梯 --n 2                           pairs of words
  jiebao stats keyness --in date:2024 --p 0.0001 --output key.csv

Articles that answer both queries count with --in alone. Columns and formulas: docs/linguistics.md."))]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// The articles whose words are looked for.
    #[arg(long = "in", value_name = "QUERY", required = true)]
    within: String,
    /// The articles that they are held against; without it, the rest of the archive.
    #[arg(long, value_name = "QUERY")]
    against: Option<String>,
    /// Words that stand side by side, 1 to 5.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=LONGEST as i64))]
    n: u8,
    /// Only what stands in both together N times or more.
    #[arg(long, value_name = "N", default_value_t = 5)]
    min: u64,
    /// Only differences of at most this probability; 1 for all.
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = probability)]
    p: f64,
    /// Log-likelihood of four cells (Dunning 1993) instead of two (Rayson & Garside 2000).
    #[arg(long)]
    four_cells: bool,
    #[command(flatten)]
    list: ListArgs,
    #[command(flatten)]
    table: TableArgs,
}

fn probability(typed: &str) -> Result<f64, String> {
    let number = typed.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "is no probability; write a number from 0 to 1, such as 0.01".to_owned())
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let ours = match corpus(&archive, Some(&args.within))? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let (reference, what): (Box<dyn Query>, _) = match &args.against {
        None => (archive.rows(row::ARTICLE), "the rest of the archive"),
        Some(typed) => match corpus(&archive, Some(typed))? {
            Ok(theirs) => {
                let held = theirs.articles.len();
                let rest = found(&archive, without(theirs.query, ours.query.box_clone()))?
                    .map_or(0, |rest| rest.articles.len());
                if rest < held && rest > 0 {
                    let both = grouped((held - rest) as u64);
                    complain(&format!("{both} articles answer both queries; they count with --in alone"));
                }
                (query::articles(&archive, &query::parse(typed)?)?, "--against")
            }
            Err(exit) => return Ok(exit),
        },
    };
    let Some(theirs) = found(&archive, without(reference, ours.query.box_clone()))? else {
        complain(&format!(
            "every article of {what} answers {} as well, so nothing is left to hold it against; ask for less with --in",
            printable(&args.within)
        ));
        return Ok(Exit::Partly);
    };
    let items =
        Items { n: args.n.into(), numbers: args.list.numbers, content: args.list.content, ..Items::default() };
    let listed = Listed { min: args.min, p: args.p, four_cells: args.four_cells };
    let found = keyness(&archive, [&ours.articles, &theirs.articles], &items, listed)?;
    let counts = format!("{} tokens against {}", grouped(found.tokens[0]), grouped(found.tokens[1]));
    if found.table.rows.is_empty() {
        complain(&format!("{counts}; no word marks them at that count and probability, see --min and --p"));
        return Ok(Exit::Partly);
    }
    let both = BooleanQuery::union(vec![ours.query, theirs.query]);
    let told = deliver(found.table, Some(&Coverage::of(&archive, &both)?), &args.table)?;
    complain(&counts);
    Ok(told)
}

/// The articles that `query` finds and `other` does not.
fn without(query: Box<dyn Query>, other: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, other)]))
}
