//! Figures as data. In: which figures, and what to count them by. Out: a table with a row for each group, units never mixed.
//!
//! What cannot be added up is not: the sum of shares, rates and degrees is null (`metric::size`). Figures that are given as
//! about, or as a limit, count like others, and a column says how many of them there are. Ranges, and numbers too large to
//! hold, have no value of their own: they are counted, and stand in no sum.

use super::Coverage;
use super::group::Groups;
use super::key::{Key, order, year};
use super::select::{Articles, Figures};
use super::summary::Summary;
use crate::error::Result;
use crate::index::{Archive, Columns, Frame, NONE, Texts};
use crate::metric::size::adds_up;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// What to count.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Which figures.
    pub figures: Figures,
    /// What to count them by, besides their unit.
    pub by: Vec<Key>,
    /// Only those in a cell: the value that a key has, or none.
    pub cells: Vec<(Key, Option<String>)>,
    /// Whether a figure that is told several times counts once.
    pub distinct: bool,
}

/// A table, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The table.
    pub table: Table,
    /// What it rests on: the articles that were looked through.
    pub coverage: Coverage,
}

/// Which figures were selected: for each article, by its id, the places of its figures in its list.
pub type Selected = BTreeMap<String, Vec<usize>>;

/// Counts figures.
pub fn metrics(archive: &Archive, question: &Question) -> Result<Answer> {
    let unit = (!question.by.contains(&Key::Unit)).then_some(Key::Unit);
    let keys: Vec<Key> = question.by.iter().copied().chain(unit).collect();
    let loaded = Loaded::read(archive, question, &keys)?;
    let table = table(&keys, &loaded);
    let mut coverage = coverage(archive, &question.figures.articles, &question.by)?;
    if table.rows.is_empty() {
        coverage.notes.extend(question.figures.unknown(archive)?);
    }
    Ok(Answer { table, coverage })
}

/// The figures that [`metrics`] counts.
pub fn select(archive: &Archive, question: &Question) -> Result<Selected> {
    let loaded = Loaded::read(archive, question, &[])?;
    let mut selected = Selected::new();
    for row in loaded.rows() {
        if let Some(article) = loaded.article().at(row) {
            selected.entry(article.to_owned()).or_default().push(loaded.ordinal()[row] as usize);
        }
    }
    selected.values_mut().for_each(|figures| figures.sort_unstable());
    Ok(selected)
}

/// The columns that stand behind those of the keys, in this order.
const TEXTS: [&str; 3] = ["article", "issue_id", "bound"];
const NUMBERS: [&str; 4] = ["value", "low", "approx", "ordinal"];

/// And behind these, where a figure that is told twice counts once: what makes it one, and which of the two was told first.
const TWIN_TEXTS: [&str; 7] = ["subject", "unit", "change", "basis", "community", "grid", "division"];
const TWIN_NUMBERS: [&str; 2] = ["high", "from"];

/// Figures by columns, and which of them are kept.
struct Loaded {
    frame: Frame,
    keys: usize,
    kept: Vec<bool>,
}

impl Loaded {
    fn read(archive: &Archive, question: &Question, keys: &[Key]) -> Result<Self> {
        let decisions = archive.decisions()?;
        let cells = question.cells.iter().map(|(key, _)| key);
        let mut columns = Columns::default();
        for key in keys.iter().chain(cells) {
            columns = key.read(columns, None, &decisions);
        }
        columns = TEXTS.into_iter().fold(columns, Columns::text);
        columns = NUMBERS.into_iter().fold(columns, Columns::number);
        if question.distinct {
            columns = TWIN_TEXTS.into_iter().fold(columns, Columns::text);
            columns = columns.text_read("time", year).text("date").text("issue");
            columns = TWIN_NUMBERS.into_iter().fold(columns, Columns::number);
        }
        let frame = archive.frame(&*question.figures.find(archive)?, &columns)?;
        let mut kept = vec![true; frame.rows];
        for ((_, value), column) in question.cells.iter().zip(&frame.texts[keys.len()..]) {
            let wanted = value.as_ref().map_or(Ok(NONE as usize), |value| column.known.binary_search(value));
            let is_in = |code: u32| wanted.is_ok_and(|wanted| wanted == code as usize);
            kept.iter_mut().zip(&column.codes).for_each(|(kept, &code)| *kept &= is_in(code));
        }
        let mut loaded = Self { keys: keys.len() + question.cells.len(), frame, kept };
        if question.distinct {
            loaded.keep_first();
        }
        Ok(loaded)
    }

    fn text(&self, at: usize) -> &Texts {
        &self.frame.texts[self.keys + at]
    }

    fn article(&self) -> &Texts {
        self.text(0)
    }

    fn ordinal(&self) -> &[f64] {
        &self.frame.numbers[3]
    }

    /// The rows that are kept.
    fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.frame.rows).filter(|&row| self.kept[row])
    }

    /// Of figures that are told twice, keeps the one that was told first. They are twins if subject, unit, numbers, change,
    /// what it is measured against, the units they speak of and the year they speak of are the same. A figure without a
    /// subject has no twin: nobody could say that both are of one thing.
    fn keep_first(&mut self) {
        let texts = &self.frame.texts[self.keys + TEXTS.len()..];
        let numbers = [&self.frame.numbers[..2], &self.frame.numbers[NUMBERS.len()..]].concat();
        let (twins, told) = texts.split_at(TWIN_TEXTS.len() + 1);
        let order = |&row: &usize| {
            let date = told[0].codes[row];
            (date, told[1].codes[row], self.text(1).codes[row], self.article().codes[row], self.ordinal()[row] as u64)
        };
        let mut rows: Vec<usize> = self.rows().filter(|&row| twins[0].codes[row] != NONE).collect();
        rows.sort_by_cached_key(order);
        let mut known: FxHashSet<(Vec<u32>, Vec<u64>)> = FxHashSet::default();
        let mut again = Vec::new();
        for row in rows {
            let texts: Vec<u32> = twins.iter().map(|column| column.codes[row]).collect();
            let numbers = numbers.iter().map(|column| column[row].to_bits()).collect();
            if !known.insert((texts, numbers)) {
                again.push(row);
            }
        }
        again.into_iter().for_each(|row| self.kept[row] = false);
    }
}

fn table(keys: &[Key], loaded: &Loaded) -> Table {
    let frame = &loaded.frame;
    let columns: Vec<&Texts> = frame.texts.iter().take(keys.len()).collect();
    let groups = Groups::of(frame.rows, |row| loaded.kept[row], &columns);
    let (value, low, approx) = (&frame.numbers[0], &frame.numbers[1], &frame.numbers[2]);
    let bound = &loaded.text(2).codes;
    let counts = [groups.sizes(), groups.distinct(loaded.article()), groups.distinct(loaded.text(1))];
    let marks = [
        groups.count(|row| approx[row] == 1.0),
        groups.count(|row| bound[row] != NONE),
        groups.count(|row| !low[row].is_nan()),
        groups.count(|row| low[row].is_nan() && value[row].is_nan()),
    ];
    let summaries = groups.of_numbers(value, Summary::of);
    let unit = keys.iter().position(|key| *key == Key::Unit);
    let row = |group: usize| -> Row {
        let codes = groups.codes(group);
        let named = |(at, key): (usize, &Key)| key.cell(columns[at].get(codes[at]));
        let unit = unit.and_then(|at| columns[at].get(codes[at]));
        let summary = summaries[group];
        let sum = summary.filter(|_| adds_up(unit)).map(|summary| summary.sum);
        let five = |at: usize| Cell::from(summary.map(|summary| summary.five[at]));
        let mut row: Row = keys.iter().enumerate().map(named).collect();
        row.extend(counts.iter().map(|count| Cell::from(count[group])));
        row.extend([sum.into(), summary.map(|summary| summary.mean).into()]);
        row.extend((0..5).map(five));
        row.extend(marks.iter().map(|count| Cell::from(count[group])));
        row
    };
    let rows = order(keys, &groups).into_par_iter().map(row).collect();
    let mut table = Table::new("metrics", keys.iter().map(|key| key.column()).chain(measures()).collect());
    table.rows = rows;
    drawn(table, keys)
}

fn measures() -> impl Iterator<Item = Column> {
    let count = |name, about| Column::new(name, Kind::Integer, about);
    let number = |name, about| Column::new(name, Kind::Number, about);
    [
        count("count", "figures"),
        count("articles", "articles that they stand in"),
        count("issues", "issues that they stand in"),
        number("sum", "sum of values; null where they do not add up: shares, rates, degrees, no unit"),
        number("mean", "arithmetic mean of values"),
        number("min", "least value"),
        number("q1", "first quartile (Hyndman and Fan 1996, definition 7)"),
        number("median", "median"),
        number("q3", "third quartile"),
        number("max", "greatest value"),
        count("approx", "of them given as about (约, 近, 余, 多, 左右)"),
        count("bounded", "of them given as a limit (超, 以上, 不足, 以内)"),
        count("ranges", "of them ranges, which have no value of their own and stand in no measure"),
        count("too_large", "of them too large to hold, likewise"),
    ]
    .into_iter()
}

/// The picture: lines where a key is a time, else bars; of means where there is no sum.
fn drawn(table: Table, keys: &[Key]) -> Table {
    let time = keys.iter().find(|key| key.is_time());
    let mut others = keys.iter().filter(|key| !key.is_time() && **key != Key::Unit);
    let other = others.next().map(|key| key.as_str());
    match time {
        Some(time) => table.drawn(Shape::Lines, time.as_str(), "mean", other, Some("unit")),
        None => match (other, others.next()) {
            (Some(x), Some(y)) => table.drawn(Shape::Heat, x, "count", Some(y.as_str()), None),
            (Some(x), None) => table.drawn(Shape::Bars, x, "mean", None, Some("unit")),
            _ => table.drawn(Shape::Bars, "unit", "count", None, None),
        },
    }
}

/// What a table of `articles` rests on, with each period by itself where it goes by years or months of articles.
pub(super) fn coverage(archive: &Archive, articles: &Articles, by: &[Key]) -> Result<Coverage> {
    let found = articles.find(archive)?;
    let mut coverage = Coverage::of(archive, &*found)?;
    let period = by.iter().find_map(|key| matches!(key, Key::Year | Key::Month).then(|| key.period())).flatten();
    if let Some(period) = period {
        coverage = coverage.by(archive, &*found, period)?;
    }
    coverage.leaves_out(articles.undated(archive)?);
    Ok(coverage)
}
