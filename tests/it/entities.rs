//! One name, one thing: variants, units, and what an operator decides.

use crate::run::Place;
use serde_json::Value;

fn two_streets() -> Place {
    let place = Place::new();
    place.write(
        "corpus/柳湾街讯-2024-03.txt",
        "柳湾街道召开会议\n柳湾街道云杉居民区新增车位20个。云杉居委会表示，还要新增5个。\n柳湾街道幸福社区有居民300户。\n",
    );
    place.write(
        "corpus/石桥镇讯-2024-05.txt",
        "石桥镇召开会议\n石桥镇幸福社区有居民500户。幸福社区的第三网格有居民80户，第3网格还有商户12家。\n",
    );
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    place
}

/// Things of a kind: name, unit, mentions.
fn listed(place: &Place, kind: &str) -> Vec<(String, String, u64)> {
    let json = place.json(&["entities", kind, "--json"]);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let entity =
        |entity: &Value| (text(&entity["name"]), text(&entity["within"]), entity["mentions"].as_u64().unwrap_or(0));
    json["kinds"][0]["entities"].as_array().expect("a list").iter().map(entity).collect()
}

fn rows(rows: &[(&str, &str, u64)]) -> Vec<(String, String, u64)> {
    rows.iter().map(|&(name, within, mentions)| (name.to_owned(), within.to_owned(), mentions)).collect()
}

#[test]
fn variants_are_one_and_namesakes_two() {
    let place = two_streets();
    let wanted = [("云杉居委会", "柳湾街道", 2), ("幸福社区", "石桥镇", 2), ("幸福社区", "柳湾街道", 1)];
    assert_eq!(listed(&place, "community"), rows(&wanted));
    assert_eq!(listed(&place, "grid"), rows(&[("第3网格", "幸福社区", 2)]));
    let stats = place.json(&["stats", "--json"]);
    let counted = &stats["kinds"][1]["names"]["top"];
    let names: Vec<_> = counted.as_array().into_iter().flatten().filter_map(|entry| entry["name"].as_str()).collect();
    assert_eq!(names, ["云杉居委会", "幸福社区（石桥镇）", "幸福社区（柳湾街道）"]);
    let ran = place.run(&["entities", "community", "--name", "云杉", "--where"]);
    assert!(ran.out.contains("云杉居委会（柳湾街道）  云杉居委会×1、云杉居民区×1"), "{}", ran.out);
    assert!(ran.out.contains("  柳湾街讯-2024-03 · no date · 柳湾街讯-2024-03-"), "{}", ran.out);
}

#[test]
fn decisions_outlive_later_ingests() {
    let place = two_streets();
    place
        .write("names.tsv", "kind\tname\tinto\ncommunity\t云杉居委会\t云杉居委会\ncommunity\t云杉居民区\t幸福社区\n");
    let ran = place.run(&["entities", "--merge", "names.tsv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let decided = rows(&[("幸福社区", "柳湾街道", 2), ("幸福社区", "石桥镇", 2), ("云杉居委会", "柳湾街道", 1)]);
    assert_eq!(sorted(listed(&place, "community")), sorted(decided.clone()));
    place.write("corpus/石桥镇讯-2024-06.txt", "石桥镇组织活动\n石桥镇组织居民参加活动，共有30人。\n");
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    assert_eq!(sorted(listed(&place, "community")), sorted(decided));
    place.write("names.tsv", "kind\tname\tinto\ncommunity\t云杉居委会\ncommunity\t云杉居民区\n");
    assert_eq!(place.run(&["entities", "--merge", "names.tsv"]).code, Some(0));
    assert!(listed(&place, "community").contains(&("云杉居委会".to_owned(), "柳湾街道".to_owned(), 2)));
}

fn sorted(mut rows: Vec<(String, String, u64)>) -> Vec<(String, String, u64)> {
    rows.sort();
    rows
}

#[test]
fn says_what_is_wrong_with_a_table() {
    let place = two_streets();
    let before = listed(&place, "community");
    place.write("names.tsv", "kind\tname\tinto\ncommunity\t云杉居民区\t幸福社区\nvillage\t甲村\t乙村\n");
    let ran = place.run(&["entities", "--merge", "names.tsv"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.starts_with("jiebao: names.tsv: line 3: village is no kind; write one of grid, "), "{}", ran.err);
    assert_eq!(listed(&place, "community"), before, "nothing of a wrong table is taken");
    place.write("names.tsv", [0xFF, 0xFE, 0x41]);
    let ran = place.run(&["entities", "--merge", "names.tsv"]);
    assert!(ran.code == Some(2) && ran.err.contains("names.tsv: is not UTF-8; save it as UTF-8"), "{ran:?}");
    place.write("names.tsv", "kind\tname\tinto\ncommunity\t云杉居民区\t云衫居民区\n");
    let ran = place.run(&["entities", "--merge", "names.tsv"]);
    assert!(ran.err.contains("no community is called 云衫居民区 yet; is it spelled so?"), "{ran:?}");
    let ran = place.run(&["entities", "--merge", "none.tsv"]);
    assert!(ran.code == Some(2) && ran.err.contains("none.tsv: cannot read the decisions"), "{ran:?}");
    let ran = place.run(&["entities", "village"]);
    assert!(ran.code == Some(2) && ran.err.contains("write one of grid, community"), "{ran:?}");
    let ran = place.run(&["entities", "grid", "--name", "没有"]);
    assert!(ran.code == Some(1) && ran.err.contains("names nothing of the sort"), "{ran:?}");
}

#[test]
fn relations_stand_with_their_sentences() {
    let place = Place::new();
    place.write(
        "corpus/柳湾街讯-2024-03.txt",
        "柳湾街道召开会议\n柳湾街道云杉社区网格治理见效。云杉社区第三网格网格长马云溪走访居民20户。\n\
         第三网格东至云栖路，南临河堤，西靠铁路。\n",
    );
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    let ran = place.run(&["relations", "heads"]);
    assert!(ran.out.starts_with("马云溪 heads "), "{}", ran.out);
    assert!(ran.out.contains("\n  云杉社区第三网格网格长马云溪走访居民20户。\n  柳湾街讯-2024-03-"), "{}", ran.out);
    let json = place.json(&["relations", "--json"]);
    let said: Vec<String> = json["relations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|link| {
            format!("{} {}", link["relation"].as_str().unwrap_or(""), link["object"]["name"].as_str().unwrap_or(""))
        })
        .collect();
    assert!(said.contains(&"in 柳湾街道".to_owned()), "{said:?}");
    assert!(said.contains(&"bounded_by 东至云栖路，南临河堤，西靠铁路".to_owned()), "{said:?}");
    let ran = place.run(&["relations", "--name", "没有"]);
    assert!(ran.code == Some(1) && ran.err.contains("states no such relation"), "{ran:?}");
    assert_eq!(place.run(&["relations", "loves"]).code, Some(2));
}
