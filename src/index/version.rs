//! Which archive it is. In: an [`Archive`]. Out: a digest of what it holds, by which a citation or a table can name it.

use super::Archive;
use super::schema::row;
use crate::error::Result;
use sha2::{Digest, Sha256};
use tantivy::collector::Count;

/// Bytes of the digest that are kept: enough that no two archives share it by chance.
const BYTES: usize = 8;

impl Archive {
    /// Sixteen hex digits that follow from the files that the archive holds, under which paths, what was found in them, by
    /// which version of the program, and what operators decided on names; not from how its rows lie.
    pub fn version(&self) -> Result<String> {
        let mut lines = Vec::new();
        // An issue's id follows from its file's stem and content.
        self.each(row::ISSUE, &[], ["issue_id", "path", "version"], |values| lines.push(line("issue", &values)))?;
        self.each(row::DECISION, &[], ["kind", "name", "object"], |values| lines.push(line("decision", &values)))?;
        lines.sort_unstable();
        let stamp = self.stamp();
        lines.push(line("program", &[Some(&stamp.jiebao), Some(&stamp.schema.to_string())]));
        // What is found in a file depends on the user's own names as well.
        for sort in [row::ARTICLE, row::MENTION, row::METRIC, row::RELATION] {
            let count = self.read(|| self.searcher().search(&*self.rows(sort), &Count))?;
            lines.push(line(sort, &[Some(&count.to_string())]));
        }
        let digest = lines.iter().fold(Sha256::new(), |digest, line| digest.chain_update(line)).finalize();
        Ok(digest.iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Values as a line that no other values give: none of them holds a control character that parts or ends it unescaped.
fn line(sort: &str, values: &[Option<&str>]) -> String {
    let values: Vec<String> =
        values.iter().map(|value| value.unwrap_or_default().escape_debug().to_string()).collect();
    format!("{sort}\t{}\n", values.join("\t"))
}
