//! Things that are named together. In: two kinds of things, and which articles. Out: a table of pairs, and the graph that they
//! make.

use super::metrics::Answer;
use super::names::{mentions, things_of};
use super::select::Articles;
use crate::error::{Error, Result};
use crate::index::{Archive, Columns, NONE};
use crate::model::EntityKind;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use std::collections::BTreeMap;

/// Which pairs.
#[derive(Clone, Debug)]
pub struct Together {
    /// What sort of thing the first of a pair is.
    pub kind: EntityKind,
    /// And the second; of one kind, each pair is given once.
    pub with: EntityKind,
    /// Whether both must stand in one paragraph, and not only in one article.
    pub paragraph: bool,
    /// In how many places they must stand together at least.
    pub least: u64,
    /// Which articles are looked through.
    pub articles: Articles,
}

/// Pairs that are counted before they are put together with those counted before: 128 MB.
const BATCH: usize = 16 << 20;

/// Most pairs of a table.
const MOST: usize = 2_000_000;

/// What is counted: pairs by the codes of their names, and how many places have them.
type Counts = Vec<((u32, u32), u64)>;

/// Counts in how many places two things are named together.
pub fn together(archive: &Archive, question: &Together) -> Result<Answer> {
    let decisions = archive.decisions()?;
    let kinds = [question.kind, question.with];
    let mut columns = Columns::default();
    for kind in kinds {
        columns = super::key::Key::Name.read(columns, Some(kind), &decisions);
    }
    let columns = columns.text("within").text("kind").text("article").number("paragraph");
    let frame = archive.frame(&*mentions(archive, &question.articles, &kinds)?, &columns)?;
    let ([first, second, within, kind, article], [paragraph]) = (&frame.texts[..], &frame.numbers[..]) else {
        return Err(Error::Usage("a column is missing".to_owned()));
    };
    let things = [(question.kind, first), (question.with, second)];
    let [first, second] = things.map(|(wanted, names)| things_of(wanted, kind, names, within));
    // For each place, which names of the first kind and which of the second stand in it.
    let mut rows: Vec<(u32, i64, u8, u32)> = Vec::with_capacity(frame.rows);
    for (row, &paragraph) in paragraph.iter().enumerate() {
        let place = if question.paragraph { paragraph as i64 } else { 0 };
        for (side, names) in [(0, &first), (1, &second)] {
            rows.push((article.codes[row], place, side, names.codes[row]));
        }
    }
    rows.retain(|(.., name)| *name != NONE);
    rows.sort_unstable();
    rows.dedup();
    let (counts, single) = counts(&rows, question.kind == question.with);
    let named = |side: usize, code: u32| [&first, &second][side].get(code).unwrap_or_default().to_owned();
    let mut kept: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= question.least.max(1)).collect();
    if kept.len() > MOST {
        let advice = format!("ask for pairs in more places with --min {}", question.least.max(1) + 1);
        return Err(Error::Usage(format!("{} pairs are more than the {MOST} that are listed; {advice}", kept.len())));
    }
    // Codes are ranks of names, so that equal counts stand in order of their names.
    kept.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let row = |((a, b), both): &((u32, u32), u64)| -> Row {
        let (of_a, of_b) = (single[&(0, *a)], single[&(1, *b)]);
        let either = of_a + of_b;
        vec![
            named(0, *a).into(),
            named(1, *b).into(),
            (*both).into(),
            of_a.into(),
            of_b.into(),
            Cell::from(*both as f64 / (either - both) as f64),
            Cell::from(14.0 + (2.0 * *both as f64 / either as f64).log2()),
        ]
    };
    let mut table = Table::new("together", columns_of(question));
    table.rows = kept.iter().map(row).collect();
    let (x, y) = (table.columns[0].name.to_string(), table.columns[1].name.to_string());
    let coverage = super::metrics::coverage(archive, &question.articles, &[])?;
    Ok(Answer { table: table.drawn(Shape::Heat, &x, "together", Some(&y), None), coverage })
}

/// How many places have each pair, and each name of either side, where rows are in order of places.
fn counts(rows: &[(u32, i64, u8, u32)], is_one_kind: bool) -> (Counts, BTreeMap<(u8, u32), u64>) {
    let (mut counted, mut pairs, mut single) = (Counts::new(), Vec::new(), BTreeMap::new());
    for place in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (first, second) = place.split_at(place.partition_point(|(.., side, _)| *side == 0));
        place.iter().for_each(|&(.., side, name)| *single.entry((side, name)).or_default() += 1);
        for (.., a) in first {
            let after = if is_one_kind { second.partition_point(|(.., b)| b <= a) } else { 0 };
            pairs.extend(second[after..].iter().map(|(.., b)| (*a, *b)));
        }
        if pairs.len() >= BATCH {
            counted = merged(counted, &mut pairs);
        }
    }
    (merged(counted, &mut pairs), single)
}

/// `counted` with `pairs`, of which it leaves none.
fn merged(counted: Counts, pairs: &mut Vec<(u32, u32)>) -> Counts {
    pairs.sort_unstable();
    let new: Counts = pairs.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect();
    pairs.clear();
    if counted.is_empty() {
        return new;
    }
    let mut all = [counted, new].concat();
    all.sort_by_key(|(pair, _)| *pair);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    all
}

fn columns_of(question: &Together) -> Vec<Column> {
    let place = if question.paragraph { "paragraphs" } else { "articles" };
    let (a, b) = (question.kind.as_str(), question.with.as_str());
    let b = if a == b { format!("other_{b}") } else { b.to_owned() };
    let count = |name: String, about: String| Column::new(name, Kind::Integer, about);
    vec![
        Column::new(a, Kind::Text, "the one"),
        Column::new(b.clone(), Kind::Text, "the other"),
        count("together".to_owned(), format!("{place} that name both")),
        count(format!("of_{a}"), format!("{place} that name the one")),
        count(format!("of_{b}"), format!("{place} that name the other")),
        Column::new("jaccard", Kind::Number, "share of both among those that name either (Jaccard 1901)"),
        Column::new(
            "log_dice",
            Kind::Number,
            "14 + log2 of twice both over the one and the other (Rychlý 2008); at most 14",
        ),
    ]
}

/// The graph of a table of pairs: a node for each name, an edge for each pair.
pub fn graph(question: &Together, pairs: &Table) -> (Table, Table) {
    let kinds = [question.kind, question.with];
    let mut nodes: BTreeMap<(&str, String), Cell> = BTreeMap::new();
    let id = |side: usize, name: &Cell| (kinds[side].as_str(), text(name));
    for row in &pairs.rows {
        for side in 0..2 {
            nodes.insert(id(side, &row[side]), row[3 + side].clone());
        }
    }
    let key = |(kind, name): &(&str, String)| format!("{kind}:{name}");
    let mut of_nodes = Table::new(
        "nodes",
        vec![
            Column::new("id", Kind::Text, "kind and name"),
            Column::new("label", Kind::Text, "name"),
            Column::new("kind", Kind::Text, "what sort of thing"),
            Column::new("places", Kind::Integer, "articles or paragraphs that name it"),
        ],
    );
    of_nodes.rows = nodes
        .iter()
        .map(|(node, places)| vec![key(node).into(), node.1.clone().into(), node.0.into(), places.clone()])
        .collect();
    let mut edges = Table::new(
        "edges",
        vec![
            Column::new("source", Kind::Text, "one end"),
            Column::new("target", Kind::Text, "the other"),
            Column::new("weight", Kind::Integer, "articles or paragraphs that name both"),
            Column::new("jaccard", Kind::Number, "share of both among those that name either"),
        ],
    );
    edges.rows = pairs
        .rows
        .iter()
        .map(|row| vec![key(&id(0, &row[0])).into(), key(&id(1, &row[1])).into(), row[2].clone(), row[5].clone()])
        .collect();
    (of_nodes, edges)
}

fn text(cell: &Cell) -> String {
    if let Cell::Text(text) = cell { text.clone() } else { String::new() }
}
