//! Which division or committee a name means: its code in the official lists.
//!
//! In: the divisions and communities found in the articles of an issue. Out: their codes.
//!
//! | text                                    | code                                                         |
//! |-----------------------------------------|--------------------------------------------------------------|
//! | `海淀区`                                | the only one of that name                                    |
//! | `长春市朝阳区`, `朝阳区红旗街道`        | of the many, the one that lies in the city, holds the street |
//! | `朝阳区` beside `长春`                  | the one that the names around it lie in or around            |
//! | `朝阳区` alone                          | none: a wrong one would mislead                              |
//! | `某某居民区` beside its street          | the committee of that name in that street, twelve digits     |
//! | `某某花园`                              | none: an estate is no committee                              |
//!
//! What stands next to a name counts most, then its article, then the other articles of the issue.

use super::found::Found;
use crate::lexicon::committees;
use crate::lexicon::divisions::{self, Division, parents};
use crate::model::EntityKind::{Community, Division as Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Divisions that are named for certain, by code, and how often.
type Sure = BTreeMap<u32, usize>;

/// Streets of one name that are told apart by their committees; names of more streets (城关镇) say too little.
const NAMESAKES: usize = 40;

/// Names that are looked at for each other; an issue with more is a list of all divisions there are.
const AROUND: usize = 300;

/// Fills in the codes of an issue: `articles` hold the mentions of each, line by line.
pub(super) fn link(articles: &mut [Vec<Vec<Found>>]) {
    articles.iter_mut().flatten().for_each(|line| chain(line));
    let mut whole = Sure::new();
    for article in articles.iter_mut() {
        spread(article);
        for (code, count) in sure(article) {
            *whole.entry(code).or_default() += count;
        }
    }
    for article in articles.iter_mut() {
        settle(article, &whole);
    }
    for article in articles {
        committees_of(article, &whole);
    }
}

fn divisions_of(article: &mut [Vec<Found>]) -> impl Iterator<Item = &mut Found> {
    article.iter_mut().flatten().filter(|found| found.kind == Kind)
}

/// Names that stand one behind the other, each in the one before: 长春市朝阳区红旗街道. Those of many divisions of
/// one name are narrowed down from both sides.
fn chain(line: &mut [Found]) {
    let places: Vec<usize> = (0..line.len()).filter(|&at| line[at].kind == Kind).collect();
    let mut start = 0;
    while start < places.len() {
        let mut end = start + 1;
        while end < places.len() && line[places[end]].range.start == line[places[end - 1]].range.end {
            end += 1;
        }
        let run = &places[start..end];
        let mut possible: Vec<Vec<u32>> = run.iter().map(|&at| candidates(&line[at])).collect();
        for at in 1..possible.len() {
            narrow(&mut possible, at - 1, at);
        }
        for at in (1..possible.len()).rev() {
            narrow(&mut possible, at - 1, at);
        }
        for (&at, codes) in run.iter().zip(possible) {
            if let [code] = codes[..] {
                line[at].code = Some(code.to_string());
            }
        }
        start = end;
    }
}

/// Keeps of two neighbours' candidates those that lie within each other; all if none do.
fn narrow(possible: &mut [Vec<u32>], outer: usize, inner: usize) {
    let holds = |outer: u32, inner: u32| outer != inner && parents(inner).contains(&outer);
    let inside: Vec<u32> = possible[inner]
        .iter()
        .copied()
        .filter(|&inner| possible[outer].iter().any(|&outer| holds(outer, inner)))
        .collect();
    if inside.is_empty() {
        return;
    }
    possible[outer].retain(|&outer| inside.iter().any(|&inner| holds(outer, inner)));
    possible[inner] = inside;
}

fn candidates(found: &Found) -> Vec<u32> {
    match code(found) {
        Some(code) => vec![code],
        None => divisions::called(&found.name).iter().map(|division| division.code).collect(),
    }
}

fn code(found: &Found) -> Option<u32> {
    found.code.as_ref().and_then(|code| code.parse().ok())
}

/// What one mention of a name shows holds for the others in its article, unless another shows otherwise.
fn spread(article: &mut [Vec<Found>]) {
    let mut known: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for found in divisions_of(article) {
        if let Some(code) = code(found) {
            let one = known.entry(found.name.clone()).or_insert(Some(code));
            *one = one.filter(|&one| one == code);
        }
    }
    for found in divisions_of(article).filter(|found| found.code.is_none()) {
        found.code = match (known.get(&found.name), divisions::called(&found.name)) {
            (Some(code), _) => code.map(|code| code.to_string()),
            (None, [one]) => Some(one.code.to_string()),
            _ => None,
        };
    }
}

fn sure(article: &[Vec<Found>]) -> Sure {
    let mut sure = Sure::new();
    for code in article.iter().flatten().filter(|found| found.kind == Kind).filter_map(code) {
        *sure.entry(code).or_default() += 1;
    }
    sure
}

/// Names of several divisions: the article's other names decide, then those of the whole issue, then which of them
/// has the committees that the article names.
fn settle(article: &mut [Vec<Found>], whole: &Sure) {
    let own = sure(article);
    let named: Vec<String> =
        article.iter().flatten().filter(|found| found.kind == Community).map(|found| found.name.clone()).collect();
    let mut chosen: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for found in divisions_of(article).filter(|found| found.code.is_none()) {
        let code = *chosen.entry(found.name.clone()).or_insert_with(|| {
            let called = divisions::called(&found.name);
            nearest(called, &own).or_else(|| nearest(called, whole)).or_else(|| by_committees(called, &named))
        });
        found.code = code.map(|code| code.to_string());
    }
}

/// The one of `called` that the `sure` divisions lie around, within or beside; none if two do.
fn nearest(called: &[Division], sure: &Sure) -> Option<u32> {
    let near = |code: u32| {
        let upper = parents(code);
        let weight = |other: u32| {
            let above = parents(other);
            if upper.contains(&other) || above.contains(&code) {
                4
            } else if upper[0] == above[0] {
                2
            } else {
                usize::from(upper[1] == above[1] && !upper[1].is_multiple_of(10_000))
            }
        };
        sure.iter().take(AROUND).map(|(&other, &count)| weight(other) * count).sum::<usize>()
    };
    best(called.iter().map(|division| (near(division.code), division.code)))
}

/// The one of `called` that has committees of the `named` communities; none if two have as many.
fn by_committees(called: &[Division], named: &[String]) -> Option<u32> {
    let streets = called.iter().filter(|division| division.code > 999_999);
    if called.len() > NAMESAKES || named.is_empty() {
        return None;
    }
    let known = |street: u32| named.iter().filter(|name| committees::find(street, name).is_some()).count();
    best(streets.map(|division| (known(division.code), division.code)))
}

/// The candidate that is ahead of all others; none without evidence.
fn best(ranked: impl Iterator<Item = (usize, u32)>) -> Option<u32> {
    let mut ranked: Vec<(usize, u32)> = ranked.collect();
    ranked.sort_unstable();
    ranked.dedup_by_key(|(_, code)| *code);
    match ranked[..] {
        [.., (second, _), (first, code)] if first > second => Some(code),
        [(first, code)] if first > 0 => Some(code),
        _ => None,
    }
}

/// Links communities with the committees of the streets that stand before them, in their article or in the issue.
fn committees_of(article: &mut [Vec<Found>], whole: &Sure) {
    let own = streets(&sure(article));
    let all = streets(whole);
    for line in article {
        let mut before: Option<(usize, u32)> = None;
        for found in line.iter_mut() {
            match found.kind {
                Kind => before = code(found).map(|code| (found.range.end, code)),
                Community if found.code.is_none() => {
                    let adjoining = before.filter(|&(end, _)| end == found.range.start).map(|(_, code)| code);
                    found.code = committee(&found.name, adjoining, &own, &all);
                }
                _ => {}
            }
        }
    }
}

fn streets(sure: &Sure) -> BTreeSet<u32> {
    sure.keys().copied().filter(|&code| code > 999_999).take(AROUND).collect()
}

/// The code of the committee `name`: of the street right before it or else of the one street that has it.
fn committee(name: &str, adjoining: Option<u32>, own: &BTreeSet<u32>, all: &BTreeSet<u32>) -> Option<String> {
    if let Some(street) = adjoining.filter(|&code| code > 999_999) {
        return committees::find(street, name).map(|code| code.to_string());
    }
    let only = |streets: &BTreeSet<u32>| {
        let mut codes = streets.iter().filter_map(|&street| committees::find(street, name));
        Some((codes.next()?, codes.next().is_none()))
    };
    let (code, alone) = only(own).or_else(|| only(all))?;
    alone.then(|| code.to_string())
}

#[cfg(test)]
mod tests {
    use crate::entity::{Page, issue};
    use crate::lexicon::gazetteer::Gazetteer;
    use crate::model::{Article, Text};

    /// The codes of an issue of one-paragraph articles, as `name=code`, with what stands beside them.
    fn codes(texts: &[&str], beside: &str) -> String {
        let article = |text: &&str| Article { paragraphs: vec![Text::verbatim(*text, 0)], ..Article::default() };
        let articles: Vec<Article> = texts.iter().map(article).collect();
        let page = Page { date: None, gazetteer: &Gazetteer::default(), furniture: vec![beside] };
        let mentions = issue(&articles, &page).concat();
        let shown =
            mentions.iter().map(|mention| format!("{}={}", mention.name, mention.code.as_deref().unwrap_or("-")));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_of_several_divisions_are_told_by_what_is_around_them() {
        for (texts, beside, wanted) in [
            (&["吉林省长春市朝阳区"][..], "", "吉林省=220000 长春市=220100 朝阳区=220104"),
            (&["北京朝阳区召开"], "", "北京市=110000 朝阳区=110105"),
            (&["朝阳区召开"], "", "朝阳区=-"),
            (&["朝阳区召开", "长春市召开"], "", "朝阳区=220104 长春市=220100"),
            (&["朝阳区召开"], "长春市朝阳区主办", "朝阳区=220104"),
            (&["朝阳区三里屯街道召开"], "", "朝阳区=110105 三里屯街道=110105004"),
        ] {
            assert_eq!(codes(texts, beside), wanted, "{texts:?}");
        }
    }

    #[test]
    fn committees_are_linked_to_their_street() {
        for (texts, beside, wanted) in [
            (
                &["东城区东华门街道多福巷社区的老人"][..],
                "",
                "东城区=110101 东华门街道=110101001 多福巷社区=110101001001",
            ),
            (&["多福巷居民区的老人"], "东华门街道办事处主办", "多福巷居民区=110101001001"),
            (&["多福巷社区的老人"], "", "多福巷社区=-"),
            (&["多福巷小区的老人"], "东华门街道办事处主办", "多福巷小区=-"),
        ] {
            assert_eq!(codes(texts, beside), wanted, "{texts:?}");
        }
    }
}
