//! Relations and what figures speak of, read from marked text: `[g第三网格]` is a grid, `c` a community, `d` a
//! division, `p` a person, `o` a body, `t` a date, `#32个#` a figure.

use super::relate;
use crate::model::{Article, EntityKind, Mention, Metric, Place, Quantity, Shown, Text, TextSpan};

/// An article of one paragraph a line.
fn article(marked: &str) -> Article {
    let mut article = Article::default();
    for (index, line) in marked.lines().enumerate() {
        let (mut text, mut figure, mut opened) = (String::new(), None, Vec::new());
        let place = Place::Paragraph(index);
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                '[' => opened.push((chars.next(), text.len())),
                ']' => {
                    let (kind, start) = opened.pop().expect("it was opened");
                    let kind = match kind {
                        Some('g') => EntityKind::Grid,
                        Some('c') => EntityKind::Community,
                        Some('d') => EntityKind::Division,
                        Some('p') => EntityKind::Person,
                        Some('o') => EntityKind::Organization,
                        _ => EntityKind::Date,
                    };
                    let span = TextSpan::new(start, text.len());
                    let name = span.of(&text).to_owned();
                    article.mentions.push(Mention { kind, place, span, name, code: None, role: None, within: None });
                }
                '#' => match figure.take() {
                    None => figure = Some(text.len()),
                    Some(start) => article.metrics.push(metric(place, TextSpan::new(start, text.len()))),
                },
                c => text.push(c),
            }
        }
        article.paragraphs.push(Text::verbatim(text, 0));
    }
    article
}

fn metric(place: Place, span: TextSpan) -> Metric {
    Metric {
        place,
        span,
        quantity: Quantity::Exact(1.0),
        unit: None,
        subject: None,
        approx: false,
        bound: None,
        change: None,
        from: None,
        basis: None,
        about: Default::default(),
        check: None,
    }
}

fn related(marked: &str) -> Article {
    let mut articles = [article(marked)];
    relate(&mut articles, Some("2025-06"));
    let [article] = articles;
    article
}

/// What the last figure of `marked` speaks of: community, grid, division, date, each with the first letter of its level.
fn about(marked: &str) -> String {
    let article = related(marked);
    let about = &article.metrics.last().expect("a figure is marked").about;
    let shown = |shown: &Option<Shown>| match shown {
        Some(shown) => format!("{}/{}", shown.name, &shown.level.as_str()[..1]),
        None => "-".to_owned(),
    };
    [&about.community, &about.grid, &about.division, &about.date].map(shown).join(" ")
}

fn relations(marked: &str) -> String {
    let relation = |relation: &crate::model::Relation| {
        format!("{} {} {}", relation.subject.name, relation.kind.as_str(), relation.object.name)
    };
    related(marked).relations.iter().map(relation).collect::<Vec<_>>().join("; ")
}

#[test]
fn tells_what_a_figure_speaks_of() {
    for (marked, expected) in [
        ("[c云杉社区]新增车位#32个#", "云杉社区/s - - 2025-06/a"),
        ("[c云杉社区]新增车位12个，[c青岚小区]新增#20个#", "青岚小区/s - - 2025-06/a"),
        ("#32名#志愿者来到[c云杉社区]", "云杉社区/s - - 2025-06/a"),
        ("[c云杉社区]书记说，#32名#志愿者来到[c青岚小区]", "青岚小区/s - - 2025-06/a"),
        ("[c云杉社区]更新了规约。新增车位#32个#", "云杉社区/p - - 2025-06/a"),
        ("[c云杉社区]更新了规约。\n新增车位#32个#", "云杉社区/a - - 2025-06/a"),
        ("[c云杉]、[c青岚]两个社区新增车位#32个#", "- - - 2025-06/a"),
        ("[c云杉]、[c青岚]两个社区先行。新增车位#32个#", "- - - 2025-06/a"),
        ("[c云杉社区]先行，[c青岚小区]跟上。\n新增车位#32个#", "- - - 2025-06/a"),
        ("[d栗山街道][c云杉社区]先行，全街道新增车位#32个#", "- - 栗山街道/s 2025-06/a"),
        ("[d栗山街道][c云杉社区]先行，全国新增车位#32个#", "- - - 2025-06/a"),
        ("全街道动员，[c云杉社区]新增车位#32个#", "云杉社区/s - - 2025-06/a"),
        ("[c云杉社区][g第三网格]先行，全社区新增车位#32个#", "云杉社区/s - - 2025-06/a"),
        ("[d栗山街道][c云杉社区][g第三网格]有居民#32户#", "云杉社区/s 第三网格/s 栗山街道/s 2025-06/a"),
        ("[t2024]，新增车位#32个#", "- - - 2024/s"),
        ("[t2024]建成。新增车位#32个#", "- - - 2024/p"),
        ("新增车位#32个#（[t2024-05]）", "- - - 2024-05/s"),
        ("[t去年]，新增车位#32个#", "- - - 2025-06/a"),
        ("登记流动人口#2140人#，比[t2024]同期减少310人", "- - - 2025-06/a"),
        ("完好率从[t2024-12]的51%提升到#92%#", "- - - 2025-06/a"),
        ("住宅楼#18栋#，[t2024-12]只有5栋", "- - - 2025-06/a"),
        ("[c云杉社区]第一至第四网格和[c青岚社区]共清运#23车#", "- - - 2025-06/a"),
        ("[o[d栗山市]云杉物业公司]新增车位#32个#", "- - - 2025-06/a"),
    ] {
        assert_eq!(about(marked), expected, "{marked}");
    }
}

#[test]
fn the_level_is_that_of_the_nearest_unit() {
    let level = |marked: &str| related(marked).metrics.last().and_then(|metric| metric.about.level());
    let word = |marked| level(marked).map(|level| level.as_str());
    assert_eq!(word("[d栗山街道]动员。[c云杉社区]新增车位#32个#"), Some("sentence"));
    assert_eq!(word("[t2024]，新增车位#32个#"), Some("sentence"));
    assert_eq!(word("[d栗山街道]动员。\n[t2024]，新增车位#32个#"), Some("article"));
}

#[test]
fn reads_relations() {
    for (marked, expected) in [
        ("[d栗山街道][c云杉社区]", "云杉社区 in 栗山街道"),
        ("[d栗山街道]、[c云杉社区]", ""),
        ("[g[c云杉社区]A03网格]", "云杉社区A03网格 in 云杉社区"),
        ("[g第三网格]覆盖[c云杉]、[c青岚]两个小区，毗邻[c白石小区]", "云杉 in 第三网格; 青岚 in 第三网格"),
        ("[c云杉社区]划分为4个网格，分别是[g东网格]和[g西网格]", "东网格 in 云杉社区; 西网格 in 云杉社区"),
        ("[g第三网格]由[c云杉社区]管理", ""),
        ("[g第三网格]网格长[p方禾]", "方禾 heads 第三网格"),
        ("[g第三网格]副网格长[p方禾]", ""),
        ("[g第三网格]网格员[p方禾]", ""),
        ("[g第三网格]网格长由[p方禾]担任", "方禾 heads 第三网格"),
        ("[p方禾]担任[g第三网格]网格长。", "方禾 heads 第三网格"),
        ("[g第三网格]由[p方禾]担任网格长", "方禾 heads 第三网格"),
        ("[c雲杉社區]黨委書記[p方禾]說", "方禾 heads 雲杉社區"),
        ("[p方禾]走访[g第三网格]网格长", ""),
        ("[c云杉社区][g1号网格]、[g3号网格]", "1号网格 in 云杉社区; 3号网格 in 云杉社区"),
        ("[c云杉社区]党总支书记、居委会主任[p方禾]说", "方禾 heads 云杉社区"),
        ("[c云杉社区]居民[p方禾]说", ""),
        ("[o明远物业]进驻[c青岚小区]", "明远物业 works_in 青岚小区"),
        ("[c青岚小区]聘请[o明远物业]", "明远物业 works_in 青岚小区"),
        ("[o明远物业]、[c青岚小区]", ""),
        ("[o[c云杉社区]党总支]", "云杉社区党总支 works_in 云杉社区"),
        (
            "[g第三网格]覆盖[c云杉小区]，东至云栖路，南临河堤，西靠铁路。",
            "云杉小区 in 第三网格; 第三网格 bounded_by 东至云栖路，南临河堤，西靠铁路",
        ),
        ("[g第三网格]东至云栖路的公交车停运", ""),
    ] {
        assert_eq!(relations(marked), expected, "{marked}");
    }
}

#[test]
fn says_each_relation_once() {
    assert_eq!(relations("[d栗山街道][c云杉社区]\n[d栗山街道]的[c云杉社区]"), "云杉社区 in 栗山街道");
}

/// Where the last grid or community of the first of `articles` lies.
fn home(articles: &[&str]) -> Option<String> {
    let mut articles: Vec<Article> = articles.iter().map(|marked| article(marked)).collect();
    relate(&mut articles, None);
    let unit = |mention: &&Mention| matches!(mention.kind, EntityKind::Grid | EntityKind::Community);
    articles[0].mentions.iter().rfind(unit).and_then(|mention| mention.within.clone())
}

#[test]
fn says_where_a_unit_lies() {
    for (articles, expected) in [
        (&["[d栗山街道]的[c云杉社区]"] as &[_], Some("栗山街道")),
        (&["[c云杉社区]", "[d栗山街道]召开会议"], Some("栗山街道")),
        (&["[c云杉社区]", "[d栗山街道]和[d石桥镇]召开会议"], None),
        (&["[c云杉社区][g第三网格]"], Some("云杉社区")),
        (&["[c云杉社区]动员，[g第三网格]跟上"], Some("云杉社区")),
        (&["[c云杉社区]、[c青岚社区]动员，[g第三网格]跟上"], None),
        (&["[g北门网格]", "[c云杉社区][g北门网格]"], Some("云杉社区")),
        (&["[g北门网格]", "[c云杉社区][g北门网格]", "[c青岚社区][g北门网格]"], None),
    ] {
        assert_eq!(home(articles).as_deref(), expected, "{articles:?}");
    }
}
