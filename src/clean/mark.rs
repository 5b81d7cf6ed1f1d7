//! What recognition did to marks: doubled and crossing ones, dashes, halves of pairs, specks.
//!
//! # What
//! Marks that no sentence has in a row, `一一` for a dash, the half of a pair of quotes or brackets that was read as
//! another mark, dirt that was read as a mark in the middle of a word.
//!
//! # Why
//! Marks are small: a speck is as large as a comma, a dash is two strokes as 一一 is, a quote is two of them.
//!
//! # Example
//! | line                          | becomes                    | because                                       |
//! |-------------------------------|----------------------------|-----------------------------------------------|
//! | `走访居民，，了解情况`        | `走访居民，了解情况`       | nobody writes two commas                      |
//! | `已经完工。，\n`              | `已经完工。`               | at a paragraph's end stands a full stop       |
//! | `“小院课堂”一一邻里的新去处`  | `“小院课堂”——邻里的新去处` | one by one things are done, and no verb follows |
//! | `【通知]`, `“议事厅"`         | `【通知】`, `“议事厅”`     | the half that is sure names the other         |
//! | `开展：”议事厅“，`            | `开展：“议事厅”，`         | nothing is closed behind a colon              |
//! | `居'民`                       | `居民`                     | 居民 is a word                                |
//!
//! # Leaves alone
//! `！！`, `？？`, `。。。`, `……`, and what a page doubles by habit; `一一介绍`, `逐一一对照`, `二〇一一年`; `“甲”和“乙”`;
//! `阿依古丽·吐逊`, the bars of a table.

use super::ocr::{char_at, edit, is_one_piece};
use crate::lexicon::WORDS;
use crate::lexicon::chars::{closes, is_han, opens};
use crate::model::{Edit, Evidence, Finding};
use std::ops::Range;

/// Marks that part clauses, of which no two stand in a row.
const PARTING: &str = "，、；：";
/// Characters within a pair of which one half is mended.
const PAIRED: usize = 24;
/// What says that a clause goes on, behind a mark that may be a comma or a full stop.
const GOES_ON: &str = "并而但还又也且则就";
/// What starts a sentence there.
const STARTS: [&str; 8] = ["近日", "据悉", "此外", "下一步", "目前", "截至", "今年", "接下来"];
/// Characters of a clause that are read for its parts of speech.
const CLAUSE: usize = 8;
/// How often a word must stand in jieba's corpus of sixty million for a speck in it to be one.
const FREQUENT: usize = 100;

/// What was meant by marks. `chars`: the page without its line ends.
pub(super) fn marks(chars: &[(usize, char)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut habits: Option<Vec<char>> = None;
    let mut index = 0;
    while index < chars.len() {
        let c = chars[index].1;
        let next = char_at(chars, Some(index + 1));
        match c {
            '，' | '、' | '；' | '：' | '。' if matches!(next, '，' | '、' | '；' | '：' | '。') => {
                let run = chars[index..].iter().take_while(|(_, c)| *c == '。' || PARTING.contains(*c)).count();
                if run == 2 && is_one_piece(&chars[index..index + 2]) {
                    let habits = habits.get_or_insert_with(|| habits_of(chars));
                    findings.extend(crossing(chars, index).filter(|_| !habits.contains(&c)));
                }
                index += run;
                continue;
            }
            '一' if next == '一' => {
                let run = chars[index..].iter().take_while(|(_, c)| *c == '一').count();
                if run == 2 && is_dash(chars, index) {
                    for at in [index, index + 1] {
                        findings.push(Finding { edit: edit(chars[at], '—'), evidence: Evidence::Dash });
                    }
                }
                index += run;
                continue;
            }
            '【' | '〔' | '「' | '[' => findings.extend(bracket(chars, index)),
            '\'' | '`' | '^' | '·' | '~' | '|' => findings.extend(speck(chars, index)),
            _ => {}
        }
        index += 1;
    }
    findings.extend(all_quotes(chars));
    findings
}

/// The quotes of the page that are mended. A half that was put right is proof for its neighbours, so the page is read
/// from its end, for halves that open, and from its start, for halves that close: one reading each way mends a whole row.
fn all_quotes(chars: &[(usize, char)]) -> Vec<Finding> {
    let places: Vec<usize> = (0..chars.len()).filter(|&at| matches!(chars[at].1, '“' | '"' | '”')).collect();
    // The common case: each quotation is opened and closed.
    if places.iter().zip(['“', '”'].into_iter().cycle()).all(|(&at, meant)| chars[at].1 == meant) {
        return Vec::new();
    }
    let mut chars = chars.to_vec();
    let mut findings = Vec::new();
    for index in places.iter().rev().chain(&places).copied() {
        for finding in quotes(&chars, index) {
            let mended = places.partition_point(|&at| chars[at].0 < finding.edit.span.start);
            if let (Some(&at), Some(meant)) = (places.get(mended), finding.edit.with.chars().next()) {
                chars[at].1 = meant;
            }
            findings.push(finding);
        }
    }
    findings
}

/// The marks that the page has three times in a row, or two full stops: its writer pauses so.
fn habits_of(chars: &[(usize, char)]) -> Vec<char> {
    let run = |three: &[(usize, char)]| three.iter().all(|(_, c)| *c == three[0].1).then_some(three[0].1);
    let mut habits: Vec<char> = Vec::new();
    for c in chars.windows(3).filter(|three| matches!(three[0].1, '，' | '、' | '；' | '：' | '。')).filter_map(run)
    {
        if !habits.contains(&c) {
            habits.push(c);
        }
    }
    habits
}

/// The one of two marks that is too many.
fn crossing(chars: &[(usize, char)], index: usize) -> Option<Finding> {
    let (one, other) = (chars[index], chars[index + 1]);
    let before = char_at(chars, index.checked_sub(1));
    let after = char_at(chars, Some(index + 2));
    let text = |c: char| is_han(c) || c.is_ascii_digit();
    let ended = after == ' ' && index + 2 >= chars.len() || after == '\n' || closes(after);
    let stands = (text(before) || closes(before) || before == '%') && (text(after) || opens(after) || ended);
    let rest = || chars[index + 2..].iter().take(3).map(|&(_, c)| c).collect::<String>();
    let keep = match (one.1, other.1) {
        _ if !stands => None,
        (a, b) if a == b => Some(a),
        ('，', '。') | ('。', '，') if ended => Some('。'),
        ('，', '。') | ('。', '，') if GOES_ON.contains(after) => Some('，'),
        ('，', '。') | ('。', '，') => STARTS.iter().any(|word| rest().starts_with(word)).then_some('。'),
        _ => None,
    }?;
    let gone = if one.1 == keep { other } else { one };
    let edit = Edit::delete(gone.0, gone.0 + gone.1.len_utf8());
    Some(Finding { edit, evidence: Evidence::Crossing })
}

/// Whether the 一一 at `index` is a dash.
fn is_dash(chars: &[(usize, char)], index: usize) -> bool {
    let at = |offset: isize| char_at(chars, index.checked_add_signed(offset));
    let [a, c, d] = [at(-1), at(2), at(3)];
    let first = index.saturating_sub(1);
    let pieces = is_one_piece(&chars[first..(index + 3).min(chars.len())]);
    let numeral = |c: char| "〇零一二三四五六七八九十百千万亿两第逐".contains(c) || c.is_ascii_digit();
    if !pieces || numeral(a) || numeral(c) {
        return false;
    }
    let word = |text: &[char]| WORDS.has_word(&text.iter().collect::<String>());
    if word(&['一', '一', c]) || word(&['一', '一', c, d]) || word(&['一', c]) || word(&[a, '一']) {
        return false;
    }
    // One by one things are done: a verb follows, sooner or later. A title is not done.
    if c == '《' {
        return is_han(a) || closes(a);
    }
    let han = |range: Range<usize>| {
        let chars = range.map(|at| chars[at].1).skip_while(|&c| !is_han(c)).take_while(|&c| is_han(c));
        chars.collect::<String>()
    };
    let behind = han(index + 2..(index + 2 + CLAUSE).min(chars.len()));
    let behind = WORDS.tag(&behind, false);
    let verb = |tag: &str| matches!(tag.as_bytes().first(), Some(b'v' | b'd' | b'p' | b'l' | b'i'));
    let noun = behind.first().is_some_and(|token| is_noun(token.tag) && token.word.chars().count() > 1);
    let noun = noun && is_han(c) && behind.get(1).is_none_or(|token| !verb(token.tag));
    if closes(a) {
        return noun;
    }
    let start = (index.saturating_sub(CLAUSE)..index).rev().take_while(|&at| is_han(chars[at].1)).last();
    let before = start.map_or(String::new(), |start| han(start..index));
    let before = WORDS.tag(&before, false);
    noun && before.last().is_some_and(|token| is_noun(token.tag) && token.word.chars().count() > 1)
}

/// Whether a part of speech, as jieba's dictionary has it, names something: nouns, pronouns, times, places.
fn is_noun(tag: &str) -> bool {
    matches!(tag.as_bytes().first(), Some(b'n' | b'r' | b't' | b's'))
}

/// The bracket that closes the one at `index`, or that opens what it closes, where one of the two is of another kind.
fn bracket(chars: &[(usize, char)], index: usize) -> Option<Finding> {
    let close = |c: char| match c {
        '【' => '】',
        '〔' => '〕',
        '「' => '」',
        _ => ']',
    };
    let line = in_line(chars, index, PAIRED);
    let partner = (index + 1..index + line).find(|&at| closes(chars[at].1) || opens(chars[at].1))?;
    let (own, other) = (chars[index].1, chars[partner].1);
    // Only the ASCII one can be the other's misreading; two brackets of type are as likely both right.
    let meant = match (own, other) {
        ('【' | '〔' | '「', ']') => (partner, close(own)),
        ('[', '】') => (index, '【'),
        ('[', '〕') => (index, '〔'),
        _ => return None,
    };
    Some(Finding { edit: edit(chars[meant.0], meant.1), evidence: Evidence::Pair })
}

/// How many characters of the line there are from `index` on, at most `limit`.
fn in_line(chars: &[(usize, char)], index: usize, limit: usize) -> usize {
    let last = (index + limit).min(chars.len());
    let whole = chars[index..last].windows(2).take_while(|pair| is_one_piece(pair) && pair[1].1 != '\n').count();
    whole + 1
}

/// The quotes at `index` and behind it, of which one is straight or both are turned round.
fn quotes(chars: &[(usize, char)], index: usize) -> Vec<Finding> {
    let quote = |c: char| matches!(c, '“' | '”' | '"');
    let line = in_line(chars, index, PAIRED);
    let Some(partner) = (index + 1..index + line).find(|&at| quote(chars[at].1)) else { return Vec::new() };
    // A quotation that a sentence ends in, or that holds nothing, is between two quotations.
    let inner = &chars[index + 1..partner];
    if inner.is_empty() || inner.iter().any(|&(_, c)| !is_han(c) && !c.is_ascii_alphanumeric() && c != '·') {
        return Vec::new();
    }
    let mend = |at: usize, meant: char| Finding { edit: edit(chars[at], meant), evidence: Evidence::Pair };
    let before = char_at(chars, index.checked_sub(1).filter(|&at| is_one_piece(&chars[at..=index])));
    let after = if in_line(chars, partner, 2) > 1 { char_at(chars, Some(partner + 1)) } else { ' ' };
    // The quotes before and behind in the line, for the proof that no other stands for the missing half.
    let others = |straight: bool| {
        let start = (0..index).rev().take(PAIRED).take_while(|&at| is_one_piece(&chars[at..at + 2]));
        let left = start.map(|at| chars[at].1).find(|&c| quote(c));
        let rest = partner + 1..partner + in_line(chars, partner, PAIRED);
        let right = rest.map(|at| chars[at].1).find(|&c| quote(c));
        let closed = left.is_none_or(|c| c == '”');
        let opened = right.is_none_or(|c| c == '“');
        closed && opened && (!straight || (left != Some('"') && right != Some('"')))
    };
    let ends_clause = matches!(after, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）');
    let starts_clause = matches!(before, '：' | '、' | '（' | '《');
    match (chars[index].1, chars[partner].1) {
        ('“', '"') if others(true) => vec![mend(partner, '”')],
        ('"', '”') if others(true) => vec![mend(index, '“')],
        ('”', '“') if starts_clause && ends_clause => vec![mend(index, '“'), mend(partner, '”')],
        ('”', '”') if starts_clause && others(false) => vec![mend(index, '“')],
        ('“', '“') if ends_clause && others(false) => vec![mend(partner, '”')],
        _ => Vec::new(),
    }
}

/// Dirt in the middle of a word, if it is the only one of its line near by.
fn speck(chars: &[(usize, char)], index: usize) -> Option<Finding> {
    let at = |offset: isize| char_at(chars, index.checked_add_signed(offset));
    let [z, a, b, c] = [at(-2), at(-1), at(1), at(2)];
    let first = index.checked_sub(1)?;
    if !is_han(a) || !is_han(b) || !is_one_piece(&chars[first..=index + 1]) {
        return None;
    }
    let mark = chars[index].1;
    let near = index.saturating_sub(PAIRED)..(index + PAIRED).min(chars.len());
    let alone = near.clone().filter(|&at| chars[at].1 == mark).count() == 1;
    let word = |pair: [char; 2]| {
        let word: String = pair.iter().collect();
        (is_han(pair[0]) && is_han(pair[1]) && WORDS.has_word(&word)).then_some(word)
    };
    let across = word([a, b]).filter(|word| alone && WORDS.suggest_freq(word) >= FREQUENT)?;
    // 中国·人民: a mark between two words makes a third of their edges.
    let edges = word([z, a]).is_some() || word([b, c]).is_some();
    let (start, c) = chars[index];
    (!edges).then(|| Finding { edit: Edit::delete(start, start + c.len_utf8()), evidence: Evidence::Speck(across) })
}

#[cfg(test)]
mod tests {
    use crate::clean::ocr::tests::mended;

    #[test]
    fn puts_back_marks() {
        for (line, meant) in [
            ("走访居民，，了解情况", "走访居民，了解情况"),
            ("苹果、、梨子；；还有：：桃", "苹果、梨子；还有：桃"),
            ("亭子已经完工。，\n\n下一条", "亭子已经完工。\n\n下一条"),
            ("楼道已经清理，。近日又添了灯", "楼道已经清理。近日又添了灯"),
            ("楼道已经清理。，并添了灯", "楼道已经清理，并添了灯"),
            ("“小院课堂”一一邻里的新去处", "“小院课堂”——邻里的新去处"),
            ("请看下面的文章一一《小院课堂》", "请看下面的文章——《小院课堂》"),
            ("社区的新名片一一老街茶馆今年开张", "社区的新名片——老街茶馆今年开张"),
            ("全市首个示范小区一一云杉花园", "全市首个示范小区——云杉花园"),
            ("【通知]明日停水", "【通知】明日停水"),
            ("[通知】明日停水", "【通知】明日停水"),
            ("走进“议事厅\"商量", "走进“议事厅”商量"),
            ("走进\"议事厅”商量", "走进“议事厅”商量"),
            ("开展：”议事厅“，大家都来", "开展：“议事厅”，大家都来"),
            ("甲\"议事厅”乙\"议事点”丙\"议事屋”", "甲“议事厅”乙“议事点”丙“议事屋”"),
            ("办起“议事厅“，大家都来", "办起“议事厅”，大家都来"),
            ("社区居'民朋友", "社区居民朋友"),
            ("社区居·民朋友", "社区居民朋友"),
        ] {
            assert_eq!(mended(line), meant);
        }
    }

    #[test]
    fn leaves_marks_alone_that_may_be_right() {
        for line in [
            "好！！真好？？等等。。。还有……",
            "看了，，，又看，，还看",
            "楼道已经清理，。大家都说好",
            "问题一一交办,诉求一一回应,向大家一一介绍",
            "把“微心愿”一一实现,对“老大难”一一现场解决,老问题一一“销号”",
            "不切实际的幻想一一击碎,但都能够一一化解,居民一一电话回访",
            "他把来信一一看完,仍能一一对号入座,向大家一一作了介绍",
            "逐一一对照,二〇一一年,一一对应",
            "“甲”和“乙”,“张家”说：“好”",
            "【通知】[1],【说明[2]】",
            "\"议事厅\"和\"圆桌会\"",
            "说的”，又说“好",
            "见”议事厅“里坐满了人",
            "阿依古丽·吐逊,中国·人民",
            "姓名|年龄|住址",
            "喜欢~值得一看",
        ] {
            assert_eq!(mended(line), line);
        }
    }
}
