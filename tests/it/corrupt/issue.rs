//! A clean issue, and how it differs from what was read.

use jiebao::model;
use std::fmt::Write;
use std::path::Path;

/// An issue as its editors meant it.
#[derive(Clone, Debug, Default)]
pub(super) struct Issue {
    pub(super) name: String,
    /// Number, date and publisher, a line each.
    pub(super) imprint: Vec<String>,
    pub(super) articles: Vec<Article>,
}

/// What the reader must give back exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub(super) kicker: Option<String>,
    pub(super) title: String,
    pub(super) subtitle: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) parts: Vec<Part>,
}

/// A piece of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Heading(String),
    Paragraph(String),
}

impl Article {
    /// An article as it was read.
    pub(super) fn read(article: &model::Article) -> Self {
        let text = |text: &Option<model::Text>| text.as_ref().map(|text| text.as_str().to_owned());
        let mut parts = Vec::new();
        for at in 0..=article.paragraphs.len() {
            let headings = article.headings.iter().filter(|heading| heading.before == at);
            parts.extend(headings.map(|heading| Part::Heading(heading.text.to_string())));
            parts.extend(article.paragraphs.get(at).map(|text| Part::Paragraph(text.to_string())));
        }
        Self {
            kicker: text(&article.kicker),
            title: text(&article.title).unwrap_or_default(),
            subtitle: text(&article.subtitle),
            byline: article.byline.clone(),
            source: article.source.clone(),
            parts,
        }
    }

    /// A line for each thing that can be wrong.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("title {}", self.title)];
        lines.extend(self.kicker.iter().map(|text| format!("  kicker {text}")));
        lines.extend(self.subtitle.iter().map(|text| format!("  subtitle {text}")));
        if !self.byline.is_empty() {
            lines.push(format!("  byline {}", self.byline.join(" ")));
        }
        lines.extend(self.parts.iter().map(|part| match part {
            Part::Heading(text) => format!("  heading {text}"),
            Part::Paragraph(text) => format!("  {text}"),
        }));
        lines.extend(self.source.iter().map(|text| format!("  source {text}")));
        lines
    }
}

/// What differs, a line each: `-` was meant, `+` was read.
pub(super) fn difference(meant: &[Article], read: &[Article]) -> String {
    let lines = |articles: &[Article]| articles.iter().flat_map(Article::lines).collect::<Vec<_>>();
    let (meant, read) = (lines(meant), lines(read));
    let mut told = String::new();
    let (mut one, mut other) = (meant.as_slice(), read.as_slice());
    while !one.is_empty() || !other.is_empty() {
        match (one.first(), other.first()) {
            (Some(a), Some(b)) if a == b => (one, other) = (&one[1..], &other[1..]),
            // Whichever side finds its line again sooner has lines that the other lacks.
            (Some(a), b) if !other.contains(a) => {
                let _ = writeln!(told, "- {a}");
                one = &one[1..];
                if let Some(b) = b.filter(|b| !one.contains(b)) {
                    let _ = writeln!(told, "+ {b}");
                    other = &other[1..];
                }
            }
            (_, Some(b)) => {
                let _ = writeln!(told, "+ {b}");
                other = &other[1..];
            }
            (Some(a), None) => {
                let _ = writeln!(told, "- {a}");
                one = &one[1..];
            }
            (None, None) => break,
        }
    }
    told
}

/// A headline without spaces beside its figures: the record knows none there, though they part clauses too.
fn closed(title: &str) -> String {
    let chars: Vec<char> = title.chars().collect();
    let figure = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let kept = |&(at, &c): &(usize, &char)| c != ' ' || at == 0 || !(figure(at - 1) || figure(at + 1));
    chars.iter().enumerate().filter(kept).map(|(_, &c)| c).collect()
}

/// The gold of the sample corpus, without the issues that are held out: a row that falls short shows its pages.
pub(super) fn gold() -> Vec<Issue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/gold");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the gold").flatten().map(|file| file.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let gold: serde_json::Value =
            serde_json::from_slice(&std::fs::read(file).expect("readable gold")).expect("gold is JSON");
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let texts = |value: &serde_json::Value| {
            value.as_array().into_iter().flatten().filter_map(text).collect::<Vec<String>>()
        };
        let article = |gold: &serde_json::Value| {
            let (headings, paragraphs) = (texts(&gold["headings"]), texts(&gold["paragraphs"]));
            let part = |place: &String| {
                let at: usize = place[1..].parse().expect("the place of a part");
                if place.starts_with('h') {
                    Part::Heading(headings[at].clone())
                } else {
                    Part::Paragraph(paragraphs[at].clone())
                }
            };
            let order = texts(&gold["order"]);
            assert!(order.len() == headings.len() + paragraphs.len(), "{gold}");
            Article {
                kicker: text(&gold["kicker"]),
                title: closed(&text(&gold["title"]).expect("a title")),
                subtitle: text(&gold["subtitle"]),
                byline: texts(&gold["byline"]),
                source: text(&gold["source"]),
                parts: order.iter().map(part).collect(),
            }
        };
        let mut imprint = texts(&gold["masthead"]);
        Issue {
            name: imprint.remove(0),
            imprint,
            articles: gold["articles"].as_array().expect("articles").iter().map(article).collect(),
        }
    };
    files.iter().map(read).collect()
}
