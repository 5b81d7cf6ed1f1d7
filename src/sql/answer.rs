//! The answer to a statement. In: SQL. Out: a [`Table`], each column of the kind that it was declared as, else of the kind
//! that its values have.

use super::Reader;
use crate::error::{Error, Result};
use crate::table::{Cell, Column, Kind, Row, Table, kind_of};
use rusqlite::Statement;
use rusqlite::types::{Type, Value, ValueRef};

/// The answer to `sql`, one statement that reads: its first `most` rows, and one more where there are more.
pub fn ask(reader: &Reader, sql: &str, most: usize) -> Result<Table> {
    let fault = |error: rusqlite::Error| reader.fault(sql, &error);
    let mut statement = match reader.connection.prepare(sql) {
        Err(rusqlite::Error::MultipleStatement) => {
            return Err(Error::Usage("there is more than one statement; ask one at a time".to_owned()));
        }
        outcome => outcome.map_err(fault)?,
    };
    if statement.column_count() == 0 {
        let what = "there is no question; write a SELECT, such as `SELECT count(*) FROM metrics`";
        return Err(Error::Usage(what.to_owned()));
    }
    if statement.parameter_count() > 0 {
        return Err(Error::Usage("the statement has parameters (?, :name); write the values into it".to_owned()));
    }
    read(&mut statement, most.saturating_add(1)).map_err(fault)
}

/// The tables of the database, column by column, with what they mean.
pub fn schema(reader: &Reader) -> Result<Table> {
    ask(
        reader,
        "SELECT c.\"table\", c.name AS \"column\", c.type, c.about FROM pragma_table_list AS l \
         JOIN pragma_table_info(l.name) AS i JOIN columns AS c ON c.\"table\" = l.name AND c.name = i.name \
         LEFT JOIN (SELECT name, rowid AS place FROM tables) AS t ON t.name = l.name ORDER BY t.place, i.cid",
        usize::MAX,
    )
}

fn read(statement: &mut Statement<'_>, most: usize) -> rusqlite::Result<Table> {
    let columns = statement.columns();
    let mut heads: Vec<(String, Option<Kind>)> =
        columns.iter().map(|column| (column.name().to_owned(), column.decl_type().and_then(kind_of))).collect();
    drop(columns);
    distinct(&mut heads);
    let mut values: Vec<Vec<Value>> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()?.filter(|_| values.len() < most) {
        let cells = (0..heads.len()).map(|at| row.get_ref(at).map(owned));
        values.push(cells.collect::<rusqlite::Result<_>>()?);
    }
    let kinds: Vec<Kind> = (0..heads.len())
        .map(|at| kind(heads.get(at).and_then(|(_, kind)| *kind), values.iter().filter_map(|row| row.get(at))))
        .collect();
    let columns = heads.into_iter().zip(&kinds).map(|((name, _), kind)| Column::new(name, *kind, "")).collect();
    let mut table = Table::new("answer", columns);
    let cells =
        |row: Vec<Value>| -> Row { row.into_iter().zip(&kinds).map(|(value, kind)| cell(value, *kind)).collect() };
    table.rows = values.into_iter().map(cells).collect();
    Ok(table)
}

/// Two columns of one name are told apart by a number: most formats allow a name once.
fn distinct(heads: &mut [(String, Option<Kind>)]) {
    for at in 1..heads.len() {
        let (before, rest) = heads.split_at_mut(at);
        let Some((name, _)) = rest.first_mut() else { continue };
        let taken = |name: &str| before.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        if taken(name) {
            let free = (2_u64..).map(|number| format!("{name}_{number}")).find(|name| !taken(name));
            *name = free.unwrap_or_default();
        }
    }
}

/// A value with bytes that are no text as hex digits.
fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Text(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

/// The kind of a column: as declared, if all values are of it, else the narrowest that holds them all.
fn kind<'a>(declared: Option<Kind>, values: impl Iterator<Item = &'a Value> + Clone) -> Kind {
    let fits = |kind: Kind| {
        values.clone().all(|value| *value == Value::Null || !matches!(cell(value.clone(), kind), Cell::Null))
    };
    let all = [Kind::Integer, Kind::Number, Kind::Text];
    declared
        .into_iter()
        .chain(all)
        .find(|kind| match kind {
            // Anything can be written as text; only text is meant to be.
            Kind::Text if declared != Some(Kind::Text) => true,
            kind => fits(*kind) && values.clone().all(|value| is_plain(value, *kind)),
        })
        .unwrap_or(Kind::Text)
}

/// Whether a value is stored as a kind is, so that nothing is lost by calling it one.
fn is_plain(value: &Value, kind: Kind) -> bool {
    matches!(
        (value.data_type(), kind),
        (Type::Null, _)
            | (Type::Integer, Kind::Integer | Kind::Number | Kind::Boolean)
            | (Type::Real, Kind::Number)
            | (Type::Text, Kind::Text | Kind::Date)
    )
}

fn cell(value: Value, kind: Kind) -> Cell {
    match (kind, value) {
        (Kind::Integer, Value::Integer(number)) => Cell::Integer(number),
        (Kind::Number, Value::Integer(number)) => Cell::from(number as f64),
        (Kind::Number, Value::Real(number)) => Cell::from(number),
        (Kind::Boolean, Value::Integer(number @ 0..=1)) => Cell::Boolean(number == 1),
        (Kind::Date, Value::Text(text)) => {
            Cell::from((text.len() == 10).then(|| text.parse::<jiff::civil::Date>().ok()).flatten())
        }
        (Kind::Text, Value::Text(text)) => Cell::Text(text),
        (Kind::Text, Value::Integer(number)) => Cell::Text(number.to_string()),
        (Kind::Text, Value::Real(number)) => Cell::Text(number.to_string()),
        _ => Cell::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_narrowest_kind_that_holds_all() {
        let integer = || Value::Integer(1);
        let text = |text: &str| Value::Text(text.to_owned());
        for (declared, values, expected) in [
            (None, vec![integer(), Value::Null], Kind::Integer),
            (None, vec![integer(), Value::Real(0.5)], Kind::Number),
            (None, vec![integer(), text("云")], Kind::Text),
            (None, vec![Value::Null], Kind::Integer),
            (Some(Kind::Text), vec![text("1")], Kind::Text),
            (Some(Kind::Text), vec![integer()], Kind::Integer),
            (Some(Kind::Boolean), vec![integer(), Value::Integer(0)], Kind::Boolean),
            (Some(Kind::Boolean), vec![Value::Integer(7)], Kind::Integer),
            (Some(Kind::Date), vec![text("2024-05-12"), Value::Null], Kind::Date),
            (Some(Kind::Date), vec![text("2024-05")], Kind::Text),
        ] {
            assert_eq!(kind(declared, values.iter()), expected, "{declared:?} {values:?}");
        }
    }

    #[test]
    fn names_columns_once() {
        let mut heads = ["a", "A", "a", "b"].map(|name| (name.to_owned(), None));
        distinct(&mut heads);
        assert_eq!(heads.map(|(name, _)| name), ["a", "A_2", "a_3", "b"]);
    }
}
