//! An issue: the articles of one file, and everything of that file which is not an article.

use super::{Article, Repair, SourceSpan};

/// One newsletter issue (期), as read from one file.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The file's stem.
    pub name: String,
    /// The file as the user named it.
    pub path: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// Length of the file in bytes.
    pub bytes: usize,
    /// Name of the encoding it was read as, in WHATWG's spelling: `UTF-8`, `gb18030`.
    pub encoding: &'static str,
    /// Number of the issue as printed (`第312期` gives `312`).
    pub number: Option<String>,
    /// Date of the issue, ISO 8601, as exact as it is printed.
    pub date: Option<String>,
    /// In reading order.
    pub articles: Vec<Article>,
    /// What the file holds besides articles, in file order.
    pub set_aside: Vec<SetAside>,
    /// What was repaired in the text, in file order.
    pub repairs: Vec<Repair>,
    /// Where a paragraph stops in mid-sentence in the file, and where it was found to go on, in file order.
    pub seams: Vec<Seam>,
    /// What went wrong without stopping the work.
    pub problems: Vec<Problem>,
}

/// A place where a paragraph's text stops in mid-sentence at the end of a block of lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seam {
    /// The bytes that stop there.
    pub head: SourceSpan,
    /// The bytes that go on it; none if nothing on the page reads well enough.
    pub tail: Option<SourceSpan>,
    /// How much speaks for it, as the natural logarithm of odds.
    pub points: f64,
}

impl Seam {
    /// Points below which a seam is weak: odds of less than three to one.
    pub const SURE: f64 = 1.0;

    /// Whether somebody should look at it: it is open, or the evidence for it is weak.
    pub fn is_weak(&self) -> bool {
        self.tail.is_none() || self.points < Self::SURE
    }
}

/// A piece of the source that stands in no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it stands.
    pub source: SourceSpan,
    /// What it reads, after cleaning.
    pub text: String,
    /// Why it was set aside.
    pub reason: Reason,
}

/// Why a piece of the source is in no article. A closed list: a reader can count on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Name of the newsletter, its number, date, publisher (报头).
    Masthead,
    /// A page number, or the newspaper's name and page number at a page's head or foot (页码、书眉).
    PageNumber,
    /// The newsletter's name standing alone between articles (书眉).
    RunningHeader,
    /// An invitation to scan a code or to follow an account (二维码).
    QrCaption,
    /// The caption or the link of a picture (图片说明).
    PictureCaption,
    /// Markup without words, such as a ruled line.
    Markup,
}

impl Reason {
    /// The word that stands in listings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Masthead => "masthead",
            Self::PageNumber => "page-number",
            Self::RunningHeader => "running-header",
            Self::QrCaption => "qr-caption",
            Self::PictureCaption => "picture-caption",
            Self::Markup => "markup",
        }
    }
}

/// Something that went wrong in a file without stopping the work on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the file.
    pub source: SourceSpan,
    /// Line of the file, from 1.
    pub line: usize,
    /// What it is, lower case, no full stop: `3 bytes are not valid GB18030; kept as U+FFFD`.
    pub what: String,
}
