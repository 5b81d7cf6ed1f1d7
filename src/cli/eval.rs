//! `jiebao eval`: scores newsletters, or ready records, against gold.

use super::{Exit, complain};
use crate::error::Error;
use crate::eval::mistake::First;
use crate::eval::{Gold, Predictions, Report, gold, report, score};
use crate::record::records;
use crate::{pipeline, source};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

const HELP: &str = "\
Examples:
  jiebao eval --gold corpus/gold                       score the issues that stand beside the gold
  jiebao eval --gold corpus/gold corpus/2024-03.txt    one issue
  jiebao eval --gold corpus/gold records.jsonl         records that `jiebao extract` printed earlier
  jiebao eval --gold corpus/gold --errors 5            and the first five mistakes of each sort
  jiebao eval --gold corpus/gold --fail-under articles_f1=1,entities.grid.f1=0.9

Exit codes:
  0  scored
  1  scored, but a file was refused, gold has no record, offsets do not hold, or a figure is beyond its limit
  2  not scored: wrong arguments, or malformed gold or records";

/// Arguments of `jiebao eval`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    /// Newsletters, folders of them, or `.jsonl` files of records; without any, the newsletters in the gold's
    /// folder and the folder above it that are named like the gold.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of `NAME.gold.json` files, or one such file; may be repeated.
    #[arg(long, required = true, value_name = "DIR")]
    gold: Vec<PathBuf>,
    /// Print one JSON object instead of tables.
    #[arg(long)]
    json: bool,
    /// Show the first N mistakes of each sort, with their words.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Exit with 1 when a figure is less than this; names as in `--json`, those of `overall` or a path such as
    /// `entities.grid.f1`.
    #[arg(long, value_name = "NAME=VALUE", value_delimiter = ',')]
    fail_under: Vec<Limit>,
    /// Exit with 1 when a figure is more than this; for `cer`, `lost`, `extra`, `offset_errors`.
    #[arg(long, value_name = "NAME=VALUE", value_delimiter = ',')]
    fail_over: Vec<Limit>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    write(args, &mut io::stdout().lock())
}

fn write(args: &Args, out: &mut impl Write) -> anyhow::Result<Exit> {
    // The score of nothing has every figure: a name that it lacks is a typing mistake, told before any work.
    beyond(args, &score(&[], &Predictions::default())?)?;
    let golds = read_golds(&args.gold)?;
    let mut predictions = Predictions::default();
    let refused = predict(args, &golds, &mut predictions)?;
    let report = score(&golds, &predictions)?;

    if args.json {
        let errors = (args.errors > 0).then(|| report.mistakes.first(args.errors));
        // As an error of the output, so that a closed pipe is known as one.
        serde_json::to_writer_pretty(&mut *out, &Printed { report: &report, errors }).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", report::text(&report, args.errors)?)?;
    }
    out.flush()?;

    for name in &report.gold_without_prediction {
        complain(&format!("{name}: there is gold, but no record; name the newsletter or its records"));
    }
    if report.micro.offset_errors > 0 {
        let count = report.micro.offset_errors;
        complain(&format!("{count} mentions and metrics do not stand where they say; see them with `--errors 5`"));
    }
    let beyond = beyond(args, &report)?;
    beyond.iter().for_each(|what| complain(what));
    let whole = refused == 0 && report.gold_without_prediction.is_empty() && report.micro.offset_errors == 0;
    Ok(if whole && beyond.is_empty() { Exit::Done } else { Exit::Partly })
}

/// The object that `--json` prints.
#[derive(serde::Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<First<'a>>,
}

pub(super) fn read_golds(places: &[PathBuf]) -> anyhow::Result<Vec<Gold>> {
    let mut golds = Vec::new();
    for place in places {
        let files = if place.is_dir() { gold_files(place)? } else { vec![place.clone()] };
        for file in files {
            golds.push(gold::parse(&file, &source::read(&file)?.bytes)?);
        }
    }
    Ok(golds)
}

fn gold_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = listed(folder)?.into_iter().filter(|path| path.to_string_lossy().ends_with(gold::ENDING));
    let files: Vec<_> = files.collect();
    if files.is_empty() {
        let what = format!("holds no *{} file; name the folder that the gold is in", gold::ENDING);
        return Err(Error::refused(folder, what).into());
    }
    Ok(files)
}

/// The entries of a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |cause| Error::io(folder, "cannot list", cause);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

/// Collects the records to be scored. Says how many inputs were refused.
fn predict(args: &Args, golds: &[Gold], predictions: &mut Predictions) -> anyhow::Result<usize> {
    let beside = if args.paths.is_empty() { beside(&args.gold, golds)? } else { Vec::new() };
    let is_records = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
    let (ready, raw): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().chain(&beside).partition(is_records);
    for path in ready {
        predictions.add_lines(path, &source::read(path)?.bytes)?;
    }
    let (files, errors) = source::find(&raw.into_iter().cloned().collect::<Vec<_>>());
    let mut refused = errors.len();
    errors.iter().for_each(|error| complain(&error.to_string()));
    let issues: Vec<_> =
        files.par_iter().map(|file| source::read(file).and_then(|source| pipeline::read_issue(&source))).collect();
    for (file, issue) in files.iter().zip(issues) {
        match issue {
            Ok(issue) => {
                for record in records(&issue) {
                    predictions.add(&record, &format!("{}: article {}", file.display(), record.ordinal))?;
                }
            }
            Err(error) => {
                refused += 1;
                complain(&error.to_string());
            }
        }
    }
    Ok(refused)
}

/// The newsletters in the folders of the gold, and the folders above those, that are named like a gold issue.
fn beside(places: &[PathBuf], golds: &[Gold]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for place in places {
        let place = fs::canonicalize(place).map_err(|cause| Error::io(place, "cannot look at it", cause))?;
        let folder = if place.is_dir() { Some(place.as_path()) } else { place.parent() };
        for folder in folder.into_iter().flat_map(|folder| folder.ancestors().take(2)) {
            found.extend(listed(folder)?.into_iter().filter(|path| is_newsletter_of(path, golds)));
        }
    }
    if found.is_empty() {
        let what = "no newsletter is named like the gold, in its folder or above it; \
                    name them: `jiebao eval --gold DIR PATH...`";
        return Err(Error::Usage(what.to_owned()).into());
    }
    Ok(found)
}

fn is_newsletter_of(path: &Path, golds: &[Gold]) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["txt", "md"].contains(&ending.as_str()) && golds.iter().any(|gold| gold.names.contains(stem.as_ref()))
}

/// A figure and the value it is held against.
#[derive(Clone, Debug, PartialEq)]
struct Limit {
    name: String,
    value: f64,
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let (name, value) = argument.split_once('=').ok_or("expected NAME=VALUE, such as metrics_f1=0.85")?;
        let number = value.trim().parse().ok().filter(|number: &f64| number.is_finite());
        let value = number.ok_or_else(|| format!("`{value}` is not a number"))?;
        Ok(Self { name: name.trim().to_owned(), value })
    }
}

/// The figures beyond their limits, in words. A share of nothing is beyond any: a limit that measures nothing
/// should not pass unseen.
fn beyond(args: &Args, report: &Report) -> Result<Vec<String>, Error> {
    let json = json!(report);
    let mut beyond = Vec::new();
    for (limits, side, order) in
        [(&args.fail_under, "under", Ordering::Less), (&args.fail_over, "over", Ordering::Greater)]
    {
        for Limit { name, value } in limits {
            match figure(&json, name)? {
                None => beyond.push(format!("{name} is a share of nothing, so it cannot be held against {value}")),
                Some(figure) if figure.total_cmp(value) == order => {
                    beyond.push(format!("{name} is {figure}, {side} {value}"));
                }
                Some(_) => {}
            }
        }
    }
    Ok(beyond)
}

/// A figure by its name in `overall`, or by its path in `micro`.
fn figure(report: &Value, name: &str) -> Result<Option<f64>, Error> {
    let found =
        report["overall"].get(name).or_else(|| report["micro"].pointer(&format!("/{}", name.replace('.', "/"))));
    match found {
        Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_f64()),
        _ => {
            let known = report["overall"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
            let known = known.collect::<Vec<_>>().join(", ");
            Err(Error::Usage(format!("no figure is called `{name}`; there are {known}, and paths as in `--json`")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    const GOLD: &str = r#"{"doc": "h01", "articles": [{"title": "柳园添新亭", "paragraphs": ["柳园居民区新建凉亭一座。"],
        "entities": [{"kind": "community", "name": "柳园居民区"}], "metrics": []}]}"#;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    fn outcome(folder: &Path, arguments: &[&str]) -> anyhow::Result<Exit> {
        let gold = folder.join("gold");
        let fixed = ["eval".as_ref(), "--gold".as_ref(), gold.as_os_str()];
        let arguments = arguments.iter().map(|argument| argument.as_ref());
        write(&Cli::try_parse_from(fixed.into_iter().chain(arguments))?.args, &mut io::sink())
    }

    fn corpus() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("gold")).expect("a folder");
        fs::write(folder.path().join("gold/h01.gold.json"), GOLD).expect("a file");
        folder
    }

    #[test]
    fn the_exit_code_tells_how_it_went() {
        let folder = corpus();
        let nothing = outcome(folder.path(), &[]).expect_err("no newsletter");
        assert!(nothing.to_string().contains("named like the gold"), "{nothing}");

        let issue = folder.path().join("h01.txt");
        fs::write(&issue, "柳园添新亭\n柳园居民区新建凉亭一座。\n").expect("a file");
        fs::write(folder.path().join("other.txt"), "别的\n").expect("a file");
        assert_eq!(outcome(folder.path(), &[]).expect("scored"), Exit::Done);
        assert_eq!(outcome(folder.path(), &["--json", "--errors", "2"]).expect("scored"), Exit::Done);
        assert_eq!(outcome(folder.path(), &["--fail-under", "articles_f1=1,title=1"]).expect("scored"), Exit::Done);
        assert_eq!(outcome(folder.path(), &["--fail-over", "cer=0,text.lost=0"]).expect("scored"), Exit::Done);
        for short in ["metrics_f1=0.1", "metrics.subject.accuracy=0"] {
            assert_eq!(outcome(folder.path(), &["--fail-under", short]).expect("scored"), Exit::Partly, "{short}");
        }
        let unknown = outcome(folder.path(), &["--fail-under", "beauty=1"]).expect_err("no such figure");
        assert!(unknown.to_string().contains("`beauty`") && unknown.to_string().contains("articles_f1"), "{unknown}");

        let (issue, missing) = (issue.to_string_lossy(), folder.path().join("none.txt"));
        let partly = outcome(folder.path(), &[&issue, &missing.to_string_lossy()]);
        assert_eq!(partly.expect("scored"), Exit::Partly);
        let other = folder.path().join("other.txt");
        assert_eq!(outcome(folder.path(), &[&other.to_string_lossy()]).expect("scored"), Exit::Partly);
    }

    #[test]
    fn malformed_input_is_named_with_its_place() {
        let folder = corpus();
        let lines = folder.path().join("out.jsonl");
        fs::write(&lines, "\n{\"schema\": 1}\n").expect("a file");
        let error = outcome(folder.path(), &[&lines.to_string_lossy()]).expect_err("refused").to_string();
        assert!(error.contains("out.jsonl: line 2") && error.contains("missing field `id`"), "{error}");
        fs::write(folder.path().join("gold/h02.gold.json"), "{\"doc\": \"h02\"}").expect("a file");
        let error = outcome(folder.path(), &[]).expect_err("refused").to_string();
        assert!(error.contains("h02.gold.json: line 1") && error.contains("missing field `articles`"), "{error}");
    }

    #[test]
    fn limits_are_read() {
        assert_eq!("cer = 0.005".parse(), Ok(Limit { name: "cer".to_owned(), value: 0.005 }));
        assert!("cer".parse::<Limit>().is_err_and(|error| error.contains("NAME=VALUE")));
        assert!("cer=nan".parse::<Limit>().is_err());
        assert!("cer=low".parse::<Limit>().is_err_and(|error| error.contains("`low`")));
    }
}
