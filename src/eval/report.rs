//! The score as a researcher reads it.
//!
//! In: a [`Report`]. Out: plain text, four tables from the coarse to the fine, and the mistakes if asked for.
//! `-` is a share of nothing. Columns: `tp`, `fp`, `fn` right, spurious, missed; `support` how many gold has.

use super::figures::{Figures, Overall, PRIMARY};
use super::score::Report;
use super::share::{Accuracy, Hits, Ratio};
use crate::model::EntityKind;
use comfy_table::{CellAlignment, Table, presets};
use std::fmt::{self, Write};

/// The report as text, with the first `mistakes` of each sort.
pub fn text(report: &Report, mistakes: usize) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let figures = &report.micro;
    writeln!(out, "{}\n", issues(report).trim_fmt())?;
    writeln!(out, "{}\n", found(figures).trim_fmt())?;
    writeln!(out, "{}\n", compared(figures).trim_fmt())?;
    writeln!(out, "{}", characters(figures).trim_fmt())?;
    if figures.entities.wrong_kind() > 0 {
        let pairs = figures.entities.confusions.iter().map(|(pair, count)| format!("{pair} {count}"));
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        writeln!(out, "\nnames of a wrong kind: {} ({pairs}; gold>predicted)", figures.entities.wrong_kind())?;
    }
    writeln!(out, "\nmentions and metrics that do not stand where they say: {}", figures.offset_errors)?;
    if !report.gold_without_prediction.is_empty() {
        writeln!(out, "\ngold without prediction: {}", report.gold_without_prediction.join(", "))?;
    }
    if !report.predicted_without_gold.is_empty() {
        writeln!(out, "\nwithout gold, left alone: {}", report.predicted_without_gold.join(", "))?;
    }
    for (sort, messages) in report.mistakes.sorts().filter(|_| mistakes > 0) {
        writeln!(out, "\n{sort}: {}", messages.len())?;
        for message in messages.iter().take(mistakes) {
            writeln!(out, "  {message}")?;
        }
    }
    Ok(out)
}

/// One line an issue, and one over all.
fn issues(report: &Report) -> Table {
    let mut table = table([
        "issue",
        "articles F1",
        "title",
        "CER",
        "lost",
        "extra",
        "paragraphs F1",
        "primary F1",
        "names F1",
        "metrics F1",
        "full",
        "subject",
    ]);
    let all = report.issues.iter().map(|(name, figures)| (name.as_str(), Overall::from(figures)));
    for (name, overall) in all.chain([("all", report.overall)]) {
        let shares = [
            overall.articles_f1,
            overall.title,
            overall.cer,
            overall.lost,
            overall.extra,
            overall.paragraphs_f1,
            overall.primary_f1,
            overall.entities_f1,
            overall.metrics_f1,
            overall.metrics_full,
            overall.metrics_subject,
        ];
        table.add_row([name.to_owned()].into_iter().chain(shares.map(share)));
    }
    right_aligned(table)
}

/// What was to be found: precision and recall.
fn found(figures: &Figures) -> Table {
    let mut table = table(["found", "precision", "recall", "F1", "tp", "fp", "fn", "support"]);
    let mut row = |name: &str, hits: Hits| {
        let shares = [hits.precision(), hits.recall(), hits.f1()].map(share);
        let counts = [hits.right, hits.spurious, hits.missed, hits.support()].map(|count| count.to_string());
        table.add_row([name.to_owned()].into_iter().chain(shares).chain(counts));
    };
    row("articles", figures.articles);
    row("headings", figures.headings.words);
    row("paragraph ends", figures.paragraphs);
    for (kind, hits) in EntityKind::ALL.iter().zip(figures.entities.kinds) {
        row(kind.as_str(), hits);
    }
    row("primary kinds", figures.entities.of(&PRIMARY));
    row("all kinds", figures.entities.of(&EntityKind::ALL));
    row("any kind", figures.entities.any_kind);
    row("metrics", figures.metrics.detection);
    row("metrics, 名 as 位", figures.metrics.lenient);
    right_aligned(table)
}

/// What was compared: share right.
fn compared(figures: &Figures) -> Table {
    let mut table = table(["compared", "accuracy", "right", "of"]);
    let mut row = |name: &str, ratio: Ratio| {
        table.add_row([name.to_owned(), share(ratio), ratio.part.to_string(), ratio.whole.to_string()]);
    };
    row("title", figures.title.folded.0);
    row("title to the letter", figures.title.exact);
    row("headings placed", figures.headings.placed);
    let metrics = &figures.metrics;
    let rows: [(&str, Accuracy); 12] = [
        ("kicker", figures.kicker),
        ("subtitle", figures.subtitle),
        ("byline", figures.byline),
        ("source", figures.source),
        ("date", figures.date),
        ("metrics full", metrics.full),
        ("metrics approx", metrics.approx),
        ("metrics bound", metrics.bound),
        ("metrics change", metrics.change),
        ("metrics from", metrics.from),
        ("metrics basis", metrics.basis),
        ("metrics subject", metrics.subject),
    ];
    rows.into_iter().for_each(|(name, accuracy)| row(name, accuracy.0));
    right_aligned(table)
}

/// Characters: what went wrong, of how many.
fn characters(figures: &Figures) -> Table {
    let mut table = table(["characters", "share", "wrong", "of"]);
    let text = &figures.text;
    for (name, ratio) in
        [("CER", text.cer), ("CER to the letter", text.cer_exact), ("lost", text.lost), ("extra", text.extra)]
    {
        table.add_row([name.to_owned(), share(ratio), ratio.part.to_string(), ratio.whole.to_string()]);
    }
    right_aligned(table)
}

/// A share to four places, the last of which is one character in ten thousand.
fn share(ratio: Ratio) -> String {
    ratio.value().map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"))
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    // Nothing but spaces: the table is read in logs and pasted into mails.
    table.load_style(presets::NOTHING).set_header(header);
    table
}

fn right_aligned(mut table: Table) -> Table {
    for (at, column) in table.column_iter_mut().enumerate() {
        let (padding, alignment) = if at == 0 { (0, CellAlignment::Left) } else { (2, CellAlignment::Right) };
        column.set_padding((padding, 0)).set_cell_alignment(alignment);
    }
    table
}
