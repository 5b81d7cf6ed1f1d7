//! Which questions are asked: drawn from the archive's own text with a fixed seed, from words that stand in one
//! article to words that stand in most.

use super::bare::Bare;
use super::built::texts;
use crate::archive::random::Random;
use jiebao::lexicon::WORDS;
use jiebao::lexicon::chars::is_han;
use jiebao::record::Record;
use std::collections::HashSet;

/// What sort of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Short,
    Middle,
    Name,
    Both,
    Phrase,
    Lone,
}

/// All sorts, in the order of the table.
pub(crate) const CLASSES: [(Class, &str); 6] = [
    (Class::Short, "words of two"),
    (Class::Middle, "words of three"),
    (Class::Name, "names of four and more"),
    (Class::Both, "two words"),
    (Class::Phrase, "phrases"),
    (Class::Lone, "single characters"),
];

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// All of them must stand in an article.
    pub(crate) words: Vec<String>,
    /// Whether it is meant as it stands.
    pub(crate) phrase: bool,
}

impl Asked {
    /// What a user types.
    pub(crate) fn typed(&self) -> String {
        match self.phrase {
            true => format!("\"{}\"", self.words.concat()),
            false => self.words.join(" "),
        }
    }
}

/// `count` questions of each class, fewer where the archive has not so many. `sample` are articles of it.
pub(crate) fn queries(bare: &Bare, sample: &[Record], count: usize, seed: u64) -> Vec<(Class, Asked)> {
    let vocabulary = vocabulary(bare);
    let mut all = Vec::new();
    for (at, (class, _)) in CLASSES.into_iter().enumerate() {
        let mut random = Random::of(&[seed, 31, at as u64]);
        let words: Vec<_> = vocabulary.iter().filter(|(_, word)| length(word) == at + 2).collect();
        let (mut seen, mut tries) = (HashSet::new(), 0);
        while seen.len() < count && tries < 20 * count {
            tries += 1;
            let drawn = match class {
                Class::Short | Class::Middle => by_frequency(&words, &mut random),
                _ => record(sample, &mut random).and_then(|record| from_text(class, record, &mut random)),
            };
            if let Some(asked) = drawn.filter(|asked| !seen.contains(asked)) {
                seen.insert(asked.clone());
                all.push((class, asked));
            }
        }
    }
    all
}

fn length(word: &str) -> usize {
    word.chars().count()
}

/// The words of Han characters in the bare index with the number of articles that have them, the rarest first.
fn vocabulary(bare: &Bare) -> Vec<(u64, String)> {
    let mut all = std::collections::BTreeMap::new();
    for segment in bare.searcher.segment_readers() {
        let inverted = segment.inverted_index(bare.body).expect("the index is whole");
        let mut terms = inverted.terms().stream().expect("the index is whole");
        while terms.advance() {
            if let Some(word) = std::str::from_utf8(terms.key()).ok().filter(|word| word.chars().all(is_han)) {
                *all.entry(word.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut all: Vec<_> = all.into_iter().map(|(word, frequency)| (frequency, word)).collect();
    all.sort_unstable();
    all
}

/// A word whose frequency is as likely between 1 and 10 as between 10,000 and 100,000.
fn by_frequency(words: &[&(u64, String)], random: &mut Random) -> Option<Asked> {
    let most = words.last()?.0;
    let wanted = (most as f64).powf(random.unit()) as u64;
    let from = words.partition_point(|(frequency, _)| *frequency < wanted);
    let alike = words[from..].partition_point(|(frequency, _)| *frequency == words[from].0);
    let (_, word) = words[from + random.below(alike as u64) as usize];
    Some(Asked { words: vec![word.clone()], phrase: false })
}

fn record<'a>(sample: &'a [Record], random: &mut Random) -> Option<&'a Record> {
    sample.get(random.below(sample.len() as u64) as usize)
}

/// A question that this article answers.
fn from_text(class: Class, record: &Record, random: &mut Random) -> Option<Asked> {
    let all: Vec<&str> = texts(record).collect();
    let text = *all.get(random.below(all.len() as u64) as usize)?;
    let tokens = WORDS.cut(text, true);
    let han: Vec<&str> = tokens.iter().map(|token| token.word).filter(|word| word.chars().all(is_han)).collect();
    let plain = |words: Vec<String>| Some(Asked { words, phrase: false });
    match class {
        Class::Name => {
            let names = record.mentions.iter().map(|mention| &mention.text);
            let names: Vec<_> = names.filter(|name| length(name) > 3 && name.chars().all(is_han)).collect();
            plain(vec![(*names.get(random.below(names.len() as u64) as usize)?).clone()])
        }
        Class::Both => {
            let long: Vec<_> = han.into_iter().filter(|word| length(word) > 1).collect();
            let first = long.get(random.below(long.len() as u64) as usize)?;
            let second = long.get(random.below(long.len() as u64) as usize).filter(|word| *word != first)?;
            plain(vec![(*first).to_owned(), (*second).to_owned()])
        }
        Class::Phrase => {
            let count = random.between(2, 3) as usize;
            let from = random.below(tokens.len() as u64) as usize;
            let words: Vec<_> = tokens.get(from..from + count)?.iter().map(|token| token.word.to_owned()).collect();
            let whole = words.iter().all(|word| word.chars().all(is_han)) && length(&words.concat()) > 2;
            whole.then_some(Asked { words: vec![words.concat()], phrase: true })
        }
        Class::Lone => {
            let characters: Vec<char> = han.concat().chars().collect();
            let one = characters.get(random.below(characters.len() as u64) as usize)?;
            plain(vec![one.to_string()])
        }
        Class::Short | Class::Middle => None,
    }
}
