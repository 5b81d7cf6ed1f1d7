//! Each damage moves its own figure, by a known amount, and no other test has to be read to see which.
//!
//! A small issue of two articles, its perfect records, and one damage at a time.

use super::perfect::{lines, records};
use super::{Predictions, gold, score};
use serde_json::{Value, json};
use std::path::Path;

/// Two articles, written for this test: 42 and 21 characters after folding (one more than written: `㎡` is two).
fn issue() -> Value {
    let metric =
        |text, value: f64, unit, subject| json!({"text": text, "value": value, "unit": unit, "subject": subject});
    let entity = |kind, name, variants: &[&str]| json!({"kind": kind, "name": name, "variants": variants});
    json!({"doc": "x01", "date": "2024-06", "articles": [
        {"title": "枫林里搭起凉棚 邻居都说好", "subtitle": "棚下的夏天", "byline": ["陆青"], "source": "自治办",
         "headings": ["先量地", "再搭棚"], "order": ["h0", "p0", "h1", "p1"],
         "paragraphs": ["枫林居民区量出空地约60㎡，由东段、西段两个网格管。", "6月搭棚，投诉从9件降到4件。"],
         "entities": [entity("community", "枫林居民区", &["枫林里"]), entity("grid", "东段网格", &[]),
                      entity("grid", "西段网格", &[]), entity("date", "6月", &[]),
                      {"kind": "place", "name": "空地", "opt": true}],
         "metrics": [{"text": "约60㎡", "value": 60, "unit": "平方米", "subject": "空地", "approx": true},
                     {"text": "从9件降到4件", "value": 4, "unit": "件", "subject": "投诉", "change": "decrease", "from": 9}]},
        {"title": "江湾镇夜校开班", "paragraphs": ["江湾镇夜校招来学员5名，三分之二住在附近。"],
         "entities": [entity("division", "江湾镇", &[])],
         "metrics": [metric("5名", 5.0, "名", "学员"), metric("三分之二", 66.67, "%", "学员")]},
    ]})
}

/// The figures of damaged records.
fn micro(damage: fn(&mut Vec<Value>)) -> Value {
    let issue = issue();
    let mut records = records(&issue);
    damage(&mut records);
    let gold = gold::parse(Path::new("x01.gold.json"), issue.to_string().as_bytes()).expect("gold");
    let mut predictions = Predictions::default();
    predictions.add_lines(Path::new("out.jsonl"), lines(&records).as_bytes()).expect("records");
    json!(score(&[gold], &predictions).expect("one gold").micro)
}

fn replace(record: &mut Value, pointer: &str, value: Value) {
    *record.pointer_mut(pointer).expect("a field") = value;
}

#[test]
fn perfect_records_have_perfect_figures() {
    fn walk(path: &str, value: &Value) {
        let key = path.rsplit('/').next().unwrap_or_default();
        match (key, value) {
            (_, Value::Object(fields)) => {
                fields.iter().for_each(|(key, value)| walk(&format!("{path}/{key}"), value))
            }
            ("precision" | "recall" | "f1" | "accuracy" | "exact" | "placed", value) => {
                assert!(value.is_null() || *value == json!(1.0), "{path} {value}");
            }
            ("fp" | "fn" | "wrong_kind" | "offset_errors", value) => assert_eq!(*value, json!(0), "{path}"),
            ("cer" | "cer_exact" | "lost" | "extra", value) => assert_eq!(*value, json!(0.0), "{path}"),
            _ => {}
        }
    }
    let micro = micro(|_| {});
    walk("", &micro);
    for (pointer, count) in [
        ("/articles/tp", 2),
        ("/title/n", 2),
        ("/kicker/n", 0),
        ("/date/n", 2),
        ("/headings/tp", 2),
        ("/paragraphs/tp", 1),
        ("/entities/primary/tp", 4),
        ("/entities/all/tp", 5),
        ("/metrics/detection/tp", 4),
        ("/text/gold_chars", 63),
    ] {
        assert_eq!(micro.pointer(pointer), Some(&json!(count)), "{pointer}");
    }
}

/// A damage, and the figures it leads to.
type Case = (&'static str, fn(&mut Vec<Value>), &'static [(&'static str, f64)]);

const CASES: &[Case] = &[
    (
        "an article is dropped",
        |records| drop(records.remove(1)),
        &[
            ("/articles/precision", 1.0),
            ("/articles/recall", 0.5),
            ("/title/accuracy", 0.5),
            ("/text/cer", 0.0),
            ("/text/lost", 0.333333),
            ("/text/extra", 0.0),
            ("/entities/division/fn", 1.0),
            ("/metrics/detection/fn", 2.0),
        ],
    ),
    (
        "an article is printed twice",
        |records| {
            records.push(records[1].clone());
            replace(&mut records[2], "/id", json!("again"));
        },
        &[
            ("/articles/precision", 0.666667),
            ("/text/lost", 0.0),
            ("/text/extra", 0.25),
            ("/metrics/detection/fp", 2.0),
        ],
    ),
    (
        "two articles are merged",
        |records| {
            let second = records.remove(1)["paragraphs"][0].clone();
            records[0]["paragraphs"].as_array_mut().expect("a list").push(second);
        },
        &[
            ("/articles/tp", 0.0),
            ("/text/lost", 0.0),
            ("/text/extra", 0.0),
            ("/paragraphs/fp", 1.0),
            ("/title/accuracy", 0.5),
        ],
    ),
    (
        "a character is misread and a comma has the wrong width",
        |records| replace(&mut records[1], "/paragraphs/0", json!("江弯镇夜校招来学员5名,三分之二住在附近。")),
        &[("/text/cer", 0.015873), ("/text/cer_exact", 0.032258), ("/text/lost", 0.031746)],
    ),
    (
        "a paragraph is cut in two and two are joined",
        |records| {
            let joined: String =
                records[0]["paragraphs"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            replace(&mut records[0], "/paragraphs", json!([joined]));
            replace(&mut records[1], "/paragraphs", json!(["江湾镇夜校招来学员5名，", "三分之二住在附近。"]));
        },
        &[("/paragraphs/tp", 0.0), ("/paragraphs/fp", 1.0), ("/paragraphs/fn", 1.0), ("/text/cer", 0.0)],
    ),
    (
        "the lines around the headline are wrong",
        |records| {
            replace(&mut records[0], "/title", json!("枫林里搭起凉棚　邻居都 说好"));
            replace(&mut records[0], "/byline", json!(["陆青", "陆白"]));
            replace(&mut records[0], "/source", json!("自治　办"));
            replace(&mut records[0], "/subtitle", Value::Null);
            replace(&mut records[1], "/kicker", json!("夜校"));
            replace(&mut records[1], "/date", json!("2024"));
            replace(&mut records[0], "/headings/1/before", json!(0));
        },
        &[
            ("/title/accuracy", 1.0),
            ("/title/exact", 0.5),
            ("/byline/accuracy", 0.0),
            ("/source/accuracy", 1.0),
            ("/subtitle/accuracy", 0.0),
            ("/kicker/accuracy", 0.0),
            ("/date/accuracy", 0.5),
            ("/headings/f1", 1.0),
            ("/headings/placed", 0.5),
        ],
    ),
    (
        "places are wrong",
        |records| {
            replace(&mut records[0], "/metrics/0/start", json!(0));
            replace(&mut records[1], "/mentions/0/paragraph", json!(7));
        },
        &[("/offset_errors", 2.0), ("/metrics/detection/f1", 1.0), ("/entities/all/f1", 1.0)],
    ),
    (
        "names are put otherwise",
        |records| {
            // Without its suffix the same; another form; a wrong kind; spurious.
            let place = json!({"kind": "community", "name": "枫林小区", "text": "枫林", "paragraph": 0, "start": 0, "end": 2});
            let mut mentions = vec![place; 5];
            replace(&mut mentions[1], "/name", json!("枫林里"));
            replace(&mut mentions[2], "/kind", json!("organization"));
            replace(&mut mentions[2], "/name", json!("东段网格"));
            replace(&mut mentions[2], "/text", json!("东段"));
            replace(&mut mentions[3], "/kind", json!("grid"));
            replace(&mut mentions[3], "/name", json!("西段党建网格"));
            replace(&mut mentions[3], "/text", json!("西段"));
            replace(&mut mentions[4], "/kind", json!("person"));
            records[0]["mentions"] = json!(mentions);
        },
        &[
            ("/entities/community/f1", 1.0),
            ("/entities/grid/tp", 1.0),
            ("/entities/grid/fn", 1.0),
            ("/entities/organization/fp", 1.0),
            ("/entities/wrong_kind", 2.0),
            ("/entities/confusions/grid>organization", 1.0),
            ("/entities/confusions/community>person", 1.0),
            ("/entities/any_kind/tp", 4.0),
        ],
    ),
    (
        "figures are read otherwise",
        |records| {
            replace(&mut records[0], "/metrics/0/unit", json!("㎡"));
            replace(&mut records[0], "/metrics/0/approx", json!(false));
            replace(&mut records[0], "/metrics/1/from", json!(null));
            replace(&mut records[0], "/metrics/1/subject", json!("居民"));
            replace(&mut records[1], "/metrics/0/unit", json!("位"));
            replace(&mut records[1], "/metrics/1/value", json!(66.6667));
        },
        &[
            ("/metrics/detection/tp", 3.0),
            ("/metrics/detection/fp", 1.0),
            ("/metrics/detection/fn", 1.0),
            ("/metrics/lenient/f1", 1.0),
            ("/metrics/full/right", 1.0),
            ("/metrics/approx/right", 2.0),
            ("/metrics/from/right", 2.0),
            ("/metrics/basis/right", 3.0),
            ("/metrics/subject/accuracy", 0.666667),
        ],
    ),
];

#[test]
fn each_damage_moves_its_own_figures() {
    for (what, damage, figures) in CASES {
        let micro = micro(*damage);
        for (pointer, expected) in *figures {
            let figure = micro.pointer(pointer).and_then(Value::as_f64);
            assert_eq!(figure, Some(*expected), "{what}: {pointer}");
        }
    }
}

#[test]
fn two_gold_files_of_one_name_are_refused() {
    let issue = issue().to_string();
    let gold = |path| gold::parse(Path::new(path), issue.as_bytes()).expect("gold");
    let error = score(&[gold("a.gold.json"), gold("b.gold.json")], &Predictions::default()).expect_err("refused");
    assert!(error.to_string().contains("`x01`"), "{error}");
}
