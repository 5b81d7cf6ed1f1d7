//! One article: text, record, source bytes.

use crate::run::{PAGES, Place};
use std::fs;

#[test]
fn shows_the_record_as_extract_prints_it() {
    let place = Place::with_pages();
    let extracted = place.run(&["extract", "corpus"]).out;
    let records = place.records();
    assert_eq!(extracted.lines().count(), records.len());
    for record in records {
        let shown = place.run(&["show", &record.id, "--json"]).out;
        assert!(extracted.split_inclusive('\n').any(|line| line == shown), "{shown}");
    }
}

#[test]
fn shows_source_bytes_while_the_file_is_as_it_was() {
    let place = Place::with_pages();
    for record in place.records() {
        let path = place.path(&record.path);
        let file = fs::read(&path).expect("the source");
        let bytes: Vec<u8> =
            record.origin.iter().flatten().flat_map(|[start, end]| file[*start..*end].to_vec()).collect();
        assert_eq!(place.run(&["show", &record.id, "--raw"]).out.as_bytes(), bytes);
        fs::write(&path, "changed").expect("the source");
        let ran = place.run(&["show", &record.id, "--raw"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.contains("has changed since it was ingested"), "{ran:?}");
        fs::remove_file(&path).expect("the source");
        let ran = place.run(&["show", &record.id, "--raw"]);
        assert!(ran.code == Some(2) && ran.err.contains("has gone"), "{ran:?}");
        assert_eq!(place.run(&["show", &record.id]).code, Some(0), "the text is in the index");
    }
}

#[test]
fn takes_the_beginning_of_an_id() {
    let place = Place::with_pages();
    let ran = place.run(&["show", "柳"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.starts_with("柳湾老旧小区加装电梯\n") && ran.out.contains("\n\n党建微网格连着每一户。\n"),
        "{ran:?}"
    );
    let ran = place.run(&["show", "曹渡"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with("jiebao: 2 articles have an id that begins with 曹渡; type more"), "{ran:?}");
    assert!(PAGES[..2].iter().all(|(_, text)| ran.err.contains(text.lines().next().expect("a title"))), "{ran:?}");
    let ran = place.run(&["show", "nobody"]);
    assert_eq!(ran.err, "jiebao: no article has the id nobody; `jiebao search` prints ids\n");
}
