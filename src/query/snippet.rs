//! Where a query stands in an article. In: a record and a query. Out: the passages worth showing, cut at sentence
//! ends, with every hit at its characters: words that were asked for, names and figures that answer a condition.
//!
//! (tantivy's own snippets work on tokens that do not overlap; ours do.)

use super::expr::Leaf;
use super::find::{Needle, near_places, places};
use super::parse::Query;
use super::plain::{belongs, holds_of_row, names};
use crate::lexicon::chars::{ends_sentence, sentences};
use crate::model::{Decisions, TextSpan};
use crate::record::Record;

/// Longest passage, in characters: some four lines of a terminal. A longer sentence is cut around its first hit.
const LONGEST: usize = 160;

/// Most passages that one text is searched for the best of. A page that is one line of 200 MB has a million.
const MOST: usize = 1000;

/// How much stands before the first hit where a sentence is cut, in characters.
const LEAD: usize = 40;

/// A text of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The headline.
    Title,
    /// The line above it.
    Kicker,
    /// The line below it.
    Subtitle,
    /// The section heading of that index.
    Heading(usize),
    /// The paragraph of that index.
    Paragraph(usize),
    /// The writer of that index.
    Byline(usize),
    /// The sign-off.
    Source,
}

impl Text {
    /// The word that stands in the JSON of a search.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kicker => "kicker",
            Self::Subtitle => "subtitle",
            Self::Heading(_) => "heading",
            Self::Paragraph(_) => "paragraph",
            Self::Byline(_) => "byline",
            Self::Source => "source",
        }
    }
}

/// A piece of a text that holds hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which text of the article.
    pub place: Text,
    /// The words.
    pub text: String,
    /// First character of the piece, in Unicode scalar values of the whole text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// Whether it begins and ends where a sentence does.
    pub whole: [bool; 2],
    /// The hits in it, in Unicode scalar values of the whole text; in order, none overlapping.
    pub hits: Vec<[usize; 2]>,
    /// How many conditions of the query it answers.
    terms: usize,
}

/// What to show of an article.
#[derive(Clone, Copy, Debug)]
pub struct Show<'a> {
    /// How many passages besides the headline's.
    pub passages: usize,
    /// How many sentences before and behind those that hold hits.
    pub context: usize,
    /// What operators have decided on names.
    pub decisions: &'a Decisions,
}

/// The passages of `record` that hold hits: the headline's and those that say most of the rest, in reading order. Where a
/// query says nothing of texts, names or figures, the beginning of the article.
pub fn passages(record: &Record, query: &Query, show: &Show<'_>) -> Vec<Passage> {
    let leaves = query.expr.wanted();
    let mut all: Vec<Passage> = texts(record)
        .flat_map(|(place, text)| {
            cut(place, text, &marks(record, place, text, &leaves, show.decisions), show.context)
        })
        .collect();
    if all.is_empty() {
        return beginning(record, show).into_iter().collect();
    }
    let mut order: Vec<usize> = (0..all.len()).filter(|&at| all[at].place != Text::Title).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse((all[at].terms, all[at].hits.len())), at));
    let mut dropped = vec![false; all.len()];
    order.into_iter().skip(show.passages).for_each(|at| dropped[at] = true);
    let mut dropped = dropped.into_iter();
    all.retain(|_| dropped.next() != Some(true));
    all
}

/// The first sentence of the first paragraph.
fn beginning(record: &Record, show: &Show<'_>) -> Option<Passage> {
    let text = record.paragraphs.first().filter(|_| show.passages > 0)?;
    let sentence = sentences(text, ends_sentence).first().copied()?;
    let span = window(text, sentence, TextSpan::new(sentence.start, sentence.start));
    Some(passage(Text::Paragraph(0), text, (span, 0), sentence, &[]))
}

/// All texts of an article that the index searches, in reading order.
pub(crate) fn texts(record: &Record) -> impl Iterator<Item = (Text, &str)> {
    let kicker = record.kicker.iter().map(|text| (Text::Kicker, text.as_str()));
    let title = record.title.iter().map(|text| (Text::Title, text.as_str()));
    let subtitle = record.subtitle.iter().map(|text| (Text::Subtitle, text.as_str()));
    let byline = record.byline.iter().enumerate().map(|(at, text)| (Text::Byline(at), text.as_str()));
    let body = (0..=record.paragraphs.len()).flat_map(|at| {
        let headings = record.headings.iter().enumerate().filter(move |(_, heading)| heading.before == at);
        let paragraph = record.paragraphs.get(at).map(|text| (Text::Paragraph(at), text.as_str()));
        headings.map(|(at, heading)| (Text::Heading(at), heading.text.as_str())).chain(paragraph)
    });
    let source = record.source.iter().map(|text| (Text::Source, text.as_str()));
    kicker.chain(title).chain(subtitle).chain(byline).chain(body).chain(source)
}

/// A hit: bytes of its text, and which condition of the query it answers.
#[derive(Clone, Copy, Debug)]
struct Mark {
    span: TextSpan,
    leaf: usize,
}

/// Every place in `text` that answers one of `leaves`, in order.
fn marks(record: &Record, place: Text, text: &str, leaves: &[&Leaf], decisions: &Decisions) -> Vec<Mark> {
    let (mut needles, mut of, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for (leaf, wanted) in leaves.iter().enumerate() {
        let mut mark = |span| all.push(Mark { span, leaf });
        match wanted {
            Leaf::Text(words) if belongs(place, words.part) => {
                needles.extend(words.variants.iter().map(|units| Needle { units, prefix: words.prefix }));
                of.resize(needles.len(), leaf);
            }
            Leaf::Near(near) if belongs(place, near.part) => {
                near_places(text, near).iter().for_each(|place| mark(place.span));
            }
            Leaf::Name(name) => {
                let here = record.mentions.iter().filter(|mention| is_in(place, mention.paragraph));
                here.filter(|mention| mention.kind == name.kind.as_str() && names(name, &mention.name, decisions))
                    .for_each(|mention| mark(bytes(text, mention.start, mention.end)));
            }
            Leaf::Metric(rows) => {
                let here = record.metrics.iter().filter(|metric| is_in(place, metric.paragraph));
                here.filter(|metric| holds_of_row(rows, metric, decisions))
                    .for_each(|metric| mark(bytes(text, metric.start, metric.end)));
            }
            _ => {}
        }
    }
    all.extend(places(text, &needles).iter().map(|place| Mark { span: place.span, leaf: of[place.needle] }));
    all.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.leaf));
    all
}

/// A place that answers a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Which text of the article.
    pub(super) place: Text,
    /// The whole of it.
    pub(super) text: &'a str,
    /// Where in it, in bytes.
    pub(super) span: TextSpan,
    /// First character, in Unicode scalar values.
    pub(super) start: usize,
}

/// Every place in `record` that answers `query`, in reading order.
pub(super) fn hits<'a>(record: &'a Record, query: &Query, decisions: &Decisions) -> Vec<Place<'a>> {
    let leaves = query.expr.wanted();
    let mut all = Vec::new();
    for (place, text) in texts(record) {
        let mut counted = (0, 0);
        let mut spans: Vec<TextSpan> =
            marks(record, place, text, &leaves, decisions).into_iter().map(|mark| mark.span).collect();
        spans.dedup();
        for span in spans {
            let start = counted.1 + text[counted.0..span.start].chars().count();
            counted = (span.start, start);
            all.push(Place { place, text, span, start });
        }
    }
    all
}

/// Whether the records of that paragraph are of this text.
fn is_in(place: Text, paragraph: i64) -> bool {
    match place {
        Text::Title => paragraph == -1,
        Text::Paragraph(at) => usize::try_from(paragraph).is_ok_and(|paragraph| paragraph == at),
        _ => false,
    }
}

/// Characters as bytes.
fn bytes(text: &str, start: usize, end: usize) -> TextSpan {
    let mut bounds = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = bounds.nth(start).unwrap_or(text.len());
    let to = if end > start { bounds.nth(end - start - 1).unwrap_or(text.len()) } else { from };
    TextSpan::new(from, to)
}

/// The passages of one text.
fn cut(place: Text, text: &str, marks: &[Mark], context: usize) -> Vec<Passage> {
    let mut all = Vec::new();
    let mut rest = marks;
    let sentences =
        if rest.is_empty() { Vec::new() } else { sentences(text, |c| ends_sentence(c) || matches!(c, '；' | ';')) };
    // Characters are counted on from passage to passage: a page may be one line of many megabytes.
    let mut counted = (0, 0);
    while let Some(first) = rest.first().filter(|_| all.len() < MOST) {
        let mut span = around(&sentences, first.span, context);
        // Sentences that follow one another, and hold hits, are one passage as long as it is not too long.
        let mut count = 1;
        while let Some(next) = rest.get(count) {
            let next = around(&sentences, next.span, context);
            let wider = TextSpan::new(span.start, next.end.max(span.end));
            if wider != span && (next.start > span.end || is_long(wider.of(text), context)) {
                break;
            }
            span = wider;
            count += 1;
        }
        let whole = span;
        if is_long(span.of(text), context) {
            span = window(text, span, first.span);
            count = rest[..count].iter().take_while(|mark| mark.span.end <= span.end).count().max(1);
        }
        // Windows of one long sentence may overlap.
        let start = match text.get(counted.0..span.start) {
            Some(between) => counted.1 + between.chars().count(),
            None => counted.1 - text[span.start..counted.0].chars().count(),
        };
        counted = (span.start, start);
        all.push(passage(place, text, (span, start), whole, &inside(marks, span)));
        rest = &rest[count..];
    }
    all
}

/// Those of `marks` that stand in `span` whole, also where they were in a passage before: windows of one sentence overlap.
fn inside(marks: &[Mark], span: TextSpan) -> Vec<Mark> {
    let from = marks.partition_point(|mark| mark.span.start < span.start);
    let behind = marks.get(from..).unwrap_or_default().iter().take_while(|mark| mark.span.start < span.end);
    behind.filter(|mark| mark.span.end <= span.end).copied().collect()
}

fn is_long(text: &str, context: usize) -> bool {
    context == 0 && text.chars().nth(LONGEST).is_some()
}

/// The sentences that hold `span`, and `context` more on either side.
fn around(sentences: &[TextSpan], span: TextSpan, context: usize) -> TextSpan {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let holding = &sentences[first.saturating_sub(context)..last.saturating_add(context).min(sentences.len())];
    holding.iter().fold(span, |all, one| TextSpan::new(all.start.min(one.start), all.end.max(one.end)))
}

/// At most [`LONGEST`] characters of `span`, with `hit` near the beginning and whole in any case.
fn window(text: &str, span: TextSpan, hit: TextSpan) -> TextSpan {
    let before = &text[span.start..hit.start];
    let start = before.char_indices().rev().nth(LEAD - 1).map_or(span.start, |(at, _)| span.start + at);
    let end = text[start..span.end].char_indices().nth(LONGEST).map_or(span.end, |(at, _)| start + at);
    TextSpan::new(start, end.max(hit.end))
}

/// The passage at `span`, whose first character is the `start`th.
fn passage(place: Text, text: &str, (span, start): (TextSpan, usize), whole: TextSpan, marks: &[Mark]) -> Passage {
    let mut terms: Vec<usize> = marks.iter().map(|mark| mark.leaf).collect();
    terms.sort_unstable();
    terms.dedup();
    let mut merged: Vec<TextSpan> = Vec::new();
    for mark in marks {
        match merged.last_mut() {
            Some(last) if mark.span.start < last.end => last.end = last.end.max(mark.span.end),
            _ => merged.push(mark.span),
        }
    }
    let scalar = |byte: usize| start + text[span.start..byte].chars().count();
    Passage {
        place,
        text: span.of(text).to_owned(),
        start,
        end: scalar(span.end),
        whole: [span.start == whole.start, span.end == whole.end],
        hits: merged.iter().map(|hit| [scalar(hit.start), scalar(hit.end)]).collect(),
        terms: terms.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn pieces(place: Text, text: &str, query: &str) -> Vec<Passage> {
        let query = parse(query).expect("the test's query is one");
        let record = crate::record::Record::default();
        let marks = marks(&record, place, text, &query.expr.wanted(), &Decisions::default());
        cut(place, text, &marks, 0)
    }

    fn shown(text: &str, query: &str) -> Vec<String> {
        let show = |passage: Passage| {
            let mut shown = String::new();
            for (at, c) in passage.text.chars().enumerate() {
                let at = at + passage.start;
                shown.push_str(if passage.hits.iter().any(|hit| hit[0] == at) { "[" } else { "" });
                shown.push(c);
                shown.push_str(if passage.hits.iter().any(|hit| hit[1] == at + 1) { "]" } else { "" });
            }
            shown
        };
        pieces(Text::Paragraph(0), text, query).into_iter().map(show).collect()
    }

    #[test]
    fn marks_every_hit_in_its_sentence() {
        let text = "楼道整洁。网格员说：“停车难。”大家笑了。后来，停车 位多了；ＷｉＦｉ也有。";
        assert_eq!(shown(text, "停车"), ["网格员说：“[停车]难。”", "后来，[停车] 位多了；"]);
        assert_eq!(shown(text, "停车位"), ["后来，[停车 位]多了；"]);
        assert_eq!(shown(text, "wifi"), ["[ＷｉＦｉ]也有。"]);
        assert_eq!(
            shown(text, "停车 wifi 多"),
            ["网格员说：“[停车]难。”", "后来，[停车] 位[多]了；[ＷｉＦｉ]也有。"]
        );
        assert!(shown(text, "车停").is_empty());
    }

    #[test]
    fn joins_hits_that_overlap() {
        assert_eq!(shown("人人人", "人人"), ["[人人人]"]);
        assert_eq!(shown("综合网格", "综合网 合网格"), ["[综合网格]"]);
        assert_eq!(shown("难。”停", "难停"), Vec::<String>::new());
        assert_eq!(shown("他说难。”停了。", "\"难。”停\""), ["他说[难。”停]了。"]);
    }

    #[test]
    fn cuts_a_sentence_without_end() {
        let text = format!("{}网格{}网格", "甲".repeat(300), "乙".repeat(300));
        let passages = pieces(Text::Title, &text, "网格");
        let places: Vec<_> = passages.iter().map(|passage| (passage.start, passage.end, passage.whole)).collect();
        assert_eq!(places, [(260, 420, [false, false]), (562, 604, [false, true])]);
    }
}
