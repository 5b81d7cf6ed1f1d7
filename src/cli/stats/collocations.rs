//! `jiebao stats collocations`: which words stand near a word.

use super::corpus::{ListArgs, absent, corpus};
use crate::cli::print::grouped;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg, complain, help};
use crate::error::{Error, printable};
use crate::index::Archive;
use crate::linguistics::{Items, Measure, Node, Reach, collocations};
use crate::stats::Coverage;
use clap::ValueEnum;

/// Most words of a window on either side.
const WIDEST: usize = 100;

/// Arguments of `jiebao stats collocations`.
#[derive(Debug, clap::Args)]
#[command(after_help = help("\
  jiebao stats collocations 停车                          words up to 5 left and right of 停车
  jiebao stats collocations 加装电梯 --window 0,3          the three words that follow
  jiebao stats collocations 网格员 --sentence --content    all of the sentence, without 的, 在, 了 …
  jiebao stats collocations 停车 --measure log-dice --min 20
  jiebao stats collocations 停车 --in 'date:2024' --format csv

Every stretch of characters counts that `jiebao search` finds; marks are no words. Columns and formulas: docs/linguistics.md."))]
pub(super) struct Args {
    /// The word, or words that stand together.
    #[arg(required = true, num_args = 1.., value_name = "WORD")]
    word: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    /// Count in the articles that this query finds; without it, in all.
    #[arg(long = "in", value_name = "QUERY")]
    within: Option<String>,
    /// How many words to look at on either side, or LEFT,RIGHT.
    #[arg(long, value_name = "N", default_value = "5", value_parser = window)]
    window: (usize, usize),
    /// Look at the words of the sentence, however many.
    #[arg(long, conflicts_with = "window")]
    sentence: bool,
    /// By what collocates are put in order.
    #[arg(long, value_name = "MEASURE", value_enum, default_value_t = Measure::LogLikelihood)]
    measure: Measure,
    /// Only words that stand near it N times or more.
    #[arg(long, value_name = "N", default_value_t = 5)]
    min: u64,
    /// Only where words of jieba's begin and end with it: 居民 and not 居民区.
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    list: ListArgs,
    #[command(flatten)]
    table: TableArgs,
}

impl ValueEnum for Measure {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::LogLikelihood, Self::Mi, Self::T, Self::LogDice]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            Self::LogLikelihood => {
                ("log-likelihood", "how sure it is that they go together; words that are rarer than expected last")
            }
            Self::Mi => ("mi", "mutual information: how exclusively; favours rare words, so raise --min"),
            Self::T => ("t", "t-score: favours frequent words"),
            Self::LogDice => ("log-dice", "how exclusively, of use for corpora of different sizes"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

fn window(typed: &str) -> Result<(usize, usize), String> {
    let number = |text: &str| match text.trim().parse::<usize>() {
        Ok(number) if number <= WIDEST => Ok(number),
        Ok(_) => Err(format!("is wider than {WIDEST} words; for all of a sentence say --sentence")),
        Err(_) => {
            Err("is no number of words; write 5, or 3,0 for three on the left and none on the right".to_owned())
        }
    };
    let (left, right) = typed.split_once([',', '，']).unwrap_or((typed, typed));
    match (number(left)?, number(right)?) {
        (0, 0) => Err("is a window without a word in it; write 1 at least on one side".to_owned()),
        both => Ok(both),
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let word = args.word.join(" ");
    let none = || {
        Error::Usage(format!(
            "`{}` holds no letter, digit or Han character; type a word, such as 网格",
            printable(&word)
        ))
    };
    let node = Node::new(&word, args.whole).ok_or_else(none)?;
    let archive = Archive::open(&args.index.index)?;
    let corpus = match corpus(&archive, args.within.as_deref())? {
        Ok(corpus) => corpus,
        Err(exit) => return Ok(exit),
    };
    let reach = if args.sentence { Reach::Sentence } else { Reach::Window(args.window.0, args.window.1) };
    let items = Items { numbers: args.list.numbers, content: args.list.content, ..Items::default() };
    let found = collocations(&archive, &corpus.articles, &node, (reach, &items), args.min, args.measure)?;
    let counts = format!(
        "{} stands {} times in {} tokens, with {} near it",
        printable(&word),
        grouped(found.nodes),
        grouped(found.tokens),
        grouped(found.near)
    );
    if found.nodes == 0 {
        complain(&counts);
        return absent(&archive, &word);
    }
    if found.table.rows.is_empty() {
        complain(&format!("{counts}; no word stands near it {} times, so ask for less with --min", args.min));
        return Ok(Exit::Partly);
    }
    let listed = deliver(found.table, Some(&Coverage::of(&archive, &*corpus.query)?), &args.table)?;
    complain(&counts);
    Ok(listed)
}
