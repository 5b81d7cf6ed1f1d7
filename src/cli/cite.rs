//! `jiebao cite`: references to articles.

use super::print::stdout;
use super::{Exit, complain, search, show};
use crate::cite::{Source, Style, cite};
use crate::error::{Error, printable};
use crate::index::Archive;
use crate::query;
use crate::record::Record;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::io::Write;

/// Arguments of `jiebao cite`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao cite 街讯-2024-03-0c2f5a1b9d3e-2                  GB/T 7714—2015, for a list of references
  jiebao cite ID --paragraph 3 --style plain              its third paragraph, with the bytes of that
  jiebao cite --query 'title:停车' --style bibtex > a.bib   every article that a query finds

A reference names the article's id, the version of the archive, the bytes of the file and its SHA-256: whoever has the
file finds the very words again."))]
pub(super) struct Args {
    /// Ids of articles, or the beginning of one that no other has.
    #[arg(value_name = "ARTICLE_ID", required_unless_present = "query")]
    ids: Vec<String>,
    #[command(flatten)]
    index: super::IndexArg,
    /// The articles that answer this query, in the language of `jiebao search`.
    #[arg(long, value_name = "QUERY", conflicts_with_all = ["ids", "paragraph"])]
    query: Option<String>,
    /// How a reference is written.
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = Style::Gbt7714)]
    style: Style,
    /// The paragraph that is cited, from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    paragraph: Option<u32>,
}

impl ValueEnum for Style {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let query = args.query.as_ref().map(|text| search::read(std::slice::from_ref(text), None)).transpose()?;
    let archive = Archive::open(&args.index.index)?;
    let version = archive.version()?;
    let (mut out, mut exit) = (stdout(), Exit::Done);
    if let Some(query) = query {
        let found = archive.in_order(&*query::articles(&archive, &query)?)?;
        if found.is_empty() {
            return search::nothing(&archive, &query);
        }
        for address in found {
            write(&mut out, &archive, &version, &archive.record(address)?, args)?;
        }
    }
    for id in &args.ids {
        let (found, count) = archive.articles_named(id, show::CANDIDATES)?;
        let records = found.iter().map(|address| archive.record(*address)).collect::<Result<Vec<_>, _>>()?;
        match &records[..] {
            [record] => write(&mut out, &archive, &version, record, args)?,
            _ => {
                complain(&show::unclear(id, &records, count));
                exit = Exit::Partly;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

fn write(out: &mut impl Write, archive: &Archive, version: &str, record: &Record, args: &Args) -> anyhow::Result<()> {
    let paragraph = args.paragraph.and_then(|number| usize::try_from(number - 1).ok());
    if paragraph.is_some_and(|paragraph| paragraph >= record.paragraphs.len()) {
        let what = format!("{} has {} paragraphs; name one of them", printable(&record.id), record.paragraphs.len());
        return Err(Error::Usage(what).into());
    }
    let issue = archive.issue_of(record)?;
    let reference = cite(&Source { record, issue: &issue, version, paragraph }, args.style);
    // A headline may hold anything, and a reference of BibTeX has lines.
    reference.lines().try_for_each(|line| writeln!(out, "{}", printable(line)))?;
    Ok(())
}
