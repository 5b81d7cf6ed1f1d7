//! The words of a text as corpus statistics count them. In: a text. Out: a [`Cut`]: its words in order, and what parts them.
//!
//! | step                | `社區５Ｇ，达６０％。` becomes | because                                                      |
//! |---------------------|--------------------------------|--------------------------------------------------------------|
//! | script and width    | `社区5G,达60%。`               | what is written for each other is counted together (`lexicon`)|
//! | jieba, with its HMM | `社区` `5G` `,` `达` `60%` `。`| what Python's `jieba.lcut` makes of the same characters       |
//! | case                | `社区` `5g` `,` `达` `60%` `。`| as search takes them                                          |
//! | marks               | `社区` `5g` \| `达` `60%`      | without a letter, a digit or a Han character it is no word    |
//!
//! Search counts characters (`index::units`), and ranks by words of jieba's search mode, which overlap; frequencies need words that
//! stand side by side and cover the text once.

use crate::lexicon::WORDS;
use crate::lexicon::chars::{ends_sentence, is_han, narrow};
use crate::lexicon::script::folded;
use crate::model::TextSpan;

/// Longest run without a mark that jieba is given, in bytes: it holds a table of every character's possible words, and a page
/// without any mark must not cost gigabytes. No run of an ordinary text is a tenth as long.
const LONGEST_RUN: usize = 3000;

/// What lies between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parting {
    /// Nothing, or a space beside a word of letters.
    Nothing,
    /// A mark, or a space between Han characters.
    Mark,
    /// The end of a sentence, or the beginning of the text.
    Sentence,
}

/// A word in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes of [`Cut::normal`].
    pub span: TextSpan,
    /// What parts it from the word before.
    pub before: Parting,
}

/// A text cut into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The text in simplified script, half-width and lower case: as many characters as it had, each in its place.
    pub normal: String,
    /// Its words.
    pub words: Vec<Word>,
}

impl Cut {
    /// Cuts `text`.
    pub fn of(text: &str) -> Self {
        let mut normal: String = text.chars().map(plain).collect();
        let mut words = Words { parting: Parting::Sentence, last: None, all: Vec::new() };
        let mut run = 0;
        for (at, c) in normal.char_indices() {
            let (ends, full) = (!is_of_run(c), at - run >= LONGEST_RUN);
            if ends || full {
                words.push(&normal, run, at);
                run = at;
            }
            if ends {
                words.part(c, &normal[at + c.len_utf8()..]);
                run = at + c.len_utf8();
            }
        }
        words.push(&normal, run, normal.len());
        let words = words.all;
        normal.make_ascii_lowercase();
        Self { normal, words }
    }

    /// The characters of a word.
    pub fn text(&self, word: &Word) -> &str {
        word.span.of(&self.normal)
    }

    /// The words between which nothing stands, run by run.
    pub fn runs(&self) -> impl Iterator<Item = &[Word]> {
        self.words.chunk_by(|_, next| next.before == Parting::Nothing)
    }
}

/// Collects words.
struct Words {
    parting: Parting,
    last: Option<char>,
    all: Vec<Word>,
}

impl Words {
    /// Takes what jieba makes of the characters from `start` to `end`.
    fn push(&mut self, normal: &str, start: usize, end: usize) {
        let Some(run) = normal.get(start..end).filter(|run| !run.is_empty()) else { return };
        for token in WORDS.cut(run, true) {
            if is_word(token.word) {
                let span = TextSpan::new(start + token.byte_start, start + token.byte_end);
                self.all.push(Word { span, before: self.parting });
                self.parting = Parting::Nothing;
            } else {
                self.parting = self.parting.max(Parting::Mark);
            }
        }
        self.last = run.chars().next_back();
    }

    /// Takes a character that is of no word; `rest` is what follows it.
    fn part(&mut self, c: char, rest: &str) {
        let parting = if ends_sentence(c) {
            Parting::Sentence
        } else if is_invisible(c) {
            Parting::Nothing
        } else if c.is_whitespace() {
            let next = rest.chars().find(|c| !c.is_whitespace());
            let of_letters = |c: Option<char>| c.is_some_and(|c| !is_han(c));
            if of_letters(self.last) || of_letters(next) { Parting::Nothing } else { Parting::Mark }
        } else {
            Parting::Mark
        };
        self.parting = self.parting.max(parting);
    }
}

/// The character that a character is counted as: half-width, simplified; lower case where it is of no ASCII letter, whose case jieba
/// looks at.
fn plain(c: char) -> char {
    let c = narrow(folded(c));
    if c.is_ascii() || is_common(c) {
        return c;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Nearly all characters of nearly all texts, of which nothing need be looked up: a Han character of the main block.
fn is_common(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// What jieba takes together: letters, digits, Han characters, and the marks that stand in words of letters and figures.
fn is_of_run(c: char) -> bool {
    is_common(c) || c.is_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
}

/// Characters that have no look at all; cleaning takes most of them out.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn is_word(token: &str) -> bool {
    token.chars().any(|c| is_common(c) || c.is_alphanumeric())
}

/// Whether a word is a figure: `60%`, `12.5`, `②`. A numeral of Han characters is a word as others are.
pub fn is_number(word: &str) -> bool {
    !word.chars().any(|c| is_common(c) || c.is_alphabetic()) && word.chars().any(char::is_numeric)
}

/// What a word of a user's is counted as.
pub fn normal(text: &str) -> String {
    text.trim().chars().map(plain).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let cut = Cut::of(text);
        let mut shown = String::new();
        for (at, word) in cut.words.iter().enumerate() {
            shown.push_str(match word.before {
                _ if at == 0 => "",
                Parting::Nothing => " ",
                Parting::Mark => " | ",
                Parting::Sentence => " || ",
            });
            shown.push_str(cut.text(word));
        }
        shown
    }

    #[test]
    fn cuts_a_text() {
        for (text, words) in [
            ("社區５Ｇ，达６０％。", "社区 5g | 达 60%"),
            ("居民说：“好！”他走了", "居民 说 | 好 || 他 走 了"),
            ("春风 送暖", "春风 | 送暖"),
            ("来到 Smart City 展厅", "来到 smart city 展厅"),
            ("12.5万、1,034户", "12.5 万 | 1 | 034 户"),
            ("……，。", ""),
            ("A-B座", "a | b座"),
        ] {
            assert_eq!(shown(text), words, "{text}");
        }
    }

    #[test]
    fn tells_figures_from_words() {
        assert_eq!(["60%", "12.5", "②", "2024"].map(is_number), [true; 4]);
        assert_eq!(["三", "5g", "网格", "a"].map(is_number), [false; 4]);
    }

    #[test]
    fn cuts_a_page_without_marks() {
        let cut = Cut::of(&"网格".repeat(5000));
        assert_eq!((cut.words.len(), cut.runs().count()), (5000, 1));
    }

    proptest! {
        #[test]
        fn words_are_in_order_and_cover_all_that_is_no_mark(text in "[网格社區a１5 、。.%\n\u{200B}\\PC]{0,40}") {
            let cut = Cut::of(&text);
            prop_assert_eq!(cut.normal.chars().count(), text.chars().count());
            let (mut at, mut covered) = (0, 0);
            for word in &cut.words {
                prop_assert!(at <= word.span.start && !cut.text(word).is_empty());
                at = word.span.end;
                covered += cut.text(word).chars().filter(|c| c.is_alphanumeric()).count();
            }
            prop_assert_eq!(covered, cut.normal.chars().filter(|c| c.is_alphanumeric()).count());
        }
    }
}
