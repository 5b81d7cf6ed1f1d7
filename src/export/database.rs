//! The archive as one SQLite file. In: articles on their way out. Out: a file of tables that hang together, typed, documented
//! and indexed.
//!
//! ```text
//! issues ─◁ articles ─◁ sentences
//!                    ─◁ mentions
//!                    ─◁ metrics
//!                    ─◁ relations
//! ```
//!
//! Beside them `columns` says what stands in each column, `tables` what a row of each is, `about` which archive it is.

use super::{Export, Issues, Shape, Subject};
use crate::error::Result;
use crate::table::{Column, Database, Kind, Row};
use std::path::Path;

/// Version of the tables and their columns, as SQLite's `user_version`. Raise it when either changes.
pub const VERSION: i32 = 1;

/// What is looked up and joined by. A table's key is an index as well.
const INDEXES: [(&str, &str); 8] = [
    ("articles", "issue_id"),
    ("articles", "year"),
    ("mentions", "kind, thing"),
    ("mentions", "name"),
    ("metrics", "subject, unit"),
    ("metrics", "community"),
    ("relations", "subject"),
    ("relations", "object"),
];

/// Writes the file at `path`; one that exists is replaced only with `force`. `watch` is told how many articles were
/// written each time.
pub fn database(
    export: &Export<'_>,
    chosen: Option<&str>,
    path: &Path,
    force: bool,
    mut watch: impl FnMut(usize) + Send,
) -> anyhow::Result<()> {
    let mut database = Database::create(path, force)?;
    database.run(&format!("PRAGMA user_version={VERSION}"))?;
    let keys = ["PRIMARY KEY(issue_id)"];
    database.table("issues", &Issues::columns(), &keys)?;
    for subject in Subject::ALL {
        let key = format!("PRIMARY KEY({})", subject.key().join(", "));
        let parent = if subject == Subject::Articles {
            "FOREIGN KEY(issue_id) REFERENCES issues(issue_id)"
        } else {
            "FOREIGN KEY(article) REFERENCES articles(article)"
        };
        database.table(subject.as_str(), &subject.columns(Shape::Linked), &[&key, parent])?;
    }
    about(&mut database, export, chosen)?;
    Issues::each(export.archive(), |rows| Ok(database.put("issues", &rows)?))?;
    export.each(
        |articles| Subject::ALL.map(|subject| (subject, subject.rows(Shape::Linked, articles))),
        |tables, articles| {
            watch(articles);
            tables.iter().try_for_each(|(subject, rows)| Ok(database.put(subject.as_str(), rows)?))
        },
    )?;
    for (table, columns) in INDEXES {
        let name = format!("{table}_{}", columns.replace(", ", "_"));
        database.run(&format!("CREATE INDEX {name} ON {table}({columns})"))?;
    }
    database.finish()?;
    Ok(())
}

/// What the file says of itself.
fn about(database: &mut Database, export: &Export<'_>, chosen: Option<&str>) -> Result<()> {
    let text = |name: &'static str, about: &'static str| Column::new(name, Kind::Text, about);
    let tables = [text("name", "name of the table"), text("about", "what one of its rows is")];
    database.table("tables", &tables, &["PRIMARY KEY(name)"])?;
    let mut rows: Vec<Row> = vec![vec!["issues".into(), Issues::ABOUT.into()]];
    rows.extend(Subject::ALL.map(|subject| vec![subject.as_str().into(), subject.about().into()]));
    rows.push(vec!["columns".into(), "one row a column of these tables: its type and what it means".into()]);
    rows.push(vec!["tables".into(), "one row a table".into()]);
    rows.push(vec!["about".into(), "what the file is of".into()]);
    database.put("tables", &rows)?;
    let archive = export.archive();
    let about = [text("key", "what is told"), text("value", "how it is")];
    database.table("about", &about, &["PRIMARY KEY(key)"])?;
    let mut rows: Vec<Row> = vec![
        vec!["archive_version".into(), archive.version()?.into()],
        vec!["program".into(), concat!("jiebao ", env!("CARGO_PKG_VERSION")).into()],
        vec!["articles".into(), export.articles().to_string().into()],
    ];
    rows.extend(chosen.map(|query| vec!["query".into(), query.into()]));
    database.put("about", &rows)
}
