//! Which body works in which community. In: a passage. Out: [`RelationKind::WorksIn`].
//!
//! | text                               | works in                                    |
//! |------------------------------------|---------------------------------------------|
//! | `明远物业进驻青岚小区`             | the company, the estate                     |
//! | `青岚小区聘请明远物业`             | the company, the estate                     |
//! | `云杉社区党总支` with both named   | the branch, the community in its name       |
//! | `明远物业、青岚小区`               | nothing: a list                             |

use super::passage::Reading;
use crate::model::EntityKind::{Community, Organization};
use crate::model::{Mention, Relation, RelationKind, TextSpan, Thing};
use regex::Regex;
use std::sync::LazyLock;

/// What a body does in a community.
static WORKS: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "进驻|入驻|服务|接管|承接|负责|托管|走进|来到|深入|落户|设在|位于|管理";
    Regex::new(&format!(
        "^(?:已|也|正式|于|将|共同|联合|先后|主动|的?工作人员|志愿者|医生|律师)*(?:{verbs})了?(?:的是)?$"
    ))
    .expect("the pattern is a constant")
});

/// How a community comes by a body.
const HAS: [&str; 12] = [
    "聘请",
    "聘请了",
    "选聘",
    "选聘了",
    "引入",
    "引入了",
    "引进",
    "引进了",
    "的物业公司",
    "物业公司",
    "的物业服务企业",
    "物业",
];

/// Longest text between the two, in bytes.
const FAR: usize = 36;

/// The relations of `reading`.
pub(super) fn find(reading: &Reading<'_>, relations: &mut Vec<Relation>) {
    for body in reading.of_kind(Organization, reading.whole()) {
        let sentence = reading.sentence(body.span.start);
        let own = reading.of_kind(Community, body.span).first();
        let next =
            || reading.of_kind(Community, TextSpan::new(body.span.end, sentence.end.max(body.span.end))).first();
        let last = || reading.of_kind(Community, TextSpan::new(sentence.start, body.span.start)).last();
        let near = |between: &str| between.len() <= FAR;
        let community: Option<&&Mention> = own
            .or_else(|| {
                next().filter(|next| near(reading.between(body, next)) && WORKS.is_match(reading.between(body, next)))
            })
            .or_else(|| last().filter(|last| HAS.contains(&reading.between(last, body))));
        if let Some(community) = community {
            relations.push(reading.relation(
                RelationKind::WorksIn,
                Thing::of(body),
                Thing::of(community),
                body.span.start,
            ));
        }
    }
}
