//! The borders of a unit. In: a passage. Out: [`RelationKind::BoundedBy`], whose object is the words of the text.
//!
//! | text                                           | borders                              |
//! |------------------------------------------------|--------------------------------------|
//! | `第三网格东至云栖路，南临河堤、西靠铁路`       | `东至云栖路，南临河堤、西靠铁路`     |
//! | `东至云栖路的公交车停运`                       | none: one side is no border          |

use super::passage::Reading;
use crate::model::EntityKind::{Community, Grid};
use crate::model::{Relation, RelationKind, TextSpan, Thing};
use regex::Regex;
use std::sync::LazyLock;

/// Three sides or more, each a direction, a verb and a name.
static BORDERS: LazyLock<Regex> = LazyLock::new(|| {
    let side = "[东南西北東][面侧起]?(?:至|临|到|靠|接|邻|抵|以|沿|起|连|依|濒|止|臨|鄰)[^，。；、：！？]{1,24}";
    Regex::new(&format!("{side}(?:[，、；]{side}){{2,7}}")).expect("the pattern is a constant")
});

/// The relations of `reading`.
pub(super) fn find(reading: &Reading<'_>, relations: &mut Vec<Relation>) {
    for found in BORDERS.find_iter(reading.text) {
        let sentence = reading.sentence(found.start());
        // The unit that a sentence begins with is what it speaks of. `第三网格共有3个小区。东至…`: or the one before.
        let before = TextSpan::new(reading.sentence(sentence.start.saturating_sub(1)).start, sentence.start);
        let first = |kind, span| reading.of_kind(kind, span).first();
        let unit = [TextSpan::new(sentence.start, found.start()), before].into_iter().find_map(|span| {
            [first(Grid, span), first(Community, span)].into_iter().flatten().min_by_key(|unit| unit.span.start)
        });
        if let Some(unit) = unit {
            let words = Thing { kind: None, name: found.as_str().to_owned() };
            relations.push(reading.relation(RelationKind::BoundedBy, Thing::of(unit), words, found.start()));
        }
    }
}
