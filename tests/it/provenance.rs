//! Nothing of a source is lost: every byte that is no white space stands in an article or is set aside, and no
//! byte stands in two paragraphs. Belongs here: what holds for the path from bytes to articles as a whole.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use jiebao::model::{Issue, SourceSpan};
use jiebao::pipeline::read_issue;
use jiebao::source::{self, Source};
use std::path::{Path, PathBuf};

fn newsletters() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["corpus", "../shared/seeds", "../shared/practice"];
    let there: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).filter(|path| path.exists()).collect();
    if there.len() < folders.len() {
        eprintln!("skipped in part: ../shared is not here");
    }
    source::find(&there).0
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

fn check(source: &Source) {
    let Ok(issue) = read_issue(source) else { return };
    let mut covered = vec![false; source.bytes.len()];
    let aside = issue.set_aside.iter().map(|piece| piece.source);
    // A zero-width character that stood alone on its line is in no text; it is among the repairs.
    let repaired = issue.repairs.iter().map(|repair| repair.source);
    for span in articles(&issue).into_iter().chain(aside).chain(repaired) {
        covered[span.start..span.end].fill(true);
    }
    let lost: Vec<usize> = (0..covered.len()).filter(|&at| !covered[at]).collect();
    if let (Some(&first), Some(&last)) = (lost.first(), lost.last()) {
        let rest: Vec<u8> = lost.iter().map(|&at| source.bytes[at]).collect();
        let text = encoding(&issue).decode_without_bom_handling(&rest).0;
        // A byte order mark is no character of the text.
        let real = text.chars().any(|c| !c.is_whitespace() && !c.is_control() && c != '\u{FEFF}');
        assert!(!real, "{}: {:?} of {first}..{last} is nowhere", source.path, text.trim());
    }
    let mut taken = vec![false; source.bytes.len()];
    for paragraph in issue.articles.iter().flat_map(|article| &article.paragraphs) {
        for span in paragraph.origin() {
            assert!(taken[span.start..span.end].iter().all(|taken| !taken), "{}: {span:?} twice", source.path);
            taken[span.start..span.end].fill(true);
        }
    }
}

fn encoding(issue: &Issue) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(issue.encoding.as_bytes()).expect("a name that encoding_rs gave")
}

#[test]
fn every_byte_of_the_newsletters_has_its_place() {
    let files = newsletters();
    assert!(files.len() >= 8, "the sample corpus has at least eight issues");
    files.iter().for_each(|file| check(&source::read(file).expect("a readable file")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    #[test]
    fn every_byte_of_a_random_page_has_its_place(
        lines in proptest::collection::vec("[ 　\u{200b}\u{ad}以以网网格格强家户0-9a-c“”（），。：#*>◆□记者第期版·—\t]{0,40}", 0..30),
        end in "(\n|\r\n|\n\n|\u{c}\n)",
    ) {
        check(&Source::new("page.txt", lines.join(&end).into_bytes()));
        check(&Source::new("page.txt", format!("<!-- jiebao clean -->{end}{}", lines.join(&end)).into_bytes()));
    }
}
