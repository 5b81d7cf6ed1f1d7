//! Traditional script: rules and tables are in simplified characters, so they read a simplified view of an article.
//!
//! In: an article. Out: the same in simplified characters if it has traditional ones, and the way back for the names
//! that were found in it.
//!
//! | text             | view             | name in the record |
//! |------------------|------------------|--------------------|
//! | `網格員馬雲溪説` | `网格员马云溪说` | `馬雲溪`           |
//! | `雲杉、青嵐社區` | `云杉、青岚社区` | `雲杉社區`         |
//!
//! The pairs of the table have one length in UTF-8, so places in the view are places in the text. Most articles have no
//! traditional character; they cost one look at each character.

use crate::lexicon::script::simplified;
use crate::model::{Article, Heading, Mention, Text};
use rustc_hash::FxHashMap;

/// A character that both scripts have, simplified where the text is traditional.
const SHARED: (char, char) = ('於', '于');

/// An article in simplified characters.
pub(super) struct View {
    pub(super) article: Article,
    /// The traditional character of the article for each simplified one that stands for it.
    back: FxHashMap<char, char>,
}

/// The simplified view of an article that has traditional characters.
pub(super) fn view(article: &Article) -> Option<View> {
    let has = |text: &Text| text.as_str().chars().any(|c| simplified(c).is_some());
    let lines = [&article.title, &article.kicker, &article.subtitle].into_iter().flatten();
    if !lines.chain(article.headings.iter().map(|heading| &heading.text)).chain(&article.paragraphs).any(has) {
        return None;
    }
    let mut back = FxHashMap::default();
    let mut simple = |text: &Text| {
        let chars = text.as_str().chars().map(|c| match simplified(c) {
            Some(simplified) => {
                back.entry(simplified).or_insert(c);
                simplified
            }
            None if c == SHARED.0 => SHARED.1,
            None => c,
        });
        Text::verbatim(chars.collect::<String>(), 0)
    };
    let article = Article {
        title: article.title.as_ref().map(&mut simple),
        kicker: article.kicker.as_ref().map(&mut simple),
        subtitle: article.subtitle.as_ref().map(&mut simple),
        headings: article
            .headings
            .iter()
            .map(|heading| Heading { text: simple(&heading.text), before: heading.before })
            .collect(),
        paragraphs: article.paragraphs.iter().map(&mut simple).collect(),
        ..Article::default()
    };
    Some(View { article, back })
}

impl View {
    /// Gives `mentions`, which were found in the view, the characters of `original`.
    pub(super) fn restore(&self, original: &Article, mentions: &mut [Mention]) {
        let back = |text: &str| text.chars().map(|c| self.back.get(&c).copied().unwrap_or(c)).collect::<String>();
        for mention in mentions {
            let slice = |article| Article::text_at(article, mention.place).get(mention.span.start..mention.span.end);
            let own = slice(original).filter(|_| slice(&self.article) == Some(&*mention.name));
            mention.name = own.map_or_else(|| back(&mention.name), str::to_owned);
            mention.role = mention.role.as_deref().map(back);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::entity::{Context, mentions};
    use crate::model::{Article, Text};

    fn found(text: &str) -> String {
        let article = Article { paragraphs: vec![Text::verbatim(text, 0)], ..Article::default() };
        let mentions = mentions(&article, &Context::dated(Some("2024-11-22".to_owned())));
        let shown = |mention: &crate::model::Mention| {
            let role = mention.role.as_deref().map_or(String::new(), |role| format!("/{role}"));
            format!("{}:{}{role}", mention.kind.as_str(), mention.name)
        };
        mentions.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn traditional_names_are_found_and_stay_traditional() {
        for (text, names) in [
            ("網格員馬雲溪帶著師傅", "person:馬雲溪/網格員"),
            ("雲杉、青嵐兩個居民區", "community:雲杉居民區 community:青嵐居民區"),
            ("會同雲杉熱力有限公司改造", "organization:雲杉熱力有限公司"),
            ("位於青嵐東路908號", "place:青嵐東路908號"),
            ("推出「睦鄰課堂」", "program:睦鄰課堂"),
            ("去年10月18日驗收", "date:2023-10-18"),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }
}
