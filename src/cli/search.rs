//! `jiebao search`: articles that contain what is asked for, best first.

use super::print::{FAINT, HIT, STRONG, print_json, stdout};
use super::{Exit, complain};
use crate::error::printable;
use crate::index::Archive;
use crate::query::{self, Hit, Passage, Query, Text};
use anstyle::Style;
use std::io::Write;

/// Arguments of `jiebao search`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao search 网格                       articles that contain 网格, anywhere
  jiebao search '停车 投诉'                 both words, wherever each stands
  jiebao search '\"停车投诉\" 网格'            a phrase and a word
  jiebao search 垃圾分类 --limit 50 --json  for a program

Every stretch of characters that stands in an article finds it; spaces between Han characters, width and
case do not matter. Words of Latin letters and numbers are found whole. In a pipe the text is plain;
--mark sets hits in 【】."))]
pub(super) struct Args {
    /// What to look for: words parted by spaces, phrases in quotes.
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    index: super::IndexArg,
    /// How many articles to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the best to leave out.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// How many passages of an article to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    passages: usize,
    /// Set hits in 【】.
    #[arg(long)]
    mark: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let query = query::parse(&args.query.join(" "))?;
    let archive = Archive::open(&args.index.index)?;
    let found = query::search(&archive, &query, args.limit, args.offset)?;
    if args.json {
        let hits: Vec<_> = found.hits.iter().map(|hit| json(hit, &query, args.passages)).collect();
        print_json(&serde_json::json!({ "query": query.text, "total": found.total, "hits": hits }))?;
    } else {
        let mut out = stdout();
        for (at, hit) in found.hits.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            print(&mut out, hit, &query, args)?;
        }
        out.flush()?;
    }
    if found.total == 0 {
        complain(&format!("no article contains {}; try fewer or shorter words", printable(&query.text)));
        return Ok(Exit::Partly);
    }
    let last = args.offset.saturating_add(found.hits.len());
    if found.hits.is_empty() {
        complain(&format!("{} articles found, none from number {} on", found.total, args.offset.saturating_add(1)));
    } else if last < found.total {
        complain(&format!("{} articles found; see more with --offset {last}", found.total));
    }
    Ok(Exit::Done)
}

fn print(out: &mut impl Write, hit: &Hit, query: &Query, args: &Args) -> std::io::Result<()> {
    let record = &hit.record;
    let passages = query::passages(record, query, args.passages);
    let title = passages.iter().find(|passage| passage.place == Text::Title && passage.whole == [true, true]);
    match title {
        Some(passage) => writeln!(out, "{}", marked(passage, STRONG, args.mark))?,
        None => {
            let title = record.title.as_deref().unwrap_or("(no headline)");
            writeln!(out, "{STRONG}{}{STRONG:#}", printable(title))?;
        }
    }
    let date = record.date.as_deref().unwrap_or("no date");
    let line = format!("{} · {date} · {}", record.issue, record.id);
    writeln!(out, "  {FAINT}{}{FAINT:#}", printable(&line))?;
    for passage in passages.iter().filter(|passage| Some(*passage) != title) {
        writeln!(out, "  {}", marked(passage, Style::new(), args.mark))?;
    }
    Ok(())
}

/// A passage with its hits set apart, and `…` where a sentence goes on.
fn marked(passage: &Passage, style: Style, brackets: bool) -> String {
    let chars: Vec<char> = passage.text.chars().collect();
    let piece = |from: usize, to: usize| -> String { chars[from..to].iter().collect() };
    let mut text = String::new();
    let plain = |text: &mut String, piece: &str| {
        *text += &format!("{style}{}{style:#}", printable(piece));
    };
    let mut at = 0;
    if !passage.whole[0] {
        plain(&mut text, "…");
    }
    for [start, end] in &passage.hits {
        let (start, end) = (start - passage.start, end - passage.start);
        plain(&mut text, &piece(at, start));
        let (open, close) = if brackets { ("【", "】") } else { ("", "") };
        text += &format!("{open}{HIT}{}{HIT:#}{close}", printable(&piece(start, end)));
        at = end;
    }
    plain(&mut text, &piece(at, chars.len()));
    if !passage.whole[1] {
        plain(&mut text, "…");
    }
    text
}

fn json(hit: &Hit, query: &Query, most: usize) -> serde_json::Value {
    let record = &hit.record;
    let passages: Vec<_> = query::passages(record, query, most)
        .into_iter()
        .map(|passage| {
            let paragraph = match passage.place {
                Text::Title => Some(-1),
                Text::Paragraph(at) => i64::try_from(at).ok(),
                _ => None,
            };
            serde_json::json!({
                "place": passage.place.as_str(),
                "paragraph": paragraph,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
                "hits": passage.hits,
            })
        })
        .collect();
    serde_json::json!({
        "id": record.id,
        "issue": record.issue,
        "path": record.path,
        "date": record.date,
        "title": record.title,
        "score": hit.score,
        "passages": passages,
    })
}
