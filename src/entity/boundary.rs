//! Where a name begins. In: the place where its core ends, that is, where the suffix starts. Out: a `Core`.
//!
//! Chinese names carry no mark at their left end. The walk goes left, word by word, and stops at what cannot
//! be part of a name: a mark, a preposition, a verb, a particle, a counted noun, a division, another name.
//!
//! | text, suffix              | core   | stopped by                                    |
//! |---------------------------|--------|-----------------------------------------------|
//! | `走进云杉` 苑             | `云杉` | the verb                                      |
//! | `北河区石桥镇云杉` 社区   | `云杉` | the division                                  |
//! | `在建设` 新村               | `建设` | 在; places are named after some verbs |
//! | `8个零星` 小区            | none   | only generic words are left                   |

use super::line::{Line, Word};
use super::role::{OWNERS, is_rare, listed};
pub(super) use super::role::{Role, is_listed, is_stop, role};
use super::syllable::{LEADS, Syllable, as_syllable, is_lane};
use std::ops::Range;

/// Characters a core may have. Company names, the longest, stay below; what is longer is a clause without a verb.
const CORE_LIMIT: usize = 20;

/// What stands before a suffix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Core {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It holds a word that can be a name.
    pub(super) named: bool,
    /// It holds a word of praise and nothing that is more of a name.
    pub(super) slogan: bool,
    /// That word, if it is one, is a verb, a time, a number: praise is doubtful anywhere, these only in some places.
    pub(super) verbal: bool,
    pub(super) praise: bool,
    /// It is a word so rare that it may be a piece of a name.
    pub(super) rare: bool,
    /// Something that is surely no part of the name stands before it.
    pub(super) firm: bool,
}

impl Core {
    /// A core that is a name beyond doubt.
    pub(super) fn sure(start: usize, end: usize) -> Self {
        Self { start, end, named: true, slogan: false, verbal: false, praise: false, rare: false, firm: true }
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The core that ends at `end`, at most reaching back to `floor`; none where no word can be part of it.
pub(super) fn core(line: &Line, end: usize, floor: usize) -> Option<Core> {
    if line.ends_division(end) {
        return None;
    }
    let clause = line.clause(end);
    let floor = floor.max(clause.start).max(end.saturating_sub(CORE_LIMIT));
    let opening = after_opening(line, end, floor);
    let words = line.words(end);
    let upto = words.partition_point(|word| word.start < end);
    let (mut start, mut firm) = (end, true);
    let mut taken: Vec<(usize, Role)> = Vec::new();
    let mut syllable = None;
    for at in (0..upto).rev() {
        let word = &words[at];
        if start <= floor || line.ends_division(start) {
            break;
        }
        if word.start < floor {
            firm = false;
            break;
        }
        // 走|进水|口: the dictionary joins the end of a verb with the name.
        if let Some(opening) = opening.filter(|&opening| word.start < opening) {
            if opening < start && word.end > opening {
                start = opening;
                taken.push((start, Role::Name));
            }
            break;
        }
        // A word that the suffix cuts in two counts by what stands before the cut.
        // 栗山街道|社区: the dictionary joins what belongs to two names.
        if let Some(division) = line.division_end_in(word.start + 1..word.end.min(end)) {
            if division < start {
                start = division;
                taken.push((start, listed(line, start..word.end.min(end)).unwrap_or(Role::Name)));
            }
            break;
        }
        let role = match with_rare(line, words, at, start..end) {
            // What stands before a function word that is a syllable is one as well.
            _ if syllable == Some(Syllable::WithNext) => Role::Name,
            // 解放东路, but not 建设口袋公园.
            // 建新|东路
            Role::Verbal | Role::Rare if start < end && is_road(line, start) => Role::Name,
            Role::Verbal if end - start > 1 => Role::Stop,
            role => role,
        };
        // 鸿运里小区: nobody says 里 before 小区 and means inside.
        let lane = start == end && is_lane(line, words, at);
        let soft = role == Role::Soft && !lane;
        syllable = if soft { as_syllable(line, words, at, floor, start == end) } else { None };
        if role == Role::Stop || soft && syllable.is_none() {
            firm = role == Role::Stop || listed(line, word.start..word.end).is_some();
            break;
        }
        start = word.start;
        taken.push((start, role));
        // 启运|小区: what stands before a verb is no part of its name.
        if role == Role::Rare && word.end >= end {
            break;
        }
    }
    // 大七村|云杉府: the kind word ends another name.
    if let [.., (next, _), (first, Role::Generic)] = taken[..]
        && "村组区镇县市省".contains(line.at(first))
        && next == first + 1
        && first > floor
        && line.parts_words(first)
        && matches!(line.before(first), '\u{4E00}'..='\u{9FFF}')
        && !LEADS.contains(line.before(first))
    {
        taken.pop();
        start = next;
    }
    // A generic word of one character is a prefix of what follows: 老城, 大桥.
    while let [.., (next, _), (first, Role::Generic)] = taken[..]
        && next - first > 1
        && taken.iter().any(|&(_, role)| matches!(role, Role::Name | Role::Slogan))
    {
        taken.pop();
        start = next;
    }
    let has = |wanted: Role| taken.iter().any(|&(_, role)| role == wanted);
    // 治|共享|和谐: one syllable among words of praise is a piece of a word, and no name.
    let ends: Vec<usize> = std::iter::once(end).chain(taken.iter().map(|&(start, _)| start)).collect();
    let named: usize = taken
        .iter()
        .zip(&ends)
        .filter(|((_, role), _)| matches!(role, Role::Name | Role::Soft))
        .map(|(&(start, _), &end)| end - start)
        .sum();
    let named = named > 1 || named == 1 && !has(Role::Slogan);
    (start < end).then(|| Core {
        start,
        end,
        named,
        slogan: has(Role::Slogan) || has(Role::Verbal),
        rare: has(Role::Rare),
        verbal: has(Role::Verbal) && !has(Role::Slogan),
        praise: has(Role::Slogan),
        firm,
    })
}

/// Where the last word ends that a place follows, if one stands near before `end`: words of two characters that no name
/// has, which the dictionary may cut in two.
fn after_opening(line: &Line, end: usize, floor: usize) -> Option<usize> {
    const NEAR: usize = 6;
    let nearest = (floor + 2).max(end.saturating_sub(NEAR));
    (nearest..end).rev().find(|&at| match line.before(at) {
        '进' => line.before(at - 1) == '走',
        '到' => line.before(at - 1) == '来',
        '住' => line.before(at - 1) == '家',
        '于' => line.before(at - 1) == '位',
        '自' => line.before(at - 1) == '来',
        _ => false,
    })
}

/// Whether the last word of a road's or a building's name starts at `at`: 东路, 大厦.
fn is_road(line: &Line, at: usize) -> bool {
    let side = usize::from("东西南北中前后大".contains(line.at(at)));
    matches!(line.at(at + side), '路' | '街' | '巷')
        || ["大厦", "广场", "大楼"].iter().any(|kind| line.starts_with(at, kind))
}

/// As [`role_before`]; a verb that hardly anybody uses may be the name (启运|里) or begin it (留城|寺).
fn with_rare(line: &Line, words: &[Word], at: usize, taken: Range<usize>) -> Role {
    let role = role_before(line, words, at, taken.end);
    let begins = match taken.len() {
        0 => true,
        1 => OWNERS.contains(line.at(taken.start)),
        _ => is_road(line, taken.start),
    };
    if role == Role::Stop && begins && is_rare(line, &words[at]) { Role::Rare } else { role }
}

/// As [`role`]; a word that the suffix cuts in two counts by what stands before the cut.
fn role_before(line: &Line, words: &[Word], at: usize, end: usize) -> Role {
    let word = &words[at];
    if word.end > end { listed(line, word.start..end).unwrap_or(Role::Name) } else { role(line, words, at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn before(text: &str, suffix: &str) -> String {
        let whole = format!("{text}{suffix}");
        let line = Line::new(Place::Title, &whole);
        match core(&line, text.chars().count(), 0) {
            Some(core) if core.named => line.text(core.range()).to_owned(),
            Some(core) if core.slogan => format!("({})", line.text(core.range())),
            _ => "-".to_owned(),
        }
    }

    #[test]
    fn stops_at_what_is_no_name() {
        let rows = [
            ("走进云杉", "苑", "云杉"),
            ("依托石榴物业在栗园", "新村", "栗园"),
            ("居民来到瑞和", "苑", "瑞和"),
            ("在建设", "新村", "(建设)"),
            ("位于青岚", "花园", "青岚"),
            ("惠及团结", "社区", "(团结)"),
            ("规划建设屋顶", "花园", "-"),
            ("10月", "网格", "-"),
            ("老旧", "小区", "-"),
            ("8个零星", "小区", "-"),
            ("各", "居民区", "-"),
            ("建设幸福", "家园", "(幸福)"),
            ("居民和", "小区", "-"),
            ("服务", "社区", "-"),
        ];
        for (text, suffix, name) in rows {
            assert_eq!(before(text, suffix), name, "{text}|{suffix}");
        }
    }
}
