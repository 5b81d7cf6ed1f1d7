//! Shares: fractions, tenths, halves. In: a text and the place of an anchor. Out: the share as a percentage.
//!
//! | text           | percent | because                                          |
//! |----------------|---------|--------------------------------------------------|
//! | `三分之二`     | 66.67   | rounded to two places, like the record           |
//! | `百分之四十`   | 40      |                                                  |
//! | `九成二`       | 92      | 成 is ten, the digit behind it one               |
//! | `四成半`       | 45      |                                                  |
//! | `三成二手房`   | 30      | 二 belongs to 二手                               |
//! | `过半`         | 50      | at least                                         |
//! | `2/3的住户`    | 66.67   | with 的; by itself it may be a date              |
//! | `半个月`       | 0.5     | no share, but 半 all the same; its unit follows  |

use super::decimal::Decimal;
use super::number::{Number, Script, char_at, digit, digits, numeral, power};
use super::numeral::plain;
use super::reject;
use crate::model::Bound;

/// The share, or the half of a unit, that starts at `at`.
pub(crate) fn whole(text: &str, at: usize) -> Option<Number> {
    half(text, at).or_else(|| slashed(text, at)).or_else(|| hundredths(text, at))
}

/// Units that are halved: 半年, 半亩. 半天 and 半路 measure nothing.
const HALVED: [&str; 16] = [
    "年",
    "个月",
    "個月",
    "个小时",
    "小时",
    "小時",
    "个工作日",
    "个学期",
    "米",
    "公里",
    "里路",
    "里地",
    "亩",
    "公斤",
    "斤",
    "吨",
];

/// 半数, 过半, 一半, 近半: fifty percent.
fn half(text: &str, at: usize) -> Option<Number> {
    let rest = &text[at..];
    let (length, bound) = if rest.starts_with("半数") || (rest.starts_with("一半") && !rest.starts_with("一半天"))
    {
        ("半数".len(), None)
    } else if rest.starts_with('半') && text[..at].ends_with('过') && !text[..at].ends_with("超过") {
        ("半".len(), Some(Bound::Min))
    } else if rest.starts_with('半') && text[..at].ends_with(['近', '超']) && !rest.starts_with("半年") {
        ("半".len(), None)
    } else if rest.strip_prefix('半').is_some_and(|unit| HALVED.iter().any(|word| unit.starts_with(word))) {
        // 上半年 is a date, 一年半 has been read with its unit, 大半年 is no measure.
        let dated = text[..at]
            .ends_with(['上', '下', '前', '后', '大', '小', '夜', '多', '头', '一', '每', '对', '过'])
            || rest.starts_with("半斤八两");
        let half = Decimal::whole(5).shifted(-1);
        return (!dated).then(|| Number { end: at + "半".len(), low: half, high: half, ..bare(0) });
    } else {
        return None;
    };
    let fifty = Decimal::whole(50);
    Some(Number {
        end: at + length,
        low: fifty,
        high: fifty,
        overflow: false,
        approx: false,
        bound,
        script: Script::Han,
        power: 0,
        unit: Some("%"),
    })
}

/// 百分之四十, 千分之三: a share in percent.
fn hundredths(text: &str, at: usize) -> Option<Number> {
    let index = ["百分之", "千分之", "万分之"].iter().position(|word| text[at..].starts_with(word))?;
    parts(text, Number { end: at + "百".len(), ..bare([2, 3, 4].get(index).copied()?) })
}

/// 三分之二: a share in percent, of a `whole` that has been read.
pub(crate) fn parts(text: &str, whole: Number) -> Option<Number> {
    text[whole.end..].strip_prefix("分之")?;
    let from = whole.end + "分之".len();
    // 百分之百: the one bare power that counts here.
    let hundred = || text[from..].starts_with('百').then(|| Number { end: from + "百".len(), ..bare(2) });
    let part = plain(text, from).or_else(hundred)?;
    if part.unit.is_some() || whole.low == Decimal::ZERO {
        return None;
    }
    let (low, high) = (part.low.percent_of(whole.low), part.high.percent_of(whole.low));
    let overflow = low.is_none() || high.is_none() || part.overflow || whole.overflow;
    let (low, high) = (low.unwrap_or(Decimal::ZERO), high.unwrap_or(Decimal::ZERO));
    Some(Number { low, high, overflow, power: 0, unit: Some("%"), ..part })
}

/// 2/3的居民: a fraction with a slash. 5/8 by itself may be a date, 115/117 a pair of doors.
fn slashed(text: &str, at: usize) -> Option<Number> {
    char_at(text, at).and_then(digit)?;
    let (slash, part, _) = digits(text, at, Some(Decimal::ZERO));
    let from = slash + text[slash..].strip_prefix('/').map(|_| "/".len())?;
    let (end, whole, _) = digits(text, from, Some(Decimal::ZERO));
    let (part, whole) = (part?, whole?);
    // 缩短1/3, 由1/4提高到: small ones, behind words that no date stands behind.
    let led = whole.value() <= 10.0
        && text[..at].ends_with(['由', '占', '短', '少', '低', '降', '升', '高', '增', '减', '约', '近', '超', '足'])
        && !text[end..].starts_with(['/', '-', '日', '月']);
    let fraction = part.value() < whole.value()
        && whole.value() <= 100.0
        && (text[end..].starts_with(['的', '以', '左']) || led);
    let low = part.percent_of(whole).filter(|_| fraction)?;
    Some(Number { end, low, high: low, script: Script::Arabic, unit: Some("%"), ..bare(0) })
}

fn bare(power: i32) -> Number {
    let low = Decimal::whole(1).shifted(power);
    Number {
        end: 0,
        low,
        high: low,
        overflow: false,
        approx: false,
        bound: None,
        script: Script::Han,
        power: 0,
        unit: None,
    }
}

/// 九成, 九成二, 四成半: tenths, if 成 follows a single figure.
pub(crate) fn tenths(text: &str, number: Number) -> Number {
    const ENDS_A_WORD: [char; 14] =
        ['员', '立', '功', '果', '效', '本', '交', '因', '品', '熟', '套', '都', '语', '群'];
    let Some(rest) = text[number.end..].strip_prefix('成') else { return number };
    if number.power != 0 || number.approx || number.high.value() > 10.0 || rest.starts_with(ENDS_A_WORD) {
        return number;
    }
    let mut end = number.end + "成".len();
    let (mut low, mut high) = (number.low.shifted(1), number.high.shifted(1));
    let next = rest.chars().next().unwrap_or('。');
    let after = &rest[next.len_utf8().min(rest.len())..];
    let extra = match next {
        '半' => Some(5),
        _ if after.starts_with(|c| numeral(c).is_some() || power(c).is_some()) => None,
        // 三成二手房 is thirty percent of the second-hand homes.
        _ if reject::word_at(text, end).is_some() => None,
        _ => numeral(next),
    };
    if let (Some(extra), Script::Han) = (extra, number.script) {
        let extra = Decimal::whole(extra.into());
        (low, high) = (low.plus(extra).unwrap_or(low), high.plus(extra).unwrap_or(high));
        end += next.len_utf8();
    }
    Number { end, low, high, power: 1, unit: Some("%"), ..number }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_none};

    #[test]
    fn reads_shares() {
        check(&[
            ("三分之二的住户。", "66.67 % 住户"),
            ("百分之四十的车位已出租。", "40 % 车位"),
            ("百分之七十点五的商户已登记。", "70.5 % 商户"),
            ("合格率百分之百。", "100 % 合格率"),
            ("2/3的业主参加。", "66.67 % 业主"),
            ("九成二的摊主是邻居。", "92 % 摊主"),
            ("四成半的电梯已更换。", "45 % 电梯"),
            ("七八成的住户响应。", "70..80 % 住户"),
            ("三成二手房出租。", "30 % 二手房"),
            ("十分之一二手房出租。", "10 % 二手房"),
            ("半数以上楼道安装了灯。", "≥50 % 楼道"),
            ("过半商户参与。", "≥50 % 商户"),
            ("近半楼栋完成粉刷。", "≈50 % 楼栋"),
            ("一半摊位已出租。", "50 % 摊位"),
            ("装修用了两年半。", "2.5 年 装修用"),
            ("缩短工期两个半月。", "2.5 个月 工期"),
            ("等候半个小时。", "0.5 个小时 等候"),
        ]);
    }

    #[test]
    fn leaves_dates_and_ranks() {
        check_none(&["九点半开会。", "上半年收官。", "半夜敲门。", "百分之七十百分位。"]);
    }
}
