//! Columns that stand side by side.
//!
//! In: the lines of a page. Out: the same in reading order: where lines have a gutter in common, what stands left of it
//! comes first, then what stands right of it.
//!
//! | lines                            | in reading order                           |
//! |----------------------------------|--------------------------------------------|
//! | `居民来到活      暑期班开班了，` | `居民来到活` / `动室看书。`                |
//! | `动室看书。      孩子都来了。`   | `暑期班开班了，` / `孩子都来了。`          |
//! | `东苑   12   8%`                 | (unchanged: the row of a table)            |
//!
//! `pdftotext -layout` and tools like it keep the places of glyphs on the page and part columns by spaces.

use super::credit::sign_off;
use crate::lexicon::chars::width;
use crate::model::TextSpan;

/// Columns of white space that part two columns of text: two Han characters. Headlines have one between clauses.
const GUTTER: usize = 4;
/// The same where the line above has shown where the right column starts: a full line with a hanging mark leaves one.
const NARROW: usize = 2;
/// Columns that a paragraph is set in: two Han characters.
const INDENT: usize = 4;
/// Lines with text on both sides from which a gutter is believed.
const LINES: usize = 4;
/// Lines of a region at most, and lines with text on one side only in a row: a page has not more. They bound the work.
const MOST: usize = 200;
/// See [`MOST`].
const ONE_SIDED: usize = 40;
/// Columns of text that each side has on average, at least: cells of tables are narrower.
const SIDE: usize = 16;

/// A line or a part of one, and the column it starts at.
#[derive(Clone, Copy)]
struct Part {
    span: TextSpan,
    column: usize,
}

/// The lines of a page, `spans`, in reading order.
pub(super) fn reading_order(page: &str, spans: Vec<TextSpan>) -> Vec<TextSpan> {
    // Hardly a page has one: what a line must have is cheap to ask for.
    if spans.iter().filter(|span| gaps(page, Part { span: **span, column: 0 }, GUTTER).next().is_some()).count()
        < LINES
    {
        return spans;
    }
    let parts = spans.into_iter().map(|span| Part { span, column: 0 }).collect();
    parted(page, parts).into_iter().map(|part| part.span).collect()
}

fn parted(page: &str, parts: Vec<Part>) -> Vec<Part> {
    let mut ordered = Vec::with_capacity(parts.len());
    let mut at = 0;
    while at < parts.len() {
        let (end, gutter) = region(page, &parts[at..]);
        let Some(gutter) = gutter else {
            ordered.extend(&parts[at..at + end]);
            at += end;
            continue;
        };
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for &part in &parts[at..at + end] {
            let (one, other) = cut(page, part, gutter);
            left.push(one);
            right.push(other);
        }
        // A blank line between: no line of the one column goes on with one of the other unseen.
        let last = left.last().map_or(0, |part| part.span.end);
        ordered.extend(left);
        ordered.push(Part { span: TextSpan::new(last, last), column: 0 });
        ordered.extend(parted(page, right));
        at += end;
    }
    ordered
}

/// How many parts from the first on have a gutter in common, and its column; or how many have none.
fn region(page: &str, parts: &[Part]) -> (usize, Option<usize>) {
    // The rows of a table need not be looked at again.
    let mut rows = 1;
    let found = gaps(page, parts[0], GUTTER).find_map(|(mut from, mut to)| {
        let (mut both, mut end, mut blank, mut alone) = (0, 0, 0, 0);
        let (mut left, mut right) = (0, 0);
        // Where a line stands by itself on its row, below an empty one: it spans both columns, as headlines do.
        let mut spans: Option<usize> = None;
        for (at, &part) in parts.iter().take(MOST).enumerate() {
            let text = part.span.of(page);
            if text.trim().is_empty() {
                blank += 1;
                // Two blank lines end a region.
                if blank > 2 {
                    break;
                }
                continue;
            }
            let start = part.column + width(&text[..text.len() - text.trim_start().len()]);
            let stop = part.column + width(text.trim_end());
            let gap = gaps(page, part, NARROW).find(|&(start, stop)| {
                let wide = stop - start >= GUTTER && start.max(from) + NARROW <= stop.min(to);
                // The right column of the lines so far may have been set in.
                wide || (at > 0 && from <= stop && stop <= to && to <= stop + INDENT)
            });
            match gap {
                Some(_) if spans.is_some() => break,
                Some((start, stop)) => {
                    to = to.min(stop);
                    from = from.max(start).min(to.saturating_sub(NARROW));
                    (both, alone) = (both + 1, 0);
                    let (one, other) = cut(page, part, to);
                    left += width(one.span.of(page).trim());
                    right += width(other.span.of(page).trim());
                }
                // The office that signs below both columns stands in neither.
                None if sign_off(text).is_some() => break,
                // Only one side has text here.
                None if alone < ONE_SIDED && (stop <= from + 1 || start + 1 >= to) => {
                    alone += 1;
                    if blank > 0 && start < from {
                        spans.get_or_insert(at);
                    }
                }
                None => break,
            }
            (end, blank) = (at + 1, 0);
        }
        end = spans.unwrap_or(end);
        if both < LINES {
            return None;
        }
        rows = rows.max(end);
        (left >= SIDE * both && right >= SIDE * both).then_some((end, to))
    });
    found.map_or((rows, None), |(end, gutter)| (end, Some(gutter)))
}

/// The stretches of white space within a part, as columns, that are at least `least` wide.
fn gaps(page: &str, part: Part, least: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let text = part.span.of(page).trim_end();
    let indent = text.len() - text.trim_start().len();
    let mut column = part.column + width(&text[..indent]);
    let mut chars = text[indent..].chars().peekable();
    std::iter::from_fn(move || {
        loop {
            let start = column;
            while let Some(c) = chars.next_if(|c| c.is_whitespace()) {
                column += width(c.encode_utf8(&mut [0; 4]));
            }
            if column >= start + least {
                return Some((start, column));
            }
            let c = chars.next()?;
            column += width(c.encode_utf8(&mut [0; 4]));
        }
    })
}

/// A part in two, at the first character that starts at or behind a column.
fn cut(page: &str, part: Part, gutter: usize) -> (Part, Part) {
    let text = part.span.of(page);
    let mut column = part.column;
    // A hanging mark may stand one column into the gutter. White space behind it is an indent of the right column.
    let place = text.char_indices().find(|&(_, c)| {
        let found = column >= gutter || (column + 1 >= gutter && !c.is_whitespace());
        column += width(c.encode_utf8(&mut [0; 4]));
        found
    });
    let at = part.span.start + place.map_or(text.len(), |(at, _)| at);
    let start = part.column + width(&text[..at - part.span.start]);
    let left = TextSpan::new(part.span.start, at);
    (Part { span: left, ..part }, Part { span: TextSpan::new(at, part.span.end), column: start })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(page: &str) -> String {
        let mut at = 0;
        let span = |line: &str| {
            let span = TextSpan::new(at, at + line.len());
            at += line.len() + 1;
            span
        };
        let spans = page.split('\n').map(span).collect();
        let lines = reading_order(page, spans).into_iter().map(|span| span.of(page).trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reads_one_column_after_the_other() {
        let page = "\
小院焕然一新的头一年              托管班里的小时光
  居民们从前在楼道里堆杂物，      七月里，托管班开了门，头一
如今楼道里摆着花，墙上挂着        批来了四十五个孩子，带班的
孩子们的画，谁家来了客都爱        是大学生志愿者，教书法，也
在这里坐一坐。                    教编程。
                                  家长们说，放心多了。";
        assert_eq!(
            ordered(page),
            "小院焕然一新的头一年\n居民们从前在楼道里堆杂物，\n如今楼道里摆着花，墙上挂着\n孩子们的画，谁家来了客都爱\n在这里坐一坐。\n\
             托管班里的小时光\n七月里，托管班开了门，头一\n批来了四十五个孩子，带班的\n是大学生志愿者，教书法，也\n教编程。\n家长们说，放心多了。"
        );
    }

    #[test]
    fn leaves_tables_and_headlines() {
        let table = "小区    户数    比例\n东苑    120    12%\n西苑    98    9%\n南苑    77    7%\n北苑    66    6%";
        let page = "一格一策    织密一张网\n居民们从前在楼道里堆杂物，\n如今楼道里摆着花，墙上挂着";
        for page in [table, page] {
            assert_eq!(ordered(page), page);
        }
    }

    #[test]
    fn a_headline_spans_and_a_mark_hangs() {
        let page = concat!(
            "　　居民来到活动室看书，暑期班    　　老铜匠打了八条长凳，凳子底\n",
            "开班了，孩子们都来了，人人都说，  下刻着一行字，坐坐再走，人人\n",
            "明年还要再来，还要多办几个班，    都说好，弄堂口热闹起来，还要\n",
            "老人也来听课。                    再打几条。\n",
            "\n弄堂人物\n\n",
            "　　灯亮了，路也平了，街坊们都    　　方桌四条腿，板凳四条，街坊\n",
            "出来走走，说说话，看看新添的花    们吃过晚饭就到这里来坐一坐，\n",
            "草，小院一天一个样子，墙也刷白    说说话，孩子在旁边写作业，老\n",
            "了，门也新了。                    人在旁边下棋。\n",
            "（党群办）",
        );
        let read = ordered(page);
        let starts: Vec<String> = read.lines().map(|line| line.trim_end().chars().take(8).collect()).collect();
        assert_eq!(
            starts.join("|"),
            "居民来到活动室看|开班了，孩子们都|明年还要再来，还|老人也来听课。|老铜匠打了八条长|下刻着一行字，坐|都说好，弄堂口热|再打几条。|\
             弄堂人物|灯亮了，路也平了|出来走走，说说话|草，小院一天一个|了，门也新了。|方桌四条腿，板凳|们吃过晚饭就到这|说说话，孩子在旁|人在旁边下棋。|（党群办）"
        );
    }
}
