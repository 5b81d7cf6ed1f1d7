//! One file through all stages; many files side by side, results in input order.

use crate::error::Result;
use crate::model::Issue;
use crate::source::Source;
use crate::{decode, entity, layout, metric, segment};

/// Reads an issue out of a file's bytes: decode, clean, lay out, segment, extract.
///
/// Fails only for a file that holds no text.
pub fn read_issue(source: &Source) -> Result<Issue> {
    let decoded = decode::decode(source)?;
    let page = layout::page(decoded.text.clone());
    let mut issue = segment::issue(source, decoded, page);
    let context = entity::Context { date: issue.date.clone() };
    for article in &mut issue.articles {
        article.mentions = entity::mentions(article, &context);
        article.metrics = metric::metrics(article);
    }
    Ok(issue)
}
