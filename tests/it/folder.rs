//! Index folders that are missing, foreign, damaged, of another version: a sentence, code 2, never a panic.

use crate::run::Place;
use jiebao::index::schema::VERSION;
use std::fs;
use std::path::{Path, PathBuf};

const COMMANDS: [&[&str]; 4] = [&["search", "网格"], &["stats"], &["show", "曹"], &["ingest"]];

/// What each command that reads says, if all say the same.
fn said(place: &Place, commands: &[&[&str]]) -> String {
    let mut all: Vec<String> = commands
        .iter()
        .map(|args| {
            let ran = place.run(args);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?} {ran:?}");
            ran.err
        })
        .collect();
    all.dedup();
    all.concat()
}

#[test]
fn says_that_there_is_none() {
    let place = Place::new();
    let none = "jiebao: index: there is no index here; run `jiebao ingest --index index PATH...` first\n";
    assert_eq!(said(&place, &COMMANDS[..3]), none);
    place.write("index/.gitkeep", "");
    assert_eq!(said(&place, &COMMANDS[..3]), none);
    assert_eq!(place.run(&["ingest"]).code, Some(1), "there is no corpus either, which is told");
    assert_eq!(place.run(&["search", "网格"]).code, Some(1), "an empty index holds nothing");
}

#[test]
fn touches_no_folder_of_others() {
    let place = Place::new();
    place.write("index/letter.txt", "dear all");
    assert!(said(&place, &COMMANDS).starts_with("jiebao: index: holds other files and no index; name another"));
    let place = Place::new();
    place.write("index", "a file");
    assert!(said(&place, &COMMANDS).starts_with("jiebao: index: is a file, not the folder of an index"));
    let place = Place::new();
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_text_field("title", tantivy::schema::TEXT);
    fs::create_dir(place.path("index")).expect("a folder");
    tantivy::Index::create_in_dir(place.path("index"), schema.build()).expect("an index of others");
    assert!(said(&place, &COMMANDS).starts_with("jiebao: index: is an index, but not one of jiebao"));
}

fn edit_meta(place: &Place, edit: impl Fn(String) -> String) {
    let path = place.path("index/meta.json");
    let text = fs::read_to_string(&path).expect("meta.json is text");
    let edited = edit(text.clone());
    assert_ne!(text, edited);
    fs::write(path, edited).expect("meta.json is writable");
}

#[test]
fn knows_other_versions() {
    let place = Place::with_pages();
    let stamp = |version: u32| format!(r#"\"schema\":{version}"#);
    let (ours, next) = (stamp(VERSION), stamp(VERSION + 1));
    edit_meta(&place, |text| text.replace(&ours, &next));
    let newer = said(&place, &COMMANDS);
    assert!(
        newer.contains(&format!("with schema {}, and this is jiebao", VERSION + 1))
            && newer.contains("use the newer program"),
        "{newer}"
    );
    edit_meta(&place, |text| text.replace(&next, &stamp(0)));
    let older = said(&place, &COMMANDS);
    assert!(older.contains("with the older schema 0; move the folder away and run `jiebao ingest` again"), "{older}");
}

#[test]
fn survives_a_damaged_meta_file() {
    let place = Place::with_pages();
    let path = place.path("index/meta.json");
    let whole = fs::read(&path).expect("meta.json");
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        fs::write(&path, &bytes).expect("meta.json is writable");
        // A flipped byte may leave it readable; then the answer must be whole, else there must be a sentence.
        let ran = place.run(&["search", "网格"]);
        match ran.code {
            Some(0) => assert!(ran.out.contains("曹渡街道召开网格工作会"), "{ran:?}"),
            code => assert!(code == Some(2) && ran.err.starts_with("jiebao: index: "), "{at}: {ran:?}"),
        }
    }
    for length in [0, 1, whole.len() / 2, whole.trim_ascii_end().len() - 1] {
        fs::write(&path, &whole[..length]).expect("meta.json is writable");
        assert!(said(&place, &COMMANDS).contains("the index is damaged"));
    }
    fs::remove_file(&path).expect("meta.json is ours");
    assert!(said(&place, &COMMANDS).contains("the index is damaged: meta.json is missing"));
}

#[test]
fn survives_damaged_segments() {
    let segments = |place: &Place| -> Vec<PathBuf> {
        let entries = fs::read_dir(place.path("index")).expect("the index folder");
        let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        all.retain(|path| {
            path.file_name().is_some_and(|name| {
                !name.to_string_lossy().contains("meta") && !name.to_string_lossy().starts_with('.')
            })
        });
        all.sort();
        all
    };
    let place = Place::with_pages();
    for path in segments(&place) {
        let whole = fs::read(&path).expect("a segment file");
        for length in [0, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("a segment file");
            let said = said(&place, &COMMANDS[..1]);
            assert!(said.contains("the index is damaged"), "{}: {said}", path.display());
        }
        fs::remove_file(&path).expect("a segment file");
        assert!(said(&place, &COMMANDS[..1]).contains("the index is damaged"));
        // Bytes that are wrong in the middle: found or not, never a panic.
        for at in (0..whole.len()).step_by(whole.len() / 23 + 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xFF;
            fs::write(&path, &bytes).expect("a segment file");
            for args in &COMMANDS[..3] {
                place.run(args);
            }
        }
        fs::write(&path, &whole).expect("a segment file");
    }
    assert_eq!(place.run(&["search", "网格"]).code, Some(0));
}

#[test]
fn a_file_cut_short_is_told_with_what_to_do() {
    let place = Place::with_pages();
    let files = fs::read_dir(place.path("index")).expect("the index").map(|entry| entry.expect("an entry").path());
    let store = files.into_iter().find(|file| file.extension().is_some_and(|end| end == "store"));
    let store = store.expect("an index has records");
    let bytes = fs::read(&store).expect("its bytes");
    fs::write(&store, &bytes[..bytes.len() / 2]).expect("half of them");
    let ran = place.run(&["search", "停车"]);
    assert!(ran.code == Some(2) && ran.err.contains("run `jiebao ingest` again"), "{ran:?}");
    assert!(!ran.err.contains("tantivy 0."), "{ran:?}");
}

/// Whoever may list the folder may search it: no file is its owner's alone, and none need be written to read.
#[cfg(unix)]
#[test]
fn is_read_without_the_right_to_write() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_pages();
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o666;
    let folder = place.path("index");
    for file in fs::read_dir(&folder).expect("the index").map(|entry| entry.expect("an entry").path()) {
        assert!(file.is_dir() || mode(&file) & 0o444 == mode(&folder) & 0o444, "{}", file.display());
    }
    // Not even its superuser can lock a folder in place of the file.
    let lock = folder.join(".tantivy-meta.lock");
    fs::remove_file(&lock).expect("the lock file of readers");
    fs::create_dir(&lock).expect("a folder in its place");
    assert_eq!(place.run(&["search", "停车", "--count"]).out, "1\n");
    assert_eq!(place.run(&["stats"]).code, Some(0));
}
