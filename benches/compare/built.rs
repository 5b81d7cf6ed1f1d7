//! The archive on disk: the files, the index that the program makes of them, and the bare index of the same articles.
//! Making them takes minutes, so they are kept until the generator, the schema or the program's version is another.

use super::bare;
use crate::archive::{self, Newsletters};
use jiebao::index::{Archive, Stamp, schema::row};
use jiebao::record::Record;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tantivy::collector::DocSetCollector;

/// The file that says whose folder it is and, once all is complete, what was built.
const BUILT: &str = "built.json";

/// What was built.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Built {
    /// What it was made from and by.
    key: String,
    /// Bytes of the files.
    pub(crate) files: u64,
    /// Articles in them.
    pub(crate) articles: usize,
    /// Names and figures in these.
    pub(crate) mentions: usize,
    pub(crate) metrics: usize,
    /// Bytes of the articles' text, cleaned: headlines, headings, paragraphs, bylines and sign-offs.
    pub(crate) cleaned: u64,
    /// Seconds that `jiebao ingest` took, and the most memory it had, in KiB; none where the system does not tell.
    pub(crate) seconds: f64,
    pub(crate) peak: Option<u64>,
}

/// The folders of an archive.
pub(crate) struct Folders(PathBuf);

impl Folders {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(crate) fn files(&self) -> PathBuf {
        self.0.join("files")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    pub(crate) fn bare(&self) -> PathBuf {
        self.0.join("bare")
    }

    /// What is there, made if it is not, or not the like.
    pub(crate) fn built(&self, newsletters: &Newsletters, issues: u64) -> Built {
        let stamp = Stamp::current();
        let key = format!(
            "generator {}, seed {}, {issues} issues, jiebao {}, schema {}, bare {}",
            archive::VERSION,
            newsletters.seed(),
            stamp.jiebao,
            stamp.schema,
            bare::VERSION
        );
        let read = fs::read_to_string(self.0.join(BUILT)).ok();
        match read.and_then(|json| serde_json::from_str::<Built>(&json).ok()).filter(|built| built.key == key) {
            Some(built) => built,
            None => {
                println!("building the archive in {}: {key}", self.0.display());
                self.build(newsletters, issues, key)
            }
        }
    }

    fn build(&self, newsletters: &Newsletters, issues: u64, key: String) -> Built {
        let mark = self.0.join(BUILT);
        let made = [self.files(), self.index(), self.bare()];
        let foreign = !mark.exists() && made.iter().any(|folder| folder.exists());
        assert!(!foreign, "{} holds folders that this benchmark did not make; name another", self.0.display());
        fs::create_dir_all(&self.0).expect("the folder of the archive can be made");
        fs::write(&mark, "{}").expect("the folder of the archive takes files");
        for folder in made {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("the folder of the archive can be made");
        }
        let files = newsletters.write(&self.files(), issues).expect("the folder of the archive takes files");
        let (seconds, peak) = ingest(&self.files(), &self.index());
        let archive = Archive::open(&self.index()).expect("the index was just made");
        let mut built = Built { key, files, articles: 0, mentions: 0, metrics: 0, cleaned: 0, seconds, peak };
        let counted = articles(&archive).inspect(|record| {
            built.articles += 1;
            built.mentions += record.mentions.len();
            built.metrics += record.metrics.len();
            built.cleaned += texts(record).map(|text| text.len() as u64).sum::<u64>();
        });
        bare::build(&self.bare(), counted).expect("the folder of the archive takes an index");
        let json = serde_json::to_string_pretty(&built).expect("figures are JSON");
        fs::write(&mark, json).expect("the folder of the archive takes files");
        built
    }
}

/// Runs the program's `ingest`: its seconds, and the most memory it had.
fn ingest(files: &Path, index: &Path) -> (f64, Option<u64>) {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
    command.arg("ingest").arg("--index").arg(index).arg(files).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let ended = loop {
        // The system keeps the greatest value itself; it only has to be asked before the program ends.
        let now = fs::read_to_string(&status).ok().and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse().ok()
        });
        peak = now.or(peak);
        match child.try_wait().expect("the program is ours") {
            Some(ended) => break ended,
            None => sleep(Duration::from_millis(20)),
        }
    };
    assert!(ended.success(), "`jiebao ingest` failed: {ended}");
    (start.elapsed().as_secs_f64(), peak)
}

/// All articles of an archive, in the order of the index.
pub(crate) fn articles(archive: &Archive) -> impl Iterator<Item = Record> {
    let found = archive.searcher().search(&*archive.rows(row::ARTICLE), &DocSetCollector);
    let mut found: Vec<_> = found.expect("the index is whole").into_iter().collect();
    found.sort_unstable();
    found.into_iter().map(|address| archive.record(address).expect("the index is whole"))
}

/// All texts of an article that a search looks into, the headline's first.
pub(crate) fn texts(record: &Record) -> impl Iterator<Item = &str> {
    let above = record.title.iter().chain(&record.kicker).chain(&record.subtitle);
    let headings = record.headings.iter().map(|heading| &heading.text);
    let below = record.paragraphs.iter().chain(&record.byline).chain(&record.source);
    above.chain(headings).chain(below).map(String::as_str)
}
