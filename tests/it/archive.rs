//! An archive that several tests ask, made once, and a plain way to read its texts. Belongs here: what stands between a
//! test and its question. Nothing of `jiebao::query` decides here what a text holds.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use crate::run::Place;
use jiebao::index::{Archive, Unit, units};
use jiebao::query::{addresses, holds, parse};
use jiebao::record::Record;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tantivy::DocAddress;

/// An index, and every article in it.
pub(crate) struct Asked {
    pub(crate) place: Place,
    pub(crate) archive: Archive,
    addresses: Vec<DocAddress>,
    /// In the order of their ids.
    pub(crate) records: Vec<Record>,
}

/// Articles, by their places in [`Asked::records`].
pub(crate) type Articles = BTreeSet<usize>;

/// Where a text of an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Heading,
    Body,
    Source,
}

impl Asked {
    /// Asks what was ingested in `place`.
    pub(crate) fn new(place: Place) -> Self {
        let archive = Archive::open(&place.path("index")).expect("the index opens");
        let (addresses, count) = archive.articles_named("", 100_000).expect("the index reads");
        assert_eq!(addresses.len(), count);
        let records = addresses.iter().map(|&address| archive.record(address).expect("a record")).collect();
        Self { place, archive, addresses, records }
    }

    /// An archive of pages, each a name and a text.
    pub(crate) fn of_pages<T: AsRef<str>>(pages: &[(T, T)]) -> Self {
        let place = Place::new();
        pages.iter().for_each(|(name, text)| place.write(format!("corpus/{}", name.as_ref()), text.as_ref()));
        let ran = place.run(&["ingest"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        Self::new(place)
    }

    /// An archive of the newsletters in a folder of the project; none if it is not here.
    fn of_folder(folder: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let Ok(entries) = fs::read_dir(&folder) else {
            eprintln!("skipped: {} is not here", folder.display());
            return None;
        };
        let place = Place::new();
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let name = path.file_name().expect("a file has a name").to_owned();
            place.write(Path::new("corpus").join(name), fs::read(&path).expect("a newsletter"));
        }
        let ran = place.run(&["ingest"]);
        assert!(ran.code == Some(0), "{ran:?}");
        Some(Self::new(place))
    }

    /// The articles that the index finds.
    pub(crate) fn found(&self, query: &str) -> Articles {
        let read = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let at = |address| self.addresses.iter().position(|known| *known == address).expect("an article");
        addresses(&self.archive, &read).expect("the index reads").into_iter().map(at).collect()
    }

    /// The articles of which the query holds when they are read from end to end.
    pub(crate) fn scanned(&self, query: &str) -> Articles {
        let read = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let decisions = self.archive.decisions().expect("the index reads");
        self.of(|record| holds(&read.expr, record, &decisions))
    }

    /// The articles of which something is true.
    pub(crate) fn of(&self, mut wanted: impl FnMut(&Record) -> bool) -> Articles {
        let articles = self.records.iter().enumerate();
        articles.filter(|(_, record)| wanted(record)).map(|(at, _)| at).collect()
    }
}

static CORPUS: LazyLock<Option<Asked>> = LazyLock::new(|| Asked::of_folder("corpus"));
static SEEDS: LazyLock<Option<Asked>> = LazyLock::new(|| Asked::of_folder("../shared/seeds"));

/// The sample corpus.
pub(crate) fn corpus() -> &'static Asked {
    CORPUS.as_ref().expect("the sample corpus is part of the project")
}

/// The pages that came with the task, if they are here.
pub(crate) fn seeds() -> Option<&'static Asked> {
    SEEDS.as_ref()
}

/// All that search reads of an article.
pub(crate) fn texts(record: &Record) -> Vec<(Part, &str)> {
    let headings = record.headings.iter().map(|heading| &heading.text);
    let title = record.title.iter().map(|text| (Part::Title, text));
    let headings = record.kicker.iter().chain(&record.subtitle).chain(headings).map(|text| (Part::Heading, text));
    let body = record.paragraphs.iter().map(|text| (Part::Body, text));
    let source = record.byline.iter().chain(&record.source).map(|text| (Part::Source, text));
    title.chain(headings).chain(body).chain(source).map(|(part, text)| (part, text.as_str())).collect()
}

/// A text as it is compared: one width, case and script, no spaces, words of letters between bars.
pub(crate) fn folded(text: &str) -> String {
    let mut all = String::new();
    for (unit, _) in units(text) {
        match unit {
            Unit::Han(c) | Unit::Mark(c) => all.push(c),
            Unit::Word(word) => all.extend(["\u{1}", &word, "\u{1}"]),
        }
    }
    all
}

/// A Han character, of those that newsletters are written in.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    /// One of `all`.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
