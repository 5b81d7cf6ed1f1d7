//! How what was found is spread, and every place of it: facets, aggregations, concordances, and the index held against its
//! text. Belongs here: answers that are not a list of articles.

use crate::archive::{corpus, folded, texts};
use crate::run::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

fn place() -> &'static Place {
    &corpus().place
}

#[test]
fn facets_count_articles() {
    let answer =
        place().json(&["search", "居民", "--facet", "community,year,org,issue", "--json", "--limit", "100000"]);
    let found: Vec<_> = corpus().found("居民").into_iter().map(|at| &corpus().records[at]).collect();
    assert_eq!(answer["total"], found.len());
    let counted = |facet: &str| -> BTreeMap<String, u64> {
        let facets = answer["facets"].as_array().expect("facets");
        let facet = facets.iter().find(|one| one["facet"] == facet).expect("the facet");
        assert_eq!(facet["distinct"], facet["values"].as_array().map_or(0, Vec::len));
        let values = facet["values"].as_array().into_iter().flatten();
        values
            .map(|value| {
                (value["value"].as_str().unwrap_or_default().to_owned(), value["articles"].as_u64().unwrap_or(0))
            })
            .collect()
    };
    let plain = |keys: &dyn Fn(&jiebao::record::Record) -> BTreeSet<String>| {
        let mut all = BTreeMap::<String, u64>::new();
        found.iter().flat_map(|record| keys(record)).for_each(|key| *all.entry(key).or_default() += 1);
        all
    };
    let named = |kind: &'static str| {
        plain(&move |record| {
            let mentions = record.mentions.iter().filter(|mention| mention.kind == kind);
            mentions.map(|mention| mention.name.clone()).collect()
        })
    };
    assert_eq!(counted("community"), named("community"));
    assert_eq!(counted("organization"), named("organization"));
    assert_eq!(counted("issue"), plain(&|record| [record.issue.clone()].into()));
    assert_eq!(counted("year"), plain(&|record| record.date.iter().map(|date| date[..4].to_owned()).collect()));
    let ran = place().run(&["search", "居民", "--facet", "comunity"]);
    assert!(ran.code == Some(2) && ran.err.contains("did you mean `community`?"), "{ran:?}");
    let ran = place().run(&["search", "居民", "--facet", "community", "--limit", "1"]);
    assert!(ran.code == Some(0) && ran.out.lines().count() < 6, "{ran:?}");
    assert_eq!(place().run(&["search", "居民居民居民", "--facet", "community"]).code, Some(1));
}

#[test]
fn aggregations_are_over_the_rows_of_what_is_found() {
    let ask = |of: &str, request: &str| place().json(&["search", "居民", "--of", of, "--aggs", request]);
    let found: Vec<_> = corpus().found("居民").into_iter().map(|at| &corpus().records[at]).collect();
    let metrics: Vec<_> = found.iter().flat_map(|record| &record.metrics).collect();
    let total = |answer: &Value| answer["hits"]["total"]["value"].as_u64();
    let values =
        ask("metric", r#"{"n":{"value_count":{"field":"value"}},"units":{"terms":{"field":"unit","size":9999}}}"#);
    assert_eq!(total(&values), Some(metrics.len() as u64));
    let with = metrics.iter().filter(|metric| metric.value.is_some()).count();
    assert_eq!(values["aggregations"]["n"]["value"].as_f64(), Some(with as f64));
    let of_unit = |unit: &str| metrics.iter().filter(|metric| metric.unit.as_deref() == Some(unit)).count() as u64;
    for bucket in values["aggregations"]["units"]["buckets"].as_array().expect("buckets") {
        assert_eq!(bucket["doc_count"], of_unit(bucket["key"].as_str().expect("a unit")), "{bucket}");
    }
    let years = r#"{"years":{"terms":{"field":"year"}}}"#;
    assert_eq!(total(&ask("article", years)), Some(found.len() as u64));
    let mentions = found.iter().map(|record| record.mentions.len() as u64).sum();
    assert_eq!(total(&ask("mention", years)), Some(mentions));
    let relations = found.iter().map(|record| record.relations.len() as u64).sum();
    assert_eq!(total(&ask("relation", years)), Some(relations));
    place().write("request.json", years);
    assert_eq!(ask("article", "@request.json"), ask("article", years));
}

#[test]
fn aggregations_that_are_none_are_refused() {
    for (request, told) in [
        ("{", "--aggs is no JSON"),
        ("", "--aggs is no JSON"),
        ("[]", "the aggregation cannot be read"),
        (r#"{"a":{"terms":{}}}"#, "the aggregation cannot be read"),
        (r#"{"a":{"noterms":{"field":"year"}}}"#, "the aggregation cannot be read"),
        (r#"{"a":{"terms":{"field":"nocolumn"}}}"#, "there is no column `nocolumn`; there are row, "),
        (r#"{"a":{"terms":{"field":"year"},"aggs":{"b":{"avg":{"field":"title"}}}}}"#, "there is no column `title`"),
        ("@none.json", "none.json: cannot read"),
    ] {
        let ran = place().run(&["search", "居民", "--aggs", request]);
        assert!(ran.code == Some(2) && ran.out.is_empty() && ran.err.contains(told), "{request}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
}

#[test]
fn the_index_agrees_with_its_text() {
    for query in ["居民", "社区 -居民", "\"社区 居民\"~5", "metric:value:>=100", "date:2024 OR title:的", "NOT 的"]
    {
        let count = corpus().scanned(query).len();
        let ran = place().run(&["search", query, "--verify"]);
        assert_eq!((ran.code, ran.out), (Some(0), format!("{count} of {count} found\n")), "{query}");
        let json = place().json(&["search", query, "--verify", "--json"]);
        assert_eq!(json, json!({ "query": query, "hold": count, "found": count, "missed": [], "wrong": [] }));
    }
    let none = place().run(&["search", "居民居民居民", "--verify"]);
    assert_eq!((none.code, none.out.as_str()), (Some(1), "0 of 0 found\n"));
}

/// Lines of a concordance as JSON.
fn lines(args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = ["kwic", "--json"].iter().chain(args).copied().collect();
    let ran = place().run(&args);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}

#[test]
fn a_concordance_has_every_place() {
    let all = lines(&["社区", "--limit", "0"]);
    let standing = |record| texts(record).into_iter().map(|(_, text)| folded(text).matches("社区").count());
    assert_eq!(all.len(), corpus().records.iter().flat_map(standing).sum::<usize>());
    for line in &all {
        let text = |field: &str| line[field].as_str().expect("a text").to_owned();
        let number = |field: &str| usize::try_from(line[field].as_u64().expect("a number")).expect("a number");
        let record = corpus().records.iter().find(|record| record.id == text("id")).expect("the article");
        assert_eq!((&record.issue, record.date.as_deref()), (&text("issue"), line["date"].as_str()));
        assert_eq!(folded(&text("hit")), "社区");
        if let Some(paragraph) = line["paragraph"].as_i64() {
            assert_eq!(record.slice(paragraph, number("start"), number("end")), Some(text("hit")));
            let whole = record.passage(paragraph).expect("the paragraph");
            assert!(whole.contains(&format!("{}{}{}", text("left"), text("hit"), text("right"))), "{line}");
        }
        assert!(text("left").width() <= 36 && text("right").width() <= 36, "{line}");
        let fields: Vec<&String> = line.as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["date", "end", "hit", "id", "issue", "left", "paragraph", "place", "right", "start"]);
    }
    let first = lines(&["社区", "--limit", "5"]);
    assert_eq!(first, all[..5]);
}

#[test]
fn a_concordance_is_put_in_order() {
    let texts = |sort: &str, key: &dyn Fn(&Value) -> String| -> Vec<String> {
        lines(&["社区", "--limit", "0", "--sort", sort]).iter().map(key).collect()
    };
    let plain = |text: &Value| text.as_str().unwrap_or_default().replace(char::is_whitespace, "");
    let right = texts("right", &|line| format!("{}{}", plain(&line["hit"]), plain(&line["right"])));
    let left = texts("left", &|line| plain(&line["left"]).chars().rev().collect());
    // What has no date is last.
    let date = texts("date", &|line| line["date"].as_str().unwrap_or("9999").to_owned());
    let place = texts("place", &|line| line["id"].as_str().unwrap_or_default().to_owned());
    assert!(right.is_sorted() && left.is_sorted() && date.is_sorted() && place.is_sorted());
    assert!(right.len() > 50 && right.len() == left.len() && left.len() == date.len());
}

#[test]
fn a_concordance_stands_in_columns() {
    for args in
        [&["社区"][..], &["社区 OR 的", "--width", "11"], &["metric:unit:户", "--mark"], &["社区", "--sort", "left"]]
    {
        let args: Vec<&str> = ["kwic", "--limit", "60"].iter().chain(args).copied().collect();
        let ran = place().run(&args);
        // Where the date begins, in columns of a terminal.
        let behind = |line: &str| {
            let (before, _) = line.rsplit_once("  ").expect("two spaces before the date");
            before.width()
        };
        let columns: BTreeSet<usize> = ran.out.lines().map(behind).collect();
        assert_eq!((ran.code, columns.len()), (Some(0), 1), "{args:?}: {}", ran.out);
    }
    let none = place().run(&["kwic", "居民居民居民"]);
    assert_eq!((none.code, none.out.as_str()), (Some(1), ""));
    assert!(place().run(&["kwic", "社区", "--limit", "3"]).err.contains("3 of "));
    assert_eq!(lines(&["社区", "--width", "0", "--limit", "1"])[0]["left"], "");
}

#[test]
fn conditions_on_every_column_of_figures_find_what_the_text_holds() {
    let values = |field: &dyn Fn(&jiebao::record::MetricRecord) -> Option<String>| -> BTreeSet<String> {
        corpus().records.iter().flat_map(|record| &record.metrics).filter_map(field).collect()
    };
    let columns: [(&str, BTreeSet<String>); 6] = [
        ("basis", values(&|metric| metric.basis.clone())),
        ("unit", values(&|metric| metric.unit.clone())),
        ("change", values(&|metric| metric.change.clone())),
        ("bound", values(&|metric| metric.bound.clone())),
        ("community", values(&|metric| metric.about.community.clone())),
        ("date", values(&|metric| metric.about.date.clone())),
    ];
    for (column, values) in columns {
        assert!(!values.is_empty(), "{column}");
        for value in values.iter().filter(|value| !value.contains('/')).take(8) {
            let quoted = if column == "date" { value.clone() } else { format!("\"{value}\"") };
            let query = format!("metric:({column}:{quoted})");
            let found = corpus().found(&query);
            assert!(!found.is_empty(), "{query}");
            assert_eq!(found, corpus().scanned(&query), "{query}");
        }
    }
}

#[test]
fn a_concordance_of_what_cannot_be_shown_says_so() {
    let ran = place().run(&["kwic", "NOT 停车"]);
    assert!(ran.code == Some(1) && ran.err.contains("articles found, and nothing in them to show"), "{ran:?}");
    let ran = place().run(&["kwic", "亭车"]);
    assert!(ran.code == Some(1) && ran.err.contains("did you mean 停车"), "{ran:?}");
}
