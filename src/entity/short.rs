//! Divisions without their kind word (`上海`), and lists of them that share one (`静安、长宁两区`).
//!
//! In: a line, and its divisions with their kind word. Out: short names by the gazetteer, and what a list expands to.
//!
//! | text                     | divisions                        | because                                      |
//! |--------------------------|----------------------------------|----------------------------------------------|
//! | `上海首套`               | `上海`=`上海市`                  | a short name that is a word of its own here  |
//! | `陕西安康`               | `陕西`, `安康`=`安康市`          | 安康 is a word, but here its province stands before it |
//! | `浙江金华义乌`           | and `义乌`=`义乌市`              | the same, a level further down               |
//! | `静安、长宁两区`         | `静安区`, `长宁区`               | the gazetteer has both                       |
//! | `上海路`, `北京时间`     |                                  | parts of other names                         |

use super::coordination;
use super::found::{self, Found};
use super::line::Line;
use crate::lexicon::WORDS;
use crate::lexicon::divisions::{self, Division};
use crate::lexicon::table::CharSet;
use crate::model::EntityKind::Division as Kind;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What after a short name makes it part of another name.
const NAME_GOES_ON: &str = "路街巷里苑园楼桥湾庄村坊弄府寺塔湖河江山港湿大公广小新名话菜式";

/// Words after a short name that make one word with it.
const WORD_GOES_ON: [&str; 4] = ["时间", "精神", "模式", "烤鸭"];

/// Characters of the longest short name.
const LONGEST: usize = 5;

/// Characters of names in a list that share a kind word.
const ITEM: usize = 5;

static DOUBTFUL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| divisions::DOUBTFUL.iter().copied().collect());

/// First characters of short names, so that most places are passed by with one look.
static STARTS: LazyLock<CharSet> =
    LazyLock::new(|| divisions::short_names().filter_map(|division| division.key.chars().next()).collect());

/// Short names in `line`, where they are words of their own and none of `whole`, its divisions with their kind word,
/// covers them; and names that share a kind word.
pub(super) fn find(line: &Line, whole: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut parents = Parents { whole, next: 0, last: None };
    let mut start = 0;
    while start < line.len() {
        let parent = parents.before(line, start);
        let possible = STARTS.contains(line.at(start)) || parent.is_some();
        let short = if possible && !found::covers(whole, start) { short_at(line, start, parent) } else { None };
        let Some((division, length)) = short else {
            start += 1;
            continue;
        };
        let mention = Found::named(Kind, start..start + length, division.name.to_owned());
        found.push(Found { code: Some(division.code.to_string()), ..mention });
        start += length;
        parents.last = Some((start, division.code, parent));
    }
    found.extend(shared(line));
    found
}

/// The divisions of a line while it is read from left to right.
struct Parents<'a> {
    whole: &'a [Found],
    next: usize,
    /// Where the last short name ended, its code, and the division before it.
    last: Option<(usize, u32, Option<u32>)>,
}

impl Parents<'_> {
    /// The code of the division whose name ends at `at`, or that holds for all of a list (四川广安、广元).
    fn before(&mut self, line: &Line, at: usize) -> Option<u32> {
        while self.whole.get(self.next).is_some_and(|found| found.range.end < at) {
            self.next += 1;
        }
        let whole = self.whole.get(self.next).filter(|found| found.range.end == at);
        let whole = whole.and_then(|found| match divisions::called(&found.name) {
            [one] => Some(one.code),
            _ => None,
        });
        let last = self.last.and_then(|(end, code, parent)| match at.checked_sub(end)? {
            0 => Some(code),
            1 if matches!(line.at(end), '、' | '和') => parent,
            _ => None,
        });
        last.or(whole)
    }
}

fn short_at(line: &Line, start: usize, parent: Option<u32>) -> Option<(Division, usize)> {
    let longest = LONGEST.min(line.len() - start);
    let left = parent.is_some() || line.parts_words(start);
    if !left {
        return None;
    }
    (2..=longest).rev().find_map(|length| {
        let name = line.text(start..start + length);
        // 在和田务工: of the doubtful ones those that are places here.
        let visited = parent.is_none() && DOUBTFUL.contains(name) && is_visited(line, start);
        let division = if visited { of_highest_level(name) } else { called(name, parent) }?;
        ends_well(line, start, start + length, division.code).then_some((division, length))
    })
}

/// The division of the short name `name`: one within `parent`, else of the highest level.
fn called(name: &str, parent: Option<u32>) -> Option<Division> {
    let Some(parent) = parent else {
        return if DOUBTFUL.contains(name) { None } else { of_highest_level(name) };
    };
    let within = |code: u32| code != parent && divisions::parents(code).contains(&parent);
    short(name).find(|division| within(division.code)).or_else(|| divisions::below(parent, name))
}

fn of_highest_level(name: &str) -> Option<Division> {
    short(name).min_by_key(|division| (!division.code.is_multiple_of(10_000), division.code))
}

/// The divisions that have `name` for their short name.
fn short(name: &str) -> impl Iterator<Item = Division> {
    divisions::called(name).iter().filter(|division| !division.is_whole()).copied()
}

/// Whether the word that starts at `start` is a place that someone is in, goes to or comes from.
fn is_visited(line: &Line, start: usize) -> bool {
    const LEADS: [&str; 9] = ["在", "到", "来自", "从", "去", "赴", "前往", "远在", "老家"];
    let place =
        line.words_from(start).first().is_some_and(|word| word.start == start && matches!(word.tag, "ns" | "nr"));
    place && LEADS.iter().any(|lead| line.ends_with(start, lead))
}

/// Whether a short name that ends at `end` is a word of its own there, or a part of it stands before another
/// (甘肃|兰州, which the dictionary has as one word).
fn ends_well(line: &Line, start: usize, end: usize, code: u32) -> bool {
    let next = || {
        (2..=LONGEST).any(|length| {
            end + length <= line.len()
                && line.parts_words(end + length)
                && called(line.text(end..end + length), Some(code)).is_some()
        })
    };
    // 云杉科技（上海）有限公司
    let in_name = line.before(start) == '（' && line.at(end) == '）';
    let goes_on = NAME_GOES_ON.contains(line.at(end)) || WORD_GOES_ON.iter().any(|word| line.starts_with(end, word));
    !in_name && (!goes_on && line.parts_words(end) || next())
}

/// `静安、长宁两区`, `虹桥、北新泾两个街道`: names in a counted list with one kind word.
fn shared(line: &Line) -> Vec<Found> {
    let mut found = Vec::new();
    for end in 2..=line.len() {
        if !matches!(line.before(end), '区' | '县' | '市' | '镇' | '乡' | '道') {
            continue;
        }
        let kind = if line.ends_with(end, "街道") { 2 } else { 1 };
        let head = end - kind;
        let Some(list_end) = counted(line, head) else { continue };
        let word = line.text(head..end);
        let items = coordination::items(line, list_end);
        let names: Vec<String> = items.iter().map(|item| format!("{}{word}", line.text(item.clone()))).collect();
        let known = |name: &String| divisions::called(name).iter().any(Division::is_whole);
        let shaped = |item: &Range<usize>| (2..=ITEM).contains(&item.len()) && !line.ends_division(item.end);
        let all = if matches!(word, "镇" | "乡" | "街道") {
            // Towns may be on no list; then none of them may be a word.
            names.iter().any(known) || items.iter().all(|item| !WORDS.has_word(line.text(item.clone())))
        } else {
            names.iter().all(known)
        };
        if items.len() > 1 && all && items.iter().all(shaped) {
            found.extend(items.into_iter().zip(names).map(|(item, name)| Found::named(Kind, item, name)));
        }
    }
    found
}

/// Where the list before a number and a head ends: before `两` of `静安、长宁两区`, `三个` of `三个街道`.
fn counted(line: &Line, head: usize) -> Option<usize> {
    if line.before(head) == '个' {
        return coordination::announced(line, head).map(|announced| announced.end);
    }
    let numeral = "两三四五六七八九十".contains(line.before(head));
    numeral.then(|| if line.before(head - 1) == '等' { head - 2 } else { head - 1 })
}

/// Short forms of whole names that the article has (`北河` beside `北河区`), and the names they stand for.
pub(super) fn aliases(found: &[Found]) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    for name in found.iter().map(|found| &found.name) {
        let core =
            ["街道", "新区", "区", "县", "镇", "乡", "市", "省"].iter().find_map(|kind| name.strip_suffix(kind));
        if let Some(core) =
            core.filter(|core| core.chars().count() >= 2 && (!WORDS.has_word(core) || is_place_word(core)))
        {
            aliases.entry(core.to_owned()).or_insert_with(|| name.clone());
        }
    }
    aliases
}

/// Whether the dictionary knows `word` as a place and nothing else.
fn is_place_word(word: &str) -> bool {
    WORDS.tag(word, false).first().is_some_and(|tag| tag.word == word && matches!(tag.tag, "ns"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::division;
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found_in(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        let whole = division::find_whole(&mut line);
        shown(&line, &find(&line, &whole))
    }

    #[test]
    fn names_without_their_kind_word() {
        table(
            &[
                ("上海首套设备", "上海=上海市"),
                ("在杭州务工", "杭州=杭州市"),
                ("来自台湾", "台湾=台湾省"),
                ("陕西安康的茶", "陕西=陕西省 安康=安康市"),
                ("甘肃兰州，黄河", "甘肃=甘肃省 兰州=兰州市"),
                ("浙江金华义乌", "浙江=浙江省 金华=金华市 义乌=义乌市"),
                ("四川广安、广元", "四川=四川省 广安=广安市 广元=广元市"),
                ("海南三亚", "海南=海南省 三亚=三亚市"),
                ("静安、长宁两区", "静安=静安区 长宁=长宁区"),
                ("石岚、白岚、青岚三个街道", "石岚=石岚街道 白岚=白岚街道 青岚=青岚街道"),
            ],
            found_in,
        );
    }

    #[test]
    fn other_words_stay_out() {
        nothing(
            &["上海路", "南京大学", "北京时间", "居民、商户两区", "重庆菜", "安康的日子", "党员、干部两镇"],
            found_in,
        );
    }
}
