//! What recognition did to figures: letters in them, their points, and the character that counts behind them.
//!
//! # What
//! `l`, `I`, `O` among digits; a decimal point that was read as another mark; a last digit that stands again behind
//! the per cent sign; 入 for 人 and 曰 for 日 behind a figure.
//!
//! # Why
//! `1` and `l`, `.` and `、` differ by a stroke or by nothing where print is poor.
//!
//! # Example
//! | line                       | becomes                  | because                                          |
//! |----------------------------|--------------------------|--------------------------------------------------|
//! | `约l5分钟, 3O5个`          | `约15分钟, 305个`        | a letter among digits that is no model's name    |
//! | `投入2、6万元`             | `投入2.6万元`            | 万 counts nothing whole, and nothing is listed   |
//! | `占53、3%`, `增长4，75%。` | `占53.3%`, `增长4.75%。` | a share is one number                            |
//! | `满意率98.6%6。`           | `满意率98.6%。`          | the last digit again, and nothing that it counts |
//! | `共4,233入，来自`          | `共4,233人，来自`        | 入 does not end a clause behind a figure         |
//! | `1月13曰`                  | `1月13日`                | nobody says 曰 behind a number                   |
//!
//! # Leaves alone
//! `O2O`, `B2B`, the bars of a table; `5%、6%`, `2、6号楼`, `3、4月份`, `第1、2网格`; `5、6万元` and `3、5公里`, which are
//! said of what is not known better; `33，212万吨`, which is a thousand and more; `分别长2、6公里`; `4899入手`.

use super::ocr::{char_at, is_one_piece};
use crate::lexicon::chars::is_han;
use crate::model::{Edit, Evidence, Finding};

/// Longest figure, in characters.
const LONGEST_FIGURE: usize = 8;
/// Longest part of a figure before its point.
const LONGEST_WHOLE: usize = 4;
/// Characters before a figure that may say that it is one of a list.
const LISTED: usize = 8;

/// Units that count nothing whole: a figure before them has a point more often than not, and none of them is told of
/// two things at once without 分别.
const MEASURES: [&str; 17] = [
    "%",
    "％",
    "万",
    "亿",
    "倍",
    "公里",
    "千米",
    "平方",
    "立方",
    "公顷",
    "亩",
    "吨",
    "公斤",
    "个百分点",
    "百分点",
    "㎡",
    "℃",
];
/// Units that are as often told of several things (`1、5元`, the coins): a part of two digits is a part all the same.
const PRICES: [&str; 4] = ["元", "米", "度", "升"];
/// What stands before a measured figure, and before no score, rank or number of a list.
const CUES: &str = "占达长增降约近超为至到升仅涨跌高低多了";
/// What is numbered from nought on: floors, hours, houses.
const NUMBERED: &str = "号楼层月日点时分栋期、和至到";
/// What stands before a number of people.
const GATHERED: &str = "户共约有达近超为计至到名";
/// What counts things, one by one.
const COUNTERS: &str = "个名位户家套栋处件项条起次";

/// What was meant in figures. `chars`: the page without its line ends.
pub(super) fn figures(chars: &[(usize, char)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for index in 0..chars.len() {
        let c = chars[index].1;
        match c {
            'l' | 'I' | 'O' | 'o' => {
                let digit = among_digits(chars, index).or_else(|| alone(chars, index));
                findings.extend(digit.map(|digit| found(chars, index, digit, Evidence::InFigure)));
            }
            '、' | '，' | ',' | '·' | '。' | ':' | '：' => point(chars, index, &mut findings),
            '%' | '％' => {
                findings.extend(tail(chars, index).map(|edit| Finding { edit, evidence: Evidence::Tail }));
            }
            '曰' if is_digit(char_at(chars, before(chars, index)))
                && !matches!(char_at(chars, Some(index + 1)), '：' | ':' | '，' | '“') =>
            {
                findings.push(found(chars, index, '日', Evidence::InFigure));
            }
            '入' if counts_people(chars, index) => findings.push(found(chars, index, '人', Evidence::InFigure)),
            _ => {}
        }
    }
    findings
}

/// The character before `index`, single spaces aside: some extractors set them off from figures.
fn before(chars: &[(usize, char)], index: usize) -> Option<usize> {
    let near = index.checked_sub(1)?;
    if is_space(chars[near].1) { near.checked_sub(1) } else { Some(near) }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

/// The first place from `index` on that holds no single space.
fn from(chars: &[(usize, char)], index: usize) -> usize {
    index + usize::from(is_space(char_at(chars, Some(index))))
}

fn found(chars: &[(usize, char)], index: usize, meant: char, evidence: Evidence) -> Finding {
    Finding { edit: super::ocr::edit(chars[index], meant), evidence }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// What a digit or a letter read for one is worth.
fn value(c: char) -> Option<u32> {
    match c {
        'l' | 'I' => Some(1),
        'O' | 'o' => Some(0),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// The digit that a letter stands for, if all that it stands with are digits and such letters.
fn among_digits(chars: &[(usize, char)], index: usize) -> Option<char> {
    let token = |c: char| c.is_ascii_alphanumeric() || is_digit(c);
    // A line's end parts figures: nobody knows whether the one goes on in the other.
    let joined = |at: usize| chars[at - 1].0 + chars[at - 1].1.len_utf8() == chars[at].0;
    let mut start = index;
    while start > 0 && index - start <= LONGEST_FIGURE && token(chars[start - 1].1) && joined(start) {
        start -= 1;
    }
    let mut end = index + 1;
    while end < chars.len() && end - index <= LONGEST_FIGURE && token(chars[end].1) && joined(end) {
        end += 1;
    }
    let token = &chars[start..end];
    let figure = token.iter().any(|&(_, c)| is_digit(c)) && token.iter().all(|&(_, c)| value(c).is_some());
    // O2O and Oo7 are names; a figure does not start with a nought that is a letter.
    let name = matches!(token[0].1, 'O' | 'o') || token.len() > LONGEST_FIGURE;
    let digit = if matches!(chars[index].1, 'O' | 'o') { '0' } else { '1' };
    (figure && !name).then_some(digit)
}

/// The digit that a letter stands for on the other side of a line's end: `3` / `l户`, `约l` / `8批次`.
fn alone(chars: &[(usize, char)], index: usize) -> Option<char> {
    let (before, after) = (char_at(chars, index.checked_sub(1)), char_at(chars, Some(index + 1)));
    let cut = |at: usize| chars[at - 1].0 + chars[at - 1].1.len_utf8() != chars[at].0;
    let ends = is_digit(before) && cut(index) && COUNTERS.contains(after);
    let starts = CUES.contains(before) && is_digit(after) && cut(index + 1);
    (matches!(chars[index].1, 'l' | 'I') && (ends || starts)).then_some('1')
}

/// The point that the mark at `index` is, with the letters of its figure.
fn point(chars: &[(usize, char)], index: usize, findings: &mut Vec<Finding>) {
    let mark = chars[index].1;
    if !is_digit(char_at(chars, Some(index + 1))) || value(char_at(chars, index.checked_sub(1))).is_none() {
        return;
    }
    let whole = chars[..index].iter().rev().take(LONGEST_WHOLE + 1).take_while(|(_, c)| value(*c).is_some()).count();
    let part = chars[index + 1..].iter().take(LONGEST_WHOLE + 1).take_while(|(_, c)| is_digit(*c)).count();
    let (start, end) = (index - whole, index + 1 + part);
    let lead = before(chars, start);
    let before = char_at(chars, lead);
    let unit_start = from(chars, end);
    let rest = &chars[unit_start.min(chars.len())..];
    let starts = |unit: &&&str| unit.chars().enumerate().all(|(at, c)| char_at(rest, Some(at)) == c);
    let measure = MEASURES.iter().find(starts);
    // Nothing is counted from nought, so that what starts with it goes on, whatever is measured.
    let nought = whole == 1 && value(chars[start].1) == Some(0);
    let cue = CUES.contains(before);
    let any = rest.first().is_some_and(|&(_, c)| is_han(c) && !NUMBERED.contains(c)) && nought && cue && part > 1;
    let unit = measure.or_else(|| PRICES.iter().find(starts)).or(any.then_some(&"0"));
    let Some(unit) = unit else { return };
    let pieces = chars[start..end].windows(2).all(|pair| pair[0].0 + pair[0].1.len_utf8() == pair[1].0);
    let letters = chars[start..index].iter().filter(|(_, c)| !is_digit(*c)).count();
    let long = whole > LONGEST_WHOLE || part > if nought { LONGEST_WHOLE } else { 2 };
    // A figure that the line starts with may be the number of a list's item: `3、6万元已到位`.
    let inside = lead.is_some_and(|lead| is_one_piece(&chars[lead..=start])) && is_han(before);
    if long || !pieces || !inside || letters == whole && whole > 1 {
        return;
    }
    let number =
        |range: std::ops::Range<usize>| chars[range].iter().filter_map(|&(_, c)| value(c)).fold(0, |n, d| 10 * n + d);
    let (one, other) = (number(start..index), number(index + 1..end));
    let share = matches!(*unit, "%" | "％");
    // 五六万, 三五公里: said of what is not known better.
    let vague = whole == part && (one + 1 == other || (one, other) == (3, 5)) && !nought;
    let context: String = chars[start.saturating_sub(LISTED)..start].iter().map(|&(_, c)| c).collect();
    let listed = ["第", "分别", "各", "依次", "每"].iter().any(|word| context.contains(word));
    let small = measure.is_some() || (cue && part == 2);
    // Round amounts are named side by side (`8、10万元`), and the word behind says so of others (`2、6亩两块地`).
    let round = part == 2 && !nought && !share && (other.is_multiple_of(10) || (one % 5, other % 5) == (0, 0));
    // A clause that ends with a bare number is a score or a rank.
    let unit_end = from(chars, unit_start + unit.chars().count());
    let several = (0..2).any(|at| "两二三四五各等不".contains(char_at(chars, Some(unit_end + at))));
    let closed = !is_han(char_at(chars, Some(unit_end))) || unit_end < chars.len() && is_cut(chars, unit_end);
    let point = match mark {
        '、' => (small || nought) && !vague && !round && !several && !listed && (letters == 0 || cue),
        '，' | ',' => measure.is_some() && cue && !vague && !listed && part < 3 && whole < 3 && (closed || !share),
        '·' => cue || nought,
        '。' => measure.is_some() && cue && !listed,
        _ => measure.is_some() && (cue || nought) && !listed && !context.contains('比') && !vague,
    };
    if !point {
        return;
    }
    let evidence = Evidence::Measured((*unit).to_string());
    for at in start..index {
        if let Some(digit) = value(chars[at].1).filter(|_| !is_digit(chars[at].1)) {
            let digit = char::from_digit(digit, 10).unwrap_or('1');
            findings.push(found(chars, at, digit, evidence.clone()));
        }
    }
    findings.push(found(chars, index, '.', evidence));
}

/// Whether a line ends before the character at `index`.
fn is_cut(chars: &[(usize, char)], index: usize) -> bool {
    chars[index - 1].0 + chars[index - 1].1.len_utf8() != chars[index].0
}

/// The last digit of a share that stands again behind its sign, before a mark: `98.6%6。`.
fn tail(chars: &[(usize, char)], index: usize) -> Option<Edit> {
    let (before, after) = (char_at(chars, index.checked_sub(1)), char_at(chars, Some(index + 1)));
    let ends = matches!(char_at(chars, Some(index + 2)), '，' | '。' | '；' | '、' | '）' | '\n' | '的');
    let (at, c) = *chars.get(index + 1)?;
    // `50%0`, but no `100%，` of which the rest was cut: the share has a point.
    let figure = chars[..index].iter().rev().take(LONGEST_FIGURE).take_while(|(_, c)| is_digit(*c) || *c == '.');
    let parted = figure.clone().any(|(_, c)| *c == '.');
    (is_digit(before) && before == after && ends && parted && !is_cut(chars, index + 1))
        .then(|| Edit::delete(at, at + c.len_utf8()))
}

/// Whether the 入 at `index` counts people: `共4,233入，`, `120入次`.
fn counts_people(chars: &[(usize, char)], index: usize) -> bool {
    let index = index - usize::from(index > 0 && is_space(chars[index - 1].1));
    if !is_digit(char_at(chars, index.checked_sub(1))) {
        return false;
    }
    let behind = index + usize::from(is_space(chars[index].1)) + 1;
    let figure = |&&(_, c): &&(usize, char)| is_digit(c) || matches!(c, ',' | '，' | '.');
    let length = chars[..index].iter().rev().take(LONGEST_FIGURE + 1).take_while(figure).count();
    let before = char_at(chars, before(chars, index - length));
    let after = char_at(chars, Some(behind));
    length <= LONGEST_FIGURE
        && (after == '次' || GATHERED.contains(before) && matches!(after, '，' | '。' | '；' | '、' | '）' | '（'))
}

#[cfg(test)]
mod tests {
    use crate::clean::ocr::tests::mended;

    #[test]
    fn puts_back_letters_and_counters() {
        for (line, meant) in [
            ("约l5分钟,3O5个,l9户", "约15分钟,305个,19户"),
            ("减少l１８批次", "减少1１８批次"),
            ("温度升了l5倍", "温度升了15倍"),
            ("走访了3\nl户人家", "走访了3\n1户人家"),
            ("处理约l\n8批次", "处理约1\n8批次"),
            ("共ll5户", "共115户"),
            ("1月13曰起", "1月13日起"),
            ("定于5月2\n曰举行", "定于5月2\n日举行"),
            ("1,017户4,233入，来自三个镇", "1,017户4,233人，来自三个镇"),
            ("共 233 入，来自三个镇", "共 233 人，来自三个镇"),
            ("3月2 曰举行", "3月2 日举行"),
            ("接待120入次", "接待120人次"),
        ] {
            assert_eq!(mended(line), meant);
        }
    }

    #[test]
    fn puts_back_points() {
        for (line, meant) in [
            ("占53、3%,比上月高4、75%", "占53.3%,比上月高4.75%"),
            ("投入2、6万元修路", "投入2.6万元修路"),
            ("面积0、31平方公里", "面积0.31平方公里"),
            ("同比增长4，75%。", "同比增长4.75%。"),
            ("全长3。5公里", "全长3.5公里"),
            ("比去年多l、5倍", "比去年多1.5倍"),
            ("栽树约1·8万棵", "栽树约1.8万棵"),
            ("同比增长 ７、９％。", "同比增长 ７.９％。"),
            ("在册师生 2、6 万人", "在册师生 2.6 万人"),
            ("耗热由0.38吉焦降至0、31吉焦", "耗热由0.38吉焦降至0.31吉焦"),
            ("长达2:6公里", "长达2.6公里"),
            ("每斤便宜了3、56元", "每斤便宜了3、56元"),
            ("菜价涨到3、56元", "菜价涨到3.56元"),
            ("满意率98.6%6。", "满意率98.6%。"),
            ("上升3.5%5，为近年最好", "上升3.5%，为近年最好"),
        ] {
            assert_eq!(mended(line), meant);
        }
    }

    #[test]
    fn leaves_alone_what_may_be_right() {
        for line in [
            "O2O门店,B2B平台,5G基站",
            "|1,204|3560|12|",
            "第1、2、3%的居民",
            "5%、6%和7%",
            "2、6号楼,3、4月份,第1、2网格,5、6人",
            "花了5、6万元,走了3、5公里",
            "产量33，212万吨,比上年增2，737万吨",
            "两条路分别长2、6公里",
            "花8、10万元,或10、15万元,有2、6亩两块地,补2、6万元不等,有5、12升两种",
            "面值1、5元,票价10、50元",
            "3、6万元已经到位",
            "本月得分98，85%的居民满意",
            "排在第3。5万人参加",
            "比分为3:2,比例达1:3倍",
            "每天8:30,“3·15”晚会",
            "4899入手,2799入，很值",
            "子曰：学而时习之,第8曰：好",
            "增长3.5%5月再看",
            "  3、6万元已经到位",
            "从0、10号楼起,降至0、12层",
            "I型和O型血,约l\n米",
            "O个",
        ] {
            assert_eq!(mended(line), line);
        }
    }
}
