//! Grids (网格): named units of sub-district government.
//!
//! In: a line with its divisions. Out: each grid that has a name, a number, or both.
//!
//! | text                                | grids                                  | because                           |
//! |-------------------------------------|----------------------------------------|-----------------------------------|
//! | `云杉综合网格工作站`                | `云杉综合网格`                         | the station bears the grid's name |
//! | `青岚河2号、3号微网格`              | `青岚河2号微网格`, `青岚河3号微网格`   | one base, several numbers         |
//! | `城北04网格、05、06网格`            | `城北04网格`, `城北05网格`, …          | the same                          |
//! | `第1至第3网格`                      | `第1网格`, `第2网格`, `第3网格`        | a range, see `grid_number`        |
//! | `云杉、青岚两个综合网格`            | `云杉综合网格`, `青岚综合网格`         | counted list                      |
//! | `“东岭”片区网格`                    | `“东岭”片区网格`                       | the quotation is the name         |
//! | `微网格`, `网格化`, `社区网格员`    |                                        | bare kind, policy word, office    |

use super::boundary;
use super::community::{Strength, suffix};
use super::coordination;
use super::found::Found;
use super::grid_number::{self, Series, Step, bare_numeral, number};
use super::line::Line;
use super::role::{self, Role};
use super::row::joined;
use super::syllable;
use crate::lexicon::{WORDS, rows};
use crate::model::EntityKind::Grid;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

const HEAD: &str = "网格";
/// Numbers that can stand in a row; each looks back over those before it.
const IN_A_ROW: usize = 40;
/// Kind words that can stand in a row (`党建` `微` 网格).
const KINDS_IN_A_ROW: usize = 3;

static KINDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../lexicon/grid_kinds.tsv")).filter_map(|row| row.first().copied()).collect()
});

/// The parts of `青岚河2号微网格`: base, number, kind.
struct Parts {
    base: Range<usize>,
    number: Range<usize>,
    kind: usize,
    end: usize,
}

/// Grids in `line`, in order.
pub(super) fn find(line: &Line) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in line.places(HEAD) {
        if line.starts_with(at + 2, "化") {
            continue;
        }
        let end = at + 2;
        let kind = kind_start(line, at);
        let listed = listed(line, kind, end);
        if !listed.is_empty() {
            push(&mut found, listed);
            continue;
        }
        let Some(parts) = parts(line, kind, end, found.last()) else { continue };
        let mentions = mentions(line, &parts, &found);
        push(&mut found, mentions);
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// Adds mentions that do not overlap those before them; the members of a range share their place.
fn push(found: &mut Vec<Found>, mentions: Vec<Found>) {
    // 云杉苑第1网格 stands alone until 至第3网格 makes it the start of a range.
    let covers = |last: &Found| {
        mentions.iter().any(|new| new.range.start <= last.range.start && new.range.end > last.range.end)
    };
    while found.last().is_some_and(covers) {
        found.pop();
    }
    let free = found.last().map_or(0, |last| last.range.end);
    found.extend(mentions.into_iter().filter(|mention| mention.range.start >= free));
}

/// The grids of a list with one kind word: `云杉、青岚两个综合网格`, `云杉、青岚等综合网格`.
fn listed(line: &Line, kind: usize, end: usize) -> Vec<Found> {
    let whole = |line: &Line, end| line.ends_with(end, HEAD);
    coordination::shared(line, Grid, kind, line.text(kind..end), whole)
}

/// Where the kind words before 网格 start.
fn kind_start(line: &Line, head: usize) -> usize {
    let mut start = head;
    for _ in 0..KINDS_IN_A_ROW {
        // 四大网格 counts.
        let counted = |length: usize| {
            let numeral = "两三四五六七八九十".contains(line.before(start - length));
            length == 1 && line.before(start) == '大' && numeral
        };
        let longest = (1..=3).rev().filter(|&length| length <= start && !counted(length));
        let Some(length) = longest.into_iter().find(|&length| KINDS.contains(line.text(start - length..start)))
        else {
            break;
        };
        start -= length;
    }
    start
}

fn parts(line: &Line, kind: usize, end: usize, before: Option<&Found>) -> Option<Parts> {
    let number = Some(number(line, kind)).filter(|number| !number.is_empty());
    let number = number.unwrap_or_else(|| bare_numeral(line, kind));
    let base = base(line, number.start);
    let has_number = !number.is_empty();
    // 网格员 and 网格长 are offices; a numbered grid may have one (第三网格长), and one with a name that is no word.
    let office = matches!(line.at(end), '员' | '长') || line.starts_with(end, "专员");
    if office && !has_number && !(kind + 2 < end && is_unknown(line, &base)) {
        return None;
    }
    // 一村一网格
    if line.at(base.start) == '一' && line.text(number.clone()) == "一" {
        return None;
    }
    let beside = before.is_some_and(|before| joined(line, before.range.end, base.start)) && base.len() > 1;
    // A number alone is judged by what it follows, see `mentions`.
    let named = has_number || beside && is_word(line, &base) || is_base(line, &base, kind, end);
    named.then_some(Parts { base, number, kind, end })
}

/// What stands before the number: a quotation, a name with its phase, a name.
fn base(line: &Line, end: usize) -> Range<usize> {
    if let Some(start) = coordination::bracket_start(line, end, '”', '“') {
        let kind = KINDS.contains(line.text(start + 1..end - 1));
        return if kind { end..end } else { start..end };
    }
    let inner = coordination::bracket_start(line, end, '）', '（').unwrap_or(end);
    // 柳叶里第二网格: the suffix is a preposition elsewhere.
    if let Some((1, Strength::Weak)) = suffix(line, inner)
        && let Some(core) = boundary::core(line, inner - 1, 0)
        && (core.named || core.slogan)
        && core.len() >= 2
    {
        return core.start..end;
    }
    // 巴彦嘎查第二网格: such names have all sorts of syllables.
    if let Some((length, Strength::Sure | Strength::Single)) = suffix(line, inner)
        && let Some(core) = syllable::committee(line, inner - length, 0)
        && core.named
    {
        return core.start..end;
    }
    let Some(core) = boundary::core(line, inner, 0) else { return end..end };
    if core.named || core.slogan { core.start..end } else { end..end }
}

/// Whether a base without a number is a name: not one common noun, and not a description.
fn is_base(line: &Line, base: &Range<usize>, kind: usize, end: usize) -> bool {
    if base.is_empty() {
        return false;
    }
    if matches!(line.at(base.start), '“') || line.before(base.end) == '）' {
        return true;
    }
    if line.ends_division(base.end) || base.len() < 2 {
        return false;
    }
    let words = line.words(base.end);
    let first = words.partition_point(|word| word.start < base.start);
    let own: Vec<_> = (first..words.len()).take_while(|&at| words[at].start < base.end).collect();
    let common = own.iter().filter(|&&at| {
        let word = &words[at];
        word.end - word.start > 1 && !matches!(word.tag, "ns" | "nr" | "nz" | "nt" | "nrt" | "s")
            || matches!(role::role(line, words, at), Role::Generic | Role::Slogan)
    });
    // A common noun before the bare word describes (责任网格), if no place and no employer is called so; before a full
    // kind it can be a name (书院综合网格).
    common.count() < own.len() || kind + 2 < end && own.len() <= 2 || is_site(line, base)
}

/// Whether a common noun is one that places bear: 农机厂, 铁桥.
fn is_site(line: &Line, base: &Range<usize>) -> bool {
    const SITES: &str = "厂桥街路村庄城湖湾岛港沟坪坡岭塘里矿寺庙巷";
    let text = line.text(base.clone());
    !role::is_listed(text) && (role::is_name_word(text) || base.len() > 2 && SITES.contains(line.before(base.end)))
}

/// Whether `base` is a word of its own, and none that describes.
fn is_word(line: &Line, base: &Range<usize>) -> bool {
    let text = line.text(base.clone());
    role::is_name_word(text) || WORDS.has_word(text) && !role::is_listed(text)
}

/// Whether `base` is in no dictionary, so that it can only be a name.
fn is_unknown(line: &Line, base: &Range<usize>) -> bool {
    let text = line.text(base.clone());
    base.len() > 1
        && !line.ends_division(base.end)
        && !WORDS.has_word(text)
        && !role::is_listed(text)
        && !["社区", "小区", "村", "街道", "片区"].iter().any(|kind| text.ends_with(kind))
}

/// The mention of `parts` and of the numbers that stand before it and share its base or kind.
fn mentions(line: &Line, parts: &Parts, before: &[Found]) -> Vec<Found> {
    let kind = line.text(parts.kind..parts.end);
    if parts.number.is_empty() {
        let mut found =
            if parts.kind + 2 < parts.end { plain_list(line, parts.base.start, kind) } else { Vec::new() };
        found.push(Found::plain(Grid, line, parts.base.start..parts.end));
        return found;
    }
    let steps = steps(line, parts);
    let alone = steps.len() == 1 && parts.base.is_empty();
    // 96责任网格 counts; 第三网格, A03网格 and what continues a list are names.
    if alone && !grid_number::is_label(line, &parts.number) {
        return Vec::new();
    }
    let known = |range: &Range<usize>| before.iter().rev().take(2).any(|found| found.range.end == range.end);
    let names = Series { steps: &steps, kind }.names(line);
    let mention = |(range, name)| Found::named(Grid, range, name);
    names.into_iter().filter(|(range, _)| !known(range)).map(mention).collect()
}

/// The numbers of a row or a range that ends with `parts`, in order.
fn steps<'a>(line: &Line<'a>, parts: &Parts) -> Vec<Step<'a>> {
    let step = |base: Range<usize>, number: Range<usize>, end: usize, kind: Option<Range<usize>>, to: bool| Step {
        range: if base.is_empty() { number.start } else { base.start }..end,
        base: line.text(base),
        number: line.text(number),
        kind: kind.map(|kind| line.text(kind)),
        to,
    };
    let own = parts.kind..parts.end;
    let (low, high) = grid_number::dashed_range(line, &parts.number);
    let ranged = low.is_some();
    let mut steps = vec![step(
        if ranged { high.start..high.start } else { parts.base.clone() },
        high.clone(),
        parts.end,
        Some(own),
        ranged,
    )];
    let mut at = high.start.min(if ranged { high.start } else { parts.base.start });
    if let Some(low) = low {
        at = parts.base.start;
        steps.push(step(parts.base.clone(), low.clone(), low.end, None, false));
    }
    while steps.len() < IN_A_ROW {
        let to = matches!(line.before(at), '至' | '到' | '～' | '~');
        if !to && !matches!(line.before(at), '、' | '和' | '与' | '及') {
            break;
        }
        let comma = at - 1;
        let has_kind = line.ends_with(comma, HEAD);
        let kind_at = if has_kind { kind_start(line, comma - 2) } else { comma };
        let mut number = number(line, kind_at);
        if number.is_empty() && steps.iter().all(|step| step.base.is_empty()) {
            number = bare_numeral(line, kind_at);
        }
        if number.is_empty() {
            break;
        }
        let own = base(line, number.start);
        at = own.start;
        if let Some(later) = steps.last_mut() {
            later.to = later.to || to;
        }
        steps.push(step(own, number, comma, has_kind.then_some(kind_at..comma), false));
    }
    steps.reverse();
    steps
}

/// Names before a kind, without a count: `——老城、书院、云杉广场党建网格`. Only after a mark that opens a list,
/// since a comma stands between clauses as well.
fn plain_list(line: &Line, last: usize, kind: &str) -> Vec<Found> {
    if line.before(last) != '、' {
        return Vec::new();
    }
    let items = coordination::items(line, last - 1);
    let opens = items.first().is_some_and(|first| matches!(line.before(first.start), '—' | '：' | '（' | '\n'));
    let short = items.iter().all(|item| {
        (2..=5).contains(&item.len())
            && !matches!(suffix(line, item.end), Some((_, Strength::Sure | Strength::Office | Strength::Building)))
    });
    if !opens || !short {
        return Vec::new();
    }
    let full = |item: Range<usize>| {
        let name = format!("{}{kind}", line.text(item.clone()));
        Found::named(Grid, item, name)
    };
    items.into_iter().map(full).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::division;
    use crate::entity::found::{nothing, shown, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        division::find_whole(&mut line);
        shown(&line, &find(&line))
    }

    #[test]
    fn finds_every_style_of_name() {
        table(
            &[
                ("在云杉综合网格工作站", "云杉综合网格"),
                ("走进第三网格，", "第三网格"),
                ("来到3号网格", "3号网格"),
                ("A03网格的住户", "A03网格"),
                ("栗园社区第9网格在云杉苑", "栗园社区第9网格"),
                ("来到青岚河1号微网格", "青岚河1号微网格"),
                ("城北片区第二网格", "城北片区第二网格"),
                ("云杉家园（三期）微网格16户", "云杉家园（三期）微网格"),
                ("“东岭”片区网格夜间", "“东岭”片区网格"),
                ("栗山社区甲网格把荒坡", "栗山社区甲网格"),
                ("另有北2—07网格、北2—08网格两块", "北2—07网格 北2—08网格"),
                ("栗山社区综合网格", "栗山社区综合网格"),
                ("栗溪东堡网格网格员", "栗溪东堡网格"),
                ("栗山街道青岚综合网格", "青岚综合网格"),
                ("云岚坝一号网格、二号网格", "云岚坝一号网格 二号网格=云岚坝二号网格"),
                ("兴业里1#网格", "兴业里1#网格"),
                ("和平里第三网格员", "和平里第三网格"),
                ("云栗微网格长张桂兰", "云栗微网格"),
                ("栗农机厂网格的网格员", "栗农机厂网格"),
                ("乌云嘎查第二网格", "乌云嘎查第二网格"),
                ("创业大厦楼宇网格", "创业大厦楼宇网格"),
                ("3-2网格、3-5网格", "3-2网格 3-5网格"),
            ],
            found,
        );
    }

    #[test]
    fn expands_what_shares_a_word() {
        table(
            &[
                (
                    "青岚河2号、4号、6号微网格",
                    "青岚河2号=青岚河2号微网格 4号=青岚河4号微网格 6号微网格=青岚河6号微网格",
                ),
                ("城北04网格、05、06网格", "城北04网格 05=城北05网格 06网格=城北06网格"),
                ("云杉、青岚、栗山三个综合网格", "云杉=云杉综合网格 青岚=青岚综合网格 栗山=栗山综合网格"),
                ("云杉园第一、云杉园第二网格", "云杉园第一=云杉园第一网格 云杉园第二网格"),
                ("栗山社区第一网格和第二网格", "栗山社区第一网格 第二网格=栗山社区第二网格"),
                ("第一、二、三网格", "第一=第一网格 二=第二网格 三网格=第三网格"),
                (
                    "共三格——老渡口、书院、云杉广场党建网格",
                    "老渡口=老渡口党建网格 书院=书院党建网格 云杉广场党建网格",
                ),
                ("云杉、栗岚等三个综合网格", "云杉=云杉综合网格 栗岚=栗岚综合网格"),
                ("给B03、B12三个网格", "B03=B03网格 B12=B12网格"),
                ("云杉、栗岚等综合网格", "云杉=云杉综合网格 栗岚=栗岚综合网格"),
                ("云杉、栗岚两综合网格", "云杉=云杉综合网格 栗岚=栗岚综合网格"),
                ("栗山社区第1、2网格", "栗山社区第1=栗山社区第1网格 2网格=栗山社区第2网格"),
                ("栗山社区1、2号网格", "栗山社区1=栗山社区1号网格 2号网格=栗山社区2号网格"),
                ("一网格、二网格完成", "一网格=第一网格 二网格=第二网格"),
                ("第一至三网格", "第一至三网格=第一网格 第一至三网格=第二网格 第一至三网格=第三网格"),
                ("栗苑第1网格至第2网格", "栗苑第1网格至第2网格=栗苑第1网格 栗苑第1网格至第2网格=栗苑第2网格"),
                ("01—03网格联合", "01—03网格=01网格 01—03网格=02网格 01—03网格=03网格"),
                ("栗山、青岚、云岭四大网格", "栗山=栗山网格 青岚=青岚网格 云岭=云岭网格"),
            ],
            found,
        );
    }

    #[test]
    fn bare_kinds_and_policy_words_stay_out() {
        nothing(
            &[
                "网格化管理",
                "微网格",
                "综合网格",
                "党建网格",
                "社区网格员",
                "专职网格长",
                "96个责任网格、538个微网格",
                "将社区划分为小网格",
                "每个网格",
                "织密微网格",
                "街道综合网格",
                "推进网格建设",
                "在网格内",
                "的工作小组微网格",
                "3个党建微网格",
                "与居民区网格不同",
                "一村一网格",
                "若干微网格",
                "建强网格、配强网格力量",
                "空中网格、线上网格",
                "温馨网格",
                "“找谁？有预约吗？”网格员",
                "三网格一警",
            ],
            found,
        );
    }
}
