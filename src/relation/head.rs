//! Who heads which unit. In: a passage. Out: [`RelationKind::Heads`].
//!
//! | text                                   | heads                       |
//! |----------------------------------------|-----------------------------|
//! | `第三网格网格长方禾`                   | 方禾, the grid              |
//! | `云杉社区党总支书记、居委会主任方禾`   | 方禾, the community         |
//! | `方禾担任第三网格网格长`               | 方禾, the grid              |
//! | `第三网格网格长由方禾担任`             | 方禾, the grid              |
//! | `第三网格由方禾担任网格长`             | 方禾, the grid              |
//! | `第三网格网格员方禾`, `副网格长方禾`   | nobody                      |

use super::passage::Reading;
use crate::model::{EntityKind, Mention, Relation, RelationKind, TextSpan, Thing};
use regex::Regex;
use std::sync::LazyLock;

/// Longest text between a unit and a person, in bytes: two offices of ten characters.
const FAR: usize = 72;

/// Offices between a grid and its head.
static GRID: LazyLock<Regex> =
    LazyLock::new(|| offices("(?:综合|單元|单元|党建|总|總|专属)*(?:网格长|網格長)|格长|格長"));
/// Offices between a community and its head.
static COMMUNITY: LazyLock<Regex> = LazyLock::new(|| {
    let body = "党委|黨委|党总支|黨總支|黨支部|居委會|社區|总支|党支部|支部|联合党委|居委会|居委|居民委员会|村委会|村民委员会|社区|居民区|村|两委|党组织";
    offices(&format!("(?:{body})*(?:第一书记|书记|書記|主任|村长|村長|里長|负责人|带头人)|嘎查达"))
});

/// What stands between a person and the unit that it heads.
const IS: [&str; 10] = ["是", "任", "担任", "现任", "兼任", "当选", "出任", "，现任", "擔任", "當選"];

/// Behind the name of whom a unit is headed by: `第三网格由方禾担任网格长`.
static BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:担任|擔任|任|兼任|出任)(?:综合|总)?(?:网格长|網格長|书记|書記|党总支书记|党支部书记|主任)")
        .expect("the pattern is a constant")
});

/// A chain of offices the first of which is `head`, and what may lead on to the name.
fn offices(head: &str) -> Regex {
    let more = "(?:[、兼][^，。；：、]{1,14}){0,2}";
    Regex::new(&format!("^的?(?:{head}){more}(?:由|为|是|：)?$")).expect("the pattern is a constant")
}

/// The relations of `reading`.
pub(super) fn find(reading: &Reading<'_>, relations: &mut Vec<Relation>) {
    for person in reading.of_kind(EntityKind::Person, reading.whole()) {
        let sentence = reading.sentence(person.span.start);
        let unit = [(EntityKind::Grid, &*GRID), (EntityKind::Community, &*COMMUNITY)].into_iter().find_map(
            |(kind, office)| {
                before(reading, kind, office, person, sentence)
                    .or_else(|| after(reading, kind, office, person, sentence))
            },
        );
        if let Some(unit) = unit {
            relations.push(reading.relation(
                RelationKind::Heads,
                Thing::of(person),
                Thing::of(unit),
                person.span.start,
            ));
        }
    }
}

/// The unit whose name stands before the office of `person`.
fn before<'a>(
    reading: &Reading<'a>,
    kind: EntityKind,
    office: &Regex,
    person: &Mention,
    sentence: TextSpan,
) -> Option<&'a Mention> {
    let unit = reading.of_kind(kind, TextSpan::new(sentence.start, person.span.start)).last()?;
    let between = reading.between(unit, person);
    let by = || between == "由" && reading.text.get(person.span.end..).is_some_and(|rest| BY.is_match(rest));
    (between.len() <= FAR && (office.is_match(between) || by())).then_some(unit)
}

/// The unit that `person` is said to head: `方禾担任第三网格网格长`.
fn after<'a>(
    reading: &Reading<'a>,
    kind: EntityKind,
    office: &Regex,
    person: &Mention,
    sentence: TextSpan,
) -> Option<&'a Mention> {
    let unit = reading.of_kind(kind, TextSpan::new(person.span.end, sentence.end)).first()?;
    if !IS.contains(&reading.between(person, unit)) {
        return None;
    }
    let rest = reading.text.get(unit.span.end..sentence.end)?;
    let clause = rest.split(['，', '。', '；', '、', '！', '（']).next()?;
    (clause.len() <= FAR && office.is_match(clause)).then_some(unit)
}
