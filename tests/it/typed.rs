//! What must hold of any text that is typed as a query. Plain functions, so that properties and the fuzz target `query`
//! (`tests/fuzz`) state it once.

#![allow(dead_code, reason = "a fuzz target asks one question")]

use jiebao::model::Decisions;
use jiebao::query::{Show, holds, parse, passages};
use jiebao::record::{Record, records};
use jiebao::source::Source;
use std::sync::LazyLock;

/// A page with what conditions ask for: names, figures, letters, marks, traditional characters, a sentence without end.
const PAGE: &str = "梧溪街讯 2024年5月6日 第3期\n梧溪街道網格员走进楼组谈停车\n\
本报讯（通讯员 韩晓溪）5月6日，梧溪街道云杉社区的网格员走访居民1,034户，收到建议48条，停车投诉下降60%。\n\
大家说：“停车难，难在没有地方停！”如今ＷｉＦｉ 6也通了；云杉社区居委会主任林知远说，今后每月走访20户。\n\
网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格网格\
停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车停车\n";

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let source = Source::new("梧溪街讯-2024-05.txt", PAGE.as_bytes().to_vec());
    records(&jiebao::pipeline::read_issue(&source).expect("the page is one"))
});

/// Reads `bytes` as a query, and records by it.
pub(crate) fn checked(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let query = match parse(&text) {
        Ok(query) => query,
        Err(error) => return message(&error.to_string()),
    };
    let again = parse(&text).expect("what was read once is read again");
    assert_eq!(query, again);
    assert!(!query.expr.to_string().is_empty());
    let decisions = Decisions::default();
    for record in RECORDS.iter() {
        let held = holds(&query.expr, record, &decisions);
        assert_eq!(held, holds(&again.expr, record, &decisions));
        for context in [0, 1] {
            let show = Show { passages: 100, context, decisions: &decisions };
            for passage in passages(record, &query, &show) {
                // Offsets are in characters, so that all that can be wrong with them is their order.
                assert_eq!(passage.text.chars().count(), passage.end - passage.start, "{text:?}");
                let mut at = passage.start;
                for [start, end] in passage.hits {
                    assert!(at <= start && start < end && end <= passage.end, "{text:?}");
                    at = end;
                }
            }
        }
    }
}

/// An error is a sentence, or one with a line of the query below it and a caret under that.
pub(crate) fn message(error: &str) {
    let lines: Vec<&str> = error.lines().collect();
    assert!(error.chars().all(|c| c == '\n' || !c.is_control()), "{error:?}");
    match lines[..] {
        [_] => {}
        [_, shown, caret] => {
            let column = caret.strip_suffix('^').expect("a caret").len();
            // A character takes two columns at most. Behind the last one stands what is missing.
            let columns: usize = shown.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert!(caret.trim_start() == "^" && (2..=columns).contains(&column), "{error}");
        }
        _ => panic!("{error}"),
    }
}
