//! Columns of text: the first to the left, the others to the right.

use unicode_width::UnicodeWidthStr;

/// The lines of a table whose first row is its head.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(width(column).unwrap_or(0) - cell.width());
            text += &if column == 0 { format!("  {cell}{gap}") } else { format!("  {gap}{cell}") };
        }
        text = text.trim_end().to_owned() + "\n";
    }
    text
}

/// A row of words.
pub(crate) fn head(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
