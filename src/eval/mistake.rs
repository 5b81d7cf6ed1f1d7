//! Mistakes, one by one, in words.
//!
//! In: what `score` finds wrong. Out: [`Mistakes`], messages by [`Sort`], in the order of gold.

use super::align::Stretch;
use crate::model::EntityKind;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Sorts of mistakes, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A gold article that no record is near enough to.
    ArticleMissed,
    /// A record that answers to no gold article.
    ArticleSpurious,
    /// A headline.
    Title,
    /// Kicker, subtitle, byline, source or date.
    Field(&'static str),
    /// A section heading of gold.
    HeadingMissed,
    /// A section heading that gold does not have.
    HeadingSpurious,
    /// A section heading before another paragraph.
    HeadingMisplaced,
    /// A passage of a body.
    Text,
    /// A paragraph end of gold.
    EndMissed,
    /// A paragraph end that gold does not have.
    EndSpurious,
    /// A name of gold.
    NameMissed(EntityKind),
    /// A name that gold does not have.
    NameSpurious(EntityKind),
    /// A name that gold has under another kind.
    WrongKind,
    /// A figure of gold.
    MetricMissed,
    /// A figure that gold does not have.
    MetricSpurious,
    /// A figure with another measure word for people.
    MetricUnit,
    /// A figure with a wrong attribute.
    MetricAttribute,
    /// A figure with another subject.
    MetricSubject,
    /// A mention or metric that does not stand where it says.
    Offsets,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::ArticleMissed => "article not found",
            Self::ArticleSpurious => "article spurious",
            Self::Title => "title",
            Self::Field(field) => field,
            Self::HeadingMissed => "heading missed",
            Self::HeadingSpurious => "heading spurious",
            Self::HeadingMisplaced => "heading misplaced",
            Self::Text => "text",
            Self::EndMissed => "paragraph end missed",
            Self::EndSpurious => "paragraph end spurious",
            Self::NameMissed(kind) => return write!(f, "{} missed", kind.as_str()),
            Self::NameSpurious(kind) => return write!(f, "{} spurious", kind.as_str()),
            Self::WrongKind => "wrong kind",
            Self::MetricMissed => "metric missed",
            Self::MetricSpurious => "metric spurious",
            Self::MetricUnit => "metric unit",
            Self::MetricAttribute => "metric attribute",
            Self::MetricSubject => "metric subject",
            Self::Offsets => "offsets",
        };
        f.write_str(word)
    }
}

/// A difference of two bodies with the words around it: `…before[gold → predicted]after…`.
pub fn in_text(gold: &[char], predicted: &[char], Stretch { start, end }: Stretch) -> String {
    let (before, after) = (tail(&gold[..start.0], 10), head(&gold[end.0..], 10));
    format!("…{before}[{} → {}]{after}…", clip(&gold[start.0..end.0]), clip(&predicted[start.1..end.1]))
}

/// A paragraph end with the words around it: `…before¶after…`.
pub fn at_end(body: &[char], end: usize) -> String {
    format!("…{}¶{}…", tail(&body[..end], 12), head(&body[end..], 12))
}

fn head(chars: &[char], limit: usize) -> String {
    chars[..chars.len().min(limit)].iter().collect()
}

fn tail(chars: &[char], limit: usize) -> String {
    chars[chars.len().saturating_sub(limit)..].iter().collect()
}

/// A long passage by its two ends.
fn clip(passage: &[char]) -> String {
    const END: usize = 20;
    match passage.len() {
        len if len > 2 * END => format!("{}…({len})…{}", head(passage, END), tail(passage, END)),
        _ => passage.iter().collect(),
    }
}

/// Messages by sort.
#[derive(Clone, Debug, Default)]
pub struct Mistakes(BTreeMap<Sort, Vec<String>>);

impl Mistakes {
    /// Notes a mistake.
    pub fn add(&mut self, sort: Sort, message: String) {
        self.0.entry(sort).or_default().push(message);
    }

    /// All sorts that occurred, each with its messages.
    pub fn sorts(&self) -> impl Iterator<Item = (Sort, &[String])> {
        self.0.iter().map(|(&sort, messages)| (sort, messages.as_slice()))
    }

    /// The first `limit` of each sort, as JSON has them: `{sort: {count, first}}`.
    pub fn first(&self, limit: usize) -> First<'_> {
        First { mistakes: self, limit }
    }
}

/// See [`Mistakes::first`].
#[derive(Clone, Copy, Debug)]
pub struct First<'a> {
    mistakes: &'a Mistakes,
    limit: usize,
}

impl Serialize for First<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Messages<'a> {
            count: usize,
            first: &'a [String],
        }
        let mut map = serializer.serialize_map(None)?;
        for (sort, messages) in self.mistakes.sorts() {
            let first = &messages[..messages.len().min(self.limit)];
            map.serialize_entry(&sort.to_string(), &Messages { count: messages.len(), first })?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_shown_with_the_words_around() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let (gold, predicted) = (chars("柳园居民区有12栋楼"), chars("柳圆居民区有12栋楼"));
        assert_eq!(in_text(&gold, &predicted, Stretch { start: (1, 1), end: (2, 2) }), "…柳[园 → 圆]居民区有12栋楼…");
        assert_eq!(at_end(&gold, 5), "…柳园居民区¶有12栋楼…");
        let long: Vec<char> = "天地玄黄".repeat(20).chars().collect();
        assert_eq!(clip(&long), format!("{0}…(80)…{0}", "天地玄黄".repeat(5)));
    }

    #[test]
    fn mistakes_are_listed_in_the_order_of_sorts_and_cut_short() {
        let mut mistakes = Mistakes::default();
        for message in ["a", "b", "c"] {
            mistakes.add(Sort::NameMissed(EntityKind::Grid), message.to_owned());
        }
        mistakes.add(Sort::Field("byline"), "d".to_owned());
        let json = serde_json::to_string(&mistakes.first(2)).expect("serialises");
        assert_eq!(json, r#"{"byline":{"count":1,"first":["d"]},"grid missed":{"count":3,"first":["a","b"]}}"#);
    }
}
