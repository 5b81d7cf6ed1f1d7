//! The parts of one article, in normal form.
//!
//! In: a head and the items that are its body. Out: an [`Article`]. Credits at the end leave the text here, and
//! section headings that were run into a paragraph become headings.

use super::headline::{Head, Item};
use crate::clean::{Setting, typeset};
use crate::layout::{Credit, leading_credit, trailing_credit};
use crate::lexicon::chars::is_han;
use crate::model::{Article, Heading, Text, TextSpan};

/// Shortest and longest heading that is run into a paragraph, in characters.
const RUN_IN: std::ops::RangeInclusive<usize> = 3..=14;
/// Paragraphs of an article that must start so, before it is a habit and not a stray space.
const HABIT: usize = 2;

/// Puts an article together.
pub(super) fn article(head: Option<Head>, items: &[Item]) -> Article {
    let mut article = Article::default();
    if let Some(head) = head {
        let display = |text: &Text| typeset(text, Setting::Display);
        article.title = Some(display(&head.title));
        article.kicker = head.kicker.as_ref().map(display);
        article.subtitle = head.subtitle.as_ref().map(display);
        article.byline = head.byline;
        article.credits = head.credits;
    }
    let texts =
        || items.iter().filter_map(|item| if let Item::Paragraph(text, _) = item { Some(text) } else { None });
    let run_in = texts().filter(|text| run_in_heading(text).is_some()).count();
    // Where spaces stand among the characters anyway, one tells nothing.
    let habit = run_in >= HABIT && 2 * run_in > texts().map(|text| inner_spaces(text)).sum();
    for item in items {
        match item {
            Item::Heading(text) => heading(&mut article, text),
            Item::Row(text) => article.paragraphs.push(typeset(text, Setting::Row)),
            Item::Paragraph(text, _) => {
                let split = run_in_heading(text).filter(|_| habit);
                if let Some(end) = split {
                    heading(&mut article, &text.slice(TextSpan::new(0, end)));
                }
                let body = text.slice(TextSpan::new(split.unwrap_or(0), text.len()));
                paragraph(&mut article, &body);
            }
            Item::Byline(names, source) => {
                article.byline.extend(names.iter().cloned());
                article.credits.push(*source);
            }
            Item::SignOff(office, source) => {
                article.source = office.clone().or(article.source.take());
                article.credits.push(*source);
            }
            Item::Heads(_) => {}
        }
    }
    article
}

fn heading(article: &mut Article, text: &Text) {
    let text = typeset(text, Setting::Display);
    article.headings.push(Heading { text, before: article.paragraphs.len() });
}

fn paragraph(article: &mut Article, text: &Text) {
    let mut text = text.trimmed();
    if let Some((span, names)) = leading_credit(&text) {
        article.credits.extend(text.source_of(span));
        article.byline.extend(names);
        text = text.slice(TextSpan::new(span.end, text.len()));
    }
    if let Some((span, credit)) = trailing_credit(&text) {
        article.credits.extend(text.source_of(span));
        match credit {
            Credit::Names(names) => article.byline.extend(names),
            Credit::Office(office) => article.source = Some(office),
        }
        text = text.slice(TextSpan::new(0, span.start));
    }
    let text = typeset(&text, Setting::Body);
    if !text.is_empty() {
        article.paragraphs.push(text);
    }
}

/// Spaces between two Han characters.
fn inner_spaces(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).filter(|three| is_han(three[0]) && three[1].is_whitespace() && is_han(three[2])).count()
}

/// Where a heading that was run into a paragraph ends: `政治引领强根基 社区党总支依托……`.
fn run_in_heading(text: &str) -> Option<usize> {
    let end = text.find([' ', '\u{3000}'])?;
    let (heading, rest) = (&text[..end], text[end..].trim_start());
    let plain = heading.chars().all(|c| is_han(c) || matches!(c, '“' | '”'));
    let goes_on = rest.chars().next().is_some_and(|c| is_han(c) || c == '“') && rest.contains('。');
    (plain && goes_on && RUN_IN.contains(&heading.chars().count())).then_some(end)
}
