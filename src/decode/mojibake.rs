//! Text that was read in a wrong encoding and saved again (mojibake, 乱码), read back.
//!
//! In: the decoded text. Out: the text with what its bytes prove repaired, each repair, and the places where
//! something is lost. A stretch is repaired when its characters, written in the wrong encoding again, are the
//! bytes of plausible Chinese in the right one.
//!
//! | line           | becomes    | because                                                                   |
//! |----------------|------------|---------------------------------------------------------------------------|
//! | `缃戞牸鍛?`     | `网格\u{FFFD}` | UTF-8 read as GBK; the odd last byte had no partner and was lost      |
//! | `ä½ å¥½`       | `你好`     | UTF-8 read as Windows-1252 or Latin-1, also twice over                    |
//! | `ÄãºÃ`         | `你好`     | GBK read as Latin-1                                                       |
//! | `锟斤拷`       | (kept)     | U+FFFD read as GBK: the characters are gone, and that is reported         |
//! | `淼鑫垚`       | (kept)     | rare characters are no bytes of UTF-8, and what they would give is no Chinese |
//!
//! Lines of Big5 read as GBK, and of GBK read as Big5, are read back whole or not at all.
//!
//! Whatever stands in a stretch beside its ends is explained by it, but for characters that the wrong reading
//! lost and marked (U+FFFD, `?`): they become U+FFFD and are reported.

use super::plausible::{BIG5_CODES, Class, GBK, class, single};
use crate::model::{Damage, Edit, Evidence, Problem, Repair, Text, TextSpan};
use encoding_rs::{BIG5, GB18030, WINDOWS_1252};
use std::ops::Range;

/// How a stretch was read, and so how it is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Utf8AsGbk,
    Utf8AsLatin,
    GbkAsLatin,
    Big5AsGbk,
    GbkAsBig5,
}

impl Wrong {
    fn describe(self) -> &'static str {
        match self {
            Self::Utf8AsGbk => "UTF-8 was read as GBK",
            Self::Utf8AsLatin => "UTF-8 was read as Windows-1252",
            Self::GbkAsLatin => "GBK was read as Latin-1",
            Self::Big5AsGbk => "Big5 was read as GBK",
            Self::GbkAsBig5 => "GBK was read as Big5",
        }
    }
}

/// A piece of a stretch: where it stands and what it reads.
#[derive(Clone, Debug)]
struct Piece {
    at: Range<usize>,
    text: String,
}

/// A stretch read back.
struct Stretch {
    wrong: Wrong,
    pieces: Vec<Piece>,
}

impl Stretch {
    fn at(&self) -> Range<usize> {
        let end = self.pieces.last().map_or(0, |piece| piece.at.end);
        self.pieces.first().map_or(0, |piece| piece.at.start)..end
    }

    fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// What reading back gave.
pub(super) struct Mended {
    pub(super) text: Text,
    pub(super) repairs: Vec<Repair>,
    pub(super) problems: Vec<Problem>,
}

/// Reads back what was read wrongly.
pub(super) fn mend(text: &Text) -> Mended {
    /// Stretches after which a page is known to be garbled, and a line of one character is believed.
    const KNOWN: usize = 4;
    let mended = mend_lines(text, 2);
    if mended.repairs.len() < KNOWN { mended } else { mend_lines(text, 1) }
}

/// Reads back lines of which at least `least` characters come back.
fn mend_lines(text: &Text, least: usize) -> Mended {
    let (mut edits, mut repairs, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut number = 1;
    let mut start = 0;
    for line in text.split_inclusive(super::is_line_end) {
        let before = edits.len();
        if !line.is_ascii() {
            let mut stretches = stretches(line, least);
            stretches.iter_mut().for_each(|stretch| move_by(stretch, start));
            for stretch in &stretches {
                let at = stretch.at();
                let Some(source) = text.source_of(TextSpan::new(at.start, at.end)) else { continue };
                let changed = stretch.pieces.iter().filter(|piece| text[piece.at.clone()] != piece.text);
                edits.extend(changed.map(|piece| Edit::replace(piece.at.start, piece.at.end, piece.text.clone())));
                let (was, now) = (text[at].to_owned(), stretch.text());
                let lost = now.matches('\u{FFFD}').count();
                if lost > 0 {
                    let characters = if lost == 1 { "character was" } else { "characters were" };
                    let what = format!("{lost} {characters} lost when {}; kept as U+FFFD", stretch.wrong.describe());
                    problems.push(Problem { source, line: number, what });
                }
                let evidence = Evidence::Bytes(stretch.wrong.describe());
                repairs.push(Repair { source, damage: Damage::Mojibake, was, now, evidence });
            }
            if edits.len() == before
                && let Some(what) = beyond_repair(line)
                && let Some(source) = text.source_of(TextSpan::new(start, start + line.trim_end().len()))
            {
                problems.push(Problem { source, line: number, what });
            }
        }
        start += line.len();
        // The LF of a CR LF is a piece of its own.
        number +=
            usize::from(line.ends_with(super::is_line_end) && !(line == "\n" && text[..start].ends_with("\r\n")));
    }
    Mended { text: text.apply(&edits), repairs, problems }
}

fn move_by(stretch: &mut Stretch, start: usize) {
    for piece in &mut stretch.pieces {
        piece.at = piece.at.start + start..piece.at.end + start;
    }
}

/// The stretches of a line that can be read back, in order.
fn stretches(line: &str, least: usize) -> Vec<Stretch> {
    if let Some(whole) = [Wrong::Big5AsGbk, Wrong::GbkAsBig5].iter().find_map(|&wrong| whole_line(line, wrong)) {
        return vec![whole];
    }
    /// Characters of a stretch that is tried once only.
    const LONG: usize = 64;
    let mut found = Vec::new();
    let mut free = 0;
    for (at, c) in line.char_indices().filter(|&(_, c)| !c.is_ascii()) {
        if at < free {
            continue;
        }
        for stretch in starts(c).iter().map(|&wrong| stretch_at(line, at, wrong)) {
            let range = stretch.at();
            if reads(&stretch, line, least) {
                free = range.end;
                found.push(stretch);
                break;
            }
            // A long one that is no Chinese is none from its second character on either; trying would cost the square
            // of its length.
            if stretch.pieces.len() > LONG {
                free = range.end;
            }
        }
    }
    found
}

/// In which ways a stretch that starts with `c` may have been read.
fn starts(c: char) -> &'static [Wrong] {
    match (latin(c), GBK.get(c)) {
        (Some(0xC2..=0xF4), _) => &[Wrong::Utf8AsLatin, Wrong::GbkAsLatin],
        (Some(0xA1..), _) => &[Wrong::GbkAsLatin],
        (None, Some([0xC2..=0xF4, 0x80..=0xBF])) => &[Wrong::Utf8AsGbk],
        _ => &[],
    }
}

fn stretch_at(line: &str, at: usize, wrong: Wrong) -> Stretch {
    let pieces = match wrong {
        Wrong::Utf8AsGbk | Wrong::Utf8AsLatin => utf8(line, at, wrong),
        Wrong::GbkAsLatin => pairs(line, at),
        Wrong::Big5AsGbk | Wrong::GbkAsBig5 => Vec::new(),
    };
    let mut stretch = trimmed(Stretch { wrong, pieces }, line);
    if wrong == Wrong::Utf8AsLatin {
        again(&mut stretch);
    }
    stretch
}

/// Whether a stretch of `line` reads as Chinese. A line of its own needs `least` characters, part of a line three.
fn reads(stretch: &Stretch, line: &str, least: usize) -> bool {
    let Some(first) = stretch.pieces.first().and_then(|piece| piece.text.chars().next()) else { return false };
    // Two bytes of a sound character of GBK can be a letter of UTF-8; what is garbled starts behind it.
    if first != '\u{FFFD}' && matches!(class(first), Class::Foreign | Class::Nonsense) {
        return false;
    }
    let range = stretch.at();
    let whole = line[..range.start].is_ascii() && line[range.end..].is_ascii();
    let enough = match stretch.wrong {
        Wrong::Utf8AsLatin => 1,
        _ if whole => least,
        _ => 3,
    };
    plausible(&line[range], &stretch.text(), enough)
}

/// Without what stands unchanged at its end.
fn trimmed(mut stretch: Stretch, line: &str) -> Stretch {
    while stretch.pieces.last().is_some_and(|piece| piece.text == line[piece.at.clone()]) {
        stretch.pieces.pop();
    }
    stretch
}

/// Reads back once more what was read wrongly twice or three times.
fn again(stretch: &mut Stretch) {
    for _ in 0..2 {
        let once = stretch.text();
        if !once.chars().all(|c| c.is_ascii() || latin(c).is_some()) {
            return;
        }
        let next = utf8(&once, 0, Wrong::Utf8AsLatin);
        if next.last().is_none_or(|piece| piece.at.end < once.len()) {
            return;
        }
        // Where each piece of the first reading starts in its text.
        let mut places = vec![(0, stretch.at().start)];
        let mut length = 0;
        for piece in &stretch.pieces {
            length += piece.text.len();
            places.push((length, piece.at.end));
        }
        let place = |at: usize| places[places.partition_point(|&(text, _)| text < at).min(places.len() - 1)].1;
        stretch.pieces =
            next.into_iter().map(|piece| Piece { at: place(piece.at.start)..place(piece.at.end), ..piece }).collect();
    }
}

/// Whether `now` is what `was` had been before it was read wrongly.
///
/// That the bytes are valid is the proof; this guards against chance. Four fifths of what is read back must be common
/// characters, no more may be lost than found, and a quarter of what stood there must be characters that newsletters
/// hardly use. Measured by `tests/it/encodings.rs` on 950,000 characters of reports and reviews: nothing changed in whole lines,
/// and nothing in any window of 2, 3, 4, 6, 8 or 12 characters taken for a line (5.7 million windows; nothing even without
/// the last condition). Of the same 9,456 lines, each garbled by itself, 99.8 % come back whole but for what was lost
/// (of those up to 8 characters, 98.4 %).
fn plausible(was: &str, now: &str, enough: usize) -> bool {
    // A rule (━━━) and a mask (××××) give one character again and again, and are symbols of valid text.
    let mut said = now.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}');
    let first = said.next();
    if was.chars().filter(|c| !c.is_ascii()).count() > 2
        && said.clone().next().is_some()
        && said.all(|c| Some(c) == first)
    {
        return false;
    }
    let (mut found, mut common, mut lost) = (0, 0, 0);
    for c in now.chars().filter(|c| !c.is_ascii()) {
        if c == '\u{FFFD}' {
            lost += 1;
            continue;
        }
        found += 1;
        common += usize::from(is_common(c));
    }
    let (mut strange, mut all) = (0, 0);
    for c in was.chars().filter(|&c| !c.is_ascii() && c != '\u{FFFD}') {
        all += 1;
        strange += usize::from(is_strange(c));
    }
    found >= enough && lost <= found && common * 10 >= found * 8 && strange * 4 >= all
}

fn is_common(c: char) -> bool {
    matches!(class(c), Class::Mark | Class::Simplified | Class::Traditional)
}

fn is_strange(c: char) -> bool {
    matches!(class(c), Class::Seldom | Class::Rare | Class::Nonsense | Class::Foreign)
}

/// What a character was before it was read wrongly.
enum Was {
    Bytes([u8; 4], usize),
    /// Some bytes, nobody knows which.
    Lost,
    Other,
}

/// The byte that `c` is in Windows-1252, or in Latin-1 where that has no character.
fn latin(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
        '\u{152}'..='\u{2122}' => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!unmappable).then(|| bytes.first().copied()).flatten()
        }
        _ => None,
    }
}

/// The bytes of `c`, which stands where UTF-8 misses `needed` bytes and before `next`.
fn was(c: char, needed: usize, next: Option<char>, wrong: Wrong) -> Was {
    let one = |byte| Was::Bytes([byte, 0, 0, 0], 1);
    match c {
        '\u{FFFD}' => Was::Lost,
        '?' if needed > 0 => Was::Lost,
        // A no-break space that extraction made an ordinary one.
        ' ' if needed > 0 && wrong == Wrong::Utf8AsLatin => one(0xA0),
        _ if c.is_ascii() => one(c as u8),
        _ if wrong == Wrong::Utf8AsLatin => latin(c).map_or(Was::Other, one),
        // 80 in Windows' GBK, A2E3 in GB18030; the second is half of a character that goes on.
        '€' => {
            let goes_on = needed == 1 && next.and_then(|next| GBK.get(next)).is_some_and(|[lead, _]| lead < 0xC0);
            if goes_on { Was::Bytes([0xA2, 0xE3, 0, 0], 2) } else { one(0x80) }
        }
        _ => match GBK.get(c) {
            Some([lead, trail]) => Was::Bytes([lead, trail, 0, 0], 2),
            None => {
                let mut buffer = [0; 4];
                let (bytes, _, unmappable) = GB18030.encode(c.encode_utf8(&mut buffer));
                <[u8; 4]>::try_from(&*bytes)
                    .ok()
                    .filter(|_| !unmappable)
                    .map_or(Was::Other, |four| Was::Bytes(four, 4))
            }
        },
    }
}

/// Puts the bytes of UTF-8 together again.
struct Utf8 {
    pieces: Vec<Piece>,
    /// Bytes of the character that is not yet whole, where it starts, how many are missing, whether one is lost.
    pending: Vec<u8>,
    start: usize,
    needed: usize,
    lost: bool,
}

impl Utf8 {
    /// `start` is where the byte's character starts, or ends if the byte is not its first: a character that holds the
    /// end of one and the start of another belongs to the first.
    fn byte(&mut self, byte: u8, start: usize) -> bool {
        let goes_on = matches!(byte, 0x80..=0xBF);
        if self.needed > 0 && goes_on {
            self.pending.push(byte);
            self.needed -= 1;
            return self.needed > 0 || self.whole();
        }
        // A character that misses its last bytes: lost, if that is marked or ASCII follows.
        if self.needed > 0 {
            if !self.lost && !byte.is_ascii() {
                return false;
            }
            self.emit('\u{FFFD}');
        }
        self.start = start;
        self.needed = match byte {
            0..=0x7F => {
                self.emit(char::from(byte));
                return true;
            }
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => return false,
        };
        self.pending.push(byte);
        true
    }

    fn lose(&mut self, start: usize) {
        if self.needed == 0 {
            (self.start, self.needed) = (start, 4);
        }
        self.lost = true;
        self.needed -= 1;
        if self.needed == 0 {
            self.emit('\u{FFFD}');
        }
    }

    fn whole(&mut self) -> bool {
        let read = std::str::from_utf8(&self.pending).ok().and_then(|text| text.chars().next());
        match read {
            _ if self.lost => self.emit('\u{FFFD}'),
            Some(c) => self.emit(c),
            None => return false,
        }
        true
    }

    fn emit(&mut self, c: char) {
        self.pieces.push(Piece { at: self.start..self.start, text: c.to_string() });
        self.pending.clear();
        (self.needed, self.lost) = (0, false);
    }
}

/// Reads UTF-8 back from `at` on, as far as its bytes explain the line.
fn utf8(line: &str, at: usize, wrong: Wrong) -> Vec<Piece> {
    let mut utf8 = Utf8 { pieces: Vec::new(), pending: Vec::new(), start: at, needed: 0, lost: false };
    // Pieces and end of the line's part that is explained whole.
    let mut sound = (0, at);
    let mut rest = line[at..].char_indices().peekable();
    let mut explained = true;
    while let Some((offset, c)) = rest.next() {
        let (start, end) = (at + offset, at + offset + c.len_utf8());
        explained = match was(c, utf8.needed, rest.peek().map(|&(_, next)| next), wrong) {
            Was::Bytes(bytes, length) => {
                (0..length).all(|index| utf8.byte(bytes[index], if index == 0 { start } else { end }))
            }
            Was::Lost => {
                utf8.lose(start);
                true
            }
            Was::Other => false,
        };
        if !explained {
            break;
        }
        if utf8.needed == 0 {
            sound = (utf8.pieces.len(), end);
        }
    }
    if explained && utf8.needed > 0 {
        utf8.emit('\u{FFFD}');
        sound = (utf8.pieces.len(), line.len());
    }
    utf8.pieces.truncate(sound.0);
    let ends: Vec<usize> = utf8.pieces.iter().skip(1).map(|piece| piece.at.start).chain([sound.1]).collect();
    let mut pieces: Vec<Piece> = Vec::with_capacity(sound.0);
    for (mut piece, end) in utf8.pieces.into_iter().zip(ends) {
        piece.at.end = end;
        match pieces.last_mut() {
            // ASCII that the wrong reading made the second half of a character.
            Some(last) if piece.at.is_empty() => last.text.push_str(&piece.text),
            _ => pieces.push(piece),
        }
    }
    pieces
}

/// Reads GBK back from the Latin-1 that starts at `at`, as far as two and two are a character.
fn pairs(line: &str, at: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lead: Option<(u8, usize)> = None;
    for (offset, c) in line[at..].char_indices() {
        let (start, end) = (at + offset, at + offset + c.len_utf8());
        match (lead, c) {
            (None, '\0'..='\u{7F}') => pieces.push(Piece { at: start..end, text: c.to_string() }),
            (None, _) => match latin(c).filter(|byte| (0xA1..=0xFE).contains(byte)) {
                Some(byte) => lead = Some((byte, start)),
                None => break,
            },
            (Some((first, from)), _) => {
                let second = latin(c).filter(|byte| (0x80..=0xFE).contains(byte));
                let Some(c) = second.and_then(|second| single(&[first, second], GB18030)) else { break };
                pieces.push(Piece { at: from..end, text: c.to_string() });
                lead = None;
            }
        }
    }
    pieces
}

/// A whole line read back between Big5 and GBK. Both give a character for most pairs of bytes, so the pairs prove little;
/// only a line that changes from mostly rare characters to all but none is read back.
fn whole_line(line: &str, wrong: Wrong) -> Option<Stretch> {
    /// Fewer characters may all be common by chance.
    const LEAST: usize = 8;
    let (codes, encoding) = if wrong == Wrong::Big5AsGbk { (&*GBK, BIG5) } else { (&*BIG5_CODES, GB18030) };
    let (mut strange, mut all) = (0, 0);
    for c in line.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        // The frame of a table is strange, but no character that was read wrongly.
        strange += usize::from(is_strange(c) && !matches!(c, '\u{2190}'..='\u{27BF}'));
    }
    // The common case first: a sound line has a few strange characters at most.
    if all < LEAST || strange * 2 < all {
        return None;
    }
    let mut pieces = Vec::new();
    for (start, c) in line.char_indices() {
        let text = if c.is_ascii() { c } else { single(&codes.get(c)?, encoding)? };
        pieces.push(Piece { at: start..start + c.len_utf8(), text: text.to_string() });
    }
    let stretch = trimmed(Stretch { wrong, pieces }, line);
    let now = stretch.text();
    let marks = now.chars().filter(|c| !c.is_ascii());
    let (good, found) = marks.fold((0, 0), |(good, all), c| (good + usize::from(is_common(c)), all + 1));
    (good * 20 >= found * 19 && plausible(&line[stretch.at()], &now, LEAST)).then_some(stretch)
}

/// What is wrong with a line that cannot be read back, if anything is.
fn beyond_repair(line: &str) -> Option<String> {
    /// U+FFFD twice, in UTF-8, read as GBK.
    const GONE: &str = "锟斤拷";
    /// Fewer characters may be a name.
    const LEAST: usize = 8;
    let gone = line.matches(GONE).count();
    if gone > 0 {
        return Some(format!("characters were lost before U+FFFD was read as GBK ({GONE}); kept"));
    }
    let (mut odd, mut all) = (0, 0);
    for c in line.chars().filter(|&c| !c.is_ascii() && c != '\u{FFFD}') {
        all += 1;
        odd += usize::from(matches!(class(c), Class::Rare) || matches!(c, '\u{E000}'..='\u{F8FF}'));
    }
    (all >= LEAST && odd * 2 > all)
        .then(|| "reads as text in a wrong encoding, and its bytes do not prove which; kept".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceSpan;
    use encoding_rs::GBK as GBK_ENCODING;

    const LINE: &str = "云栖街道第二网格员上门走访居民，解决停车难问题。";

    fn read_again(text: &str) -> String {
        mend(&Text::verbatim(text, 0)).text.to_string()
    }

    fn as_gbk(bytes: &[u8]) -> String {
        GBK_ENCODING.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn as_latin(bytes: &[u8]) -> String {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }

    fn as_windows(bytes: &[u8]) -> String {
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }

    #[test]
    fn reads_back_what_its_bytes_prove() {
        let utf8 = LINE.as_bytes();
        let twice = as_windows(as_windows(utf8).as_bytes());
        let cases = [
            (as_gbk(utf8), LINE.replace('。', "\u{FFFD}")),
            (as_gbk(&utf8[..utf8.len() - 6]), LINE.replace("题。", "")),
            (as_gbk("网格员说：PM2.5下降".as_bytes()), "网格员说：PM2.5下降".into()),
            (as_gbk("建议".as_bytes()), "建议".into()),
            ("缃戞牸鍛\u{FFFD}".into(), "网格\u{FFFD}".into()),
            ("缃戞牸鍛?".into(), "网格\u{FFFD}".into()),
            ("缃戞牸鍛".into(), "网格\u{FFFD}".into()),
            (as_windows(utf8), LINE.to_owned()),
            (as_latin(utf8), LINE.to_owned()),
            (twice.clone(), LINE.to_owned()),
            (as_windows(twice.as_bytes()), LINE.to_owned()),
            ("ä½ å¥½".into(), "你好".into()),
            ("ÄãºÃ".into(), "你好".into()),
            (as_latin(&GB18030.encode(LINE).0), LINE.to_owned()),
            (format!("居民说：{}", as_windows("“好”".as_bytes())), "居民说：“好”".into()),
        ];
        for (garbled, meant) in cases {
            assert_eq!(read_again(&garbled), meant, "{garbled}");
        }
        let big5 = "社區居民參加了這次活動，大家都說辦得很好。";
        assert_eq!(read_again(&as_gbk(&BIG5.encode(big5).0)), big5);
    }

    #[test]
    fn leaves_alone_what_is_written_so() {
        for sound in [
            LINE,
            "淼鑫垚、喆焱犇、骉骏骎",
            "café déjà vu, naïve façade, Ångström",
            "±5°C，×2，§3·4，µ¶",
            "社區居民參加了這次活動",
            "饕餮、魑魅魍魉、踽踽独行",
            "涓涓细流，锟铻宝剑",
            "ÄÖÜß àâäéèêëïîôùûüÿç",
            "アパートの住民が集まった",
            "━━━━━━━━━━━━",
            "────────────────────",
            "┌────┬────┬────┐",
            "│ 小区 │ 户数 │ 比例 │",
            "■■■■■■■■■■■■■■",
            "身份证号330102××××××××4567",
            "◆◆◆◆◆◆◆◆◆◆◆◆◆◆",
            "",
        ] {
            assert_eq!(read_again(sound), sound);
        }
    }

    #[test]
    fn keeps_the_origin_of_each_character() {
        let garbled = format!("一、{}。", as_gbk("网格员走访".as_bytes()));
        let mended = mend(&Text::verbatim(garbled.as_str(), 0));
        assert_eq!(mended.text.origin(), [SourceSpan::new(0, garbled.len())]);
        let of = |c: char| {
            let at = mended.text.find(c).expect("it was read back");
            let span = mended.text.source_of(TextSpan::new(at, at + c.len_utf8())).expect("from the file");
            &garbled[span.start..span.end]
        };
        assert_eq!((of('网'), of('格'), of('员')), ("缃戞", "牸", "鍛樿"));
    }

    #[test]
    fn reports_what_is_lost() {
        let problems = |text: &str| {
            let problems = mend(&Text::verbatim(text, 0)).problems;
            problems.iter().map(|p| format!("{}: {}", p.line, p.what)).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(problems("居民\r\n锟斤拷锟斤拷"), @"2: characters were lost before U+FFFD was read as GBK (锟斤拷); kept");
        insta::assert_snapshot!(problems("\n\n缃戞牸鍛\u{FFFD}\n"), @"3: 1 character was lost when UTF-8 was read as GBK; kept as U+FFFD");
        assert_eq!(problems(LINE), "");
    }
}
