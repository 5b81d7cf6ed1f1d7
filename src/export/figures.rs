//! The columns of the table of figures.

use super::field::{Field, Item};
use super::reading::written;
use super::tables::placed;
use crate::record::{CheckRecord, MetricRecord};
use crate::table::Kind;

fn detail<'a>(at: &'a Item<'_, MetricRecord>) -> Option<&'a CheckRecord> {
    at.item.check_detail.as_ref()
}

/// The columns of figures. Names that SQL has for itself are others than those of the record.
pub(super) fn metrics() -> Vec<Field<MetricRecord>> {
    placed(vec![
        Field::new("text", Kind::Text, "the figure with its qualifiers and unit, as it stands", |at| {
            at.item.text.as_str().into()
        }),
        Field::new("value", Kind::Number, "the number, multipliers applied; null for a range", |at| {
            at.item.value.into()
        }),
        Field::new("low", Kind::Number, "lower end of a range, included", |at| at.item.low.into()),
        Field::new("high", Kind::Number, "upper end of a range, included", |at| at.item.high.into()),
        Field::new(
            "unit",
            Kind::Text,
            "unit or measure word, without multiplier; % for all shares of a hundred",
            |at| at.item.unit.as_ref().into(),
        ),
        Field::new("subject", Kind::Text, "what is counted or measured, in the words of the text", |at| {
            at.item.subject.as_ref().into()
        }),
        Field::new("approx", Kind::Boolean, "whether the text says about", |at| at.item.approx.into()),
        Field::new("bound", Kind::Text, "min: at least; max: at most; else null", |at| at.item.bound.as_ref().into()),
        Field::new(
            "change",
            Kind::Text,
            "increase, decrease, or reach for a change told as its end point; else null",
            |at| at.item.change.as_ref().into(),
        ),
        Field::new("from_value", Kind::Number, "start of a change told from–to; `from` in the record", |at| {
            at.item.from.into()
        }),
        Field::new("basis", Kind::Text, "what a change is measured against, as written", |at| {
            at.item.basis.as_ref().into()
        }),
        Field::new(
            "community",
            Kind::Text,
            "the community that it speaks of; null where none is shown for certain",
            |at| at.item.about.community.as_ref().into(),
        ),
        Field::new("grid", Kind::Text, "the grid that it speaks of", |at| at.item.about.grid.as_ref().into()),
        Field::new("division", Kind::Text, "the division that it speaks of, the smallest that is known", |at| {
            at.item.about.division.as_ref().into()
        }),
        Field::new("time", Kind::Text, "the time that it speaks of, ISO 8601; `about.date` in the record", |at| {
            at.item.about.date.as_ref().into()
        }),
        Field::new(
            "level",
            Kind::Text,
            "how near the nearest of the three units is named: sentence, paragraph, article",
            |at| at.item.about.level.as_ref().into(),
        ),
        Field::new("community_level", Kind::Text, "the same of the community", |at| {
            at.item.about.levels.community.as_ref().into()
        }),
        Field::new("grid_level", Kind::Text, "the same of the grid", |at| at.item.about.levels.grid.as_ref().into()),
        Field::new("division_level", Kind::Text, "the same of the division", |at| {
            at.item.about.levels.division.as_ref().into()
        }),
        Field::new("time_level", Kind::Text, "the same of the time", |at| at.item.about.levels.date.as_ref().into()),
        Field::new(
            "agreement",
            Kind::Text,
            "agrees or disagrees with the rest of its paragraph, null where that does not tell; `check` in the record",
            |at| at.item.check.as_ref().into(),
        ),
        Field::new("rule", Kind::Text, "what that rests on: sum, count, change, parts, shares", |at| {
            detail(at).map(|check| check.rule.as_str()).into()
        }),
        Field::new("stated", Kind::Number, "what the figure says by that rule", |at| {
            detail(at).map(|check| check.stated).into()
        }),
        Field::new("expected", Kind::Number, "what the others make of it; for parts the most it can be", |at| {
            detail(at).map(|check| check.expected).into()
        }),
        Field::new(
            "against",
            Kind::Text,
            "where the others stand in the paragraph, in Unicode scalar values: start-end, end exclusive, parted by ;",
            |at| detail(at).map(|check| written(&check.against)).into(),
        ),
    ])
}
