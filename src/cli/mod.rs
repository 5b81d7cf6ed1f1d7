//! The command line: arguments in, text out. One file a command; the only module that prints.
//!
//! Standard output is for results, standard error for everything else.

mod audit;
mod chart;
mod cite;
mod clean;
mod diff;
mod entities;
mod eval;
mod exit;
mod export;
mod extract;
mod ingest;
mod kwic;
mod print;
mod relations;
mod search;
mod series;
mod show;
mod sql;
mod stats;
mod table;

pub use exit::Exit;

use crate::error::Error;
use crate::lexicon::gazetteer::Gazetteer;
use clap::{Parser, Subcommand};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;

/// jiebao (街报): community newsletters into an archive that can be searched and counted.
#[derive(Debug, Parser)]
#[command(version, about, after_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order in which data meets them.
#[derive(Debug, Subcommand)]
enum Command {
    /// Print the articles of newsletters as JSON lines; no index needed.
    Extract(extract::Args),
    /// Print newsletters as clean pages, or what was done to them.
    Clean(clean::Args),
    /// Bring newsletters into the index.
    Ingest(ingest::Args),
    /// Find articles, best first.
    Search(search::Args),
    /// Print every place that a query finds, with what stands left and right of it.
    Kwic(kwic::Args),
    /// Show one article.
    Show(show::Args),
    /// Count what the archive holds.
    Stats(stats::Args),
    /// Follow one figure over the issues.
    Series(series::Args),
    /// List the things that the archive names, or decide on their names.
    Entities(entities::Args),
    /// List how the things that the archive names belong together.
    Relations(relations::Args),
    /// List the figures that their own text contradicts.
    Audit(audit::Args),
    /// Write the archive's rows as data: a table, a folder of tables, or one SQLite file.
    Export(export::Args),
    /// Print references to articles, for a paper.
    Cite(cite::Args),
    /// Ask the archive in SQL.
    Sql(sql::Args),
    /// Score newsletters or ready records against gold.
    Eval(eval::Args),
}

/// Where the index is.
#[derive(Debug, clap::Args)]
struct IndexArg {
    /// Folder of the index.
    #[arg(long, value_name = "DIR", default_value = "index")]
    index: PathBuf,
}

/// Names of the user's own.
#[derive(Debug, clap::Args)]
struct GazetteerArg {
    /// Table of names to find, five columns parted by tabs: name, kind, parent (a name of the table or an official
    /// division, or empty), code, aliases (parted by 、).
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl GazetteerArg {
    /// The names; none if no table is named.
    fn read(&self) -> Result<Gazetteer, Error> {
        let Some(path) = &self.gazetteer else { return Ok(Gazetteer::default()) };
        let table = std::fs::read(path).map_err(|cause| Error::io(path, "cannot read", cause))?;
        let table = String::from_utf8(table);
        let table =
            table.map_err(|_| Error::refused(path, "is not UTF-8; save it as UTF-8, its columns parted by tabs"))?;
        Gazetteer::parse(&table).map_err(|fault| Error::refused(path, format!("line {}: {}", fault.line, fault.what)))
    }
}

/// Runs the command that `args` names and says how it ended.
pub fn run() -> Exit {
    crate::fault::silence_caught();
    let cli = match Cli::try_parse_from(std::env::args_os().map(query_word)) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Failed } else { Exit::Done };
            // A closed pipe behind `--help` is a quiet end.
            let _ = error.print();
            return code;
        }
    };
    let outcome = match cli.command {
        Command::Extract(args) => extract::run(&args),
        Command::Clean(args) => clean::run(&args),
        Command::Ingest(args) => ingest::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Kwic(args) => kwic::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Series(args) => series::run(&args),
        Command::Entities(args) => entities::run(&args),
        Command::Relations(args) => relations::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Cite(args) => cite::run(&args),
        Command::Sql(args) => sql::run(&args),
        Command::Eval(args) => eval::run(&args),
    };
    match outcome {
        Ok(exit) => exit,
        // The reader went away (`jiebao … | head`): that is a quiet end.
        Err(error) if closed_pipe(&error) => Exit::Done,
        Err(error) => {
            // What is read is named by its own errors.
            let writing = error.downcast_ref::<io::Error>().is_some();
            let what = if writing { "cannot write to standard output: " } else { "" };
            complain(&format!("{what}{error:#}"));
            Exit::Failed
        }
    }
}

/// `-收费` as a word of a query: an option is written in ASCII, and a space before a word means nothing.
fn query_word(argument: OsString) -> OsString {
    let is_word = argument
        .to_str()
        .and_then(|text| text.strip_prefix('-'))
        .is_some_and(|word| word.chars().next().is_some_and(|first| !first.is_ascii()));
    if is_word { OsString::from_iter([OsStr::new(" "), &argument]) } else { argument }
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        cause.downcast_ref::<io::Error>().map(io::Error::kind).or_else(json)
    };
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// What stands below the arguments in a command's `--help`: examples, and the exit codes.
fn help(examples: &str) -> String {
    format!("Examples:\n  {examples}\n\n{}", exit::HELP)
}

/// One line on standard error. Where nobody reads it, nobody is told.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "jiebao: {message}");
}
