//! Figures in an article.
//!
//! In: an [`Article`]. Out: its [`Metric`]s, in reading order.
//!
//! | text                               | metric                                            |
//! |------------------------------------|---------------------------------------------------|
//! | `投诉量同比下降近四成`             | about 40 %, 投诉量, decrease, basis 同比          |
//! | `覆盖率从41%提升至78%`             | 78 %, 覆盖率, increase, from 41                   |
//! | `每名队员每月值班四到五次`         | 4 to 5 次, 值班                                   |
//! | `第31期`, `3号楼`, `“三步法”`      | none                                              |
//!
//! The steps, each a file: `number`, `numeral` and `share` read numbers, `unit` and `qualifier` what stands around them, `figure` puts
//! these together, `join` makes ranges and changes of neighbours, `reject` keeps out what counts nothing, `change`
//! and `subject` say what a figure tells and of what (with `site`, `phrase`, `word` and `known`). `decimal`, `words`
//! and `window` serve them.
//!
//! `table` knows what the columns of a table count. `check` holds what was found against each other, where the text allows it.

mod change;
mod check;
mod decimal;
mod figure;
mod join;
mod known;
mod listed;
mod number;
mod numeral;
mod phrase;
mod qualifier;
mod reject;
mod share;
mod sign;
mod site;
pub mod size;
mod subject;
mod table;
#[cfg(test)]
mod tests;
mod unit;
mod window;
mod word;
mod words;

pub(crate) use unit::normal as normal_unit;

use crate::model::{About, Article, EntityKind, Mention, Metric, Passage, Quantity, TextSpan};
use figure::{Figure, Role};

/// All figures in `article`, in reading order.
pub fn metrics(article: &Article) -> Vec<Metric> {
    let mut table = table::Table::default();
    // Names and passages are both in reading order: each passage takes its own off the front.
    let mut names = article.mentions.as_slice();
    let read = |passage: Passage<'_>| {
        let before = names.partition_point(|name| name.place < passage.place);
        let (here, rest) =
            names[before..].split_at(names[before..].partition_point(|name| name.place == passage.place));
        names = rest;
        let mut metrics = passage_metrics(passage, here);
        table.read(passage, &mut metrics);
        metrics
    };
    article.passages().flat_map(read).collect()
}

fn passage_metrics(passage: Passage<'_>, mentions: &[Mention]) -> Vec<Metric> {
    let text = passage.text;
    let mut figures = join::join(text, figure::scan(text));
    let named =
        mentions.iter().filter(|mention| mention.kind != EntityKind::Program).map(|mention| mention.span).collect();
    reject_named(&mut figures, named);
    for figure in &mut figures {
        if figure.role == Role::Count && !counts(text, figure) {
            figure.role = Role::Label;
        }
    }
    let mut metrics: Vec<Metric> = Vec::new();
    let mut counted = Vec::new();
    let names = mentions.iter().filter(|mention| !matches!(mention.kind, EntityKind::Program | EntityKind::Date));
    let reader = word::Reader::new(text, names.map(|mention| mention.span).collect());
    let (mut sentence, mut known) = (Sentence::default(), known::Known::default());
    for (index, figure) in figures.iter().enumerate() {
        if sentence.go_on(text, figure.start) {
            known.new_sentence(sentence.start);
        }
        if figure.role != Role::Count {
            continue;
        }
        let lead = &text[sentence.start..figure.start];
        let mut told = change::told(lead, figure, sentence.changed);
        if let Some(last) = metrics.last()
            && told.change.is_none()
            && shares(text, last, figure)
        {
            // 分别增长26.5%和18.2%: the verb is said once.
            (told.change, told.basis) = (last.change, last.basis.clone());
        }
        let clause = figure.start - window::phrase_before(lead).len();
        let subject = subject::subject(&reader, &figures, index, (clause + told.start).min(figure.start), &known);
        sentence.changed |= told.change.is_some();
        known.learn(figure, subject.as_ref());
        counted.push(figure);
        metrics.push(Metric {
            place: passage.place,
            span: TextSpan::new(figure.start, figure.end),
            quantity: quantity(figure),
            unit: figure.unit_name().map(str::to_owned),
            subject,
            approx: figure.approx,
            bound: figure.bound,
            change: told.change,
            from: figure.from.map(decimal::Decimal::value),
            basis: told.basis,
            about: About::default(),
            check: None,
        });
    }
    check::check(&check::Said { text, figures: &counted, names: mentions }, &mut metrics);
    metrics
}

/// Whether `figure` is a share that stands beside `last` in a series.
fn shares(text: &str, last: &Metric, figure: &Figure) -> bool {
    let beside =
        text.get(last.span.end..figure.start).is_some_and(|between| matches!(between, "、" | "和" | "及" | "与"));
    beside && figure.class() == Some(unit::Class::Share) && last.unit.as_deref() == figure.unit_name()
}

/// The sentence that is being read.
#[derive(Debug, Default)]
struct Sentence {
    /// Where it starts.
    start: usize,
    /// Up to where it was looked at.
    seen: usize,
    /// Whether it has told of a change.
    changed: bool,
}

impl Sentence {
    /// Moves on to `at`; says whether another sentence has begun.
    fn go_on(&mut self, text: &str, at: usize) -> bool {
        let end = text.get(self.seen..at).and_then(|between| between.rfind(['。', '！', '？', '\n']));
        if let Some(end) = end.map(|end| self.seen + end) {
            let mark = text[end..].chars().next().map_or(1, char::len_utf8);
            *self = Self { start: end + mark, ..Self::default() };
        }
        self.seen = self.seen.max(at);
        end.is_some()
    }
}

/// A figure inside a name that is already known (a date, an address, a grid) is not a metric. Both lists are in
/// order, so they are walked side by side.
fn reject_named(figures: &mut [Figure], mut named: Vec<TextSpan>) {
    named.sort_unstable();
    let mut next = 0;
    for figure in figures {
        while named.get(next).is_some_and(|span| span.end <= figure.at) {
            next += 1;
        }
        let number = TextSpan::new(figure.at, figure.number.end.max(figure.at));
        if figure.from.is_none() && named.get(next).is_some_and(|span| span.contains(number)) {
            figure.role = Role::Label;
        }
    }
}

fn counts(text: &str, figure: &Figure) -> bool {
    let Some(unit) = &figure.unit else { return false };
    !reject::is_quoted_name(text, figure.start, figure.end) && !reject::is_rhetorical(text, &figure.number, unit)
}

fn quantity(figure: &Figure) -> Quantity {
    let (low, high) = (figure.number.low.value(), figure.number.high.value());
    if figure.number.overflow || !low.is_finite() || !high.is_finite() {
        Quantity::Overflow
    } else if low == high || figure.from.is_some() {
        Quantity::Exact(high)
    } else {
        Quantity::Range(low, high)
    }
}
