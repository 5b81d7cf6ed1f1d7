//! Scores records against gold.
//!
//! In: gold issues (see [`gold`]) and article records. Out: a [`Report`] of how far they agree, and the
//! [`Mistakes`] one by one.
//!
//! ```text
//! gold file ─gold▶ readings ─────┐
//!                                ├─pair▶ pairs ─count▶ figures ─score▶ report ─▶ tables, JSON
//! records ─prediction▶ readings ─┘
//! ```
//!
//! | file         | question                                                        |
//! |--------------|-----------------------------------------------------------------|
//! | `reading`    | what of an article is compared?                                 |
//! | `gold`       | what does the annotator read in an issue?                       |
//! | `prediction` | what do the records read, and do their offsets hold?            |
//! | `fold`       | which differences are none?                                     |
//! | `align`      | which character answers to which?                               |
//! | `gram`       | how much of a text stands in others, whatever its order?        |
//! | `pair`       | which article, name, figure answers to which?                   |
//! | `count`      | how much of an issue is right, spurious, missed?                |
//! | `figures`    | which counts are kept, and under which names?                   |
//! | `share`      | which shares are made of them?                                  |
//! | `mistake`    | which mistakes are there, and where?                            |
//! | `score`      | what of all issues together?                                    |
//! | `report`     | how does a researcher read it?                                  |
//!
//! Every figure is a share of counts that add up, so that the line over all issues is no mean of means.
//! Nothing here opens a file or prints.

pub mod align;
pub mod count;
pub mod figures;
pub mod fold;
pub mod gold;
pub mod gram;
pub mod mistake;
pub mod pair;
pub mod prediction;
pub mod reading;
pub mod report;
pub mod score;
pub mod share;

pub use figures::Figures;
pub use gold::Gold;
pub use mistake::Mistakes;
pub use prediction::Predictions;
pub use score::{Report, score};

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod perfect;
