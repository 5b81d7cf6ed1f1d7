//! Words that mean the same to a user. In: the lines of a file. Out: for a word of a query, what else will do.
//!
//! ```text
//! # a line is a group; its words are parted by 、 or a comma
//! 加装电梯、加梯、增设电梯
//! ```

use crate::error::{Error, Result};
use crate::index::{Unit, units_of};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Groups of words, each of which stands for all of its group.
#[derive(Clone, Debug, Default)]
pub struct Synonyms(HashMap<Vec<Unit>, Vec<Vec<Unit>>>);

impl Synonyms {
    /// Reads the file at `path`, in UTF-8.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|cause| Error::io(path, "cannot read", cause))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::refused(path, "is not UTF-8; save it as UTF-8, a group of words a line"))?;
        Self::parse(&text).map_err(|(line, what)| Error::refused(path, format!("line {line}: {what}")))
    }

    /// Reads groups, or says what is wrong in which line, counted from 1.
    fn parse(text: &str) -> std::result::Result<Self, (usize, &'static str)> {
        let mut groups: HashMap<Vec<Unit>, Vec<Vec<Unit>>> = HashMap::new();
        for (at, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let mut group: Vec<Vec<Unit>> = Vec::new();
            for word in line.split(['、', ',', '，', '\t']).map(str::trim).filter(|word| !word.is_empty()) {
                let word: Vec<Unit> = units_of(word);
                if word.iter().all(|unit| matches!(unit, Unit::Mark(_))) {
                    return Err((at + 1, "holds a word of marks alone; leave it out"));
                }
                group.push(word);
            }
            if group.len() < 2 {
                return Err((at + 1, "holds one word only; part the words of a group by 、"));
            }
            for word in &group {
                groups.entry(word.clone()).or_default().extend(group.iter().filter(|other| *other != word).cloned());
            }
        }
        Ok(Self(groups))
    }

    /// What stands for `word` besides itself.
    pub(super) fn of(&self, word: &[Unit]) -> &[Vec<Unit>] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_groups() {
        let plain = |text: &str| units_of(text);
        let synonyms = Synonyms::parse("# 电梯\n加装电梯、加梯，增设電梯\n\n加梯\t装梯\n").expect("two groups");
        assert_eq!(synonyms.of(&plain("加装电梯")), [plain("加梯"), plain("增设电梯")]);
        assert_eq!(synonyms.of(&plain("加梯")), [plain("加装电梯"), plain("增设电梯"), plain("装梯")]);
        assert!(synonyms.of(&plain("电梯")).is_empty());
        assert_eq!(Synonyms::parse("加梯\n").map_err(|(line, _)| line).err(), Some(1));
        assert_eq!(Synonyms::parse("\n加梯、——").map_err(|(line, _)| line).err(), Some(2));
    }
}
