//! Characters that are there and should not be, and characters that stand for others.
//!
//! | page                  | becomes  | because                                                           |
//! |-----------------------|----------|-------------------------------------------------------------------|
//! | `网\u{200b}格`        | `网格`   | zero-width characters, byte order marks and controls stand for nothing |
//! | `⽤⼈`                | `用人`   | PDF fonts map glyphs to radicals; Unicode says which ideograph is meant |
//! | `⼾`                  | `户`     | the same, on a page in simplified script; `戶` on one in traditional      |
//! | `Mend\u{ad}⏎es`       | (kept)   | a soft hyphen at a line's end tells layout that the word goes on  |

use crate::lexicon::{FORMS, SIMPLIFIED_FORMS};
use crate::model::{Edit, Evidence, Finding};
use std::cell::LazyCell;

/// Deletes characters that cannot be seen.
pub(super) fn invisible(page: &str) -> Vec<Finding> {
    let gone = |&(at, c): &(usize, char)| is_invisible(c) && !hyphen_at_line_end(page, at, c);
    let delete = |(at, c): (usize, char)| Edit::delete(at, at + c.len_utf8());
    page.char_indices().filter(gone).map(|at| Finding { edit: delete(at), evidence: Evidence::Unseen }).collect()
}

fn is_invisible(c: char) -> bool {
    match c {
        // Layout ends lines at these.
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' => false,
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
    // Asked once, and only where a form is met that the script decides.
    let simplified = LazyCell::new(|| is_simplified(page));
    let character = |c: char| match SIMPLIFIED_FORMS.get(&c) {
        Some(&character) if *simplified => Some(character),
        _ => FORMS.get(&c).copied(),
    };
    let form = |(at, c): (usize, char)| {
        let edit = Edit::replace(at, at + c.len_utf8(), character(c)?);
        Some(Finding { edit, evidence: Evidence::Form })
    };
    // All forms lie in a few blocks; most characters need no look-up.
    let blocks = |c| {
        matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{31C0}'..='\u{31E3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}')
            || matches!(c, '\u{FF61}'..='\u{FF64}' | '\u{2F800}'..='\u{2FA1F}')
    };
    page.char_indices().filter(|&(_, c)| blocks(c)).filter_map(form).collect()
}

/// Whether the page is in simplified script, as newsletters are unless they show the contrary: by the characters that
/// have a form of their own in each script (车 and 車, 长 and 長), which every page is full of.
fn is_simplified(page: &str) -> bool {
    let of = |script: &[&str]| page.chars().filter(|c| script.iter().any(|form| form.starts_with(*c))).count();
    let (mut simplified, mut traditional): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (form, character) in SIMPLIFIED_FORMS.iter().map(|(form, character)| (FORMS.get(form), character)) {
        simplified.push(character);
        traditional.extend(form);
    }
    of(&simplified) >= of(&traditional)
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
        assert_eq!(clean("⽤⼾、⾧者、⻋⻔、⾨"), "用户、长者、车门、门");
        assert_eq!(clean("用⼾來到車門前，長者"), "用戶來到車門前，長者");
        assert_eq!(
            clean("︵一︶︻二︼﹁三﹂﹙四﹚｢五｣､㇐\u{2F804}\u{FA0E}"),
            "（一）【二】「三」(四)「五」、一你\u{FA0E}"
        );
        assert_eq!(clean("Mend\u{ad}\nes 旧\u{ad}换新\u{ad}\n的"), "Mend\u{ad}\nes 旧换新\n的");
        assert_eq!(clean("一\t二\r\n三\u{b}四\u{c}五\u{2028}六"), "一\t二\r\n三\u{b}四\u{c}五\u{2028}六");
    }
}
