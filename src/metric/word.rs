//! The words beside a figure and what each does to a noun phrase. In: a piece of a passage. Out: its words.
//!
//! | piece          | words                                   | because                                        |
//! |----------------|-----------------------------------------|------------------------------------------------|
//! | `全部居民`     | link `全部`, noun `居民`                | the table corrects the dictionary              |
//! | `老旧小区`     | quality `老旧`, noun `小区`             | a word the dictionary lacks is put together    |
//! | `省下电费`     | predicate `省下`, noun `电费`           | 省 with what came of it is a verb              |
//! | `这处花坛`     | stop `这`, stop `处`, noun `花坛`       | behind 这 comes a measure word                 |
//! | `云杉苑居民`   | name `云杉苑`, noun `居民`              | a name already recognised is one word          |
//!
//! Words and their parts of speech come from the dictionary; `subject_words.tsv` has the last word where the
//! dictionary knows only one part of speech of several, or a wrong one.

use super::phrase::Piece;
use super::words::Words;
use crate::lexicon::{WORDS, rows};
use crate::model::TextSpan;
use std::sync::LazyLock;

/// What a word does to a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Is or modifies a noun.
    Noun,
    /// A recognised name: a phrase by itself, left out before a noun.
    Name,
    /// Modifies a noun and cannot stand for one.
    Quality,
    /// A verb that is as often a noun: 服务, 检查.
    Act,
    /// A verb.
    Verb,
    /// A verb that never modifies a noun: 完成, 走访.
    Predicate,
    /// Adverbs and copulas: skipped between a noun and its figure.
    Link,
    /// A time. Skipped like a link; some modify a noun (夜间), which the table says.
    Time,
    /// A time that modifies the noun behind it: 夜间, 暑期.
    Season,
    /// A measure word; behind a noun or a verb it is a noun: 困难户.
    Measure,
    /// 的.
    De,
    /// A quotation mark that opens.
    Open,
    /// A quotation mark that closes.
    Close,
    /// Anything else: ends a phrase.
    Stop,
}

static TABLE: LazyLock<Words<Kind>> = LazyLock::new(|| {
    Words::new(rows(include_str!("../lexicon/subject_words.tsv")).filter_map(|row| {
        let &[word, role] = row.as_slice() else { return None };
        Some((word, kind_of_role(role)?))
    }))
});

fn kind_of_role(role: &str) -> Option<Kind> {
    Some(match role {
        "noun" => Kind::Noun,
        "quality" => Kind::Quality,
        "act" => Kind::Act,
        "verb" => Kind::Predicate,
        "link" => Kind::Link,
        "time" => Kind::Season,
        "stop" => Kind::Stop,
        _ => return None,
    })
}

/// What the dictionary's part of speech says of a word.
fn kind_of_tag(word: &str, tag: &str) -> Kind {
    match word {
        "的" => return Kind::De,
        "“" | "《" | "‘" | "「" => return Kind::Open,
        "”" | "》" | "’" | "」" => return Kind::Close,
        _ => {}
    }
    // 装载机, 消防栓: whatever the dictionary calls them.
    if word.chars().nth(2).is_some() && word.ends_with(THINGS) {
        return Kind::Noun;
    }
    match tag {
        "vn" => Kind::Act,
        "a" | "ag" | "ad" | "b" | "z" => Kind::Quality,
        "q" => Kind::Measure,
        // 沿江, 西部; 以内 and its like are in the table.
        "f" if word.chars().nth(1).is_some() => Kind::Quality,
        "d" | "dg" | "df" | "ul" | "uz" | "ug" | "ud" => Kind::Link,
        // 清 and 节 are called times; a lone one is a piece of a word.
        "t" | "tg" if word.chars().nth(1).is_some() => Kind::Time,
        "m" | "mq" if word.ends_with(['年', '月', '天', '季']) => Kind::Time,
        "t" | "tg" => Kind::Noun,
        // 镇里, 楼下: where, not what.
        "s" if word.ends_with(['里', '上', '下', '内', '外', '中', '间', '边']) => Kind::Stop,
        "eng" | "g" | "i" | "j" | "k" | "l" | "o" | "s" | "zg" | "an" => Kind::Noun,
        _ if tag.starts_with('n') => Kind::Noun,
        _ if tag.starts_with('v') => Kind::Verb,
        "x" if word.chars().all(char::is_alphabetic) => Kind::Noun,
        _ => Kind::Stop,
    }
}

/// What sort of thing a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// People or households, who do things; other things have things done to them.
    People,
    /// Things.
    Things,
    /// Things that open their sentence, where even a verb that takes objects modifies the noun: 30台加装电梯.
    Opening,
    /// What may be an act: 20场消防培训.
    Acts,
}

/// A word of a piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// First byte, in the passage.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Whether it is of one character.
    pub(crate) single: bool,
    /// Whether it is a verb of one character with how it came out: 攒到, 花掉.
    pub(crate) result: bool,
}

/// A passage, with the names recognised in it.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    /// In order of place; none overlaps another.
    names: Vec<TextSpan>,
}

/// Words that a measure word follows.
const DEICTIC: [char; 6] = ['这', '那', '该', '每', '某', '各'];
impl<'a> Reader<'a> {
    /// `names` are those recognised in `text`, in any order.
    pub(crate) fn new(text: &'a str, mut names: Vec<TextSpan>) -> Self {
        names.sort_unstable_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
        let mut end = 0;
        names.retain(|name| {
            let apart = name.start >= end;
            end = end.max(name.end);
            apart
        });
        Self { text, names }
    }

    /// Cuts `piece`, a part of the passage, into words.
    pub(crate) fn cut(&self, start: usize, end: usize) -> Piece<'a> {
        if start == end {
            return Piece { text: self.text, words: Vec::new() };
        }
        let mut words = Vec::with_capacity((end - start) / "网格".len() + 1);
        let first = self.names.partition_point(|name| name.end <= start);
        let mut at = start;
        for name in self.names[first..].iter().take_while(|name| name.end <= end) {
            if name.start >= at {
                self.plain(at, name.start, &mut words);
                words.push(Word { start: name.start, end: name.end, kind: Kind::Name, single: false, result: false });
                at = name.end;
            }
        }
        self.plain(at, end, &mut words);
        Piece { text: self.text, words }
    }

    fn plain(&self, start: usize, end: usize, words: &mut Vec<Word>) {
        if start >= end {
            return;
        }
        let mut start = start;
        // 在建工地: the dictionary has 建工, and not 在建.
        if let Some((word, Kind::Quality)) = TABLE.at(&self.text[start..end])
            && word.chars().nth(1).is_some()
        {
            words.push(Word { start, end: start + word.len(), kind: Kind::Quality, single: false, result: false });
            start += word.len();
        }
        for tag in WORDS.tag(&self.text[start..end], false) {
            let kind = TABLE.exact(tag.word).unwrap_or_else(|| kind_of_tag(tag.word, tag.tag));
            let word = Word {
                start: start + tag.byte_start,
                end: start + tag.byte_end,
                kind,
                single: tag.end - tag.start == 1,
                result: false,
            };
            // 这处, 每本: a measure word with whatever part of speech.
            if word.single && words.last().is_some_and(|last| self.text[last.start..last.end].ends_with(DEICTIC)) {
                words.push(Word { kind: Kind::Stop, ..word });
            } else if !self.joins(words, &word) {
                words.push(word);
            }
        }
    }

    /// Whether `word` goes into the one before it: 老旧, 省下. The dictionary lacks them, and 省 alone may be a noun.
    fn joins(&self, words: &mut [Word], word: &Word) -> bool {
        let Some(last) = words.last_mut().filter(|last| last.end == word.start && last.kind != Kind::Name) else {
            return false;
        };
        let text = &self.text[word.start..word.end];
        if (last.single || word.single)
            && let Some(kind) = TABLE.exact(&self.text[last.start..word.end])
        {
            (last.end, last.kind, last.single) = (word.end, kind, false);
            return true;
        }
        // 积水点, 安置点, which the dictionary lacks.
        if word.single
            && word.kind == Kind::Stop
            && text.starts_with(MAKES_NOUNS)
            && !last.single
            && matches!(last.kind, Kind::Noun | Kind::Verb | Kind::Act | Kind::Predicate)
        {
            (last.end, last.kind) = (word.end, Kind::Noun);
            return true;
        }
        let content = matches!(last.kind, Kind::Noun | Kind::Measure | Kind::Verb | Kind::Predicate);
        if last.single
            && content
            && matches!(text, "下" | "出" | "到" | "起" | "来" | "上" | "去" | "掉" | "完" | "成")
        {
            (last.end, last.kind, last.single, last.result) = (word.end, Kind::Predicate, false, true);
            return true;
        }
        if last.single && content && matches!(text, "了" | "着" | "过") {
            last.kind = Kind::Verb;
        }
        false
    }
}

/// Last characters of things that a word of three characters or more names.
const THINGS: [char; 20] = [
    '机', '器', '站', '车', '桩', '箱', '柜', '棚', '架', '牌', '灯', '屏', '室', '栓', '泵', '阀', '队', '员', '费',
    '率',
];
/// What a verb modifies though it takes objects elsewhere: 加装电梯, 检修设备.
pub(crate) const MODIFIED: [&str; 32] = [
    "小组", "队伍", "队", "点", "站", "中心", "基地", "机", "器", "车", "车辆", "项目", "工程", "设施", "设备",
    "装置", "平台", "活动", "课程", "岗位", "电梯", "场所", "空间", "室", "厅", "屏", "牌", "箱", "柜", "棚", "器材",
    "方案",
];
/// What makes a noun of a verb.
pub(crate) const MAKES_NOUNS: [char; 18] =
    ['值', '量', '率', '数', '额', '费', '员', '器', '箱', '站', '点', '度', '款', '价', '组', '户', '队', '口'];
/// Ends of a measured quantity, which keeps the verbs before it: 停车投诉量.
pub(crate) const MEASURED: [char; 11] = ['率', '量', '数', '额', '费', '度', '值', '龄', '比', '价', '期'];
/// Measured quantities of more characters.
pub(crate) const MEASURES: [&str; 11] =
    ["标准", "水平", "时间", "时长", "面积", "成本", "能力", "比例", "收入", "支出", "工单"];

/// Most characters of a subject: a longer one has swallowed a clause, and none is better.
const SUBJECT_MAX: usize = 20;
/// Nouns of one character that are counted. Other single characters are what is left of a word.
const SINGLE: [char; 22] = [
    '人', '楼', '树', '车', '墙', '山', '村', '井', '桥', '路', '灯', '桌', '床', '花', '猫', '狗', '鱼', '船', '塔',
    '娃', '账', '水',
];

/// A phrase as a subject: without marks at its ends, short, and not a lone character that says nothing.
pub(crate) fn tidy(phrase: &str) -> Option<String> {
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '（' | '）' | '《' | '》');
    let mut phrase = phrase.trim_matches(marks);
    // One name in quotes, and nothing else, is the name.
    if let Some(inner) = phrase.strip_prefix(['“', '《']).and_then(|rest| rest.strip_suffix(['”', '》']))
        && !inner.contains(['“', '”', '《', '》'])
    {
        phrase = inner;
    }
    let length = phrase.chars().count();
    let stands = length > 1 && !phrase.starts_with('每') || phrase.contains(SINGLE);
    (stands && length <= SUBJECT_MAX && phrase.chars().any(char::is_alphabetic)).then(|| phrase.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        let mut seen = std::collections::HashSet::new();
        for row in rows(include_str!("../lexicon/subject_words.tsv")) {
            assert!(
                matches!(row[..], [word, role] if !word.is_empty() && kind_of_role(role).is_some() && seen.insert(word)),
                "subject_words.tsv: {row:?}"
            );
        }
    }

    #[test]
    fn words_have_their_kind() {
        let shown = |text: &str| {
            let piece = Reader::new(text, Vec::new()).cut(0, text.len());
            let words = piece.words.iter().map(|word| format!("{}:{:?}", &text[word.start..word.end], word.kind));
            words.collect::<Vec<_>>().join(" ")
        };
        for (text, words) in [
            ("全部居民", "全部:Link 居民:Noun"),
            ("老旧小区", "老旧:Quality 小区:Noun"),
            ("省下电费", "省下:Predicate 电费:Noun"),
            ("这处花坛", "这:Stop 处:Stop 花坛:Noun"),
            ("今年走访", "今年:Time 走访:Predicate"),
        ] {
            assert_eq!(shown(text), words, "{text}");
        }
    }
}
