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
    /// What the rest of the text says of it, where it says enough to tell.
    pub check: Option<Check>,
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

/// A figure held against what else its passage says.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Whether both say the same.
    pub agrees: bool,
    /// How they hang together.
    pub rule: Rule,
    /// What the figure says.
    pub stated: f64,
    /// What it should say after the rest; for [`Rule::Parts`] the most it can.
    pub expected: f64,
    /// What it was held against, in the same text, in order: figures, or names that were counted.
    pub against: Vec<TextSpan>,
}

/// How a figure hangs together with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A sum and what it adds up: `甲组14件、乙组9件，共23件`.
    Sum,
    /// A number and the names listed: `甲、乙、丙三个小区`.
    Count,
    /// A change and its two ends: `从40%提升至55%，提升15个百分点`.
    Change,
    /// A part and its whole: `61家（其中台资企业38家）`.
    Parts,
    /// Shares of one whole: `60%是党员，其余40%是群众`; or a share and its two counts.
    Shares,
}

impl Rule {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::Change => "change",
            Self::Parts => "parts",
            Self::Shares => "shares",
        }
    }
}
