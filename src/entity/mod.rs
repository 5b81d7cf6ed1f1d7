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
//! An issue's articles are read together (`issue`): what one shows for certain holds in the others.
//!
//! Names that the user gives (`given`) come before all others, and `code` links what is on the official lists.
//!
//! Each kind has a file with one `find`. They share `line` (characters, clauses, words), `boundary` (where a
//! name begins) and `coordination` (lists with one head); `resolve` has the last word; `script` has all of them read traditional text. Divisions come first,
//! since other names end at them, then communities, since grids and organizations are named after them.
//! Nothing here needs a name to be on a list: lists are evidence.

mod boundary;
mod code;
mod community;
mod coordination;
mod date;
mod division;
mod found;
mod given;
mod grid;
mod grid_number;
mod line;
mod lived_in;
mod organization;
mod person;
mod place;
mod program;
mod resolve;
mod role;
mod row;
mod script;
mod short;
mod syllable;

use crate::lexicon::gazetteer::Gazetteer;
use crate::model::{Article, EntityKind, Mention, Passage, Place};
pub use date::own as own_date;
use found::Found;
use line::Line;
use resolve::{Index, Names};
use script::View;
use std::collections::HashSet;

/// What is known of an issue beside its articles.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// Its date, ISO 8601.
    pub date: Option<&'a str>,
    /// Names that the user has given; they are found before all others.
    pub gazetteer: &'a Gazetteer,
    /// What stands on it in no article: a masthead may name the street.
    pub furniture: Vec<&'a str>,
}

/// What the issue tells that an article alone does not.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Date of the issue, ISO 8601; relative dates are resolved against it.
    pub date: Option<String>,
    /// What the issue's other articles say; filled by [`issue`].
    evidence: Evidence,
}

impl Context {
    /// A context of a date and nothing else.
    pub fn dated(date: Option<String>) -> Self {
        Self { date, evidence: Evidence::default() }
    }
}

/// Names that articles of the issue show with certainty, for those that only use them.
#[derive(Clone, Debug, Default)]
struct Evidence {
    /// Names that are communities although their suffix is weak.
    communities: HashSet<String>,
}

/// The mentions of each of an issue's `articles`, which help each other: a lane that one article shows to be a
/// community is one in all, and a person who has an office in one needs none in the next.
pub fn issue(articles: &[Article], page: &Page) -> Vec<Vec<Mention>> {
    let views: Vec<Option<View>> = articles.iter().map(script::view).collect();
    let read = |(article, view)| Reading::through(article, view, page.gazetteer);
    let mut readings: Vec<Reading> = articles.iter().zip(&views).map(read).collect();
    let mut context = Context::dated(page.date.map(str::to_owned));
    context.evidence.communities = readings.iter().flat_map(Reading::sure_communities).collect();
    for reading in &mut readings {
        reading.find(&context);
    }
    let names: Vec<Names> = readings.iter().map(Reading::names).collect();
    let common = resolve::common(&names);
    let others = resolve::index(&common);
    let settled = readings.into_iter().zip(&names).map(|(reading, names)| reading.settle(names, &others));
    let signed = articles.iter().filter_map(|article| article.source.as_deref());
    let beside: Vec<&str> = page.furniture.iter().copied().chain(signed).collect();
    linked(settled.collect(), &beside).into_iter().zip(articles.iter().zip(&views)).map(restored).collect()
}

/// All mentions in `article`, in reading order.
pub fn mentions(article: &Article, context: &Context) -> Vec<Mention> {
    let (view, gazetteer) = (script::view(article), Gazetteer::default());
    let mut reading = Reading::through(article, &view, &gazetteer);
    reading.find(context);
    let (own, others) = (reading.names(), Names::default());
    let mentions = linked(vec![reading.settle(&own, &resolve::index(&others))], &[]).pop().unwrap_or_default();
    restored((mentions, (article, &view)))
}

/// The lines of an article, and what was found in each.
type Settled<'a> = (Vec<Line<'a>>, Vec<Vec<Found>>);

/// The mentions of an issue's articles, with the codes of what is on the official lists; `beside` is what stands in no
/// article and may name the street (`栗山街道办事处主办`).
fn linked(settled: Vec<Settled<'_>>, beside: &[&str]) -> Vec<Vec<Mention>> {
    let (lines, mut found): (Vec<_>, Vec<_>) = settled.into_iter().unzip();
    found.push(beside.iter().map(|text| divisions_in(text)).collect());
    code::link(&mut found);
    let mention = |(line, found): (&Line, Vec<Found>)| -> Vec<Mention> {
        found.into_iter().map(|found| found.into_mention(line)).collect()
    };
    lines.iter().zip(found).map(|(lines, found)| lines.iter().zip(found).flat_map(mention).collect()).collect()
}

/// Mentions with the characters of the article, if a view of it was read.
fn restored((mut mentions, (article, view)): (Vec<Mention>, (&Article, &Option<View>))) -> Vec<Mention> {
    if let Some(view) = view {
        view.restore(article, &mut mentions);
    }
    mentions
}

/// The divisions in a text of no article.
fn divisions_in(text: &str) -> Vec<Found> {
    let mut line = Line::new(Place::Title, text);
    let mut found = division::find_whole(&mut line);
    found.extend(short::find(&line, &found));
    found.sort_by_key(|found| found.range.start);
    found
}

/// What looks like a name in a line, without enough to show it: said twice in an article, it is one.
#[derive(Default)]
struct Doubtful {
    persons: Vec<String>,
    programs: Vec<String>,
}

/// An article while it is read: first its lines, then what the rules find in them, then what stays.
struct Reading<'a> {
    lines: Vec<Line<'a>>,
    found: Vec<Vec<Found>>,
    /// By line, the names that the user has given.
    given: Vec<Vec<Found>>,
    /// By line, what its own words show to be communities, and names that others may show to be.
    communities: Vec<(Vec<Found>, Vec<String>)>,
    /// By line, what may be names.
    doubtful: Vec<Doubtful>,
    /// Lines from here on are kicker, subtitle and headings: no mention can stand there, but they are evidence.
    body: usize,
}

impl<'a> Reading<'a> {
    /// Of the view of an article, if there is one.
    fn through(article: &'a Article, view: &'a Option<View>, gazetteer: &Gazetteer) -> Self {
        Self::new(view.as_ref().map_or(article, |view| &view.article), gazetteer)
    }

    fn new(article: &'a Article, gazetteer: &Gazetteer) -> Self {
        let body = article.passages();
        let mut lines: Vec<Line> = body.map(|Passage { place, text }| Line::new(place, text)).collect();
        let body = lines.len();
        let display = article.kicker.iter().chain(&article.subtitle);
        let display = display.chain(article.headings.iter().map(|heading| &heading.text));
        lines.extend(display.map(|text| Line::new(Place::Title, text)));
        let mut found: Vec<Vec<Found>> = lines.iter_mut().map(division::find_whole).collect();
        let given: Vec<Vec<Found>> = lines.iter().map(|line| given::find(line, gazetteer)).collect();
        for ((line, found), given) in lines.iter_mut().zip(&mut found).zip(&given) {
            given::add_divisions(line, given, found);
        }
        let communities = lines.iter().map(community::sure).collect();
        Self { lines, found, given, communities, doubtful: Vec::new(), body }
    }

    /// Names that their own sentence shows to be communities, also with a weak suffix.
    fn sure_communities(&self) -> impl Iterator<Item = String> {
        self.communities.iter().flat_map(|(sure, _)| sure).map(|found| found.name.clone())
    }

    /// As well those that stand beside them: enough within the article, but not to carry into others.
    fn shown_communities(&self) -> HashSet<String> {
        let mut known: HashSet<String> = self.sure_communities().collect();
        for (line, (sure, doubted)) in self.lines.iter().zip(&self.communities) {
            known.extend(row::paired(line, sure, doubted));
            known.extend(coordination::listed(line));
        }
        known
    }

    /// Runs every rule over every line.
    fn find(&mut self, context: &Context) {
        let known = self.shown_communities();
        let is_known = |name: &String| known.contains(name) || context.evidence.communities.contains(name);
        for (at, (line, found)) in self.lines.iter().zip(&mut self.found).enumerate() {
            let (sure, doubted) = &self.communities[at];
            // Most lines have no name that other lines decide on.
            let shown: Vec<Found>;
            let communities = if doubted.iter().any(is_known) {
                let known = doubted.iter().filter(|name| is_known(name)).cloned().collect();
                shown = community::find(line, &known);
                &shown
            } else {
                sure
            };
            self.doubtful.push(rules(line, context, communities, found));
            let given = &self.given[at];
            if !given.is_empty() {
                found.retain(|found| !given.contains(found));
                given::give_way(found, given);
                found.extend(given.iter().cloned());
                found.sort_by_key(|found| found.range.start);
            }
            // Dates of headings are evidence for nothing.
            if at >= self.body {
                found.retain(|found| found.kind != EntityKind::Date);
            }
        }
    }

    /// Names to look for in all of the article.
    fn names(&self) -> Names {
        resolve::names(&self.lines, &self.found, &self.doubtful)
    }

    /// Further occurrences of names, of the article's own before those of the issue; then what stays.
    fn settle(mut self, own: &Names, others: &Index) -> Settled<'a> {
        self.lines.truncate(self.body);
        self.found.truncate(self.body);
        resolve::resolve(&self.lines, &mut self.found, own, others);
        (self.lines, self.found)
    }
}

/// Runs every rule over a line whose divisions and communities are known; adds to `found`, in order of place.
/// Gives back what may be names.
fn rules(line: &Line, context: &Context, communities: &[Found], found: &mut Vec<Found>) -> Doubtful {
    let short = short::find(line, found);
    let grids = grid::find(line);
    let mut named: Vec<Found> = communities.iter().chain(&grids).cloned().collect();
    named.sort_by_key(|found| (found.range.end, found.range.start));
    found.extend(organization::find(line, &named));
    found.extend(place::find(line, &named));
    found.extend(short);
    found.extend(named);
    found.extend(coordination::communities(line));
    found.sort_by_key(|found| found.range.start);
    let persons = person::find(line, found);
    found.extend(persons.sure);
    found.extend(date::find(line, context));
    let programs = program::find(line);
    found.extend(programs.sure);
    found.sort_by_key(|found| found.range.start);
    Doubtful { persons: persons.doubtful, programs: programs.doubtful }
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
        let mentions = mentions(&article, &Context::dated(Some("2024-11-22".to_owned())));
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
    fn articles_of_an_issue_help_each_other() {
        let shown = |paragraphs: [&str; 2]| -> String {
            let articles = paragraphs.map(|text| article(&[text]));
            let page = Page { date: None, gazetteer: &Gazetteer::default(), furniture: Vec::new() };
            let mentions = issue(&articles, &page);
            let names = mentions[1].iter().map(|mention| format!("{}={}", mention.kind.as_str(), mention.name));
            names.collect::<Vec<_>>().join(" ")
        };
        for (first, second, wanted) in [
            ("住在柳叶里的老人", "走到柳叶里，灯亮了。", "community=柳叶里"),
            ("栗岚居民区的老人", "他把账本交给栗岚，", "community=栗岚居民区"),
            ("网格员马云溪带着师傅。", "灯下，马云溪不走。", "person=马云溪"),
            ("来到云杉信息科技有限公司（以下简称“云杉信息”）。", "在云杉信息，", "organization=云杉信息科技有限公司"),
            // What is said in one article only may be anything in the next.
            ("走进栗岚花园。", "他说栗岚，", ""),
            ("栗岚居民区的老人", "栗岚桥、栗岚水暖行", "place=栗岚桥"),
            ("走到柳叶里，灯亮了。", "走到柳叶里，", ""),
            ("栗岚居民区、栗岚小学", "“栗岚芳菲”", ""),
        ] {
            assert_eq!(shown([first, second]), wanted, "{first} / {second}");
        }
    }

    #[test]
    fn large_and_broken_text_is_read_in_time() {
        // Each is one clause or one list of a third of a megabyte; a rule that looks back over the whole text would take hours.
        for piece in [
            "网格",
            "社区、",
            "柳叶里、",
            "3号网格、",
            "走进柳溪社区、",
            "柳溪和两个社区",
            "（",
            "“",
            "栗山街道",
            "第一、",
            "张三说",
            "1号、",
            "路1、",
            "年3月",
            "·阿",
            "3号线站",
            "乌云巴特尔",
            "王小明、",
            "9月1日至2日",
            "5日，",
            "栗山路1号2楼",
            "“甲乙丙”",
            "書記馬",
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
            let mentions = mentions(&article, &Context::dated(Some(text.clone())));
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
