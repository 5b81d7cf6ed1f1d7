//! Bytes into text.
//!
//! In: a [`Source`]. Out: [`Decoded`], a text that knows the bytes it came from, and the places that would not
//! decode. Nothing is dropped: what no encoding explains stands as U+FFFD and is a [`Problem`].
//!
//! | file                                   | is read as                                             |
//! |----------------------------------------|--------------------------------------------------------|
//! | starts with a byte order mark          | what the mark says                                     |
//! | is valid UTF-8                         | UTF-8                                                  |
//! | every other byte is NUL                | UTF-16 without its mark                                |
//! | anything else                          | what the detector says, line by line: a GB18030 line in a UTF-8 file is read as GB18030 |

mod mojibake;
mod plausible;

use crate::error::{Error, Result};
use crate::model::{Problem, Repair, SourceSpan, Text, TextBuilder};
use crate::source::Source;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Share of characters that may be undecodable or control characters before a file counts as binary. Damaged
/// text has a few in a thousand; an image or an archive has a quarter or more.
const BINARY_SHARE: f64 = 0.1;

/// The text of a file.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, line ends as they stand in the file.
    pub text: Text,
    /// The encoding, in WHATWG's spelling.
    pub encoding: &'static str,
    /// What had been read in a wrong encoding before, and was read back, in file order.
    pub repairs: Vec<Repair>,
    /// What could not be decoded, in file order.
    pub problems: Vec<Problem>,
}

/// Decodes a file. Fails for a file that is empty, blank, or not text.
pub fn decode(source: &Source) -> Result<Decoded> {
    let bytes = source.bytes.as_slice();
    if bytes.is_empty() {
        return Err(Error::refused(&source.path, "is empty; extract its text again, or remove it"));
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (detect(bytes), 0));
    let mut reader = Reader { text: TextBuilder::with_capacity(bytes.len()), problems: Vec::new(), line: 1 };
    reader.text.absorb(SourceSpan::new(0, mark));
    if encoding == UTF_16LE || encoding == UTF_16BE {
        reader.read(bytes, mark, bytes.len(), encoding);
    } else {
        // Line by line, so that a file put together from two encodings is read right. No multi-byte
        // sequence of UTF-8, GB18030 or Big5 holds a line feed.
        let mut at = mark;
        for line in bytes[mark..].split_inclusive(|&byte| byte == b'\n') {
            reader.read(bytes, at, at + line.len(), line_encoding(line, encoding));
            at += line.len();
        }
    }
    let (text, mut problems) = (reader.text.finish(), reader.problems);
    refuse_what_is_no_text(source, &text)?;
    let mended = mojibake::mend(&text);
    problems.extend(mended.problems);
    problems.sort_by_key(|problem| problem.source);
    Ok(Decoded { text: mended.text, encoding: encoding.name(), repairs: mended.repairs, problems })
}

/// What ends a line in any system, and in the files of word processors.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Whether a line that `line` is the last piece of ends there: CR LF is one end.
fn ends_line(line: &str, rest: &str) -> bool {
    line.ends_with('\n') || (line.ends_with('\r') && !rest.starts_with('\n'))
}

fn refuse_what_is_no_text(source: &Source, text: &str) -> Result<()> {
    let (mut all, mut odd, mut seen) = (0usize, 0usize, false);
    for c in text.chars() {
        all += 1;
        odd += usize::from(c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace()));
        seen |= !c.is_whitespace() && !c.is_control() && c != '\u{FEFF}';
    }
    if odd as f64 > BINARY_SHARE * all as f64 {
        return Err(Error::refused(
            &source.path,
            "is not text (binary data); give jiebao the text extracted from it",
        ));
    }
    if !seen {
        return Err(Error::refused(&source.path, "holds only white space; extract its text again, or remove it"));
    }
    Ok(())
}

/// The encoding of bytes without a byte order mark.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let nul_at = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    // Digits, spaces and line ends have a NUL half in UTF-16, always the same one; a Han character has a NUL
    // half once in a while (一 is 4E00), and text in bytes has none at all.
    let (first, second) = (nul_at(0), nul_at(1));
    if first.max(second) * 20 > sample.len() && first.max(second) > 4 * first.min(second) {
        return if first > second { UTF_16BE } else { UTF_16LE };
    }
    let mostly_utf8 = {
        let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii());
        let (valid, all) = lines
            .fold((0, 0), |(valid, all), line| (valid + usize::from(std::str::from_utf8(line).is_ok()), all + 1));
        2 * valid >= all && valid > 0
    };
    if mostly_utf8 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // The detector knows every script; a Chinese newsletter is in one of these.
    if guess == BIG5 || guess == UTF_8 { guess } else { GB18030 }
}

/// The encoding of one line of a file that is mainly in `main`.
fn line_encoding(line: &[u8], main: &'static Encoding) -> &'static Encoding {
    if line.is_ascii() {
        return UTF_8;
    }
    if std::str::from_utf8(line).is_ok() {
        return if main == UTF_8 { UTF_8 } else { best(line, main) };
    }
    if main == UTF_8 && reads_as_han(line, GB18030) { GB18030 } else { main }
}

/// A line of a GB18030 or Big5 file that is also valid UTF-8: whichever reads as Chinese.
fn best(line: &[u8], main: &'static Encoding) -> &'static Encoding {
    if reads_as_han(line, main) && !reads_as_han(line, UTF_8) { main } else { UTF_8 }
}

/// Whether nearly all of the line's characters beyond ASCII are such as stand in ordinary Chinese text.
fn reads_as_han(line: &[u8], encoding: &'static Encoding) -> bool {
    let (text, errors) = encoding.decode_without_bom_handling(line);
    if errors {
        return false;
    }
    let (mut all, mut common) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        common += usize::from(is_common(c));
    }
    all > 1 && common * 10 >= all * 9
}

/// Han characters of GB 2312's first level (the 3,755 common ones), and Chinese punctuation.
fn is_common(c: char) -> bool {
    let punctuation = matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' | '·');
    // In GB18030's two-byte area the first level has lead bytes B0 to D7, trail bytes from A1.
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GB18030.encode(c.encode_utf8(&mut buffer));
    punctuation || (!unmappable && matches!(*bytes, [0xB0..=0xD7, 0xA1..=0xFE]))
}

/// Decodes piece after piece and keeps the map.
struct Reader {
    text: TextBuilder,
    problems: Vec<Problem>,
    line: usize,
}

impl Reader {
    fn read(&mut self, bytes: &[u8], start: usize, end: usize, encoding: &'static Encoding) {
        if encoding == UTF_8 {
            self.read_utf8(bytes, start, end);
        } else {
            self.read_units(bytes, start, end, encoding);
        }
    }

    fn read_utf8(&mut self, bytes: &[u8], start: usize, end: usize) {
        let mut at = start;
        for chunk in bytes[start..end].utf8_chunks() {
            self.text.push_verbatim(chunk.valid(), at);
            self.line += chunk.valid().matches('\n').count();
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.bad(at, at + chunk.invalid().len(), "UTF-8");
                at += chunk.invalid().len();
            }
        }
    }

    fn read_units(&mut self, bytes: &[u8], start: usize, end: usize, encoding: &'static Encoding) {
        let mut at = start;
        while at < end {
            let ascii = if encoding.is_ascii_compatible() { ascii_run(&bytes[at..end]) } else { "" };
            if !ascii.is_empty() {
                self.text.push_verbatim(ascii, at);
                self.line += ascii.matches('\n').count();
                at += ascii.len();
                continue;
            }
            let until = end.min(at + unit_len(&bytes[at..end], encoding));
            let (piece, errors) = encoding.decode_without_bom_handling(&bytes[at..until]);
            if errors {
                // One byte, so that a stray lead byte does not swallow the character behind it.
                let step = if encoding.is_ascii_compatible() { at + 1 } else { until };
                self.bad(at, step, encoding.name());
                at = step;
            } else {
                self.text.push(&piece, SourceSpan::new(at, until));
                self.line += usize::from(piece == "\n");
                at = until;
            }
        }
    }

    fn bad(&mut self, start: usize, end: usize, encoding: &str) {
        let source = SourceSpan::new(start, end);
        self.text.push("\u{FFFD}", source);
        // A run of bad bytes is one problem.
        if let Some(last) = self.problems.last_mut().filter(|last| last.source.end == start) {
            last.source.end = end;
            last.what = describe(last.source, encoding);
            return;
        }
        self.problems.push(Problem { source, line: self.line, what: describe(source, encoding) });
    }
}

fn describe(source: SourceSpan, encoding: &str) -> String {
    let bytes = if source.len() == 1 { "byte is" } else { "bytes are" };
    format!("{} {bytes} not valid {encoding}; kept as U+FFFD", source.len())
}

fn ascii_run(bytes: &[u8]) -> &str {
    let len = Encoding::ascii_valid_up_to(bytes);
    std::str::from_utf8(&bytes[..len]).unwrap_or("")
}

/// Length of the character that `bytes` start with, which is not ASCII.
fn unit_len(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let second = |at: usize| bytes.get(at).copied().unwrap_or(0);
    if encoding == UTF_16LE {
        if matches!(second(1), 0xD8..=0xDB) { 4 } else { 2 }
    } else if encoding == UTF_16BE {
        if matches!(second(0), 0xD8..=0xDB) { 4 } else { 2 }
    } else if encoding == GB18030 && second(1).is_ascii_digit() {
        4
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = "云栖街道召开会议，2024年新增停车位128个。\n第二网格走访居民，解决问题。\n";

    fn read(bytes: &[u8]) -> Decoded {
        decode(&Source::new("page.txt", bytes.to_vec())).expect("a text")
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn tells_encodings_apart() {
        let gbk = GB18030.encode(PAGE).0.into_owned();
        let big5 = BIG5.encode("臺北市政府召開會議，討論社區發展與居民服務的問題。\n").0.into_owned();
        let marked = |text: &str, mark: &[u8]| [mark, text.as_bytes()].concat();
        assert_eq!((read(PAGE.as_bytes()).encoding, &*read(PAGE.as_bytes()).text), ("UTF-8", PAGE));
        assert_eq!(&*read(&marked(PAGE, b"\xEF\xBB\xBF")).text, PAGE);
        assert_eq!((read(&gbk).encoding, &*read(&gbk).text), ("gb18030", PAGE));
        assert_eq!(read(&big5).encoding, "Big5");
        assert_eq!((read(&utf16(PAGE, false)).encoding, &*read(&utf16(PAGE, false)).text), ("UTF-16LE", PAGE));
        assert_eq!(&*read(&[b"\xFE\xFF", utf16(PAGE, true).as_slice()].concat()).text, PAGE);
    }

    #[test]
    fn reads_a_file_of_two_encodings() {
        let mut bytes = PAGE.as_bytes().to_vec();
        bytes.extend_from_slice(&GB18030.encode("居民代表参加了这次活动。\n").0);
        let decoded = read(&bytes);
        assert_eq!(&*decoded.text, format!("{PAGE}居民代表参加了这次活动。\n"));
        assert_eq!(decoded.text.origin(), [SourceSpan::new(0, bytes.len())]);
    }

    #[test]
    fn keeps_what_does_not_decode_and_says_where() {
        let decoded = read(&[PAGE.as_bytes(), "网格\u{0}".as_bytes(), b"\xFF\xFE", "员。".as_bytes()].concat());
        assert!(decoded.text.contains("网格\u{0}\u{FFFD}"));
        insta::assert_debug_snapshot!(decoded.problems.iter().map(|p| (p.line, &p.what)).collect::<Vec<_>>(), @r#"
        [
            (
                3,
                "2 bytes are not valid UTF-8; kept as U+FFFD",
            ),
        ]
        "#);
    }

    #[test]
    fn refuses_what_is_no_text() {
        let refusal = |bytes: &[u8]| match decode(&Source::new("page.txt", bytes.to_vec())) {
            Err(error) => error.to_string(),
            Ok(decoded) => panic!("taken as text: {:?}", decoded.text.as_str()),
        };
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        insta::assert_snapshot!(refusal(b""), @"page.txt: is empty; extract its text again, or remove it");
        insta::assert_snapshot!(refusal(b" \r\n\xE3\x80\x80\n"), @"page.txt: holds only white space; extract its text again, or remove it");
        insta::assert_snapshot!(refusal(&noise), @"page.txt: is not text (binary data); give jiebao the text extracted from it");
    }

    proptest! {
        #[test]
        fn every_byte_has_its_place(bytes in prop::collection::vec(any::<u8>(), 1..400)) {
            if let Ok(decoded) = decode(&Source::new("p.txt", bytes.clone())) {
                prop_assert_eq!(decoded.text.origin(), [SourceSpan::new(0, bytes.len())]);
            }
        }

        #[test]
        fn text_comes_back(text in "[ -~一-龥，。\n]{1,80}") {
            let bytes = GB18030.encode(&text).0.into_owned();
            let _ = decode(&Source::new("p.txt", bytes));
            if let Ok(decoded) = decode(&Source::new("p.txt", text.clone().into_bytes())) {
                prop_assert_eq!(&*decoded.text, text);
            }
        }
    }
}
