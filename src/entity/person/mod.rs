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
mod sign;
mod weight;

use super::boundary;
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::lexicon::table::{Endings, Openings};
use crate::lexicon::{WORDS, rows};
use crate::model::EntityKind::{Organization, Person, Place};
use rustc_hash::FxHashSet;
use shape::Shape;
use sign::{
    IN_LIST, LEADS_LIST, ends_name, formed_title, in_list, leads_list, office_before, office_end, said_after, signs,
};
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

/// Odds of a name that is a place as well.
const OUTWEIGHS_PLACE: f32 = 1.5;
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
                ("牧民娜仁高娃说", "娜仁高娃/牧民"),
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
                ("陈萨仁托娅把奶茶端上来", "陈萨仁托娅"),
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
                "孩子们学会了",
                "占全镇的三成",
                "空荡荡的走廊",
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
