//! What a query means: random queries, asked of the index, counted out leaf by leaf, and read from end to end. Belongs
//! here: operators, fields, phrases and words near each other, and what holds of any query.

use crate::archive::{Articles, Asked, Dice, Part, corpus, folded, is_han, texts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One condition, as it is typed.
#[derive(Clone, Debug)]
struct Leaf {
    text: String,
    /// The articles that it holds of, by the texts alone; none where it asks for something else.
    by_text: Option<Articles>,
}

/// Leaves drawn from the texts, names and figures of the sample corpus, and the articles that each finds.
static LEAVES: LazyLock<Vec<(Leaf, Articles)>> = LazyLock::new(|| {
    let found = |leaf: Leaf| {
        let articles = corpus().found(&leaf.text);
        (leaf, articles)
    };
    leaves(corpus()).into_iter().map(found).collect()
});

const PARTS: [(&str, Option<Part>); 5] = [
    ("", None),
    ("title:", Some(Part::Title)),
    ("heading:", Some(Part::Heading)),
    ("body:", Some(Part::Body)),
    ("source:", Some(Part::Source)),
];

fn leaves(asked: &Asked) -> Vec<Leaf> {
    let mut dice = Dice(3);
    let all: Vec<(Part, &str)> = asked.records.iter().flat_map(texts).collect();
    let mut leaves = Vec::new();
    for _ in 0..150 {
        let part = *dice.of(&PARTS);
        let of_part: Vec<&str> = all.iter().filter(|(at, _)| lies(*at, part.1)).map(|(_, text)| *text).collect();
        let text = *dice.of(&of_part);
        leaves.extend(word(&mut dice, part, text));
        leaves.extend(phrase(&mut dice, part, text));
        leaves.extend(prefix(&mut dice, part, text));
        leaves.extend(near(&mut dice, part, text));
    }
    leaves.extend(names(asked, &mut dice));
    leaves.extend(figures(asked, &mut dice));
    leaves.extend(["date:2024", "date:2025-01..", "date:..2024-09", "date:2024-03..2024-08", "date:2031"].map(other));
    let issues: Vec<&str> = asked.records.iter().map(|record| record.issue.as_str()).collect();
    leaves.extend((0..5).map(|_| other(&format!("issue:{}", dice.of(&issues)))));
    leaves
}

/// Whether what stands at `at` is asked for behind a field; the sign-off is part of the body.
fn lies(at: Part, part: Option<Part>) -> bool {
    part.is_none_or(|part| at == part || part == Part::Body && at == Part::Source)
}

/// The texts of the sample corpus, folded, article by article.
static FOLDED: LazyLock<Vec<Vec<(Part, String)>>> = LazyLock::new(|| {
    let of = |record| texts(record).into_iter().map(|(part, text)| (part, folded(text))).collect();
    corpus().records.iter().map(of).collect()
});

/// The articles that have a text in `part` of which something is true once it is folded.
fn having(part: Option<Part>, wanted: impl Fn(&str) -> bool) -> Articles {
    let has = |texts: &Vec<(Part, String)>| texts.iter().any(|(at, text)| lies(*at, part) && wanted(text));
    FOLDED.iter().enumerate().filter(|(_, texts)| has(texts)).map(|(at, _)| at).collect()
}

fn piece(dice: &mut Dice, text: &str, longest: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let length = 1 + dice.below(longest.min(chars.len()));
    chars.iter().skip(dice.below(chars.len() - length + 1)).take(length).collect()
}

/// A stretch of Han characters.
fn han(dice: &mut Dice, text: &str, longest: usize) -> Option<String> {
    let runs: Vec<&str> = text.split(|c| !is_han(c)).filter(|run| !run.is_empty()).collect();
    let run = if runs.is_empty() { return None } else { *dice.of(&runs) };
    Some(piece(dice, run, longest))
}

type In = (&'static str, Option<Part>);

fn word(dice: &mut Dice, (field, part): In, text: &str) -> Option<Leaf> {
    let word = han(dice, text, 4)?;
    let wanted = folded(&word);
    let by_text = having(part, |text| text.contains(&wanted));
    Some(Leaf { text: format!("{field}{word}"), by_text: Some(by_text) })
}

/// A piece of a text with its marks, in quotes.
fn phrase(dice: &mut Dice, (field, part): In, text: &str) -> Option<Leaf> {
    let phrase = piece(dice, text, 12);
    // A word that is cut is another word.
    let wanted = folded(&phrase);
    let searchable = phrase.chars().any(is_han) && !phrase.contains(['"', '＂']);
    let by_text = having(part, |text| text.contains(&wanted));
    searchable.then(|| Leaf { text: format!("{field}\"{phrase}\""), by_text: Some(by_text) })
}

/// The beginning of a word of letters, and what stands before it.
fn prefix(dice: &mut Dice, (field, part): In, text: &str) -> Option<Leaf> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let word = if words.is_empty() { return None } else { *dice.of(&words) };
    let beginning = &word[..=dice.below(word.len())];
    let before: String =
        text[..text.find(word)?].chars().rev().take_while(|c| is_han(*c)).take(dice.below(4)).collect();
    let before: String = before.chars().rev().collect();
    let wanted = format!("{}\u{1}{}", folded(&before), beginning.to_lowercase());
    let by_text = having(part, |text| holds_beginning(text, &wanted));
    Some(Leaf { text: format!("{field}{before}{beginning}*"), by_text: Some(by_text) })
}

/// Whether `wanted`, which ends in the beginning of a word, stands in `text`. A bar closes a word as well as it opens one.
fn holds_beginning(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let bar = wanted.find('\u{1}').unwrap_or(0);
        text[..at + bar].matches('\u{1}').count().is_multiple_of(2)
    })
}

/// Two or three stretches of one text, in any order.
fn near(dice: &mut Dice, (field, part): In, text: &str) -> Option<Leaf> {
    let words: Vec<String> = (0..2 + dice.below(2)).map(|_| han(dice, text, 3)).collect::<Option<_>>()?;
    let distance = *dice.of(&[0, 1, 2, 5, 20, 100]);
    // Some window of that many characters holds all of them.
    let wanted: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let width = words.iter().map(|word| word.chars().count()).sum::<usize>() + distance;
    let by_text = having(part, |text| {
        let chars = units_of(text);
        (0..chars.len()).any(|from| {
            let window: String = chars[from..chars.len().min(from + width)].iter().collect();
            wanted.iter().all(|word| window.contains(word))
        })
    });
    Some(Leaf { text: format!("{field}\"{}\"~{distance}", words.join(" ")), by_text: Some(by_text) })
}

/// A folded text with one character for each word of letters.
fn units_of(folded: &str) -> Vec<char> {
    let parts = folded.split('\u{1}').enumerate();
    parts.flat_map(|(at, part)| if at % 2 == 1 { vec!['x'] } else { part.chars().collect() }).collect()
}

fn other(text: &str) -> Leaf {
    Leaf { text: text.to_owned(), by_text: None }
}

fn names(asked: &Asked, dice: &mut Dice) -> Vec<Leaf> {
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for mention in asked.records.iter().flat_map(|record| &record.mentions).filter(|mention| mention.kind != "date") {
        of.entry(&mention.kind).or_default().push(&mention.name);
    }
    let mut all = Vec::new();
    for (kind, names) in of {
        for _ in 0..8 {
            let name = *dice.of(&names);
            all.push(other(&format!("{kind}:\"{name}\"")));
            all.extend(han(dice, name, 4).map(|part| other(&format!("{kind}:{part}"))));
        }
    }
    all
}

fn figures(asked: &Asked, dice: &mut Dice) -> Vec<Leaf> {
    let metrics: Vec<_> = asked.records.iter().flat_map(|record| &record.metrics).collect();
    let mut all = Vec::new();
    for _ in 0..60 {
        let metric = *dice.of(&metrics);
        let mut said = Vec::new();
        let mut push = |field: &str, value: &Option<String>| {
            said.extend(value.as_ref().map(|value| format!("{field}:\"{value}\"")));
        };
        push("subject", &metric.subject);
        push("unit", &metric.unit);
        push("change", &metric.change);
        push("bound", &metric.bound);
        push("basis", &metric.basis);
        push("community", &metric.about.community);
        push("division", &metric.about.division);
        push("date", &metric.about.date.as_ref().map(|date| date.replace('/', "..")));
        said.push(format!("approx:{}", metric.approx));
        if let Some(value) = metric.value.or(metric.low) {
            let range = [format!("{value}"), format!(">={value}"), format!("<{value}"), format!("..{value}")];
            said.push(format!("value:{}", dice.of(&range)));
        }
        let (a, b) = (dice.of(&said).clone(), dice.of(&said).clone());
        let joined = [a.clone(), format!("({a} AND {b})"), format!("({a} OR NOT {b})"), format!("({a} -{b})")];
        all.push(other(&format!("metric:{}", dice.of(&joined))));
    }
    all
}

#[test]
fn every_leaf_holds_of_what_it_finds() {
    let mut by_text = 0;
    for (leaf, found) in LEAVES.iter() {
        assert_eq!(*found, corpus().scanned(&leaf.text), "{}", leaf.text);
        if let Some(plain) = &leaf.by_text {
            assert_eq!(found, plain, "{}", leaf.text);
            by_text += usize::from(!found.is_empty());
        }
    }
    assert!(by_text > 300 && LEAVES.iter().filter(|(_, found)| found.is_empty()).count() < LEAVES.len() / 4);
}

/// A tree over [`LEAVES`].
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    /// As it is typed, in one of the ways in which it can be.
    fn typed(&self, way: usize) -> String {
        let joined = |parts: &[Self], by: &str| {
            let parts = parts.iter().enumerate().map(|(at, part)| part.typed(way / 2 + at));
            format!("({})", parts.collect::<Vec<_>>().join(by))
        };
        match self {
            Self::Leaf(at) => LEAVES[at % LEAVES.len()].0.text.clone(),
            Self::Not(not) => format!("{}{}", if way.is_multiple_of(2) { "NOT " } else { "-" }, not.typed(way / 2)),
            Self::All(parts) => joined(parts, if way.is_multiple_of(2) { " " } else { " AND " }),
            Self::Any(parts) => joined(parts, " OR "),
        }
    }

    /// What it finds, worked out from what its leaves find.
    fn counted(&self) -> Articles {
        let all: Articles = (0..corpus().records.len()).collect();
        match self {
            Self::Leaf(at) => LEAVES[at % LEAVES.len()].1.clone(),
            Self::Not(not) => all.difference(&not.counted()).copied().collect(),
            Self::All(parts) => {
                parts.iter().fold(all, |rest, part| rest.intersection(&part.counted()).copied().collect())
            }
            Self::Any(parts) => parts.iter().flat_map(Self::counted).collect(),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    any::<usize>().prop_map(Tree::Leaf).prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|not| Tree::Not(Box::new(not))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::All),
            prop::collection::vec(inner, 1..4).prop_map(Tree::Any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn operators_are_those_of_sets(tree in tree(), way in 0_usize..64) {
        let query = tree.typed(way);
        prop_assert_eq!(corpus().found(&query), tree.counted(), "{}", query);
    }

    #[test]
    fn laws_of_sets_hold(p in tree(), q in tree()) {
        let (p, q) = (p.typed(0), q.typed(1));
        let same = |left: String, right: String| {
            assert_eq!(corpus().found(&left), corpus().found(&right), "{left} and {right}");
        };
        same(format!("NOT ({p} {q})"), format!("NOT {p} OR -{q}"));
        same(format!("-({p} OR {q})"), format!("NOT {p} AND NOT {q}"));
        same(format!("NOT NOT {p}"), p.clone());
        same(format!("{p} {p}"), format!("{p} OR {p}"));
        same(format!("{p} {q}"), format!("{q} AND {p}"));
        same(format!("{p} OR {p} {q}"), p.clone());
        let (nothing, all) = (format!("{p} -{p}"), format!("{p} OR -{p}"));
        prop_assert_eq!((corpus().found(&nothing).len(), corpus().found(&all).len()), (0, corpus().records.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_found_is_what_holds(tree in tree()) {
        let query = tree.typed(3);
        prop_assert_eq!(corpus().found(&query), corpus().scanned(&query), "{}", query);
    }
}

/// A cleaned page is read as it stands, so a test can say where its paragraphs end.
fn bounds() -> Asked {
    Asked::of_pages(&[(
        "云杉街讯-2024-05.txt",
        "<!-- jiebao clean -->\n# 楼组议事会开张\n\n居民在凉亭里谈停车\n\n投诉少了一半，大家说“好办法”。\n\n通讯员 韩晓溪\n",
    )])
}

#[test]
fn nothing_is_found_across_the_end_of_a_text() {
    let asked = bounds();
    let texts: Vec<_> = asked.records.iter().flat_map(texts).collect();
    assert!(texts.contains(&(Part::Body, "居民在凉亭里谈停车")), "{texts:?}");
    for (query, count) in [
        ("停车", 1),
        ("投诉", 1),
        ("停车投诉", 0),
        ("\"停车投诉\"", 0),
        ("\"停车 投诉\"~100", 0),
        ("停车 投诉", 1),
        ("开张居民", 0),
        ("\"开张 居民\"~100", 0),
        ("title:开张 body:居民", 1),
        ("title:居民", 0),
        ("body:开张", 0),
        ("“好办法”", 1),
        ("“好办法，”", 0),
        ("\"投诉 办法\"~10", 1),
        ("\"办法 投诉\"~10", 1),
        ("\"投诉 办法\"~9", 0),
        ("\"好办法 办法\"~0", 1),
    ] {
        assert_eq!(asked.found(query).len(), count, "{query}");
        assert_eq!(asked.found(query), asked.scanned(query), "{query}");
    }
}
