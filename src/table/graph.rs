//! Graphs as GraphML, which Gephi, igraph and NetworkX read. In: a table of nodes, whose first column is their id, and one of
//! edges, whose first two are ids. Out: a document that says the type of each attribute.

use super::{Cell, Column, Kind, Table, text::shown};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// Attributes of an edge that are no data: its two ends.
const ENDS: usize = 2;

/// The graph of `nodes` and `edges`, which go both ways unless `is_directed`.
pub fn graphml(nodes: &Table, edges: &Table, is_directed: bool) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new("graphml").with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
    writer.write_event(Event::Start(root))?;
    for (of, table, first) in [("node", nodes, 1), ("edge", edges, ENDS)] {
        for (at, column) in table.columns.iter().enumerate().skip(first) {
            let id = key(of, at);
            let attributes =
                [("id", id.as_str()), ("for", of), ("attr.name", &column.name), ("attr.type", type_of(column))];
            writer.write_event(Event::Empty(BytesStart::new("key").with_attributes(attributes)))?;
        }
    }
    let default = if is_directed { "directed" } else { "undirected" };
    writer.write_event(Event::Start(BytesStart::new("graph").with_attributes([("edgedefault", default)])))?;
    for row in &nodes.rows {
        let Some(id) = row.first() else { continue };
        element(&mut writer, "node", &[("id", id)], row, 1)?;
    }
    for row in &edges.rows {
        let [source, target, ..] = &row[..] else { continue };
        element(&mut writer, "edge", &[("source", source), ("target", target)], row, ENDS)?;
    }
    writer.write_event(Event::End(BytesEnd::new("graph")))?;
    writer.write_event(Event::End(BytesEnd::new("graphml")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn key(of: &str, at: usize) -> String {
    format!("{of}{at}")
}

fn type_of(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text | Kind::Date => "string",
        Kind::Integer => "long",
        Kind::Number => "double",
        Kind::Boolean => "boolean",
    }
}

/// An element with what its row says behind the columns that are its attributes.
fn element(
    writer: &mut Writer<Vec<u8>>,
    of: &str,
    attributes: &[(&str, &Cell)],
    row: &[Cell],
    first: usize,
) -> io::Result<()> {
    let plain: Vec<(&str, String)> = attributes.iter().map(|(name, cell)| (*name, allowed(cell))).collect();
    let start = BytesStart::new(of).with_attributes(plain.iter().map(|(name, value)| (*name, value.as_str())));
    writer.write_event(Event::Start(start))?;
    for (at, cell) in row.iter().enumerate().skip(first).filter(|(_, cell)| **cell != Cell::Null) {
        let id = key(of, at);
        writer.write_event(Event::Start(BytesStart::new("data").with_attributes([("key", id.as_str())])))?;
        writer.write_event(Event::Text(BytesText::new(&allowed(cell))))?;
        writer.write_event(Event::End(BytesEnd::new("data")))?;
    }
    writer.write_event(Event::End(BytesEnd::new(of)))
}

/// A cell without the control characters that XML 1.0 cannot hold at all.
fn allowed(cell: &Cell) -> String {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    shown(cell).chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_it_is_given() {
        let text = |name: &'static str| Column::new(name, Kind::Text, "");
        let mut nodes = Table::new("nodes", vec![text("id"), text("label"), Column::new("n", Kind::Integer, "")]);
        nodes.rows = vec![
            vec!["a".into(), "云杉 <&\"\u{1}>".into(), 3_u64.into()],
            vec!["b".into(), Cell::Null, 1_u64.into()],
        ];
        let mut edges = Table::new("edges", vec![text("source"), text("target"), Column::new("w", Kind::Number, "")]);
        edges.rows = vec![vec!["a".into(), "b".into(), 0.5.into()]];
        let xml = String::from_utf8(graphml(&nodes, &edges, false).expect("memory takes all")).expect("UTF-8");
        assert!(xml.contains("<key id=\"node2\" for=\"node\" attr.name=\"n\" attr.type=\"long\"/>"), "{xml}");
        assert!(xml.contains("<data key=\"node1\">云杉 &lt;&amp;&quot;&gt;</data>"), "{xml}");
        assert!(xml.contains("<edge source=\"a\" target=\"b\">\n   <data key=\"edge2\">0.5</data>"), "{xml}");
        assert!(!xml.contains("<data key=\"node1\"></data>"), "what is null is left out");
    }
}
