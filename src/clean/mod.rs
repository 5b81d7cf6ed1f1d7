//! Repairs what extraction did to the characters of a page.
//!
//! In: the decoded page. Out: the page with [`Repair`]s listed. A rule sees the text and returns [`Edit`]s; it
//! reads no file, knows no article, and [`Text::apply`] keeps the provenance.
//!
//! | file       | mends                                                             |
//! |------------|-------------------------------------------------------------------|
//! | `form`     | invisible characters, radicals in place of characters             |
//! | `undouble` | fake bold                                                         |
//! | `ocr`      | Han characters that recognition took for others                   |
//! | `shape`    | those among them that only their shapes and words tell            |
//! | `figure`   | letters, points and counting characters of figures                |
//! | `mark`     | doubled, crossing and turned marks, dashes, specks                |
//! | `typeset`  | spaces and widths of finished text                                |
//!
//! [`page`] runs before layout and leaves spaces and line ends alone, because layout reads them. [`typeset()`]
//! runs on finished paragraphs and headlines and brings them into the record's normal form.

mod figure;
mod form;
mod mark;
mod ocr;
mod shape;
mod typeset;
mod undouble;

use crate::model::{Damage, Edit, Evidence, Finding, Repair, SourceSpan, Text, TextSpan};

pub use typeset::{Setting, marks, typeset};

/// A rule on the whole page.
type Rule = fn(&str) -> Vec<Finding>;

/// In this order: invisible characters would part the pairs of a doubled run, and a radical beside its own character
/// would hide one.
const SIGNS: [(Damage, Rule); 2] = [(Damage::Invisible, form::invisible), (Damage::Form, form::forms)];

/// In this order: words can be read only when they stand once.
const WORDS: [(Damage, Rule); 2] = [(Damage::FakeBold, undouble::undouble), (Damage::Misread, ocr::misread)];

/// How often the rules of words are run at most: a line can be drawn twice whose characters are drawn twice, and a character
/// put right can show that it is.
const ROUNDS: usize = 24;

/// Repairs a decoded page. Second: what was done, in file order.
pub fn page(text: &Text) -> (Text, Vec<Repair>) {
    let (mut text, mut repairs) = (text.clone(), Vec::new());
    let mut run = |(damage, rule): (Damage, Rule)| {
        let findings = rule(&text);
        repairs.extend(listed(&text, &findings, damage));
        text = text.apply(&edits(&findings));
        !findings.is_empty()
    };
    SIGNS.into_iter().for_each(|rule| {
        run(rule);
    });
    // A rule reads the page again only if something was changed since it last did.
    let mut stale = WORDS.map(|_| true);
    for at in (0..WORDS.len()).cycle().take(ROUNDS * WORDS.len()) {
        if std::mem::replace(&mut stale[at], false) && run(WORDS[at]) {
            stale.fill(true);
        }
        if !stale.contains(&true) {
            break;
        }
    }
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    (text, repairs)
}

/// Deletes what cannot be seen, and nothing else. Second: what was done.
pub fn seen(text: &Text) -> (Text, Vec<Repair>) {
    let findings = form::invisible(text);
    (text.apply(&edits(&findings)), listed(text, &findings, Damage::Invisible))
}

/// Findings in the order of the text; of those that want one place, the first.
fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.edit.span.start);
    let mut taken = 0;
    findings.retain(|finding| {
        let free = finding.edit.span.start >= taken;
        taken = if free { finding.edit.span.end } else { taken };
        free
    });
    findings
}

fn edits(findings: &[Finding]) -> Vec<Edit> {
    findings.iter().map(|finding| finding.edit.clone()).collect()
}

/// What was changed on the way from a repaired page to finished texts made of it, in file order: spaces and
/// widths. Computed only for who asks, from the origins, because most texts have something on every line.
pub fn settings<'a>(page: &Text, finished: impl IntoIterator<Item = &'a Text>) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    for text in finished {
        let of_this_text = repairs.len();
        for (span, source) in text.characters() {
            let Some(source) = source else { continue };
            let (was, now) = (page.made_of(source), span.of(text));
            if was == now {
                continue;
            }
            // What layout took away stays in the origin of its neighbour: a line's end, its hyphen, markup.
            let bare = |c: &char| !c.is_whitespace();
            let (before, after) = (was.chars().filter(bare), now.chars().filter(bare));
            let joined = was.contains('\n') && before.clone().eq(after.clone());
            let dash = was.starts_with("——") && now.starts_with('—');
            let (damage, evidence) = if joined || (before.clone().count() != after.clone().count() && !dash) {
                continue;
            } else if before.eq(after) {
                (Damage::Spacing, Evidence::Spaces)
            } else {
                (Damage::Width, Evidence::Widths)
            };
            let was = was.trim_end_matches(['\n', '\r']);
            let last = repairs[of_this_text..].last_mut();
            match last.filter(|last| last.damage == damage && last.source.end == source.start) {
                Some(last) => {
                    last.source = SourceSpan::new(last.source.start, source.end);
                    last.was += was;
                    last.now += now;
                }
                // The strokes that are left are shown too, for what went is one of three.
                None if dash => {
                    repairs.push(Repair {
                        source, damage, was: format!("—{was}"), now: format!("—{now}"), evidence
                    });
                }
                None => repairs.push(Repair { source, damage, was: was.to_owned(), now: now.to_owned(), evidence }),
            }
        }
    }
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    repairs
}

/// Findings as repairs, neighbours made one: a doubled headline is one repair, not twenty.
fn listed(text: &Text, findings: &[Finding], damage: Damage) -> Vec<Repair> {
    /// Bytes between two edits of one run: a kept character, and a space.
    const NEAR: usize = 8;
    let runs = findings.chunk_by(|one, next| {
        let between = TextSpan::new(one.edit.span.end, next.edit.span.start);
        between.len() <= NEAR && one.evidence == next.evidence && !between.of(text).contains('\n')
    });
    let repair = |run: &[Finding]| {
        let (first, last) = (run.first()?.edit.span.start, run.last()?.edit.span.end);
        // With the character before: what is left of a pair stands before the edit.
        let start = text[..first].char_indices().next_back().filter(|_| damage == Damage::FakeBold);
        let span = TextSpan::new(start.map_or(first, |(at, _)| at), last);
        let moved: Vec<Edit> = run
            .iter()
            .map(|Finding { edit, .. }| Edit {
                span: TextSpan::new(edit.span.start - span.start, edit.span.end - span.start),
                ..edit.clone()
            })
            .collect();
        let was = text.slice(span);
        let now = was.apply(&moved);
        let (was, now, evidence) = (was.to_string(), now.to_string(), run.first()?.evidence.clone());
        Some(Repair { source: text.source_of(span)?, damage, was, now, evidence })
    };
    runs.filter_map(repair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_long_runs_in_bounded_time() {
        let start = std::time::Instant::now();
        let long = 100_000;
        for piece in
            ["I", "1I", "l、", "5、", "一", "，", "，，居", "”", "“民", "[居", "居'民", "5%5", "入曰", "社 一一"]
        {
            let (once, _) = page(&Text::verbatim(piece.repeat(long), 0));
            let (twice, _) = page(&once);
            assert_eq!(once.as_str(), twice.as_str(), "{piece}");
        }
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "[家户人网格强撑老老院的朔塑料亨享受利弊得夫失入员“”—0-9a-clO曰、 ，。\u{200b}⽤\n]{0,80}") {
            let (once, _) = page(&Text::verbatim(text, 0));
            let (twice, repairs) = page(&once);
            prop_assert_eq!(once.as_str(), twice.as_str());
            prop_assert!(repairs.is_empty());
        }

        #[test]
        fn marks_are_mended_once(text in "([一、，。；：%5３lO·'|\"“”【\\]\\[入曰万倍元居民社区占约—\n]|一一|，，|居民|，。){0,60}") {
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
