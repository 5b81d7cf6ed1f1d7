//! The finished files. In: the drawing of plotters, an SVG with text. Out: the same with outlines for text, as SVG with its
//! title and description, and as PNG.

use super::{font, sheet::UNITS};
use crate::error::{Error, Result};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Indent, Options, Tree, WriteOptions};
use std::fmt::Write as _;

/// Dots an inch in print.
const DOTS: f64 = 300.0;
/// Points an inch.
const POINTS: f64 = 72.0;

/// The chunk of a PNG file that says 300 dots an inch, 11 811 a metre, in both directions: length, name, data, CRC-32.
const DENSITY: [u8; 21] =
    [0, 0, 0, 9, b'p', b'H', b'Y', b's', 0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1, 0x78, 0xA5, 0x3F, 0x76];
/// Where it goes: behind the signature of 8 bytes and the header of 25.
const BEHIND_HEADER: usize = 33;

fn failed(what: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the picture cannot be made: {what}; write the rows with --output instead"))
}

/// A drawing with outlines for text.
pub(super) fn outlined(drawing: &str) -> Result<Tree> {
    let options = Options { fontdb: font::database(), font_family: font::FAMILY.to_owned(), ..Options::default() };
    Tree::from_str(drawing, &options).map_err(failed)
}

/// A tree as SVG.
pub(super) fn write(tree: &Tree, title: &str, description: &str) -> Vec<u8> {
    let options = WriteOptions { coordinates_precision: 2, indent: Indent::None, ..WriteOptions::default() };
    let plain = tree.to_string(&options);
    let inner = plain.find('>').and_then(|at| plain.get(at + 1..)).unwrap_or_default();
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let mut svg = String::with_capacity(plain.len() + description.len() + 512);
    // A string takes all that is written to it.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
        width / UNITS,
        height / UNITS,
        escaped(title),
        escaped(description)
    );
    svg.push_str(inner);
    svg.push('\n');
    svg.into_bytes()
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// A tree as PNG on white.
pub(super) fn render(tree: &Tree) -> Result<Vec<u8>> {
    let scale = DOTS / POINTS / UNITS;
    let pixels = |units: f32| (f64::from(units) * scale).round() as u32;
    let size = (pixels(tree.size().width()), pixels(tree.size().height()));
    let mut pixmap = Pixmap::new(size.0, size.1).ok_or_else(|| failed("it is too large"))?;
    pixmap.fill(Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    let mut png = pixmap.encode_png().map_err(failed)?;
    if png.len() >= BEHIND_HEADER {
        png.splice(BEHIND_HEADER..BEHIND_HEADER, DENSITY);
    }
    Ok(png)
}
