//! Figures that their own text contradicts.

use crate::run::Place;

const PAGE: &str = "安全检查出实招\n\
    检查发现A类问题12处、B类问题7处、C类问题3处，共23处。整改用了5天。\n\
    满意率从80%提升至95%，提升了15个百分点。\n";

#[test]
fn lists_what_does_not_add_up() {
    let place = Place::new();
    place.write("corpus/柳湾街讯-2025-06.txt", PAGE);
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    let ran = place.run(&["audit"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let id = place.json(&["audit", "--json"])["disagree"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        ran.out,
        format!(
            "23处: its parts make 22 (12处、7处、3处)\n  检查发现A类问题12处、B类问题7处、C类问题3处，共23处。\n  柳湾街讯-2025-06 · no date · {id}\n"
        )
    );
    assert!(ran.err.contains("1 disagree"), "{}", ran.err);
}

#[test]
fn a_row_leads_back_to_its_bytes() {
    let place = Place::new();
    place.write("corpus/柳湾街讯-2025-06.txt", PAGE);
    assert_eq!(place.run(&["ingest"]).code, Some(0));
    let json = place.json(&["audit", "--json"]);
    let row = &json["disagree"][0];
    assert_eq!((&row["stated"], &row["expected"]), (&23.0.into(), &22.0.into()));
    let [start, end] = [0, 1].map(|end| row["origin"][0][end].as_u64().expect("a byte") as usize);
    assert!(PAGE[start..end].contains("共23处"), "{row}");
}

#[test]
fn says_that_there_is_nothing_to_hold_together() {
    let place = Place::with_pages();
    let ran = place.run(&["audit"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.contains("no figure could be held against another"), "{}", ran.err);
}
