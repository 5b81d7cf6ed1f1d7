//! The font of pictures. In: text. Out: how wide it is, which characters have no glyph, and the one font that outlines are
//! taken from, so that a picture has the same bytes on every machine, also on one without Chinese fonts.
//!
//! `font/` holds the font, its licence, how it was made, and two tables written with it: which characters it has and which
//! of them are not one em wide. It has no kerning, so a text is as wide as its characters together.

use super::Pt;
use crate::table::wrapped;
use resvg::usvg::fontdb::Database;
use std::sync::{Arc, LazyLock};

/// Its family, the only one in pictures.
pub(super) const FAMILY: &str = "jiebao Sans";

/// Width of what stands at the end of a text that was cut.
const ELLIPSIS: char = '…';

/// A database that holds this font alone.
pub(super) fn database() -> Arc<Database> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        fonts.load_font_data(include_bytes!("font/jiebao-sans.otf").to_vec());
        Arc::new(fonts)
    });
    Arc::clone(&FONTS)
}

/// The characters it has a glyph for, in their order.
pub(super) fn characters() -> &'static [char] {
    static CHARACTERS: LazyLock<Vec<char>> =
        LazyLock::new(|| include_str!("font/characters.txt").trim_end_matches('\n').chars().collect());
    &CHARACTERS
}

/// Whether a picture shows a box in the character's stead.
pub(super) fn lacks(c: char) -> bool {
    characters().binary_search(&c).is_err()
}

/// A run of characters that are equally wide: first, last, width in em.
type Run = (u32, u32, f64);

fn advance(c: char) -> f64 {
    static RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| {
        let run = |line: &str| {
            let mut cells = line.split('\t');
            let mut point = || u32::from_str_radix(cells.next()?, 16).ok();
            let (first, last) = (point()?, point()?);
            Some((first, last, cells.next()?.parse::<f64>().ok()? / 1000.0))
        };
        include_str!("font/advances.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(run).collect()
    });
    let point = u32::from(c);
    let at = RUNS.partition_point(|(_, last, _)| *last < point);
    RUNS.get(at).filter(|(first, ..)| *first <= point).map_or(1.0, |(.., width)| *width)
}

/// How wide `text` is at `size`, both in points.
pub(super) fn width(text: &str, size: Pt) -> Pt {
    text.chars().map(advance).sum::<f64>() * size
}

/// `text` at `size`, cut with an ellipsis where it is wider than `most`.
pub(super) fn cut(text: &str, size: Pt, most: Pt) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut wide = advance(ELLIPSIS) * size;
    for c in text.chars() {
        wide += advance(c) * size;
        if wide > most {
            break;
        }
        short.push(c);
    }
    short.push(ELLIPSIS);
    short
}

/// `text` at `size` in at most `lines` lines that are at most `most` wide, the last one cut where there is more.
pub(super) fn lines(text: &str, size: Pt, most: Pt, lines: usize) -> Vec<String> {
    let mut all = wrapped(text, most, |c| advance(c) * size);
    if all.len() > lines {
        let rest = all.split_off(lines.saturating_sub(1)).concat();
        all.push(cut(&rest, size, most));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures() {
        assert_eq!(width("云杉", 10.0), 20.0);
        assert!((width("1 000", 10.0) - (4.0 * 5.55 + 2.24)).abs() < 1e-9);
        assert_eq!(cut("云杉一居民区", 10.0, 60.0), "云杉一居民区");
        assert_eq!(cut("云杉一居民区", 10.0, 59.0), "云杉一居…");
        assert_eq!(lines("云杉一居民区", 10.0, 20.0, 2), ["云杉", "一…"]);
    }

    #[test]
    fn knows_what_it_lacks() {
        assert!(!lacks('网') && !lacks('℃') && !lacks('㎡') && !lacks('a') && lacks('😀') && lacks('\u{20000}'));
        assert!(characters().is_sorted());
    }
}
