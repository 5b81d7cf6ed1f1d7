//! Organizations (机构): bodies with a name of their own.
//!
//! In: a line with its divisions and what is known to be a community. Out: organizations.
//!
//! | text                              | organization               | because                                 |
//! |-----------------------------------|----------------------------|-----------------------------------------|
//! | `青岚居民区党总支`                | the whole                  | a committee after a name                |
//! | `区房管局`, `镇平安办`            | the whole                  | level and office name one body          |
//! | `会同云杉热力有限公司`            | `云杉热力有限公司`         | a company's name ends at the verb       |
//! | `党支部`, `物业公司`, `服务中心`  |                            | no name before the suffix               |

use super::boundary;
use super::community;
use super::coordination::bracket_start;
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::lexicon::classed;
use crate::lexicon::table::Endings;
use crate::model::EntityKind::Organization;
use std::ops::Range;
use std::sync::LazyLock;

/// Sorts of bodies; they differ in what must stand before the suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A company: any name.
    Firm,
    /// A committee: a division, a community, a grid, a company, or a level (`街道`).
    Party,
    /// A school, a court: any name or a level.
    Public,
    /// An office: a division or a level; a name alone is too little.
    Office,
    /// A team, a station: a name.
    Club,
    /// A works of a trade (`木器厂`), a shop: a name that is in no dictionary, or a number.
    Works,
    /// A body that is one by itself (`工商银行`).
    Whole,
}

const CLASSES: [(&str, Class); 7] = [
    ("firm", Class::Firm),
    ("party", Class::Party),
    ("public", Class::Public),
    ("office", Class::Office),
    ("club", Class::Club),
    ("works", Class::Works),
    ("whole", Class::Whole),
];

static SUFFIXES: LazyLock<Endings<Class>> =
    LazyLock::new(|| classed(include_str!("../lexicon/organization_suffixes.tsv"), &CLASSES).collect());

/// Characters of a suffix that says enough to make a name of any word before it.
const LONG: usize = 5;

/// What a firm has in other places, and how many characters may name the place.
const BRANCHES: [&str; 9] = ["分局", "营业部", "支行", "分行", "分公司", "项目部", "储蓄所", "营业厅", "分理处"];
const BRANCH: usize = 10;

/// Words that before 集团 name no firm.
const NO_GROUP: [&str; 12] =
    ["企业", "公司", "利益", "犯罪", "诈骗", "产业", "建设", "控股", "教育", "医院", "学校", "大型"];

/// Levels of administration that with an office name one body.
const LEVELS: [&str; 6] = ["街道", "区", "县", "镇", "市", "省"];

/// Organizations in `line`, in order; `named` are its communities and grids.
pub(super) fn find(line: &Line, named: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for end in 1..=line.len() {
        if !SUFFIXES.may_end(line.before(end)) {
            continue;
        }
        let Some(suffix) = SUFFIXES.longest(line.upto(end)) else { continue };
        let (at, class) = (end - suffix.length, suffix.value);
        if cuts_office(line, end) {
            continue;
        }
        if let Some(firm) = found.last_mut().filter(|last| is_branch(line, &last.range, at..end)) {
            *firm = Found::plain(Organization, line, firm.range.start..end);
            continue;
        }
        let Some(start) = start(line, at, end, class, named) else {
            found.extend(sister(line, &found, at, end, class));
            continue;
        };
        // “四点半学校” is a programme.
        if matches!(class, Class::Public | Class::Works | Class::Office)
            && line.before(start) == '“'
            && line.at(end) == '”'
        {
            continue;
        }
        while found.last().is_some_and(|last| last.range.start >= start) {
            found.pop();
        }
        // 云杉证券公司石桥营业部 goes on from 云杉证券公司.
        let adjoins = found.last().is_some_and(|last| last.range.end > start);
        if !adjoins {
            found.push(Found::plain(Organization, line, start..end));
        }
    }
    found
}

/// Whether a branch (`营业部`) follows the name of its firm: 云杉证券公司石桥东路营业部.
fn is_branch(line: &Line, firm: &Range<usize>, suffix: Range<usize>) -> bool {
    BRANCHES.contains(&line.text(suffix.clone()))
        && firm.end <= suffix.start
        && suffix.start - firm.end <= BRANCH
        && line.chars[firm.end..suffix.start].iter().all(|&c| is_name_char(c) && !"的和与及在由".contains(c))
}

/// 栗溪小学|校长: the suffix would take the first character of an office.
fn cuts_office(line: &Line, end: usize) -> bool {
    matches!(
        line.text(end - 1..(end + 1).min(line.len())),
        "校长" | "院长" | "局长" | "所长" | "站长" | "会长" | "社长" | "厂长"
    ) && SUFFIXES.longest(line.upto(end - 1)).is_some()
}

/// `市场监管局` of `栗山区房管局、市场监管局`: the level of the office before it holds for it.
fn sister(line: &Line, found: &[Found], at: usize, end: usize, class: Class) -> Option<Found> {
    let last =
        found.last().filter(|last| class == Class::Office && last.range.end + 1 == at && line.before(at) == '、')?;
    let next = line.divisions.partition_point(|division| division.start < last.range.start);
    let division = line.divisions.get(next).filter(|division| division.start == last.range.start);
    let level = match division {
        Some(division) => division.clone(),
        None => {
            last.range.start
                ..last.range.start
                    + LEVELS.iter().find(|level| line.starts_with(last.range.start, level))?.chars().count()
        }
    };
    Some(Found::named(Organization, at..end, format!("{}{}", line.text(level), line.text(at..end))))
}

fn start(line: &Line, at: usize, suffix_end: usize, class: Class, named: &[Found]) -> Option<usize> {
    if class == Class::Whole {
        return whole(line, at, suffix_end);
    }
    // A community, a grid or a division right before: it is part of the name, with the division before it.
    if let Some(owner) = ending(named, at).filter(|_| class != Class::Works) {
        let bare = line.ends_with(at, "小区") && matches!(class, Class::Firm);
        return (!bare).then_some(owner);
    }
    if line.ends_division(at) {
        return (class != Class::Works).then(|| chain_start(line, at));
    }
    // “小扁担”服务队 is a programme.
    let team = line.before(suffix_end) == '队' || line.ends_with(suffix_end, "小组");
    if let Some(start) = bracket_start(line, at, '”', '“').filter(|_| class == Class::Club && !team) {
        return Some(start);
    }
    // 云杉科技（上海）有限公司
    let (inner, bracketed) = match bracket_start(line, at, '）', '（') {
        Some(open) if class == Class::Firm => (open, true),
        _ => (at, false),
    };
    // 县妇联, but no 区党委: that is what any of them has.
    let levelled = matches!(class, Class::Office | Class::Public) || class == Class::Party && line.at(at) != '党';
    if levelled && let Some(start) = level_start(line, at) {
        return Some(start);
    }
    let core = boundary::core(line, inner, 0)?;
    // 区交通运输局: the level opens the name.
    if levelled
        && core.len() > 1
        && let Some(start) = level_within(line, &core.range())
    {
        return Some(start);
    }
    let divided = line.ends_division(core.start) && takes_division(line, core.start, class);
    let start = if divided { chain_start(line, core.start) } else { core.start };
    // “甲乙”社会工作站
    if class == Class::Club
        && !core.named
        && !team
        && let Some(start) = bracket_start(line, core.start, '”', '“')
    {
        return Some(start);
    }
    let counted = "一二两三四五六七八九十".contains(line.at(core.start)) || line.at(core.start).is_ascii_digit();
    let rare = has_rare_word(line, &core.range());
    let estate = line.starts_with(at, "物业") && core.len() <= 4 && !community::SUFFIXES.has(line.text(core.range()));
    let enough = match class {
        Class::Firm => {
            let group = line.ends_with(suffix_end, "集团") && !NO_GROUP.contains(&line.text(core.range()));
            core.len() > 2 || rare || group && core.firm && core.len() == 2
        }
        Class::Public => core.len() >= 2,
        Class::Office => divided || core.len() >= 2 && bracketed,
        Class::Party => {
            divided && core.len() <= 8 || owns(&core.range(), named) || line.ends_with(at, "片区") && core.len() > 3
        }
        // 木器厂和轴承厂 are two.
        Class::Works if line.chars[core.start..at].iter().any(|c| matches!(c, '厂' | '和' | '与')) => false,
        Class::Works => (2..=6).contains(&core.len()) && core.firm && (rare || line.at(core.start) == '第'),
        Class::Club => {
            let estates = line.starts_with(at, "物业");
            core.len() >= 2 && core.firm && (estate || !estates && (rare || at + 3 <= suffix_end)) && !counted
                || owns(&core.range(), named)
        }
        Class::Whole => false,
    };
    // 同心养老服务中心: a word of praise is a name before a long suffix.
    let praised = class == Class::Club && core.slogan && suffix_end - at >= LONG;
    ((core.named || divided || praised) && enough).then_some(start)
}

/// Whether the division that ends at `at` is part of the name of a body of this class: of a firm's a city, not a street.
fn takes_division(line: &Line, at: usize, class: Class) -> bool {
    match class {
        Class::Firm | Class::Works => matches!(line.before(at), '市' | '县' | '省' | '州' | '旗'),
        _ => true,
    }
}

/// The start of a body that is one by itself, with the division before it or the committee it is an office of.
fn whole(line: &Line, at: usize, end: usize) -> Option<usize> {
    if line.ends_division(at) {
        return Some(chain_start(line, at));
    }
    (line.parts_words(at) && line.parts_words(end)).then_some(at)
}

/// Where in `core` a level opens it: 区 of 区交通运输, with nothing before but what ends a name.
fn level_within(line: &Line, core: &Range<usize>) -> Option<usize> {
    let level = LEVELS.iter().find(|level| line.starts_with(core.start, level))?;
    let inner = core.start + level.chars().count();
    (line.parts_words(inner) && inner < core.end).then_some(core.start)
}

/// Whether a community or a grid is part of `core`, at its start.
fn owns(core: &Range<usize>, named: &[Found]) -> bool {
    let next = named.partition_point(|found| found.range.start < core.start);
    named.get(next).is_some_and(|found| found.range.start == core.start && found.range.end <= core.end)
}

/// Whether one of the words is a name or in no dictionary.
fn has_rare_word(line: &Line, core: &Range<usize>) -> bool {
    let words = line.words(core.end);
    words
        .iter()
        .filter(|word| word.start >= core.start && word.end <= core.end)
        .any(|word| word.end - word.start == 1 || matches!(word.tag, "ns" | "nr" | "nz" | "nt" | "nrt" | "eng"))
}

/// The start of the mention in `named` that ends at `end`.
fn ending(named: &[Found], end: usize) -> Option<usize> {
    let next = named.partition_point(|found| found.range.end < end);
    named.get(next).filter(|found| found.range.end == end).map(|found| found.range.start)
}

/// The start of the last division before `end` (`石桥镇` of `北河区石桥镇`): upper levels are no part of the name.
fn chain_start(line: &Line, end: usize) -> usize {
    line.divisions.iter().rfind(|division| division.end == end).map_or(end, |division| division.start)
}

/// `区` of `区房管局`, where it is no division's last character.
fn level_start(line: &Line, at: usize) -> Option<usize> {
    let level = LEVELS.iter().find(|level| line.ends_with(at, level))?;
    let start = at - level.chars().count();
    let alone = line.parts_words(start)
        && !matches!(line.before(start), '各' | '全' | '本' | '社' | '小' | '园' | '城' | '两' | '个');
    alone.then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, shown, table};
    use crate::entity::{division, grid};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let mut line = Line::new(Place::Title, text);
        division::find_whole(&mut line);
        let mut named = community::sure(&line).0;
        named.extend(grid::find(&line));
        named.sort_by_key(|found| found.range.end);
        shown(&line, &find(&line, &named))
    }

    #[test]
    fn bodies_with_a_name() {
        table(
            &[
                ("由县妇联、县总工会", "县妇联 县总工会"),
                ("栗山书画社招新", "栗山书画社"),
                ("云杉证券股份有限公司栗山东路营业部捐款", "云杉证券股份有限公司栗山东路营业部"),
                ("同心养老服务中心的护工", "同心养老服务中心"),
                ("由经开区管委会协调", "经开区管委会"),
                ("区交通运输局、县中医院", "区交通运输局 县中医院"),
                ("栗溪小学校长", "栗溪小学"),
                ("栗溪市公安局云杉分局民警", "栗溪市公安局云杉分局"),
                ("他是云杉轴承厂的钳工", "云杉轴承厂"),
                ("进了第二纺织厂", "第二纺织厂"),
                ("区委组织部来调研", "区委组织部"),
                ("上海市云杉助老服务中心", "上海市云杉助老服务中心"),
                ("成立云杉片区党委", "云杉片区党委"),
                ("区妇幼保健院", "区妇幼保健院"),
                ("青岚居民区党总支牵头", "青岚居民区党总支"),
                ("邀请区房管局、市场监管局", "区房管局 市场监管局=区市场监管局"),
                ("栗山街道社区管理办、城建中心", "栗山街道社区管理办 城建中心=栗山街道城建中心"),
                ("依托“青杉”社会工作站", "“青杉”社会工作站"),
                ("会同云杉热力有限公司改造", "云杉热力有限公司"),
                ("栗山街道办事处", "栗山街道办事处"),
                ("与云杉信息科技（上海）有限公司", "云杉信息科技（上海）有限公司"),
                ("来到栗溪县人民法院", "栗溪县人民法院"),
                ("云杉综合网格工作站", "云杉综合网格工作站"),
                ("栗溪四村居委会发起", "栗溪四村居委会"),
                ("栗山街道城建中心", "栗山街道城建中心"),
            ],
            found,
        );
    }

    #[test]
    fn nameless_bodies_stay_out() {
        nothing(
            &[
                "党支部",
                "物业公司",
                "服务中心",
                "居委会和业委会",
                "各居委会",
                "两所学校",
                "社会组织",
                "社区党委",
                "合作社",
                "三家公司",
                "“小扁担”服务队",
                "区党委",
                "一支舞蹈队",
                "老年舞蹈队",
                "全市工会",
                "走进“月亮学校”",
                "孩子们学会了游泳",
                "找小区物业经理",
                "推出9人自管会",
                "面粉厂和玻璃厂",
                "普惠性幼儿园",
                "打破僵局",
            ],
            found,
        );
    }
}
