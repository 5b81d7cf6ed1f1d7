//! `jiebao stats grids`, `communities` and so on: things by how often they are named, and which are named together.

use super::metrics::ArticleArgs;
use crate::cli::table::{TableArgs, deliver};
use crate::cli::{Exit, IndexArg};
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::model::EntityKind;
use crate::query::meant;
use crate::stats::{Key, Names, Together, graph, names, together};
use crate::table::{NewFile, graphml};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `jiebao stats grids` and of the other kinds.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::help("\
  jiebao stats grids                          every grid: how often, in how many articles and issues, first and last
  jiebao stats grids --by year                how many different grids are named each year
  jiebao stats communities --by name,year --like 云杉
  jiebao stats persons --with organizations   who is named in one article with which body
  jiebao stats persons --with persons --paragraph --graph who.graphml

Names are as records have them, whole and normal, with what operators decided on them; `jiebao entities` also brings together
spellings of one thing. docs/statistics.md tells every column."))]
pub(super) struct NamesArgs {
    #[command(flatten)]
    index: IndexArg,
    /// Only names that have TEXT in them.
    #[arg(long, value_name = "TEXT")]
    like: Option<String>,
    #[command(flatten)]
    articles: ArticleArgs,
    /// What to count by: name, within (the unit that it lies in), role, code, year, month, issue; without it by name, of grids
    /// and communities also by the unit that they lie in.
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    by: Vec<String>,
    /// Count pairs instead: things of this kind that are named in one article with those of another.
    #[arg(long, value_name = "KIND", conflicts_with_all = ["by", "like"])]
    with: Option<String>,
    /// Only pairs that stand in one paragraph.
    #[arg(long, requires = "with")]
    paragraph: bool,
    /// Only pairs that stand together in so many places at least.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "with")]
    min: u64,
    /// Also write the pairs as a graph, in GraphML.
    #[arg(long, value_name = "FILE", requires = "with")]
    graph: Option<PathBuf>,
    #[command(flatten)]
    table: TableArgs,
}

/// The kind of a word: `grid` or `grids`.
fn kind(word: &str) -> Result<EntityKind> {
    let known = if word == "org" || word == "orgs" { "organization".to_owned() } else { word.to_lowercase() };
    let singular = known
        .strip_suffix("ies")
        .map_or_else(|| known.strip_suffix('s').unwrap_or(&known).to_owned(), |stem| format!("{stem}y"));
    EntityKind::of_word(&singular).ok_or_else(|| {
        let names: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let meant = meant(&singular, names.iter().copied());
        Error::Usage(format!("there is no kind of things `{word}`{meant}; there are {}", names.join(", ")))
    })
}

pub(super) fn run(of: EntityKind, args: &NamesArgs) -> anyhow::Result<Exit> {
    let articles = args.articles.read()?;
    let by = Key::of_words(&args.by, &Key::OF_NAMES)?;
    let with = args.with.as_deref().map(kind).transpose()?;
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let Some(with) = with else {
        let answer = names(&archive, &Names { kind: of, like: args.like.clone(), articles, by })?;
        return deliver(answer.table, Some(&answer.coverage), &args.table);
    };
    let mut file = args.graph.as_ref().map(|path| args.table.new_file(path)).transpose()?;
    let question = Together { kind: of, with, paragraph: args.paragraph, least: args.min, articles };
    let answer = together(&archive, &question)?;
    if let Some(file) = file.as_mut().filter(|_| !answer.table.rows.is_empty()) {
        let (nodes, edges) = graph(&question, &answer.table);
        let written = graphml(&nodes, &edges, false).and_then(|bytes| file.write_all(&bytes));
        written.map_err(|cause| file.failed(cause))?;
    }
    if !answer.table.rows.is_empty() {
        file.map(NewFile::keep).transpose()?;
    }
    deliver(answer.table, Some(&answer.coverage), &args.table)
}
