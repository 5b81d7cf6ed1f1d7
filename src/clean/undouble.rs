//! Undoubling: bold that a page drew in several strokes comes out with every character repeated.
//!
//! # What
//! A stretch of a line in which every character stands two, three or four times in a row, spaces aside.
//!
//! # Why
//! PDF writers fake a bold face by drawing a glyph again at a small offset, and extraction keeps every glyph.
//!
//! # Example
//! | line                                  | becomes                     |
//! |---------------------------------------|-----------------------------|
//! | `织织密密““微微网网格格””  惠惠及及家家家家户户户户` | `织密“微网格”  惠及家家户户` |
//! | `总总总第第第333888期期期`              | `总第38期`                   |
//! | `夏日送清凉夏日送清凉`                  | `夏日送清凉`                 |
//!
//! # Leaves alone
//! `家家户户`, `明明白白清清楚楚` (words of the language), `看看爷爷奶奶`, `哈哈哈哈`, `88888888`, `——`, `……`.
//! Four million characters of clean news hold two runs of six or more that are doubled throughout, and a
//! hundred of four in every million, most of them dictionary words. So six need no witness; three to five must
//! not be made of dictionary words, and must be alone on their line or on a page that is doubled elsewhere; two
//! need all of that.

use crate::lexicon::WORDS;
use crate::lexicon::chars::{is_han, is_letter};
use crate::model::{Edit, Evidence, Finding};

/// Characters, after undoubling, from which a doubled run needs no other evidence.
const SURE: usize = 6;
/// Characters, after undoubling, from which a run may stand within other text.
const SHORTEST: usize = 3;
/// Characters of a half from which a line that says everything twice is taken as one.
const SHORTEST_HALF: usize = 5;
/// Longest such half: a headline.
const LONGEST_HALF: usize = 60;
/// Share of a line in a run (in percent) from which its odd marks are held to be doubled too.
const MOST: usize = 70;

/// Deletes the repeated characters of fake bold.
pub(super) fn undouble(page: &str) -> Vec<Finding> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        lines.push((at, runs(line)));
        at += line.len();
    }
    // A page that doubles a long run doubles short labels too.
    let witness = |strokes| lines.iter().any(|(_, runs)| runs.iter().any(|run| run.sure() && run.strokes == strokes));
    let witnesses = [witness(2), witness(3), witness(4)];
    let mut findings: Vec<Finding> = Vec::new();
    for (at, runs) in &lines {
        for run in runs {
            if let Some(evidence) = run.evidence(witnesses[run.strokes - 2]) {
                run.thin(*at, &evidence, &mut findings);
            }
        }
    }
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let doubled = findings.partition_point(|finding| finding.edit.span.start < at);
        if findings.get(doubled).is_none_or(|finding| finding.edit.span.start >= at + line.len())
            && let Some(edit) = second_half(line, at)
        {
            findings.insert(doubled, Finding { edit, evidence: Evidence::SaidTwice });
        }
        at += line.len();
    }
    findings
}

/// A character and how often it stands there in a row.
#[derive(Clone, Copy, Debug)]
struct Group {
    at: usize,
    c: char,
    count: usize,
}

impl Group {
    fn is_space(self) -> bool {
        self.c.is_whitespace()
    }
}

/// A stretch of groups whose counts are all multiples of `strokes`.
#[derive(Clone, Debug)]
struct Run {
    groups: Vec<Group>,
    strokes: usize,
    /// Whether the line holds nothing else.
    alone: bool,
    /// Whether it is one of the figures of a line whose figures are all doubled.
    figures: bool,
}

/// The runs of a line, the most strokes first claimed.
fn runs(line: &str) -> Vec<Run> {
    // Most lines have no two equal neighbours; they cost one comparison a character.
    let mut pairs = line.chars().zip(line.chars().skip(1)).filter(|(a, b)| a == b && !a.is_whitespace());
    if pairs.nth(1).is_none() {
        return Vec::new();
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
            if last > first {
                let alone = first == 0 && last == groups.len();
                let mut run = Run { groups: groups[first..last].to_vec(), strokes, alone, figures: false };
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
    runs
}

/// Bold figures in a plain headline: all digits of the line stand in doubled runs. That five do so by chance
/// happens once in a hundred thousand lines that have five.
fn mark_figures(groups: &[Group], runs: &mut [Run]) {
    const FIGURES: usize = 5;
    let digit = |group: &&Group| group.c.is_ascii_digit();
    let all: usize = groups.iter().filter(digit).map(|group| group.count).sum();
    let own = |run: &Run| run.groups.iter().filter(digit).map(|group| group.count).sum::<usize>();
    let doubled: Vec<&mut Run> = runs.iter_mut().filter(|run| run.strokes == 2 && own(run) > 0).collect();
    let covered: usize = doubled.iter().map(|run| own(run)).sum();
    let varied = doubled.iter().any(|run| run.groups.len() > 2);
    if covered == all && covered >= 2 * FIGURES && doubled.len() > 1 && varied {
        doubled.into_iter().for_each(|run| run.figures = true);
    }
}

fn groups(line: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in line.char_indices() {
        match groups.last_mut() {
            Some(last) if last.c == c => last.count += 1,
            _ => groups.push(Group { at, c, count: 1 }),
        }
    }
    groups
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

impl Run {
    /// Letters, digits and Han characters once undoubled.
    fn letters(&self) -> usize {
        self.groups.iter().filter(|group| group.c.is_alphanumeric()).map(|group| group.count / self.strokes).sum()
    }

    fn sure(&self) -> bool {
        let words = self.groups.iter().filter(|group| is_han(group.c) || is_letter(group.c)).count();
        self.letters() >= SURE && words >= 3
    }

    /// Why the run is fake bold, if it is. `witness`: the page is doubled elsewhere.
    fn evidence(&self, witness: bool) -> Option<Evidence> {
        let han = self.groups.iter().filter(|group| is_han(group.c) || is_letter(group.c)).count();
        match self.letters() {
            _ if self.sure() => Some(Evidence::LongRun),
            // A date or a price can be drawn bold too; a telephone number cannot be told from one.
            _ if han == 0 && self.figures => Some(Evidence::DoubledFigures),
            letters if han == 0 => {
                let alone = self.alone && letters >= SURE && self.groups.len() > 3;
                (witness && alone).then_some(Evidence::DoubledPage)
            }
            // Nearly every character doubled is a pet name or an adverb in some dictionary (冬冬, 日日), so on a
            // line of its own on a doubled page only words of the pattern AABB count as natural.
            letters if letters >= SHORTEST && (witness || self.alone) => {
                let fake = han >= 2 && !self.is_natural(if witness && self.alone { 2 } else { 1 });
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

    /// The edits that leave one stroke of each.
    fn thin(&self, line: usize, evidence: &Evidence, findings: &mut Vec<Finding>) {
        for group in self.groups.iter().filter(|group| !group.is_space()) {
            let len = group.c.len_utf8();
            let keep = (group.count + self.strokes / 2) / self.strokes;
            let keep = keep.max(1);
            for copy in 0..keep {
                let start = line + group.at + (copy * self.strokes + 1).min(group.count) * len;
                let next = if copy + 1 == keep { group.count } else { (copy + 1) * self.strokes };
                let end = line + group.at + next.min(group.count) * len;
                if start < end {
                    findings.push(Finding { edit: Edit::delete(start, end), evidence: evidence.clone() });
                }
            }
        }
    }
}

/// The second half of a line that says all it says twice.
fn second_half(line: &str, at: usize) -> Option<Edit> {
    let line = line.trim_end();
    let middle = line.len() / 2;
    let (first, second) = (line.get(..middle)?.trim_end(), line.get(middle..)?.trim_start());
    if first != second {
        return None;
    }
    let letters = first.chars().filter(|&c| is_han(c) || is_letter(c)).count();
    // Who says a sentence twice means it (`很好，下次还来！很好，下次还来！`), and so does who says a word ten times.
    let sentence = first.contains(['，', '。', '！', '？', '；', ',', '!', '?', ';']);
    let chars: Vec<char> = first.chars().collect();
    let repeats = |period: usize| (period..chars.len()).all(|at| chars[at] == chars[at - period]);
    let varied = chars.len() <= LONGEST_HALF && !(1..=chars.len() / 2).any(repeats);
    (letters >= SHORTEST_HALF && varied && !sentence).then(|| Edit::delete(at + first.len(), at + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn thin(page: &str) -> String {
        Text::verbatim(page, 0).apply(&crate::clean::edits(&undouble(page))).to_string()
    }

    #[test]
    fn undoubles_fake_bold() {
        for (page, clean) in [
            ("织织密密““微微网网格格””  惠惠及及家家家家户户户户", "织密“微网格”  惠及家家户户"),
            ("22002255年年33月月88日日  第第1122期期", "2025年3月8日  第12期"),
            ("总总总第第第333888期期期 春春春风风风", "总第38期 春风"),
            ("层层层层递递递递进进进进", "层递进"),
            ("层层层层层层递递递递进进进进进进", "层层层递递进进进"),
            ("小小小小院院落落 大大文文章章", "小小院落 大文章"),
            ("AAII进进社社区区！！", "AI进社区！"),
            ("近近日日，，街街道道举举行行 启动仪式", "近日，街道举行 启动仪式"),
            ("街街道道通通知知", "街道通知"),
            ("一一一条条条老老老街街街的的的“““新新新生生生活活活””", "一条老街的“新生活”"),
            ("夏日送清凉夏日送清凉", "夏日送清凉"),
            ("335500天 66112299件事 热热闹闹一年", "350天 6129件事 热热闹闹一年"),
            ("August 2026August 2026", "August 2026"),
            ("新新风风尚尚进进万万家家\n短短讯讯\n家家户户\n", "新风尚进万家\n短讯\n家家户户\n"),
            ("新新风风尚尚进进万万家家\n夏夏日日提提醒醒\n", "新风尚进万家\n夏日提醒\n"),
        ] {
            assert_eq!(thin(page), clean);
        }
    }

    #[test]
    fn leaves_alone_what_is_double_by_nature() {
        for page in [
            "家家户户",
            "## 冷冷清清的院子",
            "短短讯讯",
            "明明白白清清楚楚做人",
            "明明白白清清楚楚",
            "看看爷爷奶奶",
            "哈哈哈哈哈哈",
            "电话88888888，66667777",
            "人人尽责、层层递进——实实在在办事……",
            "2024-11-11 22:00",
            "李丽丽和方圆圆",
            "加油加油",
            "很不错很不错很不错很不错",
            "很好，下次还来！很好，下次还来！",
            "恩恩怨怨对对错错的事",
            "==========",
            "谢谢谢谢",
        ] {
            assert_eq!(thin(page), page);
        }
    }
}
