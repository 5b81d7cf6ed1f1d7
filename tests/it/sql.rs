//! Questions in SQL, and the database that they are asked of.

use crate::run::Place;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;
use std::thread;

/// The answer's rows.
fn ask(place: &Place, statement: &str) -> Vec<Value> {
    let ran = place.run(&["sql", statement, "--format", "jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// The databases that are kept beside the index.
fn kept(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("index")).expect("the index");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("sql")).collect()
}

#[test]
fn answers_with_typed_columns() {
    let place = Place::with_pages();
    let records = place.records();
    let metrics: usize = records.iter().map(|record| record.metrics.len()).sum();
    assert_eq!(ask(&place, "SELECT count(*) AS n FROM metrics"), [json!({ "n": metrics })]);
    let rows = ask(
        &place,
        "SELECT m.text, m.value, m.approx, s.text AS said, i.sha256 FROM metrics m \
         JOIN sentences s USING (article, paragraph, sentence) JOIN articles USING (article) \
         JOIN issues i USING (issue_id) WHERE m.unit = '户' ORDER BY m.article, m.number",
    );
    let row = rows.first().expect("120 households were visited");
    assert_eq!((&row["text"], &row["value"], &row["approx"]), (&json!("120户"), &json!(120.0), &json!(false)));
    assert!(row["said"].as_str().is_some_and(|said| said.contains("走访居民120户")), "{row}");
    assert_eq!(row["sha256"].as_str().map(str::len), Some(64));
    let row = ask(&place, "SELECT 1 AS a, 1.5 AS b, 'x' AS c, NULL AS d, max(day) AS e FROM articles").remove(0);
    assert_eq!(row, json!({ "a": 1, "b": 1.5, "c": "x", "d": null, "e": null }));
    let ran = place.run(&["sql", "SELECT * FROM metrics", "--output", "m.parquet"]);
    assert!(ran.code == Some(0) && place.path("m.parquet").exists(), "{ran:?}");
    let ran = place.run(&["sql", "SELECT * FROM metrics WHERE 0"]);
    assert!(ran.code == Some(1) && ran.out.is_empty(), "{ran:?}");
}

#[test]
fn tells_its_tables() {
    let place = Place::with_pages();
    let schema = place.json(&["sql", "--schema", "--json"]);
    let rows = schema["rows"].as_array().expect("rows");
    for table in ["issues", "articles", "sentences", "mentions", "metrics", "relations", "columns", "tables", "about"]
    {
        let of = |row: &&Value| row["table"] == table;
        let documented =
            rows.iter().filter(of).all(|row| row["about"].as_str().is_some_and(|about| !about.is_empty()));
        assert!(documented && (table == "columns" || rows.iter().any(|row| of(&row))), "{table}");
    }
    assert_eq!(rows[0]["table"], "issues");
    assert_eq!(ask(&place, "SELECT value FROM about WHERE key = 'articles'"), [json!({ "value": "3" })]);
}

#[test]
fn only_reads() {
    let place = Place::with_pages();
    ask(&place, "SELECT 1");
    let before = kept(&place);
    let bytes = || fs::read(place.path("index").join(&before[0])).expect("the database");
    let all = bytes();
    for (statement, told) in [
        ("DELETE FROM metrics", "read and never written"),
        ("INSERT INTO metrics DEFAULT VALUES", "read and never written"),
        ("DROP TABLE metrics", "read and never written"),
        ("CREATE TEMP TABLE t AS SELECT 1", "read and never written"),
        ("CREATE VIEW v AS SELECT 1", "read and never written"),
        ("ATTACH 'other.db' AS other", "cannot be attached"),
        ("PRAGMA journal_mode = WAL", "PRAGMA journal_mode"),
        ("PRAGMA user_version = 7", "PRAGMA user_version"),
        ("SELECT load_extension('x')", "a program of its own"),
        ("BEGIN", "nothing to begin"),
        ("VACUUM INTO 'copy.db'", "there is no question"),
        ("SELECT 1; SELECT 2", "more than one statement"),
        ("SELECT ?", "parameters"),
        ("", "there is no question"),
        ("SELECT zeroblob(1000000000)", "too big"),
    ] {
        let ran = place.run(&["sql", statement]);
        assert!(ran.code == Some(2) && ran.err.contains(told) && ran.out.is_empty(), "{statement}: {ran:?}");
    }
    assert!(bytes() == all && !place.path("other.db").exists() && !place.path("copy.db").exists());
}

#[test]
fn shows_mistakes_where_they_stand() {
    let place = Place::with_pages();
    ask(&place, "SELECT 1");
    let told = |statement: &str| place.run(&["sql", statement]).err;
    insta::assert_snapshot!(told("SELECT valu FROM metrics"), @r"
    jiebao: the statement cannot be answered: no such column: valu, did you mean `value`?
      SELECT valu FROM metrics
             ^
    ");
    insta::assert_snapshot!(told("SELECT 网格 FROM"), @"jiebao: the statement cannot be answered: incomplete input");
    let table = told("SELECT * FROM metrcs");
    assert!(table.contains("no such table: metrcs, did you mean `metrics`?"), "{table}");
    let nothing_near = told("SELECT 云栖 FROM metrics");
    assert!(nothing_near.contains("`jiebao sql --schema` lists"), "{nothing_near}");
    insta::assert_snapshot!(told("SELECT '网格', FROM metrics"), @r#"
    jiebao: the statement cannot be answered: near "FROM": syntax error
      SELECT '网格', FROM metrics
                     ^
    "#);
}

#[test]
fn is_kept_until_the_archive_changes() {
    let place = Place::with_pages();
    let first = place.run(&["sql", "SELECT count(*) AS n FROM articles", "--format", "csv"]);
    assert!(first.err.contains("built ") && first.out.ends_with("n\r\n3\r\n"), "{first:?}");
    let one = kept(&place);
    let second = place.run(&["sql", "SELECT count(*) AS n FROM articles", "--format", "csv"]);
    assert_eq!((second.err.as_str(), &second.out, kept(&place)), ("", &first.out, one.clone()));
    // An ingest minds no file of ours, and what it brings is in the next answer.
    place.write("corpus/柳湾社区报-2.md", "柳湾花市开张\n花市有摊位30个，周末开放。\n");
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    assert_eq!(kept(&place), one, "an ingest leaves it where it is");
    let third = place.run(&["sql", "SELECT count(*) AS n FROM articles", "--format", "csv"]);
    assert!(third.err.contains("built ") && third.out.ends_with("n\r\n4\r\n"), "{third:?}");
    assert!(kept(&place).len() == 1 && kept(&place) != one, "that of the earlier version is gone");
    assert_eq!(place.run(&["search", "花市"]).code, Some(0));
    // A file that is no database is not taken for one.
    let name = kept(&place).remove(0);
    place.write(format!("index/{name}"), "not a database");
    assert_eq!(ask(&place, "SELECT count(*) AS n FROM articles"), [json!({ "n": 4 })]);
}

#[test]
fn is_built_by_two_at_once() {
    let place = Place::with_pages();
    let ask = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
        place.command(command.args(["sql", "SELECT count(*) AS n FROM mentions", "--format", "csv"]))
    };
    let [one, other] =
        thread::scope(|scope| [scope.spawn(ask), scope.spawn(ask)].map(|run| run.join().expect("a run")));
    assert_eq!((one.code, &one.out), (Some(0), &other.out), "{one:?} {other:?}");
    assert_eq!(kept(&place).len(), 1);
}

#[test]
fn the_exported_file_hangs_together() {
    let place = Place::with_pages();
    assert_eq!(place.run(&["export", "sqlite", "--output", "archive.db"]).code, Some(0));
    let connection = rusqlite::Connection::open(place.path("archive.db")).expect("a SQLite file");
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).expect("an answer");
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    let broken = connection.prepare("PRAGMA foreign_key_check").and_then(|mut check| check.exists([]));
    assert_eq!(broken, Ok(false));
    assert_eq!(one("SELECT CAST(user_version AS TEXT) FROM pragma_user_version"), "1");
    assert_eq!(one("SELECT printf('%08X', application_id) FROM pragma_application_id"), "4A42414F");
    for (table, count) in [("issues", 3), ("articles", 3)] {
        let rows: i64 =
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("rows");
        assert_eq!(rows, count, "{table}");
    }
}
