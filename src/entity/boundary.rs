//! Where a name begins. In: the place where its core ends, that is, where the suffix starts. Out: a `Core`.
//!
//! Chinese names carry no mark at their left end. The walk goes left, word by word, and stops at what cannot
//! be part of a name: a mark, a preposition, a verb, a particle, a counted noun, a division, another name.
//!
//! | text, suffix              | core   | stopped by                                    |
//! |---------------------------|--------|-----------------------------------------------|
//! | `走进云杉` 苑             | `云杉` | the verb                                      |
//! | `北河区石桥镇云杉` 社区   | `云杉` | the division                                  |
//! | `在建设` 新村               | `建设` | 在; places are named after some verbs |
//! | `8个零星` 小区            | none   | only generic words are left                   |

use super::line::{Line, Word};
use crate::lexicon::rows;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters a core may have. Company names, the longest, stay below; what is longer is a clause without a verb.
const CORE_LIMIT: usize = 20;

/// What a word is to a name that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Never part of a name.
    Stop,
    /// A boundary, unless nothing would be left of the name.
    Soft,
    /// May stand inside a name, but is none alone.
    Generic,
    /// A word of praise: a name only where something else says so.
    Slogan,
    /// A verb that places are named after (建设新村): a name right before the suffix, where something says so.
    Verbal,
    /// May be a name.
    Name,
}

static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    let mut roles = FxHashMap::default();
    for row in rows(include_str!("../lexicon/boundaries.tsv")) {
        let (Some(&word), Some(&role)) = (row.first(), row.get(1)) else { continue };
        let role = match role {
            "stop" => Role::Stop,
            "soft" => Role::Soft,
            "generic" => Role::Generic,
            "slogan" => Role::Slogan,
            "name" => Role::Name,
            _ => Role::Verbal,
        };
        roles.entry(word).or_insert(role);
    }
    roles
});

/// What stands before a suffix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Core {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It holds a word that can be a name.
    pub(super) named: bool,
    /// It holds a word of praise and nothing that is more of a name.
    pub(super) slogan: bool,
    /// Something that is surely no part of the name stands before it.
    pub(super) firm: bool,
}

impl Core {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The core that ends at `end`, at most reaching back to `floor`; none where no word can be part of it.
pub(super) fn core(line: &Line, end: usize, floor: usize) -> Option<Core> {
    if line.ends_division(end) {
        return None;
    }
    let clause = line.clause(end);
    let floor = floor.max(clause.start).max(end.saturating_sub(CORE_LIMIT));
    let words = line.words(end);
    let upto = words.partition_point(|word| word.start < end);
    let (mut start, mut firm) = (end, true);
    let mut taken: Vec<(usize, Role)> = Vec::new();
    let mut syllable = None;
    for at in (0..upto).rev() {
        let word = &words[at];
        if start <= floor || line.ends_division(start) {
            break;
        }
        if word.start < floor {
            firm = false;
            break;
        }
        // A word that the suffix cuts in two counts by what stands before the cut.
        // 栗山街道|社区: the dictionary joins what belongs to two names.
        if let Some(division) = line.division_end_in(word.start + 1..word.end.min(end)) {
            if division < start {
                start = division;
                taken.push((start, listed(line, start..word.end.min(end)).unwrap_or(Role::Name)));
            }
            break;
        }
        let role = match role_before(line, words, at, end) {
            // What stands before a function word that is a syllable is one as well.
            _ if syllable == Some(Syllable::WithNext) => Role::Name,
            // 解放东路, but not 建设口袋公园.
            Role::Verbal if end - start > 1 => Role::Stop,
            role => role,
        };
        let soft = role == Role::Soft;
        syllable = if soft { as_syllable(line, words, at, floor, start == end) } else { None };
        if role == Role::Stop || soft && syllable.is_none() {
            firm = role == Role::Stop || listed(line, word.start..word.end).is_some();
            break;
        }
        start = word.start;
        taken.push((start, role));
    }
    // A generic word of one character is a prefix of what follows: 老城, 大桥.
    while let [.., (next, _), (first, Role::Generic)] = taken[..]
        && next - first > 1
        && taken.iter().any(|&(_, role)| matches!(role, Role::Name | Role::Slogan))
    {
        taken.pop();
        start = next;
    }
    let has = |wanted: Role| taken.iter().any(|&(_, role)| role == wanted);
    (start < end).then(|| Core {
        start,
        end,
        named: has(Role::Name) || has(Role::Soft),
        slogan: has(Role::Slogan) || has(Role::Verbal),
        firm,
    })
}

/// As [`role`]; a word that the suffix cuts in two counts by what stands before the cut.
fn role_before(line: &Line, words: &[Word], at: usize, end: usize) -> Role {
    let word = &words[at];
    if word.end > end { listed(line, word.start..end).unwrap_or(Role::Name) } else { role(line, words, at) }
}

/// Whether the table has `word`, which then is no person's name.
pub(super) fn is_listed(word: &str) -> bool {
    ROLES.contains_key(word)
}

/// Whether `word` can never be part of a name.
pub(super) fn is_stop(word: &str) -> bool {
    ROLES.get(word) == Some(&Role::Stop)
}

/// What the word `words[at]` is to a name that follows.
pub(super) fn role(line: &Line, words: &[Word], at: usize) -> Role {
    let word = &words[at];
    let text = line.text(word.start..word.end);
    if let Some(&role) = ROLES.get(text) {
        return role;
    }
    let single = word.end - word.start == 1;
    let pair = at > 0 && single && words[at - 1].end - words[at - 1].start == 1;
    if pair && listed(line, words[at - 1].start..word.end) == Some(Role::Stop) {
        return Role::Stop;
    }
    let numbered = at > 0 && line.before(word.start).is_ascii_alphanumeric();
    if numbered && single && "年月日时号名位户家条处座".contains(line.at(word.start)) {
        return Role::Stop;
    }
    let counted = at > 0 && words[at - 1].tag.starts_with('m') && !line.before(word.start).is_ascii_alphabetic();
    match word.tag {
        "m" if !single
            && text.ends_with([
                '个', '位', '名', '家', '户', '处', '种', '条', '次', '批', '些', '项', '所', '座', '支', '间', '栋',
                '幢',
            ]) =>
        {
            Role::Stop
        }
        "q" | "mq" if counted || !single => Role::Stop,
        // A single character that is not in the table is a piece of an unknown name more often than a word.
        tag if single => {
            if tag.starts_with('u') || tag == "c" {
                Role::Soft
            } else {
                Role::Name
            }
        }
        "v" | "vd" | "vi" | "vq" | "p" | "c" | "d" | "r" | "y" | "e" | "o" | "t" | "vn" | "i" | "l" | "ad" => {
            Role::Stop
        }
        tag if tag.starts_with('u') => Role::Stop,
        _ => Role::Name,
    }
}

/// What the table says of a stretch of text.
fn listed(line: &Line, range: Range<usize>) -> Option<Role> {
    ROLES.get(line.text(range)).copied()
}

/// Function words that are common syllables of names.
const SYLLABLES: &str = "和同为成都全经临自近共与";

/// Those of them that do not go with a verb before them (合编为, 建成).
const AFTER_VERB: &str = "和同临近";

/// Whether a function word of one character is a syllable of a name after all: 和 joins two nouns in `居民和苑`, and
/// is a syllable in `瑞和苑` and, where nothing but single characters opens the clause, in `、瑞和花园`.
fn as_syllable(line: &Line, words: &[Word], at: usize, floor: usize, adjacent: bool) -> Option<Syllable> {
    let single = |word: &Word| word.end - word.start == 1 && listed(line, word.start..word.end) != Some(Role::Stop);
    let before = &words[at.checked_sub(1)?];
    if !single(&words[at]) || before.start < floor || !SYLLABLES.contains(line.at(words[at].start)) {
        return None;
    }
    // After a verb no conjunction follows: 走进和顺花园, 走进临溪花园.
    let verb =
        before.end - before.start > 1 && before.tag.starts_with('v') && role(line, words, at - 1) == Role::Stop;
    if verb && AFTER_VERB.contains(line.at(words[at].start)) {
        return Some(Syllable::Alone);
    }
    if !single(before) {
        return None;
    }
    let opens = before.start == line.clause(before.end).start || line.ends_division(before.start);
    let opens = opens || at > 1 && role(line, words, at - 2) == Role::Stop;
    (opens || adjacent && role(line, words, at - 1) == Role::Name).then_some(Syllable::WithNext)
}

/// How a function word is part of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syllable {
    /// What stands before it is judged by itself.
    Alone,
    /// What stands before it is part of the name too.
    WithNext,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn before(text: &str, suffix: &str) -> String {
        let whole = format!("{text}{suffix}");
        let line = Line::new(Place::Title, &whole);
        match core(&line, text.chars().count(), 0) {
            Some(core) if core.named => line.text(core.range()).to_owned(),
            Some(core) if core.slogan => format!("({})", line.text(core.range())),
            _ => "-".to_owned(),
        }
    }

    #[test]
    fn stops_at_what_is_no_name() {
        let rows = [
            ("走进云杉", "苑", "云杉"),
            ("依托石榴物业在栗园", "新村", "栗园"),
            ("居民来到瑞和", "苑", "瑞和"),
            ("在建设", "新村", "(建设)"),
            ("位于青岚", "花园", "青岚"),
            ("惠及团结", "社区", "(团结)"),
            ("规划建设屋顶", "花园", "-"),
            ("10月", "网格", "-"),
            ("老旧", "小区", "-"),
            ("8个零星", "小区", "-"),
            ("各", "居民区", "-"),
            ("建设幸福", "家园", "(幸福)"),
            ("居民和", "小区", "-"),
            ("服务", "社区", "-"),
        ];
        for (text, suffix, name) in rows {
            assert_eq!(before(text, suffix), name, "{text}|{suffix}");
        }
    }
}
