//! How well a seam reads: whether one piece of text goes on where another one stops.
//!
//! In: two body blocks, and what the whole page says. Out: points. Positive points are evidence for the seam,
//! negative ones against it; none of it is proof, and `stitch` weighs the seams of a page against each other.
//!
//! A point is a natural logarithm of odds. The weights are those of a logistic regression over 14,000 pairs of pieces,
//! from 192 pages of clean text whose paragraphs were cut at random and half of the tails put elsewhere, rounded.
//! With each issue left out in turn, the best choice of all seams of a page found 72 % of the tails, and put 13 % in
//! the wrong place.
//!
//! | seam                                        | points for                                         |
//! |---------------------------------------------|----------------------------------------------------|
//! | `居民们来到活` + `动室，看见了新书架。`     | the word 活动室 that it makes whole                |
//! | `评出红榜18个、橙` + `榜7个，`              | 橙榜, which stands elsewhere on the page           |
//! | `他说：“现在人` + `就在楼下。”`             | the quote that one side opens and the other closes |
//! | `共有 1` + `28 户`                          | the figure                                         |
//! | `来到活动室` + `近日，街道举行`             | nothing, and 近日 starts a paragraph: against it   |

use crate::layout::{Block, Role, Start};
use crate::lexicon::chars::{closes, ends_sentence, is_han, opens, parts_clauses};
use crate::lexicon::{WORDS, literal, ngrams};
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Characters that stand beside any other.
const FUNCTION: &str = "的了在和与及或为是以对把被将从由向于等各这那有不也都就又还";
/// Characters that are words by themselves and start sentences.
const STARTERS: &str =
    "在从为据一这那他她我你您它咱每各全近今由以自对把当有不也就而但如若因经让使请谁何两三几多大小新老";
/// Longest piece, in characters, that is a paragraph's end rather than a paragraph.
const SCRAP: usize = 16;

/// Labels that make a habit.
const LABELS: usize = 3;

/// A word or two, and a mark that sets them off.
static LABEL: LazyLock<Regex> = LazyLock::new(|| literal(r"^\p{Han}{2,4}[。：:]"));

/// How paragraphs start, and how their middles seldom go on.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    literal(concat!(
        r"^(?:[“《◆●■▲★○]|[0-9]{1,4}\s*年|[0-9]{1,2}\s*月|[一二三四五六]是|首先|其次|第[一二三四五六]步",
        r"|近[日年期来]|日前|[今去前]年|目前|眼下|如今|现在|当[天晚时年]|次日|第二天|过去|以[前往]|原来|后来|起初|每[天年月到逢]",
        r"|清晨|早上|[上中下]午|傍晚|晚上|据悉|此外|同时|为此|对此|因此|所以|其实|当然|然而|不过|可是|但是|于是|终于|最后|例如|比如|下一步|接下来|未来|随后|随着|为了?|在|自|从|针对|面对|围绕|聚焦|通过|依托|走进|说起)"
    ))
});

/// What of a block matters at its seams: both ends without spaces, and what it leaves open.
pub(super) struct Piece {
    start: String,
    end: String,
    set: Start,
    scrap: bool,
    leaves_open: bool,
    closes_unopened: bool,
    /// Whether it starts as paragraphs do.
    pub(super) opens: bool,
    /// Whether its first characters stand in a display line.
    pub(super) named: bool,
    /// Points for it to go on whatever stands before it.
    middle: f64,
}

impl Piece {
    /// The ends of a block.
    pub(super) fn of(block: &Block, page: &Page) -> Self {
        /// Characters of an end that any rule looks at.
        const END: usize = 12;
        let solid = |c: &char| !c.is_whitespace();
        let text = block.text.as_str();
        let start: String = text.chars().filter(solid).take(END).collect();
        let end: Vec<char> = text.chars().rev().filter(solid).take(END).collect();
        let mut piece = Self {
            opens: OPENING.is_match(&start),
            named: page.on_display(text),
            start,
            end: end.into_iter().rev().collect(),
            set: block.start,
            scrap: text.chars().filter(solid).take(SCRAP + 1).count() <= SCRAP,
            leaves_open: leaves_open(text),
            closes_unopened: closes_unopened(text),
            middle: 0.0,
        };
        piece.middle = piece.middle(page) - if page.is_labelled(&piece.start) { 1.0 } else { 0.0 };
        piece
    }

    /// Points for the piece to start in the middle of a sentence, whatever stands before it.
    fn middle(&self, page: &Page) -> f64 {
        let text = self.start.as_str();
        let mut chars = text.chars();
        let (Some(first), second) = (chars.next(), chars.next().unwrap_or(' ')) else { return 0.0 };
        let set = match self.set {
            Start::Indented => -4.3,
            Start::Flush => 1.5,
            Start::Unknown => 0.0,
        };
        let scrap = if self.scrap { 1.0 } else { 0.0 };
        if closes(first) || parts_clauses(first) || matches!(first, '。' | '：' | '！' | '？') {
            return set + scrap + 2.0;
        }
        if self.opens {
            return set + scrap - 1.5;
        }
        // `工，1月1日起开放`, `谈妥，晚上开放`: the rest of a clause, and its mark. `榜7个`: no word, and a figure.
        let ends_clause = |c: char| parts_clauses(c) || ends_sentence(c);
        let stub =
            is_han(first) && (ends_clause(second) || (is_han(second) && chars.next().is_some_and(ends_clause)));
        let odd = (is_han(second) || second.is_ascii_digit()) && !STARTERS.contains(first);
        let known = page.pairs.get(&[first, second]).is_some_and(|&times| times > 1);
        let broken = is_han(first) && odd && !known && !starts_word(text);
        set + scrap + if stub { 0.7 } else { 0.0 } + if broken { 0.9 } else { 0.0 }
    }
}

/// Points for `tail` to go on what `head` says, and for the places where they stand. None if they cannot reach
/// `least`.
pub(super) fn seam(head: &Piece, tail: &Piece, page: &Page, place: f64, least: f64) -> Option<f64> {
    /// What a word across the seam and what the page says elsewhere come to at most.
    const MOST: f64 = 4.5;
    let (last, first) = (head.end.chars().next_back()?, tail.start.chars().next()?);
    let mut points = place + tail.middle + 0.5 * continues(head, tail);
    // Behind a comma a clause starts as a paragraph would.
    if parts_clauses(last) {
        points += if tail.opens { 1.4 } else { 0.4 };
    }
    // Quotes and brackets that the one side opens and the other closes.
    points += match (head.leaves_open, tail.closes_unopened) {
        (true, true) => 2.8,
        (false, false) => 0.0,
        _ => -2.5,
    };
    if is_han(last) && is_han(first) && points + MOST >= least {
        points += 0.5 * word_across(&head.end, &tail.start) + page.evidence(&head.end, &tail.start);
        points += page.habit(first, last, &tail.start);
    }
    (points >= least).then_some(points)
}

/// How much likelier the characters on both sides are to stand together than to have met, in bounds: no single pair
/// is proof.
fn continues(head: &Piece, tail: &Piece) -> f64 {
    let mut left = head.end.chars().rev();
    let mut right = tail.start.chars();
    let (b, a) = (left.next().unwrap_or(' '), left.next().unwrap_or(' '));
    ngrams::continues([a, b], [right.next().unwrap_or(' '), right.next().unwrap_or(' ')]).clamp(-3.0, 4.0)
}

/// Whether a text reads as the start of a paragraph.
pub(super) fn opens_paragraph(text: &str) -> bool {
    OPENING.is_match(text)
}

/// Whether a word of two characters or more stands at the start.
fn starts_word(text: &str) -> bool {
    let ends = text.char_indices().skip(2).take(3).map(|(at, _)| at);
    ends.chain([text.len()]).any(|end| WORDS.has_word(&text[..end]))
}

/// Points for a word of the language that the seam makes whole.
pub(super) fn word_across(head: &str, tail: &str) -> f64 {
    /// Characters on either side of a seam that a word may take.
    const SIDE: usize = 3;
    let left: Vec<char> = head.chars().rev().take(SIDE).collect::<Vec<_>>().into_iter().rev().collect();
    let right: Vec<char> = tail.chars().take(SIDE).collect();
    let mut best = 0.0f64;
    for before in 1..=left.len() {
        for behind in 1..=right.len() {
            let word: String = left[left.len() - before..].iter().chain(&right[..behind]).collect();
            if word.chars().all(is_han) && WORDS.has_word(&word) {
                let loose = before + behind == 2 && word.contains(|c| FUNCTION.contains(c));
                best = best.max(if loose { 0.5 } else { 1.5 * (before + behind - 1).min(2) as f64 });
            }
        }
    }
    best
}

/// Whether a quote or bracket of the text is still open at its end.
pub(super) fn leaves_open(text: &str) -> bool {
    let depth = text.chars().fold(0usize, |depth, c| match c {
        c if opens(c) => depth + 1,
        c if closes(c) => depth.saturating_sub(1),
        _ => depth,
    });
    depth > 0
}

/// Whether the text closes a quote or bracket that it did not open.
fn closes_unopened(text: &str) -> bool {
    let mut depth = 0usize;
    for c in text.chars() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            if depth == 0 {
                return true;
            }
            depth -= 1;
        }
    }
    false
}

/// What a page says: which pairs and triples of Han characters it has, and which pairs stand on display.
pub(super) struct Page {
    pairs: FxHashMap<[char; 2], usize>,
    triples: FxHashSet<[char; 3]>,
    /// By two characters, the one that always stands before them, if there is one, and how often they stand.
    before: FxHashMap<[char; 2], (Option<char>, usize)>,
    displayed: FxHashSet<[char; 2]>,
    labelled: bool,
}

impl Page {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut pairs: FxHashMap<[char; 2], usize> = FxHashMap::default();
        let (mut triples, mut displayed) = (FxHashSet::default(), FxHashSet::default());
        let mut before: FxHashMap<[char; 2], (Option<char>, usize)> = FxHashMap::default();
        for block in blocks {
            let (mut a, mut b) = ('\0', '\0');
            for c in block.text.chars() {
                if is_han(b) && is_han(c) {
                    *pairs.entry([b, c]).or_default() += 1;
                    if block.role == Role::Display {
                        displayed.insert([b, c]);
                    }
                    if is_han(a) {
                        triples.insert([a, b, c]);
                    }
                    if a != '\0' {
                        let (habit, times) = before.entry([b, c]).or_insert((Some(a), 0));
                        *habit = habit.filter(|&habit| habit == a && is_han(a));
                        *times += 1;
                    }
                }
                (a, b) = (b, c);
            }
        }
        let labels = blocks.iter().filter(|block| block.role == Role::Body && LABEL.is_match(&block.text)).count();
        Self { pairs, triples, before, displayed, labelled: labels >= LABELS }
    }

    /// Whether a text starts with a label (`更正。`, `问：`), on a page whose paragraphs do.
    fn is_labelled(&self, text: &str) -> bool {
        self.labelled && LABEL.is_match(text)
    }

    /// Whether a text starts with characters that stand in a display line.
    fn on_display(&self, text: &str) -> bool {
        let mut chars = text.chars();
        chars.next().zip(chars.next()).is_some_and(|(a, b)| self.displayed.contains(&[a, b]))
    }

    /// Whether the last character of `head` and the first two of `tail` stand together elsewhere.
    pub(super) fn names_across(&self, head: &str, tail: &str) -> bool {
        let mut right = tail.chars();
        let triple = head.chars().next_back().zip(right.next()).zip(right.next());
        triple.is_some_and(|((a, b), c)| self.triples.contains(&[a, b, c]))
    }

    /// Points for what the page has before the first two characters of a tail: on a page that says 云栖街道 again and
    /// again, 栖街 goes on 云 and on nothing else.
    fn habit(&self, first: char, last: char, tail: &str) -> f64 {
        /// Times that make a habit.
        const HABIT: usize = 3;
        let second = tail.chars().nth(1).unwrap_or(' ');
        match self.before.get(&[first, second]) {
            Some(&(Some(before), times)) if times >= HABIT => {
                if before == last {
                    2.0
                } else {
                    -2.0
                }
            }
            _ => 0.0,
        }
    }

    /// Points for a seam whose characters stand together elsewhere on the page.
    pub(super) fn evidence(&self, head: &str, tail: &str) -> f64 {
        let mut left = head.chars().rev();
        let mut right = tail.chars();
        let (b, a) = (left.next().unwrap_or('\0'), left.next().unwrap_or('\0'));
        let (c, d) = (right.next().unwrap_or('\0'), right.next().unwrap_or('\0'));
        // `在宝` stands wherever something happens in a place whose name starts so.
        if FUNCTION.contains(b) || FUNCTION.contains(c) {
            0.0
        } else if self.triples.contains(&[a, b, c]) || self.triples.contains(&[b, c, d]) {
            3.0
        } else {
            match self.pairs.get(&[b, c]) {
                None => 0.0,
                Some(1) => 1.5,
                Some(_) => 2.0,
            }
        }
    }
}
