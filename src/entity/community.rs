//! Communities (居民区、小区、村): residents' committees, estates, villages, buildings that people live in.
//!
//! In: a line with its divisions, and the names that the article has shown to be communities. Out: mentions.
//!
//! | text                              | communities        | because                                      |
//! |-----------------------------------|--------------------|----------------------------------------------|
//! | `走进云杉家园（三期）`            | `云杉家园（三期）` | a phase in brackets belongs to the name      |
//! | `栗溪村`, `栗溪三村居委会`        | `栗溪村`, `栗溪三村` | the office is an organization of its own    |
//! | `青岚居委会`                      | `青岚居委会`       | nothing shorter names the place              |
//! | `柳叶里第二网格`                  | `柳叶里`           | a weak suffix needs a sign that people live there |
//! | `各居民区`, `老旧小区`, `“书香社区”` |                 | generic, generic, a programme                |

use super::boundary::{self, Core};
use super::found::Found;
use super::line::{Line, Suffix};
use super::lived_in::{
    has_body, has_offices, is_called_after, is_lived_in, is_short_village, is_shown, is_weak_shown,
};
use super::role;
use super::row::joined;
use super::syllable;
use crate::lexicon::classed;
use crate::lexicon::table::Endings;
use crate::model::EntityKind::Community;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters of a core before a weak suffix; longer ones are phrases.
const WEAK_CORE: usize = 6;
/// Characters within brackets that can be a phase.
const PHASE: usize = 8;

/// Grids of units where people work or study: what they are named after is no community.
const WORKPLACES: [&str; 6] = ["专属网格", "楼宇网格", "商圈网格", "园区网格", "校园网格", "企业网格"];

/// Suffixes that words are put before which only describe.
const DESCRIBED: [&str; 9] = ["社区", "小区", "居民区", "公寓", "大厦", "大楼", "住宅区", "院落", "楼院"];

/// How far a suffix can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    Sure,
    Single,
    Weak,
    Office,
    Building,
}

const STRENGTHS: [(&str, Strength); 5] = [
    ("sure", Strength::Sure),
    ("single", Strength::Single),
    ("weak", Strength::Weak),
    ("office", Strength::Office),
    ("building", Strength::Building),
];

pub(super) static SUFFIXES: LazyLock<Endings<Strength>> =
    LazyLock::new(|| classed(include_str!("../lexicon/community_suffixes.tsv"), &STRENGTHS).collect());

/// Bodies that serve a street and carry a community's word in their name (`栗山社区卫生服务中心`).
const STREET_BODIES: [&str; 10] =
    ["卫生服务", "卫生中心", "事务受理", "管理办", "文化活动中心", "工厂", "学校", "教育", "矫正", "慈善"];
/// The suffix that ends at `end`, longest first.
pub(super) fn suffix(line: &Line, end: usize) -> Option<(usize, Strength)> {
    let suffix = SUFFIXES.longest(line.upto(end))?;
    Some((suffix.length, suffix.value))
}

/// All suffixes in `line`; rules look at them by [`Line::suffixes`].
pub(super) fn suffixes(line: &Line) -> Vec<Suffix> {
    let ends = (1..=line.len()).filter(|&end| SUFFIXES.may_end(line.before(end)));
    ends.filter_map(|end| suffix(line, end).map(|(length, strength)| Suffix { end, length, strength })).collect()
}

/// Communities in `line`, in order, and the names that would be some if the article showed them to be.
pub(super) fn sure(line: &Line) -> (Vec<Found>, Vec<String>) {
    let mut doubted = Vec::new();
    let mut known = |name: &str| {
        doubted.push(name.to_owned());
        false
    };
    (search(line, &mut known), doubted)
}

/// Communities in `line`, in order; `known` are names shown elsewhere in the article, with weak suffixes too.
pub(super) fn find(line: &Line, known: &HashSet<String>) -> Vec<Found> {
    search(line, &mut |name| known.contains(name))
}

fn search(line: &Line, known: &mut impl FnMut(&str) -> bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        // 花园 of 花园街道.
        if line.in_division(end) {
            continue;
        }
        let mut strength = strength;
        let mut range = named(line, &found, known, end - length, end, strength);
        // 立新村 is no 新村.
        if range.is_none() && length > 1 && line.before(end) == '村' {
            strength = Strength::Single;
            range = named(line, &found, known, end - 1, end, strength);
        }
        let Some(range) = range else { continue };
        let lives = match strength {
            Strength::Weak => is_weak_shown(line, &range) || known(line.text(range.clone())),
            Strength::Building => is_lived_in(line, &range) || !has_offices(line, &range),
            _ => true,
        };
        if !lives {
            continue;
        }
        // A longer name takes the place of what it begins with: 云杉名邸, 云杉名邸小区.
        while found.last().is_some_and(|last| last.range.start >= range.start) {
            found.pop();
        }
        if found.last().is_none_or(|last| last.range.end <= range.start) {
            let more = parts(line, &range, end);
            found.push(Found::plain(Community, line, range));
            found.extend(more);
        }
    }
    found
}

/// The other parts of an estate that are told after its first: `二期` of `云杉苑一期、二期`, `B区` of `云杉苑A区、B区`.
fn parts(line: &Line, first: &Range<usize>, stem: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut end = first.end;
    while end > stem && matches!(line.at(end), '、' | '和' | '与' | '及') {
        let start = end + 1;
        end = extend(line, start..start).end;
        if end == start {
            break;
        }
        let name = format!("{}{}", line.text(first.start..stem), line.text(start..end));
        found.push(Found::named(Community, start..end, name));
    }
    found
}

/// The name whose suffix stands at `at..end`.
pub(super) fn named(
    line: &Line,
    found: &[Found],
    known: &mut impl FnMut(&str) -> bool,
    at: usize,
    end: usize,
    strength: Strength,
) -> Option<Range<usize>> {
    if is_other_word(line, at, end) {
        return None;
    }
    let last = found.last().map(|found| found.range.clone());
    // 云杉家园（三期）小区: the bracket is part of the core.
    let core = core_before(line, at, last.as_ref())?;
    let length = core.len();
    let enough = match strength {
        Strength::Sure | Strength::Building => length >= 2 || core.firm && at == end - 1,
        Strength::Single => length >= 2 || is_short_village(line, core.start, end),
        Strength::Weak => (1..=WEAK_CORE).contains(&length),
        Strength::Office => {
            let own = last.as_ref().is_some_and(|last| last.end == at);
            !own && length >= 2
        }
    };
    let whole = extend(line, core.start..end);
    let counted = line.at(core.start).is_ascii_digit() && !line.chars[core.start..at].contains(&'弄');
    // 电梯小区 is described; 金色家园 is called so, as villages and the homes of an employer's people are.
    let describable = DESCRIBED.iter().any(|home| line.starts_with(at, home));
    let common = describable && role::is_common(line, &core.range());
    let beside = || last.is_some_and(|last| joined(line, last.end, whole.start));
    let shown = || {
        let place = beside() || is_shown(line, &core, &whole) || has_body(line, &core, whole.end);
        place || known(line.text(whole.clone()))
    };
    let proper = core.named && !common
        || is_called_after(line, &core, &whole)
        || (core.named || core.slogan || core.rare) && shown();
    let describes =
        ["社区", "小区", "居民", "业主", "群众"].iter().any(|word| line.text(core.range()).contains(word));
    let proper = proper && !(describes && strength == Strength::Sure);
    (enough && proper && !counted && !is_quoted(line, &whole)).then_some(whole)
}

/// Whether a suffix is part of another word or name, whatever stands before it.
fn is_other_word(line: &Line, at: usize, end: usize) -> bool {
    let follows = |words: &[&str]| words.iter().any(|word| line.starts_with(end, word));
    let ends = |words: &[&str]| words.iter().any(|word| line.ends_with(end, word));
    match line.before(end) {
        // 村村口: the second is another word. 新型农村 is none of its own in the dictionary. 村镇银行, 村规民约
        '村' if ends(&["村村", "农村", "農村"]) || follows(&["村通"]) => return true,
        '村' if "镇级务官落史规容通集".contains(line.at(end)) => return true,
        '区' if ends(&["社区"]) && follows(&STREET_BODIES) => return true,
        // 一个月里物业费, 三年里居民: a time, and no lane. 明月里 is one.
        '里' if ends(&TIMES) || is_span_of_time(line, at) => return true,
        // 栗溪村三组村民小组长
        '组' if line.at(end) == '长' => return true,
        _ => {}
    }
    // 云杉、栗岚两小区; 村改居社区
    let counted = line.before(at) == '两' && end - at > 1;
    let word = role::is_listed(line.text(at.saturating_sub(2)..end));
    counted || word || follows(&WORKPLACES) || inside_word(line, at, end)
}

/// Times within which something is done.
const TIMES: [&str; 5] = ["个月里", "星期里", "小时里", "分钟里", "季度里"];

/// Whether a number of years, weeks or days stands before `at`.
fn is_span_of_time(line: &Line, at: usize) -> bool {
    let number = |at: usize| "一二两三四五六七八九十几半多整".contains(line.at(at)) || line.at(at).is_ascii_digit();
    at >= 2 && "年周天日".contains(line.at(at - 1)) && number(at - 2)
}

fn core_before(line: &Line, at: usize, last: Option<&Range<usize>>) -> Option<Core> {
    if let Some(last) = last
        && last.end == at
    {
        return Some(Core::sure(last.start, at));
    }
    let core = if is_committee(line, at) { syllable::committee(line, at, 0) } else { boundary::core(line, at, 0) }?;
    // Another community before: 栗溪村云杉苑 is two names, 栗溪三村第二居民区 is one.
    match last {
        Some(last) if last.end > core.start && last.end < at => {
            let rest = boundary::core(line, at, last.end)?;
            let ordinal = matches!(line.at(last.end), '第' | '东' | '南' | '西' | '北' | '中' | '新')
                || line.at(last.end).is_ascii_digit();
            if rest.named && rest.len() >= 2 && !ordinal {
                Some(rest)
            } else {
                Some(Core { start: last.start, ..core })
            }
        }
        _ => Some(core),
    }
}

/// Whether the suffix at `at` is that of a committee's area.
fn is_committee(line: &Line, at: usize) -> bool {
    ["村", "社区", "嘎查", "居委", "居民区"].iter().any(|kind| line.starts_with(at, kind))
}

/// 花园 in 小花园, 村 in 农村: the dictionary has suffix and core as one common word.
pub(super) fn inside_word(line: &Line, at: usize, end: usize) -> bool {
    const PROPER: [&str; 5] = ["ns", "nr", "nz", "nt", "nrt"];
    let words = line.words(end);
    let last = words.partition_point(|word| word.start < end).checked_sub(1).map(|last| &words[last]);
    last.is_some_and(|word| {
        // 村民; but 小区内 and 村村口 go on after the suffix.
        let reaches_over =
            word.end > end && word.start < end && (end - at == 1 || word.start < at) && line.at(end) != line.at(at);
        // The dictionary takes the tail of many villages for a word (寨村); of those only real ones count.
        let common = line.before(end) != '村' || role::is_listed(line.text(word.start..end));
        let swallows = word.start < at && word.end == end && common && !PROPER.contains(&word.tag);
        let numbered = line.before(end) == '村' && "一二三四五六七八九十".contains(line.before(end - 1));
        reaches_over || swallows && (end - word.start <= 3 || matches!(word.tag, "l" | "i" | "v" | "vn")) && !numbered
    })
}

/// With the phase that follows: （三期）, or 三期 before another sign.
fn extend(line: &Line, range: Range<usize>) -> Range<usize> {
    if line.at(range.end) == '（' {
        let close = (range.end + 1..=range.end + PHASE).find(|&at| line.at(at) == '）');
        if let Some(close) = close
            && matches!(line.before(close), '期' | '区' | '段' | '部')
            && !matches!(line.at(close - 2), '社' | '小' | '民')
        {
            return range.start..close + 1;
        }
    }
    let number = "一二三四五六七八九".contains(line.at(range.end)) || line.at(range.end).is_ascii_digit();
    let side = matches!(line.at(range.end), 'A'..='H' | '东' | '西' | '南' | '北' | '中');
    let zone = line.at(range.end + 1) == '期' && number
        || line.at(range.end + 1) == '区' && (side || number) && !is_committee(line, range.end - 2);
    if zone { range.start..range.end + 2 } else { range }
}

/// A quotation of nothing but the name is a slogan or a programme, if it does not name two levels (`云杉·青岚社区`).
fn is_quoted(line: &Line, range: &Range<usize>) -> bool {
    matches!(line.before(range.start), '“' | '‘')
        && matches!(line.at(range.end), '”' | '’')
        && !line.chars[range.clone()].contains(&'·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, shown, table};
    use crate::entity::{division, row};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        division::find_whole(&mut line);
        let (sure, doubted) = sure(&line);
        let known = row::paired(&line, &sure, &doubted).into_iter().collect();
        shown(&line, &find(&line, &known))
    }

    #[test]
    fn names_begin_where_they_begin() {
        table(
            &[
                ("走进云杉家园（三期），看到", "云杉家园（三期）"),
                ("依托石榴物业在栗园新村设点", "栗园新村"),
                ("云岚区栗山街道青岚居民区的石桥公寓", "青岚居民区 石桥公寓"),
                ("栗溪三村居委会主任", "栗溪三村"),
                ("青岚居委会牵头", "青岚居委会"),
                ("云杉名邸小区内", "云杉名邸小区"),
                ("栗溪五村第二居民区", "栗溪五村第二居民区"),
                ("柳叶里第二网格", "柳叶里"),
                ("走访柳叶里、慈云里老人", "柳叶里 慈云里"),
                ("云杉苑和柳叶里分别完成", "云杉苑 柳叶里"),
                ("住在和谐家园（二期）6楼", "和谐家园（二期）"),
                ("栗厂家属院的拆墙", "栗厂家属院"),
                ("来到团结社区，", "团结社区"),
                ("栗坳村村口", "栗坳村"),
                ("走进于石庄村，", "于石庄村"),
                ("走进陈向村，", "陈向村"),
                ("鸿运里小区门口", "鸿运里小区"),
                ("齐家湾村的豆皮", "齐家湾村"),
                ("来到李村，", "李村"),
                ("栗山街道光明社区召开", "光明社区"),
                ("由富强村牵头", "富强村"),
                ("，三合村已经完成", "三合村"),
                ("石油新村、青岚苑", "石油新村 青岚苑"),
                ("老齿轮厂宿舍、轧机宿舍", "老齿轮厂宿舍 轧机宿舍"),
                ("36号院栗岚社区", "栗岚社区"),
                ("大七村石榴府居委会", "大七村 石榴府"),
                ("立新村，", "立新村"),
                ("云杉家园A区的李先生", "云杉家园A区"),
                ("栗岚苑南区", "栗岚苑南区"),
                ("云杉家园一期、二期、三期同步", "云杉家园一期 二期=云杉家园二期 三期=云杉家园三期"),
                ("栗岚苑（一期）、（二期）完成", "栗岚苑（一期） （二期）=栗岚苑（二期）"),
                ("幸福小区、栗岚社区", "幸福小区 栗岚社区"),
                ("淮云坊、渔云里、步云里居民", "淮云坊 渔云里 步云里"),
                ("栗松二区、栗松三区的居民", "栗松二区 栗松三区"),
                ("前山屯、后山屯的老乡", "前山屯 后山屯"),
                ("大石头屯的张大娘", "大石头屯"),
                ("栗碑店北路院落改造", "栗碑店北路院落"),
                ("建新东路社区", "建新东路社区"),
            ],
            found,
        );
    }

    #[test]
    fn what_is_no_name_stays_out() {
        nothing(
            &[
                "各居民区",
                "24个居民区",
                "老旧小区改造",
                "8个零星小区",
                "商品房小区",
                "共建美好家园",
                "“书香社区”创建",
                "农村和乡村",
                "团结社区力量",
                "在小区花园里",
                "一个月里物业费收缴率",
                "三年里居民都说好",
                "两天里业主来了",
                "栗山社区卫生服务中心",
                "居民和社区",
                "本社区",
                "深入社区",
                "示范小区",
                "手里",
                "校园",
                "共建共治共享和谐美好社区",
                "共筑美好社区家园",
                "近半数社区",
                "电梯小区、临街商铺小区",
                "大学生社区实践",
                "驻地社区",
                "创新社区治理模式",
                "敏锐捕捉到社区治理的不足",
                "守护家园",
                "栗溪村民小组长",
                "村改居社区",
                "小病不出社区",
                "人员由社区统一管理",
                "村镇银行",
                "广播电视村村通",
                "建设社区食堂",
                "全村、本村、该村",
                "老干部活动中心大楼",
            ],
            found,
        );
    }
}
