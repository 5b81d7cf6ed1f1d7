//! Bytes into text.
//!
//! In: a [`Source`]. Out: [`Decoded`], a text that knows the bytes it came from.

use crate::error::Result;
use crate::model::{Problem, Text};
use crate::source::Source;

/// The text of a file.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, lines ending in `\n`.
    pub text: Text,
    /// The encoding, in WHATWG's spelling.
    pub encoding: &'static str,
    /// What could not be decoded.
    pub problems: Vec<Problem>,
}

/// Decodes a file.
pub fn decode(source: &Source) -> Result<Decoded> {
    let string = String::from_utf8_lossy(&source.bytes).into_owned();
    Ok(Decoded { text: Text::verbatim(string, 0), encoding: "UTF-8", problems: Vec::new() })
}
