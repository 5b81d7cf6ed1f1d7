//! Ordinary published Chinese passes through cleaning unchanged, natural reduplication included. Belongs here:
//! what must not be repaired. Runs where `../shared/prose` is.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use jiebao::model::{Damage, Text};
use jiebao::source::Source;
use jiebao::{clean, decode};
use std::path::Path;

/// Wrong changes allowed in a million characters: official reports, and book and hotel reviews, whose writers
/// repeat whole lines for emphasis.
///
/// A correction in the reports is right and does not count: the published text itself has `25l亿元`.
const MISPRINTS: [&str; 1] = ["l"];
const ALLOWED: [(&str, f64); 2] = [("reports.txt", 1.0), ("reviews.txt", 6.0)];

#[test]
fn prose_needs_no_repair() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prose");
    if !folder.exists() {
        eprintln!("skipped: ../shared/prose is not here");
        return;
    }
    for (name, allowed) in ALLOWED {
        let prose = std::fs::read_to_string(folder.join(name)).expect("readable prose");
        let (_, repairs) = clean::page(&Text::verbatim(prose.as_str(), 0));
        let wrong: Vec<&str> = repairs
            .iter()
            .filter(|repair| matches!(repair.damage, Damage::FakeBold | Damage::Misread))
            .filter(|repair| repair.damage != Damage::Misread || !MISPRINTS.contains(&repair.was.as_str()))
            .filter_map(|repair| prose.get(repair.source.start..repair.source.end))
            .collect();
        let characters = prose.chars().count();
        let rate = 1e6 * wrong.len() as f64 / characters as f64;
        eprintln!("{name}: {} wrong changes in {characters} characters, {rate:.2} in a million", wrong.len());
        assert!(rate <= allowed, "{name}: {wrong:?}");
    }
}

#[test]
fn prose_was_read_in_its_own_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prose");
    if !folder.exists() {
        eprintln!("skipped: ../shared/prose is not here");
        return;
    }
    for (name, _) in ALLOWED {
        let prose = std::fs::read_to_string(folder.join(name)).expect("readable prose");
        // A character that its Web form has no name for.
        let prose = prose.replace('\u{E5E5}', "");
        let gb18030 = encoding_rs::GB18030.encode(&prose).0.into_owned();
        for bytes in [prose.as_bytes().to_vec(), gb18030] {
            let decoded = decode::decode(&Source::new(name, bytes)).expect("a text");
            let wrong = decoded.text.lines().zip(prose.lines()).find(|(now, was)| now != was);
            assert_eq!(wrong, None, "{name}");
            assert!(decoded.repairs.is_empty(), "{name}: {:?}", decoded.repairs);
            assert!(decoded.problems.is_empty(), "{name}: {:?}", decoded.problems);
        }
    }
}
