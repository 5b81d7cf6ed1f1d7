//! Decimal numbers without float noise. In: digits and powers of ten. Out: the nearest `f64`, rounded once.
//!
//! | written    | mantissa | exponent | value    |
//! |------------|----------|----------|----------|
//! | `6.8万`    | 68       | 3        | 68000    |
//! | `1,306.52` | 130652   | -2       | 1306.52  |
//! | `三分之二` | 6667     | -2       | 66.67    |
//!
//! `6.8 * 10000.0` is not always 68000 in floats; a shifted exponent is.

/// `mantissa` × 10^`exponent`; less than nothing once it is [`Decimal::negated`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    mantissa: u128,
    exponent: i32,
    negative: bool,
}

/// Powers of ten that are exact in `f64` and, times any `u32`, still are.
const POWERS: [f64; 13] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

impl Decimal {
    pub(crate) const ZERO: Self = Self { mantissa: 0, exponent: 0, negative: false };

    /// A whole number.
    pub(crate) fn whole(value: u128) -> Self {
        Self { mantissa: value, ..Self::ZERO }
    }

    /// The number with one more digit at its end; `None` when it no longer fits.
    pub(crate) fn push(self, digit: u32) -> Option<Self> {
        let whole = self.written_out();
        let mantissa = whole.mantissa.checked_mul(10)?.checked_add(u128::from(digit))?;
        Some(Self { mantissa, ..whole })
    }

    /// The number times 10^`power`.
    pub(crate) fn shifted(self, power: i32) -> Self {
        Self { exponent: self.exponent + power, ..self }
    }

    /// The same with all its places, if they fit: 三十 is exact to the unit, 3万 is not.
    pub(crate) fn written_out(self) -> Self {
        if self.exponent <= 0 {
            return self;
        }
        self.aligned(0).map_or(self, Self::whole)
    }

    /// The sum; `None` when it does not fit.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        // So that 3.2万 keeps its last place, which [`Self::step`] tells.
        if self.mantissa == 0 || other.mantissa == 0 {
            return Some(if self.mantissa == 0 { other } else { self });
        }
        let exponent = self.exponent.min(other.exponent);
        let mantissa = self.aligned(exponent)?.checked_add(other.aligned(exponent)?)?;
        Some(Self { mantissa, exponent, ..self })
    }

    /// The same below nothing. Done last: what follows a sign is read without it.
    pub(crate) fn negated(self) -> Self {
        Self { negative: !self.negative && self.mantissa != 0, ..self }
    }

    /// `self` parts out of `whole`, in percent, rounded to two places: 2 of 3 is 66.67.
    pub(crate) fn percent_of(self, whole: Self) -> Option<Self> {
        let exponent = self.exponent.min(whole.exponent);
        let (part, whole) = (self.aligned(exponent)?, whole.aligned(exponent)?);
        let mantissa = part.checked_mul(10_000)?.checked_add(whole / 2)?.checked_div(whole)?;
        Some(Self { mantissa, exponent: -2, ..Self::ZERO })
    }

    /// The nearest float.
    pub(crate) fn value(self) -> f64 {
        let size = self.size();
        if self.negative { -size } else { size }
    }

    fn size(self) -> f64 {
        // Both operands are exact, so one operation rounds once; all but giant numbers take this way.
        if let (Ok(mantissa), Ok(power)) =
            (u32::try_from(self.mantissa), usize::try_from(self.exponent.unsigned_abs()))
            && let Some(power) = POWERS.get(power)
        {
            return if self.exponent < 0 { f64::from(mantissa) / power } else { f64::from(mantissa) * power };
        }
        // The standard parser rounds correctly, which no chain of multiplications does.
        format!("{}e{}", self.mantissa, self.exponent).parse().unwrap_or(f64::INFINITY)
    }

    /// What one more in its last written place is: 1000 of `3.2万`.
    pub(crate) fn step(self) -> f64 {
        Self { mantissa: 1, ..self }.size()
    }

    /// Whether it is a whole number.
    pub(crate) fn is_whole(self) -> bool {
        self.aligned(0).is_some() || self.value().fract() == 0.0
    }

    /// The mantissa at a smaller exponent.
    fn aligned(self, exponent: i32) -> Option<u128> {
        let places = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.mantissa.checked_mul(10_u128.checked_pow(places)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shifts_without_noise() {
        let d = |mantissa, exponent| Decimal { mantissa, exponent, ..Decimal::ZERO };
        assert_eq!(d(68, 3).value(), 68000.0);
        assert_eq!(d(130_652, 2).value(), 13_065_200.0);
        assert_eq!(d(25, 4).plus(d(6, 3)).map(Decimal::value), Some(256_000.0));
        assert_eq!(d(2, 0).percent_of(d(3, 0)).map(Decimal::value), Some(66.67));
        assert_eq!(d(1, 0).percent_of(Decimal::ZERO), None);
        assert!(d(u128::MAX, 0).push(1).is_none());
        assert!(d(25, 0).is_whole() && !d(25, -1).is_whole() && d(20, -1).is_whole());
    }

    proptest! {
        #[test]
        fn digits_round_trip(whole in 0_u64..1_000_000_000_000, places in 0_i32..6) {
            let text = format!("{whole}e-{places}");
            prop_assert_eq!(Decimal { mantissa: whole.into(), exponent: -places, ..Decimal::ZERO }.value(), text.parse::<f64>().unwrap_or(-1.0));
        }
    }
}
