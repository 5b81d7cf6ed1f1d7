//! What is found and what is not, and how hits are shown.

use crate::run::Place;
use jiebao::index::Archive;
use jiebao::query::{Order, parse, search};
use jiebao::record::Record;
use std::collections::BTreeSet;

fn found(archive: &Archive, query: &str) -> BTreeSet<String> {
    let query = parse(query).expect("a query");
    let found = search(archive, &query, Order::Relevance, 1000, 0).expect("the index reads");
    assert_eq!(found.total, found.hits.len());
    found.hits.into_iter().map(|hit| hit.record.id).collect()
}

fn texts(record: &Record) -> Vec<&str> {
    record.title.iter().chain(&record.paragraphs).map(String::as_str).collect()
}

#[test]
fn reads_width_case_marks_and_phrases() {
    let place = Place::with_pages();
    let archive = Archive::open(&place.path("index")).expect("the index opens");
    for (query, count) in [
        ("120户", 1),
        ("１２０", 1),
        ("wifi", 1),
        ("云栖综合网格、云顶", 1),
        ("云栖综合网格云顶", 0),
        ("网格 电梯", 1),
        ("网格 垃圾", 0),
        ("“停车难，难在”", 1),
        ("难", 2),
    ] {
        assert_eq!(found(&archive, query).len(), count, "{query}");
    }
}

#[test]
fn shows_titles_passages_and_places() {
    let place = Place::with_pages();
    let ran = place.run(&["search", "停车", "--mark"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!((ran.code, lines[0]), (Some(0), "曹渡街道召开网格工作会"), "{ran:?}");
    assert!(lines[1].starts_with("  曹渡街讯-2024-03 · ") && lines[1].contains("曹渡街讯-2024-03-"), "{ran:?}");
    assert!(ran.out.contains("【停车】投诉") && ran.out.contains("“【停车】难"), "{ran:?}");
    let plain = place.run(&["search", "停车"]);
    assert!(!plain.out.contains('【') && !plain.out.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn gives_offsets_that_hold() {
    let place = Place::with_pages();
    let answer = place.json(&["search", "网格", "--json", "--passages", "9"]);
    assert_eq!((&answer["query"], &answer["total"]), (&"网格".into(), &2.into()));
    assert_eq!(answer["hits"][0]["title"], "曹渡街道召开网格工作会", "a hit in the headline is first");
    let records = place.records();
    let mut seen = 0;
    for hit in answer["hits"].as_array().expect("hits") {
        let record = records.iter().find(|record| hit["id"] == record.id).expect("an article of the index");
        for passage in hit["passages"].as_array().expect("passages") {
            let text = match passage["paragraph"].as_i64().expect("a paragraph or the title") {
                -1 => record.title.clone().expect("a title"),
                at => record.paragraphs[usize::try_from(at).expect("an index")].clone(),
            };
            let slice = |range: &serde_json::Value| -> String {
                let at = |end: usize| usize::try_from(range[end].as_u64().expect("an offset")).expect("an offset");
                text.chars().skip(at(0)).take(at(1) - at(0)).collect()
            };
            assert_eq!(passage["text"], slice(&serde_json::json!([passage["start"], passage["end"]])));
            for hit in passage["hits"].as_array().expect("hits") {
                assert_eq!(slice(hit), "网格");
                seen += 1;
            }
        }
    }
    let plain: usize = records
        .iter()
        .flat_map(|record| texts(record).into_iter().map(|text| text.matches("网格").count()).collect::<Vec<_>>())
        .sum();
    assert_eq!(seen, plain, "every hit is marked");
}

#[test]
fn pages_through_all() {
    let place = Place::with_pages();
    let ids = |args: &[&str]| -> Vec<String> {
        let args: Vec<&str> = ["search", "的", "--json"].iter().chain(args).copied().collect();
        let hits = place.json(&args)["hits"].clone();
        hits.as_array().expect("hits").iter().map(|hit| hit["id"].to_string()).collect()
    };
    let all = ids(&[]);
    let pages: Vec<String> =
        (0..all.len()).flat_map(|at| ids(&["--limit", "1", "--offset", &at.to_string()])).collect();
    assert_eq!(pages, all);
    assert!(ids(&["--offset", "18446744073709551615", "--limit", "18446744073709551615"]).is_empty());
}

#[test]
fn says_that_nothing_was_found() {
    let place = Place::with_pages();
    let ran = place.run(&["search", "没有这句话"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(
        ran.err,
        "jiebao: no article answers 没有这句话; try fewer or shorter words\n\
         jiebao: 没有这句话 stands nowhere, and nothing near it\n"
    );
    let json = place.run(&["search", "没有这句话", "--json"]);
    assert_eq!(
        json.out,
        "{\"hits\":[],\"query\":\"没有这句话\",\"suggestions\":[{\"kind\":null,\"near\":[],\"word\":\"没有这句话\"}],\"total\":0}\n"
    );
    for query in ["", "，。", "\"网格"] {
        let ran = place.run(&["search", query]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    }
}
