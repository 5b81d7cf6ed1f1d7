//! Which articles a corpus command counts in. In: queries as they were typed. Out: what they find, or that they find nothing.
//! Shared by the commands of corpus analysis.

use crate::cli::{Exit, search};
use crate::error::Result;
use crate::index::{Archive, schema::row};
use crate::query::{self, Query};
use tantivy::DocAddress;

/// Which words are listed; all count.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// List figures as well; they count as words in any case.
    #[arg(long)]
    pub(super) numbers: bool,
    /// List nothing that holds a function word, such as 的, 在, 我们.
    #[arg(long)]
    pub(super) content: bool,
}

/// Articles to count in.
pub(super) struct Corpus {
    /// What finds them.
    pub(super) query: Box<dyn tantivy::query::Query>,
    /// They, in order of their issues.
    pub(super) articles: Vec<DocAddress>,
}

/// The articles that `typed` finds, or all; where there are none, what to end with, which has been said.
pub(super) fn corpus(archive: &Archive, typed: Option<&str>) -> anyhow::Result<std::result::Result<Corpus, Exit>> {
    let Some(typed) = typed else {
        return Ok(found(archive, archive.rows(row::ARTICLE))?.ok_or_else(|| {
            crate::cli::complain("the archive holds no article; `jiebao ingest PATH...` brings some in");
            Exit::Partly
        }));
    };
    let query = query::parse(typed)?;
    match found(archive, query::articles(archive, &query)?)? {
        Some(corpus) => Ok(Ok(corpus)),
        None => Ok(Err(search::nothing(archive, &query)?)),
    }
}

/// The articles that a query finds; none where there are none.
pub(super) fn found(archive: &Archive, query: Box<dyn tantivy::query::Query>) -> Result<Option<Corpus>> {
    let articles = archive.in_order(&*query)?;
    Ok((!articles.is_empty()).then_some(Corpus { query, articles }))
}

/// Ends a command whose word does not stand where it was looked for: with what may have been meant, if it stands nowhere.
pub(super) fn absent(archive: &Archive, word: &str) -> anyhow::Result<Exit> {
    let query = literally(word)?;
    if query::count(archive, &query)? == 0 { search::nothing(archive, &query) } else { Ok(Exit::Partly) }
}

/// A query that finds `word` as it stands.
fn literally(word: &str) -> Result<Query> {
    query::parse(&format!("\"{}\"", word.replace('"', " ")))
}
