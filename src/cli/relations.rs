//! `jiebao relations`: how the things that the archive names belong together.

use super::print::{FAINT, STRONG, print_json, stdout};
use super::{Exit, complain};
use crate::authority::{End, Link, graph, links};
use crate::error::printable;
use crate::index::Archive;
use crate::model::RelationKind;
use crate::table::{NewFile, graphml};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `jiebao relations`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao relations --name 云杉             all that is said of things with 云杉 in their names
  jiebao relations heads                   who heads which grid or community
  jiebao relations --graph who.graphml     all of them as a graph, for Gephi
  jiebao relations --limit 100000 --json   all of them, each with its articles and its sentence

Relations: in (which unit lies in which), heads (who heads a unit), works_in (which body works in which community),
bounded_by (the borders of a unit). Each is stated by a sentence, which is shown."))]
pub(super) struct Args {
    /// Relation: in, heads, works_in, bounded_by; without it, all.
    #[arg(value_name = "RELATION", value_parser = relation)]
    relation: Option<RelationKind>,
    #[command(flatten)]
    index: super::IndexArg,
    /// Only relations of things that have TEXT in their name.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// How many to list.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Also write all of them as a graph, in GraphML, for Gephi and its like.
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
    /// Replace a file that exists.
    #[arg(long, requires = "graph")]
    force: bool,
}

fn relation(word: &str) -> std::result::Result<RelationKind, String> {
    let words = || RelationKind::ALL.map(RelationKind::as_str).join(", ");
    RelationKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or_else(|| format!("write one of {}", words()))
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut file = args.graph.as_ref().map(|path| NewFile::create(path, args.force)).transpose()?;
    let archive = Archive::open(&args.index.index)?;
    let mut all = links(&archive)?;
    all.retain(|link| args.relation.is_none_or(|kind| link.relation == kind.as_str()));
    if let Some(text) = &args.name {
        all.retain(|link| [&link.subject, &link.object].iter().any(|end| end.name.contains(text)));
    }
    let total = all.len();
    if let Some(mut file) = file.take().filter(|_| total > 0) {
        let (nodes, edges) = graph(&all);
        let written = graphml(&nodes, &edges, true).and_then(|bytes| file.write_all(&bytes));
        written.map_err(|cause| file.failed(cause))?;
        file.keep()?;
    }
    all.truncate(args.limit);
    all.iter_mut().try_for_each(|link| link.quote(&archive))?;
    if args.json {
        print_json(&serde_json::json!({ "total": total, "relations": all }))?;
    } else {
        print(&all)?;
    }
    if total == 0 {
        complain("the archive states no such relation; try another or a shorter --name");
        return Ok(Exit::Partly);
    }
    if all.len() < total {
        complain(&format!("{} of {total} relations listed; see more with --limit", all.len()));
    }
    Ok(Exit::Done)
}

fn print(links: &[Link]) -> std::io::Result<()> {
    let mut out = stdout();
    for link in links {
        let verb = match link.relation.as_str() {
            "in" => "lies in",
            "works_in" => "works in",
            "bounded_by" => "is bounded by",
            other => other,
        };
        let (subject, object) = (shown(&link.subject), shown(&link.object));
        writeln!(out, "{STRONG}{}{STRONG:#} {verb} {STRONG}{}{STRONG:#}", printable(&subject), printable(&object))?;
        let more =
            if link.articles.len() > 1 { format!(" and {} more", link.articles.len() - 1) } else { String::new() };
        let article = link.articles.first().map_or("", String::as_str);
        writeln!(out, "  {}\n  {FAINT}{}{more}{FAINT:#}", printable(&link.sentence), printable(article))?;
    }
    out.flush()
}

fn shown(end: &End) -> String {
    let within = end.within.as_ref().map_or_else(String::new, |within| format!("（{within}）"));
    format!("{}{within}", end.name)
}
