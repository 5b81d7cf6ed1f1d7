//! Which groups of display lines are headlines, and which are section headings.
//!
//! In: blocks in reading order. Out: the rank of each group of display lines and bylines. No line says by itself what
//! it is. A byline below it or an article's end above it settles the matter. The others are told by what the text
//! says and by how the page sets them:
//!
//! | evidence                                               | for                            |
//! |--------------------------------------------------------|--------------------------------|
//! | four paragraphs and more before it, and behind it      | headline: sections are short   |
//! | what stands before and behind it uses the same words   | heading: one article           |
//! | its own words stand in the paragraphs behind it        | headline: it says what comes   |
//! | it looks like those that are headlines beyond doubt    | headline                       |
//! | a byline above this article, or a sign-off at its end, but not both | heading: what it would part off would be signed by nobody |
//! | it is the only one in doubt between two headlines      | headline: sections come in company |

use crate::layout::{Block, Role, ends_article, is_chapter};
use crate::lexicon::chars::han_pairs;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What a group of display lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// An article starts.
    Headline,
    /// A section of an article starts.
    Heading,
}

/// A group of display lines and bylines, as it is set.
struct Group {
    start: usize,
    end: usize,
    /// Whether an article ends right above: at the page's start, or with a credit.
    ended: bool,
    /// Whether a byline is among its lines.
    signed: bool,
    /// Whether the name of a column in brackets stands first: `【社区传真】`.
    column: bool,
    /// Level of a Markdown heading.
    level: Option<usize>,
    /// Class of each trait of its look, by the order of [`TRAITS`].
    look: [usize; TRAITS.len()],
}

/// Classes that a trait has at most.
const CLASSES: usize = 3;

/// A trait of how a line is set, and what pages do with it.
struct Trait {
    /// Points for each of three powers of e by which a class is commoner among headlines.
    weight: f64,
    /// How readily a headline takes each class, as far as the page itself does not tell.
    headlines: [f64; CLASSES],
    /// How readily a section heading does.
    headings: [f64; CLASSES],
}

/// Headlines are bolder, and have more room.
const TRAITS: [Trait; 4] = [
    // Plain, bold.
    Trait { weight: 1.5, headlines: [0.5, 1.0, 0.0], headings: [1.0, 0.5, 0.0] },
    // Blank lines above, beyond those between paragraphs.
    Trait { weight: 0.6, headlines: [0.25, 0.75, 1.0], headings: [1.0, 0.5, 0.25] },
    // Blank lines below.
    Trait { weight: 1.6, headlines: [0.4, 0.8, 0.8], headings: [0.8, 0.6, 0.6] },
    // No mark within; a colon; two clauses.
    Trait { weight: 1.1, headlines: [1.0; CLASSES], headings: [1.0; CLASSES] },
];
const BOLD: usize = 0;
const ROOM: usize = 1;
/// Points from which a group that would be the only section heading of its article is a headline.
const LONE: f64 = -2.5;
/// Groups that the habits of pages count for, beside those of the page.
const BELIEF: f64 = 2.0;

/// The rank of each group of display lines, by the index of its first block.
pub(super) fn ranks(blocks: &[Block]) -> BTreeMap<usize, Rank> {
    let groups = groups(blocks);
    let points = points(blocks, &groups);
    let headline = |at: usize| points.get(at).is_none_or(|points| *points > 0.0);
    let rank = |at: usize| {
        // The only section heading of an article, and not far from being none.
        let lone = at > 0 && headline(at - 1) && headline(at + 1) && points[at] > LONE;
        if headline(at) || lone { Rank::Headline } else { Rank::Heading }
    };
    groups.iter().enumerate().map(|(at, group)| (group.start, rank(at))).collect()
}

/// Where the display lines and bylines end that start at `at`. The number of a section starts a group of its own.
pub(super) fn group_end(blocks: &[Block], at: usize) -> usize {
    let goes_on = |block: &Block| match block.role {
        Role::Display => !is_chapter(&block.text),
        role => role == Role::Byline,
    };
    (at + 1..blocks.len()).find(|&at| !goes_on(&blocks[at])).unwrap_or(blocks.len())
}

fn groups(blocks: &[Block]) -> Vec<Group> {
    let between_paragraphs = paragraph_gap(blocks);
    let mut groups: Vec<Group> = Vec::new();
    let (mut at, mut ended) = (0, true);
    while at < blocks.len() {
        if blocks[at].role != Role::Display {
            ended = ends_article(&blocks[at]);
            at += 1;
            continue;
        }
        let end = group_end(blocks, at);
        let lines = &blocks[at..end];
        let below = blocks.get(end).map_or(0, |block| block.gap);
        let shows = |marks: &[char]| lines.iter().any(|line| line.role == Role::Display && line.text.contains(marks));
        let shape = if shows(&['：']) { 1 } else { 2 * usize::from(shows(&[' ', '\u{3000}', '，'])) };
        groups.push(Group {
            start: at,
            end,
            ended,
            signed: lines.iter().any(|line| line.role == Role::Byline),
            column: is_column(&lines[0].text),
            level: lines.iter().filter_map(|line| line.level).min(),
            // More than two blank lines beyond what parts paragraphs are an accident of extraction.
            look: [
                usize::from(lines.iter().any(|line| line.bold)),
                lines[0].gap.saturating_sub(between_paragraphs).min(CLASSES - 1),
                below.min(CLASSES - 1),
                shape,
            ],
        });
        (at, ended) = (end, false);
    }
    groups
}

/// Whether a line is the name of a column in brackets, below which articles start.
fn is_column(line: &str) -> bool {
    /// Longest such line, in characters.
    const COLUMN: usize = 14;
    line.starts_with('【') && line.ends_with('】') && line.chars().count() <= COLUMN
}

/// Blank lines between the paragraphs of a page: the median.
pub(super) fn paragraph_gap(blocks: &[Block]) -> usize {
    let bodies = blocks.windows(2).filter(|pair| pair.iter().all(|block| block.role == Role::Body));
    let mut gaps: Vec<usize> = bodies.map(|pair| pair[1].gap).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

/// How much speaks for each group to be a headline, as the natural logarithm of odds.
///
/// The weights are those of a logistic regression over 894 groups in doubt on some 150 pages, most of them set
/// without bylines or sign-offs, rounded; 98 in 100 groups of pages that were left out come out right.
fn points(blocks: &[Block], groups: &[Group]) -> Vec<f64> {
    /// What must be made up for: most lines that could be either are headings.
    const BASE: f64 = -7.1;
    /// Where there can be no doubt.
    const SURE: f64 = 100.0;
    let top = groups.iter().filter_map(|group| group.level).min();
    let sure: Vec<bool> =
        (0..groups.len()).map(|at| at == 0 || groups[at].ended || groups[at].signed || groups[at].column).collect();
    let text = by_text(blocks, groups);
    // A first guess, by the text alone.
    let likely: Vec<f64> = text
        .iter()
        .zip(&sure)
        .map(|(text, sure)| if *sure { 1.0 } else { 1.0 / (1.0 + (-BASE - text).exp()) })
        .collect();
    let rank = |at: usize| match (groups[at].level, top) {
        (_, None) => 0.0,
        (Some(level), Some(top)) if level == top => 6.0,
        (Some(_), Some(_)) => -6.0,
        (None, Some(_)) => -2.0,
    };
    let points = |at: usize| {
        if at > 0 && is_chapter(&blocks[groups[at].start].text) {
            return -SURE;
        }
        // A first line of another rank is no headline, whatever stands above it.
        if sure[at] && rank(at) >= 0.0 {
            return SURE;
        }
        let credit = if sure[at] { 4.0 } else { 0.0 };
        BASE + text[at] + by_look(groups, at, &likely) + by_credits(blocks, groups, at, &sure) + rank(at) + credit
    };
    (0..groups.len()).map(points).collect()
}

/// Points by what the text says.
fn by_text(blocks: &[Block], groups: &[Group]) -> Vec<f64> {
    let words = Words::of(blocks);
    // The sections before, between and behind the groups.
    let start = |at: usize| groups[..at].last().map_or(0, |group| group.end);
    let end = |at: usize| groups.get(at).map_or(blocks.len(), |group| group.start);
    let sections: Vec<&[Block]> = (0..=groups.len()).map(|at| &blocks[start(at)..end(at)]).collect();
    let said: Vec<Vec<[char; 2]>> = sections.iter().map(|section| words.of_all(section)).collect();
    let points = |(at, group): (usize, &Group)| {
        let own = words.of_all(&blocks[group.start..group.end]);
        2.8 * paragraphs(sections[at]) + 2.3 * paragraphs(sections[at + 1])
            - 24.0 * words.shared(&said[at], &said[at + 1])
            + 10.0 * words.shared(&own, &said[at + 1])
    };
    groups.iter().enumerate().map(points).collect()
}

/// Points by how a group is set: by the looks of the others, each as likely a headline as `likely` says.
fn by_look(groups: &[Group], at: usize, likely: &[f64]) -> f64 {
    /// Furthest that one trait goes.
    const MOST: f64 = 3.0;
    let look = groups[at].look;
    let mut points = 0.9 * look[BOLD] as f64 + 1.8 * look[ROOM] as f64;
    for (of, known) in TRAITS.iter().enumerate() {
        let own = look[of];
        let (mut all, mut heads, mut rest) = ([0.0; CLASSES], [0.0; CLASSES], [0.0; CLASSES]);
        all[own] += 1.0;
        // What stands above the first group is a masthead.
        for other in (0..groups.len()).filter(|&other| other != at && (other > 0 || of != ROOM)) {
            let class = groups[other].look[of];
            all[class] += 1.0;
            heads[class] += likely[other];
            rest[class] += 1.0 - likely[other];
        }
        let count: f64 = all.iter().sum();
        let share = |seen: &[f64; CLASSES], habit: &[f64; CLASSES]| {
            // Before anything is seen: as often as on the page, leaning as pages do.
            let lean = |class: usize| BELIEF * habit[class] * all[class] / count;
            (seen[own] + lean(own)) / (0..CLASSES).map(|class| seen[class] + lean(class)).sum::<f64>()
        };
        let odds = (share(&heads, &known.headlines) / share(&rest, &known.headings)).ln();
        points += known.weight * odds.clamp(-MOST, MOST);
    }
    points
}

/// Points by who signs what a headline would part, and by how many others are in doubt with it.
fn by_credits(blocks: &[Block], groups: &[Group], at: usize, sure: &[bool]) -> f64 {
    let before = (0..at).rev().find(|&at| sure[at]).unwrap_or(0);
    let next = (at + 1..groups.len()).find(|&at| sure[at]);
    let top = groups[before].signed;
    let foot = next.map_or_else(|| blocks.last().is_some_and(ends_article), |next| groups[next].ended);
    let credits = match (top, foot) {
        (true, true) => -0.6,
        (false, false) => 0.0,
        _ => -1.5,
    };
    let alone = next.unwrap_or(groups.len()) - before == 2;
    // Three lines that stand together are a kicker, a headline and its subtitle.
    let display = |block: &&Block| block.role == Role::Display;
    let lines = match blocks[groups[at].start..groups[at].end].iter().filter(display).count() {
        0 | 1 => 0.0,
        2 => 0.6,
        _ => 1.4,
    };
    credits + lines + if alone { 2.0 } else { 0.0 }
}

/// How many paragraphs stand there; from four on it is all the same.
fn paragraphs(blocks: &[Block]) -> f64 {
    let count = blocks.iter().filter(|block| matches!(block.role, Role::Body | Role::Row)).count();
    (1.0 + count.min(4) as f64).ln()
}

/// Pairs of Han characters, and how rare they are on the page.
struct Words {
    rarity: FxHashMap<[char; 2], f64>,
}

impl Words {
    fn of(blocks: &[Block]) -> Self {
        let bodies = || blocks.iter().filter(|block| block.role == Role::Body);
        let mut blocks_with: FxHashMap<[char; 2], usize> = FxHashMap::default();
        for block in bodies() {
            let pairs: FxHashSet<[char; 2]> = han_pairs(&block.text).collect();
            pairs.into_iter().for_each(|pair| *blocks_with.entry(pair).or_default() += 1);
        }
        let all = bodies().count() as f64;
        // What stands in every third paragraph tells nothing.
        let rare = blocks_with.into_iter().filter(|(_, count)| 3.0 * *count as f64 <= all.max(6.0));
        Self { rarity: rare.map(|(pair, count)| (pair, ((all + 1.0) / (count as f64 + 0.5)).ln())).collect() }
    }

    /// The rare pairs of some blocks, each once, in their order.
    fn of_all(&self, blocks: &[Block]) -> Vec<[char; 2]> {
        let pairs = blocks.iter().flat_map(|block| han_pairs(&block.text));
        let mut pairs: Vec<[char; 2]> = pairs.filter(|pair| self.rarity.contains_key(pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// How much two texts say in the same words, 0 to 1.
    fn shared(&self, a: &[[char; 2]], b: &[[char; 2]]) -> f64 {
        let weight = |pairs: &[[char; 2]]| pairs.iter().map(|pair| self.rarity[pair]).sum::<f64>();
        let both: Vec<[char; 2]> = a.iter().filter(|pair| b.binary_search(pair).is_ok()).copied().collect();
        weight(&both) / (weight(a) * weight(b) + 1.0).sqrt()
    }
}
