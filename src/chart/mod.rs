//! Tables as pictures, fit to be printed in a paper. In: a [`Table`] that says how it is drawn, and what is to stand below it.
//! Out: a [`Picture`]: SVG and PNG with the same bytes on every machine, as text is outlines of one font that comes along.
//! Nothing is read and no file is written here.
//!
//! | file     | question it answers                                                             |
//! |----------|---------------------------------------------------------------------------------|
//! | `data`   | which values does the table hold, in which unit?                                 |
//! | `bars`   | how are names with values drawn?                                                 |
//! | `lines`  | how is a course over time drawn?                                                 |
//! | `heat`   | how are values of pairs drawn?                                                   |
//! | `series` | which series are drawn, in which colours, and how does a legend name them?       |
//! | `names`  | how do names stand along a level axis?                                           |
//! | `axis`   | from where to where runs an axis, and which of its values are named?             |
//! | `time`   | which times do cells name, how far do they lie apart, which are missing?         |
//! | `font`   | how wide is a text, and which characters have no glyph?                          |
//! | `colour` | which colours does every reader tell apart?                                      |
//! | `sheet`  | how do shapes and text reach plotters?                                           |
//! | `svg`    | how does its drawing become the finished SVG and PNG?                            |
//! | `spark`  | how do bars and lines look in characters of a terminal?                          |

mod axis;
mod bars;
mod colour;
mod data;
mod font;
mod heat;
mod lines;
mod names;
mod series;
mod sheet;
mod spark;
mod svg;
mod time;

pub use spark::{bars as bars_of_text, sparklines};

use crate::error::{Error, Result};
use crate::table::{Shape, Table, grouped};
use data::{Data, harmless};
use resvg::usvg::Tree;
use sheet::{Hold, Sheet, Type};
use std::collections::BTreeSet;
use std::path::Path;

/// A length on paper, in points of 1/72 inch.
type Pt = f64;

/// Width of a picture, 16 cm: the text of a page of A4.
const WIDTH: Pt = 453.5;
/// Width that a wide heat map may grow to: 25 cm, a page of A4 on its side.
const WIDEST: Pt = 708.0;
/// White on all sides.
const MARGIN: Pt = 6.0;

/// What names things.
const TEXT: Type = Type { size: 9.0, ink: colour::INK };
/// Numbers, the least that is printed.
const SMALL: Type = Type { size: 8.0, ink: colour::INK };
/// Names of axes, notes, the caption.
const FAINT: Type = Type { size: 8.0, ink: colour::GREY };
/// What the picture is of.
const TITLE: Type = Type { size: 10.5, ink: colour::INK };
/// From one line of small type to the next.
const LEADING: Pt = 11.0;

/// Most lines that a command or a note takes.
const CAPTION_LINES: usize = 14;
/// Most lines on coverage: what there is and the first gaps.
const COVERAGE_LINES: usize = 4;
/// Most rows that the description of a picture repeats.
const DESCRIBED: usize = 1000;

/// What stands below a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// The command that makes it again.
    pub command: String,
    /// What it rests on, a line each.
    pub coverage: Vec<String>,
}

/// The format of a file that holds a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Scalable vector graphics.
    Svg,
    /// Portable network graphics, 300 dots an inch.
    Png,
}

impl Format {
    /// The format that the ending of a file's name means.
    pub fn of_path(path: &Path) -> Result<Self> {
        match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            _ => Err(Error::refused(path, "a picture is written as .svg or .png; end the name of its file so")),
        }
    }
}

/// A finished picture.
#[derive(Debug)]
pub struct Picture {
    tree: Tree,
    title: String,
    description: String,
    notes: Vec<String>,
}

impl Picture {
    /// The picture in a format.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>> {
        match format {
            Format::Svg => Ok(svg::write(&self.tree, &self.title, &self.description)),
            Format::Png => svg::render(&self.tree),
        }
    }

    /// What a reader of the picture has to know: what was left out, which characters are shown as boxes.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// What a shape of picture needs and how it is put on paper.
trait Body {
    /// Its width and height.
    fn size(&self) -> (Pt, Pt);
    /// Draws it below and right of a place.
    fn draw(&self, sheet: &Sheet<'_>, at: sheet::At);
}

/// Draws `table` as it says, with `caption` below.
pub fn draw(table: &Table, caption: &Caption) -> Result<Picture> {
    let data = Data::of(table)?;
    let mut notes = Vec::new();
    let body: Box<dyn Body> = match data.shape {
        Shape::Bars => Box::new(bars::Bars::of(&data, &mut notes)?),
        Shape::Lines => Box::new(lines::Lines::of(&data, &mut notes)),
        Shape::Heat => Box::new(heat::Heat::of(&data, &mut notes)?),
    };
    let title = title(&table.name, &data);
    let (width, height) = body.size();
    let full = width.max(WIDTH - 2.0 * MARGIN);
    let heading = font::lines(&title, TITLE.size, full, 2);
    let noted: Vec<String> =
        notes.iter().flat_map(|note| font::lines(note, FAINT.size, full, CAPTION_LINES)).collect();
    let below = caption_lines(caption, full);
    let top = MARGIN + heading.len() as f64 * 14.0 + noted.len() as f64 * LEADING + 4.0;
    let bottom = top + height + 6.0;
    let mut drawing = String::new();
    let sheet = Sheet::new(&mut drawing, full + 2.0 * MARGIN, bottom + below.len() as f64 * LEADING + MARGIN);
    for (at, line) in heading.iter().enumerate() {
        sheet.text(line, (MARGIN, MARGIN + 7.0 + at as f64 * 14.0), Hold::Start, TITLE);
    }
    let under = MARGIN + heading.len() as f64 * 14.0 + LEADING / 2.0;
    for (at, line) in noted.iter().enumerate() {
        sheet.text(line, (MARGIN, under + at as f64 * LEADING), Hold::Start, FAINT);
    }
    body.draw(&sheet, (MARGIN, top));
    for (at, line) in below.iter().enumerate() {
        sheet.text(line, (MARGIN, bottom + (at as f64 + 0.5) * LEADING), Hold::Start, FAINT);
    }
    let lacking = sheet.finish();
    if !lacking.is_empty() {
        notes.push(told_as_boxes(&lacking));
    }
    Ok(Picture { tree: svg::outlined(&drawing)?, title, description: description(&data, &notes, caption), notes })
}

fn title(table: &str, data: &Data<'_>) -> String {
    let for_each = match (&data.series, data.shape) {
        (None, _) => String::new(),
        (Some(series), Shape::Heat) => format!(" and {series}"),
        (Some(series), Shape::Bars | Shape::Lines) => format!(", for each {series}"),
    };
    format!("{}: {} by {}{for_each}", harmless(&table.replace('_', " ")), data.y_with_unit(), data.x)
}

fn caption_lines(caption: &Caption, width: Pt) -> Vec<String> {
    let of = |text: &str, most| font::lines(&harmless(text), FAINT.size, width, most);
    let mut lines = if caption.command.is_empty() { Vec::new() } else { of(&caption.command, CAPTION_LINES) };
    lines.extend(caption.coverage.iter().take(COVERAGE_LINES).flat_map(|line| of(line, 2)));
    if caption.coverage.len() > COVERAGE_LINES {
        lines.push(format!("and {} lines more beside the table", caption.coverage.len() - COVERAGE_LINES));
    }
    lines
}

fn told_as_boxes(lacking: &BTreeSet<char>) -> String {
    let listed: Vec<String> = lacking.iter().take(20).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let more = if lacking.len() > 20 { ", …" } else { "" };
    format!("the font of pictures lacks {}{more}: shown as boxes", harmless(&listed.join(", ")))
}

/// The picture in words, for those who do not see it.
fn description(data: &Data<'_>, notes: &[String], caption: &Caption) -> String {
    let mut text = format!("{} rows", grouped(data.points.len() as u64));
    if !data.about.is_empty() {
        text.push_str(&format!("; {}: {}", data.y, data.about));
    }
    for point in data.points.iter().take(DESCRIBED) {
        let series = if data.series.is_some() { format!(", {}", point.series) } else { String::new() };
        text.push_str(&format!("\n{}{series}: {}", point.x_name, point.label));
    }
    if data.points.len() > DESCRIBED {
        text.push_str(&format!("\n… and {} rows more", grouped((data.points.len() - DESCRIBED) as u64)));
    }
    let command = Some(&caption.command).filter(|command| !command.is_empty());
    for line in notes.iter().chain(command).chain(&caption.coverage) {
        text.push('\n');
        text.push_str(&harmless(line));
    }
    text
}
