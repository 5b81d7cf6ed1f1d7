//! Coordination: several names that share one head word.
//!
//! In: the place where a list of names ends. Out: the ranges of its items, and with the head their full names.
//!
//! | text                               | names                                              |
//! |------------------------------------|----------------------------------------------------|
//! | `云杉、青岚、栗山三个综合网格`     | `云杉综合网格`, `青岚综合网格`, `栗山综合网格`     |
//! | `云杉和青岚两个居民区`             | `云杉居民区`, `青岚居民区`                         |
//! | `云杉一期、后期两个小区`           | `云杉一期`, `云杉后期`                             |
//! | `党员、居民两个群体`               | none: no head that names anything                  |

use super::boundary;
use super::community::{self, Strength};
use super::found::Found;
use super::line::{Line, Suffix};
use super::role;
use crate::lexicon::WORDS;
use crate::model::EntityKind::{self, Community};
use std::ops::Range;

/// Items a list may have.
const ITEMS: usize = 30;
/// Characters between the number and the head (`四个商品房小区`).
const MODIFIER: usize = 6;
/// Characters of an item without a head of its own.
const BARE_ITEM: usize = 6;

/// Where a counted list ends, and how many items are announced.
pub(super) struct Announced {
    pub(super) end: usize,
    pub(super) count: usize,
}

/// The number and measure word before a head that starts at `head`: `三个` of `三个综合网格`.
pub(super) fn announced(line: &Line, head: usize) -> Option<Announced> {
    let numeral = |at: usize| line.before(at).is_ascii_digit() || "一二两三四五六七八九十".contains(line.before(at));
    let measures = |at: usize| matches!(line.at(at), '个' | '大' | '处' | '家' | '座') && numeral(at);
    let measure = (head.saturating_sub(MODIFIER)..head)
        .rev()
        .find(|&at| !super::line::is_name_char(line.at(at)) || measures(at))?;
    if !measures(measure) {
        return None;
    }
    let mut start = measure;
    while start > 0 && (line.before(start).is_ascii_digit() || "一二两三四五六七八九十".contains(line.before(start)))
    {
        start -= 1;
    }
    let count = number(line.text(start..measure))?;
    // 云杉、青岚等三个网格
    let end = if line.before(start) == '等' { start - 1 } else { start };
    (count >= 2).then_some(Announced { end, count })
}

/// A small number.
pub(super) fn number(text: &str) -> Option<usize> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c| "零一二三四五六七八九".chars().position(|digit| digit == c).or((c == '两').then_some(2));
    let chars: Vec<char> = text.chars().collect();
    match chars[..] {
        ['十'] => Some(10),
        [c] => digit(c),
        ['十', unit] => Some(10 + digit(unit)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', unit] => Some(10 * digit(ten)? + digit(unit)?),
        _ => None,
    }
}

/// The items of the list that ends at `end`, in order.
pub(super) fn items(line: &Line, end: usize) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut end = end;
    while items.len() < ITEMS {
        let Some(start) = item_start(line, end) else { break };
        items.push(start..end);
        match line.before(start) {
            '、' | '和' | '与' | '及' => end = start - 1,
            _ => break,
        }
    }
    items.reverse();
    items
}

fn item_start(line: &Line, end: usize) -> Option<usize> {
    let inner = bracket_start(line, end, '）', '（').unwrap_or(end);
    if let Some(start) = bracket_start(line, end, '”', '“') {
        return Some(start);
    }
    boundary::core(line, inner, 0)
        .filter(|core| core.named || inner < end || is_phase(line, &core.range()))
        .map(|core| core.start)
}

/// Where the bracket or quotation that closes before `end` opens, if it is a short one.
pub(super) fn bracket_start(line: &Line, end: usize, close: char, open: char) -> Option<usize> {
    if line.before(end) != close {
        return None;
    }
    let speech = |at: &usize| matches!(line.at(*at), '。' | '，' | '？' | '！' | '；');
    (end.saturating_sub(12)..end - 1).rev().take_while(|at| !speech(at)).find(|&at| line.at(at) == open)
}

fn is_phase(line: &Line, range: &Range<usize>) -> bool {
    line.before(range.end) == '期' && range.len() <= 3
}

/// The mentions of a counted list whose head word starts at `head`: items without a head of their own.
pub(super) fn counted(
    line: &Line,
    kind: EntityKind,
    head: usize,
    word: &str,
    is_whole: impl Fn(&Line, usize) -> bool,
) -> Vec<Found> {
    let Some(announced) = announced(line, head) else { return Vec::new() };
    let items = items(line, announced.end);
    if items.len() < 2 {
        return Vec::new();
    }
    let skip = items.len().saturating_sub(announced.count);
    let mut family = String::new();
    let mut found = Vec::new();
    for range in items.into_iter().skip(skip) {
        let text = line.text(range.clone());
        if is_phase(line, &range) && !family.is_empty() {
            found.push(Found::named(kind, range, format!("{family}{text}")));
        } else if is_whole(line, range.end) || range.len() > BARE_ITEM {
            family.clear();
        } else if let Some(stem) = phase_stem(text) {
            family = stem;
            found.push(Found::named(kind, range, text.to_owned()));
        } else {
            found.push(Found::named(kind, range, format!("{text}{word}")));
        }
    }
    found
}

/// 云杉 of 云杉一期.
fn phase_stem(text: &str) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    (chars.pop()? == '期' && chars.pop().is_some() && chars.len() >= 2).then(|| chars.into_iter().collect())
}

/// Communities named by a counted list: `云杉、青岚两个居民区`.
pub(super) fn communities(line: &Line) -> Vec<Found> {
    const HEADS: [&str; 5] = ["居民区", "社区", "小区", "村", "居委会"];
    let mut found = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        if !matches!(strength, Strength::Sure | Strength::Single | Strength::Office) {
            continue;
        }
        let head = line.text(end - length..end);
        if HEADS.contains(&head) {
            // 栗山路206、208弄等2个小区: lanes are addresses.
            let lane = |c: char| c.is_ascii_digit() || matches!(c, '弄' | '号' | '）');
            let whole = |line: &Line, end| lane(line.before(end)) || community::suffix(line, end).is_some();
            found.extend(counted(line, Community, end - length, head, whole));
            found.extend(uncounted(line, end - length, head));
        }
    }
    found
}

/// 云杉 of `云杉、青岚社区`: without a number only names that are in no dictionary share the head.
fn uncounted(line: &Line, head: usize, word: &str) -> Vec<Found> {
    let items = items(line, head);
    let Some((last, rest)) = items.split_last() else { return Vec::new() };
    let unknown = |item: &Range<usize>| {
        let text = line.text(item.clone());
        (2..=4).contains(&item.len())
            && !WORDS.has_word(text)
            && !role::is_listed(text)
            && community::suffix(line, item.end).is_none()
    };
    if !unknown(last) || !rest.iter().all(unknown) {
        return Vec::new();
    }
    rest.iter()
        .map(|item| Found::named(Community, item.clone(), format!("{}{word}", line.text(item.clone()))))
        .collect()
}

/// Names that a counted list shows to be communities although their suffix is weak (`石坳村、栗家坪两个村`).
pub(super) fn listed(line: &Line) -> Vec<String> {
    let mut names = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        if !matches!(strength, Strength::Sure | Strength::Single) {
            continue;
        }
        if let Some(announced) = announced(line, end - length) {
            names.extend(items(line, announced.end).into_iter().map(|range| line.text(range).to_owned()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let line = Line::new(Place::Title, text);
        shown(&line, &communities(&line))
    }

    #[test]
    fn items_take_the_head() {
        table(
            &[
                ("走进云杉、青岚两个居民区", "云杉=云杉居民区 青岚=青岚居民区"),
                ("云杉和青岚、栗山三个社区最密", "云杉=云杉社区 青岚=青岚社区 栗山=栗山社区"),
                ("共有云杉一期、后期、柳叶公寓三个商品房小区", "云杉一期 后期=云杉后期"),
                ("柳叶公寓、云杉苑两个小区", ""),
                ("走访栗岚、青岙等5个社区", "栗岚=栗岚社区 青岙=青岙社区"),
                ("走访栗岚、青岙社区", "栗岚=栗岚社区"),
            ],
            found,
        );
    }

    #[test]
    fn what_names_nothing_stays_out() {
        nothing(
            &[
                "三个社区",
                "党员、居民两个群体",
                "物业、居委会两个单位的小区",
                "有一个小区",
                "物业、栗岚社区",
                "来到栗岚社区",
            ],
            found,
        );
    }
}
