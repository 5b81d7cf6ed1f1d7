//! The forms in which texts are compared.
//!
//! In: a string of gold or of a record. Out: the same string without the differences that no reader would call
//! an error. What is measured to the letter (`exact`, `cer_exact`, offsets) is never folded.
//!
//! | function | `“中泰”党建 网格【２】` becomes | because                                               |
//! |----------|---------------------------------|-------------------------------------------------------|
//! | [`text`] | `“中泰”党建网格【2】`           | width and stray spaces are damage measured elsewhere  |
//! | [`name`] | `中泰党建网格(2)`               | a name is the same in quotes and in any brackets      |
//!
//! [`bare`] and [`unit()`] go further, for names and for measure words.

use crate::model::EntityKind;
use unicode_normalization::UnicodeNormalization;

/// Shortest name that may be left when a generic suffix is taken off, in characters: the `本` of `本小区` is
/// no name.
pub const BARE_MIN: usize = 2;

/// NFKC (full and half width, Kangxi radicals, `㎡`), one form for each dash and dot, no white space.
pub fn text(string: &str) -> String {
    let mut folded = String::with_capacity(string.len());
    for c in string.nfkc() {
        match c {
            c if is_space(c) => {}
            '―' | '─' | '–' => folded.push('—'),
            '\u{2212}' | '\u{2010}' => folded.push('-'),
            '•' | '‧' | '・' | '⋅' | '∙' => folded.push('·'),
            '∼' | '〜' => folded.push('~'),
            // NFKC takes `…` apart, but leaves its twin from mathematics.
            '⋯' => folded.push_str("..."),
            c => folded.push(c),
        }
    }
    folded
}

/// [`text`], with one form of bracket and without quotes, book-title marks and middle dots.
pub fn name(string: &str) -> String {
    let folded = text(string);
    let name: String = folded.chars().filter_map(in_name).collect();
    // A name of nothing but marks stays what it is, or it would equal every other such name.
    if name.is_empty() { folded } else { name }
}

fn in_name(c: char) -> Option<char> {
    match c {
        '〔' | '【' | '[' | '〈' | '〖' => Some('('),
        '〕' | '】' | ']' | '〉' | '〗' => Some(')'),
        '“' | '”' | '„' | '‟' | '‘' | '’' | '"' | '\'' | '`' => None,
        '「' | '」' | '『' | '』' | '《' | '》' | '·' => None,
        c => Some(c),
    }
}

/// A folded name without the suffix that says what kind of unit it is: `云杉居民区` and `云杉` are one
/// community, `中泰党建网格` and `中泰网格` one grid. Once, the longest suffix first.
pub fn bare(kind: EntityKind, name: &str) -> &str {
    let suffixes: &[&str] = match kind {
        EntityKind::Community => &["居民区", "居委会", "居委", "小区", "社区"],
        EntityKind::Grid => &["党建网格", "综合网格", "网格"],
        _ => &[],
    };
    let stripped = suffixes.iter().filter_map(|suffix| name.strip_suffix(suffix));
    stripped.into_iter().find(|rest| rest.chars().count() >= BARE_MIN).unwrap_or(name)
}

/// One spelling for the units that mean the same. No unit is the empty string.
pub fn unit(unit: Option<&str>) -> String {
    let folded = text(unit.unwrap_or_default());
    let spelling = match folded.as_str() {
        "m2" | "平米" | "平方" => "平方米",
        "百分比" | "百分之" => "%",
        "个百分点" => "百分点",
        "km" | "千米" => "公里",
        "kg" | "千克" => "公斤",
        "个小时" => "小时",
        "个月" => "月",
        "人民币" | "块" | "块钱" => "元",
        _ => return folded,
    };
    spelling.to_owned()
}

/// A folded unit, with the two measure words for people taken as one.
pub fn lenient_unit(unit: &str) -> &str {
    if unit == "名" { "位" } else { unit }
}

/// The Han characters of a string.
pub fn han(string: &str) -> Vec<char> {
    let is_han = |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    string.chars().filter(is_han).collect()
}

/// White space, and the four separators of ASCII, which Unicode counts as control characters.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Community, Grid, Place};

    #[test]
    fn texts_lose_width_space_and_lookalikes() {
        for (written, folded) in [
            ("２０％ ，（⼈）", "20%,(人)"),
            ("30㎡", "30m2"),
            ("春风　送 暖\u{1f}", "春风送暖"),
            ("8―10、8─10、8–10", "8—10、8—10、8—10"),
            ("零·距离 零•距离 零・距离", "零·距离零·距离零·距离"),
            ("……⋯⋯", "............"),
            ("−5~6∼7", "-5~6~7"),
            ("“引号”《书名》【括号】", "“引号”《书名》【括号】"),
        ] {
            assert_eq!(text(written), folded, "{written}");
        }
    }

    #[test]
    fn names_lose_quotes_and_share_brackets() {
        for (written, folded) in [
            ("“零·距离”【一期】", "零距离(一期)"),
            ("《社区公约》（试行）", "社区公约(试行)"),
            ("晴川花园〔后期〕", "晴川花园(后期)"),
            ("《》", "《》"),
            ("", ""),
        ] {
            assert_eq!(name(written), folded, "{written}");
        }
    }

    #[test]
    fn a_generic_suffix_comes_off_once_and_only_from_its_kind() {
        for (kind, name, rest) in [
            (Community, "云杉居民区", "云杉"),
            (Community, "云杉居委会", "云杉"),
            (Community, "幸福小区居委", "幸福小区"),
            (Community, "本小区", "本小区"),
            (Community, "崇福村", "崇福村"),
            (Grid, "中泰党建网格", "中泰"),
            (Grid, "中泰网格", "中泰"),
            // Too little is left of the long suffix, enough of the short one.
            (Grid, "东综合网格", "东综合"),
            (Grid, "桥西第三微网格", "桥西第三微"),
            (Place, "云杉小区", "云杉小区"),
        ] {
            assert_eq!(bare(kind, name), rest, "{name}");
        }
    }

    #[test]
    fn units_have_one_spelling() {
        for (written, spelling) in [
            (Some("㎡"), "平方米"),
            (Some("平米"), "平方米"),
            (Some("％"), "%"),
            (Some("KM"), "KM"),
            (Some("个 小时"), "小时"),
            (Some("户"), "户"),
            (None, ""),
        ] {
            assert_eq!(unit(written), spelling, "{written:?}");
        }
        assert_eq!(lenient_unit("名"), lenient_unit("位"));
        assert_ne!(lenient_unit("名"), lenient_unit("人"));
    }
}
