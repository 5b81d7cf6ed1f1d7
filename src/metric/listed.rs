//! Names that a number announces. In: a figure and what stands beside it. Out: whether as many are listed.
//!
//! | text                         | count | because                                           |
//! |------------------------------|-------|---------------------------------------------------|
//! | `云杉、青松两个小区`         | 2     | the names touch the figure                        |
//! | `两个小区（云杉、青松）`     | 2     | brackets behind hold them                         |
//! | `云杉、青松等五个小区`       | none  | 等 leaves some out                                |
//! | `云杉社区、青松社区5个小区`  | none  | estates are counted and not communities           |
//!
//! As many items as the number says agree, whatever they are; too few or too many disagree only if each is a name of
//! the kind that is counted.

use super::check::Said;
use super::figure::Figure;
use super::known::alike;
use super::unit::Class;
use super::window;
use crate::model::{Check, EntityKind, Mention, Rule, TextSpan};

/// Most names that are listed in a sentence.
const NAMES_MAX: f64 = 20.0;
/// Most characters of an item that is no recognised name.
const ITEM_MAX: usize = 10;
/// Most characters of a list.
const LIST_MAX: usize = 160;

/// Holds the figure at `at` against the names beside it.
pub(super) fn count(said: &Said<'_>, at: usize) -> Option<Check> {
    let figure = said.exact(at).filter(|figure| figure.class() == Some(Class::Count) && figure.start == figure.at)?;
    let stated = figure.number.high.value();
    let times = matches!(figure.unit_name(), Some("批" | "次" | "轮" | "回" | "期" | "遍" | "趟" | "场"));
    if times || !(2.0..=NAMES_MAX).contains(&stated) {
        return None;
    }
    let floor = at.checked_sub(1).and_then(|before| said.figures.get(before)).map_or(0, |last| last.end);
    let (items, open) = before(said, figure, floor).or_else(|| behind(said, figure, at))?;
    let found = items.len() as f64;
    let names: Vec<Option<&Mention>> = items.iter().map(|&item| name_at(said, item)).collect();
    let sure = !open && names.iter().all(|name| name.is_some_and(|name| is_counted(said, figure, name)));
    let agrees = found == stated;
    let judged = agrees || sure;
    judged.then_some(Check { agrees, rule: Rule::Count, stated, expected: found, against: items })
}

/// The items of `甲、乙和丙` that end where the figure starts, and whether the list may leave some out.
fn before(said: &Said<'_>, figure: &Figure, floor: usize) -> Option<(Vec<TextSpan>, bool)> {
    let lead = window::back(&said.text[floor..figure.start], LIST_MAX);
    let (lead, open) = match lead.strip_suffix('等') {
        Some(lead) => (lead, true),
        None => (lead, false),
    };
    // 云杉、青松分两处, 各有两个: what stands between is no name.
    if lead.ends_with(['分', '各', '共', '有', '设', '配', '需']) {
        return None;
    }
    let from = figure.start - lead.len() - if open { "等".len() } else { 0 };
    let clause =
        lead.rfind(window::ends_clause).map_or(0, |end| end + lead[end..].chars().next().map_or(1, char::len_utf8));
    let mut items = pieces(lead, from, clause);
    // 组织走访云杉、青松两个小区: where the first item begins, only its name tells.
    let first = *items.first()?;
    let near = &said.names[said.names.partition_point(|name| name.span.start < first.start)..];
    let near = near.iter().take_while(|name| name.span.start < first.end);
    let name = near.filter(|name| name.span.end == first.end).last();
    if let (Some(name), Some(item)) = (name, items.first_mut()) {
        item.start = name.span.start;
    }
    // 八幢楼、两个院: here 、 parts figures.
    (items.len() > 1 && items.iter().all(|item| item.start < item.end)).then_some((items, open))
}

/// The items in the brackets behind the figure and its noun, or behind a colon.
fn behind(said: &Said<'_>, figure: &Figure, at: usize) -> Option<(Vec<TextSpan>, bool)> {
    let ceiling = said.figures.get(at + 1).map_or(said.text.len(), |next| next.start);
    let rest = said.text.get(figure.end..ceiling)?;
    let noun = window::list_after(rest);
    let (mark, closes) = match rest[noun.len()..].chars().next()? {
        '（' => ('（', '）'),
        '：' => ('：', '。'),
        _ => return None,
    };
    let from = figure.end + noun.len() + mark.len_utf8();
    let list = window::forward(&said.text[from..ceiling], LIST_MAX);
    let list = &list[..list.find(closes)?];
    let open = list.ends_with('等') || noun.chars().count() > ITEM_MAX || closes == '。';
    let items = pieces(list, from, 0);
    (items.len() > 1 && !list.contains(window::ends_clause)).then_some((items, open))
}

/// What 、 and the last 和 part in `list`, which starts at `from`; only what stands behind `clause`.
fn pieces(list: &str, from: usize, clause: usize) -> Vec<TextSpan> {
    let mut items = Vec::new();
    let mut start = clause;
    for (at, mark) in list[clause..].match_indices('、') {
        items.push(TextSpan::new(from + start, from + clause + at));
        start = clause + at + mark.len();
    }
    if items.is_empty() {
        return items;
    }
    let last = &list[start..];
    match last.char_indices().skip(1).find(|&(_, c)| matches!(c, '和' | '与' | '及')) {
        Some((and, c)) if last.len() > and + c.len_utf8() => {
            items.push(TextSpan::new(from + start, from + start + and));
            items.push(TextSpan::new(from + start + and + c.len_utf8(), from + list.len()));
        }
        _ => items.push(TextSpan::new(from + start, from + list.len())),
    }
    items
}

/// The name that `item` is and no more.
fn name_at<'a>(said: &Said<'a>, item: TextSpan) -> Option<&'a Mention> {
    let first = said.names.partition_point(|name| name.span.start < item.start);
    said.names[first..].iter().take(2).find(|name| name.span == item)
}

/// Whether `name` is of what the figure counts: 小区 of 云杉小区.
fn is_counted(said: &Said<'_>, figure: &Figure, name: &Mention) -> bool {
    if name.kind == EntityKind::Person {
        return alike(figure.unit_name(), Some("人"));
    }
    let behind = window::forward(&said.text[figure.end..], ITEM_MAX);
    (2..=4).any(|length| {
        let end = behind.char_indices().nth(length).map_or(behind.len(), |(end, _)| end);
        name.name.ends_with(&behind[..end]) && behind[..end].chars().count() == length
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::checked;

    #[test]
    fn counts_names() {
        for (sentence, expected) in [
            ("云杉小区、青松小区两个小区完成改造。", "2 count ok"),
            ("云杉小区、青松小区和白桦小区三个小区完成改造。", "3 count ok"),
            ("云杉小区、青松小区和白桦小区四个小区完成改造。", "4 count not 3"),
            ("餐厅、书屋、诊室三处场所开放。", "3 count ok"),
            ("餐厅、书屋、诊室四处场所开放。", ""),
            ("三个小区（云杉小区、青松小区、白桦小区）完成改造。", "3 count ok"),
            ("四个小区（云杉小区、青松小区、白桦小区）完成改造。", "4 count not 3"),
            ("评出先进集体、两名标兵。", ""),
            ("云杉小区、青松小区分两批改造。", ""),
            ("云杉小区、青松小区各两个门。", ""),
            ("云杉小区、青松小区等五个小区完成改造。", ""),
            ("云杉社区、青松社区5个小区完成改造。", ""),
        ] {
            assert_eq!(checked(sentence), expected, "{sentence}");
        }
    }
}
