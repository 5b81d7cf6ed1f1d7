//! How a house sets a clean issue: lines that know what they are, so that damage can choose among them.

use super::dice::Dice;
use super::issue::{Issue, Part};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Masthead,
    Kicker,
    Title,
    Subtitle,
    Byline,
    Heading,
    Body,
    SignOff,
    Furniture,
    Blank,
}

#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) article: usize,
    /// Whether a paragraph starts with it.
    pub(super) first: bool,
    /// White space before it.
    pub(super) indent: &'static str,
}

impl Line {
    pub(super) fn new(role: Role, text: &str, article: usize) -> Self {
        Self { role, text: text.to_owned(), article, first: role == Role::Body, indent: "" }
    }

    pub(super) fn blank(article: usize) -> Self {
        Self::new(Role::Blank, "", article)
    }
}

/// How the parts of an issue are set.
#[derive(Clone, Debug)]
pub(super) struct House {
    indented: bool,
    /// Blank lines between paragraphs.
    between: usize,
    /// Blank lines above a headline.
    above: usize,
    /// Whether a blank line parts a headline from its text.
    below: bool,
    byline: usize,
    signed_at_foot: bool,
    run_in: bool,
}

impl House {
    /// Every style that still says where articles and paragraphs start.
    pub(super) fn new(dice: &mut Dice) -> Self {
        let between = dice.below(2);
        Self {
            indented: between == 0 || dice.percent(50),
            between,
            above: 2 + dice.below(2),
            below: dice.percent(50),
            byline: dice.below(5),
            signed_at_foot: dice.percent(30),
            run_in: dice.percent(50),
        }
    }

    fn byline(&self, names: &[String], foot: bool) -> String {
        let joined = names.join(if self.byline.is_multiple_of(2) { " " } else { "、" });
        match (foot, self.byline) {
            (true, 0..=2) => format!("（记者 {joined}）"),
            (true, _) => format!("（通讯员 {joined}）"),
            (_, 0) => format!("□见习记者 {joined}"),
            (_, 1) => format!("本报记者 {joined}"),
            (_, 2) => format!("文/{joined}"),
            (_, 3) => format!("记者：{joined}"),
            _ => format!("■通讯员 {joined}"),
        }
    }
}

/// Sets an issue. With `apart`, each two headlines stand together above their two bodies.
pub(super) fn set(issue: &Issue, house: &House, apart: bool, dice: &mut Dice) -> Vec<Line> {
    let mut lines = vec![Line::new(Role::Masthead, &issue.name, 0)];
    lines.extend((0..dice.below(2)).map(|_| Line::blank(0)));
    lines.extend(issue.imprint.iter().map(|line| Line::new(Role::Masthead, line, 0)));
    let heads: Vec<Vec<Line>> = (0..issue.articles.len()).map(|at| head(issue, house, at)).collect();
    let bodies: Vec<Vec<Line>> = (0..issue.articles.len()).map(|at| body(issue, house, at)).collect();
    let gap = |lines: &mut Vec<Line>, at: usize, count: usize| lines.extend((0..count).map(|_| Line::blank(at)));
    for at in (0..issue.articles.len()).step_by(if apart { 2 } else { 1 }) {
        let mut group: Vec<usize> = (at..issue.articles.len().min(at + if apart { 2 } else { 1 })).collect();
        for &at in &group {
            gap(&mut lines, at, house.above);
            lines.extend(heads[at].iter().cloned());
        }
        if apart && dice.percent(50) {
            group.reverse();
        }
        for &at in &group {
            let blanks = if group.len() > 1 { house.above } else { usize::from(house.below) };
            gap(&mut lines, at, blanks);
            lines.extend(bodies[at].iter().cloned());
        }
    }
    lines
}

fn head(issue: &Issue, house: &House, at: usize) -> Vec<Line> {
    let article = &issue.articles[at];
    let mut lines = Vec::new();
    lines.extend(article.kicker.iter().map(|text| Line::new(Role::Kicker, text, at)));
    lines.push(Line::new(Role::Title, &article.title, at));
    lines.extend(article.subtitle.iter().map(|text| Line::new(Role::Subtitle, text, at)));
    if !article.byline.is_empty() && !house.signed_at_foot {
        lines.push(Line::new(Role::Byline, &house.byline(&article.byline, false), at));
    }
    lines
}

fn body(issue: &Issue, house: &House, at: usize) -> Vec<Line> {
    let article = &issue.articles[at];
    let mut lines: Vec<Line> = Vec::new();
    let mut heading = false;
    for (index, part) in article.parts.iter().enumerate() {
        let blanks = match part {
            _ if index == 0 => 0,
            Part::Heading(_) => 1,
            Part::Paragraph(_) if heading => 0,
            Part::Paragraph(_) => house.between,
        };
        lines.extend((0..blanks).map(|_| Line::blank(at)));
        heading = matches!(part, Part::Heading(_));
        match part {
            Part::Heading(text) => lines.push(Line::new(Role::Heading, text, at)),
            Part::Paragraph(text) => {
                let indent = if house.indented { "　　" } else { "" };
                lines.push(Line { indent, ..Line::new(Role::Body, text, at) });
            }
        }
    }
    let byline = (!article.byline.is_empty() && house.signed_at_foot).then(|| house.byline(&article.byline, true));
    let office = article.source.as_ref().map(|office| format!("（{office}）"));
    let one = byline.is_some() != office.is_some();
    for credit in byline.into_iter().chain(office) {
        let closed = |line: &Line| line.text.ends_with(['。', '！', '？', '”', '…']);
        match lines.last_mut() {
            Some(last) if one && house.run_in && last.role == Role::Body && closed(last) => {
                last.text.push_str(&credit)
            }
            _ => {
                lines.extend((0..house.between).map(|_| Line::blank(at)));
                lines.push(Line::new(Role::SignOff, &credit, at));
            }
        }
    }
    lines
}
