//! What an operator has decided on names. In: a table of tabs. Out: [`Decision`]s, or what is wrong in which line.
//!
//! ```text
//! kind       name        into
//! community  云杉一居    云杉居民区      云杉一居 is a variant of 云杉居民区
//! community  云杉社区    云杉社区        云杉社区 is a name of its own, whatever its spelling
//! community  云杉二居                    forget what was decided on 云杉二居
//! ```

use crate::error::{Error, Result};
use crate::model::{Decision, Decisions, EntityKind};
use std::collections::BTreeMap;
use std::path::Path;

/// The names of the columns, in the first line.
const HEADER: [&str; 3] = ["kind", "name", "into"];

/// The decisions in `text`, the content of the file `path`, that go with the `earlier` ones.
pub fn parse(path: &Path, text: &str, earlier: &Decisions) -> Result<Vec<Decision>> {
    let wrong = |line: usize, what: String| Error::refused(path, format!("line {line}: {what}"));
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let columns = |line: &str| line.split('\t').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    match lines.next() {
        Some((_, line)) if columns(line) == HEADER => {}
        first => {
            let line = first.map_or(1, |(line, _)| line);
            return Err(wrong(line, format!("the first line must read {}, parted by tabs", HEADER.join(", "))));
        }
    }
    let mut decisions: Vec<Decision> = Vec::new();
    let mut lines_of: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    let mut all = earlier.clone();
    for (number, line) in lines {
        let cells = columns(line);
        let [kind, name, into] = match cells.as_slice() {
            [kind, name] => [kind, name, ""].map(str::to_owned),
            [kind, name, into] => [kind, name, into].map(String::to_owned),
            cells => return Err(wrong(number, format!("has {} columns, parted by tabs, not 3", cells.len()))),
        };
        let known = EntityKind::of_word(&kind);
        let kinds = || EntityKind::ALL.map(EntityKind::as_str).join(", ");
        let kind = known.ok_or_else(|| wrong(number, format!("{kind} is no kind; write one of {}", kinds())))?;
        if name.is_empty() {
            return Err(wrong(number, "has no name".to_owned()));
        }
        if let Some(before) = lines_of.insert((kind, name.clone()), number) {
            return Err(wrong(number, format!("{name} was decided on in line {before}; keep one of the two")));
        }
        let decision = Decision { kind, name, into: Some(into).filter(|into| !into.is_empty()) };
        all.add(decision.clone());
        if let Some(name) = all.circle() {
            return Err(wrong(
                number,
                format!(
                    "closes a circle: {name} becomes itself over other names; decide on one name for all of them"
                ),
            ));
        }
        decisions.push(decision);
    }
    Ok(decisions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decided;
    use crate::model::EntityKind::Community;

    fn read(text: &str) -> std::result::Result<Decisions, String> {
        let decisions =
            parse(Path::new("names.tsv"), text, &Decisions::default()).map_err(|error| error.to_string())?;
        let mut all = Decisions::default();
        decisions.into_iter().for_each(|decision| all.add(decision));
        Ok(all)
    }

    #[test]
    fn leads_from_name_to_name() {
        let all = read("kind\tname\tinto\n# why\ncommunity\t云杉一居\t云杉居委\ncommunity\t云杉居委\t云杉居民区\n")
            .expect("a table");
        assert_eq!(all.on(Community, "云杉一居"), Decided::Into("云杉居民区"));
        assert_eq!(all.on(EntityKind::Grid, "云杉一居"), Decided::Nothing);
        let own = read("\u{FEFF}kind\tname\tinto\r\ncommunity\t云杉社区\t云杉社区\r\n").expect("a table");
        assert_eq!(own.on(Community, "云杉社区"), Decided::Into("云杉社区"));
    }

    #[test]
    fn forgets() {
        let mut all = read("kind\tname\tinto\ncommunity\t云杉一居\t云杉居民区\n").expect("a table");
        let later = parse(Path::new("names.tsv"), "kind\tname\tinto\ncommunity\t云杉一居\n", &all).expect("a table");
        later.into_iter().for_each(|decision| all.add(decision));
        assert_eq!(all, Decisions::default());
    }

    #[test]
    fn says_which_line_is_wrong() {
        let wrong = |text: &str| read(text).expect_err("it is wrong");
        let head = "kind\tname\tinto\n";
        insta::assert_snapshot!(wrong(""), @"names.tsv: line 1: the first line must read kind, name, into, parted by tabs");
        insta::assert_snapshot!(wrong("kind,name,into\n"), @"names.tsv: line 1: the first line must read kind, name, into, parted by tabs");
        insta::assert_snapshot!(wrong(&format!("{head}community\n")), @"names.tsv: line 2: has 1 columns, parted by tabs, not 3");
        insta::assert_snapshot!(wrong(&format!("{head}\nvillage\t甲村\t乙村\n")), @"names.tsv: line 3: village is no kind; write one of grid, community, division, person, organization, place, date, program");
        insta::assert_snapshot!(wrong(&format!("{head}grid\t\t乙\n")), @"names.tsv: line 2: has no name");
        insta::assert_snapshot!(wrong(&format!("{head}grid\t甲\t乙\ngrid\t甲\t丙\n")), @"names.tsv: line 3: 甲 was decided on in line 2; keep one of the two");
        insta::assert_snapshot!(wrong(&format!("{head}grid\t甲\t乙\ngrid\t乙\t丙\ngrid\t丙\t甲\n")), @"names.tsv: line 4: closes a circle: 丙 becomes itself over other names; decide on one name for all of them");
    }
}
