//! An article: its headline block and its paragraphs, each with its origin.

use super::{Mention, Metric, Relation, SourceSpan, Text, TextSpan};

/// One article (稿件), cleaned and in true reading order.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Headline (标题).
    pub title: Option<Text>,
    /// The line above the headline (肩题).
    pub kicker: Option<Text>,
    /// The line below the headline (副题).
    pub subtitle: Option<Text>,
    /// Names of the writers (署名), without their office.
    pub byline: Vec<String>,
    /// The sign-off at the end (`（党群办）` gives `党群办`).
    pub source: Option<String>,
    /// Date of the article: ISO 8601, as exact as it is known.
    pub date: Option<String>,
    /// Section headings (小标题).
    pub headings: Vec<Heading>,
    /// Clean paragraphs.
    pub paragraphs: Vec<Text>,
    /// Where byline and sign-off stand; their text is in `byline` and `source`.
    pub credits: Vec<SourceSpan>,
    /// Named things, in reading order. Empty until `entity` has run.
    pub mentions: Vec<Mention>,
    /// Figures, in reading order. Empty until `metric` has run.
    pub metrics: Vec<Metric>,
    /// What is said of how named things belong together. Empty until `relation` has run.
    pub relations: Vec<Relation>,
}

/// A section heading, and the paragraph it stands before.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its words; lines of one heading are parted by a space.
    pub text: Text,
    /// Index of the paragraph it stands before; the number of paragraphs when it stands last.
    pub before: usize,
}

/// Which text of an article a span counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The headline.
    Title,
    /// The paragraph of that index.
    Paragraph(usize),
}

/// A text of an article that mentions and metrics can stand in.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// Which text it is.
    pub place: Place,
    /// The text.
    pub text: &'a str,
}

impl Article {
    /// Headline and paragraphs, in reading order: all that mentions and metrics can stand in.
    pub fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        let title = self.title.iter().map(|text| Passage { place: Place::Title, text });
        let body = self.paragraphs.iter().enumerate();
        title.chain(body.map(|(at, text)| Passage { place: Place::Paragraph(at), text }))
    }

    /// The text at `place`; empty where the article has none.
    pub fn text_at(&self, place: Place) -> &str {
        match place {
            Place::Title => self.title.as_deref().unwrap_or(""),
            Place::Paragraph(at) => self.paragraphs.get(at).map_or("", |text| text),
        }
    }

    /// The words at `place` that `span` covers.
    pub fn slice(&self, place: Place, span: TextSpan) -> &str {
        span.of(self.text_at(place))
    }
}
