//! Tables. In: the passages of an article in order. Out: what the columns of a row count, and in which unit.
//!
//! | passage                           | is     | because                                              |
//! |-----------------------------------|--------|------------------------------------------------------|
//! | `村名 户数 投资（万元）`          | a head | three cells or more, and no digit in them            |
//! | `白石村 312 4.5`                  | a row  | as many cells as its head, and digits in most        |
//! | `312` under `户数`                | 312 户 | a column of a number of 户 is counted in them        |
//! | `4.5` under `投资（万元）`        | 45000 元 | the head has the unit, multiplier and all          |
//! | `9` under `序号`                  | none   | its head has no unit                                 |
//!
//! A table ends with the first passage that is no row of it.

use super::decimal::Decimal;
use super::number::{self, Reading, digit, power};
use super::unit;
use crate::model::{About, Metric, Passage, Quantity, TextSpan};

/// Fewest cells of a row: two words beside a space are a headline.
const CELLS_MIN: usize = 3;
/// Most characters of a cell.
const CELL_MAX: usize = 20;

/// A column of the table that is being read.
#[derive(Debug)]
struct Column {
    name: String,
    /// Name of the unit and the power of ten before it.
    unit: Option<(String, i32)>,
}

/// The table that is being read.
#[derive(Debug, Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
}

impl Table {
    /// Gives the figures of `passage` what its columns count, if it is a row; `metrics` are those found in it so far.
    pub(crate) fn read(&mut self, passage: Passage<'_>, metrics: &mut Vec<Metric>) {
        let text = passage.text;
        let cells = cells(text);
        let numeric = cells.iter().filter(|cell| cell.of(text).contains(|c| digit(c).is_some())).count();
        if cells.len() >= CELLS_MIN && numeric == 0 {
            self.columns = cells.iter().map(|cell| column(cell.of(text))).collect();
            return;
        }
        if cells.len() != self.columns.len() || 2 * numeric < cells.len() {
            self.columns.clear();
            return;
        }
        for (cell, column) in cells.iter().zip(&self.columns) {
            match metrics.iter_mut().find(|metric| metric.span == *cell) {
                Some(metric) => metric.subject = Some(column.name.clone()),
                None => metrics.extend(column.figure(passage, *cell)),
            }
        }
        metrics.sort_by_key(|metric| metric.span);
        let mut end = 0;
        metrics.retain(|metric| {
            let apart = metric.span.start >= end;
            end = end.max(metric.span.end);
            apart
        });
    }
}

impl Column {
    /// The bare number in `cell` in the unit of the column.
    fn figure(&self, passage: Passage<'_>, cell: TextSpan) -> Option<Metric> {
        let (unit, power) = self.unit.as_ref()?;
        let text = passage.text.get(..cell.end)?;
        number::char_at(text, cell.start).filter(|&c| digit(c).is_some())?;
        let Reading::Number(number) = number::read(text, cell.start) else { return None };
        if number.end != cell.end || number.overflow || number.low != number.high {
            return None;
        }
        Some(Metric {
            place: passage.place,
            span: cell,
            quantity: Quantity::Exact(Decimal::value(number.high.shifted(*power))),
            unit: Some(unit.clone()),
            subject: Some(self.name.clone()),
            approx: number.approx,
            bound: None,
            change: None,
            from: None,
            basis: None,
            check: None,
            about: About::default(),
        })
    }
}

/// The cells of a row: what single spaces or bars part. None if one of them is too long for a cell.
fn cells(text: &str) -> Vec<TextSpan> {
    // Nearly all passages have none of these, and one look at the bytes says so.
    if ![' ', '|', '\t'].into_iter().any(|mark| text.contains(mark)) {
        return Vec::new();
    }
    let bars = text.starts_with('|');
    let parted = |c: char| if bars { c == '|' } else { c == ' ' || c == '\t' };
    let mut cells = Vec::new();
    let mut at = 0;
    for piece in text.split(parted) {
        let cell = piece.trim();
        let start = at + piece.len() - piece.trim_start().len();
        if cell.len() > CELL_MAX * "一".len() || cell.contains(['。', '，', '；', '！', '？']) {
            return Vec::new();
        }
        if !cell.is_empty() {
            cells.push(TextSpan::new(start, start + cell.len()));
        }
        at += piece.len() + 1;
    }
    cells
}

/// What the cell of a head says: `投资（万元）`, `金额/元`, `户数`.
fn column(cell: &str) -> Column {
    let bracket = cell.strip_suffix(['）', ')']).and_then(|cell| cell.split_once(['（', '(']));
    if let Some((name, unit)) = bracket.or_else(|| cell.split_once('/'))
        && let Some(unit) = unit_of(unit)
    {
        return Column { name: name.to_owned(), unit: Some(unit) };
    }
    let counted = cell.strip_suffix('数').and_then(unit::ending).map(|unit| (unit.to_owned(), 0));
    Column { name: cell.to_owned(), unit: counted }
}

/// A unit with its multiplier, and nothing else.
fn unit_of(words: &str) -> Option<(String, i32)> {
    let c = words.chars().next()?;
    let (word, shift) = match power(c).filter(|&power| power >= 4) {
        Some(power) => (&words[c.len_utf8()..], power),
        None => (words, 0),
    };
    let unit = unit::read(word, 0).filter(|unit| unit.end == word.len())?;
    Some((unit.name.into_owned(), shift))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown_all;

    #[test]
    fn columns_name_their_figures() {
        for (passages, expected) in [
            (
                &["村名 户数 投资（万元） 参选率", "白石村 312 4.5 93.1%", "青溪村 1,205户 20 90%"][..],
                "312 户 户数 | 45000 元 投资 | 93.1 % 参选率 | 1205 户 户数 | 200000 元 投资 | 90 % 参选率",
            ),
            (&["| 序号 | 名称 | 面积/平方米 |", "| 9 | 文化站 | 620 |"], "620 平方米 面积"),
            (&["村名 户数 人口（人）", "会议在村部举行。", "白石村 312 845"], ""),
            (&["喜迎新春 共话发展 再谱新篇", "白石村 312 845"], ""),
        ] {
            assert_eq!(shown_all(passages), expected, "{passages:?}");
        }
    }
}
