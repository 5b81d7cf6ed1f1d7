//! The damages of extraction, each apart from the others.

use super::dice::Dice;
use super::issue::Issue;
use super::page::{House, Line, Role, set};

/// What extraction does to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// Headlines stand together, apart from their bodies.
    Apart,
    /// Half-width marks.
    HalfWidth,
    /// Full-width digits.
    FullWidth,
    /// Radicals in place of characters.
    Radicals,
    /// Display lines in fake bold.
    Bold,
    /// Sentences in fake bold, cut by line ends with the text.
    BoldText,
    /// Every word of a display line twice.
    Words,
    /// Display lines that say everything twice.
    Halves,
    /// The same display line twice.
    Twice,
    /// Stray spaces.
    Spaces,
    /// White space of other kinds, seen and unseen.
    OddSpaces,
    /// Soft hyphens.
    Hyphens,
    /// Paragraphs cut into lines of a column.
    Wrapped,
    /// Columns that end in mid-sentence.
    Cut,
    /// The rest of such a sentence elsewhere.
    Elsewhere,
    /// Page numbers, running headers, captions.
    Furniture,
    /// Markdown.
    Markdown,
    /// Other line ends.
    LineEnds,
    /// Other encodings.
    Encoding,
}

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Light,
    Medium,
    Heavy,
}

use Damage::*;
use Strength::*;

pub(super) const ALL: [Damage; 19] = [
    Apart, HalfWidth, FullWidth, Radicals, Bold, BoldText, Words, Halves, Twice, Spaces, OddSpaces, Hyphens, Wrapped,
    Cut, Elsewhere, Furniture, Markdown, LineEnds, Encoding,
];

/// One of three, by strength.
fn of<T>(strength: Strength, light: T, medium: T, heavy: T) -> T {
    match strength {
        Light => light,
        Medium => medium,
        Heavy => heavy,
    }
}

/// The bytes that extraction makes of an issue.
pub(super) fn corrupt(issue: &Issue, damages: &[Damage], strength: Strength, dice: &mut Dice) -> Vec<u8> {
    let has = |damage: Damage| damages.contains(&damage);
    let house = House::new(dice);
    let mut lines = set(issue, &house, has(Apart), dice);
    for line in lines.iter_mut().filter(|line| line.role != Role::Blank) {
        if has(HalfWidth) {
            half_width(line, strength, dice);
        }
        if has(FullWidth) {
            full_width(line, strength, dice);
        }
        if has(Radicals) {
            radicals(line, strength, dice);
        }
    }
    if has(Bold) {
        bold(&mut lines, strength, dice);
    }
    if has(BoldText) {
        bold_text(&mut lines, strength, dice);
    }
    if has(Words) {
        on_display(&mut lines, strength, dice, |text, _| {
            text.split(' ').map(|word| format!("{word} {word}")).collect::<Vec<_>>().join(" ")
        });
    }
    if has(Halves) {
        on_display(&mut lines, strength, dice, |text, dice| {
            format!("{text}{}{text}", dice.pick(&["", "", " ", "  "]))
        });
    }
    if has(Twice) {
        twice(&mut lines, strength, dice);
    }
    for line in lines.iter_mut().filter(|line| line.role == Role::Body) {
        if has(Spaces) {
            spaces(line, strength, dice);
        }
        if has(OddSpaces) {
            odd_spaces(line, strength, dice);
        }
    }
    if has(Hyphens) {
        lines.iter_mut().filter(|line| line.role == Role::Body).for_each(|line| hyphens(line, strength, dice));
    }
    if has(Wrapped) {
        lines = wrapped(lines, strength, dice);
    }
    if has(Cut) || has(Elsewhere) {
        lines = cut(lines, strength, has(Elsewhere), has(Furniture), &issue.name, dice);
    }
    if has(Furniture) {
        lines = furniture(lines, strength, &issue.name, dice);
    }
    if has(Markdown) {
        markdown(&mut lines, strength, dice);
    }
    let text = ended(&lines, has(LineEnds), dice);
    if has(Encoding) { encoded(&text, dice) } else { text.into_bytes() }
}

/// A text with some of its characters replaced, `choose` seeing each with its neighbours.
fn replaced(text: &str, mut choose: impl FnMut(char, char, char) -> Option<String>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let near = |at: usize| chars.get(at).copied().unwrap_or(' ');
    let replace = |(at, &c): (usize, &char)| {
        choose(if at > 0 { near(at - 1) } else { ' ' }, c, near(at + 1)).unwrap_or_else(|| c.to_string())
    };
    chars.iter().enumerate().map(replace).collect()
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || c == '〇'
}

/// Marks of half the width. Within figures a half-width mark would mean something else.
fn half_width(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let quotes = of(strength, false, true, true) && dice.percent(50);
    let share = of(strength, 30, 100, 100);
    let all = of(strength, false, true, true);
    // A bracket or a quote is changed with its partner.
    line.text = replaced(&line.text, |before, c, after| {
        let figure = |c: char| c.is_ascii_alphanumeric() || c == '%';
        if figure(before) && figure(after) {
            return None;
        }
        let half = match c {
            '，' => ",",
            '；' if all => ";",
            '：' if all => ":",
            '？' if all => "?",
            '！' if all => "!",
            '（' if all => "(",
            '）' if all => ")",
            '“' | '”' if quotes => "\"",
            _ => return None,
        };
        (matches!(c, '（' | '）' | '“' | '”') || dice.percent(share)).then(|| half.to_owned())
    });
}

fn full_width(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let share = of(strength, 20, 50, 100);
    let mut wide = false;
    line.text = replaced(&line.text, |before, c, _| {
        // A figure is wide throughout or not at all.
        if c.is_ascii_digit() && !before.is_ascii_digit() && !matches!(before, '.' | ',') {
            wide = dice.percent(share);
        }
        let sign = strength > Light && matches!(c, '%');
        let point = strength == Heavy && before.is_ascii_digit() && c == '.';
        ((c.is_ascii_digit() || sign || point) && wide)
            .then(|| char::from_u32(c as u32 + 0xFEE0).expect("full-width forms stand in the same order").to_string())
    });
}

/// Characters and the radicals that fonts map them to.
const RADICALS: [(char, char); 22] = [
    ('一', '⼀'),
    ('人', '⼈'),
    ('大', '⼤'),
    ('小', '⼩'),
    ('工', '⼯'),
    ('心', '⼼'),
    ('手', '⼿'),
    ('日', '⽇'),
    ('月', '⽉'),
    ('水', '⽔'),
    ('火', '⽕'),
    ('用', '⽤'),
    ('生', '⽣'),
    ('老', '⽼'),
    ('自', '⾃'),
    ('行', '⾏'),
    ('见', '⻅'),
    ('车', '⻋'),
    ('里', '⾥'),
    ('金', '⾦'),
    ('长', '⻓'),
    ('门', '⻔'),
];

fn radicals(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let share = of(strength, 20, 60, 100);
    line.text = replaced(&line.text, |_, c, _| {
        let (_, radical) = RADICALS.iter().find(|(own, _)| *own == c)?;
        dice.percent(share).then(|| radical.to_string())
    });
}

/// How a run of fake bold is drawn.
struct Face {
    strokes: usize,
    /// Marks that are no letters once only.
    plain_marks: bool,
    /// A space between any two strokes.
    spaced: bool,
    /// Characters in a hundred that are drawn once.
    missed: usize,
}

impl Face {
    fn draw(&self, text: &str, dice: &mut Dice) -> String {
        let mut drawn = String::new();
        for c in text.chars() {
            let once = (self.plain_marks && !c.is_alphanumeric()) || dice.percent(self.missed);
            let strokes = if once { 1 } else { self.strokes };
            for _ in 0..strokes {
                if self.spaced && !drawn.is_empty() && c != ' ' {
                    drawn.push(' ');
                }
                drawn.push(c);
            }
        }
        drawn
    }
}

/// Display lines in fake bold: which ones, a house decides.
fn bold(lines: &mut [Line], strength: Strength, dice: &mut Dice) {
    let roles: &[Role] = match dice.below(3) {
        0 => &[Role::Title],
        1 => &[Role::Title, Role::Kicker],
        _ => &[Role::Title, Role::Kicker, Role::Subtitle, Role::Heading],
    };
    let strokes = of(strength, 2, 2 + dice.below(2), 2);
    let imprint = strength > Light && dice.percent(30);
    for line in lines.iter_mut() {
        let masthead = imprint && line.role == Role::Masthead;
        if !roles.contains(&line.role) && !masthead {
            continue;
        }
        let missed = strength == Heavy && dice.percent(40);
        let face = Face {
            strokes: if strength == Heavy { dice.within(2..=4) } else { strokes },
            plain_marks: strength > Light && dice.percent(30),
            spaced: strength == Heavy && dice.percent(20),
            missed: if missed { 10 } else { 0 },
        };
        let clause = line.text.split_once(' ').filter(|_| strength > Light && dice.percent(25));
        line.text = match clause {
            Some((first, second)) if dice.percent(50) => format!("{} {second}", face.draw(first, dice)),
            Some((first, second)) => format!("{first} {}", face.draw(second, dice)),
            None => face.draw(&line.text, dice),
        };
    }
}

/// A paragraph's first sentence in fake bold, or all of it.
fn bold_text(lines: &mut [Line], strength: Strength, dice: &mut Dice) {
    let face = Face { strokes: of(strength, 2, 2 + dice.below(2), 2), plain_marks: false, spaced: false, missed: 0 };
    for line in lines.iter_mut().filter(|line| line.role == Role::Body) {
        if !dice.percent(of(strength, 15, 30, 40)) {
            continue;
        }
        let end = line.text.char_indices().skip(10).find(|(_, c)| matches!(c, '。' | '，'));
        let whole = dice.percent(of(strength, 0, 30, 50));
        let end = end.filter(|_| !whole).map_or(line.text.len(), |(at, c)| at + c.len_utf8());
        line.text = format!("{}{}", face.draw(&line.text[..end], dice), &line.text[end..]);
    }
}

/// Changes headlines; the stronger the damage, the more of the display lines.
fn on_display(lines: &mut [Line], strength: Strength, dice: &mut Dice, change: impl Fn(&str, &mut Dice) -> String) {
    for line in lines.iter_mut() {
        let chosen = match line.role {
            Role::Title => dice.percent(of(strength, 60, 100, 100)),
            Role::Subtitle => strength > Light,
            Role::Heading => strength == Heavy,
            _ => false,
        };
        if chosen {
            line.text = change(&line.text, dice);
        }
    }
}

/// A headline a second time below itself, one of the two in fake bold where damage is heavier.
fn twice(lines: &mut Vec<Line>, strength: Strength, dice: &mut Dice) {
    let face = Face { strokes: 2, plain_marks: false, spaced: false, missed: 0 };
    for at in (0..lines.len()).rev() {
        if lines[at].role != Role::Title || !dice.percent(of(strength, 60, 100, 100)) {
            continue;
        }
        let mut copy = lines[at].clone();
        match if strength == Light { 0 } else { dice.below(3) } {
            0 => {}
            1 => copy.text = face.draw(&copy.text, dice),
            _ => lines[at].text = face.draw(&copy.text, dice),
        }
        lines.insert(at + 1, copy);
    }
}

/// Spaces between Han characters, behind marks, around figures.
fn spaces(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let (han, mark) = of(strength, (3, 100), (15, 200), (50, 300));
    let figures = dice.percent(70);
    line.text = replaced(&line.text, |_, c, after| {
        let digit = |c: char| c.is_ascii_digit();
        let meets = (is_han(c) && digit(after)) || (digit(c) && is_han(after));
        let space = (is_han(c) && is_han(after) && dice.below(1000) < han)
            || (matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '、')
                && after != ' '
                && dice.below(1000) < mark)
            || (meets && figures);
        space.then(|| format!("{c} "))
    });
}

/// Zero-width characters anywhere, NBSP and ideographic spaces between Han characters.
fn odd_spaces(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let share = of(strength, 3, 12, 40);
    line.text = replaced(&line.text, |_, c, after| {
        if dice.below(1000) >= share {
            return None;
        }
        let unseen = dice.pick(&["\u{200B}", "\u{200C}", "\u{2060}", "\u{FEFF}"]);
        let seen = dice.pick(&["\u{A0}", "\u{3000}", "\u{2009}"]);
        let space = if is_han(c) && is_han(after) && dice.percent(50) { seen } else { unseen };
        Some(format!("{c}{space}"))
    });
}

fn hyphens(line: &mut Line, strength: Strength, dice: &mut Dice) {
    let share = of(strength, 3, 12, 40);
    line.text = replaced(&line.text, |_, c, after| {
        let inner = c.is_alphanumeric() && after.is_alphanumeric();
        (inner && dice.below(1000) < share).then(|| format!("{c}\u{AD}"))
    });
}

fn columns(c: char) -> usize {
    match c {
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => 0,
        c if (c as u32) < 0x2E80 && !matches!(c, '“' | '”' | '‘' | '’' | '—' | '…') => 1,
        _ => 2,
    }
}

/// Cuts paragraphs into the lines of a column. Heavy damage loses indents and the blank lines between paragraphs.
fn wrapped(lines: Vec<Line>, strength: Strength, dice: &mut Dice) -> Vec<Line> {
    let width = of(strength, dice.within(44..=64), dice.within(30..=52), dice.within(24..=60));
    let whole_figures = strength == Light || dice.percent(30);
    let hangs = dice.percent(70);
    let flush = strength == Heavy && dice.percent(50);
    let mut result: Vec<Line> = Vec::new();
    for line in lines {
        if line.role != Role::Body {
            result.push(line);
            continue;
        }
        let chars: Vec<char> = line.text.chars().collect();
        let indent = if flush { "" } else { line.indent };
        let mut start = 0;
        while start < chars.len() {
            let room = width - if start == 0 { 2 * indent.chars().count() } else { 0 };
            let mut taken = 0;
            let mut end = start;
            while end < chars.len() && taken + columns(chars[end]) <= room {
                taken += columns(chars[end]);
                end += 1;
            }
            // A mark that must not start a line hangs over the edge.
            while hangs
                && end < chars.len()
                && matches!(chars[end], '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '）' | '》')
            {
                end += 1;
            }
            let inside = |at: usize| {
                at < chars.len() && chars[at].is_ascii_alphanumeric() && chars[at - 1].is_ascii_alphanumeric()
            };
            while whole_figures && end > start + 10 && inside(end) {
                end -= 1;
            }
            let text: String = chars[start..end].iter().collect();
            let indent = if start == 0 { indent } else { "" };
            // The column's edge takes the place of a space.
            result.push(Line { text: text.trim().to_owned(), first: start == 0, indent, ..line.clone() });
            start = end;
        }
        result.retain(|line| line.role != Role::Body || !line.text.is_empty());
    }
    result
}

/// Ends columns in mid-sentence: blank lines, furniture, and with `elsewhere` the rest further on.
fn cut(
    lines: Vec<Line>,
    strength: Strength,
    elsewhere: bool,
    furnished: bool,
    name: &str,
    dice: &mut Dice,
) -> Vec<Line> {
    let mut result: Vec<Line> = Vec::new();
    let mut left = of(strength, 1, 3, 6);
    let closed = |line: &Line| line.text.ends_with(['。', '！', '？', '”', '…', '：', '）']);
    let mut at = 0;
    let mut moved: Vec<Line> = Vec::new();
    while at < lines.len() {
        let mut line = lines[at].clone();
        let rest = lines[at + 1..].iter().take_while(|line| line.role == Role::Body && !line.first).count();
        let wrapped = rest > 0;
        let whole = line.role == Role::Body && line.first && !wrapped && line.text.chars().count() > 60;
        if left > 0 && dice.percent(30) && line.role == Role::Body && (whole || wrapped && !closed(&line)) {
            left -= 1;
            let mut tail = Vec::new();
            if whole {
                let half = line.text.chars().count() / 2 + dice.below(20);
                let at = line
                    .text
                    .char_indices()
                    .skip(half)
                    .find(|(at, c)| is_han(*c) && line.text[..*at].chars().next_back().is_some_and(is_han));
                if let Some((at, _)) = at {
                    let behind = line.text.split_off(at);
                    tail.push(Line { text: behind, first: false, indent: "", ..line.clone() });
                }
            }
            result.push(line.clone());
            if elsewhere && dice.percent(50) && moved.is_empty() {
                tail.extend(lines[at + 1..=at + rest].iter().cloned());
                at += rest;
                moved = tail;
            } else {
                result.extend((0..dice.within(1..=3)).map(|_| Line::blank(line.article)));
                if furnished && dice.percent(50) {
                    result.push(Line::new(Role::Furniture, &item(name, dice), line.article));
                    result.push(Line::blank(line.article));
                }
                result.extend(tail);
            }
        } else {
            result.push(line);
            // What was moved comes up behind a later paragraph's end.
            let ends = lines.get(at + 1).is_none_or(|next| next.first || next.role == Role::Blank);
            let here = result.last().is_some_and(|line| line.role == Role::Body) && ends;
            if !moved.is_empty() && here && (dice.percent(40) || at + 1 == lines.len()) {
                let article = moved[0].article;
                result.push(Line::blank(article));
                result.append(&mut moved);
                result.push(Line::blank(article));
            }
        }
        at += 1;
    }
    if !moved.is_empty() {
        result.push(Line::blank(moved[0].article));
        result.append(&mut moved);
    }
    result
}

/// A piece of furniture.
fn item(name: &str, dice: &mut Dice) -> String {
    let page = dice.within(1..=8);
    match dice.below(8) {
        0 => format!("— {page} —"),
        1 => format!("第{page}版"),
        2 | 3 => format!("{name} 第{page}版"),
        4 => format!("扫一扫 关注{name}"),
        5 => "扫码看视频".to_owned(),
        6 => format!("·{page}·"),
        _ => format!("第 {page} 页 / 共 8 页"),
    }
}

fn furniture(lines: Vec<Line>, strength: Strength, name: &str, dice: &mut Dice) -> Vec<Line> {
    let mut left = of(strength, 2, 5, 10);
    let mut result: Vec<Line> = Vec::new();
    let count = lines.len();
    for (at, line) in lines.into_iter().enumerate() {
        let article = line.article;
        // Between blocks, and where damage is heavy between the lines of a paragraph.
        let between = line.role == Role::Blank && result.last().is_some_and(|last| last.role == Role::Body);
        let inside = line.role == Role::Body && !line.first;
        result.push(line);
        if left > 0
            && ((between && dice.percent(40)) || (inside && strength > Light && dice.percent(of(strength, 0, 4, 10))))
        {
            left -= 1;
            result.push(Line::new(Role::Furniture, &item(name, dice), article));
            if between {
                result.push(Line::blank(article));
            }
        }
        if at + 1 == count && left > 0 {
            result.push(Line::blank(article));
            result.push(Line::new(Role::Furniture, &item(name, dice), article));
        }
    }
    result
}

fn markdown(lines: &mut Vec<Line>, strength: Strength, dice: &mut Dice) {
    let top = *dice.pick(&["#", "##"]);
    for line in lines.iter_mut() {
        line.indent = "";
        match line.role {
            Role::Title => line.text.insert_str(0, &format!("{top} ")),
            Role::Heading => line.text.insert_str(0, &format!("{top}# ")),
            Role::Kicker if strength > Light && dice.percent(30) => line.text = format!("**{}**", line.text),
            _ => {}
        }
    }
    // Paragraphs of Markdown are parted by blank lines.
    let mut at = 1;
    while at < lines.len() {
        if lines[at].first && lines[at - 1].role == Role::Body {
            lines.insert(at, Line::blank(lines[at].article));
        }
        at += 1;
    }
    let mut at = 0;
    while strength > Light && at < lines.len() {
        if lines[at].first && dice.percent(10) {
            let mark = dice.pick(&["---", "![图片](images/01.png)", "***"]);
            let article = lines[at].article;
            let more = [Line::blank(article), Line::new(Role::Furniture, mark, article), Line::blank(article)];
            lines.splice(at..at, more);
            at += 3;
        }
        at += 1;
    }
}

fn ended(lines: &[Line], other: bool, dice: &mut Dice) -> String {
    let end = if other { *dice.pick(&["\r\n", "\r", "\n"]) } else { "\n" };
    let feeds = other && (end == "\n" || dice.percent(50));
    let mut text = String::new();
    let mut article = 0;
    for line in lines {
        if feeds && line.article != article && line.role == Role::Blank {
            text.push('\u{C}');
            article = line.article;
        }
        text.push_str(line.indent);
        text.push_str(&line.text);
        text.push_str(end);
    }
    text
}

fn encoded(text: &str, dice: &mut Dice) -> Vec<u8> {
    match dice.below(4) {
        0 => format!("\u{FEFF}{text}").into_bytes(),
        1 => encoding_rs::GB18030.encode(text).0.into_owned(),
        2 => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        _ => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
    }
}
