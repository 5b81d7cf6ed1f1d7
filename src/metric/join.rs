//! Figures that are one together. In: the figures of a text, in order. Out: ranges and changes as one figure each,
//! and the units that a series shares.
//!
//! | text                       | figures                            | because                                   |
//! |----------------------------|------------------------------------|-------------------------------------------|
//! | `12%—18%`, `3到5名`        | one range                          | a dash, 至 or 到 joins them               |
//! | `3—5万元`                  | 30000 to 50000 元                  | the multiplier is shared like the unit    |
//! | `从35个增加到90个`         | 90 个 from 35                      | a verb with 到, 至 or 为 joins them       |
//! | `7.1万、4.5万和3万平方米`  | three, each in 平方米              | a series shares the last one's unit       |
//! | `2012—13`                  | none                               | a range does not run backwards            |
//! | `第3、5号`                 | none                               | what follows a label in a series is one   |

use super::change;
use super::figure::{Figure, Role};
use super::sign::Sign;
use super::unit::Class;

/// Between the ends of a range.
const DASHES: [&str; 13] = ["—", "——", "–", "-", "--", "~", "～", "〜", "－", "―", "至", "到", "─"];
/// Between the members of a series.
const SERIES: [&str; 7] = ["、", "和", "及", "与", "以及", "或", "，"];

/// Joins what belongs together. Looks at each pair of neighbours once.
pub(crate) fn join(text: &str, figures: Vec<Figure>) -> Vec<Figure> {
    let mut joined: Vec<Figure> = Vec::with_capacity(figures.len());
    for mut figure in figures {
        let Some(last) = joined.last_mut() else {
            joined.push(figure);
            continue;
        };
        let between = &text[last.end..figure.start];
        let dash = DASHES.contains(&between);
        let label = last.role == Role::Label && last.unit.is_none();
        if label && (dash || SERIES.contains(&between) && between != "，") {
            figure.role = Role::Label;
        } else if dash && let Some(range) = range(last, &figure) {
            *last = range;
            continue;
        } else if let Some(whole) = change::from_to(text, &joined, &figure) {
            joined.truncate(whole.keep);
            joined.push(whole.figure);
            continue;
        }
        joined.push(figure);
    }
    share_units(text, &mut joined);
    joined
}

/// `low` and `high` as one range, a label when it cannot be one.
fn range(low: &Figure, high: &Figure) -> Option<Figure> {
    let unit = high.unit.as_ref();
    let fits = low.unit.is_none() || low.unit_name() == high.unit_name();
    if !fits || low.is_range() || high.is_range() || low.from.is_some() || unit.is_none() && low.role == Role::Count {
        return None;
    }
    let mut figure = high.clone();
    (figure.start, figure.at) = (low.start, low.at);
    figure.number.low = shared_power(low, high);
    let end = high.number.high;
    if low.unit.is_none() && (low.sign, high.sign) == (Some(Sign::Below), None) {
        figure.number.high = end.negated();
    }
    // 零下3至7℃ runs downwards.
    if figure.number.high.value() < figure.number.low.value() && figure.number.high.value() < 0.0 {
        (figure.number.low, figure.number.high) = (figure.number.high, figure.number.low);
    }
    figure.approx |= low.approx;
    figure.bound = figure.bound.or(low.bound);
    let backwards = figure.number.low.value() >= figure.number.high.value();
    // Floors, doors and days that run from one to another are places and dates: 1至5层.
    let label = low.role == Role::Label || high.role == Role::Label || backwards || high.unit_name() == Some("层");
    figure.role = if label { Role::Label } else { Role::Count };
    Some(figure)
}

/// The lower end with the multiplier of the upper one, where it is written once for both.
pub(crate) fn shared_power(low: &Figure, high: &Figure) -> super::decimal::Decimal {
    let shifted = low.number.low.shifted(high.number.power);
    let shares = low.number.power == 0 && low.unit.is_none() && shifted.value() < high.number.high.value();
    if shares { shifted } else { low.number.low }
}

/// Gives the members of a series the unit of its last.
fn share_units(text: &str, figures: &mut [Figure]) {
    for at in (1..figures.len()).rev() {
        let (before, after) = figures.split_at_mut(at);
        let (Some(member), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let series = SERIES.contains(&&text[member.end..next.start]) && &text[member.end..next.start] != "，";
        if member.unit.is_none() && member.role == Role::Count && series && next.from.is_none() {
            let whole = member.number.low.is_whole() || next.class() != Some(Class::Count);
            match next.role {
                Role::Count if whole => member.unit.clone_from(&next.unit),
                _ => member.role = Role::Label,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_none};

    #[test]
    fn joins_ranges_changes_and_series() {
        check(&[
            ("菜价低12%—18%。", "12..18 % 菜价"),
            ("每周巡查3到5次。", "3..5 次 巡查"),
            ("补贴3—5万元。", "30000..50000 元 补贴"),
            ("工资1,900至2,700元。", "1900..2700 元 工资"),
            ("每队8~10名队员。", "8..10 名 队员"),
            ("六至七成的摊位已签约。", "60..70 % 摊位"),
            ("车棚从三处增至九处。", "3→9 处 车棚 ↑"),
            ("泊位从最初的35个增加到90个。", "35→90 个 泊位 ↑"),
            ("噪声由62分贝压降到48分贝。", "62→48 分贝 噪声 ↓"),
            ("知晓率从2018年的33%提升至2022年的76%。", "33→76 % 知晓率 ↑"),
            ("由最初的5人到如今的120人。", "5→120 人 ↑"),
            ("合格率由不足三成跃升到百分之百。", "30→100 % 合格率 ↑"),
            (
                "四处分别腾出7.1万、4.5万和3.2万平方米。",
                "4 处 | 71000 平方米 腾出 | 45000 平方米 腾出 | 32000 平方米 腾出",
            ),
            ("种下12、15和18棵树。", "12 棵 树 | 15 棵 树 | 18 棵 树"),
        ]);
    }

    #[test]
    fn joins_no_labels() {
        check_none(&[
            "2012—13赛季。",
            "第3、5条规定。",
            "2、3号楼之间。",
            "3、4月份开工。",
            "从1楼到5楼。",
            "1至5层是商铺。",
            "门诊8:30—12:00开放。",
        ]);
    }
}
