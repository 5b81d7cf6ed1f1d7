//! `jiebao search`: articles that answer a query.

use super::print::{FAINT, HIT, Rows, STRONG, grouped, print_json, stdout};
use super::{Exit, complain};
use crate::error::{Error, printable};
use crate::index::{Archive, schema::row};
use crate::query::{self, Facet, Hit, Missing, Order, Passage, Query, Show, Synonyms, Text};
use crate::record::Record;
use anstyle::Style;
use clap::ValueEnum;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `jiebao search`.
#[derive(Debug, clap::Args)]
#[command(after_help = super::help("\
  jiebao search 网格                                articles that contain 网格, anywhere
  jiebao search '停车 投诉 -收费'                    both words, wherever each stands, and not the third
  jiebao search '\"停车投诉\" OR title:(停车 网格)'    a phrase, or both words in the headline
  jiebao search '\"网格 党建\"~5 date:2024-01..2025-06'
  jiebao search 'community:云杉 metric:(停车投诉 AND unit:% AND value:>=60 AND change:decrease)'
  jiebao search 垃圾分类 --facet community,year      how they are spread
  jiebao search 垃圾分类 --all --json                all of them, one JSON object a line
  jiebao search 垃圾分类 --verify                    the index held against a scan of the text

Every stretch of characters that stands in an article finds it; spaces between Han characters, width, case and script
(社區, 社区) do not matter. Words of Latin letters and numbers are found whole, or by their beginning with `*`.
docs/search.md tells the query language and the JSON, field by field. In a pipe the text is plain; --mark sets hits in
【】."))]
pub(super) struct Args {
    /// Words; "phrases"; AND OR NOT - ( ); begin*; "near words"~5; title: heading: body: source: community: grid:
    /// division: person: org: place: program: issue: date: metric:(...)
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    index: super::IndexArg,
    /// How many articles to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the first to leave out.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The order of articles.
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = Sort::Relevance)]
    sort: Sort,
    /// How many passages of an article to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    passages: usize,
    /// How many sentences to show before and behind each passage.
    #[arg(long, value_name = "N", default_value_t = 0)]
    context: usize,
    /// Set hits in 【】.
    #[arg(long)]
    mark: bool,
    /// Print JSON: one object, or with --all one a line.
    #[arg(long)]
    json: bool,
    /// Print the number of articles and no more.
    #[arg(long, conflicts_with_all = ["all", "facet", "aggs", "explain", "verify"])]
    count: bool,
    /// Print everything found, in the order of the archive, as it is read.
    #[arg(long, conflicts_with_all = ["limit", "offset", "sort", "facet", "aggs", "explain", "verify"])]
    all: bool,
    /// Count the articles found by community, grid, division, person, organization, place, program, issue, year or
    /// date; --limit says how many of each.
    #[arg(long, value_name = "LIST", value_delimiter = ',', conflicts_with_all = ["aggs", "explain", "verify"])]
    facet: Vec<String>,
    /// Say how the query was read and why each article scored so.
    #[arg(long, conflicts_with = "verify")]
    explain: bool,
    /// Hold the index against a scan of all stored text.
    #[arg(long)]
    verify: bool,
    /// A file of words that mean the same: a group a line, parted by 、.
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
    /// Answer an aggregation request of the Elasticsearch family, given as JSON or as @FILE.
    #[arg(long, value_name = "JSON", conflicts_with_all = ["explain", "verify"])]
    aggs: Option<String>,
    /// Which rows --aggs is over: the articles found, or what stands in them.
    #[arg(long, value_name = "ROWS", value_enum, default_value_t = Of::Article, requires = "aggs")]
    of: Of,
}

/// `--sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The best first.
    Relevance,
    /// The latest first.
    Newest,
    /// The earliest first.
    Oldest,
}

/// `--of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Articles.
    Article,
    /// Named things, one row an occurrence.
    Mention,
    /// Figures.
    Metric,
    /// Relations of named things.
    Relation,
}

impl Of {
    fn sort(self) -> &'static str {
        match self {
            Self::Article => row::ARTICLE,
            Self::Mention => row::MENTION,
            Self::Metric => row::METRIC,
            Self::Relation => row::RELATION,
        }
    }
}

/// Reads the query that `words` are, with the synonyms in a file.
pub(super) fn read(words: &[String], synonyms: Option<&PathBuf>) -> crate::error::Result<Query> {
    let synonyms = synonyms.map_or_else(|| Ok(Synonyms::default()), |path| Synonyms::read(path))?;
    query::parse_with(&words.join(" "), &synonyms)
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let query = read(&args.query, args.synonyms.as_ref())?;
    let archive = Archive::open(&args.index.index)?;
    if args.count {
        return count(&archive, &query, args);
    }
    if args.verify {
        return verify(&archive, &query, args);
    }
    if let Some(request) = &args.aggs {
        let answer = query::aggregate(&archive, &query, args.of.sort(), request_of(request)?)?;
        print_json(&answer)?;
        return Ok(if answer["hits"]["total"]["value"] == 0 { Exit::Partly } else { Exit::Done });
    }
    if !args.facet.is_empty() {
        return facets(&archive, &query, args);
    }
    let decisions = archive.decisions()?;
    let show = Show { passages: args.passages, context: args.context, decisions: &decisions };
    if args.all { all(&archive, &query, args, &show) } else { page(&archive, &query, args, &show) }
}

fn count(archive: &Archive, query: &Query, args: &Args) -> anyhow::Result<Exit> {
    let total = query::count(archive, query)?;
    if args.json {
        print_json(&serde_json::json!({ "query": query.text, "total": total }))?;
    } else {
        let mut out = stdout();
        writeln!(out, "{total}")?;
        out.flush()?;
    }
    Ok(if total > 0 { Exit::Done } else { Exit::Partly })
}

fn verify(archive: &Archive, query: &Query, args: &Args) -> anyhow::Result<Exit> {
    let verified = query::verify(archive, query)?;
    if args.json {
        print_json(&serde_json::json!({
            "query": query.text, "hold": verified.hold, "found": verified.found,
            "missed": verified.missed, "wrong": verified.wrong,
        }))?;
    } else {
        let mut out = stdout();
        writeln!(out, "{} of {} found", verified.found, verified.hold)?;
        verified.missed.iter().try_for_each(|id| writeln!(out, "missed: {}", printable(id)))?;
        verified.wrong.iter().try_for_each(|id| writeln!(out, "found wrongly: {}", printable(id)))?;
        out.flush()?;
    }
    if !verified.agrees() {
        complain(
            "the index and its text differ; build it anew with `jiebao ingest` into another folder, and report this",
        );
        return Ok(Exit::Partly);
    }
    Ok(if verified.hold > 0 { Exit::Done } else { Exit::Partly })
}

/// The JSON that `--aggs` gives or names.
fn request_of(text: &str) -> Result<serde_json::Value, Error> {
    let read = |path: &str| std::fs::read_to_string(path).map_err(|cause| Error::io(path, "cannot read", cause));
    let json = text.strip_prefix('@').map_or_else(|| Ok(text.to_owned()), read)?;
    let advice = r#"write it as `{"by_year":{"terms":{"field":"year"}}}`"#;
    serde_json::from_str(&json).map_err(|cause| Error::Usage(format!("--aggs is no JSON: {cause}; {advice}")))
}

fn facets(archive: &Archive, query: &Query, args: &Args) -> anyhow::Result<Exit> {
    let facets = query::facets(archive, query, &args.facet, args.limit)?;
    let total = query::count(archive, query)?;
    if args.json {
        print_json(&serde_json::json!({ "query": query.text, "total": total, "facets": facets }))?;
    } else {
        let mut out = stdout();
        for (at, facet) in facets.iter().enumerate() {
            write!(out, "{}{}", if at > 0 { "\n" } else { "" }, table(facet))?;
        }
        out.flush()?;
    }
    if total == 0 {
        return nothing(archive, query);
    }
    complain(&format!("{total} articles found"));
    Ok(Exit::Done)
}

fn table(facet: &Facet) -> Rows {
    let header = format!("{} ({})", facet.facet, grouped(facet.distinct as u64));
    let mut rows = Rows::new([header.as_str(), "articles"], 1);
    facet.values.iter().for_each(|bucket| rows.push([bucket.value.clone(), grouped(bucket.articles)]));
    if let Some(without) = facet.without.filter(|without| *without > 0) {
        rows.push(["(none)".to_owned(), grouped(without)]);
    }
    rows
}

fn all(archive: &Archive, query: &Query, args: &Args, show: &Show<'_>) -> anyhow::Result<Exit> {
    let (mut out, mut total) = (stdout(), 0_usize);
    query::each(archive, query, |record| {
        total += 1;
        if args.json {
            serde_json::to_writer(&mut out, &json(&record, None, query, show))?;
            writeln!(out)?;
        } else {
            if total > 1 {
                writeln!(out)?;
            }
            print(&mut out, &record, query, show, args.mark)?;
        }
        Ok(())
    })?;
    out.flush()?;
    if total == 0 {
        return nothing(archive, query);
    }
    Ok(Exit::Done)
}

fn page(archive: &Archive, query: &Query, args: &Args, show: &Show<'_>) -> anyhow::Result<Exit> {
    let order = match args.sort {
        Sort::Relevance => Order::Relevance,
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
    };
    let found = query::search(archive, query, order, args.limit, args.offset)?;
    // An order by date has no scores to explain.
    let reasons = if args.explain && order == Order::Relevance {
        query::explain(archive, query, &found.hits, args.offset)?
    } else {
        Vec::new()
    };
    if args.json {
        let hits = found.hits.iter().enumerate().map(|(at, hit)| {
            let mut json = json(&hit.record, Some(hit), query, show);
            if let (Some(reasons), Some(fields)) = (reasons.get(at), json.as_object_mut()) {
                let reason = |(what, score): &(String, f32)| serde_json::json!({ "what": what, "score": score });
                fields.insert("explain".to_owned(), reasons.iter().map(reason).collect());
            }
            json
        });
        let hits: Vec<_> = hits.collect();
        let mut json = serde_json::json!({ "query": query.text, "total": found.total, "hits": hits });
        if let Some(fields) = json.as_object_mut().filter(|_| args.explain) {
            fields.insert("read_as".to_owned(), query.expr.to_string().into());
        }
        if found.total == 0
            && let Some(fields) = json.as_object_mut()
        {
            fields.insert("suggestions".to_owned(), serde_json::to_value(query::suggest(archive, query)?)?);
        }
        print_json(&json)?;
    } else {
        let mut out = stdout();
        if args.explain {
            writeln!(out, "{FAINT}read as {}{FAINT:#}\n", printable(&query.expr.to_string()))?;
        }
        for (at, hit) in found.hits.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            print(&mut out, &hit.record, query, show, args.mark)?;
            if let Some(reasons) = reasons.get(at) {
                explain(&mut out, hit, reasons)?;
            }
        }
        out.flush()?;
    }
    if found.total == 0 {
        return nothing(archive, query);
    }
    let last = args.offset.saturating_add(found.hits.len());
    if found.hits.is_empty() {
        complain(&format!("{} articles found, none from number {} on", found.total, args.offset.saturating_add(1)));
    } else if last < found.total {
        complain(&format!("{} articles found; see more with --offset {last}", found.total));
    }
    Ok(Exit::Done)
}

/// Says that nothing was found, and what may have been meant.
pub(super) fn nothing(archive: &Archive, query: &Query) -> anyhow::Result<Exit> {
    complain(&format!("no article answers {}; try fewer or shorter words", printable(&query.text)));
    for missing in query::suggest(archive, query)? {
        complain(&meant(&missing));
    }
    Ok(Exit::Partly)
}

fn meant(missing: &Missing) -> String {
    let near = missing.near.iter().map(|near| {
        let kind = near.kind.map_or_else(String::new, |kind| format!("{kind}, "));
        format!("{} ({kind}{})", printable(&near.text), grouped(near.articles))
    });
    let near: Vec<String> = near.collect();
    let word = printable(&missing.word);
    let missing = match missing.kind {
        Some(kind) => format!("no {kind} is called {word}"),
        None => format!("{word} stands nowhere"),
    };
    if near.is_empty() {
        format!("{missing}, and nothing near it")
    } else {
        format!("{missing}; did you mean {}?", near.join(", "))
    }
}

fn explain(out: &mut impl Write, hit: &Hit, reasons: &[(String, f32)]) -> std::io::Result<()> {
    let why = if reasons.is_empty() { ": nothing that the query asks for is ranked" } else { "" };
    writeln!(out, "  {FAINT}score {:.2}{why}{FAINT:#}", hit.score)?;
    for (what, score) in reasons {
        writeln!(out, "  {FAINT}{score:8.2}  {}{FAINT:#}", printable(what))?;
    }
    Ok(())
}

fn print(out: &mut impl Write, record: &Record, query: &Query, show: &Show<'_>, mark: bool) -> std::io::Result<()> {
    let passages = query::passages(record, query, show);
    let title = passages.iter().find(|passage| passage.place == Text::Title && passage.whole == [true, true]);
    match title {
        Some(passage) => writeln!(out, "{}", marked(passage, STRONG, mark))?,
        None => {
            let title = record.title.as_deref().unwrap_or("(no headline)");
            writeln!(out, "{STRONG}{}{STRONG:#}", printable(title))?;
        }
    }
    let date = record.date.as_deref().unwrap_or("no date");
    let line = format!("{} · {date} · {}", record.issue, record.id);
    writeln!(out, "  {FAINT}{}{FAINT:#}", printable(&line))?;
    for passage in passages.iter().filter(|passage| Some(*passage) != title) {
        writeln!(out, "  {}", marked(passage, Style::new(), mark))?;
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

fn json(record: &Record, hit: Option<&Hit>, query: &Query, show: &Show<'_>) -> serde_json::Value {
    let passages: Vec<_> = query::passages(record, query, show)
        .into_iter()
        .map(|passage| {
            serde_json::json!({
                "place": passage.place.as_str(),
                "paragraph": query::paragraph(passage.place),
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
        "score": hit.map(|hit| hit.score),
        "passages": passages,
    })
}
