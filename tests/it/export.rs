//! Rows in every format against a plain walk over records.

use crate::run::Place;
use jiebao::record::Record;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

const SUBJECTS: [&str; 6] = ["articles", "sentences", "mentions", "metrics", "relations", "words"];
const FORMATS: [&str; 5] = ["csv", "jsonl", "parquet", "xlsx", "sqlite"];

/// The sample corpus in an index, and its records.
fn sample() -> (Place, Vec<Record>) {
    let place = Place::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let ran = place.run(&["ingest", corpus]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut records: Vec<Record> = place
        .run(&["extract", corpus])
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    records.sort_by(|a, b| (&a.issue, a.ordinal).cmp(&(&b.issue, b.ordinal)));
    (place, records)
}

/// The rows of a table as JSON lines have them.
fn rows(place: &Place, subject: &str) -> Vec<Map<String, Value>> {
    let ran = place.run(&["export", subject, "--format", "jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

/// What an article's rows begin with.
fn trace(record: &Record) -> Vec<(&'static str, Value)> {
    let date = record.date.as_deref().unwrap_or_default();
    let number = |range| date.get(range).and_then(|part: &str| part.parse::<i64>().ok());
    vec![
        ("article", json!(record.id)),
        ("issue", json!(record.issue)),
        ("path", json!(record.path)),
        ("title", json!(record.title)),
        ("date", json!(record.date)),
        ("day", json!((date.len() == 10).then_some(date))),
        ("year", json!(number(0..4))),
        ("month", json!(date.get(..7))),
    ]
}

/// Holds `row` to the values that are `expected`, and to the words that it says it stands on.
fn hold(record: &Record, row: &Map<String, Value>, expected: Vec<(&'static str, Value)>) {
    for (name, value) in trace(record).into_iter().chain(expected) {
        assert_eq!(row.get(name), Some(&value), "{name} of {row:?}");
    }
    let number = |name: &str| row[name].as_i64().unwrap_or_else(|| panic!("{name} of {row:?}"));
    let (paragraph, start, end) = (number("paragraph"), number("start"), number("end"));
    let slice = record.slice(paragraph, start as usize, end as usize).expect("a passage");
    let text = row.get("sentence_text").unwrap_or_else(|| &row["text"]).as_str().expect("a sentence");
    assert!(text.contains(&slice) || slice.contains(text), "{slice} in {text}");
    assert!(record.passage(paragraph).expect("a passage").contains(text), "{text}");
    let ranges = |ranges: &Vec<[usize; 2]>| {
        ranges.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(";")
    };
    let origin = usize::try_from(paragraph).ok().and_then(|at| record.origin.get(at)).map(ranges);
    assert_eq!(row["origin"], json!(origin));
}

#[test]
fn rows_are_those_of_the_records() {
    let (place, records) = sample();
    let articles = rows(&place, "articles");
    assert_eq!(articles.len(), records.len());
    for (row, record) in articles.iter().zip(&records) {
        for (name, value) in trace(record) {
            assert_eq!(row[name], value, "{name}");
        }
        assert_eq!(row["text"], json!(record.paragraphs.join("\n")));
        assert_eq!(row["byline"].as_str().unwrap_or_default(), record.byline.join("、"));
        let characters: usize = record.title.iter().chain(&record.paragraphs).map(|text| text.chars().count()).sum();
        assert_eq!(row["characters"], characters);
        assert_eq!(row["sha256"].as_str().map(str::len), Some(64));
        assert!(record.id.starts_with(row["issue_id"].as_str().expect("an id")));
    }
    let mut all = rows(&place, "mentions").into_iter();
    for record in &records {
        for (at, one) in record.mentions.iter().enumerate() {
            let own = vec![
                ("number", json!(at)),
                ("kind", json!(one.kind)),
                ("text", json!(one.text)),
                ("name", json!(one.name)),
                ("thing", json!(one.name)),
                ("code", json!(one.code)),
                ("role", json!(one.role)),
                ("within", json!(one.within)),
                ("paragraph", json!(one.paragraph)),
                ("start", json!(one.start)),
                ("end", json!(one.end)),
            ];
            hold(record, &all.next().expect("a row"), own);
        }
    }
    assert_eq!(all.next(), None);
    let mut all = rows(&place, "relations").into_iter();
    for record in &records {
        for (at, one) in record.relations.iter().enumerate() {
            let own = vec![
                ("number", json!(at)),
                ("relation", json!(one.relation)),
                ("subject_kind", json!(one.subject_kind)),
                ("subject", json!(one.subject)),
                ("object_kind", json!(one.object_kind)),
                ("object", json!(one.object)),
                ("start", json!(one.start)),
            ];
            hold(record, &all.next().expect("a row"), own);
        }
    }
    assert_eq!(all.next(), None);
}

#[test]
fn figures_are_those_of_the_records() {
    let (place, records) = sample();
    let mut all = rows(&place, "metrics").into_iter();
    for record in &records {
        for (at, one) in record.metrics.iter().enumerate() {
            let check = one.check_detail.as_ref();
            let against = check.map(|check| {
                check.against.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(";")
            });
            let own = vec![
                ("number", json!(at)),
                ("text", json!(one.text)),
                ("value", json!(one.value)),
                ("low", json!(one.low)),
                ("high", json!(one.high)),
                ("unit", json!(one.unit)),
                ("subject", json!(one.subject)),
                ("approx", json!(one.approx)),
                ("bound", json!(one.bound)),
                ("change", json!(one.change)),
                ("from_value", json!(one.from)),
                ("basis", json!(one.basis)),
                ("community", json!(one.about.community)),
                ("grid", json!(one.about.grid)),
                ("division", json!(one.about.division)),
                ("time", json!(one.about.date)),
                ("level", json!(one.about.level)),
                ("community_level", json!(one.about.levels.community)),
                ("grid_level", json!(one.about.levels.grid)),
                ("division_level", json!(one.about.levels.division)),
                ("time_level", json!(one.about.levels.date)),
                ("agreement", json!(one.check)),
                ("rule", json!(check.map(|check| &check.rule))),
                ("stated", json!(check.map(|check| check.stated))),
                ("expected", json!(check.map(|check| check.expected))),
                ("against", json!(against)),
            ];
            hold(record, &all.next().expect("a row"), own);
        }
    }
    assert_eq!(all.next(), None);
}

#[test]
fn sentences_are_the_text() {
    let (place, records) = sample();
    let mut texts: BTreeMap<(String, i64), String> = BTreeMap::new();
    let (mut figures, mut names) = (0, 0);
    let by_id: BTreeMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
    for row in rows(&place, "sentences") {
        let id = row["article"].as_str().expect("an id");
        let record = by_id[id];
        hold(record, &row, Vec::new());
        let paragraph = row["paragraph"].as_i64().expect("a paragraph");
        *texts.entry((id.to_owned(), paragraph)).or_default() += row["text"].as_str().expect("a text");
        figures += row["figures"].as_u64().expect("a count");
        names += row["names"].as_u64().expect("a count");
    }
    for record in &records {
        for (at, text) in record.paragraphs.iter().enumerate() {
            assert_eq!(texts.get(&(record.id.clone(), at as i64)).map_or("", String::as_str), text);
        }
    }
    assert_eq!(figures, records.iter().map(|record| record.metrics.len() as u64).sum::<u64>());
    assert_eq!(names, records.iter().map(|record| record.mentions.len() as u64).sum::<u64>());
}

#[test]
fn words_are_those_of_corpus_analysis() {
    let (place, _) = sample();
    let counted = place.json(&["stats", "words", "--numbers", "--json"]);
    let counted = counted["rows"].as_array().expect("rows").iter();
    let counted: Vec<_> =
        counted.map(|row| ["item", "count", "articles", "issues"].map(|name| row[name].clone())).collect();
    let exported: Vec<_> = rows(&place, "words")
        .iter()
        .map(|row| ["word", "frequency", "articles", "issues"].map(|name| row[name].clone()))
        .collect();
    assert!(exported == counted && exported.len() > 1000);
}

#[test]
fn every_format_holds_the_same_rows() {
    let (place, _) = sample();
    for subject in SUBJECTS {
        let expected = rows(&place, subject);
        for format in FORMATS {
            let ran = place.run(&["export", subject, "--output", &format!("{subject}.{format}")]);
            assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
        }
        let path = |format: &str| place.path(format!("{subject}.{format}"));
        let columns: Vec<&String> = expected[0].keys().collect();
        assert_eq!(csv(&path("csv"), &expected), expected.len(), "{subject}");
        assert_eq!(parquet(&path("parquet")), expected, "{subject}");
        assert_eq!(sqlite(&path("sqlite"), subject, &expected[0]), expected, "{subject}");
        let lines = fs::read_to_string(path("jsonl")).expect("a file");
        assert_eq!(lines.lines().count(), expected.len());
        assert!(fs::read(path("xlsx")).expect("a file").starts_with(b"PK\x03\x04") && !columns.is_empty());
    }
}

/// Compares a CSV file with rows, text by text, and says how many there are.
fn csv(path: &Path, expected: &[Map<String, Value>]) -> usize {
    let bytes = fs::read(path).expect("a file");
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text);
    let header = reader.headers().expect("a header").clone();
    let mut rows = 0;
    for (record, row) in reader.records().zip(expected) {
        for (name, cell) in header.iter().zip(record.expect("a row").iter()) {
            let shown = match &row[name] {
                Value::Null => String::new(),
                Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
                Value::String(text) => text.clone(),
                Value::Number(number) => number.as_f64().map(|number| number.to_string()).expect("a number"),
                other => other.to_string(),
            };
            assert_eq!(cell, shown, "{name}");
        }
        rows += 1;
    }
    rows
}

fn parquet(path: &Path) -> Vec<Map<String, Value>> {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("a Parquet file");
    let rows = reader.get_row_iter(None).expect("rows");
    let value = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => json!(truth),
        Field::Long(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Str(text) => json!(text),
        Field::Date(days) => {
            let day = jiff_day(*days);
            json!(day)
        }
        other => panic!("a field of another type: {other:?}"),
    };
    rows.map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
    })
    .collect()
}

fn jiff_day(days: i32) -> String {
    (jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days)).to_string()
}

/// The rows of a table, with truths as `like` has them: SQLite knows none.
fn sqlite(path: &Path, table: &str, like: &Map<String, Value>) -> Vec<Map<String, Value>> {
    use rusqlite::types::Value as Sql;
    let connection = rusqlite::Connection::open(path).expect("a SQLite file");
    let documented: i64 = connection
        .query_row("SELECT count(*) FROM columns WHERE \"table\" = ? AND about != ''", [table], |row| row.get(0))
        .expect("the columns are documented");
    assert_eq!(documented, like.len() as i64);
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).expect("the table");
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| {
        let cells = names.iter().enumerate().map(|(at, name)| {
            let value = match row.get::<_, Sql>(at)? {
                Sql::Null => Value::Null,
                Sql::Integer(number) if like[name].is_boolean() => json!(number == 1),
                Sql::Integer(number) => json!(number),
                Sql::Real(number) => json!(number),
                Sql::Text(text) => json!(text),
                Sql::Blob(_) => panic!("no cell is bytes"),
            };
            Ok((name.clone(), value))
        });
        cells.collect::<rusqlite::Result<Map<String, Value>>>()
    });
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

/// Every file below a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            all.insert(name, fs::read(&path).expect("a file"));
        }
    }
    all
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<String> = fs::read_dir(&corpus)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    paths.sort();
    let mut exported = Vec::new();
    for threads in ["1", "3"] {
        let place = Place::new();
        // The second archive takes the last files first, in several batches.
        let batches: Vec<Vec<String>> = match threads {
            "1" => vec![paths.clone()],
            _ => paths.rchunks(7).map(<[String]>::to_vec).collect(),
        };
        let run = |args: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
            let ran = place.command(command.args(args).env("RAYON_NUM_THREADS", threads));
            assert_eq!(ran.code, Some(0), "{args:?} {ran:?}");
        };
        for batch in &batches {
            run(&["ingest"].into_iter().chain(batch.iter().map(String::as_str)).collect::<Vec<_>>());
        }
        place.write("out/.keep", "");
        for format in FORMATS {
            for subject in SUBJECTS {
                run(&["export", subject, "--format", format, "--output", "out"]);
            }
        }
        run(&["export", "sqlite", "--output", "out/archive.db"]);
        for format in ["csv", "jsonl", "parquet", "xlsx"] {
            run(&["export", "all", "--format", format, "--output", &format!("out/{format}")]);
        }
        exported.push(files(&place.path("out")));
    }
    let [one, other] = &exported[..] else { panic!("two archives") };
    assert_eq!(one.len(), other.len());
    assert!(one.len() > SUBJECTS.len() * FORMATS.len() + 4 * 10, "{:?}", one.keys());
    for (name, bytes) in one {
        assert!(other.get(name) == Some(bytes), "{name} differs");
    }
}

#[test]
fn a_package_describes_itself() {
    let place = Place::with_pages();
    assert_eq!(place.run(&["export", "all", "--output", "data"]).code, Some(0));
    let package: Value =
        serde_json::from_slice(&fs::read(place.path("data/datapackage.json")).expect("a file")).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), 7);
    for resource in resources {
        let bytes = fs::read(place.path("data").join(resource["path"].as_str().expect("a path"))).expect("a file");
        assert_eq!(resource["bytes"], bytes.len());
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hex}"));
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a mark"));
        let header = reader.headers().expect("a header").clone();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        assert!(fields.iter().map(|field| field["name"].as_str().expect("a name")).eq(header.iter()));
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|about| !about.is_empty())));
        assert_eq!(resource["rows"], reader.records().count());
        let keys = resource["schema"]["primaryKey"].as_array().expect("a key");
        assert!(!keys.is_empty() && keys.iter().all(|key| header.iter().any(|name| name == key)));
    }
    let book = fs::read_to_string(place.path("data/codebook.md")).expect("a file");
    assert!(book.contains("| `from_value` | number |") && book.contains("Not measured on these newsletters"));
    // What exists is replaced only if asked, and only if it is an export.
    assert_eq!(place.run(&["export", "all", "--output", "data"]).code, Some(2));
    assert_eq!(place.run(&["export", "all", "--output", "data", "--force"]).code, Some(0));
    place.write("mine/notes.txt", "mine");
    let ran = place.run(&["export", "all", "--output", "mine", "--force"]);
    assert!(ran.code == Some(2) && ran.err.contains("not replaced"), "{ran:?}");
    assert_eq!(files(&place.path("mine")).len(), 1);
}

#[test]
fn a_package_carries_its_scores() {
    let place = Place::with_pages();
    let gold = r#"{"doc": "柳湾社区报", "articles": [{"title": "柳湾老旧小区加装电梯",
        "paragraphs": ["已有21个楼组签约，7台电梯投入使用，老人下楼不再难。", "党建微网格连着每一户。"],
        "entities": [], "metrics": []}]}"#;
    place.write("gold/柳湾社区报.gold.json", gold);
    let ran = place.run(&["export", "all", "--gold", "gold", "--output", "data"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let package: Value =
        serde_json::from_slice(&fs::read(place.path("data/datapackage.json")).expect("a file")).expect("JSON");
    assert_eq!(package["jiebao"]["accuracy"]["overall"]["articles_f1"], 1.0);
    let book = fs::read_to_string(place.path("data/codebook.md")).expect("a file");
    assert!(book.contains("CER") && !book.contains("Not measured"));
}

#[test]
fn says_what_cannot_be_written() {
    let place = Place::with_pages();
    place.write("there.csv", "mine");
    for (args, code, told) in [
        (&["export", "metric"] as &[&str], 2, "'metrics'"),
        (&["export", "metrics", "--format", "cvs"], 2, "did you mean `csv`?"),
        (&["export", "metrics", "--format", "json"], 2, "jsonl"),
        (&["export", "metrics", "--format", "parquet"], 2, "--output"),
        (&["export", "metrics", "--output", "m.doc"], 2, "ending names no format"),
        (&["export", "metrics", "--output", "there.csv"], 2, "--force"),
        (&["export", "metrics", "--output", "no/such/m.csv"], 2, "there is no folder no/such"),
        (&["export", "all", "--output", "no/such"], 2, "there is no folder no"),
        (&["export", "all"], 2, "--output"),
        (&["export", "all", "--format", "sqlite", "--output", "x"], 2, "export sqlite"),
        (&["export", "sqlite"], 2, "--output"),
        (&["export", "metrics", "--gold", "gold"], 2, "export all"),
        (&["export", "metrics", "--query", "\"网格"], 2, "the query cannot be read"),
        (&["export", "metrics", "--query", "天外天", "--output", "none.csv"], 1, "no article answers"),
        (&["export", "relations", "--query", "垃圾分类", "--output", "none.csv"], 1, "no relations"),
        (&["export", "metrics", "--index", "nowhere"], 2, "there is no index here"),
    ] {
        let ran = place.run(args);
        assert!(ran.code == Some(code) && ran.err.contains(told) && ran.out.is_empty(), "{args:?} {ran:?}");
    }
    assert!(!place.path("none.csv").exists() && !place.path("x").exists());
    assert_eq!(fs::read_to_string(place.path("there.csv")).expect("a file"), "mine");
    let ran = place.run(&["export", "metrics", "--output", "there.csv", "--force", "--query", "垃圾分类"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(fs::read_to_string(place.path("there.csv")).expect("a file").contains("2小时"));
}

/// A file may not grow beyond a bound, which to a writer is the same as a disk that is full.
#[cfg(unix)]
#[test]
fn leaves_nothing_where_the_disk_is_full() {
    let (place, _) = sample();
    place.write("out/.keep", "");
    for what in ["metrics", "all"] {
        for format in ["csv", "jsonl", "parquet", "xlsx"] {
            full(&place, &["export", what, "--format", format, "--output", &format!("out/{what}-{format}")]);
        }
    }
    full(&place, &["export", "metrics", "--output", "out/metrics.sqlite"]);
    full(&place, &["export", "sqlite", "--output", "out/archive.db"]);
    full(&place, &["sql", "SELECT 1"]);
    full(&place, &["sql", "SELECT * FROM metrics", "--output", "out/all.xlsx"]);
    assert_eq!(files(&place.path("out")).into_keys().collect::<Vec<_>>(), [".keep"]);
    let left: Vec<String> = files(&place.path("index")).into_keys().filter(|name| name.contains("sql")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
fn full(place: &Place, args: &[&str]) {
    let shell = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let ran = place.command(Command::new("sh").args(["-c", shell, env!("CARGO_BIN_EXE_jiebao")]).args(args));
    assert!(
        ran.code == Some(2) && ran.err.contains("cannot write") && ran.err.lines().count() == 1,
        "{args:?} {ran:?}"
    );
}

#[test]
fn cites_down_to_the_bytes() {
    let place = Place::with_pages();
    let records = place.records();
    let record = records.iter().find(|record| record.issue == "柳湾社区报").expect("the issue is there");
    let ran = place.run(&["cite", &record.id, "--style", "plain", "--paragraph", "2"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let (_, bytes) = ran.out.split_once("bytes ").expect("bytes are told");
    let (range, sha256) = bytes.trim_end().split_once(", SHA-256 ").expect("and the digest");
    let (start, end) = range.split_once('-').expect("a range");
    let file = fs::read(place.path("corpus/柳湾社区报.md")).expect("the file");
    let cited = &file[start.parse().expect("a number")..end.parse().expect("a number")];
    assert_eq!(String::from_utf8_lossy(cited), record.paragraphs[1]);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&file);
    assert_eq!(sha256, digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let ran = place.run(&["cite", "--query", "网格", "--style", "bibtex"]);
    assert!(ran.code == Some(0) && ran.out.matches("@misc{jiebao-").count() == 2, "{ran:?}");
    let ran = place.run(&["cite", &record.id]);
    assert!(ran.out.starts_with("柳湾老旧小区加装电梯[N]. 柳湾社区报. jiebao:"), "{ran:?}");
    assert_eq!(place.run(&["cite", "柳湾", "nobody"]).code, Some(1));
    let ran = place.run(&["cite", &record.id, "--paragraph", "9"]);
    assert!(ran.code == Some(2) && ran.err.contains("has 2 paragraphs"), "{ran:?}");
    assert_eq!(place.run(&["cite", "--query", "天外天"]).code, Some(1));
    let ran = place.run(&["cite", &record.id, "--style", "apa"]);
    assert!(ran.code == Some(2) && ran.err.contains("gbt7714"), "{ran:?}");
}
