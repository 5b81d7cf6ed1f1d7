//! What a figure counts, in the words of the text. In: the figures of a text. Out: a noun phrase for one of them.
//!
//! | text                              | subject      | because                                             |
//! |-----------------------------------|--------------|-----------------------------------------------------|
//! | `640套人才公寓`                   | `人才公寓`   | it follows the measure word                         |
//! | `11人的夜巡队`                    | `夜巡队`     | 的 ties it to the figure                            |
//! | `出勤率已达75%，`                 | `出勤率`     | nothing follows; it stands before 已达              |
//! | `投入45万元，`                    | `投入`       | only a verb stands there                            |
//! | `住着380户、1100余位村民`         | `居民`       | neighbours share what follows the last              |
//! | `返乡青年17户46人`                | `返乡青年`   | neighbours share what stands before the first       |
//! | `绿地占总面积的35%`               | `绿地`       | a share is said of what stands before 占            |
//!
//! Without a word segmenter: phrases are cut at the words of `subject_words.tsv`.

use super::figure::{Figure, Role};
use super::number::{digit, is_anchor};
use super::unit::Class;
use super::window;
use super::words::Words;
use crate::lexicon::rows;
use std::sync::LazyLock;

/// What a word does to a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Ends it.
    Always,
    /// Ends it only where a word must begin.
    AtStart,
    /// Is a part of it.
    Keep,
}

static CUTS: LazyLock<Words<Cut>> = LazyLock::new(|| {
    Words::new(words().filter_map(|(word, role)| {
        let cut = match role {
            "cut" | "both" => Cut::Always,
            "verb" => Cut::AtStart,
            "keep" => Cut::Keep,
            _ => return None,
        };
        Some((word, cut))
    }))
});

static LINKS: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::new(words().filter(|(_, role)| matches!(*role, "link" | "both")).map(|(word, _)| (word, ())))
});

fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("../lexicon/subject_words.tsv")).filter_map(|row| match row[..] {
        [word, role] => Some((word, role)),
        _ => None,
    })
}

/// Most characters of a subject: a longer one has swallowed a clause, and none is better.
const SUBJECT_MAX: usize = 20;
/// Link words skipped between a noun and its figure: 目前已累计达 has three.
const LINKS_MAX: usize = 4;

/// What the passage has said so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// End of the last metric of this sentence; its start when there is none.
    pub(crate) floor: usize,
    /// The last subject of this sentence.
    earlier: Option<String>,
    /// The last subjects of this passage with their units, the latest last.
    units: Vec<(Option<String>, String)>,
}

/// Subjects remembered for a later figure of the same unit: 复查25个 a few figures after 310个网点.
const UNITS_MAX: usize = 8;

impl Known {
    /// Forgets what a sentence does not share with the next.
    pub(crate) fn new_sentence(&mut self, start: usize) {
        (self.floor, self.earlier) = (start, None);
    }

    /// Takes in the subject found for a figure.
    pub(crate) fn learn(&mut self, figure: &Figure, subject: Option<&String>) {
        self.floor = figure.end;
        if let Some(subject) = subject {
            self.earlier = Some(subject.clone());
            if self.units.len() == UNITS_MAX {
                self.units.remove(0);
            }
            self.units.push((figure.unit_name().map(str::to_owned), subject.clone()));
        }
    }

    fn of_unit(&self, figure: &Figure) -> Option<String> {
        let counted = figure.class() == Some(Class::Count) || figure.unit_name() == Some("分");
        let mut same = self.units.iter().rev().filter(|(unit, _)| counted && unit.as_deref() == figure.unit_name());
        same.next().map(|(_, subject)| subject.clone())
    }
}

/// The subject of `figures[index]`. `told` is the end of the text before it, its words of change taken off.
pub(crate) fn subject(text: &str, figures: &[Figure], index: usize, told: usize, known: &Known) -> Option<String> {
    let figure = &figures[index];
    let next = figures.get(index + 1);
    let told = &text[..told];
    let lead = window::phrase_before(&told[known.floor.min(told.len())..]);
    if let Some(behind) = behind(text, figure, next).filter(|_| figure.from.is_none()) {
        // 新增绿地9亩的目标: what 的 ties to a measure is not what is measured when that stands before.
        let measured = matches!(figure.class(), Some(Class::Measure | Class::Extent | Class::Money));
        let article = index > 0 && figures[index - 1].end == figure.start;
        let tied = measured && !article && text[figure.end..].starts_with('的');
        return if tied { noun_before(lead).noun.or(Some(behind)) } else { Some(behind) };
    }
    let earlier = || known.earlier.clone();
    if figure.class() == Some(Class::Share)
        && let Some(at) = lead.rfind('占')
    {
        return noun_before(&lead[..at]).noun.or_else(earlier).or_else(|| clause_noun(told));
    }
    let before = noun_before(lead);
    if let Some(noun) = before.noun {
        return Some(coordinated(told, lead, noun));
    }
    let adjoins = |a: &Figure, b: &Figure| b.role != Role::Label && matches!(&text[a.end..b.start], "" | "、" | "和");
    let shared = || {
        let series =
            figures[index..].windows(2).take(SERIES_MAX).take_while(|pair| adjoins(&pair[0], &pair[1])).count();
        let last = figures.get(index + series).filter(|_| series > 0)?;
        behind(text, last, figures.get(index + series + 1))
    };
    let passage = || known.units.last().map(|(_, subject)| subject.clone());
    let found = if before.verb.is_none() && before.act.is_none() {
        // A clause of its own between two figures names what the second counts: 洗车一次，30分.
        let between = window::list_before(&told[known.floor.min(told.len())..]);
        let own = told.len() - between.len() > known.floor + OWN_CLAUSE;
        let appositive = || {
            let rest = window::phrase_after(text[figure.end..].strip_prefix("，是")?);
            noun_before(rest).noun.filter(|_| next.is_none_or(|next| next.start >= figure.end + rest.len()))
        };
        let near = if own { clause_noun(told).or_else(earlier) } else { earlier().or_else(shared) };
        appositive().or(near).or_else(|| clause_noun(told))
    } else {
        shared().or(before.act).or_else(|| known.of_unit(figure)).or(before.verb).or_else(earlier)
    };
    found.or_else(|| known.of_unit(figure)).or_else(passage)
}

/// Most neighbours that share what follows the last: 种下12、15和18棵树 has two.
const SERIES_MAX: usize = 6;

/// Bytes between the last metric and the clause of this one from which on there is a clause in between: a comma
/// and two characters.
const OWN_CLAUSE: usize = 9;

/// The noun phrase behind a figure.
fn behind(text: &str, figure: &Figure, next: Option<&Figure>) -> Option<String> {
    let ceiling = next.filter(|next| next.role != Role::Label).map_or(text.len(), |next| next.start);
    let mut phrase = window::phrase_after(&text[figure.end..ceiling.max(figure.end)]);
    if matches!(figure.unit_name(), Some("人" | "名" | "位" | "户" | "家" | "%")) {
        phrase = phrase.strip_prefix(['是', '为']).unwrap_or(phrase);
    }
    if matches!(figure.class(), Some(Class::Extent | Class::Measure)) {
        phrase = phrase.trim_start_matches(['宽', '长', '高', '深', '厚', '重']);
    }
    let tied = phrase.strip_prefix('的');
    let events = matches!(figure.unit_name(), Some("次" | "场" | "场次" | "轮" | "趟" | "遍"));
    noun_at(tied.unwrap_or(phrase)).or_else(|| events.then(|| event(phrase)).flatten())
}

/// The verbs that name an event where nothing but verbs stands: 9次联合检查.
fn event(phrase: &str) -> Option<String> {
    let mut end = 0;
    for (start, after) in cuts(phrase) {
        if start != end || phrase[start..after].chars().count() < 2 {
            return None;
        }
        end = after;
    }
    (end == phrase.len()).then(|| tidy(phrase)).flatten()
}

/// The noun phrase that `phrase` starts with.
fn noun_at(phrase: &str) -> Option<String> {
    if let Some(inner) = phrase.strip_prefix(['“', '《']) {
        let end = inner.find(['”', '》'])?;
        return Some(inner[..end].to_owned()).filter(|name| !name.is_empty());
    }
    // A noun may begin like a verb of one character (教师, 种植户), and here a noun is what one expects.
    let end = cuts_from(phrase, false).next().map_or(phrase.len(), |(start, _)| start);
    tidy(&phrase[..end])
}

/// What stands before a figure.
#[derive(Debug, Default)]
struct Before {
    /// A noun phrase that the figure speaks of.
    noun: Option<String>,
    /// The noun with the verb behind it: 雨水管铺设9公里.
    act: Option<String>,
    /// The verb alone: 投入45万元.
    verb: Option<String>,
}

/// The noun phrase that `phrase` ends with, link words aside.
fn noun_before(phrase: &str) -> Before {
    let mut phrase = phrase;
    for _ in 0..LINKS_MAX {
        let trimmed = without_rate(without_verb(phrase)).trim_end_matches(['的', '“', '—', ' ']);
        // 通过 ends like 过, 没有 like 有: the longer word is no link.
        let longer = |word: &str| CUTS.before(trimmed).is_some_and(|(cut, _)| cut.len() > word.len());
        let Some((word, ())) = LINKS.before(trimmed).filter(|(word, ())| !longer(word)) else {
            phrase = trimmed;
            break;
        };
        phrase = &trimmed[..trimmed.len() - word.len()];
    }
    if let Some(inner) = phrase.strip_suffix(['”', '》']) {
        let start = inner.rfind(['“', '《']).map_or(0, |at| at + "“".len());
        return Before { noun: Some(inner[start..].to_owned()).filter(|name| !name.is_empty()), ..Before::default() };
    }
    match cuts(phrase).last() {
        None => Before { noun: tidy(phrase), ..Before::default() },
        Some((start, end)) if end == phrase.len() => {
            // 居住着: the particle is not the verb.
            let verb =
                cuts(phrase).map(|(start, end)| &phrase[start..end]).filter(|verb| verb.chars().count() > 1).last();
            Before { noun: None, act: act(phrase, start), verb: verb.map(str::to_owned) }
        }
        Some((_, end)) => Before { noun: tidy(&phrase[end..]), ..Before::default() },
    }
}

/// Most characters of a noun with its verb; more is a sentence.
const ACT_MAX: usize = 14;

/// The noun before the verb at `verb` with all up to the end: 旧房改造投入, 烟道每年清扫.
fn act(phrase: &str, verb: usize) -> Option<String> {
    let (mut start, mut end) = (0, 0);
    for (cut, after) in cuts(phrase).take_while(|&(cut, _)| cut < verb) {
        if cut > end {
            start = end;
        }
        end = after;
    }
    // What stands right before the verb, or before the adverbs that lead up to it.
    let start = if end < verb { end } else { start };
    let noun = tidy(phrase[start..verb].trim_end_matches('的'))?;
    (noun.chars().count() > 1 && phrase[start..].chars().count() <= ACT_MAX).then(|| phrase[start..].to_owned())
}

/// A noun with what is coordinated to it: 厨师、保洁员9人 counts both.
fn coordinated(told: &str, lead: &str, noun: String) -> String {
    let head = &told[..told.len() - lead.len()];
    let Some(items) = head.strip_suffix('、').filter(|_| lead.starts_with(noun.as_str())) else { return noun };
    let item = window::phrase_before(items);
    let start = cuts(item).last().map_or(0, |(_, end)| end);
    let other = &item[start..];
    let plain = (2..=ACT_MAX).contains(&other.chars().count()) && !other.contains(|c: char| !c.is_alphabetic());
    if plain && tidy(other).is_some() { format!("{other}、{noun}") } else { noun }
}

/// What makes a noun of a verb.
const SUFFIXES: [char; 15] =
    ['值', '量', '率', '数', '额', '费', '员', '器', '箱', '站', '点', '度', '款', '价', '组'];

/// `phrase` without the 每盏, 每小时 it ends with: a rate is told per that, not of it.
fn without_rate(phrase: &str) -> &str {
    let near = window::back(phrase, "每小时".chars().count());
    near.rfind('每').map_or(phrase, |at| &phrase[..phrase.len() - near.len() + at])
}

/// `phrase` without 了 and the verb of one character before it: 雨水管铺了.
fn without_verb(phrase: &str) -> &str {
    let Some(head) = phrase.strip_suffix('了') else { return phrase };
    let verb =
        head.char_indices().next_back().filter(|&(at, _)| matches!(CUTS.at(&head[at..]), Some((_, Cut::AtStart))));
    verb.map_or(head, |(at, _)| &head[..at])
}

/// The noun phrase of the clause before the one that `told` ends with.
fn clause_noun(told: &str) -> Option<String> {
    let near = window::phrase_before(told);
    let before = told[..told.len() - near.len()].trim_end_matches(window::ends_phrase);
    let clause = window::phrase_before(before);
    let clause = clause.split(|c: char| c.is_ascii_digit()).next().unwrap_or(clause);
    let end = cuts(clause).find(|&(start, _)| start > 0).map_or(clause.len(), |(start, _)| start);
    noun_before(clause).noun.or_else(|| tidy(&clause[..end]))
}

/// A phrase as a subject: without marks at its ends, short, and not a lone character that says nothing.
fn tidy(phrase: &str) -> Option<String> {
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '（' | '）'));
    let phrase = phrase.trim_start_matches('”');
    let length = phrase.chars().count();
    let numeric = phrase.starts_with(|c| digit(c).is_some()) || phrase.chars().all(is_anchor);
    let stands = !numeric && (length > 1 || phrase.contains(SINGLE));
    (stands && length <= SUBJECT_MAX && phrase.chars().any(char::is_alphabetic)).then(|| phrase.to_owned())
}

/// Nouns of one character that are counted. Other single characters are what is left of a word.
const SINGLE: [char; 20] = [
    '人', '楼', '树', '车', '墙', '山', '村', '井', '桥', '路', '灯', '桌', '床', '花', '猫', '狗', '鱼', '船', '塔',
    '娃',
];

/// Where words end a noun phrase in `phrase`, from left to right.
fn cuts(phrase: &str) -> impl Iterator<Item = (usize, usize)> {
    cuts_from(phrase, true)
}

/// As [`cuts`], `at_start` saying whether verbs of one character count at the very start.
fn cuts_from(phrase: &str, mut at_start: bool) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < phrase.len() {
            let rest = &phrase[at..];
            let step = rest.chars().next().map_or(1, char::len_utf8);
            match CUTS.at(rest) {
                // 回收 + 量 is a noun, and so is 出租 + 率.
                Some((word, Cut::Always)) if word.len() > step && rest[word.len()..].starts_with(SUFFIXES) => {
                    at += word.len();
                }
                Some((word, Cut::Always)) => {
                    let start = at;
                    (at, at_start) = (at + word.len(), true);
                    return Some((start, at));
                }
                Some((word, Cut::AtStart)) if at_start && !rest[word.len()..].starts_with(SUFFIXES) => {
                    let start = at;
                    (at, at_start) = (at + word.len(), true);
                    return Some((start, at));
                }
                Some((word, Cut::Keep)) => at += word.len(),
                _ => at += step,
            }
            at_start = false;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn table_is_sound() {
        for row in rows(include_str!("../lexicon/subject_words.tsv")) {
            assert!(
                matches!(row[..], [word, "link" | "both" | "cut" | "verb" | "keep"] if !word.is_empty()),
                "subject_words.tsv: {row:?}"
            );
        }
    }

    #[test]
    fn names_what_is_counted() {
        check(&[
            ("园内有1860套人才公寓。", "1860 套 人才公寓"),
            ("出勤率已达97%，", "97 % 出勤率"),
            ("组建9人的夜巡队。", "9 人 夜巡队"),
            ("楼内居住着380户、1100余位村民。", "380 户 村民 | ≈1100 位 村民"),
            ("安置返乡青年17户46人。", "17 户 返乡青年 | 46 人 返乡青年"),
            ("绿地占总面积的35%。", "35 % 绿地"),
            ("街道投入45万元，", "450000 元 街道投入"),
            ("7个委员中有5人是教师。", "7 个 委员 | 5 人 教师"),
            ("进行9次走访慰问。", "9 次 走访慰问"),
            ("认领“小目标”70个。", "70 个 小目标"),
            ("厨师、保洁员9人到岗。", "9 人 厨师、保洁员"),
            ("清理楼道（含地下室12处）。", "12 处 地下室"),
            ("雨水管铺设14.6公里。", "14.6 公里 雨水管铺设"),
            ("抽查310个网点，复查25个。", "310 个 网点 | 25 个 网点"),
            ("洗车一次，30分；晚餐一份，18分。", "30 分 洗车一次 | 18 分 晚餐一份"),
            ("85%的出租率来之不易。", "85 % 出租率"),
            ("卫生费每户每年缴95元。", "95 元 卫生费每户"),
            ("每盏386元。", "386 元"),
        ]);
    }
}
