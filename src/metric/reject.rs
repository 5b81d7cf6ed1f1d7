//! What looks like a figure and is none. In: a text and the place of a number. Out: whether it is a label.
//!
//! | text             | why it stays out                                     |
//! |------------------|------------------------------------------------------|
//! | `第31期`         | an ordinal                                           |
//! | `5A级`, `G15路`  | letters and digits are a grade or a code             |
//! | `8:30`, `1∶3`    | a clock time, a ratio                                |
//! | `2+4+N`          | a formula                                            |
//! | `2024年`, `5月`  | a date                                               |
//! | `6号楼`, `88弄`  | a number on a door                                   |
//! | `3栋2单元`       | an address, though 3栋 alone may be a count          |
//! | `“三步法”`       | a name in quotes                                     |
//! | `五湖四海`       | an idiom                                             |

use super::number::{Number, Script, char_at, digit, is_anchor, numeral, power};
use super::unit::{Class, Unit};
use super::words::Words;
use crate::lexicon::rows;
use std::sync::LazyLock;

/// Idioms and names that start with a numeral.
static STARTS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::new(words().filter(|(lead, _, _)| lead.is_empty()).map(|(_, _, word)| (word, ()))));

/// Others, up to their first numeral, each with the rest of it.
static LEADS: LazyLock<Words<&'static str>> = LazyLock::new(|| {
    let led = words().filter(|(lead, _, _)| !lead.is_empty());
    Words::new(led.map(|(lead, anchor, word)| word.split_at(lead.len() + anchor)))
});

/// The words of the table: what stands before the first numeral, its length, the whole.
fn words() -> impl Iterator<Item = (&'static str, usize, &'static str)> {
    rows(include_str!("../lexicon/numeral_words.tsv")).filter_map(|row| {
        let word = *row.first()?;
        let (at, anchor) = word.char_indices().find(|&(_, c)| is_anchor(c))?;
        Some((&word[..at], anchor.len_utf8(), word))
    })
}

/// The end of the word without a count whose first numeral stands at `at`, if there is one.
pub(crate) fn word_at(text: &str, at: usize) -> Option<usize> {
    let anchor = char_at(text, at)?;
    let after = at + anchor.len_utf8();
    // 十分重要; but 十分之一, 十分钟.
    if let Some(rest) = text[at..].strip_prefix("十分")
        && !rest.starts_with(['之', '钟', '鐘', '，', '。', '的', '制', '、'])
    {
        return Some(at + "十分".len());
    }
    let starting = STARTS.at(&text[at..]).map(|(word, ())| at + word.len());
    // 周五 is a day, 每周五天 a number of them.
    let each = text[..at].ends_with("每周") && text[after..].starts_with(['天', '次', '场', '节']);
    let led = LEADS.before(&text[..after]).filter(|(_, rest)| !each && text[after..].starts_with(rest));
    let end = starting.max(led.map(|(_, rest)| after + rest.len()))?;
    // 十四五 is a plan, 十四五万 a sum: a word that ends in a numeral must not go on as a number.
    let goes_on = char_at(text, end).is_some_and(is_numeric_han);
    (!goes_on || !text[..end].ends_with(is_numeric_han)).then_some(end)
}

/// Chinese digits and powers, for the ends of words.
fn is_numeric_han(c: char) -> bool {
    numeral(c).is_some() || power(c).is_some()
}

/// Whether the number at `start..number.end`, with no regard to its unit, is part of a label.
pub(crate) fn is_label(text: &str, start: usize, number: &Number) -> bool {
    let before = &text[..start];
    let last = before.chars().next_back().unwrap_or('。');
    let next = char_at(text, number.end).unwrap_or('。');
    let glued = |c: char| {
        c.is_ascii_alphabetic() || matches!(c, '+' | '＋' | ':' | '∶' | '@' | '#' | '№' | '_' | '=' | '×' | '*')
    };
    let ratio = last == '：' && before.trim_end_matches('：').ends_with(|c| digit(c).is_some())
        || next == '：' && char_at(text, number.end + next.len_utf8()).is_some_and(|c| digit(c).is_some());
    let dotted = matches!(last, '.' | '/' | '．')
        && before[..start - last.len_utf8()].ends_with(|c| digit(c).is_some())
        || matches!(next, '.' | '/') && char_at(text, number.end + 1).is_some_and(|c| digit(c).is_some());
    matches!(last, '第' | '总' if number.script == Script::Arabic)
        || last == '第'
        || glued(last)
        || matches!(next, '+' | '＋' | ':' | '∶' | '@' | '_' | '×' | '=')
        || ratio
        || dotted
        || number.script == Script::Arabic && before.ends_with(['〔', '[', '［'])
}

/// Whether the figure `start..unit.end` is a date, an address or another label by its unit.
pub(crate) fn is_label_with(text: &str, start: usize, number: &Number, unit: &Unit) -> bool {
    let (before, after) = (&text[..start], &text[unit.end..]);
    let next = after.chars().next().unwrap_or('。');
    let figures = text[start..number.end].chars().count();
    let small = number.script == Script::Han && number.high.value() < 10.0;
    match unit.name.as_ref() {
        "年" => is_year(before, after, number, figures),
        "日" => !after.starts_with(['内']) && !after.starts_with("以内") && !after.starts_with("之内"),
        // 这两天, 前几天 tell when.
        "天" => small && before.ends_with(['这', '那', '前', '這']),
        "分" => {
            after.starts_with(|c| digit(c).is_some())
                || before
                    .strip_suffix(['时', '点'])
                    .is_some_and(|hour| hour.ends_with(|c| digit(c).is_some() || is_numeric_han(c)))
                || small
        }
        "秒" => before.ends_with('分'),
        "小时" => false,
        "号" => !number.approx,
        "层" => is_floor(before, after),
        "期" => small || after.starts_with(['工', '）', ')', '项']),
        "段" => small || after.starts_with(['，', '：']),
        // 担任9栋楼长.
        "栋" | "幢"
            if after.starts_with("“楼")
                || after.starts_with("楼长")
                || after.starts_with("居民") && before.ends_with(['在', '住']) =>
        {
            true
        }
        "栋" | "幢" | "座" | "门" | "部" | "组" | "区" => {
            next.is_ascii_digit()
                || after.starts_with(['）', '-', '—']) && number.script == Script::Arabic && unit.name == "栋"
                || matches!(unit.name.as_ref(), "栋" | "幢") && (before.ends_with("住在") || before.ends_with("家住"))
        }
        // 菜油（5升装） names a pack.
        "升" | "公斤" | "克" | "毫升" | "斤" => next == '装' && !after.starts_with("装修"),
        // 排名前10%.
        "%" => {
            after.starts_with("百分位")
                || ["名前", "居前", "列前", "跻身前", "进入前"].iter().any(|word| before.ends_with(word))
        }
        "周" => before.ends_with(['每', '第', '上', '下', '本']) && figures == 1,
        "度" => after.starts_with(['音', '夕', '假']),
        "名" | "位" if before.ends_with(['前', '后']) && figures < 4 => true,
        "家" | "里" | "元" | "户" | "条" | "道" | "台" | "门洞" => is_place_name(after, number, unit),
        "级" => !["台阶", "石阶", "楼梯", "阶梯"].iter().any(|word| after.starts_with(word)),
        // 六行字; but 三行 may be of anything, and a profession.
        // 三眼水井.
        "眼" => {
            !(after.starts_with(['井', '机', '泉', '灶', '窑', '水', '老', '新', '温'])
                || before.ends_with(['井', '泉', '窑']))
        }
        "行" => !after.starts_with(['字', '诗', '树', '苗', '泪', '脚', '大', '小', '留']),
        "面" => after.starts_with(['墙', '旗']) && small,
        _ => false,
    }
}

/// 2024年 and 上世纪90年代 are dates, 三年行动 a name; 30年 and 六十年 are durations.
fn is_year(before: &str, after: &str, number: &Number, figures: usize) -> bool {
    let recent = before.ends_with('近') && !before.ends_with("将近");
    (figures == 4 && number.script == Script::Arabic && (1000.0..2100.0).contains(&number.low.value()))
        || after.starts_with(['代', '级', '第'])
        || after.starts_with("计划")
        || after.starts_with("行动")
        || after.starts_with("规划")
        || after.starts_with("义务")
        || after.starts_with("一度")
        || after.starts_with('前') && !after.starts_with("前后")
        || recent
        || figures == 2 && number.script == Script::Arabic && before.ends_with(['纪', '自', '从', '于', '至'])
        || figures == 2 && number.script == Script::Arabic && is_month(after)
        || number.script == Script::Han && number.high.value() < 10.0 && before.ends_with(['这', '那', '這'])
}

/// Whether a month follows: 8月 of 07年8月.
fn is_month(after: &str) -> bool {
    let figures = after.chars().take_while(|&c| digit(c).is_some()).count();
    (1..=2).contains(&figures) && after.chars().nth(figures) == Some('月')
}

/// 17层高 counts floors; on 2层, 6层往上 are places.
fn is_floor(before: &str, after: &str) -> bool {
    const COUNTED: [&str; 8] = ["楼", "高", "的", "建筑", "住宅", "大厦", "老楼", "小楼"];
    const LED: [&str; 10] = ["地上", "地下", "顶上", "上面", "下面", "底下", "裙房", "仅", "只有", "盖"];
    !(COUNTED.iter().any(|word| after.starts_with(word))
        || before.ends_with(['共', '高', '有', '加', '到', '达', '建', '盖'])
        || LED.iter().any(|word| before.ends_with(word)))
}

/// 三家村社区, 五里桥街道: a numeral, a measure word and one or two characters make a place.
fn is_place_name(after: &str, number: &Number, unit: &Unit) -> bool {
    const HEADS: [&str; 14] =
        ["社区", "居民区", "居委", "街道", "镇", "乡", "村委", "村民委", "路", "街", "桥", "小区", "新村", "花园"];
    const PLACE_UNITS: [&str; 8] = ["家", "里", "元", "户", "条", "道", "台", "门"];
    if number.script != Script::Han || number.high.value() > 10.0 || !PLACE_UNITS.contains(&unit.name.as_ref()) {
        return false;
    }
    (1..=2).any(|length| {
        let tail = after.char_indices().nth(length).map_or("", |(at, _)| &after[at..]);
        HEADS.iter().any(|head| tail.starts_with(head))
    })
}

/// Longest text between quotes that is taken for a name, in characters: “十五分钟生活圈服务站” has ten; a quoted
/// sentence with a figure is longer or has a comma.
const NAME_MAX: usize = 12;

/// Whether the figure stands in a quoted name. One at the end of a quoted statement (“每月省十五六块”) does not.
pub(crate) fn is_quoted_name(text: &str, start: usize, end: usize) -> bool {
    let mut length = text[start..end].chars().count();
    let mut open = None;
    for (at, c) in text[..start].char_indices().rev().take(NAME_MAX) {
        match c {
            '“' | '‘' | '「' | '《' => {
                open = Some((at + c.len_utf8(), c));
                break;
            }
            '，' | '。' | '”' | '’' | '」' | '》' | '？' | '！' | '；' | '：' => return false,
            _ => length += 1,
        }
    }
    let Some((open, mark)) = open else { return false };
    for (at, c) in text[end..].char_indices().take(NAME_MAX) {
        match c {
            '”' | '’' | '」' | '》' => {
                let statement = at == 0 && open < start && mark != '《';
                return length <= NAME_MAX && !statement;
            }
            '，' | '。' | '“' | '‘' | '「' | '《' | '？' | '！' | '；' | '：' => return false,
            _ => length += 1,
        }
    }
    false
}

/// Whether the counted thing is a figure of speech rather than something counted: 两个方面, 三个维度.
pub(crate) fn is_rhetorical(text: &str, number: &Number, unit: &Unit) -> bool {
    const ABSTRACT: [&str; 20] = [
        "方面", "维度", "层面", "环节", "阶段", "步骤", "目标", "机制", "理念", "字", "坚持", "结合", "聚焦", "意识",
        "关键", "特点", "转变", "角度", "抓手", "原则",
    ];
    let small = number.script == Script::Han && number.high.value() <= 10.0;
    // 六行字 were written.
    small
        && unit.class == Class::Count
        && unit.name != "行"
        && ABSTRACT.iter().any(|word| text[unit.end..].starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_none;
    use super::*;

    #[test]
    fn table_is_sound() {
        for row in rows(include_str!("../lexicon/numeral_words.tsv")) {
            assert!(matches!(row[..], [word] if word.contains(is_anchor)), "numeral_words.tsv: {row:?}");
        }
    }

    #[test]
    fn labels_stay_out() {
        check_none(&[
            "第31期简报。",
            "第三网格开会。",
            "国家5A级景区。",
            "G60高速旁。",
            "系统3.0版上线。",
            "2+4+N体系。",
            "门诊8:30开门。",
            "带动比1∶2.6。",
            "2024年5月9日。",
            "上世纪90年代建成。",
            "十四五期间。",
            "三年行动计划。",
            "6号楼顶漏水。",
            "福宁路88弄6号201室。",
            "住在3栋2单元。",
            "拨打021-55501234。",
            "12345热线接单。",
            "推广“三步闭环法”。",
            "《二十四节气》展览。",
            "一老一小服务。",
            "五湖四海的租客。",
            "五禽戏教学。",
            "一位老人说。",
            "一个电话。",
            "三家村社区晚会。",
            "五里桥街道办事处。",
            "周三上午。",
            "排名前10%。",
            "担任9栋楼长。",
            "五年前的事。",
            "十分重要的工作。",
            "07年8月入伙。",
            "这两天很忙，这三年变化大。",
            "两个方面的问题。",
            "三头六臂的队伍。",
            "前三名是青年队。",
            "后两名是新手队。",
            "近三年来变化大。",
            "乘663路公交。",
            "菜油（5升装）一桶。",
            "剩下1单元的井盖。",
            "1月1日元旦。",
            "二次网漏水。",
            "卡号尾数8808。",
            "五塘镇举行会议。",
            "五级大风。",
            "千家万户。",
            "七一前夕。",
        ]);
    }
}
