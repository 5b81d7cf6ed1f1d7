//! Figures: the counts of an issue, and the shares made of them.
//!
//! In: what `score` counted. Out: [`Figures`], which add up over issues and serialise as documented here:
//!
//! | JSON                                      | of                                                            |
//! |-------------------------------------------|---------------------------------------------------------------|
//! | `precision`, `recall`, `f1`, `tp` `fp` `fn` | [`Hits`]: articles, headings, paragraphs, names, figures    |
//! | `accuracy`, `right`, `n`                  | [`Accuracy`]: title and the like, attributes of figures found |
//! | a number                                  | [`Ratio`]: `cer`, `lost`, `extra`, `exact`, `placed`          |
//!
//! Shares are rounded to six places; a share of nothing is null.

use super::share::{Accuracy, Hits, Ratio, adds_up};
use crate::model::EntityKind;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The kinds of which gold marks every instance.
pub const PRIMARY: [EntityKind; 3] = [EntityKind::Grid, EntityKind::Community, EntityKind::Division];

/// All figures of an issue, or of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// Articles found.
    pub articles: Hits,
    /// Headlines.
    pub title: Title,
    /// Lines above the headline.
    pub kicker: Accuracy,
    /// Lines below the headline.
    pub subtitle: Accuracy,
    /// Sets of writers.
    pub byline: Accuracy,
    /// Sign-offs.
    pub source: Accuracy,
    /// Dates, where gold has one.
    pub date: Accuracy,
    /// Section headings.
    pub headings: Headings,
    /// Characters.
    pub text: Characters,
    /// Paragraph ends inside bodies.
    pub paragraphs: Hits,
    /// Named things.
    pub entities: Entities,
    /// Figures of the text.
    pub metrics: Metrics,
    /// Mentions and metrics that do not stand where they say.
    pub offset_errors: usize,
}
adds_up!(Figures {
    articles,
    title,
    kicker,
    subtitle,
    byline,
    source,
    date,
    headings,
    text,
    paragraphs,
    entities,
    metrics,
    offset_errors
});

/// Headlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Title {
    /// Right after folding.
    #[serde(flatten)]
    pub folded: Accuracy,
    /// Right to the letter.
    pub exact: Ratio,
}
adds_up!(Title { folded, exact });

/// Section headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Headings {
    /// By their words.
    #[serde(flatten)]
    pub words: Hits,
    /// Of the right ones, those before the right paragraph, where gold tells the place.
    pub placed: Ratio,
}
adds_up!(Headings { words, placed });

/// Characters of bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Characters {
    /// Character error rate of the folded bodies of paired articles.
    pub cer: Ratio,
    /// The same without folding.
    pub cer_exact: Ratio,
    /// Gold characters that stand in no prediction of the issue.
    pub lost: Ratio,
    /// Predicted characters that stand nowhere in the gold.
    pub extra: Ratio,
    /// Folded characters of all gold bodies.
    pub gold_chars: usize,
    /// Folded characters of all predicted bodies.
    pub pred_chars: usize,
}
adds_up!(Characters { cer, cer_exact, lost, extra, gold_chars, pred_chars });

/// Named things, over distinct (article, name).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// In the order of [`EntityKind::ALL`].
    pub kinds: [Hits; EntityKind::ALL.len()],
    /// The same names with the kind ignored.
    pub any_kind: Hits,
    /// Spurious names that gold has under another kind, as `gold>predicted`.
    pub confusions: BTreeMap<String, usize>,
}

impl Entities {
    /// The hits of several kinds together.
    pub fn of(&self, kinds: &[EntityKind]) -> Hits {
        let all = EntityKind::ALL.iter().zip(self.kinds);
        let mut hits = Hits::default();
        all.filter(|(kind, _)| kinds.contains(kind)).for_each(|(_, of_kind)| hits += of_kind);
        hits
    }

    /// How many names have a wrong kind.
    pub fn wrong_kind(&self) -> usize {
        self.confusions.values().sum()
    }
}

impl AddAssign for Entities {
    fn add_assign(&mut self, other: Self) {
        self.kinds.iter_mut().zip(other.kinds).for_each(|(hits, more)| *hits += more);
        self.any_kind += other.any_kind;
        other.confusions.into_iter().for_each(|(pair, count)| *self.confusions.entry(pair).or_default() += count);
    }
}

impl Serialize for Entities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (kind, hits) in EntityKind::ALL.iter().zip(&self.kinds) {
            map.serialize_entry(kind.as_str(), hits)?;
        }
        map.serialize_entry("primary", &self.of(&PRIMARY))?;
        map.serialize_entry("all", &self.of(&EntityKind::ALL))?;
        map.serialize_entry("any_kind", &self.any_kind)?;
        map.serialize_entry("wrong_kind", &self.wrong_kind())?;
        map.serialize_entry("confusions", &self.confusions)?;
        map.end()
    }
}

/// Figures of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Metrics {
    /// Number and unit right, text overlapping.
    pub detection: Hits,
    /// The same, with 名 and 位 taken as one.
    pub lenient: Hits,
    /// Of those detected, those with all attributes right.
    pub full: Accuracy,
    /// Attribute by attribute.
    pub approx: Accuracy,
    /// Attribute by attribute.
    pub bound: Accuracy,
    /// Attribute by attribute.
    pub change: Accuracy,
    /// Attribute by attribute.
    pub from: Accuracy,
    /// Attribute by attribute.
    pub basis: Accuracy,
    /// Of those detected for which gold names a subject, those with the same.
    pub subject: Accuracy,
}
adds_up!(Metrics { detection, lenient, full, approx, bound, change, from, basis, subject });

/// The few figures by which systems are compared.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs, reason = "each is a figure of the same name in `Figures`")]
pub struct Overall {
    pub articles_f1: Ratio,
    pub title: Ratio,
    pub byline: Ratio,
    pub source: Ratio,
    pub headings_f1: Ratio,
    pub cer: Ratio,
    pub cer_exact: Ratio,
    pub lost: Ratio,
    pub extra: Ratio,
    pub paragraphs_f1: Ratio,
    pub primary_f1: Ratio,
    pub entities_f1: Ratio,
    pub any_kind_f1: Ratio,
    pub metrics_f1: Ratio,
    pub metrics_full: Ratio,
    pub metrics_subject: Ratio,
    pub offset_errors: usize,
}

impl From<&Figures> for Overall {
    fn from(figures: &Figures) -> Self {
        let Figures { text, entities, metrics, .. } = figures;
        Self {
            articles_f1: figures.articles.f1(),
            title: figures.title.folded.0,
            byline: figures.byline.0,
            source: figures.source.0,
            headings_f1: figures.headings.words.f1(),
            cer: text.cer,
            cer_exact: text.cer_exact,
            lost: text.lost,
            extra: text.extra,
            paragraphs_f1: figures.paragraphs.f1(),
            primary_f1: entities.of(&PRIMARY).f1(),
            entities_f1: entities.of(&EntityKind::ALL).f1(),
            any_kind_f1: entities.any_kind.f1(),
            metrics_f1: metrics.detection.f1(),
            metrics_full: metrics.full.0,
            metrics_subject: metrics.subject.0,
            offset_errors: figures.offset_errors,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn figures_serialise_as_documented() {
        let hits = Hits { right: 3, spurious: 1, missed: 0 };
        assert_eq!(json!(hits), json!({"precision": 0.75, "recall": 1.0, "f1": 0.857143, "tp": 3, "fp": 1, "fn": 0}));
        let title = Title { folded: Accuracy(Ratio { part: 1, whole: 2 }), exact: Ratio { part: 0, whole: 2 } };
        assert_eq!(json!(title), json!({"accuracy": 0.5, "right": 1, "n": 2, "exact": 0.0}));
        assert_eq!(json!(Headings::default())["placed"], json!(null));
    }

    #[test]
    fn kinds_and_confusions_add_up() {
        let mut sum = Entities::default();
        for missed in [1, 2] {
            let mut one = Entities::default();
            one.kinds[0].missed = missed;
            one.kinds[3].right = 1;
            one.confusions.insert("grid>place".to_owned(), missed);
            sum += one;
        }
        assert_eq!(sum.of(&PRIMARY), Hits { right: 0, spurious: 0, missed: 3 });
        assert_eq!(sum.of(&EntityKind::ALL), Hits { right: 2, spurious: 0, missed: 3 });
        assert_eq!(sum.wrong_kind(), 3);
    }
}
