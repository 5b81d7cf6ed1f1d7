//! The vocabulary that every stage shares. It uses nothing of the other modules.
//!
//! | file      | holds                                                                        |
//! |-----------|------------------------------------------------------------------------------|
//! | `span`    | [`SourceSpan`] (bytes of the file) and [`TextSpan`] (bytes of a string)       |
//! | `text`    | [`Text`], a string that knows where each character came from, and [`Edit`]    |
//! | `issue`   | [`Issue`], what was [`SetAside`] and why, [`Problem`]s met on the way          |
//! | `article` | [`Article`], its [`Heading`]s and paragraphs, [`Place`]                        |
//! | `mention` | [`Mention`] and [`EntityKind`]                                                |
//! | `metric`  | [`Metric`], [`Quantity`], [`Bound`], [`Change`], [`Check`]                     |
//! | `decision` | [`Decision`]s of an operator on names                                         |
//! | `relation` | [`About`]: what a figure speaks of; [`Relation`]s between named things        |

mod article;
mod decision;
mod issue;
mod mention;
mod metric;
mod relation;
mod span;
mod text;

pub use article::{Article, Heading, Passage, Place};
pub use decision::{Decided, Decision, Decisions};
pub use issue::{Issue, Problem, Reason, Seam, SetAside};
pub use mention::{EntityKind, Mention};
pub use metric::{Bound, Change, Check, Metric, Quantity, Rule};
pub use relation::{About, Level, Relation, RelationKind, Shown, Thing};
pub use span::{SourceSpan, TextSpan};
pub use text::{Damage, Edit, Evidence, Finding, Repair, Text, TextBuilder};
