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
    // B12三个网格: digits and numerals are two numbers.
    let digits = line.before(measure).is_ascii_digit();
    let mut start = measure;
    while start > 0 && numeral(start) && line.before(start).is_ascii_digit() == digits {
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

/// The mentions of a list whose head word starts at `head`, counted or not: items without a head of their own.
pub(super) fn shared(
    line: &Line,
    kind: EntityKind,
    head: usize,
    word: &str,
    is_whole: impl Fn(&Line, usize) -> bool,
) -> Vec<Found> {
    let list = announced(line, head).or_else(|| announced_briefly(line, head, word));
    list.map_or_else(Vec::new, |list| expanded(line, kind, &list, word, is_whole))
}

fn expanded(
    line: &Line,
    kind: EntityKind,
    announced: &Announced,
    word: &str,
    is_whole: impl Fn(&Line, usize) -> bool,
) -> Vec<Found> {
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
    const HEADS: [&str; 8] = ["居民区", "社区", "小区", "村", "居委会", "嘎查", "村民小组", "居民小组"];
    let mut found = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        if !matches!(strength, Strength::Sure | Strength::Single | Strength::Office) {
            continue;
        }
        let (at, head) = (end - length, line.text(end - length..end));
        // 村 of 村民小组.
        if !HEADS.contains(&head) || head == "村" && line.at(end) == '民' || community::inside_word(line, at, end) {
            continue;
        }
        match announced(line, at).or_else(|| announced_briefly(line, at, head)) {
            Some(list) => found.extend(expanded(line, Community, &list, head, whole_items(line, &list))),
            None => found.extend(uncounted(line, at, head)),
        }
    }
    found
}

/// The number right before a head (`云杉、青岚两社区`), or a list without one (`云杉、青岚等社区`).
fn announced_briefly(line: &Line, head: usize, word: &str) -> Option<Announced> {
    let before = line.before(head);
    if before == '等' {
        let items = items(line, head - 1);
        let named = items.iter().all(|item| is_unknown(line, item) || names_place(line.text(item.clone())));
        return (items.len() > 1 && named).then_some(Announced { end: head - 1, count: items.len() });
    }
    // 第三网格, 一、二网格; 云杉三村 is a name.
    if head < 2 || matches!(line.before(head - 1), '第' | '、' | '\n') {
        return None;
    }
    let count = number(before.encode_utf8(&mut [0; 4])).filter(|_| word != "村" && !before.is_ascii())?;
    let end = if line.before(head - 1) == '等' { head - 2 } else { head - 1 };
    (items(line, end).len() == count && count > 1).then_some(Announced { end, count })
}

/// Tells items that have a head of their own: sure suffixes, lanes, and weak suffixes if all have one (`石家庄、李家庄`,
/// not `云岭` of `翠湖、云岭两个小区`).
fn whole_items(line: &Line, list: &Announced) -> impl Fn(&Line, usize) -> bool {
    let strength = |line: &Line, end| community::suffix(line, end).map(|(_, strength)| strength);
    let all = items(line, list.end).iter().all(|item| strength(line, item.end).is_some());
    // 栗山路206、208弄等2个小区: lanes are addresses. 云杉家园A区 is a part of one.
    let lane = |c: char| c.is_ascii_digit() || matches!(c, '弄' | '号' | '）' | '区');
    move |line, end| lane(line.before(end)) || strength(line, end).is_some_and(|own| all || own != Strength::Weak)
}

/// 云杉 of `云杉、青岚社区`: without a number only names that are in no dictionary share the head.
fn uncounted(line: &Line, head: usize, word: &str) -> Vec<Found> {
    let items = items(line, head);
    let Some((last, rest)) = items.split_last() else { return Vec::new() };
    let unknown = |item: &Range<usize>| is_unknown(line, item) && (2..=4).contains(&item.len());
    // 栗岚社区张三、青岚社区: a person of a community, who is no item.
    let after_head = |item: &Range<usize>| line.ends_with(item.start, word);
    if !unknown(last) || !rest.iter().all(unknown) || rest.iter().any(after_head) {
        return Vec::new();
    }
    rest.iter()
        .map(|item| Found::named(Community, item.clone(), format!("{}{word}", line.text(item.clone()))))
        .collect()
}

/// Whether an item is in no dictionary, so that it can only be a name.
fn is_unknown(line: &Line, item: &Range<usize>) -> bool {
    let text = line.text(item.clone());
    item.len() > 1
        && !WORDS.has_word(text)
        && !boundary::is_listed(text)
        && !matches!(community::suffix(line, item.end), Some((_, strength)) if strength != Strength::Weak)
}

/// Whether a word of the dictionary is a name, or one that committees are called after.
fn names_place(text: &str) -> bool {
    let proper =
        || WORDS.tag(text, false).first().is_some_and(|tag| tag.word == text && role::PROPER.contains(&tag.tag));
    !boundary::is_listed(text) && (role::is_name_word(text) || proper())
}

/// Names that a counted list shows to be communities although their suffix is weak (`石坳村、栗家坪两个村`).
pub(super) fn listed(line: &Line) -> Vec<String> {
    let mut names = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        if !matches!(strength, Strength::Sure | Strength::Single) {
            continue;
        }
        let (at, head) = (end - length, line.text(end - length..end));
        if let Some(announced) = announced(line, at).or_else(|| announced_briefly(line, at, head)) {
            let items = items(line, announced.end);
            if items.iter().all(|item| community::suffix(line, item.end).is_some()) {
                names.extend(items.into_iter().map(|range| line.text(range).to_owned()));
            }
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
                ("翠溪、栗波、云岭三个小区", "翠溪=翠溪小区 栗波=栗波小区 云岭=云岭小区"),
                ("翠溪、栗波等小区先后完成", "翠溪=翠溪小区 栗波=栗波小区"),
                ("栗岚、青岙两社区", "栗岚=栗岚社区 青岙=青岙社区"),
                ("黄泥塝、鹅掌坪两个村民小组", "黄泥塝=黄泥塝村民小组 鹅掌坪=鹅掌坪村民小组"),
                ("王家庄、李家庄两个村", ""),
                ("云杉家园A区、B区两个小区", ""),
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
                "物业、业委会等小区组织",
                "栗岚社区施大山、青岚社区",
            ],
            found,
        );
    }
}
