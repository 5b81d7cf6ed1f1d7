//! Cuts what was typed into tokens. In: the text of a query. Out: [`Token`]s with the bytes they stand at.
//!
//! ```text
//! 停车 投诉          two words
//! "停车 投诉"~5      a phrase; “…” and full-width quotes as well
//! title:停车*        a field and the beginning of a word
//! -停车  NOT 停车    an operator: in capitals, or a hyphen before a word
//! 云杉苑（二期）      one word: full-width brackets behind a character belong to it
//! ```

use super::fault::fault;
use crate::error::Result;
use crate::lexicon::chars::narrow;
use crate::model::TextSpan;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`, `-`
    Not,
    /// A name before a colon.
    Field(String),
    /// A word.
    Word(String),
    /// What stood between quotes, and the number behind `~`.
    Phrase(String, Option<usize>),
}

/// A token and where it stands.
pub(super) type Placed = (Token, TextSpan);

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let behind = at + c.len_utf8();
        let one = |token| (token, TextSpan::new(at, behind));
        let next = text[behind..].chars().next();
        let token = match c {
            c if c.is_whitespace() || c.is_control() => {
                at = behind;
                continue;
            }
            '(' | '（' => one(Token::Open),
            ')' | '）' => one(Token::Close),
            // Behind a field a number may be below zero.
            '-' | '－' if below_zero(all.last(), next) => word(text, at),
            '-' | '－' | '−' | '–' | '﹣' if next.is_some_and(|next| !next.is_whitespace()) => one(Token::Not),
            '"' | '＂' | '“' => match phrase(text, at)? {
                Some(phrase) => phrase,
                // Copied out of a headline: `“会爬` is text, and the mark stands for nothing.
                None => {
                    at = behind;
                    continue;
                }
            },
            _ => word(text, at),
        };
        at = token.1.end;
        all.push(token);
    }
    Ok(all)
}

/// Whether a minus behind these tokens is a number's.
fn below_zero(before: Option<&Placed>, next: Option<char>) -> bool {
    matches!(before, Some((Token::Field(_), _))) && next.is_some_and(|c| narrow(c).is_ascii_digit())
}

/// `text` with full-width letters, digits and signs as half-width.
pub(super) fn half_width(text: &str) -> String {
    text.chars().map(narrow).collect()
}

/// The phrase whose quote stands at `at`; none for a curly quote that nothing closes.
fn phrase(text: &str, at: usize) -> Result<Option<Placed>> {
    let opening = text[at..].chars().next().unwrap_or('"');
    let closing = if opening == '“' { ['”', '”'] } else { ['"', '＂'] };
    let start = at + opening.len_utf8();
    let Some(length) = text[start..].find(closing) else {
        if opening == '“' {
            return Ok(None);
        }
        let span = TextSpan::new(at, start);
        return Err(fault(text, span, &format!("begins a phrase that does not end; close it with `{}`", closing[0])));
    };
    let inside = &text[start..start + length];
    let mut end = start + length + text[start + length..].chars().next().map_or(0, char::len_utf8);
    let mut distance = None;
    if let Some(tilde) = text[end..].chars().next().filter(|c| matches!(c, '~' | '～')) {
        let digits = end + tilde.len_utf8();
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）');
        let length = text[digits..].find(ends).unwrap_or(text.len() - digits);
        distance = half_width(&text[digits..digits + length]).parse().ok();
        if distance.is_none() {
            let span = TextSpan::new(end, digits + length);
            return Err(fault(text, span, "needs a number of characters behind it, such as `\"网格 党建\"~5`"));
        }
        end = digits + length;
    }
    Ok(Some((Token::Phrase(inside.to_owned(), distance), TextSpan::new(at, end))))
}

/// The word, operator or field at `at`.
fn word(text: &str, at: usize) -> Placed {
    let (mut end, mut open) = (at, 0_usize);
    for (offset, c) in text[at..].char_indices() {
        match c {
            '（' if offset > 0 => open += 1,
            '）' if open > 0 => open -= 1,
            '(' | ')' | '（' | '）' | '"' | '＂' | '“' => break,
            c if c.is_whitespace() => break,
            ':' | '：' if offset > 0 && is_field(&half_width(&text[at..at + offset]), c) => {
                let behind = at + offset + c.len_utf8();
                return (Token::Field(half_width(&text[at..at + offset])), TextSpan::new(at, behind));
            }
            _ => {}
        }
        end = at + offset + c.len_utf8();
    }
    let word = &text[at..end];
    let token = match &*half_width(word) {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => Token::Word(word.to_owned()),
    };
    (token, TextSpan::new(at, end))
}

/// Whether `name` is meant as a field. Behind it a full-width colon is a mark of the text, unless the field exists.
fn is_field(name: &str, colon: char) -> bool {
    name.chars().all(|c| c.is_ascii_alphabetic() || c == '_') && (colon == ':' || super::field::exists(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |(token, _): &Placed| match token {
            Token::Open => "(".to_owned(),
            Token::Close => ")".to_owned(),
            Token::And => "&".to_owned(),
            Token::Or => "|".to_owned(),
            Token::Not => "!".to_owned(),
            Token::Field(name) => format!("{name}:"),
            Token::Word(word) => word.clone(),
            Token::Phrase(text, None) => format!("[{text}]"),
            Token::Phrase(text, Some(distance)) => format!("[{text}]{distance}"),
        };
        tokens(text).expect("tokens").iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cuts_a_query() {
        for (text, cut) in [
            ("停车 投诉\u{3000}5G", "停车 投诉 5G"),
            ("\"停车 投诉\"网格", "[停车 投诉] 网格"),
            ("“会爬 楼”梯 “会爬", "[会爬 楼] 梯 会爬"),
            ("\"网格 党建\"~5 ＂甲＂～12", "[网格 党建]5 [甲]12"),
            ("(停车 OR 投诉) AND NOT -网格", "( 停车 | 投诉 ) & ! ! 网格"),
            ("（停车 or 投诉）", "( 停车 or 投诉 )"),
            ("云杉苑（二期） 12-3号 -", "云杉苑（二期） 12-3号 -"),
            ("title:停车* title：\"停 车\"", "title: 停车* title: [停 车]"),
            ("时间：八点 8:30 value:>=60", "时间：八点 8:30 value: >=60"),
            ("date:2024-01..2025-06", "date: 2024-01..2025-06"),
            ("停车 ＯＲ 车位 ｔｉｔｌｅ：甲", "停车 | 车位 title: 甲"),
            ("value:-3 title:-甲 \"甲 乙\"~５", "value: -3 title: ! 甲 [甲 乙]5"),
            ("", ""),
        ] {
            assert_eq!(shown(text), cut, "{text}");
        }
    }
}
