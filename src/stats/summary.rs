//! What many numbers come to. In: numbers. Out: a [`Summary`].

/// Numbers in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    /// Their sum, rounded once, so that their order does not matter.
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
        let sum = sum(numbers);
        let five = [least, quantile(numbers, 0.25), quantile(numbers, 0.5), quantile(numbers, 0.75), greatest];
        Some(Self { sum, mean: sum / numbers.len() as f64, five })
    }
}

/// The sum of `numbers`, rounded once (Shewchuk, "Adaptive precision floating-point arithmetic", 1997, as `fsum` of Python has it):
/// it is kept as numbers that share no digit, the smallest first. Beyond the largest double it is no number.
fn sum(numbers: &[f64]) -> f64 {
    let mut parts: Vec<f64> = Vec::new();
    for &number in numbers {
        let (mut rest, mut kept) = (number, 0);
        for at in 0..parts.len() {
            let (high, low) = added(rest, parts[at]);
            if low != 0.0 {
                parts[kept] = low;
                kept += 1;
            }
            rest = high;
        }
        parts.truncate(kept);
        parts.push(rest);
    }
    let Some(mut total) = parts.pop() else { return 0.0 };
    while let Some(part) = parts.pop() {
        let (high, low) = added(total, part);
        total = high;
        if low != 0.0 {
            // Half a digit is left: what lies beyond it says to which side it goes.
            let is_more = parts.last().is_some_and(|next| (*next > 0.0) == (low > 0.0));
            let (rounded, rest) = added(total, low * 2.0);
            return if is_more && rest == 0.0 { rounded } else { total };
        }
    }
    total
}

/// The sum of two numbers, and what rounding took from it (Knuth, "The Art of Computer Programming", volume 2, 4.2.2).
fn added(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
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

    fn of(numbers: &[f64]) -> Summary {
        Summary::of(&mut numbers.to_vec()).expect("there are numbers")
    }

    #[test]
    fn agrees_with_numpy() {
        // numpy 2: np.quantile(x, [0, .25, .5, .75, 1]), math.fsum(x).
        let summary = of(&[20.0, 3.0, 7.0, -1.5]);
        assert_eq!(summary.five, [-1.5, 1.875, 5.0, 10.25, 20.0]);
        assert_eq!((summary.sum, summary.mean), (28.5, 7.125));
        assert_eq!(of(&[0.0]).five, [0.0; 5]);
        assert_eq!(Summary::of(&mut []), None);
    }

    proptest::proptest! {
        #[test]
        fn sums_are_rounded_once(numbers in proptest::collection::vec((-(1_i64 << 53)..(1_i64 << 53), 0..60_u32), 0..40)) {
            // Whole numbers of 2^-60, which an i128 adds up without rounding.
            let whole = |(digits, size): &(i64, u32)| i128::from(*digits) << size;
            let real = |(digits, size): &(i64, u32)| *digits as f64 * 2_f64.powi(*size as i32 - 60);
            let exact = numbers.iter().map(whole).sum::<i128>() as f64 * 2_f64.powi(-60);
            proptest::prop_assert_eq!(sum(&numbers.iter().map(real).collect::<Vec<_>>()), exact);
        }
    }

    #[test]
    fn sums_exactly_in_any_order() {
        let mut numbers = vec![0.1; 10];
        numbers.extend([1e16, -1e16]);
        let sum = of(&numbers).sum;
        numbers.reverse();
        assert_eq!(super::sum(&[-27.0]), -27.0);
        assert_eq!([sum, of(&numbers).sum], [1.0; 2]);
    }
}
