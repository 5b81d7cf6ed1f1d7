//! References to articles. In: a [`Record`], the file it is of, and which archive it is. Out: a line for a list of
//! references, from which the very bytes can be found again.
//!
//! | style      | after                                                                                       |
//! |------------|----------------------------------------------------------------------------------------------|
//! | `gbt7714`  | GB/T 7714—2015 信息与文献 参考文献著录规则, 4.3 and 8.1: `作者. 题名[N]. 报纸名, 日期(期号)`    |
//! | `bibtex`   | BibTeX, `@article`, or `@misc` where the author or the year is not known                     |
//! | `plain`    | author, headline, newspaper, date, number                                                    |
//!
//! Each goes on with the article's id, the archive's version, the bytes of the file and its SHA-256. A newspaper is called
//! what its issues are called before their first digit; no more is known of it.

use crate::index::IssueRow;
use crate::record::Record;

/// Authors that GB/T 7714 lists before 等 (8.1.2).
const AUTHORS: usize = 3;

/// Characters of the text that stand for a headline where there is none.
const BEGINNING: usize = 20;

/// Bytes that may lie between two ranges that are told as one: line ends, and the spaces that begin a paragraph.
const BETWEEN: usize = 8;

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// GB/T 7714—2015.
    Gbt7714,
    /// BibTeX.
    Bibtex,
    /// For reading.
    Plain,
}

impl Style {
    /// All styles.
    pub const ALL: [Self; 3] = [Self::Gbt7714, Self::Bibtex, Self::Plain];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gbt7714 => "gbt7714",
            Self::Bibtex => "bibtex",
            Self::Plain => "plain",
        }
    }
}

/// What is cited.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The article.
    pub record: &'a Record,
    /// The file it stands in.
    pub issue: &'a IssueRow,
    /// The version of the archive.
    pub version: &'a str,
    /// The paragraph that is cited, from 0; none for all of the article.
    pub paragraph: Option<usize>,
}

/// A reference, without a line end.
pub fn cite(source: &Source<'_>, style: Style) -> String {
    match style {
        Style::Gbt7714 => source.gbt7714(),
        Style::Bibtex => source.bibtex(),
        Style::Plain => source.plain(),
    }
}

impl Source<'_> {
    fn gbt7714(&self) -> String {
        let authors = self.record.byline.iter().take(AUTHORS).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if self.record.byline.len() > AUTHORS { ", 等" } else { "" };
        let authors = if authors.is_empty() { String::new() } else { format!("{authors}{more}. ") };
        let date = self.record.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
        let number = self.issue.number.as_ref().map_or_else(String::new, |number| format!("(第{number}期)"));
        let paragraph = self.paragraph.map_or_else(String::new, |at| format!("第{}段, ", at + 1));
        format!(
            "{authors}{}[N]. {}{date}{number}. {paragraph}jiebao:{}@{}, 字节 {}, SHA-256 {}.",
            self.title(),
            self.newspaper(),
            self.record.id,
            self.version,
            self.bytes(),
            self.issue.sha256
        )
    }

    fn plain(&self) -> String {
        let author = if self.record.byline.is_empty() { String::new() } else { self.record.byline.join(", ") + ": " };
        let date = self.record.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
        let number = self.issue.number.as_ref().map_or_else(String::new, |number| format!(", no. {number}"));
        let paragraph = self.paragraph.map_or_else(String::new, |at| format!(", paragraph {}", at + 1));
        format!(
            "{author}{}. {}{date}{number}{paragraph}. Article {}, archive {}, file {}, bytes {}, SHA-256 {}",
            self.title(),
            self.newspaper(),
            self.record.id,
            self.version,
            self.record.path,
            self.bytes(),
            self.issue.sha256
        )
    }

    fn bibtex(&self) -> String {
        let date = self.record.date.as_deref().unwrap_or_default();
        let year = date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let month = date.get(5..7).and_then(|month| month.parse::<u8>().ok()).filter(|_| date.get(4..5) == Some("-"));
        let is_article = !self.record.byline.is_empty() && year.is_some();
        let paragraph = self.paragraph.map_or_else(String::new, |at| format!("paragraph {}, ", at + 1));
        let note = format!(
            "{paragraph}article {}, archive {}, file {}, bytes {}, SHA-256 {}",
            self.record.id,
            self.version,
            self.record.path,
            self.bytes(),
            self.issue.sha256
        );
        let authors: Vec<String> =
            self.record.byline.iter().map(|author| format!("{{{}}}", escaped(author))).collect();
        let braced = |text: &str| format!("{{{}}}", escaped(text));
        let fields = [
            // Braces keep BibTeX from taking a name of Han characters apart, and a headline's letters as they are.
            ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
            ("title", Some(braced(&self.title()))),
            (if is_article { "journal" } else { "howpublished" }, Some(escaped(&self.newspaper()))),
            ("year", year.map(str::to_owned)),
            ("month", month.map(|month| month.to_string())),
            ("date", self.record.date.as_deref().map(escaped)),
            ("number", self.issue.number.as_deref().map(escaped)),
            ("note", Some(escaped(&note))),
        ];
        let lines = fields.iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}}", value.as_ref()?)));
        let kind = if is_article { "article" } else { "misc" };
        format!("@{kind}{{{},\n{}\n}}", self.key(), lines.collect::<Vec<_>>().join(",\n"))
    }

    /// The same for the same article, on every machine, in characters that BibTeX takes: the digits and the place of its id.
    fn key(&self) -> String {
        let mut parts = self.record.id.rsplitn(3, '-');
        let (place, digits) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let paragraph = self.paragraph.map_or_else(String::new, |at| format!("-p{}", at + 1));
        format!("jiebao-{digits}-{}{paragraph}", place.replace('~', "-"))
    }

    fn title(&self) -> String {
        if let Some(title) = &self.record.title {
            return title.clone();
        }
        let text = self.record.paragraphs.first().map_or("", String::as_str);
        let beginning: String = text.chars().take(BEGINNING).collect();
        let mark = if text.chars().nth(BEGINNING).is_some() { "……" } else { "" };
        format!("[{beginning}{mark}]")
    }

    fn newspaper(&self) -> String {
        let name = &self.record.issue;
        let before = name.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let before = before.trim_end_matches(['-', '_', '－', '—', '第', ' ', '(', '（', '.']);
        if before.is_empty() { name.clone() } else { before.to_owned() }
    }

    /// The bytes of the file that the paragraph, or all of them, were made from.
    fn bytes(&self) -> String {
        let origins = self.record.origin.iter().enumerate();
        let cited = origins.filter(|(at, _)| self.paragraph.is_none_or(|paragraph| paragraph == *at));
        let mut ranges: Vec<[usize; 2]> = cited.flat_map(|(_, ranges)| ranges.iter().copied()).collect();
        ranges.sort_unstable();
        let mut joined: Vec<[usize; 2]> = Vec::new();
        for [start, end] in ranges {
            match joined.last_mut() {
                Some(last) if start <= last[1] + BETWEEN => last[1] = last[1].max(end),
                _ => joined.push([start, end]),
            }
        }
        let shown: Vec<String> = joined.iter().map(|[start, end]| format!("{start}-{end}")).collect();
        if shown.is_empty() { "-".to_owned() } else { shown.join(";") }
    }
}

/// `text` as TeX prints it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => out.extend(['\\', c]),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Counts;

    fn shown(byline: &[&str], title: Option<&str>, paragraph: Option<usize>) -> String {
        let record = Record {
            id: "曹渡_街讯-2024-03-0c2f5a1b9d3e-2".to_owned(),
            issue: "曹渡_街讯-2024-03".to_owned(),
            path: "in/曹渡_街讯-2024-03.txt".to_owned(),
            title: title.map(str::to_owned),
            byline: byline.iter().map(|&name| name.to_owned()).collect(),
            date: Some("2024-03-05".to_owned()),
            paragraphs: vec!["云栖网格走访120户，人人参与，家家户户受益良多。".to_owned(), "完。".to_owned()],
            origin: vec![vec![[10, 40], [43, 60]], vec![[90, 96]]],
            ..Record::default()
        };
        let issue = IssueRow {
            id: "曹渡_街讯-2024-03-0c2f5a1b9d3e".to_owned(),
            issue: record.issue.clone(),
            path: record.path.clone(),
            file: String::new(),
            sha256: "ab12".to_owned(),
            bytes: 100,
            encoding: "UTF-8".to_owned(),
            number: Some("3".to_owned()),
            date: None,
            program: String::new(),
            counts: Counts::default(),
            set_aside: Vec::new(),
            problems: Vec::new(),
        };
        let source = Source { record: &record, issue: &issue, version: "00ff", paragraph };
        Style::ALL.map(|style| cite(&source, style)).join("\n")
    }

    #[test]
    fn cites_an_article() {
        insta::assert_snapshot!(shown(&["云小满", "江知夏"], Some("走访100% {一}"), None), @r"
        云小满, 江知夏. 走访100% {一}[N]. 曹渡_街讯, 2024-03-05(第3期). jiebao:曹渡_街讯-2024-03-0c2f5a1b9d3e-2@00ff, 字节 10-60;90-96, SHA-256 ab12.
        @article{jiebao-0c2f5a1b9d3e-2,
          author = {{云小满} and {江知夏}},
          title = {{走访100\% \{一\}}},
          journal = {曹渡\_街讯},
          year = {2024},
          month = {3},
          date = {2024-03-05},
          number = {3},
          note = {article 曹渡\_街讯-2024-03-0c2f5a1b9d3e-2, archive 00ff, file in/曹渡\_街讯-2024-03.txt, bytes 10-60;90-96, SHA-256 ab12}
        }
        云小满, 江知夏: 走访100% {一}. 曹渡_街讯, 2024-03-05, no. 3. Article 曹渡_街讯-2024-03-0c2f5a1b9d3e-2, archive 00ff, file in/曹渡_街讯-2024-03.txt, bytes 10-60;90-96, SHA-256 ab12
        ");
    }

    #[test]
    fn cites_a_paragraph_of_many_or_of_nobody() {
        let many = shown(&["甲一", "乙二", "丙三", "丁四"], Some("题"), Some(1));
        assert!(many.starts_with("甲一, 乙二, 丙三, 等. 题[N]. ") && many.contains("第2段, "), "{many}");
        assert!(many.contains("bytes 90-96,") && many.contains("@article{jiebao-0c2f5a1b9d3e-2-p2,"), "{many}");
        let nobody = shown(&[], None, None);
        assert!(nobody.starts_with("[云栖网格走访120户，人人参与，家家户户……][N]. "), "{nobody}");
        assert!(nobody.contains("@misc{") && nobody.contains("howpublished = {曹渡"), "{nobody}");
    }

    #[test]
    fn escapes_for_tex() {
        assert_eq!(
            escaped(r"a\b_c~d^e#$%&\{}"),
            r"a\textbackslash{}b\_c\textasciitilde{}d\textasciicircum{}e\#\$\%\&\textbackslash{}\{\}"
        );
    }
}
