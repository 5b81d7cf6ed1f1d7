//! Units into index terms, so that every substring is found. In: the [`Unit`]s of a text or of a query. Out:
//! terms with positions; one position is one unit.
//!
//! A text is indexed as overlapping pairs of Han characters. A run's last character stands alone at its own
//! position, and so does its first beside its pair; words and marks are terms as well. A query needs only
//! terms that cover each of its units once, at the right distance from each other, so a phrase query over them
//! holds exactly where the text contains the query:
//!
//! ```text
//! 请12个网格  →  0:请  1:12  2:个  2:个网  3:网格  4:格      请网 (a pair that stands nowhere) finds nothing
//! 12个        →  0:12  1:个                                  found: 个 begins its run
//! 个网格      →  0:个网  1:网格                              found
//! 网          →  any term that begins with 网                found: see `query::search`
//! ```
//!
//! No dictionary is asked, so none can cut a query otherwise than the text. Words only rank, see `words`.

use super::units::{Unit, Units, units};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the index knows the tokenizer.
pub(super) const NAME: &str = "han_pairs";

/// How far apart two texts of one field stand, in positions: further than the words of any query may, so that nothing
/// is found across the end of a paragraph. A page of 32 MiB has sixteen million paragraphs at the most, and all its
/// positions fit 32 bits.
pub(crate) const APART: usize = 128;

/// The terms and their offsets that together hold exactly where a text contains `units`. Only for a lone Han
/// character they do not: its own term stands where a run begins or ends, so look for terms that begin with it.
pub fn covering_terms(units: &[Unit]) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let run = units[at..].iter().take_while(|unit| matches!(unit, Unit::Han(_))).count();
        match run {
            0 | 1 => terms.push((at, term(&units[at], None))),
            _ => {
                let last = at + run - 2;
                let pairs = (at..last).step_by(2).chain([last]);
                terms.extend(pairs.map(|at| (at, term(&units[at], units.get(at + 1)))));
            }
        }
        at += run.max(1);
    }
    terms
}

fn term(unit: &Unit, next: Option<&Unit>) -> String {
    match (unit, next) {
        (Unit::Han(first), Some(Unit::Han(second))) => [*first, *second].iter().collect(),
        (Unit::Han(only), _) => only.to_string(),
        (Unit::Word(word), _) => word.clone(),
        (Unit::Mark(mark), _) => mark.to_string(),
    }
}

/// The tokenizer of the fields that are searched by characters.
#[derive(Clone, Debug, Default)]
pub(super) struct HanPairs;

impl Tokenizer for HanPairs {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let mut units = units(text);
        // The last token says how far the text reaches.
        let token = Token { position_length: APART, ..Token::default() };
        Stream { next: units.next().map(|(unit, _)| unit), units, inside: false, lone: None, token }
    }
}

/// Tokens of one text. Offsets are left empty: hits are marked by reading the stored text again.
pub(super) struct Stream<'a> {
    units: Units<'a>,
    /// The unit after the current one.
    next: Option<Unit>,
    /// Whether the current unit is Han.
    inside: bool,
    /// A run's first character, still to be given beside its pair.
    lone: Option<char>,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.token.text.clear();
        if let Some(first) = self.lone.take() {
            self.token.text.push(first);
            return true;
        }
        let Some(unit) = self.next.take() else { return false };
        self.next = self.units.next().map(|(unit, _)| unit);
        self.token.position = self.token.position.wrapping_add(1);
        let begins = !std::mem::replace(&mut self.inside, matches!(unit, Unit::Han(_)));
        match unit {
            Unit::Han(c) => {
                self.token.text.push(c);
                if let Some(Unit::Han(second)) = self.next {
                    self.token.text.push(second);
                    self.lone = begins.then_some(c);
                }
            }
            Unit::Word(word) => self.token.text.push_str(&word),
            Unit::Mark(mark) => self.token.text.push(mark),
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::super::units::units_of;
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<(usize, String)> {
        let (mut tokenizer, mut all) = (HanPairs, Vec::new());
        tokenizer.token_stream(text).process(&mut |token| all.push((token.position, token.text.clone())));
        all
    }

    #[test]
    fn gives_pairs_and_the_ends_of_runs() {
        let shown =
            tokens("请12个网格、").iter().map(|(at, text)| format!("{at}:{text}")).collect::<Vec<_>>().join(" ");
        assert_eq!(shown, "0:请 1:12 2:个网 2:个 3:网格 4:格 5:、");
        assert!(tokens("").is_empty());
    }

    #[test]
    fn covers_a_query() {
        let shown = |query| {
            covering_terms(&units_of(query))
                .iter()
                .map(|(at, text)| format!("{at}:{text}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(shown("网格"), "0:网格");
        assert_eq!(shown("微网格"), "0:微网 1:网格");
        assert_eq!(shown("综合网格"), "0:综合 2:网格");
        assert_eq!(shown("12个"), "0:12 1:个");
        assert_eq!(shown("云栖、云"), "0:云栖 2:、 3:云");
    }

    proptest! {
        /// The phrase of a query's terms holds exactly where the query's units stand in the text's.
        #[test]
        fn finds_what_is_there_and_nothing_else(text in "[甲乙a1、]{1,14}", query in "[甲乙a1、]{2,5}") {
            let (text_units, query_units) = (units_of(&text), units_of(&query));
            let lone = query_units.len() == 1 && matches!(query_units[0], Unit::Han(_));
            prop_assume!(!lone);
            let (tokens, terms) = (tokens(&text), covering_terms(&query_units));
            let found = (0..text_units.len())
                .any(|start| terms.iter().all(|(at, term)| tokens.contains(&(start + at, term.clone()))));
            prop_assert_eq!(found, text_units.windows(query_units.len()).any(|part| part == query_units));
        }
    }
}
