//! Bylines: lines that say who wrote, drew or took part.
//!
//! | line                           | names           | because                                               |
//! |--------------------------------|-----------------|-------------------------------------------------------|
//! | `□见习记者 余欢`               | 余欢            | a word for writers                                    |
//! | `文/路　远 图/田青`            | 路远, 田青      | what each did; a spaced name is one                   |
//! | `余欢 文 田青 图`              | 余欢, 田青      | the same behind the names                             |
//! | `□东湖新村居民 余欢`           | 余欢            | a mark; whose writer it is goes before                |
//! | `东湖社区网格员 余欢`          | 余欢            | only right below a headline ([`bare_names`])          |
//! | `记者从会上获悉，`, `■社区动态` |                 | no names                                              |

use crate::lexicon::chars::{is_han, is_letter};
use crate::lexicon::{ALL_SURNAMES, SURNAMES, WORDS, literal};
use regex::Regex;
use std::sync::LazyLock;

/// Longest byline, in characters: four names and their offices.
const LONGEST: usize = 40;
/// Longest byline without a mark and without a word for writers, in characters.
const LONGEST_BARE: usize = 24;

/// Whose writers they are, and what they do. Extraction sows spaces within the words.
static OFFICE: LazyLock<String> = LazyLock::new(|| {
    let kinds = "本报|本刊|见习|實習|实习|特约|特約|首席|全媒体|融媒体|融媒|社区|街道|驻站|居民|党员|志愿者|学生|小";
    let works = "记者|記者|通讯员|通訊員|通信员|编辑|編輯|撰稿人|撰稿|撰文|作者|文字|文图|图文|圖文|供稿人|供稿|投稿人|投稿|来稿|采写|採寫|采访|採訪|采编\
                 |执笔|執筆|摄影|攝影|拍摄|图片|供图|绘图|插图|漫画|报道员|报道|報導|宣传员|整理|口述|讲述|记录|指导老师|指导教师|辅导老师";
    let spaced = |words: &str| {
        let word = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(r"\s?");
        words.split('|').map(word).collect::<Vec<_>>().join("|")
    };
    format!(r"(?:(?:{})\s?)*(?:{})", spaced(kinds), spaced(works))
});
/// A word for writers, and whether something parts it from a name.
static LABEL: LazyLock<Regex> = LazyLock::new(|| literal(&format!(r"(?:{})([\s:：/／|｜、]*)", *OFFICE)));
static MARKED: LazyLock<Regex> = LazyLock::new(|| literal(r"^(?:[□■◎▪◼▶▷►◇◆○●☆★▲△]|——|—)\s*"));
/// Marks that stand before names and before little else.
static SURE_MARK: LazyLock<Regex> = LazyLock::new(|| literal(r"^[□■◎▪◼]"));
/// Whose writer somebody is: a body, a place, an occupation.
static WHOSE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"(?:社区|社區|居民区|街道|[镇乡村里]|小区|学校|小学|中学|幼儿园|大学|学院|班|支部|总支|党委|党工委|居委|居委会|村委会|委员会|办事处|办公室|[办站所局科股队组]|中心|协会|公司|医院|网格|网格员|网格长|楼组长|居民|村民|党员|社工|学生|同学|志愿者|实习生|老师|教师|书记|主任|律师|医生|护士|民警|干部|代表|读者|市民|业主)$",
    )
});

/// A piece of a line between marks and spaces.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// A word for writers or for what they did.
    Label,
    /// What may be a name; whether a label touches it.
    Name(String, bool),
    /// Whose writer the next one is.
    Whose,
    /// Anything else.
    Other,
}

/// The names in a byline; none if the line is not one.
pub fn names(line: &str) -> Option<Vec<String>> {
    let line = stripped(line)?;
    let (rest, marked) = unmarked(line);
    let tokens = tokens(rest);
    let labelled = tokens.contains(&Token::Label);
    let sure = SURE_MARK.is_match(line);
    if !labelled && !sure {
        return None;
    }
    // `□东湖新村的老住户 余欢`: whatever is too long for a name says who the writer is.
    let introduced = marked && !line.contains('，') && matches!(tokens.last(), Some(Token::Name(..)));
    let mut names = Vec::new();
    for token in tokens {
        match token {
            Token::Label | Token::Whose => {}
            Token::Name(name, touched) => {
                let sound = if touched { has_sure_surname(&name) } else { has_surname(&name) };
                if !sound {
                    return None;
                }
                names.push(name);
            }
            Token::Other if introduced => {}
            Token::Other => return None,
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The names in a line that has nothing else, or only says whose writers they are: a byline right below a headline.
pub fn bare_names(line: &str) -> Option<Vec<String>> {
    let line = stripped(line).filter(|line| line.chars().count() <= LONGEST_BARE)?;
    let (rest, _) = unmarked(line);
    let mut names = Vec::new();
    for token in tokens(rest) {
        match token {
            Token::Whose => {}
            Token::Name(name, _) if has_sure_surname(&name) && !WORDS.has_word(&name) => names.push(name),
            _ => return None,
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The line without the bracket around it; none if it cannot be a byline.
fn stripped(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')'])).unwrap_or(line);
    let sentence = line.contains(['。', '“', '！', '？', '「', '《']);
    (line.chars().count() <= LONGEST && !sentence).then_some(line)
}

fn unmarked(line: &str) -> (&str, bool) {
    MARKED.find(line).map_or((line, false), |found| (&line[found.end()..], true))
}

/// What stands between the marks and spaces of a line.
fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Whether the label before touches what follows.
    let mut touched = false;
    for found in LABEL.captures_iter(line) {
        let (Some(all), Some(gap)) = (found.get(0), found.get(1)) else { continue };
        let before = &line[at..all.start()];
        // 欧阳文图 is a name.
        let word: String = all.as_str().chars().filter(|&c| !is_gap(c)).collect();
        if matches!(word.as_str(), "文图" | "图文" | "圖文") && before.ends_with(is_han) {
            continue;
        }
        let touches = !before.is_empty() && !before.ends_with(is_gap);
        plain(before, touched, touches, &mut tokens);
        tokens.push(Token::Label);
        (at, touched) = (all.end(), gap.is_empty());
    }
    plain(&line[at..], touched, false, &mut tokens);
    tokens
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || "、,，;；:：/／|｜&".contains(c)
}

/// The tokens of a stretch without long labels, that a label touches at its start or its end.
fn plain(text: &str, start: bool, end: bool, tokens: &mut Vec<Token>) {
    let pieces: Vec<&str> = text.split(is_gap).filter(|piece| !piece.is_empty()).collect();
    // `余欢文 田青图`: who wrote and who drew. By itself 文 or 图 at the end of a name is of the name: 李雅文.
    let alone = pieces.iter().any(|piece| matches!(*piece, "文" | "图"));
    let both = !alone
        && ['文', '图']
            .iter()
            .all(|&work| pieces.iter().any(|piece| piece.chars().count() > 2 && piece.ends_with(work)));
    let works: &[char] = if both { &['摄', '文', '图'] } else { &['摄'] };
    let mut spaced = false;
    for (index, piece) in pieces.iter().enumerate() {
        let single = piece.chars().count() == 1;
        if single && "文图摄影圖攝".contains(*piece) {
            tokens.push(Token::Label);
            spaced = false;
            continue;
        }
        // A name of two characters is spaced to the width of three: 路　远.
        if single
            && spaced
            && let Some(Token::Name(name, _)) = tokens.last_mut()
        {
            name.push_str(piece);
            spaced = false;
            continue;
        }
        let latin = |piece: &str| piece.chars().all(|c| is_letter(c) || matches!(c, '.' | '·'));
        if latin(piece)
            && let Some(Token::Name(name, _)) = tokens.last_mut()
            && latin(&name.replace(' ', ""))
        {
            *name = format!("{name} {piece}");
            continue;
        }
        let name = piece.trim_end_matches(works);
        let worked = name.len() < piece.len() && !single;
        let touches = (start && index == 0) || (end && index + 1 == pieces.len());
        tokens.push(if single && is_han(piece.chars().next().unwrap_or(' ')) {
            spaced = true;
            Token::Name((*piece).to_owned(), touches)
        } else if is_name(name) && (has_sure_surname(name) || !WHOSE.is_match(piece)) {
            Token::Name(name.to_owned(), touches)
        } else if WHOSE.is_match(piece) {
            Token::Whose
        } else {
            Token::Other
        });
        if worked {
            tokens.push(Token::Label);
        }
        spaced &= single;
    }
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

/// Whether a word is a name beyond its shape: with a common surname, or a rare one and no word behind it (节活动 is
/// none). What touches a word for writers must be one.
fn has_sure_surname(name: &str) -> bool {
    let mut chars = name.char_indices();
    let rest = chars.nth(1).map_or("", |(at, _)| &name[at..]);
    let double = chars
        .next()
        .is_some_and(|(at, _)| ALL_SURNAMES.contains(&name[..at]) && (1..=2).contains(&name[at..].chars().count()));
    let first = &name[..name.len() - rest.len()];
    let given = (1..=2).contains(&rest.chars().count());
    let common = SURNAMES.has(first);
    let rare = ALL_SURNAMES.contains(first) && !WORDS.has_word(rest);
    double || (given && (common || rare)) || name.contains('·') || is_transcribed(name)
}

/// Whether a word is a name of another language, written in four to six Han characters (苏雅拉图): hardly any two of them
/// are a word.
fn is_transcribed(name: &str) -> bool {
    let length = name.chars().count();
    if !(4..=6).contains(&length) || !name.chars().all(is_han) || WHOSE.is_match(name) {
        return false;
    }
    let single = WORDS.cut(name, false).iter().filter(|word| word.word.chars().count() == 1).count();
    single + 2 >= length
}

fn is_name(name: &str) -> bool {
    let han = name.chars().filter(|&c| is_han(c)).count();
    let latin = name.chars().all(|c| is_letter(c) || matches!(c, ' ' | '.' | '·'));
    let spelled = name.chars().all(|c| is_han(c) || c == '·');
    (spelled && (2..=4).contains(&han))
        || is_transcribed(name)
        || (spelled && name.contains('·') && han <= 12)
        || (latin && name.len() > 1)
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
            ("□东湖小学五（2）班 余亦周", "余亦周"),
            ("□记者 余锦、通讯员 田青禾", "余锦 田青禾"),
            ("记者：余东来、石小诺", "余东来 石小诺"),
            ("记者余东来 通讯员石小诺 报道", "余东来 石小诺"),
            ("文/路　远 图/田青", "路远 田青"),
            ("余欢 文 田青 图", "余欢 田青"),
            ("余欢文 田青图", "余欢 田青"),
            ("余欢 文/图", "余欢"),
            ("文图/余欢", "余欢"),
            ("李雅文 王海图 文/图", "李雅文 王海图"),
            ("记者 李雅文", "李雅文"),
            ("本报记者 余锦 田青禾", "余锦 田青禾"),
            ("通讯员：阿依古丽·吐逊", "阿依古丽·吐逊"),
            ("□苏雅拉图", "苏雅拉图"),
            ("文/图 余欢", "余欢"),
            ("（记者 余欢）", "余欢"),
            ("撰文 余欢 摄影 田青", "余欢 田青"),
            ("采写/余欢 摄影/田青", "余欢 田青"),
            ("口述：何秀珠 整理：余欢", "何秀珠 余欢"),
            ("何秀珠口述 余欢整理", "何秀珠 余欢"),
            ("云栖街道 余欢 供稿", "余欢"),
            ("通讯 员 余欢 田青禾", "余欢 田青禾"),
            ("記者 余歡", "余歡"),
            ("文/Carlos Mendes", "Carlos Mendes"),
        ] {
            assert_eq!(names(line).map(|names| names.join(" ")).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "记者从会上获悉，全年新增",
            "记者节活动",
            "小记者采访日记",
            "编辑部来信",
            "摄影展览",
            "图文 社区新貌",
            "□近日，街道召开会议",
            "文明实践在行动",
            "■一是加强领导，压实责任",
            "◎温馨提示",
            "■社区动态",
            "余欢 田青",
        ] {
            assert_eq!(names(line), None, "{line}");
        }
    }

    #[test]
    fn reads_names_alone() {
        for (line, expected) in [
            ("余欢 田青", Some("余欢 田青")),
            ("东湖社区 余欢", Some("余欢")),
            ("东湖社区网格员 余欢", Some("余欢")),
            ("（余欢）", Some("余欢")),
            ("——余欢", Some("余欢")),
            ("▶余欢", Some("余欢")),
            ("文明 新风", None),
            ("高峰论坛", None),
            ("东湖社区 云栖街道", None),
            ("小院里的新日子", None),
        ] {
            assert_eq!(bare_names(line).map(|names| names.join(" ")).as_deref(), expected, "{line}");
        }
    }
}
