//! What was done to a page, for an operator who wants to believe it.
//!
//! In: a source and its issue. Out: text with colours: what was repaired and why, which paragraphs were put together
//! from pieces that stood apart, what was moved, what was set aside, each with the line of the file.

use super::print::{FAINT, STRONG};
use crate::decode;
use crate::error::{Result, printable};
use crate::model::{Article, Damage, Issue, Repair, Seam, SourceSpan, Text, TextSpan};
use crate::pipeline;
use crate::source::Source;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// What stood there.
const WAS: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
/// What stands there now.
const NOW: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
/// Characters shown beside a change.
const BESIDE: usize = 8;
/// Characters shown of a line or a paragraph.
const SHOWN: usize = 24;

/// What was done to a page.
pub(super) fn diff(source: &Source, issue: &Issue) -> Result<String> {
    let text = decode::decode(source)?.text;
    let page = Page { lines: line_starts(&text), text };
    let repairs = pipeline::repairs(source, issue)?;
    let mut out = String::new();
    let sections = [
        ("repaired", page.repaired(&repairs)),
        ("put together", page.seams(issue)),
        ("to look at", page.doubtful(issue)),
        ("moved", page.moved(issue)),
        ("set aside", page.set_aside(issue)),
    ];
    for (name, rows) in sections.iter().filter(|(_, rows)| !rows.is_empty()) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{STRONG}{name}{STRONG:#}");
        rows.iter().for_each(|row| out += row);
    }
    if out.is_empty() {
        out += "nothing was changed\n";
    }
    Ok(out)
}

/// The page as it was decoded, and where its lines start in the file.
struct Page {
    text: Text,
    lines: Vec<usize>,
}

/// The bytes of the file at which lines start, but for the first.
fn line_starts(text: &Text) -> Vec<usize> {
    let ends = text.characters().filter(|(span, _)| span.of(text) == "\n");
    ends.filter_map(|(_, source)| Some(source?.end)).collect()
}

impl Page {
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at) + 1
    }

    fn row(&self, line: impl std::fmt::Display, what: &str) -> String {
        format!("{FAINT}{line:>6}{FAINT:#}  {what}\n")
    }

    fn repaired(&self, repairs: &[Repair]) -> Vec<String> {
        let normal = |repair: &&Repair| matches!(repair.damage, Damage::Spacing | Damage::Width);
        let mut rows: Vec<String> =
            repairs.iter().filter(|repair| !normal(repair)).map(|one| self.repair(one)).collect();
        let count = repairs.iter().filter(normal).count();
        if count > 0 {
            let what = "spaces and widths brought into normal form; `jiebao extract --changes` lists them";
            rows.push(self.row("", &format!("{FAINT}{count} {what}{FAINT:#}")));
        }
        rows
    }

    fn repair(&self, repair: &Repair) -> String {
        let span = self.text.span_of(repair.source).unwrap_or(TextSpan::new(0, 0));
        let before = last(self.text[..span.start].rsplit('\n').next().unwrap_or(""), BESIDE);
        let after = first(self.text[span.end..].split('\n').next().unwrap_or(""), BESIDE);
        let shown = |text: &str| match repair.damage {
            Damage::Invisible => text.chars().map(|c| format!("{}", c.escape_unicode())).collect(),
            _ => printable(text).into_owned(),
        };
        let (was, now) = (shown(&repair.was), shown(&repair.now));
        let arrow = if now.is_empty() { "gone".to_owned() } else { format!("→ {NOW}{now}{NOW:#}") };
        let (before, after) = (printable(before), printable(after.trim_end()));
        let place = format!("{FAINT}{before}{FAINT:#}[{WAS}{was}{WAS:#} {arrow}]{FAINT}{after}{FAINT:#}");
        let why = format!("{FAINT}{}: {}{FAINT:#}", repair.damage.as_str(), printable(&repair.evidence.to_string()));
        self.row(self.line(repair.source.start), &format!("{place}  {why}"))
    }

    /// Where a paragraph goes on at another place than right behind.
    fn seams(&self, issue: &Issue) -> Vec<String> {
        let mut rows = Vec::new();
        for paragraph in issue.articles.iter().flat_map(|article| &article.paragraphs) {
            let mut before: Option<(TextSpan, SourceSpan)> = None;
            for (span, source) in paragraph.characters() {
                let Some(source) = source else { continue };
                if let Some((_, end)) = before.filter(|(_, last)| self.apart(*last, source)) {
                    let (ends, goes_on) = (self.line(end.end.saturating_sub(1)), self.line(source.start));
                    let (left, right) = (&paragraph[..span.start], &paragraph[span.start..]);
                    let how = if source.start < end.start {
                        "goes on above"
                    } else if self.text.made_of(SourceSpan::new(end.end, source.start)).trim().is_empty() {
                        "over a gap"
                    } else {
                        "over other text"
                    };
                    let what = format!(
                        "{}{NOW}┆{NOW:#}{}  {FAINT}goes on in line {goes_on}, {how}{FAINT:#}",
                        printable(last(left, BESIDE)),
                        printable(first(right, BESIDE)),
                    );
                    rows.push((end.end, self.row(ends, &what)));
                }
                before = Some((span, source));
            }
        }
        rows.sort_by_key(|(at, _)| *at);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Paragraphs that stay open in mid-sentence, and seams with little evidence.
    fn doubtful(&self, issue: &Issue) -> Vec<String> {
        let row = |seam: &Seam| {
            let text = |source: SourceSpan| self.text.made_of(source).split_whitespace().collect::<String>();
            let head = text(seam.head);
            let what = match seam.tail {
                None => "stops in mid-sentence, and nothing on the page goes on it".to_owned(),
                Some(tail) => format!(
                    "goes on with {}{FAINT} in line {}, but little speaks for it{FAINT:#}",
                    printable(first(&text(tail), BESIDE)),
                    self.line(tail.start)
                ),
            };
            self.row(
                self.line(seam.head.end.saturating_sub(1)),
                &format!("{}┆ {what}", printable(last(&head, BESIDE))),
            )
        };
        issue.seams.iter().filter(|seam| seam.is_weak()).map(row).collect()
    }

    /// Whether more than a line's end is between two characters of a text.
    fn apart(&self, one: SourceSpan, next: SourceSpan) -> bool {
        if next.start < one.end {
            return next.start < one.start;
        }
        let between = self.text.made_of(SourceSpan::new(one.end, next.start));
        !between.trim().is_empty() || between.matches('\n').count() > 1
    }

    /// Pieces that stand earlier or later than in the file.
    fn moved(&self, issue: &Issue) -> Vec<String> {
        let texts: Vec<(usize, &Text)> = issue.articles.iter().flat_map(texts).collect();
        let starts: Vec<usize> = texts.iter().map(|(start, _)| *start).collect();
        let kept = ascending(&starts);
        let mut rows = Vec::new();
        for (at, (start, text)) in texts.iter().enumerate().filter(|(at, _)| !kept[*at]) {
            let place = match at.checked_sub(1).map(|before| texts[before]) {
                Some((before, above)) => {
                    format!("stands below line {}, {}", self.line(before), printable(first(above, BESIDE)))
                }
                None => "stands first".to_owned(),
            };
            let what = format!("{}  {FAINT}{place}{FAINT:#}", printable(first(text, SHOWN)));
            rows.push((*start, self.row(self.line(*start), &what)));
        }
        rows.sort_by_key(|(at, _)| *at);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn set_aside(&self, issue: &Issue) -> Vec<String> {
        let row = |piece: &crate::model::SetAside| {
            let what = format!("{}  {FAINT}{}{FAINT:#}", printable(first(&piece.text, SHOWN)), piece.reason.as_str());
            self.row(self.line(piece.source.start), &what)
        };
        issue.set_aside.iter().map(row).collect()
    }
}

/// The texts of an article in reading order, with where they start in the file.
fn texts(article: &Article) -> Vec<(usize, &Text)> {
    let head = [&article.kicker, &article.title, &article.subtitle].into_iter().flatten();
    let mut texts: Vec<&Text> = head.collect();
    for at in 0..=article.paragraphs.len() {
        texts.extend(article.headings.iter().filter(|heading| heading.before == at).map(|heading| &heading.text));
        texts.extend(article.paragraphs.get(at));
    }
    texts.into_iter().filter_map(|text| Some((text.origin().first()?.start, text))).collect()
}

/// Which numbers belong to a longest ascending choice of them; the others are those that moved.
fn ascending(numbers: &[usize]) -> Vec<bool> {
    // For each length, the index at which the lowest choice of that length ends.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; numbers.len()]);
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end: &usize| numbers[end] < *number);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut kept = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(one) = at {
        kept[one] = true;
        at = before[one];
    }
    kept
}

/// At most `count` characters from the start.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// At most `count` characters from the end.
fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_as_little_as_can_be() {
        assert_eq!(ascending(&[1, 2, 9, 3, 4]), [true, true, false, true, true]);
        assert_eq!(ascending(&[5, 6, 1, 2, 7]), [false, false, true, true, true]);
        assert_eq!(ascending(&[]), [false; 0]);
    }
}
