//! How probable a result is by chance. In: the value of a test statistic. Out: the probability (p) of one at least as
//! extreme, exact to some fifteen digits also where it is as small as 1e-300.

use std::f64::consts::{PI, SQRT_2};

/// Below this, a power series converges quickly and nothing cancels; above it, a continued fraction does.
const TURN: f64 = 2.0;

/// Terms after which either has long converged.
const TERMS: u32 = 200;

/// The complementary error function for `x` from 0 on.
///
/// Up to [`TURN`] 1 − erf(x) by the series of Abramowitz & Stegun (1964), 7.1.6; beyond, their continued fraction 7.1.14,
/// evaluated from its end.
fn erfc(x: f64) -> f64 {
    if x < TURN {
        let (mut term, mut sum) = (x, x);
        for n in 1..TERMS {
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
        }
        return 1.0 - 2.0 / PI.sqrt() * (-x * x).exp() * sum;
    }
    let fraction = (1..TERMS).rev().fold(x, |below, n| x + f64::from(n) / 2.0 / below);
    (-x * x).exp() / (PI.sqrt() * fraction)
}

/// Probability of a chi-squared value of at least `value` with one degree of freedom: erfc(√(value / 2)).
pub fn chi_squared_1(value: f64) -> f64 {
    erfc((value.max(0.0) / 2.0).sqrt())
}

/// Probability of a standard normal value at least as far from 0 as `z`, on either side.
pub fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against scipy 1.17.1: `scipy.special.erfc`, `scipy.stats.chi2.sf(x, 1)`.
    #[test]
    fn agrees_with_scipy() {
        let near = |found: f64, known: f64| assert!((found / known - 1.0).abs() < 1e-12, "{found} {known}");
        near(erfc(0.01), 0.9887165844441503);
        near(erfc(0.5), 0.4795001221869535);
        near(erfc(1.0), 0.15729920705028516);
        near(erfc(1.99), 0.004888586800383002);
        near(erfc(2.01), 0.004475150644751764);
        near(erfc(3.0), 2.2090496998585445e-05);
        near(erfc(10.0), 2.0884875837625446e-45);
        near(erfc(26.0), 5.663192408856145e-296);
        near(chi_squared_1(0.1), 0.7518296340458492);
        near(chi_squared_1(3.84), 0.05004352124870519);
        near(chi_squared_1(10.83), 0.0009986863791802592);
        near(chi_squared_1(270.72), 7.906588774961816e-61);
        near(chi_squared_1(1400.0), 2.1010145162644003e-306);
    }

    #[test]
    fn ends_in_zero_and_one() {
        assert_eq!(chi_squared_1(0.0), 1.0);
        assert_eq!(chi_squared_1(1e6), 0.0);
        assert_eq!(chi_squared_1(f64::INFINITY), 0.0);
    }
}
