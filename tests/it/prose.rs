//! Ordinary published Chinese passes through cleaning unchanged, natural reduplication included. Belongs here:
//! what must not be repaired. Runs where `../shared/prose` is.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use jiebao::lexicon::CONFUSIONS;
use jiebao::model::{Damage, Evidence, Repair, Text};
use jiebao::source::Source;
use jiebao::{clean, decode};
use std::collections::BTreeMap;
use std::path::Path;

/// Wrong changes allowed in a million characters: official reports, and book and hotel reviews, whose writers
/// repeat whole lines for emphasis.
///
/// Corrections that are right do not count: the published texts themselves have `25l亿元`, `亨受优惠`, `裁入宪法`.
const MISPRINTS: [&str; 7] = ["l", "亨", "裁", "夫", "飘", "稍", "朔"];
const ALLOWED: [(&str, f64); 2] = [("reports.txt", 1.0), ("reviews.txt", 6.0)];

/// Repairs of marks that no sentence can have (`，，`, `“是“`). The texts have five of them, all read and all right; a
/// sixth has to be read too.
const MARKS: usize = 4;

fn of_marks(repair: &Repair) -> bool {
    matches!(repair.evidence, Evidence::Crossing | Evidence::Pair)
}

/// One character in so many is taken for another of its shape.
const SLIPS: usize = 300;

/// Reports whose characters were taken for others of their shape: nearly all that is corrected is corrected to what
/// was meant. The slips are drawn from the rule's own pairs, so the share that is found is what it can find at most.
#[test]
fn mends_slips_of_shape() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prose/reports.txt");
    if !file.exists() {
        eprintln!("skipped: ../shared/prose is not here");
        return;
    }
    let prose = std::fs::read_to_string(file).expect("readable prose");
    let mut readings: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let mut pairs: Vec<(char, &str)> = CONFUSIONS.meant.iter().map(|(&read, &meant)| (read, meant)).collect();
    pairs.sort_unstable();
    pairs.iter().for_each(|(read, meant)| meant.chars().for_each(|c| readings.entry(c).or_default().push(*read)));
    let (mut page, mut meant, mut state) = (String::new(), BTreeMap::new(), 1u64);
    for c in prose.chars() {
        // Numerical Recipes' generator: the same slips on every machine.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = (state >> 33) as usize;
        match readings.get(&c).filter(|_| draw.is_multiple_of(SLIPS)) {
            Some(read) => {
                meant.insert(page.len(), c);
                page.push(read[draw / SLIPS % read.len()]);
            }
            None => page.push(c),
        }
    }
    let (_, repairs) = clean::page(&Text::verbatim(page, 0));
    let (mut right, mut wrong) = (0, Vec::new());
    for repair in repairs.iter().filter(|repair| matches!(repair.evidence, Evidence::Word { .. })) {
        let mut at = repair.source.start;
        for (was, now) in repair.was.chars().zip(repair.now.chars()) {
            if was != now && meant.get(&at) == Some(&now) {
                right += 1;
            } else if was != now && !MISPRINTS.contains(&repair.was.as_str()) {
                wrong.push(repair.evidence.to_string());
            }
            at += was.len_utf8();
        }
    }
    let (precision, recall) = (right as f64 / (right + wrong.len()) as f64, right as f64 / meant.len() as f64);
    eprintln!("{} slips of shape: precision {precision:.4}, recall {recall:.3}, wrong {wrong:?}", meant.len());
    assert!(precision >= 0.99 && recall >= 0.6, "{precision} {recall} {wrong:?}");
}

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
            .filter(|repair| !of_marks(repair))
            .filter_map(|repair| prose.get(repair.source.start..repair.source.end))
            .collect();
        let marks = repairs.iter().filter(|repair| of_marks(repair)).count();
        assert!(marks <= MARKS, "{name}: {marks} marks");
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
