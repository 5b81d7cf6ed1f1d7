//! What a batch does to the index, and what it leaves when it fails.

use crate::run::{PAGES, Place};
use jiebao::index::{Writer, issue_id};
use jiebao::source::Source;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn files(place: &Place, args: &[&str]) -> String {
    let args: Vec<&str> = ["ingest", "--json"].iter().chain(args).copied().collect();
    let files = place.json(&args)["files"].clone();
    let shown = ["added", "replaced", "moved", "unchanged", "duplicate", "refused"]
        .into_iter()
        .filter(|name| files[*name] != 0)
        .map(|name| format!("{name} {}", files[name]));
    shown.collect::<Vec<_>>().join(", ")
}

fn titles(place: &Place) -> Vec<String> {
    place.records().into_iter().filter_map(|record| record.title).collect()
}

#[test]
fn takes_a_file_once_and_again_when_it_changes() {
    let place = Place::with_pages();
    let before = place.records();
    assert_eq!(files(&place, &[]), "unchanged 3");
    assert_eq!(place.records(), before);
    place.write(format!("corpus/{}", PAGES[1].0), "新的标题\n新的一段。\n");
    assert_eq!(files(&place, &[]), "replaced 1, unchanged 2");
    let after = titles(&place);
    assert_eq!(after.len(), 3);
    assert!(after.contains(&"新的标题".to_owned()) && !after.contains(&"垃圾分类进楼道".to_owned()), "{after:?}");
    assert_eq!(place.run(&["search", "志愿者每天"]).code, Some(1), "nothing of the older content is left");
}

#[test]
fn knows_copies_moves_and_files_that_changed_places() {
    let place = Place::new();
    place.write("a/x.txt", "甲的标题\n甲的一段。\n");
    place.write("b/x.txt", "甲的标题\n甲的一段。\n");
    assert_eq!(files(&place, &["a", "b"]), "added 1, duplicate 1");
    assert_eq!(files(&place, &["b"]), "duplicate 1");
    fs::rename(place.path("a/x.txt"), place.path("a/gone")).expect("moved");
    assert_eq!(files(&place, &["b"]), "moved 1");
    assert_eq!(place.records()[0].path, "b/x.txt");

    place.write("a/x.txt", "乙的标题\n乙的一段。\n");
    assert_eq!(files(&place, &["a", "b"]), "added 1, unchanged 1");
    place.write("a/x.txt", "甲的标题\n甲的一段。\n");
    place.write("b/x.txt", "乙的标题\n乙的一段。\n");
    assert_eq!(files(&place, &["a", "b"]), "replaced 2");
    let paths: BTreeSet<_> = place.records().into_iter().map(|record| (record.title, record.path)).collect();
    let pair = |title: &str, path: &str| (Some(title.to_owned()), path.to_owned());
    assert_eq!(paths, BTreeSet::from([pair("甲的标题", "a/x.txt"), pair("乙的标题", "b/x.txt")]));
}

/// Whatever is done to files, the index has each file's content once.
#[test]
fn holds_every_content_once_after_any_changes() {
    let place = Place::new();
    // A fixed sequence that looks like none: each run of the test is the same.
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..25 {
        for _ in 0..=next(3) {
            let name = format!("corpus/{}/{}.txt", next(3), next(2));
            if next(5) == 0 {
                let _ = fs::remove_file(place.path(&name));
            } else {
                place.write(&name, format!("标题{}\n一段。\n", next(4)));
            }
        }
        let (found, _) = jiebao::source::find(&[place.path("corpus")]);
        if found.is_empty() {
            continue;
        }
        place.json(&["ingest", "--json"]);
        let ids: Vec<String> = place.records().into_iter().map(|record| record.id).collect();
        let mut unique = ids.clone();
        unique.dedup();
        assert_eq!(ids, unique);
        for file in found {
            let source: Source = jiebao::source::read(&file).expect("a file of ours");
            let id = format!("{}-0", issue_id(&source.name, &source.sha256));
            assert!(ids.contains(&id), "{} is missing", file.display());
        }
    }
}

#[test]
fn gives_the_same_archive_with_any_number_of_threads() {
    let place = Place::new();
    for at in 0..300 {
        place.write(format!("corpus/{:03}.txt", (at * 7) % 300), format!("标题{at}\n第{at}号网格有{at}户。\n"));
    }
    let dump = |threads: &str| {
        let _ = fs::remove_dir_all(place.path("index"));
        let ran = place.run(&["ingest", "--threads", threads]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        (place.records(), place.run(&["search", "网格", "--limit", "300", "--json"]).out)
    };
    assert_eq!(dump("1"), dump("2"));
}

#[test]
fn names_what_it_refuses_and_goes_on() {
    let place = Place::with_pages();
    let ran = place.run(&["ingest", "corpus", "none.txt"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("jiebao: none.txt: no such file or folder; check the name\n"), "{ran:?}");
    assert!(ran.out.contains("none.txt") && ran.out.contains("unchanged"), "{ran:?}");
}

#[test]
fn takes_any_name() {
    let place = Place::new();
    let name = "corpus/三 月\n\u{1b}[31m刊.txt";
    place.write(name, "标题\n一段文字。\n");
    let ran = place.run(&["ingest", "-v"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("三 月\\n\\u{1b}[31m刊.txt: added\n"), "{ran:?}");
    let ran = place.run(&["search", "文字"]);
    assert!(ran.out.contains("三 月\\n\\u{1b}[31m刊") && !ran.out.contains('\u{1b}'), "{ran:?}");
    let id = place.records()[0].id.clone();
    assert_eq!(place.run(&["show", &id, "--raw"]).out, "一段文字。");
}

#[test]
fn waits_for_nobody_and_says_who_is_in_the_way() {
    let place = Place::with_pages();
    let (writer, held) = Writer::open(&place.path("index")).expect("the index opens for writing");
    assert_eq!(held.len(), 3);
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "jiebao: index: another ingest is writing to this index; run again when it has ended\n");
    assert_eq!(place.run(&["search", "网格"]).code, Some(0), "readers are not kept waiting");
    drop(writer);
    assert_eq!(files(&place, &[]), "unchanged 3");
}

/// A limit on the size of files does to a write what a full disk does.
#[test]
#[cfg(unix)]
fn leaves_the_index_as_it_was_when_the_disk_is_full() {
    let place = Place::with_pages();
    let before = place.records();
    let names = || -> BTreeSet<_> {
        let entries = fs::read_dir(place.path("index")).expect("the index folder");
        entries.flatten().map(|entry| entry.file_name()).collect()
    };
    let files_before = names();
    for at in 0..50 {
        place.write(format!("corpus/{at}.txt"), format!("标题{at}\n{}。\n", "好天气".repeat(at)));
    }
    let script = format!("trap '' XFSZ; ulimit -f 2; exec '{}' ingest", env!("CARGO_BIN_EXE_jiebao"));
    let ran = place.command(Command::new("sh").args(["-c", &script]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("cannot write") && ran.err.contains("the index is as it was"), "{ran:?}");
    assert_eq!(place.records(), before);
    assert_eq!(names(), files_before, "what was written of the batch does not stay");
    assert_eq!(files(&place, &[]), "added 50, unchanged 3");
}
