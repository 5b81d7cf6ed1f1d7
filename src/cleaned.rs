//! A cleaned page as text, and that text read back.
//!
//! [`write()`]: an [`Issue`] in, the page as Markdown out, which an operator can read, correct by hand and bring in
//! again. [`read`]: such a page in, the same issue out, with nothing guessed: its first line says what it is, and then
//! every line is what its mark says.
//!
//! | line                                             | is                                                      |
//! |--------------------------------------------------|---------------------------------------------------------|
//! | `<!-- jiebao clean, issue 12, 2025-03-08 -->`    | the first line; issue and date where they are known     |
//! | `# 云杉社区修亭子`                                | a headline; a bare `#` begins an article without one    |
//! | the line above it, the one below                 | kicker, subtitle                                        |
//! | `□余欢、田青` in those lines                     | byline                                                  |
//! | `## 从旁观到参与`                                | a section heading                                       |
//! | `（党群办）`                                     | sign-off                                                |
//! | any other line                                   | a paragraph; `\` before one that would read as a mark   |

use crate::clean;
use crate::decode::Decoded;
use crate::lexicon::literal;
use crate::model::{Article, Heading, Issue, Reason, SetAside, Text, TextSpan};
use crate::source::Source;
use regex::Regex;
use std::sync::LazyLock;

static MARK: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^<!-- jiebao clean(?:, issue ([^,<>]+))?(?:, ([0-9]{4}(?:-[0-9]{2}){0,2}))? -->\s*$"));

/// The articles of `issue` as a page.
pub fn write(issue: &Issue) -> String {
    let number = issue.number.as_deref().filter(|number| !number.contains([',', '<', '>', '\n']));
    let number = number.map_or(String::new(), |number| format!(", issue {number}"));
    let date = issue.date.as_deref().map_or(String::new(), |date| format!(", {date}"));
    let mut page = format!("<!-- jiebao clean{number}{date} -->\n");
    for (at, article) in issue.articles.iter().enumerate() {
        head(article, at == 0, &mut page);
        for at in 0..=article.paragraphs.len() {
            for heading in article.headings.iter().filter(|heading| heading.before == at) {
                page += &format!("\n## {}\n", heading.text.as_str());
            }
            if let Some(paragraph) = article.paragraphs.get(at) {
                let escape = if reads_as_mark(paragraph) { "\\" } else { "" };
                page += &format!("\n{escape}{}\n", paragraph.as_str());
            }
        }
        if let Some(source) = &article.source {
            page += &format!("\n（{source}）\n");
        }
    }
    page
}

fn head(article: &Article, first: bool, page: &mut String) {
    let lines = [&article.kicker, &article.title, &article.subtitle];
    if first && article.byline.is_empty() && lines.iter().all(|line| line.is_none()) {
        return;
    }
    let [kicker, title, subtitle] = lines.map(|line| line.as_deref());
    page.push('\n');
    if let Some(kicker) = kicker {
        *page += &format!("{kicker}\n");
    }
    *page += &title.map_or("#\n".to_owned(), |title| format!("# {title}\n"));
    if let Some(subtitle) = subtitle {
        *page += &format!("{subtitle}\n");
    }
    if !article.byline.is_empty() {
        *page += &format!("□{}\n", article.byline.join("、"));
    }
}

/// Whether a paragraph would be read as something else.
fn reads_as_mark(paragraph: &str) -> bool {
    paragraph.starts_with(['#', '\\']) || office(paragraph).is_some()
}

fn office(line: &str) -> Option<&str> {
    line.strip_prefix('（')?.strip_suffix('）')
}

fn is_head(line: &str) -> bool {
    line == "#" || line.starts_with("# ")
}

/// The issue of a page that [`write()`] made, as it stands; none for any other page.
pub fn read(source: &Source, decoded: &Decoded) -> Option<Issue> {
    let first = decoded.text.lines().next()?;
    let mark = MARK.captures(first)?;
    let group = |at| mark.get(at).map(|found| found.as_str().to_owned());
    let (number, date) = (group(1), group(2));
    // What cannot be seen is in no page of ours, so it came in by other hands.
    let (text, seen) = clean::seen(&decoded.text);
    let mut repairs = [decoded.repairs.as_slice(), &seen].concat();
    repairs.sort_by_key(|repair| (repair.source, repair.damage));
    let mut reader = Reader { text: &text, articles: Vec::new(), set_aside: Vec::new() };
    let lines = lines(&text);
    reader.aside(lines[0]);
    for block in lines[1..].split(|line| line.of(&text).is_empty()) {
        reader.block(block);
    }
    Some(Issue {
        name: source.name.clone(),
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        bytes: source.bytes.len(),
        encoding: decoded.encoding,
        number,
        date,
        articles: reader.articles,
        set_aside: reader.set_aside,
        repairs,
        seams: Vec::new(),
        problems: decoded.problems.clone(),
    })
}

/// The lines of a page without white space at their ends.
fn lines(page: &str) -> Vec<TextSpan> {
    let mut at = 0;
    let line = |whole: &str| {
        let start = at + (whole.len() - whole.trim_start().len());
        at += whole.len();
        TextSpan::new(start, start + whole.trim().len())
    };
    page.split_inclusive('\n').map(line).collect()
}

struct Reader<'a> {
    text: &'a Text,
    articles: Vec<Article>,
    set_aside: Vec<SetAside>,
}

impl Reader<'_> {
    /// Lines without a blank one among them.
    fn block(&mut self, lines: &[TextSpan]) {
        let Some(at) = lines.iter().position(|line| is_head(line.of(self.text))) else {
            lines.iter().for_each(|&line| self.line(line));
            return;
        };
        let mut article = Article::default();
        let (above, below) = (&lines[..at], &lines[at + 1..]);
        let Some((&kicker, stray)) = above.split_last().map_or(Some((&lines[at], above)), Some) else { return };
        stray.iter().for_each(|&line| self.line(line));
        article.kicker = (!above.is_empty()).then(|| self.text.slice(kicker));
        article.title = self.marked(lines[at], "# ").filter(|title| !title.is_empty());
        let mut rest = below.iter().copied().peekable();
        article.subtitle =
            rest.next_if(|line| !line.of(self.text).starts_with('□')).map(|line| self.text.slice(line));
        if let Some(line) = rest.next_if(|line| line.of(self.text).starts_with('□')) {
            let names = line.of(self.text).trim_start_matches('□').split('、');
            article.byline = names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
            article.credits.extend(self.text.source_of(line));
        }
        self.articles.push(article);
        rest.for_each(|line| self.line(line));
    }

    fn line(&mut self, line: TextSpan) {
        let text = line.of(self.text);
        if self.articles.is_empty() {
            self.articles.push(Article::default());
        }
        let heading = text.starts_with("## ").then(|| self.marked(line, "## ")).flatten();
        let paragraph = if text.starts_with('\\') { self.marked(line, "\\") } else { Some(self.text.slice(line)) };
        let Some(article) = self.articles.last_mut() else { return };
        if let Some(text) = heading {
            article.headings.push(Heading { text, before: article.paragraphs.len() });
        } else if let Some(office) = office(text).filter(|_| article.source.is_none()) {
            article.source = Some(office.to_owned());
            article.credits.extend(self.text.source_of(line));
        } else {
            article.paragraphs.extend(paragraph.filter(|text| !text.is_empty()));
        }
    }

    /// A line without the mark before it.
    fn marked(&mut self, line: TextSpan, mark: &str) -> Option<Text> {
        let end = line.end.min(line.start + mark.len());
        self.aside(TextSpan::new(line.start, end));
        Some(self.text.slice(TextSpan::new(end, line.end)).trimmed())
    }

    fn aside(&mut self, span: TextSpan) {
        if let Some(source) = self.text.source_of(span) {
            let text = span.of(self.text).trim().to_owned();
            self.set_aside.push(SetAside { source, text, reason: Reason::Markup });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;

    fn again(page: &str) -> String {
        let source = Source::new("page.md", page.as_bytes().to_vec());
        write(&pipeline::read_issue(&source).expect("text"))
    }

    #[test]
    fn reads_what_it_wrote() {
        let page = "<!-- jiebao clean, issue 12, 2025-03-08 -->\n\n开头一段没有标题。\n\n邻里故事\n# 亭子修好了 老人有处坐\n\
                    ——云杉社区小记\n□余欢、田青\n\n近日，亭子修好了。\n\n## 从旁观到参与\n\n\\# 号楼在东边。\n\n\\（以下是名单）\n\n甲 乙 丙\n\n\
                    （党群办）\n\n# 只有标题\n\n# 短讯\n\n没有说完的一句话\n\n#\n□余欢\n\n没有标题。\n";
        assert_eq!(again(page), page);
    }

    #[test]
    fn takes_every_page_that_hands_have_changed() {
        for (page, same) in [
            ("<!-- jiebao clean -->", "<!-- jiebao clean -->\n"),
            ("<!-- jiebao clean -->\r\n# 题\r\n甲\r\n乙", "<!-- jiebao clean -->\n\n# 题\n甲\n\n乙\n"),
            ("<!-- jiebao clean -->\n  甲\n乙\n肩\n#  题\n", "<!-- jiebao clean -->\n\n甲\n\n乙\n\n肩\n# 题\n"),
            ("<!-- jiebao clean -->\n甲\u{1b}\u{202e}乙\n", "<!-- jiebao clean -->\n\n甲乙\n"),
        ] {
            assert_eq!(again(page), same);
            assert_eq!(again(same), same);
        }
    }
}
