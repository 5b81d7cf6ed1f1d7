//! `jiebao sql`: questions that no command foresaw.

use super::export::bar;
use super::table::{TableArgs, deliver};
use super::{Exit, complain};
use crate::error::printable;
use crate::index::Archive;
use crate::sql::{Reader, ask, built, home, schema};
use std::time::Instant;

/// Arguments of `jiebao sql`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao sql --schema                                      tables and columns, and what they mean
  jiebao sql 'SELECT year, count(*) AS figures FROM metrics GROUP BY year'
  jiebao sql \"SELECT m.value, m.unit, s.text FROM metrics m JOIN sentences s USING (article, paragraph, sentence)
              WHERE m.subject = '停车投诉'\"
  jiebao sql 'SELECT * FROM relations' --output links.xlsx

The language is SQLite's. The database is built by the first question after an ingest and kept for the next; nothing
can be written to it. `jiebao export sqlite` writes the same tables to a file of your own."))]
pub(super) struct Args {
    /// One statement that reads.
    #[arg(value_name = "STATEMENT", required_unless_present = "schema")]
    statement: Option<String>,
    #[command(flatten)]
    index: super::IndexArg,
    /// List tables and columns with what they mean.
    #[arg(long, conflicts_with = "statement")]
    schema: bool,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    args.table.check()?;
    let archive = Archive::open(&args.index.index)?;
    let reader = reader(&archive)?;
    let most = args.table.most()?;
    let mut table = match &args.statement {
        Some(statement) => ask(&reader, statement, most)?,
        None => schema(&reader)?,
    };
    if table.rows.is_empty() {
        complain("the answer has no rows");
        return Ok(Exit::Partly);
    }
    // One row more than is wanted shows that there are more.
    let is_whole = table.rows.len() <= most;
    table.rows.truncate(most);
    let exit = deliver(table, None, &args.table)?;
    if !is_whole {
        complain("there are more rows; see them with --limit, all with --format or --output");
    }
    Ok(exit)
}

/// The database of the archive, built where it is not there yet.
fn reader(archive: &Archive) -> anyhow::Result<Reader> {
    let home = home(archive)?;
    if !home.is_built {
        let started = Instant::now();
        let bar = bar(archive.all_in_order()?.len());
        built(archive, &home, |articles| bar.inc(articles as u64))?;
        bar.finish_and_clear();
        let seconds = started.elapsed().as_secs_f64();
        complain(&format!(
            "built {} in {seconds:.1} s; the next questions use it",
            printable(&home.path.to_string_lossy())
        ));
    }
    Ok(Reader::open(&home.path)?)
}
