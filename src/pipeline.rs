//! One file through all stages.

use crate::error::Result;
use crate::model::Issue;
use crate::source::Source;
use crate::{clean, decode, entity, layout, metric, segment};

/// Reads an issue out of a file's bytes: decode, clean, lay out, segment, extract.
///
/// Fails only for a file that holds no text.
pub fn read_issue(source: &Source) -> Result<Issue> {
    let decoded = decode::decode(source)?;
    let (text, cleaned) = clean::page(&decoded.text);
    let mut repairs = [decoded.repairs.as_slice(), &cleaned].concat();
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    let page = layout::page(&text, &repairs);
    let mut issue = segment::issue(source, decoded, repairs, page);
    let mentions = entity::issue(&issue.articles, issue.date.as_deref());
    for (article, mentions) in issue.articles.iter_mut().zip(mentions) {
        article.mentions = mentions;
        article.metrics = metric::metrics(article);
    }
    Ok(issue)
}
