//! Where words stand in one text. In: a text and [`Needle`]s. Out: their [`Place`]s, and which of them are near.
//!
//! The stored text is read with the units of the index, so a hit is marked exactly where the index saw it, also across
//! a space, in other width, case or script.

use super::expr::Near;
use crate::index::{Unit, units};
use crate::model::TextSpan;
use std::collections::VecDeque;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needle<'a> {
    /// The units; never empty.
    pub(crate) units: &'a [Unit],
    /// Whether the last of them, a word of letters, may go on.
    pub(crate) prefix: bool,
}

/// Where a needle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Which needle.
    pub(crate) needle: usize,
    /// Number of the first unit in the text.
    pub(crate) first: usize,
    /// Bytes of the text.
    pub(crate) span: TextSpan,
}

/// Every place in `text` where a needle stands, in order of their ends. Only as many units are held as the longest
/// needle has: a page may be one line of many megabytes.
pub(crate) fn places(text: &str, needles: &[Needle<'_>]) -> Vec<Place> {
    let longest = needles.iter().map(|needle| needle.units.len()).max().unwrap_or(0);
    let mut seen: VecDeque<(Unit, TextSpan)> = VecDeque::with_capacity(longest + 1);
    let mut all = Vec::new();
    if longest == 0 {
        return all;
    }
    for (number, (unit, span)) in units(text).enumerate() {
        seen.push_back((unit, span));
        if seen.len() > longest {
            seen.pop_front();
        }
        for (at, needle) in needles.iter().enumerate() {
            let Some(from) = seen.len().checked_sub(needle.units.len()) else { continue };
            let stands = seen.iter().skip(from).zip(needle.units).enumerate().all(|(at, ((unit, _), wanted))| {
                unit == wanted || needle.prefix && at + 1 == needle.units.len() && begins(unit, wanted)
            });
            if stands {
                let span = TextSpan::new(seen[from].1.start, span.end);
                all.push(Place { needle: at, first: number + 1 - needle.units.len(), span });
            }
        }
    }
    all
}

/// Whether a word of letters goes on from `wanted`.
fn begins(unit: &Unit, wanted: &Unit) -> bool {
    matches!((unit, wanted), (Unit::Word(word), Unit::Word(wanted)) if word.starts_with(wanted.as_str()))
}

/// The places in `text` where the words of `near` stand near each other; `needle` is the index of the word.
pub(super) fn near_places(text: &str, near: &Near) -> Vec<Place> {
    let needles: Vec<Needle<'_>> = near.words.iter().map(|units| Needle { units, prefix: false }).collect();
    let places = places(text, &needles);
    let starts = |needle| places.iter().filter(move |place| place.needle == needle).map(|place| place.first as u32);
    let starts: Vec<Vec<u32>> = (0..needles.len()).map(|needle| starts(needle).collect()).collect();
    let lengths: Vec<usize> = near.words.iter().map(Vec::len).collect();
    let windows = windows(&starts, &lengths, near.distance);
    places
        .into_iter()
        .filter(|place| {
            let (first, last) = (place.first, place.first + lengths[place.needle]);
            windows.iter().any(|&(from, to)| from <= first && last <= to)
        })
        .collect()
}

/// The stretches, as first unit and one past the last, that hold each of some words with at most `distance` units
/// besides them. In: where each word starts, in order, and how long it is.
pub(super) fn windows(starts: &[Vec<u32>], lengths: &[usize], distance: usize) -> Vec<(usize, usize)> {
    let own: usize = lengths.iter().sum();
    let mut firsts: Vec<u32> = starts.iter().flatten().copied().collect();
    firsts.sort_unstable();
    firsts.dedup();
    let mut all = Vec::new();
    for first in firsts {
        // Behind a beginning, the nearest place of each word makes the shortest stretch.
        let end = starts.iter().zip(lengths).try_fold(0, |end, (starts, length)| {
            let next = starts.get(starts.partition_point(|&start| start < first))?;
            Some(end.max(*next as usize + length))
        });
        let Some(end) = end else { break };
        if end - first as usize <= own + distance {
            all.push((first as usize, end));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::units_of;
    use proptest::prelude::*;

    #[test]
    fn finds_words_near_each_other() {
        let near = |text: &str, words: &[&str], distance| {
            let words = words.iter().map(|word| units_of(word)).collect();
            let near = Near { part: None, text: String::new(), words, distance };
            near_places(text, &near).iter().map(|place| place.span.of(text).to_owned()).collect::<Vec<_>>()
        };
        let text = "网格里的党建很强。党建工作做了很久很久，网格";
        assert_eq!(near(text, &["网格", "党建"], 2), ["网格", "党建"]);
        assert_eq!(near(text, &["党建", "网格"], 2), ["网格", "党建"]);
        assert!(near(text, &["党建", "网格"], 1).is_empty());
        assert_eq!(near(text, &["党建", "网格"], 50).len(), 4);
        assert_eq!(near("a网格", &["a", "网格"], 0), ["a", "网格"]);
    }

    proptest! {
        /// Against every choice of one place for each word.
        #[test]
        fn windows_are_those_of_all_choices(a in prop::collection::btree_set(0_u32..30, 1..5), b in prop::collection::btree_set(0_u32..30, 1..5), distance in 0_usize..8) {
            let starts = [a.into_iter().collect::<Vec<_>>(), b.into_iter().collect()];
            let lengths = [2, 3];
            let any = starts[0].iter().any(|&x| starts[1].iter().any(|&y| {
                let (from, to) = (x.min(y) as usize, (x as usize + 2).max(y as usize + 3));
                to - from <= 5 + distance
            }));
            prop_assert_eq!(!windows(&starts, &lengths, distance).is_empty(), any);
        }
    }
}
