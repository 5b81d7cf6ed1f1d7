//! Figures one by one. In: a text. Out: every number in it with its unit and qualifiers, labels among them.
//!
//! | text             | figure                                                    |
//! |------------------|-----------------------------------------------------------|
//! | `不到6%`        | 6 %, at most; the span takes the qualifier in            |
//! | `30年左右`       | 30 年, about                                              |
//! | `两年半`         | 2.5 年                                                    |
//! | `一位`           | an article: it counts only as an end of a change          |
//! | `6号楼`          | a label: it never counts, but stands between its neighbours |
//!
//! One pass over the characters; the grammar runs only where a digit or a numeral stands, and what it has read
//! is not read again.

use super::decimal::Decimal;
use super::number::{self, Number, Reading, Script};
use super::qualifier::{self, Meaning};
use super::reject;
use super::sign::{self, Sign};
use super::unit::{self, Class, Unit};
use crate::model::Bound;

/// What a number turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Something is counted or measured.
    Count,
    /// 一 with a measure word, used like an article.
    Article,
    /// A date, an ordinal, an address, a code.
    Label,
}

/// A number with its unit and qualifiers.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// First byte, qualifiers included.
    pub(crate) start: usize,
    /// First byte of the number.
    pub(crate) at: usize,
    /// One past the last byte, unit and qualifiers included.
    pub(crate) end: usize,
    /// The number; its ends moved apart when two figures were joined to a range.
    pub(crate) number: Number,
    /// The unit, if one follows or is shared.
    pub(crate) unit: Option<Unit>,
    /// Whether it is about.
    pub(crate) approx: bool,
    /// Whether it is a limit.
    pub(crate) bound: Option<Bound>,
    /// The start of a change.
    pub(crate) from: Option<Decimal>,
    /// The sign before it.
    pub(crate) sign: Option<Sign>,
    /// What it is.
    pub(crate) role: Role,
}

impl Figure {
    /// Name of the unit.
    pub(crate) fn unit_name(&self) -> Option<&str> {
        self.unit.as_ref().map(|unit| unit.name.as_ref())
    }

    /// Class of the unit.
    pub(crate) fn class(&self) -> Option<Class> {
        self.unit.as_ref().map(|unit| unit.class)
    }

    /// Whether it is a range.
    pub(crate) fn is_range(&self) -> bool {
        self.number.low.value() != self.number.high.value()
    }
}

/// Qualifiers read on either side of one figure: 至少约, 以上左右. More do not occur.
const QUALIFIERS_MAX: usize = 2;

/// All figures in `text`, in order; none overlaps another.
pub(crate) fn scan(text: &str) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    let mut next = 0;
    let anchors = number::anchors();
    for (at, c) in text.char_indices() {
        if !anchors.contains(c) || at < next {
            continue;
        }
        if let Some(end) = reject::word_at(text, at) {
            next = end;
            continue;
        }
        match number::read(text, at) {
            Reading::Nothing(end) => next = end,
            Reading::Number(number) => {
                let floor = figures.last().map_or(0, |figure| figure.end);
                let figure = figure(text, at, number, floor);
                next = figure.end;
                figures.push(figure);
            }
        }
    }
    figures
}

fn figure(text: &str, at: usize, mut number: Number, floor: usize) -> Figure {
    let mut unit = match number.unit {
        Some(name) => Some(Unit {
            name: name.into(),
            class: Class::Share,
            end: number.end,
            digits_only: false,
            half: false,
            about: false,
        }),
        None => unit::read(text, number.end),
    };
    if unit.as_ref().is_some_and(|unit| unit.half) {
        let half = Decimal::whole(5).shifted(-1);
        number.low = number.low.plus(half).unwrap_or(number.low);
        number.high = number.high.plus(half).unwrap_or(number.high);
    }
    if let Some(unit) = &mut unit
        && let Some((decimals, end)) = decimals(text, unit, number.script)
    {
        number.low = number.low.plus(decimals).unwrap_or(number.low);
        number.high = number.high.plus(decimals).unwrap_or(number.high);
        unit.end = end;
    }
    let role = role(text, at, floor, &number, unit.as_ref());
    let signed = sign::before(text, at, floor, unit.as_ref()).filter(|_| role == Role::Count);
    if signed.is_some_and(|(_, sign)| sign != Sign::Above) {
        (number.low, number.high) = (number.high.negated(), number.low.negated());
    }
    let end = unit.as_ref().map_or(number.end, |unit| unit.end);
    let (approx, bound) = (number.approx || unit.as_ref().is_some_and(|unit| unit.about), number.bound);
    let mut figure = Figure { start: at, at, end, number, unit, approx, bound, from: None, sign: None, role };
    if let Some((start, sign)) = signed {
        (figure.start, figure.sign) = (start, Some(sign));
    }
    // 上 of 上千 and 过 of 过半 are part of the figure.
    let lead =
        text[floor..at].chars().next_back().filter(|c| matches!((c, number.bound), ('上', None) | ('过', Some(_))));
    if let Some(lead) = lead.filter(|_| text[at..].starts_with(['百', '千', '万', '亿', '半'])) {
        figure.start -= lead.len_utf8();
    }
    for _ in 0..QUALIFIERS_MAX {
        let Some((start, meaning)) = qualifier::before(text, figure.start).filter(|&(start, _)| start >= floor)
        else {
            break;
        };
        figure.start = start;
        figure.qualify(meaning);
    }
    // 不到当地均价的一半: the limit stands before what the share is of.
    if figure.class() == Some(Class::Share)
        && let Some((start, meaning)) = qualifier::of_share(&text[floor..figure.start])
    {
        figure.start = floor + start;
        figure.qualify(meaning);
    }
    if figure.bound.is_none() {
        figure.bound = qualifier::remote(&text[floor..figure.start]);
    }
    for _ in 0..QUALIFIERS_MAX {
        let Some(unit) = &figure.unit else { break };
        let Some((end, meaning)) = qualifier::after(text, figure.end, unit.class, number.unit.is_some()) else {
            break;
        };
        figure.end = end;
        figure.qualify(meaning);
    }
    figure
}

/// The digits behind the unit in 1米75, 两米五, 三块五: decimals of it. Their value and end.
fn decimals(text: &str, unit: &Unit, script: Script) -> Option<(Decimal, usize)> {
    if !matches!(unit.name.as_ref(), "米" | "块") {
        return None;
    }
    let (end, value, places) = match script {
        Script::Arabic => {
            let (end, value, places) = number::digits(text, unit.end, Some(Decimal::ZERO));
            (end, value?, places)
        }
        Script::Han => {
            let c = number::char_at(text, unit.end)?;
            let digit = number::numeral(c).filter(|_| !matches!(c, '两' | '零'))?;
            (unit.end + c.len_utf8(), Decimal::whole(digit.into()), 1)
        }
    };
    let next = number::char_at(text, end).unwrap_or('。');
    let ends = !number::is_anchor(next)
        && !matches!(next, '.' | '点' | '月' | '号' | '楼')
        && unit::read(text, end).is_none();
    let places = i32::try_from(places).ok().filter(|places| (1..=2).contains(places) && ends)?;
    Some((value.shifted(-places), end))
}

impl Figure {
    fn qualify(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::About => self.approx = true,
            Meaning::Limit(bound) => self.bound = Some(bound),
        }
    }
}

fn role(text: &str, at: usize, floor: usize, number: &Number, unit: Option<&Unit>) -> Role {
    if reject::is_label(text, at, number) {
        return Role::Label;
    }
    let Some(unit) = unit else { return Role::Count };
    let small = number.script == Script::Han && number.high.value() < 10.0;
    // 5万元2.3本项目: a section number glued to a sum. Averages (户均2.4人) may have decimals.
    let glued = at == floor && !number.low.is_whole() && unit.class == Class::Count && !unit.half;
    // 二 with a measure word is an ordinal; two things are 两.
    let second = text[at..number.end] == *"二" && unit.class == Class::Count;
    if reject::is_label_with(text, at, number, unit) || (unit.digits_only && small) || glued || second {
        return Role::Label;
    }
    let qualified =
        unit.class != Class::Count && qualifier::before(text, at).is_some_and(|(start, _)| start >= floor);
    let one = small && !qualified && number.low.value() == 1.0 && !number.overflow && number.unit.is_none();
    // 一公里, 一小时 measure; 一年, 一天 mostly tell when.
    let measures = unit.class == Class::Measure
        || ["元", "公里", "千米", "海里", "厘米", "小时", "个小时", "分钟"].contains(&unit.name.as_ref());
    if one && number.high.value() == 1.0 && !measures { Role::Article } else { Role::Count }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn takes_qualifiers_in() {
        check(&[
            ("接待访客超900人次。", "≥900 人次 访客"),
            ("缺勤队员不到6%。", "≤6 % 缺勤队员"),
            ("树龄30年左右。", "≈30 年 树龄"),
            ("36小时内回复。", "≤36 小时 回复"),
            ("押金不超过3万元。", "≤30000 元 押金"),
            ("四分之一强的住户外出。", "≥25 % 住户"),
            ("开垦荒坡7亩多。", "≈7 亩 荒坡"),
            ("剩下四千人出头。", "≈4000 人"),
            ("托管班每周五天开放。", "5 天 托管班"),
            ("最多改约2次。", "≤2 次"),
            ("附近3个公园。", "3 个 公园"),
            ("排队三个多小时。", "≈3 个小时 排队"),
            ("五百多位票友。", "≈500 位 票友"),
            ("桥面宽1米75，栏杆高两米五。", "1.75 米 桥面 | 2.5 米 栏杆"),
            ("修鞋三块五。", "3.5 块 修鞋"),
            ("拉来砖头三块，五车沙子。", "3 块 砖头 | 5 车 沙子"),
            ("门票百元上下，离村不足百米。", "≈100 元 门票 | ≤100 米 离村"),
            ("走了一公里，等了约三分半钟。", "1 公里 | ≈3.5 分钟"),
            ("挖井半米，开荒半亩。", "0.5 米 挖井 | 0.5 亩 开荒"),
            ("四百多号街坊。", "≈400 号 街坊"),
        ]);
    }
}
