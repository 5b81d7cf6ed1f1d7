//! A passage with its sentences and what is named in them. In: an article whose mentions are found. Out: one
//! [`Reading`] a passage, in which the nearest name of a kind is found without walking the passage.

use crate::lexicon::chars::{ends_sentence, sentences};
use crate::model::{Article, EntityKind, Mention, Passage, Place, TextSpan};
use std::collections::BTreeMap;

/// A passage, cut into sentences, with its mentions.
pub(super) struct Reading<'a> {
    pub(super) place: Place,
    pub(super) text: &'a str,
    /// They adjoin and cover the text.
    pub(super) sentences: Vec<TextSpan>,
    /// By kind, in reading order.
    mentions: BTreeMap<EntityKind, Vec<&'a Mention>>,
    /// Words that say for how wide a unit a sentence speaks, in order.
    pub(super) scopes: Vec<(usize, Scope)>,
}

/// For how wide a unit a figure is given, where the sentence says so instead of naming the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// 全社区, 全村.
    Community,
    /// 全街道, 全镇.
    Street,
    /// 全区, 全市, 全省.
    Wide,
    /// 全国.
    Country,
}

/// Most characters on either side of a figure that its clause is looked for in.
const CLAUSE: usize = 80;

/// The words, and how wide a unit they speak of.
const SCOPES: [(&str, Scope); 22] = [
    ("全社区", Scope::Community),
    ("全居", Scope::Community),
    ("全村", Scope::Community),
    ("全小区", Scope::Community),
    ("全屯", Scope::Community),
    ("全嘎查", Scope::Community),
    ("各社区", Scope::Street),
    ("各村", Scope::Street),
    ("各居民区", Scope::Street),
    ("各居委", Scope::Street),
    ("全街道", Scope::Street),
    ("全街", Scope::Street),
    ("全镇", Scope::Street),
    ("全乡", Scope::Street),
    ("全苏木", Scope::Street),
    ("全区", Scope::Wide),
    ("全县", Scope::Wide),
    ("全旗", Scope::Wide),
    ("全市", Scope::Wide),
    ("全州", Scope::Wide),
    ("全省", Scope::Wide),
    ("全国", Scope::Country),
];

/// Whether a mention is of a body that says where it is from, and not where it works: a company, a hospital, a school.
fn is_private(mention: &Mention) -> bool {
    const ENDS: [&str; 14] = [
        "公司",
        "医院",
        "馆",
        "学院",
        "大学",
        "学校",
        "中学",
        "银行",
        "集团",
        "厂",
        "出版社",
        "事务所",
        "基金会",
        "协会",
    ];
    mention.kind == EntityKind::Organization && ENDS.iter().any(|end| mention.name.ends_with(end))
}

/// Whether a division stands in the name of one of `bodies`, which are in reading order.
fn is_of_body(mention: &Mention, bodies: &[&Mention]) -> bool {
    let next = bodies.partition_point(|body| (body.place, body.span.end) < (mention.place, mention.span.end));
    let inside = |body: &&Mention| body.place == mention.place && body.span.contains(mention.span);
    mention.kind == EntityKind::Division && bodies.get(next).is_some_and(inside)
}

/// The passages of an article.
pub(super) struct Readings<'a> {
    all: Vec<Reading<'a>>,
    titled: bool,
}

impl<'a> Readings<'a> {
    /// The passages of `article`, in reading order.
    pub(super) fn new(article: &'a Article) -> Self {
        let all = article.passages().map(Reading::new).collect();
        let mut readings = Self { all, titled: article.title.is_some() };
        let bodies: Vec<&Mention> = article.mentions.iter().filter(|mention| is_private(mention)).collect();
        for mention in article.mentions.iter().filter(|mention| !is_of_body(mention, &bodies)) {
            if let Some(index) = readings.index(mention.place)
                && let Some(reading) = readings.all.get_mut(index)
            {
                reading.mentions.entry(mention.kind).or_default().push(mention);
            }
        }
        for mentions in readings.all.iter_mut().flat_map(|reading| reading.mentions.values_mut()) {
            mentions.sort_by_key(|mention| mention.span);
        }
        readings
    }

    fn index(&self, place: Place) -> Option<usize> {
        match place {
            Place::Title => self.titled.then_some(0),
            Place::Paragraph(at) => Some(at + usize::from(self.titled)),
        }
    }

    /// The passage at `place`.
    pub(super) fn at(&self, place: Place) -> Option<&Reading<'a>> {
        self.all.get(self.index(place)?)
    }

    /// All of them, in reading order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Reading<'a>> {
        self.all.iter()
    }

    /// All mentions of one kind, in reading order.
    pub(super) fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &'a Mention> {
        self.iter().flat_map(move |reading| reading.of_kind(kind, reading.whole())).copied()
    }
}

impl<'a> Reading<'a> {
    fn new(passage: Passage<'a>) -> Self {
        let Passage { place, text } = passage;
        let scopes = text.match_indices(['全', '各']).filter_map(|(at, _)| {
            SCOPES.iter().find(|(word, _)| text[at..].starts_with(word)).map(|&(_, scope)| (at, scope))
        });
        Self {
            place,
            text,
            sentences: sentences(text, ends_sentence),
            mentions: BTreeMap::new(),
            scopes: scopes.collect(),
        }
    }

    /// All of the passage.
    pub(super) fn whole(&self) -> TextSpan {
        TextSpan::new(0, self.text.len())
    }

    /// The sentence that `at` stands in.
    pub(super) fn sentence(&self, at: usize) -> TextSpan {
        let index = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(index).copied().unwrap_or(self.whole())
    }

    /// The clause of `sentence` that `at` stands in. Of a clause of more than a line only what is near is looked at.
    pub(super) fn clause(&self, at: usize, sentence: TextSpan) -> TextSpan {
        let parts = ['，', '；', '：', '（', '）'];
        let start =
            self.text[sentence.start..at].char_indices().rev().take(CLAUSE).find(|&(_, c)| parts.contains(&c));
        let end = self.text[at..sentence.end].char_indices().take(CLAUSE).find(|&(_, c)| parts.contains(&c));
        let start = start.map_or(sentence.start, |(index, c)| sentence.start + index + c.len_utf8());
        TextSpan::new(start, end.map_or(sentence.end, |(index, _)| at + index))
    }

    /// The mentions of one kind that start within `span`, in reading order.
    pub(super) fn of_kind(&self, kind: EntityKind, span: TextSpan) -> &[&'a Mention] {
        let Some(all) = self.mentions.get(&kind) else { return &[] };
        let from = all.partition_point(|mention| mention.span.start < span.start);
        let length = all[from..].partition_point(|mention| mention.span.start < span.end);
        &all[from..from + length]
    }

    /// What stands between two mentions; nothing where they overlap.
    pub(super) fn between(&self, one: &Mention, next: &Mention) -> &'a str {
        self.text.get(one.span.end..next.span.start).unwrap_or("")
    }
}
