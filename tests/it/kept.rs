//! What must hold of any file: nothing of it is lost, and no byte stands in two paragraphs. Plain functions, so that
//! properties and fuzz targets (`tests/fuzz`) state it once.

#![allow(dead_code, reason = "each fuzz target asks one question")]

use jiebao::model::{Issue, SourceSpan, Text, TextSpan};
use jiebao::pipeline::read_issue;
use jiebao::source::Source;
use jiebao::{clean, decode};

/// Decodes `bytes` and checks that all of them are in the origin.
pub(crate) fn decoded(bytes: &[u8]) {
    let Ok(decoded) = decode::decode(&Source::new("page.txt", bytes.to_vec())) else { return };
    assert_eq!(decoded.text.origin(), [SourceSpan::new(0, bytes.len())]);
    places(&decoded.text, bytes.len());
    let spans = decoded.problems.iter().map(|problem| problem.source);
    for span in spans.chain(decoded.repairs.iter().map(|repair| repair.source)) {
        assert!(span.start < span.end && span.end <= bytes.len(), "{span:?} of {}", bytes.len());
    }
    let lines = bytes.iter().filter(|&&byte| byte == b'\n' || byte == b'\r').count() + 1;
    assert!(decoded.problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{:?}", decoded.problems);
}

/// Every character comes from bytes of the file, and none from before the one in front of it.
fn places(text: &Text, length: usize) {
    let mut before = 0;
    for (at, c) in text.char_indices() {
        let Some(span) = text.source_of(TextSpan::new(at, at + c.len_utf8())) else {
            panic!("{c:?} comes from nowhere")
        };
        assert!(before <= span.start && span.end <= length, "{c:?} at {at}: {span:?} of {length}");
        before = span.start;
    }
}

/// Cleans the text that `bytes` are and checks that all of it is in the origin and cleaned for good.
pub(crate) fn cleaned(bytes: &[u8]) {
    let text = Text::verbatim(String::from_utf8_lossy(bytes), 0);
    let (once, repairs) = clean::page(&text);
    let covered: usize = once.origin().iter().map(|span| span.len()).sum();
    assert_eq!(covered, text.len(), "{:?} became {:?}", text.as_str(), once.as_str());
    assert!(repairs.iter().all(|repair| repair.source.end <= text.len()));
    places(&once, text.len());
    let (twice, _) = clean::page(&once);
    assert_eq!(once.as_str(), twice.as_str());
}

/// Reads the newsletter that `bytes` are and checks that nothing of it is lost.
pub(crate) fn read(bytes: &[u8]) {
    check(&Source::new("page.txt", bytes.to_vec()));
}

/// All that the articles of an issue were made from.
fn articles(issue: &Issue) -> Vec<SourceSpan> {
    let mut spans = Vec::new();
    for article in &issue.articles {
        let display = [&article.kicker, &article.title, &article.subtitle];
        let headings = article.headings.iter().map(|heading| &heading.text);
        let texts = display.into_iter().flatten().chain(headings).chain(&article.paragraphs);
        spans.extend(texts.flat_map(|text| text.origin()));
        spans.extend(&article.credits);
    }
    spans
}

/// Reads `source` and checks that every byte that is no white space has its place, and none two.
pub(crate) fn check(source: &Source) {
    let Ok(issue) = read_issue(source) else { return };
    let mut covered = vec![false; source.bytes.len()];
    let aside = issue.set_aside.iter().map(|piece| piece.source);
    // A zero-width character that stood alone on its line is in no text; it is among the repairs.
    let repaired = issue.repairs.iter().map(|repair| repair.source);
    for span in articles(&issue).into_iter().chain(aside).chain(repaired) {
        covered[span.start..span.end].fill(true);
    }
    // A byte order mark is no character of the text.
    let real = |c: char| !c.is_whitespace() && !c.is_control() && c != '\u{FEFF}';
    let decoded = decode::decode(source).expect("it was decoded before");
    for (span, bytes) in decoded.text.characters().filter(|(span, _)| span.of(&decoded.text).contains(real)) {
        let bytes = bytes.expect("every character comes from the file");
        let kept = covered[bytes.start..bytes.end].iter().all(|&covered| covered);
        assert!(kept, "{}: {:?} of {bytes:?} is nowhere", source.path, span.of(&decoded.text));
    }
    let mut taken = vec![false; source.bytes.len()];
    for paragraph in issue.articles.iter().flat_map(|article| &article.paragraphs) {
        for span in paragraph.origin() {
            assert!(taken[span.start..span.end].iter().all(|taken| !taken), "{}: {span:?} twice", source.path);
            taken[span.start..span.end].fill(true);
        }
    }
}
