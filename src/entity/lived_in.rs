//! Whether people live in what a word names, by what stands around it.
//!
//! In: a name that may be an ordinary word or another thing. Out: whether its sentence shows it to be a community.
//!
//! | text                        | shows                                                                   |
//! |-----------------------------|-------------------------------------------------------------------------|
//! | `柳叶里的居民`              | that a lane is meant with its houses                                    |
//! | `走进建设社区，`            | that 建设 is a name: someone comes to it, and no noun follows           |
//! | `建设社区食堂`              | nothing: it may be what is being done                                   |
//! | `栗山街道光明社区`          | that 光明 is one: a division stands before it                           |
//! | `云杉大厦的白领`            | that it is a building of offices                                        |

use super::boundary::Core;
use super::line::{Line, is_name_char};
use crate::lexicon::ALL_SURNAMES;
use std::ops::Range;

/// What stands after a name when people live there.
const LIVED_IN: [&str; 24] = [
    "小区",
    "社区",
    "居民",
    "居委",
    "业委会",
    "业主",
    "住户",
    "物业",
    "党总支",
    "党支部",
    "第一网格",
    "第二网格",
    "第三网格",
    "第四网格",
    "第五网格",
    "片区",
    "微网格",
    "楼组",
    "村民",
    "住宅",
    "网格",
    "党委",
    "书记",
    "主任",
];

/// What villages without the word for one end with.
const RURAL: &str = "村庄屯寨坪湾沟峪营岭坡塘堡坝塬崖";

/// Bodies that only a committee's area has.
const BODIES: [&str; 7] = ["居委", "党委", "党总支", "党支部", "书记", "主任", "第"];

/// What stands before a place that someone comes to, is in, or comes from.
const WENT: [&str; 14] =
    ["走进", "来到", "位于", "在", "到", "来自", "前往", "走访", "赴", "由", "住进", "家住", "于", "搬进"];

/// What stands in the sentence of a building that people work in.
const OFFICES: [&str; 8] = ["白领", "写字楼", "商务", "楼宇", "入驻", "企业", "公司", "办公"];

/// Villages of one syllable are called after families: 李村. Other words of that form say which village or what is done.
pub(super) fn is_short_village(line: &Line, start: usize, end: usize) -> bool {
    const WORDS: &str = "农乡全各本该新老山渔邻空包驻进入出联和共富强兴建治护回离到在下访同多一双几何那万千百";
    let family = ALL_SURNAMES.contains(line.text(start..start + 1)) && !WORDS.contains(line.at(start));
    let side = matches!(line.at(start), '东' | '西' | '南' | '北' | '中') && line.ends_division(start);
    let opens = start == line.clause(end).start || line.ends_division(start) || went(line, start);
    line.before(end) == '村' && end == start + 2 && (family || side) && opens
}

/// Communities that are called after what others are only described with (石油新村, 新建村).
pub(super) fn is_called_after(line: &Line, core: &Core, whole: &Range<usize>) -> bool {
    const AFTER: [&str; 13] =
        ["新建", "中心", "民生", "电力", "青年", "城中", "科技", "文化", "机关", "公益", "职工", "农民", "教师"];
    let clause_ends = !is_name_char(line.at(whole.end));
    let opens = core.start == line.clause(whole.end).start;
    AFTER.contains(&line.text(core.range()))
        && (line.starts_with(core.end, "新村") && (opens || went(line, core.start))
            || has_body(line, core, whole.end)
            || clause_ends && went(line, core.start))
}

/// Whether a division stands before a name, or the committee of a community behind it.
pub(super) fn has_body(line: &Line, core: &Core, end: usize) -> bool {
    line.ends_division(core.start) && !noun_follows(line, end)
        || BODIES.iter().any(|body| line.starts_with(end, body))
}

/// Whether a word stands before `start` that a place follows.
fn went(line: &Line, start: usize) -> bool {
    WENT.iter().any(|word| line.ends_with(start, word))
}

/// Whether a name that is an ordinary word (幸福, 建设, 电梯) is shown to be one by what stands around it.
pub(super) fn is_shown(line: &Line, core: &Core, whole: &Range<usize>) -> bool {
    let suffix = core.end..whole.end;
    let phase = matches!(line.before(whole.end), '）' | '期');
    let named_for = ["新村", "大厦", "大楼"].iter().any(|kind| line.ends_with(whole.end, kind)) && core.slogan;
    let clause_ends = !is_name_char(line.at(whole.end));
    let came = went(line, whole.start);
    let opens = whole.start == line.clause(whole.end).start;
    // 重建家园 is what one does.
    let verbal = core.verbal
        && line.text(suffix.clone()) != "家园"
        && (came || opens)
        && (clause_ends || !noun_follows(line, whole.end));
    let village = !core.praise && (came || opens) && RURAL.contains(line.before(whole.end)) && suffix.len() == 1;
    phase
        || named_for
        || clause_ends && came
        || verbal
        || village
        || line.ends_division(core.start)
        || is_lived_in(line, whole)
}

/// Whether a noun follows, which the name before it may only describe: 建设社区食堂.
fn noun_follows(line: &Line, end: usize) -> bool {
    line.words_from(end).first().is_none_or(|word| {
        word.start > end || word.tag.starts_with('n') || matches!(word.tag, "vn" | "a" | "b" | "j" | "l" | "an" | "x")
    })
}

/// 柳叶里的居民, 石桥镇栗家坪.
pub(super) fn is_weak_shown(line: &Line, range: &Range<usize>) -> bool {
    let residents = [
        "的居民",
        "的老人",
        "的住户",
        "的业主",
        "的老街坊",
        "老街坊",
        "老人",
        "村口",
        "的老乡",
        "的乡亲",
        "的村民",
        "的群众",
        "的牧民",
    ];
    let rural = RURAL.contains(line.before(range.end));
    let block = line.before(range.end) == '区' && "里园村坊庄".contains(line.before(range.end - 2));
    range.len() > 2
        && (is_lived_in(line, range)
            || residents.iter().any(|word| line.starts_with(range.end, word))
            || rural && line.ends_division(range.start)
            || block
            || someone_of(line, range.end))
}

/// 大石头屯的张大娘: someone of a place, called by family and age.
fn someone_of(line: &Line, end: usize) -> bool {
    const AGES: [&str; 14] = [
        "大娘", "大爷", "大叔", "大妈", "大姐", "大嫂", "奶奶", "爷爷", "阿姨", "叔叔", "大婶", "老太", "师傅",
        "大伯",
    ];
    line.at(end) == '的'
        && ALL_SURNAMES.contains(line.text(end + 1..end + 2))
        && AGES.iter().any(|age| line.starts_with(end + 2, age))
}

pub(super) fn is_lived_in(line: &Line, range: &Range<usize>) -> bool {
    let numbered = {
        let digits = (range.end..range.end + 4).take_while(|&at| line.at(at).is_ascii_digit()).count();
        let after = range.end + digits;
        digits > 0
            && (matches!(line.at(after), '弄' | '幢' | '栋' | '号')
                || line.starts_with(after, "号楼")
                || line.starts_with(after, "单元"))
    };
    let lives = ["住在", "家住", "居住在", "搬进", "入住"].iter().any(|word| line.ends_with(range.start, word));
    // 石堡网格 bears the name of a place, 柳叶里网格 that of its houses.
    let rural = RURAL.contains(line.before(range.end));
    let shows = |word: &&str| line.starts_with(range.end, word) && !(rural && word.ends_with("网格"));
    numbered || lives || LIVED_IN.iter().any(shows)
}

pub(super) fn has_offices(line: &Line, range: &Range<usize>) -> bool {
    let clause = line.clause(range.end);
    let near = clause.start..(clause.end + 20).min(line.len());
    let text = line.text(near);
    OFFICES.iter().any(|word| text.contains(word))
}
