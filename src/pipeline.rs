//! One file through all stages.

use crate::decode::Decoded;
use crate::error::Result;
use crate::lexicon::gazetteer::Gazetteer;
use crate::model::{Article, Issue, Repair, Text};
use crate::source::Source;
use crate::{clean, cleaned, decode, entity, layout, metric, relation, segment};

/// Reads an issue out of a file's bytes: decode, clean, lay out, segment, extract.
///
/// Fails only for a file that holds no text.
pub fn read_issue(source: &Source) -> Result<Issue> {
    read_issue_with(source, &Gazetteer::default())
}

/// As [`read_issue`], with names that the user has given.
pub fn read_issue_with(source: &Source, gazetteer: &Gazetteer) -> Result<Issue> {
    let decoded = decode::decode(source)?;
    let mut issue = match cleaned::read(source, &decoded) {
        Some(issue) => issue,
        None => {
            let (text, repairs) = repaired(&decoded);
            let page = layout::page(&text, &repairs);
            segment::issue(source, decoded, repairs, page)
        }
    };
    let furniture = issue.set_aside.iter().map(|aside| aside.text.as_str()).collect();
    let page = entity::Page { date: issue.date.as_deref(), gazetteer, furniture };
    let mentions = entity::issue(&issue.articles, &page);
    for (article, mentions) in issue.articles.iter_mut().zip(mentions) {
        article.mentions = mentions;
        article.date = article.date.take().or_else(|| entity::own_date(article));
        article.metrics = metric::metrics(article);
    }
    relation::relate(&mut issue.articles, issue.date.as_deref());
    // What the user says goes before what the issue shows.
    for mention in issue.articles.iter_mut().flat_map(|article| &mut article.mentions) {
        if let Some(parent) = gazetteer.parent(mention.kind, &mention.name) {
            mention.within = Some(parent.to_owned());
        }
    }
    Ok(issue)
}

/// All that was changed in the text of `issue`, which was read from `source`: its repairs, and the spaces and
/// widths that were brought into normal form, in file order.
pub fn repairs(source: &Source, issue: &Issue) -> Result<Vec<Repair>> {
    let decoded = decode::decode(source)?;
    if cleaned::read(source, &decoded).is_some() {
        return Ok(issue.repairs.clone());
    }
    let (text, mut repairs) = repaired(&decoded);
    repairs.extend(clean::settings(&text, issue.articles.iter().flat_map(texts)));
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    Ok(repairs)
}

/// The page without its damage, and what was mended in decoding and in cleaning, in file order.
fn repaired(decoded: &Decoded) -> (Text, Vec<Repair>) {
    let (text, mut repairs) = clean::page(&decoded.text);
    repairs.extend_from_slice(&decoded.repairs);
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    (text, repairs)
}

/// The texts of an article that know where they came from.
fn texts(article: &Article) -> impl Iterator<Item = &Text> {
    let lines = [&article.kicker, &article.title, &article.subtitle].into_iter().flatten();
    lines.chain(article.headings.iter().map(|heading| &heading.text)).chain(&article.paragraphs)
}
