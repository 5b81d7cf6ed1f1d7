//! How long whole programs take, from their start to their last byte. They run in turn, so that whatever else the
//! machine does meets all of them.

use super::table::{head, table};
use super::timed::percentile;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program with its arguments.
struct Run {
    name: String,
    command: Vec<OsString>,
    /// One run for so many of the others.
    every: usize,
    times: Vec<Duration>,
}

/// Times `jiebao search` for each of `queries` beside a program that does nothing, `jiebao --version`, and `rg` for the
/// first of them over `files`.
pub(crate) fn report(index: &Path, files: &Path, queries: &[(&str, String)], rounds: usize) -> String {
    let jiebao = OsString::from(env!("CARGO_BIN_EXE_jiebao"));
    let run =
        |name: &str, every, command: Vec<OsString>| Run { name: name.to_owned(), command, every, times: vec![] };
    let mut runs = vec![
        run("true", 1, vec!["true".into()]),
        run("jiebao --version", 1, vec![jiebao.clone(), "--version".into()]),
    ];
    for (name, typed) in queries {
        let command = vec![jiebao.clone(), "search".into(), typed.into(), "--index".into(), index.into()];
        runs.push(run(&format!("jiebao search, {name} {typed}"), 1, command));
    }
    let mut note = String::new();
    match queries.first().filter(|_| exists("rg")) {
        Some((_, typed)) => runs.push(run(
            &format!("rg {typed}"),
            5,
            vec!["rg".into(), "--no-messages".into(), typed.into(), files.into()],
        )),
        None => note += "  rg is not installed, so nothing is said of it\n",
    }
    for round in 0..rounds {
        for run in runs.iter_mut().filter(|run| round % run.every == 0) {
            run.times.push(time(&run.command));
        }
    }
    let median = |at: usize| runs.get(at).map(|run: &Run| percentile(run.times.clone(), 50));
    let empty = median(0).unwrap_or_default();
    // The first search stands third, and `rg` last.
    if let (true, Some(search), Some(rg)) = (note.is_empty(), median(2), median(runs.len() - 1)) {
        note =
            format!("  rg takes {:.1} times what the first search takes\n", rg.as_secs_f64() / search.as_secs_f64());
    }
    let mut rows = vec![head(&["", "runs", "median ms", "p95 ms", "median less `true`"])];
    for Run { name, times, .. } in runs {
        let [median, high] = [50, 95].map(|percent| percentile(times.clone(), percent));
        let over = (median.as_secs_f64() - empty.as_secs_f64()) * 1e3;
        let milliseconds = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e3);
        rows.push(vec![
            name,
            times.len().to_string(),
            milliseconds(median),
            milliseconds(high),
            format!("{over:.2}"),
        ]);
    }
    table(&rows) + &note
}

fn exists(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok()
}

/// From exec to the last byte of what it prints.
fn time(command: &[OsString]) -> Duration {
    let [program, arguments @ ..] = command else { return Duration::ZERO };
    let start = Instant::now();
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    std::hint::black_box(output.expect("the program starts").stdout.len());
    start.elapsed()
}
