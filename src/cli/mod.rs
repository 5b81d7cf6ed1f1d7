//! The command line: arguments in, text out. One file a command; the only module that prints.
//!
//! Standard output is for results, standard error for everything else.

mod eval;
mod exit;
mod extract;

pub use exit::Exit;

use clap::{Parser, Subcommand};
use std::io;

/// jiebao (街报): community newsletters into an archive that can be searched and counted.
#[derive(Debug, Parser)]
#[command(version, about, after_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the articles of newsletters as JSON lines; no index needed.
    Extract(extract::Args),
    /// Score newsletters or ready records against gold.
    Eval(eval::Args),
}

/// Runs the command that `args` names and says how it ended.
pub fn run() -> Exit {
    let cli = match Cli::try_parse() {
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
        Command::Eval(args) => eval::run(&args),
    };
    match outcome {
        Ok(exit) => exit,
        // The reader went away (`jiebao … | head`): that is a quiet end.
        Err(error) if closed_pipe(&error) => Exit::Done,
        Err(error) => {
            complain(&format!("{error:#}"));
            Exit::Failed
        }
    }
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// One line on standard error.
#[allow(clippy::print_stderr, reason = "the one place that complains")]
pub(crate) fn complain(message: &str) {
    anstream::eprintln!("jiebao: {message}");
}

/// What stands below a command's options: its examples and the exit codes.
fn help(examples: &str) -> String {
    format!("Examples:\n{examples}\n\n{}", exit::HELP)
}
