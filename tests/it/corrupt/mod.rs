//! Damage, and what cleaning makes of it: clean issues are damaged as extraction damages them, and must come back
//! exactly. Belongs here: what holds for every page of a kind, as a share of pages.
//!
//! | file     | what it does                                                  |
//! |----------|---------------------------------------------------------------|
//! | `dice`   | chance that comes out alike on every run                      |
//! | `issue`  | a clean issue, and how it differs from what was read          |
//! | `invent` | invents issues from `words`                                   |
//! | `page`   | sets an issue as lines, in a house style                      |
//! | `damage` | damages the lines                                             |
//!
//! `JIEBAO_PAGES=200 cargo test --test it corrupt -- --nocapture` reads more pages and prints the table of
//! docs/accuracy.md; with `JIEBAO_ROW='cut columns'` it shows the pages of a row that do not come back.

#![allow(clippy::print_stderr, reason = "the table of rates is what a reader runs this for")]

mod damage;
mod dice;
mod invent;
mod issue;
mod page;
mod words;

use damage::{ALL, Damage, Strength, corrupt};
use dice::Dice;
use issue::{Article, Issue, Part, difference, gold};
use jiebao::model::Text;
use jiebao::source::Source;
use jiebao::{clean, decode, layout, segment};
use std::fmt::Write;
use std::sync::LazyLock;

/// Pages of each row, unless `JIEBAO_PAGES` says more.
const PAGES: usize = 20;
/// Pages in a hundred that are made of gold; the others are invented.
const GOLD: usize = 25;

static PAGES_ASKED: LazyLock<usize> =
    LazyLock::new(|| std::env::var("JIEBAO_PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(PAGES));
static CORPUS: LazyLock<Vec<Issue>> = LazyLock::new(gold);

/// What is read out of a file: its articles, without their names and figures.
fn read(bytes: &[u8]) -> Vec<Article> {
    let source = Source::new("page.txt", bytes.to_vec());
    let decoded = decode::decode(&source).expect("a page of text");
    let (text, repairs) = clean::page(&decoded.text);
    let page = layout::page(&text, &repairs);
    segment::issue(&source, decoded, repairs, page).articles.iter().map(Article::read).collect()
}

/// A page before and after its damage.
struct Page {
    meant: Vec<Article>,
    bytes: Vec<u8>,
}

fn page(row: &str, number: usize, damages: &[Damage], strength: Strength) -> Page {
    let mut dice = Dice::new(row, number);
    let mut issue = if dice.percent(GOLD) { dice.pick(&CORPUS).clone() } else { invent::issue(&mut dice) };
    if damages.contains(&Damage::Words) {
        const LATIN: [&str; 4] =
            ["Good Neighbours Make Good Streets", "How are you doing", "Open Day", "Hello Spring Market 2024"];
        issue.articles[0].subtitle = Some((*dice.pick(&LATIN)).to_owned());
    }
    let bytes = corrupt(&issue, damages, strength, &mut dice);
    Page { meant: issue.articles, bytes }
}

/// Whether the articles of a page come back; what differs if not.
fn verdict(page: &Page, damages: &[Damage]) -> Result<(), String> {
    let mut read = read(&page.bytes);
    let mut meant = page.meant.clone();
    if damages.contains(&Damage::Apart) {
        // Which of two bodies stands first is for the page to say.
        read.sort_by(|a, b| a.title.cmp(&b.title));
        meant.sort_by(|a, b| a.title.cmp(&b.title));
    }
    if read == meant { Ok(()) } else { Err(difference(&meant, &read)) }
}

/// A damage or several, and the share of pages (in percent) that come back at least, light, medium and heavy.
struct Row {
    name: &'static str,
    damages: &'static [Damage],
    at_least: [usize; 3],
}

const fn row(name: &'static str, damages: &'static [Damage], at_least: [usize; 3]) -> Row {
    Row { name, damages, at_least }
}

/// Each damage alone. What cuts text is told apart in columns, so those rows have both.
const ROWS: [Row; 20] = [
    row("undamaged", &[], [87, 87, 87]),
    row("half-width marks", &[Damage::HalfWidth], [97, 91, 91]),
    row("full-width digits", &[Damage::FullWidth], [97, 97, 97]),
    row("radicals", &[Damage::Radicals], [97, 97, 97]),
    row("stray spaces", &[Damage::Spaces], [91, 84, 53]),
    row("odd and unseen spaces", &[Damage::OddSpaces], [97, 92, 91]),
    row("soft hyphens", &[Damage::Hyphens], [97, 97, 97]),
    row("line ends", &[Damage::LineEnds], [97, 97, 97]),
    row("encodings", &[Damage::Encoding], [97, 97, 97]),
    row("Markdown", &[Damage::Markdown], [97, 97, 97]),
    row("furniture", &[Damage::Furniture, Damage::Wrapped], [93, 86, 61]),
    row("wrapped lines", &[Damage::Wrapped], [93, 91, 71]),
    row("cut columns", &[Damage::Cut, Damage::Wrapped], [95, 86, 56]),
    row("tails elsewhere", &[Damage::Elsewhere, Damage::Wrapped], [58, 39, 22]),
    row("headlines apart", &[Damage::Apart], [77, 77, 77]),
    row("fake bold on display", &[Damage::Bold], [76, 75, 48]),
    row("fake bold in text", &[Damage::BoldText, Damage::Wrapped], [81, 53, 43]),
    row("doubled words", &[Damage::Words], [92, 87, 43]),
    row("doubled halves", &[Damage::Halves], [93, 97, 27]),
    row("headlines twice", &[Damage::Twice], [80, 94, 94]),
];

/// Several damages at once, drawn for each page.
const TOGETHER: [usize; 3] = [74, 52, 39];

fn together(number: usize) -> Vec<Damage> {
    let mut dice = Dice::new("which", number);
    let mut damages = ALL.to_vec();
    // Where text is cut and where it stands is drawn apart, for they tell which pages can be told at all.
    damages.retain(|damage| !matches!(damage, Damage::Elsewhere | Damage::Words));
    dice.shuffle(&mut damages);
    damages.truncate(dice.within(3..=6));
    if damages.contains(&Damage::Cut) && !damages.contains(&Damage::Wrapped) {
        damages.push(Damage::Wrapped);
    }
    damages
}

/// Pages of a row that come back, of how many. Tells of the first that do not.
fn count(row: &str, choose: impl Fn(usize) -> Vec<Damage>, strength: Strength, told: &mut String) -> (usize, usize) {
    // Pages of a row that are told of: all, if it was asked for.
    let most = if std::env::var_os("JIEBAO_ROW").is_some() { usize::MAX } else { 2 };
    let (mut judged, mut whole) = (0, 0);
    for number in 0..*PAGES_ASKED {
        let damages = choose(number);
        // A page that is misread without damage counts in the row of undamaged pages alone.
        if !damages.is_empty() && verdict(&page(row, number, &[], strength), &[]).is_err() {
            continue;
        }
        judged += 1;
        let page = page(row, number, &damages, strength);
        match verdict(&page, &damages) {
            Ok(()) => whole += 1,
            Err(difference) if judged - whole <= most => {
                let text = decode::decode(&Source::new("page.txt", page.bytes)).expect("text").text;
                let _ = writeln!(
                    told,
                    "\n=== {row}, {strength:?}, page {number}, {damages:?}\n{difference}--- page\n{}",
                    text.as_str()
                );
            }
            Err(_) => {}
        }
    }
    (whole, judged)
}

/// Reads all rows at one strength; a row that falls short shows its pages.
fn check(strength: Strength) {
    let at = strength as usize;
    let (mut table, mut short) = (String::new(), Vec::new());
    let only = std::env::var("JIEBAO_ROW").ok();
    let asked = |name: &str| only.as_ref().is_none_or(|only| only == name);
    let mut judge = |name: &str, counted: (usize, usize), at_least: usize, told: String| {
        let (whole, judged) = counted;
        let _ = writeln!(table, "| {name} | {strength:?} | {whole} of {judged} |");
        if 100 * whole < at_least * judged || only.is_some() {
            short.push(format!("{name}: {whole} of {judged}, not {at_least} %{told}"));
        }
    };
    for row in ROWS.iter().filter(|row| asked(row.name)) {
        let mut told = String::new();
        let counted = count(row.name, |_| row.damages.to_vec(), strength, &mut told);
        judge(row.name, counted, row.at_least[at], told);
    }
    if asked("together") {
        let mut told = String::new();
        let counted = count("together", together, strength, &mut told);
        judge("together", counted, TOGETHER[at], told);
    }
    eprintln!("{table}");
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn light_damage_is_undone() {
    check(Strength::Light);
}

#[test]
fn medium_damage_is_undone() {
    check(Strength::Medium);
}

#[test]
fn heavy_damage_is_undone() {
    check(Strength::Heavy);
}

/// Cleaning finds nothing to repair in what it has cleaned.
#[test]
fn cleaning_what_was_cleaned_changes_nothing() {
    for number in 0..*PAGES_ASKED {
        for strength in [Strength::Light, Strength::Medium] {
            let page = page("idempotent", number, &together(number), strength);
            let decoded = decode::decode(&Source::new("page.txt", page.bytes)).expect("a page of text");
            let (once, _) = clean::page(&decoded.text);
            let (twice, repairs) = clean::page(&once);
            let told: Vec<_> = repairs.iter().map(|repair| format!("{} > {}", repair.was, repair.now)).collect();
            assert!(
                once.as_str() == twice.as_str(),
                "page {number}, {strength:?}: {told:?}\n{}",
                decoded.text.as_str()
            );
            for article in read(once.as_bytes()) {
                for part in &article.parts {
                    let (Part::Heading(text) | Part::Paragraph(text)) = part;
                    let again = clean::typeset(&Text::verbatim(text.as_str(), 0), clean::Setting::Row);
                    assert_eq!(again.as_str(), text, "page {number}, {strength:?}");
                }
            }
        }
    }
}

/// Nothing is repaired where nothing is damaged.
#[test]
fn clean_text_passes_through_unchanged() {
    for number in 0..2 * *PAGES_ASKED {
        let page = page("clean", number, &[], Strength::Light);
        let text = String::from_utf8(page.bytes).expect("a page is UTF-8");
        let (cleaned, repairs) = clean::page(&Text::verbatim(text.as_str(), 0));
        let told: Vec<_> = repairs.iter().map(|repair| format!("{} > {}", repair.was, repair.now)).collect();
        assert!(cleaned.as_str() == text, "page {number}: {told:?}");
        for part in page.meant.iter().flat_map(|article| &article.parts) {
            let (Part::Heading(text) | Part::Paragraph(text)) = part;
            let set = clean::typeset(&Text::verbatim(text.as_str(), 0), clean::Setting::Row);
            assert_eq!(set.as_str(), text);
        }
    }
}
