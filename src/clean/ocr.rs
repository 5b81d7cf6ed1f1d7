//! Characters that recognition took for others.
//!
//! # What
//! Han characters that look alike, where the read one makes no word and its look-alike does. `figure` has what is
//! read wrongly in figures, `mark` in marks, `shape` what no list has.
//!
//! # Why
//! `人` and `入` differ by a stroke that a poor print does not have.
//!
//! # Example
//! | line                  | becomes               | because                                        |
//! |-----------------------|-----------------------|------------------------------------------------|
//! | `网格入员`            | `网格人员`            | 人员 is a word, no word has this 入            |
//!
//! # Leaves alone
//! `收入员工`, `入格入户`, `逾期未还`, and everything that words explain as it stands, the one
//! that was cut at the line's end included. A correction
//! that is not sure is not made: the reader can see a misprint, but not a wrong repair.

use crate::lexicon::chars::is_han;
use crate::lexicon::{MISREADS, WORDS};
use crate::model::{Edit, Evidence, Finding};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters on either side that a word may take.
const SIDE: usize = 3;
/// Longest reading, in characters.
const LONGEST: usize = 4;

/// Edits that put back what was meant.
pub(super) fn misread(page: &str) -> Vec<Finding> {
    let chars = running(page);
    let mut findings = super::figure::figures(&chars);
    findings.extend(super::mark::marks(&chars));
    let found = (0..chars.len()).filter_map(|index| {
        let (meant, evidence) = look_alike(&chars, index)?;
        Some(Finding { edit: edit(chars[index], meant), evidence })
    });
    findings.extend(found);
    let shapes = super::shape::misshaped(&chars);
    findings
        .extend(shapes.into_iter().map(|(at, meant, evidence)| Finding { edit: edit(chars[at], meant), evidence }));
    // Two rules may want one place.
    super::without_overlaps(findings)
}

pub(super) fn edit((start, c): (usize, char), meant: char) -> Edit {
    Edit::replace(start, start + c.len_utf8(), meant.to_string())
}

/// The page without the ends of its lines, where a word may have been cut; blank lines stay, for no word goes on
/// beyond them.
fn running(page: &str) -> Vec<(usize, char)> {
    let mut chars: Vec<(usize, char)> = Vec::with_capacity(page.len() / 2);
    let mut ended = false;
    for (at, c) in page.char_indices().filter(|(_, c)| *c != '\r') {
        if c != '\n' || ended {
            chars.push((at, c));
        }
        ended = c == '\n';
    }
    chars
}

pub(super) fn char_at(chars: &[(usize, char)], index: Option<usize>) -> char {
    index.and_then(|index| chars.get(index)).map_or(' ', |&(_, c)| c)
}

/// The look-alike of a Han character, where it is part of a known misreading that no word explains.
fn look_alike(chars: &[(usize, char)], index: usize) -> Option<(char, Evidence)> {
    let candidates = MISREAD_CHARS.get(&chars[index].1)?;
    let (reading, read, word) = candidates.iter().find_map(|&(at, (read, meant))| {
        let start = index.checked_sub(at)?;
        let stands = read.chars().enumerate().all(|(offset, c)| char_at(chars, Some(start + offset)) == c);
        let end = start + read.chars().count();
        (stands && is_one_piece(&chars[start..end])).then_some((start..end, read, meant))
    })?;
    let explained = longest_word(chars, index, chars[index].1) > 1 || belongs_elsewhere(chars, &reading, index);
    let meant = word.chars().nth(index - reading.start).filter(|_| !explained)?;
    Some((meant, Evidence::Word { word: word.to_owned(), read: read.to_owned() }))
}

/// Whether no line ends between `chars`.
pub(super) fn is_one_piece(chars: &[(usize, char)]) -> bool {
    chars.windows(2).all(|pair| pair[0].0 + pair[0].1.len_utf8() == pair[1].0)
}

/// Whether a word that goes beyond the reading takes one of its other characters: the 期 of `逾期未还` is no half
/// of 期末.
fn belongs_elsewhere(chars: &[(usize, char)], reading: &Range<usize>, index: usize) -> bool {
    let word = |start: usize, end: usize| {
        let word: String = chars[start..end].iter().map(|&(_, c)| c).collect();
        word.chars().all(is_han) && WORDS.has_word(&word)
    };
    let before = (reading.start.saturating_sub(SIDE)..reading.start)
        .any(|start| (reading.start + 1..=index).any(|end| word(start, end)));
    let last = (reading.end + SIDE).min(chars.len());
    before || (index + 1..reading.end).any(|start| (reading.end + 1..=last).any(|end| word(start, end)))
}

/// Misreadings by the character that is wrong in them: where in the word it stands, the reading, the word.
type Misreadings = HashMap<char, Vec<(usize, (&'static str, &'static str))>>;

static MISREAD_CHARS: LazyLock<Misreadings> = LazyLock::new(|| {
    let mut known = Misreadings::new();
    for &(read, meant) in MISREADS.iter().filter(|(read, _)| read.chars().count() <= LONGEST) {
        let wrong = read.chars().zip(meant.chars()).enumerate().filter(|(_, (read, meant))| read != meant);
        for (at, (c, _)) in wrong {
            known.entry(c).or_default().push((at, (read, meant)));
        }
    }
    known
});

/// Length of the longest word of the dictionary that covers `index`, with `c` in that place.
fn longest_word(chars: &[(usize, char)], index: usize, c: char) -> usize {
    let mut longest = 0;
    for start in index.saturating_sub(SIDE)..=index {
        for end in index + 1..=(index + 1 + SIDE).min(chars.len()) {
            let word: String = (start..end).map(|at| if at == index { c } else { chars[at].1 }).collect();
            if word.chars().all(is_han) && WORDS.has_word(&word) {
                longest = longest.max(end - start);
            }
        }
    }
    longest
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Text;

    pub(in crate::clean) fn mended(line: &str) -> String {
        Text::verbatim(line, 0).apply(&crate::clean::edits(&misread(line))).to_string()
    }

    #[test]
    fn puts_back_what_was_meant() {
        for (line, meant) in [("社区工作入员上门", "社区工作人员上门"), ("若千居民", "若干居民")]
        {
            assert_eq!(mended(line), meant);
        }
    }

    #[test]
    fn leaves_alone_what_reads_as_it_stands() {
        for line in [
            "网格员入格入户,收入增长",
            "人人动手,未来可期,周末开放",
            "逾期未还,多年未修,他太会说了,两千部手机",
            "三千户,干部带头,土地平整,战士退伍",
            "自己动手,已经完成",
            "到了周\n末来了客人",
            "一到周\r\n末来客就多",
        ] {
            assert_eq!(mended(line), line);
        }
    }
}
