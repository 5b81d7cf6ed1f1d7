//! The guarantee: every stretch of Han characters and every word of letters or digits that stands in an article finds it,
//! and finds nothing that does not hold it. Belongs here: what is true of whole archives, stretch by stretch.

use crate::archive::{Articles, Asked, Dice, corpus, folded, is_han, seeds, texts};
use std::collections::{BTreeSet, HashMap};

/// Longest stretch that is asked for.
const LONGEST: usize = 8;

/// Every how manieth stretch of more than three characters is asked for; all shorter ones are.
const OF_LONG: usize = 10;

/// For each stretch of Han characters, as it is folded, the articles that hold it. Built from the stored texts alone.
fn holding(asked: &Asked) -> HashMap<String, Articles> {
    let mut all: HashMap<String, Articles> = HashMap::new();
    for (at, record) in asked.records.iter().enumerate() {
        for (_, text) in texts(record) {
            let chars: Vec<char> = folded(text).chars().collect();
            for run in chars.chunk_by(|a, b| is_han(*a) && is_han(*b)).filter(|run| is_han(run[0])) {
                for window in (1..=LONGEST).flat_map(|length| run.windows(length)) {
                    all.entry(window.iter().collect()).or_default().insert(at);
                }
            }
        }
    }
    all
}

/// The stretches of Han characters in titles and paragraphs, as they are written.
fn stretches(asked: &Asked) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in asked.records.iter().flat_map(|record| record.title.iter().chain(&record.paragraphs)) {
        let chars: Vec<char> = text.chars().collect();
        for run in chars.chunk_by(|a, b| is_han(*a) && is_han(*b)).filter(|run| is_han(run[0])) {
            all.extend((1..=LONGEST).flat_map(|length| run.windows(length)).map(|w| w.iter().collect::<String>()));
        }
    }
    all
}

fn every_stretch(asked: &Asked) -> usize {
    let (holding, mut dice, mut count) = (holding(asked), Dice(1), 0);
    for stretch in stretches(asked) {
        if stretch.chars().count() <= 3 || dice.below(OF_LONG) == 0 {
            assert_eq!(Some(&asked.found(&stretch)), holding.get(&folded(&stretch)), "{stretch}");
            count += 1;
        }
    }
    count
}

/// The words of letters and digits in titles and paragraphs, as they are written.
fn words(asked: &Asked) -> BTreeSet<&str> {
    let texts = asked.records.iter().flat_map(|record| record.title.iter().chain(&record.paragraphs));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words.filter(|word| !word.is_empty()).collect()
}

fn every_word(asked: &Asked) -> usize {
    let words = words(asked);
    let texts: Vec<String> = asked
        .records
        .iter()
        .map(|record| texts(record).into_iter().map(|(_, text)| folded(text)).collect::<Vec<_>>().join("\n"))
        .collect();
    for word in &words {
        let wanted = folded(word);
        let holding = texts.iter().enumerate().filter(|(_, text)| text.contains(&wanted)).map(|(at, _)| at).collect();
        assert_eq!(asked.found(&format!("\"{word}\"")), holding, "{word}");
        // Unquoted, a figure finds itself with commas as well.
        assert!(asked.found(word).is_superset(&holding), "{word}");
    }
    words.len()
}

#[test]
fn every_stretch_of_the_corpus_finds_what_holds_it() {
    assert!(every_stretch(corpus()) > 10_000);
}

#[test]
fn every_word_of_the_corpus_finds_what_holds_it() {
    assert!(every_word(corpus()) > 100);
}

#[test]
fn every_stretch_and_word_of_the_seeds_finds_what_holds_it() {
    let Some(seeds) = seeds() else { return };
    assert!(every_stretch(seeds) > 1000 && every_word(seeds) > 10);
}

/// What stands nowhere finds nothing: stretches with two characters changed about, and stretches sewn together.
#[test]
fn what_stands_nowhere_finds_nothing() {
    let (asked, mut dice) = (corpus(), Dice(2));
    let holding = holding(asked);
    let stretches: Vec<String> = stretches(asked).into_iter().collect();
    for _ in 0..2000 {
        let mut chars: Vec<char> = dice.of(&stretches).chars().collect();
        match dice.below(3) {
            0 => chars.extend(dice.of(&stretches).chars()),
            1 => chars.reverse(),
            _ => {
                let (a, b) = (dice.below(chars.len()), dice.below(chars.len()));
                chars.swap(a, b);
            }
        }
        chars.truncate(LONGEST);
        let query: String = chars.into_iter().collect();
        assert_eq!(asked.found(&query), holding.get(&folded(&query)).cloned().unwrap_or_default(), "{query}");
    }
}
