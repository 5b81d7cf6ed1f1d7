//! The article record: the contract with every user and program. The one place that knows its JSON.
//!
//! In: an [`Issue`] whose articles carry mentions and metrics. Out: one [`Record`] an article. Working types
//! count in bytes; here, once, they become Unicode scalar values. `docs/record.md` documents every field.

use crate::model::{
    About, Article, Issue, Mention, Metric, Place, Quantity, Relation, Shown, SourceSpan, TextSpan, Thing,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the record. A higher one means that a field changed its meaning.
pub const SCHEMA: u32 = 1;

/// An article, as printed by `extract`, stored in the index and written by every export.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Stable and unique: stem of the file, twelve hex digits of stem and content, ordinal.
    pub id: String,
    /// The file's stem.
    pub issue: String,
    /// The file as the user named it.
    pub path: String,
    /// Place in the issue's reading order, from 0.
    pub ordinal: usize,
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
    /// ISO 8601, as exact as it is known.
    pub date: Option<String>,
    /// Section headings.
    pub headings: Vec<HeadingRecord>,
    /// Clean text.
    pub paragraphs: Vec<String>,
    /// For each paragraph, the byte ranges of the file it was made from.
    pub origin: Vec<Vec<[usize; 2]>>,
    /// Named things, in reading order.
    pub mentions: Vec<MentionRecord>,
    /// Figures, in reading order.
    pub metrics: Vec<MetricRecord>,
    /// What is said of how named things belong together, in reading order.
    #[serde(default)]
    pub relations: Vec<RelationRecord>,
}

impl Record {
    /// The text that mentions and metrics count in: the paragraph of that index, the title for -1.
    pub fn passage(&self, paragraph: i64) -> Option<&str> {
        match usize::try_from(paragraph) {
            Ok(at) => self.paragraphs.get(at).map(String::as_str),
            Err(_) => self.title.as_deref().filter(|_| paragraph == -1),
        }
    }

    /// The characters from `start` to `end` of that text, in Unicode scalar values.
    pub fn slice(&self, paragraph: i64, start: usize, end: usize) -> Option<String> {
        Some(self.passage(paragraph)?.chars().skip(start).take(end.saturating_sub(start)).collect())
    }
}

/// A section heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingRecord {
    /// Its words.
    pub text: String,
    /// Index of the paragraph it stands before.
    pub before: usize,
}

/// One occurrence of a named thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionRecord {
    /// One of [`crate::model::EntityKind`]'s words.
    pub kind: String,
    /// As it stands.
    pub text: String,
    /// Whole and normal.
    pub name: String,
    /// Index of the paragraph; -1 for the title.
    pub paragraph: i64,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Statistical division code.
    pub code: Option<String>,
    /// A person's office.
    pub role: Option<String>,
    /// The unit that a grid or a community lies in.
    pub within: Option<String>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricRecord {
    /// As it stands.
    pub text: String,
    /// The number; null for a range and for a number too large to hold.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub low: Option<f64>,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// Unit without multiplier.
    pub unit: Option<String>,
    /// What is counted or measured.
    pub subject: Option<String>,
    /// About.
    pub approx: bool,
    /// `min`, `max` or null.
    pub bound: Option<String>,
    /// `increase`, `decrease`, `reach` or null.
    pub change: Option<String>,
    /// Start of a change.
    pub from: Option<f64>,
    /// What a change is measured against.
    pub basis: Option<String>,
    /// Which unit and which time it speaks of.
    #[serde(default)]
    pub about: AboutRecord,
    /// `agrees`, `disagrees` or null.
    pub check: Option<String>,
    /// What it was checked against.
    pub check_detail: Option<CheckRecord>,
    /// Index of the paragraph; -1 for the title.
    pub paragraph: i64,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What a figure speaks of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutRecord {
    /// Name of the community.
    pub community: Option<String>,
    /// Name of the grid.
    pub grid: Option<String>,
    /// Name of the division, the smallest that is known.
    pub division: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    /// `sentence`, `paragraph`, `article`: the nearest of `levels` that a unit has; the date's, where no unit is known.
    pub level: Option<String>,
    /// How near to the figure each of the four stands.
    pub levels: LevelsRecord,
}

/// For each of the four, `sentence`, `paragraph`, `article` or null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "named as what they are the levels of")]
pub struct LevelsRecord {
    pub community: Option<String>,
    pub grid: Option<String>,
    pub division: Option<String>,
    pub date: Option<String>,
}

/// One named thing in relation to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationRecord {
    /// One of [`crate::model::RelationKind`]'s words.
    pub relation: String,
    /// Kind of the subject.
    pub subject_kind: Option<String>,
    /// Name of the subject.
    pub subject: String,
    /// Kind of the object; null for the words of a border.
    pub object_kind: Option<String>,
    /// Name of the object.
    pub object: String,
    /// Index of the paragraph; -1 for the title.
    pub paragraph: i64,
    /// First character of the sentence that says so, in Unicode scalar values.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
}

/// A figure held against what else its paragraph says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRecord {
    /// One of [`crate::model::Rule`]'s words.
    pub rule: String,
    /// What the figure says.
    pub stated: f64,
    /// What the others say it should be; for `parts` the most it can be.
    pub expected: f64,
    /// Where the others stand in the same paragraph, in Unicode scalar values.
    pub against: Vec<[usize; 2]>,
}

/// A piece of the source that stands in no article, as `extract --furniture` lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureRecord {
    /// The file's stem.
    pub issue: String,
    /// The file as the user named it.
    pub path: String,
    /// First byte in the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// One of [`crate::model::Reason`]'s words.
    pub reason: String,
    /// What it reads, cleaned.
    pub text: String,
}

/// A repair of the text, as `extract --changes` lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRecord {
    /// The file's stem.
    pub issue: String,
    /// The file as the user named it.
    pub path: String,
    /// First byte in the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// One of [`crate::model::Damage`]'s words.
    pub damage: String,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// Why it was believed, for a reader.
    pub evidence: String,
}

/// What was repaired in an issue's text, as records; `repairs` are the issue's own, or those that
/// [`crate::pipeline::repairs`] lists with the spaces and widths.
pub fn changes(issue: &Issue, repairs: &[crate::model::Repair]) -> Vec<ChangeRecord> {
    let record = |repair: &crate::model::Repair| ChangeRecord {
        issue: issue.name.clone(),
        path: issue.path.clone(),
        start: repair.source.start,
        end: repair.source.end,
        damage: repair.damage.as_str().to_owned(),
        was: repair.was.clone(),
        now: repair.now.clone(),
        evidence: repair.evidence.to_string(),
    };
    repairs.iter().map(record).collect()
}

/// What an issue's file holds besides articles, in file order.
pub fn furniture(issue: &Issue) -> Vec<FurnitureRecord> {
    let record = |piece: &crate::model::SetAside| FurnitureRecord {
        issue: issue.name.clone(),
        path: issue.path.clone(),
        start: piece.source.start,
        end: piece.source.end,
        reason: piece.reason.as_str().to_owned(),
        text: piece.text.clone(),
    };
    issue.set_aside.iter().map(record).collect()
}

/// The records of an issue, in reading order.
pub fn records(issue: &Issue) -> Vec<Record> {
    issue.articles.iter().enumerate().map(|(ordinal, article)| record(issue, ordinal, article)).collect()
}

/// The id of an article: the same for the same stem, content and place, whatever the machine or the path.
pub fn article_id(issue: &str, sha256: &str, ordinal: usize) -> String {
    let stem: String = issue.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect();
    let digest = Sha256::new().chain_update(issue).chain_update([0]).chain_update(sha256).finalize();
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{stem}-{hex}-{ordinal}")
}

fn record(issue: &Issue, ordinal: usize, article: &Article) -> Record {
    let owned = |text: &Option<crate::model::Text>| text.as_deref().map(str::to_owned);
    Record {
        schema: SCHEMA,
        id: article_id(&issue.name, &issue.sha256, ordinal),
        issue: issue.name.clone(),
        path: issue.path.clone(),
        ordinal,
        title: owned(&article.title),
        kicker: owned(&article.kicker),
        subtitle: owned(&article.subtitle),
        byline: article.byline.clone(),
        source: article.source.clone(),
        date: article.date.clone().or_else(|| issue.date.clone()),
        headings: article
            .headings
            .iter()
            .map(|heading| HeadingRecord { text: heading.text.to_string(), before: heading.before })
            .collect(),
        paragraphs: article.paragraphs.iter().map(|text| text.to_string()).collect(),
        origin: article.paragraphs.iter().map(|text| pairs(&text.origin())).collect(),
        mentions: mention_records(article),
        metrics: metric_records(article),
        relations: relation_records(article),
    }
}

fn pairs(spans: &[SourceSpan]) -> Vec<[usize; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}

fn mention_records(article: &Article) -> Vec<MentionRecord> {
    let mut ruler = Ruler::new(article);
    article.mentions.iter().map(|mention| mention_record(&mut ruler, mention)).collect()
}

fn metric_records(article: &Article) -> Vec<MetricRecord> {
    let mut ruler = Ruler::new(article);
    article.metrics.iter().map(|metric| metric_record(&mut ruler, metric)).collect()
}

fn mention_record(ruler: &mut Ruler<'_>, mention: &Mention) -> MentionRecord {
    let (paragraph, start, end) = ruler.offsets(mention.place, mention.span);
    MentionRecord {
        kind: mention.kind.as_str().to_owned(),
        text: ruler.article.slice(mention.place, mention.span).to_owned(),
        name: mention.name.clone(),
        paragraph,
        start,
        end,
        code: mention.code.clone(),
        role: mention.role.clone(),
        within: mention.within.clone(),
    }
}

fn metric_record(ruler: &mut Ruler<'_>, metric: &Metric) -> MetricRecord {
    let check_detail = metric.check.as_ref().map(|check| CheckRecord {
        rule: check.rule.as_str().to_owned(),
        stated: check.stated,
        expected: check.expected,
        against: check.against.iter().map(|&span| ruler.characters(metric.place, span)).collect(),
    });
    let (paragraph, start, end) = ruler.offsets(metric.place, metric.span);
    let (value, low, high) = match metric.quantity {
        Quantity::Exact(value) => (Some(value), None, None),
        Quantity::Range(low, high) => (None, Some(low), Some(high)),
        Quantity::Overflow => (None, None, None),
    };
    MetricRecord {
        text: ruler.article.slice(metric.place, metric.span).to_owned(),
        value,
        low,
        high,
        unit: metric.unit.clone(),
        subject: metric.subject.clone(),
        approx: metric.approx,
        bound: metric.bound.map(|bound| bound.as_str().to_owned()),
        change: metric.change.map(|change| change.as_str().to_owned()),
        from: metric.from,
        basis: metric.basis.clone(),
        about: about_record(&metric.about),
        check: metric.check.as_ref().map(|check| if check.agrees { "agrees" } else { "disagrees" }.to_owned()),
        check_detail,
        paragraph,
        start,
        end,
    }
}

fn about_record(about: &About) -> AboutRecord {
    let name = |shown: &Option<Shown>| shown.as_ref().map(|shown| shown.name.clone());
    let level = |shown: &Option<Shown>| shown.as_ref().map(|shown| shown.level.as_str().to_owned());
    AboutRecord {
        community: name(&about.community),
        grid: name(&about.grid),
        division: name(&about.division),
        date: name(&about.date),
        level: about.level().map(|level| level.as_str().to_owned()),
        levels: LevelsRecord {
            community: level(&about.community),
            grid: level(&about.grid),
            division: level(&about.division),
            date: level(&about.date),
        },
    }
}

fn relation_records(article: &Article) -> Vec<RelationRecord> {
    let mut ruler = Ruler::new(article);
    let kind = |thing: &Thing| thing.kind.map(|kind| kind.as_str().to_owned());
    let record = |relation: &Relation| {
        let (paragraph, start, end) = ruler.offsets(relation.place, relation.span);
        RelationRecord {
            relation: relation.kind.as_str().to_owned(),
            subject_kind: kind(&relation.subject),
            subject: relation.subject.name.clone(),
            object_kind: kind(&relation.object),
            object: relation.object.name.clone(),
            paragraph,
            start,
            end,
        }
    };
    article.relations.iter().map(record).collect()
}

/// Bytes into Unicode scalar values. Remembers where it last measured, so that a paragraph that is a whole file
/// in one line is walked once, not once a mention.
struct Ruler<'a> {
    article: &'a Article,
    place: Place,
    /// Bytes and characters of that place's text up to the last start.
    bytes: usize,
    chars: usize,
}

impl<'a> Ruler<'a> {
    fn new(article: &'a Article) -> Self {
        Self { article, place: Place::Title, bytes: 0, chars: 0 }
    }

    /// Paragraph, first character, and one past the last.
    fn offsets(&mut self, place: Place, span: TextSpan) -> (i64, usize, usize) {
        if place != self.place {
            (self.place, self.bytes, self.chars) = (place, 0, 0);
        }
        let text = self.article.text_at(place);
        // What a figure was checked against stands close before it.
        if span.start < self.bytes {
            self.chars -= text[span.start..self.bytes].chars().count();
        } else {
            self.chars += text[self.bytes..span.start].chars().count();
        }
        self.bytes = span.start;
        let end = self.chars + span.of(text).chars().count();
        let paragraph = match place {
            Place::Title => -1,
            Place::Paragraph(at) => i64::try_from(at).unwrap_or(i64::MAX),
        };
        (paragraph, self.chars, end)
    }

    /// First character and one past the last.
    fn characters(&mut self, place: Place, span: TextSpan) -> [usize; 2] {
        let (_, start, end) = self.offsets(place, span);
        [start, end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn counts_characters_forwards_and_back() {
        let article = Article {
            title: Some(Text::verbatim("栗山A网格", 0)),
            paragraphs: vec![Text::verbatim("云杉有3户，青岚有😀户", 0), Text::verbatim("三户", 0)],
            ..Article::default()
        };
        let mut ruler = Ruler::new(&article);
        let mut at = |place, start, end| ruler.offsets(place, TextSpan::new(start, end));
        assert_eq!(at(Place::Title, 6, 7), (-1, 2, 3));
        assert_eq!(at(Place::Paragraph(0), 9, 13), (0, 3, 5));
        assert_eq!(at(Place::Paragraph(0), 25, 32), (0, 9, 11));
        assert_eq!(at(Place::Paragraph(0), 0, 32), (0, 0, 11), "a mention may start before the last one");
        assert_eq!(at(Place::Paragraph(1), 3, 6), (1, 1, 2));
        assert_eq!(at(Place::Title, 0, 13), (-1, 0, 5));
    }
}
