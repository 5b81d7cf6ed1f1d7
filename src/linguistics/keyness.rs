//! Which words mark some articles against others. In: two lists of articles. Out: a [`Table`], the surest difference first.

use super::contrast::Contrast;
use super::count::{Frequencies, Frequency, per_million, sieve};
use super::items::Items;
use crate::index::Archive;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use tantivy::DocAddress;

/// Key words as a table, and what they are of.
#[derive(Clone, Debug)]
pub struct Keyness {
    /// One row an item.
    pub table: Table,
    /// Tokens of both.
    pub tokens: [u64; 2],
}

/// What to list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Listed {
    /// Items that stand so many times at least, in both together.
    pub min: u64,
    /// Differences of at most this probability.
    pub p: f64,
    /// Log-likelihood of four cells instead of two.
    pub four_cells: bool,
}

/// What marks the articles `of` against the articles `against`.
pub fn keyness(
    archive: &Archive,
    [of, against]: [&[DocAddress]; 2],
    items: &Items,
    listed: Listed,
) -> anyhow::Result<Keyness> {
    let sieve = sieve(archive, &[of, against], items, listed.min)?;
    let ours = Frequencies::of(archive, of, items, sieve.as_ref(), |_| ())?;
    let theirs = Frequencies::of(archive, against, items, sieve.as_ref(), |_| ())?;
    let none = Frequency::default();
    let alone = theirs.vocabulary.words().filter(|item| ours.vocabulary.known(item).is_none());
    let mut found: Vec<(f64, &str, Row)> = Vec::new();
    for item in ours.vocabulary.words().chain(alone) {
        let [our, their] = [ours.get(item).unwrap_or(none), theirs.get(item).unwrap_or(none)];
        let contrast =
            Contrast { count: our.count, size: ours.tokens, count_against: their.count, size_against: theirs.tokens };
        let g = if listed.four_cells { contrast.log_likelihood_of_four() } else { contrast.log_likelihood() };
        if our.count + their.count >= listed.min.max(1) && Contrast::p(g) <= listed.p {
            found.push((g, item, row(item, &contrast, g, [our, their])));
        }
    }
    found.sort_unstable_by(|(a, item, _), (b, other, _)| b.total_cmp(a).then_with(|| item.cmp(other)));
    let mut table = Table::new("keyness", columns(listed.four_cells));
    table.rows = found.into_iter().map(|(.., row)| row).collect();
    let tokens = [ours.tokens, theirs.tokens];
    Ok(Keyness { table: table.drawn(Shape::Bars, "item", "log_ratio", None, None), tokens })
}

fn row(item: &str, contrast: &Contrast, g: f64, [our, their]: [Frequency; 2]) -> Row {
    vec![
        item.into(),
        if contrast.is_more() { "more" } else { "less" }.into(),
        our.count.into(),
        their.count.into(),
        per_million(our.count, contrast.size).into(),
        per_million(their.count, contrast.size_against).into(),
        g.into(),
        Contrast::p(g).into(),
        contrast.bayes(g).into(),
        // A percentage of nothing is none.
        Cell::from(contrast.diff_percent()),
        contrast.log_ratio().into(),
        u64::from(our.articles).into(),
        u64::from(their.articles).into(),
    ]
}

fn columns(four_cells: bool) -> Vec<Column> {
    let number = |name: &'static str, about: &'static str| Column::new(name, Kind::Number, about);
    let integer = |name: &'static str, about: &'static str| Column::new(name, Kind::Integer, about);
    let g = if four_cells {
        "log-likelihood ratio G², four cells (Dunning 1993)"
    } else {
        "log-likelihood ratio G², two cells (Rayson & Garside 2000)"
    };
    vec![
        Column::new("item", Kind::Text, "the word, or the n-gram"),
        Column::new("direction", Kind::Text, "`more` where it is more frequent in the first, `less` where less"),
        integer("count", "how often it stands in the first"),
        integer("count_against", "how often it stands in the second"),
        number("per_million", "how often in a million tokens of the first"),
        number("per_million_against", "how often in a million tokens of the second"),
        number("log_likelihood", g),
        number("p", "probability of such a log-likelihood by chance, one degree of freedom; 0 below 1e-308"),
        number(
            "bic",
            "G² − ln N: evidence for a difference, from 2 on positive, 6 strong, 10 very strong (Wilson 2013)",
        ),
        number(
            "diff_percent",
            "%DIFF, 100 (first − second) / second of the relative frequencies; null where the second has none (Gabrielatos & Marchi 2012)",
        ),
        number(
            "log_ratio",
            "binary logarithm of the ratio of the relative frequencies, 0.5 for a count of 0 (Hardie 2014)",
        ),
        integer("articles", "articles of the first that it stands in"),
        integer("articles_against", "articles of the second that it stands in"),
    ]
}
