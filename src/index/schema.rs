//! The fields of the index: the one list of what a row can hold.
//!
//! | `row`     | stands for                | holds                                                              |
//! |-----------|---------------------------|--------------------------------------------------------------------|
//! | `issue`   | one file                  | what it is and was, and [`super::IssueRow`] as stored JSON          |
//! | `article` | one article               | its text, searchable, and the whole record as stored JSON           |
//! | `mention` | one occurrence of a name  | columns alone                                                       |
//! | `metric`  | one figure                | columns alone                                                       |
//! | `relation` | one relation of two names | columns alone                                                      |
//! | `decision` | what an operator decided on a name | columns alone                                             |
//!
//! All sorts of rows lie in one index, so that one commit shows all of a batch or nothing of it. Within a segment they
//! lie sort by sort (`rank`), articles first: a row's number is then small against its neighbour's, which makes lists of
//! rows shorter and faster to go through. All rows of a file lie in one segment (`write`). A column
//! (tantivy: fast field) is what statistics are computed from; its name is its name in an aggregation request.

use super::tokenizer;
use crate::model::EntityKind;
use std::sync::LazyLock;
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

/// Version of the fields below and of what stands in them. Raise it when either changes: an index of another
/// version is refused, never guessed at.
pub const VERSION: u32 = 3;

/// The words that stand in `row`.
pub mod row {
    /// One file.
    pub const ISSUE: &str = "issue";
    /// One article.
    pub const ARTICLE: &str = "article";
    /// One occurrence of a name.
    pub const MENTION: &str = "mention";
    /// One figure.
    pub const METRIC: &str = "metric";
    /// One relation of two names.
    pub const RELATION: &str = "relation";
    /// One decision of an operator on a name.
    pub const DECISION: &str = "decision";

    /// The sorts in the order in which they lie.
    const ALL: [&str; 6] = [ARTICLE, ISSUE, METRIC, MENTION, RELATION, DECISION];

    /// Where rows of a sort lie among the others.
    pub(crate) fn rank(sort: &str) -> usize {
        ALL.iter().position(|known| *known == sort).unwrap_or(ALL.len())
    }
}

/// Declares a struct of fields and the function that builds their schema, so that the two cannot differ.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident,)*) => {
        /// Handles of all fields.
        #[derive(Clone, Copy, Debug)]
        pub struct Fields {
            $($(#[$doc])* pub $name: Field,)*
        }

        fn build() -> (Schema, Fields) {
            let mut builder = Schema::builder();
            let fields = Fields { $($name: $kind(&mut builder, stringify!($name)),)* };
            (builder.build(), fields)
        }
    };
}

fields! {
    /// Sort of row, see [`row`].
    row: word,
    /// Where rows of that sort lie.
    rank: int,
    /// The issue's id: all that is of one file has the same.
    issue_id: word,
    /// The issue's name.
    issue: word,
    /// ISO 8601, as exact as it is known; of the issue in an issue's row, else of the article.
    date: word,
    /// Year of `date`.
    year: int,

    /// Issue: the file as the user named it.
    path: column,
    /// Issue: the file's canonical path, by which a later ingest knows it again.
    file: column,
    /// Issue: SHA-256 of the file.
    sha256: column,
    /// Issue: length of the file in bytes.
    bytes: int,
    /// Issue: encoding of the file.
    encoding: column,
    /// Issue: printed number.
    number: column,
    /// Issue: version of the program that read it.
    version: column,
    /// Issue: number of pieces set aside.
    set_aside: int,
    /// Issue: number of problems.
    problems: int,

    /// Article, mention, metric, relation: the article's id.
    article: word,
    /// Place in the issue for an article, in the article's list for a mention or a metric.
    ordinal: int,
    /// Article: a number that follows from its id. It puts articles of equal score in an order that is the same however
    /// the rows lie; to compare the ids themselves takes a look into the dictionary of their column for each.
    lot: int,
    /// Article: characters of title and paragraphs.
    characters: int,
    /// Article: the headline, by characters.
    title: text,
    /// Article: kicker, subtitle and section headings, by characters.
    heading: text,
    /// Article: paragraphs, byline and sign-off, by characters.
    body: text,
    /// Article: byline and sign-off, by characters, once more by themselves.
    source: text,
    /// Article: words of the headline, for ranking.
    title_words: words,
    /// Article: words of kicker, subtitle and section headings, for ranking.
    heading_words: words,
    /// Article: words of the body, for ranking.
    body_words: words,

    /// Mention, decision: what sort of thing; relation: what sort its subject is.
    kind: word,
    /// Mention: whole and normal name; relation: name of its subject; decision: the name.
    name: word,
    /// Mention, metric: as it stands.
    text: column,
    /// Mention: statistical division code.
    code: word,
    /// Mention: a person's office.
    role: column,
    /// Mention: the unit that a grid or a community lies in.
    within: word,

    /// Metric: the number.
    value: number,
    /// Metric: lower end of a range.
    low: number,
    /// Metric: upper end of a range.
    high: number,
    /// Metric: start of a change.
    from: number,
    /// Metric: unit without multiplier.
    unit: word,
    /// Metric: what is counted.
    subject: word,
    /// Metric: 1 if about, else 0.
    approx: int,
    /// Metric: `min`, `max`.
    bound: column,
    /// Metric: `increase`, `decrease`, `reach`.
    change: column,
    /// Metric: what a change is measured against.
    basis: word,
    /// Metric: `agrees`, `disagrees`.
    check: word,
    /// Metric: the community it speaks of; article: all that it mentions.
    community: word,
    /// Metric: the grid it speaks of; article: all that it mentions.
    grid: word,
    /// Metric: the division it speaks of; article: all that it mentions.
    division: word,
    /// Article: all that it mentions.
    person: word,
    /// Article: all that it mentions.
    organization: word,
    /// Article: all that it mentions.
    place: word,
    /// Article: all that it mentions.
    program: word,
    /// Metric: the time it speaks of, ISO 8601.
    time: word,
    /// Metric: how near the unit that it speaks of is named.
    level: column,

    /// Relation: which.
    relation: word,
    /// Relation: what sort its object is.
    object_kind: column,
    /// Relation: name of its object, or words; decision: the name that it is a variant of.
    object: word,

    /// Mention, metric, relation: paragraph; -1 for the title.
    paragraph: int,
    /// Mention, metric: first character in it; relation: of the sentence that says so.
    start: int,
    /// Mention, metric, relation: one past the last.
    end: int,

    /// Issue, article: the whole of it as JSON.
    stored: stored,
}

impl Fields {
    /// The field of an article's row that lists what it mentions of a kind; dates have none.
    pub fn of_kind(&self, kind: EntityKind) -> Option<Field> {
        match kind {
            EntityKind::Grid => Some(self.grid),
            EntityKind::Community => Some(self.community),
            EntityKind::Division => Some(self.division),
            EntityKind::Person => Some(self.person),
            EntityKind::Organization => Some(self.organization),
            EntityKind::Place => Some(self.place),
            EntityKind::Program => Some(self.program),
            EntityKind::Date => None,
        }
    }
}

type Builder = tantivy::schema::SchemaBuilder;

/// A word that is looked up whole and counted.
fn word(builder: &mut Builder, name: &str) -> Field {
    let indexing = indexing("raw", IndexRecordOption::Basic).set_fieldnorms(false);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing).set_fast("raw"))
}

/// A word that is counted only.
fn column(builder: &mut Builder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_fast("raw"))
}

fn int(builder: &mut Builder, name: &str) -> Field {
    builder.add_i64_field(name, NumericOptions::default().set_fast())
}

fn number(builder: &mut Builder, name: &str) -> Field {
    builder.add_f64_field(name, NumericOptions::default().set_fast())
}

fn text(builder: &mut Builder, name: &str) -> Field {
    // Characters find and do not rank, so how long a text is need not be known.
    let indexing = indexing(tokenizer::NAME, IndexRecordOption::WithFreqsAndPositions).set_fieldnorms(false);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn words(builder: &mut Builder, name: &str) -> Field {
    let indexing = indexing("whitespace", IndexRecordOption::WithFreqs);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn stored(builder: &mut Builder, name: &str) -> Field {
    builder.add_text_field(name, STORED)
}

fn indexing(tokenizer: &str, option: IndexRecordOption) -> TextFieldIndexing {
    TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option)
}

static BUILT: LazyLock<(Schema, Fields)> = LazyLock::new(build);

/// The schema of every index of this version.
pub(super) fn schema() -> Schema {
    BUILT.0.clone()
}

/// Its fields.
pub fn fields() -> Fields {
    BUILT.1
}
