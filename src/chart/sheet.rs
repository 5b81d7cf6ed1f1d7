//! The paper. In: shapes and text at places in points, from the upper left corner. Out: the SVG that plotters writes of them,
//! in tenths of points, as it counts in whole units.

use super::Pt;
use super::colour::WHITE;
use super::font::{self, FAMILY};
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, RGBColor, TextStyle};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Units of the drawing in a point.
pub(super) const UNITS: f64 = 10.0;

/// What plotters multiplies the size of letters by.
const SIZE: f64 = 1.24;
/// How far it lifts text that is set on its lower edge, in em.
const LIFT: f64 = 0.25;
/// Half the height of capitals, digits and Han characters about their middle, in em.
const MIDDLE: f64 = 0.36;

/// White between a name and what it means.
pub(super) const BESIDE: Pt = 8.0;

const INFALLIBLE: &str = "a string takes all that is drawn";

/// A sheet that is being drawn on.
pub(super) struct Sheet<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// Characters that were set and have no glyph.
    lacking: RefCell<BTreeSet<char>>,
}

/// A place, in points.
pub(super) type At = (Pt, Pt);

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    Start,
    Middle,
    End,
}

/// Text's size and colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: Pt,
    pub(super) ink: RGBColor,
}

fn unit(points: Pt) -> i32 {
    // Casts of floats stay within bounds.
    (points * UNITS).round() as i32
}

fn place((x, y): At) -> (i32, i32) {
    (unit(x), unit(y))
}

impl<'a> Sheet<'a> {
    /// White paper of this size, which is written to `svg`.
    pub(super) fn new(svg: &'a mut String, width: Pt, height: Pt) -> Self {
        let size = (unit(width).unsigned_abs(), unit(height).unsigned_abs());
        let sheet =
            Self { area: SVGBackend::with_string(svg, size).into_drawing_area(), lacking: RefCell::default() };
        sheet.area.fill(&WHITE).expect(INFALLIBLE);
        sheet
    }

    fn draw<E>(&self, element: E)
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        self.area.draw(&element).expect(INFALLIBLE);
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&self, from: At, to: At, fill: RGBColor) {
        self.draw(Rectangle::new([place(from), place(to)], fill.filled()));
    }

    /// A line through `points`, `thick` points thick.
    pub(super) fn line(&self, points: &[At], thick: Pt, ink: RGBColor) {
        let points: Vec<_> = points.iter().copied().map(place).collect();
        self.draw(PathElement::new(points, ink.stroke_width(unit(thick).unsigned_abs())));
    }

    /// A line of dashes, so long and so far apart.
    pub(super) fn dashes(&self, points: &[At], thick: Pt, ink: RGBColor, (dash, gap): (Pt, Pt)) {
        let points: Vec<_> = points.iter().copied().map(place).collect();
        let style = ink.stroke_width(unit(thick).unsigned_abs());
        self.draw(DashedPathElement::new(points, unit(dash), unit(gap), style));
    }

    /// A filled shape.
    pub(super) fn polygon(&self, points: &[At], fill: RGBColor) {
        let points: Vec<_> = points.iter().copied().map(place).collect();
        self.draw(Polygon::new(points, fill.filled()));
    }

    /// A filled circle.
    pub(super) fn disc(&self, centre: At, radius: Pt, fill: RGBColor) {
        self.draw(Circle::new(place(centre), unit(radius), fill.filled()));
    }

    /// Text on one line, its middle at the height of `at`.
    pub(super) fn text(&self, text: &str, at: At, hold: Hold, kind: Type) {
        let at = (at.0, at.1 + (MIDDLE + LIFT) * kind.size);
        self.set(text, at, hold, kind, FontTransform::None);
    }

    /// A name and what it means, side by side, from a place on.
    pub(super) fn title(&self, title: &[(String, Type); 2], at: At) {
        let [(name, kind), (about, faint)] = title;
        self.text(name, at, Hold::Start, *kind);
        self.text(about, (at.0 + font::width(name, kind.size) + BESIDE, at.1), Hold::Start, *faint);
    }

    /// Text on one line that runs upwards, its middle where `at` is from left to right.
    pub(super) fn upwards(&self, text: &str, at: At, hold: Hold, kind: Type) {
        let at = (at.0 + (MIDDLE + LIFT) * kind.size, at.1);
        self.set(text, at, hold, kind, FontTransform::Rotate270);
    }

    fn set(&self, text: &str, at: At, hold: Hold, kind: Type, turned: FontTransform) {
        self.lacking.borrow_mut().extend(text.chars().filter(|c| font::lacks(*c)));
        let hold = match hold {
            Hold::Start => HPos::Left,
            Hold::Middle => HPos::Center,
            Hold::End => HPos::Right,
        };
        let style = TextStyle::from((FAMILY, kind.size * UNITS * SIZE))
            .color(&kind.ink)
            .pos(Pos::new(hold, VPos::Bottom))
            .transform(turned);
        self.area.draw_text(text, &style, place(at)).expect(INFALLIBLE);
    }

    /// Ends the drawing; returns the characters that it shows as boxes.
    pub(super) fn finish(self) -> BTreeSet<char> {
        self.area.present().expect(INFALLIBLE);
        self.lacking.into_inner()
    }
}
