//! `jiebao stats metrics`: figures by what they are of.

use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg};
use crate::error::{Error, Result};
use crate::export;
use crate::index::Archive;
use crate::stats::{Articles, Figures, Key, Question, metrics};

/// Arguments of `jiebao stats metrics`.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::help("\
  jiebao stats metrics --by subject                         which figures there are
  jiebao stats metrics --subject 停车 --by year              one subject over the years
  jiebao stats metrics --by community,subject --query 加装电梯
  jiebao stats metrics --by year --subject 居民 --unit 户 --chart years.svg -o years.xlsx
  jiebao stats metrics --cell subject=居民 --cell year=2024 --rows   what one cell rests on

A row stands for the figures of one unit: 万元 and 元 are one, 户 and 戶 are, 户 and 户次 are two. The sum of shares, rates and degrees is left
out. Quartiles lie between the two nearest values, as in R, NumPy and spreadsheets. docs/statistics.md tells every column."))]
pub(super) struct Args {
    #[command(flatten)]
    index: IndexArg,
    #[command(flatten)]
    figures: FigureArgs,
    /// What to count by: subject, unit, division, community, grid, year, month, issue, change, basis, about-year, about-month.
    /// The first two are of the article's date, the last two of the time that the figure speaks of.
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    by: Vec<String>,
    /// Only the figures of a cell: KEY=VALUE, with nothing behind `=` for those that have no such value; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    cell: Vec<String>,
    /// Count a figure once that is told in several articles: of one subject, unit, number, change, place and year.
    #[arg(long)]
    distinct: bool,
    /// List the figures themselves, each with its sentence, article, issue and source bytes, instead of counting them.
    #[arg(long, conflicts_with = "by")]
    rows: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Which figures are counted.
#[derive(Debug, clap::Args)]
pub(super) struct FigureArgs {
    /// Only figures whose subject has TEXT in it, or is TEXT if that is in quotes.
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    #[command(flatten)]
    rest: ConditionArgs,
    #[command(flatten)]
    articles: ArticleArgs,
}

/// Conditions on figures besides their subject.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ConditionArgs {
    /// Only figures in this unit.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Only increase, decrease or reach.
    #[arg(long, value_name = "CHANGE")]
    change: Option<String>,
    /// Only figures that speak of a community with NAME in its name, or of that one if NAME is in quotes.
    #[arg(long, value_name = "NAME")]
    community: Option<String>,
    /// The same for a division.
    #[arg(long, value_name = "NAME")]
    division: Option<String>,
    /// The same for a grid.
    #[arg(long, value_name = "NAME")]
    grid: Option<String>,
}

/// Which articles are looked through.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ArticleArgs {
    /// Only articles that answer this query (docs/search.md).
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Only articles dated from DATE on: 2024, 2024-03 or 2024-03-15.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles dated until DATE.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl ArticleArgs {
    pub(in crate::cli) fn read(&self) -> Result<Articles> {
        let query = self.query.as_deref().map(crate::query::parse).transpose()?;
        Articles::new(query, self.since.clone(), self.until.clone())
    }
}

impl ConditionArgs {
    pub(in crate::cli) fn read(&self, mut figures: Figures) -> Result<Figures> {
        let conditions = [
            ("unit", &self.unit),
            ("change", &self.change),
            ("community", &self.community),
            ("division", &self.division),
            ("grid", &self.grid),
        ];
        for (field, value) in conditions {
            if let Some(value) = value {
                figures = figures.having(field, value)?;
            }
        }
        Ok(figures)
    }
}

impl FigureArgs {
    fn read(&self) -> Result<Figures> {
        let figures = self.rest.read(Figures::of(self.articles.read()?))?;
        self.subject.as_ref().map_or(Ok(figures.clone()), |subject| figures.having("subject", subject))
    }
}

/// A key and its value, as `--cell` has them.
fn cell(text: &str) -> Result<(Key, Option<String>)> {
    let advice = || Error::Usage(format!("--cell {text}: write KEY=VALUE, such as `--cell year=2024`"));
    let (key, value) = text.split_once('=').ok_or_else(advice)?;
    Ok((Key::of_word(key, &Key::OF_FIGURES)?, Some(value.to_owned()).filter(|value| !value.is_empty())))
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let question = Question {
        figures: args.figures.read()?,
        by: Key::of_words(&args.by, &Key::OF_FIGURES)?,
        cells: args.cell.iter().map(|text| cell(text)).collect::<Result<_>>()?,
        distinct: args.distinct,
    };
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let mut answer = metrics(&archive, &question)?;
    if args.rows {
        answer.table = export::counted(&archive, &question)?;
    }
    deliver(answer.table, Some(&answer.coverage), &args.table)
}
