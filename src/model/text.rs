//! [`Text`]: a string that knows which bytes of the file each of its characters came from.
//!
//! A cleaning rule never rewrites a string. It returns [`Edit`]s, and [`Text::apply`] carries them out and
//! keeps the map. What an edit deletes stays in the origin of its neighbour, so no byte drops out of sight.
//!
//! The map is run-length coded: a run is a stretch of equal units (one byte for one byte in untouched
//! UTF-8, three for two in decoded GBK, three for six in an undoubled headline). A page of a megabyte has
//! a few thousand runs.

use super::{SourceSpan, TextSpan};
use std::borrow::Cow;
use std::ops::Deref;

/// A string with its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    runs: Vec<Run>,
}

/// `units` units, each `text` bytes of the string made from `source` bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    at: usize,
    from: usize,
    units: usize,
    text: usize,
    source: usize,
}

impl Run {
    fn end(self) -> usize {
        self.at + self.units * self.text
    }

    fn until(self) -> usize {
        self.from + self.units * self.source
    }

    /// The units that touch `at..end` of the string, as a run of their own.
    fn cut(self, at: usize, end: usize) -> Self {
        if self.text == 0 {
            return self;
        }
        let first = at.saturating_sub(self.at) / self.text;
        let last = (end.min(self.end()) - self.at).div_ceil(self.text);
        let from = self.from + first * self.source;
        Self { at: self.at + first * self.text, from, units: last - first, ..self }
    }
}

/// What a rule wants changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: TextSpan,
    /// By what; empty to delete.
    pub with: Cow<'static, str>,
}

impl Edit {
    /// Deletes `start..end`.
    pub fn delete(start: usize, end: usize) -> Self {
        Self { span: TextSpan::new(start, end), with: Cow::Borrowed("") }
    }

    /// Replaces `start..end` by `with`.
    pub fn replace(start: usize, end: usize, with: impl Into<Cow<'static, str>>) -> Self {
        Self { span: TextSpan::new(start, end), with: with.into() }
    }
}

/// An edit, and why its rule believes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is to be changed.
    pub edit: Edit,
    /// Why.
    pub evidence: Evidence,
}

/// Why a repair was believed. A closed list, so that a reader can count how often each was enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The bytes of what stood there, in the encoding it was wrongly read in, are text in the right one.
    Bytes(&'static str),
    /// The character shows nothing on paper.
    Unseen,
    /// The table of forms says which character is meant.
    Form,
    /// A run too long to be double by chance.
    LongRun,
    /// A shorter run, and the page is doubled elsewhere.
    DoubledPage,
    /// A shorter run that is all its line.
    OwnLine,
    /// All figures of the line are doubled.
    DoubledFigures,
    /// The line says all it says twice.
    SaidTwice,
    /// The character stands in a figure, where only a digit or its point can stand.
    InFigure,
    /// The figure stands before a unit that counts nothing whole.
    Measured(String),
    /// The last digit of a share, again behind its sign.
    Tail,
    /// No sentence has these marks in a row.
    Crossing,
    /// The other mark of a pair, or what stands beside this one.
    Pair,
    /// Two clauses that no number joins.
    Dash,
    /// A word with a mark in it.
    Speck(String),
    /// The corrected characters are a word, and those read belong to none.
    Word {
        /// What is a word.
        word: String,
        /// What is none.
        read: String,
    },
    /// Normal form of spaces.
    Spaces,
    /// Normal form of widths.
    Widths,
}

impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes(wrong) => return write!(f, "its bytes prove that {wrong}"),
            Self::Unseen => "cannot be seen",
            Self::Form => "stands for this character in the table of forms",
            Self::LongRun => "too long to be double by chance",
            Self::DoubledPage => "the page is doubled elsewhere",
            Self::OwnLine => "doubled and alone on its line",
            Self::DoubledFigures => "all figures of the line are doubled",
            Self::SaidTwice => "the line says everything twice",
            Self::InFigure => "stands in a figure",
            Self::Measured(unit) if unit == "0" => "nothing is counted from nought, so the figure has a point",
            Self::Measured(unit) => return write!(f, "{unit} counts nothing whole, so the figure has a point"),
            Self::Tail => "the last digit again, behind the sign",
            Self::Crossing => "no sentence has these marks in a row",
            Self::Pair => "the other half of the pair, or what stands beside, tells which mark it is",
            Self::Dash => "parts two clauses and counts nothing",
            Self::Speck(word) => return write!(f, "{word} is a word, and no mark stands within one"),
            Self::Word { word, read } => return write!(f, "{word} is a word, {read} is none"),
            Self::Spaces => "normal form of spaces",
            Self::Widths => "normal form of widths",
        })
    }
}

/// The damages that a repair can mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// Text read in a wrong encoding and saved again (`缃戞牸` for `网格`).
    Mojibake,
    /// Zero-width characters, soft hyphens, control characters.
    Invisible,
    /// Radicals and compatibility forms in place of the character itself (`⽤` for `用`).
    Form,
    /// Bold that was drawn several times (`以以网网格格`).
    FakeBold,
    /// A character that recognition took for another (`入员` for `人员`).
    Misread,
    /// Spaces that are not there in normal form.
    Spacing,
    /// Marks and figures of the width that they do not have in normal form.
    Width,
}

impl Damage {
    /// The word that stands in listings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mojibake => "mojibake",
            Self::Invisible => "invisible",
            Self::Form => "form",
            Self::FakeBold => "fake-bold",
            Self::Misread => "misread",
            Self::Spacing => "spacing",
            Self::Width => "width",
        }
    }
}

/// A repair that was made, for the listing and for the stages that take it as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Where in the file.
    pub source: SourceSpan,
    /// What was mended.
    pub damage: Damage,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// Why it was believed.
    pub evidence: Evidence,
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.string
    }
}

impl Text {
    /// UTF-8 text as it stands in the file from byte `start` on.
    pub fn verbatim(string: impl Into<String>, start: usize) -> Self {
        let string = string.into();
        let runs = vec![Run { at: 0, from: start, units: string.len(), text: 1, source: 1 }];
        Self { runs: if string.is_empty() { Vec::new() } else { runs }, string }
    }

    /// The string itself.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The part that `span` covers, with its origin.
    pub fn slice(&self, span: TextSpan) -> Self {
        let mut builder = TextBuilder::default();
        builder.copy(self, span);
        builder.finish()
    }

    /// The text without white space at its ends. What was trimmed is in no origin.
    pub fn trimmed(&self) -> Self {
        let start = self.len() - self.trim_start().len();
        self.slice(TextSpan::new(start, start + self.trim().len()))
    }

    /// The bytes of the file that the whole text was made from, adjacent ranges merged, in reading order.
    pub fn origin(&self) -> Vec<SourceSpan> {
        merged(self.runs.iter().map(|run| SourceSpan::new(run.from, run.until())))
    }

    /// The bytes of the file that `span` was made from, adjacent ranges merged, in reading order.
    pub fn origin_of(&self, span: TextSpan) -> Vec<SourceSpan> {
        let first = self.runs.partition_point(|run| run.end() <= span.start);
        let runs = self.runs[first..].iter().take_while(|run| run.at < span.end);
        merged(runs.map(|run| run.cut(span.start, span.end)).map(|run| SourceSpan::new(run.from, run.until())))
    }

    /// The smallest range of the file that holds all of `span`, if it came from the file at all.
    pub fn source_of(&self, span: TextSpan) -> Option<SourceSpan> {
        let spans = self.origin_of(span);
        let start = spans.iter().map(|span| span.start).min()?;
        let end = spans.iter().map(|span| span.end).max()?;
        Some(SourceSpan::new(start, end))
    }

    /// The characters with their bytes in the text and in the file; text that stands nowhere in the file has none.
    pub fn characters(&self) -> impl Iterator<Item = (TextSpan, Option<SourceSpan>)> + '_ {
        let mut run = 0;
        self.string.char_indices().map(move |(at, c)| {
            let span = TextSpan::new(at, at + c.len_utf8());
            while self.runs.get(run).is_some_and(|run| run.end() <= at) {
                run += 1;
            }
            let own = self.runs[run.min(self.runs.len())..].iter().take_while(|run| run.at < span.end);
            let own = own.map(|run| run.cut(span.start, span.end)).filter(|run| run.text > 0 && run.source > 0);
            let source = own.map(|run| SourceSpan::new(run.from, run.until()));
            (span, source.reduce(|one, next| SourceSpan::new(one.start.min(next.start), one.end.max(next.end))))
        })
    }

    /// What was made of `source`, for text that stands in file order.
    pub fn made_of(&self, source: SourceSpan) -> &str {
        self.span_of(source).map_or("", |span| span.of(self))
    }

    /// The part that was made of `source`, for text that stands in file order.
    pub fn span_of(&self, source: SourceSpan) -> Option<TextSpan> {
        let first = self.runs.partition_point(|run| run.until() <= source.start);
        let runs = self.runs[first..].iter().take_while(|run| run.from < source.end);
        let spans = runs.filter(|run| run.text > 0 && run.source > 0).map(|run| {
            let unit = |byte: usize| (byte.saturating_sub(run.from)).min(run.units * run.source);
            let start = run.at + unit(source.start) / run.source * run.text;
            TextSpan::new(start, run.at + unit(source.end).div_ceil(run.source) * run.text)
        });
        let span = spans.reduce(|one, next| TextSpan::new(one.start, next.end));
        span.filter(|span| self.string.get(span.start..span.end).is_some())
    }

    /// The unit that `at` cuts in two.
    fn unit_around(&self, at: usize) -> Option<Run> {
        let run = self.runs.get(self.runs.partition_point(|run| run.end() <= at))?;
        let unit = run.cut(at, at + 1);
        (unit.at < at && run.text > 1).then_some(unit)
    }

    /// Carries out `edits`, which must be sorted and must not overlap.
    pub fn apply(&self, edits: &[Edit]) -> Self {
        if edits.is_empty() {
            return self.clone();
        }
        let mut builder = TextBuilder::with_capacity(self.len());
        let mut at = 0;
        for edit in edits {
            debug_assert!(at <= edit.span.start, "edits are sorted and do not overlap");
            builder.copy(self, TextSpan::new(at, edit.span.start));
            builder.replace(self, edit.span, &edit.with);
            at = edit.span.end;
        }
        builder.copy(self, TextSpan::new(at, self.len()));
        builder.finish()
    }
}

/// `spans` with those that adjoin made one. Text that stands nowhere in the file has none.
fn merged(spans: impl Iterator<Item = SourceSpan>) -> Vec<SourceSpan> {
    let mut all: Vec<SourceSpan> = Vec::new();
    for span in spans.filter(|span| !span.is_empty()) {
        match all.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => all.push(span),
        }
    }
    all
}

/// Puts a [`Text`] together from pieces.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: Text,
    /// Run of the text last copied from, so that copying it piece by piece stays linear.
    hint: usize,
}

impl TextBuilder {
    /// A builder with room for `bytes`.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: Text { string: String::with_capacity(bytes), runs: Vec::new() }, hint: 0 }
    }

    /// Appends `string`, made as one piece from `source`.
    pub fn push(&mut self, string: &str, source: SourceSpan) {
        self.push_run(string, Run { at: 0, from: source.start, units: 1, text: string.len(), source: source.len() });
    }

    /// Appends `string`, each byte of which stands in the file from `start` on.
    pub fn push_verbatim(&mut self, string: &str, start: usize) {
        self.push_run(string, Run { at: 0, from: start, units: string.len(), text: 1, source: 1 });
    }

    /// Appends `string`, which stands nowhere in the file.
    pub fn push_synthetic(&mut self, string: &str) {
        if string.is_empty() {
            return;
        }
        let from = self.text.runs.last().map_or(0, |run| run.until());
        self.push_run(string, Run { at: 0, from, units: 1, text: string.len(), source: 0 });
    }

    /// Appends `span` of `other`.
    pub fn copy(&mut self, other: &Text, span: TextSpan) {
        if span.is_empty() {
            return;
        }
        let (mut at, string) = (span.start, span.of(other));
        let behind = self.hint >= other.runs.len() || other.runs[self.hint].at > span.start;
        let mut index = if behind { 0 } else { self.hint };
        if other.runs.get(index + 1).is_some_and(|next| next.end() <= span.start) {
            // Far ahead, as when a page is cut into its lines: walking there would cost the page once a line.
            let near = other.runs.partition_point(|run| run.end() <= span.start);
            // What was deleted right before the span has no character of its own.
            let deleted = |run: &&Run| run.text == 0 && run.at == span.start;
            index = near - other.runs[index + 1..near].iter().rev().take_while(deleted).count();
        }
        while let Some(run) = other.runs.get(index) {
            if run.at >= span.end {
                break;
            }
            self.hint = index;
            if run.end() > span.start || run.text == 0 {
                let mut cut = run.cut(span.start, span.end);
                // The first of several characters that were made of the same bytes has them, the others have none: no
                // byte may stand in two texts, wherever this one is cut.
                if cut.at < at && cut.text > 0 {
                    let end = (cut.at + cut.text).min(span.end);
                    self.push_synthetic(&string[at - span.start..end - span.start]);
                    at = end;
                    cut = Run { at: end, from: cut.from + cut.source, units: cut.units - 1, ..cut };
                }
                let end = cut.end().clamp(at, span.end);
                let piece = &string[at - span.start..end - span.start];
                // A cut inside a unit that is longer than the piece keeps the whole unit's origin.
                if piece.len() == cut.units * cut.text {
                    self.push_run(piece, cut);
                } else {
                    self.push(piece, SourceSpan::new(cut.from, cut.until()));
                }
                at = end;
            }
            index += 1;
        }
    }

    /// Appends `with` in place of `span` of `other`; what is deleted goes to its neighbour's origin.
    pub fn replace(&mut self, other: &Text, span: TextSpan, with: &str) {
        if span.is_empty() && with.is_empty() {
            return;
        }
        let own = other.unit_around(span.start).map_or(span.start, Run::end);
        let source = if own < span.end { other.source_of(TextSpan::new(own, span.end)) } else { None };
        match source {
            None => self.push_synthetic(with),
            Some(source) if !with.is_empty() => self.push(with, source),
            // What is left of the characters that were made of the same bytes has them now.
            Some(source) if other.unit_around(span.end).is_some() => self.lead(source),
            Some(source) => self.absorb(source),
        }
    }

    /// Adds `source` to the origin of the last character, if it follows on it; else to the next one's.
    pub fn absorb(&mut self, source: SourceSpan) {
        if source.is_empty() {
            return;
        }
        match self.text.runs.last_mut() {
            Some(last) if last.until() == source.start && last.units > 0 => {
                // In untouched text a unit is a byte; what is deleted belongs to the whole character.
                let bytes = self.text.string.chars().next_back().map_or(1, char::len_utf8);
                let units = if last.text == 1 && last.units >= bytes { bytes } else { 1 };
                let (text, own) = (units * last.text, units * last.source);
                let unit = Run {
                    at: last.end() - text,
                    from: last.until() - own,
                    units: 1,
                    text,
                    source: own + source.len(),
                };
                last.units -= units;
                if last.units == 0 {
                    self.text.runs.pop();
                }
                self.merge(unit);
            }
            _ => self.lead(source),
        }
    }

    /// Adds `source` to the origin of the next character.
    fn lead(&mut self, source: SourceSpan) {
        let at = self.text.string.len();
        self.text.runs.push(Run { at, from: source.start, units: 1, text: 0, source: source.len() });
    }

    /// Length of what was built so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.string.len()
    }

    /// Whether nothing was built so far.
    pub fn is_empty(&self) -> bool {
        self.text.string.is_empty()
    }

    /// What was built so far.
    pub fn as_str(&self) -> &str {
        &self.text.string
    }

    /// The text.
    pub fn finish(self) -> Text {
        self.text
    }

    fn push_run(&mut self, string: &str, mut run: Run) {
        run.at = self.text.string.len();
        self.text.string.push_str(string);
        if run.units > 0 {
            self.merge(run);
        }
    }

    fn merge(&mut self, mut run: Run) {
        if let Some(last) = self.text.runs.last_mut() {
            let follows = last.until() == run.from;
            if follows && last.text == 0 && run.text > 0 {
                // What was deleted before the first character belongs to that character.
                let lead = *last;
                self.text.runs.pop();
                let bytes = self.text.string[run.at..].chars().next().map_or(1, char::len_utf8);
                let units = if run.text == 1 && run.units >= bytes { bytes } else { 1 };
                let (text, own) = (units * run.text, units * run.source);
                let first = Run { at: run.at, from: lead.from, units: 1, text, source: own + lead.source };
                run = Run { at: run.at + text, from: run.from + own, units: run.units - units, ..run };
                self.text.runs.push(first);
                if run.units == 0 {
                    return;
                }
            } else if follows && last.text == run.text && last.source == run.source {
                last.units += run.units;
                return;
            }
        }
        self.text.runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(text: &Text) -> Vec<(usize, usize)> {
        text.origin().iter().map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn keeps_the_origin_of_what_it_deletes() {
        let text = Text::verbatim("以以网网格格", 10);
        let halved = text.apply(&[Edit::delete(3, 6), Edit::delete(9, 12), Edit::delete(15, 18)]);
        assert_eq!(&*halved, "以网格");
        assert_eq!(origins(&halved), [(10, 28)]);
        assert_eq!(halved.origin_of(TextSpan::new(3, 6)), [SourceSpan::new(16, 22)]);
        assert_eq!(halved.runs.len(), 1, "equal units are one run");
    }

    #[test]
    fn a_byte_that_became_two_characters_stays_with_the_one_that_is_left() {
        let text = Text::verbatim("甲乙丙", 0).apply(&[Edit::replace(3, 6, "xy")]);
        assert_eq!(origins(&text.apply(&[Edit::delete(3, 4)])), [(0, 9)]);
        let text = text.apply(&[Edit::delete(3, 4)]);
        let of_y = text.characters().nth(1).and_then(|(_, source)| source);
        let of_first = text.characters().next().and_then(|(_, source)| source);
        assert_eq!((of_first, of_y), (Some(SourceSpan::new(0, 3)), Some(SourceSpan::new(3, 6))));
    }

    #[test]
    fn no_byte_is_in_two_texts() {
        let text = Text::verbatim("甲乙丙", 0).apply(&[Edit::replace(3, 6, "xyz")]);
        let (head, tail) = (text.slice(TextSpan::new(0, 4)), text.slice(TextSpan::new(4, text.len())));
        assert_eq!((&*head, origins(&head)), ("甲x", vec![(0, 6)]));
        assert_eq!((&*tail, origins(&tail)), ("yz丙", vec![(6, 9)]));
        let each = text.apply(&[Edit::replace(3, 4, "甲"), Edit::replace(4, 5, "乙")]);
        assert_eq!((&*each, origins(&each)), ("甲甲乙z丙", vec![(0, 9)]));
        let tail = text.apply(&[Edit::delete(0, 4), Edit::delete(5, 6)]);
        assert_eq!((&*tail, origins(&tail)), ("y丙", vec![(0, 9)]));
    }

    #[test]
    fn keeps_what_is_deleted_at_the_start() {
        let text = Text::verbatim("  网格", 0).apply(&[Edit::delete(0, 2)]);
        assert_eq!((&*text, origins(&text)), ("网格", vec![(0, 8)]));
        assert_eq!(text.origin_of(TextSpan::new(3, 6)), [SourceSpan::new(5, 8)]);
    }

    #[test]
    fn slices_and_replaces() {
        let text = Text::verbatim("有网格,有社区", 0);
        let wide = text.apply(&[Edit::replace(9, 10, "，")]);
        assert_eq!(&*wide, "有网格，有社区");
        let part = wide.slice(TextSpan::new(9, 15));
        assert_eq!((&*part, origins(&part)), ("，有", vec![(9, 13)]));
    }

    #[test]
    fn slices_far_ahead_of_what_was_deleted() {
        let mut builder = TextBuilder::default();
        builder.push_verbatim("甲", 0);
        builder.absorb(SourceSpan::new(10, 12));
        builder.push_verbatim("乙丙", 20);
        builder.push_verbatim("丁", 30);
        let text = builder.finish();
        let slice = |start, end| origins(&text.slice(TextSpan::new(start, end)));
        assert_eq!(slice(9, 12), [(30, 33)]);
        assert_eq!(slice(3, 6), [(10, 12), (20, 23)], "what stood right before goes with it");
        assert_eq!(slice(0, 12), [(0, 3), (10, 12), (20, 26), (30, 33)]);
    }

    #[test]
    fn joins_pieces_that_lie_apart() {
        let text = Text::verbatim("甲乙丙丁", 0);
        let mut builder = TextBuilder::default();
        builder.copy(&text, TextSpan::new(6, 12));
        builder.copy(&text, TextSpan::new(0, 3));
        let moved = builder.finish();
        assert_eq!((&*moved, origins(&moved)), ("丙丁甲", vec![(6, 12), (0, 3)]));
    }
}
