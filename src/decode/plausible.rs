//! How well a reading of bytes reads as Chinese: the one measure by which encodings are told apart and mojibake
//! is known.
//!
//! It counts characters by class, not by frequency. GB 2312 and Big5 were made as two levels, common characters
//! first, so a character's own code says how common it is, in simplified and in traditional script, and no list
//! of ours is needed.

use encoding_rs::{BIG5, Encoding, GB18030};
use std::sync::LazyLock;

/// Codes of the characters of the basic plane in an encoding of two bytes a character; 0 where it has none.
pub(super) struct Codes(Vec<u16>);

impl Codes {
    fn of(encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>) -> Self {
        let mut codes = vec![0; 0x10000];
        for lead in leads {
            for trail in (0x40..=0xFE).filter(|&trail| trail != 0x7F) {
                if let Some(c) = single(&[lead, trail], encoding)
                    && let Some(code) = codes.get_mut(c as usize).filter(|code| **code == 0)
                {
                    *code = u16::from_be_bytes([lead, trail]);
                }
            }
        }
        Self(codes)
    }

    /// The two bytes of `c`.
    #[inline]
    pub(super) fn get(&self, c: char) -> Option<[u8; 2]> {
        self.0.get(c as usize).filter(|&&code| code != 0).map(|code| code.to_be_bytes())
    }
}

/// The one character that `bytes` are.
pub(super) fn single(bytes: &[u8], encoding: &'static Encoding) -> Option<char> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// GBK, which is GB18030's two-byte area.
pub(super) static GBK: LazyLock<Codes> = LazyLock::new(|| Codes::of(GB18030, 0x81..=0xFE));

/// Big5 without the Hong Kong supplement's low leads, which newsletters do not use.
pub(super) static BIG5_CODES: LazyLock<Codes> = LazyLock::new(|| Codes::of(BIG5, 0xA1..=0xF9));

/// What sort of character a character is, as evidence that text was read in its own encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Ascii,
    /// Chinese punctuation and full-width forms.
    Mark,
    /// Han characters of GB 2312's first level (3,755).
    Simplified,
    /// Others of Big5's first level (5,401 in all).
    Traditional,
    /// Others of GB 2312's second level (3,008 in all): names and plants.
    Seldom,
    /// Every other Han character.
    Rare,
    /// Letters and symbols of other scripts.
    Foreign,
    /// Controls, private use, U+FFFD: never written on purpose.
    Nonsense,
}

pub(super) fn class(c: char) -> Class {
    match c {
        '\t' | '\n' | '\r' | '\u{C}' | ' '..='~' => Class::Ascii,
        '\u{3000}'..='\u{301F}' | '\u{FF01}'..='\u{FF5E}' | '\u{2013}'..='\u{2026}' | '·' | '\u{FFE5}' => {
            Class::Mark
        }
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => {
            match (GBK.get(c), BIG5_CODES.get(c)) {
                (Some([0xB0..=0xD7, 0xA1..=0xFE]), _) => Class::Simplified,
                (_, Some([0xA4..=0xC6, _])) => Class::Traditional,
                (Some([0xD8..=0xF7, 0xA1..=0xFE]), _) => Class::Seldom,
                _ => Class::Rare,
            }
        }
        '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..='\u{10FFFF}' => {
            Class::Nonsense
        }
        _ if c.is_control() => Class::Nonsense,
        _ => Class::Foreign,
    }
}

/// How often text that was read rightly would be read so: the negative logarithm of a class's share, to base two
/// and rounded, spread over the class's size. Shares are those of newsletters and official reports: 93 % first
/// level, 1 % second level, a few in ten thousand beyond.
pub(super) fn cost(c: char) -> u32 {
    match class(c) {
        Class::Ascii | Class::Mark | Class::Simplified => 1,
        Class::Traditional => 2,
        Class::Seldom => 4,
        Class::Rare => 9,
        Class::Foreign => 7,
        Class::Nonsense => 16,
    }
}

/// What a byte costs that no character explains.
pub(super) const INVALID: u32 = 20;
