//! Queries that are none, and archives that cannot be asked: one message, code 2, at once, never a panic. Belongs here: what
//! goes wrong before anything is found. Folders that are damaged: `folder`.

use crate::archive::corpus;
use crate::run::{Place, Ran};
use crate::typed;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::process::Command;
use std::time::Duration;

/// Long for a query that is refused, short for one that goes on for ever; a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(20);

fn ask(query: impl Into<OsString>, more: &[&str]) -> Ran {
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
    command.arg("search").arg("--index").arg(corpus().place.path("index")).args(more).arg("--").arg(query.into());
    place.within(SOON, &mut command)
}

/// It is refused, and told in one message that names `what`.
fn refused(query: &str, what: &str) {
    let ran = ask(query, &[]);
    let shown: String = query.chars().take(60).collect();
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{shown}: {ran:?}");
    let told = ran.err.strip_prefix("jiebao: ").unwrap_or_else(|| panic!("{shown}: {ran:?}"));
    typed::message(told.trim_end());
    assert!(told.contains(what) && ran.err.chars().count() < 700, "{shown}: {ran:?}");
}

#[test]
fn what_is_no_query_is_refused() {
    for (query, what) in [
        ("", "the query is empty"),
        (" \u{3000}\t", "the query is empty"),
        ("\u{1}\u{2}\u{1b}", "the query is empty"),
        ("，。！", "holds no character that can be searched for"),
        ("-", "holds no character that can be searched for"),
        ("*", "holds no character that can be searched for"),
        ("“”", "holds no character that can be searched for"),
        ("\"\"", "holds no character that can be searched for"),
        ("\u{200B}", "holds no character that can be searched for"),
        ("AND", "stands where a word was expected"),
        ("OR OR", "stands where a word was expected"),
        ("NOT", "is the end, where a word was expected"),
        ("AND OR NOT", "stands where a word was expected"),
        ("网格 AND NOT", "is the end, where a word was expected"),
        ("()", "is a bracket without a word in it"),
        ("(网格", "opens a bracket that is not closed"),
        ("网格)", "closes a bracket that was never opened"),
        ("\"网格", "begins a phrase that does not end"),
        ("网格 \"", "begins a phrase that does not end"),
        ("\"网格 党建\"~", "needs a number"),
        ("\"网格 党建\"~x", "needs a number"),
        ("\"网格 党建\"~101", "more than the 100"),
        ("\"网格 党建\"~99999999999999999999999", "needs a number"),
        (".*.*.*", "holds a `*` that is not at its end"),
        ("nofield:网格", "names no field"),
        ("a:b:c", "names no field"),
        ("titel:网格", "did you mean `title`?"),
        ("metric:(nofield:1)", "names no field of figures"),
        ("metric:metric:户", "names no field of figures"),
        ("value:3", "write `metric:(value:…)`"),
        ("title:", "no word stands behind it"),
        ("title:)", "no word stands behind it"),
        ("metric:()", "is a bracket without a word in it"),
        ("date:2024-13", "is no date"),
        ("date:2023-02-29", "is no date"),
        ("date:去年", "is no date"),
        ("date:2024/05/06", "is no date"),
        ("date:2025..2024", "ends before it begins"),
        ("date:2024-06-02..2024-06-01", "ends before it begins"),
        ("date:..", "has neither a first nor a last day"),
        ("date:>2024", "compares dates"),
        ("metric:value:>=", "is no number"),
        ("metric:value:", "no word stands behind it"),
        ("metric:value:1e999", "is no number that can be compared with"),
        ("metric:value:NaN", "is no number that can be compared with"),
        ("metric:value:9..3", "ends before it begins"),
        ("metric:value:60%", "is no number"),
        ("metric:change:fall", "is none of `increase`"),
        ("metric:approx:perhaps", "is none of `true`"),
        ("community:\"网格 党建\"~5", "which only texts have"),
    ] {
        refused(query, what);
    }
}

#[test]
fn long_and_deep_queries_are_refused() {
    refused(&"网".repeat(33_000), "the query has 33000 characters");
    refused(&"(".repeat(10_000), "lies deeper than 50 brackets");
    refused(&format!("{}网{}", "(".repeat(4000), ")".repeat(4000)), "lies deeper than 50 brackets");
    refused(&"NOT ".repeat(2500), "lies deeper than 50 brackets");
    refused(&"-".repeat(10_000), "lies deeper than 50 brackets");
    refused(&"网 ".repeat(501), "the query has 501 words");
    refused(&format!("\"{}\"~5", "网 ".repeat(501)), "the query has 501 words");
    refused(&"\"".repeat(9999), "begins a phrase that does not end");
    // Longer than the system takes as one argument: as many.
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
    command.args(["search", "--index"]).arg(corpus().place.path("index")).args((0..8).map(|_| "网格".repeat(20_000)));
    let ran = place.within(SOON, &mut command);
    assert!(ran.code == Some(2) && ran.err.contains("the query has 320007 characters"), "{ran:?}");
}

/// What looks like a trap and is a query all the same.
#[test]
fn hard_queries_are_answered() {
    for query in [
        "的 了",
        "的",
        "(a+)+$",
        "a{1,99}",
        "[网格]",
        "网格 and 社区",
        "' OR 1=1 --",
        "网格\u{0}\u{1b}[31m社区",
        "~",
        "\\",
        "社区\\",
        "居民（社区）",
        "http://example.org/?a=b",
    ] {
        let query = query.replace('\0', "\u{2}");
        let ran = ask(query.as_str(), &[]);
        assert!(matches!(ran.code, Some(0..=2)), "{query}: {ran:?}");
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{query}: {ran:?}");
        assert!(ran.code != Some(2) || ran.err.starts_with("jiebao: the query cannot be read: "), "{query}: {ran:?}");
    }
    let many: Vec<String> =
        (0..500).map(|at| format!("{}OR 社区", if at % 2 == 0 { "的 " } else { "居民* " })).collect();
    let many = many[..240].join(" ");
    assert_eq!(ask(many.as_str(), &["--limit", "1"]).code, Some(0));
    // The longest words: those of one text, and of none.
    assert_eq!(ask("网".repeat(10_000), &[]).code, Some(1));
    // A word that is asked for again stands where it stands already.
    assert_eq!(ask(format!("\"{}\"~100", "社区 ".repeat(500)), &[]).code, Some(0));
    assert_eq!(ask("x".repeat(10_000), &[]).code, Some(1));
    assert!(matches!(ask("1".repeat(10_000), &[]).code, Some(1)));
    assert_eq!(ask(format!("{}社区{}", "(".repeat(50), ")".repeat(50)), &[]).code, Some(0));
}

#[test]
fn arguments_that_are_no_text_are_refused() {
    let ran = ask(OsString::from_vec(b"\xB5\xE7\xCC\xDD".to_vec()), &[]);
    assert!(ran.code == Some(2) && ran.out.is_empty() && !ran.err.is_empty(), "{ran:?}");
    for args in [
        &["--limit", "-1"][..],
        &["--limit", "x"],
        &["--limit", "99999999999999999999999"],
        &["--sort", "best"],
        &["--of", "metric"],
        &["--count", "--all"],
        &["--all", "--limit", "3"],
        &["--context", "-1"],
        &["--facet", ""],
        &["--facet", "title"],
    ] {
        let ran = ask("社区", args);
        assert!(ran.code == Some(2) && ran.out.is_empty() && !ran.err.is_empty(), "{args:?}: {ran:?}");
    }
}

#[test]
fn no_page_is_too_far() {
    let ran = ask("社区", &["--limit", "0"]);
    assert!(ran.code == Some(0) && ran.out.is_empty() && ran.err.contains(" articles found"), "{ran:?}");
    let ran = ask("社区", &["--offset", "18446744073709551615"]);
    assert!(ran.code == Some(0) && ran.out.is_empty() && ran.err.contains("none from number"), "{ran:?}");
    let ran = ask("社区", &["--limit", "18446744073709551615", "--passages", "18446744073709551615", "--count"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let wide = ask("社区", &["--context", "18446744073709551615", "--passages", "18446744073709551615", "--json"]);
    assert!(wide.code == Some(0) && wide.out.starts_with('{'), "{wide:?}");
    let kwic = corpus().place.run(&["kwic", "社区", "--width", "18446744073709551615", "--limit", "2", "--json"]);
    assert_eq!((kwic.code, kwic.out.lines().count()), (Some(0), 2));
}

/// Who searches while a batch goes in sees what was there before.
#[test]
fn a_batch_that_goes_in_disturbs_nobody() {
    let place = Place::with_pages();
    let before = place.run(&["search", "网格", "--count"]).out;
    for at in 0..150 {
        let page = format!("梧溪街道第{at}次议事\n居民在凉亭里谈网格的事，谈了一个下午，走访{at}户。\n");
        place.write(format!("corpus/梧溪街讯-{at}.txt"), page);
    }
    let mut ingest = Command::new(env!("CARGO_BIN_EXE_jiebao"))
        .arg("ingest")
        .current_dir(place.path(""))
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the command starts");
    let after = format!("{}\n", before.trim_end().parse::<usize>().expect("a number") + 150);
    let mut seen = Vec::new();
    loop {
        let done = ingest.try_wait().expect("our child");
        let ran = place.run(&["search", "网格", "--count"]);
        assert!(ran.code == Some(0) && (ran.out == before || ran.out == after), "{ran:?}");
        seen.push(ran.out);
        if let Some(status) = done {
            assert!(status.success());
            break;
        }
    }
    assert_eq!((seen.first(), seen.last()), (Some(&before), Some(&after)));
    assert!(seen.is_sorted_by_key(|out| *out == after), "once it is seen, it stays");
}

/// A shell gives the words of a query one by one.
#[test]
fn a_minus_before_a_word_is_no_option() {
    let place = &corpus().place;
    let count = |args: &[&str]| place.run(&[&["search", "--count"], args].concat());
    let (apart, together) = (count(&["停车", "-收费"]), count(&["停车 -收费"]));
    assert_eq!((apart.code, &apart.out), (Some(0), &together.out), "{apart:?}");
    let full = place.command(Command::new("sh").args([
        "-c",
        "exec \"$0\" search 停车 --count >/dev/full",
        env!("CARGO_BIN_EXE_jiebao"),
    ]));
    assert!(full.code == Some(2) && full.err.contains("cannot write to standard output"), "{full:?}");
}
