//! Rows that belong together. In: columns of codes. Out: [`Groups`]: which rows have the same codes, how many different things
//! each group holds, and in which order groups stand.
//!
//! A group is a leaf of a tree: each column parts the groups that the columns before it made. A million groups are ordinary, so
//! nothing is held for each of them but a few numbers.

use crate::index::{NONE, Texts};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Rows by what they have in common.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each row the number of its group, or [`NONE`] for one that is left out.
    of_row: Vec<u32>,
    /// How many groups there are.
    count: usize,
    /// What each column made of the groups before it.
    levels: Vec<Level>,
}

/// The groups after one more column.
#[derive(Debug)]
struct Level {
    /// The group before it that each is part of.
    parents: Vec<u32>,
    /// The code that its rows have in this column.
    codes: Vec<u32>,
}

impl Groups {
    /// Groups the rows for which `kept` holds by their codes in `columns`.
    pub(super) fn of(rows: usize, kept: impl Fn(usize) -> bool, columns: &[&Texts]) -> Self {
        let mut of_row: Vec<u32> = (0..rows).map(|row| if kept(row) { 0 } else { NONE }).collect();
        let mut count = usize::from(of_row.contains(&0));
        let mut levels = Vec::new();
        for column in columns {
            let mut places: FxHashMap<u64, u32> = FxHashMap::default();
            let mut level = Level { parents: Vec::new(), codes: Vec::new() };
            for (group, &code) in of_row.iter_mut().zip(&column.codes).filter(|(group, _)| **group != NONE) {
                let both = u64::from(*group) << 32 | u64::from(code);
                *group = *places.entry(both).or_insert_with(|| {
                    level.parents.push(*group);
                    level.codes.push(code);
                    (level.codes.len() - 1) as u32
                });
            }
            count = level.codes.len();
            levels.push(level);
        }
        Self { of_row, count, levels }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The codes that the rows of a group have in common, column by column.
    pub(super) fn codes(&self, group: usize) -> Vec<u32> {
        let mut codes = vec![NONE; self.levels.len()];
        let mut at = group;
        for (level, code) in self.levels.iter().zip(&mut codes).rev() {
            *code = level.codes[at];
            at = level.parents[at] as usize;
        }
        codes
    }

    /// The groups in order, column by column: where `runs` says so of a column as its codes run, else the largest first, then
    /// as its codes run; those without a code last.
    pub(super) fn order(&self, runs: &[bool]) -> Vec<usize> {
        let sizes = self.sizes_of_levels();
        let mut places: Vec<u32> = vec![0];
        for ((level, sizes), runs) in self.levels.iter().zip(&sizes).zip(runs) {
            let mut order: Vec<u32> = (0..level.codes.len() as u32).collect();
            let place = |&group: &u32| {
                let group = group as usize;
                let (parent, code) = (places[level.parents[group] as usize], level.codes[group]);
                (parent, code == NONE, if *runs { 0 } else { u64::MAX - sizes[group] }, code)
            };
            order.par_sort_unstable_by_key(place);
            places = vec![0; order.len()];
            order.iter().zip(0..).for_each(|(&group, place)| places[group as usize] = place);
        }
        let mut order = vec![0; self.count];
        places.iter().take(self.count).enumerate().for_each(|(group, &place)| order[place as usize] = group);
        order
    }

    /// How many rows the groups of each level have.
    fn sizes_of_levels(&self) -> Vec<Vec<u64>> {
        let mut all = Vec::new();
        let mut sizes = self.sizes();
        for level in self.levels.iter().rev() {
            let mut before = vec![0; level.parents.iter().max().map_or(0, |&last| last as usize + 1)];
            level.parents.iter().zip(&sizes).for_each(|(&parent, size)| before[parent as usize] += size);
            all.push(std::mem::replace(&mut sizes, before));
        }
        all.reverse();
        all
    }

    /// How many rows each group has.
    pub(super) fn sizes(&self) -> Vec<u64> {
        self.count(|_| true)
    }

    /// How many rows of each group `counts` holds for.
    pub(super) fn count(&self, counts: impl Fn(usize) -> bool) -> Vec<u64> {
        let mut counted = vec![0; self.count];
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
        let mut pairs: Vec<u64> = self.of_row.iter().zip(&column.codes).filter_map(pair).collect();
        // Rows of one article lie together, so most repetitions are gone before anything is put in order.
        pairs.dedup();
        pairs.par_sort_unstable();
        pairs.dedup();
        let mut counted = vec![0; self.count];
        pairs.iter().for_each(|pair| counted[(pair >> 32) as usize] += 1);
        counted
    }

    /// What `work` makes of the numbers of each group, NaN being none.
    pub(super) fn of_numbers<T: Send>(&self, column: &[f64], work: impl Fn(&mut [f64]) -> T + Sync) -> Vec<T> {
        let sizes = self.count(|row| !column[row].is_nan());
        let mut ends = Vec::with_capacity(sizes.len());
        sizes.iter().fold(0, |end, size| {
            ends.push(end);
            end + *size as usize
        });
        let mut numbers = vec![0.0; sizes.iter().sum::<u64>() as usize];
        for (&group, &number) in self.of_row.iter().zip(column) {
            if group != NONE && !number.is_nan() {
                let end = &mut ends[group as usize];
                numbers[*end] = number;
                *end += 1;
            }
        }
        let mut rest = numbers.as_mut_slice();
        let mut parts = Vec::with_capacity(sizes.len());
        for size in sizes {
            let (part, behind) = rest.split_at_mut(size as usize);
            parts.push(part);
            rest = behind;
        }
        parts.into_par_iter().map(&work).collect()
    }

    /// The least and the greatest code of `column` in each group.
    pub(super) fn ends(&self, column: &Texts) -> Vec<Option<(u32, u32)>> {
        let mut ends: Vec<Option<(u32, u32)>> = vec![None; self.count];
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
        assert_eq!([0, 1, 2].map(|group| groups.codes(group)), [[0, 5], [1, 5], [NONE, 5]]);
        assert_eq!(groups.of_row, [0, 0, 1, NONE, 2]);
        assert_eq!((groups.len(), groups.sizes()), (3, vec![2, 1, 1]));
        assert_eq!(groups.distinct(&texts(&[7, 8, 7, 7, NONE])), [2, 1, 0]);
        assert_eq!(groups.ends(&texts(&[7, 3, 7, 7, NONE])), [Some((3, 7)), Some((7, 7)), None]);
        let numbers = groups.of_numbers(&[1.0, 2.0, f64::NAN, 4.0, -5.0], |numbers| numbers.to_vec());
        assert_eq!(numbers, [vec![1.0, 2.0], vec![], vec![-5.0]]);
        let all = Groups::of(5, |_| true, &[]);
        assert_eq!((all.len(), all.sizes(), all.order(&[])), (1, vec![5], vec![0]));
        let nothing = Groups::of(5, |_| false, &[&year]);
        assert_eq!((nothing.len(), nothing.order(&[false])), (0, vec![]));
    }

    #[test]
    fn puts_groups_in_order() {
        // Of three years and two units, with rows that have none.
        let year = texts(&[1, 1, 1, 0, 2, 2, NONE, NONE, NONE, NONE]);
        let unit = texts(&[4, 4, 9, 4, 9, NONE, 4, 4, 9, 9]);
        let groups = Groups::of(10, |_| true, &[&year, &unit]);
        let order = |runs: [bool; 2]| -> Vec<Vec<u32>> {
            groups.order(&runs).into_iter().map(|group| groups.codes(group)).collect()
        };
        let by_time = [[0, 4], [1, 4], [1, 9], [2, 9], [2, NONE], [NONE, 4], [NONE, 9]];
        assert_eq!(order([true, false]), by_time);
        let by_size = [[1, 4], [1, 9], [2, 9], [2, NONE], [0, 4], [NONE, 4], [NONE, 9]];
        assert_eq!(order([false, false]), by_size);
    }
}
