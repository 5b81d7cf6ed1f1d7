//! What is said twice: a line whose words, or whose halves, stand twice, and a headline that stands twice.
//!
//! | lines                                   | becomes              | because                                      |
//! |-----------------------------------------|----------------------|----------------------------------------------|
//! | `How How are are you you`               | `How are you`        | every word stands twice                      |
//! | `夏日送清凉夏日送清凉`                    | `夏日送清凉`           | nobody says five characters twice on one line |
//! | `小院新事多起来`, again on the next line  | once                 | one of them is fake bold, or text follows    |
//! | `加油加油`, `很好！很好！`, a refrain      | (unchanged)          | people and poems say things twice            |

use crate::lexicon::chars::{closes, ends_sentence, is_han, is_letter};
use crate::model::{Edit, Evidence, Finding};
use std::collections::HashMap;

/// Letters of a half from which a line that says everything twice is taken as one.
const SHORTEST_HALF: usize = 5;
/// The same on a page that does so elsewhere.
const SHORTEST_SEEN: usize = 3;
/// Longest such half, and longest line that stands twice: a headline.
const LONGEST_HALF: usize = 60;
/// Letters of a line that stands twice in plain type.
const SHORTEST_LINE: usize = 8;
/// Lines below a headline among which its text starts: a subtitle, a byline, a blank line may stand between.
const HEAD: usize = 4;
/// Letters of a phrase of Han characters that stands twice among others that do: table cells are shorter.
const PHRASE: usize = 3;

/// A line as it is left by thinning: its characters and where they stand in the page.
pub(super) struct Kept {
    chars: Vec<(usize, char)>,
    /// Where its text ends.
    end: usize,
    /// Whether any of it was fake bold.
    pub(super) bold: bool,
}

impl Kept {
    /// A line without what `findings` delete; none if it is too long for a headline.
    pub(super) fn of(line: &str, start: usize, findings: &[Finding]) -> Option<Self> {
        let (mark, text) = unmarked(line.trim_end());
        // Four strokes and spaces between them, twice.
        if text.is_empty() || text.len() > 4 * 2 * 2 * 4 * LONGEST_HALF {
            return None;
        }
        let mut deleted = findings.iter().map(|finding| finding.edit.span).peekable();
        let mut chars = Vec::new();
        let start = start + mark;
        for (at, c) in text.char_indices().map(|(at, c)| (start + at, c)) {
            while deleted.next_if(|span| span.end <= at).is_some() {}
            if deleted.peek().is_none_or(|span| at < span.start) && !(c.is_whitespace() && chars.is_empty()) {
                chars.push((at, c));
            }
        }
        let bold = !findings.is_empty();
        (!chars.is_empty()).then_some(Self { chars, end: start + text.len(), bold })
    }

    fn solid(&self) -> impl Iterator<Item = char> + '_ {
        self.chars.iter().map(|&(_, c)| c).filter(|c| !c.is_whitespace())
    }

    fn letters(&self) -> usize {
        self.solid().filter(|&c| is_han(c) || is_letter(c)).count()
    }

    /// Whether a line ends a sentence or a clause, as lines of speech, verse and text do.
    fn is_marked(&self) -> bool {
        let last = self.solid().filter(|&c| !closes(c)).last();
        last.is_none_or(|c| ends_sentence(c) || matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':'))
    }

    /// Whether it reads as running text or as a credit: what stands below a headline.
    fn is_text(&self) -> bool {
        let text = |c: char| matches!(c, '。' | '，' | '□' | '■' | ',') || c.is_ascii_digit();
        self.letters() > LONGEST_HALF / 2 || self.solid().any(text) || self.solid().take(2).eq("记者".chars())
    }

    /// Deletes every second word of a line in which each stands twice.
    pub(super) fn words(&mut self) -> Vec<Finding> {
        let words: Vec<&[(usize, char)]> =
            self.chars.split(|(_, c)| c.is_whitespace()).filter(|word| !word.is_empty()).collect();
        let text = |word: &[(usize, char)]| word.iter().map(|&(_, c)| c).collect::<Vec<char>>();
        let twice = words.len() >= 4
            && words.len().is_multiple_of(2)
            && words.chunks(2).all(|pair| text(pair[0]) == text(pair[1]));
        let word = |c: &char| is_han(*c) || is_letter(*c);
        let long = |pair: &[&[(usize, char)]]| {
            let letters = pair[0].iter().filter(|(_, c)| word(c)).count();
            letters >= PHRASE || !pair[0].iter().any(|(_, c)| is_han(*c))
        };
        let varied = words.chunks(2).collect::<Vec<_>>().windows(2).all(|two| text(two[0][0]) != text(two[1][0]));
        let letters = self.letters() / 2;
        if !twice || !varied || letters < SHORTEST_HALF || !words.chunks(2).all(long) {
            return Vec::new();
        }
        let end = |word: &[(usize, char)]| word.last().map_or(0, |&(at, c)| at + c.len_utf8());
        let spans: Vec<(usize, usize)> = words.chunks(2).map(|pair| (end(pair[0]), end(pair[1]))).collect();
        self.chars.retain(|&(at, _)| !spans.iter().any(|&(start, end)| start <= at && at < end));
        spans.into_iter().map(|(start, end)| said_twice(start, end)).collect()
    }

    /// Deletes the second half of a line that says all it says twice, or what follows the first of three. `seen`: how
    /// many lines of the page say everything twice beyond doubt.
    pub(super) fn halves(&mut self, seen: usize) -> Option<Finding> {
        let solid: Vec<(usize, char)> = self.chars.iter().copied().filter(|(_, c)| !c.is_whitespace()).collect();
        let part = [3, 2].into_iter().filter(|times| solid.len().is_multiple_of(*times)).find_map(|times| {
            let part = solid.len() / times;
            let same = (part..solid.len()).all(|at| solid[at].1 == solid[at - part].1);
            (same && (1..=LONGEST_HALF).contains(&part)).then_some(part)
        })?;
        let first = &solid[..part];
        let letters = first.iter().filter(|(_, c)| is_han(*c) || is_letter(*c)).count();
        // Who says a sentence twice means it (`很好，下次还来！很好，下次还来！`), and so does who says a word ten times.
        let mark = |(_, c): &(usize, char)| matches!(c, '，' | '。' | '！' | '？' | '；' | ',' | '!' | '?' | ';');
        let sentence = first.iter().any(mark);
        let repeats = |period: usize| (period..part).all(|at| first[at].1 == first[at - period].1);
        let varied = !(1..=part / 2).any(repeats);
        let long = letters >= if seen > 0 { SHORTEST_SEEN } else { SHORTEST_HALF };
        if !long || !varied || (sentence && seen < 2) {
            return None;
        }
        let end = first.last().map(|&(at, c)| at + c.len_utf8())?;
        self.chars.retain(|&(at, _)| at < end);
        Some(said_twice(end, self.end))
    }
}

/// A line without its Markdown: how many bytes of marks stand before its text, and the text.
fn unmarked(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches('#');
    let text = if text.len() < line.len() { text.trim_start() } else { line };
    let inner = text.strip_prefix("**").map_or(text, |inner| inner.strip_suffix("**").unwrap_or(inner));
    (line.find(inner).unwrap_or(0), inner)
}

fn said_twice(start: usize, end: usize) -> Finding {
    Finding { edit: Edit::delete(start, end), evidence: Evidence::SaidTwice }
}

/// Deletes one of two lines that say the same, one right below the other. Lines that are blank, or too long for a
/// headline, are none.
pub(super) fn lines(lines: &[Option<Kept>]) -> Vec<Finding> {
    let equal = |at: usize| match (lines.get(at), lines.get(at + 1)) {
        (Some(Some(one)), Some(Some(other))) => one.letters() >= SHORTEST_SEEN && one.solid().eq(other.solid()),
        _ => false,
    };
    let near = |at: Option<usize>| at.and_then(|at| lines.get(at)).and_then(Option::as_ref);
    let mut pairs: Vec<(usize, bool)> = Vec::new();
    let mut at = 0;
    while at + 1 < lines.len() {
        let count = (at..lines.len()).take_while(|&at| equal(at)).count();
        // Three of them are a refrain.
        if count == 1
            && let (Some(one), Some(other)) = (near(Some(at)), near(Some(at + 1)))
        {
            let drawn = one.bold || other.bold;
            let ended = |at: Option<usize>| near(at).is_none_or(Kept::is_marked);
            let kicker = near(at.checked_sub(1)).is_some_and(|line| line.letters() < SHORTEST_LINE);
            let above = ended(at.checked_sub(1)) || (kicker && ended(at.checked_sub(2)));
            let below = (at + 2..at + 2 + HEAD).any(|at| near(Some(at)).is_some_and(Kept::is_text))
                || near(Some(at + 2)).is_none();
            let headline = !one.is_marked() && one.letters() <= LONGEST_HALF && above && below;
            if drawn || headline {
                pairs.push((at, drawn || one.letters() >= SHORTEST_LINE));
            }
        }
        at += count + 1;
    }
    // A headline stands once in an issue; what stands twice in several places is a label.
    let mut places: HashMap<Vec<char>, usize> = HashMap::new();
    let said = |at: usize| near(Some(at)).map_or(Vec::new(), |line| line.solid().collect::<Vec<char>>());
    pairs.iter().for_each(|(at, _)| *places.entry(said(*at)).or_default() += 1);
    pairs.retain(|(at, _)| places.get(&said(*at)) == Some(&1));
    let seen = pairs.iter().filter(|(_, sure)| *sure).count();
    let mut findings = Vec::new();
    for &(at, sure) in &pairs {
        let (Some(one), Some(other)) = (near(Some(at)), near(Some(at + 1))) else { continue };
        if sure || seen > 1 {
            // The bold one stays, for layout reads the face of a line.
            let plain_first = other.bold && !one.bold;
            findings.push(if plain_first {
                said_twice(one.chars[0].0, other.chars[0].0)
            } else {
                said_twice(one.end, other.end)
            });
        }
    }
    findings
}
