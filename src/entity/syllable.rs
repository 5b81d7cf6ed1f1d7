//! Function words that are syllables of names (`瑞和苑`, `于辛庄村`, `鸿运里小区`).
//!
//! In: a function word before a suffix, or before what is a name already. Out: whether it is part of the name.
//!
//! | text               | name       | because                                                              |
//! |--------------------|------------|----------------------------------------------------------------------|
//! | `居民和` 苑        | none       | 和 joins two nouns                                                   |
//! | `来到瑞和` 苑      | `瑞和`     | nothing but single characters since the verb                         |
//! | `位于于辛庄` 村    | `于辛庄`   | 于 stands between a sure opening and the suffix, with short names only |
//! | `鸿运里` 小区      | `鸿运里`   | 里 before 小区 means a lane                                          |

use super::boundary::{Core, core};
use super::line::{Line, Word};
use super::role::{PROPER, Role, is_generic, is_rare, listed, role};
use std::ops::Range;

/// Characters that no place's name has, or too few for the sentences that have them there.
const NEVER: &str = "的了着是这每该某此之等个们我你他她它您谁哪么吗吧呢啊呀与及或把被在到让给请使";

/// Function words that open a clause more often than a name.
const OPENS_CLAUSE: &str =
    "对向从由为往将和跟同以按据因当若如并而但且则也又还就都不没未有请去来回进出过驻访看帮找包联爱逛问管送带领";

/// Function words that more names than clauses begin with, if what follows them is a name already (于辛庄).
const OPENS_NAME: &str = "那于何常临曾头依";

/// Function words of one character that stand right before a name.
pub(super) const LEADS: &str = "在到由赴至访了着过的";

/// Characters of a name with a function word in it (陈向, 前等齐, 十六户南).
const WIDE: usize = 4;

/// Function words that end names: 塘头, 石地.
const FINAL: &str = "头里都所地会其依成";

/// Function words that are common syllables of names.
const SYLLABLES: &str = "和同为成都全经临自近共";

/// Those of them that do not go with a verb before them (合编为, 建成).
const AFTER_VERB: &str = "和同临近";

/// As [`core()`], for the suffix of a committee: such names, which nobody has invented to please, have all sorts of
/// syllables.
pub(super) fn committee(line: &Line, end: usize, floor: usize) -> Option<Core> {
    let core = core(line, end, floor);
    let (start, named) = core.as_ref().map_or((end, false), |core| (core.start, core.named));
    match widened(line, start..end, floor, named) {
        Some(start) => Some(Core::sure(start, end)),
        None => core,
    }
}

/// How a function word is part of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syllable {
    /// What stands before it is judged by itself.
    Alone,
    /// What stands before it is part of the name too.
    WithNext,
}

/// Whether a function word of one character is a syllable of a name after all: 和 joins two nouns in `居民和苑`, and
/// is a syllable in `瑞和苑` and, where nothing but single characters opens the clause, in `、瑞和花园`.
pub(super) fn as_syllable(line: &Line, words: &[Word], at: usize, floor: usize, adjacent: bool) -> Option<Syllable> {
    let single = |word: &Word| word.end - word.start == 1 && listed(line, word.start..word.end) != Some(Role::Stop);
    let before = &words[at.checked_sub(1)?];
    if !single(&words[at]) || before.start < floor {
        return None;
    }
    if adjacent
        && FINAL.contains(line.at(words[at].start))
        && (single(before) || before.tag.starts_with('n'))
        && role(line, words, at - 1) == Role::Name
    {
        return Some(Syllable::WithNext);
    }
    if !SYLLABLES.contains(line.at(words[at].start)) {
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

/// Whether the word `words[at]` is the 里 of a lane's name.
pub(super) fn is_lane(line: &Line, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let before = at.checked_sub(1).map(|at| (role(line, words, at), at));
    word.end - word.start == 1
        && line.at(word.start) == '里'
        && before.is_some_and(|(role, at)| match role {
            Role::Name | Role::Verbal | Role::Slogan => true,
            Role::Stop => is_rare(line, &words[at]),
            _ => false,
        })
        && ["小区", "社区", "居"].iter().any(|kind| line.starts_with(word.end, kind))
}

/// Where a name begins that has a function word for a syllable (于辛庄, 陈向): what stands between a sure opening and
/// the suffix is one name, if it is short and every word in it is a syllable or a name.
fn widened(line: &Line, core: Range<usize>, floor: usize, named: bool) -> Option<usize> {
    let end = core.end;
    let words = line.words(end);
    let floor = floor.max(line.clause(end).start);
    let mut at = words.partition_point(|word| word.start < end);
    let mut start = end;
    while let Some(word) = at.checked_sub(1).map(|at| &words[at]) {
        if start <= floor || line.ends_division(start) || end - word.start > WIDE || word.start < floor {
            break;
        }
        // The suffix may cut the last word in two.
        let single = word.end.min(end) - word.start == 1;
        let c = line.at(word.start);
        let never = NEVER.contains(c) || c == '各' && line.at(word.end) != '庄';
        if single && never || !single && !is_piece(line, words, at - 1) {
            break;
        }
        at -= 1;
        start = word.start;
    }
    let first = line.at(start);
    let opens_clause = start == floor;
    let leads = || {
        let word = at.checked_sub(1).map(|at| &words[at]);
        word.is_some_and(|word| match word.end - word.start {
            1 => LEADS.contains(line.at(word.start)),
            _ => role(line, words, at - 1) == Role::Stop,
        })
    };
    let opened = opens_clause || line.ends_division(start) || leads();
    let doubtful = if named && core.len() > 1 {
        start + 1 != core.start || !OPENS_NAME.contains(first)
    } else {
        opens_clause && OPENS_CLAUSE.contains(first)
    };
    // One character is no name, and generic words alone are none.
    let syllables = (start..end).filter(|&at| !is_generic(line, at)).count();
    (start < core.start && opened && !doubtful && end - start > 1 && syllables > 1).then_some(start)
}

/// Whether the word `words[at]` is a name, or too rare to be anything else.
fn is_piece(line: &Line, words: &[Word], at: usize) -> bool {
    match role(line, words, at) {
        Role::Stop => is_rare(line, &words[at]),
        Role::Name => PROPER.contains(&words[at].tag),
        _ => false,
    }
}
