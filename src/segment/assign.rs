//! Headlines that stand apart from their bodies, given to the right ones.
//!
//! In: several [`Head`]s and the paragraphs that follow them. Out: which head takes which stretch of paragraphs.
//! All ways to cut the paragraphs and to deal out the heads are weighed together: a head fits a body that uses
//! its words; a body starts well behind an article's end or with an opening phrase, badly in the middle.

use super::headline::{Head, Item, join};
use crate::layout::trailing_credit;
use crate::lexicon::chars::han_pairs;
use crate::lexicon::literal;
use regex::Regex;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Heads that are dealt out together. A page has fewer; beyond it they keep their order.
const MOST_HEADS: usize = 6;
/// Cost of taking a line for the subtitle of a headline that stands well above it.
const MERGE_APART: f64 = 2.0;
/// Cost of taking a headline with a kicker of its own for the subtitle of another.
const MERGE_WHOLE: f64 = 3.0;
/// Places at which a body may start that are weighed.
const MOST_CUTS: usize = 24;

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    literal(r"^(?:近日|日前|近期|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年|今年|入夏|入冬|入秋|清晨|早上|上午|傍晚|“|为)")
});

/// A head and the stretch of items that it takes.
pub(super) type Share = (Head, std::ops::Range<usize>);

/// Deals out `heads` to the items that follow them, in reading order of the items.
pub(super) fn assign(heads: Vec<Head>, items: &[Item]) -> Vec<Share> {
    if heads.len() < 2 || items.is_empty() || heads.len() > MOST_HEADS {
        return in_order(heads, items.len());
    }
    let cuts = cuts(items);
    let words = Words::of(items);
    let mut best: Option<(f64, Vec<Share>)> = None;
    // Which heads stand for themselves; the others are lines of the head above them.
    for merges in 0..1u32 << (heads.len() - 1) {
        let merged_heads = || (1..heads.len()).filter(|&at| merges >> (at - 1) & 1 == 1).map(|at| &heads[at]);
        let far = merged_heads().filter(|head| head.apart).count();
        let whole = merged_heads().filter(|head| head.kicker.is_some()).count();
        let merged = merged(&heads, merges);
        if let Some((score, shares)) = deal(&merged, items, &cuts, &words) {
            let score = score - MERGE_APART * far as f64 - MERGE_WHOLE * whole as f64;
            if best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, shares));
            }
        }
    }
    best.map_or_else(|| in_order(heads, items.len()), |(_, shares)| shares)
}

/// The last head takes everything, the others stand alone.
fn in_order(heads: Vec<Head>, items: usize) -> Vec<Share> {
    let last = heads.len().saturating_sub(1);
    heads.into_iter().enumerate().map(|(at, head)| (head, if at == last { 0..items } else { 0..0 })).collect()
}

fn merged(heads: &[Head], merges: u32) -> Vec<Head> {
    let mut result: Vec<Head> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        match result.last_mut() {
            Some(last) if at > 0 && merges >> (at - 1) & 1 == 1 && last.byline.is_empty() => {
                let lines =
                    [last.subtitle.take(), head.kicker.clone(), Some(head.title.clone()), head.subtitle.clone()];
                last.subtitle = Some(join(lines.iter().flatten()));
                last.byline.extend(head.byline.iter().cloned());
                last.credits.extend(&head.credits);
            }
            _ => result.push(head.clone()),
        }
    }
    result
}

/// Where a body may start, and what speaks for it.
struct Cut {
    at: usize,
    points: f64,
}

fn cuts(items: &[Item]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = (1..items.len())
        .filter(|&at| matches!(items[at], Item::Paragraph(..) | Item::Byline(..)))
        .filter(|&at| !matches!(items[at - 1], Item::Heading(_)))
        .map(|at| {
            let lead = matches!(&items[at], Item::Paragraph(text, _) if LEAD.is_match(text));
            let apart = matches!(&items[at], Item::Paragraph(_, true));
            let points = boundary(items, at) + if lead { 1.5 } else { 0.0 } + if apart { 1.5 } else { 0.0 };
            Cut { at, points }
        })
        .collect();
    cuts.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.at.cmp(&b.at)));
    cuts.truncate(MOST_CUTS);
    cuts.sort_by_key(|cut| cut.at);
    cuts.insert(0, Cut { at: 0, points: 0.0 });
    cuts
}

/// Points for a body to start at an item. A byline may stand above its text as well as below it.
fn boundary(items: &[Item], at: usize) -> f64 {
    let signed_below = matches!(items.last(), Some(Item::Byline(..)));
    match (&items[at - 1], &items[at]) {
        (before, _) if signs_off(before) => 3.0,
        // Where the last text is not signed, bylines stand above their texts.
        (Item::Byline(..), _) => {
            if signed_below {
                2.5
            } else {
                1.0
            }
        }
        (_, Item::Byline(..)) => {
            if signed_below {
                1.0
            } else {
                2.5
            }
        }
        _ => -2.0,
    }
}

/// Whether an article ends with this item.
fn signs_off(item: &Item) -> bool {
    match item {
        Item::SignOff(..) => true,
        Item::Paragraph(text, _) => trailing_credit(text).is_some(),
        _ => false,
    }
}

/// Credits in the middle of a stretch, where no article has one.
fn stray_credits(items: &[Item]) -> usize {
    let last = items.len().saturating_sub(1);
    let stray =
        |&(at, item): &(usize, &Item)| at < last && (signs_off(item) || (at > 0 && matches!(item, Item::Byline(..))));
    items.iter().enumerate().filter(stray).count()
}

/// The best way to give each head one stretch, and its points. None where there are more heads than cuts.
fn deal(heads: &[Head], items: &[Item], cuts: &[Cut], words: &Words) -> Option<(f64, Vec<Share>)> {
    let (count, all) = (heads.len(), 1usize << heads.len());
    if count > cuts.len() {
        return None;
    }
    let end = |cut: usize| cuts.get(cut).map_or(items.len(), |cut| cut.at);
    let fits: Vec<Vec<Vec<f64>>> = heads
        .iter()
        .map(|head| {
            let pairs = pairs(head);
            let score = |from: usize, to: usize| words.fit(&pairs, cuts[from].at..end(to));
            (0..cuts.len()).map(|from| (from + 1..=cuts.len()).map(|to| score(from, to)).collect()).collect()
        })
        .collect();
    // best[cut][dealt]: points for the items before the cut with those heads, and the step that led there.
    let mut best = vec![vec![(f64::NEG_INFINITY, 0usize, 0usize); all]; cuts.len() + 1];
    best[0][0] = (0.0, 0, 0);
    for from in 0..cuts.len() {
        for dealt in 0..all {
            let (points, ..) = best[from][dealt];
            if points == f64::NEG_INFINITY {
                continue;
            }
            for head in (0..count).filter(|head| dealt >> head & 1 == 0) {
                for to in from + 1..=cuts.len() {
                    let stretch = &items[cuts[from].at..end(to)];
                    if !stretch.iter().any(|item| matches!(item, Item::Paragraph(..))) {
                        continue;
                    }
                    let inner = stray_credits(stretch);
                    // The head nearest to the text most likely starts it; the others follow as they stand.
                    let nearest = f64::from(u8::from(from == 0 && head + 1 == count));
                    let cost = if from == 0 { 0.0 } else { cuts[from].points - 1.5 };
                    let score = points + fits[head][from][to - from - 1] + cost + nearest - 4.0 * inner as f64;
                    let slot = &mut best[to][dealt | 1 << head];
                    if score > slot.0 {
                        *slot = (score, from, head);
                    }
                }
            }
        }
    }
    let (score, ..) = best[cuts.len()][all - 1];
    let mut shares = Vec::new();
    let (mut cut, mut dealt) = (cuts.len(), all - 1);
    while cut > 0 {
        let (_, from, head) = best[cut][dealt];
        shares.push((heads[head].clone(), cuts[from].at..end(cut)));
        (cut, dealt) = (from, dealt & !(1 << head));
    }
    shares.reverse();
    score.is_finite().then_some((score, shares))
}

/// Pairs of Han characters in a head.
fn pairs(head: &Head) -> BTreeSet<[char; 2]> {
    let lines = [Some(&head.title), head.kicker.as_ref(), head.subtitle.as_ref()];
    lines.into_iter().flatten().flat_map(|text| han_pairs(text)).collect()
}

/// Which paragraphs have which pairs of characters.
struct Words {
    paragraphs: HashMap<[char; 2], Vec<usize>>,
    count: usize,
}

impl Words {
    fn of(items: &[Item]) -> Self {
        let mut paragraphs: HashMap<[char; 2], Vec<usize>> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            let (Item::Paragraph(text, _) | Item::Heading(text)) = item else { continue };
            for pair in han_pairs(text) {
                let known = paragraphs.entry(pair).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
        }
        Self { paragraphs, count: items.len() }
    }

    /// How much of a head's words a stretch of items uses; words that stand everywhere count little.
    fn fit(&self, pairs: &BTreeSet<[char; 2]>, stretch: std::ops::Range<usize>) -> f64 {
        let (mut all, mut body, mut first) = (0.0, 0.0, 0.0);
        for pair in pairs {
            let known = self.paragraphs.get(pair).map_or(&[][..], Vec::as_slice);
            let weight = ((self.count as f64 + 1.0) / (known.len() as f64 + 0.5)).ln();
            all += weight;
            let start = known.partition_point(|&at| at < stretch.start);
            if known.get(start).is_some_and(|&at| at < stretch.end) {
                body += weight;
            }
            if known.get(start) == Some(&stretch.start) {
                first += weight;
            }
        }
        if all > 0.0 { (6.0 * body + 3.0 * first) / all } else { 0.0 }
    }
}
