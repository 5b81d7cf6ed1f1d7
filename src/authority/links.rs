//! The relations that an archive states, between the things that their names name. In: an [`Archive`]. Out: [`Link`]s,
//! each with the articles that state it and the first sentence that does.

use super::{Entity, entities};
use crate::error::Result;
use crate::index::{Archive, schema::row};
use crate::model::EntityKind;
use crate::record::Record;
use crate::table::{Column, Kind, Table};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One thing in relation to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// One of [`crate::model::RelationKind`]'s words.
    pub relation: String,
    /// Of what.
    pub subject: End,
    /// To what.
    pub object: End,
    /// Ids of the articles that state it, in order.
    pub articles: Vec<String>,
    /// The sentence of the first of them. Empty until [`Link::quote`].
    pub sentence: String,
}

/// An end of a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct End {
    /// What it is; null for the words of a border.
    pub kind: Option<String>,
    /// Its name, as `entities` has it.
    pub name: String,
    /// The unit that it lies in.
    pub within: Option<String>,
}

impl Link {
    /// Reads the sentence that states it.
    pub fn quote(&mut self, archive: &Archive) -> Result<()> {
        let Some(id) = self.articles.first() else { return Ok(()) };
        if let Some(&address) = archive.articles_named(id, 1)?.0.first() {
            self.sentence = sentence(&archive.record(address)?, self).unwrap_or_default();
        }
        Ok(())
    }
}

/// The sentence of `record` that states `link`, whose ends it may call by other names.
fn sentence(record: &Record, link: &Link) -> Option<String> {
    let same = |name: &str, end: &End| name == end.name;
    let all = || record.relations.iter().filter(|relation| relation.relation == link.relation);
    let exact = all().find(|one| same(&one.subject, &link.subject) && same(&one.object, &link.object));
    let half = || all().find(|one| same(&one.subject, &link.subject) || same(&one.object, &link.object));
    let relation = exact.or_else(half).or_else(|| all().next())?;
    let sentence = record.slice(relation.paragraph, relation.start, relation.end)?;
    Some(sentence.trim().to_owned())
}

/// The links of `archive`, in order of relation, subject and object.
pub fn links(archive: &Archive) -> Result<Vec<Link>> {
    let mut known = Known::default();
    let mut all: BTreeMap<(String, End, End), BTreeSet<String>> = BTreeMap::new();
    let mut rows = Vec::new();
    archive.each(row::RELATION, &[], ["relation", "kind", "name", "object_kind", "object", "article"], |values| {
        rows.push(values.map(|value| value.map(str::to_owned)));
    })?;
    for values in rows {
        let [Some(relation), kind, Some(name), object_kind, Some(object), Some(article)] = values else { continue };
        let subject = known.end(archive, kind, name, &article)?;
        let object = known.end(archive, object_kind, object, &article)?;
        all.entry((relation, subject, object)).or_default().insert(article);
    }
    let link = |((relation, subject, object), articles): (_, BTreeSet<String>)| Link {
        relation,
        subject,
        object,
        articles: articles.into_iter().collect(),
        sentence: String::new(),
    };
    Ok(all.into_iter().map(link).collect())
}

/// The graph of `links`: a node for each thing, an edge from each subject to its object.
pub fn graph(links: &[Link]) -> (Table, Table) {
    let text = |name, about| Column::new(name, Kind::Text, about);
    let mut nodes = Table::new(
        "nodes",
        vec![
            text("id", "kind, name and the unit that it lies in"),
            text("label", "name"),
            text("kind", "what sort of thing; none for the words of a border"),
            text("within", "the unit that it lies in"),
        ],
    );
    let mut edges = Table::new(
        "edges",
        vec![
            text("source", "of what"),
            text("target", "to what"),
            text("relation", "in, heads, works_in or bounded_by"),
            Column::new("weight", Kind::Integer, "articles that state it"),
            text("article", "id of the first of them"),
        ],
    );
    let id = |end: &End| {
        let parts = [end.kind.as_deref(), end.within.as_deref(), Some(&*end.name)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(":")
    };
    let ends: BTreeSet<&End> = links.iter().flat_map(|link| [&link.subject, &link.object]).collect();
    nodes.rows = ends
        .into_iter()
        .map(|end| vec![id(end).into(), (&end.name).into(), end.kind.clone().into(), end.within.clone().into()])
        .collect();
    edges.rows = links
        .iter()
        .map(|link| {
            let (source, target) = (id(&link.subject).into(), id(&link.object).into());
            let (count, first) = (link.articles.len().into(), link.articles.first().cloned().into());
            vec![source, target, (&link.relation).into(), count, first]
        })
        .collect();
    (nodes, edges)
}

/// The things of the kinds that were asked for, by their names and the articles that mention them.
#[derive(Default)]
struct Known {
    things: HashMap<EntityKind, Vec<Entity>>,
    /// By kind, name and article: place in the list above.
    places: HashMap<(EntityKind, String, String), usize>,
}

impl Known {
    /// The thing that an article calls `name`.
    fn end(&mut self, archive: &Archive, kind: Option<String>, name: String, article: &str) -> Result<End> {
        let Some(known) = kind.as_deref().and_then(EntityKind::of_word) else {
            return Ok(End { kind, name, within: None });
        };
        if !self.things.contains_key(&known) {
            let things = entities(archive, known)?;
            for (place, thing) in things.iter().enumerate() {
                for (name, article) in &thing.named {
                    self.places.insert((known, name.clone(), article.clone()), place);
                }
            }
            self.things.insert(known, things);
        }
        let place = self.places.get(&(known, name.clone(), article.to_owned()));
        let thing = place.and_then(|&place| self.things.get(&known)?.get(place));
        let (name, within) = thing.map_or((name, None), |thing| (thing.name.clone(), thing.within.clone()));
        Ok(End { kind, name, within })
    }
}
