//! Persons (人名): full names, with the office that the text gives them.
//!
//! In: a line, and names that the article has shown. Out: persons; an office stands in `role`.
//!
//! | text                     | person, role            | because                                     |
//! |--------------------------|-------------------------|---------------------------------------------|
//! | `网格员马云溪带着`       | `马云溪`, `网格员`      | an office, a surname, a name                |
//! | `“……。”杜若琳坦言`       | `杜若琳`                | a surname after a mark, a verb of speech    |
//! | `同楼的阿依努尔·买买提`  | the whole               | the dot of a name of several parts          |
//! | `Maria Silva来自`        | the whole               | two capitalised words                       |
//! | `网格员带着`, `主任说`   |                         | no surname                                  |

use super::boundary::{self, Role};
use super::found::Found;
use super::line::Line;
use crate::lexicon::chars::is_han;
use crate::lexicon::{WORDS, rows};
use crate::model::EntityKind::Person;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters of the longest title.
const LONGEST_TITLE: usize = 8;
/// Characters of one part of a name with a dot.
const PART: usize = 8;

static SURNAMES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("../lexicon/surnames.tsv")).filter_map(|row| row.first().copied()).collect());

static TITLES: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../lexicon/titles.tsv")).filter_map(|row| Some((*row.get(1)?, *row.first()?))).collect()
});

static SURNAME_STARTS: LazyLock<HashSet<char>> =
    LazyLock::new(|| SURNAMES.iter().filter_map(|surname| surname.chars().next()).collect());

/// Characters that no given name ends with, but that often follow one.
const AFTER_NAME: &str =
    "说在的和与及等是把被将从向对为给也都就还又正已则却曾着了过到于来去一二两三四有没不笑叹问答道带拿摊指称做当";

/// Whether the table has `word` at `place`: `before` a name, `after` one, `verb`.
fn is_title(place: &str, word: &str) -> bool {
    TITLES.contains(&(place, word))
}

/// Persons in `line`, in order.
pub(super) fn find(line: &Line) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let next = dotted(line, at)
            .or_else(|| latin(line, at).map(|range| (range, None)))
            .or_else(|| surnamed(line, at, &found));
        match next {
            Some((range, role)) => {
                at = range.end;
                found.push(Found { role, ..Found::plain(Person, line, range) });
            }
            None => at += 1,
        }
    }
    found
}

/// A Han name with a sign that it is one.
fn surnamed(line: &Line, at: usize, found: &[Found]) -> Option<(Range<usize>, Option<String>)> {
    if !SURNAME_STARTS.contains(&line.at(at)) {
        return None;
    }
    let surname = if SURNAMES.contains(line.text(at..(at + 2).min(line.len())).as_str()) { 2 } else { 1 };
    if surname == 1 && !SURNAMES.contains(line.at(at).to_string().as_str()) {
        return None;
    }
    if !line.parts_words(at) || is_function_word(line, at) {
        return None;
    }
    let role = title_before(line, at);
    let listed =
        found.last().is_some_and(|last| last.range.end + 1 == at && matches!(line.before(at), '、' | '和' | '与'));
    let opens = !super::line::is_name_char(line.before(at)) && line.before(at) != '·';
    let introduced = line.before(at) == '的' || line.before(at) == '叫';
    let end = [2, 1].into_iter().map(|given| at + surname + given).find(|&end| fits(line, at, surname, end))?;
    let whole = line.text(at..end);
    if is_title("before", &whole) || boundary::is_listed(&whole) {
        return None;
    }
    let said = said_after(line, end);
    let titled = line
        .words_from(end)
        .first()
        .is_some_and(|word| word.start == end && is_title("after", &line.text(word.start..word.end)));
    // Two or three characters that are in no dictionary, of someone who lives or comes from somewhere.
    let lives = introduced && end - at > 2 && is_unknown(line, at, end) && lives_before(line, at);
    // 步云朵笑弯了腰: what opens a sentence, is in no dictionary, and does something.
    let first = matches!(line.before(at), '\n' | '。' | '”' | '！' | '？');
    let acts = end - at == surname + 2 && first && is_unknown(line, at, end) && acts_after(line, end);
    let shown = lives || acts || role.is_some() || said && (opens || introduced) || titled && end - at > 2;
    let known = WORDS.has_word(&whole) && !is_name_like(&whole);
    let list = listed && end - at >= 2 && !known;
    (shown && (said || !known) || list).then_some((at..end, role))
}

/// Names that open a sentence without an office or a verb of speech: said twice in an article, they are persons.
pub(super) fn openings(line: &Line) -> Vec<String> {
    let opens = |at: usize| matches!(line.before(at), '\n' | '。' | '”' | '，' | '；' | '！' | '？' | '：');
    let starts = (0..line.len()).filter(|&at| opens(at) && SURNAMES.contains(line.at(at).to_string().as_str()));
    let names = starts.filter(|&at| fits(line, at, 1, at + 3) && is_unknown(line, at, at + 3));
    names.map(|at| line.text(at..at + 3)).collect()
}

/// Whether the dictionary cuts the stretch into single characters, or has it as a name.
fn is_unknown(line: &Line, at: usize, end: usize) -> bool {
    let own = line.words_from(at).iter().take_while(|word| word.start < end);
    own.clone().all(|word| word.end - word.start == 1 || word.end <= end && word.tag.starts_with("nr"))
        && line.parts_words(end)
}

/// Whether a verb or what leads to one follows: 把, 笑, 正.
fn acts_after(line: &Line, end: usize) -> bool {
    let word = line.words_from(end).first().filter(|word| word.start == end);
    word.is_some_and(|word| matches!(word.tag.as_bytes().first(), Some(b'v' | b'd' | b'p')))
}

fn lives_before(line: &Line, at: usize) -> bool {
    let start = line.clause(at).start;
    let clause = line.text(start..at);
    ["住", "来自", "岁"].iter().any(|word| clause.contains(word))
}

/// Whether a name of the surname at `at` can end at `end`.
fn fits(line: &Line, at: usize, surname: usize, end: usize) -> bool {
    let given = at + surname..end;
    if end > line.len() || !line.chars[given.clone()].iter().all(|&c| is_han(c)) {
        return false;
    }
    let last = line.before(end);
    if AFTER_NAME.contains(last) && given.len() == 2
        || line.chars[given.clone()].iter().any(|&c| "的了在是着们么您你我他她它这那某地得".contains(c))
    {
        return false;
    }
    // The last character starts a word that follows the name: 马溪|介绍, not 马溪介|绍.
    let next: String = line.text(end - 1..(end + 1).min(line.len()));
    let starts_word = super::line::is_name_char(line.at(end))
        && (is_title("verb", &next) || WORDS.has_word(&next) && !is_name_like(&next));
    // A title or a common noun is no given name: 张主任, 王阿姨, 李老师.
    let word = line.text(given);
    !starts_word
        && !is_title("after", &word)
        && !is_title("before", &word)
        && !matches!(
            word.as_str(),
            "某某"
                | "先生"
                | "女士"
                | "师傅"
                | "大哥"
                | "大姐"
                | "医生"
                | "总"
                | "老"
                | "姓"
                | "某"
                | "家"
                | "氏"
        )
}

/// Whether the dictionary has `word` as a name.
fn is_name_like(word: &str) -> bool {
    WORDS.tag(word, false).first().is_some_and(|tag| tag.tag.starts_with("nr"))
}

/// Whether a longer word that no name begins with starts at `at`: 全力, 成功, 高兴地.
fn is_function_word(line: &Line, at: usize) -> bool {
    line.words_from(at).first().is_some_and(|word| {
        let tag = word.tag.as_bytes().first();
        word.end - word.start > 1 && matches!(tag, Some(b'd' | b'p' | b'c' | b'r' | b'v' | b't' | b'u' | b'l' | b'i'))
    })
}

/// The title that ends right before `at`.
fn title_before(line: &Line, at: usize) -> Option<String> {
    let longest = LONGEST_TITLE.min(at);
    let length = (1..=longest).rev().find(|&length| is_title("before", &line.text(at - length..at)))?;
    let start = at - length;
    // 第一书记, 党委副书记: the office's own adjuncts.
    let adjuncts = ["党委", "党总支", "党支部", "党工委", "常务", "第一", "社区", "居民区", "街道", "业委会"];
    let adjunct =
        adjuncts.iter().find(|adjunct| line.ends_with(start, adjunct)).map_or(0, |adjunct| adjunct.chars().count());
    Some(line.text(start - adjunct..at))
}

fn said_after(line: &Line, end: usize) -> bool {
    let word = line.words_from(end).first().filter(|word| word.start == end);
    (2..=4).rev().any(|length| end + length <= line.len() && is_title("verb", &line.text(end..end + length)))
        || word.is_some_and(|word| is_title("verb", &line.text(word.start..word.end)))
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
        let title = is_title("before", &line.text(word.start..word.end));
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
            || is_title("verb", &text)
            || end - at > PART
        {
            break;
        }
        end = word.end;
    }
    let sounds = line.chars[start..at].iter().filter(|&&c| TRANSLITERATION.contains(c)).count();
    let enough = at - start >= 2 && end - at > 2 && end <= clause.end && sounds * 2 >= at - start;
    enough.then(|| (start..end, title_before(line, start)))
}

/// Characters that transliterations use most. Source: the name tables of 世界人名翻译大辞典, commonest syllables.
const TRANSLITERATION: &str = "阿艾爱安巴白拜保贝本比伯布查达大丹德迪地丁杜多尔法菲夫弗福盖甘戈格古哈海汗赫胡吉加江杰居卡凯坎克肯库拉莱兰朗勒雷里力利莉丽林琳龙卢鲁路伦罗洛马玛麦曼茂梅蒙米姆穆娜纳乃娃内尼妮努诺欧帕佩普其齐奇逊恰乔切热日茹瑞萨赛桑瑟森沙山什史斯苏素塔坦特提铁土吐图托瓦万维沃乌武西希夏肖谢辛雅亚扬耶叶伊衣依义因尤余玉约再扎泽哲珍旦增才让措卓仁次顿平珠松买合依巴孜孜丹娅莎古丽";

/// Two or more capitalised words: `Maria Silva`.
fn latin(line: &Line, at: usize) -> Option<Range<usize>> {
    let starts = line.at(at).is_uppercase() && !line.before(at).is_ascii_alphanumeric() && line.before(at) != ' ';
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
        let role = |found: &Found| found.role.as_deref().map_or(String::new(), |role| format!("/{role}"));
        find(&line).iter().map(|found| format!("{}{}", found.name, role(found))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_stand_by_office_or_speech() {
        table(
            &[
                ("网格员马云溪带着师傅", "马云溪/网格员"),
                ("社区党委书记杜若介绍", "杜若/社区党委书记"),
                ("“真好。”杜若琳坦言", "杜若琳"),
                ("主任欧阳青说", "欧阳青/主任"),
                ("居民罗大年、简明珠和", "罗大年/居民 简明珠"),
                ("同楼的阿依努尔·买买提", "阿依努尔·买买提"),
                ("来自巴西的Maria Silva是", "Maria Silva"),
                ("78岁的何秀珠老人", "何秀珠"),
            ],
            found,
        );
    }

    #[test]
    fn others_stay_out() {
        nothing(
            &[
                "网格员带着居民",
                "张阿姨说",
                "居民高兴地说",
                "主任说",
                "王师傅介绍",
                "社区介绍",
                "党员方便群众",
                "Mr. Wang",
                "居民和物业",
            ],
            found,
        );
    }
}
