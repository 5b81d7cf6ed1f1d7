//! Questions to the archive. In: what a user typed. Out: articles, best first, and where in them it stands.
//!
//! | file      | question it answers                                                    |
//! |-----------|------------------------------------------------------------------------|
//! | `parse`   | what was asked for?                                                      |
//! | `search`  | which articles contain it, and in which order?                           |
//! | `snippet` | where does it stand in an article, and which passages should be shown?   |

mod parse;
mod search;
mod snippet;

pub use parse::{Query, Term, parse};
pub use search::{Found, Hit, search};
pub use snippet::{Passage, Text, passages};
