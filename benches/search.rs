//! What does searching a whole archive cost, beside a plain index of words, an empty program and a look through all
//! files?
//!
//! Questions, in the order of what is printed:
//!
//! 1. What was measured: how large is the archive, and does the number of its different words grow as real text's does?
//!    What did `jiebao ingest` take?
//! 2. What does each part of the index take on disk, as a multiple of the cleaned text? At most 1.8 is the aim.
//! 3. How long do a question, its ten best articles and their passages take, beside a bare tantivy index of jieba's
//!    words? At most 1.5 times at p50 and 2 times at p99. And how many articles does that index miss?
//! 4. How long does `jiebao search` take from its start to its last byte? At most 10 ms more than an empty program, and
//!    a twentieth of what `rg` takes over all files.
//!
//! `cargo bench --bench search` measures, on 20,000 invented issues (`archive`), or `JIEBAO_BENCH_ISSUES` of them. They and
//! the indexes are kept in the target folder, or in `JIEBAO_BENCH_ARCHIVE`; remove it to have them made anew.
//! `cargo bench --bench search -- --test` runs everything once on 40 issues and checks what was found against a plain look
//! through the text. `-- --files FOLDER [NUMBER]` only writes issues.

#![allow(clippy::print_stdout, reason = "the figures are what a benchmark is for")]

mod archive;
mod compare;

use archive::{Newsletters, growth};
use compare::bare::Bare;
use compare::built::{Folders, articles, texts};
use compare::queries::{Class, queries};
use compare::timed::{Timed, ask_all};
use compare::{space, table, whole};
use jiebao::index::Archive;
use jiebao::record::Record;
use std::path::{Path, PathBuf};

/// The archive that all figures are of.
const SEED: u64 = 1;

/// Its issues, and those of a test.
const ISSUES: u64 = 20_000;
const TESTED: u64 = 40;

/// Articles that questions are drawn from.
const SAMPLE: usize = 5_000;

/// How much is done: to measure, or to see that it works.
struct Extent {
    issues: u64,
    /// Questions of each class.
    queries: usize,
    /// Runs of each program.
    rounds: usize,
    /// Bytes after which different words are counted.
    sizes: [usize; 3],
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let newsletters = Newsletters::new(SEED);
    if let [flag, folder, number @ ..] = &arguments[..]
        && flag == "--files"
    {
        let number = number.first().map_or(ISSUES, |number| number.parse().expect("a number of issues"));
        newsletters.write(Path::new(folder), number).expect("the folder takes files");
        return;
    }
    // As divan has it: `cargo test` gives no `--bench`.
    let measuring =
        std::env::args().any(|argument| argument == "--bench") && !arguments.contains(&"--test".to_owned());
    if measuring {
        let issues =
            std::env::var("JIEBAO_BENCH_ISSUES").ok().map(|number| number.parse().expect("a number of issues"));
        let issues = issues.unwrap_or(ISSUES);
        let extent = Extent { issues, queries: 250, rounds: 50, sizes: [1_000_000, 10_000_000, 100_000_000] };
        let folder = std::env::var_os("JIEBAO_BENCH_ARCHIVE").map(PathBuf::from);
        let folder =
            folder.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("archive-{issues}")));
        run(&newsletters, folder, &extent);
    } else {
        let extent = Extent { issues: TESTED, queries: 20, rounds: 1, sizes: [50_000, 200_000, 800_000] };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (archive, exponent, timed) = run(&newsletters, folder.path().to_owned(), &extent);
        assert!((0.5..0.75).contains(&exponent), "different words grow as the words to the power of {exponent}");
        check(&archive, &timed);
    }
}

/// Answers all questions, in order.
fn run(newsletters: &Newsletters, folder: PathBuf, extent: &Extent) -> (Archive, f64, Vec<Timed>) {
    let folders = Folders::new(folder);
    let built = folders.built(newsletters, extent.issues);
    let archive = Archive::open(&folders.index()).expect("the index is whole");
    let bare = Bare::open(&folders.bare()).expect("the index is whole");

    println!("\nArchive\n");
    let mb = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    println!("  {} issues, {}; cleaned text {}", extent.issues, mb(built.files), mb(built.cleaned));
    println!("  {} articles, {} names, {} figures", built.articles, built.mentions, built.metrics);
    let peak = built.peak.map_or("unknown".to_owned(), |kib| mb(kib * 1024));
    println!("  jiebao ingest: {:.1} s, {peak} at most", built.seconds);
    let counts = growth::counts(newsletters, &extent.sizes);
    let mut rows = vec![table::head(&["bytes", "words", "different"])];
    rows.extend(counts.iter().map(|c| [c.bytes, c.words, c.different].map(|count| count.to_string()).to_vec()));
    println!("\n{}", table::table(&rows));
    let exponent = growth::exponent(&counts);
    println!("  different words grow as the words to the power of {exponent:.2}");

    println!("\nSpace: jiebao's index, as a multiple of the cleaned text\n");
    println!("{}", space::report(archive.searcher(), &folders.index(), built.cleaned));
    println!("Space: the bare index\n");
    println!("{}", space::report(&bare.searcher, &folders.bare(), built.cleaned));

    println!("Questions, ten best with passages; beside the bare index\n");
    let step = built.articles.div_ceil(SAMPLE).max(1);
    let sample: Vec<Record> = articles(&archive).step_by(step).collect();
    let timed = ask_all(&archive, &bare, queries(&bare, &sample, extent.queries, SEED));
    println!("{}", compare::timed::report(&timed));

    println!("Whole programs\n");
    println!("{}", whole::report(&folders.index(), &folders.files(), &typical(&timed), extent.rounds));
    (archive, exponent, timed)
}

/// A few questions for whole programs: a word of middling frequency first, then the most frequent, a name, a phrase.
fn typical(timed: &[Timed]) -> Vec<(&'static str, String)> {
    let mut words: Vec<&Timed> = timed.iter().filter(|timed| timed.class == Class::Short).collect();
    words.sort_by_key(|timed| timed.found[0]);
    let of = |class| timed.iter().find(|timed| timed.class == class);
    let chosen = [
        ("word", words.get(words.len() / 2).copied()),
        ("most frequent", words.last().copied()),
        ("name", of(Class::Name)),
        ("phrase", of(Class::Phrase)),
    ];
    chosen.into_iter().filter_map(|(name, timed)| Some((name, timed?.asked.typed()))).collect()
}

/// Every article whose text holds a question's words, and no other, must have been found.
fn check(archive: &Archive, timed: &[Timed]) {
    let all: Vec<Record> = articles(archive).collect();
    for Timed { asked, found, .. } in timed {
        let holds = |record: &&Record| asked.words.iter().all(|word| texts(record).any(|text| text.contains(word)));
        let plain = all.iter().filter(holds).count();
        assert_eq!(found[0], plain, "{asked:?}");
    }
    assert!(timed.iter().any(|timed| timed.found[1] > 0), "the bare index finds nothing");
}
