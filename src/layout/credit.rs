//! Credits within and below a text: which office sent it, and writers in brackets.
//!
//! | line                           | is                                   |
//! |--------------------------------|--------------------------------------|
//! | `……有了新家。（通讯员 余欢）`  | a paragraph, then byline 余欢        |
//! | `（党群办）`                   | sign-off 党群办                      |

use super::byline::names;
use crate::lexicon::chars::{is_closed, is_han};
use crate::lexicon::literal;
use crate::model::TextSpan;
use regex::Regex;
use std::sync::LazyLock;

/// Longest sign-off, in characters.
const LONGEST_SIGN_OFF: usize = 20;

static BRACKET: LazyLock<Regex> = LazyLock::new(|| literal(r"[（(]\s*([^（）()]{2,60}?)\s*[)）]\s*$"));

/// `本报讯（记者 余欢）` at the head of a report.
static NEWS_LEAD: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^\s*(?:本[报刊网]讯)?\s*[（(]\s*([^（）()]{2,40}?)\s*[)）]\s*"));

/// The office in a sign-off line: `（党群办）`.
pub fn sign_off(line: &str) -> Option<String> {
    let line = line.trim();
    let bracket = BRACKET.captures(line).filter(|found| found[0].len() == line.len())?;
    let office = bracket[1].replace('\u{AD}', "");
    let office = office.trim();
    is_office(office).then(|| unspaced(office))
}

/// An office without the spaces that extraction put into its words: `党 群办`, but `街道 平安办`.
fn unspaced(office: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in office.split_whitespace() {
        let short = |word: &str| word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if short(word) || short(last) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

fn is_office(text: &str) -> bool {
    let mut chars = text.chars();
    let han = text.chars().filter(|&c| is_han(c)).count();
    let sound = chars.all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, ' ' | '、' | '·' | '“' | '”'));
    // 下转第三版, 上接第一版, 完: directions to the reader.
    let direction =
        ["下转", "上接", "转第", "紧接", "接第", "待续", "续完"].iter().any(|word| text.starts_with(word));
    sound && han >= 2 && text.chars().count() <= LONGEST_SIGN_OFF && !direction && text != "完"
}

/// A credit at the end of a paragraph: where its bracket starts, and the bracket's content as names or office.
pub fn trailing_credit(paragraph: &str) -> Option<(TextSpan, Credit)> {
    let tail_start = paragraph.char_indices().rev().take(70).last().map_or(0, |(at, _)| at);
    let bracket = BRACKET.captures(&paragraph[tail_start..])?;
    let start = tail_start + bracket.get(0)?.start();
    let before = paragraph[..start].trim_end();
    if !is_closed(before) {
        return None;
    }
    let inside = bracket[1].trim();
    let span = TextSpan::new(before.len(), paragraph.len());
    let solid = inside.replace('\u{AD}', "");
    let inside = solid.as_str();
    if let Some(names) = names(inside) {
        return Some((span, Credit::Names(names)));
    }
    is_office(inside).then(|| (span, Credit::Office(unspaced(inside))))
}

/// A credit at the start of a paragraph, as news have it: where it ends, and the names.
pub fn leading_credit(paragraph: &str) -> Option<(TextSpan, Vec<String>)> {
    let found = NEWS_LEAD.captures(paragraph)?;
    let names = names(found.get(1)?.as_str())?;
    Some((TextSpan::new(0, found[0].len()), names))
}

/// What a bracket at a paragraph's end tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credit {
    /// Writers.
    Names(Vec<String>),
    /// The office that sent the text.
    Office(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sign_offs() {
        assert_eq!(sign_off("（党群办）").as_deref(), Some("党群办"));
        assert_eq!(sign_off("(街道 平安办)").as_deref(), Some("街道 平安办"));
        assert_eq!(sign_off("（党 群办）").as_deref(), Some("党群办"));
        assert_eq!(sign_off("（下转第三版）"), None);
        assert_eq!(sign_off("（2024年，共有）"), None);
        let office = |text| trailing_credit(text).map(|(span, credit)| (&text[..span.start], credit));
        assert_eq!(office("有了新家。 （党群办）"), Some(("有了新家。", Credit::Office("党群办".into()))));
        assert_eq!(office("有了新家。（记者 余欢）"), Some(("有了新家。", Credit::Names(vec!["余欢".into()]))));
        assert_eq!(office("住进太阳花园（后期）"), None);
        let leads = |text| leading_credit(text).map(|(span, names)| (&text[span.end..], names.join(" ")));
        assert_eq!(leads("本报讯（通讯员 余欢） 近日，"), Some(("近日，", "余欢".into())));
        assert_eq!(leads("（后期）近日，"), None);
        assert_eq!(leads("本报讯 近日，"), None);
    }
}
