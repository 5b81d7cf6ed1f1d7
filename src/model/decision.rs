//! What an operator has decided on names.

use super::EntityKind;
use std::collections::BTreeMap;

/// What is decided on a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What the name names.
    pub kind: EntityKind,
    /// The name, as mentions have it.
    pub name: String,
    /// The name that it is a variant of; itself for a name of its own; none to forget an earlier decision.
    pub into: Option<String>,
}

/// All decisions of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<(EntityKind, String), String>);

/// What decisions make of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided<'a> {
    /// Nothing is decided.
    Nothing,
    /// It is a variant of this name, which may be itself.
    Into(&'a str),
}

impl Decisions {
    /// Adds a decision; a later one replaces an earlier one.
    pub fn add(&mut self, decision: Decision) {
        let key = (decision.kind, decision.name);
        match decision.into {
            Some(into) => drop(self.0.insert(key, into)),
            None => drop(self.0.remove(&key)),
        }
    }

    /// What `name` is in the end, over any number of decisions.
    pub fn on(&self, kind: EntityKind, name: &str) -> Decided<'_> {
        let next = |name: &str| self.0.get(&(kind, name.to_owned()));
        let Some(mut into) = next(name) else { return Decided::Nothing };
        // Circles are refused where decisions come in; the bound holds whatever an index says.
        for _ in 0..self.0.len() {
            match next(into) {
                Some(further) if further != into => into = further,
                _ => break,
            }
        }
        Decided::Into(into)
    }

    /// A name that decisions lead back to itself over others, if there is one.
    pub fn circle(&self) -> Option<&str> {
        self.0.iter().find_map(|((kind, name), into)| {
            let (mut at, mut steps) = (into, 0);
            while let Some(next) = self.0.get(&(*kind, at.clone())).filter(|next| *next != at) {
                steps += 1;
                if next == name || steps > self.0.len() {
                    return Some(name.as_str());
                }
                at = next;
            }
            None
        })
    }
}
