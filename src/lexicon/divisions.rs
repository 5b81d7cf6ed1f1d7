//! The administrative divisions of China down to streets and towns, with their codes.
//!
//! In: a name. Out: the codes of all divisions of that name; a short name (`上海`) gives the whole one as well.
//! `divisions.tsv` is made by `build_divisions.py`; a name that is not in it may still be one, newer or invented.

use super::rows;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A division of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Division {
    /// The name looked up by, whole or short.
    pub key: &'static str,
    /// Six digits; nine for a street or town.
    pub code: u32,
    /// The whole name.
    pub name: &'static str,
}

impl Division {
    /// Whether the key has a kind word: it is the whole name, or like 三江县 for 三江侗族自治县, 怒江州.
    pub fn is_whole(&self) -> bool {
        let people = [('县', "自治县"), ('州', "自治州")];
        self.key == self.name
            || people.iter().any(|&(kind, whole)| self.key.ends_with(kind) && self.name.ends_with(whole))
    }
}

/// The divisions that `code` lies in: district, city, province; the upper ones of a city are itself.
pub fn parents(code: u32) -> [u32; 3] {
    let district = if code > 999_999 { code / 1000 } else { code };
    [district, district / 100 * 100, district / 10_000 * 10_000]
}

/// Short names that are ordinary words, or parts of many names; they are known only beside their whole name.
pub static DOUBTFUL: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows(include_str!("division_traps.tsv")).filter_map(|row| row.first().copied()).collect());

static DIVISIONS: LazyLock<Vec<Division>> = LazyLock::new(|| {
    let mut all = Vec::with_capacity(45_000);
    for row in rows(include_str!("divisions.tsv")) {
        let [code, name, short, below] = row[..] else { continue };
        let Ok(number) = code.parse::<u32>() else { continue };
        all.push(Division { key: name, code: number, name });
        if !short.is_empty() {
            all.push(Division { key: short, code: number, name });
        }
        // 怒江州 of 怒江傈僳族自治州; no slice of the name, so it is kept for good.
        if name.ends_with("自治州") && !short.is_empty() {
            all.push(Division { key: format!("{short}州").leak(), code: number, name });
        }
        for street in below.split(' ') {
            if let Some((digits, name)) = street.split_at_checked(3)
                && let Ok(digits) = digits.parse::<u32>()
            {
                all.push(Division { key: name, code: number * 1000 + digits, name });
            }
        }
    }
    all.sort_unstable();
    all
});

/// Where the divisions of a name stand in the list.
static PLACES: LazyLock<FxHashMap<&'static str, Range<u32>>> = LazyLock::new(|| {
    let mut places: FxHashMap<&'static str, Range<u32>> = FxHashMap::default();
    for (at, division) in (0..).zip(DIVISIONS.iter()) {
        places.entry(division.key).or_insert(at..at).end = at + 1;
    }
    places
});

/// Characters of the longest name.
pub const LONGEST: usize = 16;

/// All divisions called `name`, by code.
pub fn called(name: &str) -> &'static [Division] {
    PLACES.get(name).map_or(&[], |place| &DIVISIONS[place.start as usize..place.end as usize])
}

/// The short names of provinces and cities.
pub fn short_names() -> impl Iterator<Item = Division> {
    DIVISIONS.iter().copied().filter(|division| !division.is_whole())
}

/// The district, county or city of the short name `short` that lies right in `parent`: 义乌 in 金华, 静安 in 上海.
pub fn below(parent: u32, short: &str) -> Option<Division> {
    if parent > 999_999 {
        return None;
    }
    let inside = |division: &&Division| {
        let upper = parents(division.code);
        division.code < 1_000_000 && division.code != parent && upper.contains(&parent)
    };
    ["区", "县", "市", "新区"].iter().find_map(|kind| called(&format!("{short}{kind}")).iter().find(inside).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_level_and_short_names() {
        let codes = |name| called(name).iter().map(|division| division.code).collect::<Vec<_>>();
        assert_eq!(codes("海淀区"), [110_108]);
        assert_eq!(codes("东华门街道"), [110_101_001]);
        assert_eq!(called("延边")[0].name, "延边朝鲜族自治州");
        assert!(codes("朝阳区").len() > 1, "one name, several divisions");
        assert!(codes("无此区").is_empty());
    }

    #[test]
    fn rows_have_four_columns() {
        for row in rows(include_str!("divisions.tsv")) {
            assert!(row.len() == 4 && row[0].len() == 6, "{row:?}");
        }
    }
}
