//! Named things in an article.
//!
//! In: an [`Article`] and what its issue tells. Out: its [`Mention`]s, in reading order.

use crate::model::{Article, Mention};

/// What the issue tells that an article alone does not.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Date of the issue, ISO 8601; relative dates are resolved against it.
    pub date: Option<String>,
}

/// All mentions in `article`, in reading order.
pub fn mentions(_article: &Article, _context: &Context) -> Vec<Mention> {
    Vec::new()
}
