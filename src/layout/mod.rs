//! What each line of a page is, and which lines are one block.
//!
//! In: a cleaned page. Out: a [`Page`] of [`Block`]s in file order, and what was set aside. Layout knows lines
//! and gaps, not articles; but for columns that stand side by side it puts nothing in another order.
//!
//! | file        | answers                                                                     |
//! |-------------|-----------------------------------------------------------------------------|
//! | `gutter`    | which columns stand side by side                                            |
//! | `line`      | what a line measures: indent, width, gap above, markup                      |
//! | `furniture` | which lines are masthead, page number, caption                              |
//! | `byline`    | which lines name the writers                                                |
//! | `credit`    | which lines name the office that sent the text, and writers within a text    |
//! | `join`      | which lines are one paragraph, which stand on display                       |

mod byline;
mod credit;
mod furniture;
mod gutter;
mod join;
mod line;

use crate::model::{Repair, SetAside, SourceSpan, Text};

pub use byline::{bare_names, names};
pub use credit::{Credit, leading_credit, sign_off, trailing_credit};
pub use furniture::Masthead;
pub use join::{ends_article, is_chapter};

/// A page as blocks.
#[derive(Clone, Debug)]
pub struct Page {
    /// In file order.
    pub blocks: Vec<Block>,
    /// Furniture, in file order.
    pub set_aside: Vec<SetAside>,
    /// What the masthead tells.
    pub masthead: Masthead,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub struct Block {
    /// What they are.
    pub role: Role,
    /// Their text: one line of display, or the lines of a paragraph or of a part of one, joined.
    pub text: Text,
    /// Blank lines above.
    pub gap: usize,
    /// Level of a Markdown heading.
    pub level: Option<usize>,
    /// Whether the line was drawn in fake bold.
    pub bold: bool,
    /// Whether it is set in as paragraphs are, on a page that sets them in.
    pub start: Start,
    /// Whether its last line fills the column: the paragraph may go on behind a full stop.
    pub full: bool,
    /// Where the block stands in the file, markup included.
    pub source: SourceSpan,
}

/// What the indent of a block's first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Set in: a paragraph starts here.
    Indented,
    /// Flush, on a page whose paragraphs are set in: a paragraph goes on here.
    Flush,
    /// The page sets nothing in.
    Unknown,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line on display: headline, kicker, subtitle, section heading.
    Display,
    /// Names of writers.
    Byline,
    /// The office that sent the text, in brackets.
    SignOff,
    /// A paragraph, or a part of one that a column end cut.
    Body,
    /// A row of a table, which no other line joins.
    Row,
}

/// Lays out a cleaned page. `repairs` tell which lines were bold.
pub fn page(text: &Text, repairs: &[Repair]) -> Page {
    let lines = line::lines(text, repairs);
    let (lines, set_aside, masthead) = furniture::set_aside(lines);
    Page { blocks: join::blocks(lines), set_aside, masthead }
}
