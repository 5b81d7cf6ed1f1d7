//! What a package says to a reader. In: its tables and what they are of. Out: two pages of Markdown.

use super::package::{About, Resource};
use crate::eval::report;
use crate::table::Format;
use std::fmt::{self, Write};

/// Most units that are listed; the rest are counted.
const UNITS: usize = 200;

/// What the words of a column mean, by column.
const WORDS: [(&str, &[(&str, &str)]); 5] = [
    (
        "mentions.kind",
        &[
            ("grid", "a named grid (网格)"),
            ("community", "a named residential unit below street or town (居民区、小区、村)"),
            ("division", "a province, city, district, county, street or town (行政区划)"),
            ("person", "a person's full name"),
            ("organization", "a named body: party branch, company, school, office"),
            ("place", "a named road, landmark, park, address"),
            ("date", "a calendar expression"),
            ("program", "a named programme, method, brand or activity"),
        ],
    ),
    ("metrics.bound", &[("min", "at least (超、逾、以上)"), ("max", "at most (不足、以内)")]),
    (
        "metrics.change",
        &[
            ("increase", "增长、提升、新增"),
            ("decrease", "下降、减少、降低"),
            ("reach", "a change told as its end point (达到)"),
        ],
    ),
    (
        "metrics.rule",
        &[
            ("sum", "a sum and what it adds up"),
            ("count", "a number and the names listed"),
            ("change", "a change and its two ends"),
            ("parts", "a part and its whole"),
            ("shares", "shares of one whole; or a share and its two counts"),
        ],
    ),
    (
        "relations.relation",
        &[
            ("in", "a grid or community lies in a division, a grid in a community, a community in a grid"),
            ("heads", "a person heads a grid or a community"),
            ("works_in", "a body works in a community"),
            ("bounded_by", "a unit has these borders"),
        ],
    ),
];

/// The code book.
pub(super) fn codebook(about: &About<'_>, resources: &[Resource]) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "# Code book\n")?;
    writeln!(out, "Archive `{}`, read by jiebao {}.", about.version, env!("CARGO_PKG_VERSION"))?;
    match about.plan.query {
        Some(query) => writeln!(out, "{} articles, those that answer `{query}`.\n", about.articles)?,
        None => writeln!(out, "{} articles, all of the archive.\n", about.articles)?,
    }
    rules(&mut out, about.plan.format)?;
    for resource in resources {
        table(&mut out, resource)?;
    }
    for (column, words) in WORDS {
        writeln!(out, "## Words of `{column}`\n\n| word | means | rows |\n| --- | --- | --- |")?;
        for (word, means) in words {
            let rows = if column == "mentions.kind" {
                about.kinds.get(*word).copied().unwrap_or(0).to_string()
            } else {
                String::new()
            };
            writeln!(out, "| `{word}` | {means} | {rows} |")?;
        }
        writeln!(out)?;
    }
    units(&mut out, about)?;
    accuracy(&mut out, about)?;
    Ok(out)
}

fn rules(out: &mut String, format: Format) -> fmt::Result {
    writeln!(out, "What holds in every table:\n")?;
    writeln!(
        out,
        "- A cell without a value is null: {}.",
        match format {
            Format::Csv => "nothing between two commas",
            Format::Jsonl => "`null`",
            _ => "an empty cell of its column's type",
        }
    )?;
    for rule in [
        "Rows stand in the order of the issues' names, and within an issue as it is read.",
        "Characters are counted in Unicode scalar values, bytes from the beginning of the file as it is; ends are exclusive.",
        "`date` is as exact as it is known; `day` only where it is known to the day. Nothing without a date is left out.",
        "Values have their multipliers applied (20.5万 is 205000). Figures of different units are never one quantity: add up \
         within one `unit`, and never add up `%`.",
        "`approx` and `bound` mark figures that are no exact numbers; a range has `low` and `high` and no `value`.",
        "One fact told in two articles is two rows.",
    ] {
        writeln!(out, "- {rule}")?;
    }
    if format == Format::Csv {
        writeln!(
            out,
            "- Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return has an apostrophe before it, lest a \
             spreadsheet takes it for a formula."
        )?;
    }
    if format == Format::Xlsx {
        writeln!(
            out,
            "- A table of more rows than a sheet holds goes on in a sheet `NAME_2`; a cell that ends with `…` after 32 766 \
             characters was cut, because Excel has no room for more."
        )?;
    }
    writeln!(out)
}

fn table(out: &mut String, resource: &Resource) -> fmt::Result {
    writeln!(
        out,
        "## {}\n\n{}; {} rows. Key: {}.\n",
        resource.name,
        resource.about,
        resource.rows,
        resource.key.join(", ")
    )?;
    writeln!(out, "| column | type | meaning |\n| --- | --- | --- |")?;
    for column in &resource.columns {
        writeln!(out, "| `{}` | {} | {} |", column.name, column.kind.as_str(), column.about.replace('|', "\\|"))?;
    }
    writeln!(out)
}

fn units(out: &mut String, about: &About<'_>) -> fmt::Result {
    let mut units: Vec<(&String, &u64)> = about.units.iter().collect();
    units.sort_by(|(unit, a), (other, b)| b.cmp(a).then_with(|| unit.cmp(other)));
    writeln!(out, "## Units of `metrics.unit`\n\nAs they stand in these tables, the most frequent first.\n")?;
    writeln!(out, "| unit | rows |\n| --- | --- |")?;
    for (unit, rows) in units.iter().take(UNITS) {
        writeln!(out, "| {} | {rows} |", unit.replace('|', "\\|"))?;
    }
    if units.len() > UNITS {
        writeln!(out, "\nand {} more.", units.len() - UNITS)?;
    }
    writeln!(out)
}

fn accuracy(out: &mut String, about: &About<'_>) -> fmt::Result {
    writeln!(out, "## Accuracy\n")?;
    match &about.accuracy {
        Some(report) => {
            writeln!(out, "These tables against gold that was read by hand; `datapackage.json` has all figures.\n")?;
            writeln!(out, "```text\n{}```", report::text(report, 0)?)
        }
        None => writeln!(
            out,
            "Not measured on these newsletters. What is read is not always right: docs/accuracy.md of the program tells how it \
             was measured on others, and `jiebao eval --gold DIR` measures it on yours; with `jiebao export all --gold DIR` the \
             scores stand here."
        ),
    }
}

/// How to open the tables.
pub(super) fn readme(about: &About<'_>, resources: &[Resource]) -> String {
    let command = about.plan.query.map_or_else(
        || format!("jiebao export all --format {} --output DIR", about.plan.format.as_str()),
        |query| {
            let query = query.replace('\'', r"'\''");
            format!("jiebao export all --format {} --query '{query}' --output DIR", about.plan.format.as_str())
        },
    );
    let list: String = resources
        .iter()
        .map(|resource| format!("- `{}`: {}, {} rows\n", resource.name, resource.about, resource.rows))
        .collect();
    let (pandas, r, duckdb) = lines(about.plan.format);
    format!(
        "# Newsletters as data\n\n\
         Tables of archive `{version}`, written by jiebao {program}:\n\n{list}\n\
         `datapackage.json` describes them to programs (Frictionless Data Package), `codebook.md` to readers. They were written by\n\n\
         ```sh\n{command}\n```\n\n\
         and the same archive gives the same bytes. `jiebao cite ARTICLE` makes a reference of an `article`.\n\n\
         pandas:\n\n```python\n{pandas}\n```\n\nR:\n\n```r\n{r}\n```\n\nDuckDB:\n\n```sql\n{duckdb}\n```\n\n\
         Who may use the newsletters' text and how is for whoever publishes this folder to say: add `licenses` to \
         `datapackage.json`.\n",
        version = about.version,
        program = env!("CARGO_PKG_VERSION"),
    )
}

/// Lines that open the table of figures, for pandas, R and DuckDB.
fn lines(format: Format) -> (&'static str, &'static str, &'static str) {
    match format {
        Format::Csv => (
            "import pandas as pd\nmetrics = pd.read_csv(\"metrics.csv\", parse_dates=[\"day\"], low_memory=False)",
            "library(readr)\nmetrics <- read_csv(\"metrics.csv\", guess_max = Inf)",
            "SELECT unit, count(*) FROM read_csv('metrics.csv', sample_size = -1) GROUP BY unit ORDER BY 2 DESC;",
        ),
        Format::Jsonl | Format::Json => (
            "import pandas as pd\nmetrics = pd.read_json(\"metrics.jsonl\", lines=True, dtype=False, convert_dates=False, precise_float=True)",
            "library(jsonlite)\nmetrics <- stream_in(file(\"metrics.jsonl\"))",
            "SELECT unit, count(*) FROM read_json('metrics.jsonl') GROUP BY unit ORDER BY 2 DESC;",
        ),
        Format::Parquet | Format::Sqlite => (
            "import pandas as pd\nmetrics = pd.read_parquet(\"metrics.parquet\")",
            "library(arrow)\nmetrics <- read_parquet(\"metrics.parquet\")",
            "SELECT unit, count(*) FROM 'metrics.parquet' GROUP BY unit ORDER BY 2 DESC;",
        ),
        Format::Xlsx => (
            "import pandas as pd\nmetrics = pd.concat(pd.read_excel(\"metrics.xlsx\", sheet_name=None).values())",
            "library(readxl)\nmetrics <- read_excel(\"metrics.xlsx\", guess_max = 1048576)",
            "SELECT unit, count(*) FROM read_xlsx('metrics.xlsx') GROUP BY unit ORDER BY 2 DESC;",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bound, Change, EntityKind, RelationKind, Rule};

    #[test]
    fn tells_every_word() {
        let words = |column: &str| -> Vec<&str> {
            let (_, words) = WORDS.iter().find(|(name, _)| *name == column).expect("the column is told");
            words.iter().map(|(word, _)| *word).collect()
        };
        assert_eq!(words("mentions.kind"), EntityKind::ALL.map(EntityKind::as_str));
        assert_eq!(words("relations.relation"), RelationKind::ALL.map(RelationKind::as_str));
        assert_eq!(words("metrics.bound"), [Bound::Min, Bound::Max].map(Bound::as_str));
        assert_eq!(words("metrics.change"), [Change::Increase, Change::Decrease, Change::Reach].map(Change::as_str));
        let rules = [Rule::Sum, Rule::Count, Rule::Change, Rule::Parts, Rule::Shares];
        assert_eq!(words("metrics.rule"), rules.map(Rule::as_str));
    }
}
