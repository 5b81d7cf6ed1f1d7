//! `--gazetteer` from outside. Belongs here: names that a user gives are found as what they are, in `extract` and in
//! `ingest`, and a table that is wrong is refused with its line.

use crate::run::{Place, Ran};
use jiebao::record::Record;

const PAGE: &str = "两条消息\n云栖的网格员住在石潭，每天去栗山。他说，青岚馆的灯又亮了，云栖格的会开到九点。\n";

const TABLE: &str = "name\tkind\tparent\tcode\taliases\n\
                     云栖综合网格\tgrid\t栗山街道\t\t云栖、云栖格\n\
                     石潭\tcommunity\t栗山街道\t310101999001\n\
                     栗山街道\tdivision\t黄浦区\t310101999\t栗山\n\
                     # what looks like a place\n\
                     青岚馆\torganization\n";

/// A place with a page and a table.
fn with(table: &str) -> Place {
    let place = Place::new();
    place.write("corpus/page.txt", PAGE);
    place.write("names.tsv", table);
    place
}

/// Mentions of the records, as `kind text=name code`.
fn mentions(records: &[Record]) -> Vec<String> {
    let mentions = records.iter().flat_map(|record| &record.mentions);
    let shown = mentions.map(|mention| {
        let code = mention.code.as_deref().unwrap_or("-");
        format!("{} {}={} {code}", mention.kind, mention.text, mention.name)
    });
    shown.collect()
}

fn extracted(ran: &Ran) -> Vec<Record> {
    ran.out.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

const WANTED: [&str; 5] = [
    "grid 云栖=云栖综合网格 -",
    "community 石潭=石潭 310101999001",
    "division 栗山=栗山街道 310101999",
    "organization 青岚馆=青岚馆 -",
    "grid 云栖格=云栖综合网格 -",
];

#[test]
fn given_names_are_found_as_what_they_are() {
    let place = with(TABLE);
    let ran = place.run(&["extract", "--gazetteer", "names.tsv", "corpus"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(mentions(&extracted(&ran)), WANTED);
    let grid = extracted(&ran).remove(0).mentions.remove(0);
    assert_eq!(grid.within.as_deref(), Some("栗山街道"), "the table says where it lies");
    let without = mentions(&extracted(&place.run(&["extract", "corpus"])));
    assert!(WANTED.iter().all(|wanted| !without.contains(&(*wanted).to_owned())), "{without:?}");
}

#[test]
fn an_ingest_reads_with_given_names_and_skips_what_it_had() {
    let place = with(TABLE);
    assert_eq!(place.run(&["ingest", "--gazetteer", "names.tsv"]).code, Some(0));
    assert_eq!(mentions(&place.records()), WANTED);
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    assert_eq!(mentions(&place.records()), WANTED, "the file has not changed, so it is not read again");
}

#[test]
fn a_given_name_overrides_a_rule() {
    let place = with("青岚居民区\torganization\n");
    place.write("corpus/page.txt", "一条消息\n青岚居民区的灯又亮了，青岚居民区党支部开会到九点。\n");
    let found = mentions(&extracted(&place.run(&["extract", "--gazetteer", "names.tsv", "corpus"])));
    assert!(found.contains(&"organization 青岚居民区=青岚居民区 -".to_owned()), "{found:?}");
    assert!(!found.iter().any(|found| found.starts_with("community")), "{found:?}");
}

#[test]
fn a_table_that_is_wrong_is_refused_with_its_line() {
    for (table, what) in [
        (
            "云栖综合网格\tgrid\n云岭\n",
            "names.tsv: line 2: has 1 columns; part name, kind, parent, code, aliases by tabs",
        ),
        ("云栖综合网格\tgrids\n", "names.tsv: line 1: kind `grids` is none; write grid, community"),
        (
            "云栖\tgrid\n云栖\tcommunity\n",
            "names.tsv: line 2: `云栖` stands in line 1 already; delete one of the two",
        ),
        ("云栖\tgrid\t石潭\n石潭\tcommunity\t云栖\n", "names.tsv: line 1: `云栖` lies within itself"),
        ("云\tgrid\n", "names.tsv: line 1: name `云` has less than two characters"),
    ] {
        let place = with(table);
        for command in ["extract", "ingest"] {
            let ran = place.run(&[command, "--gazetteer", "names.tsv", "corpus"]);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
            assert!(ran.err.contains(what), "{ran:?}");
            assert!(!place.path("index").exists(), "nothing was begun");
        }
    }
    let place = with("");
    place.write("latin.tsv", [0xFF, 0xFE, 0x00]);
    assert!(place.run(&["extract", "--gazetteer", "latin.tsv", "corpus"]).err.contains("is not UTF-8"));
    assert!(place.run(&["extract", "--gazetteer", "none.tsv", "corpus"]).err.contains("none.tsv: cannot read"));
    assert_eq!(
        place.run(&["extract", "--gazetteer", "names.tsv", "corpus"]).code,
        Some(0),
        "an empty table adds nothing"
    );
}
