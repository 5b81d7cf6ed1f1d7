//! Names that a user adds: the grids, communities and bodies of a street, as it calls them.
//!
//! In: a table (TSV) of name, kind, parent, code and aliases. Out: a [`Gazetteer`], or the line that is wrong and what
//! to do about it.
//!
//! | name           | kind        | parent     | code           | aliases          | adds                             |
//! |----------------|-------------|------------|----------------|------------------|----------------------------------|
//! | `云栖综合网格` | `grid`      | `栗山街道` |                | `云栖、云栖格`   | three names of one grid          |
//! | `青岚居民区`   | `community` | `栗山街道` | `310101999001` |                  | a code that no list has          |
//! | `栗山街道`     | `division`  | `黄浦区`   |                | `栗山`           | a street that no list has        |
//!
//! Empty lines and lines that start with `#` are passed over, as is a first line that names the columns. Columns
//! after the kind may be left out. Aliases are parted by `、`, commas or spaces.

use super::committees;
use super::divisions::{self, Division};
use crate::model::EntityKind;
use rustc_hash::FxHashMap;
use std::collections::HashSet;

/// The columns, as a first line may name them.
const COLUMNS: [&str; 5] = ["name", "kind", "parent", "code", "aliases"];

/// A name of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The whole name.
    pub name: String,
    /// What it names.
    pub kind: EntityKind,
    /// Its code, if the table gives one.
    pub code: Option<String>,
    parent: String,
    line: usize,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do, lower case.
    pub what: String,
}

/// The names that a user adds, by their first two characters.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// Names and aliases with their entry, longest first.
    names: FxHashMap<[char; 2], Vec<(String, usize)>>,
}

impl Gazetteer {
    /// Reads a table.
    pub fn parse(table: &str) -> Result<Self, Fault> {
        let mut gazetteer = Self::default();
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        for (at, line) in table.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let line = line.trim_end_matches('\r');
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            if columns.iter().all(|column| column.is_empty()) || line.starts_with('#') || at == 0 && is_head(&columns)
            {
                continue;
            }
            gazetteer.add(at + 1, &columns, &mut seen).map_err(|what| Fault { line: at + 1, what })?;
        }
        gazetteer.names.values_mut().for_each(|names| names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
        gazetteer.check_parents()?;
        for at in 0..gazetteer.entries.len() {
            gazetteer.entries[at].code = gazetteer.code(&gazetteer.entries[at]);
        }
        Ok(gazetteer)
    }

    fn add(&mut self, line: usize, columns: &[&str], seen: &mut FxHashMap<String, usize>) -> Result<(), String> {
        if !(2..=COLUMNS.len()).contains(&columns.len()) {
            let count = columns.len();
            return Err(format!("has {count} columns; part {} by tabs, at least the first two", COLUMNS.join(", ")));
        }
        let column = |at: usize| columns.get(at).copied().unwrap_or_default();
        let kind = kind(column(1))?;
        let code = Some(column(3)).filter(|code| !code.is_empty());
        if let Some(code) = code.filter(|code| !matches!(code.len(), 2 | 4 | 6 | 9 | 12) || !is_digits(code)) {
            return Err(format!("code `{code}` is none; give 2, 4, 6, 9 or 12 digits, or nothing"));
        }
        let aliases = column(4).split(['、', ',', '，', ' ', ';', '；', '|']).filter(|alias| !alias.is_empty());
        for name in [column(0)].into_iter().chain(aliases) {
            let mut chars = name.chars();
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
                return Err(format!(
                    "name `{name}` has less than two characters, which would be found everywhere; write it out"
                ));
            };
            if let Some(earlier) = seen.insert(name.to_owned(), line) {
                return Err(format!("`{name}` stands in line {earlier} already; delete one of the two"));
            }
            self.names.entry([first, second]).or_default().push((name.to_owned(), self.entries.len()));
        }
        self.entries.push(Entry {
            name: column(0).to_owned(),
            kind,
            code: code.map(str::to_owned),
            parent: column(2).to_owned(),
            line,
        });
        Ok(())
    }

    /// The code of an entry: its own, or that of its name within its parent on the official lists.
    fn code(&self, entry: &Entry) -> Option<String> {
        let own = self.entries.iter().find(|other| other.name == entry.parent).and_then(|parent| parent.code.clone());
        let official = || match divisions::called(&entry.parent) {
            [one] => Some(one.code),
            _ => None,
        };
        let parent = || own.and_then(|code| code.parse().ok()).or_else(official);
        entry.code.clone().or_else(|| match entry.kind {
            EntityKind::Community => committees::find(parent()?, &entry.name).map(|code| code.to_string()),
            EntityKind::Division => {
                let parent = parent()?;
                let inside = |division: &&Division| divisions::parents(division.code).contains(&parent);
                divisions::called(&entry.name).iter().find(inside).map(|division| division.code.to_string())
            }
            _ => None,
        })
    }

    /// A parent is in the table or an official division, and no name lies within itself.
    fn check_parents(&self) -> Result<(), Fault> {
        let own: FxHashMap<&str, usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.name.as_str(), at)).collect();
        let mut checked: HashSet<usize> = HashSet::new();
        for start in 0..self.entries.len() {
            let mut way: HashSet<usize> = HashSet::new();
            let mut at = start;
            while checked.insert(at) || way.contains(&at) {
                let entry = &self.entries[at];
                if !way.insert(at) {
                    let what = format!("`{}` lies within itself; one of its parents is wrong", entry.name);
                    return Err(Fault { line: entry.line, what });
                }
                match own.get(entry.parent.as_str()) {
                    Some(&parent) => at = parent,
                    None if entry.parent.is_empty() || !divisions::called(&entry.parent).is_empty() => break,
                    None => {
                        let what = format!(
                            "parent `{}` is neither in this file nor an official division; add it or leave it out",
                            entry.parent
                        );
                        return Err(Fault { line: entry.line, what });
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The unit that a name of the table lies in, if the table says so.
    pub fn parent(&self, kind: EntityKind, name: &str) -> Option<&str> {
        let mut chars = name.chars();
        let names = self.names.get(&[chars.next()?, chars.next()?])?;
        let entries = names.iter().filter(|(own, _)| own == name).filter_map(|&(_, at)| self.entries.get(at));
        let parent = entries.filter(|entry| entry.kind == kind).map(|entry| entry.parent.as_str()).next()?;
        (!parent.is_empty()).then_some(parent)
    }

    /// The longest name or alias that `text` starts with, and what it stands for.
    pub fn longest(&self, text: &str) -> Option<(&str, &Entry)> {
        let mut chars = text.chars();
        let names = self.names.get(&[chars.next()?, chars.next()?])?;
        let (name, at) = names.iter().find(|(name, _)| text.starts_with(name.as_str()))?;
        Some((name, self.entries.get(*at)?))
    }
}

fn is_head(columns: &[&str]) -> bool {
    columns.first() == Some(&COLUMNS[0]) && columns.iter().all(|column| COLUMNS.contains(column))
}

fn is_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

fn kind(word: &str) -> Result<EntityKind, String> {
    let mut kinds = EntityKind::ALL.into_iter().filter(|&kind| kind != EntityKind::Date);
    kinds.clone().find(|kind| kind.as_str() == word).ok_or_else(|| {
        let last = kinds.next_back().map_or("", EntityKind::as_str);
        let others: Vec<&str> = kinds.map(EntityKind::as_str).collect();
        format!("kind `{word}` is none; write {} or {last} in the second column", others.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_longest_name_and_what_it_stands_for() {
        let table = "name\tkind\tparent\tcode\taliases\n# ours\n\n云栖综合网格\tgrid\t栗山街道\t\t云栖、云栖格\n\
                     栗山街道\tdivision\t黄浦区\t\t栗山\n青岚居民区\tcommunity\t栗山街道\t310101999001\n";
        let gazetteer = Gazetteer::parse(table).expect("the table is well formed");
        let found = |text| gazetteer.longest(text).map(|(name, entry)| (name, entry.name.as_str(), entry.kind));
        assert_eq!(found("云栖格里"), Some(("云栖格", "云栖综合网格", EntityKind::Grid)));
        assert_eq!(found("栗山的"), Some(("栗山", "栗山街道", EntityKind::Division)));
        assert_eq!(found("云"), None);
        assert_eq!(
            gazetteer.longest("青岚居民区").and_then(|(_, entry)| entry.code.as_deref()),
            Some("310101999001")
        );
    }

    #[test]
    fn faults_say_where_and_what_to_do() {
        for (table, line, what) in [
            ("云栖\tgrid\n\n云岭", 3, "has 1 columns"),
            ("云栖\tgrid\t\t\t\t\n", 1, "has 6 columns"),
            ("云栖\t网格\n", 1, "kind `网格` is none; write grid, community"),
            ("云\tgrid\n", 1, "less than two characters"),
            ("云栖\tgrid\t\t\t栖\n", 1, "less than two characters"),
            ("\tgrid\n", 1, "less than two characters"),
            ("云栖\tgrid\n云岭\tgrid\t\t\t云栖\n", 2, "`云栖` stands in line 1 already"),
            ("云栖\tgrid\t\t31A\n", 1, "code `31A` is none"),
            ("云栖\tgrid\t云顶街道\n", 1, "parent `云顶街道` is neither"),
            ("云栖\tgrid\t云岭\n云岭\tcommunity\t云顶\n云顶\tdivision\t云岭\n", 2, "`云岭` lies within itself"),
            ("云栖\tgrid\t云栖\n", 1, "lies within itself"),
        ] {
            let fault = Gazetteer::parse(table).expect_err("the table is faulty");
            assert!(fault.line == line && fault.what.contains(what), "{table}: {fault:?}");
        }
    }
}
