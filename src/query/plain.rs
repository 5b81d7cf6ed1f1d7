//! Whether a query holds of one record, by reading it from end to end. In: a query and a record. Out: yes or no.
//!
//! This is what a query means; the index only answers faster. `jiebao search --verify` and the tests hold both
//! against each other, and the passages of a hit are marked by it.

use super::expr::{Column, Expr, Leaf, Name, Part, Pattern, RowLeaf};
use super::find::{Needle, near_places, places};
use super::snippet::{Text, texts};
use crate::authority::is_one_name;
use crate::index::units_of;
use crate::model::{Decided, Decisions, EntityKind};
use crate::record::{MetricRecord, Record};

/// Whether `expr` holds of `record`, where operators have decided on names.
pub fn holds(expr: &Expr<Leaf>, record: &Record, decisions: &Decisions) -> bool {
    expr.holds(&mut |leaf| match leaf {
        Leaf::Text(text) => {
            let needles: Vec<Needle<'_>> =
                text.variants.iter().map(|units| Needle { units, prefix: text.prefix }).collect();
            in_part(record, text.part).any(|text| !places(text, &needles).is_empty())
        }
        Leaf::Near(near) => in_part(record, near.part).any(|text| !near_places(text, near).is_empty()),
        Leaf::Name(name) => record
            .mentions
            .iter()
            .any(|mention| mention.kind == name.kind.as_str() && names(name, &mention.name, decisions)),
        Leaf::Issue(pattern) => pattern.accepts(&units_of(&record.issue)),
        Leaf::Date(dates) => record.date.as_ref().is_some_and(|date| dates.holds(date)),
        Leaf::Metric(rows) => record.metrics.iter().any(|metric| holds_of_row(rows, metric, decisions)),
    })
}

/// Whether `rows` hold of one figure.
pub fn holds_of_row(rows: &Expr<RowLeaf>, metric: &MetricRecord, decisions: &Decisions) -> bool {
    rows.holds(&mut |leaf| match leaf {
        RowLeaf::Word(column, pattern) => column_of(metric, *column)
            .as_ref()
            .is_some_and(|value| accepts(pattern, kind_of(*column), value, decisions)),
        RowLeaf::Is(column, word) => column_of(metric, *column).as_deref() == Some(*word),
        RowLeaf::Value(range) => match (metric.value, metric.low, metric.high) {
            (Some(value), ..) => range.holds(value, value),
            (None, Some(low), Some(high)) => range.holds(low, high),
            _ => false,
        },
        RowLeaf::Date(dates) => metric.about.date.as_ref().is_some_and(|date| dates.holds(date)),
        RowLeaf::Approx(approx) => metric.approx == *approx,
    })
}

fn column_of(metric: &MetricRecord, column: Column) -> &Option<String> {
    match column {
        Column::Subject => &metric.subject,
        Column::Unit => &metric.unit,
        Column::Basis => &metric.basis,
        Column::Community => &metric.about.community,
        Column::Grid => &metric.about.grid,
        Column::Division => &metric.about.division,
        Column::Change => &metric.change,
        Column::Bound => &metric.bound,
        Column::Check => &metric.check,
    }
}

/// What sort of thing a column names.
pub(super) fn kind_of(column: Column) -> Option<EntityKind> {
    match column {
        Column::Community => Some(EntityKind::Community),
        Column::Grid => Some(EntityKind::Grid),
        Column::Division => Some(EntityKind::Division),
        _ => None,
    }
}

/// Whether `name` stands for the thing that was asked for.
pub(super) fn names(asked: &Name, name: &str, decisions: &Decisions) -> bool {
    accepts(&asked.name, Some(asked.kind), name, decisions)
}

/// Whether `value`, which names something of `kind`, is what was asked for: by its characters, as a variant of the same
/// name, or because an operator decided so.
pub(super) fn accepts(asked: &Pattern, kind: Option<EntityKind>, value: &str, decisions: &Decisions) -> bool {
    if asked.accepts(&units_of(value)) {
        return true;
    }
    let Some(kind) = kind else { return false };
    let settled = |name| match decisions.on(kind, name) {
        Decided::Into(into) => into.to_owned(),
        Decided::Nothing => name.to_owned(),
    };
    let (value, asked_for) = (settled(value), settled(&asked.text));
    asked.accepts(&units_of(&value)) || value == asked_for || is_one_name(kind, &value, &asked_for)
}

fn in_part(record: &Record, part: Option<Part>) -> impl Iterator<Item = &str> {
    texts(record).filter(move |(place, _)| belongs(*place, part)).map(|(_, text)| text)
}

/// Whether a text of an article is of that part.
pub(super) fn belongs(text: Text, part: Option<Part>) -> bool {
    match part {
        None => true,
        Some(Part::Title) => text == Text::Title,
        Some(Part::Heading) => matches!(text, Text::Kicker | Text::Subtitle | Text::Heading(_)),
        Some(Part::Body) => matches!(text, Text::Paragraph(_) | Text::Byline(_) | Text::Source),
        Some(Part::Source) => matches!(text, Text::Byline(_) | Text::Source),
    }
}
