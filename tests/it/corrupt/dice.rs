//! Chance that comes out alike on every run.

use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// Dice thrown from a seed.
pub(super) struct Dice(TestRng);

impl Dice {
    /// Dice of their own for each page of each row.
    pub(super) fn new(row: &str, page: usize) -> Self {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&(page as u64).to_le_bytes());
        row.bytes().enumerate().for_each(|(at, byte)| seed[8 + at % 24] ^= byte.wrapping_mul(at as u8 + 1));
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    pub(super) fn within(&mut self, range: std::ops::RangeInclusive<usize>) -> usize {
        self.0.random_range(range)
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
