//! Which unit lies in which. In: a passage. Out: [`RelationKind::In`] of grids and communities.
//!
//! | text                                       | lies in                                     | because                     |
//! |--------------------------------------------|---------------------------------------------|-----------------------------|
//! | `栗山街道云杉社区第三网格`                 | community in division, grid in community    | one name follows the other  |
//! | `云杉社区A03网格` as one name              | grid in community                           | the name says so            |
//! | `第三网格覆盖云杉、青岚两个小区`           | both communities in the grid                | a verb of holding           |
//! | `栗山街道、云杉社区`                       |                                             | a list                      |

use super::passage::Reading;
use crate::model::EntityKind::{Community, Division, Grid};
use crate::model::{EntityKind, Mention, Relation, RelationKind, TextSpan, Thing};
use regex::Regex;
use std::cmp::Reverse;
use std::sync::LazyLock;

/// What stands between two names of which the second is a part of the first.
const GLUE: [&str; 9] = ["", "的", "内的", "里的", "辖区", "辖区内的", "辖区的", "所属", "所辖的"];

/// Verbs of holding, and the count that may stand behind them.
static HOLDS: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "下辖|辖有|管辖|所辖|辖|划分为|划分成|划分|划为|分为|设有|设立|设置|设|包括|包含|涵盖|覆盖|管理着";
    let count = "[0-9〇零一二两三四五六七八九十百]+(?:个|处|座)";
    let what = "(?:自然|行政|综合|微|住宅)?(?:网格|小区|社区|居民区|村居|村|居委会)";
    let lead = "(?:，?分别(?:为|是)|，?即|，?包括|，?有)?[：:]?";
    let pattern = format!(
        "^(?:现|共|总共|目前|还|已|主要|则|被|内|范围|，)*(?:{verbs})了?有?(?:{count}(?:{what})?{lead})?[“]?$"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// Longest text between a unit and what it holds, in bytes: a verb, a count and a colon are some twenty characters.
const FAR: usize = 72;

/// The relations of `reading`.
pub(super) fn find(reading: &Reading<'_>, relations: &mut Vec<Relation>) {
    let mut units: Vec<&Mention> = [Division, Community, Grid]
        .iter()
        .flat_map(|&kind| reading.of_kind(kind, reading.whole()))
        .copied()
        .collect();
    units.sort_by_key(|unit| (unit.span.start, Reverse(unit.span.end), rank(unit.kind)));
    // The unit that holds the list which the last mention was a member of.
    let mut holder: Option<&Mention> = None;
    for (index, unit) in units.iter().copied().enumerate() {
        let Some(last) = index.checked_sub(1).and_then(|last| units.get(last)).copied() else { continue };
        let listed =
            || last.kind == unit.kind && (last.span == unit.span || super::about::listed(reading, last, unit));
        holder = holds(reading, last, unit).or(holder.filter(|_| listed()));
        if let Some(holder) = holder.filter(|holder| holder.name != unit.name && unit.kind != Division) {
            push(reading, unit, holder, relations);
        }
        // A short form within a name is no unit of its own.
        let whole = unit.span.of(reading.text) == unit.name;
        if last.span.contains(unit.span) && last.span != unit.span && last.kind == Grid && unit.kind == Community {
            if whole {
                push(reading, last, unit, relations);
            }
            holder = None;
        } else if holder.is_none() && follows(reading, last, unit) {
            push(reading, unit, last, relations);
            // `云杉社区1、3、5号网格`: all of them.
            holder = (last.kind != Grid).then_some(last);
        }
    }
}

/// `last`, if what follows it says that it holds `unit`.
fn holds<'a>(reading: &Reading<'a>, last: &'a Mention, unit: &Mention) -> Option<&'a Mention> {
    let between = reading.between(last, unit);
    let near = !between.is_empty() && between.len() <= FAR;
    (near && HOLDS.is_match(between)).then_some(last)
}

/// Whether `unit` follows right on the greater unit that it is a part of.
fn follows(reading: &Reading<'_>, last: &Mention, unit: &Mention) -> bool {
    let between = reading.between(last, unit);
    let greater =
        rank(last.kind) > rank(unit.kind) || last.kind == Grid && unit.kind == Community && !between.is_empty();
    greater && last.span.end <= unit.span.start && GLUE.contains(&between)
}

/// How great a unit of that kind is.
fn rank(kind: EntityKind) -> u8 {
    match kind {
        Division => 2,
        Community => 1,
        _ => 0,
    }
}

fn push(reading: &Reading<'_>, inner: &Mention, outer: &Mention, relations: &mut Vec<Relation>) {
    relations.push(reading.relation(RelationKind::In, Thing::of(inner), Thing::of(outer), inner.span.start));
}

impl Reading<'_> {
    /// A relation that the sentence at `at` states.
    pub(super) fn relation(&self, kind: RelationKind, subject: Thing, object: Thing, at: usize) -> Relation {
        let TextSpan { start, end } = self.sentence(at);
        Relation { kind, subject, object, place: self.place, span: TextSpan::new(start, end) }
    }
}
