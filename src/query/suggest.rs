//! What may have been meant. In: an [`Archive`] and a [`Query`] that finds nothing. Out: for each of its words that stands
//! nowhere, names and words of the archive that are near it.
//!
//! | typed          | near                | because                                   |
//! |----------------|---------------------|-------------------------------------------|
//! | `露湘居民区`   | `露香居民区`        | one character differs                     |
//! | `路香`         | `露香居民区`        | it sounds the same                        |
//! | `luxiang`, `lx` | `露香居民区`       | it is so spelled in pinyin, or begins so  |

use super::expr::{Leaf, shown};
use super::parse::Query;
use super::plan::{places, standing};
use crate::error::Result;
use crate::index::{Archive, Unit, schema::row};
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

/// The words of `query` that no article holds, and what may have been meant.
pub fn suggest(archive: &Archive, query: &Query) -> Result<Vec<Missing>> {
    let mut all = Vec::new();
    for leaf in query.expr.wanted() {
        let words = match leaf {
            Leaf::Text(text) => text.variants.first().map(|units| (shown(units), None, units)),
            Leaf::Name(name) => Some((name.name.text.clone(), Some(name.kind), &name.name.units)),
            _ => None,
        };
        let Some((word, kind, units)) = words else { continue };
        // A name that is asked for by its field may stand in the text and be no such name.
        if kind.is_some() || !stands(archive, units)? {
            let near = near(archive, &word, kind)?;
            all.push(Missing { word, near });
        }
    }
    Ok(all)
}

fn stands(archive: &Archive, units: &[Unit]) -> Result<bool> {
    let any = places(archive, None).iter().map(|place| standing(place, units, false)).collect();
    archive.read(|| Ok(archive.searcher().search(&BooleanQuery::union(any), &Count)? > 0))
}

/// What is near `word`: among the names of one kind, or among all names and words.
fn near(archive: &Archive, word: &str, kind: Option<EntityKind>) -> Result<Vec<Suggestion>> {
    let fields = archive.fields();
    let kinds = kind.map_or_else(|| EntityKind::ALL.to_vec(), |kind| vec![kind]);
    let names = kinds.into_iter().filter_map(|kind| Some((fields.of_kind(kind)?, Some(kind.as_str()))));
    let words = [fields.title_words, fields.body_words].map(|field| (field, None));
    let mut found: BTreeMap<(usize, String), (Option<&'static str>, Field)> = BTreeMap::new();
    let asked = Asked::new(word);
    for (field, kind) in names.chain(words.into_iter().filter(|_| kind.is_none())) {
        archive.each_word(field, |text| {
            if let Some(far) = asked.distance(text, kind.is_some()) {
                found.entry((far, text.to_owned())).or_insert((kind, field));
            }
        })?;
    }
    let mut all = Vec::new();
    for ((far, text), (kind, field)) in found {
        let articles = archive.read(|| {
            let having = crate::index::exactly(field, &text);
            let of_articles = BooleanQuery::intersection(vec![archive.rows(row::ARTICLE), having]);
            Ok(archive.searcher().search(&of_articles, &Count)? as u64)
        })?;
        all.push((far, Suggestion { text, kind, articles }));
    }
    all.retain(|(_, suggestion)| suggestion.articles > 0);
    all.sort_by(|(far, a), (other, b)| (far, b.articles, &a.text).cmp(&(other, a.articles, &b.text)));
    // A name may be a word as well.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|(_, suggestion)| seen.insert(suggestion.text.clone()));
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
            return (is_name && pinyin::spells(&self.word, text)).then_some(1);
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
