//! How long each question takes on both indexes, asked in turn, and how many articles each finds.

use super::bare::Bare;
use super::queries::{Asked, CLASSES, Class};
use super::table::{head, table};
use jiebao::index::Archive;
use jiebao::model::Decisions;
use jiebao::query::{self, Order, Show};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each question is asked; the shortest time counts, for other work on the machine only ever adds to it.
const REPEATS: usize = 5;

/// Articles of a page of results, and passages of each.
const LIMIT: usize = 10;
const PASSAGES: usize = 3;

/// What came of one question: jiebao's first, the bare index's second.
pub(crate) struct Timed {
    pub(crate) class: Class,
    pub(crate) asked: Asked,
    pub(crate) found: [usize; 2],
    least: [Duration; 2],
}

/// The one place that knows how jiebao is asked: how many articles it finds. The best are read and their passages cut.
fn ask(archive: &Archive, typed: &str) -> usize {
    let query = query::parse(typed).expect("words are a query");
    let found = query::search(archive, &query, Order::Relevance, LIMIT, 0).expect("the index is whole");
    let show = Show { passages: PASSAGES, context: 0, decisions: &Decisions::default() };
    for hit in &found.hits {
        black_box(query::passages(&hit.record, &query, &show));
    }
    found.total
}

/// Asks all questions of both.
pub(crate) fn ask_all(archive: &Archive, bare: &Bare, queries: Vec<(Class, Asked)>) -> Vec<Timed> {
    let ask_both = |(class, asked): (Class, Asked)| {
        let typed = asked.typed();
        let (mut found, mut least) = ([0; 2], [Duration::MAX; 2]);
        for _ in 0..REPEATS {
            let start = Instant::now();
            found[0] = ask(archive, &typed);
            least[0] = least[0].min(start.elapsed());
            let start = Instant::now();
            found[1] = bare.ask(&asked).expect("the index is whole");
            least[1] = least[1].min(start.elapsed());
        }
        Timed { class, asked, found, least }
    };
    queries.into_iter().map(ask_both).collect()
}

/// The table of all classes, and of all but single characters together.
pub(crate) fn report(all: &[Timed]) -> String {
    let mut rows = vec![head(&[
        "",
        "queries",
        "p50 ms",
        "bare",
        "ratio",
        "p99 ms",
        "bare",
        "ratio",
        "found",
        "bare",
        "missed by bare",
    ])];
    for (class, name) in CLASSES {
        let of_class: Vec<&Timed> = all.iter().filter(|timed| timed.class == class).collect();
        rows.push(row(name, &of_class));
    }
    let most: Vec<&Timed> = all.iter().filter(|timed| timed.class != Class::Lone).collect();
    rows.push(row("all but single characters", &most));
    table(&rows)
}

fn row(name: &str, all: &[&Timed]) -> Vec<String> {
    let mut row = vec![name.to_owned(), all.len().to_string()];
    for percent in [50, 99] {
        let [ours, bare] = [0, 1].map(|which| {
            let times: Vec<Duration> = all.iter().map(|timed| timed.least[which]).collect();
            percentile(times, percent).as_secs_f64() * 1e3
        });
        row.extend([format!("{ours:.2}"), format!("{bare:.2}"), format!("{:.2}", ours / bare)]);
    }
    let [ours, bare] = [0, 1].map(|which| all.iter().map(|timed| timed.found[which]).sum::<usize>());
    let missed: usize = all.iter().map(|timed| timed.found[0].saturating_sub(timed.found[1])).sum();
    let share = 100.0 * missed as f64 / ours as f64;
    row.extend([ours.to_string(), bare.to_string(), format!("{missed} ({share:.1}%)")]);
    row
}

/// The value that `percent` of `times` do not exceed.
pub(crate) fn percentile(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}
