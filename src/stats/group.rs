//! Rows that belong together. In: columns of codes. Out: [`Groups`]: which rows have the same codes, and how many different
//! things each group holds.

use crate::index::{NONE, Texts};
use rustc_hash::FxHashMap;

/// Rows by what they have in common.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each row the number of its group, or [`NONE`] for one that is left out.
    pub(super) of_row: Vec<u32>,
    /// For each group the codes that its rows have in common, column by column.
    pub(super) codes: Vec<Vec<u32>>,
}

impl Groups {
    /// Groups the rows for which `kept` holds by their codes in `columns`.
    pub(super) fn of(rows: usize, kept: impl Fn(usize) -> bool, columns: &[&Texts]) -> Self {
        let mut of_row: Vec<u32> = (0..rows).map(|row| if kept(row) { 0 } else { NONE }).collect();
        let mut codes = vec![Vec::new()];
        for column in columns {
            let mut places: FxHashMap<(u32, u32), u32> = FxHashMap::default();
            let mut split: Vec<Vec<u32>> = Vec::new();
            for (group, &code) in of_row.iter_mut().zip(&column.codes).filter(|(group, _)| **group != NONE) {
                *group = *places.entry((*group, code)).or_insert_with(|| {
                    let mut both = codes[*group as usize].clone();
                    both.push(code);
                    split.push(both);
                    (split.len() - 1) as u32
                });
            }
            codes = split;
        }
        if of_row.iter().all(|&group| group == NONE) {
            codes.clear();
        }
        Self { of_row, codes }
    }

    /// How many rows each group has.
    pub(super) fn sizes(&self) -> Vec<u64> {
        self.count(|_| true)
    }

    /// How many rows of each group `counts` holds for.
    pub(super) fn count(&self, counts: impl Fn(usize) -> bool) -> Vec<u64> {
        let mut counted = vec![0; self.codes.len()];
        for (row, &group) in self.of_row.iter().enumerate() {
            if group != NONE && counts(row) {
                counted[group as usize] += 1;
            }
        }
        counted
    }

    /// How many different codes of `column` each group has; rows without one do not count.
    pub(super) fn distinct(&self, column: &Texts) -> Vec<u64> {
        let pair = |(&group, &code): (&u32, &u32)| {
            (group != NONE && code != NONE).then_some(u64::from(group) << 32 | u64::from(code))
        };
        let mut pairs: Vec<u64> = Vec::new();
        for pair in self.of_row.iter().zip(&column.codes).filter_map(pair) {
            // Rows of one article lie together, so most repetitions are seen at once.
            if pairs.last() != Some(&pair) {
                pairs.push(pair);
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut counted = vec![0; self.codes.len()];
        pairs.iter().for_each(|pair| counted[(pair >> 32) as usize] += 1);
        counted
    }

    /// The numbers of each group; NaN is none.
    pub(super) fn numbers(&self, column: &[f64]) -> Vec<Vec<f64>> {
        let sizes = self.count(|row| !column[row].is_nan());
        let mut numbers: Vec<Vec<f64>> = sizes.into_iter().map(|size| Vec::with_capacity(size as usize)).collect();
        for (&group, &number) in self.of_row.iter().zip(column) {
            if group != NONE && !number.is_nan() {
                numbers[group as usize].push(number);
            }
        }
        numbers
    }

    /// The least and the greatest code of `column` in each group.
    pub(super) fn ends(&self, column: &Texts) -> Vec<Option<(u32, u32)>> {
        let mut ends: Vec<Option<(u32, u32)>> = vec![None; self.codes.len()];
        for (&group, &code) in self.of_row.iter().zip(&column.codes) {
            if group != NONE && code != NONE {
                let end = &mut ends[group as usize];
                *end = Some(end.map_or((code, code), |(first, last)| (first.min(code), last.max(code))));
            }
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(codes: &[u32]) -> Texts {
        Texts { known: Vec::new(), codes: codes.to_vec() }
    }

    #[test]
    fn counts_rows_and_what_they_hold() {
        let (year, unit) = (texts(&[0, 0, 1, 0, NONE]), texts(&[5, 5, 5, 6, 5]));
        let groups = Groups::of(5, |row| row != 3, &[&year, &unit]);
        assert_eq!(groups.codes, [[0, 5], [1, 5], [NONE, 5]]);
        assert_eq!(groups.of_row, [0, 0, 1, NONE, 2]);
        assert_eq!(groups.sizes(), [2, 1, 1]);
        assert_eq!(groups.distinct(&texts(&[7, 8, 7, 7, NONE])), [2, 1, 0]);
        assert_eq!(groups.ends(&texts(&[7, 3, 7, 7, NONE])), [Some((3, 7)), Some((7, 7)), None]);
        let numbers = groups.numbers(&[1.0, 2.0, f64::NAN, 4.0, -5.0]);
        assert_eq!(numbers, [vec![1.0, 2.0], vec![], vec![-5.0]]);
        assert_eq!(Groups::of(5, |_| true, &[]).codes, [[0_u32; 0]]);
        assert!(Groups::of(5, |_| false, &[&year]).codes.is_empty());
    }
}
