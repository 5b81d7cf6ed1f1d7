//! Which words a batch of articles has and the rest of the archive has not. In: the batch. Out: a [`Table`], the most frequent first.
//!
//! A word is new if no other article holds its characters, whatever jieba makes of them there; the index answers that. Besides jieba's
//! words, runs of several are looked at, for what is new is what no dictionary has, and jieba cuts it up: they are taken if they hold
//! together and what is around them changes.

use super::cohesion::{Neighbours, cohesion};
use super::count::{Frequencies, counted_texts, per_million, sieve};
use super::elsewhere::Batch;
use super::items::{Items, parts_phrases};
use super::tokens::{Cut, Word};
use crate::error::Result;
use crate::index::Archive;
use crate::lexicon::chars::{ends_sentence, is_han, sentences};
use crate::record::Record;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::DocAddress;

/// Least branching entropy on either side of an expression of several words, or of a single character, in bits: as if two neighbours
/// took turns.
const LEAST_ENTROPY: f64 = 1.0;

/// Longest example, in characters.
const LONGEST_EXAMPLE: usize = 120;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Most words of an expression, 1 to [`super::LONGEST`].
    pub words: usize,
    /// How often it stands in the batch, at least.
    pub min: u64,
    /// How firmly words hold together, at least, in bits a seam.
    pub cohesion: f64,
    /// Figures as well.
    pub numbers: bool,
}

/// New words as a table, and what they are of.
#[derive(Clone, Debug)]
pub struct NewWords {
    /// One row a word.
    pub table: Table,
    /// Tokens of the batch.
    pub tokens: u64,
}

/// An expression that the rest of the archive does not have.
#[derive(Clone, Debug, Default)]
struct New {
    /// Its words, parted by spaces.
    words: String,
    count: u64,
    articles: u64,
    issues: u64,
    cohesion: Option<f64>,
    left: Neighbours,
    right: Neighbours,
    first: Option<Example>,
}

impl New {
    /// Whether it stands by itself: what is around it changes. A word of jieba's of several characters is taken for one in any case; a
    /// single character is one that jieba could make nothing of.
    fn is_free(&self, word: &str) -> bool {
        let taken = self.cohesion.is_none() && word.chars().count() > 1;
        taken || self.left.entropy().min(self.right.entropy()) >= LEAST_ENTROPY
    }
}

/// Where an expression stands first: dates before none, then in order of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Example {
    date: Option<String>,
    sentence: String,
    article: String,
}

/// The new words of the articles `batch`.
pub fn new_words(archive: &Archive, batch: &[DocAddress], wanted: Wanted) -> anyhow::Result<NewWords> {
    let all = Items { numbers: wanted.numbers, ..Items::default() };
    let words = Frequencies::of(archive, batch, &Items { numbers: true, ..Items::default() }, None, |_| ())?;
    let mut found = BTreeMap::new();
    for n in 1..=wanted.words.max(1) {
        let items = Items { n, ..all.clone() };
        let sieve = sieve(archive, &[batch], &items, wanted.min)?;
        let counted = Frequencies::of(archive, batch, &items, sieve.as_ref(), |_| ())?;
        found.extend(unknown(archive, &Batch::new(batch), &counted, &words, wanted)?);
    }
    illustrate(archive, batch, wanted.words, &mut found)?;
    found.retain(|word, new| new.is_free(word));
    let mut kept: Vec<(String, New)> = without_parts(found);
    kept.sort_by(|(a, new), (b, other)| other.count.cmp(&new.count).then_with(|| a.cmp(b)));
    let mut table = Table::new("new_words", columns());
    table.rows = kept.into_iter().map(|(word, new)| row(word, new, words.tokens)).collect();
    Ok(NewWords { table: table.drawn(Shape::Bars, "word", "count", None, None), tokens: words.tokens })
}

/// The items of the batch that hold together and stand in no other article, by how they are written.
fn unknown(
    archive: &Archive,
    batch: &Batch,
    counted: &Frequencies,
    words: &Frequencies,
    wanted: Wanted,
) -> Result<Vec<(String, New)>> {
    let candidates: Vec<(&str, New)> = counted
        .ranked()
        .into_iter()
        .take_while(|(.., of)| of.count >= wanted.min.max(1))
        .filter(|(_, item, _)| !item.split(' ').any(parts_phrases))
        .filter_map(|(_, item, of)| {
            let each: Vec<u64> = item.split(' ').map(|word| words.get(word).map_or(0, |of| of.count)).collect();
            let cohesion = cohesion(of.count, &each, words.tokens);
            cohesion.is_none_or(|bits| bits >= wanted.cohesion).then(|| {
                let (articles, issues) = (of.articles.into(), of.issues.into());
                (item, New { words: item.to_owned(), count: of.count, articles, issues, cohesion, ..New::default() })
            })
        })
        .collect();
    let found: Vec<Result<Option<(String, New)>>> = candidates
        .into_par_iter()
        .map(|(item, new)| {
            let word = written(item);
            Ok((!batch.stands_elsewhere(archive, &word)?).then_some((word, new)))
        })
        .collect();
    found.into_iter().filter_map(Result::transpose).collect()
}

/// Words as they are written: a space stands between two of letters only.
fn written(item: &str) -> String {
    let mut text = String::new();
    for word in item.split(' ') {
        let letters = |c: Option<char>| c.is_some_and(|c| !is_han(c));
        if letters(text.chars().next_back()) && letters(word.chars().next()) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// An expression as it was found in one article.
struct Sighting {
    word: String,
    left: Option<String>,
    right: Option<String>,
    /// Only of the first in an article.
    example: Option<Example>,
}

/// Adds to each of `found` what stands beside it, and an example.
fn illustrate(
    archive: &Archive,
    batch: &[DocAddress],
    longest: usize,
    found: &mut BTreeMap<String, New>,
) -> anyhow::Result<()> {
    let known: BTreeSet<String> = found.values().map(|new| new.words.clone()).collect();
    archive.batches(
        batch,
        |batch| {
            let mut all = Vec::new();
            for &address in batch {
                sight(&archive.record(address)?, longest, &known, &mut all);
            }
            Ok(all)
        },
        |sightings| {
            for sighting in sightings {
                let Some(new) = found.get_mut(&sighting.word) else { continue };
                new.left.add(sighting.left.as_deref());
                new.right.add(sighting.right.as_deref());
                let age = |example: &Example| (example.date.is_none(), example.date.clone());
                if let Some(example) = sighting.example
                    && new.first.as_ref().is_none_or(|first| age(&example) < age(first))
                {
                    new.first = Some(example);
                }
            }
            Ok(())
        },
    )
}

fn sight(record: &Record, longest: usize, known: &BTreeSet<String>, all: &mut Vec<Sighting>) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for text in counted_texts(record) {
        let cut = Cut::of(text);
        for run in cut.runs() {
            for start in 0..run.len() {
                let mut item = String::new();
                for end in start + 1..=run.len().min(start + longest) {
                    let Some(word) = run.get(end - 1) else { break };
                    item.push_str(if item.is_empty() { "" } else { " " });
                    item.push_str(cut.text(word));
                    if !known.contains(&item) {
                        continue;
                    }
                    let word_at = |at: Option<usize>| Some(cut.text(run.get(at?)?).to_owned());
                    let word = written(&item);
                    let first = seen.insert(word.clone());
                    all.push(Sighting {
                        left: word_at(start.checked_sub(1)),
                        right: word_at(Some(end)),
                        example: first.then(|| example(record, text, &cut, run.get(start))),
                        word,
                    });
                }
            }
        }
    }
}

/// The sentence of `text` that a word stands in.
fn example(record: &Record, text: &str, cut: &Cut, word: Option<&Word>) -> Example {
    let before = word.and_then(|word| cut.normal.get(..word.span.start)).map_or(0, |before| before.chars().count());
    let at = text.char_indices().nth(before).map_or(0, |(at, _)| at);
    let sentences = sentences(text, ends_sentence);
    let sentence = sentences.iter().find(|span| span.end > at).map_or(text, |span| span.of(text));
    let mut chars = sentence.trim().chars();
    let mut sentence: String = chars.by_ref().take(LONGEST_EXAMPLE).collect();
    sentence.extend(chars.next().map(|_| '…'));
    Example { date: record.date.clone(), sentence, article: record.id.clone() }
}

/// What is new by itself: not a part that never stands without the whole, nor a whole that is new by its part alone.
fn without_parts(found: BTreeMap<String, New>) -> Vec<(String, New)> {
    let counts: BTreeMap<&str, u64> = found.values().map(|new| (new.words.as_str(), new.count)).collect();
    let mut out: BTreeSet<String> = BTreeSet::new();
    for whole in found.values() {
        let words: Vec<&str> = whole.words.split(' ').collect();
        for start in 0..words.len() {
            for end in start + 1..=words.len() {
                let part = words.get(start..end).unwrap_or_default().join(" ");
                match counts.get(part.as_str()) {
                    Some(_) if part == whole.words => {}
                    Some(&count) if count == whole.count => {
                        out.insert(part);
                    }
                    Some(_) => {
                        out.insert(whole.words.clone());
                    }
                    None => {}
                }
            }
        }
    }
    found.into_iter().filter(|(_, new)| !out.contains(&new.words)).collect()
}

fn row(word: String, new: New, tokens: u64) -> Row {
    let first = new.first;
    vec![
        word.into(),
        new.words.into(),
        new.count.into(),
        per_million(new.count, tokens).into(),
        new.articles.into(),
        new.issues.into(),
        Cell::from(first.as_ref().and_then(|first| first.date.clone())),
        new.cohesion.into(),
        new.left.entropy().into(),
        new.right.entropy().into(),
        Cell::from(first.as_ref().map(|first| &first.sentence)),
        Cell::from(first.as_ref().map(|first| &first.article)),
    ]
}

fn columns() -> Vec<Column> {
    let text = |name: &'static str, about: &'static str| Column::new(name, Kind::Text, about);
    let number = |name: &'static str, about: &'static str| Column::new(name, Kind::Number, about);
    let integer = |name: &'static str, about: &'static str| Column::new(name, Kind::Integer, about);
    vec![
        text("word", "the word or expression"),
        text("words", "how jieba cuts it, parted by spaces"),
        integer("count", "how often it stands in the batch"),
        number("per_million", "how often in a million words of the batch"),
        integer("articles", "articles of the batch that it stands in"),
        integer("issues", "issues of the batch that it stands in"),
        text("first_date", "date of the earliest article that has it, ISO 8601; null where none has a date"),
        number("cohesion", "pointwise mutual information of its words, in bits a seam; null for a single word"),
        number("left_entropy", "branching entropy of what stands before it, in bits"),
        number("right_entropy", "branching entropy of what stands behind it, in bits"),
        text("example", "a sentence of that article"),
        text("article", "id of that article"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_words_together() {
        assert_eq!(written("加装 电梯"), "加装电梯");
        assert_eq!(written("来到 smart city 展厅"), "来到smart city展厅");
    }

    #[test]
    fn drops_parts_and_what_is_new_by_its_part() {
        let new = |words: &str, count| (written(words), New { words: words.to_owned(), count, ..New::default() });
        let found = [new("云 栖", 5), new("云 栖 亭", 5), new("乐享", 9), new("乐享 计划", 4), new("竹里", 3)];
        let kept: Vec<String> = without_parts(found.into()).into_iter().map(|(word, _)| word).collect();
        assert_eq!(kept, ["乐享", "云栖亭", "竹里"]);
    }
}
