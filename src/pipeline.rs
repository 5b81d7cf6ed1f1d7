//! One file through all stages; many files side by side, results in input order.

use crate::error::Result;
use crate::model::{Article, Issue, TextSpan};
use crate::source::Source;
use crate::{decode, entity, metric};

/// Reads an issue out of a file's bytes: decode, clean, lay out, segment, extract.
///
/// Fails only for a file that holds no text.
pub fn read_issue(source: &Source) -> Result<Issue> {
    let decoded = decode::decode(source)?;
    // Placeholder until layout and segment stand: one article, a paragraph a line.
    let mut article = Article::default();
    let mut at = 0;
    for line in decoded.text.split_inclusive('\n') {
        let text = decoded.text.slice(TextSpan::new(at, at + line.len())).trimmed();
        at += line.len();
        if article.title.is_none() && !text.is_empty() {
            article.title = Some(text);
        } else if !text.is_empty() {
            article.paragraphs.push(text);
        }
    }
    let mut issue = Issue {
        name: source.name.clone(),
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        bytes: source.bytes.len(),
        encoding: decoded.encoding,
        number: None,
        date: None,
        articles: vec![article],
        set_aside: Vec::new(),
        repairs: Vec::new(),
        problems: decoded.problems,
    };
    let context = entity::Context { date: issue.date.clone() };
    for article in &mut issue.articles {
        article.mentions = entity::mentions(article, &context);
        article.metrics = metric::metrics(article);
    }
    Ok(issue)
}
