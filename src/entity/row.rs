//! Names in a row, of which one shows what the others are.
//!
//! In: a line, its communities, and the names that its own sentence does not show to be any. Out: those that their
//! neighbours show to be communities.
//!
//! | text                       | shown            | because                                       |
//! |----------------------------|------------------|-----------------------------------------------|
//! | `柳叶里、青岚苑`           | `柳叶里`         | 青岚苑 is one                                 |
//! | `柳叶里、慈云里`           | both             | lanes in a row are meant with their houses    |
//! | `柳园、桃园两个网格`       | none             | the head they share is a grid's               |

use super::community::{Strength, named};
use super::found::Found;
use super::line::{Line, Suffix};
use std::collections::HashSet;
use std::ops::Range;

/// Characters after a row of names in which the head they share can stand (`三个综合网格`).
const HEADED: usize = 8;

/// Names that stand in a row with communities (`柳叶里、青岚苑`), or with others of their suffix (`柳叶里、慈云里`), and so
/// are some themselves; `doubted` are those of the line that their own sentence does not show to be any.
pub(super) fn paired(line: &Line, sure: &[Found], doubted: &[String]) -> Vec<String> {
    if doubted.is_empty() {
        return Vec::new();
    }
    let doubted: HashSet<&str> = doubted.iter().map(String::as_str).collect();
    let mut row: Vec<Member> = Vec::new();
    let mut shown = Vec::new();
    for &Suffix { end, length, strength } in line.suffixes() {
        let mut trusting = |name: &str| doubted.contains(name);
        let before = &sure[..sure.partition_point(|other| other.range.end < end)];
        let Some(range) = named(line, before, &mut trusting, end - length, end, strength) else { continue };
        // 槐坪, 槐坪里
        while row.last().is_some_and(|last| last.range.start >= range.start) {
            row.pop();
        }
        if row.last().is_some_and(|last| !joined(line, last.range.end, range.start)) {
            shown.extend(in_row(line, &row));
            row.clear();
        }
        let next = sure.partition_point(|other| other.range.end < range.end);
        let is_sure = sure.get(next).is_some_and(|other| other.range == range);
        row.push(Member { range, length, strength, is_sure });
    }
    shown.extend(in_row(line, &row));
    shown
}

/// A name in a row of names.
struct Member {
    range: Range<usize>,
    length: usize,
    strength: Strength,
    is_sure: bool,
}

/// The names of a row that its other members show to be communities.
fn in_row(line: &Line, row: &[Member]) -> Vec<String> {
    let suffix = |member: &Member| line.text(member.range.end - member.length..member.range.end);
    let alike = |pair: &[Member]| {
        let [one, other] = pair else { return false };
        let homes = matches!(line.before(one.range.end), '里' | '坊' | '园' | '庄' | '屯' | '坪' | '寨' | '区');
        homes && one.strength == Strength::Weak && other.strength == Strength::Weak && suffix(one) == suffix(other)
    };
    // 柳园、桃园、杏园三个网格: they share a head, and that is none of ours.
    let headed = row.last().is_some_and(|last| {
        let after = last.range.end..(last.range.end + HEADED).min(line.len());
        line.text(after).contains("网格")
    });
    let evident = row.iter().any(|member| member.is_sure) || row.windows(2).any(alike);
    let shown = row.iter().filter(|member| !member.is_sure && evident && !headed);
    shown.map(|member| line.text(member.range.clone()).to_owned()).collect()
}

/// Whether only a comma or a conjunction stands between two names.
pub(super) fn joined(line: &Line, end: usize, start: usize) -> bool {
    start == end + 1 && matches!(line.at(end), '、' | '和' | '与' | '及')
}
