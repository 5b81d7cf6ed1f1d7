//! Edit distance and alignment of two texts.
//!
//! In: two sequences of characters. Out: the least number of insertions, deletions and replacements between
//! them, and one cheapest way through the table of all prefixes, as [`Node`]s.
//!
//! A body has up to some ten thousand characters, and where articles were merged one side may be a whole
//! page or a whole archive. The textbook table would be too slow for that, so a column of it is kept as two
//! bits a cell, in machine words (Myers 1999, for several words Hyyrö 2003). The crates that do the same give
//! the distance alone; paragraph ends need the alignment too.

use std::collections::HashMap;

/// A place between characters: so many of the first text, so many of the second.
pub type Node = (usize, usize);

/// A part of a path, from node to node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub start: Node,
    /// Where it ends.
    pub end: Node,
}

/// Columns between two that are kept. All of them are needed to walk back, but not at once: those between two
/// kept ones are made again when the walk gets there. It costs the work twice and bounds memory, in words, to
/// the table's size over 64 × 256 plus 256 columns.
const KEPT_EVERY: usize = 256;

/// Least number of insertions, deletions and replacements from `a` to `b`.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let (start, end) = common(a, b);
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let pattern = Pattern::of(a);
    let mut column = Column::first(a.len());
    let steps = b.iter().map(|&c| column.step(&pattern, c)).sum::<isize>();
    a.len().saturating_add_signed(steps)
}

/// A cheapest path from `(0, 0)` to `(a.len(), b.len())`, every node of it.
///
/// Of several it is always the same: common beginning and end are kept, and from the end backwards a deletion
/// goes before an insertion that pays and that before keeping or replacing. Where a paragraph ends inside
/// damage depends on that choice, so it is part of the measure.
pub fn path(a: &[char], b: &[char]) -> Vec<Node> {
    let (start, end) = common(a, b);
    let mut path: Vec<Node> = (0..start).map(|at| (at, at)).collect();
    let mut middle = backwards(&a[start..a.len() - end], &b[start..b.len() - end]);
    middle.reverse();
    path.extend(middle.into_iter().map(|(i, j)| (start + i, start + j)));
    path.extend((0..end).rev().map(|left| (a.len() - left, b.len() - left)));
    path
}

/// The steps of a path that cost something: deletions, insertions, replacements.
pub fn edits(a: &[char], b: &[char], path: &[Node]) -> impl Iterator<Item = Stretch> {
    let steps = path.windows(2).map(|step| Stretch { start: step[0], end: step[1] });
    steps.filter(|step| {
        let (i, j) = step.start;
        step.end != (i + 1, j + 1) || a[i] != b[j]
    })
}

/// The edits with near ones joined, longest first: what a reader sees as one difference.
pub fn stretches(a: &[char], b: &[char], path: &[Node]) -> Vec<Stretch> {
    /// Kept characters between two edits that are still one difference.
    const GAP: usize = 3;
    let mut stretches: Vec<Stretch> = Vec::new();
    for edit in edits(a, b, path) {
        match stretches.last_mut() {
            Some(last) if edit.start.0 - last.end.0 <= GAP && edit.start.1 - last.end.1 <= GAP => last.end = edit.end,
            _ => stretches.push(edit),
        }
    }
    stretches.sort_by_key(|stretch| {
        let ((i, j), (until_i, until_j)) = (stretch.start, stretch.end);
        std::cmp::Reverse(until_i - i + until_j - j)
    });
    stretches
}

/// Lengths of the common beginning and, of what is left, the common end.
fn common(a: &[char], b: &[char]) -> (usize, usize) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    (start, end)
}

/// The path from the last node to the first.
fn backwards(a: &[char], b: &[char]) -> Vec<Node> {
    let pattern = Pattern::of(a);
    let mut column = Column::first(a.len());
    let mut kept = Vec::with_capacity(b.len() / KEPT_EVERY + 1);
    for (j, &c) in b.iter().enumerate() {
        if j % KEPT_EVERY == 0 {
            kept.push(column.clone());
        }
        column.step(&pattern, c);
    }

    let (mut i, mut j) = (a.len(), b.len());
    let mut path = vec![(i, j)];
    // The columns from number `base` on, as far as the walk needs them.
    let (mut base, mut columns) = (b.len(), Vec::new());
    while i > 0 && j > 0 {
        if j <= base {
            base = (j - 1) / KEPT_EVERY * KEPT_EVERY;
            let mut column = kept[base / KEPT_EVERY].clone();
            columns = vec![column.clone()];
            for &c in &b[base..j] {
                column.step(&pattern, c);
                columns.push(column.clone());
            }
        }
        let within = j - base;
        if columns[within].rises_to(i) {
            i -= 1;
        } else if columns[within - 1].falls_to(i) {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
        }
        path.push((i, j));
    }
    path.extend((0..i).rev().map(|i| (i, 0)));
    path.extend((0..j).rev().map(|j| (0, j)));
    path
}

/// Where each character stands in the first text, 64 places to a word.
struct Pattern {
    places: HashMap<char, Vec<u64>>,
    nowhere: Vec<u64>,
    len: usize,
}

impl Pattern {
    fn of(text: &[char]) -> Self {
        let nowhere = vec![0; text.len().div_ceil(64)];
        let mut places = HashMap::new();
        for (i, &c) in text.iter().enumerate() {
            places.entry(c).or_insert_with(|| nowhere.clone())[i / 64] |= 1 << (i % 64);
        }
        Self { places, nowhere, len: text.len() }
    }

    fn places(&self, c: char) -> &[u64] {
        self.places.get(&c).unwrap_or(&self.nowhere)
    }
}

/// A column of the table: bit `i` tells how the cell of `i + 1` characters differs from the one above it.
#[derive(Clone)]
struct Column {
    /// One more.
    rise: Vec<u64>,
    /// One less.
    fall: Vec<u64>,
}

impl Column {
    /// Before any character of the second text: all of the first is deleted.
    fn first(len: usize) -> Self {
        let words = len.div_ceil(64);
        Self { rise: vec![u64::MAX; words], fall: vec![0; words] }
    }

    /// Whether the cell of `i` characters is one more than the cell above it.
    fn rises_to(&self, i: usize) -> bool {
        self.rise[(i - 1) / 64] >> ((i - 1) % 64) & 1 == 1
    }

    /// Whether the cell of `i` characters is one less than the cell above it.
    fn falls_to(&self, i: usize) -> bool {
        self.fall[(i - 1) / 64] >> ((i - 1) % 64) & 1 == 1
    }

    /// Becomes the next column, that of the character `c`; says how the cell in the last row changed.
    fn step(&mut self, pattern: &Pattern, c: char) -> isize {
        // The row above all: one more insertion with each column.
        let (mut more, mut less) = (1, 0);
        let (mut last_more, mut last_less) = (true, false);
        let last_bit = pattern.len.wrapping_sub(1) % 64;
        for ((rise, fall), &places) in self.rise.iter_mut().zip(&mut self.fall).zip(pattern.places(c)) {
            let vertical = places | *fall;
            let equal = places | less;
            let horizontal = ((equal & *rise).wrapping_add(*rise) ^ *rise) | equal;
            let right_more = *fall | !(horizontal | *rise);
            let right_less = *rise & horizontal;
            (last_more, last_less) = (right_more >> last_bit & 1 == 1, right_less >> last_bit & 1 == 1);
            let (below_more, below_less) = (right_more >> 63, right_less >> 63);
            let (right_more, right_less) = (right_more << 1 | more, right_less << 1 | less);
            *rise = right_less | !(vertical | right_more);
            *fall = right_more & vertical;
            (more, less) = (below_more, below_less);
        }
        isize::from(last_more) - isize::from(last_less)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table, `[i][j]`.
    fn table(a: &[char], b: &[char]) -> Vec<Vec<usize>> {
        let mut table = vec![(0..=b.len()).collect::<Vec<_>>()];
        for (i, x) in a.iter().enumerate() {
            let mut row = vec![i + 1];
            for (j, y) in b.iter().enumerate() {
                row.push((row[j] + 1).min(table[i][j + 1] + 1).min(table[i][j] + usize::from(x != y)));
            }
            table.push(row);
        }
        table
    }

    fn check(a: &str, b: &str) -> Result<(), TestCaseError> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let table = table(&a, &b);
        prop_assert_eq!(distance(&a, &b), table[a.len()][b.len()]);
        let path = path(&a, &b);
        prop_assert_eq!(path.first(), Some(&(0, 0)));
        prop_assert_eq!(path.last(), Some(&(a.len(), b.len())));
        let mut cost = 0;
        for step in path.windows(2) {
            let ((i, j), (next_i, next_j)) = (step[0], step[1]);
            cost += match (next_i - i, next_j - j) {
                (1, 1) => usize::from(a[i] != b[j]),
                (1, 0) | (0, 1) => 1,
                step => return Err(TestCaseError::fail(format!("a step of {step:?}"))),
            };
            // A cheapest path is cheapest all the way.
            prop_assert_eq!(cost, table[next_i][next_j]);
        }
        prop_assert_eq!(backwards(&a, &b), walk(&table));
        Ok(())
    }

    /// The choice between equally cheap paths, on the table.
    fn walk(table: &[Vec<usize>]) -> Vec<Node> {
        let (mut i, mut j) = (table.len() - 1, table[0].len() - 1);
        let mut path = vec![(i, j)];
        while (i, j) != (0, 0) {
            let deletes = j == 0 || (i > 0 && table[i - 1][j] < table[i][j]);
            let inserts = i == 0 || (j > 0 && table[i][j - 1] < table[i - 1][j - 1]);
            (i, j) = match (deletes, inserts) {
                (true, _) => (i - 1, j),
                (false, true) => (i, j - 1),
                (false, false) => (i - 1, j - 1),
            };
            path.push((i, j));
        }
        path
    }

    #[test]
    fn small_cases() {
        for (a, b) in
            [("", ""), ("", "天地"), ("天地", ""), ("天", "地"), ("街道居民区", "街居民小区"), ("人人", "人")]
        {
            check(a, b).expect("as the table says");
        }
    }

    #[test]
    fn a_deletion_is_placed_after_what_repeats() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        // Common beginning and end are kept first, so the second 人 is the one that went.
        assert_eq!(path(&chars("人人好"), &chars("人好")), [(0, 0), (1, 1), (2, 1), (3, 2)]);
    }

    #[test]
    fn near_edits_are_one_stretch() {
        let (a, b): (Vec<char>, Vec<char>) =
            ("柳园居民区有12栋楼，住着居民".chars().collect(), "柳圆居民x区有12栋楼，住居民".chars().collect());
        let stretches = stretches(&a, &b, &path(&a, &b));
        assert_eq!(
            stretches,
            [Stretch { start: (1, 1), end: (4, 5) }, Stretch { start: (12, 13), end: (13, 13) }],
            "圆居民x is one, 着 is another"
        );
    }

    proptest! {
        #[test]
        fn agrees_with_the_table(a in "[天地人和]{0,20}", b in "[天地人和]{0,20}") {
            check(&a, &b)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        /// Several words a column, and walks over several kept columns.
        #[test]
        fn agrees_with_the_table_at_length(a in "[天地人和]{0,300}", b in "[天地人和]{200,700}") {
            check(&a, &b)?;
            check(&b, &a)?;
        }
    }
}
