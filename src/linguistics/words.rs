//! How frequent words are, and how evenly they are spread. In: articles, and what to count in them. Out: a [`Table`], the most
//! frequent first.

use super::count::{Counted, Frequencies, Frequency, Tally, per_million, sieve};
use super::dispersion::Parts;
use super::items::{Items, Token};
use crate::index::Archive;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use rustc_hash::FxHashMap;
use tantivy::DocAddress;

/// What the parts of a corpus are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Articles.
    Article,
    /// Issues.
    Issue,
    /// Years of articles; those without a date are a part together.
    Year,
}

/// Frequencies as a table, and what they are of.
#[derive(Clone, Debug)]
pub struct Words {
    /// One row an item.
    pub table: Table,
    /// Tokens that were counted, those that are not listed as well.
    pub tokens: u64,
    /// Parts over which dispersion is told.
    pub parts: usize,
}

/// The frequencies of `items` in `articles`, of those that stand there `min` times at least.
pub fn words(
    archive: &Archive,
    articles: &[DocAddress],
    items: &Items,
    min: u64,
    dispersion: Option<Part>,
) -> anyhow::Result<Words> {
    let mut spread = dispersion.map(Spread::new);
    let sieve = sieve(archive, &[articles], items, min)?;
    let all = Frequencies::of(archive, articles, items, sieve.as_ref(), |article| {
        spread.iter_mut().for_each(|spread| spread.add(article));
    })?;
    let spread = spread.map(Spread::done);
    let mut table = Table::new("words", columns(items, all.tokens, dispersion));
    for (number, item, frequency) in all.ranked().into_iter().take_while(|(.., of)| of.count >= min.max(1)) {
        let mut row = row(item, frequency, all.tokens);
        if let Some((parts, counts)) = &spread {
            let of = parts.dispersion(counts.get(number as usize).map_or(&[], Vec::as_slice));
            row.extend([
                Cell::from(of.map(|of| of.dp)),
                of.and_then(|of| of.dp_norm).into(),
                of.and_then(|of| of.juilland_d).into(),
            ]);
        }
        table.rows.push(row);
    }
    let parts = spread.map_or(0, |(parts, _)| parts.count());
    Ok(Words { table: table.drawn(Shape::Bars, "item", "count", None, None), tokens: all.tokens, parts })
}

fn row(item: &str, of: Frequency, tokens: u64) -> Row {
    vec![
        item.into(),
        of.count.into(),
        per_million(of.count, tokens).into(),
        u64::from(of.articles).into(),
        u64::from(of.issues).into(),
    ]
}

fn columns(items: &Items, tokens: u64, dispersion: Option<Part>) -> Vec<Column> {
    let (what, of) = match (items.token, items.n) {
        (Token::Word, 1) => ("the word", "words"),
        (Token::Word, _) => ("the words, parted by spaces", "words"),
        (Token::Character, _) => ("the characters", "Han characters"),
    };
    let mut columns = vec![
        Column::new("item", Kind::Text, what),
        Column::new("count", Kind::Integer, "how often it stands in the selection"),
        Column::new("per_million", Kind::Number, format!("how often in a million of the selection's {tokens} {of}")),
        Column::new("articles", Kind::Integer, "articles that it stands in"),
        Column::new("issues", Kind::Integer, "issues that it stands in (range)"),
    ];
    if let Some(part) = dispersion {
        let over = match part {
            Part::Article => "articles",
            Part::Issue => "issues",
            Part::Year => "years",
        };
        columns.extend([
            Column::new(
                "dp",
                Kind::Number,
                format!("deviation of proportions over {over} (Gries 2008): 0 even, 1 uneven"),
            ),
            Column::new("dp_norm", Kind::Number, format!("normalised DP over {over} (Lijffijt & Gries 2012)")),
            Column::new("juilland_d", Kind::Number, format!("Juilland's D over {over} (1970): 1 even, 0 uneven")),
        ]);
    }
    columns
}

/// How often each item stands in each part.
struct Spread {
    part: Part,
    /// Parts by what they are, and their tokens.
    numbers: FxHashMap<String, u32>,
    sizes: Vec<u64>,
    /// By number of the item: number of the part, count.
    counts: Vec<Tally>,
}

impl Spread {
    fn new(part: Part) -> Self {
        Self { part, numbers: FxHashMap::default(), sizes: Vec::new(), counts: Vec::new() }
    }

    fn add(&mut self, article: &Counted<Tally>) {
        let name = match self.part {
            Part::Article => article.id.as_str(),
            Part::Issue => article.file(),
            Part::Year => article.year().unwrap_or_default(),
        };
        let next = self.sizes.len() as u32;
        let part = *self.numbers.entry(name.to_owned()).or_insert(next);
        if part == next {
            self.sizes.push(0);
        }
        self.sizes[part as usize] += article.tokens;
        for &(number, count) in &article.counts {
            let at = number as usize;
            if at >= self.counts.len() {
                self.counts.resize(at + 1, Vec::new());
            }
            let counts = &mut self.counts[at];
            // Articles and issues come one after the other, so a part that is not the last is a year, of which there are few.
            let held = match self.part {
                Part::Year => counts.iter_mut().find(|(held, _)| *held == part),
                _ => counts.last_mut().filter(|(held, _)| *held == part),
            };
            match held {
                Some((_, held)) => *held += count,
                None => counts.push((part, count)),
            }
        }
    }

    fn done(self) -> (Parts, Vec<Tally>) {
        (Parts::new(self.sizes), self.counts)
    }
}
