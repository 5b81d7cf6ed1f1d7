//! Furniture: masthead, page numbers, running headers, captions. Set aside, never thrown away.
//!
//! In: the lines of a page. Out: the lines that remain, what was set aside, and what the masthead tells. A line
//! is furniture by its form and its place; a name is one because it stands in a masthead or again and again.

use super::byline::names;
use super::line::Line;
use crate::lexicon::chars::is_han;
use crate::lexicon::literal;
use crate::model::{Reason, SetAside};
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a masthead tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masthead {
    /// Name of the newsletter, as far as it stands on lines of its own.
    pub names: Vec<String>,
    /// Number of the issue.
    pub number: Option<String>,
    /// Date of the issue, ISO 8601.
    pub date: Option<String>,
}

/// Lines from the top among which a masthead is looked for. Extraction puts a code's caption, a page number and
/// the name in three sizes before the date line; more than this is text.
const TOP: usize = 14;
/// Characters of a newsletter's name.
const NAME: usize = 14;
/// Characters of a date line or a publisher line.
const IMPRINT: usize = 60;
/// Times that a short line must stand alone on a page to be a running header.
const REPEATS: usize = 3;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    literal(r"(?:总第|第|总)\s*([0-9０-９〇零一二三四五六七八九十百]+)\s*期|\b(?:NO|No|no)[.．]?\s*([0-9]+)")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"([12][0-9]{3})\s*年\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*日)?|([12][0-9]{3})[-./]([0-9]{1,2})[-./]([0-9]{1,2})",
    )
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| literal(r"([12][0-9]{3})\s*年"));
static DAY: LazyLock<Regex> = LazyLock::new(|| literal(r"([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"));
static NUMERAL: LazyLock<Regex> = LazyLock::new(|| literal(r"[〇○零一二三四五六七八九十]{1,4}"));
static IMPRINT_WORD: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"主办|主辦|[发發]行人|[發发]行[：:]|承办|协办|编印|編印|合编|编制|主编|主編|出版|出品|印刷|印发|赠阅|内部资料|内部刊物|准印证|连续性|责任编辑|责编|本版编辑|编辑[:：]|编辑部|投稿|视觉|美编|版式|校对|星期[一二三四五六日天]|农历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|刊号|电子信箱|Email",
    )
});
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:[·•\-—–~～.\s]*[0-9]{1,3}[·•\-—–~～.\s]*|(?:第\s*)?[A-Da-d]?\s*[0-9]{1,2}\s*版|第\s*[0-9一二三四五六七八九十]{1,3}\s*[版页]|(?:第\s*)?[0-9]{1,3}\s*页?\s*[/／]\s*(?:共\s*)?[0-9]{1,3}\s*页?|[Pp](?:age)?\.?\s*[0-9]{1,3}(?:\s*of\s*[0-9]{1,3})?)$",
    )
});
static PAGE_OF_NAME: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:(\S{2,14})\s*(?:第\s*[0-9一二三四五六七八九十]{1,3}\s*版|[A-D]?[0-9]{1,2}\s*版)|(?:第\s*[0-9一二三四五六七八九十]{1,3}\s*版|[A-D]?[0-9]{1,2}\s*版)\s*(\S{2,14}))$",
    )
});
static PAGE_MARK: LazyLock<Regex> =
    LazyLock::new(|| literal(r"第?\s*[A-D]?[0-9一二三四五六七八九十]{1,3}\s*[版页]|星期[一二三四五六日天]"));
static QR: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:(?:[请請]|[欢歡]迎|微信|[长長]按|手机|手機)?(?:[扫掃]一[扫掃]|[扫掃]码|[扫掃]碼|[扫掃]描|[扫掃] ?QR|[长長]按[识識][别別]|[扫掃]一下|[识識][别別])|.{0,12}(?:微信公众号|官方微信|视频号|二维码)[:：]?.{0,12}$|[欢歡]迎[关關]注|[关關]注我[们們])",
    )
});
/// What stands beside such an invitation and says what it leads to: `关注“云栖之声”`, `加入居民群`.
static FOLLOW: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^(?:[关關]注|[订訂][阅閱]|加入|添加|收[听聽看]|下[载載])[^，。！？；]{2,16}$"));
static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:!\[.*\]\(.*\)|(?:图为|上图|下图|左图|右图|图[一二三四五六1-6]?[:：]|（图片|\(图片|图片来源|资料图).*|[▲△].*(?:[摄图]|供图)[）)]?)$",
    )
});
/// Who made the page, and where to write to.
static EDITORS: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^[●■◆□▪\s]*(?:本[版期]\s*)?(?:责\s*编|责任\s*编辑|美\s*编|美术\s*编辑|版式|校对|审核|编审|视觉|值班编[委辑]|投稿邮箱|投稿热线|新闻热线|编辑部电话)\s*[:：/／\s]",
    )
});
/// Where the story goes on, or comes from: `（下转第四版）`.
pub(super) static DIRECTION: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"[（(【]\s*(?:下转|上接|紧接|接上|转)\s*第?\s*[0-9一二三四五六七八A-D]{1,3}\s*版[^（）()。]{0,20}[）)】]",
    )
});
/// What stands on which page.
static CONTENTS: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:(?:今日|本期|本报)?(?:导读|要目|看点|内容提要)|(?:[一二三四五六七八]|[0-9]{1,2}|[A-D][0-9]{1,2})\s*版\s*[:：|｜].{2,30})$",
    )
});
/// What a web page says of itself below a headline: each label with its value.
static WEB: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:(?:发布时间|发布日期|发表时间|更新时间|日期|时间|信息来源|稿件来源|文章来源|来源|作者|编辑|责任编辑|审核|浏览次数|浏览量|阅读量?|点击数?|访问量|字号|字体|分享到?)\s*[:：]\s*[^:：，。]{0,24}[\s|｜]*){2,}$",
    )
});
static RULE: LazyLock<Regex> = LazyLock::new(|| literal(r"^(?:[-*_=~·—\s]{3,}|\|?[\s:|-]+\|[\s:|-]*)$"));

/// Parts furniture from text.
pub(super) fn set_aside(lines: Vec<Line>) -> (Vec<Line>, Vec<SetAside>, Masthead) {
    let mut reasons: Vec<Option<Reason>> = (0..lines.len()).map(|at| by_form(&lines, at)).collect();
    qr_company(&lines, &mut reasons);
    let masthead = masthead(&lines, &mut reasons);
    running_headers(&lines, &mut reasons, &masthead);
    announced(&lines, &mut reasons);

    let (mut kept, mut aside): (Vec<Line>, Vec<SetAside>) = (Vec::new(), Vec::new());
    let mut gap = 0;
    for (mut line, reason) in lines.into_iter().zip(reasons) {
        if let Some(reason) = reason {
            // The gap above furniture and the one below it are one gap of the text.
            gap = gap.max(line.gap);
            aside.push(SetAside { source: line.source, text: line.text.to_string(), reason });
        } else {
            line.gap = line.gap.max(gap);
            gap = 0;
            kept.push(line);
        }
    }
    (kept, aside, masthead)
}

/// What a line is by its form alone.
fn by_form(lines: &[Line], at: usize) -> Option<Reason> {
    let (line, text) = (&lines[at], lines[at].text.as_str());
    let apart = line.gap > 0 || at == 0 || lines.get(at + 1).is_none_or(|next| next.gap > 0);
    if text.is_empty() || (RULE.is_match(text) && !text.chars().any(char::is_alphanumeric)) {
        return Some(Reason::Markup);
    }
    // A bare number in mid-paragraph is a figure that a line end cut off.
    let bare = text.chars().all(|c| c.is_ascii_digit());
    if PAGE_NUMBER.is_match(text) && (apart || !bare) {
        return Some(Reason::PageNumber);
    }
    if NUMBER.find(text).is_some_and(|found| found.len() == text.len()) && at >= TOP {
        return Some(Reason::RunningHeader);
    }
    let editors = EDITORS.is_match(text) && text.chars().count() <= IMPRINT && !text.contains('。');
    if editors || CONTENTS.is_match(text) {
        return Some(Reason::Masthead);
    }
    if DIRECTION.find(text).is_some_and(|found| found.len() == text.len()) {
        return Some(Reason::PageNumber);
    }
    if WEB.is_match(text) {
        return Some(Reason::Masthead);
    }
    if QR.is_match(text) && !text.contains('。') && text.chars().count() <= 30 {
        return Some(Reason::QrCaption);
    }
    (PICTURE.is_match(text) && apart).then_some(Reason::PictureCaption)
}

/// Marks the lines that stand right above or below an invitation to scan a code and say what it leads to.
fn qr_company(lines: &[Line], reasons: &mut [Option<Reason>]) {
    let codes: Vec<usize> = (0..lines.len()).filter(|&at| reasons[at] == Some(Reason::QrCaption)).collect();
    let mut mark = |at: usize, gap: usize| {
        if lines.get(at).is_some_and(|line| gap == 0 && reasons[at].is_none() && FOLLOW.is_match(&line.text)) {
            reasons[at] = Some(Reason::QrCaption);
        }
    };
    for code in codes {
        if let Some(above) = code.checked_sub(1) {
            mark(above, lines[code].gap);
        }
        mark(code + 1, lines.get(code + 1).map_or(1, |below| below.gap));
    }
}

/// Marks the headlines that the top of a page announces: two or more short lines, above all text, that stand again
/// further down. A headline that only extraction wrote twice stands twice in a row.
fn announced(lines: &[Line], reasons: &mut [Option<Reason>]) {
    /// Shortest headline that is known again, in characters.
    const LEAST: usize = 6;
    let top = lines.len().min(2 * TOP);
    let text = (0..top).find(|&at| reasons[at].is_none() && is_running_text(lines, at)).unwrap_or(top);
    let again = |at: usize| {
        let said = unspaced(&lines[at].text);
        said.chars().count() >= LEAST && lines[at + 1..].iter().skip(1).any(|line| unspaced(&line.text) == said)
    };
    let open = |at: &usize| reasons[*at].is_none();
    let first: Vec<usize> = (0..text).filter(open).take_while(|&at| again(at)).collect();
    if first.len() > 1 {
        first.into_iter().for_each(|at| reasons[at] = Some(Reason::Masthead));
    }
}

/// Finds the masthead at the top and marks its lines.
fn masthead(lines: &[Line], reasons: &mut [Option<Reason>]) -> Masthead {
    let imprint = |line: &Line| {
        let short = line.text.chars().count() <= IMPRINT && !line.text.contains('。');
        let sentence = line.text.contains('，') && !NUMBER.is_match(&line.text);
        // `记者：余欢 编辑：田青` signs an article.
        short
            && !sentence
            && names(&line.text).is_none()
            && (NUMBER.is_match(&line.text) || IMPRINT_WORD.is_match(&line.text) || is_date(&line.text))
    };
    // The masthead reaches to the last imprint line before the first line of running text.
    let top = lines.len().min(TOP);
    let text_from = (0..top).find(|&at| reasons[at].is_none() && !imprint(&lines[at]) && is_running_text(lines, at));
    let last = (0..text_from.unwrap_or(top)).rev().find(|&at| imprint(&lines[at]));
    let mut masthead = Masthead::default();
    if let Some(last) = last {
        for at in 0..=last {
            let text = lines[at].text.as_str();
            if imprint(&lines[at]) {
                masthead.number = masthead.number.take().or_else(|| issue_number(text));
                masthead.date = masthead.date.take().or_else(|| iso_date(text));
            } else if reasons[at].is_none() && text.chars().count() <= NAME {
                masthead.names.push(text.to_owned());
            }
            reasons[at].get_or_insert(Reason::Masthead);
        }
    } else {
        // Without an imprint only a name of two parts, standing apart, is told from a kicker.
        for (at, line) in lines.iter().enumerate().take(top) {
            let parts = line.text.contains('·') && line.text.chars().count() <= 7;
            let apart = lines.get(at + 1).is_some_and(|next| next.gap > 0);
            if reasons[at].is_some() {
                continue;
            }
            if !(parts && apart) {
                break;
            }
            masthead.names.push(line.text.to_string());
            reasons[at] = Some(Reason::Masthead);
        }
    }
    // Editors and printers also sign at a page's foot.
    for (at, line) in lines.iter().enumerate() {
        let foot = line.gap > 0 || lines.get(at + 1).is_none_or(|next| next.gap > 0);
        let imprint_words = IMPRINT_WORD.find_iter(&line.text).count();
        if reasons[at].is_none() && foot && imprint(line) && imprint_words > 0 && line.text.chars().count() <= 40 {
            let opens =
                line.text.starts_with("责任编辑") || line.text.starts_with("本版") || line.text.starts_with("主办");
            if opens || imprint_words > 1 {
                reasons[at] = Some(Reason::Masthead);
            }
        }
    }
    masthead
}

/// Whether running text starts at `at`: a sentence, or the first of several lines that are one.
fn is_running_text(lines: &[Line], at: usize) -> bool {
    let text = &lines[at].text;
    let sentence = text.contains('。') || text.contains('，');
    sentence && lines[at].level.is_none() && !lines[at].bold
}

/// Marks the newsletter's name where it stands again, and short lines that stand alone again and again.
fn running_headers(lines: &[Line], reasons: &mut [Option<Reason>], masthead: &Masthead) {
    let alone = |at: usize| lines[at].gap > 0 && lines.get(at + 1).is_none_or(|next| next.gap > 0);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if alone(at) && line.text.chars().count() <= NAME && reasons[at].is_none() && line.level.is_none() {
            *times.entry(line.text.as_str()).or_default() += 1;
        }
    }
    // What stood in the masthead stands again on every page, and so does a short line with the number of the page.
    let mastheads: HashSet<String> = lines
        .iter()
        .zip(reasons.iter())
        .filter(|(_, reason)| **reason == Some(Reason::Masthead))
        .map(|(line, _)| unspaced(&line.text))
        .filter(|text| text.chars().count() >= SAID)
        .collect();
    let mut numbered: HashMap<String, usize> = HashMap::new();
    for name in lines.iter().filter_map(|line| numbered_header(&line.text)) {
        *numbered.entry(name).or_default() += 1;
    }
    for (at, line) in lines.iter().enumerate() {
        if reasons[at].is_some() {
            continue;
        }
        let text = line.text.as_str();
        let of_paper = |name: &String| masthead.names.iter().any(|known| same_name(known, name));
        let paged = numbered_header(text)
            .is_some_and(|name| of_paper(&name) || numbered.get(&name).is_some_and(|&times| times > 1));
        if paged || mastheads.contains(&unspaced(text)) || (DATE.is_match(text) && is_dateline(text)) {
            reasons[at] = Some(Reason::RunningHeader);
            continue;
        }
        let known = |name: &str| masthead.names.iter().any(|known| same_name(known, name));
        let headed = masthead.names.iter().any(|name| is_headed(text, name));
        if known(text) || headed || (alone(at) && times.get(text).is_some_and(|&times| times >= REPEATS)) {
            reasons[at] = Some(Reason::RunningHeader);
        } else if let Some(page) = PAGE_OF_NAME.captures(text) {
            let name = page.get(1).or(page.get(2)).map_or("", |name| name.as_str());
            let beside = (at > 0 && reasons[at - 1].is_some()) || reasons.get(at + 1).is_some_and(Option::is_some);
            let column = (text.starts_with('第') || beside) && text.chars().count() <= NAME;
            if known(name) || alone(at) || column {
                reasons[at] = Some(Reason::PageNumber);
            }
        }
    }
}

/// Shortest line of a masthead that is known again, in characters.
const SAID: usize = 4;

fn unspaced(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A short line of Han characters with a number behind it or before it: `云栖之声    2`.
fn numbered_header(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (first, last) = (words.next()?, words.next_back()?);
    let number = |word: &str| word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit());
    let rest = if number(last) && !number(first) {
        text.trim_end().strip_suffix(last)?
    } else if number(first) && !number(last) {
        text.trim_start().strip_prefix(first)?
    } else {
        return None;
    };
    let name = unspaced(rest);
    let plain = name.chars().all(|c| is_han(c) || c == '·');
    (plain && (SAID..=NAME).contains(&name.chars().count())).then_some(name)
}

/// Whether a line with a date is of a page's head: with the day of the week, and nothing that a sentence has.
fn is_dateline(text: &str) -> bool {
    text.contains("星期") && text.chars().count() <= IMPRINT && !text.contains(['，', '。', '；', '：', '、'])
}

/// Whether a line is the newsletter's name with a date, a page, or the name of a column beside it.
fn is_headed(text: &str, name: &str) -> bool {
    /// Characters of a column's name.
    const COLUMN: usize = 6;
    let (spaced, name) = (unspaced(text), unspaced(name));
    let rest = spaced.strip_prefix(name.as_str()).or(spaced.strip_suffix(name.as_str()));
    let Some(rest) = rest.filter(|_| name.chars().count() > 1) else { return false };
    let bare = DATE.replace_all(rest, "");
    let bare = NUMBER.replace_all(&bare, "");
    let bare = PAGE_MARK.replace_all(&bare, "");
    let marked = bare.len() < rest.len();
    marked && bare.chars().count() <= COLUMN && !bare.contains(['。', '，', '、'])
}

/// The same name, marks and spaces aside.
fn same_name(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(a) == letters(b) && !letters(a).is_empty()
}

fn is_date(text: &str) -> bool {
    let text = arabic(text);
    DATE.find(&text).is_some_and(|date| 2 * date.len() >= text.len())
}

fn issue_number(text: &str) -> Option<String> {
    let number = NUMBER.captures(text)?;
    let digits: String = number
        .get(1)
        .or(number.get(2))?
        .as_str()
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c })
        .collect();
    // `第088期` is number 88, but a Chinese numeral stays as it is printed.
    let short = digits.trim_start_matches('0');
    Some(if short.is_empty() { digits } else { short.to_owned() })
}

/// The date in an imprint line: `2025年3月8日`, `2025-03-08`, `2025年第3期 3月8日`, `二〇二五年三月八日`.
fn iso_date(text: &str) -> Option<String> {
    let text = arabic(text);
    if let Some(date) = DATE.captures(&text) {
        let part = |at: usize, other: usize| date.get(at).or(date.get(other)).map(|part| part.as_str());
        return iso(part(1, 4)?, part(2, 5)?, part(3, 6));
    }
    let (year, day) = (YEAR.captures(&text)?, DAY.captures(&text)?);
    iso(&year[1], &day[1], day.get(2).map(|day| day.as_str()))
}

fn iso(year: &str, month: &str, day: Option<&str>) -> Option<String> {
    let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
    match day {
        Some(day) => Some(jiff::civil::Date::new(year, month, day.parse().ok()?).ok()?.to_string()),
        None => (1..=12).contains(&month).then(|| format!("{year:04}-{month:02}")),
    }
}

/// The text with its Chinese numerals in Arabic digits, as far as a date has them.
fn arabic(text: &str) -> String {
    const DIGITS: &str = "零一二三四五六七八九";
    let value = |c: char| DIGITS.chars().position(|digit| digit == c);
    let number = |found: &regex::Captures<'_>| {
        let numeral = found[0].replace(['〇', '○'], "零");
        match numeral.split_once('十') {
            Some((tens, ones)) => {
                let digit = |text: &str, none: usize| text.chars().next().map_or(Some(none), value);
                digit(tens, 1)
                    .zip(digit(ones, 0))
                    .map_or(numeral.clone(), |(tens, ones)| (10 * tens + ones).to_string())
            }
            None => numeral.chars().filter_map(value).map(|digit| digit.to_string()).collect(),
        }
    };
    NUMERAL.replace_all(text, number).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;
    use crate::model::Text;

    fn aside(page: &str) -> (Vec<String>, Masthead, Vec<String>) {
        let (kept, aside, masthead) = set_aside(lines(&Text::verbatim(page, 0), &[]));
        let listed = aside.iter().map(|piece| format!("{}: {}", piece.reason.as_str(), piece.text)).collect();
        (listed, masthead, kept.iter().map(|line| line.text.to_string()).collect())
    }

    #[test]
    fn reads_the_masthead_and_sets_furniture_aside() {
        let page = "扫一扫 关注我们\n\n云栖之声\n第088期 2024年3月8日 星期五\n主办：云栖街道办事处\n\n邻里新事\n\n\
                    近日，街道开\n云栖之声 第2版\n展活动共有\n12\n个小区参加。\n\n·3·\n\n云栖之声\n\n图为活动现场。张三 摄\n\n▲新建的广场 张三摄\n\n第 3 页 / 共 4 页\n\n第4版\n";
        let (aside, masthead, kept) = aside(page);
        insta::assert_snapshot!(aside.join("\n"), @r"
        qr-caption: 扫一扫 关注我们
        masthead: 云栖之声
        masthead: 第088期 2024年3月8日 星期五
        masthead: 主办：云栖街道办事处
        running-header: 云栖之声 第2版
        page-number: ·3·
        running-header: 云栖之声
        picture-caption: 图为活动现场。张三 摄
        picture-caption: ▲新建的广场 张三摄
        page-number: 第 3 页 / 共 4 页
        page-number: 第4版
        ");
        assert_eq!((masthead.number.as_deref(), masthead.date.as_deref()), (Some("88"), Some("2024-03-08")));
        assert_eq!(kept, ["邻里新事", "近日，街道开", "展活动共有", "12", "个小区参加。"]);
    }

    #[test]
    fn sets_aside_what_leads_through_the_paper() {
        let page = "云栖之声\n第8期 2024年3月8日\n\n今日导读\n二版：老街灯亮了\n\n邻里新事\n近日，街道开展活动，共有（下转第二版）\n\
                    云栖之声    2\n第8期 2024年3月8日\n（上接第一版）十二个小区参加。\n东湖社区    3\n西湖社区    3\n\
                    ●责 编：余欢 美编：田青\n";
        let (aside, _, kept) = aside(page);
        insta::assert_snapshot!(aside.join("\n"), @r"
        masthead: 云栖之声
        masthead: 第8期 2024年3月8日
        masthead: 今日导读
        masthead: 二版：老街灯亮了
        page-number: （下转第二版）
        running-header: 云栖之声    2
        running-header: 第8期 2024年3月8日
        page-number: （上接第一版）
        masthead: ●责 编：余欢 美编：田青
        ");
        let text = ["邻里新事", "近日，街道开展活动，共有", "十二个小区参加。", "东湖社区    3", "西湖社区    3"];
        assert_eq!(kept, text);
    }

    #[test]
    fn reads_dates() {
        for (line, date) in [
            ("2025 年 3 月 8 日 星期六", Some("2025-03-08")),
            ("2025年第3期 3月18日", Some("2025-03-18")),
            ("二〇二五年十一月二十二日", Some("2025-11-22")),
            ("2025.03.08", Some("2025-03-08")),
            ("2025年3月 总第8期", Some("2025-03")),
            ("2025年13月8日", None),
            ("农历乙巳年三月初三", None),
        ] {
            assert_eq!(iso_date(line).as_deref(), date, "{line}");
        }
    }

    #[test]
    fn leaves_text_alone() {
        let page = "智慧社区再升级\n\n居民扫码登记，2024年3月8日起开放。\n\n由街道主办的活动开始了。\n\n△5月1日，广场开放。\n";
        assert_eq!(aside(page).0, Vec::<String>::new());
    }
}
