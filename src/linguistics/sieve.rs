//! Rare things kept out of memory. In: all items, one by one. Out: which of them may be frequent.
//!
//! Most n-grams of an archive stand there once, and all of them together would take gigabytes. So they are counted twice: first in
//! as many small counters as fit, several items sharing one, then one by one, those alone whose counter is high enough. A counter is
//! never less than the count of an item that it is shared by, so none that is frequent is lost (one row of a count-min sketch; Cormode,
//! G. & Muthukrishnan, S. (2005): "An improved data stream summary", *Journal of Algorithms* 55(1), 58–75).

use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU8, Ordering};

/// Counters for each article: an ordinary one has some three hundred words.
const FOR_EACH: usize = 1024;

/// Most counters, of a byte each.
const MOST: usize = 1 << 27;

/// Counters that threads share. What they say in the end does not depend on who came first.
#[derive(Debug)]
pub(super) struct Sieve {
    counters: Vec<AtomicU8>,
    least: u8,
}

impl Sieve {
    /// A sieve for the items of so many articles that keeps those that stand there `least` times.
    pub(super) fn new(articles: usize, least: u64) -> Self {
        let size = articles.saturating_mul(FOR_EACH).clamp(1 << 16, MOST).next_power_of_two();
        let mut counters = Vec::new();
        counters.resize_with(size, AtomicU8::default);
        Self { counters, least: u8::try_from(least).unwrap_or(u8::MAX) }
    }

    fn counter(&self, item: &str) -> &AtomicU8 {
        let mut hasher = FxHasher::default();
        item.hash(&mut hasher);
        // The size is a power of two.
        &self.counters[hasher.finish() as usize & (self.counters.len() - 1)]
    }

    /// Counts an item.
    pub(super) fn add(&self, item: &str) {
        let counter = self.counter(item);
        // One that is full stays full.
        let _ = counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_add(1));
    }

    /// Whether an item may have been counted often enough.
    pub(super) fn keeps(&self, item: &str) -> bool {
        self.counter(item).load(Ordering::Relaxed) >= self.least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loses_nothing_that_is_frequent() {
        let sieve = Sieve::new(1, 2);
        let items: Vec<String> = (0..20_000).map(|at| format!("网格 {at}")).collect();
        items.iter().for_each(|item| sieve.add(item));
        items.iter().step_by(10).for_each(|item| sieve.add(item));
        assert!(items.iter().step_by(10).all(|item| sieve.keeps(item)));
        let kept = items.iter().filter(|item| sieve.keeps(item)).count();
        assert!(kept < items.len() / 2, "{kept}");
        assert!(!Sieve::new(1, 300).keeps("网格"));
    }
}
