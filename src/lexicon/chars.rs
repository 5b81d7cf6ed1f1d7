//! What sort of character a character is. Shared by cleaning, layout and segmentation.

use crate::model::TextSpan;

/// A Han character (汉字), of any plane, and the numeral zero 〇.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Pairs of neighbouring Han characters.
pub fn han_pairs(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    text.chars().zip(text.chars().skip(1)).filter(|&(a, b)| is_han(a) && is_han(b)).map(|(a, b)| [a, b])
}

/// A letter of a script that parts its words by spaces.
pub fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && !matches!(c, '\u{3040}'..='\u{30FF}')
}

/// A mark that ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '｡')
}

/// A mark that closes what was opened: it may follow the end of a sentence and belongs to it.
pub fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '〉' | '」' | '』' | '】' | '〕' | ']' | '"')
}

/// A mark that opens a quotation or a bracket.
pub fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '(' | '《' | '〈' | '「' | '『' | '【' | '〔' | '[')
}

/// A mark that parts clauses and can neither start a line of text nor end a paragraph.
pub fn parts_clauses(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | ',' | ';')
}

/// Whether `text` ends a sentence: its last mark, closing quotes and brackets aside.
pub fn is_closed(text: &str) -> bool {
    text.trim_end().chars().rev().find(|&c| !closes(c)).is_some_and(ends_sentence)
}

/// The sentences of `text`, without gaps. A sentence ends behind a character that `ends` it, or with its line; a mark
/// that closes a quotation belongs to the sentence that it ends.
pub fn sentences(text: &str, ends: impl Fn(char) -> bool) -> Vec<TextSpan> {
    let mut sentences = Vec::new();
    let (mut start, mut ended) = (0, false);
    for (at, c) in text.char_indices() {
        let end = ends(c) || c == '\n';
        if ended && !end && !closes(c) {
            sentences.push(TextSpan::new(start, at));
            (start, ended) = (at, false);
        }
        ended |= end;
    }
    if start < text.len() {
        sentences.push(TextSpan::new(start, text.len()));
    }
    sentences
}

/// A full-width letter, digit or sign of ASCII as half-width.
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Columns that a character takes in a line of type: a Han character is two wide.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_sentences_behind_their_quotes() {
        let text = "“好！”他说。居民有3户……共5户";
        let cut: Vec<&str> = sentences(text, ends_sentence).iter().map(|span| span.of(text)).collect();
        assert_eq!(cut, ["“好！”", "他说。", "居民有3户……", "共5户"]);
        assert!(sentences("", ends_sentence).is_empty());
    }

    #[test]
    fn tells_closed_from_open() {
        for closed in ["走访居民。", "他说：“好！”", "还在继续……", "完成了。）", "好。 "]
        {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["走访居", "成为“纽带”", "共有12", "分别是：", "甲、", ""] {
            assert!(!is_closed(open), "{open}");
        }
    }
}
