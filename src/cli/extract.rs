//! `jiebao extract`: newsletters in, article records out.

use super::{Exit, complain};
use crate::pipeline;
use crate::record::records;
use crate::source::{self, Source};
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

/// Arguments of `jiebao extract`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let (standard_input, named): (Vec<_>, Vec<_>) =
        args.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let (files, errors) = source::find(&named);
    let mut refused = errors.len();
    errors.iter().for_each(|error| complain(&error.to_string()));

    let mut out = BufWriter::new(io::stdout().lock());
    let mut write = |source: crate::error::Result<Source>| -> anyhow::Result<()> {
        match source.and_then(|source| pipeline::read_issue(&source)) {
            Ok(issue) => {
                for record in records(&issue) {
                    serde_json::to_writer(&mut out, &record).map_err(io::Error::from)?;
                    out.write_all(b"\n")?;
                }
            }
            Err(error) => {
                refused += 1;
                complain(&error.to_string());
            }
        }
        Ok(())
    };
    if !standard_input.is_empty() {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        write(Ok(Source::new("-", bytes)))?;
    }
    for file in files {
        write(source::read(&file))?;
    }
    out.flush()?;
    Ok(if refused > 0 { Exit::Partly } else { Exit::Done })
}
