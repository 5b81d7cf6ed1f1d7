//! An archive of invented newsletters, as large as is asked for. In: a seed and a number. Out: the issue of that
//! number, the same on every machine, whatever was made before it.
//!
//! | file         | question it answers                                       |
//! |--------------|------------------------------------------------------------|
//! | `random`     | which numbers, and by which law?                            |
//! | `vocabulary` | which words, and how many different ones?                   |
//! | `names`      | what are the communities, people, programmes called?        |
//! | `clauses`    | which sentences do newsletters write?                       |
//! | `growth`     | does the number of different words grow as real text's?     |

mod clauses;
pub(crate) mod growth;
mod names;
pub(crate) mod random;
mod vocabulary;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use names::Names;
use random::Random;
use std::path::Path;
use std::{fs, io};
use vocabulary::Vocabulary;

/// Raised when the same seed comes to give other issues.
pub(crate) const VERSION: u32 = 1;

/// How many newsletters there are.
const NEWSLETTERS: u64 = 120;

/// Days between two issues, and the last year that a newsletter with that rhythm begins in, so that an archive of
/// 20,000 issues ends in 2025.
const RHYTHMS: [(i64, u64); 3] = [(7, 2022), (14, 2018), (30, 2011)];

const ARTICLES: (u64, u64) = (7, 9);
const PARAGRAPHS: (u64, u64) = (3, 8);

/// Characters of a paragraph, at least.
const PARAGRAPH: (u64, u64) = (30, 80);

/// How many articles say who wrote them, and how many sentences name and count.
const SIGNED: f64 = 0.9;
const FACTS: f64 = 0.35;

/// Which numbers belong to what.
const ISSUE: u64 = 21;
const RHYTHM: u64 = 22;

/// An archive without end.
pub(crate) struct Newsletters {
    seed: u64,
    words: Vocabulary,
    cities: Vec<&'static str>,
}

/// One issue.
pub(crate) struct Issue {
    /// File name without ending.
    pub(crate) stem: String,
    /// Content.
    pub(crate) text: String,
}

impl Newsletters {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, words: Vocabulary::new(seed), cities: names::cities() }
    }

    /// What all depends on.
    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// The issue of that number, from 0.
    pub(crate) fn issue(&self, number: u64) -> Issue {
        let (newsletter, sequence) = (number % NEWSLETTERS, number / NEWSLETTERS);
        let names = Names::new(&self.words, self.seed, newsletter);
        let date = self.date(newsletter, sequence);
        let random = Random::of(&[self.seed, ISSUE, number]);
        let mut writer = Writer { words: &self.words, names, random, date, text: String::new() };
        writer.masthead(sequence + 1, &self.cities);
        for _ in 0..writer.random.between(ARTICLES.0, ARTICLES.1) {
            writer.article();
        }
        Issue { stem: format!("n{newsletter:03}-{date}-{:04}", sequence + 1), text: writer.text }
    }

    /// Writes the first `number` issues into `folder`, each newsletter's into its own, and counts their bytes.
    pub(crate) fn write(&self, folder: &Path, number: u64) -> io::Result<u64> {
        let mut bytes = 0;
        for issue in (0..number).map(|number| self.issue(number)) {
            let folder = folder.join(&issue.stem[..4]);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("{}.txt", issue.stem)), &issue.text)?;
            bytes += issue.text.len() as u64;
        }
        Ok(bytes)
    }

    fn date(&self, newsletter: u64, sequence: u64) -> Date {
        let mut random = Random::of(&[self.seed, RHYTHM, newsletter]);
        let (days, last) = random.pick(&RHYTHMS);
        let year = i16::try_from(random.between(2005, last)).expect("a year of this century");
        let first = date(year, 1, 1) + random.between(0, 27).cast_signed().days();
        first + (days * sequence.cast_signed()).days()
    }
}

/// Writes one issue.
struct Writer<'a> {
    words: &'a Vocabulary,
    names: Names<'a>,
    random: Random,
    date: Date,
    text: String,
}

impl Writer<'_> {
    fn masthead(&mut self, number: u64, cities: &[&'static str]) {
        let (title, city) = (self.names.title(), self.names.city(cities));
        let (district, street) = (self.names.district(), self.names.street());
        let [year, month, day] = [i32::from(self.date.year()), self.date.month().into(), self.date.day().into()];
        self.text +=
            &format!("{title}\n{year}年{month}月{day}日 第{number}期\n{city}{district}{street}办事处 主办\n");
    }

    fn article(&mut self) {
        self.text += "\n";
        self.fill_one(&clauses::HEADLINES);
        self.text += "\n";
        if self.random.happens(SIGNED) {
            let person = self.names.person(&mut self.random);
            self.text += &format!("□记者 {person}\n");
        }
        self.text += "\n";
        for _ in 0..self.random.between(PARAGRAPHS.0, PARAGRAPHS.1) {
            self.text += "　　";
            let least = 3 * self.random.between(PARAGRAPH.0, PARAGRAPH.1);
            let start = self.text.len();
            while ((self.text.len() - start) as u64) < least {
                let fact = self.random.happens(FACTS);
                self.fill_one(if fact { &clauses::FACTS } else { &clauses::PROSE });
            }
            self.text += "\n";
        }
    }

    /// Appends one of `sentences` with its places filled.
    fn fill_one(&mut self, sentences: &[&str]) {
        let mut rest = self.random.pick(sentences);
        while let Some((before, after)) = rest.split_once('{') {
            self.text += before;
            let (place, after) = after.split_once('}').expect("a place ends");
            self.place(place);
            rest = after;
        }
        self.text += rest;
    }

    fn place(&mut self, place: &str) {
        let random = &mut self.random;
        let filled = match place {
            "社区" => self.names.community(random),
            "网格" => self.names.grid(random),
            "街道" => self.names.street(),
            "区" => self.names.district(),
            "人" => self.names.officer(random),
            "名" => self.names.person(random),
            "机构" => self.names.organization(random),
            "项目" => self.names.program(random),
            "数" => number(random),
            "岁" => random.between(20, 95).to_string(),
            "率" => format!("{}.{}%", random.between(2, 99), random.below(10)),
            "钱" => format!("{}万元", number(random)),
            "日" if random.happens(0.5) => format!("{}月", random.between(1, 12)),
            "日" => format!("{}月{}日", random.between(1, 12), random.between(1, 28)),
            "事" if random.happens(0.6) => random.pick(&clauses::COUNTED).to_owned(),
            "事" => {
                self.words.word(random, &mut self.text);
                "投诉量".to_owned()
            }
            "倍" => return self.fill_one(&clauses::CHANGES),
            "话" => return self.words.phrase(random, &mut self.text),
            "词" => return self.words.word(random, &mut self.text),
            other => panic!("a sentence has a place {other} that nothing comes to"),
        };
        self.text += &filled;
    }
}

/// A number as newspapers print it, small ones more often.
fn number(random: &mut Random) -> String {
    let number = 2 + random.rank(1.0, 60.0) % 100_000;
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
