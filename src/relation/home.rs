//! In which unit a grid or a community lies, as far as its article or its issue shows it. In: the relations of an
//! issue's articles. Out: for a mention the name of that unit, by which two of one name are told apart.
//!
//! | what is said                                        | lies in            |
//! |-----------------------------------------------------|--------------------|
//! | `云杉社区第三网格`, here or in another article      | `云杉社区`         |
//! | `云杉社区`, in an issue that names one street       | that street        |
//! | `第三网格`, in an article that names one community  | that community     |
//! | `第三网格`, of two communities in this issue        | nothing            |

use super::about::{Background, is_street};
use crate::model::{EntityKind, Mention, Relation, RelationKind, Thing};
use std::collections::{BTreeMap, BTreeSet};

/// The units that grids and communities are said to lie in, by the name of what lies there.
#[derive(Default)]
pub(super) struct Homes(BTreeMap<(EntityKind, String), BTreeSet<(EntityKind, String)>>);

impl Homes {
    /// What `relations` say.
    pub(super) fn new<'a>(relations: impl IntoIterator<Item = &'a Relation>) -> Self {
        let mut homes = Self::default();
        for relation in relations.into_iter().filter(|relation| relation.kind == RelationKind::In) {
            if let (Some(inner), Some(outer)) = (end(&relation.subject), end(&relation.object)) {
                homes.0.entry(inner).or_default().insert(outer);
            }
        }
        homes
    }

    /// The only unit of `kind` that `mention` is said to lie in.
    fn only(&self, mention: &Mention, kind: EntityKind) -> Option<&str> {
        let all = self.0.get(&(mention.kind, mention.name.clone()))?;
        let mut units =
            all.iter().filter(|(of, name)| *of == kind && (kind != EntityKind::Division || is_street(name)));
        units.next().filter(|_| units.next().is_none()).map(|(_, name)| name.as_str())
    }
}

fn end(thing: &Thing) -> Option<(EntityKind, String)> {
    Some((thing.kind?, thing.name.clone()))
}

/// Where `mention` lies by what its article says, else by what its issue says, else by what they speak of.
pub(super) fn home(mention: &Mention, article: &Homes, issue: &Homes, background: &Background) -> Option<String> {
    let said = |kind| article.only(mention, kind).or_else(|| issue.only(mention, kind)).map(str::to_owned);
    let street = || background.division.clone().filter(|name| is_street(name));
    match mention.kind {
        EntityKind::Community => said(EntityKind::Division).or_else(street),
        EntityKind::Grid => {
            let community =
                || background.community.clone().filter(|name| is_number(&mention.name) && has_grids(name));
            said(EntityKind::Community).or_else(community).or_else(|| said(EntityKind::Division)).or_else(street)
        }
        _ => None,
    }
}

/// Whether a community is one that is divided into grids: that of a committee, not an estate or a building.
fn has_grids(name: &str) -> bool {
    ["社区", "社區", "居民区", "居委会", "居委", "村", "嘎查"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a grid's name is only its number within a greater unit: `第三网格`, `A03网格`, `2号微网格`.
fn is_number(name: &str) -> bool {
    let core = name.trim_end_matches("网格").trim_end_matches(['微', '综', '合', '格']);
    let numeral = |c: char| c.is_ascii_alphanumeric() || "第号〇零一二三四五六七八九十百-—".contains(c);
    !core.is_empty() && core.chars().all(numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_that_are_numbers() {
        assert!(
            ["第三网格", "A03网格", "2号微网格", "第十二综合网格", "2-07网格"].iter().all(|name| is_number(name))
        );
        assert!(!["云杉网格", "云杉第三网格", "网格"].iter().any(|name| is_number(name)));
    }
}
