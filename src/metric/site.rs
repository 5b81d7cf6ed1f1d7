//! What stands around one figure. In: the figures of a passage and what it has said so far. Out: the phrases at the
//! places where a subject may stand.
//!
//! | text                                | place          | phrase         |
//! |-------------------------------------|----------------|----------------|
//! | `新开[2家]便民食堂`                 | `behind`       | `便民食堂`     |
//! | `便民食堂已有[2家]`                 | `before`       | `便民食堂`     |
//! | `栽下[12]、15棵树`                  | `shared`       | `树`           |
//! | `[20天内]完成整改`                  | `act_behind`   | `整改`         |
//! | `东片网格最大，[2平方公里]`         | `clause_noun`  | `东片网格`     |
//! | `理发一次，[10元]`                  | `whole_clause` | `理发一次`     |
//!
//! Which of them is the subject, `subject` decides.

use super::figure::{Figure, Role};
use super::known::Known;
use super::phrase::Before;
use super::unit::Class;
use super::window;
use super::word::{Counted, Reader};

/// The place of a figure: what a subject is looked for around.
pub(crate) struct Site<'a> {
    pub(crate) reader: &'a Reader<'a>,
    /// It and all that follow.
    pub(crate) figures: &'a [Figure],
    pub(crate) figure: &'a Figure,
    /// End of the text before the figure, its words of change taken off.
    pub(crate) told: usize,
    pub(crate) known: &'a Known,
}

/// Most neighbours that share what follows the last: 种下12、15和18棵树 has two.
const SERIES_MAX: usize = 6;
/// Most characters looked at behind a figure, and before it: room for the longest phrase seen with its verb. Cutting
/// words is what costs here, so this bounds the cost of a figure.
const BEHIND_MAX: usize = 16;
const BEFORE_MAX: usize = 24;
/// Most characters of an item coordinated to the next: 厨师 of 厨师、保洁员9人.
pub(crate) const ITEM_MAX: usize = 12;
/// Most characters of a verb between a time and what is made in it: 累计收回.
const MADE_MAX: usize = 5;
/// Most characters in brackets that are passed over: 村（居）900户.
const BRACKET_MAX: usize = 20;

impl Site<'_> {
    pub(crate) fn lead(&self) -> &str {
        let floor = self.known.floor.min(self.told);
        window::phrase_back(&self.reader.text[floor..self.told], BEFORE_MAX)
    }

    /// Whether people or households are counted.
    pub(crate) fn people(&self) -> bool {
        matches!(self.figure.unit_name(), Some("人" | "名" | "位" | "户" | "家" | "人次" | "户次" | "%"))
    }

    /// Whether the noun at `start` names the buildings that the figure before counts: 18栋楼960户.
    pub(crate) fn housed(&self, last: &Figure, start: usize) -> bool {
        last.role == Role::Count && last.end == start && matches!(last.unit_name(), Some("栋" | "幢" | "座"))
    }

    /// Whether the measured quantity touches the figure: 长度1.5米.
    pub(crate) fn measured(&self) -> bool {
        const QUANTITIES: [char; 8] = ['度', '积', '价', '租', '费', '龄', '径', '期'];
        !matches!(self.figure.class(), Some(Class::Count | Class::Share)) && self.lead().ends_with(QUANTITIES)
    }

    pub(crate) fn before(&self) -> Before {
        let lead = without_rate(self.lead());
        let start = self.told - self.lead().len();
        let before = self.reader.cut(start, start + lead.len()).ending();
        if before.noun.is_some() || before.verb.is_some() || before.total {
            return before;
        }
        // 停车券（50元），2张: what brackets stand behind goes on after them.
        match before_bracket(&self.reader.text[self.known.sentence.min(start)..start]) {
            Some(length) if lead.is_empty() => self.ending(self.known.sentence.min(start) + length),
            _ => before,
        }
    }

    /// What the phrase that ends at `end` says.
    pub(crate) fn ending(&self, end: usize) -> Before {
        let phrase = window::phrase_back(&self.reader.text[self.known.sentence.min(end)..end], BEFORE_MAX);
        self.reader.cut(end - phrase.len(), end).ending()
    }

    /// The noun phrase behind the figure that stands `nth` from here.
    pub(crate) fn behind(&self, nth: usize) -> Option<String> {
        let figure = self.figures.get(nth)?;
        let text = self.reader.text;
        let next = self.figures.get(nth + 1).filter(|next| next.role != Role::Label);
        let ceiling = next.map_or(text.len(), |next| next.start).max(figure.end);
        let mut phrase = window::phrase_within(&text[figure.end..ceiling], BEHIND_MAX);
        let people = self.people();
        let counted = match figure.unit_name() {
            _ if people => Counted::People,
            Some("场" | "次" | "场次" | "轮" | "趟" | "遍" | "项" | "期" | "个" | "类" | "种" | "件" | "起") => {
                Counted::Acts
            }
            _ if figure.start == self.known.sentence => Counted::Opening,
            _ => Counted::Things,
        };
        if people {
            phrase = phrase.strip_prefix(['是', '为']).unwrap_or(phrase);
        }
        if phrase.is_empty() {
            return None;
        }
        if matches!(figure.class(), Some(Class::Extent | Class::Measure)) {
            phrase = phrase.trim_start_matches(['宽', '长', '高', '深', '厚', '重']);
        }
        let start = figure.end + text[figure.end..].find(phrase)?;
        let piece = self.reader.cut(start, start + phrase.len());
        let events = matches!(figure.unit_name(), Some("次" | "场" | "场次" | "轮" | "趟" | "遍"));
        piece.starting(counted).or_else(|| events.then(|| piece.act()).flatten())
    }

    /// What neighbours share: it stands behind the last of them.
    pub(crate) fn shared(&self) -> Option<String> {
        let adjoins = |a: &Figure, b: &Figure| {
            b.role != Role::Label && matches!(&self.reader.text[a.end..b.start], "" | "、" | "和")
        };
        let series = self.figures.windows(2).take(SERIES_MAX).take_while(|pair| adjoins(&pair[0], &pair[1])).count();
        (series > 0).then(|| self.behind(series)).flatten()
    }

    /// What is done within a time: 整改 of 20天内完成整改.
    pub(crate) fn act_behind(&self) -> Option<String> {
        let end = self.figure.end;
        let phrase = window::phrase_after(&self.reader.text[end..]);
        self.reader.cut(end, end + phrase.len()).act()
    }

    /// What the clause behind a time that opens its sentence speaks of: 噪声 of 两个月后，噪声降了一半.
    pub(crate) fn opened(&self) -> Option<String> {
        let text = self.reader.text;
        let opens = self.figure.start == self.known.sentence && self.figure.class() == Some(Class::Time);
        let rest = text[self.figure.end..].trim_start_matches(['里', '来', '下', '后', '间', '内', '以', '之', '前']);
        let rest = rest.strip_prefix('，').filter(|_| opens)?;
        let start = text.len() - rest.len();
        let next = self.figures.get(1).map_or(text.len(), |next| next.start);
        let clause = window::phrase_within(text.get(start..next)?, BEFORE_MAX);
        self.reader.cut(start, start + clause.len()).first()
    }

    /// What is made or done within a time, where the next figure counts it: 台账 of 26天补完70本台账.
    pub(crate) fn made(&self) -> Option<String> {
        let next =
            self.figures.get(1).filter(|next| next.role == Role::Count && next.class() == Some(Class::Count))?;
        let verb = self.reader.text.get(self.figure.end..next.start)?;
        let plain = (1..=MADE_MAX).contains(&verb.chars().count()) && verb.chars().all(char::is_alphabetic);
        if plain { self.behind(1) } else { None }
    }

    /// A noun with what is coordinated to it: 厨师、保洁员9人 counts both.
    pub(crate) fn coordinated(&self, start: usize, noun: &str) -> String {
        let text = self.reader.text;
        let Some(items) = text[self.known.floor.min(start)..start].strip_suffix('、') else {
            return noun.to_owned();
        };
        let end = start - "、".len();
        let item = self.ending(end);
        let length = end - item.start;
        let plain = length <= ITEM_MAX * "一".len() && item.start + items.len() >= end;
        match item.noun {
            Some(other) if plain && text[..end].ends_with(other.as_str()) => format!("{other}、{noun}"),
            _ => noun.to_owned(),
        }
    }

    /// The noun phrase of the clause before that of the figure.
    pub(crate) fn clause_noun(&self) -> Option<String> {
        self.clause_before(self.told)
    }

    /// The noun phrase of the clause before that which `end` stands in.
    pub(crate) fn clause_before(&self, end: usize) -> Option<String> {
        // The sentence before speaks of something else.
        let floor = self.known.sentence.min(end);
        let text = &self.reader.text[floor..end];
        let near = window::phrase_before(text);
        let before = text[..text.len() - near.len()].trim_end_matches(window::ends_phrase);
        let end = floor + before_bracket(&text[..text.len() - near.len()]).unwrap_or(before.len());
        let clause = window::phrase_before(&self.reader.text[floor..end]);
        let piece = self.reader.cut(end - clause.len(), end);
        let before = piece.ending();
        // 送到车站，前后25分钟: how long it took to get there is not of the place.
        if before.name && self.figure.class() == Some(Class::Time) && self.figure.unit_name() != Some("岁") {
            return None;
        }
        // 东片网格最大，1.9平方公里: a quality is not what is measured.
        let noun = before.noun.filter(|_| !before.quality);
        noun.or(before.fronted).or_else(|| piece.first()).or(before.verb)
    }

    /// The clause before that of the figure, if it is so short that it is what is priced: 理发一次，10元.
    pub(crate) fn whole_clause(&self) -> Option<String> {
        let text = &self.reader.text[..self.told];
        let near = window::phrase_before(text);
        let before = &text[..text.len() - near.len()];
        let end = before_bracket(before).unwrap_or(before.trim_end_matches(window::ends_phrase).len());
        let clause = window::phrase_before(&text[..end]);
        let length = clause.chars().count();
        let plain = (2..=ITEM_MAX).contains(&length) && clause.chars().all(|c| c.is_alphabetic());
        (plain && self.reader.cut(end - clause.len(), end).is_plain()).then(|| clause.to_owned())
    }

    /// What the sentence speaks of: the noun phrase of its first clause.
    pub(crate) fn topic(&self) -> Option<String> {
        let start = self.known.sentence;
        let end = self.told;
        let phrase = window::phrase_after(self.reader.text.get(start..end)?);
        let piece = self.reader.cut(start, start + phrase.len());
        piece.ending().noun.or_else(|| piece.first())
    }
}

/// `phrase` without the 每盏, 每小时 it ends with: a rate is told per that, not of it.
pub(crate) fn without_rate(phrase: &str) -> &str {
    let near = window::back(phrase, "每小时".chars().count());
    near.rfind('每').map_or(phrase, |at| &phrase[..phrase.len() - near.len() + at])
}

/// Length of `text` before the bracket that it ends with, marks behind it aside.
fn before_bracket(text: &str) -> Option<usize> {
    let closed = text.trim_end_matches(['，', '、']).strip_suffix('）')?;
    let near = window::back(closed, BRACKET_MAX);
    Some(closed.len() - near.len() + near.rfind('（')?)
}
