//! Display lines as headlines and section headings.
//!
//! In: blocks in reading order. Out: [`Item`]s: a [`Head`] (kicker, headline, subtitle, byline) or several where
//! an article may start, headings, paragraphs, credits.
//!
//! Which lines start an article is for `rank` to say; here they become kicker, headline, subtitle and byline.

use super::rank::{Rank, group_end, paragraph_gap, ranks};
use crate::clean::{Setting, typeset};
use crate::layout::{Block, Role, bare_names, names, sign_off};
use crate::lexicon::literal;
use crate::model::{SourceSpan, Text, TextBuilder, TextSpan};
use regex::Regex;
use std::sync::LazyLock;

/// A headline with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) kicker: Option<Text>,
    pub(super) title: Text,
    pub(super) subtitle: Option<Text>,
    pub(super) byline: Vec<String>,
    pub(super) credits: Vec<SourceSpan>,
    /// Whether more than a blank line parts it from what stands above.
    pub(super) apart: bool,
}

/// A piece of the page in reading order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// One or more headlines that stand together.
    Heads(Vec<Head>),
    /// A section heading.
    Heading(Text),
    /// A paragraph; whether more than a blank line parts it from what stands above.
    Paragraph(Text, bool),
    /// A row of a table.
    Row(Text),
    /// Writers named at an article's end.
    Byline(Vec<String>, SourceSpan),
    /// The office that sent an article, at its end, or only the date that it signed with.
    SignOff(Option<String>, SourceSpan),
}

/// Longest kicker, in characters.
const KICKER: usize = 10;

/// Longest name of a column, in characters, that is told from a headline by its length alone.
const COLUMN: usize = 6;

static SUBTITLE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:——|—|──|记[^者录忆住得账])|(?:[^书日登笔标印]记|纪实|侧记|小记|札记|手记|调查|观察|综述|见闻|速写|剪影|始末|[一两二三四五半0-9]年间|启示|回眸|掠影|访谈|专访|故事)$",
    )
});

/// What the page does elsewhere.
struct Style {
    /// Rank of article headlines in Markdown.
    top: Option<usize>,
    /// Blank lines between two paragraphs.
    gap: usize,
}

/// Sorts blocks in reading order into items.
pub(super) fn items(mut blocks: Vec<Block>) -> Vec<Item> {
    // In normal form lengths and clauses can be told: `数说 2025` is a label of one clause.
    for block in blocks.iter_mut().filter(|block| block.role == Role::Display) {
        block.text = typeset(&block.text, Setting::Display);
    }
    let blocks = blocks.as_slice();
    let style = Style::of(blocks);
    let ranks = ranks(blocks);
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        match block.role {
            Role::Body | Role::Row => {
                let text = block.text.clone();
                let row = block.role == Role::Row;
                items.push(if row { Item::Row(text) } else { Item::Paragraph(text, block.gap > style.gap.max(1)) });
                at += 1;
            }
            Role::SignOff => {
                // Without brackets it is an office, or the date below it, which is no office.
                let date = || block.text.ends_with('日');
                let office = sign_off(&block.text)
                    .or_else(|| (!date()).then(|| typeset(&block.text, Setting::Body).to_string()));
                items.push(Item::SignOff(office, block.source));
                at += 1;
            }
            Role::Byline => {
                items.push(Item::Byline(writers(block), block.source));
                at += 1;
            }
            Role::Display => {
                let end = group_end(blocks, at);
                let group = &blocks[at..end];
                if ranks.get(&at) == Some(&Rank::Headline) {
                    items.push(Item::Heads(heads(group, &style)));
                } else {
                    headings(group, &mut items);
                }
                at = end;
            }
        }
    }
    items
}

impl Style {
    fn of(blocks: &[Block]) -> Self {
        let top = blocks.iter().filter_map(|block| block.level).min();
        Self { top, gap: paragraph_gap(blocks) }
    }
}

/// The headlines in a group of display lines and bylines.
fn heads(group: &[Block], style: &Style) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut lines: Vec<&Block> = Vec::new();
    let is_ranked = |line: &Block| line.level.is_some() && line.level == style.top;
    let mut ranked = false;
    for block in group {
        if block.role == Role::Byline {
            let mut head = head(&lines).or_else(|| heads.pop());
            lines.clear();
            if let Some(head) = &mut head {
                head.byline.extend(writers(block));
                head.credits.push(block.source);
            }
            heads.extend(head);
            continue;
        }
        if let Some(last) = lines.last() {
            ranked = (lines.len() > 1 && ranked) || is_ranked(last);
            let apart = block.gap > 0 && style.top.is_none() && !belongs(&lines, last, block);
            if (ranked && is_ranked(block)) || apart {
                heads.extend(head(&lines));
                lines.clear();
            }
        }
        lines.push(block);
    }
    heads.extend(head(&lines));
    heads
}

/// The names in a byline.
fn writers(block: &Block) -> Vec<String> {
    names(&block.text).or_else(|| bare_names(&block.text)).unwrap_or_default()
}

/// Whether a display line behind a gap is of the same head as the lines above it.
fn belongs(lines: &[&Block], last: &Block, block: &Block) -> bool {
    let kicker = lines.len() == 1 && is_kicker(last, block);
    let subtitle = SUBTITLE.is_match(&block.text) && lines.len() < 3;
    kicker || subtitle
}

fn is_kicker(line: &Block, below: &Block) -> bool {
    let (own, other) = (line.text.chars().count(), below.text.chars().count());
    // A quotation is more than a label: `板凳上的“议事会”` says what comes.
    let label = !line.text.contains([' ', '，', '！', '？', '：', '“', '「', '\u{3000}']) || line.text.contains('·');
    let face = line.bold == below.bold || below.bold || (own <= COLUMN && 2 * own <= other);
    // A label in plain type above a bold line may be as long as it.
    let shorter = own < other || (own == other && (line.text.contains('·') || (below.bold && !line.bold)));
    // Two bold lines are one headline, unless the first is as short as the name of a column.
    let alike = line.bold && below.bold && (own > COLUMN || line.text.contains('“'));
    label && face && !alike && own <= KICKER && shorter && !SUBTITLE.is_match(&below.text)
}

/// The head that some lines make.
fn head(lines: &[&Block]) -> Option<Head> {
    let ranked = lines.iter().position(|line| line.level.is_some());
    let title = match (ranked, lines) {
        (Some(at), _) => at,
        (None, []) => return None,
        (None, [_]) => 0,
        (None, [first, second, rest @ ..]) => {
            let label =
                first.text.chars().count() <= KICKER && !first.text.contains([' ', '，', '！', '？', '“', '「']);
            let kicker = if rest.is_empty() { is_kicker(first, second) } else { label };
            usize::from(kicker)
        }
    };
    let joined = |lines: &[&Block]| (!lines.is_empty()).then(|| join(lines.iter().map(|line| &line.text)));
    let end = title + if ranked.is_none() && is_of_two_lines(&lines[title..]) { 2 } else { 1 };
    Some(Head {
        kicker: joined(&lines[..title]),
        title: joined(&lines[title..end])?,
        subtitle: joined(&lines[end..]),
        byline: Vec::new(),
        credits: Vec::new(),
        apart: lines[0].gap > 1,
    })
}

/// Whether the first two of several lines are one headline: two short clauses, and below them the line that says soberly
/// who did what where, as subtitles do.
fn is_of_two_lines(lines: &[&Block]) -> bool {
    /// Longest clause of such a headline, in characters.
    const CLAUSE: usize = 16;
    let [first, second, third] = lines else { return false };
    let short = |line: &Block| line.text.chars().count() <= CLAUSE && !line.text.contains([' ', '\u{3000}']);
    let alike = first.bold == second.bold && !SUBTITLE.is_match(&second.text);
    short(first)
        && short(second)
        && alike
        && !names_unit(&first.text)
        && !names_unit(&second.text)
        && names_unit(&third.text)
}

/// Whether a line begins with the name of a street, a community or the like.
fn names_unit(text: &str) -> bool {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        literal(r"^[^，、：]{1,7}(?:街道|社区|居民区|苏木|镇|乡|村|小区|新区|区|县|旗|嘎查|社區|里)")
    });
    UNIT.is_match(text)
}

/// Lines of one heading, parted by a space.
pub(super) fn join<'a>(lines: impl Iterator<Item = &'a Text>) -> Text {
    let mut builder = TextBuilder::default();
    for line in lines {
        if !builder.is_empty() {
            builder.push_synthetic(" ");
        }
        builder.copy(line, TextSpan::new(0, line.len()));
    }
    builder.finish()
}

/// A group that is no headline: section headings, a gap or a rank parting them.
fn headings(group: &[Block], items: &mut Vec<Item>) {
    let mut lines: Vec<&Text> = Vec::new();
    let flush = |lines: &mut Vec<&Text>, items: &mut Vec<Item>| {
        if !lines.is_empty() {
            items.push(Item::Heading(join(lines.drain(..))));
        }
    };
    for block in group {
        if block.role == Role::Byline {
            flush(&mut lines, items);
            items.push(Item::Byline(writers(block), block.source));
            continue;
        }
        if block.level.is_some() || block.gap > 0 {
            flush(&mut lines, items);
        }
        lines.push(&block.text);
    }
    flush(&mut lines, items);
}
