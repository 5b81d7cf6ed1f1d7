//! Places (地点): roads and addresses, rivers, parks, squares, halls.
//!
//! In: a line. Out: places; a road with its number is one address.
//!
//! | text                    | places                | because                                 |
//! |-------------------------|-----------------------|-----------------------------------------|
//! | `位于栗山东路908号`    | `栗山东路908号`      | the number belongs to the road          |
//! | `栗山路206、208弄`      | `栗山路206弄`, `栗山路208弄` | two lanes of one road            |
//! | `东濒青岚江`            | `青岚江`              |                                         |
//! | `马路`, `走路`, `市场`  |                       | ordinary words                          |

use super::boundary::{self, Role};
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::lexicon::classed;
use crate::lexicon::table::Endings;
use crate::model::EntityKind::Place;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters of a road's core; longer ones are phrases.
const ROAD_CORE: usize = 5;
/// Digits of a house number.
const DIGITS: usize = 6;
/// Characters of the number of an underground line, and of a station's name.
const NUMBER: usize = 3;
const STATION: usize = 9;
/// Parts of an address behind the house number: house, floor, room.
const PARTS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Road,
    Water,
    Sight,
    /// A name by itself: 二环路.
    Whole,
}

const CLASSES: [(&str, Class); 4] =
    [("road", Class::Road), ("water", Class::Water), ("sight", Class::Sight), ("whole", Class::Whole)];

static SUFFIXES: LazyLock<Endings<Class>> =
    LazyLock::new(|| classed(include_str!("../lexicon/place_suffixes.tsv"), &CLASSES).collect());

/// Places in `line`, in order; `named`, sorted by their ends, are the names that a place's name does not reach over.
pub(super) fn find(line: &Line, named: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for end in 1..=line.len() {
        if !SUFFIXES.may_end(line.before(end)) {
            continue;
        }
        let Some(suffix) = SUFFIXES.longest(line.upto(end)) else { continue };
        let (length, class) = (suffix.length, suffix.value);
        let floor = named[..named.partition_point(|other| other.range.end <= end - length)]
            .last()
            .map_or(0, |other| other.range.end);
        let Some(start) = start(line, end - length, end, floor, class, &found) else { continue };
        while found.last().is_some_and(|last| last.range.start >= start) {
            found.pop();
        }
        if found.last().is_some_and(|last| last.range.end > start) {
            continue;
        }
        if matches!(class, Class::Road | Class::Whole) {
            found.extend(addresses(line, start..end));
        } else {
            found.push(Found::plain(Place, line, start..end));
        }
    }
    let stations = stations(line);
    if !stations.is_empty() {
        found.retain(|found| {
            let next = stations.partition_point(|other| other.range.end <= found.range.start);
            stations.get(next).is_none_or(|other| other.range.start >= found.range.end)
        });
        found.extend(stations);
        found.sort_by_key(|found| found.range.start);
    }
    found
}

/// Whether a word of one character that may be part of a name stands before `at`.
fn follows_single(line: &Line, at: usize) -> bool {
    let words = line.words(at);
    let index = words.partition_point(|word| word.end < at);
    words.get(index).is_some_and(|word| {
        word.end == at && word.end - word.start == 1 && boundary::role(line, words, index) == Role::Name
    })
}

/// Stations that are named beside the line they are of: 青岚公园站 of 地铁3号线青岚公园站.
fn stations(line: &Line) -> Vec<Found> {
    let mut found = Vec::new();
    for start in line.places("号线") {
        let number =
            |at: &usize| line.before(*at).is_ascii_digit() || "一二三四五六七八九十".contains(line.before(*at));
        let digits = (start.saturating_sub(NUMBER)..=start).rev().take_while(number).count();
        let end = start + 2;
        let stop = (end + 2..end + STATION).find(|&at| line.at(at) == '站');
        let stop = stop.filter(|&stop| line.chars[end..stop].iter().all(|&c| is_name_char(c) && c != '的'));
        found.extend(stop.filter(|_| digits > 0).map(|stop| Found::plain(Place, line, end..stop + 1)));
    }
    found
}

fn start(line: &Line, at: usize, end: usize, floor: usize, class: Class, found: &[Found]) -> Option<usize> {
    let numbered = class == Class::Road && is_numbered(line, end);
    // 青岚老街|上: the dictionary has 街上.
    let stands = line.parts_words(end) || numbered || is_ground(line, end) || "上头边口旁畔".contains(line.at(end));
    if goes_on(line, at, end, class) || !stands || line.ends_division(end) {
        return None;
    }
    if class == Class::Whole {
        return (line.parts_words(at) || !is_name_char(line.before(at))).then_some(at);
    }
    let words = line.words(end);
    let word = words.iter().take(words.partition_point(|word| word.start < end)).next_back()?;
    let listed = word.start < at && word.end == end;
    let cut = word.end > end;
    let named_for = |kind: &str| {
        line.ends_with(end, kind) && end - at == 2 && boundary::is_listed(line.text(word.start..at.max(word.start)))
    };
    let civic = named_for("公园") || named_for("广场");
    // 学府路, 春熙路: roads that the dictionary has as something else.
    let road = class == Class::Road && end - word.start == 3 && !word.tag.starts_with('m');
    let place =
        (road || matches!(word.tag, "ns" | "nz" | "nr")) && !boundary::is_stop(line.text(word.start..word.end));
    // 栗|山路: a word of two behind what is in no dictionary.
    let longer = || {
        class == Class::Road
            && boundary::core(line, at, floor)
                .is_some_and(|core| core.start < word.start && has_name(line, &(core.start..word.start), ""))
    };
    if listed && !civic && !numbered && !place && !longer() {
        return None;
    }
    // 建设|长江, but 栗|山南路.
    if listed && place && word.end - word.start > 2 && !follows_single(line, word.start) {
        return Some(word.start);
    }
    // 搬下山: hills that no map names look like this, unless one climbs or lives there.
    if matches!(line.before(end), '山' | '岛' | '沟' | '岭')
        && !(listed && end - word.start > 2)
        && !is_ground(line, end)
    {
        return None;
    }
    // 所长|路云溪: a surname.
    if line.ends_with(end, "长路") || line.ends_with(end, "员路") {
        return None;
    }
    let core = boundary::core(line, at, floor)?;
    let length = core.len();
    // 人民广场, 解放公园: squares and parks are named as roads are.
    let square = core.slogan && length == 2 && (line.ends_with(end, "广场") || line.ends_with(end, "公园"));
    // 栗山路与青禾街: the second of two.
    let second = found.last().is_some_and(|last| last.range.end + 1 == core.start)
        && matches!(line.before(core.start), '与' | '和' | '、' | '及' | '到' | '至');
    let firm = core.firm || second;
    let fits = match class {
        Class::Road if line.ends_with(end, "高速") || line.ends_with(end, "公路") => {
            firm && has_name(line, &core.range(), line.text(at..end))
        }
        Class::Road => (1..=ROAD_CORE).contains(&length) && (length > 1 || numbered || listed) && (firm || numbered),
        Class::Water => {
            (1..=ROAD_CORE).contains(&length) && firm && (length > 1 || listed || borders(line, core.start))
        }
        Class::Whole => true,
        Class::Sight => length >= 2 && firm && (has_name(line, &core.range(), line.text(at..end)) || square),
    };
    let counted = line.chars[core.start..at].iter().any(char::is_ascii_digit)
        || "一二两三四五六七八九十".contains(line.at(core.start)) && (length == 1 || !is_ordinal(line, core.start));
    let small = class == Class::Sight && line.before(at) == '小';
    // “暖心路”: what is quoted whole is a figure of speech or a programme.
    let quoted = cut && !numbered && !has_name(line, &core.range(), "")
        || line.before(core.start) == '“' && line.at(end) == '”';
    ((core.named || square || numbered || core.slogan && class == Class::Road)
        && fits
        && !counted
        && !small
        && !quoted)
        .then_some(core.start)
}

/// Ways that are no roads of a town.
const TRACKS: [&str; 18] = [
    "铁路", "电路", "线路", "道路", "网路", "马路", "出路", "思路", "走路", "弯路", "门路", "套路", "链路", "回路",
    "通路", "条路", "段路", "近路",
];

/// Whether the suffix begins or cuts a longer word: 街 of 街道, 路 of 路口, 河 of 河长, 公园 of 公园城市.
fn goes_on(line: &Line, at: usize, end: usize, class: Class) -> bool {
    const WORDS: [&str; 5] = ["街道", "河长", "街长", "路长", "江湖"];
    // 栗山南路|路口
    if class == Class::Road && TRACKS.iter().any(|track| line.ends_with(end, track)) {
        return true;
    }
    let crossing = line.at(end) == '口' && end - at == 1 && "路街巷道".contains(line.before(at));
    crossing
        || WORDS.iter().any(|word| line.starts_with(end - 1, word))
        || line.starts_with(end - 1, "路口") && end - at > 1
        || line.starts_with(end, "城市") && line.ends_with(end, "公园")
}

/// Whether a house number follows: digits, and 号 or 弄.
fn is_numbered(line: &Line, end: usize) -> bool {
    line.at(end).is_ascii_digit() || section(line, end) > end
}

/// Where the section of a road that may stand at `at` ends: 二段, 三里.
fn section(line: &Line, at: usize) -> usize {
    let is_section = "一二三四五六七八九十".contains(line.at(at))
        && line.at(at + 1) == '段'
        && (line.at(at + 2).is_ascii_digit() || !is_name_char(line.at(at + 2)));
    if is_section { at + 2 } else { at }
}

/// Whether what stands after `end` tells of ground one stands on: 脚下, 顶, 上.
fn is_ground(line: &Line, end: usize) -> bool {
    ["脚下", "顶上", "山顶", "山下", "主峰", "南麓", "北麓", "东麓", "西麓"]
        .iter()
        .any(|word| line.starts_with(end, word))
}

/// 三里河, 八一路, 五四广场: a number that is the name.
fn is_ordinal(line: &Line, at: usize) -> bool {
    [
        "一环", "二环", "三环", "四环", "五环", "六环", "八一", "五一", "五四", "七一", "三八", "二七", "一中",
        "九眼", "三里", "五里", "八里", "十里", "七里", "九曲", "五星", "三元", "五道", "六里",
    ]
    .iter()
    .any(|word| line.starts_with(at, word))
}

/// Whether a bound is told before `at`: 东临, 北至.
fn borders(line: &Line, at: usize) -> bool {
    at >= 2 && "东南西北".contains(line.at(at - 2)) && "至临濒靠邻接抵起到".contains(line.before(at))
}

/// Whether one of the words is a name or in no dictionary; a park or a square may be named after any one word (儿童公园).
fn has_name(line: &Line, core: &Range<usize>, suffix: &str) -> bool {
    let words = line.words(core.end);
    let own = words.iter().filter(|word| word.start >= core.start && word.start < core.end);
    let any = ["公园", "广场", "大桥", "寺", "塔", "货场"].contains(&suffix) && own.clone().count() == 1;
    // 资本市场, 经济中高速: of an economy more often than of a town.
    let abstraction = ["市场", "高速", "公路", "枢纽"].contains(&suffix);
    if abstraction && (core.len() > 3 || !own.clone().any(|word| matches!(word.tag, "ns" | "nr" | "nz"))) {
        return core.len() == 2 && own.count() == 2;
    }
    any || own
        .into_iter()
        .any(|word| word.end - word.start == 1 || matches!(word.tag, "ns" | "nr" | "nz" | "nrt" | "nt" | "s"))
}

/// The road alone, or with each of the numbers that follow: `206、208弄`.
fn addresses(line: &Line, road: Range<usize>) -> Vec<Found> {
    let name = line.text(road.clone());
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut at = section(line, road.end);
    loop {
        let digits = (at..at + DIGITS).take_while(|&at| line.at(at).is_ascii_digit()).count();
        if digits == 0 {
            break;
        }
        numbers.push(at..at + digits);
        at += digits;
        if line.at(at) != '、' {
            break;
        }
        at += 1;
    }
    if !matches!(line.at(at), '号' | '弄') || numbers.is_empty() {
        return vec![Found::plain(Place, line, road.start..section(line, road.end))];
    }
    let unit = line.at(at);
    let end = address_end(line, at + 1);
    let last = numbers.len() - 1;
    let section = line.text(road.end..section(line, road.end));
    let address = |(index, digits): (usize, Range<usize>)| {
        let start = if index == 0 { road.start } else { digits.start };
        let end = if index == last { end } else { digits.end };
        let tail = if index == last {
            line.text(digits.start..end).to_owned()
        } else {
            format!("{}{unit}", line.text(digits))
        };
        Found::named(Place, start..end, format!("{name}{section}{tail}"))
    };
    numbers.into_iter().enumerate().map(address).collect()
}

/// Where an address ends that goes on from `at`: 5号, 2栋, 301室, 院, 附3号.
fn address_end(line: &Line, at: usize) -> usize {
    let mut end = at;
    for _ in 0..PARTS {
        if matches!(line.at(end), '院' | '楼') && line.parts_words(end) && line.parts_words(end + 1) {
            end += 1;
            continue;
        }
        let attached = usize::from(line.at(end) == '附');
        let from = end + attached;
        let digits = (from..from + DIGITS).take_while(|&at| line.at(at).is_ascii_alphanumeric()).count();
        let unit = from + digits;
        if digits == 0 || !"号栋幢座楼室层".contains(line.at(unit)) {
            break;
        }
        end = unit + if line.starts_with(unit, "号楼") { 2 } else { 1 };
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::division;
    use crate::entity::found::{nothing, shown, table};

    fn found(text: &str) -> String {
        let mut line = Line::new(crate::model::Place::Title, text);
        division::find_whole(&mut line);
        shown(&line, &find(&line, &[]))
    }

    #[test]
    fn roads_waters_sights() {
        table(
            &[
                ("位于栗山东路908号的大楼", "栗山东路908号"),
                ("栗山路206、208弄", "栗山路206=栗山路206弄 208弄=栗山路208弄"),
                ("东濒青岚江，西至栗枫路", "青岚江 栗枫路"),
                ("云杉公园改建完工", "云杉公园"),
                ("向阳巷最窄处", "向阳巷"),
                ("南起青禾路，北到虹溪，", "青禾路 虹溪"),
                ("走进解放公园，", "解放公园"),
                ("4A级景区青杉湿地公园", "青杉湿地公园"),
                ("位于栗山北路二段14号的", "栗山北路二段14号"),
                ("地址：栗山路88号2楼。", "栗山路88号2楼"),
                ("青岚老街上", "青岚老街"),
                ("挂在栗枫桥头", "栗枫桥"),
                ("从地铁3号线青岚站出来", "青岚站"),
                ("绕行三环路", "三环路"),
                ("在栗山路与青禾街交叉口", "栗山路 青禾街"),
                ("栗山南路路口", "栗山南路"),
                ("去九寨沟，", "九寨沟"),
            ],
            found,
        );
    }

    #[test]
    fn ordinary_words_stay_out() {
        nothing(
            &[
                "过马路",
                "在走路",
                "农贸市场",
                "路灯",
                "街道公园",
                "口袋公园",
                "一条路",
                "河道",
                "小广场",
                "停车场",
                "爬山",
                "搬下山",
                "百年里弄",
                "共建公园",
                "小山",
                "村里的义务河长",
                "铺出一条“暖心路”",
                "对面的粮油市场",
                "党员上街扫雪",
                "建设公园城市",
                "洗手池",
                "一条水泥路",
            ],
            found,
        );
    }
}
