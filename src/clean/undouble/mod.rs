//! Undoubling: bold that a page drew in several strokes comes out with every character repeated.
//!
//! # What
//! A stretch of a line in which every character stands two, three or four times in a row, spaces aside.
//!
//! # Why
//! PDF writers fake a bold face by drawing a glyph again at a small offset, and extraction keeps every glyph.
//!
//! # Example
//! | line                                  | becomes                     |
//! |---------------------------------------|-----------------------------|
//! | `织织密密““微微网网格格””  惠惠及及家家家家户户户户` | `织密“微网格”  惠及家家户户` |
//! | `总总总第第第333888期期期`              | `总第38期`                   |
//! | `夏日送清凉夏日送清凉`                  | `夏日送清凉`                 |
//! | `社社区区治` / `治理理新新` on two lines  | `社区治` / `理新`            |
//! | `社社区区治理理新新篇篇`                 | `社区治理新篇`               |
//! | `How How are are you you`             | `How are you`               |
//! | a headline twice, line below line     | the headline once           |
//!
//! `run` finds the runs of a line, `repeat` what is said twice; here the page decides about them.
//!
//! # Leaves alone
//! `家家户户`, `明明白白清清楚楚` (words of the language), `看看爷爷奶奶`, `哈哈哈哈`, `88888888`, `——`, `……`.
//! Four million characters of clean news hold two runs of six or more that are doubled throughout, and a
//! hundred of four in every million, most of them dictionary words. So six need no witness; three to five must
//! not be made of dictionary words, and must be alone on their line or on a page that is doubled elsewhere; two
//! need all of that. A run with single characters in it needs six doubled ones, or four and a doubled page.

mod repeat;
mod run;

use crate::model::Finding;
use repeat::Kept;
use run::Run;

/// Characters, after undoubling, from which a doubled run needs no other evidence.
const SURE: usize = 6;
/// Characters, after undoubling, from which a run may stand within other text.
const SHORTEST: usize = 3;

/// A line of the page.
struct Line<'a> {
    /// Where it starts.
    at: usize,
    text: &'a str,
    runs: Vec<Run>,
    /// The run that covers most of the line, if single characters in it are let pass.
    mostly: Option<Run>,
}

/// Deletes the repeated characters of fake bold.
pub(super) fn undouble(page: &str) -> Vec<Finding> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for text in page.split_inclusive('\n') {
        let (runs, mostly) = run::runs(text);
        lines.push(Line { at, text, runs, mostly });
        at += text.len();
    }
    for line in &mut lines {
        line.take_mostly(false);
    }
    chain(&mut lines);
    // A page that doubles a long run doubles short labels too, with whatever strokes.
    let witness = lines.iter().any(|line| line.runs.iter().any(Run::sure));
    let mut thinned: Vec<Vec<Finding>> = Vec::with_capacity(lines.len());
    for line in &mut lines {
        line.take_mostly(witness);
        let mut findings = Vec::new();
        for run in &line.runs {
            if let Some(evidence) = run.evidence(witness) {
                run.thin(line.at, &evidence, &mut findings);
            }
        }
        // Two runs may both take in the mark between them, and a cut group may stand in two.
        thinned.push(super::without_overlaps(findings));
    }
    said_once(&lines, thinned)
}

impl Line<'_> {
    /// Takes the run with single characters in it for those that it covers, if it is fake bold.
    fn take_mostly(&mut self, witness: bool) {
        let Some(mostly) = self.mostly.take_if(|run| run.sure() || (witness && run.evidence(true).is_some())) else {
            return;
        };
        let span = mostly.span();
        // A run that is fake by itself and reaches further is not cut short by it.
        let reaches =
            |run: &Run| run.cut || (run.sure() && (run.span().start < span.start || run.span().end > span.end));
        if !self.runs.iter().any(reaches) {
            self.runs.retain(|run| run.span().end <= span.start || run.span().start >= span.end);
            let place = self.runs.partition_point(|run| run.span().start < span.start);
            self.runs.insert(place, mostly);
        }
    }
}

/// Mends pairs that line ends cut, and tells the runs that go on from line to line: a short one at a line's end is
/// fake bold if the line below starts with a long one.
fn chain(lines: &mut [Line<'_>]) {
    for at in 1..lines.len() {
        let (above, below) = lines.split_at_mut(at);
        if let (Some(above), Some(below)) = (above.last_mut(), below.first_mut()) {
            run::mend_cut(above.text, &mut above.runs, below.text, &mut below.runs);
        }
    }
    // Whole lines between make long chains, so the evidence goes from line to line, down and then up.
    let goes_on = |above: &Line<'_>, below: &Line<'_>| match (above.runs.last(), below.runs.first()) {
        (Some(one), Some(other)) => one.edges.1 && other.edges.0 && one.strokes == other.strokes,
        _ => false,
    };
    let mut at = 0;
    while at < lines.len() {
        let end = (at + 1..lines.len())
            .find(|&next| {
                let through = next == at + 1 || lines[next - 1].runs.len() == 1 && lines[next - 1].runs[0].alone;
                !(through && goes_on(&lines[next - 1], &lines[next]))
            })
            .unwrap_or(lines.len());
        if end > at + 1 {
            let mut members: Vec<&mut Run> = Vec::new();
            for (index, line) in lines[at..end].iter_mut().enumerate() {
                members.extend(if index == 0 { line.runs.last_mut() } else { line.runs.first_mut() });
            }
            let letters: usize = members.iter().map(|run| run.letters()).sum();
            let words: usize = members.iter().map(|run| run.words()).sum();
            let long = members.iter().any(|run| run.letters() >= SHORTEST);
            if letters >= SURE && words >= 3 && long {
                members.into_iter().for_each(|run| run.chained = true);
            }
            // The last line may start the next chain.
            at = end - 1;
        }
        at += 1;
    }
}

/// The findings of all lines, with those that delete what a thinned line says twice.
fn said_once(lines: &[Line<'_>], mut thinned: Vec<Vec<Finding>>) -> Vec<Finding> {
    let mut kept: Vec<Option<Kept>> =
        lines.iter().zip(&thinned).map(|(line, findings)| Kept::of(line.text, line.at, findings)).collect();
    let mut seen = 0;
    // First what is beyond doubt, then what the page bears out.
    for round in 0..2 {
        for (line, findings) in kept.iter_mut().zip(&mut thinned) {
            let Some(line) = line else { continue };
            let mut said = if round == 0 { line.words() } else { Vec::new() };
            said.extend(line.halves(if round == 0 { 0 } else { seen }));
            seen += usize::from(!said.is_empty() && round == 0);
            said.into_iter().for_each(|finding| replace(findings, finding));
        }
    }
    // Both are in file order, so that one step over them puts them together.
    let mut said = repeat::lines(&kept).into_iter().peekable();
    let mut findings: Vec<Finding> = Vec::new();
    let mut deleted = 0;
    for finding in thinned.into_iter().flatten() {
        while let Some(next) = said.next_if(|next| next.edit.span.start <= finding.edit.span.start) {
            deleted = next.edit.span.end;
            findings.push(next);
        }
        if finding.edit.span.start >= deleted {
            findings.push(finding);
        }
    }
    findings.extend(said);
    findings.sort_by_key(|finding| finding.edit.span.start);
    findings
}

/// Puts a finding in its place, for those that it covers.
fn replace(findings: &mut Vec<Finding>, finding: Finding) {
    let span = finding.edit.span;
    let first = findings.partition_point(|other| other.edit.span.start < span.start);
    let last = findings.partition_point(|other| other.edit.span.start < span.end);
    findings.splice(first..last, [finding]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn thin(page: &str) -> String {
        Text::verbatim(page, 0).apply(&crate::clean::edits(&undouble(page))).to_string()
    }

    #[test]
    fn undoubles_fake_bold() {
        for (page, clean) in [
            ("织织密密““微微网网格格””  惠惠及及家家家家户户户户", "织密“微网格”  惠及家家户户"),
            ("22002255年年33月月88日日  第第1122期期", "2025年3月8日  第12期"),
            ("总总总第第第333888期期期 春春春风风风", "总第38期 春风"),
            ("层层层层递递递递进进进进", "层递进"),
            ("层层层层层层递递递递进进进进进进", "层层层递递进进进"),
            ("小小小小院院落落 大大文文章章", "小小院落 大文章"),
            ("AAII进进社社区区！！", "AI进社区！"),
            ("近近日日，，街街道道举举行行 启动仪式", "近日，街道举行 启动仪式"),
            ("街街道道通通知知", "街道通知"),
            ("## 云云杉杉花花园园新新篇篇\n\n### 短短讯讯", "## 云杉花园新篇\n\n### 短讯"),
            ("一一一条条条老老老街街街的的的“““新新新生生生活活活””", "一条老街的“新生活”"),
            ("夏日送清凉夏日送清凉", "夏日送清凉"),
            ("335500天 66112299件事 热热闹闹一年", "350天 6129件事 热热闹闹一年"),
            ("August 2026August 2026", "August 2026"),
            ("新新风风尚尚进进万万家家\n短短讯讯\n家家户户\n", "新风尚进万家\n短讯\n家家户户\n"),
            ("新新风风尚尚进进万万家家\n夏夏日日提提醒醒\n", "新风尚进万家\n夏日提醒\n"),
        ] {
            assert_eq!(thin(page), clean);
        }
    }

    #[test]
    fn leaves_a_natural_neighbour_alone() {
        let page = "新新风风尚尚进进万万家家\n人人都说好，李丽丽说。\n家家户户\n社区短讯\n明明白白\n";
        assert_eq!(thin(page), "新风尚进万家\n人人都说好，李丽丽说。\n家家户户\n社区短讯\n明明白白\n");
    }

    #[test]
    fn takes_long_pages_in_bounded_time() {
        let start = std::time::Instant::now();
        let lines = "社社区区网网格格\n".repeat(100_000);
        assert_eq!(thin(&lines).len(), 13 * 100_000);
        let equal = "新".repeat(1_000_000);
        thin(&equal);
        thin(&"新新风风尚尚一".repeat(100_000));
        thin(&"社 社 区 区 ".repeat(100_000));
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn undoubles_what_was_drawn_in_part_or_cut() {
        for (page, clean) in [
            // Doubled words, halves and lines.
            ("How How are are you you", "How are you"),
            ("党建引领 党建引领 织密一张网 织密一张网", "党建引领 织密一张网"),
            ("夏日送清凉 夏日送清凉 夏日送清凉", "夏日送清凉"),
            ("夏夏日日送送清清凉凉夏夏日日送送清清凉凉", "夏日送清凉"),
            ("夏日送清凉夏日送清凉\n社区短波社区短波\n", "夏日送清凉\n社区短波\n"),
            ("小院新事多\n小小院院新新事事多多\n近日，小院里添了新事。", "小院新事多\n近日，小院里添了新事。"),
            ("小小院院新新事事多多\n小院新事多\n近日，小院里添了新事。", "小院新事多\n近日，小院里添了新事。"),
            ("一张长桌坐满了街坊\n一张长桌坐满了街坊\n□记者 余欢\n", "一张长桌坐满了街坊\n□记者 余欢\n"),
            // A pair that a line end cut.
            ("大大家家来来参参与与社社区区治\n治理理新新\n", "大家来参与社区治\n理新\n"),
            ("大大家家来来参参与与社社区区治治\n理理。。\n", "大家来参与社区治\n理。\n"),
            ("大大大家家家来来来参参参与与与社\n社社区区区治治治理理理\n", "大家来参与社\n区治理\n"),
            // A part of the characters.
            ("社社区区治理理新动动能能引引发发新新变化化", "社区治理新动能引发新变化"),
            ("织织密密“微微网网格格”，惠惠及及家家家家户户户", "织密“微网格”，惠及家家户户"),
            ("新新风风尚尚进进万万家家\n短短讯讯。。\n", "新风尚进万家\n短讯。\n"),
            ("新新风风尚尚进进万万家家\n身身边边的人人\n", "新风尚进万家\n身边的人\n"),
            ("入入夏夏后后，，更更换换主主管管道道4466米米，，给55户换新。", "入夏后，更换主管道46米，给55户换新。"),
            ("他他买买了了一一本本笔笔记记本本，，密密麻麻记满了。", "他买了一本笔记本，密密麻麻记满了。"),
            ("大大大家家家来来来参参参与与与，，，从从\n从晚晚晚饭饭饭后后后\n", "大家来参与，从\n晚饭后\n"),
            // Strokes of several numbers on one page, and apart from each other.
            (
                "党党党建建建引引引领领领\n织织密密织织牢牢微微网网格格\n短短短短讯讯讯讯\n",
                "党建引领\n织密织牢微网格\n短讯\n",
            ),
            ("社 社 区 区 治 治 理 理 新 新 篇 篇", "社区治理新篇"),
            ("社 社 区 区   治 治 理 理 新 新 篇 篇", "社区 治理新篇"),
            ("人人人人尽尽责责 层层层层递递进进", "人人尽责 层层递进"),
            ("新新风风尚尚进进万万家家\n22002244--1111--1111\n", "新风尚进万家\n2024-11-11\n"),
        ] {
            assert_eq!(thin(page), clean);
        }
    }

    #[test]
    fn leaves_alone_what_is_double_by_nature() {
        for page in [
            "家家户户",
            "## 冷冷清清的院子",
            "短短讯讯",
            "明明白白清清楚楚做人",
            "明明白白清清楚楚",
            "看看爷爷奶奶",
            "哈哈哈哈哈哈",
            "电话88888888，66667777",
            "人人尽责、层层递进——实实在在办事……",
            "2024-11-11 22:00",
            "李丽丽和方圆圆",
            "加油加油",
            "很不错很不错很不错很不错",
            "很好，下次还来！很好，下次还来！",
            "恩恩怨怨对对错错的事",
            "==========",
            "谢谢谢谢",
            "新新闻闻",
            "啊家乡\n啊家乡\n月亮照在小河上\n月亮照在小河上\n小河弯弯流向远方\n",
            "人人都是主人翁\n人人都是主人翁\n",
            "月亮照在门前的小河上\n晚风吹过来一阵稻花香\n晚风吹过来一阵稻花香\n小河弯弯流向远方\n\n近日，诗会开幕。\n",
            "优 优 良 良 中 中",
            "合格 合格 不合格 不合格",
            "冲冲冲冲冲冲",
            "人人参与，家家户户都来\n人人出力\n",
            "电话 8888 6666 2222",
            "记者 李丽丽",
            "天天向上，处处留心，明明白白，清清楚楚，欢欢喜喜过大年",
        ] {
            assert_eq!(thin(page), page);
        }
    }
}
