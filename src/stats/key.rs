//! What rows can be counted by. In: the word for it. Out: a [`Key`]: the column that is read, and how.

use super::group::Groups;
use crate::error::{Error, Result};
use crate::index::Columns;
use crate::lexicon::script::simplified;
use crate::model::{Decided, Decisions, EntityKind};
use crate::query::meant;
use crate::table::{Cell, Column, Kind};

/// What rows are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in `--by`, and told there")]
pub enum Key {
    Subject,
    Unit,
    Change,
    Basis,
    Community,
    Grid,
    Division,
    Name,
    Within,
    Role,
    Code,
    Issue,
    Year,
    Month,
    AboutYear,
    AboutMonth,
}

use Key::{
    AboutMonth, AboutYear, Basis, Change, Code, Community, Division, Grid, Issue, Month, Name, Role, Subject, Unit,
    Within, Year,
};

impl Key {
    /// What figures can be counted by.
    pub const OF_FIGURES: [Self; 12] =
        [Subject, Unit, Division, Community, Grid, Year, Month, Issue, Change, Basis, AboutYear, AboutMonth];

    /// What mentions can be counted by.
    pub const OF_NAMES: [Self; 7] = [Name, Within, Role, Code, Year, Month, Issue];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject => "subject",
            Unit => "unit",
            Change => "change",
            Basis => "basis",
            Community => "community",
            Grid => "grid",
            Division => "division",
            Name => "name",
            Within => "within",
            Role => "role",
            Code => "code",
            Issue => "issue",
            Year => "year",
            Month => "month",
            AboutYear => "about_year",
            AboutMonth => "about_month",
        }
    }

    /// The key of that word among `keys`.
    pub fn of_word(word: &str, keys: &[Self]) -> Result<Self> {
        let known = word.trim().replace('-', "_").to_lowercase();
        keys.iter().copied().find(|key| key.as_str() == known).ok_or_else(|| {
            let names: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
            let meant = meant(&known, names.iter().copied());
            Error::Usage(format!("rows cannot be counted by `{word}`{meant}; there are {}", names.join(", ")))
        })
    }

    /// The keys of those words among `keys`, each once.
    pub fn of_words(words: &[String], keys: &[Self]) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for word in words {
            let key = Self::of_word(word, keys)?;
            if all.contains(&key) {
                return Err(Error::Usage(format!("`{}` is named twice; count by it once", key.as_str())));
            }
            all.push(key);
        }
        Ok(all)
    }

    /// Whether it is a time, which runs in its own order.
    pub fn is_time(self) -> bool {
        matches!(self, Year | Month | AboutYear | AboutMonth)
    }

    /// How its periods are read from a date; none for what is no time.
    pub(super) fn period(self) -> Option<fn(&str) -> Option<String>> {
        match self {
            Year | AboutYear => Some(year),
            Month | AboutMonth => Some(month),
            _ => None,
        }
    }

    /// Adds the column that it reads, of names of `kind`, to those that are read.
    pub(super) fn read<'a>(
        self,
        columns: Columns<'a>,
        kind: Option<EntityKind>,
        decisions: &'a Decisions,
    ) -> Columns<'a> {
        let named = |column: &'static str, kind: EntityKind, columns: Columns<'a>| {
            columns.text_read(column, move |name| Some(settled(name, kind, decisions)))
        };
        match self {
            Year => columns.text_read("date", year),
            Month => columns.text_read("date", month),
            AboutYear => columns.text_read("time", year),
            AboutMonth => columns.text_read("time", month),
            Community => named("community", EntityKind::Community, columns),
            Grid => named("grid", EntityKind::Grid, columns),
            Division => named("division", EntityKind::Division, columns),
            Name => match kind {
                Some(kind) => named("name", kind, columns),
                None => columns.text("name"),
            },
            Unit => {
                columns.text_read("unit", |unit| Some(unit.chars().map(|c| simplified(c).unwrap_or(c)).collect()))
            }
            other => columns.text(other.as_str()),
        }
    }

    /// The column of a table that it fills.
    pub(super) fn column(self) -> Column {
        let kind = if matches!(self, Year | AboutYear) { Kind::Integer } else { Kind::Text };
        let about = match self {
            Subject => "what is counted or measured, in the words of the text",
            Unit => "unit without multiplier, in simplified script",
            Change => "increase, decrease or reach",
            Basis => "what a change is measured against, as written",
            Community => "the community that the figure speaks of",
            Grid => "the grid that the figure speaks of",
            Division => "the division that the figure speaks of",
            Name => "whole and normal name, or what operators decided that it is a variant of",
            Within => "the unit that it lies in",
            Role => "a person's office",
            Code => "statistical code",
            Issue => "the issue",
            Year => "year of the article's date",
            Month => "month of the article's date, ISO 8601",
            AboutYear => "year of the time that the figure speaks of",
            AboutMonth => "month of the time that the figure speaks of, ISO 8601",
        };
        Column::new(self.as_str(), kind, about)
    }

    /// A value of it as a cell.
    pub(super) fn cell(self, value: Option<&str>) -> Cell {
        match self {
            Year | AboutYear => value.and_then(|year| year.parse::<i64>().ok()).into(),
            _ => value.into(),
        }
    }
}

/// The order of groups: key by key, times as they run, other keys by how many rows they have, then by their characters; those
/// without a value last.
pub(super) fn order(keys: &[Key], groups: &Groups) -> Vec<usize> {
    groups.order(&keys.iter().map(|key| key.is_time()).collect::<Vec<_>>())
}

/// `name` as operators want it counted.
fn settled(name: &str, kind: EntityKind, decisions: &Decisions) -> String {
    match decisions.on(kind, name) {
        Decided::Into(into) => into.to_owned(),
        Decided::Nothing => name.to_owned(),
    }
}

/// The year of an ISO 8601 date; of a span that in which it begins.
pub(super) fn year(date: &str) -> Option<String> {
    let year = date.get(..4)?;
    year.bytes().all(|digit| digit.is_ascii_digit()).then(|| year.to_owned())
}

/// The month of an ISO 8601 date, if it is known; of a span that in which it begins.
pub(super) fn month(date: &str) -> Option<String> {
    let first = date.split('/').next()?;
    year(first)?;
    first.get(..7).filter(|month| month.as_bytes().get(4) == Some(&b'-')).map(str::to_owned)
}
