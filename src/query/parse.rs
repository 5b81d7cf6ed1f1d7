//! Reads a query. In: what the user typed. Out: a [`Query`], or an error with a caret under the place.
//!
//! ```text
//! 网格 停车           both must occur, each as it stands
//! "停车 投诉" 网格    what is quoted is one; “…” quotes as well
//! ```

use crate::error::{Error, Result, printable};
use crate::index::{Unit, units};
use crate::lexicon::FORMS;
use unicode_width::UnicodeWidthStr;

/// Longest query, in characters. A sentence of a newsletter has a hundred; ten times that is no question.
const LONGEST: usize = 1000;

/// A question: all terms must occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// What must occur; never empty.
    pub terms: Vec<Term>,
}

/// Something that must stand in an article as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was typed, without quotes.
    pub text: String,
    /// What it is for search, without the breaks at its ends; never empty.
    pub units: Vec<Unit>,
}

/// Reads `text` as a query.
pub fn parse(text: &str) -> Result<Query> {
    // Copied from a PDF: the archive holds the characters that its radicals stand for.
    let text = &*folded(text);
    let length = text.chars().count();
    if length > LONGEST {
        let what = format!("the query has {length} characters, more than the {LONGEST} that are taken; shorten it");
        return Err(Error::Usage(what));
    }
    let mut terms = Vec::new();
    for (start, piece) in pieces(text)? {
        let units: Vec<Unit> = units(piece).map(|(unit, _)| unit).collect();
        let from = units.iter().position(|unit| *unit != Unit::Break);
        let to = units.iter().rposition(|unit| *unit != Unit::Break);
        let (Some(from), Some(to)) = (from, to) else {
            return Err(fault(text, start, "holds no character that can be searched for; leave it out"));
        };
        terms.push(Term { text: piece.to_owned(), units: units[from..=to].to_vec() });
    }
    if terms.is_empty() {
        return Err(Error::Usage(
            "the query is empty; type what you look for, such as `jiebao search 网格`".to_owned(),
        ));
    }
    terms.dedup_by(|a, b| a.units == b.units);
    Ok(Query { text: text.to_owned(), terms })
}

/// The text with radicals and compatibility forms as the characters they stand for.
fn folded(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut folded, c| {
        match FORMS.get(&c) {
            Some(form) => folded.push_str(form),
            None => folded.push(c),
        }
        folded
    })
}

/// The words and phrases of `text`, each with the byte it starts at.
fn pieces(text: &str) -> Result<Vec<(usize, &str)>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let closing = match c {
            '"' | '＂' => Some(['"', '＂']),
            '“' => Some(['”', '”']),
            _ => None,
        };
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if let Some(closing) = closing {
            let start = at + c.len_utf8();
            let Some(length) = text[start..].find(closing) else {
                // Copied out of a headline: `“会爬` is text, and the mark stands for nothing.
                if c == '“' {
                    at = start;
                    continue;
                }
                return Err(fault(
                    text,
                    at,
                    &format!("begins a phrase that does not end; close it with `{}`", closing[0]),
                ));
            };
            all.push((start, &text[start..start + length]));
            at = start + length + text[start + length..].chars().next().map_or(0, char::len_utf8);
        } else {
            let length =
                text[at..].find(|c: char| c.is_whitespace() || "\"＂“".contains(c)).unwrap_or(text.len() - at);
            all.push((at, &text[at..at + length]));
            at += length;
        }
    }
    Ok(all)
}

/// A mistake at byte `at` of the query.
fn fault(text: &str, at: usize, what: &str) -> Error {
    let (before, shown) = (printable(&text[..at]).into_owned(), printable(text).into_owned());
    Error::Usage(format!("the query cannot be read: this {what}\n  {shown}\n  {}^", " ".repeat(before.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        parse(text).map(|query| query.terms.into_iter().map(|term| term.text).collect()).unwrap_or_default()
    }

    fn error(text: &str) -> String {
        parse(text).map_or_else(|error| error.to_string(), |query| format!("{query:?}"))
    }

    #[test]
    fn reads_words_and_phrases() {
        assert_eq!(terms("网格 停车"), ["网格", "停车"]);
        assert_eq!(terms("\"停车 投诉\"网格"), ["停车 投诉", "网格"]);
        assert_eq!(terms("“停车，投诉”\u{3000}5G"), ["停车，投诉", "5G"]);
        assert_eq!(terms("“会爬 楼”梯"), ["会爬 楼", "梯"]);
        assert_eq!(terms("“会爬楼的"), ["会爬楼的"]);
        assert_eq!(terms("⽹格"), ["网格"]);
        assert_eq!(parse("《网格》").map(|query| query.terms[0].units.len()).ok(), Some(2));
    }

    #[test]
    fn points_at_a_mistake() {
        let caret = "the query cannot be read: this begins a phrase that does not end; close it with `\"`\n  停车 \"网格\n       ^";
        assert_eq!(error("停车 \"网格"), caret);
        assert!(error("网格 ，，").ends_with("\n  网格 ，，\n       ^"));
        assert!(error("  ").starts_with("the query is empty"));
        assert!(error("\"\"").contains("no character that can be searched for"));
        assert!(error(&"网".repeat(1001)).starts_with("the query has 1001 characters"));
    }
}
