//! Which stretch of a file is in which encoding.
//!
//! In: bytes and the encoding that most of the file is in. Out: stretches, each in one encoding. A line that reads well in
//! one encoding is one stretch. Any other is cut where that makes the whole most plausible: the cheapest path through
//! all readings ([`plausible::cost`](super::plausible::cost)), at a price for every change of encoding.

use super::plausible::{Class, INVALID, class, cost, single};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Encodings of text in bytes, in order of preference.
pub(super) const BYTEWISE: [&Encoding; 3] = [UTF_8, GB18030, BIG5];
/// With those of two bytes a unit, which a file is searched for only where bytes stand that no other has.
pub(super) const ALL: [&Encoding; 5] = [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE];

/// Price of a change of encoding. Below a byte that nothing explains, so that one sentence of another encoding is found;
/// above a rare character, so that none is looked at as two others.
pub(super) const CHANGE: u32 = 12;

/// A stretch of the file, by its end.
pub(super) struct Stretch {
    pub(super) end: usize,
    pub(super) encoding: &'static Encoding,
}

/// What a line costs in one encoding.
pub(super) fn line_cost(line: &[u8], encoding: &'static Encoding) -> u32 {
    let (text, _) = encoding.decode_without_bom_handling(line);
    text.chars().map(|c| if c == '\u{FFFD}' { INVALID } else { cost(c) }).fold(0, u32::saturating_add)
}

/// The stretches of a line of a file that is mainly in `main`, a bytewise encoding.
pub(super) fn line(line: &[u8], start: usize, main: &'static Encoding, stretches: &mut Vec<Stretch>) {
    let end = start + line.len();
    if line.is_ascii() || (main == UTF_8 && std::str::from_utf8(line).is_ok()) {
        stretches.push(Stretch { end, encoding: UTF_8 });
        return;
    }
    let price = |encoding: &'static Encoding| line_cost(line, encoding) + if encoding == main { 0 } else { CHANGE };
    let prices = BYTEWISE.map(|encoding| (price(encoding), encoding));
    let Some((least, best)) = prices.into_iter().min_by_key(|&(price, _)| price) else { return };
    let characters = best.decode_without_bom_handling(line).0.chars().count();
    if least as usize >= characters + CHANGE as usize {
        cut(line, start, main, &BYTEWISE, stretches);
    } else {
        stretches.push(Stretch { end, encoding: best });
    }
}

/// Bytes that are worked on together, so that a large file does not take a multiple of its size.
const WINDOW: usize = 1 << 16;

/// Cuts `bytes` where their encoding changes.
pub(super) fn cut(
    bytes: &[u8],
    start: usize,
    main: &'static Encoding,
    encodings: &[&'static Encoding],
    stretches: &mut Vec<Stretch>,
) {
    let (mut at, mut first) = (0, main);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let window = &rest[..rest.len().min(WINDOW)];
        let path = cheapest(window, first, encodings);
        // The last quarter of a window is read again with what follows on it.
        let sure = if window.len() == rest.len() { window.len() } else { WINDOW / 4 * 3 };
        for &(end, encoding) in &path {
            match stretches.last_mut() {
                Some(last) if last.encoding == encoding => last.end = start + at + end,
                _ => stretches.push(Stretch { end: start + at + end, encoding }),
            }
            first = encoding;
            if end >= sure {
                at += end;
                break;
            }
        }
    }
}

/// The units of `bytes`, each by its end and encoding, on the cheapest path.
fn cheapest(
    bytes: &[u8],
    first: &'static Encoding,
    encodings: &[&'static Encoding],
) -> Vec<(usize, &'static Encoding)> {
    const NONE: u32 = u32::MAX;
    // Cheapest way to have read up to a byte with a unit of each encoding, and how: the unit's length, and the encoding
    // before.
    let mut costs = vec![[NONE; ALL.len()]; bytes.len() + 1];
    let mut steps = vec![[(0u8, 0u8); ALL.len()]; bytes.len() + 1];
    for (cost, encoding) in costs[0].iter_mut().zip(encodings) {
        *cost = if *encoding == first { 0 } else { CHANGE };
    }
    for at in 0..bytes.len() {
        let here = costs[at];
        let Some((cheapest, least)) = here.iter().copied().enumerate().min_by_key(|&(_, cost)| cost) else {
            continue;
        };
        if least == NONE {
            continue;
        }
        for (index, encoding) in encodings.iter().enumerate() {
            let changed = least.saturating_add(CHANGE);
            let (from, so_far) = if changed < here[index] { (cheapest, changed) } else { (index, here[index]) };
            let (length, price) = unit(&bytes[at..], encoding);
            let total = so_far.saturating_add(price);
            if total < costs[at + length][index] {
                costs[at + length][index] = total;
                steps[at + length][index] = (length as u8, from as u8);
            }
        }
    }
    let last = costs[bytes.len()].iter().enumerate().min_by_key(|&(_, cost)| cost).map_or(0, |(index, _)| index);
    let (mut at, mut index, mut path) = (bytes.len(), last, Vec::new());
    while at > 0 {
        path.push((at, encodings[index]));
        let (length, from) = steps[at][index];
        at -= usize::from(length.max(1));
        index = usize::from(from);
    }
    path.reverse();
    path
}

/// Length and cost of the unit that `bytes` start with.
fn unit(bytes: &[u8], encoding: &'static Encoding) -> (usize, u32) {
    let length = super::unit_len(bytes, encoding).min(bytes.len());
    match single(&bytes[..length], encoding) {
        // Any two bytes are a character of UTF-16, so those that Chinese is not written in prove nothing.
        Some(c) if encoding == UTF_16LE || encoding == UTF_16BE => match class(c) {
            Class::Rare => (length, INVALID),
            Class::Foreign | Class::Nonsense => (length, 2 * INVALID),
            _ => (length, cost(c)),
        },
        Some(c) => (length, cost(c)),
        None if encoding == UTF_8 => {
            let bad = bytes[..length].utf8_chunks().next().map_or(1, |chunk| chunk.invalid().len());
            (bad.max(1), INVALID)
        }
        None if encoding == UTF_16LE || encoding == UTF_16BE => (length.min(2), INVALID),
        None => (1, INVALID),
    }
}

/// Whether `bytes` hold what stands in UTF-16 and in no other encoding of Chinese: NUL, or the byte order mark's FF.
pub(super) fn may_hold_utf16(bytes: &[u8]) -> bool {
    bytes.iter().any(|&byte| byte == 0 || byte == 0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_the_encoding_changes() {
        let gbk = |text| GB18030.encode(text).0.into_owned();
        let bytes = [gbk("社区食堂开业"), "网格员".into(), gbk("社区食堂开业")].concat();
        let mut stretches = Vec::new();
        line(&bytes, 0, GB18030, &mut stretches);
        let ends: Vec<_> = stretches.iter().map(|stretch| (stretch.end, stretch.encoding.name())).collect();
        assert_eq!(ends, [(12, "gb18030"), (21, "UTF-8"), (33, "gb18030")]);
    }
}
