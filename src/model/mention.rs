//! A mention: one occurrence of a named thing.

use super::{Place, TextSpan};

/// One occurrence of a named thing in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What sort of thing.
    pub kind: EntityKind,
    /// Which text of the article.
    pub place: Place,
    /// The words, in that text.
    pub span: TextSpan,
    /// Whole and normal name: `云栖综合网格` for the `云栖` of `云栖、云岭两个综合网格`; ISO 8601 for a date
    /// that can be resolved.
    pub name: String,
    /// Statistical division code, where it is known.
    pub code: Option<String>,
    /// A person's office, where the text states it.
    pub role: Option<String>,
    /// The unit that a grid or a community lies in, where the issue shows it. None until `relation` has run.
    pub within: Option<String>,
}

/// The kinds of named things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A named grid (网格): `云栖综合网格`.
    Grid,
    /// A named residential unit below street or town (居民区、小区、村).
    Community,
    /// A province, city, district, county, street or town (行政区划).
    Division,
    /// A person's full name.
    Person,
    /// A named body: party branch, company, school, office.
    Organization,
    /// A named road, landmark, park, address.
    Place,
    /// A calendar expression.
    Date,
    /// A named programme, method, brand or activity.
    Program,
}

impl EntityKind {
    /// All kinds, in the order in which tables list them.
    pub const ALL: [Self; 8] = [
        Self::Grid,
        Self::Community,
        Self::Division,
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Date,
        Self::Program,
    ];

    /// The kind of that word, as [`EntityKind::as_str`] has it.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Community => "community",
            Self::Division => "division",
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Date => "date",
            Self::Program => "program",
        }
    }
}
