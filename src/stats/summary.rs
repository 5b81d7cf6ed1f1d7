//! What many numbers come to. In: numbers. Out: a [`Summary`].

use xsum::XsumExt;

/// Numbers in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    /// Their sum, rounded once (Neal, "Fast exact summation using small and large superaccumulators", 2015), so that their
    /// order does not matter.
    pub(super) sum: f64,
    /// Their arithmetic mean.
    pub(super) mean: f64,
    /// Least, first quartile, median, third quartile, greatest.
    pub(super) five: [f64; 5],
}

impl Summary {
    /// The summary of `numbers`, which it puts in order; none of no numbers.
    pub(super) fn of(numbers: &mut [f64]) -> Option<Self> {
        numbers.sort_unstable_by(f64::total_cmp);
        let (least, greatest) = (*numbers.first()?, *numbers.last()?);
        let sum = numbers.xsum();
        let five = [least, quantile(numbers, 0.25), quantile(numbers, 0.5), quantile(numbers, 0.75), greatest];
        Some(Self { sum, mean: sum / numbers.len() as f64, five })
    }
}

/// The quantile of `numbers`, which are in order and some, between the two nearest (Hyndman and Fan, "Sample quantiles in
/// statistical packages", 1996, definition 7: what R, NumPy and spreadsheets give).
fn quantile(numbers: &[f64], share: f64) -> f64 {
    let place = (numbers.len() - 1) as f64 * share;
    let (below, above) = (numbers[place.floor() as usize], numbers[place.ceil() as usize]);
    if below == above { below } else { below + (above - below) * place.fract() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_numpy() {
        // numpy 2: np.quantile(x, [0, .25, .5, .75, 1]), math.fsum(x).
        let summary = Summary::of(&mut [20.0, 3.0, 7.0, -1.5]).unwrap();
        assert_eq!(summary.five, [-1.5, 1.875, 5.0, 10.25, 20.0]);
        assert_eq!((summary.sum, summary.mean), (28.5, 7.125));
        assert_eq!(Summary::of(&mut [0.0]).unwrap().five, [0.0; 5]);
        assert_eq!(Summary::of(&mut []), None);
    }

    #[test]
    fn sums_exactly_in_any_order() {
        let mut numbers = vec![0.1; 10];
        numbers.extend([1e16, -1e16]);
        let sum = Summary::of(&mut numbers.clone()).unwrap().sum;
        numbers.reverse();
        assert_eq!([sum, Summary::of(&mut numbers).unwrap().sum], [1.0; 2]);
    }
}
