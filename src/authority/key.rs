//! When two spellings are one name. In: a name of some kind. Out: its key; names of one key are variants.
//!
//! | kind         | variants of one name                                                | but not            |
//! |--------------|---------------------------------------------------------------------|--------------------|
//! | any          | `云杉苑(二期)`, `云杉苑（二期）`, `云杉苑 （二期）`                 | `云杉苑`           |
//! | any          | `第三网格`, `第3网格`                                               | `第十三网格`       |
//! | community    | `云杉居民区`, `云杉居委会`, `云杉居委`, `云杉社区`, `云杉社区居委会` | `云杉小区`         |
//! | community    | `青岚村`, `青岚村委会`, `青岚村民委员会`                            | `青岚新村`         |
//! | grid         | `云杉社区第三网格` in `云杉社区`, `第三网格` in `云杉社区`          | `第三网格` elsewhere |
//! | organization | `明远物业有限公司`, `明远物业有限责任公司`                          | `明远物业`         |
//!
//! A residents' committee and the area it is elected in bear one name; the committee is the area's when newsletters
//! count by it.

use crate::lexicon::chars::is_han;
use crate::model::EntityKind;
use unicode_normalization::UnicodeNormalization;

/// Endings that name the area of a residents' committee, and the committee.
const COMMITTEE: [&str; 9] =
    ["社区居民委员会", "居民委员会", "社区居委会", "社区居委", "居委会", "居委", "居民区", "社区", "社區"];

/// Endings that name the committee of a village.
const VILLAGE: [&str; 3] = ["村民委员会", "村委会", "村委"];

/// The key of `name`, which is of `kind` and lies in `within`.
pub(super) fn key(kind: EntityKind, name: &str, within: Option<&str>) -> String {
    let name = numbers(&plain(name));
    match kind {
        EntityKind::Community => community(&name),
        EntityKind::Grid => {
            let within = within.map(|within| numbers(&plain(within)));
            let own = within.and_then(|within| name.strip_prefix(&within).map(str::to_owned));
            own.filter(|own| !own.is_empty() && own != "网格").unwrap_or(name)
        }
        EntityKind::Organization => name.replace("有限责任公司", "有限公司"),
        _ => name,
    }
}

/// `name` in half width and lower case, without spaces and quotation marks.
fn plain(name: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」');
    name.nfkc().flat_map(char::to_lowercase).filter(kept).collect()
}

fn community(name: &str) -> String {
    let committee = COMMITTEE.iter().find_map(|ending| core(name, ending));
    let village = || VILLAGE.iter().find_map(|ending| core(name, ending));
    match committee {
        // `青岚村居委会`, `青岚村社区`: the village became a community, which has another committee.
        Some(core) => format!("{core}居"),
        None => village().map_or_else(|| name.to_owned(), |core| format!("{core}村")),
    }
}

/// `name` without `ending`, if two characters are left that can be a name.
fn core<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    name.strip_suffix(ending).filter(|core| core.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).count() >= 2)
}

/// `name` with the numerals behind 第 as digits.
fn numbers(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('第') {
        out.push_str(before);
        out.push('第');
        let length: usize = after.chars().take_while(|&c| value(c).is_some()).map(char::len_utf8).sum();
        let (numeral, behind) = after.split_at(length);
        match number(numeral) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(numeral),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn value(c: char) -> Option<u32> {
    "〇一二三四五六七八九十百"
        .chars()
        .zip([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100])
        .find(|&(digit, _)| digit == c)
        .map(|(_, value)| value)
}

/// The number that a numeral below a thousand means; none for digits said one by one, such as `一二〇`.
fn number(numeral: &str) -> Option<u32> {
    let (mut sum, mut digit) = (0, None);
    for c in numeral.chars() {
        match value(c)? {
            unit @ (10 | 100) => sum += digit.take().unwrap_or(1) * unit,
            _ if digit.is_some() => return None,
            value => digit = Some(value),
        }
    }
    (!numeral.is_empty()).then(|| sum + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind::{Community, Grid, Organization, Place};

    #[test]
    fn variants_share_a_key() {
        for (kind, names) in [
            (Community, &["云杉居民区", "云杉居委会", "云杉居委", "云杉社区", "云杉社区居民委员会"] as &[_]),
            (Community, &["青岚村", "青岚村委会", "青岚村民委员会"]),
            (Community, &["云杉苑(二期)", "云杉苑（二期）", "云杉苑 （二期）", "“云杉苑”（二期）"]),
            (Community, &["云杉第二居民区", "云杉第2居委会"]),
            (Grid, &["云杉社区第三网格", "第三网格", "第3网格"]),
            (Grid, &["第十二网格", "第12网格"]),
            (Grid, &["A03网格", "Ａ03网格", "a03网格"]),
            (Organization, &["明远物业有限公司", "明远物业有限责任公司"]),
        ] {
            let keys: Vec<String> = names.iter().map(|name| key(kind, name, Some("云杉社区"))).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{names:?} have {keys:?}");
        }
    }

    #[test]
    fn other_names_have_other_keys() {
        for (kind, one, other) in [
            (Community, "云杉社区", "云杉小区"),
            (Community, "青岚村", "青岚新村"),
            (Community, "青岚村", "青岚村社区"),
            (Community, "云杉苑", "云杉苑（二期）"),
            (Community, "一二〇社区", "一二一社区"),
            (Grid, "第三网格", "第十三网格"),
            (Grid, "云杉社区第三网格", "青岚社区第三网格"),
            (Grid, "云杉网格", "云杉综合网格"),
            (Organization, "明远物业", "明远物业有限公司"),
            (Place, "云杉路12号", "云杉路1号"),
        ] {
            let within = Some("云杉社区");
            assert_ne!(key(kind, one, within), key(kind, other, within), "{one}, {other}");
        }
    }
}
