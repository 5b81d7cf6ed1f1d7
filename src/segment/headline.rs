//! Headlines told from section headings.
//!
//! In: blocks in reading order. Out: [`Item`]s: a [`Head`] (kicker, headline, subtitle, byline) or several where
//! an article may start, headings, paragraphs, credits.
//!
//! A display line says nothing by itself of its rank. The evidence is what stands around it: a byline below, an
//! article's end above, a larger gap, the rank of Markdown, and the face of those lines that have a byline.

use crate::clean::{Setting, typeset};
use crate::layout::{Block, Role, names, sign_off, trailing_credit};
use crate::lexicon::literal;
use crate::model::{SourceSpan, Text, TextBuilder, TextSpan};
use regex::Regex;
use std::collections::BTreeMap;
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
    /// The office that sent an article, at its end.
    SignOff(String, SourceSpan),
}

/// Points from which a group of display lines is a headline.
const HEADLINE: f64 = 3.0;
/// Points from which a group that is alone between two headlines is one itself.
const LONE: f64 = -2.0;
/// Longest kicker, in characters.
const KICKER: usize = 10;

/// Longest name of a column, in characters, that is told from a headline by its length alone.
const COLUMN: usize = 6;

static SUBTITLE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:——|—|──)|(?:记|纪实|侧记|小记|札记|手记|调查|观察|综述|见闻|速写|剪影|始末|[一两二三四五半0-9]年间|启示|回眸|掠影|访谈|专访|故事)$",
    )
});

/// What the page does elsewhere.
struct Style {
    /// Rank of article headlines in Markdown.
    top: Option<usize>,
    /// Whether headlines are bold, as far as bylines tell.
    bold: Option<bool>,
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
    let ranks = ranks(blocks, &style);
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
                items.push(match sign_off(&block.text) {
                    Some(office) => Item::SignOff(office, block.source),
                    None => Item::Paragraph(block.text.clone(), false),
                });
                at += 1;
            }
            Role::Byline => {
                items.push(Item::Byline(names(&block.text).unwrap_or_default(), block.source));
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

/// What a group of display lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Headline,
    Heading,
}

/// The rank of each group of display lines, by the index of its first block.
fn ranks(blocks: &[Block], style: &Style) -> BTreeMap<usize, Rank> {
    let mut groups: Vec<(usize, f64)> = Vec::new();
    // An article can end at the page's start, and behind a credit.
    let (mut at, mut ended) = (0, true);
    while at < blocks.len() {
        let block = &blocks[at];
        if block.role == Role::Display {
            let end = group_end(blocks, at);
            groups.push((at, style.points(&blocks[at..end], ended)));
            (at, ended) = (end, false);
        } else {
            ended = !matches!(block.role, Role::Body | Role::Row) || trailing_credit(&block.text).is_some();
            at += 1;
        }
    }
    let mut ranks: BTreeMap<usize, Rank> = BTreeMap::new();
    for stretch in groups.chunk_by(|_, next| next.1 < HEADLINE) {
        // Section headings come in company. One alone between two headlines is a headline that lost its marks.
        let unsure: Vec<usize> = stretch.iter().filter(|(_, points)| *points < HEADLINE).map(|&(at, _)| at).collect();
        // And they are set alike: one that has a kicker among others that have none is a headline too.
        let kicked = |at: usize| group_end(blocks, at) == at + 2 && is_kicker(&blocks[at], &blocks[at + 1]);
        let odd = unsure.iter().filter(|&&at| kicked(at)).count() == 1 && unsure.len() > 2;
        for &(at, points) in stretch {
            let stands_out = unsure.len() == 1 || (odd && kicked(at));
            let headline = points >= HEADLINE || (stands_out && points >= LONE);
            ranks.insert(at, if headline { Rank::Headline } else { Rank::Heading });
        }
    }
    ranks
}

/// Where the display lines and bylines end that start at `at`.
fn group_end(blocks: &[Block], at: usize) -> usize {
    let display = |block: &Block| matches!(block.role, Role::Display | Role::Byline);
    (at..blocks.len()).find(|&at| !display(&blocks[at])).unwrap_or(blocks.len())
}

impl Style {
    fn of(blocks: &[Block]) -> Self {
        let top = blocks.iter().filter_map(|block| block.level).min();
        let mut gaps: Vec<usize> = blocks
            .windows(2)
            .filter(|pair| pair.iter().all(|block| block.role == Role::Body))
            .map(|pair| pair[1].gap)
            .collect();
        gaps.sort_unstable();
        let (mut bold, mut plain) = (0, 0);
        for group in blocks.chunk_by(|_, next| matches!(next.role, Role::Display | Role::Byline)) {
            let signed = group.windows(2).any(|pair| pair[0].role == Role::Display && pair[1].role == Role::Byline);
            if signed {
                if group.iter().any(|block| block.bold) { bold += 1 } else { plain += 1 }
            }
        }
        let known = bold + plain > 0;
        Self { top, bold: known.then_some(bold > plain), gap: gaps.get(gaps.len() / 2).copied().unwrap_or(1) }
    }

    /// How much speaks for a headline.
    fn points(&self, group: &[Block], ended: bool) -> f64 {
        let lines: Vec<&Block> = group.iter().filter(|block| block.role == Role::Display).collect();
        let Some(first) = lines.first() else { return 0.0 };
        let mut points = 0.0;
        if ended {
            points += 3.0;
        }
        if group.len() > lines.len() {
            points += 4.0;
        }
        if first.gap > self.gap.max(1) {
            points += 2.0;
        }
        if lines.len() > 1 && lines[0].text.chars().count() <= KICKER && lines.len() <= 3 {
            points += 1.0;
        }
        if let Some(top) = self.top {
            let level = lines.iter().filter_map(|line| line.level).min();
            points += match level {
                Some(level) if level == top => 6.0,
                Some(_) => -6.0,
                None => -2.0,
            };
        }
        let bold = lines.iter().any(|line| line.bold);
        points
            + match (bold, self.bold) {
                (true, Some(true) | None) => 3.0,
                (false, Some(true)) => -2.0,
                (true, Some(false)) => -2.0,
                (false, _) => 0.0,
            }
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
                head.byline.extend(names(&block.text).unwrap_or_default());
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

/// Whether a display line behind a gap is of the same head as the lines above it.
fn belongs(lines: &[&Block], last: &Block, block: &Block) -> bool {
    let kicker = lines.len() == 1 && is_kicker(last, block);
    let subtitle = SUBTITLE.is_match(&block.text) && lines.len() < 3;
    kicker || subtitle
}

fn is_kicker(line: &Block, below: &Block) -> bool {
    let (own, other) = (line.text.chars().count(), below.text.chars().count());
    let label = !line.text.contains([' ', '，', '！', '？', '：', '\u{3000}']) || line.text.contains('·');
    let face = line.bold == below.bold || below.bold || (own <= COLUMN && 2 * own <= other);
    label && face && own <= KICKER && own < other && !SUBTITLE.is_match(&below.text)
}

/// The head that some lines make.
fn head(lines: &[&Block]) -> Option<Head> {
    let ranked = lines.iter().position(|line| line.level.is_some());
    let title = match (ranked, lines) {
        (Some(at), _) => at,
        (None, []) => return None,
        (None, [_]) => 0,
        (None, [first, second, rest @ ..]) => {
            let label = first.text.chars().count() <= KICKER && !first.text.contains([' ', '，', '！', '？']);
            let kicker = if rest.is_empty() { is_kicker(first, second) } else { label };
            usize::from(kicker)
        }
    };
    let joined = |lines: &[&Block]| (!lines.is_empty()).then(|| join(lines.iter().map(|line| &line.text)));
    Some(Head {
        kicker: joined(&lines[..title]),
        title: lines[title].text.clone(),
        subtitle: joined(&lines[title + 1..]),
        byline: Vec::new(),
        credits: Vec::new(),
        apart: lines[0].gap > 1,
    })
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
            items.push(Item::Byline(names(&block.text).unwrap_or_default(), block.source));
            continue;
        }
        if block.level.is_some() || block.gap > 0 {
            flush(&mut lines, items);
        }
        lines.push(&block.text);
    }
    flush(&mut lines, items);
}
