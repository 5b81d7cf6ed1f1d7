//! Words as data: the tables that rules look things up in, and how they are read.
//!
//! A table is a TSV file beside this one. Lines that start with `#` are its header and name its columns and its
//! source. Tables are part of the program, so a fault in one is a fault of ours and is found by the test below.

pub mod chars;
pub mod divisions;
pub mod ngrams;
pub mod table;

use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The rows of a table, each cut into its columns.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// The words of a table with their classes, which its second column names. A class that is none of `classes` is a fault
/// of the table, and whatever loads it says so.
pub fn classed<C: Copy>(
    table: &'static str,
    classes: &'static [(&'static str, C)],
) -> impl Iterator<Item = (&'static str, C)> {
    rows(table).map(move |row| {
        let [word, name, ..] = row[..] else { panic!("a row without a class: {row:?}") };
        let class = classes.iter().find(|(known, _)| *known == name);
        (word, class.unwrap_or_else(|| panic!("{word} is of no known class: {name}")).1)
    })
}

/// A pattern of ours.
pub fn literal(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns are literals and compile")
}

/// Radicals and compatibility forms, and the characters they stand for.
pub static FORMS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    rows(include_str!("forms.tsv")).filter_map(|row| Some((row.first()?.chars().next()?, *row.get(1)?))).collect()
});

/// Known misreadings, as read and as meant; both of one length.
pub static MISREADS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("misreads.tsv")).filter_map(|row| Some((*row.get(1)?, *row.first()?))).collect()
});

/// The surnames that four of five people bear; rarer ones are ordinary words more often.
const COMMON_SURNAMES: usize = 120;

/// The commonest surnames.
pub static SURNAMES: LazyLock<table::Endings<()>> = LazyLock::new(|| {
    let names = rows(include_str!("surnames.tsv")).filter_map(|row| Some((*row.first()?, ())));
    names.take(COMMON_SURNAMES).collect()
});

/// Characters of nearly the same shape.
#[derive(Debug)]
pub struct Confusions {
    /// Those that are read for others.
    pub read: table::CharSet,
    /// And those that may then be meant.
    pub meant: rustc_hash::FxHashMap<char, &'static str>,
}

/// Characters that recognition takes for others of nearly the same shape.
pub static CONFUSIONS: LazyLock<Confusions> = LazyLock::new(|| {
    let row = |row: Vec<&'static str>| Some((row.first()?.chars().next()?, *row.get(1)?));
    let meant: rustc_hash::FxHashMap<char, &'static str> =
        rows(include_str!("confusions.tsv")).filter_map(row).collect();
    Confusions { read: meant.keys().copied().collect(), meant }
});

/// The dictionary of common words, parsed on first use (about a tenth of a second).
pub static WORDS: LazyLock<jieba_rs::Jieba> = LazyLock::new(jieba_rs::Jieba::new);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_single_characters() {
        for row in rows(include_str!("forms.tsv")) {
            assert!(
                matches!(row[..], [form, character] if form.chars().count() == 1 && character.chars().count() == 1)
            );
        }
        assert_eq!((FORMS[&'⽤'], FORMS[&'⻓']), ("用", "长"));
    }

    #[test]
    fn confusions_are_of_characters_and_none_with_itself() {
        for row in rows(include_str!("confusions.tsv")) {
            let [read, meant] = row[..] else { panic!("{row:?}") };
            assert!(read.chars().count() == 1 && !meant.is_empty() && !meant.contains(read), "{row:?}");
        }
    }

    #[test]
    fn entity_tables_have_two_columns_and_no_word_twice() {
        for table in [
            include_str!("boundaries.tsv"),
            include_str!("community_suffixes.tsv"),
            include_str!("grid_kinds.tsv"),
            include_str!("organization_suffixes.tsv"),
            include_str!("place_suffixes.tsv"),
            include_str!("program_cues.tsv"),
        ] {
            let mut seen = std::collections::HashSet::new();
            for row in rows(table) {
                assert!(matches!(row[..], [word, _] if seen.insert(word)), "{row:?}");
            }
        }
    }
}
