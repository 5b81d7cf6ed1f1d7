//! Runs of a line: stretches in which every character stands two, three or four times in a row.

use super::{SHORTEST, SURE};
use crate::lexicon::WORDS;
use crate::lexicon::chars::{is_han, is_letter};
use crate::model::{Edit, Evidence, Finding};

/// Share of a line in a run (in percent) from which its odd marks are held to be doubled too.
const MOST: usize = 70;
/// Doubled characters from which a run may have single ones among them: no such stretch stands in the million
/// characters of reports and reviews that `tests/it/prose.rs` reads.
const MOSTLY_SURE: usize = 6;
/// The same on a page that is doubled elsewhere.
const MOSTLY: usize = 4;

/// A character and how often it stands there in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) at: usize,
    pub(super) c: char,
    pub(super) count: usize,
    /// Bytes from one stroke to the next: more than the character's own where spaces part the strokes.
    step: usize,
    /// How many to keep, where that does not follow from the strokes: a line end cut the group.
    keep: Option<usize>,
}

impl Group {
    pub(super) fn is_space(self) -> bool {
        self.c.is_whitespace()
    }

    /// A letter, digit or Han character.
    fn is_word(self) -> bool {
        is_han(self.c) || is_letter(self.c)
    }
}

/// A stretch of groups whose counts are all multiples of `strokes`, or nearly all.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) groups: Vec<Group>,
    pub(super) strokes: usize,
    /// Whether the line holds nothing else.
    pub(super) alone: bool,
    /// Whether it starts where the line does, and ends where it does.
    pub(super) edges: (bool, bool),
    /// Whether it is one of the figures of a line whose figures are all doubled.
    figures: bool,
    /// Whether single characters stand in it.
    partial: bool,
    /// Whether spaces part its strokes.
    spaced: bool,
    /// Whether a line end cut one of its groups.
    pub(super) cut: bool,
    /// Whether it goes on a run of the line above, or below, that is fake bold by itself.
    pub(super) chained: bool,
}

/// The runs of a line, and the one that covers several of them if single characters between them are let pass.
pub(super) fn runs(line: &str) -> (Vec<Run>, Option<Run>) {
    // Most lines have no two equal neighbours; they cost one comparison a character.
    let mut before = ' ';
    let mut solid = line.chars().filter(|c| !c.is_whitespace());
    if !solid.any(|c| std::mem::replace(&mut before, c) == c) {
        return (Vec::new(), None);
    }
    if let Some(run) = spaced(line) {
        return (vec![run], None);
    }
    let groups = groups(line.trim_end());
    let all = marks(&groups);
    let mut runs = Vec::new();
    let mut taken = vec![false; groups.len()];
    for strokes in [4, 3, 2] {
        let fits = |at: usize| groups[at].is_space() || groups[at].count.is_multiple_of(strokes);
        let mut start = 0;
        while start < groups.len() {
            if taken[start] || !fits(start) {
                start += 1;
                continue;
            }
            let end = (start..groups.len()).find(|&at| taken[at] || !fits(at)).unwrap_or(groups.len());
            let (first, last) = trim(&groups, start, end);
            let (first, last) = if strokes == 2 { without_natural_ends(&groups, first, last) } else { (first, last) };
            if last > first {
                let mut run = Run::new(&groups, first, last, strokes);
                // With more strokes only a run that convinces by itself may claim its place: `小小小小` is
                // four strokes of one character as well as a doubled word.
                if strokes == 2 || run.evidence(true).is_some() {
                    run.take_odd_marks(&groups, all, first, last);
                    taken[first..last].fill(true);
                    runs.push(run);
                }
            }
            start = end.max(start + 1);
        }
    }
    mark_figures(&groups, &mut runs);
    runs.sort_by_key(|run| run.groups[0].at);
    (runs, mostly(&groups))
}

/// Bold figures in a plain headline: all digits of the line stand in doubled runs. That five do so by chance
/// happens once in a hundred thousand lines that have five.
fn mark_figures(groups: &[Group], runs: &mut [Run]) {
    const FIGURES: usize = 5;
    let digit = |group: &&Group| group.c.is_ascii_digit();
    let all: usize = groups.iter().filter(digit).map(|group| group.count).sum();
    let own = |run: &Run| run.groups.iter().filter(digit).map(|group| group.count).sum::<usize>();
    // Where words are bold, figures behind them need not be.
    let words = |run: &Run| run.words() > 1 && !run.is_natural(1);
    if runs.iter().any(words) {
        return;
    }
    let doubled: Vec<&mut Run> = runs.iter_mut().filter(|run| run.strokes == 2 && own(run) > 0).collect();
    let covered: usize = doubled.iter().map(|run| own(run)).sum();
    let varied = doubled.iter().any(|run| run.groups.len() > 2);
    if covered == all && covered >= 2 * FIGURES && doubled.len() > 1 && varied {
        doubled.into_iter().for_each(|run| run.figures = true);
    }
}

/// The densest stretch of a line whose characters are doubled but for a few: the extractor lost single strokes.
fn mostly(groups: &[Group]) -> Option<Run> {
    /// What a single character costs, in doubled ones: more than half of a stretch must be doubled.
    const SINGLE: isize = 1;
    let natural = natural_words(groups);
    let points = |at: usize| match groups[at] {
        group if !group.is_word() && !group.c.is_numeric() => 0,
        group if group.count == 1 => -SINGLE,
        group if !group.is_word() || natural[at] => 0,
        _ => 1,
    };
    let (mut best, mut stretch) = (0, 0..0);
    let (mut sum, mut start) = (0, 0);
    for at in 0..groups.len() {
        sum += points(at);
        if sum < 0 {
            (sum, start) = (0, at + 1);
        } else if sum >= best && points(at) > 0 {
            (best, stretch) = (sum, start..at + 1);
        }
    }
    let inner = &groups[stretch.clone()];
    let doubled = stretch.clone().filter(|&at| points(at) > 0).count();
    // The strokes of most: `总总总第第第38期期期`.
    let strokes = (2..=4).max_by_key(|strokes| {
        (inner.iter().filter(|group| group.count == *strokes).count(), std::cmp::Reverse(*strokes))
    })?;
    let single = inner.iter().any(|group| !group.is_space() && group.count < strokes);
    let mut varied: Vec<char> = inner.iter().filter(|group| group.count > 1).map(|group| group.c).collect();
    varied.sort_unstable();
    varied.dedup();
    let (first, last) = widened(groups, stretch);
    let run = Run { partial: true, ..Run::new(groups, first, last, strokes) };
    // A label: all its line, with one character that lost its stroke.
    let label = run.alone && 4 * doubled >= 3 * groups.len();
    let least = if label { MOSTLY - 1 } else { MOSTLY };
    (single && doubled >= least && varied.len() >= least).then_some(run)
}

/// A stretch with the doubled marks that stand beside it.
fn widened(groups: &[Group], stretch: std::ops::Range<usize>) -> (usize, usize) {
    let mark = |at: &usize| groups[*at].count > 1 && !groups[*at].c.is_alphanumeric() && !groups[*at].is_space();
    let first = stretch.start.checked_sub(1).filter(mark).unwrap_or(stretch.start);
    let last = if stretch.end < groups.len() && mark(&stretch.end) { stretch.end + 1 } else { stretch.end };
    (first, last)
}

/// Which groups are of a word of the language that doubles its characters (家家户户).
fn natural_words(groups: &[Group]) -> Vec<bool> {
    let mut natural = vec![false; groups.len()];
    for at in 1..groups.len() {
        let (one, other) = (groups[at - 1], groups[at]);
        if one.count == 2 && other.count == 2 && is_han(one.c) && is_han(other.c) {
            let word: String = [one.c, one.c, other.c, other.c].iter().collect();
            if WORDS.has_word(&word) {
                natural[at - 1..=at].fill(true);
            }
        }
    }
    natural
}

/// Bytes of the marks that make a line a heading in Markdown: their number is its rank, and no stroke repeats them.
fn heading(line: &str) -> usize {
    let text = line.trim_start_matches('#');
    let title = text.trim_start_matches([' ', '\t']);
    let marks = line.len() - text.len();
    if (1..=6).contains(&marks) && title.len() < text.len() { line.len() - title.len() } else { 0 }
}

fn groups(line: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let start = heading(line);
    for (at, c) in line[start..].char_indices().map(|(at, c)| (start + at, c)) {
        match groups.last_mut() {
            Some(last) if last.c == c => last.count += 1,
            _ => groups.push(Group { at, c, count: 1, step: c.len_utf8(), keep: None }),
        }
    }
    groups
}

/// A line whose every character stands apart, each several times: `社 社 区 区 治 治 理 理`.
fn spaced(line: &str) -> Option<Run> {
    let start = line.len() - line.trim_start().len();
    let text = line.trim();
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (start + at, c)).collect();
    // Cheap for lines of text: their second character is no space.
    if chars.len() < 2 * 2 * SHORTEST - 1
        || chars.windows(2).any(|pair| !pair[0].1.is_whitespace() && !pair[1].1.is_whitespace())
    {
        return None;
    }
    let mut groups: Vec<Group> = Vec::new();
    for (index, &(at, c)) in chars.iter().enumerate() {
        if c.is_whitespace() {
            // Within a group, or between two.
            let alone = !chars[index - 1].1.is_whitespace() && !chars[index + 1].1.is_whitespace();
            match groups.last_mut() {
                _ if alone && chars[index - 1].1 == chars[index + 1].1 => {}
                Some(last) if last.is_space() => last.count += 1,
                _ => groups.push(Group { at, c, count: 1, step: c.len_utf8(), keep: None }),
            }
            continue;
        }
        match groups.last_mut() {
            Some(last) if last.c == c => {
                last.step = if last.count == 1 { at - last.at } else { last.step };
                // Strokes stand at one distance.
                (at == last.at + last.count * last.step).then_some(())?;
                last.count += 1;
            }
            _ => groups.push(Group { at, c, count: 1, step: c.len_utf8(), keep: None }),
        }
    }
    let solid = || groups.iter().filter(|group| !group.is_space());
    let strokes = [4, 3, 2].into_iter().find(|&strokes| solid().all(|group| group.count.is_multiple_of(strokes)))?;
    // A space between two characters goes with the strokes; a wider one parts clauses.
    for group in groups.iter_mut().filter(|group| group.is_space()) {
        group.keep = Some(usize::from(group.count > 1));
    }
    let run = Run { spaced: true, alone: true, edges: (true, true), ..Run::new(&groups, 0, groups.len(), strokes) };
    (run.letters() >= SHORTEST && run.groups.len() > 2).then_some(run)
}

/// Characters of `groups`, spaces aside.
fn marks(groups: &[Group]) -> usize {
    groups.iter().filter(|group| !group.is_space()).map(|group| group.count).sum()
}

/// Leaves out spaces at the ends, and dashes and dots there that are double by nature, unless all fits.
fn trim(groups: &[Group], start: usize, end: usize) -> (usize, usize) {
    let whole = start == 0 && end == groups.len();
    let drop =
        |group: &Group| group.is_space() || (!whole && matches!(group.c, '—' | '…' | '-' | '.' | '·' | '～' | '='));
    let first = (start..end).find(|&at| !drop(&groups[at])).unwrap_or(end);
    let last = (first..end).rev().find(|&at| !drop(&groups[at])).map_or(first, |at| at + 1);
    (first, last)
}

/// Leaves out a word that doubles by nature (密密麻麻) where bold text ends or starts beside plain text: what it would
/// become is no word.
fn without_natural_ends(groups: &[Group], first: usize, last: usize) -> (usize, usize) {
    let natural = |at: usize| {
        let (one, other) = (groups[at], groups[at + 1]);
        let word: String = [one.c, one.c, other.c, other.c].iter().collect();
        let half: String = [one.c, other.c].iter().collect();
        one.count == 2 && other.count == 2 && is_han(one.c) && WORDS.has_word(&word) && !WORDS.has_word(&half)
    };
    let long = |first: usize, last: usize| last >= first + SHORTEST + 2;
    let last = if last < groups.len() && long(first, last) && natural(last - 2) { last - 2 } else { last };
    let first = if first > 0 && long(first, last) && natural(first) { first + 2 } else { first };
    (first, last)
}

impl Run {
    fn new(groups: &[Group], first: usize, last: usize, strokes: usize) -> Self {
        let start = groups[..first].iter().all(|group| group.is_space());
        let edges = (start, last == groups.len());
        Self {
            groups: groups[first..last].to_vec(),
            strokes,
            alone: first == 0 && last == groups.len(),
            edges,
            figures: false,
            partial: false,
            spaced: false,
            cut: false,
            chained: false,
        }
    }

    /// The run of one group at a line's end or start.
    fn stub(at: usize, c: char, count: usize, strokes: usize) -> Self {
        let group = Group { at, c, count, step: c.len_utf8(), keep: None };
        Self::new(&[group], 0, 1, strokes)
    }

    pub(super) fn span(&self) -> std::ops::Range<usize> {
        let end =
            self.groups.last().map_or(0, |group| group.at + (group.count - 1) * group.step + group.c.len_utf8());
        self.groups[0].at..end
    }

    /// Letters, digits and Han characters once undoubled.
    pub(super) fn letters(&self) -> usize {
        let letters = self.groups.iter().filter(|group| group.c.is_alphanumeric());
        letters.map(|group| group.keep.unwrap_or(group.count / self.strokes)).sum()
    }

    /// Groups that are words or parts of words.
    pub(super) fn words(&self) -> usize {
        self.groups.iter().filter(|group| group.is_word()).count()
    }

    pub(super) fn sure(&self) -> bool {
        if self.partial {
            let doubled = self.groups.iter().filter(|group| group.is_word() && group.count > 1).count();
            return doubled >= MOSTLY_SURE && !self.is_natural(2);
        }
        self.letters() >= SURE && self.words() >= 3
    }

    /// Why the run is fake bold, if it is. `witness`: the page is doubled elsewhere.
    pub(super) fn evidence(&self, witness: bool) -> Option<Evidence> {
        let han = self.words();
        // No writer doubles a comma.
        let mark =
            |group: &Group| group.count > 1 && matches!(group.c, '，' | '、' | '；' | '：' | '“' | '”' | '（' | '）');
        // Nearly every character doubled is a pet name or an adverb in some dictionary (冬冬, 日日), so on a line of its
        // own on a doubled page only words of the pattern AABB count as natural.
        let natural = if witness && self.alone { 2 } else { 1 };
        match self.letters() {
            _ if self.sure() => Some(Evidence::LongRun),
            _ if self.chained && (self.cut || self.groups.iter().any(mark) || !self.is_natural(natural)) => {
                Some(Evidence::LongRun)
            }
            // Cells of a table stand apart, and two of them are often equal.
            _ if self.spaced => witness.then_some(Evidence::DoubledPage),
            _ if self.partial => witness.then_some(Evidence::DoubledPage),
            // A date or a price can be drawn bold too; a telephone number cannot be told from one.
            _ if han == 0 && self.figures => Some(Evidence::DoubledFigures),
            letters if han == 0 => {
                let alone = self.alone && letters >= SURE && self.groups.len() > 3;
                (witness && alone).then_some(Evidence::DoubledPage)
            }
            letters if letters >= SHORTEST && (witness || self.alone) => {
                let fake = han >= 2 && !self.is_natural(natural);
                fake.then_some(if witness { Evidence::DoubledPage } else { Evidence::OwnLine })
            }
            2 => (witness && self.alone && han == 2 && !self.is_natural(2)).then_some(Evidence::DoubledPage),
            _ => None,
        }
    }

    /// Whether the run is made of words that double by nature, each of `shortest` characters (看看, 家家户户) or more.
    fn is_natural(&self, shortest: usize) -> bool {
        if self.strokes != 2 || self.groups.iter().any(|group| !is_han(group.c) || group.count != 2) {
            return false;
        }
        let is_word = |groups: &[Group]| {
            let word: String = groups.iter().flat_map(|group| [group.c; 2]).collect();
            WORDS.has_word(&word)
        };
        let mut rest = self.groups.as_slice();
        while !rest.is_empty() {
            let Some(len) = (shortest..=2).rev().find(|&len| rest.len() >= len && is_word(&rest[..len])) else {
                return false;
            };
            rest = &rest[len..];
        }
        true
    }

    /// Takes in the marks beside a run that fills most of its line: OCR loses one of three quotes. `all` is how
    /// many characters the line has: counted once a line, for a page may be one line with a run in every clause.
    fn take_odd_marks(&mut self, groups: &[Group], all: usize, first: usize, last: usize) {
        let own = marks(&self.groups);
        let odd = |group: &&Group| group.count > 1 && !group.c.is_alphanumeric() && !group.is_space();
        if own * 100 < all * MOST || !self.sure() {
            return;
        }
        if let Some(before) = first.checked_sub(1).map(|at| &groups[at]).filter(odd) {
            self.groups.insert(0, *before);
        }
        if let Some(after) = groups.get(last).filter(odd) {
            self.groups.push(*after);
        }
    }

    /// The findings that leave one stroke of each. `line`: where the line starts.
    pub(super) fn thin(&self, line: usize, evidence: &Evidence, findings: &mut Vec<Finding>) {
        for group in &self.groups {
            let (Group { count, step, .. }, len) = (*group, group.c.len_utf8());
            if group.is_space() && group.keep.is_none() {
                continue;
            }
            let keep = group.keep.unwrap_or(((count + self.strokes / 2) / self.strokes).max(1));
            let last = group.at + (count - 1) * step + len;
            if keep == 0 {
                findings
                    .push(Finding { edit: Edit::delete(line + group.at, line + last), evidence: evidence.clone() });
            }
            for copy in 0..keep {
                let from = copy * self.strokes;
                let next = if copy + 1 == keep { count } else { (copy + 1) * self.strokes };
                let start = (group.at + from.min(count) * step + len).min(last);
                let end = if next >= count { last } else { group.at + next * step };
                if start < end {
                    let edit = Edit::delete(line + start, line + end);
                    findings.push(Finding { edit, evidence: evidence.clone() });
                }
            }
        }
    }
}

/// Makes one of the two halves of a group that a line end cut (`社社区区治` / `治理理`), if a run stands beside it. `upper`
/// and `lower` are the runs of two lines, one below the other, `above` and `below` their texts.
pub(super) fn mend_cut(above: &str, upper: &mut Vec<Run>, below: &str, lower: &mut Vec<Run>) {
    let (above, indent) = (above.trim_end(), below.len() - below.trim_start().len());
    let Some(c) = above.chars().next_back().filter(|c| below[indent..].starts_with(*c) && !c.is_whitespace()) else {
        return;
    };
    let here = above.chars().rev().take_while(|&other| other == c).count();
    let there = below[indent..].chars().take_while(|&other| other == c).count();
    let (end, start) = (above.len() - here * c.len_utf8(), indent + there * c.len_utf8());
    let before = upper.iter().rev().take(2).find(|run| run.words() > 1 && run.span().end >= end);
    let behind = lower.iter().take(2).find(|run| run.words() > 1 && run.span().start <= start);
    let Some(strokes) = before.or(behind).map(|run| run.strokes) else { return };
    if here.is_multiple_of(strokes) || !(here + there).is_multiple_of(strokes) {
        return;
    }
    // The halves leave the runs that took them for something else.
    if let Some(run) = upper.last_mut().filter(|run| run.span().end > end) {
        run.groups.retain(|group| group.at < end);
    }
    if let Some(run) = lower.first_mut().filter(|run| run.span().start < start) {
        run.groups.retain(|group| group.at >= start);
    }
    upper.retain(|run| !run.groups.is_empty());
    lower.retain(|run| !run.groups.is_empty());
    let keep = (here + there) / strokes;
    let kept = keep.min(here);
    let mut half = Run::stub(end, c, here, strokes);
    half.groups[0].keep = Some(kept);
    match upper.last_mut().filter(|run| run.span().end == end && run.strokes == strokes) {
        Some(run) => {
            run.groups.append(&mut half.groups);
            (run.cut, run.edges.1) = (true, true);
            run.alone = run.edges.0;
        }
        None => {
            upper.push(Run { cut: true, edges: (end == 0, true), alone: end == 0, ..half });
        }
    }
    let mut half = Run::stub(indent, c, there, strokes);
    half.groups[0].keep = Some(keep - kept);
    let whole = start == below.trim_end().len();
    match lower.first_mut().filter(|run| run.span().start == start && run.strokes == strokes) {
        Some(run) => {
            run.groups.insert(0, half.groups[0]);
            (run.cut, run.edges.0) = (true, true);
            run.alone = run.edges.1;
        }
        None => {
            lower.insert(0, Run { cut: true, edges: (true, whole), alone: whole, ..half });
        }
    }
}
