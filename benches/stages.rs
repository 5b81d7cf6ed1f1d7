//! Where does the time go between a file's bytes and the index, and does each stage's cost grow with the text alone?
//!
//! Questions, in the order of the groups:
//!
//! 1. `baseline`: what the same bytes cost for a pass that only checks UTF-8, for one that looks at each character,
//!    for SHA-256, and for cutting words once with the dictionary. A stage that is near `cut` is as fast as one
//!    that knows words can be.
//!
//! Inputs: `line` a paragraph of a newsletter, `page` two thousand bytes up to a line's end, `issue` one file of
//! the sample corpus, `corpus` its UTF-8 files one after the other, again and again up to 2 MB. All rates count
//! the bytes of the file. Dictionaries are loaded before anything is measured.
//!
//! `cargo bench --bench stages` measures; `cargo bench --bench stages -- --test` runs everything once, the corpus
//! at a tenth of its size.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jiebao::index::{Rows, Writer};
use jiebao::lexicon::WORDS;
use jiebao::lexicon::chars::is_han;
use jiebao::model::{Article, Issue};
use jiebao::source::{self, Source};
use jiebao::{clean, decode, entity, layout, metric, pipeline, segment};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

/// Bytes of the greatest input.
const CORPUS: usize = 2 << 20;

/// Time a benchmark may take, but for its first sample.
const MOST: Duration = Duration::from_secs(1);

const INPUTS: [&str; 4] = ["line", "page", "issue", "corpus"];

static SOURCES: LazyLock<[Source; 4]> = LazyLock::new(|| {
    let (files, _) = source::find(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]);
    let read = |path: &std::path::PathBuf| source::read(path).expect("a sample issue is readable");
    // Decoded as they are read, so that every byte of an input is of one kind.
    let utf8 = |source: Source| String::from_utf8(source.bytes).ok();
    let issues: Vec<String> = files.iter().map(read).filter_map(utf8).collect();
    let issue = issues.first().expect("the sample corpus has issues").clone();
    let line = issue.lines().max_by_key(|line| line.len()).expect("an issue has lines").to_owned();
    let page: String = issue.split_inclusive('\n').scan(0, |at, line| before(at, line, 2000)).collect();
    let testing = std::env::args().any(|argument| argument == "--test");
    let limit = if testing { CORPUS / 10 } else { CORPUS };
    let corpus: String = issues.iter().cycle().scan(0, |at, issue| before(at, issue, limit)).collect();
    let source = |(name, text): (&str, String)| Source::new(&format!("{name}.txt"), text.into_bytes());
    [("line", line), ("page", page), ("issue", issue), ("corpus", corpus)].map(source)
});

/// `text`, if it starts before `limit` bytes were taken.
fn before<'a>(taken: &mut usize, text: &'a str, limit: usize) -> Option<&'a str> {
    let start = *taken;
    *taken += text.len();
    (start < limit).then_some(text)
}

fn source(name: &str) -> &'static Source {
    let at = INPUTS.iter().position(|input| *input == name).expect("an input of ours");
    &SOURCES[at]
}

fn issue(name: &str) -> Issue {
    pipeline::read_issue(source(name)).expect("an input is text")
}

/// An input's articles before anything was looked for in them.
fn articles(name: &str) -> Vec<Article> {
    let mut articles = issue(name).articles;
    for article in &mut articles {
        article.mentions.clear();
        article.metrics.clear();
    }
    articles
}

/// A bencher that counts the bytes of the input.
fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, name: &str) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::of_slice(&source(name).bytes))
}

mod baseline {
    use super::*;

    #[divan::bench(args = INPUTS)]
    fn utf8(bencher: Bencher<'_, '_>, name: &str) {
        let bytes = &source(name).bytes;
        counted(bencher, name).bench_local(|| String::from_utf8(black_box(bytes).clone()));
    }

    #[divan::bench(args = INPUTS)]
    fn characters(bencher: Bencher<'_, '_>, name: &str) {
        let text = std::str::from_utf8(&source(name).bytes).expect("an input is UTF-8");
        counted(bencher, name).bench_local(|| black_box(text).chars().filter(|&c| is_han(c)).count());
    }

    #[divan::bench(args = INPUTS)]
    fn sha256(bencher: Bencher<'_, '_>, name: &str) {
        let bytes = &source(name).bytes;
        counted(bencher, name).with_inputs(|| bytes.clone()).bench_local_values(|bytes| Source::new("a.txt", bytes));
    }

    #[divan::bench(args = INPUTS)]
    fn cut(bencher: Bencher<'_, '_>, name: &str) {
        let text = std::str::from_utf8(&source(name).bytes).expect("an input is UTF-8");
        counted(bencher, name).bench_local(|| WORDS.cut(black_box(text), false).len());
    }
}

mod stage {
    use super::*;

    #[divan::bench(args = INPUTS)]
    fn a_decode(bencher: Bencher<'_, '_>, name: &str) {
        counted(bencher, name).bench_local(|| decode::decode(black_box(source(name))));
    }

    #[divan::bench(args = INPUTS)]
    fn b_clean(bencher: Bencher<'_, '_>, name: &str) {
        let decoded = decode::decode(source(name)).expect("an input is text");
        counted(bencher, name).bench_local(|| clean::page(black_box(&decoded.text)));
    }

    #[divan::bench(args = INPUTS)]
    fn c_layout(bencher: Bencher<'_, '_>, name: &str) {
        let decoded = decode::decode(source(name)).expect("an input is text");
        let (text, repairs) = clean::page(&decoded.text);
        counted(bencher, name).bench_local(|| layout::page(black_box(&text), &repairs));
    }

    #[divan::bench(args = INPUTS)]
    fn d_segment(bencher: Bencher<'_, '_>, name: &str) {
        let source = source(name);
        let decoded = decode::decode(source).expect("an input is text");
        let (text, repairs) = clean::page(&decoded.text);
        let page = layout::page(&text, &repairs);
        counted(bencher, name)
            .with_inputs(|| (decoded.clone(), repairs.clone(), page.clone()))
            .bench_local_values(|(decoded, repairs, page)| segment::issue(source, decoded, repairs, page));
    }

    #[divan::bench(args = INPUTS)]
    fn e_entity(bencher: Bencher<'_, '_>, name: &str) {
        let (articles, context) = (articles(name), entity::Context::dated(issue(name).date));
        let all =
            || articles.iter().map(|article| entity::mentions(black_box(article), &context).len()).sum::<usize>();
        counted(bencher, name).bench_local(all);
    }

    #[divan::bench(args = INPUTS)]
    fn f_metric(bencher: Bencher<'_, '_>, name: &str) {
        // Figures are kept out of names, so the names are there.
        let articles = issue(name).articles;
        let all = || articles.iter().map(|article| metric::metrics(black_box(article)).len()).sum::<usize>();
        counted(bencher, name).bench_local(all);
    }

    #[divan::bench(args = INPUTS)]
    fn whole(bencher: Bencher<'_, '_>, name: &str) {
        counted(bencher, name).bench_local(|| pipeline::read_issue(black_box(source(name))));
    }
}

mod index {
    use super::*;

    #[divan::bench(args = INPUTS)]
    fn rows(bencher: Bencher<'_, '_>, name: &str) {
        let issue = issue(name);
        counted(bencher, name).bench_local(|| Rows::new(black_box(&issue), name));
    }

    #[divan::bench(args = INPUTS)]
    fn write(bencher: Bencher<'_, '_>, name: &str) {
        let issue = issue(name);
        let fresh = || (tempfile::tempdir().expect("a temporary folder"), Rows::new(&issue, name));
        counted(bencher, name).with_inputs(fresh).bench_local_values(|(folder, rows)| {
            let (mut writer, _) = Writer::open(folder.path()).expect("the index opens for writing");
            writer.add(rows).expect("the index takes rows");
            writer.commit().expect("the index commits");
            folder
        });
    }
}

fn main() {
    // What is parsed on first use is parsed here.
    black_box((WORDS.has_word("网格"), issue("issue")));
    divan::Divan::from_args().max_time(MOST).main();
}
