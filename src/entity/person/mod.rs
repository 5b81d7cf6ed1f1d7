//! Persons (人名): full names, with the office that the text gives them.
//!
//! In: a line. Out: persons; an office stands in `role`. A name is believed for its shape (`shape`: surname and given
//! name, or the syllables of another language) and for the signs around it:
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
mod shape;

use super::boundary;
use super::found::Found;
use super::line::{Line, is_name_char};
use crate::lexicon::table::{Endings, Openings};
use crate::lexicon::{WORDS, rows};
use crate::model::EntityKind::Person;
use shape::Shape;
use std::ops::Range;
use std::sync::LazyLock;

/// Points of shape and signs that make a name without office or speech. Measured on practice issues: one less takes in
/// plants and shop names, one more loses half of the names.
const ENOUGH: i32 = 6;

/// Points of an age beside the name.
const AGE: i32 = 4;
/// Points of 住三楼的 before it.
const LIVES: i32 = 2;
/// Points of an office that is known by its form.
const FORMED: i32 = 3;
/// Whether names stand after `c`, a preposition or a particle.
fn leads(c: char) -> bool {
    matches!(c, '由' | '请' | '让' | '跟' | '对' | '给' | '找' | '向' | '的' | '和' | '与' | '及' | '是')
}

/// Whether nouns that are offices end with `c`.
fn ends_office(c: char) -> bool {
    matches!(c, '长' | '员' | '师' | '者' | '匠' | '手')
}

/// What stands before names: offices, kinship.
static BEFORE: LazyLock<Endings<()>> = LazyLock::new(|| titles("before").map(|word| (word, ())).collect());
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

/// Persons in `line`.
pub(super) fn find(line: &Line) -> Persons {
    let mut persons = Persons { sure: Vec::new(), doubtful: Vec::new() };
    // Where the last name ends.
    let mut taken = 0;
    for at in 0..line.len() {
        let shape =
            shape::at(line, at).filter(|shape| is_promising(line, shape)).and_then(|shape| shape.complete(line));
        if let Some(name) = shape.as_ref().and_then(|shape| doubtful(line, shape)) {
            persons.doubtful.push(name);
        }
        if at < taken {
            continue;
        }
        let next = foreign::find(line, at).or_else(|| match &shape {
            Some(shape) => named(line, shape, &persons.sure),
            None => rare(line, at),
        });
        if let Some((range, role)) = next {
            taken = range.end;
            persons.sure.push(Found { role, ..Found::plain(Person, line, range) });
        }
    }
    persons
}

/// Whether the characters around a shape leave it a chance: words are cut only where they may decide.
fn is_promising(line: &Line, shape: &Shape) -> bool {
    let (at, end) = (shape.start, shape.end);
    let before = line.before(at);
    let signs = i32::from(!is_name_char(before) || leads(before))
        + if is_name_char(line.at(end)) { 2 } else { 1 }
        + AGE * i32::from(has_age(line, shape))
        + LIVES * i32::from(before == '的' && lives_before(line, at))
        + FORMED * i32::from(ends_office(before));
    shape.points + signs + 1 >= ENOUGH
        || matches!(before, '、' | '和' | '与' | '及')
        || BEFORE.longest(line.upto(at)).is_some()
        || AFTER.longest(line.from(end)).is_some()
}

/// A Han name with a sign that it is one.
fn named(line: &Line, shape: &Shape, found: &[Found]) -> Option<(Range<usize>, Option<String>)> {
    let (at, end) = (shape.start, shape.end);
    let whole = line.text(at..end);
    if is_office(whole) || boundary::is_listed(whole) {
        return None;
    }
    let known = WORDS.has_word(whole) && !shape::is_name_like(whole);
    let role = title_before(line, at);
    let said = said_after(line, end);
    let opens = !is_name_char(line.before(at)) && line.before(at) != '·';
    let introduced = line.before(at) == '的' || line.before(at) == '叫';
    let titled = line
        .words_from(end)
        .first()
        .is_some_and(|word| word.start == end && is_after(line.text(word.start..word.end), Follows::Title));
    // Two characters, or what begins like a function word, need to look a little like a name.
    let likely = shape.points >= if end - at > 2 { 1 } else { shape.surname + 1 } || shape::is_name_like(whole);
    let shown = likely && (role.is_some() || said && (opens || introduced) || titled && end - at > 2);
    let listed = found
        .last()
        .is_some_and(|last| last.range.end + 1 == at && matches!(line.before(at), '、' | '和' | '与' | '及'));
    // 杜若 is a plant, and a person where an office and a verb of speech stand around it.
    if shown && (said && role.is_some() || !known) || listed && likely && !known {
        return Some((at..end, role));
    }
    let role = formed_title(line, at).filter(|_| shape.is_unknown);
    let points = shape.points + signs(line, shape) + if role.is_some() { FORMED } else { 0 };
    (points >= ENOUGH && shape.is_unknown && !known).then_some((at..end, role))
}

/// A name of a surname that is on no list, after an office: before a verb of speech (`站长同亮介绍`), or of characters
/// that given names are made of (`楼组长计小平、`).
fn rare(line: &Line, at: usize) -> Option<(Range<usize>, Option<String>)> {
    if !is_name_char(line.at(at)) || !"长员记任师人民者表主生".contains(line.before(at)) {
        return None;
    }
    let role = title_before(line, at)?;
    let end = [at + 3, at + 2].into_iter().find(|&end| {
        shape::can_be(line, at..end)
            && shape::is_unknown(line, at, end)
            && (said_after(line, end) || end == at + 3 && shape::is_given(line, at + 1..end) && right(line, end) > 0)
    })?;
    // 站长又问, 站长没多说: adverbs.
    let adverb = boundary::is_stop(line.text(at..at + 1)) || boundary::is_listed(line.text(end - 1..end));
    (!adverb).then_some((at..end, Some(role)))
}

/// A name that one sign more would make sure.
fn doubtful(line: &Line, shape: &Shape) -> Option<String> {
    let whole = line.text(shape.start..shape.end);
    let enough = shape.end - shape.start > 2 && shape.points + signs(line, shape) + 1 >= ENOUGH;
    let unknown = enough && shape.is_unknown && !WORDS.has_word(whole) && !boundary::is_listed(whole);
    unknown.then(|| whole.to_owned())
}

/// What stands around a name, in points.
fn signs(line: &Line, shape: &Shape) -> i32 {
    let lives = line.before(shape.start) == '的' && lives_before(line, shape.start);
    left(line, shape.start)
        + right(line, shape.end)
        + AGE * i32::from(has_age(line, shape))
        + LIVES * i32::from(lives)
}

/// A mark, a preposition or a particle before the name.
fn left(line: &Line, at: usize) -> i32 {
    let before = line.before(at);
    let plain = !is_name_char(before);
    let led = leads(before) && line.parts_words(at - 1);
    i32::from(plain && before != '“' || led)
}

/// A mark or a particle after it; a verb, or what leads to one (把, 正, 每天), counts double.
fn right(line: &Line, end: usize) -> i32 {
    let after = line.at(end);
    if !is_name_char(after) {
        return i32::from(!matches!(after, '”' | '》' | '’'));
    }
    let word = line.words_from(end).first().filter(|word| word.start == end);
    match word.map_or("", |word| word.tag) {
        "v" | "d" | "p" | "r" | "t" | "vd" => 2,
        "c" | "uj" | "u" => 1,
        _ => i32::from("等和与及的".contains(after)),
    }
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

/// The title that ends right before `at`.
fn title_before(line: &Line, at: usize) -> Option<String> {
    let start = at - BEFORE.longest(line.upto(at))?.length;
    // 第一书记, 党委副书记: the office's own adjuncts.
    let adjuncts = ["党委", "党总支", "党支部", "党工委", "常务", "第一", "社区", "居民区", "街道", "业委会"];
    let adjunct =
        adjuncts.iter().find(|adjunct| line.ends_with(start, adjunct)).map_or(0, |adjunct| adjunct.chars().count());
    Some(line.text(start - adjunct..at).to_owned())
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
        find(&line).sure.iter().map(|found| format!("{}{}", found.name, role(found))).collect::<Vec<_>>().join(" ")
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
                ("78岁的何秀珠老人", "何秀珠"),
                ("站长同亮介绍，", "同亮/站长"),
                ("护林员陶春生每天上山", "陶春生/护林员"),
                ("楼组长计小平、业主", "计小平/楼组长"),
                ("老船工人称他", ""),
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
            ],
            found,
        );
    }
}
