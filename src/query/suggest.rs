//! What may have been meant. In: an [`Archive`] and a [`Query`] that finds nothing. Out: for each of its words that stands
//! nowhere, names and words of the archive that are near it.
//!
//! | typed          | near                | because                                   |
//! |----------------|---------------------|-------------------------------------------|
//! | `露湘居民区`   | `露香居民区`        | one character differs                     |
//! | `路香`         | `露香居民区`        | it sounds the same                        |
//! | `luxiang`, `lx` | `露香居民区`       | it is so spelled in pinyin, or begins so  |

use super::expr::{Expr, Leaf, shown};
use super::parse::Query;
use super::plan::{places, standing};
use super::search::count;
use crate::error::Result;
use crate::index::{Archive, Unit, schema::row, units_of};
use crate::model::EntityKind;
use crate::pinyin;
use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::collector::Count;
use tantivy::query::BooleanQuery;
use tantivy::schema::Field;

/// Most suggestions for a word.
const MOST: usize = 5;

/// A word of the query that stands nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The word.
    pub word: String,
    /// The kind of thing that it was asked for as; null for a word of the text.
    pub kind: Option<&'static str>,
    /// What stands in the archive and is near it, the nearest and then the most frequent first.
    pub near: Vec<Suggestion>,
}

/// Something that stands in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// A name or a word.
    pub text: String,
    /// What the name is of; null for a word.
    pub kind: Option<&'static str>,
    /// In how many articles.
    pub articles: u64,
}

/// The words and names of `query` that no article holds, and what may have been meant.
pub fn suggest(archive: &Archive, query: &Query) -> Result<Vec<Missing>> {
    let mut all = Vec::new();
    for leaf in query.expr.wanted() {
        let missing = |word: String, kind: Option<EntityKind>| -> Result<Missing> {
            Ok(Missing { near: near(archive, &word, kind)?, word, kind: kind.map(EntityKind::as_str) })
        };
        match leaf {
            Leaf::Text(text) => {
                if let Some(units) = text.variants.first().filter(|_| !text.prefix)
                    && articles_with(archive, units)? == 0
                {
                    all.push(missing(shown(units), None)?);
                }
            }
            Leaf::Name(name) => {
                let alone = Query { text: String::new(), expr: Expr::Leaf(leaf.clone()) };
                if count(archive, &alone)? == 0 {
                    all.push(missing(name.name.text.clone(), Some(name.kind))?);
                }
            }
            _ => {}
        }
    }
    Ok(all)
}

/// Something near.
struct Candidate {
    far: usize,
    /// For a name, its kind and the field that has it.
    name: Option<(&'static str, Field)>,
}

/// In how many articles `units` stand.
fn articles_with(archive: &Archive, units: &[Unit]) -> Result<u64> {
    let any = places(archive, None).iter().map(|place| standing(place, units, false)).collect();
    archive.read(|| Ok(archive.searcher().search(&BooleanQuery::union(any), &Count)? as u64))
}

/// What is near `word`: among the names of one kind, or among all names and words.
fn near(archive: &Archive, word: &str, kind: Option<EntityKind>) -> Result<Vec<Suggestion>> {
    let fields = archive.fields();
    let kinds = kind.map_or_else(|| EntityKind::ALL.to_vec(), |kind| vec![kind]);
    let names = kinds.into_iter().filter_map(|kind| Some((fields.of_kind(kind)?, Some(kind.as_str()))));
    let words = [fields.title_words, fields.heading_words, fields.body_words].map(|field| (field, None));
    // A name may be a word as well; it is told as a name.
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let asked = Asked::new(word);
    for (field, kind) in names.chain(words.into_iter().filter(|_| kind.is_none())) {
        archive.each_word(field, |text| {
            if let Some(far) = asked.distance(text, kind.is_some()) {
                found.entry(text.to_owned()).or_insert(Candidate { far, name: kind.map(|kind| (kind, field)) });
            }
        })?;
    }
    let mut all = Vec::new();
    for (text, Candidate { far, name }) in found {
        // As many as a search for it would find.
        let articles = match name {
            Some((_, field)) => {
                let named = vec![archive.rows(row::ARTICLE), crate::index::exactly(field, &text)];
                archive.read(|| Ok(archive.searcher().search(&BooleanQuery::intersection(named), &Count)? as u64))?
            }
            None => articles_with(archive, &units_of(&text))?,
        };
        if articles > 0 {
            all.push((far, Suggestion { text, kind: name.map(|(kind, _)| kind), articles }));
        }
    }
    all.sort_by(|(far, a), (other, b)| (far, b.articles, &a.text).cmp(&(other, a.articles, &b.text)));
    Ok(all.into_iter().take(MOST).map(|(_, suggestion)| suggestion).collect())
}

/// A word that stands nowhere.
struct Asked {
    word: String,
    length: usize,
    /// Its syllables without tones, if it is of Han characters.
    sound: Option<String>,
    /// Whether it could be pinyin itself.
    is_spelling: bool,
}

impl Asked {
    fn new(word: &str) -> Self {
        let is_spelling = word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        Self { word: word.to_lowercase(), length: word.chars().count(), sound: pinyin::sound(word), is_spelling }
    }

    /// How far `text` is from it: none if it is not near.
    fn distance(&self, text: &str, is_name: bool) -> Option<usize> {
        if text == self.word {
            return None;
        }
        if self.is_spelling {
            // A name by its beginning or first letters, a word by all of its sound.
            let word = || pinyin::sound(text).is_some_and(|sound| sound.replace(' ', "") == self.word);
            return (if is_name { pinyin::spells(&self.word, text) } else { word() }).then_some(1);
        }
        let length = text.chars().count();
        let most = if self.length <= 2 { 0 } else { 1 + self.length / 6 };
        if length.abs_diff(self.length) <= most {
            let far = strsim::osa_distance(&self.word, text);
            if far <= most {
                return Some(far);
            }
        }
        // A name that begins so, by its sound.
        let beginning = || text.chars().take(self.length).collect::<String>();
        let sounds = self.length >= 2 && (length == self.length || is_name && length > self.length);
        (sounds && self.sound.is_some() && pinyin::sound(&beginning()) == self.sound).then_some(1)
    }
}
