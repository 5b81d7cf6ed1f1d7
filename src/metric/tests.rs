//! The notation that the tests of this module are written in, and the properties that hold for any text.
//!
//! A figure reads `≈70 % 投诉量 ↓ 同比`: about, value, unit, subject, decrease, basis. `≥` and `≤` are limits, `2..3` a
//! range, `37→89` a change from–to, `↑` an increase, `⇥` an end point. Figures are parted by ` | `; none is empty.

use super::metrics;
use crate::model::{Article, Bound, Change, Metric, Quantity, Text};
use proptest::prelude::*;

/// What is found in `sentence`.
pub(super) fn shown(sentence: &str) -> String {
    shown_all(&[sentence])
}

/// What is found in `paragraphs`.
pub(super) fn shown_all(paragraphs: &[&str]) -> String {
    let paragraphs = paragraphs.iter().map(|&text| Text::verbatim(text, 0)).collect();
    let article = Article { paragraphs, ..Article::default() };
    metrics(&article).iter().map(show).collect::<Vec<_>>().join(" | ")
}

/// The figures of `sentence` that something was held against, names recognised: `22 sum ok`, `21 sum not 19`.
pub(super) fn checked(sentence: &str) -> String {
    let mut article = Article { paragraphs: vec![Text::verbatim(sentence, 0)], ..Article::default() };
    article.mentions = crate::entity::mentions(&article, &crate::entity::Context::dated(None));
    let shown = |metric: &Metric| {
        let check = metric.check.as_ref()?;
        let verdict = if check.agrees { "ok".to_owned() } else { format!("not {}", check.expected) };
        Some(format!("{} {} {verdict}", check.stated, check.rule.as_str()))
    };
    metrics(&article).iter().filter_map(shown).collect::<Vec<_>>().join(" | ")
}

/// Checks rows of a sentence and what is found in it.
pub(super) fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(sentence, expected)| shown(sentence) != *expected)
        .map(|(sentence, expected)| format!("{sentence}\n  expected {expected}\n  found    {}", shown(sentence)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Checks that nothing is found.
pub(super) fn check_none(sentences: &[&str]) {
    check(&sentences.iter().map(|&sentence| (sentence, "")).collect::<Vec<_>>());
}

fn show(metric: &Metric) -> String {
    let mut shown = String::new();
    shown.push_str(if metric.approx { "≈" } else { "" });
    shown.push_str(match metric.bound {
        Some(Bound::Min) => "≥",
        Some(Bound::Max) => "≤",
        None => "",
    });
    if let Some(from) = metric.from {
        shown += &format!("{from}→");
    }
    shown += &match metric.quantity {
        Quantity::Exact(value) => value.to_string(),
        Quantity::Range(low, high) => format!("{low}..{high}"),
        Quantity::Overflow => "overflow".to_owned(),
    };
    let change = metric.change.map(|change| match change {
        Change::Increase => "↑",
        Change::Decrease => "↓",
        Change::Reach => "⇥",
    });
    for word in
        [metric.unit.as_deref(), metric.subject.as_deref(), change, metric.basis.as_deref()].into_iter().flatten()
    {
        shown.push(' ');
        shown += word;
    }
    shown
}

#[test]
fn one_sentence_with_everything() {
    check(&[
        (
            "新办法试行后，楼道充电投诉量同比下降近四成，业主满意度从61%提升至88%，新增车棚4处、充电口320余个。",
            "≈40 % 楼道充电投诉量 ↓ 同比 | 61→88 % 业主满意度 ↑ | 4 处 车棚 ↑ | ≈320 个 充电口 ↑",
        ),
        ("投入5万元2.3本项目另行安排。", "50000 元 投入"),
        ("12月3日8:30，第4网格6号楼1单元、2单元停水，咨询65550123。", ""),
    ]);
}

#[test]
fn too_large_is_kept_as_text() {
    check(&[(&format!("账面{}元", "9".repeat(60)), "overflow 元 账面")]);
}

/// Inputs on which a look-back without a bound, or reading what has been read, would take hours.
#[test]
fn any_length_is_read_once() {
    const LONG: usize = 60_000;
    for piece in [
        "7",
        "三",
        "万",
        "零",
        "三点",
        "，1个",
        "从1个",
        "（",
        "“2个",
        "百分之",
        "1至",
        "1、",
        "2023年",
        "的",
        "增加1个",
        "3,",
        "半",
        "一一",
        "、1个",
        "，共1个",
        "（其中1个",
        "）",
        "占1%，",
        "甲、",
        "甲、乙两个",
        "零下1℃至",
        "-1%",
        "不到的一半",
        "最大1岁，",
        "1天里，",
        "1 ",
        "1米1",
        "半米",
        "千元上下",
    ] {
        shown(&piece.repeat(LONG / piece.len()));
    }
}

/// Text that is mostly grammar.
fn jumble() -> impl Strategy<Value = String> {
    const PIECES: [&str; 54] = [
        "0",
        "7",
        "12",
        "1,306.52",
        ".",
        ",",
        "%",
        "—",
        "-",
        "至",
        "到",
        "从",
        "由",
        "、",
        "和",
        "，",
        "。",
        "零",
        "一",
        "两",
        "三",
        "五",
        "九",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "半",
        "几",
        "数",
        "点",
        "成",
        "分之",
        "百分之",
        "余",
        "多",
        "来",
        "约",
        "超过",
        "以上",
        "左右",
        "个",
        "户",
        "元",
        "平方米",
        "年",
        "月",
        "提升",
        "新增",
        "同比",
        "居民",
        "“",
        "”",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let article = Article { paragraphs: vec![Text::verbatim(text, 0)], ..Article::default() };
    let mut end = 0;
    for metric in metrics(&article) {
        prop_assert!(metric.span.start >= end && metric.span.end > metric.span.start, "{:?} in {}", metric, text);
        prop_assert!(text.is_char_boundary(metric.span.start) && text.is_char_boundary(metric.span.end));
        end = metric.span.end;
        match metric.quantity {
            Quantity::Exact(value) => prop_assert!(value.is_finite()),
            Quantity::Range(low, high) => prop_assert!(low < high, "{:?} in {}", metric, text),
            Quantity::Overflow => {}
        }
    }
    Ok(())
}

/// `value` in Chinese numerals, as it is written out in full.
fn spelled(value: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let section = |value: u32| {
        let mut spelled = String::new();
        for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = (value / power % 10) as usize;
            if digit > 0 {
                spelled += DIGITS[digit];
                spelled += name;
            } else if !spelled.is_empty() && !value.is_multiple_of(power) && !spelled.ends_with("零") {
                spelled += "零";
            }
        }
        spelled
    };
    let (high, low) = (value / 10_000, value % 10_000);
    let gap = if high > 0 && low > 0 && low < 1000 { "零" } else { "" };
    if high > 0 { format!("{}万{gap}{}", section(high), section(low)) } else { section(low) }
}

proptest! {
    #[test]
    fn any_text_holds(text in "\\PC{0,60}") {
        holds(&text)?;
    }

    #[test]
    fn any_jumble_holds(text in jumble()) {
        holds(&text)?;
    }

    #[test]
    fn arabic_numbers_round_trip(value in 0_u64..1_000_000_000, cents in 0_u32..100) {
        let grouped = value.to_string().as_bytes().rchunks(3).rev()
            .map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(",");
        for written in [format!("{value}.{cents:02}"), format!("{grouped}.{cents:02}")] {
            let number: f64 = format!("{value}.{cents:02}").parse().unwrap_or(-1.0);
            prop_assert_eq!(shown(&format!("结余{written}元")), format!("{number} 元 结余"));
        }
    }

    #[test]
    fn chinese_numbers_round_trip(value in 11_u32..99_999_999) {
        prop_assert_eq!(shown(&format!("结余{}元", spelled(value))), format!("{value} 元 结余"));
    }
}
