//! Grids (网格): named units of sub-district government.
//!
//! In: a line with its divisions. Out: each grid that has a name, a number, or both.
//!
//! | text                                | grids                                  | because                           |
//! |-------------------------------------|----------------------------------------|-----------------------------------|
//! | `云杉综合网格工作站`                | `云杉综合网格`                         | the station bears the grid's name |
//! | `青岚河2号、3号微网格`              | `青岚河2号微网格`, `青岚河3号微网格`   | one base, several numbers         |
//! | `城北04网格、05、06网格`            | `城北04网格`, `城北05网格`, …          | the same                          |
//! | `云杉、青岚两个综合网格`            | `云杉综合网格`, `青岚综合网格`         | counted list                      |
//! | `“东岭”片区网格`                    | `“东岭”片区网格`                       | the quotation is the name         |
//! | `微网格`, `网格化`, `社区网格员`    |                                        | bare kind, policy word, office    |

use super::boundary;
use super::community::{Strength, suffix};
use super::coordination;
use super::found::Found;
use super::line::Line;
use super::role::{self, Role};
use crate::lexicon::rows;
use crate::model::EntityKind::Grid;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

const HEAD: &str = "网格";
/// Characters of a number with its 第 or 号.
const NUMBER: usize = 8;
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
        let whole = |line: &Line, end| line.ends_with(end, HEAD);
        let kind_word = line.text(kind..end);
        for listed in coordination::counted(line, Grid, kind, kind_word, whole) {
            push(&mut found, listed);
        }
        let Some(parts) = parts(line, kind, end) else { continue };
        for mention in mentions(line, &parts, &found) {
            push(&mut found, mention);
        }
    }
    found.sort_by_key(|found| found.range.start);
    found
}

fn push(found: &mut Vec<Found>, mention: Found) {
    if found.last().is_none_or(|last| last.range.end <= mention.range.start) {
        found.push(mention);
    }
}

/// Where the kind words before 网格 start.
fn kind_start(line: &Line, head: usize) -> usize {
    let mut start = head;
    for _ in 0..KINDS_IN_A_ROW {
        let longest = (1..=3).rev().filter(|&length| length <= start);
        let Some(length) = longest.into_iter().find(|&length| KINDS.contains(line.text(start - length..start)))
        else {
            break;
        };
        start -= length;
    }
    start
}

fn parts(line: &Line, kind: usize, end: usize) -> Option<Parts> {
    let listed = matches!(line.before(kind.saturating_sub(1)), '、');
    let number = Some(number(line, kind)).filter(|number| !number.is_empty() || !listed);
    let number = number.unwrap_or_else(|| bare_numeral(line, kind));
    let base = base(line, number.start);
    let has_number = !number.is_empty();
    let has_base = !base.is_empty();
    // 网格员 and 网格长 are offices; a numbered grid may have one (第三网格长).
    let office = matches!(line.at(end), '员' | '长') || line.starts_with(end, "专员");
    if office && !has_number {
        return None;
    }
    // A number alone is judged by what it follows, see `mentions`.
    (has_number || has_base && is_base(line, &base, kind, end)).then_some(Parts { base, number, kind, end })
}

/// The number, letter or cyclical sign that ends at `end`: `第三`, `2号`, `A03`, `甲`, `北2—07`. Empty if there is none.
fn number(line: &Line, end: usize) -> Range<usize> {
    let floor = end.saturating_sub(NUMBER);
    let back = |from: usize, test: fn(char) -> bool| {
        let mut start = from;
        while start > floor && test(line.before(start)) {
            start -= 1;
        }
        start
    };
    let inner = if line.before(end) == '号' { end - 1 } else { end };
    let digits = back(inner, |c| c.is_ascii_alphanumeric());
    if digits < inner {
        let dashed = match line.before(digits) {
            '—' | '-' | '–' => back(digits - 1, |c| c.is_ascii_alphanumeric()),
            _ => digits,
        };
        let start = if line.before(dashed) == '第' { dashed - 1 } else { dashed };
        // 北2—07: the compass point belongs to the code.
        let compass = dashed < digits && matches!(line.before(start), '东' | '南' | '西' | '北' | '中');
        return if compass { start - 1..end } else { start..end };
    }
    let numeral = back(inner, |c| "一二三四五六七八九十百零〇".contains(c));
    if numeral < inner && (line.before(numeral) == '第' || inner < end) {
        return numeral - usize::from(line.before(numeral) == '第')..end;
    }
    let cyclical = end > 0 && "甲乙丙丁戊己庚辛".contains(line.before(end)) && line.parts_words(end - 1);
    if cyclical { end - 1..end } else { end..end }
}

/// Whether a number names a grid without a base: `第三`, `A03`, `02`, `3号`, `北2—07`, not `12`.
fn is_label(line: &Line, number: &Range<usize>) -> bool {
    let chars = &line.chars[number.clone()];
    let (first, last) = (chars[0], chars[chars.len() - 1]);
    matches!(first, '第' | '0') && chars.len() > 1
        || first.is_ascii_uppercase()
        || last == '号'
        || chars.contains(&'—')
        || chars.len() > 1 && !first.is_ascii_digit()
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
        && let Some(core) = boundary::core(line, inner - 1, 0).filter(|core| core.named && core.len() >= 2)
    {
        return core.start..end;
    }
    let Some(core) = boundary::core(line, inner, 0) else { return end..end };
    if core.named || core.slogan { core.start..end } else { end..end }
}

/// Whether a base without a number is a name: not one common noun, and not a description.
fn is_base(line: &Line, base: &Range<usize>, kind: usize, end: usize) -> bool {
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
            || role::role(line, words, at) == Role::Generic
    });
    // A common noun before the bare word describes (责任网格); before a full kind it can be a name (书院综合网格).
    common.count() < own.len() || kind + 2 < end && own.len() <= 2
}

/// The mention of `parts` and of the numbers that stand before it and share its base or kind.
fn mentions(line: &Line, parts: &Parts, before: &[Found]) -> Vec<Found> {
    let kind = line.text(parts.kind..parts.end);
    let numbered = !parts.number.is_empty();
    let mut chain: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    let mut at = parts.base.start;
    let mut base = parts.base.clone();
    while numbered && matches!(line.before(at), '、' | '和' | '与' | '及') {
        let comma = at - 1;
        let has_kind = line.ends_with(comma, HEAD);
        let kind_at = if has_kind { kind_start(line, comma - 2) } else { comma };
        let number = self::number(line, kind_at);
        let number = if number.is_empty() && base.is_empty() { bare_numeral(line, kind_at) } else { number };
        if number.is_empty() {
            break;
        }
        let own = self::base(line, number.start);
        at = own.start;
        if base.is_empty() {
            base = own.clone();
        }
        chain.push((own, number.start..comma, has_kind));
    }
    chain.reverse();
    let mut found = Vec::new();
    let mut last = "";
    for (own, rest, has_kind) in chain {
        last = if own.is_empty() { last } else { line.text(own.clone()) };
        let number = line.text(rest.clone());
        let ordinal = if number.starts_with(|c| "一二三四五六七八九十".contains(c)) { "第" } else { "" };
        let name = if has_kind { format!("{last}{number}") } else { format!("{last}{ordinal}{number}{kind}") };
        let known = before.iter().rev().take(2).any(|found| found.range.end == rest.end);
        if !known {
            found.push(Found::named(Grid, own.start.min(rest.start)..rest.end, name));
        }
    }
    let number = line.text(parts.number.clone());
    let own = line.text(parts.base.clone());
    let inherited = if own.is_empty() { line.text(base) } else { own };
    // 96责任网格 counts; 第三网格, A03网格 and what continues a list are names.
    if numbered && inherited.is_empty() && found.is_empty() && !is_label(line, &parts.number) {
        return found;
    }
    let ordinal = if number.starts_with(|c| "一二三四五六七八九十".contains(c)) { "第" } else { "" };
    let start = if parts.base.is_empty() { parts.number.start } else { parts.base.start };
    if !numbered && parts.kind + 2 < parts.end {
        found.extend(plain_list(line, start, kind));
    }
    found.push(Found::named(Grid, start..parts.end, format!("{inherited}{ordinal}{number}{kind}")));
    found
}

/// 二 of `第一、二网格`.
fn bare_numeral(line: &Line, end: usize) -> Range<usize> {
    let numeral = end > 0 && "一二三四五六七八九十".contains(line.before(end));
    let alone = numeral && matches!(line.before(end - 1), '、' | '第');
    if alone { end - 1..end } else { end..end }
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
            ],
            found,
        );
    }
}
