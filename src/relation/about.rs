//! Which unit and which time a figure speaks of. In: the passages of an article. Out: an [`About`] a figure.
//!
//! | text                                        | community of the figure           | because                        |
//! |---------------------------------------------|-----------------------------------|--------------------------------|
//! | `云杉社区新增车位32个`                      | `云杉社区`, sentence              | the last one named before it   |
//! | `32名志愿者来到云杉社区`                    | `云杉社区`, sentence              | the only one of its clause     |
//! | `云杉社区更新了规约。新增车位32个`          | `云杉社区`, paragraph             | the last sentence that names one |
//! | `云杉、青岚两个社区新增车位32个`            | none                              | of which of them is not said   |
//! | `云杉社区先行，全街道新增车位32个`          | none                              | of all, not of that one        |
//!
//! What is not certain is left out: a figure with a wrong unit misleads every table that it is counted in.

use super::passage::{Reading, Readings, Scope};
use crate::lexicon::divisions;
use crate::model::{About, EntityKind, Level, Mention, Metric, Place, Shown, TextSpan};

/// Longest member of a list that stands between two others, in characters.
const MEMBER: usize = 14;
/// Most mentions of one sentence that are looked at, so that a sentence of a megabyte costs no more than another.
const NEAR: usize = 64;

/// What an article and its issue tell of every figure that its own paragraph says no more of.
#[derive(Clone, Debug, Default)]
pub(super) struct Background {
    pub(super) community: Option<String>,
    grid: Option<String>,
    pub(super) division: Option<String>,
    date: Option<String>,
}

impl Background {
    /// Of the article that `readings` are, of the `street` that its issue speaks of and of its `date`.
    pub(super) fn new(readings: &Readings<'_>, street: Option<&str>, date: Option<&str>) -> Self {
        let title = readings.at(Place::Title);
        let only = |kind| {
            let titled = title.and_then(|title| one(title.of_kind(kind, title.whole()).iter().copied()));
            titled.or_else(|| one(readings.of_kind(kind))).map(|mention| mention.name.clone())
        };
        let division = smallest(readings.of_kind(EntityKind::Division)).map(|mention| mention.name.clone());
        Self {
            community: only(EntityKind::Community),
            grid: only(EntityKind::Grid),
            division: division.or_else(|| street.map(str::to_owned)),
            date: date.map(str::to_owned),
        }
    }
}

/// What `metric`, which stands in `reading`, speaks of.
pub(super) fn about(reading: &Reading<'_>, metric: &Metric, background: &Background) -> About {
    let at = metric.span.start;
    let sentence = reading.sentence(at);
    let find = |kind, background: &Option<String>| {
        let found = match in_sentence(reading, kind, sentence, at) {
            Found::One(mention) => Some((mention.name.clone(), Level::Sentence)),
            Found::Many => None,
            Found::None => match before_sentence(reading, kind, sentence) {
                Found::One(mention) => Some((mention.name.clone(), Level::Paragraph)),
                Found::Many => None,
                Found::None => background.clone().map(|name| (name, Level::Article)),
            },
        };
        found.map(|(name, level)| Shown { name, level })
    };
    let mut about = About {
        community: find(EntityKind::Community, &background.community),
        grid: find(EntityKind::Grid, &background.grid),
        division: find(EntityKind::Division, &background.division),
        date: date(reading, sentence, at, background),
    };
    if let Some(scope) = scope(reading, sentence, at) {
        widen(&mut about, scope);
    }
    about
}

/// What a stretch of text names of one kind.
enum Found<'a> {
    None,
    One(&'a Mention),
    Many,
}

/// The mention of `kind` that a figure at `at` of `sentence` speaks of.
fn in_sentence<'a>(reading: &Reading<'a>, kind: EntityKind, sentence: TextSpan, at: usize) -> Found<'a> {
    let clause = reading.clause(at, sentence);
    if reading.of_kind(kind, TextSpan::new(clause.start, at)).is_empty()
        && let Found::One(only) =
            several(reading.of_kind(kind, TextSpan::new(at, clause.end)).iter().copied().take(NEAR))
    {
        return Found::One(only);
    }
    match reading.of_kind(kind, TextSpan::new(sentence.start, at)) {
        [.., other, last] if listed(reading, other, last) => Found::Many,
        [.., last] => Found::One(last),
        [] => several(reading.of_kind(kind, TextSpan::new(at, sentence.end)).iter().copied().take(NEAR)),
    }
}

/// The mention of `kind` in the last sentence of the passage, before `sentence`, that has one.
fn before_sentence<'a>(reading: &Reading<'a>, kind: EntityKind, sentence: TextSpan) -> Found<'a> {
    let Some(last) = reading.of_kind(kind, TextSpan::new(0, sentence.start)).last() else { return Found::None };
    several(reading.of_kind(kind, reading.sentence(last.span.start)).iter().copied().take(NEAR))
}

fn several<'a>(mut mentions: impl Iterator<Item = &'a Mention>) -> Found<'a> {
    match mentions.next() {
        None => Found::None,
        Some(first) if mentions.all(|mention| mention.name == first.name) => Found::One(first),
        Some(_) => Found::Many,
    }
}

fn one<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Option<&'a Mention> {
    match several(mentions) {
        Found::One(mention) => Some(mention),
        _ => None,
    }
}

/// Whether two mentions are members of one list: nothing but a comma or an `and` stands between them.
pub(super) fn listed(reading: &Reading<'_>, one: &Mention, next: &Mention) -> bool {
    let between = reading.between(one, next);
    // `甲社区第一至第四网格和乙社区` and `甲、（一个没认出来的）、乙`: what stands between is a member too.
    let member = between.ends_with(['、', '和', '与', '及', '與']) && between.chars().count() <= MEMBER;
    let parted = between.contains(['，', '。', '；', '：', '（', '）']);
    one.name != next.name
        && !between.is_empty()
        && !parted
        && (member || between.chars().all(|c| "、和与及跟以”“同暨與".contains(c)))
}

/// The smallest of `divisions`, if each of them lies within the next greater one.
fn smallest<'a>(divisions: impl Iterator<Item = &'a Mention>) -> Option<&'a Mention> {
    let mut all: Vec<&Mention> = divisions.collect();
    // Without a code only a name that stands alone is certain.
    let Some(mut codes) = all.iter().map(|mention| mention.code.as_deref()).collect::<Option<Vec<&str>>>() else {
        return one(all.into_iter());
    };
    codes.sort_unstable();
    let chain = codes.windows(2).all(|pair| pair[1].starts_with(pair[0].trim_end_matches("00")));
    all.sort_by_key(|mention| mention.code.as_deref());
    all.pop().filter(|_| chain)
}

/// The day or span of days that a figure at `at` speaks of: the last one named in the paragraph before it.
fn date(reading: &Reading<'_>, sentence: TextSpan, at: usize, background: &Background) -> Option<Shown> {
    let resolved =
        |mention: &&&Mention| mention.name.starts_with(|c: char| c.is_ascii_digit()) && !is_base(reading, mention);
    let near = |mention: &Mention, level| Shown { name: mention.name.clone(), level };
    let before = reading.of_kind(EntityKind::Date, TextSpan::new(0, at)).iter().rev().take(NEAR).find(resolved);
    match before {
        Some(last) if last.span.start >= sentence.start => return Some(near(last, Level::Sentence)),
        _ => {}
    }
    // Behind a figure only what stands in its own clause dates it, or in a bracket right behind.
    let clause = TextSpan::new(at, reading.clause(at, sentence).end);
    let bracket =
        reading.text.get(clause.end..).filter(|rest| rest.starts_with('（')).map(|rest| rest.find('）').unwrap_or(0));
    let after = TextSpan::new(at, (clause.end + bracket.unwrap_or(0)).min(sentence.end));
    let after = reading.of_kind(EntityKind::Date, after).iter().take(NEAR).filter(resolved);
    one(after.copied())
        .map(|mention| near(mention, Level::Sentence))
        .or_else(|| before.map(|mention| near(mention, Level::Paragraph)))
        .or_else(|| background.date.clone().map(|name| Shown { name, level: Level::Article }))
}

/// Whether a date is what a figure is measured against: `比去年同期减少`, `从去年底的51%提升`.
fn is_base(reading: &Reading<'_>, mention: &Mention) -> bool {
    let before = reading.text[..mention.span.start].chars().next_back();
    let behind = reading.text.get(mention.span.end..).unwrap_or("");
    let compared = before.is_some_and(|c| matches!(c, '比' | '较' | '較' | '从' | '從' | '由' | '与' | '和' | '同'));
    compared && !behind.starts_with(['，', '起', '至', '到', '以'])
        || behind.starts_with("同期")
        || before.is_some_and(|c| matches!(c, '比' | '较' | '較'))
}

/// The last word before `at` that says for how wide a unit the sentence speaks, unless a unit is named after it.
fn scope(reading: &Reading<'_>, sentence: TextSpan, at: usize) -> Option<Scope> {
    let last = reading.scopes[..reading.scopes.partition_point(|&(start, _)| start < at)].last();
    let &(start, scope) = last.filter(|&&(start, _)| start >= sentence.start)?;
    let since = |kind| !reading.of_kind(kind, TextSpan::new(start, at)).is_empty();
    let named = since(EntityKind::Community) || since(EntityKind::Grid);
    (!named).then_some(scope)
}

/// Takes from `about` what is smaller than the unit that the sentence speaks of.
fn widen(about: &mut About, scope: Scope) {
    about.grid = None;
    if scope > Scope::Community {
        about.community = None;
    }
    let street = |shown: &Shown| is_street(&shown.name);
    match scope {
        Scope::Community => {}
        Scope::Street => about.division = about.division.take().filter(street),
        Scope::Wide => about.division = about.division.take().filter(|shown| !street(shown)),
        Scope::Country => about.division = None,
    }
}

/// Whether a division is a street or a town, the lowest that has a government.
pub(super) fn is_street(name: &str) -> bool {
    const LEAST: u32 = 100_000_000;
    let listed = divisions::called(name);
    ["街道", "镇", "乡", "苏木"].iter().any(|ending| name.ends_with(ending))
        || !listed.is_empty() && listed.iter().all(|division| division.code >= LEAST)
}
