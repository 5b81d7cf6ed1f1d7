//! Shares: a ratio, what was found and missed, what is right of what was compared.
//!
//! In: counts. Out: shares of them, rounded to six places; a share of nothing is none. Counts add up, shares do
//! not, so the counts are kept and the shares made at the very end.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::ops::AddAssign;

/// Implements `+=` field by field; a field that is left out does not compile.
macro_rules! adds_up {
    ($type:ty { $($field:ident),+ $(,)? }) => {
        impl AddAssign for $type {
            fn add_assign(&mut self, other: Self) {
                let Self { $($field),+ } = other;
                $(self.$field += $field;)+
            }
        }
    };
}

pub(super) use adds_up;

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// How many of them.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}
adds_up!(Ratio { part, whole });

impl Ratio {
    /// Counts one more, right or not.
    pub fn count(&mut self, right: bool) {
        *self += Self { part: usize::from(right), whole: 1 };
    }

    /// The share, to six places; none of nothing.
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| round(self.part as f64 / self.whole as f64))
    }
}

/// To six decimal places, the exact value deciding: multiplying and dividing by a power of ten would not.
fn round(value: f64) -> f64 {
    format!("{value:.6}").parse().unwrap_or(value)
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// What was to be found and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// In both.
    pub right: usize,
    /// Predicted, not in gold.
    pub spurious: usize,
    /// In gold, not predicted.
    pub missed: usize,
}
adds_up!(Hits { right, spurious, missed });

impl Hits {
    /// Share of the predicted that is right.
    pub fn precision(self) -> Ratio {
        Ratio { part: self.right, whole: self.right + self.spurious }
    }

    /// Share of gold that was found.
    pub fn recall(self) -> Ratio {
        Ratio { part: self.right, whole: self.support() }
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> Ratio {
        Ratio { part: 2 * self.right, whole: 2 * self.right + self.spurious + self.missed }
    }

    /// How many gold has.
    pub fn support(self) -> usize {
        self.right + self.missed
    }
}

impl Serialize for Hits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("precision", &self.precision())?;
        map.serialize_entry("recall", &self.recall())?;
        map.serialize_entry("f1", &self.f1())?;
        map.serialize_entry("tp", &self.right)?;
        map.serialize_entry("fp", &self.spurious)?;
        map.serialize_entry("fn", &self.missed)?;
        map.end()
    }
}

/// How many of those that were compared are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy(
    /// The right ones of all.
    pub Ratio,
);

impl AddAssign for Accuracy {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Serialize for Accuracy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("accuracy", &self.0)?;
        map.serialize_entry("right", &self.0.part)?;
        map.serialize_entry("n", &self.0.whole)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_six_places_and_none_of_nothing() {
        for (part, whole, value) in [
            (0, 0, None),
            (0, 3, Some(0.0)),
            (2, 3, Some(0.666667)),
            (1, 128, Some(0.007812)),
            (3, 128, Some(0.023438)),
        ] {
            assert_eq!(Ratio { part, whole }.value(), value, "{part} of {whole}");
        }
    }
}
