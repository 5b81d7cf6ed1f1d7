//! Persons (人名): full names, with the office that the text gives them (`role`).
//!
//! In: a line. Out: persons; an office stands in `role`. A name is believed for its shape (`shape`: surname and given
//! name, or the syllables of another language) and for the signs around it, weighed together as odds (`weight`):
//!
//! | text                          | person, role       | because                                          |
//! |-------------------------------|--------------------|--------------------------------------------------|
//! | `网格员马云溪带着`            | `马云溪`, `网格员` | an office                                        |
//! | `摄影师马云溪`                | `马云溪`, `摄影师` | a noun that ends as offices do                   |
//! | `“……。”杜若琳坦言`            | `杜若琳`           | a verb of speech                                 |
//! | `何秀珠，78岁，`              | `何秀珠`           | an age                                           |
//! | `由何秀珠牵头`                | `何秀珠`           | the shape of a name between a preposition and a verb |
//! | `居民罗大年、简明珠`          | both               | a list                                           |
//! | `网格员带着`, `主任说`        |                    | no surname                                       |
//! | `张主任`, `老张`              |                    | no full name                                     |

mod foreign;
mod role;
mod shape;
mod weight;

use super::boundary;
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::lexicon::table::{Endings, Openings};
use crate::lexicon::{WORDS, rows};
use crate::model::EntityKind::{Organization, Person, Place};
use rustc_hash::FxHashSet;
use shape::Shape;
use std::ops::Range;
use std::sync::LazyLock;

/// Odds above which a name is believed. Two less takes in plants and shop names, one more loses a tenth of the names.
const SURE: f32 = 0.0;
/// Odds above which a name is believed that an office stands before and a verb of speech behind.
const SHOWN: f32 = -2.0;
/// Odds above which a name is believed that an article has twice.
const DOUBTFUL: f32 = -1.5;
/// What the words of a clause can add to the odds at most, an office and a title aside.
const WORDS_ADD: f32 = weight::STARTS_WORD + weight::ENDS_WORD + weight::UNKNOWN + weight::PREDICATE;

/// Odds of an age beside the name.
const AGE: f32 = 3.0;
/// Odds of 住三楼的 before it.
const LIVES: f32 = 3.0;
/// Odds of an office that is known by its form.
const FORMED: f32 = 2.5;
/// Odds of another name before it in a list.
const IN_LIST: f32 = 3.5;
/// Odds of something behind it in a list that looks like a name as well.
const LEADS_LIST: f32 = 2.0;
/// Odds of a given name that says one character twice, which newsletters have more of than the news.
const TWICE: f32 = 2.5;
/// Odds of a name that is a place as well.
const OUTWEIGHS_PLACE: f32 = 1.5;
/// Odds of a last character that places end with.
const PLACE: f32 = -2.5;
const ENDS_PLACE: &str = "园苑里路街巷村屯镇乡县区庭阁坊弄桥寺庙站厂";

/// Whether nouns that are offices end with `c`.
fn ends_office(c: char) -> bool {
    matches!(c, '长' | '员' | '师' | '者' | '匠' | '手' | '工' | '嫂' | '民' | '兵' | '警')
}

/// What stands before names: offices, kinship; whether it says what many are.
static BEFORE: LazyLock<Endings<bool>> = LazyLock::new(|| {
    let offices = titles("before").map(|word| (word, false));
    offices.chain(titles("group").map(|word| (word, true))).collect()
});
/// What stands after names, and verbs of speech.
static AFTER: LazyLock<Openings<Follows>> = LazyLock::new(|| {
    let after = titles("after").map(|word| (word, Follows::Title));
    after.chain(titles("verb").map(|word| (word, Follows::Verb))).collect()
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Title,
    Verb,
}

/// The words of the table that stand at `place`.
fn titles(place: &'static str) -> impl Iterator<Item = &'static str> {
    let table = rows(include_str!("../../lexicon/titles.tsv"));
    table.filter_map(move |row| row.get(1).is_some_and(|&at| at == place).then(|| row[0]))
}

/// Whether `word` is an office or kinship, as it stands before a name.
fn is_office(word: &str) -> bool {
    BEFORE.has(word)
}

/// Whether `word` follows a name as `follows`.
fn is_after(word: &str, follows: Follows) -> bool {
    AFTER.all(word).any(|entry| entry.word == word && entry.value == follows)
}

/// What a line tells of persons.
pub(super) struct Persons {
    /// In order.
    pub(super) sure: Vec<Found>,
    /// Names that have the shape of one, but too few signs: said twice in an article, they are persons.
    pub(super) doubtful: Vec<String>,
}

/// Words that look like names.
static TRAPS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../lexicon/name_traps.tsv")).filter_map(|row| row.first().copied()).collect()
});

/// Persons in `line`; `named`, sorted by start, are the places and bodies that have been found in it.
pub(super) fn find(line: &Line, named: &[Found]) -> Persons {
    let mut persons = Persons { sure: Vec::new(), doubtful: Vec::new() };
    // Where the last name ends.
    let mut taken = 0;
    for at in 0..line.len() {
        if at < taken {
            continue;
        }
        let next = foreign::find(line, at).or_else(|| match best(line, at, &persons.sure) {
            Some(shape) if crosses(&shape, named) => None,
            Some(shape) if is_sure(line, &shape) => stands(line, &shape).then_some((shape.start..shape.end, None)),
            shape => {
                persons.doubtful.extend(shape.and_then(|shape| doubtful(line, &shape)));
                rare(line, at)
            }
        });
        if let Some((range, role)) = next {
            taken = range.end;
            let shared = || in_list(&persons.sure, line, at).then(|| role::shared(persons.sure.last())).flatten();
            let role = role
                .or_else(|| role::before(line, range.start, named))
                .or_else(|| formed_title(line, range.start))
                .or_else(|| role::after(line, range.end))
                .or_else(shared);
            persons.sure.push(Found { role, ..Found::plain(Person, line, range) });
        }
    }
    persons
}

/// The likeliest name that starts at `at`, if words leave it a chance.
fn best(line: &Line, at: usize, found: &[Found]) -> Option<Shape> {
    let mut best: Option<Shape> = None;
    for shape in shape::at(line, at) {
        let listed = if in_list(found, line, at) {
            IN_LIST
        } else if leads_list(line, &shape) {
            LEADS_LIST
        } else {
            0.0
        };
        let signs = signs(line, &shape) + listed;
        let titled = if AFTER.longest(line.from(shape.end)).is_some() { weight::TITLE } else { 0.0 };
        // Words are cut only where they may decide.
        if shape.odds + signs + titled + WORDS_ADD < DOUBTFUL {
            continue;
        }
        let Some(shape) = shape.plus(signs).complete(line) else {
            continue;
        };
        if best.is_none_or(|best| shape.odds > best.odds) {
            best = Some(shape);
        }
    }
    best
}

/// Whether a name is beyond doubt.
fn is_sure(line: &Line, shape: &Shape) -> bool {
    let (at, end) = (shape.start, shape.end);
    let whole = line.text(at..end);
    let office = office_before(line, at);
    let shown = shape.odds >= SHOWN && office.is_some() && said_after(line, end)
        || shape.odds >= DOUBTFUL
            && office.as_ref().is_some_and(|office| !office.is_group)
            && shape.is_given(line)
            && ends_name(line, end);
    // 杜若 is a plant, and a person where an office and a verb of speech stand around it.
    let known = WORDS.has_word(whole) && !shape::is_name_like(whole);
    let enough = if shape.given() == 1 && office.is_none() { SURE + 1.0 } else { SURE };
    (shape.odds >= enough && !known || shown) && !is_no_name(whole)
}

/// Mentions before a place that may still reach over it: nested ones are few.
const LOOK_BACK: usize = 6;

/// Whether what has a name already shares characters with this one: a community, a grid, a division, or a place if the
/// name is not much like one (马云溪 is no brook where someone of that name speaks).
fn crosses(shape: &Shape, named: &[Found]) -> bool {
    let next = named.partition_point(|found| found.range.start < shape.end);
    let mut over = named[next.saturating_sub(LOOK_BACK)..next].iter().filter(|found| found.range.end > shape.start);
    over.any(|found| match found.kind {
        Organization => false,
        Place => shape.odds < OUTWEIGHS_PLACE,
        _ => true,
    })
}

/// Whether no name that starts within this one is likelier: 叫 of 叫齐云溪.
fn stands(line: &Line, shape: &Shape) -> bool {
    !(shape.start + 1..shape.end).any(|at| best(line, at, &[]).is_some_and(|other| other.odds > shape.odds))
}

/// Whether the last of `found` and what starts at `at` are items of one list.
fn in_list(found: &[Found], line: &Line, at: usize) -> bool {
    found.last().is_some_and(|last| last.range.end + 1 == at && joins(line.before(at)))
}

/// A name of a surname that is on no list, after an office: before a verb of speech (`站长同亮介绍`), or of characters
/// that given names are made of (`楼组长计小平、`).
fn rare(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    if !is_name_char(line.at(at)) || !"长员记任师人民者表主生".contains(line.before(at)) {
        return None;
    }
    if is_office(line.text(at..at + 1)) || BEFORE.longest(line.upto(at)).is_none() {
        return None;
    }
    let end = [at + 3, at + 2].into_iter().find(|&end| {
        shape::can_be(line, at..end)
            && shape::is_unknown(line, at, end)
            && (said_after(line, end) || end == at + 3 && weight::is_given(line, at + 1..end) && ends_name(line, end))
    })?;
    // 站长又问, 站长没多说: adverbs.
    let adverb = boundary::is_stop(line.text(at..at + 1)) || boundary::is_listed(line.text(end - 1..end));
    (!adverb).then_some((at..end, None))
}

/// Whether the next item of a list, if the name is in one, has the shape of a name as well.
fn leads_list(line: &Line, shape: &Shape) -> bool {
    let next = shape.end + 1;
    joins(line.at(shape.end))
        && shape::at(line, next).any(|other| {
            !WORDS.has_word(line.text(next..other.end))
                && !is_name_char(line.at(other.end))
                && other.odds + weight::STARTS_WORD + weight::ENDS_WORD > DOUBTFUL - 1.0
                || joins(line.at(other.end)) && other.odds > DOUBTFUL - weight::STARTS_WORD - weight::ENDS_WORD
        })
}

/// Whether `c` joins the items of a list.
fn joins(c: char) -> bool {
    matches!(c, '、' | '和' | '与' | '及')
}

/// Whether a list has `whole` as something else.
fn is_no_name(whole: &str) -> bool {
    is_office(whole) || boundary::is_listed(whole) || TRAPS.contains(whole)
}

/// A name that one sign more would make sure.
fn doubtful(line: &Line, shape: &Shape) -> Option<String> {
    let whole = line.text(shape.start..shape.end);
    let enough = shape.given() > 1 && shape.odds >= DOUBTFUL && shape.is_unknown;
    (enough && !WORDS.has_word(whole) && !is_no_name(whole)).then(|| whole.to_owned())
}

/// What stands around a name, as odds.
fn signs(line: &Line, shape: &Shape) -> f32 {
    let at = shape.start;
    let lives = line.before(at) == '的' && lives_before(line, at);
    let bracketed = line.at(shape.end) == '（' && role::after(line, shape.end).is_some();
    let office = if bracketed {
        weight::OFFICE
    } else if let Some(office) = office_before(line, at) {
        if office.is_group { weight::GROUP } else { weight::OFFICE }
    } else if ends_office(line.before(at)) && formed_title(line, at).is_some() {
        FORMED
    } else {
        0.0
    };
    let signs = [
        (has_age(line, shape), AGE),
        (lives, LIVES),
        (shape.is_twice(line), TWICE),
        (ENDS_PLACE.contains(line.before(shape.end)), PLACE),
    ];
    signs.into_iter().map(|(holds, odds)| if holds { odds } else { 0.0 }).sum::<f32>() + office
}

/// An office before a name.
struct Office {
    /// It says what many are (居民) and stands before other words as often.
    is_group: bool,
}

/// Where an office before the name at `at` would end: right there, or before a quote or a colon.
fn office_end(line: &Line, at: usize) -> usize {
    at - usize::from(matches!(line.before(at), '”' | '：'))
}

/// The office right before `at`, also in quotes and with a colon (`联系人：`).
fn office_before(line: &Line, at: usize) -> Option<Office> {
    let end = office_end(line, at);
    let entry = BEFORE.longest(line.upto(end))?;
    Some(Office { is_group: entry.value || end < at && line.before(at) == '：' && is_name_char(line.at(at + 3)) })
}

/// Whether a mark, a particle, or a verb and what leads to one (把, 正, 每天) stands at `end`.
fn ends_name(line: &Line, end: usize) -> bool {
    let after = line.at(end);
    if !is_name_char(after) {
        return !matches!(after, '”' | '》' | '’');
    }
    let word = line.words_from(end).first().filter(|word| word.start == end);
    "等和与及的".contains(after)
        || word.is_some_and(|word| {
            matches!(word.tag.as_bytes().first(), Some(b'v' | b'd' | b'p' | b'r' | b't' | b'c' | b'u'))
        })
}

/// `，72岁`, `（72岁`, `今年72岁`, `72岁的…`.
fn has_age(line: &Line, shape: &Shape) -> bool {
    let aged = |at: usize| {
        let digits = (at..at + 3).take_while(|&at| line.at(at).is_ascii_digit()).count();
        (1..=3).contains(&digits) && line.at(at + digits) == '岁'
    };
    let end = shape.end;
    let after = if is_name_char(line.at(end)) { end } else { end + 1 };
    let this_year = if line.starts_with(after, "今年") { after + 2 } else { after };
    let clause = line.clause(shape.start).start;
    let before = line.before(shape.start) == '的' && (clause..shape.start).any(|at| line.at(at) == '岁')
        || line.ends_with(shape.start, "岁");
    before || aged(this_year) || line.starts_with(after, "男，") || line.starts_with(after, "女，")
}

/// 住六楼的, 来自云岭的: of someone.
fn lives_before(line: &Line, at: usize) -> bool {
    (line.clause(at).start..at).any(|at| line.at(at) == '住' || line.starts_with(at, "来自"))
}

/// A noun before `at` that ends as offices do: 摄影师, 护林员.
fn formed_title(line: &Line, at: usize) -> Option<String> {
    const NO_OFFICE: [&str; 6] = ["人员", "全员", "家长", "特长", "前者", "后者"];
    if !ends_office(line.before(at)) {
        return None;
    }
    let words = line.words(at);
    let word = words.get(words.partition_point(|word| word.end < at)).filter(|word| word.end == at)?;
    let alone = word.end - word.start == 1;
    let start = if alone { words.iter().rev().find(|before| before.end == word.start)?.start } else { word.start };
    let office = line.text(start..at);
    let noun = word.tag.starts_with('n') || alone;
    (noun && !NO_OFFICE.contains(&office) && !boundary::is_stop(office)).then(|| office.to_owned())
}

fn said_after(line: &Line, end: usize) -> bool {
    let word = line.words_from(end).first().filter(|word| word.start == end);
    AFTER.all(line.from(end)).any(|entry| entry.value == Follows::Verb && (2..=4).contains(&entry.length))
        || word.is_some_and(|word| is_after(line.text(word.start..word.end), Follows::Verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let line = Line::new(Place::Title, text);
        let role = |found: &Found| found.role.as_deref().map_or(String::new(), |role| format!("/{role}"));
        find(&line, &[])
            .sure
            .iter()
            .map(|found| format!("{}{}", found.name, role(found)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn names_stand_by_office_or_speech() {
        table(
            &[
                ("网格员马云溪带着师傅", "马云溪/网格员"),
                ("社区党委书记杜若介绍", "杜若/社区党委书记"),
                ("“真好。”杜若琳坦言", "杜若琳"),
                ("主任欧阳青说", "欧阳青/主任"),
                ("居民罗大年、简明珠和", "罗大年/居民 简明珠/居民"),
                ("78岁的何秀珠老人", "何秀珠"),
                ("站长同亮介绍，", "同亮/站长"),
                ("护林员陶春生每天上山", "陶春生/护林员"),
                ("楼组长计小平、业主", "计小平/楼组长"),
                ("老船工人称他", ""),
                ("栗溪街道党工委副书记、办事处主任罗大年主持", "罗大年/栗溪街道党工委副书记、办事处主任"),
                ("老人叫计小平，", "计小平"),
                ("联系人：简明珠；电话", "简明珠/联系人"),
                ("“小管家”柴来弟", "柴来弟/小管家"),
                ("罗大年（社区民警）提醒", "罗大年/社区民警"),
                ("委员会：章敏（主任）、罗程（委员）", "章敏/主任 罗程/委员"),
                ("网格长罗大年、楼组长简明珠", "罗大年/网格长 简明珠/楼组长"),
                ("牧民斯琴高娃说", "斯琴高娃/牧民"),
                ("护士安静接过药箱", "安静/护士"),
            ],
            found,
        );
    }

    #[test]
    fn names_stand_by_shape_and_signs() {
        table(
            &[
                ("何秀珠，78岁，独居", "何秀珠"),
                ("由陶春生牵头", "陶春生"),
                ("请来了陶春生。", ""),
                ("那天，何秀珠把账本摊开", "何秀珠"),
                ("陶春生（72岁）走了", "陶春生"),
                ("陶春生今年72岁", "陶春生"),
                ("住三楼的柴来弟拧开龙头", "柴来弟"),
                ("罗大年、简明珠和陶春生获奖。", "罗大年 简明珠 陶春生"),
                ("戴红领巾的简圆圆跑过来", "简圆圆"),
                ("陈乌日娜把奶茶端上来", "陈乌日娜"),
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
                "金桂香，",
                "树木增长马上见效",
                "，方便面在",
                "主任随后介绍",
                "站长又说",
                "居民都说",
                "时令菜，",
                "由党员牵头",
                "，石榴树下",
                "成本高，",
                "，白云山上",
                "老人连声说",
                "三位高龄老人",
                "大家包粽子，",
                "每周走访两次",
                "老人们学会了",
                "占全街道的三成",
                "冷冰冰的数字",
                "高水平的服务",
                "家家户户，",
                "石榴、桂圆、黄瓜",
                "李叔、王姨",
                "居民安全意识",
            ],
            found,
        );
    }
}
