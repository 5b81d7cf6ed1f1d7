//! Signs. In: the text before a number. Out: the sign that stands there.
//!
//! | text                 | value    | because                                            |
//! |----------------------|----------|----------------------------------------------------|
//! | `零下18℃`            | -18      |                                                    |
//! | `同比-3.2%`          | -3.2     | a dash behind a word, before a share or a measure  |
//! | `负3度`              | -3       |                                                    |
//! | `零下3至7℃`          | -7 to -3 | 零下 is said once for both                         |
//! | `-3～5℃`             | -3 to 5  | a minus is not                                     |
//! | `2—3%`, `A-203`      | none     | a dash behind a figure or a letter joins           |
//! | `胜负3场`, `-2层`    | none     | things and floors have no sign                     |

use super::number::digit;
use super::unit::{Class, Unit};
use super::window;

/// A sign before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// 零下.
    Below,
    /// 零上: the figure is as it stands.
    Above,
    /// A minus, or 负.
    Minus,
}

/// Units of temperature.
fn is_degree(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| matches!(unit.name.as_ref(), "℃" | "摄氏度" | "度"))
}

/// The sign that ends at `at`, where a number with `unit` starts: its first byte and which it is.
pub(crate) fn before(text: &str, at: usize, floor: usize, unit: Option<&Unit>) -> Option<(usize, Sign)> {
    let lead = &text[floor..at];
    let c = lead.chars().next_back()?;
    let start = at - c.len_utf8();
    let head = &text[floor..start];
    match c {
        '下' | '上' if head.ends_with('零') && (unit.is_none() || is_degree(unit)) => {
            let sign = if c == '下' { Sign::Below } else { Sign::Above };
            Some((start - "零".len(), sign))
        }
        '-' | '－' | '−' | '﹣' => {
            let joins =
                text[..start].chars().next_back().is_none_or(|c| c.is_ascii_alphanumeric() || digit(c).is_some());
            let signed = match unit {
                Some(unit) => {
                    matches!(unit.class, Class::Share | Class::Measure) && unit.name != "号" && unit.name != "层"
                }
                // -3～5℃: the unit is behind the other end.
                None => window::back(head, 4).contains('温'),
            };
            (signed && !(joins && floor < start) && !(head.is_empty() && floor > 0)).then_some((start, Sign::Minus))
        }
        '负' if is_degree(unit) || unit.is_some_and(|unit| unit.class == Class::Share) => {
            (!head.ends_with(['胜', '担', '抱', '肩', '欺', '正', '自', '辜'])).then_some((start, Sign::Minus))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn reads_signs() {
        check(&[
            ("室外零下18℃，屋里零上21℃。", "-18 ℃ | 21 ℃"),
            ("营业额同比-3.2%。", "-3.2 % 营业额 同比"),
            ("夜里负3度。", "-3 度"),
            ("气温零下3至7℃。", "-7..-3 ℃ 气温"),
            ("气温-3～5℃。", "-3..5 ℃ 气温"),
            ("气温从零下7℃升到零上3℃。", "-7→3 ℃ 气温 ↑"),
            ("冷库温度在-18℃以下。", "≤-18 ℃ 冷库温度"),
            ("利率2-3%。", "2..3 % 利率"),
            ("上半场胜负3场。", "3 场 上半场胜负"),
        ]);
    }
}
