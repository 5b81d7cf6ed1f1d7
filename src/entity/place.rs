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

use super::boundary;
use super::found::Found;
use super::line::Line;
use crate::lexicon::classed;
use crate::lexicon::table::Endings;
use crate::model::EntityKind::Place;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters of a road's core; longer ones are phrases.
const ROAD_CORE: usize = 5;
/// Digits of a house number.
const DIGITS: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Road,
    Water,
    Sight,
}

const CLASSES: [(&str, Class); 3] = [("road", Class::Road), ("water", Class::Water), ("sight", Class::Sight)];

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
        let Some(start) = start(line, end - length, end, floor, class) else { continue };
        while found.last().is_some_and(|last| last.range.start >= start) {
            found.pop();
        }
        if found.last().is_some_and(|last| last.range.end > start) {
            continue;
        }
        if class == Class::Road {
            found.extend(addresses(line, start..end));
        } else {
            found.push(Found::plain(Place, line, start..end));
        }
    }
    found
}

fn start(line: &Line, at: usize, end: usize, floor: usize, class: Class) -> Option<usize> {
    // 路 of 路灯, 街 of 街道, 河 of 河道: the suffix begins or cuts a longer word.
    let goes_on = line.starts_with(end - 1, "街道") || line.starts_with(end - 1, "路口") && end - at > 1;
    let numbered = line.at(end).is_ascii_digit();
    if goes_on || !line.parts_words(end) && !numbered || line.ends_division(end) {
        return None;
    }
    let words = line.words(end);
    let word = words.iter().take(words.partition_point(|word| word.start < end)).next_back()?;
    let listed = word.start < at && word.end == end;
    let named_for = |kind: &str| {
        line.ends_with(end, kind) && end - at == 2 && boundary::is_listed(line.text(word.start..at.max(word.start)))
    };
    let civic = named_for("公园") || named_for("广场");
    if listed && !civic && !numbered && !matches!(word.tag, "ns" | "nz" | "nr") {
        return None;
    }
    // 搬下山: hills that no map names look like this.
    if matches!(line.before(end), '山' | '岛') && !(listed && end - word.start > 2) {
        return None;
    }
    let core = boundary::core(line, at, floor)?;
    let length = core.len();
    // 人民广场, 解放公园: squares and parks are named as roads are.
    let square = core.slogan && length == 2 && (line.ends_with(end, "广场") || line.ends_with(end, "公园"));
    let fits = match class {
        Class::Road => {
            (1..=ROAD_CORE).contains(&length) && (length > 1 || numbered || listed) && (core.firm || numbered)
        }
        Class::Water => {
            (1..=ROAD_CORE).contains(&length) && core.firm && (length > 1 || listed || borders(line, core.start))
        }
        Class::Sight => length >= 2 && core.firm && (has_name(line, &core.range()) || square),
    };
    let counted = line.chars[core.start..at].iter().any(char::is_ascii_digit)
        || "一二两三四五六七八九十".contains(line.at(core.start)) && length == 1;
    let small = class == Class::Sight && line.before(at) == '小';
    ((core.named || square || core.slogan && class == Class::Road) && fits && !counted && !small)
        .then_some(core.start)
}

/// Whether a bound is told before `at`: 东临, 北至.
fn borders(line: &Line, at: usize) -> bool {
    at >= 2 && "东南西北".contains(line.at(at - 2)) && "至临濒靠邻接抵起到".contains(line.before(at))
}

/// Whether one of the words is a name or in no dictionary.
fn has_name(line: &Line, core: &Range<usize>) -> bool {
    let words = line.words(core.end);
    let own = words.iter().filter(|word| word.start >= core.start && word.start < core.end);
    own.clone().count() == 1
        || own
            .into_iter()
            .any(|word| word.end - word.start == 1 || matches!(word.tag, "ns" | "nr" | "nz" | "nrt" | "nt" | "s"))
}

/// The road alone, or with each of the numbers that follow: `206、208弄`.
fn addresses(line: &Line, road: Range<usize>) -> Vec<Found> {
    let name = line.text(road.clone());
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut at = road.end;
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
        return vec![Found::plain(Place, line, road)];
    }
    let unit = line.at(at);
    let mut end = at + 1;
    // 32弄5号
    let inner = (end..end + DIGITS).take_while(|&at| line.at(at).is_ascii_digit()).count();
    if unit == '弄' && inner > 0 && line.at(end + inner) == '号' {
        end += inner + 1;
    }
    let last = numbers.len() - 1;
    let address = |(index, digits): (usize, Range<usize>)| {
        let start = if index == 0 { road.start } else { digits.start };
        let end = if index == last { end } else { digits.end };
        let tail = if index == last {
            line.text(digits.start..end).to_owned()
        } else {
            format!("{}{unit}", line.text(digits))
        };
        Found::named(Place, start..end, format!("{name}{tail}"))
    };
    numbers.into_iter().enumerate().map(address).collect()
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
            ],
            found,
        );
    }
}
