//! Our scorer agrees with the reference scorer in ../shared on every figure.
//!
//! Both score the gold and practice issues there with perfect records, with those of the pipeline as it is, and
//! with records that are damaged at random, seeded. Skipped, with a message, where the folder or Python is
//! missing.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use super::perfect::{lines, list, records, string};
use super::{Gold, Predictions, gold, score};
use crate::record::records as records_of;
use crate::{pipeline, source};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Largest difference of a figure that is still agreement.
const TOLERANCE: f64 = 1e-3;

#[test]
fn agrees_with_the_reference_scorer() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("score.py").is_file() || !python_runs() {
        eprintln!("skipped: needs the reference scorer in ../shared and Python 3.10");
        return;
    }
    let mut figures = 0;
    let folders = sorted(&shared.join("practice")).into_iter().filter(|path| path.is_dir());
    for folder in folders.chain([shared.join("gold")]) {
        let set = Set::read(&folder, &shared);
        let perfect: Vec<Value> = set.json.iter().flat_map(records).collect();
        figures += set.compare("perfect", &lines(&perfect));
        figures += set.compare("pipeline", &set.of_pipeline());
        for seed in 1..=4 {
            let mut damaged = perfect.clone();
            Damage(seed).records(&mut damaged);
            figures += set.compare(&format!("damage {seed}"), &lines(&damaged));
        }
    }
    eprintln!("{figures} figures agree");
}

fn python_runs() -> bool {
    let check = "import sys; sys.exit(sys.version_info < (3, 10))";
    Command::new("python3").args(["-c", check]).output().is_ok_and(|output| output.status.success())
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The gold of a folder.
struct Set {
    folder: PathBuf,
    scorer: PathBuf,
    paths: Vec<PathBuf>,
    newsletters: Vec<PathBuf>,
    json: Vec<Value>,
    golds: Vec<Gold>,
}

impl Set {
    fn read(folder: &Path, shared: &Path) -> Self {
        let paths = sorted(folder);
        let is_gold = |path: &&PathBuf| path.to_string_lossy().ends_with(gold::ENDING);
        let paths: Vec<PathBuf> = paths.iter().filter(is_gold).cloned().collect();
        let bytes: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a file")).collect();
        let near = if folder.ends_with("gold") { shared.join("seeds") } else { folder.to_owned() };
        Self {
            folder: folder.to_owned(),
            scorer: shared.join("score.py"),
            newsletters: sorted(&near)
                .into_iter()
                .filter(|path| path.extension().is_some_and(|e| e == "txt"))
                .collect(),
            json: bytes.iter().map(|bytes| serde_json::from_slice(bytes).expect("JSON")).collect(),
            golds: paths.iter().zip(&bytes).map(|(path, bytes)| gold::parse(path, bytes).expect("gold")).collect(),
            paths,
        }
    }

    fn of_pipeline(&self) -> String {
        let sources = self.newsletters.iter().map(|path| source::read(path).expect("a newsletter"));
        let issues = sources.map(|source| pipeline::read_issue(&source).expect("text"));
        let records = issues.flat_map(|issue| records_of(&issue));
        records.map(|record| format!("{}\n", json!(record))).collect()
    }

    /// Scores both ways; says how many figures were compared.
    fn compare(&self, what: &str, lines: &str) -> usize {
        let file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a temporary file");
        fs::write(file.path(), lines).expect("room for it");
        let output = Command::new("python3")
            .arg(&self.scorer)
            .args(["--json", "--pred"])
            .arg(file.path())
            .arg("--gold")
            .args(&self.paths)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .expect("Python runs");
        let reference: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&output.stderr)));

        let mut predictions = Predictions::default();
        predictions.add_lines(file.path(), lines.as_bytes()).expect("well-formed records");
        let ours = json!(score(&self.golds, &predictions).expect("one gold for each name"));
        let (mut figures, mut differences) = (0, Vec::new());
        differ("", &reference, &ours, &mut figures, &mut differences);
        assert!(differences.is_empty(), "{} {what}:\n{}", self.folder.display(), differences.join("\n"));
        figures
    }
}

/// Walks two reports side by side.
fn differ(path: &str, reference: &Value, ours: &Value, figures: &mut usize, differences: &mut Vec<String>) {
    match (reference, ours) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let (reference, ours) = (one.get(key), other.get(key));
                let absent = json!("absent");
                let pair = (reference.unwrap_or(&absent), ours.unwrap_or(&absent));
                differ(&format!("{path}/{key}"), pair.0, pair.1, figures, differences);
            }
        }
        _ => {
            *figures += 1;
            let near = reference.as_f64().zip(ours.as_f64()).is_some_and(|(a, b)| (a - b).abs() < TOLERANCE);
            if !near && reference != ours {
                differences.push(format!("{path}: reference {reference}, ours {ours}"));
            }
        }
    }
}

/// Damage at random; the field is the state of a linear congruential generator (Knuth's MMIX).
struct Damage(u64);

impl Damage {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    fn one_in(&mut self, odds: usize) -> bool {
        self.below(odds) == 0
    }

    fn records(&mut self, records: &mut Vec<Value>) {
        records.retain(|_| !self.one_in(6));
        for record in records.iter_mut() {
            self.lines(record);
            self.paragraphs(record);
            for mention in rows(record, "mentions") {
                self.mention(mention);
            }
            for metric in rows(record, "metrics") {
                self.metric(metric);
            }
            for list in ["mentions", "metrics", "headings", "byline"] {
                rows(record, list).retain(|_| !self.one_in(8));
            }
        }
        // An article swallowed by the one before it.
        if records.len() > 2 && self.one_in(2) {
            let at = self.below(records.len() - 1) + 1;
            let mut next = records.remove(at);
            rows(&mut records[at - 1], "paragraphs").append(rows(&mut next, "paragraphs"));
        }
        if self.one_in(2) {
            let mut other = records[0].clone();
            other["id"] = json!("another");
            records.push(other);
        }
    }

    fn lines(&mut self, record: &mut Value) {
        for field in ["title", "kicker", "subtitle", "source", "date"] {
            let text = string(&record[field]).to_owned();
            match self.below(8) {
                0 => record[field] = Value::Null,
                1 => record[field] = json!(format!("{text}　字")),
                2 if !text.is_empty() => record[field] = json!(text.replace('：', ": ")),
                _ => {}
            }
        }
        for heading in rows(record, "headings") {
            match self.below(5) {
                0 => heading["text"] = json!("别的小标题"),
                1 => heading["before"] = json!(self.below(9)),
                _ => {}
            }
        }
    }

    fn paragraphs(&mut self, record: &mut Value) {
        let mut after: Vec<String> = Vec::new();
        for paragraph in list(&record["paragraphs"]) {
            let mut chars: Vec<char> = string(paragraph).chars().collect();
            for _ in 0..chars.len() / 40 {
                let at = self.below(chars.len());
                match self.below(4) {
                    0 => drop(chars.remove(at)),
                    1 => chars.insert(at, '误'),
                    2 => chars[at] = '⼈',
                    _ => chars[at] = ' ',
                }
            }
            let cut = self.below(chars.len() + 1);
            match (self.below(6), after.last_mut()) {
                (0, Some(last)) => last.extend(&chars),
                (1, _) => after.extend([chars[..cut].iter().collect(), chars[cut..].iter().collect()]),
                (2, Some(last)) => {
                    let moved = std::mem::replace(last, chars.iter().collect());
                    after.push(moved);
                }
                (3, _) if self.one_in(3) => {}
                _ => after.push(chars.iter().collect()),
            }
        }
        record["paragraphs"] = json!(after);
    }

    fn mention(&mut self, mention: &mut Value) {
        let name = string(&mention["name"]).to_owned();
        match self.below(9) {
            0 => mention["kind"] = json!(["grid", "community", "organization", "place"][self.below(4)]),
            1 => mention["name"] = json!(format!("{name}小区")),
            2 => mention["name"] = json!(format!("“{name}”")),
            3 => mention["name"] = json!(name.replace("居民区", "居委会").replace("综合", "党建")),
            4 => mention["text"] = json!("无中生有"),
            _ => {}
        }
    }

    fn metric(&mut self, metric: &mut Value) {
        match self.below(14) {
            0 => metric["value"] = json!(metric["value"].as_f64().map(|value| value * 10.0)),
            1 => metric["unit"] = json!(["位", "名", "个", "㎡"][self.below(4)]),
            2 => metric["unit"] = Value::Null,
            3 => metric["subject"] = json!(["居民", "面积", "小区居民"][self.below(3)]),
            4 => metric["subject"] = Value::Null,
            5 => metric["approx"] = json!(metric["approx"] != json!(true)),
            6 => metric["bound"] = json!("min"),
            7 => metric["change"] = json!("increase"),
            8 => metric["from"] = json!(3),
            9 => metric["basis"] = json!("同比"),
            10 => metric["text"] = json!(string(&metric["text"]).chars().skip(1).collect::<String>()),
            11 => metric["start"] = json!(0),
            _ => {}
        }
    }
}

fn rows<'a>(record: &'a mut Value, field: &str) -> &'a mut Vec<Value> {
    record[field].as_array_mut().expect("a list")
}
