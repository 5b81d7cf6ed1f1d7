//! Names along a level axis. In: names and the room that each has. Out: how they stand: in a line where there is room, else
//! each with its characters one below the other, as Han is read; short runs of letters and digits stay level among them
//! (纵中横). Only names with longer ones are turned.

use super::sheet::{At, Hold, Sheet, Type};
use super::{LEADING, Pt, SMALL, font};

/// From a character to the one below it.
const STEP: Pt = SMALL.size + 1.0;

/// Marks that have another form where characters stand one below the other: Unicode's vertical forms.
const VERTICAL: [(char, char); 14] = [
    ('（', '︵'),
    ('）', '︶'),
    ('《', '︽'),
    ('》', '︾'),
    ('〈', '︿'),
    ('〉', '﹀'),
    ('【', '︻'),
    ('】', '︼'),
    ('「', '﹁'),
    ('」', '﹂'),
    ('『', '﹃'),
    ('』', '﹄'),
    ('—', '︱'),
    ('…', '︙'),
];

/// Names along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Names {
    /// Room for the width of one; boundless where all are level.
    room: Pt,
    /// Their height.
    pub(super) height: Pt,
}

/// On which side of the axis they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl Names {
    /// How `names` stand where each has `room` from left to right, and all together `most` from top to bottom.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str> + Clone, room: Pt, most: Pt) -> Self {
        let wide = |name: &str| font::width(name, SMALL.size);
        if names.clone().all(|name| wide(name) + 3.0 <= room) {
            return Self { room: Pt::INFINITY, height: LEADING };
        }
        let height = |name: &str| stacked(name, room, most).map_or_else(|| wide(name), |all| all.len() as f64 * STEP);
        Self { room, height: names.map(height).fold(0.0, f64::max).min(most) }
    }

    /// Sets one of them at its place on the axis.
    pub(super) fn set(self, sheet: &Sheet<'_>, name: &str, (x, y): At, side: Side, kind: Type) {
        if self.room.is_infinite() {
            let y = if side == Side::Above { y - LEADING / 2.0 + 2.0 } else { y + LEADING / 2.0 };
            return sheet.text(name, (x, y), Hold::Middle, kind);
        }
        let Some(all) = stacked(name, self.room, self.height) else {
            let name = font::cut(name, kind.size, self.height + 0.01);
            return sheet.upwards(&name, (x, y), if side == Side::Above { Hold::Start } else { Hold::End }, kind);
        };
        let top = if side == Side::Above { y - all.len() as f64 * STEP } else { y };
        for (at, part) in all.iter().enumerate() {
            sheet.text(part, (x, top + (at as f64 + 0.5) * STEP), Hold::Middle, kind);
        }
    }
}

/// What stands one below the other: Han characters, and between them runs of narrow ones that are no wider than `room`. None
/// where a run is wider, where all together are higher than `most`, or where there is no Han.
fn stacked(name: &str, room: Pt, most: Pt) -> Option<Vec<String>> {
    let is_wide = |c: char| font::width(c.encode_utf8(&mut [0; 4]), 1.0) == 1.0;
    let mut all: Vec<String> = Vec::new();
    let mut before = true;
    for c in name.chars() {
        let c = VERTICAL.iter().find(|(level, _)| *level == c).map_or(c, |(_, upright)| *upright);
        match all.last_mut().filter(|_| !before && !is_wide(c)) {
            Some(run) => run.push(c),
            None => all.push(c.to_string()),
        }
        before = is_wide(c);
    }
    let fits = |part: &String| font::width(part, SMALL.size) <= room.max(STEP);
    let fits = all.iter().all(fits) && all.len() as f64 * STEP <= most + 0.01 && name.chars().any(is_wide);
    fits.then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_as_it_is_read() {
        let shown = |name: &str| stacked(name, 15.0, 60.0).map_or("turned".to_owned(), |all| all.join("|"));
        let cases = [
            ("云杉", "云|杉"),
            ("A03网格", "A03|网|格"),
            ("云杉（二期）", "云|杉|︵|二|期|︶"),
            ("WiFi网格", "turned"),
            ("2024-05", "turned"),
            ("云杉第一社区居民", "turned"),
        ];
        for (name, stands) in cases {
            assert_eq!(shown(name), stands);
        }
        let names = |names: &[&str], room| Names::of(names.iter().copied(), room, 60.0);
        assert_eq!(names(&["云杉", "松"], 19.0), Names { room: Pt::INFINITY, height: LEADING });
        assert_eq!(names(&["云杉", "松"], 18.0), Names { room: 18.0, height: 2.0 * STEP });
    }
}
