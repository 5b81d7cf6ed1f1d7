//! Words without end. In: a rank. Out: the word of that rank: the dictionary's, the commonest first, and between
//! and after them words that no dictionary has, as names of things in real newsletters are.

use super::random::Random;
use encoding_rs::GBK;
use jiebao::lexicon::WORDS;
use std::collections::HashMap;

/// How words are drawn: the number of different ones grows as real text's does (Heaps' law), see `growth`.
const TAIL: f64 = 0.75;
const HEAD: f64 = 120.0;

/// How phrases are drawn. A phrase is a rank as well and always has the same words: real text repeats itself not word
/// by word but in turns of speech, and an index of pairs of characters feels the difference.
const PHRASE_TAIL: f64 = 0.35;
const PHRASE_HEAD: f64 = 3000.0;

/// One word in so many is in no dictionary.
const INVENTED: u64 = 5;

/// Which numbers belong to what.
const WORD: u64 = 1;
const PHRASE: u64 = 2;

/// Words of one character that stand between others, the commonest first, and how often one does: in real text, too,
/// almost every other word is of one character.
const PARTICLES: &str = "的了在是和不一有上这也就都为中到大人说要以会对地把与还从来去又让而着过给将做用被更后前里多好能可看下出向没年天家新老水路车门楼";
const PARTICLE_SHARE: f64 = 0.55;

/// The words of an archive.
pub(crate) struct Vocabulary {
    seed: u64,
    /// Words of the dictionary, the commonest first.
    words: Vec<String>,
    /// Characters, the commonest first.
    characters: Vec<char>,
    /// [`PARTICLES`].
    particles: Vec<char>,
}

impl Vocabulary {
    pub(crate) fn new(seed: u64) -> Self {
        let all = level_one();
        let mut words = Vec::new();
        for first in &all {
            for second in &all {
                let word = String::from_iter([first, second]);
                if WORDS.has_word(&word) {
                    words.push((WORDS.suggest_freq(&word), word));
                }
            }
        }
        words.sort_unstable_by(|a, b| b.cmp(a));
        let mut counts: HashMap<char, usize> = all.into_iter().map(|c| (c, 0)).collect();
        for (count, word) in &words {
            word.chars().for_each(|c| *counts.entry(c).or_default() += count);
        }
        let mut characters: Vec<char> = counts.keys().copied().collect();
        characters.sort_unstable_by_key(|c| (std::cmp::Reverse(counts[c]), *c));
        let words = words.into_iter().map(|(_, word)| word).collect();
        Self { seed, words, characters, particles: PARTICLES.chars().collect() }
    }

    /// A word by the law of words.
    pub(crate) fn word(&self, random: &mut Random, text: &mut String) {
        let rank = random.rank(TAIL, HEAD);
        let known = usize::try_from(rank - rank / INVENTED).ok().and_then(|at| self.words.get(at));
        match known.filter(|_| rank % INVENTED != INVENTED - 1) {
            Some(word) => text.push_str(word),
            None => {
                let mut random = Random::of(&[self.seed, WORD, rank]);
                let length = if random.happens(0.7) { 2 } else { 3 };
                self.characters(&mut random, length, text);
            }
        }
    }

    /// Two to four words that stand together wherever they stand.
    pub(crate) fn phrase(&self, random: &mut Random, text: &mut String) {
        let mut random = Random::of(&[self.seed, PHRASE, random.rank(PHRASE_TAIL, PHRASE_HEAD)]);
        let count = random.between(2, 4);
        for at in 0..count {
            if at > 0 && random.happens(PARTICLE_SHARE) {
                let rank = usize::try_from(random.rank(1.0, 6.0)).unwrap_or_default();
                text.push(self.particles[rank % self.particles.len()]);
            }
            self.word(&mut random, text);
        }
    }

    /// Characters of a name or of a word that nobody has heard of.
    pub(crate) fn characters(&self, random: &mut Random, count: u64, text: &mut String) {
        let last = self.characters.len() - 1;
        for _ in 0..count {
            // Characters are as common as words' parts are, and the commonest are not in names.
            let rank = usize::try_from(random.rank(1.0, 400.0)).unwrap_or(last);
            text.push(self.characters[if rank < last - 50 { rank + 50 } else { rank % last }]);
        }
    }
}

/// The characters of GB 2312's first level: those that newspapers are set with.
fn level_one() -> Vec<char> {
    let bytes: Vec<u8> = (0xB0..=0xD7).flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell])).collect();
    let (text, _, _) = GBK.decode(&bytes);
    // The last row has five cells without a character, which GBK has private ones for.
    text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect()
}
