//! Whether something goes up or down over time. In: a value for each period, in order. Out: a [`Trend`].

use super::significance::normal_two_sided;

/// Most periods for which the probability is counted out; beyond, the normal distribution is as good.
const EXACT: usize = 33;

/// Kendall's rank correlation of a series with time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// τ-b: pairs of periods of which the later has the greater value, less those of which it has the smaller, over the root of
    /// all pairs times all pairs that are not equal. 1 always up, −1 always down (Kendall, M. G. (1938): "A new measure of rank
    /// correlation", *Biometrika* 30, 81–93; with ties, Kendall (1945), *Biometrika* 33, 239–251).
    pub tau: f64,
    /// Two-sided probability of a τ as far from 0 if the order of the periods meant nothing. Counted out over all orders where no
    /// two values are equal and the periods are 33 at most, else by the normal distribution with its variance corrected for
    /// ties: the test of Mann and Kendall (Mann, H. B. (1945): "Nonparametric tests against trend", *Econometrica* 13, 245–259).
    pub p: f64,
}

/// The trend of `values`; none of fewer than two, or of values that are all equal.
pub fn trend(values: &[f64]) -> Option<Trend> {
    let n = values.len();
    let (mut up, mut down) = (0_i64, 0_i64);
    for (at, earlier) in values.iter().enumerate() {
        for later in values.iter().skip(at + 1) {
            up += i64::from(later > earlier);
            down += i64::from(later < earlier);
        }
    }
    if up + down == 0 {
        return None;
    }
    let pairs = (n * (n - 1) / 2) as f64;
    let tau = (up - down) as f64 / (pairs * (up + down) as f64).sqrt();
    let untied = (up + down) as f64 == pairs;
    let p = if untied && n <= EXACT { exact(n, up.min(down) as usize) } else { asymptotic(values, up - down) };
    Some(Trend { tau, p })
}

/// Twice the share of the orders of `n` values that have at most `inversions`.
fn exact(n: usize, inversions: usize) -> f64 {
    // Of each further value's places, the i-th from the end adds i inversions to an order of the others.
    let mut share = vec![1.0];
    for values in 2..=n {
        let mut next = vec![0.0; share.len() + values - 1];
        for (at, &one) in share.iter().enumerate() {
            next.iter_mut().skip(at).take(values).for_each(|sum| *sum += one / values as f64);
        }
        share = next;
    }
    (2.0 * share.iter().take(inversions + 1).sum::<f64>()).min(1.0)
}

/// The test of Mann and Kendall for a sum of signs.
fn asymptotic(values: &[f64], sum: i64) -> f64 {
    let term = |count: f64| count * (count - 1.0) * (2.0 * count + 5.0);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|equal| term(equal.len() as f64)).sum();
    let variance = (term(values.len() as f64) - ties) / 18.0;
    normal_two_sided(sum as f64 / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against scipy 1.17.1, `scipy.stats.kendalltau` of the values with their order.
    #[test]
    fn agrees_with_scipy() {
        let near = |values: &[f64], tau: f64, p: f64| {
            let found = trend(values).expect("a value");
            assert!((found.tau - tau).abs() < 1e-12 && (found.p / p - 1.0).abs() < 1e-9, "{found:?} {tau} {p}");
        };
        near(&[1.0, 3.0, 2.0, 4.0, 5.0, 7.0, 6.0], 0.8095238095238096, 0.010714285714285714);
        near(&[12.5, 12.5, 14.0, 13.2, 13.2, 20.1, 25.0, 25.0], 0.7937253933193771, 0.007817265406565509);
        near(&[5.0, 4.0, 3.0, 2.0, 1.0], -1.0, 0.016666666666666666);
        near(&[3.1, 2.2], -1.0, 1.0);
        let long = [
            0.6229, 0.7618, 0.8352, 1.0025, 0.8199, 1.0223, 0.149, 0.6056, 1.1034, 0.829, 1.1009, 0.3332, 0.7091,
            0.5066, 0.8238, 0.8739, 0.3331, 0.5567, 0.6395, 1.2963, 1.1657, 0.5796, 1.2371, 0.5988, 1.0975, 0.6267,
            0.5218, 1.4114, 0.7695, 0.7955, 1.5824, 1.4924, 0.9293, 1.6215, 1.2192, 1.3778, 0.9248, 1.681, 1.4506,
            1.7466,
        ];
        near(&long, 0.37435897435897436, 0.0006686965284018482);
    }

    #[test]
    fn has_none_where_nothing_changes() {
        assert_eq!([trend(&[]), trend(&[1.0]), trend(&[2.0, 2.0, 2.0])], [None; 3]);
    }
}
