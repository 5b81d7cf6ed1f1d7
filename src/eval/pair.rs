//! Pairs: what of gold answers to what of the prediction, one to one.
//!
//! In: the readings of both sides. Out: the pairs, and what is left over on each side. Where several fit, the
//! order in which they are taken is part of the measure and told at each function.

use super::fold;
use super::gram::{Grams, count};
use super::reading::{Attribute, Metric, Name, Reading};
use std::collections::BTreeSet;

/// Share of either body's grams from which two articles are compared at all.
const PAIR_SHARE: f64 = 0.3;
/// Share of both bodies' grams from which an article counts as found.
const FOUND_SHARE: f64 = 0.8;
/// Characters in a gram that finds an article's partner.
const BODY_GRAM: usize = 3;
/// How far two numbers may lie apart and be the same, relative to the larger.
const EXACT: f64 = 1e-9;
/// The same for a fraction (三分之二, 2/3), which may be rounded to four figures: 66.67 is 66.6667.
const ROUNDED: f64 = 1e-3;

/// A gold article and its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticlePair {
    /// Index in gold.
    pub gold: usize,
    /// Index in the prediction.
    pub predicted: usize,
    /// Whether they are near enough for the article to be found.
    pub found: bool,
}

/// Pairs of articles in gold's order: greatest overlap of the bodies first, whatever their order.
pub fn articles(gold: &[Reading], predicted: &[Reading]) -> Vec<ArticlePair> {
    let prints: Vec<_> = predicted.iter().map(Reading::fingerprint).collect();
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        let print = one.fingerprint();
        let grams = Grams::of([print.as_slice()], BODY_GRAM);
        for (p, other) in prints.iter().enumerate() {
            let shared = grams.clone().shared(other, BODY_GRAM);
            if shared == 0 {
                continue;
            }
            let (in_gold, in_predicted) = (count(&print, BODY_GRAM), count(other, BODY_GRAM));
            let share = |whole: usize| shared as f64 / whole as f64;
            if share(in_gold).max(share(in_predicted)) >= PAIR_SHARE {
                let found = share(in_gold).min(share(in_predicted)) >= FOUND_SHARE;
                let dice = (2 * shared) as f64 / (in_gold + in_predicted) as f64;
                candidates.push((dice, ArticlePair { gold: g, predicted: p, found }));
            }
        }
    }
    candidates.sort_by(|(dice, pair), (other_dice, other)| other_dice.total_cmp(dice).then(pair.cmp(other)));
    let (mut used_gold, mut used_predicted) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, pair) in candidates {
        if !used_gold.contains(&pair.gold) && !used_predicted.contains(&pair.predicted) {
            used_gold.insert(pair.gold);
            used_predicted.insert(pair.predicted);
            pairs.push(pair);
        }
    }
    pairs.sort();
    pairs
}

/// What became of two lists.
#[derive(Clone, Debug)]
pub struct Paired<'a, T> {
    /// Gold and predicted.
    pub pairs: Vec<(&'a T, &'a T)>,
    /// Gold without a partner, optional rows left out.
    pub missed: Vec<&'a T>,
    /// Predictions that answer to nothing in gold.
    pub spurious: Vec<&'a T>,
}

/// How two names may agree, best first: the same name, a common form, a common form without generic suffix.
const AGREEMENTS: [fn(&Name, &Name) -> bool; 3] = [
    |gold, predicted| gold.key == predicted.key,
    |gold, predicted| !gold.forms.is_disjoint(&predicted.forms),
    |gold, predicted| !gold.bare.is_disjoint(&predicted.bare),
];

/// Whether two names may be the same thing.
pub fn agree(gold: &Name, predicted: &Name) -> bool {
    AGREEMENTS.iter().any(|agree| agree(gold, predicted))
}

/// Pairs of names: best agreement first, required rows before optional ones, then in the order of the text.
///
/// A prediction that is left over although it agrees with a gold name is another form of a name already paired:
/// neither right nor spurious.
pub fn names<'a>(gold: &'a [Name], predicted: &'a [Name]) -> Paired<'a, Name> {
    let (mut gold_left, mut predicted_left): (Vec<_>, Vec<_>) = (gold.iter().collect(), predicted.iter().collect());
    let mut pairs = Vec::new();
    for agree in AGREEMENTS {
        for optional in [false, true] {
            predicted_left.retain(|name| {
                let partner = gold_left.iter().position(|gold| gold.optional == optional && agree(gold, name));
                pairs.extend(partner.map(|at| (gold_left.remove(at), *name)));
                partner.is_none()
            });
        }
    }
    gold_left.retain(|name| !name.optional);
    predicted_left.retain(|name| !gold.iter().any(|gold| agree(gold, name)));
    Paired { pairs, missed: gold_left, spurious: predicted_left }
}

/// Pairs of metrics.
#[derive(Clone, Debug)]
pub struct PairedMetrics<'a> {
    /// With the unit as it is, and what is left when both passes are done.
    pub strict: Paired<'a, Metric>,
    /// Further pairs when the measure words for people are taken as one.
    pub lenient: Vec<(&'a Metric, &'a Metric)>,
}

/// Pairs of metrics of the same number and unit that stand on the same words.
///
/// Where several fit (`3个` three times in an article), those that agree in most go first, then required rows
/// before optional ones, then those that stand in the same place of the order.
pub fn metrics<'a>(gold: &'a [Metric], predicted: &'a [Metric]) -> PairedMetrics<'a> {
    let mut gold_left: BTreeSet<usize> = (0..gold.len()).collect();
    let mut predicted_left: BTreeSet<usize> = (0..predicted.len()).collect();
    let mut pass = |units: Units| {
        let mut candidates = Vec::new();
        for &g in &gold_left {
            for &p in &predicted_left {
                let (one, other) = (&gold[g], &predicted[p]);
                if same_figure(one, other, units) {
                    let place = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
                    let apart = (place(g, gold.len()) - place(p, predicted.len())).abs();
                    candidates.push((unlike(one, other), one.optional, apart, g, p));
                }
            }
        }
        candidates
            .sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then((a.3, a.4).cmp(&(b.3, b.4))));
        let mut pairs = Vec::new();
        for (.., g, p) in candidates {
            if gold_left.contains(&g) && predicted_left.contains(&p) {
                gold_left.remove(&g);
                predicted_left.remove(&p);
                pairs.push((&gold[g], &predicted[p]));
            }
        }
        pairs
    };
    let (pairs, lenient) = (pass(Units::Strict), pass(Units::Lenient));
    let excused = |metric: &Metric| gold.iter().any(|row| row.optional && excuses(row, metric));
    let missed = gold_left.iter().map(|&g| &gold[g]).filter(|metric| !metric.optional).collect();
    let spurious = predicted_left.iter().map(|&p| &predicted[p]).filter(|metric| !excused(metric)).collect();
    PairedMetrics { strict: Paired { pairs, missed, spurious }, lenient }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Units {
    Strict,
    Lenient,
}

fn same_figure(gold: &Metric, predicted: &Metric, units: Units) -> bool {
    same_value(gold, predicted) && same_unit(gold, predicted, units) && overlapping(&gold.text, &predicted.text)
}

/// An optional row makes a prediction on the same words, or of the same figure, count neither way.
fn excuses(optional: &Metric, predicted: &Metric) -> bool {
    fold::text(&optional.text) == fold::text(&predicted.text) || same_figure(optional, predicted, Units::Lenient)
}

/// In how many respects two metrics of the same figure differ.
fn unlike(gold: &Metric, predicted: &Metric) -> usize {
    let subject = same_subject(gold, predicted) != Some(true);
    let text = fold::text(&gold.text) != fold::text(&predicted.text);
    let attributes = Attribute::ALL.iter().filter(|&&attribute| !same_attribute(gold, predicted, attribute));
    usize::from(subject) + usize::from(text) + attributes.count()
}

fn same_value(gold: &Metric, predicted: &Metric) -> bool {
    let fraction = gold.text.contains("分之") || fold::text(&gold.text).contains('/');
    let tolerance = if fraction { ROUNDED } else { EXACT };
    let numbers = [(gold.value, predicted.value), (gold.low, predicted.low), (gold.high, predicted.high)];
    numbers.iter().all(|&(a, b)| same_number(a, b, tolerance))
}

fn same_number(a: Option<f64>, b: Option<f64>, tolerance: f64) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * a.abs().max(b.abs()),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn same_unit(gold: &Metric, predicted: &Metric, units: Units) -> bool {
    let (a, b) = (fold::unit(gold.unit.as_deref()), fold::unit(predicted.unit.as_deref()));
    a == b || (units == Units::Lenient && fold::lenient_unit(&a) == fold::lenient_unit(&b))
}

/// Half of the shorter text stands in the longer one in one piece.
fn overlapping(a: &str, b: &str) -> bool {
    let (a, b) = (fold::text(a), fold::text(b));
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let half = short.len().div_ceil(2).max(1);
    short.windows(half).any(|piece| long.windows(half).any(|other| other == piece))
}

/// Whether the subjects are the same: one within the other, or the same last two Han characters, since the head
/// of a Chinese noun phrase stands last. None where gold names none.
pub fn same_subject(gold: &Metric, predicted: &Metric) -> Option<bool> {
    let subject = |metric: &Metric| fold::name(metric.subject.as_deref().unwrap_or_default());
    let (a, b) = (subject(gold), subject(predicted));
    if a.is_empty() || b.is_empty() {
        return (!a.is_empty()).then_some(false);
    }
    let (han_a, han_b) = (fold::han(&a), fold::han(&b));
    let same_head = han_a.len() > 1 && han_b.ends_with(&han_a[han_a.len() - 2..]);
    Some(a.contains(&b) || b.contains(&a) || same_head)
}

/// Whether an attribute is the same; an empty word is none.
pub fn same_attribute(gold: &Metric, predicted: &Metric, attribute: Attribute) -> bool {
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    match attribute {
        Attribute::Approx => gold.approx == predicted.approx,
        Attribute::Bound => word(&gold.bound) == word(&predicted.bound),
        Attribute::Change => word(&gold.change) == word(&predicted.change),
        Attribute::From => same_number(gold.from, predicted.from, EXACT),
        Attribute::Basis => fold::text(&word(&gold.basis)) == fold::text(&word(&predicted.basis)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind::{self, Community, Grid};

    fn article(body: &str) -> Reading {
        Reading::default().with_paragraphs(vec![body.to_owned()])
    }

    #[test]
    fn articles_pair_by_their_text_whatever_their_order() {
        let gold = [article("柳园居民区新建凉亭一座"), article("新桥镇夜校开班招生"), article("河边清理垃圾")];
        let predicted =
            [article("新桥镇夜校开班招生"), article("柳园居民区新建凉亭一座，又有别的很多很多文字"), article("无关")];
        let pair = |gold, predicted, found| ArticlePair { gold, predicted, found };
        assert_eq!(articles(&gold, &predicted), [pair(0, 1, false), pair(1, 0, true)]);
    }

    #[test]
    fn an_article_without_body_pairs_by_its_headline() {
        let headline = || Reading { title: Some("新桥镇夜校开班".to_owned()), ..Reading::default() };
        assert!(articles(&[headline()], &[headline()])[0].found);
        assert_eq!(articles(&[Reading::default()], &[Reading::default()]), []);
    }

    fn paired_names(gold: &[(&str, bool)], predicted: &[&str], kind: EntityKind) -> String {
        let gold: Vec<_> = gold.iter().map(|&(label, optional)| Name::new(kind, label, [], optional)).collect();
        let predicted: Vec<_> = predicted.iter().map(|label| Name::new(kind, label, [], false)).collect();
        let paired = names(&gold, &predicted);
        let pairs = paired.pairs.iter().map(|(gold, predicted)| format!("{}={}", gold.label, predicted.label));
        let missed = paired.missed.iter().map(|name| format!("-{}", name.label));
        let spurious = paired.spurious.iter().map(|name| format!("+{}", name.label));
        pairs.chain(missed).chain(spurious).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_pair_best_agreement_first() {
        for (gold, predicted, kind, outcome) in [
            (&[("柳园居民区", false)][..], &["柳园小区"][..], Community, "柳园居民区=柳园小区"),
            // The very name goes before the one that agrees without its suffix.
            (&[("柳园居民区", false)], &["柳园小区", "柳园居民区"], Community, "柳园居民区=柳园居民区"),
            (&[("东河综合网格", false)], &["西河综合网格"], Grid, "-东河综合网格 +西河综合网格"),
            // Required rows go before optional ones; a missed optional row counts neither way.
            (&[("柳园", true), ("柳园小区", false)], &["柳园居民区"], Community, "柳园小区=柳园居民区"),
            (&[("柳园", true)], &[], Community, ""),
        ] {
            assert_eq!(paired_names(gold, predicted, kind), outcome);
        }
    }

    fn metric(text: &str, value: f64, unit: &str, subject: &str) -> Metric {
        let some = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
        Metric {
            text: text.to_owned(),
            value: Some(value),
            unit: some(unit),
            subject: some(subject),
            ..Metric::default()
        }
    }

    #[test]
    fn the_same_figure_has_the_same_number_unit_and_words() {
        for (gold, predicted, strict, lenient) in [
            (("12栋", 12.0, "栋"), ("12栋", 12.0, "幢"), false, false),
            (("30㎡", 30.0, "平方米"), ("30m²", 30.0, "㎡"), true, true),
            (("5名", 5.0, "名"), ("5名", 5.0, "位"), false, true),
            (("三分之二", 66.67, "%"), ("三分之二", 66.6667, "%"), true, true),
            (("66.67%", 66.67, "%"), ("66.67%", 66.6667, "%"), false, false),
            (("约800余户", 800.0, "户"), ("800余", 800.0, "户"), true, true),
            (("八百户", 800.0, "户"), ("800户", 800.0, "户"), false, false),
        ] {
            let build = |(text, value, unit): (&str, f64, &str)| metric(text, value, unit, "");
            let (gold, predicted) = (build(gold), build(predicted));
            assert_eq!(same_figure(&gold, &predicted, Units::Strict), strict, "{gold} / {predicted}");
            assert_eq!(same_figure(&gold, &predicted, Units::Lenient), lenient, "{gold} / {predicted}");
        }
        let range = Metric { low: Some(8.0), high: Some(10.0), ..Metric::default() };
        assert!(!same_value(&range, &Metric { high: Some(12.0), ..range.clone() }));
    }

    #[test]
    fn subjects_agree_within_one_another_or_in_their_head() {
        for (gold, predicted, same) in [
            ("凉亭面积", "面积", Some(true)),
            ("志愿者阿姨", "热心阿姨", Some(true)),
            ("老人", "居民", Some(false)),
            ("老人", "", Some(false)),
            ("", "老人", None),
            ("人", "老人们", Some(true)),
        ] {
            assert_eq!(same_subject(&metric("", 1.0, "", gold), &metric("", 1.0, "", predicted)), same, "{gold}");
        }
    }

    #[test]
    fn repeated_figures_pair_by_subject_then_by_order() {
        let gold = [metric("3个", 3.0, "个", "小区"), metric("3个", 3.0, "个", "凉亭"), metric("3个", 3.0, "个", "")];
        let predicted = [metric("3个", 3.0, "个", "凉亭"), metric("3个", 3.0, "个", "小区")];
        let paired = metrics(&gold, &predicted);
        assert!(paired.strict.pairs.iter().all(|(gold, predicted)| gold.subject == predicted.subject));
        assert_eq!(paired.strict.missed.len(), 1);
    }

    #[test]
    fn an_optional_row_excuses_what_stands_on_its_words() {
        let gold = [Metric { optional: true, ..metric("五步", 5.0, "步", "") }];
        let predicted = [metric("五步", 5.0, "步", ""), metric("五步", 50.0, "", ""), metric("六步", 6.0, "步", "")];
        let paired = metrics(&gold, &predicted);
        assert_eq!(paired.strict.spurious.iter().map(|metric| metric.text.as_str()).collect::<Vec<_>>(), ["六步"]);
    }
}
