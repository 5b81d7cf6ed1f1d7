//! Programmes (项目): named programmes, methods, brands, formulas, teams, activities, writings.
//!
//! In: a line. Out: what stands in quotation marks and is named, launched or pushed; book titles.
//!
//! | text                       | programme            | because                                         |
//! |----------------------------|----------------------|-------------------------------------------------|
//! | `“三步联动”工作法`         | `三步联动`           | a head word follows                             |
//! | `搭建“圆桌议事”平台`       | `圆桌议事`           | the same                                        |
//! | `推出“睦邻课堂”`           | `睦邻课堂`           | a verb that names or launches stands before     |
//! | `“1+2+N”`                  | `1+2+N`              | a formula                                       |
//! | `《云杉公约》`             | `《云杉公约》`       | a writing                                       |
//! | `居民说“很好”`, `“血管”`   |                      | speech; a metaphor without head or verb         |

use super::found::Found;
use super::line::Line;
use crate::lexicon::rows;
use crate::model::EntityKind::Program;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters a name in quotation marks may have; longer ones are sentences.
const QUOTED: usize = 24;
/// Characters a book title may have.
const TITLE: usize = 60;
/// Characters before a quotation in which a verb names it.
const VERB: usize = 4;

static CUES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../lexicon/program_cues.tsv")).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// Programmes in `line`, in order.
pub(super) fn find(line: &Line) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let next = match line.at(at) {
            '“' | '‘' => quoted(line, at),
            '《' => titled(line, at),
            _ => None,
        };
        at = next.as_ref().map_or(at + 1, |found| found.range.end);
        found.extend(next);
    }
    found
}

fn titled(line: &Line, open: usize) -> Option<Found> {
    let close = (open + 1..(open + TITLE).min(line.len())).find(|&at| line.at(at) == '》')?;
    (close > open + 2).then(|| Found::plain(Program, line, open..close + 1))
}

fn quoted(line: &Line, open: usize) -> Option<Found> {
    let mark = if line.at(open) == '“' { '”' } else { '’' };
    let close = (open + 1..(open + QUOTED + 2).min(line.len())).find(|&at| line.at(at) == mark)?;
    let inner = open + 1..close;
    let chars = &line.chars[inner.clone()];
    let bare = line.ends_with(close, "网格") || line.ends_with(close, "社区") && chars.len() < 4;
    let sentence =
        bare || chars.iter().any(|&c| matches!(c, '。' | '！' | '？' | '：' | '；' | '…' | '“')) || chars.len() < 2;
    if sentence {
        return None;
    }
    let formula = chars.contains(&'+') || chars.iter().filter(|&&c| c == '—').count() > 0;
    let clauses = chars.iter().filter(|&&c| matches!(c, '，' | ' ')).count();
    let headed = follows(line, close + 1, "head") && chars.len() >= 2;
    let ends = chars.len() >= 3
        && (1..=4).any(|length| chars.len() > length && is_cue(&line.text(close - length..close), "tail"));
    let marked = chars.len() >= 3 && is_cue(&line.at(close + 1).to_string(), "mark");
    let named = (3..=12).contains(&chars.len()) && clauses == 0 && verb_before(line, open);
    // Quotations side by side share the verb or the head: “甲课堂”“乙集市”等活动.
    let chained = chars.len() >= 3
        && (line.before(open) == '”' && line.at(close + 1) != '，'
            || line.at(close + 1) == '“'
            || line.starts_with(close + 1, "、“"))
        && chain_is_headed(line, close + 1);
    (formula || headed || ends || marked || named || chained)
        .then(|| Found::named(Program, open..close + 1, line.text(inner)))
}

/// Whether a verb that names or launches stands before `open`, with its 了, 出 or 起.
fn verb_before(line: &Line, open: usize) -> bool {
    let bare = |end: usize| (1..=VERB).any(|length| end >= length && is_cue(&line.text(end - length..end), "verb"));
    let aspect = |end: usize| matches!(line.before(end), '了' | '出' | '起' | '成' | '好' | '为');
    bare(open) || aspect(open) && (bare(open - 1) || aspect(open - 1) && bare(open - 2))
}

/// Whether a chain of quotations that goes on at `at` ends before a head word.
fn chain_is_headed(line: &Line, at: usize) -> bool {
    let mut at = at;
    for _ in 0..6 {
        at += usize::from(line.at(at) == '、');
        if line.at(at) != '“' {
            break;
        }
        let Some(close) = (at + 1..(at + QUOTED).min(line.len())).find(|&at| line.at(at) == '”') else {
            return false;
        };
        at = close + 1;
    }
    let at = at + usize::from(line.at(at) == '等');
    follows(line, at, "head")
}

/// Whether a cue of `sort` starts at `at`, or after up to four characters of the same clause.
fn follows(line: &Line, at: usize, sort: &str) -> bool {
    (0..=4)
        .take_while(|&skip| {
            super::line::is_name_char(line.at(at + skip)) && (skip == 0 || line.before(at + skip) != '的')
        })
        .any(|skip| {
            (2..=4).any(|length| {
                at + skip + length <= line.len() && is_cue(&line.text(at + skip..at + skip + length), sort)
            })
        })
}

fn is_cue(word: &str, sort: &str) -> bool {
    CUES.get(word).is_some_and(|cue| match *cue {
        "both" => matches!(sort, "head" | "tail"),
        "ends" => matches!(sort, "mark" | "tail"),
        cue => cue == sort,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::found::{nothing, table};
    use crate::model::Place;

    fn found(text: &str) -> String {
        let line = Line::new(Place::Title, text);
        find(&line).into_iter().map(|found| found.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_named() {
        table(
            &[
                ("推行“三步联动”工作法", "三步联动"),
                ("搭建“圆桌议事”平台", "圆桌议事"),
                ("推出“睦邻课堂”，", "睦邻课堂"),
                ("构建“1+2+N”体系", "1+2+N"),
                ("修订《云杉公约》", "《云杉公约》"),
                ("开展“花园集市”“睦邻剧场”等活动", "花园集市 睦邻剧场"),
            ],
            found,
        );
    }

    #[test]
    fn speech_and_metaphor_stay_out() {
        nothing(&["居民说“很好”", "打通“血管”", "“今天真热闹！”", "“我们来了，大家放心。”", "“", "《"], found);
    }
}
