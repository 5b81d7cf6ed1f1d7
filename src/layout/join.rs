//! Lines into blocks.
//!
//! In: the lines of a page without its furniture. Out: [`Block`]s. A blank line always ends a block here; whether
//! a paragraph goes on behind it is for `segment` to say, which sees the whole page.
//!
//! A column is known by its full lines. A line that is not full ends a paragraph if a sentence ends with it, and
//! stands on display if none does.

use super::byline::{bare_names, names};
use super::credit::{sign_off, trailing_credit};
use super::line::Line;
use super::{Block, Role, Start};
use crate::lexicon::WORDS;
use crate::lexicon::chars::{closes, is_closed, is_han, is_letter, parts_clauses};
use crate::lexicon::literal;
use crate::model::{SourceSpan, Text, TextBuilder, TextSpan};
use regex::Regex;
use std::sync::LazyLock;

/// Columns by which a full line may fall short: two Han characters that would not fit, or a hanging mark.
const RAGGED: usize = 5;
/// Widest line of a column, in columns; a longer one is a whole paragraph on one line.
const WIDEST_COLUMN: usize = 110;
/// Longest line on display, in characters: a headline of three clauses.
const LONGEST_DISPLAY: usize = 45;
/// Columns by which a paragraph's first line is set in.
const INDENT: usize = 2;
/// Columns of an indent that extraction drops: two Han characters.
const LOST_INDENT: usize = 4;
/// Lines from which a run of lines tells its own column width.
const MEASURABLE: usize = 4;
/// Cells from which a line of short words can be a row of a table.
const CELLS: usize = 3;
/// Longest cell, in characters.
const CELL: usize = 12;
/// Rows that a table has at least: two lines of three words are a headline and a byline.
const ROWS: usize = 3;

static SPEAKER: LazyLock<Regex> = LazyLock::new(|| literal(r"^(?:问|答|记者|主持人|Q|A)\s*[:：]"));
static DATE_ALONE: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^[0-9〇零一二三四五六七八九十]{2,4}年[^，。]{1,4}月(?:[^，。]{1,4}日)?$"));

/// Longest name of an office that signs a notice, in characters.
const OFFICE: usize = 24;
/// How offices are called.
static OFFICE_END: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"(?:办事处|居委会|村委会|委员会|办公室|中心|服务站|工作站|党工委|党委|支部|总支|社区|街道|协会|公司|学校|医院|派出所|司法所|编辑部|政府|[局科办站部组会])$",
    )
});
/// The date below it.
static SIGNING_DATE: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:[12][0-9]{3}\s*年\s*)?[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日$|^[二一][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$",
    )
});

/// The number of a section in Chinese numerals.
static CHAPTER_MARK: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"));

/// A date at the head of a sentence.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:近日|日前|据悉|[今去近]年(?:以)?来|入[春夏秋冬](?:以来|后)?|眼下|如今|(?:[0-9]{4}年|今年|去年)?\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日|[上中下]旬|初|底|份)?)[，,]",
    )
});

/// Whether a line ends on a word that cannot end a headline: 在, 则在, but not 参与 or 方向.
fn ends_on_function_word(text: &str) -> bool {
    const FUNCTION: [char; 18] =
        ['的', '在', '和', '与', '以', '对', '把', '被', '将', '则', '及', '或', '并', '而', '由', '向', '从', '于'];
    let word_start = text.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    text.ends_with(FUNCTION) && !WORDS.has_word(&text[word_start..])
}

/// Whether a bold line may go on a paragraph: the line above it is bold too.
fn goes_on_bold(paragraph: &[&Line]) -> bool {
    paragraph.last().is_some_and(|last| last.bold)
}

/// Whether a text ends a sentence, the credit behind it aside: `有了新家。（党群办）`.
fn ends(text: &str) -> bool {
    is_closed(text) || trailing_credit(text).is_some()
}

/// Share of a page's width in lines that fill a column (3 in 10), from which its paragraphs are cut into lines. Last
/// lines, headlines and captions take the rest.
const WRAPPED: (usize, usize) = (10, 3);

/// How the page is set.
#[derive(Debug)]
struct Measure {
    /// Whether its paragraphs are cut into lines.
    wrapped: bool,
    /// Widths of its columns, ascending.
    columns: Vec<usize>,
    /// Whether it sets paragraphs in.
    indented: bool,
}

/// Blocks of lines, in file order.
pub(super) fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let runs: Vec<&[Line]> = lines.chunk_by(|_, next| next.gap == 0).collect();
    let measure = Measure::of(&runs);
    let rows = rows(&lines);
    let mut maker = Maker { measure, width: 0, blocks: Vec::new() };
    let mut at = 0;
    for run in runs {
        maker.run(run, &rows[at..at + run.len()]);
        at += run.len();
    }
    maker.blocks
}

impl Measure {
    fn of(runs: &[&[Line]]) -> Self {
        let body = |line: &Line| !line.bold && line.level.is_none();
        let inner: Vec<&Line> = runs
            .iter()
            .flat_map(|run| run.split_last().map_or(&[][..], |(_, inner)| inner))
            .filter(|line| body(line))
            .collect();
        let all: usize = runs.iter().flat_map(|run| run.iter()).map(|line| line.width).sum();
        let mut columns: Vec<usize> = runs.iter().filter_map(|run| column(run)).collect();
        columns.sort_unstable();
        columns.dedup();
        // Lines of one width that end in mid-sentence; the lines of headlines are of all widths.
        let fills = |line: &Line| columns.iter().any(|&width| width.abs_diff(line.width + line.indent) <= RAGGED);
        // Weighed by their width, or a poem on a page of long lines would make all of it columns.
        let cut: usize =
            inner.iter().filter(|line| !is_closed(&line.text) && fills(line)).map(|line| line.width).sum();
        let wrapped = WRAPPED.0 * cut >= WRAPPED.1 * all;
        let set_in = |line: &&Line| body(line) && line.indent >= INDENT;
        let lines = || runs.iter().flat_map(|run| run.iter());
        let indented = if wrapped {
            let starts = lines().filter(set_in).count();
            starts >= 3 && inner.iter().filter(|line| line.indent < INDENT).count() > starts
        } else {
            // A paragraph a line: nearly all that are long enough to be one are set in.
            let long = || lines().filter(|line| line.text.chars().count() > LONGEST_DISPLAY);
            let starts = long().filter(set_in).count();
            starts >= 3 && 10 * starts >= 7 * long().count()
        };
        Self { wrapped, columns, indented }
    }

    /// Columns of a full line in this run.
    fn width(&self, run: &[Line]) -> usize {
        let widest = run.iter().map(|line| line.width + line.indent).max().unwrap_or(0);
        let fitting = self.columns.iter().find(|&&width| width + RAGGED > widest);
        // A run wider than every column is set in none of them.
        column(run).or(fitting.copied()).unwrap_or(widest)
    }
}

/// The width of a run's full lines: the upper quartile of its inner lines, so that headings among them and a line
/// that is too long do no harm.
fn column(run: &[Line]) -> Option<usize> {
    let (_, inner) = run.split_last()?;
    let inner = inner.iter().filter(|line| !line.bold && line.level.is_none());
    let mut widths: Vec<usize> = inner.map(|line| line.width + line.indent).collect();
    widths.sort_unstable();
    let quartile = *widths.get(3 * widths.len() / 4)?;
    // The lines of a headline are of all lengths; those of a column are nearly of one.
    let full = widths.iter().filter(|&&width| width.abs_diff(quartile) <= RAGGED).count();
    (run.len() >= MEASURABLE && quartile <= WIDEST_COLUMN && full > 1 && 3 * full >= widths.len()).then_some(quartile)
}

/// Which lines are rows of a table: short cells parted by spaces, as many in each of several lines.
fn rows(lines: &[Line]) -> Vec<bool> {
    let cells = |line: &Line| {
        let cells = line.text.split_whitespace();
        let sound = !line.bold && line.level.is_none() && !line.text.contains(['。', '，', '；', '：', '“']);
        let count = cells.clone().count();
        let short = cells.clone().all(|cell| cell.chars().count() <= CELL);
        if sound && short && count >= CELLS && names(&line.text).is_none() { count } else { 0 }
    };
    let counts: Vec<usize> = lines.iter().map(cells).collect();
    let tables = counts.chunk_by(|one, other| one == other);
    tables.flat_map(|rows| vec![rows[0] > 0 && rows.len() >= ROWS; rows.len()]).collect()
}

struct Maker {
    measure: Measure,
    /// Columns of a full line in the run that is read.
    width: usize,
    blocks: Vec<Block>,
}

impl Maker {
    fn run(&mut self, run: &[Line], rows: &[bool]) {
        let width = self.measure.width(run);
        self.width = width;
        // Where a line is a paragraph, all lines of a run can be set in.
        let least = run.iter().map(|line| line.indent).min().unwrap_or(0);
        let base = if self.measure.wrapped { least } else { 0 };
        let full = |line: &Line| line.width + line.indent + RAGGED > width;
        let mut paragraph: Vec<&Line> = Vec::new();
        // Whether the line stands where those of a head do: at the start, or below one of them.
        let mut heads = true;
        let head_end = head_end(run);
        for (at, line) in run.iter().enumerate() {
            let open =
                paragraph.last().is_some_and(|last| !is_closed(&last.text) && (full(last) || !self.measure.wrapped));
            let role = if line.level.is_some() || at < head_end {
                Some(Role::Display)
            } else if rows[at] {
                Some(Role::Row)
            } else if open && (!line.bold || goes_on_bold(&paragraph)) {
                None
            } else if names(&line.text).is_some() || is_bare_byline(run, at, heads) {
                Some(Role::Byline)
            } else if sign_off(&line.text).is_some() || self.signs_with_date(run, at) {
                Some(Role::SignOff)
            } else if (line.bold && !self.is_bold_text(run, at, width)) || self.on_display(run, at, width, heads) {
                Some(Role::Display)
            } else {
                None
            };
            heads = matches!(role, Some(Role::Display | Role::Byline));
            if let Some(role) = role {
                self.close(&mut paragraph);
                self.push(role, &[line]);
                continue;
            }
            if let Some(last) = paragraph.last() {
                let set_in = self.measure.indented && line.indent >= base + INDENT;
                let ended = ends(&last.text);
                let speaks = SPEAKER.is_match(&line.text) && ended;
                let short = if self.measure.wrapped { !full(last) } else { true };
                let announces = last.text.ends_with(['：', ':']) && !full(last);
                // `8、9号楼` at a line's start is the rest of a list in mid-sentence.
                let item = line.item && (ended || !full(last) || !starts_with_digit(line));
                // `……42台；` on a short line: the next item starts a line of its own.
                let listed = self.measure.wrapped && short && last.text.ends_with(['；', ';']);
                if set_in || item || speaks || announces || listed || (ended && short) {
                    self.close(&mut paragraph);
                }
            }
            paragraph.push(line);
        }
        self.close(&mut paragraph);
    }

    /// Whether a line is the office that signs a notice, above the date, or that date.
    fn signs_with_date(&self, run: &[Line], at: usize) -> bool {
        let office = |line: &Line| {
            let han = line.text.chars().all(|c| is_han(c) || matches!(c, '（' | '）' | ' ' | '、' | '·'));
            han && (3..=OFFICE).contains(&line.text.chars().count()) && OFFICE_END.is_match(&line.text)
        };
        let date = |line: &Line| SIGNING_DATE.is_match(&line.text);
        let closed = |text: &str| ends(text) || text.ends_with(['；', '）']);
        let behind_text = |at: usize| match at.checked_sub(1).and_then(|above| run.get(above)) {
            Some(above) => closed(&above.text),
            None => self.blocks.last().is_some_and(|block| block.role == Role::Body && closed(&block.text)),
        };
        let signed = self.blocks.last().is_some_and(|block| block.role == Role::SignOff);
        (office(&run[at]) && run.get(at + 1).is_some_and(date) && behind_text(at))
            || (date(&run[at]) && (behind_text(at) || signed))
    }

    /// Whether a line in bold starts running text: an editor's note, or a paragraph whose first sentence is bold.
    fn is_bold_text(&self, run: &[Line], at: usize, width: usize) -> bool {
        let (line, text) = (&run[at], run[at].text.as_str());
        let clauses = text.matches(['，', '；']).count();
        let sentence = text.contains('。') || clauses > 1 || text.ends_with(parts_clauses) || LEAD.is_match(text);
        let full = self.measure.wrapped && line.width + line.indent + RAGGED > width;
        let set_in = self.measure.indented && line.indent >= INDENT;
        // A line that fills the column, and the next one goes on; a headline's next line is its subtitle or byline.
        let goes_on = run.get(at + 1).is_some_and(|next| {
            let wide = next.width + next.indent + RAGGED > width;
            next.indent < line.indent.max(INDENT) && (wide || is_closed(&next.text))
        });
        sentence || text.chars().count() > LONGEST_DISPLAY || (full && goes_on && (set_in || clauses > 0))
    }

    /// Whether a line that does not go on a paragraph stands on display. `heads` tells whether the line above it does, or
    /// none stands above it.
    fn on_display(&self, run: &[Line], at: usize, width: usize, heads: bool) -> bool {
        let line = &run[at];
        let text = line.text.as_str();
        let (first, last) = (text.chars().next().unwrap_or(' '), text.chars().next_back().unwrap_or(' '));
        let long = text.chars().count() > LONGEST_DISPLAY;
        let unfinished = parts_clauses(last) || matches!(last, '：' | ':') || matches!(last, '。' | '…');
        // A straight quote opens and closes; only one without its partner belongs to another line.
        let straight = text.matches('"').count().is_multiple_of(2);
        let goes_on = (closes(first) && !(first == '"' && straight))
            || parts_clauses(first)
            || matches!(first, '。' | '！' | '？' | '：');
        let ends_quote = closes(last) && is_closed(text);
        // Set in like a paragraph, and of two clauses.
        let set_in = self.measure.indented && line.indent >= INDENT && text.contains('，');
        let quoting = text.matches('“').count() != text.matches('”').count() || !straight;
        // Flush and alone below a text that has ended, where paragraphs are set in: `先拆干部的` ends a headline all the same.
        let behind_text = self.blocks.last().is_none_or(|block| ends(&block.text));
        let apart = run.len() == 1 && self.measure.indented && line.indent == 0 && behind_text;
        let begins = set_in || quoting || LEAD.is_match(text) || (!apart && ends_on_function_word(text));
        let item = line.item && !is_chapter(text);
        let speech = begins || SPEAKER.is_match(text) || item || DATE_ALONE.is_match(text);
        let letters = text.chars().filter(|&c| is_han(c) || is_letter(c)).count();
        if long || unfinished || goes_on || ends_quote || speech || letters < 2 {
            return false;
        }
        let alone = run.len() == 1;
        let sentence = text.contains(['。', '；']) || text.matches('，').count() > 1;
        if !self.measure.wrapped {
            return !sentence;
        }
        // A paragraph's first line lacks the indent that extraction dropped, so text below it makes it doubtful.
        let text_below = run.get(at + 1).is_some_and(|next| next.width + RAGGED > width);
        let allowance = if text_below && line.indent == 0 { RAGGED + LOST_INDENT } else { RAGGED };
        let full = line.width + line.indent + allowance > width;
        if !full {
            // A last line that is short and ends no sentence is what a figure or a page end cut off, unless it
            // stands by itself.
            let opens = heads || run[..at].iter().all(|line| !is_closed(&line.text) && line.width + RAGGED <= width);
            return !sentence && (opens || is_closed(&run[at - 1].text)) && (alone || at + 1 < run.len() || opens);
        }
        // As wide as a column and still no sentence: a headline, if nothing open stands before it.
        let open_before = self.blocks.last().is_some_and(|block| block.role == Role::Body && !ends(&block.text));
        if open_before {
            return false;
        }
        let next = run.get(at + 1);
        // Flush above a line that is set in, on a page that sets its paragraphs in: no paragraph starts so.
        let starts = self.measure.indented && next.is_some_and(|next| next.indent >= line.indent + INDENT);
        if heads && starts {
            return true;
        }
        // Beside other display lines it is one of them, but running text must not follow it.
        let text_follows = next.is_some_and(|next| {
            !next.bold
                && !starts
                && names(&next.text).is_none()
                && (next.text.contains(['，', '。']) || next.width + RAGGED > width)
        });
        let company = run.iter().any(|line| line.bold || names(&line.text).is_some());
        let clean = !text.contains(['，', '、', '；', '。', '：'])
            && !text.chars().next().is_some_and(|c| c.is_ascii_digit());
        // Below a kicker or behind a credit a headline must stand.
        let behind_credit = self.blocks.last().is_none_or(ends_article) && line.gap > 0;
        let expected = heads && (at > 0 || behind_credit);
        let apart = expected && is_two_clauses(text);
        clean && (alone || apart || ((company || heads) && !text_follows))
    }

    fn close(&mut self, paragraph: &mut Vec<&Line>) {
        if !paragraph.is_empty() {
            let lines = std::mem::take(paragraph);
            self.push(Role::Body, &lines);
        }
    }

    fn push(&mut self, role: Role, lines: &[&Line]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        // An item's mark says what an indent says, unless it is a figure and a sentence is open.
        let open = self.blocks.last().is_some_and(|last| last.role == Role::Body && !ends(&last.text));
        let item = first.item && !(open && starts_with_digit(first));
        let start = match (self.measure.indented, first.indent >= INDENT || item) {
            (false, _) => Start::Unknown,
            (true, true) => Start::Indented,
            (true, false) => Start::Flush,
        };
        self.blocks.push(Block {
            role,
            text: joined(lines),
            gap: first.gap,
            level: first.level,
            bold: first.bold,
            start,
            full: !self.measure.wrapped || last.width + last.indent + RAGGED > self.width,
            source: SourceSpan::new(first.source.start.min(last.source.start), last.source.end.max(first.source.end)),
        });
    }
}

/// Whether a line is the numbered heading of a section: `一、加装电梯`, `（二）老年食堂`.
pub fn is_chapter(text: &str) -> bool {
    /// Longest such heading, in characters.
    const CHAPTER: usize = 22;
    CHAPTER_MARK.is_match(text) && text.chars().count() <= CHAPTER && !text.contains(['。', '；', '，', '：'])
}

/// Whether a block names the writers or the office, at the foot of an article.
pub fn ends_article(block: &Block) -> bool {
    matches!(block.role, Role::Byline | Role::SignOff) || trailing_credit(&block.text).is_some()
}

/// Whether a line is two clauses of Han characters with a space between, as headlines are: `小屋亮了灯 老街有了家`.
fn is_two_clauses(text: &str) -> bool {
    /// Shortest clause, in characters.
    const CLAUSE: usize = 4;
    let mut clauses = text.split([' ', '\u{3000}']).filter(|clause| !clause.is_empty());
    clauses.clone().count() == 2 && clauses.all(|clause| clause.chars().count() >= CLAUSE)
}

fn starts_with_digit(line: &Line) -> bool {
    line.text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line of names stands right below a headline, and text follows. `heads` tells whether the line above is on
/// display.
fn is_bare_byline(run: &[Line], at: usize, heads: bool) -> bool {
    /// Characters of a headline: below a kicker stands a headline, not a name, and below a sentence a list.
    const HEADLINE: std::ops::RangeInclusive<usize> = 5..=30;
    let bare = |line: &Line| bare_names(&line.text).is_some();
    let headline = at.checked_sub(1).and_then(|above| run.get(above)).is_some_and(|above| {
        HEADLINE.contains(&above.text.chars().count()) && !above.text.ends_with(['：', '，', '、']) && !bare(above)
    });
    let text = run.get(at + 1).is_none_or(|next| {
        !bare(next) && (next.text.chars().count() > LONGEST_DISPLAY || is_closed(&next.text) || next.indent >= INDENT)
    });
    heads && headline && text && !run[at].bold && bare(&run[at])
}

/// How many lines from the start of a run are those of a head, as its byline tells: short ones without a sentence,
/// down to the names.
fn head_end(run: &[Line]) -> usize {
    /// Lines of a head: kicker, headline in two lines, subtitle.
    const LINES: usize = 4;
    let signed = |at: usize| names(&run[at].text).is_some() || is_bare_byline(run, at, true);
    let byline = (1..run.len().min(LINES + 1)).find(|&at| signed(at)).unwrap_or(0);
    let plain = |line: &Line| {
        let sentence = line.text.contains(['。', '；']) || line.text.ends_with(parts_clauses) || line.item;
        !sentence && line.text.chars().count() <= LONGEST_DISPLAY && sign_off(&line.text).is_none()
    };
    if run[..byline].iter().all(plain) { byline } else { 0 }
}

/// The text of several lines.
fn joined(lines: &[&Line]) -> Text {
    let mut builder = TextBuilder::with_capacity(lines.iter().map(|line| line.text.len()).sum());
    let mut before: Option<&Line> = None;
    for line in lines {
        if let Some(before) = before {
            if between(before, line) {
                builder.push_synthetic(" ");
            } else if line.adjoins && before.source.end < line.source.start {
                builder.absorb(SourceSpan::new(before.source.end, line.source.start));
            }
        }
        let word = line.text.strip_suffix('\u{AD}').map_or(line.text.len(), str::len);
        builder.copy(&line.text, TextSpan::new(0, word));
        builder.replace(&line.text, TextSpan::new(word, line.text.len()), "");
        before = Some(line);
    }
    builder.finish()
}

/// Whether a space stood where the line was cut: between two Latin words, unless a hyphen was put there or the
/// column's edge cut the word itself.
fn between(before: &Line, line: &Line) -> bool {
    let ends =
        before.text.chars().next_back().is_some_and(|c| is_letter(c) || matches!(c, ',' | '.' | '?' | '!' | ';'));
    let starts = line.text.chars().next().is_some_and(is_letter);
    ends && starts && (before.spaced || !before.text.chars().next_back().is_some_and(is_letter))
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn shown(page: &str) -> String {
        let blocks = blocks(lines(&Text::verbatim(page, 0), &[]));
        let row = |block: &Block| format!("{:?} {}", block.role, block.text.as_str());
        blocks.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn joins_wrapped_lines_and_finds_what_stands_on_display() {
        let page = "小院里的新日子\n□记者 余欢\n\n近日，云栖街道在东湖居民区举行了一场热\n闹的邻里集市，摊位连成一片，到场的有 1\n28 位居民，人人\
                    都说好，明年还要再来。\n\n多方出力\n从旁观到参与\n“以前没有人管，现在大家都来出主意，你\n一句我一句，说着说着，办法就有了，事情\n就办成了。”\n\
                    第二网格的网格员说，下一步还要办更多的\n活动，请 Carlos Mend\u{ad}\nes 来讲课。\n（党群办）\n";
        insta::assert_snapshot!(shown(page), @r"
        Display 小院里的新日子
        Byline □记者 余欢
        Body 近日，云栖街道在东湖居民区举行了一场热闹的邻里集市，摊位连成一片，到场的有 128 位居民，人人都说好，明年还要再来。
        Display 多方出力
        Display 从旁观到参与
        Body “以前没有人管，现在大家都来出主意，你一句我一句，说着说着，办法就有了，事情就办成了。”
        Body 第二网格的网格员说，下一步还要办更多的活动，请 Carlos Mendes 来讲课。
        SignOff （党群办）
        ");
    }

    #[test]
    fn finds_headlines_that_are_wider_than_the_column() {
        let page = concat!(
            "小院里的故事\n门前的老槐树又开了花 谁家的灯还亮着等人回来\n河湾社区走访手记\n□记者 余欢\n\n",
            "　　老槐树底下摆着一张方桌，四条\n板凳，街坊们吃过晚饭就到这里来坐\n一坐，说说话。（党群办）\n\n",
            "一张方桌四条板凳 说说话就是好办法\n　　“孩子大了，地方小了，总得想个\n办法。”老人们说，小屋从8:30到17\n",
            ":00都有人。\n　　办法后来真的有了，就在隔壁的仓\n库里，三十平方米，朝南。\n\n",
            "\"换个活法\"\nGood Neighbours\n　　天黑以前，灯都亮了起来，人也都\n回来了。\n",
        );
        insta::assert_snapshot!(shown(page), @r#"
        Display 小院里的故事
        Display 门前的老槐树又开了花 谁家的灯还亮着等人回来
        Display 河湾社区走访手记
        Byline □记者 余欢
        Body 老槐树底下摆着一张方桌，四条板凳，街坊们吃过晚饭就到这里来坐一坐，说说话。（党群办）
        Display 一张方桌四条板凳 说说话就是好办法
        Body “孩子大了，地方小了，总得想个办法。”老人们说，小屋从8:30到17:00都有人。
        Body 办法后来真的有了，就在隔壁的仓库里，三十平方米，朝南。
        Display "换个活法"
        Display Good Neighbours
        Body 天黑以前，灯都亮了起来，人也都回来了。
        "#);
    }

    #[test]
    fn finds_lists_numbered_sections_and_the_end_of_a_notice() {
        let page = concat!(
            "【社区传真】\n小板凳议出新办法\n到了晚上，车主们为了一个车位争得面红耳\n赤，社区和大家商定了三件事：\n",
            "一是错时停车，夜里把隔壁楼的车位借来，\n一共九十六个；\n二是划线。\n一、怎么报名\n",
            "各位居民请带好房产证，到一楼大厅找值班\n的网格员登记，登记以后三天之内就有回音，\n车位不够的时候，家里有老人和孩子的先排\n上，先到先得。\n云栖街道办事处\n2024年8月26日\n",
        );
        insta::assert_snapshot!(shown(page), @r"
        Display 【社区传真】
        Display 小板凳议出新办法
        Body 到了晚上，车主们为了一个车位争得面红耳赤，社区和大家商定了三件事：
        Body 一是错时停车，夜里把隔壁楼的车位借来，一共九十六个；
        Body 二是划线。
        Display 一、怎么报名
        Body 各位居民请带好房产证，到一楼大厅找值班的网格员登记，登记以后三天之内就有回音，车位不够的时候，家里有老人和孩子的先排上，先到先得。
        SignOff 云栖街道办事处
        SignOff 2024年8月26日
        ");
    }

    #[test]
    fn reads_a_page_of_one_line_paragraphs() {
        let long =
            "东湖边的老戏台重新开了锣，来听戏的有老人、孩子和刚下班的年轻人，一连唱了三个晚上，台下没有一张空凳子。";
        let page =
            format!("## 小院新事\n\n{long}\n\n一格一策 织密网\n\n{long}\n\n名称 户数 比例\n东苑 12 8%\n西苑 7 3%\n");
        insta::assert_snapshot!(shown(&page), @r"
        Display 小院新事
        Body 东湖边的老戏台重新开了锣，来听戏的有老人、孩子和刚下班的年轻人，一连唱了三个晚上，台下没有一张空凳子。
        Display 一格一策 织密网
        Body 东湖边的老戏台重新开了锣，来听戏的有老人、孩子和刚下班的年轻人，一连唱了三个晚上，台下没有一张空凳子。
        Row 名称 户数 比例
        Row 东苑 12 8%
        Row 西苑 7 3%
        ");
    }
}
