//! Named things in an article.
//!
//! In: an [`Article`] and what its issue tells. Out: its [`Mention`]s, in reading order.
//!
//! | text                                     | mentions                                                          |
//! |------------------------------------------|-------------------------------------------------------------------|
//! | `栗山街道云杉、青岚两个综合网格`         | division `栗山街道`, grids `云杉综合网格` and `青岚综合网格`      |
//! | `走进云杉家园（三期）微网格`             | a grid, and the community in its name                             |
//! | `网格员马云溪4月10日说`                  | a person with an office, a date                                   |
//!
//! Each kind has a file with one `find`. They share `line` (characters, clauses, words), `boundary` (where a
//! name begins) and `coordination` (lists with one head); `resolve` has the last word. Divisions come first,
//! since other names end at them, then communities, since grids and organizations are named after them.
//! Nothing here needs a name to be on a list: lists are evidence.

mod boundary;
mod community;
mod coordination;
mod date;
mod division;
mod found;
mod grid;
mod line;
mod organization;
mod person;
mod place;
mod program;
mod resolve;

use crate::model::{Article, Mention};
use found::Found;
use line::Line;
use std::collections::HashSet;

/// What the issue tells that an article alone does not.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Date of the issue, ISO 8601; relative dates are resolved against it.
    pub date: Option<String>,
}

/// All mentions in `article`, in reading order.
pub fn mentions(article: &Article, context: &Context) -> Vec<Mention> {
    let mut lines: Vec<Line> = article.passages().map(|passage| Line::new(passage.place, passage.text)).collect();
    let mut found: Vec<Vec<Found>> = lines.iter_mut().map(division::find_whole).collect();
    let known = shown_communities(&lines);
    for (line, found) in lines.iter().zip(&mut found) {
        let text = article.text_at(line.place);
        rules(line, text, context, &known, found);
    }
    resolve::resolve(&lines, &mut found);
    division::link(found.iter_mut().flatten().filter(|found| found.kind == crate::model::EntityKind::Division));
    let of_line =
        |(line, found): (&Line, Vec<Found>)| found.into_iter().map(|found| found.into_mention(line)).collect();
    lines.iter().zip(found).flat_map(|pair| -> Vec<Mention> { of_line(pair) }).collect()
}

/// Names with a weak suffix that the article shows to be communities, wherever it does.
fn shown_communities(lines: &[Line]) -> HashSet<String> {
    let mut known: HashSet<String> = HashSet::new();
    for line in lines {
        let sure = community::find(line, &HashSet::new());
        known.extend(sure.iter().map(|found| found.name.clone()));
        known.extend(community::paired(line, &sure));
        known.extend(coordination::listed(line));
    }
    known
}

/// Runs every rule over a line whose divisions are known; adds to `found`, in order of place.
fn rules(line: &Line, text: &str, context: &Context, known: &HashSet<String>, found: &mut Vec<Found>) {
    let short = division::find_short(line, found);
    let communities = community::find(line, known);
    let grids = grid::find(line);
    let mut named: Vec<Found> = communities.iter().chain(&grids).cloned().collect();
    named.sort_by_key(|found| (found.range.end, found.range.start));
    found.extend(organization::find(line, &named));
    found.extend(place::find(line, &named));
    found.extend(short);
    found.extend(named);
    found.extend(coordination::communities(line));
    found.extend(person::find(line));
    found.extend(date::find(line, text, context));
    found.extend(program::find(line));
    found.sort_by_key(|found| found.range.start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, Text};
    use proptest::prelude::*;

    fn article(paragraphs: &[&str]) -> Article {
        Article { paragraphs: paragraphs.iter().map(|text| Text::verbatim(*text, 0)).collect(), ..Article::default() }
    }

    fn found(paragraphs: &[&str]) -> Vec<(EntityKind, String, String)> {
        let article = article(paragraphs);
        let mentions = mentions(&article, &Context { date: Some("2024-11-22".to_owned()) });
        let text = |mention: &Mention| article.slice(mention.place, mention.span).to_owned();
        mentions.iter().map(|mention| (mention.kind, text(mention), mention.name.clone())).collect()
    }

    #[test]
    fn kinds_nest_and_short_forms_are_resolved() {
        use EntityKind::{Community, Division, Grid, Organization, Person};
        let shown = |paragraphs: &[&str], kind| -> Vec<String> {
            let of_kind = found(paragraphs).into_iter().filter(|(found, ..)| *found == kind);
            of_kind.map(|(_, text, name)| if text == name { text } else { format!("{text}={name}") }).collect()
        };
        let station = &["栗山街道云杉综合网格工作站"];
        assert_eq!(shown(station, Grid), ["云杉综合网格"]);
        assert_eq!(shown(station, Organization), ["云杉综合网格工作站"]);
        assert_eq!(shown(station, Division), ["栗山街道"]);
        assert_eq!(shown(&["走进栗岚居民区。", "栗岚的老人"], Community), ["栗岚居民区", "栗岚=栗岚居民区"]);
        assert_eq!(shown(&["网格员马云溪带着师傅。", "马云溪每天上门。"], Person), ["马云溪", "马云溪"]);
        let firm = &["云杉信息科技有限公司（以下简称“云杉信息”）来了。", "云杉信息的老总"];
        let short = "云杉信息=云杉信息科技有限公司";
        assert_eq!(shown(firm, Organization), ["云杉信息科技有限公司", short, short]);
    }

    #[test]
    fn large_and_broken_text_is_read_in_time() {
        // Each is one clause or one list of a third of a megabyte; a rule that looks back over the whole text would take hours.
        for piece in [
            "网格",
            "社区、",
            "（",
            "“",
            "栗山街道",
            "第一、",
            "张三说",
            "1号、",
            "路1、",
            "年3月",
            "·阿",
            "《",
            "和",
        ] {
            let text = piece.repeat(300_000 / piece.len());
            mentions(&article(&[&text]), &Context::default());
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_spans_slice(
            text in "[第一二三03号、和与（）“”《》·—+网格社区小居民村里园路弄街道镇区市委会党书记张王李说年月日中心公司个两 A]{0,60}",
            other in ".{0,40}",
        ) {
            let article = article(&[&text, &other]);
            let mentions = mentions(&article, &Context { date: Some(text.clone()) });
            let mut last = None;
            for mention in &mentions {
                let whole = article.text_at(mention.place);
                prop_assert!(whole.get(mention.span.start..mention.span.end).is_some_and(|text| !text.is_empty()));
                prop_assert!(!mention.name.is_empty());
                prop_assert!(last <= Some((mention.place, mention.span.start)));
                last = Some((mention.place, mention.span.start));
            }
        }
    }
}
