//! The normal form of finished text: its spaces and the width of its marks.
//!
//! | text                             | becomes                      | because                                   |
//! |----------------------------------|------------------------------|-------------------------------------------|
//! | `共有 12 个小区, 张贴 A4 公告`   | `共有12个小区，张贴A4公告`   | no space between Han and digits or Latin  |
//! | `１，２３６户`                   | `1,236户`                    | digits are half-width                     |
//! | `8:30-17:00(周末除外)`           | `8:30-17:00（周末除外）`     | marks within figures stay as they are     |
//! | `Carlos Mendes 说 : "好"`        | `Carlos Mendes说：“好”`      | Latin words stay apart                    |
//! | `春风 送暖` as a headline        | (unchanged)                  | a space parts the clauses of a headline   |

use crate::lexicon::WORDS;
use crate::lexicon::chars::{closes, is_han, is_letter, opens};
use crate::model::{Edit, Text};

/// What is being set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Running text: a space between Han characters stands for nothing, but for those within quotes.
    Body,
    /// A headline: spaces part its clauses.
    Display,
    /// A row of a table: spaces part its cells.
    Row,
}

/// Brings finished text into normal form.
pub fn typeset(text: &Text, setting: Setting) -> Text {
    let spaced = text.trimmed();
    let closed = spaced.apply(&spaces(&spaced, setting));
    let wide = closed.apply(&widths(&closed));
    wide.apply(&dashes(&wide))
}

/// Gives marks among Han characters their full width and figures their half one, and leaves spaces alone. For a
/// single line, whose straight quotes may belong to another's, and whose end may cut a time or a figure: `17` + `:00`.
pub fn marks(line: &Text) -> Text {
    let cut = |edit: &Edit| {
        let (start, end) = (edit.span.start, edit.span.end);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let begins = start == 0 && digit(line[end..].chars().next());
        let ends = end == line.len() && digit(line[..start].chars().next_back());
        matches!(edit.span.of(line), ":" | ",") && (begins || ends)
    };
    let stays = |edit: &Edit| edit.span.of(line) == "\"" || cut(edit);
    let edits = widths(line).into_iter().filter(|edit| !stays(edit)).collect::<Vec<_>>();
    line.apply(&edits)
}

fn spaces(text: &str, setting: Setting) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut quotes = 0usize;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_whitespace() {
            match c {
                '“' | '‘' | '《' => quotes += 1,
                '”' | '’' | '》' => quotes = quotes.saturating_sub(1),
                _ => {}
            }
            before = c;
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, space)) = chars.next_if(|(_, c)| c.is_whitespace()) {
            end = next + space.len_utf8();
        }
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let clauses = setting == Setting::Display || (quotes > 0 && !cuts_word(&text[..at], &text[end..]));
        let cells = setting == Setting::Row;
        let keep = cells || parts_latin(before, after) || (clauses && parts_clauses(before, after));
        if !keep {
            edits.push(Edit::delete(at, end));
        } else if &text[at..end] != " " {
            edits.push(Edit::replace(at, end, " "));
        }
    }
    edits
}

/// A space between two words of a script that has spaces. Such a word may end in a mark (`Mr. Wang`).
fn parts_latin(before: char, after: char) -> bool {
    let word = |c: char| is_letter(c) || c.is_ascii_digit();
    let ends_word = word(before) || matches!(before, '.' | ',' | '!' | '?' | ';' | ':' | ')' | '\'' | '&');
    ends_word && (word(after) || after == '(' || after == '&') && (is_letter(before) || is_letter(after))
}

/// A space between two clauses of a headline.
fn parts_clauses(before: char, after: char) -> bool {
    let ends = is_han(before) || closes(before) || matches!(before, '！' | '？' | '…' | '!' | '?');
    let starts = is_han(after) || opens(after);
    let cell = before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric() || before == '%';
    ends && starts && !cell
}

/// Whether a space within quotes is a stray one: in a sentence, or in the middle of a word (`信得 过`). Two clauses of
/// a slogan (`同心筑梦 携手同行`) stand between marks of no sentence, and each is a phrase.
fn cuts_word(before: &str, after: &str) -> bool {
    /// Characters of a slogan on either side of its space.
    const SLOGAN: usize = 14;
    /// Characters of a clause at least.
    const CLAUSE: usize = 3;
    let part = |c: &char| is_han(*c) || c.is_alphanumeric();
    let left: Vec<char> = before.chars().rev().take(SLOGAN + 1).take_while(part).collect();
    let right: Vec<char> = after.chars().take(SLOGAN + 1).take_while(part).collect();
    let edge = |c: Option<char>, mark: fn(char) -> bool| c.is_none_or(|c| c.is_whitespace() || mark(c));
    let starts = edge(before.chars().nth_back(left.len()), opens);
    let ends = edge(after.chars().nth(right.len()), closes);
    let phrases = left.len() >= CLAUSE && right.len() >= CLAUSE;
    let word = |left: &[char], right: &[char]| {
        let word: String = left.iter().rev().chain(right).collect();
        WORDS.has_word(&word)
    };
    let across = (1..=2.min(left.len()))
        .any(|own| (1..=2.min(right.len())).any(|other| own + other > 2 && word(&left[..own], &right[..other])));
    !(starts && ends && phrases) || across
}

/// The mark that a half-width one stands for among Han characters.
fn wide(c: char) -> Option<&'static str> {
    Some(match c {
        ',' => "，",
        ';' => "；",
        ':' => "：",
        '?' => "？",
        '!' => "！",
        '(' => "（",
        ')' => "）",
        _ => return None,
    })
}

/// The half-width form of a full-width letter, digit or sign that is always half-width.
fn narrow(c: char) -> Option<char> {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '＃' | '＆' | '＠' | '＝' | '／' => {
            char::from_u32(c as u32 - 0xFEE0)
        }
        _ => None,
    }
}

fn widths(text: &str) -> Vec<Edit> {
    /// Characters without a mark that are no part of a name.
    const FULL_CLAUSE: usize = 6;
    let mut edits = Vec::new();
    // Whether each bracket that is open was made wide, so that its partner is too.
    let mut brackets: Vec<bool> = Vec::new();
    let mut quote_open = false;
    let mut before = ' ';
    // Characters since the last mark.
    let mut clause = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        clause = if is_han(c) { clause + 1 } else { clause };
        let rest = &text[end..];
        let after = rest.chars().find(|c| !c.is_whitespace()).unwrap_or(' ');
        let digit = |c: char| c.is_ascii_digit() || narrow(c).is_some_and(|c| c.is_ascii_digit());
        let in_figure = digit(before) && digit(after);
        // A mark after a figure belongs to the sentence: `30%,其中`.
        let among_han = is_wide(before) || is_wide(after) || (is_figure_end(before) && !is_letter(after));
        let replacement: Option<&'static str> = match c {
            '(' => {
                let holds_han = rest.split_once(')').is_some_and(|(inside, _)| short(inside).any(is_wide));
                brackets.push(holds_han || is_wide(before));
                if brackets.last() == Some(&true) { Some("（") } else { None }
            }
            ')' => match brackets.pop() {
                Some(true) => Some("）"),
                Some(false) => None,
                None => is_wide(before).then_some("）"),
            },
            '（' => {
                brackets.push(true);
                None
            }
            '）' => {
                brackets.pop();
                None
            }
            '"' => {
                quote_open = !quote_open;
                let quoted = is_wide(before) || is_wide(after) || !quote_open;
                quoted.then_some(if quote_open { "“" } else { "”" })
            }
            // A full stop of half width, but not the dot in a foreign name.
            '.' if is_wide(before) && (clause >= FULL_CLAUSE || rest.trim().is_empty()) => {
                (is_wide(after) || rest.trim().is_empty()).then_some("。")
            }
            '．' if in_figure => Some("."),
            '，' if in_figure && parts_thousands(rest) => Some(","),
            '：' if in_figure && narrow(before).is_some() => Some(":"),
            ',' | ':' if in_figure => None,
            _ if wide(c).is_some() => {
                if among_han {
                    wide(c)
                } else {
                    None
                }
            }
            _ => {
                if let Some(half) = narrow(c) {
                    edits.push(Edit::replace(at, end, half.to_string()));
                }
                None
            }
        };
        if let Some(mark) = replacement {
            edits.push(Edit::replace(at, end, mark));
        }
        if matches!(replacement.unwrap_or(""), "，" | "。" | "；" | "：" | "？" | "！")
            || matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！')
        {
            clause = 0;
        }
        // What stands behind a straight quote stands behind the one it becomes.
        before = replacement.and_then(|mark| mark.chars().next()).unwrap_or(c);
    }
    edits
}

/// Characters of a bracket that are looked at: enough for any aside, and bounded.
fn short(inside: &str) -> impl Iterator<Item = char> {
    inside.chars().take(80)
}

/// Whether exactly three digits follow: `1，316户` is one number, `1，2号楼` is two.
fn parts_thousands(rest: &str) -> bool {
    let digit = |c: &char| c.is_ascii_digit() || narrow(*c).is_some_and(|c| c.is_ascii_digit());
    rest.chars().take_while(digit).take(4).count() == 3
}

/// A Han character or a mark that only stands among them.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '，' | '。'
                | '、'
                | '；'
                | '：'
                | '？'
                | '！'
                | '（'
                | '）'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '《'
                | '》'
                | '…'
                | '—'
                | '【'
                | '】'
                | '□'
                | '℃'
                | '㎡'
        )
}

fn is_figure_end(c: char) -> bool {
    c.is_ascii_digit() || c == '%'
}

/// A dash of three strokes is one of two that was drawn too long; two hyphens between clauses are one that was typed.
fn dashes(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['—', '-', '－']) {
        let start = at + found;
        let Some(stroke) = text[start..].chars().next() else { break };
        let rest = text[start..].trim_start_matches(stroke);
        let (len, width) = (text[start..].len() - rest.len(), stroke.len_utf8());
        let (before, after) = (text[..start].chars().next_back(), rest.chars().next());
        let clauses = before.is_some_and(|c| is_han(c) || closes(c)) && after.is_some_and(|c| is_han(c) || opens(c));
        match len / width {
            3.. if stroke == '—' => edits.push(Edit::delete(start + "——".len(), start + len)),
            2 if stroke != '—' && clauses => {
                edits.push(Edit::replace(start, start + width, "—"));
                edits.push(Edit::replace(start + width, start + len, "—"));
            }
            _ => {}
        }
        at = start + len;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, setting: Setting) -> String {
        typeset(&Text::verbatim(text, 0), setting).to_string()
    }

    #[test]
    fn sets_running_text() {
        for (text, clean) in [
            ("共有 12 个小区, 张贴 A4 公告", "共有12个小区，张贴A4公告"),
            ("１，２３６ 户，占 １２．５％", "1,236户，占12.5%"),
            ("1，316件，比1，2号楼多", "1,316件，比1，2号楼多"),
            ("8:30-17:00(周末除外);电话021-55", "8:30-17:00（周末除外）；电话021-55"),
            ("Carlos Mendes 说:\"好\"", "Carlos Mendes说：“好”"),
            ("办了\"灶台课\",1,730人听过", "办了“灶台课”，1,730人听过"),
            ("12块;90岁,1,200人,占30%,其中", "12块；90岁，1,200人，占30%，其中"),
            ("“走 ， 去看看！ ”他说", "“走，去看看！”他说"),
            ("“同心筑梦 携手同行”活动 开始", "“同心筑梦 携手同行”活动开始"),
            ("“大家信得 过，我就干”，“一 家人 不说两家话”", "“大家信得过，我就干”，“一家人不说两家话”"),
            ("不足———居民", "不足——居民"),
            ("居民们都到楼下来看花.孩子也来了.", "居民们都到楼下来看花。孩子也来了。"),
            ("阿曼.吐逊和3.5公里", "阿曼.吐逊和3.5公里"),
            ("不足--居民，“甲”－－乙", "不足——居民，“甲”——乙"),
            ("A--B，2024--2025，甲---乙，甲-乙", "A--B，2024--2025，甲---乙，甲-乙"),
            ("约 300 ㎡ (含 20 ㎡)", "约300㎡（含20㎡）"),
            ("Mr. Wang, hello (ok)", "Mr. Wang, hello (ok)"),
            ("创业比 1∶3.5", "创业比1∶3.5"),
        ] {
            assert_eq!(set(text, Setting::Body), clean);
        }
    }

    #[test]
    fn keeps_the_cells_of_a_row_apart() {
        assert_eq!(set("东苑　　1,486 户\t92.4%", Setting::Row), "东苑 1,486 户 92.4%");
    }

    #[test]
    fn keeps_the_clauses_of_a_headline_apart() {
        for (text, clean) in [
            ("春风 送暖", "春风 送暖"),
            ("织密“微网格”　 惠及万家", "织密“微网格” 惠及万家"),
            ("10 月“红黑榜”出炉!", "10月“红黑榜”出炉！"),
            ("云栖社区: 书写新篇", "云栖社区：书写新篇"),
        ] {
            assert_eq!(set(text, Setting::Display), clean);
        }
    }
}
