//! Names of other languages: several parts with a dot, runs of syllables that transliterations use, Latin letters.
//!
//! In: a line and a place. Out: the name that stands there, with its office.
//!
//! | text                     | name                  | because                                              |
//! |--------------------------|-----------------------|------------------------------------------------------|
//! | `同楼的阿依努尔·买买提`  | the whole             | the dot                                              |
//! | `村医卓玛央金说`         | `卓玛央金`, `村医`    | after an office nothing but syllables                |
//! | `，娜仁高娃把`           | `娜仁高娃`            | two parts that such names are made of                |
//! | `陈萨仁托娅`               | the whole             | a surname and such a part                            |
//! | `来自巴西的Maria Silva`  | `Maria Silva`         | two capitalised words                                |
//! | `Mr. Wang`, `A座·二层`   |                       | a form of address; no syllables                      |

use super::shape::is_name_like;
use super::{BEFORE, Follows, is_after, is_office, said_after, weight};
use crate::entity::boundary::{self, Role};
use crate::entity::line::{Line, is_name_char};
use crate::lexicon::chars::is_han;
use crate::lexicon::table::{CharSet, Openings};
use crate::lexicon::{WORDS, rows};
use std::ops::Range;
use std::sync::LazyLock;

/// Characters of one part of a name with a dot.
const PART: usize = 8;
/// Characters of a name without one.
const RUN: std::ops::RangeInclusive<usize> = 3..=6;

/// The name that stands at `at`: its first character, or its first dot.
pub(super) fn find(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    dotted(line, at)
        .or_else(|| latin(line, at).map(|range| (range, None)))
        .or_else(|| parts(line, at))
        .or_else(|| syllables(line, at))
}

/// Parts that names of Mongols, Tibetans, Uyghurs and others are made of.
static PARTS: LazyLock<Openings<()>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/name_parts.tsv")).filter_map(|row| Some((*row.first()?, ()))).collect()
});

/// Nothing but known parts, two at least, or a surname and one.
fn parts(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    // Words are cut only where there are such parts.
    let bare = tile(line, at, 0);
    let surname = || weight::may_start(line, at).then(|| weight::surname(line, at)).flatten();
    let named = || surname().and_then(|surname| Some((surname, tile(line, at + surname, 0)?)));
    let (surname, (end, count)) = bare.map(|tiled| (0, tiled)).or_else(named)?;
    let office = BEFORE.longest(line.upto(at)).is_some();
    let starts = !is_name_char(line.before(at)) || line.parts_words(at);
    let ends = is_end(line, end) || count > 1 && line.parts_words(end);
    if !starts || TRANSLITERATION.contains(line.before(at)) && !office || !ends {
        return None;
    }
    let enough = count + surname > 1 && (surname == 0 || end > at + surname + 2) || office && end > at + 2;
    enough.then_some((at..end, None))
}

/// How far known parts reach from `at` on, and how many they are; longer parts first.
fn tile(line: &Line, at: usize, count: usize) -> Option<(usize, usize)> {
    if count == 3 {
        return Some((at, count));
    }
    let next = PARTS.all(line.from(at)).find_map(|part| tile(line, at + part.length, count + 1));
    next.or((count > 0).then_some((at, count)))
}

/// Whether a name can end at `end`: at a mark, a particle, a verb or what leads to one.
fn is_end(line: &Line, end: usize) -> bool {
    super::ends_name(line, end) || said_after(line, end) || matches!(line.at(end), '”' | '’')
}

/// A transliterated name of several parts: `阿依努尔·买买提`.
fn dotted(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    if line.at(at) != '·' || !is_han(line.at(at + 1)) {
        return None;
    }
    let clause = line.clause(at + 1);
    let words = line.words(at + 1);
    let mut start = at;
    for index in (0..words.partition_point(|word| word.start < at)).rev() {
        let word = &words[index];
        let role = boundary::role(line, words, index);
        let title = is_office(line.text(word.start..word.end));
        if title
            || matches!(role, Role::Stop | Role::Generic)
            || role == Role::Soft && !TRANSLITERATION.contains(line.at(word.start))
            || at - word.start > PART
        {
            break;
        }
        start = word.start;
    }
    let mut end = at + 1;
    for word in line.words_from(at + 1) {
        let text = line.text(word.start..word.end);
        if word.start != end
            || end > at + 1 && !(word.end - word.start == 1 && TRANSLITERATION.contains(line.at(word.start)))
            || is_after(text, Follows::Verb)
            || end - at > PART
        {
            break;
        }
        end = word.end;
    }
    // 吐尔逊 is all syllables, 吐尔洪 but for the last.
    if !is_end(line, end) && is_han(line.at(end)) && is_end(line, end + 1) {
        end += 1;
    }
    let sounds = line.chars[start..end].iter().filter(|&&c| TRANSLITERATION.contains(c)).count();
    let enough = at - start >= 2 && end - at > 2 && end <= clause.end && sounds * 2 >= end - start - 1;
    enough.then_some((start..end, None))
}

/// Nothing but syllables of transliterations between an office and what ends a name.
fn syllables(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    if !TRANSLITERATION.contains(line.at(at)) || TRANSLITERATION.contains(line.before(at)) {
        return None;
    }
    let length = (at..at + 8).take_while(|&at| TRANSLITERATION.contains(line.at(at))).count();
    let end = at + length;
    if !RUN.contains(&length) {
        return None;
    }
    BEFORE.longest(line.upto(at))?;
    let ends =
        !is_name_char(line.at(end)) || said_after(line, end) || matches!(line.at(end), '的' | '和' | '与' | '等');
    let whole = line.text(at..end);
    let unknown = (!WORDS.has_word(whole) || is_name_like(whole))
        && line
            .words_from(at)
            .iter()
            .take_while(|word| word.start < end)
            .all(|word| word.end <= end && (word.end - word.start == 1 || word.tag.starts_with('n')));
    (ends && unknown).then_some((at..end, None))
}

/// Characters that transliterations use most. Source: the name tables of 世界人名翻译大辞典, commonest syllables.
static TRANSLITERATION: LazyLock<CharSet> = LazyLock::new(|| SYLLABLES.chars().collect());

/// See [`TRANSLITERATION`].
const SYLLABLES: &str = "阿艾爱安巴白拜保贝本比伯布查达大丹德迪地丁杜多尔法菲夫弗福盖甘戈格古哈海汗赫胡吉加江杰居卡凯坎克肯库拉莱兰朗勒雷里力利莉丽林琳龙卢鲁路伦罗洛马玛麦曼茂梅蒙米姆穆娜纳乃娃内尼妮努诺欧帕佩普其齐奇逊恰乔切热日茹瑞萨赛桑瑟森沙山什史斯苏素塔坦特提铁土吐图托瓦万维沃乌武西希夏肖谢辛雅亚扬耶叶伊衣依义因尤余玉约再扎泽哲珍旦增才让措卓仁次顿平珠松买合孜央金色嘎木乐根那顺呼和";

/// Two or more capitalised words: `Maria Silva`.
fn latin(line: &Line, at: usize) -> Option<Range<usize>> {
    // Asked at every character, and Han has no case.
    let starts = !is_han(line.at(at))
        && line.at(at).is_uppercase()
        && !line.before(at).is_ascii_alphanumeric()
        && !" “‘《".contains(line.before(at));
    if !starts {
        return None;
    }
    let (mut end, mut words) = (at, 0);
    loop {
        let length = (end..end + 16).take_while(|&at| line.at(at).is_alphabetic() && !is_han(line.at(at))).count();
        let small = length > 1 && line.chars[end + 1..end + length].iter().all(|c| c.is_lowercase());
        if !line.at(end).is_uppercase() || !small {
            break;
        }
        words += 1;
        end += length;
        if line.at(end) != ' ' {
            break;
        }
        end += 1;
    }
    let end = if line.before(end) == ' ' { end - 1 } else { end };
    let in_han = !matches!(line.at(end), ' ' | ',' | '.');
    (words == 2 || words == 3).then_some(at..end).filter(|_| in_han)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let line = Line::new(Place::Title, text);
        let found = (0..line.len()).find_map(|at| find(&line, at));
        found.map_or(String::new(), |(range, _)| line.text(range).to_owned())
    }

    #[test]
    fn parts_runs_and_letters() {
        table(
            &[
                ("同楼的阿依努尔·买买提", "阿依努尔·买买提"),
                ("来自巴西的Maria Silva是", "Maria Silva"),
                ("村医卓玛央金说", "卓玛央金"),
                ("网格员巴特尔骑马来", ""),
                ("网格员巴特尔的马", "巴特尔"),
                ("艾则孜·吐尔洪的果园", "艾则孜·吐尔洪"),
                ("检察官斯琴图雅普法", "斯琴图雅"),
            ],
            found,
        );
    }

    #[test]
    fn others_stay_out() {
        nothing(
            &["Mr. Wang", "A座·二层", "居民大力说", "小桥·流水", "3·15活动", "WiFi Plus", "“Smart City”计划"],
            found,
        );
    }
}
