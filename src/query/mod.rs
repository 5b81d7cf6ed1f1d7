//! Questions to the archive. In: what a user typed. Out: articles, best first, and where in them it stands.
//!
//! | file       | question it answers                                                    |
//! |------------|------------------------------------------------------------------------|
//! | `lex`      | which tokens were typed?                                                 |
//! | `parse`    | how do they belong together?                                             |
//! | `field`    | what does a word mean, behind a field or alone?                          |
//! | `synonyms` | which words mean the same to the user?                                   |
//! | `expr`     | what is a query?                                                         |
//! | `fault`    | how is a mistake shown?                                                  |
//! | `plain`    | does a query hold of a record that is read from end to end?              |
//! | `find`     | where do words stand in a text?                                          |
//! | `phrase`   | which rows of the index hold words one behind the other, or near each other? |
//! | `beginning` | and where the last of them may go on?                                 |
//! | `lone`     | where does a single Han character stand?                                 |
//! | `join`     | which articles have rows that something is true of?                      |
//! | `plan`     | which questions to the index is a query?                                 |
//! | `rank`     | which of what was found is best?                                         |
//! | `top`      | which are the best, at the least cost?                                   |
//! | `search`   | which articles answer, and in which order?                               |
//! | `facet`    | how is what was found spread?                                            |
//! | `suggest`  | what may have been meant?                                                |
//! | `verify`   | does the index find what is there?                                       |
//! | `snippet`  | which passages should be shown?                                          |
//! | `kwic`     | what stands left and right of each hit?                                  |

mod beginning;
mod expr;
mod facet;
mod fault;
mod field;
mod find;
mod join;
mod kwic;
mod lex;
mod lone;
mod parse;
mod phrase;
mod plain;
mod plan;
mod rank;
mod search;
mod snippet;
mod suggest;
mod synonyms;
mod top;
mod verify;

pub use expr::{Column, Dates, Expr, Leaf, Name, Near, Part, Pattern, Range, RowLeaf, Text as Words};
pub use facet::{Bucket, Facet, aggregate, facets};
pub(crate) use fault::{meant, pointed};
pub use field::{condition, dates};
pub(crate) use find::{Needle, places};
pub use kwic::{By, Line, kwic, paragraph};
pub use parse::{Query, parse, parse_with};
pub use plain::{holds, holds_of_row};
pub use plan::{articles, figures, rows_of};
pub use search::{Found, Hit, Order, count, each, explain, search};
pub(crate) use snippet::texts;
pub use snippet::{Passage, Show, Text, passages};
pub use suggest::{Missing, Suggestion, suggest};
pub use synonyms::Synonyms;
pub use verify::{Verified, addresses, verify};
