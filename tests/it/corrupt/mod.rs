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
//! `JIEBAO_PAGES=1000 cargo test --test it corrupt -- --nocapture` reads more pages, shows the pages that do not come
//! back and prints the table of docs/accuracy.md.

#![allow(clippy::print_stderr, reason = "the table of rates is what a reader runs this for")]

mod damage;
mod dice;
mod invent;
mod issue;
mod page;
mod words;

use damage::{ALL, Damage, Strength, corrupt};
use dice::Dice;
use issue::{Article, Issue, difference, gold};
use jiebao::source::Source;
use jiebao::{clean, decode, layout, segment};
use std::sync::LazyLock;

/// Pages of each row, unless `JIEBAO_PAGES` says more.
const PAGES: usize = 30;
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

/// Pages of a row that come back, of how many. Shows the first that do not.
fn count(row: &str, choose: impl Fn(usize) -> Vec<Damage>, strength: Strength) -> (usize, usize) {
    /// Pages of a row that are shown.
    const SHOWN: usize = 2;
    let pages = *PAGES_ASKED;
    let (mut judged, mut whole, mut shown) = (0, 0, 0);
    let only = std::env::var("ONLY").ok().and_then(|only| only.parse::<usize>().ok());
    for number in only.map_or(0..pages, |only| only..only + 1) {
        let damages = choose(number);
        // A page that is misread without damage counts in the row of undamaged pages alone.
        if !damages.is_empty() && verdict(&page(row, number, &[], strength), &[]).is_err() {
            continue;
        }
        judged += 1;
        let page = page(row, number, &damages, strength);
        match verdict(&page, &damages) {
            Ok(()) => whole += 1,
            Err(difference) if shown < SHOWN => {
                shown += 1;
                if std::env::var("SHORT").is_ok() {
                    eprintln!("--- {row} {strength:?} {number} {damages:?}\n{difference}");
                    shown = 0;
                    continue;
                }
                let text = decode::decode(&Source::new("page.txt", page.bytes)).expect("text").text;
                eprintln!("--- {row} {strength:?} {number} {damages:?}\n{difference}--- page\n{}", text.as_str());
            }
            Err(_) => {}
        }
    }
    eprintln!("{row} {strength:?}: {whole} of {judged}");
    (whole, judged)
}

#[test]
fn probe() {
    let row = std::env::var("ROW").unwrap_or_default();
    for strength in [Strength::Light, Strength::Medium, Strength::Heavy] {
        for damage in ALL.iter().filter(|damage| row.is_empty() || format!("{damage:?}") == row) {
            let extra = if *damage == Damage::BoldText { vec![Damage::Wrapped] } else { vec![] };
            count(&format!("{damage:?}"), |_| [vec![*damage], extra.clone()].concat(), strength);
        }
    }
    if row.is_empty() || row == "None" {
        count("None", |_| vec![], Strength::Light);
    }
}
