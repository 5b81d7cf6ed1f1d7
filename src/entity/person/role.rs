//! The office of a person (身份): in full, as the text states it.
//!
//! In: a line and a name. Out: what stands before the name, in brackets behind it, or as its title.
//!
//! | text                                     | role                                     |
//! |------------------------------------------|------------------------------------------|
//! | `栗山街道党工委副书记杜若`               | `栗山街道党工委副书记`                   |
//! | `云杉网格网格长、街道党委书记杜若`       | both                                     |
//! | `杜若（社区民警）`, `杜若校长`           | `社区民警`, `校长`                       |
//! | `网格员甲、志愿者乙`                     | each its own                             |
//! | `居民杜若、何秀珠`                       | `居民` for both; a sole office for none but the first |

use super::{BEFORE, is_office, office_end};
use crate::entity::boundary::{self, Role};
use crate::entity::found::Found;
use crate::entity::line::{Line, Word, is_name_char};

/// Characters that a whole office may have.
const LIMIT: usize = 40;
/// Characters of an office in brackets.
const BRACKETED: usize = 20;
/// Forms of address that say what someone is. 阿姨 and 老人 do not.
const TITLES: [&str; 8] = ["书记", "主任", "老师", "医生", "教授", "院士", "律师", "教练"];
/// Words that lead to a name and say nothing of who bears it.
const NO_OFFICE: [&str; 4] = ["叫", "名叫", "叫做", "名叫做"];
/// How offices end that one person has.
const SOLE: [&str; 14] =
    ["书记", "主任", "长", "主席", "经理", "总监", "负责人", "老板", "妻子", "丈夫", "儿子", "女儿", "父亲", "母亲"];

/// The office that ends right before `at`; `named`, sorted by start, are the places and bodies of the line.
pub(super) fn before(line: &Line, at: usize, named: &[Found]) -> Option<String> {
    let at = office_end(line, at);
    let office = BEFORE.longest(line.upto(at)).filter(|entry| !NO_OFFICE.contains(&entry.word))?;
    Some(line.text(whole(line, at - office.length, at, named)..at).to_owned())
}

/// The office behind the name that ends at `end`: in brackets, or as a form of address.
pub(super) fn after(line: &Line, end: usize) -> Option<String> {
    if line.at(end) == '（' {
        let close = (end + 1..end + BRACKETED).find(|&at| !is_name_char(line.at(at)) && line.at(at) != '、')?;
        let is_role = line.at(close) == '）' && BEFORE.longest(line.upto(close)).is_some();
        return is_role.then(|| line.text(end + 1..close).to_owned());
    }
    if let Some(title) = TITLES.iter().find(|title| line.starts_with(end, title)) {
        return Some((*title).to_owned());
    }
    let word = line.words_from(end).first().filter(|word| word.start == end)?;
    let title = line.text(word.start..word.end);
    (title.ends_with('长') && is_office(title)).then(|| title.to_owned())
}

/// The office of the name before in a list, where several can have it: 居民甲、乙.
pub(super) fn shared(last: Option<&Found>) -> Option<String> {
    last?.role.clone().filter(|role| !SOLE.iter().any(|sole| role.ends_with(sole)))
}

/// Where an office that is known from `start` on begins with what it is the office of, and with the offices before it
/// that the same person has.
fn whole(line: &Line, start: usize, end: usize, named: &[Found]) -> usize {
    let floor = end.saturating_sub(LIMIT);
    let mut start = body(line, start, floor, named);
    while line.before(start) == '、' && start > floor + 1 {
        let Some(other) = BEFORE.longest(line.upto(start - 1)).filter(|entry| sole(entry.word)) else { break };
        start = body(line, start - 1 - other.length, floor, named);
    }
    start
}

fn sole(office: &str) -> bool {
    SOLE[..6].iter().any(|sole| office.ends_with(sole))
}

/// Where the name of the body, the place or the kind begins that stands before an office.
fn body(line: &Line, start: usize, floor: usize, named: &[Found]) -> usize {
    let mut first = start;
    loop {
        // 栗山街道总工会 is one word here.
        let next = named.partition_point(|found| found.range.start < first);
        let before = &named[next.saturating_sub(super::LOOK_BACK)..next];
        if let Some(found) = before.iter().find(|found| found.range.end == first && found.range.start >= floor) {
            first = found.range.start;
            continue;
        }
        let words = line.words(first);
        let at = words.partition_point(|word| word.end < first);
        match words.get(at).filter(|word| word.end == first && word.start >= floor) {
            Some(word) if is_of_office(line, words, at) => first = word.start,
            _ => return first,
        }
    }
}

/// Whether a word belongs to the office behind it: a noun, but not 昨天, 带着, 一位.
fn is_of_office(line: &Line, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let noun = word.tag.starts_with(['n', 'b', 'j', 's'])
        || word.end - word.start == 1
            && !word.tag.starts_with(['v', 'p', 'd', 'u', 'c', 'r', 't', 'y', 'm', 'q', 'f']);
    noun && (!matches!(boundary::role(line, words, at), Role::Stop | Role::Soft)
        || BEFORE.has(line.text(word.start..word.end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::table;
    use crate::model::Place;

    #[test]
    fn offices_are_whole() {
        table(
            &[
                ("栗山街道党工委副书记|", "栗山街道党工委副书记"),
                ("云杉网格网格长、街道党工委书记|", "云杉网格网格长、街道党工委书记"),
                ("昨天，社区民警|", "社区民警"),
                ("来自栗岚社区的志愿者|", "志愿者"),
                ("两位楼组长|", "楼组长"),
                ("感谢网格员|", "网格员"),
                ("党员、居民|", "居民"),
                ("老人叫|", ""),
            ],
            |text| {
                let text = text.replace('|', "");
                let line = Line::new(Place::Title, &text);
                before(&line, line.len(), &[]).unwrap_or_default()
            },
        );
    }

    #[test]
    fn offices_stand_behind_too() {
        table(
            &[
                ("|（社区民警）提醒", "社区民警"),
                ("|（左一）", ""),
                ("|校长和", "校长"),
                ("|书记说", "书记"),
                ("|阿姨说", ""),
            ],
            |text| {
                let text = text.replace('|', "何秀珠");
                let line = Line::new(Place::Title, &text);
                after(&line, 3).unwrap_or_default()
            },
        );
    }
}
