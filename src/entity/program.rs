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
use super::line::{Line, is_name_char};
use crate::lexicon::rows;
use crate::model::EntityKind::Program;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Characters a name in quotation marks may have; longer ones are sentences.
const QUOTED: usize = 24;
/// Characters a book title may have.
const TITLE: usize = 60;
/// Characters of a team's head word.
const TEAM: usize = 5;
/// Characters after a quotation in which something is launched.
const LAUNCH: usize = 7;
/// Characters before a quotation in which a verb names it.
const VERB: usize = 4;

static CUES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../lexicon/program_cues.tsv")).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// What a line tells of programmes.
#[derive(Default)]
pub(super) struct Programs {
    /// In order.
    pub(super) sure: Vec<Found>,
    /// What stands in quotation marks without a cue: said twice in an article, it is a name.
    pub(super) doubtful: Vec<String>,
}

/// Programmes in `line`.
pub(super) fn find(line: &Line) -> Programs {
    let mut programs = Programs::default();
    let mut at = 0;
    while at < line.len() {
        let next = match line.at(at) {
            '“' | '‘' | '「' | '『' => quoted(line, at, &mut programs.doubtful),
            '《' => titled(line, at),
            _ => None,
        };
        at = next.as_ref().map_or(at + 1, |found| found.range.end);
        programs.sure.extend(next);
    }
    programs
}

fn titled(line: &Line, open: usize) -> Option<Found> {
    let close = (open + 1..(open + TITLE).min(line.len())).find(|&at| line.at(at) == '》')?;
    (close > open + 2).then(|| Found::plain(Program, line, open..close + 1))
}

fn quoted(line: &Line, open: usize, doubtful: &mut Vec<String>) -> Option<Found> {
    let mark = closing(line.at(open));
    let close = (open + 1..(open + QUOTED + 2).min(line.len())).find(|&at| line.at(at) == mark)?;
    let inner = open + 1..close;
    let chars = &line.chars[inner.clone()];
    let bare = line.ends_with(close, "网格") || line.ends_with(close, "社区") && chars.len() < 4;
    let sentence =
        bare || chars.iter().any(|&c| matches!(c, '。' | '！' | '？' | '：' | '；' | '…' | '“')) || chars.len() < 2;
    if sentence {
        return None;
    }
    let formula = chars.contains(&'+') && chars.iter().any(|c| c.is_ascii_alphanumeric()) || chars.contains(&'—');
    let formula = formula || is_beat(chars);
    let clauses = chars.iter().filter(|&&c| matches!(c, '，' | ' ')).count();
    let headed = follows(line, close + 1, "head");
    let metaphor = is_metaphor(line, open);
    let figure = (2..=4).any(|length| chars.len() >= length && is_cue(line.text(close - length..close), "no"));
    let metaphor = metaphor || figure;
    let listing = chars.iter().filter(|&&c| c == '、').count() > 1;
    let ends = chars.len() >= 3
        && !metaphor
        && (1..=4).any(|length| chars.len() > length && is_cue(line.text(close - length..close), "tail"));
    let marked = chars.len() >= 3 && is_cue(line.text(close + 1..close + 2), "mark");
    let short = (3..=12).contains(&chars.len()) && clauses == 0 && !chars.contains(&'、');
    let counted = short && !metaphor && is_counted(line, open);
    let named = short && !metaphor && verb_before(line, open);
    let launched = short && !metaphor && is_launched(line, close + 1);
    // Quotations side by side share the verb or the head: “甲课堂”“乙集市”等活动.
    let chained = chars.len() >= 3
        && (line.before(open) == '”' && line.at(close + 1) != '，'
            || line.at(close + 1) == '“'
            || line.starts_with(close + 1, "、“"))
        && chain_is_headed(line, close + 1);
    let team = !metaphor && is_team(line, close + 1);
    // A figure of speech, or a list of aims, is a name only with a head of its own: “红色引擎”工程.
    let adjacent = (2..=4).any(|length| is_cue(line.text(close + 1..(close + 1 + length).min(line.len())), "head"));
    let headed = headed && (adjacent || !listing && !figure);
    let is_name = formula || headed || team || ends || marked || named || launched || chained || counted;
    if !is_name && short && !metaphor {
        doubtful.push(line.text(inner.clone()).to_owned());
    }
    is_name.then(|| Found::named(Program, open..close + 1, line.text(inner).to_owned()))
}

/// The mark that closes what `open` opens.
fn closing(open: char) -> char {
    match open {
        '“' => '”',
        '「' => '」',
        '『' => '』',
        _ => '’',
    }
}

/// Whether what opens at `open` is counted as events are: 26场“…”, 第二届“…”, 首期“…”.
fn is_counted(line: &Line, open: usize) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两首每几".contains(c);
    open >= 2 && matches!(line.before(open), '场' | '期' | '届' | '堂' | '季') && number(line.before(open - 1))
}

/// Whether numerals stand at even distances, as in `三问三访` and `一看二问三查`; not in `一亩三分地`.
fn is_beat(chars: &[char]) -> bool {
    let numeral = |c: &char| "一二三四五六七八九十两".contains(*c);
    let step = chars.iter().skip(1).position(numeral).map_or(1, |next| next + 1);
    step > 1
        && !is_idiom(chars)
        && (4..=12).contains(&chars.len())
        && chars.len().is_multiple_of(step)
        && chars.iter().step_by(step).all(numeral)
}

/// 一老一小, 一亩三分: said of many things.
fn is_idiom(chars: &[char]) -> bool {
    const IDIOMS: [&str; 6] = ["一老一小", "一点一滴", "一心一意", "一言一行", "一针一线", "一砖一瓦"];
    IDIOMS.iter().any(|idiom| idiom.chars().eq(chars.iter().copied()))
}

/// Whether a team's head word starts at `at`: 服务队, 互助小组.
fn is_team(line: &Line, at: usize) -> bool {
    (at + 2..=at + TEAM)
        .take_while(|&end| is_name_char(line.before(end)) && !"的在有是".contains(line.before(end)))
        .any(|end| (line.before(end) == '队' || line.ends_with(end, "小组")) && !"伍员长".contains(line.at(end)))
}

/// Whether the quotation that opens at `open` is what something has become or is like: 变成“会客厅”, 当好“领头雁”.
fn is_metaphor(line: &Line, open: usize) -> bool {
    const LIKE: [&str; 30] = [
        "成了",
        "成为",
        "成为了",
        "变成",
        "变成了",
        "变为",
        "变",
        "变身",
        "化身",
        "化身为",
        "当好",
        "当",
        "当起",
        "当起了",
        "争当",
        "甘当",
        "充当",
        "担当",
        "做好",
        "做起",
        "像",
        "好像",
        "如",
        "犹如",
        "好比",
        "俨然",
        "是",
        "堪称",
        "所谓",
        "作为",
    ];
    // 成了居民的“会客厅”
    let of = (open.saturating_sub(8)..open).find(|&at| line.starts_with(at, "成") || line.starts_with(at, "当好"));
    let owned = line.before(open) == '的' && of.is_some_and(|at| (at..open).all(|at| is_name_char(line.at(at))));
    owned || LIKE.iter().any(|like| line.ends_with(open, like))
}

/// Whether what stands after `at` tells of something that was launched, in the same clause: 每周三开讲, 正式开张.
fn is_launched(line: &Line, at: usize) -> bool {
    (at..at + LAUNCH)
        .take_while(|&at| (is_name_char(line.at(at)) || line.at(at) == '.') && line.at(at) != '的')
        .any(|at| at + 2 <= line.len() && is_cue(line.text(at..at + 2), "launched"))
}

/// Whether a verb that names or launches stands before `open`, with its 了, 出 or 起.
fn verb_before(line: &Line, open: usize) -> bool {
    let bare = |end: usize| (1..=VERB).any(|length| end >= length && is_cue(line.text(end - length..end), "verb"));
    let aspect = |end: usize| matches!(line.before(end), '了' | '出' | '起' | '成' | '好' | '为' | '的');
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
    (0..=4).take_while(|&skip| is_name_char(line.at(at + skip)) && (skip == 0 || line.before(at + skip) != '的')).any(
        |skip| {
            (2..=4).any(|length| {
                at + skip + length <= line.len() && is_cue(line.text(at + skip..at + skip + length), sort)
            })
        },
    )
}

fn is_cue(word: &str, sort: &str) -> bool {
    CUES.get(word).is_some_and(|cue| match *cue {
        "both" => matches!(sort, "head" | "tail"),
        "ends" => matches!(sort, "mark" | "tail"),
        "opens" => matches!(sort, "verb" | "launched"),
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
        find(&line).sure.into_iter().map(|found| found.name).collect::<Vec<_>>().join(" ")
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
                ("“小扁担”服务队来了", "小扁担"),
                ("坚持“三问三访”，", "三问三访"),
                ("“青杉夜话”每周三开讲", "青杉夜话"),
                ("新开的“云上书房”坐满了", "云上书房"),
                ("办了26场“楼门口的课”", "楼门口的课"),
                ("首届“栗山杯”开幕", "栗山杯"),
                ("“栗山随身办”2.1版上线", "栗山随身办"),
                ("用好“民情日记”，", "民情日记"),
                ("推行「三步联动」工作法", "三步联动"),
                ("实施“红色引擎”工程", "红色引擎"),
                ("“竹音小站”昨天正式开张", "竹音小站"),
                ("开展“花园集市”“睦邻剧场”等活动", "花园集市 睦邻剧场"),
            ],
            found,
        );
    }

    #[test]
    fn speech_and_metaphor_stay_out() {
        nothing(
            &[
                "居民说“很好”",
                "成了“会客厅”",
                "楼道变成大家的“会客厅”",
                "请注明“姓名+小区”",
                "“真没想到”的邻居开门",
                "打通“血管”",
                "“今天真热闹！”",
                "找到“健康密码”",
                "守护“一老一小”",
                "打通“最后一公里”",
                "打造“新引擎”",
                "建成“新据点”",
                "“我们来了，大家放心。”",
                "“",
                "《",
            ],
            found,
        );
    }
}
