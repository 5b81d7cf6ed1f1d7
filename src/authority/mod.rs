//! One name, one thing (规范档, an authority file). In: the mentions of an [`Archive`]. Out: the [`Entity`]s that they
//! name, each with its variants and where it occurs.
//!
//! Mentions are of one thing if their names have one key (`key`) and they lie in one unit; a name whose unit no article
//! shows joins the only unit that has the name. Divisions are one if they have one code. What an operator has decided
//! (`decision`) goes before both. `links` are the relations between them.

mod decision;
mod key;
mod links;

pub use decision::parse;
pub use links::{End, Link, graph, links};

use crate::error::Result;
use crate::index::{Archive, schema::row};
use crate::model::{Decided, Decisions, EntityKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Whether two names of one kind are spellings of one, wherever the things that bear them lie.
pub fn is_one_name(kind: EntityKind, one: &str, other: &str) -> bool {
    // Spellings differ in their ends; most names that are compared differ at once.
    let same_start =
        || one.chars().next().zip(other.chars().next()).is_some_and(|(a, b)| a == b || !a.is_alphanumeric());
    one == other || same_start() && key::key(kind, one, None) == key::key(kind, other, None)
}

/// A named thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// What sort of thing.
    pub kind: String,
    /// The commonest of its names; of equally common ones the longest, then the first in order of characters.
    pub name: String,
    /// The unit that it lies in, for a grid or a community; null where no article shows it.
    pub within: Option<String>,
    /// Statistical code.
    pub code: Option<String>,
    /// How often it is mentioned.
    pub mentions: u64,
    /// In how many articles.
    pub articles: usize,
    /// In how many issues.
    pub issues: usize,
    /// Date of the first and of the last article that mentions it, as exact as known.
    pub dates: Option<[String; 2]>,
    /// All that stands for it in text, the commonest first.
    pub variants: Vec<Variant>,
    /// The articles that mention it, in order of their ids.
    pub occurrences: Vec<Occurrence>,
    /// Which article calls it by which name.
    #[serde(skip)]
    named: Vec<(String, String)>,
}

/// A spelling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// As it stands.
    pub text: String,
    /// How often.
    pub mentions: u64,
}

/// An article that mentions a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// Id of the article.
    pub article: String,
    /// Name of the issue.
    pub issue: String,
    /// Date of the article.
    pub date: Option<String>,
    /// How often it mentions the thing.
    pub mentions: u64,
}

/// The things of one kind that `archive` names, the most mentioned first, then in order of their names.
pub fn entities(archive: &Archive, kind: EntityKind) -> Result<Vec<Entity>> {
    let decisions = archive.decisions()?;
    let spellings = spellings(archive, kind)?;
    let mut groups: BTreeMap<(String, Option<String>), Vec<Spelling>> = BTreeMap::new();
    let mut moved = Vec::new();
    for (placed, spelling) in spellings {
        match decisions.on(kind, &placed.0) {
            Decided::Into(into) if into != placed.0 => {
                moved.push((placed, Spelling { name: into.to_owned(), ..spelling }))
            }
            _ => groups.entry(identity(kind, &placed, &spelling, &decisions)).or_default().push(spelling),
        }
    }
    // Whoever makes one name a variant of another means the thing that has the other name, wherever that lies.
    for (placed, spelling) in moved {
        let (key, within) = identity(kind, &placed, &spelling, &decisions);
        let near = groups.contains_key(&(key.clone(), within.clone()));
        groups.entry((key, within.filter(|_| near))).or_default().push(spelling);
    }
    let mut all: Vec<Entity> =
        settled(groups).into_iter().map(|((_, within), spellings)| entity(kind, within, spellings)).collect();
    all.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| (&a.name, &a.within).cmp(&(&b.name, &b.within))));
    Ok(all)
}

/// A name in one unit.
type Placed = (String, Option<String>);

/// What the archive holds of a name in one unit.
#[derive(Debug, Default)]
struct Spelling {
    /// The name, as mentions have it.
    called: String,
    /// The name that it counts as.
    name: String,
    code: Option<String>,
    mentions: u64,
    texts: BTreeMap<String, u64>,
    articles: BTreeMap<String, Occurrence>,
}

fn spellings(archive: &Archive, kind: EntityKind) -> Result<BTreeMap<Placed, Spelling>> {
    let mut all: BTreeMap<Placed, Spelling> = BTreeMap::new();
    let columns = ["name", "within", "text", "code", "article", "issue", "date"];
    archive.each(row::MENTION, &[(archive.fields().kind, kind.as_str())], columns, |values| {
        let [Some(name), within, Some(text), code, Some(article), Some(issue), date] = values else { return };
        let spelling = all.entry((name.to_owned(), within.map(str::to_owned))).or_default();
        spelling.mentions += 1;
        name.clone_into(&mut spelling.called);
        name.clone_into(&mut spelling.name);
        spelling.code = spelling.code.take().max(code.map(str::to_owned));
        *spelling.texts.entry(text.to_owned()).or_default() += 1;
        let occurrence = spelling.articles.entry(article.to_owned()).or_insert_with(|| Occurrence {
            article: article.to_owned(),
            issue: issue.to_owned(),
            date: date.map(str::to_owned),
            mentions: 0,
        });
        occurrence.mentions += 1;
    })?;
    Ok(all)
}

/// By what a spelling is one thing with others: its key, and the unit it lies in.
fn identity(kind: EntityKind, placed: &Placed, spelling: &Spelling, decisions: &Decisions) -> Placed {
    let (name, within) = placed;
    let within = within.clone();
    // No key of a name begins with a control character.
    let own = |name: &str| format!("\u{1}{name}");
    match decisions.on(kind, name) {
        Decided::Into(into) if decisions.on(kind, into) == Decided::Into(into) => (own(into), within),
        Decided::Into(into) => (key::key(kind, into, within.as_deref()), within),
        Decided::Nothing => match &spelling.code {
            Some(code) if kind == EntityKind::Division => (own(code), None),
            _ => (key::key(kind, name, within.as_deref()), within),
        },
    }
}

/// `groups` with those that lie nobody knows where given to the only unit that has their name.
fn settled(mut groups: BTreeMap<Placed, Vec<Spelling>>) -> BTreeMap<Placed, Vec<Spelling>> {
    let mut units: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (key, within) in groups.keys() {
        units.entry(key.clone()).or_default().extend(within.clone());
    }
    for (key, units) in units {
        let (Some(unit), 1) = (units.first(), units.len()) else { continue };
        if let Some(spellings) = groups.remove(&(key.clone(), None)) {
            groups.entry((key, Some(unit.clone()))).or_default().extend(spellings);
        }
    }
    groups
}

fn entity(kind: EntityKind, within: Option<String>, spellings: Vec<Spelling>) -> Entity {
    let (mut names, mut texts) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new());
    let mut articles: BTreeMap<String, Occurrence> = BTreeMap::new();
    let (mut code, mut named) = (None, Vec::new());
    for spelling in spellings {
        named.extend(spelling.articles.keys().map(|article| (spelling.called.clone(), article.clone())));
        *names.entry(spelling.name).or_default() += spelling.mentions;
        spelling.texts.into_iter().for_each(|(text, count)| *texts.entry(text).or_default() += count);
        code = code.max(spelling.code);
        for (id, occurrence) in spelling.articles {
            let mentions = occurrence.mentions;
            articles.entry(id).and_modify(|known| known.mentions += mentions).or_insert(occurrence);
        }
    }
    let name = names.iter().max_by(|a, b| {
        let rank = |(name, count): &(&String, &u64)| (**count, name.chars().count());
        rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(a.0))
    });
    let mut variants: Vec<Variant> =
        texts.iter().map(|(text, &mentions)| Variant { text: text.clone(), mentions }).collect();
    variants.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.text.cmp(&b.text)));
    let dates = || articles.values().filter_map(|occurrence| occurrence.date.as_ref());
    Entity {
        kind: kind.as_str().to_owned(),
        name: name.map_or_else(String::new, |(name, _)| name.clone()),
        within,
        code,
        mentions: names.values().sum(),
        articles: articles.len(),
        issues: articles.values().map(|occurrence| &occurrence.issue).collect::<BTreeSet<_>>().len(),
        dates: dates().min().zip(dates().max()).map(|(first, last)| [first.clone(), last.clone()]),
        variants,
        occurrences: articles.into_values().collect(),
        named,
    }
}
