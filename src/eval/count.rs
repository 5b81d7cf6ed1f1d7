//! Counts of one issue: how much is right, spurious, missed.
//!
//! In: the gold articles of an issue and what was predicted of it. Out: its [`Figures`]; [`Mistakes`] get one
//! message for each fault.
//!
//! Articles are paired first. Everything else compares paired articles, found or not; an article without a
//! partner counts as wholly missed or wholly spurious, so that dropping one never pays. Characters lost and
//! extra are counted over the whole issue, so that text moved to another article is not lost.

use super::align::{self, Node};
use super::figures::Figures;
use super::fold;
use super::gram::Grams;
use super::mistake::{self, Mistakes, Sort};
use super::pair;
use super::prediction::Issue;
use super::reading::{Attribute, Heading, Metric, Reading, merge_kinds};
use super::share::{Accuracy, Hits, Ratio};
use crate::model::EntityKind;
use std::collections::BTreeSet;

/// Characters in a gram that tells whether text is lost: long enough that chance repeats are rare in prose.
const LOSS_GRAM: usize = 4;

/// Stands between bodies where they are joined; no body has it.
const BETWEEN: char = '\0';

/// Counts the issue of that name.
pub fn count(issue: &str, gold: &[Reading], predicted: &Issue, mistakes: &mut Mistakes) -> Figures {
    let mut count = Count { issue, figures: Figures::default(), mistakes };
    count.issue(gold, predicted);
    count.figures
}

/// The counts of one issue while they are made.
struct Count<'a> {
    issue: &'a str,
    figures: Figures,
    mistakes: &'a mut Mistakes,
}

/// Two readings of an article. Where one side has none, it is an empty one.
#[derive(Clone, Copy)]
struct Both<'a> {
    gold: &'a Reading,
    predicted: &'a Reading,
    sides: Sides,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    Paired,
    GoldAlone,
    PredictedAlone,
}

impl Both<'_> {
    fn label(&self) -> String {
        if self.sides == Sides::PredictedAlone {
            format!("predicted {}", self.predicted.label())
        } else {
            self.gold.label()
        }
    }
}

impl Count<'_> {
    fn issue(&mut self, gold: &[Reading], predicted: &Issue) {
        let pairs = pair::articles(gold, &predicted.articles);
        let nothing = Reading::default();
        for (g, article) in gold.iter().enumerate() {
            let partner = pairs.iter().find(|pair| pair.gold == g);
            let other = partner.map(|pair| &predicted.articles[pair.predicted]);
            let sides = if other.is_some() { Sides::Paired } else { Sides::GoldAlone };
            let both = Both { gold: article, predicted: other.unwrap_or(&nothing), sides };
            if partner.is_some_and(|pair| pair.found) {
                self.figures.articles.right += 1;
            } else {
                self.figures.articles.missed += 1;
                let nearest = other
                    .map_or_else(|| "nothing like it".to_owned(), |other| format!("nearest is {}", other.label()));
                self.mistake(Sort::ArticleMissed, both, &nearest);
            }
            self.title(both);
            self.fields(both);
            self.article(both);
        }
        for (p, article) in predicted.articles.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.predicted == p) {
                let both = Both { gold: &nothing, predicted: article, sides: Sides::PredictedAlone };
                self.mistake(Sort::ArticleSpurious, both, "gold has nothing like it");
                self.article(both);
            }
        }
        self.figures.articles.spurious = predicted.articles.len() - self.figures.articles.right;
        self.coverage(gold, &predicted.articles);
        self.figures.offset_errors = predicted.offset_errors.len();
        for error in &predicted.offset_errors {
            self.mistakes.add(Sort::Offsets, error.clone());
        }
    }

    /// What is counted for articles of either side.
    fn article(&mut self, both: Both) {
        self.headings(both);
        self.body(both);
        self.names(both);
        self.metrics(both);
    }

    fn mistake(&mut self, sort: Sort, both: Both, what: &str) {
        self.mistakes.add(sort, format!("{} {}: {what}", self.issue, both.label()));
    }

    fn title(&mut self, both: Both) {
        let (gold, predicted) = (both.gold.title.as_deref(), both.predicted.title.as_deref());
        let paired = both.sides == Sides::Paired;
        let right = paired && same_text(gold, predicted);
        self.figures.title.folded.0.count(right);
        self.figures.title.exact.count(paired && gold == predicted);
        if paired && !right {
            self.mistake(Sort::Title, both, &format!("predicted “{}”", predicted.unwrap_or_default()));
        }
    }

    /// The short lines around the headline, of the articles where either side has them.
    fn fields(&mut self, both: Both) {
        type Field = for<'a> fn(&'a Reading) -> &'a Option<String>;
        type Counter = fn(&mut Figures) -> &mut Accuracy;
        let fields: [(&'static str, Field, Counter); 4] = [
            ("kicker", |reading| &reading.kicker, |figures| &mut figures.kicker),
            ("subtitle", |reading| &reading.subtitle, |figures| &mut figures.subtitle),
            ("source", |reading| &reading.source, |figures| &mut figures.source),
            ("date", |reading| &reading.date, |figures| &mut figures.date),
        ];
        for (name, field, counter) in fields {
            let written = |reading| field(reading).as_deref().filter(|text| !text.is_empty());
            let (gold, predicted) = (written(both.gold), written(both.predicted));
            // A date may be known from the file's name or the masthead's; only where gold has one is it judged.
            let judged = if name == "date" { gold.is_some() } else { gold.or(predicted).is_some() };
            if judged {
                let show = |text: Option<&str>| text.unwrap_or("(none)").to_owned();
                self.field(both, name, counter, same_text(gold, predicted), [show(gold), show(predicted)]);
            }
        }
        let (gold, predicted) = (&both.gold.byline, &both.predicted.byline);
        if !gold.is_empty() || !predicted.is_empty() {
            let set = |names: &[String]| names.iter().map(|name| fold::text(name)).collect::<BTreeSet<_>>();
            let show = |names: &[String]| if names.is_empty() { "(none)".to_owned() } else { names.join("、") };
            let right = set(gold) == set(predicted);
            self.field(both, "byline", |figures| &mut figures.byline, right, [show(gold), show(predicted)]);
        }
    }

    fn field(
        &mut self,
        both: Both,
        name: &'static str,
        counter: fn(&mut Figures) -> &mut Accuracy,
        right: bool,
        [gold, predicted]: [String; 2],
    ) {
        counter(&mut self.figures).0.count(right);
        if !right {
            self.mistake(Sort::Field(name), both, &format!("gold {gold}, predicted {predicted}"));
        }
    }

    fn headings(&mut self, both: Both) {
        let folded = |headings: &[Heading]| headings.iter().map(|row| fold::text(&row.text)).collect::<Vec<_>>();
        let mut spurious = folded(&both.predicted.headings);
        let mut missed = folded(&both.gold.headings);
        missed.retain(|text| match spurious.iter().position(|other| other == text) {
            Some(at) => {
                spurious.remove(at);
                false
            }
            None => true,
        });
        let right = both.gold.headings.len() - missed.len();
        self.figures.headings.words += Hits { right, spurious: spurious.len(), missed: missed.len() };
        for (sort, texts) in [(Sort::HeadingMissed, missed), (Sort::HeadingSpurious, spurious)] {
            texts.iter().for_each(|text| self.mistake(sort, both, &format!("“{text}”")));
        }
        for heading in &both.gold.headings {
            let Some(place) = &heading.before else { continue };
            let same = |other: &&Heading| fold::text(&other.text) == fold::text(&heading.text);
            if let Some(other) = both.predicted.headings.iter().rev().find(same) {
                let there = other.before.as_deref().unwrap_or_default();
                self.figures.headings.placed.count(there == place);
                if there != place {
                    let what = format!("“{}” stands before “{there}”, not “{place}”", heading.text);
                    self.mistake(Sort::HeadingMisplaced, both, &what);
                }
            }
        }
    }

    /// Characters and paragraph ends.
    fn body(&mut self, both: Both) {
        let Both { gold, predicted, sides } = both;
        if sides != Sides::Paired {
            self.figures.paragraphs.missed += gold.ends.len().saturating_sub(1);
            self.figures.paragraphs.spurious += predicted.ends.len().saturating_sub(1);
            return;
        }
        let letters = |reading: &Reading| reading.paragraphs.concat().chars().collect::<Vec<_>>();
        let (gold_letters, predicted_letters) = (letters(gold), letters(predicted));
        let edits = align::distance(&gold_letters, &predicted_letters);
        self.figures.text.cer_exact += Ratio { part: edits, whole: gold_letters.len() };

        let path = align::path(&gold.body, &predicted.body);
        let edits = align::edits(&gold.body, &predicted.body, &path).count();
        self.figures.text.cer += Ratio { part: edits, whole: gold.body.len() };
        for stretch in align::stretches(&gold.body, &predicted.body, &path) {
            self.mistake(Sort::Text, both, &mistake::in_text(&gold.body, &predicted.body, stretch));
        }
        self.ends(both, &path);
    }

    /// An end answers to an end that it shares a node with: where text is inserted or deleted the path stays at
    /// one place of the other side, and any end there will do.
    fn ends(&mut self, both: Both, path: &[Node]) {
        let (mut missed, mut spurious) = (both.gold.inner_ends(), both.predicted.inner_ends());
        for &(i, j) in path {
            if missed.contains(&i) && spurious.contains(&j) {
                missed.remove(&i);
                spurious.remove(&j);
                self.figures.paragraphs.right += 1;
            }
        }
        self.figures.paragraphs += Hits { right: 0, spurious: spurious.len(), missed: missed.len() };
        let sides = [(Sort::EndMissed, missed, &both.gold.body), (Sort::EndSpurious, spurious, &both.predicted.body)];
        for (sort, ends, body) in sides {
            for end in ends {
                self.mistake(sort, both, &mistake::at_end(body, end));
            }
        }
    }

    fn names(&mut self, both: Both) {
        for (at, kind) in EntityKind::ALL.into_iter().enumerate() {
            let of_kind = |reading: &Reading| {
                reading.names.iter().filter(|name| name.kind == kind).cloned().collect::<Vec<_>>()
            };
            let (gold, predicted) = (of_kind(both.gold), of_kind(both.predicted));
            let paired = pair::names(&gold, &predicted);
            self.figures.entities.kinds[at] += hits(&paired, |name| name.optional);
            for name in paired.missed {
                let what = format!("{}  {}", name.label, both.gold.context(&name.label));
                self.mistake(Sort::NameMissed(kind), both, &what);
            }
            for name in paired.spurious {
                let others = both.gold.names.iter().filter(|gold| gold.kind != kind && !gold.optional);
                let others = others.filter(|gold| pair::agree(gold, name)).map(|gold| gold.kind.as_str());
                if let Some(other) = others.min() {
                    *self.figures.entities.confusions.entry(format!("{other}>{}", kind.as_str())).or_default() += 1;
                    let what = format!("{} is {other}, predicted {}", name.label, kind.as_str());
                    self.mistake(Sort::WrongKind, both, &what);
                } else {
                    let what = format!("{}  {}", name.label, both.predicted.context(&name.label));
                    self.mistake(Sort::NameSpurious(kind), both, &what);
                }
            }
        }
        let (gold, predicted) = (merge_kinds(&both.gold.names), merge_kinds(&both.predicted.names));
        self.figures.entities.any_kind += hits(&pair::names(&gold, &predicted), |name| name.optional);
    }

    fn metrics(&mut self, both: Both) {
        let paired = pair::metrics(&both.gold.metrics, &both.predicted.metrics);
        let strict = hits(&paired.strict, |metric| metric.optional);
        let lenient: Vec<_> = paired.lenient.iter().filter(|(gold, _)| !gold.optional).collect();
        let more = lenient.len();
        let figures = &mut self.figures.metrics;
        figures.detection +=
            Hits { spurious: strict.spurious + more, missed: strict.missed + more, right: strict.right };
        figures.lenient += Hits { right: strict.right + more, ..strict };
        for (gold, predicted) in paired.strict.pairs.iter().filter(|(gold, _)| !gold.optional) {
            self.attributes(both, gold, predicted);
        }
        for (gold, predicted) in lenient {
            self.mistake(Sort::MetricUnit, both, &format!("gold {gold}; predicted {predicted}"));
        }
        for metric in paired.strict.missed {
            self.mistake(Sort::MetricMissed, both, &format!("{metric}  {}", both.gold.context(&metric.text)));
        }
        for metric in paired.strict.spurious {
            self.mistake(Sort::MetricSpurious, both, &format!("{metric}  {}", both.predicted.context(&metric.text)));
        }
    }

    fn attributes(&mut self, both: Both, gold: &Metric, predicted: &Metric) {
        let mut wrong = Vec::new();
        let figures = &mut self.figures.metrics;
        for attribute in Attribute::ALL {
            let right = pair::same_attribute(gold, predicted, attribute);
            let counter = match attribute {
                Attribute::Approx => &mut figures.approx,
                Attribute::Bound => &mut figures.bound,
                Attribute::Change => &mut figures.change,
                Attribute::From => &mut figures.from,
                Attribute::Basis => &mut figures.basis,
            };
            counter.0.count(right);
            if !right {
                wrong.push(attribute.as_str());
            }
        }
        figures.full.0.count(wrong.is_empty());
        let subject = pair::same_subject(gold, predicted);
        subject.into_iter().for_each(|right| figures.subject.0.count(right));
        if !wrong.is_empty() {
            let what = format!("{}: gold {gold}; predicted {predicted}", wrong.join(", "));
            self.mistake(Sort::MetricAttribute, both, &what);
        }
        if subject == Some(false) {
            let show = |subject: &Option<String>| subject.clone().unwrap_or_else(|| "(none)".to_owned());
            let (want, have) = (show(&gold.subject), show(&predicted.subject));
            let what = format!("“{}”: gold {want}, predicted {have}  {}", gold.text, both.gold.context(&gold.text));
            self.mistake(Sort::MetricSubject, both, &what);
        }
    }

    /// Characters lost and extra, over the whole issue.
    fn coverage(&mut self, gold: &[Reading], predicted: &[Reading]) {
        let text = &mut self.figures.text;
        (text.lost, text.extra) = (uncovered(gold, predicted), uncovered(predicted, gold));
        (text.gold_chars, text.pred_chars) = (text.lost.whole, text.extra.whole);
    }
}

/// How many characters of `articles` stand nowhere in `others`.
fn uncovered(articles: &[Reading], others: &[Reading]) -> Ratio {
    let bodies: Vec<&[char]> = articles.iter().map(|article| article.body.as_slice()).collect();
    let joined = bodies.join(&BETWEEN);
    let whole = bodies.iter().map(|body| body.len()).sum();
    let known = Grams::of(others.iter().map(|other| other.body.as_slice()), LOSS_GRAM);
    // What stands between is in no body and so never covered.
    Ratio { part: known.uncovered(&joined, LOSS_GRAM) - (joined.len() - whole), whole }
}

fn same_text(gold: Option<&str>, predicted: Option<&str>) -> bool {
    fold::text(gold.unwrap_or_default()) == fold::text(predicted.unwrap_or_default())
}

fn hits<T>(paired: &pair::Paired<T>, optional: impl Fn(&T) -> bool) -> Hits {
    let right = paired.pairs.iter().filter(|(gold, _)| !optional(gold)).count();
    Hits { right, spurious: paired.spurious.len(), missed: paired.missed.len() }
}
