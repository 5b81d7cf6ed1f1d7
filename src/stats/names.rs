//! Names as data. In: a kind of thing, which articles, and what to count by. Out: a table of how often things are named, where
//! and when.

use super::Coverage;
use super::group::Groups;
use super::key::{Key, order};
use super::metrics::Answer;
use super::select::Articles;
use crate::error::{Error, Result};
use crate::index::{Archive, Columns, NONE, Texts, Unit, exactly, schema::row, units_of};
use crate::model::EntityKind;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use tantivy::query::{BooleanQuery, Query};

/// What to count.
#[derive(Clone, Debug)]
pub struct Names {
    /// What sort of thing.
    pub kind: EntityKind,
    /// Only names that have this in them, as search compares texts.
    pub like: Option<String>,
    /// Which articles are looked through.
    pub articles: Articles,
    /// What to count by; nothing for names, with the unit that they lie in where things of their kind are told apart by it.
    pub by: Vec<Key>,
}

/// Finds the mentions of things of `kinds` in `articles`.
pub(super) fn mentions(archive: &Archive, articles: &Articles, kinds: &[EntityKind]) -> Result<Box<dyn Query>> {
    let field = archive.fields().kind;
    let of_kinds = BooleanQuery::union(kinds.iter().map(|kind| exactly(field, kind.as_str())).collect());
    Ok(Box::new(BooleanQuery::intersection(vec![articles.rows(archive, row::MENTION)?, Box::new(of_kinds)])))
}

/// Counts the mentions of things.
pub fn names(archive: &Archive, names: &Names) -> Result<Answer> {
    let keys = keys(names);
    let decisions = archive.decisions()?;
    let mut columns = Columns::default();
    for key in keys.iter().chain(&[Key::Name, Key::Within]) {
        columns = key.read(columns, Some(names.kind), &decisions);
    }
    columns = columns.text("article").text("issue_id").text("date");
    let mut frame = archive.frame(&*mentions(archive, &names.articles, &[names.kind])?, &columns)?;
    let (by, rest) = frame.texts.split_at_mut(keys.len());
    let [name, within, article, issue, date] = rest else {
        return Err(Error::Usage("a column is missing".to_owned()));
    };
    if has_places(names.kind) {
        settle(name, within);
        let of_key = by.iter_mut().zip(&keys).find(|(_, key)| **key == Key::Within);
        of_key.into_iter().for_each(|(column, _)| column.codes.clone_from(&within.codes));
    }
    let things = things(names.kind, name, within);
    let like = names.like.as_ref().map(|like| units_of(like));
    let is_like = |name: &String| {
        let has = |like: &Vec<Unit>| units_of(name).windows(like.len().max(1)).any(|part| part == like);
        like.as_ref().is_none_or(has)
    };
    let is_like: Vec<bool> = name.known.iter().map(is_like).collect();
    let is_kept = |row: usize| name.codes[row] != NONE && is_like[name.codes[row] as usize];
    let by: Vec<&Texts> = by.iter().collect();
    let groups = Groups::of(frame.rows, is_kept, &by);
    let sizes = groups.sizes();
    let (distinct, articles, issues) = (groups.distinct(&things), groups.distinct(article), groups.distinct(issue));
    let ends = groups.ends(date);
    let row = |group: usize| -> Row {
        let codes = groups.codes(group);
        let named = |(at, key): (usize, &Key)| key.cell(by[at].get(codes[at]));
        let end = |end: fn((u32, u32)) -> u32| Cell::from(ends[group].map(end).and_then(|code| date.get(code)));
        let mut row: Row = keys.iter().enumerate().map(named).collect();
        if !keys.contains(&Key::Name) {
            row.push(distinct[group].into());
        }
        row.extend([sizes[group].into(), articles[group].into(), issues[group].into()]);
        row.extend([end(|(first, _)| first), end(|(_, last)| last)]);
        row
    };
    let rows = order(&keys, &groups).into_par_iter().map(row).collect();
    let mut table = Table::new(plural(names.kind), columns_of(&keys));
    table.rows = rows;
    Ok(Answer { table: drawn(table, &keys), coverage: coverage(archive, names)? })
}

/// Whether things of a kind are told apart by the unit that they lie in.
fn has_places(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Grid | EntityKind::Community)
}

/// Gives names whose unit no article shows the only unit that has the name, as `authority` does.
fn settle(names: &Texts, within: &mut Texts) {
    let mut units: FxHashMap<u32, Option<u32>> = FxHashMap::default();
    for (&name, &unit) in names.codes.iter().zip(&within.codes).filter(|(_, unit)| **unit != NONE) {
        units.entry(name).and_modify(|known| *known = known.filter(|known| *known == unit)).or_insert(Some(unit));
    }
    for (name, unit) in names.codes.iter().zip(&mut within.codes).filter(|(_, unit)| **unit == NONE) {
        *unit = units.get(name).copied().flatten().unwrap_or(NONE);
    }
}

/// What names name: `within` is settled. A name that several units have stands with its unit, `第一网格（荷堰街道）`.
fn things(kind: EntityKind, names: &Texts, within: &Texts) -> Texts {
    if !has_places(kind) {
        return Texts { known: names.known.clone(), codes: names.codes.clone() };
    }
    let pairs = || names.codes.iter().copied().zip(within.codes.iter().copied());
    let of_rows: BTreeSet<(u32, u32)> = pairs().filter(|(name, _)| *name != NONE).collect();
    let mut units: FxHashMap<u32, usize> = FxHashMap::default();
    of_rows.iter().for_each(|(name, _)| *units.entry(*name).or_default() += 1);
    let mut known = Vec::with_capacity(of_rows.len());
    let mut codes: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    // Codes are ranks, so pairs of them are in order of name and unit.
    for (code, (name, unit)) in (0..).zip(of_rows) {
        let shown = names.get(name).unwrap_or_default();
        known.push(match within.get(unit).filter(|_| units.get(&name).is_some_and(|units| *units > 1)) {
            Some(unit) => format!("{shown}（{unit}）"),
            None => shown.to_owned(),
        });
        codes.insert((name, unit), code);
    }
    Texts { known, codes: pairs().map(|pair| codes.get(&pair).copied().unwrap_or(NONE)).collect() }
}

/// The things that the rows of `kind` name; rows of other kinds name none.
pub(super) fn things_of(kind: EntityKind, kinds: &Texts, names: &Texts, within: &Texts) -> Texts {
    let of_kind = |column: &Texts| Texts {
        known: column.known.clone(),
        codes: (0..column.codes.len())
            .map(|row| if kinds.at(row) == Some(kind.as_str()) { column.codes[row] } else { NONE })
            .collect(),
    };
    let (names, mut within) = (of_kind(names), of_kind(within));
    settle(&names, &mut within);
    things(kind, &names, &within)
}

fn plural(kind: EntityKind) -> String {
    let word = kind.as_str();
    word.strip_suffix('y').map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"))
}

fn keys(names: &Names) -> Vec<Key> {
    match (&names.by[..], names.kind) {
        ([], EntityKind::Grid | EntityKind::Community) => vec![Key::Name, Key::Within],
        ([], _) => vec![Key::Name],
        (by, _) => by.to_vec(),
    }
}

fn columns_of(keys: &[Key]) -> Vec<Column> {
    let count = |name, about| Column::new(name, Kind::Integer, about);
    let mut columns: Vec<Column> = keys.iter().map(|key| key.column()).collect();
    if !keys.contains(&Key::Name) {
        columns.push(count(
            "names",
            "different things: of grids and communities, names in different units are different",
        ));
    }
    columns.extend([
        count("mentions", "how often they are mentioned"),
        count("articles", "articles that mention them"),
        count("issues", "issues that mention them"),
        Column::new("first", Kind::Text, "date of the earliest article that does, ISO 8601, as exact as known"),
        Column::new("last", Kind::Text, "date of the latest"),
    ]);
    columns
}

fn drawn(table: Table, keys: &[Key]) -> Table {
    let count = if keys.contains(&Key::Name) { "mentions" } else { "names" };
    let time = keys.iter().find(|key| key.is_time());
    let mut others = keys.iter().filter(|key| !key.is_time());
    let (first, second) = (others.next(), others.next());
    match (time, first) {
        (Some(time), other) => table.drawn(Shape::Lines, time.as_str(), count, other.map(|key| key.as_str()), None),
        (None, Some(Key::Name)) => table.drawn(Shape::Bars, "name", count, None, None).detailed("within"),
        (None, Some(x)) => match second {
            Some(y) => table.drawn(Shape::Heat, x.as_str(), count, Some(y.as_str()), None),
            None => table.drawn(Shape::Bars, x.as_str(), count, None, None),
        },
        (None, None) => table,
    }
}

fn coverage(archive: &Archive, names: &Names) -> Result<Coverage> {
    super::metrics::coverage(archive, &names.articles, &names.by)
}
