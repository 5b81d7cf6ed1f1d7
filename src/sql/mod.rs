//! Questions in SQL. In: an archive and a statement that reads. Out: a typed table.
//!
//! | file     | question it answers                                          |
//! |----------|--------------------------------------------------------------|
//! | `kept`   | where is the archive's database, and is it still of it?       |
//! | `guard`  | what may a statement do?                                      |
//! | `answer` | which rows are its answer, and of which types are they?       |
//! | `fault`  | how is a mistake shown, and what may have been meant?         |

mod answer;
mod fault;
mod guard;
mod kept;

pub use answer::{ask, schema};
pub use kept::{Home, built, home};

use guard::Refusals;
use rusqlite::Connection;

/// A database opened for reading, and for nothing else.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    refusals: Refusals,
}
