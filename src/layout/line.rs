//! What a line measures.
//!
//! In: a cleaned page. Out: its [`Line`]s without the blank ones; how many of those stood above is the line's
//! gap. Markdown marks leave the text here and become properties of the line.

use super::furniture::DIRECTION;
use super::gutter;
use crate::clean::marks;
use crate::lexicon::chars::width;
use crate::lexicon::literal;
use crate::model::{Damage, Edit, Repair, SourceSpan, Text, TextSpan};
use regex::Regex;
use std::sync::LazyLock;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Without white space at its ends and without markup.
    pub(super) text: Text,
    /// Where it stands in the file, without its line end.
    pub(super) source: SourceSpan,
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// Columns of its text.
    pub(super) width: usize,
    /// Blank lines above.
    pub(super) gap: usize,
    /// Whether nothing but white space stands between it and the line before it; else they are of a column that has
    /// another beside it.
    pub(super) adjoins: bool,
    /// Whether white space stands after it: a word ends there.
    pub(super) spaced: bool,
    /// Whether most of it was drawn in fake bold.
    pub(super) bold: bool,
    /// Level of a Markdown heading.
    pub(super) level: Option<usize>,
    /// Whether it starts an item of a list.
    pub(super) item: bool,
}

/// Columns of indent that an item of a list or a paragraph has at least.
const TAB: usize = 4;

static HEADING: LazyLock<Regex> = LazyLock::new(|| literal(r"^(#{1,6})\s+"));
static QUOTE: LazyLock<Regex> = LazyLock::new(|| literal(r"^>\s?"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| literal(r"^[-*+]\s+"));
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^([◆●■▲★○◎□▶►•※☆◇△]|[①-⑳]|【[^】]{2,12}】\S|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、．.]\s*\D|[一二三四五六七八九十]{1,2}、)",
    )
});
static EMPHASISED: LazyLock<Regex> = LazyLock::new(|| literal(r"^(?:\*\*[^*]+\*\*|__[^_]+__)$"));
static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| literal(r"\*\*|__"));

/// The lines of a page.
pub(super) fn lines(page: &Text, repairs: &[Repair]) -> Vec<Line> {
    let bold: Vec<SourceSpan> =
        repairs.iter().filter(|repair| repair.damage == Damage::FakeBold).map(|repair| repair.source).collect();
    // `- ` and `> ` are marks only on a page that has Markdown headings: elsewhere they are text.
    let markdown = split(page).iter().any(|&span| HEADING.is_match(span.of(page)));
    let (mut lines, mut gap, mut last) = (Vec::new(), 0, 0);
    for span in gutter::reading_order(page, split(page)).into_iter().flat_map(|span| without_directions(page, span)) {
        let whole = span.of(page);
        let text = whole.trim();
        if text.is_empty() {
            gap += 1;
            continue;
        }
        let lead = &whole[..whole.len() - whole.trim_start().len()];
        let inner = TextSpan::new(span.start + lead.len(), span.start + lead.len() + text.len());
        let Some(source) = page.source_of(inner) else { continue };
        let adjoins = page.get(last..inner.start).is_some_and(|between| between.trim().is_empty());
        last = inner.end;
        let mut line = Line {
            text: page.slice(inner),
            source,
            indent: lead
                .chars()
                .map(|c| {
                    if c == '\t' {
                        TAB
                    } else if c == '\u{3000}' {
                        2
                    } else {
                        1
                    }
                })
                .sum(),
            width: 0,
            gap,
            adjoins,
            spaced: whole.len() > lead.len() + text.len(),
            bold: is_bold(source, &bold),
            level: None,
            item: ITEM.is_match(text),
        };
        if markdown {
            line.strip_marks();
        }
        // Measured as it was printed; then the marks get the form that every rule behind expects.
        line.width = width(&line.text);
        line.text = marks(&line.text);
        lines.push(line);
        gap = 0;
    }
    lines
}

/// A line, parted from a direction to another page that stands at one of its ends.
fn without_directions(page: &str, span: TextSpan) -> Vec<TextSpan> {
    let text = span.of(page);
    let Some(found) = DIRECTION.find(text) else { return vec![span] };
    let at = |offset: usize| span.start + offset;
    let (before, behind) = (&text[..found.start()], &text[found.end()..]);
    if !before.trim().is_empty() && !behind.trim().is_empty() {
        return vec![span];
    }
    let parts = [(span.start, at(found.start())), (at(found.start()), at(found.end())), (at(found.end()), span.end)];
    let parts = parts.into_iter().map(|(start, end)| TextSpan::new(start, end));
    parts.filter(|part| !part.of(page).trim().is_empty()).collect()
}

/// The spans of the lines, without their ends. A form feed ends a page and so a line.
fn split(page: &str) -> Vec<TextSpan> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in page.char_indices() {
        if matches!(c, '\n' | '\r' | '\u{C}' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            // The two halves of CR LF are one end.
            if !(c == '\n' && page[..at].ends_with('\r')) {
                spans.push(TextSpan::new(start, at));
            }
            start = at + c.len_utf8();
        }
    }
    spans.push(TextSpan::new(start, page.len()));
    spans
}

fn is_bold(line: SourceSpan, bold: &[SourceSpan]) -> bool {
    let first = bold.partition_point(|span| span.end <= line.start);
    let here = bold[first..].iter().take_while(|span| span.start < line.end);
    // A line that said all twice may have had a doubled word in it: spans can lie within one another.
    let covered: usize = here.map(|span| span.end.min(line.end).saturating_sub(span.start.max(line.start))).sum();
    2 * covered >= line.len()
}

impl Line {
    fn strip_marks(&mut self) {
        for (mark, item) in [(&QUOTE, false), (&BULLET, true)] {
            if let Some(found) = mark.find(&self.text) {
                self.text = self.text.apply(&[Edit::delete(0, found.end())]);
                self.item |= item;
            }
        }
        if let Some(found) = HEADING.captures(&self.text) {
            self.level = Some(found[1].len());
            self.text = self.text.apply(&[Edit::delete(0, found[0].len())]);
        }
        // A line that is emphasised as a whole is bold.
        self.bold |= EMPHASISED.is_match(&self.text);
        let marks: Vec<Edit> =
            EMPHASIS.find_iter(&self.text).map(|found| Edit::delete(found.start(), found.end())).collect();
        if marks.len() > 1 {
            self.text = self.text.apply(&marks);
        }
        // Deleted and not trimmed: a mark that left its bytes to a space must not leave with it.
        let (start, end) = (self.text.len() - self.text.trim_start().len(), self.text.trim_end().len());
        if start < end && end - start < self.text.len() {
            let ends = [Edit::delete(0, start), Edit::delete(end, self.text.len())];
            self.text = self.text.apply(&ends);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(page: &str) -> Vec<(String, usize, usize, Option<usize>)> {
        let lines = lines(&Text::verbatim(page, 0), &[]);
        lines.into_iter().map(|line| (line.text.to_string(), line.indent, line.gap, line.level)).collect()
    }

    #[test]
    fn measures_lines() {
        let row = |text: &str, indent, gap, level| (text.to_owned(), indent, gap, level);
        assert_eq!(
            measured("# 云栖\r\n\r\n　　街道举行 \n\x0c**记者 甲**\n- 一项"),
            [
                row("云栖", 0, 0, Some(1)),
                row("街道举行", 4, 1, None),
                row("记者 甲", 0, 1, None),
                row("一项", 0, 0, None)
            ]
        );
        assert_eq!(measured("- 一项"), [row("- 一项", 0, 0, None)], "no Markdown page, so no mark");
    }
}
