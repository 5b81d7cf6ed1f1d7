//! Pictures of tables: what must hold of any, and what stands in some.

use crate::run::Place;
use jiebao::chart::{Caption, Format, Picture, draw};
use jiebao::table::{Cell, Column, Kind, Shape, Table};
use proptest::prelude::*;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::path::Path;

/// A row of a table that has a place, a series, a unit and a value.
type Row = (Cell, Cell, Cell, Cell);

fn table(shape: Shape, kind: Kind, rows: impl IntoIterator<Item = Row>) -> Table {
    let columns = vec![
        Column::new("place", Kind::Text, "what it is of"),
        Column::new("name", Kind::Text, "whose it is"),
        Column::new("unit", Kind::Text, "its unit"),
        Column::new("mean_value", kind, "mean of what was told"),
    ];
    let mut table = Table::new("metrics", columns);
    table.rows = rows.into_iter().map(|(place, name, unit, value)| vec![place, name, unit, value]).collect();
    let series = (shape != Shape::Bars).then_some("name");
    table.drawn(shape, "place", "mean_value", series, Some("unit"))
}

fn bars(rows: impl IntoIterator<Item = (String, f64)>) -> Table {
    let row = |(place, value): (String, f64)| (place.into(), Cell::Null, "户".into(), value.into());
    table(Shape::Bars, Kind::Number, rows.into_iter().map(row))
}

fn course(rows: impl IntoIterator<Item = (String, String, Option<f64>)>) -> Table {
    let row =
        |(place, name, value): (String, String, Option<f64>)| (place.into(), name.into(), "户".into(), value.into());
    table(Shape::Lines, Kind::Number, rows.into_iter().map(row))
}

fn caption() -> Caption {
    Caption {
        command: "jiebao stats metrics --by community --unit 户 --query '停车 OR \"充电桩\"' --chart 云杉.svg"
            .to_owned(),
        coverage: vec!["rests on 25 issues, 214 articles, 61 870 characters, 2023-01 to 2024-12".to_owned()],
    }
}

fn svg(picture: &Picture) -> String {
    String::from_utf8(picture.bytes(Format::Svg).expect("an SVG")).expect("UTF-8")
}

/// The elements of an SVG, and the text in its title and description.
fn read(svg: &str) -> (Vec<String>, String) {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut names, mut text) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => {
                text.push_str(quick_xml::escape::resolve_predefined_entity(&name).expect("a known entity"));
            }
            Event::Eof => return (names, text),
            _ => {}
        }
    }
}

/// Invented names of communities.
fn name(at: usize) -> String {
    let [first, second] = ["云松栗枫槐梧桦榆", "杉溪湾坪岭渡桥塘"].map(|all| all.chars().collect::<Vec<_>>());
    format!("{}{}第{}社区居民委员会", first[at % 8], second[at / 8 % 8], ["一", "二", "三"][at / 64 % 3])
}

/// Invented values that look like counts.
fn value(at: usize) -> f64 {
    ((at * 7919 + 13) % 1009) as f64 / (1 + at % 7) as f64
}

/// Width, height and dots a metre of a PNG.
fn size(png: &[u8]) -> [u32; 3] {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(&png[37..41], b"pHYs");
    [number(16), number(20), number(41)]
}

#[test]
fn writes_pictures_that_any_program_opens() {
    let table = bars((0..5).map(|at| (name(at), value(at))));
    let picture = draw(&table, &caption()).expect("a picture");
    let svg = svg(&picture);
    let (elements, text) = read(&svg);
    assert_eq!(elements[..3], ["svg", "title", "desc"]);
    assert!(
        elements.iter().all(|name| ["svg", "title", "desc", "g", "path"].contains(&name.as_str())),
        "{elements:?}"
    );
    assert!(elements.iter().filter(|name| *name == "path").count() > 20);
    assert!(text.contains("metrics: mean value (户) by place"), "{text}");
    for at in 0..5 {
        assert!(text.contains(&name(at)), "{text}");
    }
    assert!(text.contains("'停车 OR \"充电桩\"'") && text.contains("rests on 25 issues"), "{text}");
    let png = picture.bytes(Format::Png).expect("a PNG");
    let [width, height, density] = size(&png);
    // 16 cm at 300 dots an inch, which are 11 811 a metre.
    assert_eq!((width, density), (1890, 11_811));
    let tall = draw(&bars((0..30).map(|at| (name(at), value(at)))), &caption()).expect("a picture");
    let tall = tall.bytes(Format::Png).expect("a PNG");
    assert!(size(&tall)[1] > height + 1000);
    // Twice the bars are more than half as many bytes again: there is something on it.
    assert!(png.len() > 40_000 && tall.len() * 2 > png.len() * 3, "{} {}", png.len(), tall.len());
}

#[test]
fn has_the_same_bytes_each_time() {
    let drawn = || {
        let table = course((0..60).map(|at| (format!("{}", 2000 + at % 20), name(at / 20), Some(value(at)))));
        let picture = draw(&table, &caption()).expect("a picture");
        [Format::Svg, Format::Png].map(|format| picture.bytes(format).expect("bytes"))
    };
    let first = drawn();
    let others: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..2).map(|_| scope.spawn(drawn)).collect();
        running.into_iter().map(|thread| thread.join().expect("a picture")).collect()
    });
    assert!(others.iter().all(|other| *other == first));
}

#[test]
fn keeps_text_harmless() {
    let hostile = "<script>&\"'</svg>]]>\u{1b}[2J\u{202E}\u{FFFF}\n";
    let mut table = bars([(hostile.to_owned(), 1.0), ("云杉".to_owned(), 2.0)]);
    table.name = hostile.to_owned().into();
    table.columns[0].name = hostile.to_owned().into();
    table.rows.iter_mut().for_each(|row| row[2] = hostile.into());
    let caption = Caption { command: hostile.to_owned(), coverage: vec![hostile.to_owned()] };
    let svg = svg(&draw(&table, &caption).expect("a picture"));
    let (elements, text) = read(&svg);
    assert!(!elements.iter().any(|name| name == "script"), "{elements:?}");
    assert!(text.contains("<script>&\"'</svg>]]>\\u{1b}[2J\\u{202e}"), "{text}");
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202E}' || c == '\u{FFFF}'));
}

/// All characters of GB 2312, as encoding_rs reads its codes.
fn gb2312() -> String {
    let codes = (0xB0u8..=0xF7).chain(0xA1..=0xA9).flat_map(|lead| (0xA1u8..=0xFE).map(move |trail| [lead, trail]));
    // What GBK adds in these rows, at codes that GB 2312 leaves empty, is not of it.
    let empty = |[lead, trail]: [u8; 2]| match lead {
        0xA2 => !(0xB1..=0xE2).contains(&trail) && !(0xE5..=0xEE).contains(&trail) && !(0xF1..=0xFC).contains(&trail),
        0xA6 => trail > 0xD8 || (0xB9..=0xC0).contains(&trail),
        0xA8 => trail > 0xE9 || (0xBB..=0xC4).contains(&trail),
        0xA9 => !(0xA4..=0xEF).contains(&trail),
        0xD7 => trail > 0xF9,
        _ => false,
    };
    let read = |code: [u8; 2]| {
        let (text, _, failed) = encoding_rs::GBK.decode(&code);
        let is_private = text.contains(|c| ('\u{E000}'..='\u{F8FF}').contains(&c));
        (!failed && !empty(code) && !is_private).then(|| text.into_owned())
    };
    codes.filter_map(read).collect()
}

#[test]
fn has_a_glyph_for_every_character_of_gb2312() {
    let all: Vec<char> = gb2312().chars().collect();
    assert!(all.len() > 7000, "{}", all.len());
    for page in all.chunks(800) {
        let rows = page.chunks(20).map(|part| (part.iter().collect::<String>(), 1.0));
        let picture = draw(&bars(rows), &Caption::default()).expect("a picture");
        assert!(picture.notes().is_empty(), "{:?}", picture.notes());
    }
    let picture = draw(&bars([("笑😀𠀀".to_owned(), 1.0)]), &Caption::default()).expect("a picture");
    let told = "the font of pictures lacks 😀 (U+1F600), 𠀀 (U+20000): shown as boxes";
    assert_eq!(picture.notes(), [told]);
    // The box is drawn: two of them are more than none.
    let plain = draw(&bars([("笑".to_owned(), 1.0)]), &Caption::default()).expect("a picture");
    let letters = |picture: &Picture| svg(picture).rsplit("</desc>").next().map_or(0, str::len);
    assert!(letters(&picture) > letters(&plain) + 100);
}

#[test]
fn refuses_what_no_picture_could_tell() {
    let refused = |table: &Table| draw(table, &Caption::default()).expect_err("no picture").to_string();
    let mut plain = bars([("云杉".to_owned(), 1.0)]);
    plain.plot = None;
    assert_eq!(
        refused(&plain),
        "the table metrics has no picture; leave --chart out, or write its rows with --output and draw them elsewhere"
    );
    let mut mixed = bars((0..5).map(|at| (name(at), 1.0)));
    for (row, unit) in mixed.rows.iter_mut().zip(["元".into(), "户".into(), "户".into(), Cell::Null, "万元".into()])
    {
        row[2] = unit;
    }
    assert_eq!(
        refused(&mixed),
        "the values are in 4 units (户, (none), 万元, 元), and a picture shows one; choose it: --unit 户"
    );
    let twice = [("云", "杉", 1.0), ("云", "杉", 2.0)];
    let twice = twice.map(|(x, y, value)| (x.into(), y.into(), Cell::Null, value.into()));
    let heat = table(Shape::Heat, Kind::Number, twice);
    assert_eq!(
        refused(&heat),
        "2 rows are for 云 of 杉, and a picture has room for one; group by fewer keys, or choose among them with a query"
    );
    let ending = |path: &str| Format::of_path(Path::new(path)).map_err(|error| error.to_string());
    assert_eq!(ending("a.SVG"), Ok(Format::Svg));
    assert_eq!(ending("a.png"), Ok(Format::Png));
    for path in ["a.pdf", "a", ".png"] {
        let told = "a picture is written as .svg or .png; end the name of its file so";
        assert_eq!(ending(path), Err(format!("{path}: {told}")));
    }
}

#[test]
fn says_what_it_leaves_out() {
    let notes = |table: &Table| draw(table, &Caption::default()).expect("a picture").notes().join("; ");
    assert_eq!(notes(&bars((0..312).map(|at| (format!("{at}"), 1.0)))), "the first 40 of 312 bars");
    let many = (0..40).map(|at| (format!("{}", 2020 + at % 2), format!("{:02}", at / 2), Some(value(at))));
    assert_eq!(notes(&course(many)), "8 of 20 lines: those with the most values, of equals the greatest");
    let odd = [("2020", 1.0), ("spring", 2.0), ("2021", 3.0), ("2021", 4.0)];
    let odd = odd.map(|(x, value)| (x.to_owned(), "云".to_owned(), Some(value)));
    assert_eq!(
        notes(&course(odd)),
        "1 row without a date is not drawn; 1 time has several values of one line: a mark each, and an upright line \
         through them"
    );
    let near = (0..4).map(|at| (format!("{}", 2020 + at), String::new(), Some(98.0 + f64::from(at) / 10.0)));
    assert_eq!(notes(&course(near)), "the axis of values does not begin at zero");
    let fields = (0..50).flat_map(|x| (0..2).map(move |y| (x, y)));
    let fields =
        fields.map(|(x, y)| (format!("列{x}").into(), format!("{y}").into(), Cell::Null, Cell::Number(12_345.0)));
    let told = "the first 40 of 50 columns; numbers have no room in the fields; the table has them";
    assert_eq!(notes(&table(Shape::Heat, Kind::Number, fields)), told);
}

#[test]
fn draws_what_commands_answer() {
    let place = Place::with_pages();
    let ran = place.run(&["stats", "grids", "--chart", "网格 图.svg", "--query", "网格 OR 它's"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("云栖综合网格") && !ran.out.contains('█'), "{ran:?}");
    let svg = std::fs::read_to_string(place.path("网格 图.svg")).expect("a picture");
    let (_, text) = read(&svg);
    let command = r"jiebao stats grids --chart '网格 图.svg' --query '网格 OR 它'\''s'";
    assert!(
        text.contains("云栖综合网格（曹渡街道）: ") && text.contains(command) && text.contains("rests on 2 issues"),
        "{text}"
    );
    let told = |args: &[&str]| {
        let ran = place.run(&[&["stats", "grids", "--chart"], args].concat());
        (ran.code, ran.out.is_empty(), ran.err)
    };
    let kept = "网格 图.svg: exists; name another file, or replace it with --force";
    assert_eq!(told(&["网格 图.svg"]), (Some(2), true, format!("jiebao: {kept}\n")));
    assert_eq!(told(&["网格 图.svg", "--force"]).0, Some(0));
    let ending = "图.pdf: a picture is written as .svg or .png; end the name of its file so";
    assert_eq!(told(&["图.pdf"]), (Some(2), true, format!("jiebao: {ending}\n")));
    assert_eq!(told(&["图.png", "--query", "无此词"]).0, Some(1));
    assert!(!place.path("图.png").exists());
    let files = std::fs::read_dir(place.path("")).expect("a folder").count();
    assert_eq!(files, 3, "corpus, index and the picture: no draft is left");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No table of few rows, whatever its cells, is drawn into something that is no picture.
    #[test]
    fn draws_any_table(
        shape in prop_oneof![Just(Shape::Bars), Just(Shape::Lines), Just(Shape::Heat)],
        series in any::<bool>(),
        rows in prop::collection::vec((cell(), cell(), number()), 0..14),
        command in any::<String>(),
    ) {
        let rows = rows.into_iter().map(|(x, y, value)| (x, y, Cell::Null, value));
        let table = table(shape, Kind::Number, rows);
        let table = if series { table.drawn(shape, "place", "mean_value", Some("name"), None) } else { table };
        match draw(&table, &Caption { command, coverage: Vec::new() }) {
            Ok(picture) => {
                let (elements, _) = read(&svg(&picture));
                prop_assert!(elements.len() > 3);
            }
            Err(error) => prop_assert!(error.to_string().contains("a picture has room for one"), "{error}"),
        }
    }
}

/// Names and times, good and bad.
fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Null),
        any::<String>().prop_map(Cell::from),
        "[云杉松溪]{0,40}".prop_map(Cell::from),
        "(0000|1[0-9]{3}|202[0-9]|9999)(-[01][0-9](-[0-3][0-9])?)?".prop_map(Cell::from),
        (-9i64..9).prop_map(Cell::from),
        (1000i64..9999).prop_map(Cell::from),
        any::<i64>().prop_map(Cell::from),
        any::<f64>().prop_map(Cell::from),
        (1i16..9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Cell::Date(jiff::civil::date(y, m, d))),
    ]
}

/// Values, common and beyond measure.
fn number() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Null),
        (-100.0..100.0f64).prop_map(Cell::from),
        any::<f64>().prop_map(Cell::from),
        Just(Cell::from(f64::MAX)),
        Just(Cell::from(-f64::MAX)),
        Just(Cell::from(5e-324)),
        Just(Cell::from(-0.0)),
        any::<i64>().prop_map(Cell::from),
    ]
}

/// Pictures of all sorts. `JIEBAO_GALLERY=FOLDER cargo test --test it chart::gallery` writes them where they can be looked at.
#[test]
fn gallery() {
    let folder = std::env::var_os("JIEBAO_GALLERY");
    let month = |at: usize| format!("{}-{:02}", 2021 + at / 12, at % 12 + 1);
    let lines8 = (0..8).flat_map(|s| {
        (0..36).filter(move |at| at % 11 != s && !(20..24).contains(at)).map(move |at| {
            let v = 200.0 + 90.0 * s as f64 + 60.0 * ((at as f64 + 3.0 * s as f64) / 5.0).sin();
            (month(at), name(s), Some(v))
        })
    });
    let heat = |rows: usize, columns: usize, scale: f64| {
        let all = (0..rows).flat_map(move |r| (0..columns).map(move |c| (r, c)));
        let row = move |(r, c): (usize, usize)| {
            let v = ((r * 31 + c * 17) % 97) as f64 * scale;
            (Cell::from(&name(c)[..9]), Cell::from(name(r)), Cell::Null, Cell::from(v))
        };
        all.filter(|(r, c)| (r + 2 * c) % 13 != 0).map(row)
    };
    let all = [
        ("bars5", bars((0..5).map(|at| (name(at), value(at))))),
        ("bars40", bars((0..312).map(|at| (name(at), 5000.0 - value(at) - at as f64 * 12.5)))),
        ("negative", bars((0..12).map(|at| (name(at), 60.0 - value(at))))),
        ("one", bars([("云杉".to_owned(), 137.5)])),
        (
            "long",
            bars([("云杉湾".repeat(12), 137.5), ("Parking at the north gate of the big market".to_owned(), 2.0)]),
        ),
        ("equal", bars((0..4).map(|at| (name(at), 3.0)))),
        ("zero", bars((0..3).map(|at| (name(at), 0.0)))),
        ("huge", bars([("甲".to_owned(), 12_345_678_901.0), ("乙".to_owned(), 2.5e9), ("丙".to_owned(), -4e9)])),
        ("tiny", bars([("甲".to_owned(), 1.2e-7), ("乙".to_owned(), 4.5e-6)])),
        ("odd", bars([("<b>&\"'\u{1b}[2J\n".to_owned(), 3.0), ("笑😀𠀀字".to_owned(), 4.0)])),
        (
            "groups",
            table(
                Shape::Lines,
                Kind::Number,
                (0..24)
                    .map(|at| (name(at / 3).into(), name(9 + at % 3).into(), "户".into(), (value(at) - 90.0).into())),
            )
            .drawn(Shape::Bars, "place", "mean_value", Some("name"), Some("unit")),
        ),
        ("lines8", course(lines8)),
        ("lines1", course((0..9).map(|at| (format!("{}", 2015 + at), String::new(), Some(value(at)))))),
        (
            "narrow",
            course((0..9).map(|at| (format!("{}", 2015 + at), "云".to_owned(), Some(98.0 + value(at) / 800.0)))),
        ),
        (
            "many",
            course(
                (0..20)
                    .flat_map(|s| (0..6).map(move |at| (format!("{}", 2018 + at), name(s), Some(value(s * 6 + at))))),
            ),
        ),
        ("point", course([("2024-05-12".to_owned(), "云".to_owned(), Some(3.0))])),
        (
            "days",
            course((0..20).map(|at| {
                (
                    format!("2024-{:02}-{:02}", 1 + at / 3, 3 + at % 3 * 9),
                    "云".to_owned(),
                    (at != 7).then(|| value(at) - 90.0),
                )
            })),
        ),
        ("names", course((0..12).map(|at| (name(at), "云".to_owned(), Some(value(at)))))),
        ("heat30", table(Shape::Heat, Kind::Number, heat(30, 30, 1.0))),
        ("heat6", table(Shape::Heat, Kind::Number, heat(6, 5, 1.37))),
        (
            "heat_sides",
            table(
                Shape::Heat,
                Kind::Number,
                heat(6, 12, 1.0).map(|(a, b, c, v)| {
                    (
                        a,
                        b,
                        c,
                        match v {
                            Cell::Number(v) => Cell::Number(v - 40.0),
                            other => other,
                        },
                    )
                }),
            ),
        ),
        (
            "heat_time",
            table(
                Shape::Heat,
                Kind::Number,
                (0..60)
                    .map(|at| {
                        (
                            Cell::from(month((at * 5) % 30)),
                            Cell::from(name(at % 7)),
                            Cell::Null,
                            Cell::from(at as f64),
                        )
                    })
                    .collect::<Vec<_>>()
                    .into_iter()
                    .scan(BTreeSet::new(), |seen, row| Some((seen.insert(format!("{:?}{:?}", row.0, row.1)), row)))
                    .filter(|(new, _)| *new)
                    .map(|(_, row)| row),
            ),
        ),
    ];
    let mut times = String::new();
    for (file, table) in all {
        let started = std::time::Instant::now();
        let picture = draw(&table, &caption()).unwrap_or_else(|error| panic!("{file}: {error}"));
        let drawn = started.elapsed();
        let svg = picture.bytes(Format::Svg).expect("an SVG");
        let (names, text) = read(std::str::from_utf8(&svg).expect("UTF-8"));
        assert!(names.len() > 20 && text.contains("jiebao"), "{file}: {text}");
        let Some(folder) = folder.as_ref().map(Path::new) else { continue };
        let png = picture.bytes(Format::Png).expect("a PNG");
        let told = format!("{file}: {drawn:?}, then {:?}; {:?}\n", started.elapsed() - drawn, picture.notes());
        times.push_str(&told);
        std::fs::write(folder.join(format!("{file}.svg")), svg).expect("a file");
        std::fs::write(folder.join(format!("{file}.png")), png).expect("a file");
    }
    if let Some(folder) = folder {
        std::fs::write(Path::new(&folder).join("times.txt"), times).expect("a file");
    }
}
