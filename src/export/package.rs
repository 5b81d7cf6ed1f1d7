//! A folder of tables that says what it is. In: articles on their way out, and a format. Out: a folder with a file a table,
//! `datapackage.json` (Frictionless Data Package, version 1), `codebook.md` and `README.md`.
//!
//! Nothing in it tells when or where it was written: the same archive gives the same bytes.

use super::codebook::{codebook, readme};
use super::{Export, Issues, Reading, Shape, Subject, Words};
use crate::error::{Error, Result};
use crate::eval::{Gold, Predictions, Report, score};
use crate::record::Record;
use crate::table::{Column, Format, Kind, NewFile, NewFolder, Ready, Sink};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// The file by which a folder is known as one of ours.
const DESCRIPTION: &str = "datapackage.json";

/// The field in it by which it is.
const MARK: &str = "jiebao";

/// What a package is to be.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The format of its tables; not [`Format::Json`] and not [`Format::Sqlite`].
    pub format: Format,
    /// The query by which its articles were chosen.
    pub query: Option<&'a str>,
    /// Gold that the archive's records are scored against; may be empty.
    pub golds: &'a [Gold],
}

/// A table of the package, as its description tells it.
pub(super) struct Resource {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) parent: Option<(&'static str, &'static str)>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
    file: String,
    bytes: u64,
    sha256: String,
}

/// What a package says of itself, besides its tables.
pub(super) struct About<'a> {
    pub(super) version: String,
    pub(super) plan: Plan<'a>,
    pub(super) articles: usize,
    /// How often each unit stands with a figure, and each kind of name is mentioned.
    pub(super) units: BTreeMap<String, u64>,
    pub(super) kinds: BTreeMap<String, u64>,
    pub(super) accuracy: Option<Report>,
}

/// A table that is being written.
struct Open {
    resource: Resource,
    sink: Sink,
}

/// What a batch gives to the package.
struct Batch {
    tables: Vec<(u64, Ready)>,
    words: Words,
    units: BTreeMap<String, u64>,
    kinds: BTreeMap<String, u64>,
    scored: Vec<Record>,
}

/// Writes the package at `path`; a package of ours that exists is replaced with `force`. `watch` is told how many articles
/// were written each time. Returns how many cells had to be cut because the format has no room for them.
pub fn package(
    export: &Export<'_>,
    plan: Plan<'_>,
    path: &Path,
    force: bool,
    mut watch: impl FnMut(usize) + Send,
) -> anyhow::Result<u64> {
    let folder = NewFolder::create(path, force, is_ours)?;
    let origin = [("archive", export.archive().version()?)];
    let open = |resource: Resource| -> Result<Open> {
        let path = folder.draft().join(&resource.file);
        let sink = Sink::create(&path, false, plan.format, resource.name, &resource.columns, &origin)?;
        Ok(Open { resource, sink })
    };
    let mut issues =
        open(Resource::new(Issues::NAME, Issues::ABOUT, Issues::columns(), plan.format).keyed(&["issue_id"]))?;
    let mut tables = Subject::ALL.into_iter().map(|subject| open(Resource::of(subject, plan.format)));
    let mut tables = tables.by_ref().collect::<Result<Vec<Open>>>()?;
    let mut words = open(Resource::new(Words::NAME, Words::ABOUT, Words::columns(), plan.format).keyed(&["word"]))?;
    Issues::each(export.archive(), |rows| {
        issues.put(rows.len() as u64, plan.format.ready(&issues.resource.columns, rows))
    })?;
    let mut about = About {
        version: export.archive().version()?,
        plan,
        articles: export.articles(),
        units: BTreeMap::new(),
        kinds: BTreeMap::new(),
        accuracy: None,
    };
    let (mut counted, mut predictions) = (Words::default(), Predictions::default());
    let columns: Vec<Vec<Column>> = tables.iter().map(|table| table.resource.columns.clone()).collect();
    export.each(
        |articles| Batch::of(articles, plan, &columns),
        |batch, articles| {
            watch(articles);
            counted.extend(batch.words);
            add(&mut about.units, batch.units);
            add(&mut about.kinds, batch.kinds);
            batch.scored.iter().try_for_each(|record| predictions.add(record, &record.id))?;
            tables.iter_mut().zip(batch.tables).try_for_each(|(table, (rows, ready))| table.put(rows, ready))
        },
    )?;
    let rows = counted.rows();
    words.put(rows.len() as u64, plan.format.ready(&words.resource.columns, rows))?;
    if !plan.golds.is_empty() {
        about.accuracy = Some(score(plan.golds, &predictions)?);
    }
    let (mut resources, mut cut) = (Vec::new(), 0);
    for table in std::iter::once(issues).chain(tables).chain([words]) {
        cut += table.sink.finish()?;
        resources.push(table.resource.measured(folder.draft())?);
    }
    write(folder.draft(), DESCRIPTION, &(serde_json::to_string_pretty(&description(&about, &resources))? + "\n"))?;
    write(folder.draft(), "codebook.md", &codebook(&about, &resources)?)?;
    write(folder.draft(), "README.md", &readme(&about, &resources))?;
    folder.keep()?;
    Ok(cut)
}

/// Whether the folder at `path` is a package of ours.
fn is_ours(path: &Path) -> bool {
    let description = std::fs::read(path.join(DESCRIPTION)).ok();
    let json = description.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    json.is_some_and(|json| json.get(MARK).is_some())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let mut file = NewFile::create(&folder.join(name), false)?;
    file.write_all(text.as_bytes()).map_err(|cause| file.failed(cause))?;
    file.keep()
}

fn add(all: &mut BTreeMap<String, u64>, more: BTreeMap<String, u64>) {
    more.into_iter().for_each(|(word, count)| *all.entry(word).or_default() += count);
}

impl Batch {
    fn of(articles: &[Reading<'_>], plan: Plan<'_>, columns: &[Vec<Column>]) -> Self {
        let table = |(subject, columns): (Subject, &Vec<Column>)| {
            let (rows, ready) = subject.batch(Shape::Flat, articles, plan.format, columns);
            (rows as u64, ready)
        };
        let (mut units, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for record in articles.iter().map(|article| &article.record) {
            for unit in record.metrics.iter().filter_map(|metric| metric.unit.as_ref()) {
                *units.entry(unit.clone()).or_default() += 1;
            }
            for mention in &record.mentions {
                *kinds.entry(mention.kind.clone()).or_default() += 1;
            }
        }
        let is_gold = |record: &&Record| plan.golds.iter().any(|gold| gold.names.contains(&record.issue));
        Self {
            tables: Subject::ALL.into_iter().zip(columns).map(table).collect(),
            words: Words::of(articles),
            units,
            kinds,
            scored: articles.iter().map(|article| &article.record).filter(is_gold).cloned().collect(),
        }
    }
}

impl Open {
    fn put(&mut self, rows: u64, ready: Ready) -> anyhow::Result<()> {
        self.resource.rows += rows;
        Ok(self.sink.put(ready)?)
    }
}

impl Resource {
    fn new(name: &'static str, about: &'static str, columns: Vec<Column>, format: Format) -> Self {
        let file = format!("{name}.{}", format.as_str());
        Self { name, about, key: &[], parent: None, columns, rows: 0, file, bytes: 0, sha256: String::new() }
    }

    fn of(subject: Subject, format: Format) -> Self {
        let parent = if subject == Subject::Articles { (Issues::NAME, "issue_id") } else { ("articles", "article") };
        let resource = Self::new(subject.as_str(), subject.about(), subject.columns(Shape::Flat), format);
        Self { parent: Some(parent), ..resource.keyed(subject.key()) }
    }

    fn keyed(self, key: &'static [&'static str]) -> Self {
        Self { key, ..self }
    }

    /// With the length and the digest of its file.
    fn measured(self, folder: &Path) -> Result<Self> {
        let path = folder.join(&self.file);
        let measure = || -> io::Result<(u64, String)> {
            let (mut file, mut digest, mut bytes) = (BufReader::new(File::open(&path)?), Sha256::new(), 0);
            let mut buffer = vec![0; 1 << 20];
            loop {
                let read = file.read(&mut buffer)?;
                let Some(piece) = buffer.get(..read).filter(|piece| !piece.is_empty()) else { break };
                digest.update(piece);
                bytes += read as u64;
            }
            Ok((bytes, digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
        };
        let (bytes, sha256) = measure().map_err(|cause| Error::io(&path, "cannot read", cause))?;
        Ok(Self { bytes, sha256, ..self })
    }

    fn described(&self, format: Format) -> Value {
        let mut resource = Map::new();
        let mut put = |name: &str, value: Value| drop(resource.insert(name.to_owned(), value));
        put("name", self.name.into());
        put("path", self.file.as_str().into());
        put("description", self.about.into());
        put("format", format.as_str().into());
        put("mediatype", mediatype(format).into());
        if format.is_text() {
            put("encoding", "utf-8".into());
        }
        if format == Format::Csv {
            put(
                "dialect",
                json!({ "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n" }),
            );
        }
        put("bytes", self.bytes.into());
        put("hash", format!("sha256:{}", self.sha256).into());
        put("rows", self.rows.into());
        if self.rows > 0 || format != Format::Jsonl {
            put("profile", "tabular-data-resource".into());
        }
        put("schema", self.schema());
        Value::Object(resource)
    }

    fn schema(&self) -> Value {
        let field = |column: &Column| json!({ "name": column.name, "type": frictionless(column.kind), "description": column.about });
        let fields: Vec<Value> = self.columns.iter().map(field).collect();
        let mut schema = json!({ "fields": fields, "missingValues": [""] });
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("primaryKey".to_owned(), self.key.into());
            if let Some((table, column)) = self.parent {
                let key = json!([{ "fields": column, "reference": { "resource": table, "fields": column } }]);
                schema.insert("foreignKeys".to_owned(), key);
            }
        }
        schema
    }
}

/// What Frictionless Table Schema calls a kind.
fn frictionless(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
    }
}

fn mediatype(format: Format) -> &'static str {
    match format {
        Format::Csv => "text/csv",
        Format::Jsonl => "application/x-ndjson",
        Format::Json => "application/json",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Sqlite => "application/vnd.sqlite3",
    }
}

fn description(about: &About<'_>, resources: &[Resource]) -> Value {
    let resources: Vec<Value> = resources.iter().map(|resource| resource.described(about.plan.format)).collect();
    let accuracy =
        about.accuracy.as_ref().map(|report| json!({ "overall": report.overall, "figures": report.micro }));
    json!({
        "profile": "data-package",
        "name": format!("jiebao-{}", about.version),
        "title": "Articles, names, figures and relations of community newsletters",
        "description": "Read by jiebao; codebook.md tells every column, README.md how to open the tables.",
        "version": about.version,
        MARK: {
            "program": env!("CARGO_PKG_VERSION"),
            "archive_version": about.version,
            "articles": about.articles,
            "query": about.plan.query,
            "accuracy": accuracy,
        },
        "resources": resources,
    })
}
