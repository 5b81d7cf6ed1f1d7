//! Which words stand near a word. In: articles and a [`Node`]. Out: a [`Table`], the strongest collocates first.
//!
//! Counts are of tokens (Evert 2008, surface cooccurrence): a token counts once, however many nodes it is near; the node's own are not
//! counted at all. Near is what lies in the window, within its headline or paragraph, or in the sentence.

use super::association::{Contingency, log_dice};
use super::count::counted_texts;
use super::items::{Items, Token, is_function_word};
use super::node::Node;
use super::tokens::{Cut, Parting, is_number};
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::index::Archive;
use crate::table::{Column, Kind, Row, Shape, Table};
use std::ops::Range;
use tantivy::DocAddress;

/// How far a node reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// So many words to the left and to the right, in the same headline or paragraph; marks are not counted.
    Window(usize, usize),
    /// The words of its sentence.
    Sentence,
}

/// Measures of association, by which collocates are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Log-likelihood; collocates that are rarer than expected stand last.
    LogLikelihood,
    /// Mutual information.
    Mi,
    /// t-score.
    T,
    /// logDice.
    LogDice,
}

impl Measure {
    /// The column that has it.
    fn column(self) -> &'static str {
        match self {
            Self::LogLikelihood => "log_likelihood",
            Self::Mi => "mi",
            Self::T => "t",
            Self::LogDice => "log_dice",
        }
    }
}

/// Collocates as a table, and what they are of.
#[derive(Clone, Debug)]
pub struct Collocations {
    /// One row a word.
    pub table: Table,
    /// How often the node stands there.
    pub nodes: u64,
    /// Tokens that are near one.
    pub near: u64,
    /// Tokens of the articles.
    pub tokens: u64,
}

/// How often a word stands near a node, and anywhere.
#[derive(Clone, Copy, Debug, Default)]
struct Collocate {
    near: u64,
    all: u64,
    articles: u64,
    last: u64,
}

/// Counts of some articles.
#[derive(Default)]
struct Counts {
    vocabulary: Vocabulary,
    of: Vec<Collocate>,
    nodes: u64,
    near: u64,
    tokens: u64,
    outside: u64,
    articles: u64,
}

/// The collocates of `node` in `articles`, of those that stand near it `min` times at least and that `items` lists.
pub fn collocations(
    archive: &Archive,
    articles: &[DocAddress],
    node: &Node,
    (reach, items): (Reach, &Items),
    min: u64,
    by: Measure,
) -> anyhow::Result<Collocations> {
    let mut all = Counts::default();
    archive.batches(
        articles,
        |batch| count(archive, batch, node, reach),
        |batch| {
            all.merge(&batch);
            Ok(())
        },
    )?;
    let mut found: Vec<(f64, &str, Row)> = all
        .vocabulary
        .words()
        .zip(&all.of)
        .filter(|(word, of)| of.near >= min.max(1) && listed(items, word))
        .map(|(word, of)| {
            let (key, row) = all.row(word, *of, by);
            (key, word, row)
        })
        .collect();
    found.sort_by(|(a, word, _), (b, other, _)| b.total_cmp(a).then_with(|| word.cmp(other)));
    let mut table = Table::new("collocations", columns());
    table.rows = found.into_iter().map(|(.., row)| row).collect();
    let table = table.drawn(Shape::Bars, "collocate", by.column(), None, None).detailed("direction");
    Ok(Collocations { table, nodes: all.nodes, near: all.near, tokens: all.tokens })
}

fn listed(items: &Items, word: &str) -> bool {
    debug_assert_eq!(items.token, Token::Word);
    (items.numbers || !is_number(word)) && !(items.content && is_function_word(word))
}

impl Counts {
    fn merge(&mut self, other: &Self) {
        for (word, of) in other.vocabulary.words().zip(&other.of) {
            let held = slot(&mut self.vocabulary, &mut self.of, word);
            held.near += of.near;
            held.all += of.all;
            held.articles += of.articles;
        }
        self.nodes += other.nodes;
        self.near += other.near;
        self.tokens += other.tokens;
        self.outside += other.outside;
    }

    fn add(&mut self, cut: &Cut, nodes: &[Range<usize>], reach: Reach) {
        let near = near(cut, nodes, reach);
        let mut nodes = nodes.iter().peekable();
        self.tokens += cut.words.len() as u64;
        for (at, word) in cut.words.iter().enumerate() {
            while nodes.next_if(|node| node.end <= at).is_some() {
                self.nodes += 1;
            }
            if nodes.peek().is_some_and(|node| node.contains(&at)) {
                continue;
            }
            let article = self.articles;
            let of = slot(&mut self.vocabulary, &mut self.of, cut.text(word));
            of.all += 1;
            self.outside += 1;
            if near.get(at) == Some(&true) {
                of.near += 1;
                self.near += 1;
                if of.last != article {
                    (of.last, of.articles) = (article, of.articles + 1);
                }
            }
        }
        self.nodes += nodes.count() as u64;
    }

    /// The row of a word, and what it is put in order by.
    fn row(&self, word: &str, of: Collocate, by: Measure) -> (f64, Row) {
        let table = Contingency::of_margins(of.near, self.near, of.all, self.outside);
        let expected = table.expected();
        let attracted = of.near as f64 > expected;
        let log_likelihood = table.log_likelihood();
        let (mi, t) = (table.mutual_information(), table.t_score());
        let dice = log_dice(of.near, self.nodes, of.all);
        let key = match by {
            Measure::LogLikelihood if attracted => log_likelihood,
            Measure::LogLikelihood => -log_likelihood,
            Measure::Mi => mi,
            Measure::T => t,
            Measure::LogDice => dice,
        };
        let row = vec![
            word.into(),
            if attracted { "attracts" } else { "repels" }.into(),
            of.near.into(),
            expected.into(),
            of.all.into(),
            of.articles.into(),
            log_likelihood.into(),
            mi.into(),
            t.into(),
            dice.into(),
        ];
        (key, row)
    }
}

fn slot<'a>(words: &mut Vocabulary, of: &'a mut Vec<Collocate>, word: &str) -> &'a mut Collocate {
    let at = words.number(word) as usize;
    if at >= of.len() {
        of.resize(at + 1, Collocate::default());
    }
    &mut of[at]
}

fn count(archive: &Archive, batch: &[DocAddress], node: &Node, reach: Reach) -> Result<Counts> {
    let mut counts = Counts::default();
    for &address in batch {
        let record = archive.record(address)?;
        counts.articles += 1;
        for text in counted_texts(&record) {
            let cut = Cut::of(text);
            let nodes = node.places(&cut);
            counts.add(&cut, &nodes, reach);
        }
    }
    Ok(counts)
}

/// Which words are near a node; empty where there is none.
fn near(cut: &Cut, nodes: &[Range<usize>], reach: Reach) -> Vec<bool> {
    if nodes.is_empty() {
        return Vec::new();
    }
    let mut near = vec![false; cut.words.len()];
    for node in nodes {
        let reached = match reach {
            Reach::Window(left, right) => {
                node.start.saturating_sub(left)..node.end.saturating_add(right).min(near.len())
            }
            Reach::Sentence => sentence(cut, node),
        };
        near.get_mut(reached).into_iter().for_each(|words| words.fill(true));
    }
    near
}

/// The words of the sentence, or of the sentences, that a node stands in.
fn sentence(cut: &Cut, node: &Range<usize>) -> Range<usize> {
    let begins = |at: &usize| cut.words.get(*at).is_some_and(|word| word.before == Parting::Sentence);
    let start = (0..=node.start).rev().find(begins).unwrap_or(0);
    let end = (node.end..cut.words.len()).find(begins).unwrap_or(cut.words.len());
    start..end
}

fn columns() -> Vec<Column> {
    let number = |name: &'static str, about: &'static str| Column::new(name, Kind::Number, about);
    let integer = |name: &'static str, about: &'static str| Column::new(name, Kind::Integer, about);
    vec![
        Column::new("collocate", Kind::Text, "the word"),
        Column::new(
            "direction",
            Kind::Text,
            "`attracts` where it stands near more often than expected, else `repels`",
        ),
        integer("observed", "how often it stands near the node (O11)"),
        number("expected", "how often it would if the two had nothing to do with each other (E11 = R1 C1 / N)"),
        integer("count", "how often it stands in the selection, within nodes not counted (C1)"),
        integer("articles", "articles in which it stands near the node"),
        number("log_likelihood", "log-likelihood ratio G², four cells (Dunning 1993)"),
        number("mi", "mutual information, log2(O11 / E11), in bits (Church & Hanks 1990)"),
        number("t", "t-score, (O11 − E11) / √O11 (Church et al. 1991)"),
        number("log_dice", "logDice, 14 + log2(2 O11 / (f(node) + C1)) (Rychlý 2008)"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts of `word` as near, all; and nodes, near, outside.
    fn counted(text: &str, node: &str, reach: Reach, word: &str) -> ([u64; 2], [u64; 3]) {
        let (mut counts, cut) = (Counts { articles: 1, ..Counts::default() }, Cut::of(text));
        counts.add(&cut, &Node::new(node, false).expect("a word").places(&cut), reach);
        let of = counts.vocabulary.known(word).map_or_else(Collocate::default, |at| counts.of[at as usize]);
        ([of.near, of.all], [counts.nodes, counts.near, counts.outside])
    }

    #[test]
    fn counts_what_is_near() {
        // 小区 停车 贵 | 居民 停车 贵 || 小区 好 | 居民 走 了
        let text = "小区停车贵，居民停车贵。小区好，居民走了";
        assert_eq!(counted(text, "停车", Reach::Window(1, 1), "贵"), ([2, 2], [2, 4, 9]));
        assert_eq!(counted(text, "停车", Reach::Window(0, 1), "小区"), ([0, 2], [2, 2, 9]));
        assert_eq!(counted(text, "停车", Reach::Window(9, 9), "小区"), ([2, 2], [2, 9, 9]));
        assert_eq!(counted(text, "停车", Reach::Sentence, "小区"), ([1, 2], [2, 4, 9]));
        assert_eq!(counted(text, "停车", Reach::Sentence, "停车"), ([0, 0], [2, 4, 9]));
        assert_eq!(counted(text, "电梯", Reach::Sentence, "停车"), ([0, 2], [0, 0, 11]));
    }
}
