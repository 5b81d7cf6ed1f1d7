//! Which column of text goes on with which article, by the words that they share.
//!
//! In: blocks, and a tail that goes on a piece further up. Out: how far the column below the tail is of its article.
//!
//! | file order                                                | read as                                        |
//! |-----------------------------------------------------------|------------------------------------------------|
//! | A begins, all of B, the end of a sentence of A, more text | the text below goes with the tail: A goes on   |
//! | A begins, B in part, the end of a sentence of A, more of B | the text below stays: B goes on               |

use super::stitch::REACH;
use crate::layout::{Block, Role, ends_article};
use crate::lexicon::chars::{han_pairs, is_closed};
use rustc_hash::FxHashSet;

/// The pairs of neighbouring Han characters of some blocks.
type Pairs = FxHashSet<[char; 2]>;

fn pairs(blocks: &[Block]) -> Pairs {
    let mut all = Pairs::default();
    blocks.iter().for_each(|block| all.extend(han_pairs(&block.text)));
    all
}

/// How much of what `one` says, and `other` does not, a column says as well, in shares of what `one` says: what both say
/// tells nothing, and a long text shares more with anything.
fn shared(column: &Pairs, one: &Pairs, other: &Pairs) -> f64 {
    let common = column.iter().filter(|pair| one.contains(*pair) && !other.contains(*pair)).count();
    common as f64 / one.len().max(1) as f64
}

/// Last block of the column that goes on with a tail, which stands behind text of another article.
pub(super) fn end(blocks: &[Block], head: usize, tail: usize) -> usize {
    let is = |role: Role, at: usize| blocks.get(at).is_some_and(|block| block.role == role);
    let display = |at: usize| is(Role::Display, at);
    // The article of the head, and whether it has section headings, in bold or plain.
    let own_start = (0..head).rev().take(REACH).find(|&at| starts_article(blocks, at)).unwrap_or(head);
    let heading = |at: usize| display(at) && at > 0 && is(Role::Body, at - 1) && is(Role::Body, at + 1);
    let headings: Vec<bool> = (own_start + 1..head).filter(|&at| heading(at)).map(|at| blocks[at].bold).collect();
    let reach = blocks.len().min(tail + REACH);
    // A line by itself is a heading where this article has others of its look, or where headlines do not look so.
    let near = head.saturating_sub(REACH)..blocks.len().min(tail + REACH);
    let sure: Vec<usize> = near.filter(|&at| starts_article(blocks, at)).collect();
    let alone = |at: usize| !display(at + 1) && at.checked_sub(1).is_none_or(|above| !display(above));
    let unlike =
        |bold: bool| 2 * sure.iter().filter(|&&at| alone(at) && blocks[at].bold == bold).count() < sure.len();
    let is_heading = |at: usize| heading(at) && (headings.contains(&blocks[at].bold) || unlike(blocks[at].bold));
    let ends = |at: usize| blocks[at - 1].role == Role::SignOff || (display(at) && !is_heading(at));
    let end = (tail + 1..reach).find(|&at| ends(at)).unwrap_or(reach);
    let above = &blocks[tail - 1];
    if end == tail + 1 || above.role == Role::Display || above.role == Role::Byline {
        return tail;
    }
    // Text behind a credit is of another article; behind a full stop it may be.
    if ends_article(above) {
        return end - 1;
    }
    let other_start = (head + 1..tail).rev().find(|&at| starts_article(blocks, at)).unwrap_or(head + 1);
    let own = pairs(&blocks[own_start..=head]);
    let other = pairs(&blocks[other_start..tail]);
    let column = pairs(&blocks[tail + 1..end]);
    // How much more of the other article's words it must say to be of that one. An article that stopped short of its
    // column has most likely ended.
    let odds = if !is_closed(&above.text) {
        1.0
    } else if above.full {
        2.0
    } else {
        4.0
    };
    if odds * shared(&column, &own, &other) >= shared(&column, &other, &own) { end - 1 } else { tail }
}

/// Whether the display line at `at` is of a headline, as a byline below it or an article's end above it tells.
fn starts_article(blocks: &[Block], at: usize) -> bool {
    let display = |at: &usize| blocks.get(*at).is_some_and(|block| block.role == Role::Display);
    if !display(&at) {
        return false;
    }
    let first = (0..at).rev().take_while(display).last().unwrap_or(at);
    let below = (at + 1..).find(|at| !display(at)).and_then(|at| blocks.get(at));
    below.is_some_and(|block| block.role == Role::Byline) || first == 0 || ends_article(&blocks[first - 1])
}
