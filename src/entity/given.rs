//! Names that the user has given: found wherever they stand, as what the user says they are.
//!
//! In: a line, and the user's gazetteer. Out: mentions, which what the rules find gives way to.
//!
//! | given                                    | text                 | mentions                                 |
//! |------------------------------------------|----------------------|------------------------------------------|
//! | grid `云栖综合网格`, alias `云栖`        | `云栖的网格员`       | grid `云栖综合网格`                      |
//! | organization `栗山居民区`                | `栗山居民区的老人`   | an organization, no community            |
//! | grid `云栖综合网格`                      | `云栖综合网格工作站` | the grid within the organization: they nest |

use super::found::Found;
use super::line::Line;
use super::resolve::nests;
use crate::lexicon::gazetteer::Gazetteer;
use crate::model::EntityKind::Division;

/// The given names in `line`, in order; where several begin at a place, the longest.
pub(super) fn find(line: &Line, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    while !gazetteer.is_empty() && start + 1 < line.len() {
        let Some((name, entry)) = gazetteer.longest(line.from(start)) else {
            start += 1;
            continue;
        };
        let end = start + name.chars().count();
        let mention = Found::named(entry.kind, start..end, entry.name.clone());
        found.push(Found { code: entry.code.clone(), ..mention });
        start = end;
    }
    found
}

/// Puts given divisions among those of `line`, which other names end at.
pub(super) fn add_divisions(line: &mut Line, given: &[Found], divisions: &mut Vec<Found>) {
    if given.is_empty() {
        return;
    }
    give_way(divisions, given);
    divisions.extend(given.iter().filter(|given| given.kind == Division).cloned());
    divisions.sort_by_key(|found| found.range.start);
    line.divisions = divisions.iter().map(|found| found.range.clone()).collect();
}

/// Drops of `found` what stands where a given name does, unless one may stand within the other.
pub(super) fn give_way(found: &mut Vec<Found>, given: &[Found]) {
    found.retain(|found| {
        let next = given.partition_point(|given| given.range.end <= found.range.start);
        given[next..].iter().take_while(|given| given.range.start < found.range.end).all(|given| {
            let within = |inner: &Found, outer: &Found| {
                outer.range != inner.range
                    && outer.range.start <= inner.range.start
                    && inner.range.end <= outer.range.end
                    && nests(outer.kind, inner.kind)
            };
            within(given, found) || within(found, given)
        })
    });
}
