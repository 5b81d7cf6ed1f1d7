//! How a value reads. In: cells and numbers. Out: short text for the eye, on a terminal and in a picture, rounded to what a
//! reader takes in; files get the exact values.

use super::Cell;
use crate::error::printable;

/// Marks that may not begin a line.
const CLINGING: &str = "，。、；：？！）》」』】〕”’％%,.;:?!)]}";

/// A number with its thousands parted: `1 234 567`.
pub fn grouped(number: u64) -> String {
    parted(&number.to_string())
}

fn parted(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The cell of a column called `column` as it is read. Years are not parted at the thousands.
pub fn read_cell(cell: &Cell, column: &str) -> String {
    match cell {
        Cell::Null => "–".to_owned(),
        Cell::Text(text) => printable(text).into_owned(),
        Cell::Integer(number) if column.ends_with("year") => number.to_string(),
        Cell::Integer(number) => {
            let sign = if *number < 0 { "-" } else { "" };
            format!("{sign}{}", grouped(number.unsigned_abs()))
        }
        Cell::Number(number) => rounded(*number),
        Cell::Boolean(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Cell::Date(day) => day.to_string(),
    }
}

/// A number with four digits behind its point at most, and thousands parted; tiny and huge ones as powers of ten.
pub fn rounded(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) {
        return format!("{number:.3e}");
    }
    decimal(number, if size >= 1000.0 { 2 } else { 4 })
}

/// A number with at most `digits` behind its point, zeros at the end left out, and thousands parted.
pub fn decimal(number: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", number.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    let is_zero = rest.is_empty() && whole == "0";
    let sign = if number < 0.0 && !is_zero { "-" } else { "" };
    format!("{sign}{}{point}{rest}", parted(whole))
}

/// `text` in lines of at most `most`, as `width` measures characters. No line begins with a mark that belongs to the line
/// above, and words of letters stay whole where they fit.
pub fn wrapped(text: &str, most: f64, width: impl Fn(char) -> f64) -> Vec<String> {
    let (mut lines, mut line, mut wide) = (Vec::new(), String::new(), 0.0);
    for c in text.chars() {
        let more = width(c);
        if wide + more > most && !CLINGING.contains(c) && !line.is_empty() {
            let mut rest = String::new();
            if c.is_ascii_alphanumeric() {
                let word = line.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
                if word > 0 {
                    rest = line.split_off(word);
                }
            }
            lines.push(std::mem::replace(&mut line, rest).trim_end().to_owned());
            wide = line.chars().map(&width).sum();
        }
        if !(line.is_empty() && c == ' ') {
            line.push(c);
            wide += more;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1 000", "1 234 567"]);
    }

    #[test]
    fn rounds_for_reading() {
        let cases =
            [(0.0, "0"), (-3.25, "-3.25"), (1234.5678, "1 234.57"), (0.33333, "0.3333"), (205_000.0, "205 000")];
        for (number, text) in cases {
            assert_eq!(rounded(number), text);
        }
        assert_eq!([rounded(1e-9), rounded(-2.5e20)], ["1.000e-9", "-2.500e20"]);
        assert_eq!([decimal(-0.04, 1), decimal(1_234_567.05, 2)], ["0", "1 234 567.05"]);
    }
}
