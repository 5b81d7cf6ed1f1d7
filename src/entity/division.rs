//! Divisions (行政区划): provinces, cities, districts, counties, streets, towns.
//!
//! In: a line. Out: its divisions; whole names by the gazetteer or by their form, short names by the gazetteer.
//!
//! | text                         | divisions              | because                                     |
//! |------------------------------|------------------------|---------------------------------------------|
//! | `北河区石桥镇召开会议`       | `北河区`, `石桥镇`     | by form: neither need be on any list        |
//! | `上海首套`                   | `上海`=`上海市`        | a short name that is a word of its own here |
//! | `社区`, `城市`, `城镇`       |                        | the dictionary has them as words            |
//! | `上海路`                     |                        | the road                                    |

use super::boundary;
use super::found::Found;
use super::line::Line;
use crate::lexicon::WORDS;
use crate::lexicon::divisions::{self, Division};
use crate::lexicon::table::CharSet;
use crate::model::EntityKind::Division as Kind;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Characters before the kind word of a name that is on no list. Longer ones are minority names, which are listed.
const CORE: usize = 5;

/// The last character of every kind word.
const ENDS: [char; 12] = ['省', '市', '区', '县', '道', '镇', '乡', '旗', '州', '盟', '团', '场'];

/// What after a short name makes it part of another name.
const NAME_GOES_ON: [char; 27] = [
    '路', '街', '巷', '里', '苑', '园', '楼', '桥', '湾', '庄', '村', '坊', '弄', '府', '寺', '塔', '湖', '河', '山',
    '港', '湿', '大', '公', '广', '小', '新', '名',
];

static SHORT: LazyLock<FxHashMap<&'static str, Division>> = LazyLock::new(|| {
    divisions::short_names()
        .filter(|division| !divisions::DOUBTFUL.contains(&division.key))
        .map(|division| (division.key, division))
        .collect()
});

/// First characters of short names, so that most places are passed by with one look.
static SHORT_STARTS: LazyLock<CharSet> =
    LazyLock::new(|| SHORT.keys().filter_map(|name| name.chars().next()).collect());

/// Whole names in `line`, in order. Leaves them in `line.divisions`, where other rules find their boundaries.
pub(super) fn find_whole(line: &mut Line) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for end in 1..=line.len() {
        if !ENDS.contains(&line.before(end)) {
            continue;
        }
        let floor = found.last().map_or(0, |last| last.range.end);
        let Some(range) = listed(line, end, floor).or_else(|| by_form(line, end, floor)) else { continue };
        line.divisions.push(range.clone());
        found.push(Found::plain(Kind, line, range));
    }
    found
}

/// The longest name of the gazetteer that ends at `end`.
fn listed(line: &Line, end: usize, floor: usize) -> Option<Range<usize>> {
    let longest = divisions::LONGEST.min(end - floor);
    let shortest = if matches!(line.before(end), '团' | '场') { 4 } else { 2 };
    let start = (shortest..=longest).rev().map(|length| end - length).find(|&start| {
        let name = line.text(start..end);
        divisions::called(name).iter().any(|division| division.key == division.name) && !is_common(name)
    })?;
    let core_end = if line.ends_with(end, "街道") { end - 2 } else { end - 1 };
    if boundary::is_stop(line.text(start..core_end)) && !ends_with_kind(line, start) {
        return None;
    }
    let goes_on = line.at(end) == '镇' || line.starts_with(end, "街道") && line.before(end) != '道';
    let word_before = !line.parts_words(start) && end - start <= 3 && !ends_with_kind(line, start);
    if goes_on || part_of_road(line, end) || word_before {
        return None;
    }
    // A listed name may be the tail of a longer one that is on no list: 小石桥街道.
    match by_form(line, end, floor) {
        Some(longer) if longer.start < start && start - longer.start == 1 && !line.parts_words(start) => Some(longer),
        _ => Some(start..end),
    }
}

/// A name that is on no list.
fn by_form(line: &Line, end: usize, floor: usize) -> Option<Range<usize>> {
    let kind = if line.ends_with(end, "街道") {
        2
    } else if line.ends_with(end, "自治县") || line.ends_with(end, "自治州") {
        3
    } else if matches!(line.before(end), '区' | '市' | '县' | '镇' | '乡') {
        1
    } else {
        return None;
    };
    if end - floor <= kind || part_of_road(line, end) {
        return None;
    }
    let words = line.words(end);
    let word = words.iter().rev().find(|word| word.start < end)?;
    // 社区, 城市, 乡镇: the kind word is the tail of a word.
    if kind == 1 && (word.end > end || end - word.start > 1 && word.tag != "ns") {
        return None;
    }
    let core = boundary::core(line, end - kind, floor)?;
    let length = core.len();
    let alone = kind == 1 && matches!(line.before(end), '区' | '市');
    let whole = matches!(line.at(core.start), '全' | '各' | '比' | '本');
    let shape = core.named && !whole && core.firm && (2..=CORE).contains(&length);
    let digits = line.chars[core.start..core.end].iter().any(char::is_ascii_alphanumeric);
    let inner = ["社", "小", "园", "片", "校", "居民", "住", "厂", "新", "景", "院", "辖", "街", "商", "城", "老城"];
    let tail = inner.iter().any(|tail| line.ends_with(core.end, tail)) && kind == 1;
    let backed = !alone || core.start == floor && floor > 0 || office_follows(line, end);
    (shape && !digits && !tail && backed).then_some(core.start..end)
}

/// A district or city that is on no list must show that it is one: by what stands after it.
fn office_follows(line: &Line, end: usize) -> bool {
    const OFFICES: [&str; 12] =
        ["委", "政府", "人民", "法院", "检察", "公安", "教育局", "民政", "住", "纪委", "监委", "总工会"];
    let next = (3..=8)
        .find(|&length| matches!(line.before(end + length), '镇' | '乡') || line.ends_with(end + length, "街道"));
    OFFICES.iter().any(|office| line.starts_with(end, office))
        || next.is_some_and(|length| line.clause(end).end >= end + length)
}

fn is_common(name: &str) -> bool {
    const ZONES: [&str; 6] = ["园区", "开发区", "示范区", "管理区", "度假区", "产业区"];
    ZONES.iter().any(|zone| name.ends_with(zone))
        || matches!(
            name,
            "街道"
                | "市区"
                | "城区"
                | "矿区"
                | "郊区"
                | "城镇"
                | "乡镇"
                | "集镇"
                | "集市"
                | "新区"
                | "地区"
                | "林场"
                | "农场"
        )
}

fn ends_with_kind(line: &Line, end: usize) -> bool {
    end == 0 || line.ends_division(end)
}

/// 石桥镇路, 解放区大道: the kind word belongs to a road.
fn part_of_road(line: &Line, end: usize) -> bool {
    matches!(line.at(end), '路' | '巷' | '弄') || line.starts_with(end, "大道") || line.starts_with(end, "大街")
}

/// Short names in `line` (`上海`), where they are words of their own and no whole name covers them.
pub(super) fn find_short(line: &Line, whole: &[Found]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < line.len() {
        let length = if SHORT_STARTS.contains(line.at(start)) && !super::found::covers(whole, start) {
            short_at(line, start)
        } else {
            None
        };
        if let Some((division, length)) = length {
            found.push(Found::named(Kind, start..start + length, division.name.to_owned()));
        }
        start += length.map_or(1, |(_, length)| length);
    }
    found
}

fn short_at(line: &Line, start: usize) -> Option<(Division, usize)> {
    let lengths = [4, 3, 2].into_iter().filter(|length| start + length <= line.len());
    let (division, length) =
        lengths.into_iter().find_map(|length| Some((*SHORT.get(line.text(start..start + length))?, length)))?;
    let end = start + length;
    let own = line.parts_words(start) && line.parts_words(end);
    // 云杉科技（上海）有限公司
    let in_name = line.before(start) == '（' && line.at(end) == '）';
    (own && !in_name && !NAME_GOES_ON.contains(&line.at(end))).then_some((division, length))
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

/// Fills in codes: a name of one division has its code; one of several is told apart by the article's other names.
pub(super) fn link<'a>(found: impl Iterator<Item = &'a mut Found>) {
    let mut found: Vec<&mut Found> = found.collect();
    let names: HashSet<String> = found.iter().map(|found| found.name.clone()).collect();
    let sure: HashSet<u32> = names.iter().filter_map(|name| only(divisions::called(name))).collect();
    let chosen: HashMap<String, u32> = names
        .into_iter()
        .filter_map(|name| Some((choose(divisions::called(&name), &sure)?, name)))
        .map(|(code, name)| (name, code))
        .collect();
    for found in &mut found {
        found.code = chosen.get(&found.name).map(u32::to_string);
    }
}

fn only(called: &[Division]) -> Option<u32> {
    match called {
        [one] => Some(one.code),
        _ => None,
    }
}

/// The one of `called` that the article's sure divisions lie around or within; none if two do.
fn choose(called: &[Division], sure: &HashSet<u32>) -> Option<u32> {
    if let Some(code) = only(called) {
        return Some(code);
    }
    let near = |code: u32| {
        let upper = parents(code);
        sure.iter().filter(|&&other| upper.contains(&other) || parents(other).contains(&code)).count()
    };
    let mut ranked: Vec<(usize, u32)> = called.iter().map(|division| (near(division.code), division.code)).collect();
    ranked.sort_unstable();
    match ranked[..] {
        [.., (second, _), (first, code)] if first > second => Some(code),
        _ => None,
    }
}

/// The divisions that `code` lies in: district, city, province.
fn parents(code: u32) -> [u32; 3] {
    let district = if code > 999_999 { code / 1000 } else { code };
    [district, district / 100 * 100, district / 10_000 * 10_000]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        let mut found = find_whole(&mut line);
        found.extend(find_short(&line, &found));
        shown(&line, &found)
    }

    #[test]
    fn by_list_form_and_short_name() {
        table(
            &[
                ("上海市普陀区曹杨新村街道", "上海市 普陀区 曹杨新村街道"),
                ("走进云岚区栗山街道", "云岚区 栗山街道"),
                ("近日，栗山街道召开会议", "栗山街道"),
                ("栗溪县人民法院", "栗溪县"),
                ("上海首套设备", "上海=上海市"),
                ("在杭州务工", "杭州=杭州市"),
                ("来自台湾", "台湾=台湾省"),
            ],
            found,
        );
    }

    #[test]
    fn ordinary_words_stay_out() {
        nothing(
            &[
                "社区居民",
                "各街道",
                "城市更新",
                "乡镇干部",
                "居民区和小区",
                "全市各区",
                "辖区单位",
                "上海路12号",
                "超市",
                "步行街道路",
            ],
            found,
        );
    }

    #[test]
    fn one_name_of_many_is_told_by_its_neighbours() {
        let mut line = Line::new(Place::Title, "吉林省长春市朝阳区");
        let mut found = find_whole(&mut line);
        link(found.iter_mut());
        assert_eq!(found.last().and_then(|found| found.code.as_deref()), Some("220104"));
    }
}
