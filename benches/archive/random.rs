//! Numbers that look random and are the same on every machine: splitmix64, and the one law that all words and names
//! of the archive are drawn by.

/// A source of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The source that belongs to `parts`: the same parts, the same numbers.
    pub(crate) fn of(parts: &[u64]) -> Self {
        parts.iter().fold(Self(0), |random, part| Self(Self(random.0 ^ part).next()))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// A number in (0, 1].
    pub(crate) fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 1.0) / (1u64 << 53) as f64
    }

    /// Whether something of probability `share` happens.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.unit() <= share
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// A rank by Zipf's law with a flat head of `head` ranks and no end: rank `r` has a probability in proportion to
    /// `(r + head)^-(1 + tail)`, so of `n` draws some `n^(1 / (1 + tail))` are of different ranks.
    pub(crate) fn rank(&mut self, tail: f64, head: f64) -> u64 {
        (head * (self.unit().powf(-1.0 / tail) - 1.0)) as u64
    }
}
