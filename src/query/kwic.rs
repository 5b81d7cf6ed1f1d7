//! Concordance (keyword in context, 语境共现). In: an [`Archive`] and a [`Query`]. Out: a line for each place that answers
//! it, with what stands left and right of it.

use super::parse::Query;
use super::search::each;
use super::snippet::{Text, hits};
use crate::index::Archive;
use serde::Serialize;
use std::collections::BinaryHeap;
use unicode_width::UnicodeWidthChar;

/// By what lines are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Articles by their ids, and places as they stand.
    #[default]
    Place,
    /// What stands left of the hit, read from the hit leftwards.
    Left,
    /// The hit and what stands right of it.
    Right,
    /// Dates, the earliest first, those without one last.
    Date,
}

/// One place that answers a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What stands before it.
    pub left: String,
    /// What answers the query.
    pub hit: String,
    /// What stands behind it.
    pub right: String,
    /// Id of the article.
    pub id: String,
    /// Name of the issue.
    pub issue: String,
    /// Date of the article.
    pub date: Option<String>,
    /// Which text of the article.
    pub place: &'static str,
    /// Index of the paragraph, -1 for the title; null for other texts.
    pub paragraph: Option<i64>,
    /// First character of the hit, in Unicode scalar values of its text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
}

/// A line and what it is put in order by.
#[derive(PartialEq, Eq)]
struct Sorted {
    key: (Vec<char>, bool, Option<String>, String, usize, usize),
    line: Line,
}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

/// The first `limit` lines of the concordance, with `width` columns on either side, and how many lines there are. Holds no
/// more lines than it gives.
pub fn kwic(
    archive: &Archive,
    query: &Query,
    width: usize,
    by: By,
    limit: usize,
) -> anyhow::Result<(Vec<Line>, usize)> {
    let decisions = archive.decisions()?;
    let (mut first, mut total) = (BinaryHeap::new(), 0);
    each(archive, query, |record| {
        let (mut number, mut place) = (0, None);
        for hit in hits(&record, query, &decisions) {
            if place != Some(hit.place) {
                (number, place) = (number + 1, Some(hit.place));
            }
            total += 1;
            let (before, rest) = hit.text.split_at(hit.span.start);
            let (hit_text, behind) = rest.split_at(hit.span.len());
            let line = Line {
                left: fitting(before.chars().rev(), width).into_iter().rev().collect(),
                hit: hit_text.to_owned(),
                right: fitting(behind.chars(), width).into_iter().collect(),
                id: record.id.clone(),
                issue: record.issue.clone(),
                date: record.date.clone(),
                place: hit.place.as_str(),
                paragraph: paragraph(hit.place),
                start: hit.start,
                end: hit.start + hit_text.chars().count(),
            };
            let context = match by {
                By::Left => line.left.chars().rev().filter(|c| !c.is_whitespace()).collect(),
                By::Right => line.hit.chars().chain(line.right.chars()).filter(|c| !c.is_whitespace()).collect(),
                By::Place | By::Date => Vec::new(),
            };
            let date = line.date.clone().filter(|_| by == By::Date);
            let key = (context, date.is_none(), date, record.id.clone(), number, hit.start);
            first.push(Sorted { key, line });
            if first.len() > limit {
                first.pop();
            }
        }
        Ok(())
    })?;
    Ok((first.into_sorted_vec().into_iter().map(|sorted| sorted.line).collect(), total))
}

/// The index of a paragraph, as records count them.
pub fn paragraph(place: Text) -> Option<i64> {
    match place {
        Text::Title => Some(-1),
        Text::Paragraph(at) => i64::try_from(at).ok(),
        _ => None,
    }
}

/// As many of `chars` as fit into `width` columns.
fn fitting(chars: impl Iterator<Item = char>, width: usize) -> Vec<char> {
    let mut taken = 0;
    chars
        .take_while(|c| {
            taken += c.width().unwrap_or(0);
            taken <= width
        })
        .collect()
}
