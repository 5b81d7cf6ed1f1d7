//! The axis of values. In: numbers. Out: from where to where it runs, its ticks with their labels, and which share of the way
//! a number lies at. Any finite numbers will do, up to the largest that there are.

use crate::table::decimal;

/// A part of the greatest value: what differs by less is drawn from near its least value, so that it can be seen at all.
const NARROW: f64 = 0.2;

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// Where it begins.
    pub(super) low: f64,
    /// Where it ends, above `low`.
    pub(super) high: f64,
    /// Values that are named, and how.
    pub(super) ticks: Vec<(f64, String)>,
}

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Whole numbers: nothing between two of them is named.
    Whole,
    /// Any.
    Any,
}

impl Axis {
    /// An axis for `values` that begins or ends at zero, or has it in it, with about `ticks` ticks.
    pub(super) fn with_zero(values: &[f64], sort: Values, ticks: usize) -> Self {
        let (least, greatest) = bounds(values);
        Self::between(least.min(0.0), greatest.max(0.0), sort, ticks)
    }

    /// An axis that leaves zero out where the values differ by little.
    pub(super) fn near(values: &[f64], sort: Values, ticks: usize) -> Self {
        let (least, greatest) = bounds(values);
        let span = greatest / 2.0 - least / 2.0;
        let size = greatest.abs().max(least.abs()) / 2.0;
        if span > 0.0 && span < NARROW * size {
            Self::between(least, greatest, sort, ticks)
        } else {
            Self::with_zero(values, sort, ticks)
        }
    }

    fn between(low: f64, high: f64, sort: Values, ticks: usize) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        let step = step((high / 2.0 - low / 2.0) / (ticks.max(2) as f64) * 2.0);
        let step = if sort == Values::Whole { step.max(1.0) } else { step };
        let (from, to) = ((low / step).floor(), (high / step).ceil());
        let (bottom, top) = (from * step, to * step);
        if !(step.is_normal()
            && bottom.is_finite()
            && top.is_finite()
            && to > from
            && to - from <= 2.0 * ticks as f64)
        {
            let ends = [low, high].map(|end| (end, minus(&format!("{end:.1e}"))));
            return Self { low, high, ticks: ends.into() };
        }
        let count = (to - from) as usize;
        let ticks = (0..=count).map(|at| (from + at as f64) * step).map(|tick| (tick, label(tick, step))).collect();
        Self { low: bottom, high: top, ticks }
    }

    /// The axis with its ends at most so far from zero, for which a colour need not be kept that nothing has.
    pub(super) fn ending_at(mut self, farthest: f64) -> Self {
        if farthest > 0.0 {
            (self.low, self.high) = (self.low.max(-farthest), self.high.min(farthest));
            let (low, high) = (self.low, self.high);
            self.ticks.retain(|(tick, _)| (low..=high).contains(tick));
        }
        self
    }

    /// Which share of the way from its beginning to its end `value` lies at.
    pub(super) fn share(&self, value: f64) -> f64 {
        // Halves, as the difference of the greatest numbers is none.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Whether zero lies on it.
    pub(super) fn has_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The least and the greatest; zero where there is none.
fn bounds(values: &[f64]) -> (f64, f64) {
    let least = values.iter().copied().reduce(f64::min).unwrap_or(0.0);
    (least, values.iter().copied().reduce(f64::max).unwrap_or(0.0))
}

/// 1, 2 or 5 times a power of ten, the next above `least`.
fn step(least: f64) -> f64 {
    let power = 10f64.powi(least.log10().floor() as i32);
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    steps.into_iter().find(|step| *step >= least).unwrap_or(least)
}

/// A tick's name, with as many digits as tell it from its neighbours.
fn label(tick: f64, step: f64) -> String {
    let size = tick.abs();
    if size >= 1e15 || (step < 1e-4 && size < 1.0) {
        let text = if size == 0.0 { "0".to_owned() } else { format!("{tick:.1e}").replace(".0e", "e") };
        return minus(&text);
    }
    let digits = (-step.log10().floor()).clamp(0.0, 15.0) as usize;
    minus(&decimal(tick, digits))
}

/// `text` with true minus signs for hyphens before numbers.
pub(super) fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// A number as it stands in a picture, where the greatest of `all` has so many digits that count; whole ones are whole.
pub(super) fn short(value: f64, label: &str, all: &[f64], counting: i32) -> String {
    let greatest = all.iter().map(|value| value.abs()).fold(0.0, f64::max);
    if value.fract() == 0.0 || !(1e-3..1e15).contains(&greatest) {
        return label.replace(".000e", "e").replace("00e", "e");
    }
    let digits = (counting - 1 - greatest.log10().floor() as i32).clamp(0, 6);
    minus(&decimal(value, digits.unsigned_abs() as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64], sort: Values) -> String {
        let axis = Axis::with_zero(values, sort, 5);
        axis.ticks.iter().map(|(_, label)| label.replace(' ', "_")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_round_values() {
        assert_eq!(ticks(&[3.0, 97.0], Values::Any), "0 20 40 60 80 100");
        assert_eq!(ticks(&[-31.0, 12.0], Values::Any), "−40 −30 −20 −10 0 10 20");
        assert_eq!(ticks(&[2.0], Values::Whole), "0 1 2");
        assert_eq!(ticks(&[0.0, 0.0], Values::Any), "0 0.2 0.4 0.6 0.8 1");
        assert_eq!(ticks(&[], Values::Whole), "0 1");
        assert_eq!(
            ticks(&[2.3e9], Values::Any),
            "0 500_000_000 1_000_000_000 1_500_000_000 2_000_000_000 2_500_000_000"
        );
        assert_eq!(ticks(&[7.2e-4], Values::Any), "0 0.0002 0.0004 0.0006 0.0008");
        assert_eq!(ticks(&[7.2e-7], Values::Any), "0 2e−7 4e−7 6e−7 8e−7");
        assert_eq!(ticks(&[137.5], Values::Any), "0 50 100 150");
    }

    #[test]
    fn shortens_by_the_greatest() {
        let all = [434.5, 238.666_67, 13.0];
        assert_eq!(all.map(|value| short(value, "whole", &all, 4)), ["434.5", "238.7", "whole"]);
        assert_eq!(short(-0.04, "", &[-0.04, 0.31], 3), "−0.04");
        assert_eq!(short(4.5e-6, "4.500e−6", &[4.5e-6], 3), "4.5e−6");
    }

    #[test]
    fn bears_what_is_beyond_all_measure() {
        for values in [[f64::MAX, -f64::MAX], [f64::MAX, 0.0], [5e-324, 0.0], [1e300, 1e-300], [-5e-324, f64::MAX]] {
            let axis = Axis::with_zero(&values, Values::Any, 5);
            assert!(axis.high > axis.low && axis.ticks.len() >= 2, "{values:?} {axis:?}");
            assert!(values.iter().all(|value| (0.0..=1.0).contains(&axis.share(*value))), "{values:?} {axis:?}");
        }
    }

    #[test]
    fn leaves_zero_out_where_values_are_near() {
        let axis = Axis::near(&[98.2, 99.6], Values::Any, 5);
        assert_eq!((axis.low, axis.high, axis.has_zero()), (98.0, 100.0, false));
        assert!(Axis::near(&[98.2, 98.2], Values::Any, 5).has_zero());
        assert!(Axis::near(&[1.0, 98.2], Values::Any, 5).has_zero());
    }
}
