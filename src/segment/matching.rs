//! Which seams of a page go together best.
//!
//! In: seams that could be, each with its points. Out: for each piece the one that goes on it. A piece goes on one
//! other at most, and one at most goes on it; no piece goes on itself by way of others. Of all such choices the one
//! with the most points is taken: a matching of greatest weight between heads and tails (Kuhn 1955, Munkres 1957).

use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;

/// A piece that ends in mid-sentence, and one that may go on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seam {
    /// Index of the piece that ends.
    pub(super) head: usize,
    /// Index of the piece that goes on.
    pub(super) tail: usize,
    /// How much speaks for it; never below zero, which is what a seam is worth that is left open.
    pub(super) points: f64,
}

/// Heads that are weighed together. A page has fewer; the time grows with the cube.
const TOGETHER: usize = 100;
/// Weights are whole numbers of this part of a point.
const PART: f64 = 1000.0;
/// Weight of what is no seam: worse than all seams of a page together.
const NO_SEAM: i64 = -1_000_000_000;

/// For each of `pieces`, the one that goes on it. `seams` are in the order of their heads.
pub(super) fn best(seams: &[Seam], pieces: usize) -> Vec<Option<usize>> {
    let mut next = vec![None; pieces];
    let mut taken = vec![false; pieces];
    let by_head: Vec<&[Seam]> = seams.chunk_by(|one, other| one.head == other.head).collect();
    for heads in by_head.chunks(TOGETHER) {
        let mut free: Vec<Seam> =
            heads.iter().flat_map(|seams| seams.iter()).filter(|seam| !taken[seam.tail]).copied().collect();
        let chosen = loop {
            let chosen = heaviest(&free);
            let Some(weakest) = weakest_of_a_circle(&chosen, &next) else { break chosen };
            free.retain(|seam| *seam != weakest);
        };
        for seam in chosen {
            next[seam.head] = Some(seam.tail);
            taken[seam.tail] = true;
        }
    }
    next
}

/// The seams that are worth most together, if each head and each tail has one at most.
fn heaviest(seams: &[Seam]) -> Vec<Seam> {
    let sorted = |side: fn(&Seam) -> usize| {
        let mut all: Vec<usize> = seams.iter().map(side).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (heads, tails) = (sorted(|seam| seam.head), sorted(|seam| seam.tail));
    // Every head may stay open: a column of its own, worth nothing.
    let mut weights = Matrix::new(heads.len(), tails.len() + heads.len(), NO_SEAM);
    let place = |all: &[usize], at: usize| all.partition_point(|&other| other < at);
    for row in 0..heads.len() {
        weights[(row, tails.len() + row)] = 0;
    }
    for seam in seams {
        // Of two that are worth the same, the nearer.
        let far = seam.head.abs_diff(seam.tail + usize::from(seam.tail < seam.head)).min(99) as f64 / PART / 100.0;
        weights[(place(&heads, seam.head), place(&tails, seam.tail))] = ((seam.points - far) * PART) as i64;
    }
    if heads.is_empty() {
        return Vec::new();
    }
    let (_, columns) = kuhn_munkres(&weights);
    let chosen = |(row, column): (usize, usize)| {
        let tail = *tails.get(column)?;
        seams.iter().find(|seam| seam.head == heads[row] && seam.tail == tail).copied()
    };
    columns.into_iter().enumerate().filter_map(chosen).collect()
}

/// Of seams that lead back to where they start, the one that is worth least.
fn weakest_of_a_circle(chosen: &[Seam], next: &[Option<usize>]) -> Option<Seam> {
    let mut next = next.to_vec();
    for seam in chosen {
        if reaches(&next, seam.tail, seam.head) {
            let of_circle = |other: &&Seam| {
                other.head == seam.head
                    || (reaches(&next, seam.tail, other.head) && next[other.head] == Some(other.tail))
            };
            return chosen.iter().filter(of_circle).min_by(|a, b| a.points.total_cmp(&b.points)).copied();
        }
        next[seam.head] = Some(seam.tail);
    }
    None
}

/// Whether what goes on `from` leads to `to`.
pub(super) fn reaches(next: &[Option<usize>], from: usize, to: usize) -> bool {
    std::iter::successors(Some(from), |&at| next[at]).any(|at| at == to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(seams: &[(usize, usize, f64)], pieces: usize) -> Vec<Option<usize>> {
        let seams: Vec<Seam> = seams.iter().map(|&(head, tail, points)| Seam { head, tail, points }).collect();
        best(&seams, pieces)
    }

    #[test]
    fn the_best_seam_gives_way_where_the_page_reads_better() {
        let seams = [(0, 2, 5.0), (0, 3, 4.0), (1, 2, 4.5)];
        assert_eq!(chosen(&seams, 4), [Some(3), Some(2), None, None]);
    }

    #[test]
    fn no_piece_goes_on_itself() {
        let seams = [(0, 1, 2.0), (1, 0, 1.0)];
        assert_eq!(chosen(&seams, 2), [Some(1), None]);
        assert_eq!(chosen(&[], 2), [None, None]);
    }
}
