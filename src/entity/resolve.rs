//! What the article as a whole tells: declared and short forms of names, and which mentions may overlap.
//!
//! In: what the rules have found, line by line. Out: the mentions that stay, and further occurrences of their names.
//!
//! | text                                             | becomes                                         |
//! |--------------------------------------------------|-------------------------------------------------|
//! | `云杉信息有限公司（以下简称“云杉”）…云杉`        | the last is `云杉信息有限公司`                  |
//! | `青岚居民区…青岚`                                | the last is `青岚居民区`                        |
//! | `网格员马云溪…马云溪`                            | a person both times                             |
//! | `云杉综合网格工作站`                             | a grid within an organization: both             |
//! | `上海` within `上海云杉有限公司`                 | both: kinds nest                                |
//! | `云杉路` within `云杉路社区`                     | the community alone: its suffix is last         |

use super::community;
use super::division;
use super::found::Found;
use super::line::Line;
use super::person;
use crate::lexicon::WORDS;
use crate::model::EntityKind::{self, Community, Date, Division, Grid, Organization, Person, Place, Program};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Words that declare a short form.
const DECLARES: [&str; 3] = ["简称", "下称", "又称"];
/// Characters of a declared short form.
const SHORT: usize = 16;

/// A name to look for: its kind and whole name.
type Known = BTreeMap<String, (EntityKind, String)>;

/// Adds further occurrences of the article's names, then drops what overlaps wrongly.
pub(super) fn resolve(lines: &[Line], found: &mut [Vec<Found>]) {
    let known = known(lines, found);
    let index = index(&known);
    for (line, found) in lines.iter().zip(found.iter_mut()) {
        let mut more = occurrences(line, &known, &index);
        more.retain(|more| !near(found, more.range.start).any(|found| blocks(found, more)));
        found.extend(more);
        settle(found);
    }
}

/// Names that further occurrences are looked for: declared short forms, persons, cores of communities.
fn known(lines: &[Line], found: &[Vec<Found>]) -> Known {
    let mut known = Known::new();
    for (line, found) in lines.iter().zip(found) {
        for mention in found {
            if let Some(short) = declared(line, mention.range.end) {
                known.entry(short).or_insert_with(|| (mention.kind, mention.name.clone()));
            }
            match mention.kind {
                Person if mention.name.chars().count() >= 2 => {
                    known.entry(mention.name.clone()).or_insert_with(|| (Person, mention.name.clone()));
                }
                Community => {
                    let core = core(&mention.name);
                    if core.chars().count() >= 2 && !WORDS.has_word(core) && core != mention.name {
                        known.entry(core.to_owned()).or_insert_with(|| (Community, mention.name.clone()));
                    }
                }
                _ => {}
            }
        }
    }
    let mut openings: BTreeMap<String, usize> = BTreeMap::new();
    for name in lines.iter().flat_map(person::openings) {
        *openings.entry(name).or_default() += 1;
    }
    for name in openings.into_iter().filter(|&(_, count)| count > 1).map(|(name, _)| name) {
        known.entry(name.clone()).or_insert((Person, name));
    }
    let divisions: Vec<Found> = found.iter().flatten().filter(|found| found.kind == Division).cloned().collect();
    for (short, name) in division::aliases(&divisions) {
        known.entry(short).or_insert((Division, name));
    }
    known
}

/// A community's name without its suffix.
fn core(name: &str) -> &str {
    let bare = name.split('（').next().unwrap_or(name);
    let cuts = bare.char_indices().map(|(at, _)| at).skip(1);
    let cut = cuts.into_iter().find(|&at| community::SUFFIXES.contains_key(&bare[at..]));
    cut.map_or(bare, |at| &bare[..at])
}

/// The short form that a bracket after `end` declares.
fn declared(line: &Line, end: usize) -> Option<String> {
    if line.at(end) != '（' {
        return None;
    }
    let word = (end + 1..end + 6).find(|&at| DECLARES.iter().any(|word| line.starts_with(at, word)))?;
    let quoted = matches!(line.at(word + 2), '“' | '：' | '‘');
    let start = word + 2 + usize::from(quoted);
    let end = (start..start + SHORT).find(|&at| matches!(line.at(at), '）' | '”' | '’'))?;
    (end >= start + 2).then(|| line.text(start..end))
}

/// Names by their first two characters, longest first: one look at each place of a text.
fn index(known: &Known) -> HashMap<(char, char), Vec<&str>> {
    let mut index: HashMap<(char, char), Vec<&str>> = HashMap::new();
    let mut names: Vec<&String> = known.keys().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        let mut chars = name.chars();
        if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
            index.entry((first, second)).or_default().push(name);
        }
    }
    index
}

fn occurrences(line: &Line, known: &Known, index: &HashMap<(char, char), Vec<&str>>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < line.len() {
        let names = index.get(&(line.at(at), line.at(at + 1)));
        let name = names.and_then(|names| names.iter().find(|name| line.starts_with(at, name)));
        let Some((name, (kind, whole))) = name.and_then(|name| known.get_key_value(*name)) else {
            at += 1;
            continue;
        };
        let end = at + name.chars().count();
        found.push(Found::named(*kind, at..end, whole.clone()));
        at = end;
    }
    found
}

/// Whether a found mention leaves no room for another occurrence.
fn blocks(found: &Found, more: &Found) -> bool {
    let overlap = found.range.start < more.range.end && more.range.start < found.range.end;
    let brook = found.kind == Place && more.kind == Person;
    overlap
        && !brook
        && (found.kind == more.kind
            || !nests(found.kind, more.kind)
            || more.kind == Division && found.kind != Organization)
}

/// Whether a mention of kind `inner` may stand within one of kind `outer`.
fn nests(outer: EntityKind, inner: EntityKind) -> bool {
    match outer {
        Organization => matches!(inner, Grid | Community | Division | Person),
        Grid => inner == Community,
        Program => matches!(inner, Grid | Community | Division | Organization),
        Place => matches!(inner, Community | Division),
        Division | Community | Person | Date => false,
    }
}

/// Sorts mentions and drops those that lie within another which does not hold their kind, or cross one.
fn settle(found: &mut Vec<Found>) {
    // 马云溪 is no brook where someone of that name speaks.
    let mut persons: Vec<Range<usize>> =
        found.iter().filter(|found| found.kind == Person).map(|found| found.range.clone()).collect();
    persons.sort_by_key(|range| range.start);
    found.retain(|found| {
        let next = persons.partition_point(|person| person.end <= found.range.start);
        found.kind != Place || persons.get(next).is_none_or(|person| person.start >= found.range.end)
    });
    found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end), found.kind));
    let mut open: Vec<Found> = Vec::new();
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for mention in found.drain(..) {
        open.retain(|outer| outer.range.end > mention.range.start);
        let fits = open.iter().all(|outer| mention.range.end <= outer.range.end && nests(outer.kind, mention.kind));
        if fits {
            open.push(mention.clone());
            kept.push(mention);
        }
    }
    *found = kept;
}

/// Mentions before a place that may still reach over it: nested ones are few.
const LOOK_BACK: usize = 6;

/// Those of `found`, sorted by start, that can touch what starts at `start`.
fn near(found: &[Found], start: usize) -> impl Iterator<Item = &Found> {
    let next = found.partition_point(|found| found.range.start < start);
    found[next.saturating_sub(LOOK_BACK)..].iter().take(2 * LOOK_BACK)
}
