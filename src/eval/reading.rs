//! A reading of an article: what gold or a record says of it, in the forms that are compared.
//!
//! In: the fields of a gold article or a record. Out: a [`Reading`], the same for both sides, so that the
//! comparison cannot treat one side otherwise than the other.

use super::fold;
use crate::model::EntityKind;
use std::collections::{BTreeSet, HashMap};

/// Characters of a paragraph that tell it from the others of its article.
const OPENING: usize = 6;

/// One side's reading of an article.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Headline.
    pub title: Option<String>,
    /// Line above the headline.
    pub kicker: Option<String>,
    /// Line below the headline.
    pub subtitle: Option<String>,
    /// Names of the writers.
    pub byline: Vec<String>,
    /// Sign-off.
    pub source: Option<String>,
    /// Date of the article; in gold also that of the issue.
    pub date: Option<String>,
    /// Section headings.
    pub headings: Vec<Heading>,
    /// Paragraphs as they stand.
    pub paragraphs: Vec<String>,
    /// The folded paragraphs in one piece.
    pub body: Vec<char>,
    /// Where each paragraph ends in `body`.
    pub ends: Vec<usize>,
    /// Distinct named things.
    pub names: Vec<Name>,
    /// Figures, in reading order.
    pub metrics: Vec<Metric>,
}

impl Reading {
    /// Takes the paragraphs, folds them and notes where they end.
    pub fn with_paragraphs(self, paragraphs: Vec<String>) -> Self {
        let (mut body, mut ends) = (Vec::new(), Vec::new());
        for paragraph in &paragraphs {
            body.extend(fold::text(paragraph).chars());
            ends.push(body.len());
        }
        Self { paragraphs, body, ends, ..self }
    }

    /// What tells this article from others: its body or, when it has none, its headline.
    pub fn fingerprint(&self) -> Vec<char> {
        if self.body.is_empty() {
            fold::text(self.title.as_deref().unwrap_or_default()).chars().collect()
        } else {
            self.body.clone()
        }
    }

    /// The paragraph ends inside the body, where a mistake is possible.
    pub fn inner_ends(&self) -> BTreeSet<usize> {
        let inner = self.ends.iter().rev().skip(1).copied();
        inner.filter(|end| (1..self.body.len()).contains(end)).collect()
    }

    /// The headline, as messages name the article.
    pub fn label(&self) -> String {
        format!("《{}》", self.title.as_deref().unwrap_or("(untitled)"))
    }

    /// The first words around `text` in headline or paragraphs, for messages.
    pub fn context(&self, text: &str) -> String {
        const AROUND: usize = 14;
        let passages = self.title.iter().chain(&self.paragraphs);
        let found = passages.filter(|_| !text.is_empty()).find_map(|passage| passage.split_once(text));
        let Some((before, after)) = found else { return "(stands nowhere as such)".to_owned() };
        let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let after: String = after.chars().take(AROUND).collect();
        format!("…{}[{text}]{after}…", &before[start..])
    }
}

/// A section heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its words.
    pub text: String,
    /// The first words of the paragraph it stands before; empty after the last; none where that is not told.
    /// Words and not a number: a paragraph cut in two upstream should not misplace all headings after it.
    pub before: Option<String>,
}

/// The first words of paragraph number `index`; empty when there is none.
pub fn opening(paragraphs: &[String], index: usize) -> String {
    paragraphs.get(index).map_or_else(String::new, |text| fold::text(text).chars().take(OPENING).collect())
}

/// A distinct named thing of an article.
#[derive(Clone, Debug)]
pub struct Name {
    /// What sort of thing.
    pub kind: EntityKind,
    /// As written, for messages.
    pub label: String,
    /// The folded name.
    pub key: String,
    /// The folded name and every other form that is accepted.
    pub forms: BTreeSet<String>,
    /// `forms` without generic suffixes.
    pub bare: BTreeSet<String>,
    /// Counts neither way.
    pub optional: bool,
}

impl Name {
    /// A name with its other forms.
    pub fn new<'a>(
        kind: EntityKind,
        label: &'a str,
        others: impl IntoIterator<Item = &'a str>,
        optional: bool,
    ) -> Self {
        let forms: BTreeSet<String> =
            [label].into_iter().chain(others).map(fold::name).filter(|form| !form.is_empty()).collect();
        let bare = forms.iter().map(|form| fold::bare(kind, form).to_owned()).collect();
        Self { kind, label: label.to_owned(), key: fold::name(label), forms, bare, optional }
    }
}

/// The names with their kind ignored: those of the same folded name become one, in order of the first.
pub fn merge_kinds(names: &[Name]) -> Vec<Name> {
    let mut merged: Vec<Name> = Vec::new();
    let mut at = HashMap::new();
    for name in names {
        let index = *at.entry(&name.key).or_insert(merged.len());
        match merged.get_mut(index) {
            None => merged.push(name.clone()),
            Some(same) => {
                same.forms.extend(name.forms.iter().cloned());
                same.bare.extend(name.bare.iter().cloned());
                same.optional &= name.optional;
            }
        }
    }
    merged
}

/// A figure.
#[derive(Clone, Debug, Default)]
pub struct Metric {
    /// As it stands.
    pub text: String,
    /// The number; none for a range.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub low: Option<f64>,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// Unit or measure word.
    pub unit: Option<String>,
    /// What is counted or measured.
    pub subject: Option<String>,
    /// About.
    pub approx: bool,
    /// `min`, `max` or none.
    pub bound: Option<String>,
    /// `increase`, `decrease`, `reach` or none.
    pub change: Option<String>,
    /// Start of a change.
    pub from: Option<f64>,
    /// What a change is measured against.
    pub basis: Option<String>,
    /// Counts neither way.
    pub optional: bool,
}

/// What is said of a figure besides its number, unit and subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// [`Metric::approx`]
    Approx,
    /// [`Metric::bound`]
    Bound,
    /// [`Metric::change`]
    Change,
    /// [`Metric::from`]
    From,
    /// [`Metric::basis`]
    Basis,
}

impl Attribute {
    /// All attributes, in the order of the record.
    pub const ALL: [Self; 5] = [Self::Approx, Self::Bound, Self::Change, Self::From, Self::Basis];

    /// The field's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approx => "approx",
            Self::Bound => "bound",
            Self::Change => "change",
            Self::From => "from",
            Self::Basis => "basis",
        }
    }
}

impl std::fmt::Display for Metric {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = |number: Option<f64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
        write!(f, "“{}” = ", self.text)?;
        match self.value {
            Some(value) => write!(f, "{value}")?,
            None => write!(f, "{}..{}", number(self.low), number(self.high))?,
        }
        let unit = self.unit.as_deref().unwrap_or("(no unit)");
        write!(f, " {unit} of {}", self.subject.as_deref().unwrap_or("(no subject)"))?;
        if self.approx {
            f.write_str(", approx")?;
        }
        for (name, word) in [("bound", &self.bound), ("change", &self.change), ("basis", &self.basis)] {
            if let Some(word) = word {
                write!(f, ", {name} {word}")?;
            }
        }
        self.from.map_or(Ok(()), |from| write!(f, ", from {from}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_count_in_the_folded_body() {
        let paragraphs = ["一 共２０㎡。", "", "好。", "再见"].map(str::to_owned).to_vec();
        let reading = Reading::default().with_paragraphs(paragraphs);
        assert_eq!(reading.body.iter().collect::<String>(), "一共20m2。好。再见");
        assert_eq!(reading.ends, [7, 7, 9, 11]);
        assert_eq!(reading.inner_ends(), BTreeSet::from([7, 9]));
        assert_eq!(opening(&reading.paragraphs, 0), "一共20m2");
        assert_eq!(opening(&reading.paragraphs, 4), "");
    }

    #[test]
    fn context_shows_the_words_around() {
        let reading = Reading { title: Some("添新亭".to_owned()), ..Reading::default() };
        let reading =
            reading.with_paragraphs(vec!["柳园居民区有12栋楼，住着约800户居民，其中老人近三成。".to_owned()]);
        assert_eq!(reading.context("新"), "…添[新]亭…");
        assert_eq!(reading.context("约800户"), "…柳园居民区有12栋楼，住着[约800户]居民，其中老人近三成。…");
        assert_eq!(reading.context("三成"), "…着约800户居民，其中老人近[三成]。…");
        assert_eq!(reading.context("四成"), "(stands nowhere as such)");
        assert_eq!(reading.context(""), "(stands nowhere as such)");
    }

    #[test]
    fn a_name_of_two_kinds_merges_into_one() {
        use EntityKind::{Community, Grid, Organization};
        let names = [
            Name::new(Grid, "东河网格", [], true),
            Name::new(Community, "柳园", [], false),
            Name::new(Organization, "“东河”网格", ["东河"], false),
        ];
        let merged = merge_kinds(&names);
        assert_eq!(merged.iter().map(|name| name.label.as_str()).collect::<Vec<_>>(), ["东河网格", "柳园"]);
        assert!(merged[0].forms.contains("东河") && !merged[0].optional);
    }
}
