//! What words of a query mean behind the name of a field, or behind none. In: the words as they were said. Out: leaves.

use super::expr::{Column, Dates, Expr, Leaf, Name, Near, Part, Pattern, Range, RowLeaf, Text};
use super::fault::{fault, meant};
use super::lex::{Token, half_width};
use super::parse::Said;
use super::synonyms::Synonyms;
use crate::error::{Error, Result};
use crate::index::{Unit, units_of};
use crate::metric::normal_unit;
use crate::model::{EntityKind, TextSpan};

/// Furthest that words near each other may be apart. Texts of one field stand a little further apart in the index.
const FURTHEST: usize = 100;

/// Whole groups of digits between commas: `1,034`.
const GROUP: usize = 3;

/// A field of articles or of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Part(Part),
    Name(EntityKind),
    Issue,
    Date,
    Metric,
    Column(Column),
    Value,
    Approx,
}

/// Fields of articles.
const OF_ARTICLES: [(&str, Field); 16] = [
    ("title", Field::Part(Part::Title)),
    ("heading", Field::Part(Part::Heading)),
    ("body", Field::Part(Part::Body)),
    ("source", Field::Part(Part::Source)),
    ("community", Field::Name(EntityKind::Community)),
    ("grid", Field::Name(EntityKind::Grid)),
    ("division", Field::Name(EntityKind::Division)),
    ("person", Field::Name(EntityKind::Person)),
    ("org", Field::Name(EntityKind::Organization)),
    ("organization", Field::Name(EntityKind::Organization)),
    ("place", Field::Name(EntityKind::Place)),
    ("program", Field::Name(EntityKind::Program)),
    ("programme", Field::Name(EntityKind::Program)),
    ("issue", Field::Issue),
    ("date", Field::Date),
    ("metric", Field::Metric),
];

/// Fields of figures.
const OF_FIGURES: [(&str, Field); 12] = [
    ("subject", Field::Column(Column::Subject)),
    ("unit", Field::Column(Column::Unit)),
    ("value", Field::Value),
    ("change", Field::Column(Column::Change)),
    ("bound", Field::Column(Column::Bound)),
    ("approx", Field::Approx),
    ("basis", Field::Column(Column::Basis)),
    ("check", Field::Column(Column::Check)),
    ("community", Field::Column(Column::Community)),
    ("grid", Field::Column(Column::Grid)),
    ("division", Field::Column(Column::Division)),
    ("date", Field::Date),
];

/// The words that a column of closed words holds.
fn closed(column: Column) -> Option<&'static [&'static str]> {
    match column {
        Column::Change => Some(&["increase", "decrease", "reach"]),
        Column::Bound => Some(&["min", "max"]),
        Column::Check => Some(&["agrees", "disagrees"]),
        _ => None,
    }
}

/// Whether any field has that name.
pub(super) fn exists(name: &str) -> bool {
    OF_ARTICLES.iter().chain(&OF_FIGURES).any(|(known, _)| known.eq_ignore_ascii_case(name))
}

impl Field {
    /// The field of articles, or of figures, that has that name; or what is wrong with the name.
    pub(super) fn named(name: &str, of_figures: bool) -> std::result::Result<Self, String> {
        let find = |fields: &[(&'static str, Self)]| {
            fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
        };
        let (here, there) =
            if of_figures { (&OF_FIGURES[..], &OF_ARTICLES[..]) } else { (&OF_ARTICLES[..], &OF_FIGURES[..]) };
        if let Some(field) = find(here) {
            return Ok(field);
        }
        if !of_figures && find(there).is_some() {
            return Err(format!("is a field of figures; write `metric:({name}:…)`"));
        }
        let of = if of_figures { " of figures" } else { "" };
        let meant = meant(name, here.iter().map(|(name, _)| *name));
        let names = here.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let stop = if meant.is_empty() { "." } else { "" };
        Err(format!("names no field{of}{meant}{stop} There are {names}; to search for text with a colon, quote it"))
    }
}

/// The condition on a figure that `value` is behind `field`, as `metric:(field:value)` has it; in quotes it is all of a name.
pub fn condition(field: &str, value: &str) -> Result<Expr<RowLeaf>> {
    let value = value.trim();
    let quoted = [('"', '"'), ('“', '”')]
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.is_empty()));
    let token = quoted.map_or_else(|| Token::Word(value.to_owned()), |whole| Token::Phrase(whole.to_owned(), None));
    let field = Field::named(field, true).map_err(|what| Error::Usage(format!("`{field}` {what}")))?;
    let synonyms = Synonyms::default();
    Meaning { text: value, synonyms: &synonyms }.row(Said::Word(Some(field), token, TextSpan::new(0, value.len())))
}

/// A range of days, as `date:` takes it.
pub fn dates(text: &str) -> Result<Dates> {
    let synonyms = Synonyms::default();
    Meaning { text, synonyms: &synonyms }.dates(&Token::Word(text.to_owned()), TextSpan::new(0, text.len()))
}

/// Gives words their meaning.
pub(super) struct Meaning<'a> {
    /// The whole query.
    pub(super) text: &'a str,
    /// What words stand for besides themselves.
    pub(super) synonyms: &'a Synonyms,
}

impl Meaning<'_> {
    fn fault(&self, span: TextSpan, what: &str) -> Error {
        fault(self.text, span, what)
    }

    /// What `said` says of an article.
    pub(super) fn leaf(&self, said: Said) -> Result<Expr<Leaf>> {
        let (field, token, span) = match said {
            Said::Word(field, token, span) => (field, token, span),
            Said::Metric(rows) => return Ok(Expr::Leaf(Leaf::Metric(rows.map(&mut |said| self.row(said))?))),
        };
        let leaf = match field {
            None => self.text(None, &token, span)?,
            Some(Field::Part(part)) => self.text(Some(part), &token, span)?,
            Some(Field::Name(kind)) => Leaf::Name(Name { kind, name: self.pattern(&token, span)? }),
            Some(Field::Issue) => Leaf::Issue(self.pattern(&token, span)?),
            Some(Field::Date) => Leaf::Date(self.dates(&token, span)?),
            Some(Field::Metric | Field::Column(_) | Field::Value | Field::Approx) => {
                return Err(self.fault(span, "says something of figures; write it behind `metric:`"));
            }
        };
        Ok(Expr::Leaf(leaf))
    }

    /// What `said` says of a figure.
    fn row(&self, said: Said) -> Result<Expr<RowLeaf>> {
        let Said::Word(field, token, span) = said else {
            return Err(self.fault(TextSpan::new(0, 0), "has conditions on figures inside of such"));
        };
        let leaf = match field {
            None => RowLeaf::Word(Column::Subject, self.pattern(&token, span)?),
            Some(Field::Column(column)) => match closed(column) {
                Some(words) => RowLeaf::Is(column, self.word_of(words, &token, span)?),
                None if column == Column::Unit => RowLeaf::Word(column, self.unit(&token, span)?),
                None => RowLeaf::Word(column, self.pattern(&token, span)?),
            },
            Some(Field::Value) => RowLeaf::Value(self.range(&token, span)?),
            Some(Field::Date) => RowLeaf::Date(self.dates(&token, span)?),
            Some(Field::Approx) => RowLeaf::Approx(self.word_of(&["true", "false"], &token, span)? == "true"),
            Some(Field::Part(_) | Field::Name(_) | Field::Issue | Field::Metric) => {
                return Err(self.fault(span, "says something of articles; write it outside of `metric:`"));
            }
        };
        Ok(Expr::Leaf(leaf))
    }

    fn text(&self, part: Option<Part>, token: &Token, span: TextSpan) -> Result<Leaf> {
        match token {
            Token::Phrase(text, Some(distance)) => self.near(part, text, *distance, span),
            Token::Phrase(text, None) => {
                let variants = vec![self.units(text, span, false)?];
                Ok(Leaf::Text(Text { part, text: text.clone(), variants, prefix: false }))
            }
            Token::Word(word) => {
                let (stem, prefix) = match word.strip_suffix(['*', '＊']) {
                    Some(stem) => (stem, true),
                    None => (word.as_str(), false),
                };
                if stem.contains(['*', '＊']) {
                    let what = "holds a `*` that is not at its end; every stretch of a word is found without one";
                    return Err(self.fault(span, what));
                }
                let units = self.units(stem, span, true)?;
                let mut variants = vec![units.clone()];
                if !prefix {
                    variants.extend(figures(&units));
                    variants.extend(self.synonyms.of(&units).iter().cloned());
                }
                Ok(Leaf::Text(Text { part, text: stem.to_owned(), variants, prefix }))
            }
            _ => Err(self.fault(span, "is no word")),
        }
    }

    fn near(&self, part: Option<Part>, text: &str, distance: usize, span: TextSpan) -> Result<Leaf> {
        if distance > FURTHEST {
            let what = format!("is more than the {FURTHEST} characters that words near each other may be apart");
            return Err(self.fault(span, &what));
        }
        let words: Result<Vec<_>> = text.split_whitespace().map(|word| self.units(word, span, true)).collect();
        let words = words?;
        if words.len() < 2 {
            return Err(self.fault(span, "needs two words at least, parted by a space"));
        }
        Ok(Leaf::Near(Near { part, text: text.to_owned(), words, distance }))
    }

    /// The units of `text`, which was typed; of a word, without the marks around it.
    fn units(&self, text: &str, span: TextSpan, bare: bool) -> Result<Vec<Unit>> {
        let mut units: Vec<Unit> = units_of(text);
        if bare {
            let around = |unit: &Unit| matches!(unit, Unit::Mark(mark) if is_punctuation(*mark));
            let from = units.iter().position(|unit| !around(unit)).unwrap_or(units.len());
            units.drain(..from);
            let last = units.iter().rposition(|unit| !around(unit)).map_or(0, |last| last + 1);
            // 云杉苑（二期）: a bracket that closes what was opened inside belongs to the word.
            let closes = |unit: &Unit| units[..last].iter().any(|before| is_pair(before, unit));
            let last = last + units[last..].iter().take_while(|unit| closes(unit)).count();
            units.truncate(last);
        }
        if units.iter().all(|unit| matches!(unit, Unit::Mark(_))) {
            return Err(self.fault(span, "holds no character that can be searched for; leave it out"));
        }
        Ok(units)
    }

    fn pattern(&self, token: &Token, span: TextSpan) -> Result<Pattern> {
        let (text, whole) = match token {
            Token::Word(word) => (word.strip_suffix(['*', '＊']).unwrap_or(word), false),
            Token::Phrase(text, None) => (text.as_str(), true),
            _ => return Err(self.fault(span, "looks for words near each other, which only texts have")),
        };
        let units: Vec<Unit> = units_of(text);
        if units.is_empty() {
            return Err(self.fault(span, "holds no character that can be searched for; leave it out"));
        }
        Ok(Pattern { text: text.to_owned(), units, whole })
    }

    /// A unit, as figures have it. It is a whole word: 户 is not 户次.
    fn unit(&self, token: &Token, span: TextSpan) -> Result<Pattern> {
        let said = half_width(said(token));
        if let Some(unit) = said.strip_prefix(['十', '百', '千', '万', '亿']).and_then(normal_unit) {
            let what = format!("holds a multiplier; figures are counted in `{unit}`, so write `unit:{unit}`");
            return Err(self.fault(span, &what));
        }
        let unit = normal_unit(&said).unwrap_or(said);
        Ok(Pattern { whole: true, ..self.pattern(&Token::Word(unit), span)? })
    }

    fn word_of(&self, words: &[&'static str], token: &Token, span: TextSpan) -> Result<&'static str> {
        let said = said(token);
        let word = words.iter().find(|word| word.eq_ignore_ascii_case(said));
        word.copied().ok_or_else(|| {
            let words = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            self.fault(span, &format!("is none of {words}"))
        })
    }

    fn dates(&self, token: &Token, span: TextSpan) -> Result<Dates> {
        let said = &*half_width(said(token));
        let date = |text: &str| match date(text) {
            Some(date) => Ok(date),
            None => {
                let what = "is no date; write 2024, 2024-03 or 2024-03-15, and a range as 2024-01..2025-06";
                Err(self.fault(span, what))
            }
        };
        let (from, to) = match ends(said) {
            Ends::Both(from, to) => (Some(from), Some(to)),
            Ends::One(relation, end) => match relation {
                ">=" => (Some(end), None),
                "<=" => (None, Some(end)),
                "=" => (Some(end), Some(end)),
                _ => return Err(self.fault(span, "compares dates; write `>=` or `<=`, both with the day itself")),
            },
        };
        let end = |end: Option<&str>| end.filter(|end| !end.is_empty()).map(date).transpose();
        let dates = Dates { from: end(from)?, to: end(to)? };
        match (&dates.from, &dates.to) {
            (None, None) => Err(self.fault(span, "has neither a first nor a last day")),
            (Some(from), Some(to)) if to < from && !from.starts_with(to.as_str()) => {
                Err(self.fault(span, &format!("ends before it begins; write `{to}..{from}`")))
            }
            _ => Ok(dates),
        }
    }

    fn range(&self, token: &Token, span: TextSpan) -> Result<Range> {
        let number =
            |text: &str| match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number),
                Ok(_) => Err(self.fault(span, "is no number that can be compared with; write a smaller one")),
                Err(_) => Err(self
                    .fault(span, "is no number; write `60`, `>=60`, `<60` or `60..80`, with no unit and no comma")),
            };
        let (from, to) = match ends(&half_width(said(token))) {
            Ends::Both(from, to) => {
                let end = |end: &str| (!end.is_empty()).then(|| number(end)).transpose();
                (end(from)?.map(|from| (from, true)), end(to)?.map(|to| (to, true)))
            }
            Ends::One(relation, end) => {
                let end = number(end)?;
                match relation {
                    ">=" => (Some((end, true)), None),
                    ">" => (Some((end, false)), None),
                    "<=" => (None, Some((end, true))),
                    "<" => (None, Some((end, false))),
                    _ => (Some((end, true)), Some((end, true))),
                }
            }
        };
        match (from, to) {
            (None, None) => Err(self.fault(span, "has neither a least nor a greatest number")),
            (Some((from, _)), Some((to, _))) if to < from => {
                Err(self.fault(span, &format!("ends before it begins; write `{to}..{from}`")))
            }
            _ => Ok(Range { from, to }),
        }
    }
}

/// What was typed, without quotes.
fn said(token: &Token) -> &str {
    match token {
        Token::Word(text) | Token::Phrase(text, _) => text,
        _ => "",
    }
}

/// A range as it was typed.
enum Ends<'a> {
    /// `from..to`; an empty end is open.
    Both(&'a str, &'a str),
    /// A relation and an end; `=` where none was typed.
    One(&'static str, &'a str),
}

fn ends(text: &str) -> Ends<'_> {
    if let Some((from, to)) = text.split_once("..") {
        return Ends::Both(from, to);
    }
    let relations = [(">=", ">="), ("≥", ">="), ("<=", "<="), ("≤", "<="), (">", ">"), ("<", "<"), ("=", "=")];
    let found = relations.iter().find_map(|(typed, meant)| Some((*meant, text.strip_prefix(typed)?)));
    found.map_or(Ends::One("=", text), |(relation, end)| Ends::One(relation, end))
}

/// A date of ISO 8601 that exists, as exact as it was typed.
fn date(text: &str) -> Option<String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    whole.is_ascii().then(|| whole.parse::<jiff::civil::Date>().ok())?.map(|_| text.to_owned())
}

/// Marks that stand around a word and belong to none: all but those of measures and money.
fn is_punctuation(mark: char) -> bool {
    !"%‰℃℉°′″+￥¥$€£".contains(mark)
}

/// Whether one mark opens what the other closes.
fn is_pair(open: &Unit, close: &Unit) -> bool {
    let pair = |open, close| "()[]<>《》〈〉【】「」『』〔〕“”‘’".contains(&[open, close].iter().collect::<String>());
    matches!((open, close), (Unit::Mark(open), Unit::Mark(close)) if open != close && pair(*open, *close))
}

/// The other ways to write the figures in `units`: with commas between thousands, or without.
fn figures(units: &[Unit]) -> Vec<Vec<Unit>> {
    let joined = joined(units);
    let grouped = joined.iter().flat_map(grouped).collect::<Vec<_>>();
    [joined, grouped].into_iter().filter(|other| other != units).collect()
}

fn is_digits(unit: Option<&Unit>, length: impl Fn(usize) -> bool) -> bool {
    matches!(unit, Some(Unit::Word(word)) if length(word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `1,034` as `1034`.
fn joined(units: &[Unit]) -> Vec<Unit> {
    let mut all: Vec<Unit> = Vec::with_capacity(units.len());
    let (mut at, mut open) = (0, false);
    while let Some(unit) = units.get(at) {
        let goes_on = open && *unit == Unit::Mark(',') && is_digits(units.get(at + 1), |length| length == GROUP);
        match (units.get(at + 1), all.last_mut()) {
            (Some(Unit::Word(more)), Some(Unit::Word(figure))) if goes_on => {
                figure.push_str(more);
                at += 2;
            }
            _ => {
                open = is_digits(Some(unit), |length| length <= GROUP);
                all.push(unit.clone());
                at += 1;
            }
        }
    }
    all
}

/// `1034` as `1,034`. Years have no comma, but nobody writes one in a query for them either.
fn grouped(unit: &Unit) -> Vec<Unit> {
    match unit {
        Unit::Word(word) if is_digits(Some(unit), |length| length > GROUP && length <= 15) => {
            let first = (word.len() - 1) % GROUP + 1;
            let mut all = vec![Unit::Word(word[..first].to_owned())];
            for at in (first..word.len()).step_by(GROUP) {
                all.extend([Unit::Mark(','), Unit::Word(word[at..at + GROUP].to_owned())]);
            }
            all
        }
        other => vec![other.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::expr::shown;
    use super::*;

    #[test]
    fn writes_figures_in_other_ways() {
        let ways = |text: &str| {
            let units: Vec<Unit> = units_of(text);
            figures(&units).iter().map(|units| shown(units)).collect::<Vec<_>>()
        };
        assert_eq!(ways("1034户"), ["1,034户"]);
        assert_eq!(ways("1,034户"), ["1034户"]);
        assert_eq!(ways("1,234,567"), ["1234567"]);
        assert_eq!(ways("12,34"), Vec::<String>::new());
        assert_eq!(ways("120户"), Vec::<String>::new());
        assert_eq!(ways("1,034至2048"), ["1034至2048", "1,034至2,048"]);
    }
}
