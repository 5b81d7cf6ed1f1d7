//! Stitching: puts the pieces of a paragraph that column ends cut back together, wherever they stand.
//!
//! In: blocks in file order. Out: blocks in reading order, each body block a whole paragraph.
//!
//! A piece that ends in mid-sentence is followed, as a rule, by the next piece. Where the seam reads badly, or no
//! body follows, the page is searched for the piece whose start fits: by the words that the seam makes, by what
//! the page says elsewhere, by quotes and brackets that close, by the indent. A seam without evidence is left
//! open: a wrong one would put words into somebody's mouth.

use super::column;
use super::matching::{self, Seam};
use super::seam::{Page, Piece, leaves_open, opens_paragraph, seam, word_across};
use crate::layout::{Block, Role, Start, trailing_credit};
use crate::lexicon::chars::{han_pairs, is_closed, parts_clauses};
use crate::lexicon::literal;
use crate::model::{self, SourceSpan, TextBuilder, TextSpan};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the next piece in file order starts with, in points of seam evidence.
const NEXT: f64 = 2.0;
/// Points from which the piece that is left over is believed to be the one that is missing.
const LEFT_OVER: f64 = -0.5;
/// What a piece that cannot go on the paragraph above it is the end of another one with, in points.
const STRAY: f64 = 3.0;
/// Characters of a display line without a comma that may be the first line of a paragraph.
const LONG_LINE: usize = 20;
/// Blocks to either side among which a tail is looked for: two pages of a newspaper.
pub(super) const REACH: usize = 60;

/// How an item of a list starts.
static ENUMERATED: LazyLock<Regex> = LazyLock::new(|| {
    literal(
        r"^(?:[一二三四五六七八九十]{1,2}[是要、]|[（(][一二三四五六七八九十0-9]{1,2}[)）]|第[一二三四五六七八九十]|[0-9]{1,2}[.．、]|[①-⑳●◆■▲★○])",
    )
});

/// Blocks in reading order, body blocks made whole. Second: where they were put together, and where they stay open.
pub(super) fn stitch(mut blocks: Vec<Block>) -> (Vec<Block>, Vec<model::Seam>) {
    demote(&mut blocks);
    let (next, seams) = links(&blocks);
    let order = order(&blocks, &next);
    let mut slots: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    let mut whole: Vec<Block> = Vec::with_capacity(slots.len());
    let mut continues = false;
    for at in order {
        let Some(block) = slots[at].take() else { continue };
        match whole.last_mut() {
            Some(last) if continues => append(last, &block),
            _ => whole.push(block),
        }
        continues = next[at].is_some();
    }
    (whole, seams)
}

/// Turns display lines that a paragraph's text runs out of into what they are: its first line, cut in mid-word.
fn demote(blocks: &mut [Block]) {
    /// Points from which a seam makes a line of any form running text.
    const CERTAIN: f64 = 3.0;
    let page = Page::of(blocks);
    let ranked = blocks.iter().any(|block| block.level.is_some());
    for at in 1..blocks.len() {
        let (head, tail) = (&blocks[at - 1], &blocks[at]);
        if head.role != Role::Display || head.level.is_some() || tail.role != Role::Body {
            continue;
        }
        // No text starts with a comma, nor with the unit of a figure that stands above it. Behind a gap the comma may
        // be that of a tail that was put below a headline.
        let comma = tail.gap == 0 && tail.text.starts_with(|c| parts_clauses(c) || c == '。');
        let cut = comma || cuts_figure(&head.text, &tail.text);
        if head.bold || tail.start == Start::Indented {
            if cut {
                blocks[at - 1].role = Role::Body;
            }
            continue;
        }
        let clauses = head.text.contains(['，', '、']);
        let points = word_across(&head.text, &tail.text);
        let certain = points > 0.0 && points + page.evidence(&head.text, &tail.text) >= CERTAIN;
        let sentence = points > 0.0 && (clauses || head.text.chars().count() >= LONG_LINE);
        // Where headlines are marked, a line of two clauses without a mark is none.
        let unmarked = ranked && clauses && (at < 2 || blocks[at - 2].level.is_none());
        if cut || certain || sentence || unmarked || leaves_open(&head.text) {
            blocks[at - 1].role = Role::Body;
        }
    }
}

/// Whether a figure and its unit stand on both sides: `……有了着落！”10` and `月2日`, `九十` and `岁以上`; or a figure's
/// two halves, if the first stands in a sentence: a headline may end with a year.
fn cuts_figure(head: &str, tail: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let unit = tail.starts_with(|c| "年月日号时点分岁人户元个%％万亿".contains(c));
    let halves = tail.starts_with(digit) && head.contains(['，', '。', '！', '？', '；']);
    let figure = |c: char| digit(c) || "一二三四五六七八九十百千".contains(c);
    head.ends_with(figure) && (unit || (halves && head.ends_with(digit)))
}

fn append(last: &mut Block, block: &Block) {
    let mut builder = TextBuilder::with_capacity(last.text.len() + block.text.len());
    builder.copy(&last.text, TextSpan::new(0, last.text.len()));
    builder.copy(&block.text, TextSpan::new(0, block.text.len()));
    last.text = builder.finish();
    let (start, end) = (last.source.start.min(block.source.start), last.source.end.max(block.source.end));
    last.source = SourceSpan::new(start, end);
}

/// For each block, the one that goes on its paragraph. Second: how sure that is, for all that stop in mid-sentence.
fn links(blocks: &[Block]) -> (Vec<Option<usize>>, Vec<model::Seam>) {
    let page = Page::of(blocks);
    let pieces: Vec<Piece> = blocks.iter().map(|block| Piece::of(block, &page)).collect();
    let body = |at: usize| blocks[at].role == Role::Body;
    let is_open = |at: usize| {
        let text = &blocks[at].text;
        let listed =
            text.ends_with(['；', ';']) && blocks.get(at + 1).is_some_and(|next| ENUMERATED.is_match(&next.text));
        body(at) && !is_closed(text) && !text.ends_with(['：', ':']) && !listed && trailing_credit(text).is_none()
    };
    let all_open: Vec<bool> = (0..blocks.len()).map(is_open).collect();
    let open = |at: usize| all_open[at];
    let mut seams: Vec<Seam> = Vec::new();
    for head in (0..blocks.len()).filter(|&at| open(at)) {
        let window = head.saturating_sub(REACH)..blocks.len().min(head + REACH + 1);
        for tail in window.filter(|&tail| tail != head && body(tail)) {
            // A piece that is open itself is more often the start of what was cut than its middle.
            let inner = if open(tail) { -1.0 } else { 0.0 };
            // A piece that another one runs into is no orphan, unless that one finds better.
            let orphan = if tail == 0 || !open(tail - 1) { 0.0 } else { -2.0 };
            // A body likes to start with the name that its headline gave, but not in the middle of it.
            let named = pieces[tail].named && !page.names_across(&blocks[head].text, &blocks[tail].text);
            let named = if named { -1.0 } else { 0.0 };
            let place = inner + if tail == head + 1 { NEXT } else { orphan + named + elsewhere(blocks, head, tail) };
            if let Some(points) = seam(&pieces[head], &pieces[tail], &page, place, 0.0) {
                seams.push(Seam { head, tail, points });
            }
        }
    }
    let mut next = matching::best(&seams, blocks.len());
    let mut taken = vec![false; blocks.len()];
    next.iter().flatten().for_each(|&tail| taken[tail] = true);
    for at in (0..blocks.len()).filter(|&at| open(at)) {
        if next[at].is_none()
            && let Some(other) = left_over(blocks, &pieces, at, &taken, &page)
            && !matching::reaches(&next, other, at)
        {
            next[at] = Some(other);
            taken[other] = true;
        }
    }
    // A page that sets its paragraphs in tells by the indent where one goes on behind a full stop.
    for at in 1..blocks.len() {
        let flush = body(at) && blocks[at].start == Start::Flush && !taken[at];
        let before = body(at - 1) && next[at - 1].is_none() && !blocks[at - 1].text.ends_with(['：', ':']);
        if flush && before && !matching::reaches(&next, at, at - 1) {
            next[at - 1] = Some(at);
            taken[at] = true;
        }
    }
    let seam = |head: usize| {
        let tail = next[head];
        let known = &seams[seams.partition_point(|seam| seam.head < head)..];
        let points = known.iter().take_while(|seam| seam.head == head).find(|seam| Some(seam.tail) == tail);
        let tail = tail.map(|tail| blocks[tail].source);
        model::Seam { head: blocks[head].source, tail, points: points.map_or(0.0, |seam| seam.points) }
    };
    let seams = (0..blocks.len()).filter(|&at| open(at)).map(seam).collect();
    (next, seams)
}

/// Whether a piece starts flush on a page that sets its paragraphs in, and the paragraph above it has ended short of its
/// column: it goes on one that stands elsewhere.
fn is_stray(blocks: &[Block], at: usize) -> bool {
    let above = at.checked_sub(1).map(|above| &blocks[above]);
    let ended = above.is_some_and(|above| above.role == Role::Body && !above.full && is_closed(&above.text));
    blocks[at].start == Start::Flush && ended
}

/// The piece that most likely goes on an open one when no seam is evidence enough: with the last words of an article
/// left open, its end stands somewhere between the same headlines, as a rule right below the first.
fn left_over(blocks: &[Block], pieces: &[Piece], at: usize, taken: &[bool], page: &Page) -> Option<usize> {
    let display = |block: &Block| block.role == Role::Display;
    let start = blocks[..at].iter().rposition(display).map_or(0, |above| above + 1);
    let end = blocks[at..].iter().position(display).map_or(blocks.len(), |below| at + below);
    let last = (at + 1..end).all(|at| blocks[at].role != Role::Body);
    let body = |&other: &usize| other != at && blocks[other].role == Role::Body && !taken[other];
    let first = (start..end).find(|other| blocks[*other].role == Role::Body);
    let points = |other: usize| {
        let place = if first == Some(other) { 1.0 } else { 0.0 };
        Some((seam(&pieces[at], &pieces[other], page, place, LEFT_OVER)?, other))
    };
    let candidates = (start.max(at.saturating_sub(REACH))..end.min(at + REACH)).filter(body);
    let best = candidates.filter(|&other| last && !pieces[other].named).filter_map(points);
    best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, other)| other)
}

/// Points for a piece to go on one that stands elsewhere, by the places of both.
fn elsewhere(blocks: &[Block], head: usize, tail: usize) -> f64 {
    let role = |at: Option<usize>| at.and_then(|at| blocks.get(at)).map(|block| block.role);
    let parts = |role| matches!(role, None | Some(Role::Display | Role::Byline | Role::SignOff));
    let far = -(1.0 + head.abs_diff(tail) as f64).ln();
    // A column that was put in the wrong place starts right below a headline, or behind an article's end.
    let above = role(tail.checked_sub(1));
    let headless = above == Some(Role::SignOff) && !opens_paragraph(&blocks[tail].text);
    let top = if headless {
        3.0
    } else if parts(above) {
        0.7
    } else {
        0.0
    };
    let bottom = if parts(role(Some(head + 1))) { 0.7 } else { 0.0 };
    let stray = if is_stray(blocks, tail) { STRAY } else { 0.0 };
    far + top + bottom + stray
}

/// File order, but for the tails that stand elsewhere: those come behind the piece that they go on.
fn order(blocks: &[Block], next: &[Option<usize>]) -> Vec<usize> {
    // What moves with a tail: `moves[tail] = end` of the stretch.
    let mut moved_to: Vec<Option<(usize, usize)>> = vec![None; blocks.len()];
    let mut moves = vec![false; blocks.len()];
    let mut turned: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, other) in next.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?))) {
        if other == at + 1 {
            continue;
        }
        if let Some(sequence) = turn(blocks, next, at, other) {
            turned.insert(other, sequence);
            continue;
        }
        let mut end = run_end(blocks, next, at, other);
        // What goes on behind the tail goes with it.
        while next[end] == Some(end + 1) {
            end += 1;
        }
        if (other..=end).any(|at| moves[at]) {
            moved_to[at] = Some((other, other));
            moves[other] = true;
        } else {
            moved_to[at] = Some((other, end));
            moves[other..=end].fill(true);
        }
    }
    let mut order = Vec::with_capacity(blocks.len());
    let mut done = vec![false; blocks.len()];
    for (at, _) in moves.iter().enumerate().filter(|(_, moves)| !**moves) {
        for &at in turned.get(&at).unwrap_or(&vec![at]) {
            place(at, &moved_to, &mut done, &mut order);
        }
    }
    // A circle of tails has no start outside itself; nothing may be lost by it.
    for at in 0..blocks.len() {
        place(at, &moved_to, &mut done, &mut order);
    }
    order
}

/// Columns in the wrong order: the first piece below a headline goes on the last one of that article, so the text was
/// turned round, and its true start stands somewhere between. The blocks from `tail` to `head` in their true order,
/// or none if this is not such a case.
fn turn(blocks: &[Block], next: &[Option<usize>], head: usize, tail: usize) -> Option<Vec<usize>> {
    let below = tail > 0 && matches!(blocks[tail - 1].role, Role::Display | Role::Byline);
    let all_text = tail < head && (tail..=head).all(|at| blocks[at].role == Role::Body);
    let last = blocks.get(head + 1).is_none_or(|block| block.role != Role::Body);
    let apart = (tail..head).any(|at| next[at].is_some_and(|other| other != at + 1));
    if !below || !all_text || !last || apart {
        return None;
    }
    let title: Vec<&Block> = blocks[..tail].iter().rev().take_while(|block| block.role != Role::Body).collect();
    let fit = |at: usize| {
        shared_pairs_of(&title, &blocks[at])
            + usize::from(opens_paragraph(&blocks[at].text))
            + usize::from(blocks[at].gap > 1)
    };
    let starts = |at: usize| at == tail || next[at - 1] != Some(at);
    let head_start = (tail..=head).rev().find(|&at| starts(at)).unwrap_or(head);
    let rest_start = (tail + 1..=head_start).find(|&at| starts(at)).unwrap_or(head_start);
    // The last piece itself, unless another paragraph reads more like the one below the headline.
    let own = fit(head_start) + shared_pairs_of(&title, &blocks[tail]);
    let best = (rest_start..head_start).filter(|&at| starts(at)).max_by_key(|&at| (fit(at), std::cmp::Reverse(at)));
    let first = best.filter(|&at| fit(at) > own).unwrap_or(head_start);
    let order = (first..=head).chain(tail..rest_start).chain(rest_start..first);
    Some(order.collect())
}

fn shared_pairs_of(title: &[&Block], block: &Block) -> usize {
    2 * title.iter().map(|line| shared_pairs(&line.text, &block.text)).sum::<usize>()
}

/// How many pairs of neighbouring Han characters of a line stand in a text.
fn shared_pairs(line: &str, text: &str) -> usize {
    let stands = |pair: &[char; 2]| text.contains(&String::from_iter(pair));
    han_pairs(line).filter(stands).count()
}

fn place(start: usize, moved_to: &[Option<(usize, usize)>], done: &mut [bool], order: &mut Vec<usize>) {
    let mut stack = vec![start];
    while let Some(at) = stack.pop() {
        if std::mem::replace(&mut done[at], true) {
            continue;
        }
        order.push(at);
        if let Some((first, last)) = moved_to[at] {
            stack.extend((first..=last).rev());
        }
    }
}

/// Last block of the stretch that moves with a tail: the tail alone, or what stands below it as well.
///
/// Columns are put down one after the other, so what stands below a tail is, as a rule, of its article: up to the piece
/// that the article it stands in goes on with; or up to the article's end (a credit), if plain text goes on behind that
/// without a headline; or up to the next headline, unless it says rather what the article above it says.
fn run_end(blocks: &[Block], next: &[Option<usize>], head: usize, tail: usize) -> usize {
    let body = |at: usize| blocks.get(at).is_some_and(|block| block.role == Role::Body);
    if body(head + 1) {
        return tail;
    }
    let reach = blocks.len().min(tail + REACH);
    // The article that is interrupted here goes on below.
    let resumed = tail.checked_sub(1).and_then(|above| next[above]).filter(|&resumed| resumed > tail + 1);
    if let Some(resumed) = resumed.filter(|&resumed| resumed < reach && head < tail) {
        let signed = blocks[tail + 1..resumed].iter().any(|block| block.role == Role::Byline);
        return if signed { tail } else { resumed - 1 };
    }
    for (end, block) in blocks.iter().enumerate().take(reach).skip(tail + 1) {
        if end == head || block.bold {
            break;
        }
        if matches!(block.role, Role::Byline | Role::SignOff) && body(end - 1) {
            if body(end + 1) {
                return end;
            }
            break;
        }
    }
    if head < tail { column::end(blocks, head, tail) } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;
    use crate::model::Text;

    fn stitched(page: &str) -> String {
        let (blocks, _) = stitch(layout::page(&Text::verbatim(page, 0), &[]).blocks);
        blocks.iter().map(|block| block.text.to_string()).collect::<Vec<_>>().join("\n")
    }

    const FILL: &str = "东湖边的老戏台重新开了锣，来听戏的有老人、孩子和刚下班的年轻人，一连唱了三个晚上。";

    #[test]
    fn joins_what_a_column_end_cut() {
        let page = format!("小院新事\n\n{FILL}居民们来到活\n\n动室，看见了新书架。\n\n{FILL}\n");
        assert_eq!(stitched(&page), format!("小院新事\n{FILL}居民们来到活动室，看见了新书架。\n{FILL}"));
    }

    #[test]
    fn finds_a_tail_that_stands_elsewhere() {
        let page =
            format!("小院新事\n\n{FILL}居民们都说“来到活\n\n{FILL}\n\n动室真开心”，看见了新书架。\n\n{FILL}\n");
        assert_eq!(
            stitched(&page),
            format!("小院新事\n{FILL}居民们都说“来到活动室真开心”，看见了新书架。\n{FILL}\n{FILL}")
        );
    }

    #[test]
    fn moves_a_whole_stretch_to_the_article_it_ends() {
        let page = format!(
            "小院新事\n\n{FILL}\n\n动室，看见了新书架。\n\n{FILL}\n\n□记者 余欢\n\n{FILL}\n\n{FILL}居民们来到活\n\n第二件新事来了\n\n{FILL}\n"
        );
        let end = "居民们来到活动室，看见了新书架。";
        let expected = format!("小院新事\n{FILL}\n{FILL}\n{FILL}{end}\n{FILL}\n□记者 余欢\n第二件新事来了\n{FILL}");
        assert_eq!(stitched(&page), expected);
    }

    #[test]
    fn leaves_a_seam_without_evidence_open() {
        let page = format!("小院新事\n\n{FILL}居民们来到\n\n第二件新事来了\n\n{FILL}\n\n{FILL}\n");
        assert_eq!(stitched(&page), format!("小院新事\n{FILL}居民们来到\n第二件新事来了\n{FILL}\n{FILL}"));
    }

    #[test]
    fn moves_the_column_that_goes_on_with_a_tail() {
        let page = concat!(
            "小院里的新日子\n□记者 余欢\n\n",
            "　　老槐树底下摆着一张方桌，四条板凳，\n街坊们吃过晚饭就到这里来坐一坐，说说\n话，小院议事会就是这样开起来的，方桌\n\n",
            "老铜匠的长凳\n□记者 田青\n\n",
            "　　每天下午两点，弄堂口八条长凳一条不\n空，凳子都是老铜匠打的，木头是拆旧家\n具拆下来的，刨了十九天。\n\n·1·\n\n",
            "旁边又添了一张。\n　　小院议事会开了四次，街坊们说，板凳\n和方桌都不够坐了，还得再添几张才行，\n老槐树底下越来越热闹。\n\n",
            "新灯亮了\n□记者 路远\n\n　　灯亮了，路也平了。\n",
        );
        let read = stitched(page);
        let starts: Vec<String> = read.lines().map(|line| line.chars().take(7).collect()).collect();
        assert_eq!(
            starts.join("|"),
            "小院里的新日子|□记者 余欢|老槐树底下摆着|小院议事会开了|老铜匠的长凳|□记者 田青|每天下午两点，|新灯亮了|□记者 路远|灯亮了，路也平"
        );
        assert!(read.contains("方桌旁边又添了一张。"), "{read}");
    }
}
