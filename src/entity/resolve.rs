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

use super::Doubtful;
use super::boundary::{self, Role};
use super::community;
use super::found::Found;
use super::line::{Line, is_name_char};
use super::short;
use crate::lexicon::WORDS;
use crate::lexicon::table::CharSet;
use crate::model::EntityKind::{self, Community, Date, Division, Grid, Organization, Person, Place, Program};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that declare a short form.
const DECLARES: [&str; 3] = ["简称", "下称", "又称"];
/// Characters of a declared short form.
const SHORT: usize = 16;

/// Characters of a name that says enough alone to be looked for in other articles.
const SPEAKING: usize = 3;
/// Suffixes that make what stands before them another thing than the community of that name.
const OTHER_HEADS: [char; 16] =
    ['路', '街', '巷', '弄', '河', '江', '湖', '溪', '桥', '港', '站', '塔', '寺', '山', '校', '渠'];

/// Names to look for, by how they may stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, Entity>);

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entity {
    kind: EntityKind,
    whole: String,
}

impl Names {
    fn add(&mut self, name: &str, kind: EntityKind, whole: &str) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Entity { kind, whole: whole.to_owned() });
        }
    }
}

/// What the articles of an issue tell each other: of their names, those that stand for the same thing in all, and
/// are no ordinary word elsewhere.
pub(super) fn common(articles: &[Names]) -> Names {
    let mut seen: BTreeMap<&str, Option<&Entity>> = BTreeMap::new();
    for (name, entity) in articles.iter().flat_map(|names| &names.0) {
        let other = seen.entry(name).or_insert(Some(entity));
        if other.is_some_and(|other| other != entity) {
            *other = None;
        }
    }
    let agreed = seen.into_iter().filter_map(|(name, entity)| Some((name, entity?)));
    let travelling = agreed.filter(|(name, entity)| travels(name, entity));
    Names(travelling.map(|(name, entity)| (name.to_owned(), entity.clone())).collect())
}

/// Whether a name says the same in another article. Short forms of committees do: an issue has few of them and all
/// know them. The core of an estate's name or a street's (云杉 of 云杉花园, 云杉街道) names all sorts of things.
fn travels(name: &str, entity: &Entity) -> bool {
    const COMMITTEES: [&str; 6] = ["居民区", "社区", "居委会", "居委", "村", "嘎查"];
    let whole = name == entity.whole;
    let speaks = name.chars().count() >= SPEAKING || !WORDS.has_word(name);
    match entity.kind {
        Division => false,
        Community if !whole => COMMITTEES.iter().any(|suffix| entity.whole.ends_with(suffix)),
        _ => speaks,
    }
}

/// Adds further occurrences of the article's `own` names and of those that `others` of the issue show, then drops what
/// overlaps wrongly.
pub(super) fn resolve(lines: &[Line], found: &mut [Vec<Found>], own: &Names, others: &Index) {
    let own = index(own);
    for (line, found) in lines.iter().zip(found.iter_mut()) {
        let mut more = occurrences(line, &own, others);
        more.retain(|(more, is_own)| {
            let mut near = near(found, more.range.start);
            if *is_own {
                !near.any(|found| blocks(found, more))
            } else {
                !near.any(|found| overlap(found, more) && !is_brook(found, more)) && stands_alone(line, &more.range)
            }
        });
        found.extend(more.into_iter().map(|(more, _)| more));
        settle(found);
    }
}

/// Names that an article shows: declared short forms, persons, communities, bodies and programmes, and cores of
/// communities and divisions.
pub(super) fn names(lines: &[Line], found: &[Vec<Found>], doubtful: &[Doubtful]) -> Names {
    let mut names = Names::default();
    for (line, found) in lines.iter().zip(found) {
        for mention in found {
            let Found { kind, name, .. } = mention;
            if let Some(short) = declared(line, mention.range.end) {
                names.add(&short, *kind, name);
            }
            let length = name.chars().count();
            match kind {
                Person if length >= 2 => names.add(name, Person, name),
                Community => {
                    names.add(name, Community, name);
                    let core = core(name);
                    if core.chars().count() >= 2 && !WORDS.has_word(core) {
                        names.add(core, Community, name);
                    }
                }
                Organization | Program if length > SPEAKING && !WORDS.has_word(name) => names.add(name, *kind, name),
                _ => {}
            }
        }
    }
    let persons = doubtful.iter().flat_map(|line| &line.persons).map(|name| (Person, name));
    let programs = doubtful.iter().flat_map(|line| &line.programs).map(|name| (Program, name));
    let mut said: BTreeMap<(EntityKind, &str), usize> = BTreeMap::new();
    for (kind, name) in persons.chain(programs) {
        *said.entry((kind, name)).or_default() += 1;
    }
    for ((kind, name), _) in said.into_iter().filter(|&(_, count)| count > 1) {
        names.add(name, kind, name);
    }
    let divisions: Vec<Found> = found.iter().flatten().filter(|found| found.kind == Division).cloned().collect();
    for (short, name) in short::aliases(&divisions) {
        names.add(&short, Division, &name);
    }
    names
}

/// A community's name without its suffix.
fn core(name: &str) -> &str {
    let bare = name.split('（').next().unwrap_or(name);
    let cuts = bare.char_indices().map(|(at, _)| at).skip(1);
    let cut = cuts.into_iter().find(|&at| community::SUFFIXES.has(&bare[at..]));
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
    (end >= start + 2).then(|| line.text(start..end).to_owned())
}

/// Names by their first two characters, longest first: one look at each place of a text.
pub(super) struct Index<'a> {
    first: CharSet,
    names: FxHashMap<(char, char), Vec<(&'a str, &'a Entity)>>,
}

/// See [`Index`].
pub(super) fn index(names: &Names) -> Index<'_> {
    let first = names.0.keys().filter_map(|name| name.chars().next()).collect();
    let mut index = Index { first, names: FxHashMap::default() };
    let mut names: Vec<(&str, &Entity)> = names.0.iter().map(|(name, entity)| (name.as_str(), entity)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, entity) in names {
        let mut chars = name.chars();
        if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
            index.names.entry((first, second)).or_default().push((name, entity));
        }
    }
    index
}

impl<'a> Index<'a> {
    /// The longest name that starts at `at`.
    fn at(&self, line: &Line, at: usize) -> Option<(&'a str, &'a Entity)> {
        let possible = self.first.contains(line.at(at));
        let here = if possible { self.names.get(&(line.at(at), line.at(at + 1))) } else { None };
        here.and_then(|names| names.iter().find(|(name, _)| line.starts_with(at, name)).copied())
    }
}

/// Where names stand, and whether they are the article's own: those come first.
fn occurrences(line: &Line, own: &Index, others: &Index) -> Vec<(Found, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < line.len() {
        let (mine, other) = (own.at(line, at), others.at(line, at));
        let is_own = match (mine, other) {
            (Some((mine, _)), Some((other, _))) => mine.len() >= other.len(),
            (mine, _) => mine.is_some(),
        };
        let Some((name, entity)) = (if is_own { mine } else { other }) else {
            at += 1;
            continue;
        };
        let end = at + name.chars().count();
        let other = entity.kind == Community && OTHER_HEADS.contains(&line.at(end));
        if !other {
            found.push((Found::named(entity.kind, at..end, entity.whole.clone()), is_own));
        }
        at = end;
    }
    found
}

/// Whether nothing that could be part of a longer name touches `range`: what another article calls 云杉 may be the
/// start of anything here.
fn stands_alone(line: &Line, range: &Range<usize>) -> bool {
    let words = line.words(range.end);
    let bounds = |at: usize| words.get(at).is_some_and(|_| boundary::role(line, words, at) != Role::Name);
    let first = words.partition_point(|word| word.end <= range.start);
    let left = !is_name_char(line.before(range.start))
        || line.ends_division(range.start)
        || first.checked_sub(1).is_some_and(bounds);
    let right = !is_name_char(line.at(range.end)) || bounds(words.partition_point(|word| word.start < range.end));
    left && right && line.parts_words(range.start) && line.parts_words(range.end)
}

/// 马云溪 is no brook where someone has that name.
fn is_brook(found: &Found, more: &Found) -> bool {
    found.kind == Place && more.kind == Person
}

fn overlap(one: &Found, other: &Found) -> bool {
    one.range.start < other.range.end && other.range.start < one.range.end
}

/// Whether a found mention leaves no room for another occurrence.
fn blocks(found: &Found, more: &Found) -> bool {
    overlap(found, more)
        && !is_brook(found, more)
        && (found.kind == more.kind
            || !nests(found.kind, more.kind)
            || more.kind == Division && found.kind != Organization)
}

/// Whether a mention of kind `inner` may stand within one of kind `outer`.
pub(super) fn nests(outer: EntityKind, inner: EntityKind) -> bool {
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
        let fits = open.iter().all(|outer| {
            let shared = outer.kind == mention.kind && outer.range == mention.range && outer.name != mention.name;
            mention.range.end <= outer.range.end && nests(outer.kind, mention.kind) || shared && mention.kind == Grid
        });
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
