//! What stands in relation to what: a figure to the unit and the time it speaks of, one named thing to another.

use super::{EntityKind, Mention, Place, TextSpan};

/// What a figure speaks of. None where the text does not show it for certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The community.
    pub community: Option<Shown>,
    /// The grid.
    pub grid: Option<Shown>,
    /// The division, the smallest that is known.
    pub division: Option<Shown>,
    /// ISO 8601.
    pub date: Option<Shown>,
}

impl About {
    /// How near to the figure the nearest unit of administration is shown; the date, where no unit is known.
    pub fn level(&self) -> Option<Level> {
        let units = [&self.community, &self.grid, &self.division];
        units.into_iter().flatten().map(|shown| shown.level).min().or(self.date.as_ref().map(|date| date.level))
    }
}

/// A name, and how near to the figure the text shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The name as mentions have it.
    pub name: String,
    /// Where it stands.
    pub level: Level,
}

/// How near to a figure something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// In its sentence.
    Sentence,
    /// In its paragraph.
    Paragraph,
    /// Elsewhere in the article or, for the division and the date, in the issue.
    Article,
}

impl Level {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Article => "article",
        }
    }
}

/// One named thing in relation to another, and the sentence that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Which relation.
    pub kind: RelationKind,
    /// Of what.
    pub subject: Thing,
    /// To what.
    pub object: Thing,
    /// Which text of the article.
    pub place: Place,
    /// The sentence, in that text.
    pub span: TextSpan,
}

/// An end of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Thing {
    /// What it is; none for words that name nothing, such as a boundary.
    pub kind: Option<EntityKind>,
    /// Its name as mentions have it, or the words.
    pub name: String,
}

impl Thing {
    /// What `mention` names.
    pub fn of(mention: &Mention) -> Self {
        Self { kind: Some(mention.kind), name: mention.name.clone() }
    }
}

/// The relations that are read. A closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// A grid or a community lies in a division, a grid in a community, a community in a grid.
    In,
    /// A person heads a grid or a community (网格长、书记、主任).
    Heads,
    /// A body works in a community.
    WorksIn,
    /// A grid or a community has these borders (`东至云栖路、南至河堤`).
    BoundedBy,
}

impl RelationKind {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::In, Self::Heads, Self::WorksIn, Self::BoundedBy];

    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Heads => "heads",
            Self::WorksIn => "works_in",
            Self::BoundedBy => "bounded_by",
        }
    }
}
