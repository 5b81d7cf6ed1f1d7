//! The date of an article itself: its dateline, or the date it is signed with.
//!
//! In: an article with its mentions. Out: an ISO 8601 day, where the article surely has one of its own.
//!
//! | text                                   | date         | because                              |
//! |----------------------------------------|--------------|--------------------------------------|
//! | `本报5月12日讯 …`, `…5月12日电`        | `2024-05-12` | a dateline opens the article         |
//! | `栗山街道办事处 2024年5月12日` at the end | `2024-05-12` | a line of its own, without a sentence |
//! | `本报讯 5月12日，街道…`                |              | the day of what is told              |

use crate::model::{Article, EntityKind, Mention, Place};

/// Bytes before the date of a dateline.
const DATELINE: usize = 45;
/// Bytes before the date that an article is signed with.
const SIGNATURE: usize = 120;

/// The date that `article`, whose mentions have been found, has of its own.
pub fn own(article: &Article) -> Option<String> {
    let last = article.paragraphs.len().checked_sub(1)?;
    let dates = || article.mentions.iter().filter(|mention| is_day(mention));
    let dateline = dates().find(|mention| mention.place == Place::Paragraph(0) && is_dateline(article, mention));
    let signature =
        || dates().rfind(|mention| mention.place == Place::Paragraph(last) && is_signature(article, mention));
    dateline.or_else(signature).map(|mention| mention.name.clone())
}

/// Whether a mention is of a day: `2024-05-12`.
fn is_day(mention: &Mention) -> bool {
    mention.kind == EntityKind::Date
        && mention.name.len() == 10
        && mention.name.is_ascii()
        && !mention.name.contains('/')
}

fn is_dateline(article: &Article, mention: &Mention) -> bool {
    let text = article.text_at(mention.place);
    let told =
        text.get(..mention.span.start).is_some_and(|before| before.len() <= DATELINE && !before.contains('。'));
    told && text.get(mention.span.end..).is_some_and(|after| after.starts_with(['电', '讯', '電', '訊']))
}

fn is_signature(article: &Article, mention: &Mention) -> bool {
    let text = article.text_at(mention.place);
    let before = text.get(..mention.span.start).unwrap_or_default();
    let sentence = before.contains(['。', '，', '！', '？', '；', '：', '、']);
    text.len() == mention.span.end
        && before.len() <= SIGNATURE
        && !sentence
        && !before.ends_with(['至', '到', '—', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity;
    use crate::model::Text;

    #[test]
    fn datelines_and_signatures() {
        for (paragraphs, date) in [
            (&["本报5月12日讯（记者 马云溪）街道开工。"][..], Some("2024-05-12")),
            (&["栗城2023年5月12日电 街道开工。"], Some("2023-05-12")),
            (&["现予公示。", "栗山街道办事处 2024年5月12日"], Some("2024-05-12")),
            (&["现予公示。", "2024年5月12日"], Some("2024-05-12")),
            (&["本报讯 5月12日，街道开工。"], None),
            (&["街道开工。", "公示期至2024年5月12日"], None),
            (&["街道开工，竣工于2024年5月12日"], None),
            (&[], None),
        ] {
            let paragraphs = paragraphs.iter().map(|text| Text::verbatim(*text, 0)).collect();
            let mut article = Article { paragraphs, ..Article::default() };
            article.mentions = entity::mentions(&article, &entity::Context::dated(Some("2024-11-22".to_owned())));
            assert_eq!(own(&article).as_deref(), date, "{:?}", article.paragraphs.first().map(Text::as_str));
        }
    }
}
