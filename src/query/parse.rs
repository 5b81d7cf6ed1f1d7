//! Reads a query. In: what the user typed. Out: a [`Query`], or an error with a caret under the place.
//!
//! ```text
//! any      = all (OR all)*
//! all      = not (AND? not)*
//! not      = (NOT | -)* one
//! one      = ( any ) | field:one | word | word* | "phrase" | "words"~number
//! ```
//!
//! `field` says what a word means behind the name of a field.

use super::expr::{Expr, Leaf};
use super::fault::fault;
use super::field::{Field, Meaning};
use super::lex::{Placed, Token, tokens};
use super::synonyms::Synonyms;
use crate::error::{Error, Result};
use crate::model::TextSpan;

/// Longest query, in characters: a list of some thousand names.
const LONGEST: usize = 10_000;

/// Most brackets and NOTs around one word.
const DEEPEST: usize = 50;

/// Most words: each is looked up in several fields, with all the words in it.
const MOST: usize = 500;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// What it says.
    pub expr: Expr<Leaf>,
}

/// Reads `text` as a query.
pub fn parse(text: &str) -> Result<Query> {
    parse_with(text, &Synonyms::default())
}

/// Reads `text` as a query in which words stand for their synonyms as well.
pub fn parse_with(text: &str, synonyms: &Synonyms) -> Result<Query> {
    let length = text.chars().count();
    if length > LONGEST {
        let what = format!("the query has {length} characters, more than the {LONGEST} that are taken; shorten it");
        return Err(Error::Usage(what));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(Error::Usage(
            "the query is empty; type what you look for, such as `jiebao search 网格`".to_owned(),
        ));
    }
    let words: usize = tokens.iter().map(|(token, _)| words(token)).sum();
    if words > MOST {
        let what = format!("the query has {words} words, more than the {MOST} that are taken; shorten it");
        return Err(Error::Usage(what));
    }
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0, rows: false };
    let tree = parser.any(None)?;
    if let Some((_, span)) = parser.peek() {
        return Err(parser.fault(span, "closes a bracket that was never opened; leave it out"));
    }
    let meaning = Meaning { text, synonyms };
    Ok(Query { text: text.to_owned(), expr: tree.map(&mut |said| meaning.leaf(said))? })
}

/// How many words are looked up for a token: each of those that are near each other by itself.
fn words(token: &Token) -> usize {
    match token {
        Token::Word(_) | Token::Phrase(_, None) => 1,
        Token::Phrase(text, Some(_)) => text.split_whitespace().count().max(1),
        _ => 0,
    }
}

/// A word or a phrase of a query, and the field that it stands behind.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// A word or a phrase.
    Word(Option<Field>, Token, TextSpan),
    /// Conditions on one figure.
    Metric(Box<Expr<Said>>),
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Placed],
    at: usize,
    depth: usize,
    /// Whether conditions on one figure are being read.
    rows: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<(&'a Token, TextSpan)> {
        self.tokens.get(self.at).map(|(token, span)| (token, *span))
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let taken = self.peek().is_some_and(|(token, _)| token == wanted);
        self.at += usize::from(taken);
        taken
    }

    fn fault(&self, span: TextSpan, what: &str) -> Error {
        fault(self.text, span, what)
    }

    /// Where something is missing: at the next token, or behind the last.
    fn here(&self) -> TextSpan {
        self.peek().map_or(TextSpan::new(self.text.len(), self.text.len()), |(_, span)| span)
    }

    fn any(&mut self, field: Option<Field>) -> Result<Expr<Said>> {
        let mut parts = vec![self.all(field)?];
        while self.take(&Token::Or) {
            parts.push(self.all(field)?);
        }
        Ok(joined(parts, Expr::Any))
    }

    fn all(&mut self, field: Option<Field>) -> Result<Expr<Said>> {
        let mut parts = vec![self.not(field)?];
        loop {
            let and = self.take(&Token::And);
            match self.peek() {
                None | Some((Token::Or | Token::Close, _)) if !and => break,
                _ => parts.push(self.not(field)?),
            }
        }
        Ok(joined(parts, Expr::All))
    }

    fn not(&mut self, field: Option<Field>) -> Result<Expr<Said>> {
        let span = self.here();
        if !self.take(&Token::Not) {
            return self.one(field);
        }
        let inner = self.deeper(span, |parser| parser.not(field))?;
        Ok(Expr::Not(Box::new(inner)))
    }

    fn one(&mut self, field: Option<Field>) -> Result<Expr<Said>> {
        let span = self.here();
        let Some((token, _)) = self.peek() else {
            return Err(
                self.fault(span, "is the end, where a word was expected; to search for an operator, quote it")
            );
        };
        self.at += 1;
        match token {
            Token::Open => {
                if self.peek().is_some_and(|(token, _)| *token == Token::Close) {
                    return Err(self.fault(span, "is a bracket without a word in it; leave it out"));
                }
                let inner = self.deeper(span, |parser| parser.any(field))?;
                if self.take(&Token::Close) {
                    return Ok(inner);
                }
                Err(self.fault(
                    span,
                    "opens a bracket that is not closed; close it with `)`, or quote it to search for it",
                ))
            }
            Token::Close => Err(self.fault(span, "stands where a word was expected")),
            Token::And | Token::Or => {
                Err(self.fault(span, "stands where a word was expected; to search for the word itself, quote it"))
            }
            Token::Not => Err(self.fault(span, "stands where a word was expected")),
            Token::Field(name) => {
                let known = Field::named(name, self.rows).map_err(|what| self.fault(span, &what))?;
                if field.is_some() {
                    return Err(self.fault(span, "names a field inside of another one"));
                }
                if matches!(self.peek(), Some((Token::Not, _))) {
                    return Err(
                        self.fault(span, "stands before a minus; write the minus before the field, as `-title:停车`")
                    );
                }
                if !matches!(
                    self.peek(),
                    Some((Token::Open | Token::Word(_) | Token::Phrase(..) | Token::Field(_), _))
                ) {
                    return Err(self.fault(span, "names a field, and no word stands behind it"));
                }
                if known != Field::Metric {
                    return self.deeper(span, |parser| parser.one(Some(known)));
                }
                self.rows = true;
                let rows = self.deeper(span, |parser| parser.one(None));
                self.rows = false;
                Ok(Expr::Leaf(Said::Metric(Box::new(rows?))))
            }
            Token::Word(_) | Token::Phrase(..) => Ok(Expr::Leaf(Said::Word(field, token.clone(), span))),
        }
    }

    fn deeper<T>(&mut self, span: TextSpan, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == DEEPEST {
            let what = format!("lies deeper than {DEEPEST} brackets; write it with fewer");
            return Err(self.fault(span, &what));
        }
        self.depth += 1;
        let outcome = work(self);
        self.depth -= 1;
        outcome
    }
}

fn joined(mut parts: Vec<Expr<Said>>, join: impl FnOnce(Vec<Expr<Said>>) -> Expr<Said>) -> Expr<Said> {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text).map_or_else(|error| error.to_string(), |query| query.expr.to_string())
    }

    #[test]
    fn reads_a_query() {
        for (text, tree) in [
            ("网格", "text:\"网格\""),
            ("网格 停车", "(text:\"网格\" AND text:\"停车\")"),
            ("a OR b c", "(text:\"a\" OR (text:\"b\" AND text:\"c\"))"),
            ("(a OR b) AND -c", "((text:\"a\" OR text:\"b\") AND NOT text:\"c\")"),
            ("NOT NOT a", "NOT NOT text:\"a\""),
            ("《网格》，", "text:\"网格\""),
            ("\"《网格》，\" 12.5%", "(text:\"《网格》,\" AND text:\"12.5%\")"),
            ("社區 ⽹格 ５Ｇ", "(text:\"社区\" AND text:\"网格\" AND text:\"5g\")"),
            ("党建* wifi*", "(text:\"党建\"* AND text:\"wifi\"*)"),
            ("\"网格 党建\"~5", "text:\"网格 党建\"~5"),
            ("title:(停车 OR \"网格\") body:车", "((title:\"停车\" OR title:\"网格\") AND body:\"车\")"),
            (
                "community:云杉 person:\"马云溪\" org：居委",
                "(community:*云杉* AND person:\"马云溪\" AND organization:*居委*)",
            ),
            ("date:2024-01..2025-06 date:>=2024", "(date:2024-01..2025-06 AND date:2024..)"),
            ("1034户 \"1034户\"", "((text:\"1034户\" OR text:\"1,034户\") AND text:\"1034户\")"),
            ("1,034", "(text:\"1,034\" OR text:\"1034\")"),
            (
                "metric:(停车投诉 AND unit:% AND value:>=60 AND change:decrease)",
                "metric:((subject:*停车投诉* AND unit:\"%\" AND value:>=60 AND change:decrease))",
            ),
            ("metric:(value:(3 OR 5..7) -approx:true)", "metric:(((value:3 OR value:5..7) AND NOT approx:true))"),
            ("metric:(unit:㎡ AND value:-3 date：２０２４)", "metric:((unit:\"平方米\" AND value:-3 AND date:2024))"),
            ("停车（收费） #停车# 《网格》", "(text:\"停车(收费)\" AND text:\"停车\" AND text:\"网格\")"),
            ("metric:电梯", "metric:(subject:*电梯*)"),
        ] {
            assert_eq!(shown(text), tree, "{text}");
        }
    }

    #[test]
    fn points_at_a_mistake() {
        let caret = "the query cannot be read: this begins a phrase that does not end; close it with `\"`\n  停车 \"网格\n       ^";
        assert_eq!(shown("停车 \"网格"), caret);
        for (text, what, column) in [
            ("网格 ，，", "holds no character that can be searched for", 5),
            ("\"\"", "holds no character that can be searched for", 0),
            ("网格 AND", "is the end, where a word was expected", 8),
            ("OR 网格", "stands where a word was expected", 0),
            ("网格 OR OR 车", "stands where a word was expected", 8),
            ("(网格", "opens a bracket that is not closed", 0),
            ("网格)", "closes a bracket that was never opened", 4),
            ("网格 ()", "is a bracket without a word in it", 5),
            ("titel:网格", "names no field, did you mean `title`?", 0),
            ("value:3", "is a field of figures; write `metric:(value:…)`", 0),
            ("metric:(title:网格)", "names no field of figures", 8),
            ("title:-甲", "stands before a minus", 0),
            ("metric:unit:万元", "holds a multiplier; figures are counted in `元`", 12),
            ("\"甲 乙\"~5.5", "needs a number of characters", 7),
            ("title:", "names a field, and no word stands behind it", 0),
            ("title:body:车", "names a field inside of another one", 6),
            ("date:2024-13", "is no date", 5),
            ("date:2025..2024", "ends before it begins; write `2024..2025`", 5),
            ("metric:value:abc", "is no number", 13),
            ("metric:value:9..3", "ends before it begins; write `3..9`", 13),
            ("metric:value:1e999", "is no number that can be compared with", 13),
            ("metric:change:fall", "is none of `increase`, `decrease`, `reach`", 14),
            ("党*建", "holds a `*` that is not at its end", 0),
            ("\"网格\"~5", "needs two words at least", 0),
            ("\"网格 党建\"~101", "is more than the 100", 0),
            ("community:\"网格 党建\"~5", "looks for words near each other, which only texts have", 10),
        ] {
            let told = shown(text);
            let lines: Vec<&str> = told.lines().collect();
            assert!(lines[0].contains(what), "{text}: {told}");
            assert_eq!(lines[2].find('^').map(|at| at - 2), Some(column), "{text}: {told}");
        }
        assert!(shown("  ").starts_with("the query is empty"));
        assert!(shown(&"网".repeat(10_001)).starts_with("the query has 10001 characters"));
        assert!(shown(&"网 ".repeat(501)).starts_with("the query has 501 words"));
        assert!(shown(&"(".repeat(9000)).contains("lies deeper than 50 brackets"));
        assert!(shown(&format!("\"{}\"~5", "网 ".repeat(501))).starts_with("the query has 501 words"));
        assert!(shown(&format!("{}网", "NOT ".repeat(2000))).contains("lies deeper"));
    }
}
