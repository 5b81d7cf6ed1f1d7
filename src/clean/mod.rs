//! Repairs what extraction did to the characters of a page.
//!
//! In: the decoded page. Out: the page with [`Repair`]s listed. A rule sees the text and returns [`Edit`]s; it
//! reads no file, knows no article, and [`Text::apply`] keeps the provenance.
//!
//! | file       | mends                                                             |
//! |------------|-------------------------------------------------------------------|
//! | `form`     | invisible characters, radicals in place of characters             |
//! | `undouble` | fake bold                                                         |
//! | `ocr`      | characters that recognition took for others                       |
//! | `typeset`  | spaces and widths of finished text                                |
//!
//! [`page`] runs before layout and leaves spaces and line ends alone, because layout reads them. [`typeset()`]
//! runs on finished paragraphs and headlines and brings them into the record's normal form.

mod form;
mod ocr;
mod typeset;
mod undouble;

use crate::model::{Damage, Edit, Repair, Text, TextSpan};

pub use typeset::{Setting, marks, typeset};

/// A rule on the whole page.
type Rule = fn(&str) -> Vec<Edit>;

/// In this order: invisible characters would part the pairs of a doubled run, a radical beside its own character
/// would hide one, and words can be read only when they stand once.
const RULES: [(Damage, Rule); 4] = [
    (Damage::Invisible, form::invisible),
    (Damage::Form, form::forms),
    (Damage::FakeBold, undouble::undouble),
    (Damage::Misread, ocr::misread),
];

/// Repairs a decoded page. Second: what was done, in file order.
pub fn page(text: &Text) -> (Text, Vec<Repair>) {
    let (mut text, mut repairs) = (text.clone(), Vec::new());
    for (damage, rule) in RULES {
        let edits = rule(&text);
        repairs.extend(listed(&text, &edits, damage));
        text = text.apply(&edits);
    }
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    (text, repairs)
}

/// Edits as repairs, neighbours made one: a doubled headline is one repair, not twenty.
fn listed(text: &Text, edits: &[Edit], damage: Damage) -> Vec<Repair> {
    /// Bytes between two edits of one run: a kept character, and a space.
    const NEAR: usize = 8;
    let runs = edits.chunk_by(|one, next| next.span.start - one.span.end <= NEAR);
    let repair = |run: &[Edit]| {
        let (first, last) = (run.first()?.span.start, run.last()?.span.end);
        // With the character before: what is left of a pair stands before the edit.
        let start = text[..first].char_indices().next_back().filter(|_| damage == Damage::FakeBold);
        let span = TextSpan::new(start.map_or(first, |(at, _)| at), last);
        let moved: Vec<Edit> = run
            .iter()
            .map(|edit| Edit {
                span: TextSpan::new(edit.span.start - span.start, edit.span.end - span.start),
                ..edit.clone()
            })
            .collect();
        let was = text.slice(span);
        let now = was.apply(&moved);
        Some(Repair { source: text.source_of(span)?, damage, was: was.to_string(), now: now.to_string() })
    };
    runs.filter_map(repair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "[家户人网格强撑老老院的“”—0-9a-c ，。\u{200b}⽤\n]{0,80}") {
            let (once, _) = page(&Text::verbatim(text, 0));
            let (twice, repairs) = page(&once);
            prop_assert_eq!(once.as_str(), twice.as_str());
            prop_assert!(repairs.is_empty());
        }

        #[test]
        fn nothing_leaves_the_origin(text in "[家户人网格强撑“” \u{200b}⽤\n]{1,80}") {
            let len = text.len();
            let (clean, _) = page(&Text::verbatim(text, 0));
            let covered: usize = clean.origin().iter().map(|span| span.len()).sum();
            prop_assert_eq!(covered, len);
        }
    }
}
