//! Which of what was found is first, page by page, and why. Belongs here: orders, paging, counts, reasons.

use crate::archive::{Asked, corpus};
use crate::run::Place;
use jiebao::query::{Order, explain, parse, search};

/// Ids in an order, from `offset` on.
fn ids(asked: &Asked, query: &str, order: Order, limit: usize, offset: usize) -> Vec<String> {
    let found = search(&asked.archive, &parse(query).expect("a query"), order, limit, offset).expect("an answer");
    found.hits.into_iter().map(|hit| hit.record.id).collect()
}

/// Headlines, the best first.
fn best(asked: &Asked, query: &str) -> Vec<String> {
    let found = search(&asked.archive, &parse(query).expect("a query"), Order::Relevance, 100, 0).expect("an answer");
    found.hits.into_iter().map(|hit| hit.record.title.unwrap_or_default()).collect()
}

/// Pages that are read as they stand, each one article.
fn pages(texts: &[(&str, &str)]) -> Asked {
    let page = |(at, (title, body)): (usize, &(&str, &str))| {
        (format!("梧溪街讯-2024-{:02}.txt", at + 1), format!("<!-- jiebao clean -->\n# {title}\n\n{body}\n"))
    };
    Asked::of_pages(&texts.iter().enumerate().map(page).collect::<Vec<_>>())
}

#[test]
fn a_headline_stands_above_a_heading_and_a_heading_above_the_text() {
    let asked = pages(&[
        ("楼组议事", "## 凉亭里的一天\n\n居民在凉亭里谈了很久，说到停车，也说到晾衣。"),
        ("社区新事", "## 停车有了办法\n\n居民在凉亭里谈了很久，说到遛狗，也说到晾衣。"),
        ("停车有了办法", "## 凉亭里的一天\n\n居民在凉亭里谈了很久，说到遛狗，也说到晾衣。"),
    ]);
    assert_eq!(best(&asked, "停车"), ["停车有了办法", "社区新事", "楼组议事"]);
    assert_eq!(best(&asked, "body:停车"), ["楼组议事"]);
}

#[test]
fn words_together_stand_above_words_apart() {
    let long = "居民们各自说了自己的想法，有人说楼道，有人说绿地，有人说晾衣，有人说遛狗，大家谈了一个下午";
    let asked = pages(&[
        ("远", &format!("停车的事先放一放，{long}，最后写了投诉。")),
        ("近", &format!("停车的事有人投诉，{long}，最后散了。")),
        ("整", &format!("停车投诉的事先放，{long}，最后散了。")),
        ("无", &format!("停车的事先放一放，{long}，最后散了。")),
    ]);
    assert_eq!(best(&asked, "停车 投诉"), ["整", "近", "远"]);
    assert_eq!(best(&asked, "投诉 停车").last().map(String::as_str), Some("远"));
    assert_eq!(best(&asked, "停车 OR 投诉")[..3], ["整", "近", "远"]);
}

/// 会议 is a word of the one page; in the other it is the end of one word and the beginning of the next.
#[test]
fn a_word_stands_above_a_crossing_of_words() {
    let asked = pages(&[("甲", "居民代表大会议定了公约。"), ("乙", "居民代表参加了会议。")]);
    assert_eq!(best(&asked, "会议"), ["乙", "甲"]);
}

/// Whether pages came in one batch or in several, which lie in segments of their own.
#[test]
fn equal_scores_stand_in_one_order_however_the_rows_lie() {
    let place = Place::new();
    let stems: Vec<String> = (0..12).map(|at| format!("梧溪街讯-{at}")).collect();
    for stem in &stems {
        place.write(format!("corpus/{stem}.txt"), "<!-- jiebao clean -->\n# 凉亭议事\n\n居民在凉亭里谈停车。\n");
        let file = format!("corpus/{stem}.txt");
        assert_eq!(place.run(&["ingest", &file, "--index", "pieces"]).code, Some(0));
    }
    assert_eq!(place.run(&["ingest", "--index", "whole"]).code, Some(0));
    for args in [&["--limit", "12"][..], &["--limit", "5", "--offset", "4"], &["--sort", "oldest", "--limit", "7"]] {
        let ids = |index: &str| -> Vec<serde_json::Value> {
            let args = [&["search", "停车", "--json", "--index", index], args].concat();
            let hits = place.json(&args)["hits"].clone();
            hits.as_array().expect("hits").iter().map(|hit| hit["id"].clone()).collect()
        };
        let (whole, pieces) = (ids("whole"), ids("pieces"));
        assert!(whole == pieces && whole.len() >= 5, "{whole:?} {pieces:?}");
    }
}

#[test]
fn dates_put_in_order_and_what_has_none_is_last() {
    let asked = corpus();
    let dates = |order| -> Vec<Option<String>> {
        let query = parse("的").expect("a query");
        let hits = search(&asked.archive, &query, order, usize::MAX, 0).expect("an answer").hits;
        hits.into_iter().map(|hit| hit.record.date).collect()
    };
    let (newest, oldest) = (dates(Order::Newest), dates(Order::Oldest));
    let dated = newest.iter().filter(|date| date.is_some()).count();
    assert!(dated > 10 && oldest.len() == newest.len());
    assert!(newest[..dated].is_sorted_by(|a, b| a >= b) && newest[dated..].iter().all(Option::is_none));
    assert!(oldest[..dated].is_sorted() && oldest[dated..].iter().all(Option::is_none));
    let place = Place::new();
    place.write("corpus/2024-05.txt", "梧溪街讯 2024年5月6日\n凉亭议事\n居民在凉亭里谈停车的事，谈了一个下午。\n");
    place.write("corpus/甲.txt", "凉亭又议事\n居民在凉亭里谈停车的事，谈了一个下午。\n");
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    for sort in ["newest", "oldest"] {
        let json = place.json(&["search", "停车", "--sort", sort, "--json"]);
        let date = |at: usize| json["hits"][at]["date"].as_str().map(str::to_owned);
        assert!(date(0).is_some_and(|date| date.starts_with("2024-05")) && date(1).is_none(), "{json}");
        assert_eq!(json["hits"][0]["score"], 0.0);
    }
}

#[test]
fn pages_make_the_whole_list() {
    let asked = corpus();
    for query in ["的", "居民 OR 网格 OR 社区", "社区 居民", "title:(的 OR 社区) OR 志愿者", "NOT 的"]
    {
        for order in [Order::Relevance, Order::Newest, Order::Oldest] {
            let all = ids(asked, query, order, usize::MAX, 0);
            assert_eq!(all.len(), asked.found(query).len());
            for size in [7, 60] {
                let page = |at: usize| ids(asked, query, order, size, at);
                let paged: Vec<String> = (0..all.len()).step_by(size).flat_map(page).collect();
                assert_eq!(paged, all, "{query}");
            }
            assert!(ids(asked, query, order, 0, 0).is_empty());
            assert!(ids(asked, query, order, usize::MAX, usize::MAX).is_empty());
        }
    }
}

/// More articles than are looked at once more for words that stand together.
#[test]
fn a_list_without_end_is_one_list() {
    let body = |at: usize| match at % 3 {
        0 => "停车的事有人投诉。",
        1 => "停车的事，谈了一个下午，谈了楼道，谈了绿地，谈了晾衣，谈了遛狗，后来有人投诉。",
        _ => "停车投诉的事谈了一个下午，停车投诉，停车投诉。",
    };
    // One file of many articles is quicker to make than many files.
    let articles = |from: usize| {
        let article = |at: usize| format!("# 凉亭议事{at}\n\n{}\n\n", body(at));
        format!("<!-- jiebao clean -->\n{}", (from..from + 80).map(article).collect::<String>())
    };
    let page = |at: usize| (format!("梧溪街讯-{at}.txt"), articles(at * 80));
    let asked = Asked::of_pages(&(0..4).map(page).collect::<Vec<_>>());
    assert_eq!(asked.records.len(), 320);
    let all = ids(&asked, "停车 投诉", Order::Relevance, 1000, 0);
    let paged: Vec<String> =
        (0..320).step_by(32).flat_map(|at| ids(&asked, "停车 投诉", Order::Relevance, 32, at)).collect();
    assert!(all.len() == 320 && paged == all);
    sums(&asked, "停车 投诉", 320);
}

/// What is told of a score adds up to it.
fn sums(asked: &Asked, query: &str, limit: usize) {
    let query = parse(query).expect("a query");
    let hits = search(&asked.archive, &query, Order::Relevance, limit, 0).expect("an answer").hits;
    let reasons = explain(&asked.archive, &query, &hits, 0).expect("reasons");
    assert_eq!(reasons.len(), hits.len());
    for (at, (hit, reasons)) in hits.iter().zip(reasons).enumerate() {
        let sum: f32 = reasons.iter().map(|(_, score)| score).sum();
        assert!(
            (sum - hit.score).abs() <= 1e-4 * hit.score.max(1.0),
            "{at}: {} is {} of {reasons:?}",
            hit.score,
            sum
        );
    }
}

#[test]
fn a_score_is_the_sum_of_its_reasons() {
    for query in
        ["居民", "社区 居民", "网格 -停车", "title:社区 OR \"志愿者 服务\"~9", "的 了", "社* 居民 NOT NOT 服务"]
    {
        sums(corpus(), query, 50);
    }
    let place = &corpus().place;
    let json = place.json(&["search", "社區 -停车", "--explain", "--json"]);
    assert_eq!(json["read_as"], "(text:\"社区\" AND NOT text:\"停车\")");
    assert!(json["hits"][0]["explain"][0]["what"].as_str().is_some_and(|what| what.starts_with("word ")), "{json}");
    let ran = place.run(&["search", "社区", "--explain", "--limit", "1"]);
    assert!(ran.out.starts_with("read as text:\"社区\"\n") && ran.out.contains("  score "), "{}", ran.out);
}

#[test]
fn all_of_it_is_what_a_long_page_has() {
    let place = &corpus().place;
    for query in ["社区", "社区 -居民"] {
        let lines = place.run(&["search", query, "--all", "--json"]);
        let id = |json: &serde_json::Value| json["id"].as_str().expect("an id").to_owned();
        let parsed = lines.out.lines().map(|line| serde_json::from_str(line).expect("a line is an object"));
        let mut all: Vec<String> = parsed.map(|json| id(&json)).collect();
        let page = place.json(&["search", query, "--json", "--limit", "1000000", "--passages", "0"]);
        let mut wanted: Vec<String> = page["hits"].as_array().expect("hits").iter().map(id).collect();
        all.sort();
        wanted.sort();
        assert_eq!(all, wanted);
        let count = place.run(&["search", query, "--count"]);
        assert_eq!((count.code, count.out), (Some(0), format!("{}\n", all.len())));
    }
    let none = place.run(&["search", "停车停车停车停车", "--count"]);
    assert_eq!((none.code, none.out.as_str()), (Some(1), "0\n"));
    assert_eq!(place.run(&["search", "停车停车停车停车", "--all", "--json"]).code, Some(1));
}
