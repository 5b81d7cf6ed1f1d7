//! Divisions (行政区划): provinces, cities, districts, counties, streets, towns.
//!
//! In: a line. Out: its divisions with their kind word, by the gazetteer or by their form. Names without it: `short`.
//!
//! | text                         | divisions              | because                                     |
//! |------------------------------|------------------------|---------------------------------------------|
//! | `北河区石桥镇召开会议`       | `北河区`, `石桥镇`     | by form: neither need be on any list        |
//! | `社区`, `城市`, `城镇`       |                        | the dictionary has them as words            |
//! | `上海路`                     |                        | the road                                    |

use super::boundary;
use super::found::Found;
use super::line::Line;
use super::role;
use crate::lexicon::divisions::{self, Division};
use crate::model::EntityKind::Division as Kind;
use std::ops::Range;

/// Characters before the kind word of a name that is on no list. Longer ones are minority names, which are listed.
const CORE: usize = 5;

/// The last character of every kind word.
const ENDS: [char; 13] = ['省', '市', '区', '县', '道', '镇', '乡', '旗', '州', '盟', '团', '场', '木'];

/// Whole names in `line`, in order. Leaves them in `line.divisions`, where other rules find their boundaries.
pub(super) fn find_whole(line: &mut Line) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for end in 1..=line.len() {
        if !ENDS.contains(&line.before(end)) {
            continue;
        }
        let floor = found.last().map_or(0, |last| last.range.end);
        // 惜福镇街道 is more than a town.
        if line.starts_with(end, "街道") && listed(line, end + 2, floor).is_some_and(|longer| longer.start < end) {
            continue;
        }
        // 古县渡镇 goes on from 古县.
        let near = found.last().filter(|last| end - last.range.end <= 2);
        let longer = near.and_then(|last| {
            let longer = listed(line, end, last.range.start)?;
            (longer.start == last.range.start).then_some(longer)
        });
        if longer.is_some() {
            found.pop();
            line.divisions.pop();
        }
        let range = longer.or_else(|| listed(line, end, floor)).or_else(|| by_form(line, end, floor));
        let Some(range) = range else { continue };
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
        divisions::called(name).iter().any(Division::is_whole) && !is_common(name)
    })?;
    let core_end = if line.ends_with(end, "街道") { end - 2 } else { end - 1 };
    if role::is_stop(line.text(start..core_end)) && !ends_with_kind(line, start) {
        return None;
    }
    // 和县 of 省和县, 于城镇 of 位于城镇.
    let joined = "和于与及同".contains(line.at(start)) && super::line::is_name_char(line.before(start));
    let common = line.text(start + 1..end);
    if joined && !ends_with_kind(line, start) && (common.chars().count() == 1 || is_common(common))
        || inside(line, start..end)
    {
        return None;
    }
    let goes_on = line.at(end) == '镇'
        || line.starts_with(end - 1, "乡村")
        || line.starts_with(end, "街道") && line.before(end) != '道';
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
    let kind = if line.ends_with(end, "街道") || line.ends_with(end, "苏木") {
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
    // 发展乡镇, 宜居乡村
    if line.before(end) == '乡' && matches!(line.at(end), '镇' | '村') {
        return None;
    }
    let core = boundary::core(line, end - kind, floor)?;
    let length = core.len();
    let alone = kind == 1 && matches!(line.before(end), '区' | '市');
    let minority = if line.ends_with(end, "苏木") { 2 * CORE } else { CORE };
    let shape = core.named && core.firm && (2..=minority).contains(&length) && !joins(line, &core.range());
    let digits = line.chars[core.start..core.end].iter().any(char::is_ascii_alphanumeric);
    let counted = "一二两三四五六七八九十".contains(line.before(core.end)) && length > 2;
    let tail = counted || GENERIC_TAILS.iter().any(|tail| line.ends_with(core.end, tail)) && kind == 1;
    // 产粮大县, 财政困难县
    if line.before(end) == '县' && has_common_word(line, &core.range()) {
        return None;
    }
    let backed = !alone || core.start == floor && floor > 0 || office_follows(line, end);
    (shape && !digits && !tail && backed).then_some(core.start..end)
}

/// What before 区 or 镇 makes a common noun of it: 园区, 古镇.
const GENERIC_TAILS: [&str; 26] = [
    "社", "小", "园", "片", "校", "居民", "住", "厂", "新", "景", "院", "辖", "街", "商", "城", "老城", "高新",
    "经开", "古", "集", "重", "强", "名", "特色", "矿", "开发",
];

/// Whether the stretch before a kind word is no name but speaks of several divisions, or of all: 区和街道, 占全街道.
fn joins(line: &Line, core: &Range<usize>) -> bool {
    if "各全本该某".contains(line.at(core.start)) {
        return true;
    }
    let words = line.words(core.end);
    let first = words.partition_point(|word| word.start < core.start);
    let own = words[first..].iter().take_while(|word| word.start < core.end);
    own.filter(|word| word.end - word.start == 1)
        .any(|word| "区市县镇乡与及全占各本该某比".contains(line.at(word.start)))
}

/// Whether one of the words of `core` is a common one.
fn has_common_word(line: &Line, core: &Range<usize>) -> bool {
    let words = line.words(core.end);
    let first = words.partition_point(|word| word.start < core.start);
    let mut own = words[first..].iter().take_while(|word| word.start < core.end);
    own.any(|word| word.end - word.start > 1 && !role::PROPER.contains(&word.tag))
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
                | "老城区"
                | "高新区"
                | "经开区"
                | "核心区"
                | "自贸区"
                | "保税区"
                | "工业区"
                | "商务区"
                | "小城镇"
                | "中心镇"
                | "省市县"
        )
}

/// Whether a word that is no place begins before a name and holds its end: 上山下乡.
fn inside(line: &Line, range: Range<usize>) -> bool {
    let words = line.words(range.end);
    let word = words.partition_point(|word| word.start < range.end).checked_sub(1).map(|at| &words[at]);
    word.is_some_and(|word| word.start < range.start && word.end >= range.end && word.tag != "ns")
}

fn ends_with_kind(line: &Line, end: usize) -> bool {
    end == 0 || line.ends_division(end)
}

/// 石桥镇路, 解放区大道: the kind word belongs to a road.
fn part_of_road(line: &Line, end: usize) -> bool {
    let village = line.at(end) == '路' && matches!(line.at(end + 1), '庄' | '家' | '村' | '边' | '口');
    matches!(line.at(end), '路' | '巷') && !village || line.starts_with(end, "大道") || line.starts_with(end, "大街")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        let found = find_whole(&mut line);
        shown(&line, &found)
    }

    #[test]
    fn by_list_and_form() {
        table(
            &[
                ("上海市普陀区曹杨新村街道", "上海市 普陀区 曹杨新村街道"),
                ("走进云岚区栗山街道", "云岚区 栗山街道"),
                ("近日，栗山街道召开会议", "栗山街道"),
                ("栗溪县人民法院", "栗溪县"),
                ("在额木尔苏木放牧", "额木尔苏木"),
                ("云南省怒江州的山", "云南省 怒江州"),
                ("鄱阳县古县渡镇", "鄱阳县 古县渡镇"),
                ("城阳区惜福镇街道", "城阳区 惜福镇街道"),
                ("四团镇路家村", "四团镇"),
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
                "区和街道",
                "占全街道",
                "青岚古镇",
                "特色小镇",
                "兄弟街道",
                "白岚两镇",
                "省和县、市和县",
                "位于城镇中心",
                "发展乡镇企业",
                "宜居宜业和美乡村",
                "产粮大县",
                "老城区最大的市场",
            ],
            found,
        );
    }
}
