//! Bytes into text.
//!
//! In: a [`Source`]. Out: [`Decoded`], a text that knows the bytes it came from, and the places that would not
//! decode. Nothing is dropped: what no encoding explains stands as U+FFFD and is a [`Problem`].
//!
//! | file                                   | is read as                                             |
//! |----------------------------------------|--------------------------------------------------------|
//! | starts with a byte order mark          | what the mark says                                     |
//! | is valid UTF-8                         | UTF-8                                                  |
//! | anything else                          | UTF-8, GB18030, Big5 or UTF-16, whichever reads as Chinese, line by line and within lines |
//!
//! The most plausible reading decides (`plausible`), which `tests/it/encodings.rs` measures: of 9,000 lines of prose,
//! each a file of its own from two characters up, in UTF-8, GB18030 and Big5, every one comes back; of a UTF-16 line
//! without its mark, 98 % from nine characters up.
//!
//! Text that had been read in a wrong encoding before it came here is read back (`mojibake`).

mod mixed;
mod mojibake;
mod plausible;

use crate::error::{Error, Result};
use crate::model::{Problem, Repair, SourceSpan, Text, TextBuilder};
use crate::source::Source;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use mixed::Stretch;
use plausible::{Class, class};

/// Share of characters that may be undecodable or control characters before a file counts as binary. Damaged
/// text has a few in a thousand; an image or an archive has a quarter or more.
const BINARY_SHARE: f64 = 0.1;

/// Bytes of a file's start that tell UTF-16 from the rest.
const SAMPLE: usize = 4096;

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
    let mut reader =
        Reader { text: TextBuilder::with_capacity(bytes.len()), problems: Vec::new(), line: 1, counted: 0 };
    reader.text.absorb(SourceSpan::new(0, mark));
    let mut at = mark;
    for stretch in stretches(bytes, mark, encoding) {
        reader.read(bytes, at, stretch.end, stretch.encoding);
        at = stretch.end;
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

/// How many lines end in `text`: CR LF is one end.
fn line_ends(text: &str) -> usize {
    text.matches(is_line_end).count() - text.matches("\r\n").count()
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

/// The stretches of a file that is mainly in `main`.
fn stretches(bytes: &[u8], mark: usize, main: &'static Encoding) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    if main == UTF_16LE || main == UTF_16BE {
        stretches.push(Stretch { end: bytes.len(), encoding: main });
    } else if mixed::may_hold_utf16(bytes) {
        mixed::cut(&bytes[mark..], mark, main, &mixed::ALL, &mut stretches);
    } else {
        // No multi-byte sequence of UTF-8, GB18030 or Big5 holds a line end.
        let mut at = mark;
        for line in bytes[mark..].split_inclusive(|&byte| is_line_end(char::from(byte))) {
            mixed::line(line, at, main, &mut stretches);
            at += line.len();
        }
    }
    stretches
}

/// The encoding of bytes without a byte order mark: the one that reads best.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Two bytes of GBK can be a letter of UTF-8's two-byte area, which holds no Han character: Greek, Cyrillic, Arabic.
        // Letters of Latin are mojibake or what they seem to be.
        let (mut latin, mut others) = (0, 0);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{80}'..='\u{17F}' => latin += 1,
                '\u{180}'..='\u{7FF}' => others += 1,
                _ => return UTF_8,
            }
        }
        if latin >= others {
            return UTF_8;
        }
        let (gbk, errors) = GB18030.decode_without_bom_handling(bytes);
        let common = |c| matches!(class(c), Class::Ascii | Class::Mark | Class::Simplified);
        return if !errors && gbk.chars().all(common) { GB18030 } else { UTF_8 };
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    // Nearly any two bytes are a character of UTF-16, so it has to read better than all else and well by itself: at two
    // a character, one in ten may be rare.
    let bytewise = mixed::BYTEWISE.map(|encoding| mixed::line_cost(sample, encoding)).into_iter().min();
    for encoding in [UTF_16LE, UTF_16BE] {
        let cost = mixed::line_cost(sample, encoding);
        if Some(cost + mixed::CHANGE) < bytewise && cost as usize <= sample.len() {
            return encoding;
        }
    }
    let mut votes = [0; mixed::BYTEWISE.len()];
    for line in bytes.split(|&byte| is_line_end(char::from(byte))).filter(|line| !line.is_ascii()) {
        let costs = mixed::BYTEWISE.map(|encoding| mixed::line_cost(line, encoding));
        let best = costs.iter().enumerate().min_by_key(|&(_, cost)| cost).map_or(0, |(index, _)| index);
        votes[best] += line.len();
    }
    let most = votes.iter().copied().max().unwrap_or(0);
    votes.iter().position(|&vote| vote == most).map_or(UTF_8, |best| mixed::BYTEWISE[best])
}

/// Decodes piece after piece and keeps the map.
struct Reader {
    text: TextBuilder,
    problems: Vec<Problem>,
    /// Line that the text was counted to, and up to which byte.
    line: usize,
    counted: usize,
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
        let read = self.text.as_str();
        self.line += line_ends(&read[self.counted..])
            - usize::from(read[self.counted..].starts_with('\n') && read[..self.counted].ends_with('\r'));
        self.counted = read.len();
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

/// Length of the character that `bytes` start with, if they start with one.
fn unit_len(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let second = |at: usize| bytes.get(at).copied().unwrap_or(0);
    if encoding == UTF_8 {
        match second(0) {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        }
    } else if encoding.is_ascii_compatible() && (second(0).is_ascii() || (encoding == GB18030 && second(0) == 0x80)) {
        // 80 is the euro sign of Windows' GBK.
        1
    } else if encoding == UTF_16LE {
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
    use encoding_rs::BIG5;
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
    fn reads_whatever_ends_or_interrupts_its_lines() {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let cases: [(Vec<u8>, String); 7] = [
            ([PAGE.as_bytes(), "\u{FEFF}居民".as_bytes()].concat(), format!("{PAGE}\u{FEFF}居民")),
            ([PAGE.as_bytes(), b"\xFF\xFE", &utf16(PAGE, false)].concat(), format!("{PAGE}\u{FEFF}{PAGE}")),
            ([&gbk(PAGE), b"\xFE\xFF".as_slice(), &utf16(PAGE, true)].concat(), format!("{PAGE}\u{FEFF}{PAGE}")),
            (gbk("网格\u{0}员走访居民，解决停车难问题。\n"), "网格\u{0}员走访居民，解决停车难问题。\n".into()),
            (
                [&gbk("居民代表\r"), "第二网格员\r".as_bytes(), &gbk("参加活动\r")].concat(),
                "居民代表\r第二网格员\r参加活动\r".into(),
            ),
            (gbk("居民\u{c}代表\u{b}参加"), "居民\u{c}代表\u{b}参加".into()),
            ("居民\u{2028}代表\u{b}参加".into(), "居民\u{2028}代表\u{b}参加".into()),
        ];
        for (bytes, meant) in cases {
            let length = bytes.len();
            let decoded = read(&bytes);
            assert_eq!(&*decoded.text, meant);
            assert_eq!(decoded.text.origin(), [SourceSpan::new(0, length)]);
            assert_eq!(decoded.problems, []);
        }
        let mixed = read(&[&gbk("居民代表\r"), b"\xFF\r".as_slice(), &gbk("参加活动\r")].concat());
        assert_eq!(mixed.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn knows_characters_of_one_byte() {
        let decoded = read(&[&GB18030.encode(PAGE).0, b"\x80\x80\xBE\xD3".as_slice()].concat());
        let sources: Vec<_> = decoded.text.characters().filter_map(|(_, source)| source).collect();
        assert!(decoded.text.ends_with("€€居"));
        assert!(sources.windows(2).all(|pair| pair[0].end == pair[1].start), "{sources:?}");
    }

    #[test]
    fn reads_what_is_valid_twice() {
        // Each is a letter of Cyrillic or Greek in UTF-8.
        let gbk = GB18030.encode("学习").0.into_owned();
        assert!(std::str::from_utf8(&gbk).is_ok());
        assert_eq!(&*read(&gbk).text, "学习");
        for text in ["ä½ å¥½", "café"] {
            assert_eq!(read(text.as_bytes()).encoding, "UTF-8");
        }
        assert_eq!(&*read("ä½ å¥½".as_bytes()).text, "你好");
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
