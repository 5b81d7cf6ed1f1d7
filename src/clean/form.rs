//! Characters that are there and should not be, and characters that stand for others.
//!
//! | page                  | becomes  | because                                                           |
//! |-----------------------|----------|-------------------------------------------------------------------|
//! | `网\u{200b}格`        | `网格`   | zero-width characters, byte order marks and controls stand for nothing |
//! | `⽤⼈`                | `用人`   | PDF fonts map glyphs to radicals; Unicode says which ideograph is meant |
//! | `Mend\u{ad}⏎es`       | (kept)   | a soft hyphen at a line's end tells layout that the word goes on  |

use crate::lexicon::FORMS;
use crate::model::{Edit, Evidence, Finding};

/// Deletes characters that cannot be seen.
pub(super) fn invisible(page: &str) -> Vec<Finding> {
    let gone = |&(at, c): &(usize, char)| is_invisible(c) && !hyphen_at_line_end(page, at, c);
    let delete = |(at, c): (usize, char)| Edit::delete(at, at + c.len_utf8());
    page.char_indices().filter(gone).map(|at| Finding { edit: delete(at), evidence: Evidence::Unseen }).collect()
}

fn is_invisible(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' | '\u{C}' | '\u{85}' => false,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => true,
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        _ => c.is_control(),
    }
}

fn hyphen_at_line_end(page: &str, at: usize, c: char) -> bool {
    let latin = page[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric());
    c == '\u{AD}' && latin && page[at + c.len_utf8()..].starts_with(['\n', '\r'])
}

/// Replaces radicals and compatibility forms by the characters they stand for.
pub(super) fn forms(page: &str) -> Vec<Finding> {
    let form = |(at, c): (usize, char)| {
        let edit = Edit::replace(at, at + c.len_utf8(), *FORMS.get(&c)?);
        Some(Finding { edit, evidence: Evidence::Form })
    };
    // All forms lie in a few blocks; most characters need no look-up.
    let blocks = |c| matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}' | '｡');
    page.char_indices().filter(|&(_, c)| blocks(c)).filter_map(form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn removes_the_invisible_and_replaces_forms() {
        let clean = |page: &str| {
            let page = Text::verbatim(page, 0);
            let page = page.apply(&crate::clean::edits(&invisible(&page)));
            page.apply(&crate::clean::edits(&forms(&page))).to_string()
        };
        assert_eq!(clean("\u{feff}网\u{200b}格\u{0}员"), "网格员");
        assert_eq!(clean("⽤⼈单位⻓期⾥⻋︒"), "用人单位长期里车。");
        assert_eq!(clean("Mend\u{ad}\nes 旧\u{ad}换新\u{ad}\n的"), "Mend\u{ad}\nes 旧换新\n的");
        assert_eq!(clean("一\t二\r\n三"), "一\t二\r\n三");
    }
}
