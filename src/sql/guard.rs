//! What a statement may do: read. In: a database file. Out: a connection on which everything else is refused, with the
//! reason.

use super::Reader;
use crate::error::{Error, Result, one_line};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Longest text that a statement or a value may be, in bytes.
const LONGEST: [(Limit, i32); 3] = [
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (Limit::SQLITE_LIMIT_LENGTH, 256 << 20),
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
];

/// Pragmas that tell of the database and change nothing.
const TELLING: [&str; 9] = [
    "application_id",
    "foreign_key_list",
    "function_list",
    "index_info",
    "index_list",
    "table_info",
    "table_list",
    "table_xinfo",
    "user_version",
];

/// Pragmas of those whose value names what they tell of.
const NAMED: [&str; 5] = ["foreign_key_list", "index_info", "index_list", "table_info", "table_xinfo"];

/// What was refused last, and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusals(Arc<Mutex<Option<String>>>);

impl Refusals {
    fn tell(&self, what: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// What was refused since it was asked last.
    pub(super) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Reader {
    /// Opens the database at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        let unread = |error: rusqlite::Error| {
            let what = format!("cannot read the database: {}; remove it and ask again", one_line(&error.to_string()));
            Error::refused(path, what)
        };
        // A path that begins with `file:` would be taken for a URI.
        let absolute = std::path::absolute(path).map_err(|cause| Error::io(path, "cannot read", cause))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(absolute, flags).map_err(unread)?;
        for (limit, most) in LONGEST {
            connection.set_limit(limit, most).map_err(unread)?;
        }
        let refusals = Refusals::default();
        let told = refusals.clone();
        let guard = move |context: AuthContext<'_>| match refused(&context.action) {
            None => Authorization::Allow,
            Some(what) => {
                told.tell(what);
                Authorization::Deny
            }
        };
        connection.authorizer(Some(guard)).map_err(unread)?;
        Ok(Self { connection, refusals })
    }
}

/// Why an action is refused; nothing for one that only reads.
fn refused(action: &AuthAction<'_>) -> Option<String> {
    let what = match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => return None,
        AuthAction::Function { function_name } => match *function_name {
            "load_extension" => "load_extension would run a program of its own",
            "fts3_tokenizer" => "fts3_tokenizer would run a program of its own",
            _ => return None,
        },
        AuthAction::Pragma { pragma_name, pragma_value } => {
            let name = pragma_name.to_ascii_lowercase();
            if TELLING.contains(&name.as_str()) && (pragma_value.is_none() || NAMED.contains(&name.as_str())) {
                return None;
            }
            return Some(format!("PRAGMA {name} is none of those that only tell: {}", TELLING.join(", ")));
        }
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => {
            "another database cannot be attached; `jiebao export sqlite` writes a file for that"
        }
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => {
            "there is nothing to begin or to commit where nothing is written"
        }
        _ => "the archive is read and never written; `jiebao export sqlite` writes a file of your own",
    };
    Some(what.to_owned())
}
