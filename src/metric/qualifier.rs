//! Words that make a figure a limit or an estimate. In: the text around a figure. Out: which of them stand there.
//!
//! | text           | meaning | because                                    |
//! |----------------|---------|--------------------------------------------|
//! | `不到6%`      | max     | the longest word wins: 不到, not 到        |
//! | `30年左右`     | about   | behind the unit                            |
//! | `7亩多荒地`    | about   | 多 behind a measure                        |
//! | `3个多功能厅`  | none    | 多 belongs to 多功能                       |
//! | `附近3个`      | none    | 近 belongs to 附近                         |
//! | `36小时内`     | max     | 内 limits a time; 8个小区内 is a place     |

use super::unit::Class;
use super::window;
use super::words::Words;
use crate::lexicon::rows;
use crate::model::Bound;
use std::sync::LazyLock;

/// What a qualifier says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// About.
    About,
    /// A limit.
    Limit(Bound),
}

fn table(side: &'static str) -> Words<Meaning> {
    Words::new(rows(include_str!("../lexicon/qualifiers.tsv")).filter_map(move |row| {
        let &[word, of, meaning] = row.as_slice() else { return None };
        (of == side).then_some((word, meaning_of(meaning)?))
    }))
}

fn meaning_of(word: &str) -> Option<Meaning> {
    Some(match word {
        "about" => Meaning::About,
        "min" => Meaning::Limit(Bound::Min),
        "max" => Meaning::Limit(Bound::Max),
        _ => return None,
    })
}

static BEFORE: LazyLock<Words<Meaning>> = LazyLock::new(|| table("before"));
static AFTER: LazyLock<Words<Meaning>> = LazyLock::new(|| table("after"));

/// The qualifier that ends at `at`: its first byte and its meaning.
pub(crate) fn before(text: &str, at: usize) -> Option<(usize, Meaning)> {
    let (word, meaning) = BEFORE.before(&text[..at])?;
    let start = at - word.len();
    let lead = text[..start].chars().next_back().unwrap_or('。');
    let belongs_elsewhere = match word {
        "近" => "附最临邻靠亲新远相就贴左".contains(lead),
        "约" | "約" => "改预契签合条公相邀违履大节集失制特爽践赴续".contains(lead),
        "超" => "赶反高".contains(lead),
        "不到" => "找看听想见遇收等做办买料意感".contains(lead),
        "不足" => lead == '的',
        "未满" | "不满" | "未滿" | "不滿" => "对表心".contains(lead),
        _ => false,
    };
    (!belongs_elsewhere).then_some((start, meaning))
}

/// The qualifier that starts at `at`, behind a unit of `class`: one past its last byte and its meaning.
pub(crate) fn after(text: &str, at: usize, class: Class, share: bool) -> Option<(usize, Meaning)> {
    let (word, meaning) = AFTER.at(&text[at..])?;
    let end = at + word.len();
    let next = text[end..].chars().next().unwrap_or('。');
    let stands = match word {
        "多" => class != Class::Count && !"功元种样数方家次名项人个位少".contains(next),
        "余" | "餘" => class != Class::Count && !"下额名人款".contains(next),
        "来" | "來" => false,
        "许" => !next.is_alphabetic(),
        "强" => share && !"大化度制调势".contains(next),
        "内" | "內" => matches!(class, Class::Time | Class::Extent) && !"部容外设".contains(next),
        "上下" => !"班楼车学水游级左".contains(next),
        "之上" | "之下" => class != Class::Count,
        _ => true,
    };
    stands.then_some((end, meaning))
}

/// Most characters of the verb between 最多 and its figure: 最多改约2次, 至少需预留5米.
const VERB_MAX: usize = 3;

/// The limit that stands before the verb of a figure: 最多改约2次.
pub(crate) fn remote(before: &str) -> Option<Bound> {
    let near = window::back(before, VERB_MAX + 2);
    let at = near.rfind(['最', '至'])?;
    let limits = [("最多", Bound::Max), ("至多", Bound::Max), ("至少", Bound::Min), ("最少", Bound::Min)];
    let (word, bound) = limits.into_iter().find(|(word, _)| near[at..].starts_with(word))?;
    let verb = &near[at + word.len()..];
    (verb.chars().all(char::is_alphabetic) && !verb.starts_with(['的', '时'])).then_some(bound)
}

/// Most characters between a limit and the share it is of: 不到当地同类房屋均价的一半 has ten.
const WHOLE_MAX: usize = 12;

/// The limit that stands before what a share is of: 不到当地均价的一半. Its first byte and its meaning.
pub(crate) fn of_share(before: &str) -> Option<(usize, Meaning)> {
    let whole = window::phrase_back(before.strip_suffix('的')?, WHOLE_MAX);
    let limits = [("不到", Bound::Max), ("不足", Bound::Max), ("不超过", Bound::Max), ("超过", Bound::Min)];
    let (at, bound) = limits.into_iter().find_map(|(word, bound)| Some((whole.rfind(word)?, bound)))?;
    let plain = whole[at..].chars().all(|c| c.is_alphabetic()) && whole.len() > at + "不到".len();
    let start = before.len() - "的".len() - whole.len() + at;
    let verb = ["看", "找", "想", "听"].iter().any(|word| before[..start].ends_with(word));
    (plain && !verb).then_some((start, Meaning::Limit(bound)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sound() {
        for row in rows(include_str!("../lexicon/qualifiers.tsv")) {
            assert!(matches!(row[..], [_, "before" | "after", meaning] if meaning_of(meaning).is_some()), "{row:?}");
        }
    }

    #[test]
    fn looks_before_the_whole_of_a_share() {
        use super::super::tests::check;
        check(&[
            ("房租不到当地均价的一半。", "≤50 % 房租"),
            ("留守儿童超过在校学生的三成。", "≥30 % 留守儿童"),
            ("房租超过菜钱的三成。", "≥30 % 房租"),
            ("补贴最高不超过总造价的40%。", "≤40 % 补贴"),
        ]);
    }

    #[test]
    fn looks_before() {
        for (text, word) in [("花费约", "约"), ("已不到", "不到"), ("人数不少于", "不少于"), ("将近", "将近")]
        {
            assert_eq!(before(text, text.len()).map(|(start, _)| &text[start..]), Some(word), "{text}");
        }
        for text in ["附近", "最近", "预约", "看不到", "共有", ""] {
            assert_eq!(before(text, text.len()), None, "{text}");
        }
    }

    #[test]
    fn looks_after() {
        for (text, class, word) in [
            ("左右", Class::Count, "左右"),
            ("以上老人", Class::Time, "以上"),
            ("内办结", Class::Time, "内"),
            ("多水面", Class::Measure, "多"),
        ] {
            assert_eq!(after(text, 0, class, false).map(|(end, _)| &text[..end]), Some(word), "{text}");
        }
        for (text, class) in
            [("多功能厅", Class::Measure), ("内的花坛", Class::Count), ("强大", Class::Share), ("来自", Class::Count)]
        {
            assert_eq!(after(text, 0, class, true), None, "{text}");
        }
    }
}
