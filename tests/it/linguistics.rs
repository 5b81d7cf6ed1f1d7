//! Corpus analysis against a plain count: over the JSON lines of `extract`, with jieba alone, and nothing of `jiebao::linguistics`.

use crate::archive::corpus;
use crate::run::{Place, Ran};
use jieba_rs::Jieba;
use jiebao::lexicon::chars::{ends_sentence, narrow};
use jiebao::lexicon::script::folded;
use jiebao::record::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The articles of the sample corpus, as `extract` prints them.
static EXTRACTED: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let ran = corpus().place.run(&["extract", "corpus"]);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
});

fn texts(record: &Record) -> impl Iterator<Item = String> {
    let headings = record.headings.iter().map(|heading| &heading.text);
    let lines = [&record.kicker, &record.title, &record.subtitle];
    let all = lines.into_iter().flatten().chain(headings).chain(&record.paragraphs);
    all.map(|text| text.chars().map(|c| narrow(folded(c))).collect())
}

fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

fn is_figure(word: &str) -> bool {
    word.chars().any(char::is_numeric) && !word.chars().any(char::is_alphabetic)
}

/// What jieba makes of a text: words, and marks, which are none.
fn cut(text: &str) -> Vec<String> {
    JIEBA.cut(text, true).into_iter().map(|token| token.word.to_ascii_lowercase()).collect()
}

fn words(record: &Record) -> Vec<String> {
    texts(record).flat_map(|text| cut(&text)).filter(|token| is_word(token)).collect()
}

fn counted(all: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    all.for_each(|item| *counts.entry(item).or_default() += 1);
    counts
}

/// The rows of a table of the sample corpus.
fn rows(args: &[&str]) -> Vec<Value> {
    rows_in(&corpus().place, args)
}

fn rows_in(place: &Place, args: &[&str]) -> Vec<Value> {
    let mut all = vec!["stats"];
    all.extend(args);
    all.extend(["--format", "jsonl"]);
    let ran = place.run(&all);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
}

fn number(row: &Value, column: &str) -> u64 {
    row[column].as_u64().unwrap_or_else(|| panic!("{column}: {row}"))
}

fn float(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap_or_else(|| panic!("{column}: {row}"))
}

fn text<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_else(|| panic!("{column}: {row}"))
}

fn near(found: f64, known: f64) {
    assert!((found - known).abs() <= 1e-9 * known.abs().max(1.0), "{found} {known}");
}

fn counts(rows: &[Value]) -> BTreeMap<String, u64> {
    rows.iter().map(|row| (text(row, "item").to_owned(), number(row, "count"))).collect()
}

#[test]
fn words_agree_with_a_plain_count() {
    let found = rows(&["words", "--numbers"]);
    let plain = counted(EXTRACTED.iter().flat_map(words));
    assert_eq!(counts(&found), plain);
    let tokens: u64 = plain.values().sum();
    for row in &found {
        let held: Vec<&Record> =
            EXTRACTED.iter().filter(|record| words(record).iter().any(|word| word == text(row, "item"))).collect();
        let issues: BTreeSet<&str> = held.iter().map(|record| record.issue.as_str()).collect();
        assert_eq!((number(row, "articles"), number(row, "issues")), (held.len() as u64, issues.len() as u64));
        near(float(row, "per_million"), number(row, "count") as f64 * 1e6 / tokens as f64);
        if number(row, "count") < 20 {
            break;
        }
    }
    let without: BTreeMap<String, u64> = plain.into_iter().filter(|(word, _)| !is_figure(word)).collect();
    assert_eq!(counts(&rows(&["words"])), without);
}

/// Runs of words between which no mark stands.
fn runs(record: &Record) -> Vec<Vec<String>> {
    let latin = |word: Option<&String>| {
        word.is_some_and(|word| word.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric()))
    };
    let mut all = vec![Vec::new()];
    for text in texts(record) {
        let tokens = cut(&text);
        for (at, token) in tokens.iter().enumerate() {
            let beside = latin(at.checked_sub(1).and_then(|at| tokens.get(at))) || latin(tokens.get(at + 1));
            if is_word(token) {
                all.last_mut().expect("a run").push(token.clone());
            } else if token != " " || !beside {
                all.push(Vec::new());
            }
        }
        all.push(Vec::new());
    }
    all
}

#[test]
fn n_grams_agree_with_a_plain_count() {
    for n in [2, 3] {
        let joined = |run: Vec<String>| run.windows(n).map(|words| words.join(" ")).collect::<Vec<_>>();
        let mut plain = counted(EXTRACTED.iter().flat_map(runs).flat_map(joined));
        let size = n.to_string();
        assert_eq!(counts(&rows(&["words", "--n", &size, "--numbers", "--min", "1"])), plain);
        plain.retain(|item, count| *count >= 3 && !item.split(' ').any(is_figure) && item.contains("网格"));
        assert!(!plain.is_empty());
        assert_eq!(counts(&rows(&["words", "--n", &size, "--min", "3", "--like", "網格"])), plain);
    }
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || c == '〇';
    let pairs = |text: String| {
        let chars: Vec<char> = text.chars().collect();
        let pairs = chars.windows(2).filter(|pair| pair.iter().all(|&c| han(c)));
        pairs.map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>()
    };
    let plain = counted(EXTRACTED.iter().flat_map(texts).flat_map(pairs));
    assert_eq!(counts(&rows(&["words", "--characters", "--n", "2", "--min", "1"])), plain);
}

#[test]
fn dispersion_agrees_with_its_formula() {
    for (part, of) in [
        ("article", (|record| record.id.clone()) as fn(&Record) -> String),
        ("issue", |record| record.issue.clone()),
        ("year", |record| record.date.as_ref().map_or_else(String::new, |date| date[..4].to_owned())),
    ] {
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        EXTRACTED.iter().for_each(|record| parts.entry(of(record)).or_default().extend(words(record)));
        let all: f64 = parts.values().map(|words| words.len() as f64).sum();
        for row in rows(&["words", "--dispersion", part, "--limit", "25"]) {
            let word = text(&row, "item");
            let count = |words: &[String]| words.iter().filter(|held| *held == word).count() as f64;
            let frequency = number(&row, "count") as f64;
            let share = |words: &Vec<String>| (count(words) / frequency - words.len() as f64 / all).abs();
            let dp = parts.values().map(share).sum::<f64>() / 2.0;
            let least = parts.values().map(Vec::len).min().expect("a part") as f64 / all;
            near(float(&row, "dp"), dp);
            near(float(&row, "dp_norm"), dp / (1.0 - least));
            let rates: Vec<f64> = parts.values().map(|words| count(words) / words.len() as f64).collect();
            let n = rates.len() as f64;
            let mean = rates.iter().sum::<f64>() / n;
            let deviation = (rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / n).sqrt();
            near(float(&row, "juilland_d"), 1.0 - deviation / mean / (n - 1.0).sqrt());
        }
    }
}

/// How often a word stands near `node`, and anywhere outside of it; the tokens near it, and all outside; and the nodes. A text is cut at
/// `ends`, and near is what lies `left` and `right` of the node.
fn plain_collocates(
    node: &str,
    [left, right]: [usize; 2],
    ends: fn(char) -> bool,
) -> (BTreeMap<String, [u64; 2]>, [u64; 3]) {
    let (mut words, mut sums): (BTreeMap<String, [u64; 2]>, [u64; 3]) = Default::default();
    for text in
        EXTRACTED.iter().flat_map(texts).flat_map(|text| text.split(ends).map(str::to_owned).collect::<Vec<_>>())
    {
        let mut at = 0;
        let mut tokens: Vec<(usize, usize, String)> = Vec::new();
        for token in cut(&text) {
            let end = at + token.len();
            if is_word(&token) {
                tokens.push((at, end, token));
            }
            at = end;
        }
        let places = || text.match_indices(node).map(|(at, _)| at);
        let covers = |(from, to, _): &(usize, usize, String)| places().any(|at| *from < at + node.len() && *to > at);
        let mut close = vec![false; tokens.len()];
        let mut before = None;
        for at in places() {
            let first = tokens.iter().position(|(_, to, _)| *to > at).expect("a token");
            let last = tokens.iter().rposition(|(from, ..)| *from < at + node.len()).expect("a token");
            // Two places in one word are one node.
            if before.is_none_or(|before| before < first) {
                sums[2] += 1;
                before = Some(last);
            }
            (first.saturating_sub(left)..(last + right + 1).min(tokens.len())).for_each(|near| close[near] = true);
        }
        for (token, close) in tokens.iter().zip(close).filter(|(token, _)| !covers(token)) {
            let counts = words.entry(token.2.clone()).or_default();
            let near = u64::from(close);
            (counts[0], counts[1]) = (counts[0] + near, counts[1] + 1);
            (sums[0], sums[1]) = (sums[0] + near, sums[1] + 1);
        }
    }
    (words, sums)
}

#[test]
fn collocations_agree_with_a_plain_count() {
    let never: fn(char) -> bool = |_| false;
    for (node, args, window, ends) in [
        ("网格", &["--window", "2"][..], [2, 2], never),
        ("停车", &["--window", "0,3"], [0, 3], never),
        ("网格员", &["--sentence"], [usize::MAX / 4; 2], ends_sentence as fn(char) -> bool),
    ] {
        let mut all = vec!["collocations", node, "--numbers", "--min", "1"];
        all.extend(args);
        let found = rows(&all);
        let (plain, [near_all, outside, nodes]) = plain_collocates(node, window, ends);
        assert!(nodes > 5, "{node}");
        assert_eq!(found.len(), plain.values().filter(|[near, _]| *near > 0).count());
        for row in &found {
            let [o11, c1] = plain[text(row, "collocate")].map(|count| count as f64);
            assert_eq!((number(row, "observed") as f64, number(row, "count") as f64), (o11, c1), "{node} {row}");
            let (r1, n) = (near_all as f64, outside as f64);
            let expected = r1 * c1 / n;
            near(float(row, "expected"), expected);
            near(float(row, "mi"), (o11 / expected).log2());
            near(float(row, "t"), (o11 - expected) / o11.sqrt());
            near(float(row, "log_dice"), 14.0 + (2.0 * o11 / (nodes as f64 + c1)).log2());
            let cells = [
                (o11, r1 * c1 / n),
                (r1 - o11, r1 * (n - c1) / n),
                (c1 - o11, (n - r1) * c1 / n),
                (n - r1 - c1 + o11, (n - r1) * (n - c1) / n),
            ];
            let g: f64 = cells.iter().filter(|(o, _)| *o > 0.0).map(|(o, e)| 2.0 * o * (o / e).ln()).sum();
            assert!((float(row, "log_likelihood") - g).abs() < 1e-6, "{row} {g}");
            assert_eq!(text(row, "direction"), if o11 > expected { "attracts" } else { "repels" });
        }
    }
    for (measure, column) in [("mi", "mi"), ("t", "t"), ("log-dice", "log_dice")] {
        let found = rows(&["collocations", "网格", "--measure", measure]);
        assert!(found.is_sorted_by(|a, b| float(a, column) >= float(b, column)), "{measure}");
    }
}

#[test]
fn subsets_add_up() {
    let all = counts(&rows(&["words"]));
    let [some, rest] = ["网格", "-网格"].map(|query| counts(&rows(&["words", &format!("--in={query}")])));
    let sum = |item: &String| some.get(item).unwrap_or(&0) + rest.get(item).unwrap_or(&0);
    assert!(all.iter().all(|(item, count)| sum(item) == *count));
    assert_eq!(all.len(), some.keys().chain(rest.keys()).collect::<BTreeSet<_>>().len());

    let keyness = rows(&["keyness", "--in", "网格", "--p", "1", "--min", "1"]);
    assert_eq!(keyness.len(), all.len());
    for row in &keyness {
        let item = text(row, "item").to_owned();
        let both = [number(row, "count"), number(row, "count_against")];
        assert_eq!(both, [&some, &rest].map(|side| side.get(&item).copied().unwrap_or(0)));
    }
    // The other way round it is the same difference.
    let turned = rows(&["keyness", "--in", "-网格", "--against", "网格", "--p", "1", "--min", "1"]);
    for (row, turned) in keyness.iter().zip(&turned) {
        assert_eq!(row["item"], turned["item"]);
        assert_eq!(row["count"], turned["count_against"]);
        near(float(row, "log_ratio"), -float(turned, "log_ratio"));
        near(float(row, "log_likelihood"), float(turned, "log_likelihood"));
    }
    // What answers both counts with the first.
    let ran = corpus().place.run(&["stats", "keyness", "--in", "网格", "--against", "社区", "--format", "jsonl"]);
    assert!(ran.code == Some(0) && ran.err.contains("answer both queries; they count with --in alone"), "{ran:?}");
    let apart =
        corpus().place.run(&["stats", "keyness", "--in", "网格", "--against", "社区 -网格", "--format", "jsonl"]);
    assert_eq!(ran.out, apart.out);
}

#[test]
fn trends_agree_with_a_plain_count() {
    let found = rows(&["trends", "网格", "停车", "--by", "month"]);
    for word in ["网格", "停车"] {
        let rows: Vec<&Value> = found.iter().filter(|row| row["word"] == word).collect();
        let stands = |record: &Record| texts(record).map(|text| text.matches(word).count()).sum::<usize>() as u64;
        assert_eq!(
            rows.iter().map(|row| number(row, "count")).sum::<u64>(),
            EXTRACTED.iter().map(stands).sum::<u64>()
        );
        for row in rows {
            let month = row["month"].as_str();
            let of_month = |record: &&Record| {
                let known = record.date.as_ref().and_then(|date| date.get(..7));
                known == month
            };
            let of: Vec<&Record> = EXTRACTED.iter().filter(of_month).collect();
            let issues: BTreeSet<_> =
                of.iter().filter(|record| stands(record) > 0).map(|record| &record.issue).collect();
            assert_eq!(number(row, "articles_of_period"), of.len() as u64);
            assert_eq!(number(row, "tokens"), of.iter().map(|record| words(record).len() as u64).sum::<u64>());
            assert_eq!(number(row, "count"), of.iter().map(|record| stands(record)).sum::<u64>());
            assert_eq!(number(row, "articles"), of.iter().filter(|record| stands(record) > 0).count() as u64);
            assert_eq!(number(row, "issues"), issues.len() as u64);
            assert_eq!(row["per_million"].is_null(), of.is_empty());
        }
    }
}

#[test]
fn keywords_agree_with_their_formula() {
    let mut held: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for record in EXTRACTED.iter() {
        words(record).into_iter().for_each(|word| {
            held.entry(word).or_default().insert(&record.id);
        });
    }
    let n = EXTRACTED.len() as f64;
    let weight = |word: &str, count: u64| count as f64 * (n / held[word].len() as f64).ln();
    let found = rows(&["keywords", "--by", "article", "--function-words", "--numbers", "--top", "3"]);
    for record in EXTRACTED.iter() {
        let mut plain: Vec<(f64, String)> = counted(words(record).into_iter())
            .into_iter()
            .map(|(word, count)| (weight(&word, count), word))
            .collect();
        plain.sort_by(|(a, word), (b, other)| b.total_cmp(a).then_with(|| word.cmp(other)));
        let of: Vec<&Value> = found.iter().filter(|row| row["article"] == *record.id).collect();
        assert_eq!(of.len(), plain.len().min(3), "{}", record.id);
        for (row, (weight, word)) in of.iter().zip(&plain) {
            near(float(row, "tf_idf"), *weight);
            assert_eq!(text(row, "word"), word);
        }
    }
    let of_division = rows(&["keywords", "--by", "division", "--top", "1"]);
    let named: BTreeSet<Option<&str>> = EXTRACTED
        .iter()
        .flat_map(|record| {
            let names = record.mentions.iter().filter(|mention| mention.kind == "division");
            let mut names: Vec<_> = names.map(|mention| Some(mention.name.as_str())).collect();
            if names.is_empty() {
                names.push(None);
            }
            names
        })
        .collect();
    assert_eq!(of_division.iter().map(|row| row["division"].as_str()).collect::<BTreeSet<_>>(), named);
}

#[test]
fn new_words_stand_nowhere_else() {
    let found = rows(&["new-words", "--since", "2025-06"]);
    assert!(found.iter().any(|row| row["cohesion"].is_null()) && found.iter().any(|row| !row["cohesion"].is_null()));
    let is_of = |record: &&Record| record.date.as_ref().is_some_and(|date| date.as_str() >= "2025-06");
    let (batch, rest): (Vec<&Record>, Vec<&Record>) = EXTRACTED.iter().partition(is_of);
    let joined = |record: &Record| texts(record).collect::<Vec<_>>().join("\n").to_lowercase();
    let rest: Vec<String> = rest.into_iter().map(joined).collect();
    for row in &found {
        let word = text(row, "word");
        assert!(rest.iter().all(|text| !text.contains(word)), "{word}");
        let holds = |record: &&&Record| joined(record).contains(word);
        // Where jieba cuts otherwise it may stand earlier.
        let first = batch.iter().filter(holds).map(|record| record.date.as_deref()).min().expect("an article");
        assert!(row["first_date"].as_str() >= first, "{word}");
        let record = batch.iter().find(|record| row["article"] == *record.id).expect("an article of the batch");
        assert_eq!(record.date.as_deref(), row["first_date"].as_str(), "{word}");
        let example = text(row, "example").trim_end_matches('…');
        let lines = [&record.kicker, &record.title, &record.subtitle].into_iter().flatten();
        let headings = record.headings.iter().map(|heading| &heading.text);
        let mut all = record.paragraphs.iter().chain(lines).chain(headings);
        assert!(all.any(|text| text.contains(example)), "{word}: {example}");
        assert!(number(row, "articles") as usize <= batch.iter().filter(holds).count(), "{word}");
    }
}

#[test]
fn says_the_same_on_any_number_of_threads_and_segments() {
    // The same pages in another order of commits.
    let place = Place::new();
    let from = corpus().place.path("corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    // The other files of the folder are no newsletters.
    files.retain(|path| path.extension().is_some());
    files.sort();
    files.reverse();
    for some in files.chunks(9) {
        let mut ingest = Command::new(env!("CARGO_BIN_EXE_jiebao"));
        let ran = place.command(ingest.arg("ingest").args(some));
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    for args in [
        &["words", "--dispersion", "article"][..],
        &["words", "--n", "2", "--dispersion", "year"],
        &["collocations", "网格"],
        &["keyness", "--in", "date:2024"],
        &["trends", "网格", "--by", "month"],
        &["keywords", "--by", "issue"],
        &["new-words", "--since", "2025-06"],
    ] {
        let run = |place: &Place, threads: &str| -> Ran {
            let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
            command.env("RAYON_NUM_THREADS", threads).arg("stats").args(args).args(["--format", "csv"]);
            place.command(&mut command)
        };
        let first = run(&corpus().place, "4");
        assert_eq!(first.code, Some(0), "{first:?}");
        assert!(first.out == run(&corpus().place, "1").out && first.out == run(&place, "3").out, "{args:?}");
    }
}

#[test]
fn tells_what_cannot_be_answered() {
    let place = Place::with_pages();
    for (args, code, told) in [
        (&["words", "--in", "柳絮"][..], 1, "no article answers 柳絮"),
        (&["words", "--in", "(网格"], 2, "opens a bracket that is not closed"),
        (&["words", "--n", "0"], 2, "0 is not in 1..=5"),
        (&["words", "--n", "9"], 2, "9 is not in 1..=5"),
        (&["words", "--min", "1000"], 1, "none is listed"),
        (&["words", "--like", "柳絮"], 1, "none is listed"),
        (&["collocations", "柳絮"], 1, "no article answers"),
        (&["collocations", "网咯"], 1, "did you mean"),
        (&["collocations", "电梯", "--in", "网格员"], 1, "电梯 stands 0 times"),
        (&["collocations", "，。"], 2, "holds no letter, digit or Han character"),
        (&["collocations", "网格", "--window", "0"], 2, "is a window without a word in it"),
        (&["collocations", "网格", "--window", "a,2"], 2, "is no number of words"),
        (&["collocations", "网格", "--window", "101"], 2, "is wider than 100 words"),
        (&["collocations", "网格", "--min", "99"], 1, "no word stands near it 99 times"),
        (&["collocations", "网格", "--sentence", "--window", "3"], 2, "cannot be used with"),
        (&["collocations"], 2, "required"),
        (&["keyness"], 2, "required"),
        (&["keyness", "--in", "网格", "--against", "网格"], 1, "nothing is left to hold it against"),
        (&["keyness", "--in", "曹渡 OR 柳湾 OR 垃圾"], 1, "every article of the rest of the archive"),
        (&["keyness", "--in", "网格", "--against", "柳絮"], 1, "no article answers 柳絮"),
        (&["keyness", "--in", "网格", "--p", "2"], 2, "is no probability"),
        (&["trends", "柳絮"], 1, "柳絮 stands 0 times"),
        (&["trends", "网格", "--by", "week"], 2, "invalid value 'week'"),
        (&["keywords", "--top", "0"], 2, "0 is not in 1.."),
        (&["keywords", "--in", "柳絮"], 1, "no article answers"),
        (&["new-words"], 2, "required"),
        (&["new-words", "--since", "gestern"], 2, "is no date"),
        (&["new-words", "--since", "2031"], 1, "no article answers"),
        (&["new-words", "--in", "曹渡 OR 柳湾 OR 垃圾"], 1, "the batch is the whole archive"),
    ] {
        let mut all = vec!["stats"];
        all.extend(args);
        let ran = place.run(&all);
        assert_eq!(ran.code, Some(code), "{args:?}: {ran:?}");
        assert!(ran.err.contains(told) && ran.out.is_empty(), "{args:?}: {ran:?}");
    }
}

#[test]
fn counts_what_has_no_date() {
    let place = Place::new();
    place.write(
        "corpus/曹渡街讯-2024-03.txt",
        "曹渡街讯 2024年3月15日 第3期\n网格工作会\n网格员走访居民，网格里的事有人管。\n",
    );
    place.write("corpus/柳湾.txt", "网格进楼道\n楼道里的网格，有人管。\n");
    place.write("corpus/柳湾-2026-01.txt", "柳湾报 2026年1月10日 第1期\n楼道干净了\n志愿者天天扫楼道。\n");
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    let found = rows_in(&place, &["trends", "网格"]);
    let shown: Vec<_> =
        found.iter().map(|row| (row["year"].as_u64(), number(row, "count"), row["per_million"].is_null())).collect();
    assert_eq!(shown, [(Some(2024), 3, false), (Some(2025), 0, true), (Some(2026), 0, false), (None, 2, false)]);
    let ran = place.run(&["stats", "trends", "网格"]);
    assert!(ran.err.contains("1 articles are of no known period"), "{ran:?}");
    assert_eq!(rows_in(&place, &["words", "--dispersion", "year"]).len(), rows_in(&place, &["words"]).len());
    let years = rows_in(&place, &["keywords", "--by", "year"]);
    assert_eq!(years.last().map(|row| row["year"].is_null()), Some(true));
}
