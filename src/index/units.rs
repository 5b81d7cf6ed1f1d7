//! The characters of a text as search counts them. In: any text. Out: its [`Unit`]s, each with its place.
//!
//! The index, the query and the highlighter all read a text through this one function, so that what is found,
//! what is counted and what is marked cannot differ. A text *contains* a query when the query's units stand in
//! it one after the other.
//!
//! | text             | units                | because                                                     |
//! |------------------|----------------------|-------------------------------------------------------------|
//! | `春风 送暖`      | `春` `风` `送` `暖`  | a space between Han characters says nothing                 |
//! | `云栖、云岭`     | `云` `栖` `、` `云` `岭` | a mark parts what stands left and right of it            |
//! | `共２０Ａ座`     | `共` `20a` `座`      | width and case do not matter; a Latin word or number is one |
//! | `社區達60％`     | `社` `区` `达` `60` `%` | traditional characters are their simplified ones         |
//! | `①2024年`        | `①` `2024` `年`      | a number that is one character is a word by itself          |

use crate::lexicon::chars::narrow;
use crate::lexicon::script::folded;
use crate::model::TextSpan;
use std::iter::Peekable;
use std::str::CharIndices;

/// Longest Latin word that is one unit, in characters; a longer one is cut. The longest of an ordinary page is
/// an address of the web; tantivy drops terms of more than 64 KiB, and nothing may be dropped.
const LONGEST_WORD: usize = 64;

/// What a query can ask for at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// One Han character (or kana, which are written without spaces as well).
    Han(char),
    /// A word of other letters or digits, half-width and lower-case.
    Word(String),
    /// A mark, half-width where it has two widths.
    Mark(char),
}

/// The units of `text`, in order.
pub fn units(text: &str) -> Units<'_> {
    Units { chars: text.char_indices().peekable() }
}

/// The units of `text` without their places.
pub fn units_of(text: &str) -> Vec<Unit> {
    units(text).map(|(unit, _)| unit).collect()
}

/// Iterator of [`units`].
#[derive(Clone, Debug)]
pub struct Units<'a> {
    chars: Peekable<CharIndices<'a>>,
}

impl Iterator for Units<'_> {
    type Item = (Unit, TextSpan);

    fn next(&mut self) -> Option<Self::Item> {
        while self.chars.next_if(|&(_, c)| is_nothing(c)).is_some() {}
        let (start, first) = self.chars.next()?;
        let mut end = start + first.len_utf8();
        let plain = plain(first);
        let unit = match class(plain) {
            Class::Han => Unit::Han(plain),
            Class::Letter => {
                let mut word = String::new();
                word.extend(plain.to_lowercase());
                for _ in 1..LONGEST_WORD {
                    let Some((at, c)) = self.chars.next_if(|&(_, c)| is_letter(c)) else { break };
                    word.extend(self::plain(c).to_lowercase());
                    end = at + c.len_utf8();
                }
                Unit::Word(word)
            }
            Class::Number => Unit::Word(plain.to_string()),
            Class::Mark => Unit::Mark(plain),
        };
        Some((unit, TextSpan::new(start, end)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Letter,
    Number,
    Mark,
}

fn class(plain: char) -> Class {
    if is_han(plain) {
        Class::Han
    } else if plain.is_alphabetic() || plain.is_ascii_digit() {
        Class::Letter
    } else if plain.is_numeric() {
        Class::Number
    } else {
        Class::Mark
    }
}

fn is_letter(c: char) -> bool {
    !is_nothing(c) && class(plain(c)) == Class::Letter
}

/// The character that search knows `c` by: half-width and simplified.
fn plain(c: char) -> char {
    // A form may stand for a full-width mark.
    narrow(folded(c))
}

/// Space, and characters that have no look at all.
fn is_nothing(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Characters that are written without spaces between words: ideographs, their radicals and marks, kana.
fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFD}' | '\u{F900}'..='\u{FAFF}'
        | '\u{2E80}'..='\u{2FDF}' | '々' | '〆' | '〇' | '〡'..='〩' | '〸'..='〻'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let show = |unit| match unit {
            Unit::Han(c) => c.to_string(),
            Unit::Word(word) => word,
            Unit::Mark(c) => c.to_string(),
        };
        units(text).map(|(unit, _)| show(unit)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_a_text() {
        for (text, units) in [
            ("春风 送暖", "春 风 送 暖"),
            ("云栖、云岭", "云 栖 、 云 岭"),
            ("共２０Ａ座", "共 20a 座"),
            ("达60％……”。", "达 60 % … … ” 。"),
            ("社區⽹格", "社 区 网 格"),
            ("网\u{200B}格", "网 格"),
            ("二〇二四年", "二 〇 二 四 年"),
            ("WiFi 6", "wifi 6"),
            ("①2024年㈡30户5m²½", "① 2024 年 ㈡ 30 户 5m ² ½"),
            ("第Ⅲ期A③b", "第 ⅲ 期 a ③ b"),
            ("， 、", ", 、"),
            (" \u{3000}", ""),
        ] {
            assert_eq!(shown(text), units, "{text}");
        }
    }

    #[test]
    fn cuts_a_word_without_end() {
        let long = "x".repeat(2 * LONGEST_WORD + 1);
        assert_eq!(units(&long).map(|(_, span)| span.len()).collect::<Vec<_>>(), [LONGEST_WORD, LONGEST_WORD, 1]);
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_on_character_boundaries(text in "[网格a１ 、\n\u{200B}\\PC]{0,30}") {
            let mut at = 0;
            for (unit, span) in units(&text) {
                prop_assert!(at <= span.start && !span.of(&text).is_empty());
                if let Unit::Han(c) = unit {
                    prop_assert_eq!(span.of(&text).chars().map(plain).collect::<String>(), c.to_string());
                }
                at = span.end;
            }
        }
    }
}
