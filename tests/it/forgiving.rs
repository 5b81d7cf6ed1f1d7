//! What search forgives: other spellings, synonyms, names of one thing, and what it suggests. Belongs here: queries that do
//! not stand in the text as they were typed.

use crate::archive::{Asked, corpus};
use crate::run::Place;

fn street() -> Asked {
    Asked::of_pages(&[
        (
            "梧溪街讯-2024-05.txt",
            "梧溪街道社區服务中心开放\n云杉居民区1,034户居民走进服务中心，ＷｉＦｉ已经开通。露湘园小区增设电梯，居民连声叫好。\n",
        ),
        (
            "梧溪街讯-2024-06.txt",
            "梧溪街道老旧小区改造\n青岚社区居委会走访居民2048户，居民盼望加装电梯。青岚村的李明远主任说，改造年底完成。\n",
        ),
    ])
}

#[test]
fn width_case_script_and_commas_do_not_matter() {
    let asked = street();
    for (queries, count) in [
        (&["社區服務中心", "社区服务中心", "社区 服务 中心", "title:社区服务中心"][..], 1),
        (&["WiFi", "wifi", "ＷＩＦＩ", "ｗｉｆｉ", "wi*", "\"WIFI\""], 1),
        (&["1034", "1,034", "１０３４", "１，０３４", "1034户", "\"1,034\""], 1),
        (&["2048", "2,048", "\"2048\"", "20*"], 1),
        (&["\"1034\"", "\"2,048\"", "034x", "103"], 0),
        (&["電梯", "⽣ OR 电梯", "　电梯　", "《电梯》", "电梯，"], 2),
    ] {
        for query in queries {
            assert_eq!(asked.found(query).len(), count, "{query}");
            assert_eq!(asked.found(query), asked.scanned(query), "{query}");
        }
    }
}

/// What stands in front of each item of a list, or behind a unit, is no part of its figure.
#[test]
fn numbers_that_are_one_character_stand_alone() {
    let asked = Asked::of_pages(&[(
        "梧溪街讯-2024-05.txt",
        "梧溪街道列出任务清单\n今年的任务是①2024年底完成改造，②30户居民签约，③绿地增加50m²，㈣A座通水。\n",
    )]);
    for query in ["2024", "30", "30户", "①", "①2024年", "②", "50m", "50m²", "a座", "㈣a", "20*"] {
        assert_eq!((asked.found(query).len(), asked.scanned(query).len()), (1, 1), "{query}");
    }
    for query in ["③2024", "⑤", "024", "50"] {
        assert_eq!((asked.found(query).len(), asked.scanned(query).len()), (0, 0), "{query}");
    }
}

#[test]
fn one_community_has_several_names() {
    let asked = street();
    for (query, count) in [
        ("community:云杉社区", 1),
        ("community:云杉居委会", 1),
        ("community:\"云杉社区\"", 1),
        ("community:云杉", 1),
        ("community:青岚社区", 1),
        ("community:\"云杉\"", 0),
        ("community:露湘社区", 0),
        ("云杉社区", 0),
    ] {
        assert_eq!(asked.found(query).len(), count, "{query}");
        assert_eq!(asked.found(query), asked.scanned(query), "{query}");
    }
    let hits = asked.place.json(&["search", "community:云杉社区", "--json"]);
    let passage = &hits["hits"][0]["passages"][0];
    assert!(passage["text"].as_str().is_some_and(|text| text.starts_with("云杉居民区")), "{hits}");
    assert_eq!(passage["hits"], serde_json::json!([[0, 5]]));
}

#[test]
fn decisions_on_names_are_kept_to() {
    let Asked { place, .. } = street();
    let merge = |rows: &str| {
        place.write("names.tsv", format!("kind\tname\tinto\n{rows}"));
        assert_eq!(place.run(&["entities", "--merge", "names.tsv"]).code, Some(0));
    };
    let count = |query: &str| place.run(&["search", query, "--count"]).out.trim_end().to_owned();
    assert_eq!((count("community:望湖社区"), count("community:青岚社区")), ("0".to_owned(), "1".to_owned()));
    merge("community\t云杉居民区\t望湖社区\n");
    assert_eq!((count("community:望湖社区"), count("community:\"望湖社区\"")), ("1".to_owned(), "1".to_owned()));
    assert_eq!(place.run(&["search", "community:望湖社区", "--verify"]).out, "1 of 1 found\n");
    let shown = place.run(&["search", "community:望湖社区", "--mark"]);
    assert!(shown.out.contains("【云杉居民区】"), "{shown:?}");
    let facets = place.json(&["search", "的 OR NOT 的", "--facet", "community", "--json"]);
    let names = facets["facets"][0]["values"].to_string();
    assert!(names.contains("望湖社区") && !names.contains("云杉居民区"), "{facets}");
    merge("community\t云杉居民区\t\n");
    assert_eq!(count("community:望湖社区"), "0");
}

#[test]
fn synonyms_stand_for_each_other() {
    let Asked { place, .. } = street();
    place.write("words.txt", "\u{FEFF}# 电梯\n加装电梯、增设電梯，装梯\n\n居民\t业主\n");
    let count = |query: &str| place.run(&["search", query, "--synonyms", "words.txt", "--count"]).out;
    assert_eq!((count("装梯"), count("加装电梯"), count("\"装梯\"")), ("2\n".into(), "2\n".into(), "0\n".into()));
    // A word with a star is what it is, and so is a phrase.
    assert_eq!(
        (count("业主 -装梯"), count("title:业主"), count("业主*")),
        ("0\n".into(), "0\n".into(), "0\n".into())
    );
    let shown = place.run(&["search", "装梯", "--synonyms", "words.txt", "--mark"]);
    assert!(shown.out.contains("【加装电梯】") && shown.out.contains("【增设电梯】"), "{shown:?}");
    let lines = place.run(&["kwic", "装梯", "--synonyms", "words.txt", "--json"]);
    assert_eq!(lines.out.lines().count(), 2, "{lines:?}");
    for (bytes, told) in [
        (&b"\xB5\xE7\xCC\xDD"[..], "words.txt: is not UTF-8"),
        ("甲、乙\n丙\n".as_bytes(), "words.txt: line 2: holds one word only"),
        ("甲、——\n".as_bytes(), "words.txt: line 1: holds a word of marks alone"),
    ] {
        place.write("words.txt", bytes);
        let ran = place.run(&["search", "电梯", "--synonyms", "words.txt"]);
        assert!(ran.code == Some(2) && ran.out.is_empty() && ran.err.contains(told), "{ran:?}");
    }
    let ran = place.run(&["search", "电梯", "--synonyms", "none.txt"]);
    assert!(ran.code == Some(2) && ran.err.contains("none.txt: cannot read"), "{ran:?}");
    place.write("words.txt", "");
    assert_eq!(place.run(&["search", "电梯", "--synonyms", "words.txt", "--count"]).out, "2\n");
}

/// What is suggested for a word that stands nowhere.
fn suggested(place: &Place, query: &str) -> Vec<String> {
    let json = place.json(&["search", query, "--json"]);
    assert_eq!(json["total"], 0, "{query}");
    let near = json["suggestions"].as_array().into_iter().flatten().flat_map(|word| word["near"].as_array());
    near.flatten().map(|near| near["text"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn suggests_what_is_near() {
    let Asked { place, .. } = street();
    for (query, wanted) in [
        ("云衫居民区", "云杉居民区"),
        ("云山居民区", "云杉居民区"),
        ("yunshan", "云杉居民区"),
        ("YunShan", "云杉居民区"),
        ("ysjmq", "云杉居民区"),
        ("李明圆", "李明远"),
        ("person:李鸣远", "李明远"),
        ("limingyuan", "李明远"),
        ("lmy", "李明远"),
    ] {
        let near = suggested(&place, query);
        assert!(near.iter().any(|text| text == wanted), "{query}: {near:?}");
        assert!(near.len() <= 5, "{near:?}");
    }
    assert!(suggested(&place, "量子纠缠态").is_empty());
    // Only what stands nowhere is told; what a NOT stands before was not looked for.
    let json = place.json(&["search", "电梯 云衫居民区 -量子", "--json"]);
    let words: Vec<_> = json["suggestions"].as_array().into_iter().flatten().map(|word| &word["word"]).collect();
    assert_eq!(words, ["云衫居民区"]);
    let ran = place.run(&["search", "lmy"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("jiebao: lmy stands nowhere; did you mean 李明远 (person, 1)?"), "{ran:?}");
}

/// What is suggested is found as often as it says, and what is there is not called missing.
#[test]
fn suggests_nothing_false() {
    let place = &corpus().place;
    for (typed, meant) in [("亭车", "停车"), ("社曲", "社区"), ("tingche", "停车")] {
        let near = place.json(&["search", typed, "--json"])["suggestions"][0]["near"].clone();
        let near = near.as_array().into_iter().flatten().find(|near| near["text"] == meant).cloned();
        let near = near.unwrap_or_else(|| panic!("{meant} is near {typed}"));
        assert_eq!(near["articles"], place.json(&["search", meant, "--count", "--json"])["total"], "{typed}");
    }
    let community = corpus().records.iter().flat_map(|record| &record.mentions).find(|one| one.kind == "community");
    let community = community.expect("the corpus names communities").name.clone();
    let ran = place.run(&["search", &format!("community:\"{community}\" date:1949")]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{ran:?}");
    let ran = place.run(&["search", "community:停车"]);
    assert!(ran.err.contains("no community is called 停车"), "{ran:?}");
}
