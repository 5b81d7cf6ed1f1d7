//! How much comes back of text in each encoding, of files that mix them, and of mojibake. Belongs here: what is measured
//! over much text; single cases stand beside the code. Uses `../shared/prose` where it is, else sentences of ours.

#![allow(clippy::print_stderr, reason = "a measurement says what it measured")]

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiebao::decode::{Decoded, decode};
use jiebao::source::Source;
use std::path::Path;

/// Sentences as newsletters have them, simplified.
const SENTENCES: [&str; 12] = [
    "云栖街道召开年度工作会议。",
    "第二网格走访居民128户，解决问题36个。",
    "老旧小区加装电梯",
    "网格员小杜上门送药",
    "志愿者服务队在社区广场开展义诊活动，",
    "“有事好商量”议事会",
    "停车难怎么办？",
    "本报讯（记者 余欢）",
    "春风送暖 邻里同乐",
    "孩子们在图书角读书、画画、下棋。",
    "社区食堂开业",
    "居民代表",
];

fn lines() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prose");
    let mut lines: Vec<String> = SENTENCES.map(str::to_owned).to_vec();
    for name in ["reports.txt", "reviews.txt"] {
        match std::fs::read_to_string(folder.join(name)) {
            Ok(prose) => lines.extend(prose.lines().map(|line| line.trim().to_owned())),
            Err(_) => eprintln!("skipped in part: ../shared/prose/{name} is not here"),
        }
    }
    lines.retain(|line| line.chars().filter(|c| !c.is_ascii()).count() >= 2);
    lines
}

fn read(bytes: Vec<u8>) -> Option<Decoded> {
    decode(&Source::new("page.txt", bytes)).ok()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

/// Counts of what was tried and what came back.
#[derive(Default)]
struct Tally(usize, usize);

impl Tally {
    fn add(&mut self, right: bool) {
        self.0 += 1;
        self.1 += usize::from(right);
    }

    fn share(&self) -> f64 {
        if self.0 == 0 { 1.0 } else { self.1 as f64 / self.0 as f64 }
    }
}

#[test]
fn short_files_come_back_in_every_encoding() {
    let lines = lines();
    // Characters in the file, and the share that must come back.
    for (least, most, floor) in [(2, 3, 0.90), (4, 8, 0.985), (9, 20, 0.998), (21, 400, 0.999)] {
        for encoding in [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE] {
            let mut tally = Tally::default();
            for line in lines.iter().filter(|line| (least..=most).contains(&line.chars().count())) {
                let Some(bytes) = encoded(line, encoding) else { continue };
                let right = read(bytes).is_some_and(|decoded| decoded.text.as_str() == line);
                if !right && std::env::var("VERBOSE").is_ok() {
                    eprintln!("{}: {line}", encoding.name());
                }
                tally.add(right);
            }
            eprintln!("{} of {least} to {most} characters: {} of {} come back", encoding.name(), tally.1, tally.0);
            // Without a byte order mark a few characters of UTF-16 prove nothing: any two bytes are one.
            let floor = if encoding == UTF_16LE || encoding == UTF_16BE { floor - 1.0 } else { floor };
            assert!(tally.share() >= floor, "{}: {}", encoding.name(), tally.share());
        }
    }
}

#[test]
fn mixed_files_come_back() {
    let lines = lines();
    for main in [UTF_8, GB18030, BIG5] {
        for other in [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE].into_iter().filter(|&other| other != main) {
            let mut tally = Tally::default();
            for page in lines.chunks(7).step_by(5) {
                let (mut bytes, mut text) = (Vec::new(), String::new());
                for (index, line) in page.iter().enumerate() {
                    let line = format!("{line}\n");
                    let wanted = if index == 3 { other } else { main };
                    // Big5 has no simplified characters; such a line stands in UTF-8.
                    bytes.extend(encoded(&line, wanted).unwrap_or_else(|| line.clone().into_bytes()));
                    text.push_str(&line);
                }
                let right = read(bytes).is_some_and(|decoded| decoded.text.as_str() == text);
                if !right && std::env::var("VERBOSE").is_ok() {
                    eprintln!("{} in {}: {text}", other.name(), main.name());
                }
                tally.add(right);
            }
            eprintln!("{} among {}: {} of {} files come back", other.name(), main.name(), tally.1, tally.0);
            assert!(tally.share() >= 0.97, "{} among {}: {}", other.name(), main.name(), tally.share());
        }
    }
}

#[test]
fn a_sentence_of_another_encoding_within_a_line_comes_back() {
    for (one, other) in [(UTF_8, GB18030), (GB18030, UTF_8)] {
        for (first, second) in SENTENCES.iter().zip(SENTENCES.iter().skip(1)) {
            let bytes: Vec<u8> = [(first, one), (second, other), (first, one)]
                .into_iter()
                .flat_map(|(text, encoding)| encoded(text, encoding).expect("simplified characters"))
                .collect();
            let text = read(bytes).map(|decoded| decoded.text.to_string());
            assert_eq!(text, Some(format!("{first}{second}{first}")), "{} in {}", other.name(), one.name());
        }
    }
}

/// What bytes read as when they are taken for another encoding.
fn misread(text: &str, right: &'static Encoding, wrong: &'static Encoding) -> Option<String> {
    let bytes = encoded(text, right)?;
    Some(wrong.decode_without_bom_handling(&bytes).0.into_owned())
}

#[test]
fn mojibake_comes_back_but_for_what_was_lost() {
    let lines = lines();
    for (right, wrong, floor) in [
        (UTF_8, GBK, 0.99),
        (UTF_8, GB18030, 0.99),
        (UTF_8, WINDOWS_1252, 0.99),
        (GBK, WINDOWS_1252, 0.95),
        // Lines of less than eight characters prove nothing, and few lines of simplified prose can be written in Big5.
        (BIG5, GBK, 0.25),
    ] {
        let mut tally = Tally::default();
        for line in lines.iter().step_by(4) {
            let Some(garbled) = misread(line, right, wrong) else { continue };
            let Some(decoded) = read(garbled.into_bytes()) else { continue };
            // A lost byte can take the digit behind it along.
            let kept = |text: &str| text.chars().filter(|c| !c.is_ascii()).collect::<Vec<_>>();
            let (now, meant) = (kept(&decoded.text), kept(line));
            let same =
                now.len() == meant.len() && now.iter().zip(&meant).all(|(now, c)| now == c || *now == '\u{FFFD}');
            if !same && std::env::var("VERBOSE").is_ok() {
                eprintln!("{} as {}: {line}\n{}", right.name(), wrong.name(), decoded.text.as_str());
            }
            tally.add(same);
        }
        eprintln!("{} read as {}: {} of {} lines come back", right.name(), wrong.name(), tally.1, tally.0);
        assert!(tally.share() >= floor, "{} read as {}: {}", right.name(), wrong.name(), tally.share());
    }
}

#[test]
fn sound_text_is_never_taken_for_mojibake() {
    let prose: String = lines().concat();
    let characters: Vec<char> = prose.chars().filter(|c| !c.is_ascii()).collect();
    // As lines of their own, so that the shortest proof is tried at every character.
    for length in [2, 3, 4, 6, 8, 12] {
        let page: String = characters.chunks(length).flat_map(|line| line.iter().chain(&['\n'])).collect();
        let decoded = read(page.into_bytes()).expect("a text");
        assert!(decoded.repairs.is_empty(), "{:?}", decoded.repairs);
        assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
    }
}
