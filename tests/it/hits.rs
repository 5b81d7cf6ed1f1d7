//! Where a query stands in what was found: passages, and the hits in them. Belongs here: what a reader is shown.

use crate::archive::{Asked, Dice, corpus, is_han, texts};
use crate::typed;
use jiebao::index::{Unit, units, units_of};
use jiebao::model::Decisions;
use jiebao::query::{Passage, Query, Show, Text, parse, passages};
use jiebao::record::Record;
use proptest::prelude::*;

/// A text of a record by its place.
fn text_of(record: &Record, place: Text) -> &str {
    match place {
        Text::Title => record.title.as_deref(),
        Text::Kicker => record.kicker.as_deref(),
        Text::Subtitle => record.subtitle.as_deref(),
        Text::Heading(at) => record.headings.get(at).map(|heading| heading.text.as_str()),
        Text::Paragraph(at) => record.paragraphs.get(at).map(String::as_str),
        Text::Byline(at) => record.byline.get(at).map(String::as_str),
        Text::Source => record.source.as_deref(),
    }
    .expect("the passage is of a text of its record")
}

fn slice(text: &str, [start, end]: [usize; 2]) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// Where `words` stand in a text, in characters.
fn standing(text: &str, words: &[Vec<Unit>]) -> Vec<[usize; 2]> {
    let all: Vec<_> = units(text).collect();
    let scalar = |byte: usize| text[..byte].chars().count();
    let mut found = Vec::new();
    for word in words {
        for window in all.windows(word.len()) {
            if window.iter().map(|(unit, _)| unit).eq(word) {
                found.push([scalar(window[0].1.start), scalar(window[word.len() - 1].1.end)]);
            }
        }
    }
    found
}

/// Every passage is a slice of its text, its hits are the words, and all that stands in it is marked.
fn judge(record: &Record, query: &Query, words: &[Vec<Unit>], show: &Show<'_>) -> usize {
    let mut hits = 0;
    for passage in passages(record, query, show) {
        let text = text_of(record, passage.place);
        assert_eq!(passage.text, slice(text, [passage.start, passage.end]), "{}", query.text);
        for &hit in &passage.hits {
            // Words that overlap are one hit: it begins with one of them and ends with one.
            let hit = units_of(&slice(text, hit));
            assert!(words.iter().any(|word| hit.starts_with(word)), "{}: {hit:?}", query.text);
            assert!(words.iter().any(|word| hit.ends_with(word)), "{}: {hit:?}", query.text);
        }
        for [start, end] in standing(text, words) {
            let shown = passage.start <= start && end <= passage.end;
            let marked = || passage.hits.iter().any(|hit| hit[0] <= start && end <= hit[1]);
            assert!(!shown || marked(), "{}: {start} in {passage:?}", query.text);
        }
        hits += passage.hits.len();
    }
    hits
}

/// Some words that stand in an article.
fn words(dice: &mut Dice, record: &Record, count: usize, longest: usize) -> Vec<String> {
    let runs: Vec<&str> = texts(record).iter().flat_map(|(_, text)| text.split(|c| !is_han(c))).collect();
    let runs: Vec<&str> = runs.into_iter().filter(|run| !run.is_empty()).collect();
    let mut word = || {
        let chars: Vec<char> = dice.of(&runs).chars().collect();
        let length = 1 + dice.below(longest.min(chars.len()));
        chars.iter().skip(dice.below(chars.len() - length + 1)).take(length).collect()
    };
    (0..count).map(|_| word()).collect()
}

#[test]
fn every_hit_is_marked_and_nothing_else() {
    let (mut dice, decisions, mut hits) = (Dice(4), Decisions::default(), 0);
    for record in &corpus().records {
        for count in [1, 2, 4] {
            let words = words(&mut dice, record, count, 4);
            let Ok(query) = parse(&words.join(" OR ")) else { continue };
            let show = Show { passages: 100, context: dice.below(3), decisions: &decisions };
            hits += judge(record, &query, &words.iter().map(|word| units_of(word)).collect::<Vec<_>>(), &show);
        }
    }
    assert!(hits > 1000, "{hits}");
}

fn one(paragraph: &str) -> Record {
    Record { paragraphs: vec![paragraph.to_owned()], ..Record::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Few characters, so that words overlap; long texts, so that sentences are cut.
    #[test]
    fn every_hit_of_a_dense_text_is_marked(
        text in "([甲乙丙丁戊己 ]{1,60}[。；，]?){1,12}",
        words in prop::collection::vec("[甲乙丙]{1,4}", 1..4),
        context in 0_usize..3,
    ) {
        let (query, decisions) = (parse(&words.join(" OR ")).expect("words"), Decisions::default());
        let words: Vec<_> = words.iter().map(|word| units_of(word)).collect();
        judge(&one(&text), &query, &words, &Show { passages: 100, context, decisions: &decisions });
    }

    #[test]
    fn anything_typed_is_a_query_or_a_mistake(text in "([ ()（）\"“”~:：*\\-0-9.,，a-d停车网格]|AND |OR |NOT |title:|metric:|value:|date:|community:|~5|>=){0,14}") {
        typed::checked(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_query_or_a_mistake(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        typed::checked(&bytes);
    }
}

fn shown(record: &Record, query: &str, passages_: usize, context: usize) -> Vec<Passage> {
    let (query, decisions) = (parse(query).expect("a query"), Decisions::default());
    passages(record, &query, &Show { passages: passages_, context, decisions: &decisions })
}

#[test]
fn shows_as_much_around_as_is_asked_for() {
    let record = one("开头。前句。停车难。后句。结尾。");
    let texts =
        |context| shown(&record, "停车", 3, context).into_iter().map(|passage| passage.text).collect::<Vec<_>>();
    assert_eq!(texts(0), ["停车难。"]);
    assert_eq!(texts(1), ["前句。停车难。后句。"]);
    assert_eq!(texts(2), ["开头。前句。停车难。后句。结尾。"]);
    assert_eq!(texts(usize::MAX), texts(2));
    assert!(shown(&record, "停车", 0, 0).is_empty());
}

#[test]
fn marks_across_spaces_widths_and_scripts() {
    let record = one("他说：停\u{3000}車 位不够，ＷｉＦｉ６也慢。");
    let hits = |query: &str| -> Vec<String> {
        shown(&record, query, 3, 0)
            .iter()
            .flat_map(|passage| passage.hits.iter().map(|&hit| slice(&record.paragraphs[0], hit)))
            .collect()
    };
    assert_eq!(hits("停车位"), ["停\u{3000}車 位"]);
    assert_eq!(hits("wifi6 OR 停車"), ["停\u{3000}車", "ＷｉＦｉ６"]);
    assert_eq!(hits("wi*"), ["ＷｉＦｉ６"]);
    assert_eq!(hits("\"停 位\"~1"), ["停", "位"]);
    assert_eq!(hits("位 -停车 NOT (不够 OR NOT 慢)"), ["位", "慢"]);
}

#[test]
fn marks_names_and_figures_that_answer_a_condition() {
    let asked = Asked::of_pages(&[(
        "梧溪街讯-2024-05.txt",
        "梧溪街道召开会议\n云杉社区新增车位20个，走访居民300户。青岚村的停车投诉下降60%，云杉居委会表示满意。\n",
    )]);
    let record = &asked.records[0];
    let hits = |query: &str| -> Vec<String> {
        let mark = |passage: Passage| {
            let text = text_of(record, passage.place).to_owned();
            passage.hits.into_iter().map(move |hit| slice(&text, hit))
        };
        shown(record, query, 9, 0).into_iter().flat_map(mark).collect()
    };
    assert_eq!(hits("community:云杉社区"), ["云杉社区", "云杉居委会"]);
    assert_eq!(hits("metric:(unit:户 AND value:>=100)"), ["300户"]);
    assert_eq!(hits("metric:change:decrease"), ["60%"]);
    assert_eq!(hits("title:会议 -metric:unit:元"), ["会议"]);
}
