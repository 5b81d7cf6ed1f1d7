//! What a word is to a name that follows it. In: a word of a line. Out: its [`Role`].
//!
//! | word              | role    | because                                                                   |
//! |-------------------|---------|---------------------------------------------------------------------------|
//! | `走进`, `的`      | stop    | the table, or the dictionary's part of speech                             |
//! | `老旧`, `居民`    | generic | describes, and names nothing alone                                        |
//! | `富强`, `明月`    | verbal  | a verb or a time, but many committees are called after it                 |
//! | `留城`            | rare    | a verb that hardly anybody uses: a piece of an unknown name as often       |
//! | `云杉`            | name    | nothing speaks against it                                                 |

use super::line::{Line, Word};
use crate::lexicon::{WORDS, rows};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::LazyLock;

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
    /// A verb or number that is so rare that it is a piece of an unknown name as often (留城|寺村, 启运|里).
    Rare,
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

/// Words that are verbs, times or numbers elsewhere and that many committees are called after (富强, 明月, 三合), and
/// the common nouns among such words (铁路, 将军).
static NAME_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../lexicon/name_words.tsv")).filter_map(|row| row.first().copied()).collect()
});

/// How common a verb may be, by the count of the dictionary, to be a name where it stands like one.
const RARE: usize = 100;

/// How common a verb that places are named after may be, to be a name in most places.
const COMMON: usize = 1500;

/// Whether a word that ends names by its part of speech alone is so rare that it is a piece of a name as often. Asked
/// only where that would matter: the dictionary tells how common a word is by how common it would have to be, which
/// costs as much as cutting it.
pub(super) fn is_rare(line: &Line, word: &Word) -> bool {
    let text = line.text(word.start..word.end);
    let inflected = text.starts_with('不') || text.ends_with(AFTER_VERBS);
    word.end - word.start > 1
        && !word.tag.starts_with(['u', 'm', 'q'])
        && !inflected
        && !ROLES.contains_key(text)
        && WORDS.suggest_freq(text) <= RARE
}

/// What a verb ends with when it does not stand alone.
const AFTER_VERBS: [char; 12] = ['到', '了', '着', '成', '为', '出', '进', '入', '于', '好', '给', '向'];

/// What the table says of a word and its neighbour, both of one character, together.
fn as_pair(line: &Line, words: &[Word], at: usize) -> Option<Role> {
    let single = |at: usize| words.get(at).filter(|word| word.end - word.start == 1);
    let pair = |first: usize| listed(line, single(first)?.start..single(first + 1)?.end);
    let after = at.checked_sub(1).and_then(pair).filter(|&role| role == Role::Stop || role == Role::Generic);
    after.or_else(|| pair(at).filter(|&role| role == Role::Generic))
}

/// What a number begins with.
const NUMERALS: &str = "一二三四五六七八九十百千万亿两几数多第半每各零〇";

/// What a name of a place or an employer ends with: what stands before it is no verb, and no mere description.
pub(super) const OWNERS: &str =
    "厂局院校司所站馆矿队段店库行社场宫寺庙桥街路村庄城山河湖湾岛港门沟坪坡岭塘里府委会处部办团";

/// Tags of names.
pub(super) const PROPER: [&str; 6] = ["ns", "nr", "nz", "nt", "nrt", "nrfg"];

/// What the word `words[at]` is to a name that follows.
pub(super) fn role(line: &Line, words: &[Word], at: usize) -> Role {
    let word = &words[at];
    let text = line.text(word.start..word.end);
    if let Some(&role) = ROLES.get(text) {
        return role;
    }
    let single = word.end - word.start == 1;
    // 老年友好型, 示范性
    if word.end - word.start > 2 && text.ends_with(['型', '性', '式']) {
        return Role::Generic;
    }
    // Words of the table that the dictionary has not: 配|强, 线|上.
    if single && let Some(role) = as_pair(line, words, at) {
        return role;
    }
    // 36号院云杉里社区
    if single && matches!(line.at(word.start), '院' | '楼') && line.before(word.start) == '号' {
        return Role::Stop;
    }
    let numbered = at > 0 && line.before(word.start).is_ascii_alphanumeric();
    if numbered && single && "年月日时号名位户家条处座".contains(line.at(word.start)) {
        return Role::Stop;
    }
    let counted = at > 0 && words[at - 1].tag.starts_with('m') && !line.before(word.start).is_ascii_alphabetic();
    let role = match word.tag {
        // 余家 is no number.
        "m" if !single && !text.starts_with(|c: char| c.is_ascii_digit() || NUMERALS.contains(c)) => Role::Name,
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
    };
    match role {
        Role::Stop if counted || single || word.tag.starts_with('u') => Role::Stop,
        Role::Stop if NAME_WORDS.contains(text) => {
            if WORDS.suggest_freq(text) < COMMON {
                Role::Verbal
            } else {
                Role::Slogan
            }
        }
        role => role,
    }
}

/// What the table says of a stretch of text.
pub(super) fn listed(line: &Line, range: Range<usize>) -> Option<Role> {
    ROLES.get(line.text(range)).copied()
}

/// Whether many committees are called after `word`, which is no name elsewhere.
pub(super) fn is_name_word(word: &str) -> bool {
    NAME_WORDS.contains(word)
}

/// Whether the table has `word`, which then is no person's name.
pub(super) fn is_listed(word: &str) -> bool {
    ROLES.contains_key(word)
}

/// Whether `word` can never be part of a name.
pub(super) fn is_stop(word: &str) -> bool {
    ROLES.get(word) == Some(&Role::Stop)
}

pub(super) fn is_generic(line: &Line, at: usize) -> bool {
    listed(line, at..at + 1) == Some(Role::Generic)
}

/// Whether all of `core` is common nouns after which hardly any committee is called (电梯小区, 大学生社区). Nouns for
/// employers are none of them: their workers' homes bear their names (线材厂小区).
pub(super) fn is_common(line: &Line, core: &Range<usize>) -> bool {
    let words = line.words(core.end);
    let first = words.partition_point(|word| word.start < core.start);
    let mut own = words[first..].iter().take_while(|word| word.start < core.end);
    let whole = line.text(core.clone());
    // 村|改|居 is one word that the dictionary has not.
    if listed(line, core.clone()) == Some(Role::Generic) {
        return true;
    }
    !NAME_WORDS.contains(whole)
        && own.all(|word| {
            let text = line.text(word.start..word.end.min(core.end));
            let common = matches!(word.tag, "n" | "a" | "b" | "v" | "vn" | "an" | "l" | "ng" | "m");
            common
                && word.end - word.start > 1
                && word.end <= core.end
                && !NAME_WORDS.contains(text)
                && !OWNERS.contains(line.before(word.end))
        })
}
