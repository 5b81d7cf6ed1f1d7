//! Columns and their cells, defined side by side. In: an item of an article. Out: one cell a field.

use super::{Reading, Shape};
use crate::table::{Cell, Column, Kind};

/// Something that a row is of: itself, its place in its article's list, and its article.
pub(super) struct Item<'a, T> {
    pub(super) article: &'a Reading<'a>,
    pub(super) number: usize,
    pub(super) item: &'a T,
}

/// A column, and how its cell is had.
pub(super) struct Field<T> {
    name: &'static str,
    kind: Kind,
    about: &'static str,
    only: Option<Shape>,
    cell: fn(&Item<'_, T>) -> Cell,
}

impl<T> Field<T> {
    pub(super) fn new(name: &'static str, kind: Kind, about: &'static str, cell: fn(&Item<'_, T>) -> Cell) -> Self {
        Self { name, kind, about, only: None, cell }
    }

    /// The field, for a table that stands by itself; beside the others it is found in one of them.
    pub(super) fn flat(self) -> Self {
        Self { only: Some(Shape::Flat), ..self }
    }

    pub(super) fn stands_in(&self, shape: Shape) -> bool {
        self.only.is_none_or(|only| only == shape)
    }

    pub(super) fn column(&self) -> Column {
        Column::new(self.name, self.kind, self.about)
    }

    pub(super) fn cell(&self, item: &Item<'_, T>) -> Cell {
        (self.cell)(item)
    }
}
