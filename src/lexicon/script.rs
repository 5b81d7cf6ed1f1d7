//! Traditional and simplified characters. In: a character. Out: the simplified one that is written for it.

use super::rows;
use super::table::CharSet;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Traditional characters and what is written for each.
struct Table {
    traditional: CharSet,
    simplified: FxHashMap<char, char>,
}

impl From<FxHashMap<char, char>> for Table {
    fn from(simplified: FxHashMap<char, char>) -> Self {
        Self { traditional: simplified.keys().copied().collect(), simplified }
    }
}

impl Table {
    #[inline]
    fn get(&self, c: char) -> Option<char> {
        // Most characters of most texts are in no table: one bit says so.
        if self.traditional.contains(c) { self.simplified.get(&c).copied() } else { None }
    }
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    let row = |row: Vec<&'static str>| Some((row.first()?.chars().next()?, *row.get(1)?));
    let pairs = rows(include_str!("simplified.tsv")).filter_map(row);
    pairs.flat_map(|(simplified, row)| row.chars().map(move |c| (c, simplified)))
}

static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| pairs().collect::<FxHashMap<_, _>>().into());

/// Traditional characters, radicals and compatibility forms. Read without [`super::FORMS`], for a search is over in less time
/// than it takes to build both.
static FOLDED: LazyLock<Table> = LazyLock::new(|| {
    let mut folded: FxHashMap<char, char> = FxHashMap::with_capacity_and_hasher(8192, Default::default());
    folded.extend(pairs());
    let forms = rows(include_str!("forms.tsv")).filter_map(|row| {
        let stands_for = row.get(1)?.chars().next()?;
        Some((row.first()?.chars().next()?, stands_for))
    });
    for (form, stands_for) in forms {
        let simplified = folded.get(&stands_for).copied().unwrap_or(stands_for);
        folded.insert(form, simplified);
    }
    folded.into()
});

/// The simplified character for a traditional one; none for one that simplified script has as well.
pub fn simplified(c: char) -> Option<char> {
    SIMPLIFIED.get(c)
}

/// The one character by which search knows all that are written for each other.
pub fn folded(c: char) -> char {
    if c.is_ascii() { c } else { FOLDED.get(c).unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brings_scripts_and_forms_together() {
        assert_eq!("社區網格⽹⻓a，".chars().map(folded).collect::<String>(), "社区网格网长a，");
        assert_eq!((simplified('區'), simplified('区')), (Some('区'), None));
        assert!(pairs().all(|(c, _)| folded(folded(c)) == folded(c)), "folding is done at once");
    }
}
