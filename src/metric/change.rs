//! Changes. In: figures and the words around them. Out: from–to as one figure; increase, decrease, reach; the basis.
//!
//! | text                       | change   | from | basis        |
//! |----------------------------|----------|------|--------------|
//! | `从41%提升至78%`           | increase | 41   |              |
//! | `由五家减至三家`           | decrease | 5    |              |
//! | `同比下降近四成`           | decrease |      | `同比`       |
//! | `新增座椅4张、路灯2盏`     | increase for both |  |         |
//! | `升至87%`                  | reach    |      |              |
//! | `比去年多3个`              | increase |      | `比去年`     |
//! | `比市场价低5%`             | none     |      |              |
//!
//! The direction of a from–to is read off its numbers, not its verb: any verb will do.

use super::decimal::Decimal;
use super::figure::{Figure, Role};
use super::join::shared_power;
use super::unit::Class;
use super::window;
use super::words::Words;
use crate::lexicon::rows;
use crate::model::Change;
use std::sync::LazyLock;

/// How a verb of change is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Directly before its figure: 增长7%.
    Amount,
    /// Also before a list of things with their numbers: 新增座椅4张、路灯2盏.
    Listed,
    /// Only in a comparison with an earlier time: 比去年多3个.
    Compared,
}

static VERBS: LazyLock<Words<(Use, Change)>> = LazyLock::new(|| {
    Words::new(rows(include_str!("../lexicon/changes.tsv")).filter_map(|row| {
        let &[word, usage, change] = row.as_slice() else { return None };
        Some((word, (use_of(usage)?, change_of(change)?)))
    }))
});

fn use_of(word: &str) -> Option<Use> {
    Some(match word {
        "amount" => Use::Amount,
        "added" | "removed" => Use::Listed,
        "compared" => Use::Compared,
        _ => return None,
    })
}

fn change_of(word: &str) -> Option<Change> {
    match word {
        "increase" => Some(Change::Increase),
        "decrease" => Some(Change::Decrease),
        _ => None,
    }
}

/// A from–to, and how many of the figures before it stay.
pub(crate) struct Whole {
    pub(crate) figure: Figure,
    pub(crate) keep: usize,
}

/// Most characters between the two figures of a change: `提升至2023年底的` has ten.
const GAP_MAX: usize = 16;
/// Most characters from 从 or 由 to its figure: `从2020年初平均每月` has eleven.
const LEAD_MAX: usize = 14;
/// Figures looked back over: a change has at most one date before either of its ends.
const NEAR: usize = 2;
/// Most characters of the verb before 至: `进一步压缩至` has five.
const VERB_MAX: usize = 6;

/// The change that `to` ends, if one of the figures before it starts it.
pub(crate) fn from_to(text: &str, before: &[Figure], to: &Figure) -> Option<Whole> {
    // Between the two only dates may stand: 从2018年的33%提升至2022年的76%.
    let nearest = before.iter().rev().take(NEAR).position(|figure| figure.role != Role::Label)?;
    let index = before.len() - 1 - nearest;
    let from = &before[index];
    if to.role == Role::Label || from.from.is_some() || from.is_range() || to.is_range() {
        return None;
    }
    if from.unit.is_some() && from.unit_name() != to.unit_name() || to.unit.is_none() {
        return None;
    }
    let gap = &text[from.end..to.start];
    if gap.is_empty() || gap.chars().nth(GAP_MAX).is_some() || gap.contains(window::ends_clause) {
        return None;
    }
    let (verb, rest) = gap.split_at(gap.find(['至', '到', '为', '成'])?);
    let rest = rest.trim_start_matches(['至', '到', '为', '成']).trim_start_matches('了');
    let plain =
        rest.is_empty() || rest.ends_with('的') || ["如今", "现在", "目前", "每月", "每天", "每年"].contains(&rest);
    let known = VERBS.before(verb).is_some();
    let led = lead(text, before, index);
    if !plain
        || verb.chars().nth(VERB_MAX).is_some()
        || !(known || led.is_some() && !(verb.is_empty() && rest.is_empty()))
    {
        return None;
    }
    let mut figure = to.clone();
    figure.start = led.unwrap_or(from.start);
    figure.at = from.at;
    figure.from = Some(shared_power(from, to));
    figure.role = Role::Count;
    let inside = before.iter().rev().take(2 * NEAR).take_while(|other| other.start >= figure.start).count();
    Some(Whole { figure, keep: before.len() - inside })
}

/// The 从 or 由 before a figure.
fn lead(text: &str, figures: &[Figure], index: usize) -> Option<usize> {
    let floor = figures[..index]
        .iter()
        .rev()
        .take(NEAR)
        .find(|figure| figure.role != Role::Label)
        .map_or(0, |figure| figure.end);
    let start = figures[index].start;
    let before = window::back(&text[floor..start], LEAD_MAX);
    let at = before.rfind(['从', '由'])?;
    (!before[at..].contains(window::ends_clause)).then_some(start - before.len() + at)
}

/// Whether `words` are a verb of change and nothing else: 净增, 提升了.
pub(crate) fn is_verb(words: &str) -> bool {
    let words = words.trim_end_matches(['了', '达', '为']);
    let words = ["共", "净", "累计", "足足"].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    VERBS.exact(words).is_some_and(|(usage, _)| usage != Use::Compared)
}

/// What a figure says of a change, and against what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) change: Option<Change>,
    pub(crate) basis: Option<String>,
    /// Where the words of change start: what stands before them is the subject.
    pub(crate) start: usize,
}

/// Reads the change told about `figure`. `lead` is the text of its sentence before it; `after_change` says whether
/// the sentence has already told of a change.
pub(crate) fn told(lead: &str, figure: &Figure, after_change: bool) -> Told {
    let clause = window::phrase_before(lead);
    if let Some(from) = figure.from {
        return Told { change: direction(from, figure.number.high), basis: None, start: clause.len() };
    }
    let clause = clause.trim_end_matches('了');
    let none = Told { change: None, basis: None, start: clause.len() };
    for end in ["至", "到"] {
        if let Some((word, (usage, _))) = clause.strip_suffix(end).and_then(|head| VERBS.before(head))
            && usage != Use::Compared
        {
            let start = clause.len() - end.len() - word.len();
            return Told { change: Some(Change::Reach), ..based(clause, start) };
        }
    }
    if let Some(head) = ["达到", "已达", "达"].iter().find_map(|word| clause.strip_suffix(word)) {
        let change = after_change.then_some(Change::Reach).filter(|_| head.is_empty() || !head.ends_with('量'));
        if let Some((word, (Use::Amount, change))) = VERBS.before(head) {
            return Told { change: Some(change), ..based(clause, head.len() - word.len()) };
        }
        return Told { change, ..none };
    }
    if let Some((word, (usage, change))) = VERBS.before(clause) {
        let start = clause.len() - word.len();
        // 最低零下9℃, 最高5℃.
        if clause[..start].ends_with('最') {
            return none;
        }
        // 比市价便宜6元: of prices the comparison is with others.
        if matches!(word, "便宜" | "贵")
            && let Some(at) = window::back(&clause[..start], BASIS_MAX).rfind('比')
        {
            let head = start - window::back(&clause[..start], BASIS_MAX).len() + at;
            return Told { change: Some(change), basis: Some(clause[head..start].to_owned()), start: head };
        }
        let told = based(clause, start);
        return match usage {
            Use::Compared if told.basis.is_none() && !after_change => told,
            _ => Told { change: Some(change), ..told },
        };
    }
    // 同比-3.2%: the sign says which way.
    if clause.ends_with("同比") || clause.ends_with("环比") {
        return based(clause, clause.len());
    }
    if figure.class() == Some(Class::Share)
        && let Some(told) = multiple(clause, figure.unit_name() == Some("倍"))
    {
        return told;
    }
    match listed(lead) {
        Some(change) => Told { change: Some(change), ..none },
        None => none,
    }
}

fn direction(from: Decimal, to: Decimal) -> Option<Change> {
    match from.value().partial_cmp(&to.value())? {
        std::cmp::Ordering::Less => Some(Change::Increase),
        std::cmp::Ordering::Greater => Some(Change::Decrease),
        std::cmp::Ordering::Equal => None,
    }
}

/// 是去年的1.8倍, 是全市平均的三成: a multiple always has a basis, a share only in an earlier time.
fn multiple(clause: &str, times: bool) -> Option<Told> {
    let (head, basis) = clause.strip_suffix('的')?.rsplit_once('是')?;
    (times || is_time(basis)).then(|| Told { change: None, basis: Some(basis.to_owned()), start: head.len() })
}

/// 新增座椅4张、路灯2盏: the verb that opens the list the figure stands in.
fn listed(lead: &str) -> Option<Change> {
    let list = window::list_before(lead);
    (0..list.len()).filter(|&at| list.is_char_boundary(at)).find_map(|at| match VERBS.at(&list[at..]) {
        // 增加值 and 新增长点 are things.
        Some((word, (Use::Listed, change)))
            if !list[at + word.len()..].starts_with(['值', '长', '幅', '率', '量', '的'])
                && !list[..at].ends_with('每') =>
        {
            Some(change)
        }
        _ => None,
    })
}

/// The basis before the words of change, which start at `start` of `clause`.
fn based(clause: &str, start: usize) -> Told {
    let head = clause[..start].trim_end_matches("分别").trim_end_matches(['均', '各', '又', '也']);
    for word in ["同比", "环比"] {
        if let Some(before) = head.strip_suffix(word) {
            return Told { change: None, basis: Some(word.to_owned()), start: before.len() };
        }
    }
    let lead = window::back(head, BASIS_MAX);
    let Some(at) = lead.rfind(['较', '較', '比', '与']) else { return Told { change: None, basis: None, start } };
    let basis = lead[at..].trim_end_matches(['又', '也', '再', '还']);
    let past = is_time(basis) && !basis.ends_with("平均") && (!basis.starts_with('与') || basis.ends_with('比'));
    // 占比, 对比 and 比例 compare nothing.
    let compares = !lead[..at].ends_with(['占', '对', '配', '之', '相'])
        && !basis.starts_with("比例")
        && !basis.starts_with('与');
    let start = if past || compares { head.len() - lead.len() + at } else { start };
    Told { change: None, basis: past.then(|| basis.to_owned()), start }
}

/// Most characters of a basis: `与去年同期相比` has seven, `比2023年第三季度末` eleven.
const BASIS_MAX: usize = 12;

/// Whether the words name an earlier time: 去年同期, 试行前, 原先. A comparison with others is no change.
fn is_time(basis: &str) -> bool {
    const TIMES: [char; 12] = ['年', '月', '季', '期', '前', '时', '原', '往', '初', '末', '昔', '届'];
    let names = basis.contains(TIMES) || basis.ends_with("过去") || basis.ends_with("上周");
    basis.chars().count() > 1 && names && (!basis.contains(['全', '各', '同']) || basis.contains("同期"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn table_is_sound() {
        for row in rows(include_str!("../lexicon/changes.tsv")) {
            assert!(
                matches!(row[..], [_, usage, change] if use_of(usage).is_some() && change_of(change).is_some()),
                "changes.tsv: {row:?}"
            );
        }
    }

    #[test]
    fn bases_are_times() {
        for basis in ["较上年", "比去年同期", "比摸底前", "较三季度末", "比原来"] {
            assert!(is_time(basis), "{basis}");
        }
        for basis in ["比市价", "比全市均值", "比邻村", "比"] {
            assert!(!is_time(basis), "{basis}");
        }
    }

    #[test]
    fn tells_changes() {
        check(&[
            ("投诉量同比下降近四成。", "≈40 % 投诉量 ↓ 同比"),
            ("效率提升55%。", "55 % 效率 ↑"),
            ("成本降低15%。", "15 % 成本 ↓"),
            ("客流比去年同期多3000人次。", "3000 人次 客流 ↑ 比去年同期"),
            ("新增座椅4张、路灯2盏。", "4 张 座椅 ↑ | 2 盏 路灯 ↑"),
            ("增加泊位140个。", "140 个 泊位 ↑"),
            ("火情较上年减少8起，降幅22.2%。", "8 起 火情 ↓ 较上年 | 22.2 % 火情 ↓"),
            ("满意度升至87%。", "87 % 满意度 ⇥"),
            ("收缴率从60%提高到80%，满意度达到95%。", "60→80 % 收缴率 ↑ | 95 % 满意度 ⇥"),
            ("产量是上年的1.8倍。", "1.8 倍 产量 上年"),
            ("比试点前高出4.1分。", "4.1 分 ↑ 比试点前"),
            ("出勤率已达75%。", "75 % 出勤率"),
            ("菜价比市场低两成。", "20 % 菜价"),
            ("气温骤降9℃，最低零下21℃。", "9 ℃ 气温 ↓ | -21 ℃ 气温"),
            ("票房、客流同比分别增长26.5%和18.2%。", "26.5 % 票房、客流 ↑ 同比 | 18.2 % 票房、客流 ↑ 同比"),
            ("摊位费比市价便宜6元。", "6 元 摊位费 ↓ 比市价"),
            ("展台比上届多了19个。", "19 个 展台 ↑ 比上届"),
            ("靠的是入冬前的三轮检修。", "3 轮 检修"),
            ("仓库里是新装的38台水泵。", "38 台 水泵"),
            ("每增加2本另收30元。", "2 本 ↑ | 30 元"),
            ("园区增加值9亿元。", "900000000 元 园区增加值"),
            ("加装壁灯73盏。", "73 盏 壁灯"),
            ("高度提前量3米。", "3 米 高度提前量"),
        ]);
    }
}
