//! `jiebao stats` by itself: what the archive holds, in tables.

use crate::cli::print::{Rows, grouped, print_json, stdout};
use crate::cli::{Exit, IndexArg, complain};
use crate::index::Archive;
use crate::stats::{Counted, Stats, stats};
use std::io::Write;

/// Arguments of `jiebao stats` by itself.
#[derive(Debug, clap::Args)]
pub(super) struct HoldingsArgs {
    #[command(flatten)]
    index: IndexArg,
    /// How many names of each kind, units and subjects to list.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &HoldingsArgs) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.index.index)?;
    let stats = stats(&archive, args.top)?;
    if args.json {
        print_json(&stats)?;
    } else {
        let mut out = stdout();
        let tables = tables(&stats);
        for (at, table) in tables.iter().enumerate() {
            write!(out, "{}{table}", if at > 0 { "\n" } else { "" })?;
        }
        out.flush()?;
    }
    if stats.issues == 0 {
        complain("the archive holds no issue; `jiebao ingest PATH...` brings some in");
        return Ok(Exit::Partly);
    }
    Ok(Exit::Done)
}

fn tables(stats: &Stats) -> Vec<Rows> {
    let mut all = vec![holdings(stats)];
    let mut years = Rows::new(["year", "issues"], 1);
    for year in &stats.years {
        years.push([year.year.map_or_else(|| "no date".to_owned(), |year| year.to_string()), grouped(year.issues)]);
    }
    all.push(years);
    all.extend(stats.kinds.iter().map(|kind| list(&kind.kind, "mentions", &kind.names)));
    all.push(list("unit", "metrics", &stats.units));
    all.push(list("subject", "metrics", &stats.subjects));
    all.retain(|table| !table.is_empty());
    all
}

fn holdings(stats: &Stats) -> Rows {
    let mut rows = Rows::new(["the archive holds", "count"], 1);
    let mut push = |what: &str, count: u64| rows.push([what.to_owned(), grouped(count)]);
    push("issues", stats.issues);
    push("articles", stats.articles);
    push("  without date", stats.undated);
    push("characters", stats.characters);
    push("bytes of source", stats.bytes);
    push("mentions", stats.mentions);
    for kind in &stats.kinds {
        push(&format!("  {}", kind.kind), kind.mentions);
    }
    push("metrics", stats.metrics);
    let dates = stats.dates.as_ref();
    rows.push(["earliest date".to_owned(), dates.map_or("–", |[first, _]| first).to_owned()]);
    rows.push(["latest date".to_owned(), dates.map_or("–", |[_, last]| last).to_owned()]);
    rows
}

/// A list of the most frequent; its header says how many different ones there are.
fn list(what: &str, count: &str, counted: &Counted) -> Rows {
    let header = format!("{what} ({})", grouped(counted.distinct as u64));
    let mut rows = Rows::new([&header, count], 1);
    for entry in &counted.top {
        rows.push([entry.name.clone().unwrap_or_else(|| "(none)".to_owned()), grouped(entry.count)]);
    }
    rows
}
