//! The score of all issues.
//!
//! In: gold issues and [`Predictions`]. Out: a [`Report`], figures by issue and over all, and the [`Mistakes`].

use super::count::count;
use super::figures::{Figures, Overall};
use super::gold::Gold;
use super::mistake::Mistakes;
use super::prediction::{Issue, Predictions};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

/// The whole score.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    /// The few figures by which systems are compared, over all issues.
    pub overall: Overall,
    /// All figures, over all issues.
    pub micro: Figures,
    /// All figures, by issue.
    pub issues: BTreeMap<String, Figures>,
    /// Gold issues of which there is no record.
    pub gold_without_prediction: Vec<String>,
    /// Issues of which there are records but no gold; they are left alone.
    pub predicted_without_gold: Vec<String>,
    /// What is wrong, one by one.
    #[serde(skip)]
    pub mistakes: Mistakes,
}

/// Scores `predictions` against `golds`. Fails only where two gold issues answer to one name.
pub fn score(golds: &[Gold], predictions: &Predictions) -> Result<Report> {
    let mut claimed: BTreeSet<&String> = BTreeSet::new();
    let (mut micro, mut issues, mut mistakes) = (Figures::default(), BTreeMap::new(), Mistakes::default());
    let mut gold_without_prediction = Vec::new();
    for gold in golds {
        if let Some(name) = gold.names.iter().find(|name| !claimed.insert(name)) {
            return Err(Error::Usage(format!("two gold files answer to `{name}`; score them one at a time")));
        }
        let answering = || gold.names.iter().filter_map(|name| Some((name, predictions.issues.get(name)?)));
        let found = answering().next().map(|(name, _)| name);
        let Some(name) = found.or(gold.names.first()) else { continue };
        if found.is_none() {
            gold_without_prediction.push(name.clone());
        }
        let mut predicted = Issue::default();
        for (_, issue) in answering() {
            predicted.articles.extend(issue.articles.iter().cloned());
            predicted.offset_errors.extend(issue.offset_errors.iter().cloned());
        }
        let figures = count(name, &gold.articles, &predicted, &mut mistakes);
        micro += figures.clone();
        issues.insert(name.clone(), figures);
    }
    let unclaimed = predictions.issues.keys().filter(|&name| !claimed.contains(name));
    let predicted_without_gold = unclaimed.cloned().collect();
    let overall = Overall::from(&micro);
    Ok(Report { overall, micro, issues, gold_without_prediction, predicted_without_gold, mistakes })
}
