//! Statistics. In: an [`crate::index::Archive`] and what to count. Out: tables, each with what it rests on.
//!
//! | file       | question it answers                                              |
//! |------------|------------------------------------------------------------------|
//! | `holdings` | what does the archive hold?                                        |
//! | `select`   | which articles and figures are counted?                            |
//! | `key`      | by what are they counted?                                          |
//! | `group`    | which rows belong together, and what do they hold?                 |
//! | `summary`  | what do many numbers come to?                                      |
//! | `metrics`  | which figures are there, and how large are they?                   |
//! | `names`    | which things are named, how often, where and when?                 |
//! | `together` | which things are named together?                                   |
//! | `series`   | how does one figure go on over the issues?                         |
//! | `coverage` | what does a table rest on, and which issues are missing?           |

mod coverage;
mod group;
mod holdings;
mod key;
mod metrics;
mod names;
mod select;
mod series;
mod summary;
mod together;

pub use coverage::{Coverage, Gap, Period};
pub use holdings::{Count, Counted, Kind, Stats, Year, stats};
pub use key::Key;
pub use metrics::{Answer, Question, Selected, metrics, select};
pub use names::{Names, names};
pub use select::{Articles, Figures};
pub use series::{PLACES, series};
pub use together::{Together, graph, together};
