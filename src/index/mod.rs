//! The store: one tantivy index, and nothing beside it. In: issues. Out: rows that can be found and counted.
//!
//! | file        | question it answers                                                        |
//! |-------------|----------------------------------------------------------------------------|
//! | `units`     | what counts as one character of a text, for search?                        |
//! | `tokenizer` | which terms make every substring findable?                                  |
//! | `words`     | which words rank what was found?                                            |
//! | `schema`    | which fields does a row have?                                               |
//! | `rows`      | which rows does an issue become?                                            |
//! | `write`     | how does a batch become visible, whole or not at all?                       |
//! | `open`      | is this folder an index of ours, and what stands in it?                     |
//! | `aggregate` | what do columns add up to?                                                  |
//! | `reading`   | how is an index opened without the right to write?                          |
//! | `columns`   | what stands in the columns of many rows?                                    |
//! | `frame`     | what stands in the columns of millions of rows, to be counted?               |
//! | `scan`      | how are many articles worked through, in an order of their own?              |
//! | `version`   | which archive is it, by what it holds?                                       |

mod aggregate;
mod columns;
mod faults;
mod frame;
mod open;
mod reading;
mod rows;
mod scan;
pub mod schema;
mod tokenizer;
mod units;
mod version;
mod words;
mod write;

pub(crate) use aggregate::{Bucket, Request};
pub(crate) use frame::{Columns, Frame, NONE, Texts};
pub(crate) use open::exactly;
pub use open::{Archive, Stamp};
pub(crate) use rows::issue_id_of;
pub use rows::{Counts, IssueRow, ProblemRow, Rows, SetAsideRow, issue_id};
pub use tokenizer::covering_terms;
pub use units::{Unit, Units, units, units_of};
pub use write::{Held, Writer};

use faults::Faults;
