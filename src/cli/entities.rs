//! `jiebao entities`: the things that the archive names, and what an operator decides on their names.

use super::print::{FAINT, Rows, grouped, print_json, stdout};
use super::{Exit, complain};
use crate::authority::{self, Entity, entities};
use crate::error::{Error, Result, printable};
use crate::index::{Archive, Writer};
use crate::model::EntityKind;
use crate::pinyin;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `jiebao entities`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao entities                          the most mentioned things of each kind
  jiebao entities community --limit 100    communities alone, more of them
  jiebao entities grid --name 云杉 --where  those with 云杉 in a name, and the articles that mention them
  jiebao entities --merge names.tsv        take decisions on names into the archive, where later ingests keep them
  jiebao entities --json                   one JSON object, for a program

Variants of one name are one thing: width, spaces and quotes, 第三 and 第3, a residents' committee and its area. Grids and
communities are told apart by the unit they lie in, divisions by their code.

A table of decisions is text with tabs and a first line `kind name into`. A row `community 云杉一居 云杉居民区` makes the
one a variant of the other; a name into itself keeps it apart from its variants; a name into nothing forgets what was
decided."))]
pub(super) struct Args {
    /// Kind of thing: grid, community, division, person, organization, place, date, program; without it, all.
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Option<EntityKind>,
    #[command(flatten)]
    index: super::IndexArg,
    /// Only things that have TEXT in one of their names, or whose name begins so in pinyin: yunshan, ys.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// How many of each kind to list.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// List the articles that mention each.
    #[arg(long = "where")]
    occurrences: bool,
    /// Take the decisions on names in this table into the archive.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "name", "occurrences", "json"])]
    merge: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

fn kind(word: &str) -> std::result::Result<EntityKind, String> {
    let kinds = || EntityKind::ALL.map(EntityKind::as_str).join(", ");
    EntityKind::of_word(word).ok_or_else(|| format!("write one of {}", kinds()))
}

/// The things of one kind that are listed, and how many there are.
#[derive(serde::Serialize)]
struct Listed {
    kind: &'static str,
    total: usize,
    entities: Vec<Entity>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    if let Some(file) = &args.merge {
        return merge(&args.index.index, file);
    }
    let archive = Archive::open(&args.index.index)?;
    let kinds = args.kind.map_or_else(|| EntityKind::ALL.to_vec(), |kind| vec![kind]);
    let listed = kinds.into_iter().map(|kind| list(&archive, kind, args)).collect::<Result<Vec<_>>>()?;
    if args.json {
        print_json(&serde_json::json!({ "kinds": listed }))?;
    } else {
        print(&listed, args.occurrences)?;
    }
    if listed.iter().all(|listed| listed.total == 0) {
        complain("the archive names nothing of the sort; try another kind or a shorter --name");
        return Ok(Exit::Partly);
    }
    for listed in listed.iter().filter(|listed| listed.entities.len() < listed.total) {
        complain(&format!(
            "{} of {} {} listed; see more with --limit",
            listed.entities.len(),
            listed.total,
            listed.kind
        ));
    }
    Ok(Exit::Done)
}

fn list(archive: &Archive, kind: EntityKind, args: &Args) -> Result<Listed> {
    let mut all = entities(archive, kind)?;
    if let Some(text) = &args.name {
        let letters = text.to_ascii_lowercase();
        all.retain(|entity| {
            let spelled = || letters.len() >= 2 && pinyin::spells(&letters, &entity.name);
            entity.name.contains(text) || entity.variants.iter().any(|one| one.text.contains(text)) || spelled()
        });
    }
    let total = all.len();
    all.truncate(args.limit);
    if !args.occurrences {
        all.iter_mut().for_each(|entity| entity.occurrences.clear());
    }
    Ok(Listed { kind: kind.as_str(), total, entities: all })
}

fn print(listed: &[Listed], occurrences: bool) -> anyhow::Result<()> {
    let mut out = stdout();
    let listed = listed.iter().filter(|listed| !listed.entities.is_empty());
    for (at, listed) in listed.enumerate() {
        write!(out, "{}", if at > 0 { "\n" } else { "" })?;
        if occurrences {
            listed.entities.iter().try_for_each(|entity| located(&mut out, entity))?;
        } else {
            write!(out, "{}", table(listed))?;
        }
    }
    Ok(out.flush()?)
}

fn table(listed: &Listed) -> Rows {
    let header = format!("{} ({})", listed.kind, grouped(listed.total as u64));
    // A column that says nothing of this kind is left out.
    let placed = listed.entities.iter().any(|entity| entity.within.is_some());
    let coded = listed.entities.iter().any(|entity| entity.code.is_some());
    let units = [("within", placed), ("code", coded)].into_iter().filter(|&(_, shown)| shown).map(|(name, _)| name);
    let words: Vec<&str> = [header.as_str()].into_iter().chain(units).chain(["also written", "dates"]).collect();
    let numbers = words.len();
    let mut rows = Rows::new(words.into_iter().chain(["mentions", "articles", "issues"]), numbers);
    for entity in &listed.entities {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let units = [(&entity.within, placed), (&entity.code, coded)].into_iter().filter(|&(_, shown)| shown);
        let units = units.map(|(unit, _)| or_dash(unit));
        let counts = [entity.mentions, entity.articles as u64, entity.issues as u64].map(grouped);
        rows.push([entity.name.clone()].into_iter().chain(units).chain([also(entity), dates(entity)]).chain(counts));
    }
    rows
}

/// Variants that fit into a table.
fn also(entity: &Entity) -> String {
    const SHOWN: usize = 3;
    let others = || entity.variants.iter().map(|variant| variant.text.as_str()).filter(|text| *text != entity.name);
    let mut shown = others().take(SHOWN).collect::<Vec<_>>().join("、");
    if others().count() > SHOWN {
        shown += " …";
    }
    if shown.is_empty() { "–".to_owned() } else { shown }
}

fn dates(entity: &Entity) -> String {
    match &entity.dates {
        Some([first, last]) if first == last => first.clone(),
        Some([first, last]) => format!("{first} – {last}"),
        None => "–".to_owned(),
    }
}

fn located(out: &mut impl Write, entity: &Entity) -> std::io::Result<()> {
    let within = entity.within.as_ref().map_or_else(String::new, |within| format!("（{within}）"));
    let variants = entity.variants.iter().map(|one| format!("{}×{}", one.text, one.mentions)).collect::<Vec<_>>();
    writeln!(
        out,
        "{}{}  {FAINT}{}{FAINT:#}",
        printable(&entity.name),
        printable(&within),
        printable(&variants.join("、"))
    )?;
    for at in &entity.occurrences {
        let date = at.date.as_deref().unwrap_or("no date");
        writeln!(out, "  {} · {date} · {} ×{}", printable(&at.issue), printable(&at.article), at.mentions)?;
    }
    Ok(())
}

/// Takes the decisions in `file` into the archive in `folder`.
fn merge(folder: &Path, file: &Path) -> anyhow::Result<Exit> {
    let archive = Archive::open(folder)?;
    let bytes = fs::read(file).map_err(|cause| Error::io(file, "cannot read the decisions", cause))?;
    let text = String::from_utf8(bytes);
    let text =
        text.map_err(|_| Error::refused(file, "is not UTF-8; save it as UTF-8, its columns parted by tabs"))?;
    let decisions = authority::parse(file, &text, &archive.decisions()?)?;
    let (mut writer, _) = Writer::open(folder)?;
    for decision in &decisions {
        writer.decide(decision)?;
    }
    writer.commit()?;
    let taken = if decisions.len() == 1 { "1 decision".to_owned() } else { format!("{} decisions", decisions.len()) };
    complain(&format!("{taken} taken; `jiebao entities` shows the names as decided"));
    let mut named: BTreeMap<EntityKind, BTreeSet<String>> = BTreeMap::new();
    for decision in &decisions {
        let kind = decision.kind;
        if let Entry::Vacant(unread) = named.entry(kind) {
            let names = entities(&archive, kind)?.into_iter();
            let all = names.flat_map(|entity| entity.variants.into_iter().map(|one| one.text).chain([entity.name]));
            unread.insert(all.collect());
        }
        for name in [Some(&decision.name), decision.into.as_ref()].into_iter().flatten() {
            if !named[&kind].contains(name) {
                let kind = kind.as_str();
                complain(&format!("no {kind} is called {} yet; is it spelled so?", printable(name)));
            }
        }
    }
    Ok(Exit::Done)
}
