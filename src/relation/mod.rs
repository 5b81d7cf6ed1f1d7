//! What stands in relation to what.
//!
//! In: the articles of an issue, with their mentions and metrics. Out: for each figure what it is about, and for
//! each article the [`Relation`]s that its sentences state.
//!
//! | text                                     | relation                                             |
//! |------------------------------------------|------------------------------------------------------|
//! | `栗山街道云杉社区`                       | the community lies in the division                   |
//! | `第三网格覆盖云杉、青岚两个小区`         | both communities lie in the grid                     |
//! | `云杉社区第三网格网格长方禾`             | the person heads the grid                            |
//! | `明远物业进驻青岚小区`                   | the body works in the community                      |
//! | `第三网格东至云栖路、西至河堤、北至铁路` | the grid has these borders                           |
//!
//! `passage` cuts sentences, `about` reads figures; `within`, `head`, `work` and `border` read a relation each; `home` says
//! where each grid and community lies.

mod about;
mod border;
mod head;
mod home;
mod passage;
mod within;
mod work;

use crate::model::{Article, EntityKind, Relation, Thing};
use about::Background;
use home::Homes;
use passage::Readings;
use std::collections::{BTreeSet, HashSet};

/// Says of each figure of `articles`, which are those of an issue of `date`, what it is about, of each grid and
/// community where it lies, and of each article what relations it states.
pub fn relate(articles: &mut [Article], date: Option<&str>) {
    let street = street(articles);
    let backgrounds: Vec<Background> =
        articles.iter_mut().map(|article| relate_article(article, street.as_deref(), date)).collect();
    let issue = Homes::new(articles.iter().flat_map(|article| &article.relations));
    for (article, background) in articles.iter_mut().zip(&backgrounds) {
        let own = Homes::new(&article.relations);
        for mention in &mut article.mentions {
            mention.within = home::home(mention, &own, &issue, background);
        }
    }
}

fn relate_article(article: &mut Article, street: Option<&str>, date: Option<&str>) -> Background {
    let readings = Readings::new(article);
    let date = article.date.as_deref().or(date);
    let background = Background::new(&readings, street, date);
    let abouts: Vec<_> = (article.metrics.iter())
        .map(|metric| {
            let reading = readings.at(metric.place);
            reading.map(|reading| about::about(reading, metric, &background)).unwrap_or_default()
        })
        .collect();
    let relations = relations(&readings);
    for (metric, about) in article.metrics.iter_mut().zip(abouts) {
        metric.about = about;
    }
    article.relations = relations;
    background
}

/// The street or town that an issue speaks of: the only one that it names.
fn street(articles: &[Article]) -> Option<String> {
    let mentions = articles.iter().flat_map(|article| &article.mentions);
    let divisions = mentions.filter(|mention| mention.kind == EntityKind::Division);
    let streets: BTreeSet<&str> =
        divisions.map(|mention| mention.name.as_str()).filter(|name| about::is_street(name)).collect();
    if streets.len() == 1 { streets.first().map(|&name| name.to_owned()) } else { None }
}

/// The relations that an article states, each once, where it is first said.
fn relations(readings: &Readings<'_>) -> Vec<Relation> {
    let mut relations = Vec::new();
    for reading in readings.iter() {
        within::find(reading, &mut relations);
        head::find(reading, &mut relations);
        work::find(reading, &mut relations);
        border::find(reading, &mut relations);
    }
    relations.sort_by_key(|relation| (relation.place, relation.span.start));
    let mut said: HashSet<(_, Thing, Thing)> = HashSet::new();
    relations.retain(|relation| said.insert((relation.kind, relation.subject.clone(), relation.object.clone())));
    relations
}

#[cfg(test)]
mod tests;
