//! What a query is once it is read. In: nothing; the types that `parse` builds and `plan`, `plain` and `mark` read.
//!
//! A query is a tree of AND, OR and NOT over leaves, and each leaf says one thing of an article. The leaf of figures
//! has a tree of its own, over what is said of one figure.

use crate::index::Unit;
use crate::model::EntityKind;
use std::fmt::{self, Display, Formatter};

/// Leaves joined by AND, OR and NOT.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr<L> {
    /// One condition.
    Leaf(L),
    /// All must hold.
    All(Vec<Self>),
    /// One must hold.
    Any(Vec<Self>),
    /// It must not hold.
    Not(Box<Self>),
}

impl<L> Expr<L> {
    /// Whether it holds where `leaf` says which of its leaves do.
    pub fn holds(&self, leaf: &mut impl FnMut(&L) -> bool) -> bool {
        match self {
            Self::Leaf(one) => leaf(one),
            Self::All(all) => all.iter().all(|part| part.holds(leaf)),
            Self::Any(any) => any.iter().any(|part| part.holds(leaf)),
            Self::Not(not) => !not.holds(leaf),
        }
    }

    /// The tree with what `leaf` makes of each leaf in its place.
    pub fn map<M, E>(self, leaf: &mut impl FnMut(L) -> Result<Expr<M>, E>) -> Result<Expr<M>, E> {
        let mut each = |parts: Vec<Self>| parts.into_iter().map(|part| part.map(leaf)).collect::<Result<Vec<_>, E>>();
        Ok(match self {
            Self::All(parts) => Expr::All(each(parts)?),
            Self::Any(parts) => Expr::Any(each(parts)?),
            Self::Not(not) => Expr::Not(Box::new(not.map(leaf)?)),
            Self::Leaf(one) => leaf(one)?,
        })
    }

    /// The leaves that an article is found for: those that no NOT stands before, or two of them.
    pub fn wanted(&self) -> Vec<&L> {
        let mut all = Vec::new();
        self.gather(true, &mut all);
        all
    }

    fn gather<'a>(&'a self, wanted: bool, all: &mut Vec<&'a L>) {
        match self {
            Self::Leaf(one) => all.extend(wanted.then_some(one)),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.gather(wanted, all)),
            Self::Not(not) => not.gather(!wanted, all),
        }
    }
}

/// A condition on an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaf {
    /// Words stand in its text.
    Text(Text),
    /// Words stand near each other in one of its texts.
    Near(Near),
    /// It mentions a thing.
    Name(Name),
    /// The name of its issue.
    Issue(Pattern),
    /// Its date.
    Date(Dates),
    /// One of its figures.
    Metric(Expr<RowLeaf>),
}

/// A part of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Title,
    /// Kicker, subtitle and section headings.
    Heading,
    /// Paragraphs, byline and sign-off.
    Body,
    /// Byline and sign-off.
    Source,
}

/// Words that stand one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Where; anywhere if nowhere in particular.
    pub part: Option<Part>,
    /// As they were typed.
    pub text: String,
    /// What they are for search; any of these will do. Never empty, and none of them is.
    pub variants: Vec<Vec<Unit>>,
    /// Whether the last word of letters may go on.
    pub prefix: bool,
}

/// Words that stand near each other, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Where.
    pub part: Option<Part>,
    /// As they were typed.
    pub text: String,
    /// The words; two at least.
    pub words: Vec<Vec<Unit>>,
    /// How many characters, words and marks may stand between one and the next at the most.
    pub distance: usize,
}

/// The name of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What sort of thing.
    pub kind: EntityKind,
    /// Its name.
    pub name: Pattern,
}

/// What a name is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As it was typed.
    pub text: String,
    /// What it is for search.
    pub units: Vec<Unit>,
    /// Whether it is the whole name and not a part of it.
    pub whole: bool,
}

/// A range of days, both ends in it; dates are ISO 8601, as exact as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least, and whether it is in the range itself.
    pub from: Option<(f64, bool)>,
    /// The greatest.
    pub to: Option<(f64, bool)>,
}

/// A condition on a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum RowLeaf {
    /// A column of names holds this one.
    Word(Column, Pattern),
    /// A column of closed words is this one.
    Is(Column, &'static str),
    /// The number, or all of its range, lies in this one.
    Value(Range),
    /// The time that it speaks of.
    Date(Dates),
    /// It is about, or it is not.
    Approx(bool),
}

/// A column of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as in the record")]
pub enum Column {
    Subject,
    Unit,
    Basis,
    Community,
    Grid,
    Division,
    Change,
    Bound,
    Check,
}

impl Column {
    /// Its name, in a query and in the index.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Unit => "unit",
            Self::Basis => "basis",
            Self::Community => "community",
            Self::Grid => "grid",
            Self::Division => "division",
            Self::Change => "change",
            Self::Bound => "bound",
            Self::Check => "check",
        }
    }
}

impl Part {
    /// Its name in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Source => "source",
        }
    }
}

impl<L: Display> Display for Expr<L> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut Formatter<'_>, parts: &[Self], by: &str| {
            f.write_str("(")?;
            for (at, part) in parts.iter().enumerate() {
                write!(f, "{}{part}", if at > 0 { by } else { "" })?;
            }
            f.write_str(")")
        };
        match self {
            Self::Leaf(leaf) => leaf.fmt(f),
            Self::All(parts) => joined(f, parts, " AND "),
            Self::Any(parts) => joined(f, parts, " OR "),
            Self::Not(not) => write!(f, "NOT {not}"),
        }
    }
}

impl Display for Leaf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(f),
            Self::Near(near) => {
                write!(f, "{}:\"{}\"~{}", near.part.map_or("text", Part::as_str), near.text, near.distance)
            }
            Self::Name(name) => write!(f, "{}:{}", name.kind.as_str(), name.name),
            Self::Issue(name) => write!(f, "issue:{name}"),
            Self::Date(dates) => write!(f, "date:{dates}"),
            Self::Metric(row) => write!(f, "metric:({row})"),
        }
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let part = self.part.map_or("text", Part::as_str);
        let star = if self.prefix { "*" } else { "" };
        let variants: Vec<String> =
            self.variants.iter().map(|units| format!("{part}:\"{}\"{star}", shown(units))).collect();
        match &variants[..] {
            [one] => f.write_str(one),
            many => write!(f, "({})", many.join(" OR ")),
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.whole { write!(f, "\"{}\"", self.text) } else { write!(f, "*{}*", self.text) }
    }
}

impl Display for Dates {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if from == to => f.write_str(from),
            (from, to) => write!(f, "{}..{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or("")),
        }
    }
}

impl Display for RowLeaf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(column, pattern) => write!(f, "{}:{pattern}", column.as_str()),
            Self::Is(column, word) => write!(f, "{}:{word}", column.as_str()),
            Self::Value(range) => write!(f, "value:{range}"),
            Self::Date(dates) => write!(f, "date:{dates}"),
            Self::Approx(approx) => write!(f, "approx:{approx}"),
        }
    }
}

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some((from, true)), Some((to, true))) if from == to => write!(f, "{from}"),
            (Some((from, true)), Some((to, true))) => write!(f, "{from}..{to}"),
            (from, to) => {
                let from = from.map(|(from, with)| format!("{}{from}", if with { ">=" } else { ">" }));
                let to = to.map(|(to, with)| format!("{}{to}", if with { "<=" } else { "<" }));
                f.write_str(&from.into_iter().chain(to).collect::<Vec<_>>().join(" AND value:"))
            }
        }
    }
}

/// Units as they are read, words of letters parted by a space.
pub(super) fn shown(units: &[Unit]) -> String {
    let mut text = String::new();
    for (at, unit) in units.iter().enumerate() {
        match unit {
            Unit::Han(c) | Unit::Mark(c) => text.push(*c),
            Unit::Word(word) => {
                let after = at.checked_sub(1).and_then(|at| units.get(at));
                if matches!(after, Some(Unit::Word(_))) {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
    }
    text
}

impl Range {
    /// Whether a number, or all of a range of numbers, lies in this one.
    pub fn holds(&self, low: f64, high: f64) -> bool {
        let above = self.from.is_none_or(|(from, with)| if with { low >= from } else { low > from });
        let below = self.to.is_none_or(|(to, with)| if with { high <= to } else { high < to });
        above && below
    }
}

impl Dates {
    /// Whether all of what `date` says lies in the range: `2024` in `2023..2024`, but not in `2024-03`. A time of several
    /// days is written `2024-03-05/2024-03-08`.
    pub fn holds(&self, date: &str) -> bool {
        let (first, last) = date.split_once('/').unwrap_or((date, date));
        // ISO 8601 is in order of its characters, and what is exact begins with what is less so.
        let from = self.from.as_deref().is_none_or(|from| first >= from || padded(first) >= padded(from));
        from && self.to.as_deref().is_none_or(|to| last < to && !to.starts_with(last) || last.starts_with(to))
    }
}

/// The first day of a date.
fn padded(date: &str) -> String {
    let rest = "0000-01-01".get(date.len()..).unwrap_or("");
    format!("{date}{rest}")
}

impl Pattern {
    /// Whether `units` are those of the name, or hold them.
    pub fn accepts(&self, units: &[Unit]) -> bool {
        if self.whole {
            units == self.units
        } else {
            units.windows(self.units.len().max(1)).any(|part| part == self.units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lie_in_ranges_whole() {
        let range = |from: &str, to: &str| {
            let end = |end: &str| (!end.is_empty()).then(|| end.to_owned());
            Dates { from: end(from), to: end(to) }
        };
        for (from, to, inside, outside) in [
            (
                "2024-01",
                "2025-06",
                &["2024", "2024-01", "2024-01-01", "2025-06", "2025-06-30"][..],
                &["2023-12-31", "2025", "2025-07"][..],
            ),
            ("2024-03", "2024-03", &["2024-03", "2024-03-31"], &["2024", "2024-04", "2024-02-29"]),
            ("2024-03-05", "2024-03-05", &["2024-03-05"], &["2024-03", "2024", "2024-03-06"]),
            ("2024", "2024", &["2024", "2024-12-31"], &["2023", "2025"]),
            ("", "2024", &["1999", "2024-12-31"], &["2025-01-01"]),
            ("2024-02", "", &["2024-02", "2030"], &["2024", "2024-01-31"]),
            (
                "2024-03-05",
                "2024-03-07",
                &["2024-03-05/2024-03-07", "2024-03-06/2024-03-07"],
                &["2024-03-05/2024-03-08", "2024-03-04/2024-03-06", "2024-03-05/2024-04"],
            ),
        ] {
            let range = range(from, to);
            assert!(inside.iter().all(|date| range.holds(date)), "{range}: {inside:?}");
            assert!(!outside.iter().any(|date| range.holds(date)), "{range}: {outside:?}");
        }
    }

    #[test]
    fn counts_the_nots_before_a_leaf() {
        let leaf = |name: &'static str| Expr::Leaf(name);
        let not = |part| Expr::Not(Box::new(part));
        let tree = Expr::All(vec![leaf("a"), not(leaf("b")), not(Expr::Any(vec![leaf("c"), not(leaf("d"))]))]);
        assert_eq!(tree.wanted(), [&"a", &"d"]);
        assert_eq!(tree.to_string(), "(a AND NOT b AND NOT (c OR NOT d))");
        assert!(tree.holds(&mut |name| matches!(*name, "a" | "d")) && !tree.holds(&mut |name| *name == "a"));
    }
}
