//! Credits: who wrote the text, and which office sent it.
//!
//! | line                           | is                                   |
//! |--------------------------------|--------------------------------------|
//! | `□见习记者 余欢`               | byline 余欢                          |
//! | `文/路　远 图/田青`            | byline 路远, 田青                    |
//! | `……有了新家。（通讯员 余欢）`  | a paragraph, then byline 余欢        |
//! | `（党群办）`                   | sign-off 党群办                      |
//! | `记者从会上获悉，`             | text                                 |

use crate::lexicon::chars::{is_closed, is_han, is_letter};
use crate::lexicon::{ALL_SURNAMES, WORDS, literal};
use crate::model::TextSpan;
use regex::Regex;
use std::sync::LazyLock;

/// Longest byline, in characters: four names and their offices.
const LONGEST_BYLINE: usize = 40;
/// Longest sign-off, in characters.
const LONGEST_SIGN_OFF: usize = 20;

/// Whose writers they are, and what they do. Extraction sows spaces within the words.
static OFFICE: LazyLock<String> = LazyLock::new(|| {
    let kinds = "本报|本刊|见习|实习|特约|首席|融媒体|融媒|社区|街道|驻站|居民|党员|志愿者|学生|小";
    let works = "记者|通讯员|编辑|撰稿人|撰稿|撰文|作者|文字|供稿|摄影|报道员|宣传员|整理";
    let spaced = |words: &str| {
        let word = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(r"\s?");
        words.split('|').map(word).collect::<Vec<_>>().join("|")
    };
    format!(r"(?:(?:{})\s?)*(?:{})", spaced(kinds), spaced(works))
});
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    literal(&format!(
        r"^[\s□■◎●◆▲○◇★☆▪◼]*(?:{}[\s:：/／|]*|[文图摄][\s]*[/／:：|][\s]*(?:[文图摄][\s:：/／|]*)?)",
        *OFFICE
    ))
});
static MARKED: LazyLock<Regex> = LazyLock::new(|| literal(r"^[□■◎▪◼]\s*"));
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    let office = &*OFFICE;
    literal(&format!(
        r"[\s、,，;；]+(?:{office}|[文图摄]\s*[/／:：]|图|摄|文)?[\s:：/／]*|{office}[\s:：/／]*|[文图摄]\s*[/／:：]\s*"
    ))
});
/// What writers do, anywhere in a line.
static WORKS: LazyLock<Regex> = LazyLock::new(|| literal(&format!(r"{}|[文图摄]\s*[/／:：|]", *OFFICE)));
static BRACKET: LazyLock<Regex> = LazyLock::new(|| literal(r"[（(]\s*([^（）()]{2,60}?)\s*[)）]\s*$"));

/// `本报讯（记者 余欢）` at the head of a report.
static NEWS_LEAD: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^\s*(?:本[报刊网]讯)?\s*[（(]\s*([^（）()]{2,40}?)\s*[)）]\s*"));

/// The names in a byline; none if the line is not one.
pub fn names(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let line = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')'])).unwrap_or(line);
    if line.chars().count() > LONGEST_BYLINE || line.contains(['。', '“', '！', '？']) {
        return None;
    }
    let works = WORKS.is_match(line);
    let rest = match BYLINE.find(line) {
        Some(found) => &line[found.end()..],
        None => &line[MARKED.find(line)?.end()..],
    };
    let mut names = part(rest);
    if MARKED.is_match(line)
        && !line.contains('，')
        && names.len() > 1
        && names.last().is_some_and(|name| is_name(name))
    {
        // `□东湖新村居民 余欢`: whatever is too long for a name says who the writer is.
        names.retain(|name| is_name(name));
    }
    let sound = !names.is_empty() && names.iter().all(|name| is_name(name) && (works || has_surname(name)));
    sound.then_some(names)
}

/// Whether a word is as long as names are, and either starts with a surname or is no word of the language: a mark alone
/// may also stand before the name of a column (`◎温馨提示`).
fn has_surname(name: &str) -> bool {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let surname = |length: usize| chars.get(length).is_some_and(|&(end, _)| ALL_SURNAMES.contains(&name[..end]));
    let given = |surname: usize| (1..=2).contains(&(chars.len().saturating_sub(surname)));
    let han = chars.iter().all(|&(_, c)| is_han(c));
    let single = given(1) && (surname(1) || !WORDS.has_word(name));
    !han || name.contains('·') || single || (surname(2) && given(2)) || is_transcribed(name)
}

/// Whether a word is a name of another language, written in four to six Han characters (苏雅拉图): hardly any two of them
/// are a word.
fn is_transcribed(name: &str) -> bool {
    let length = name.chars().count();
    let single = WORDS.cut(name, false).iter().filter(|word| word.word.chars().count() == 1).count();
    (4..=6).contains(&length) && name.chars().all(is_han) && single + 2 >= length
}

fn part(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut single = false;
    let pieces = || BETWEEN.split(text).map(str::trim);
    // `余欢文 田青图`: who wrote and who drew. By itself 文 or 图 at the end of a name is of the name: 李雅文.
    let both = ['文', '图'].iter().all(|&work| pieces().any(|piece| piece.ends_with(work)));
    let works: &[char] = if both { &['摄', '文', '图'] } else { &['摄'] };
    for piece in pieces().map(|piece| piece.trim_end_matches(works).trim()) {
        let one = piece.chars().count() == 1;
        match names.last_mut() {
            // A name of two characters is spaced to the width of three: 路　远.
            Some(last) if single && one => last.push_str(piece),
            _ if piece.is_empty() => continue,
            _ => names.push(piece.to_owned()),
        }
        single = one && !single;
    }
    names
}

fn is_name(name: &str) -> bool {
    let han = name.chars().filter(|&c| is_han(c)).count();
    let latin = name.chars().all(|c| is_letter(c) || matches!(c, ' ' | '.' | '·'));
    let spelled = name.chars().all(|c| is_han(c) || c == '·');
    (spelled && (2..=4).contains(&han))
        || is_transcribed(name)
        || (spelled && name.contains('·') && han <= 10)
        || (latin && name.len() > 1)
}

/// The office in a sign-off line: `（党群办）`.
pub fn sign_off(line: &str) -> Option<String> {
    let line = line.trim();
    let bracket = BRACKET.captures(line).filter(|found| found[0].len() == line.len())?;
    let office = bracket[1].replace('\u{AD}', "");
    let office = office.trim();
    is_office(office).then(|| unspaced(office))
}

/// An office without the spaces that extraction put into its words: `党 群办`, but `街道 平安办`.
fn unspaced(office: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in office.split_whitespace() {
        let short = |word: &str| word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if short(word) || short(last) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

fn is_office(text: &str) -> bool {
    let mut chars = text.chars();
    let han = text.chars().filter(|&c| is_han(c)).count();
    let sound = chars.all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, ' ' | '、' | '·' | '“' | '”'));
    // 下转第三版, 上接第一版, 完: directions to the reader.
    let direction =
        ["下转", "上接", "转第", "紧接", "接第", "待续", "续完"].iter().any(|word| text.starts_with(word));
    sound && han >= 2 && text.chars().count() <= LONGEST_SIGN_OFF && !direction && text != "完"
}

/// A credit at the end of a paragraph: where its bracket starts, and the bracket's content as names or office.
pub fn trailing_credit(paragraph: &str) -> Option<(TextSpan, Credit)> {
    let tail_start = paragraph.char_indices().rev().take(70).last().map_or(0, |(at, _)| at);
    let bracket = BRACKET.captures(&paragraph[tail_start..])?;
    let start = tail_start + bracket.get(0)?.start();
    let before = paragraph[..start].trim_end();
    if !is_closed(before) {
        return None;
    }
    let inside = bracket[1].trim();
    let span = TextSpan::new(before.len(), paragraph.len());
    let solid = inside.replace('\u{AD}', "");
    let inside = solid.as_str();
    if let Some(names) = names(inside) {
        return Some((span, Credit::Names(names)));
    }
    is_office(inside).then(|| (span, Credit::Office(unspaced(inside))))
}

/// A credit at the start of a paragraph, as news have it: where it ends, and the names.
pub fn leading_credit(paragraph: &str) -> Option<(TextSpan, Vec<String>)> {
    let found = NEWS_LEAD.captures(paragraph)?;
    let names = names(found.get(1)?.as_str())?;
    Some((TextSpan::new(0, found[0].len()), names))
}

/// What a bracket at a paragraph's end tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credit {
    /// Writers.
    Names(Vec<String>),
    /// The office that sent the text.
    Office(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bylines() {
        for (line, expected) in [
            ("□见习记者 余欢", "余欢"),
            ("■记者 余欢", "余欢"),
            ("□ 余亦周", "余亦周"),
            ("□东湖新村居民 余亦周", "余亦周"),
            ("□记者 余锦、通讯员 田青禾", "余锦 田青禾"),
            ("记者：余东来、石小诺", "余东来 石小诺"),
            ("文/路　远 图/田青", "路远 田青"),
            ("本报记者 余锦 田青禾", "余锦 田青禾"),
            ("通讯员：阿依古丽·吐逊", "阿依古丽·吐逊"),
            ("文/图 余欢", "余欢"),
            ("（记者 余欢）", "余欢"),
            ("撰文 余欢 摄影 田青", "余欢 田青"),
            ("通讯 员 余欢 田青禾", "余欢 田青禾"),
        ] {
            assert_eq!(names(line).map(|names| names.join(" ")).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "记者从会上获悉，全年新增",
            "□近日，街道召开会议",
            "文明实践在行动",
            "■一是加强领导，压实责任",
            "◎温馨提示",
            "■社区动态",
        ] {
            assert_eq!(names(line), None, "{line}");
        }
    }

    #[test]
    fn reads_sign_offs() {
        assert_eq!(sign_off("（党群办）").as_deref(), Some("党群办"));
        assert_eq!(sign_off("(街道 平安办)").as_deref(), Some("街道 平安办"));
        assert_eq!(sign_off("（党 群办）").as_deref(), Some("党群办"));
        assert_eq!(sign_off("（下转第三版）"), None);
        assert_eq!(sign_off("（2024年，共有）"), None);
        let office = |text| trailing_credit(text).map(|(span, credit)| (&text[..span.start], credit));
        assert_eq!(office("有了新家。 （党群办）"), Some(("有了新家。", Credit::Office("党群办".into()))));
        assert_eq!(office("有了新家。（记者 余欢）"), Some(("有了新家。", Credit::Names(vec!["余欢".into()]))));
        assert_eq!(office("住进太阳花园（后期）"), None);
        let leads = |text| leading_credit(text).map(|(span, names)| (&text[span.end..], names.join(" ")));
        assert_eq!(leads("本报讯（通讯员 余欢） 近日，"), Some(("近日，", "余欢".into())));
        assert_eq!(leads("（后期）近日，"), None);
        assert_eq!(leads("本报讯 近日，"), None);
    }
}
