//! Figures in an article.
//!
//! In: an [`Article`]. Out: its [`Metric`]s, in reading order.

use crate::model::{Article, Metric};

/// All figures in `article`, in reading order.
pub fn metrics(_article: &Article) -> Vec<Metric> {
    Vec::new()
}
