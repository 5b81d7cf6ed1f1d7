//! Nothing of a source is lost: every byte that is no white space stands in an article or is set aside, and no
//! byte stands in two paragraphs. Belongs here: what holds for the path from bytes to articles as a whole.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use crate::kept::{self, check};
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

    #[test]
    fn every_byte_of_garbage_has_its_place(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        kept::decoded(&bytes);
        kept::cleaned(&bytes);
        kept::read(&bytes);
    }
}
