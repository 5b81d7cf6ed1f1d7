//! A metric: a figure stated about something real, with its unit.

use super::{About, Place, TextSpan};

/// One figure in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Which text of the article.
    pub place: Place,
    /// The figure with its qualifiers and unit, in that text.
    pub span: TextSpan,
    /// How much.
    pub quantity: Quantity,
    /// Unit or measure word as written, without the multiplier (`万平方米` gives `平方米`).
    pub unit: Option<String>,
    /// What is counted or measured, in the words of the text.
    pub subject: Option<String>,
    /// Whether the text says about (约、近、余、多、左右).
    pub approx: bool,
    /// Whether the figure is a limit.
    pub bound: Option<Bound>,
    /// Whether it tells of a change.
    pub change: Option<Change>,
    /// The start of a change told from–to, multiplier applied.
    pub from: Option<f64>,
    /// What a change is measured against, as written: `同比`, `较去年同期`.
    pub basis: Option<String>,
    /// Which unit and which time it speaks of. Nothing until `relation` has run.
    pub about: About,
}

/// A value or a range, multipliers applied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// One number.
    Exact(f64),
    /// From the first to the second, both included.
    Range(f64, f64),
    /// A number too large to hold; kept as text only.
    Overflow,
}

/// A figure that is a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// At least: 超、逾、以上、不少于.
    Min,
    /// At most: 不足、以内、不超过.
    Max,
}

impl Bound {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// What a figure says of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// 增长、提升、新增.
    Increase,
    /// 下降、减少、降低.
    Decrease,
    /// A change told as its end point: 达到92%.
    Reach,
}

impl Change {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Reach => "reach",
        }
    }
}
