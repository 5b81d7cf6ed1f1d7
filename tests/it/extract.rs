//! `extract` from outside: what it prints and what it refuses. Belongs here: input, good and bad, and what a user
//! is told of it.

#![allow(clippy::print_stderr, reason = "a skipped test says so")]

use crate::run::{PAGES, Place, Ran};
use jiebao::record::{ChangeRecord, FurnitureRecord, Record};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::Duration;

const PAGE: &str = "柳湾添新亭\n柳湾居民区的亭子修好了，老人有处歇脚。\n";

/// Long enough for the slowest machine, short of for ever.
const AT_ONCE: Duration = Duration::from_secs(20);

fn jiebao(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebao"));
    command.arg("extract").args(args);
    command
}

/// A place that holds [`PAGES`] in its folder `corpus`, and no index.
fn with_corpus() -> Place {
    let place = Place::new();
    PAGES.iter().for_each(|(name, text)| place.write(format!("corpus/{name}"), text));
    place
}

fn records(ran: &Ran) -> Vec<Record> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert!(ran.out.is_empty() || ran.out.ends_with('\n'), "{ran:?}");
    ran.out.lines().map(read).collect()
}

fn titles(ran: &Ran) -> Vec<String> {
    records(ran).into_iter().filter_map(|record| record.title).collect()
}

/// Extracts `path` beside a good page: that is printed all the same, the code is 1, and one line names the path.
fn refusal(place: &Place, path: &str) -> String {
    place.write("good.md", PAGE);
    let ran = place.within(AT_ONCE, &mut jiebao(&[path, "good.md"]));
    assert_eq!((ran.code, titles(&ran)), (Some(1), vec!["柳湾添新亭".to_owned()]), "{ran:?}");
    let what = ran.err.strip_prefix("jiebao: ").and_then(|line| line.strip_suffix('\n'));
    let what = what.unwrap_or_else(|| panic!("{ran:?}"));
    assert!(!what.contains('\n'), "{ran:?}");
    what.to_owned()
}

#[test]
fn prints_records_and_nothing_else() {
    let place = with_corpus();
    let ran = place.run(&["extract", "corpus"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(titles(&ran), ["曹渡街道召开网格工作会", "垃圾分类进楼道", "柳湾老旧小区加装电梯"]);
    assert!(!place.path("index").exists(), "extract needs no index and makes none");
}

#[test]
fn reads_standard_input() {
    let place = with_corpus();
    let name = format!("corpus/{}", PAGES[0].0);
    let from = |path: &str| {
        let input = File::open(place.path(path)).expect("a file");
        place.command(jiebao(&["-"]).stdin(input))
    };
    let (mut piped, mut named) = (records(&from(&name)), records(&place.run(&["extract", &name])));
    assert_eq!((piped[0].path.as_str(), piped[0].issue.as_str()), ("-", "-"));
    for record in piped.iter_mut().chain(&mut named) {
        record.path.clear();
        record.issue.clear();
        record.id.clear();
    }
    assert_eq!(piped, named);
    for (content, what) in [("", "is empty"), (" \n\u{3000}\n", "holds only white space")] {
        place.write("input", content);
        let ran = from("input");
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("jiebao: -: {what}")), "{ran:?}");
    }
}

#[test]
fn wants_a_path() {
    let ran = Place::new().run(&["extract"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("<PATHS>") && ran.err.contains("--help"), "{ran:?}");
}

#[test]
fn refuses_what_holds_no_text_and_says_what_to_do() {
    let place = Place::new();
    let noise: Vec<u8> = (0..5000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    place.write("empty.txt", "");
    place.write("blank.txt", "\r\n \t\n\u{3000}\u{3000}\n\u{feff}");
    place.write("noise.txt", noise);
    place.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\x80\x08\x06\0\0\0\xff\xfe\xfd\xfc");
    place.write("papers/notes.pdf", PAGE);
    let told = ["none.txt", "none", "empty.txt", "blank.txt", "noise.txt", "picture.txt", "papers"]
        .map(|path| refusal(&place, path));
    insta::assert_snapshot!(told.join("\n"), @r"
    none.txt: no such file or folder; check the name
    none: no such file or folder; check the name
    empty.txt: is empty; extract its text again, or remove it
    blank.txt: holds only white space; extract its text again, or remove it
    noise.txt: is not text (binary data); give jiebao the text extracted from it
    picture.txt: is not text (binary data); give jiebao the text extracted from it
    papers: holds no .txt or .md file; name the folder that the issues are in
    ");
}

#[test]
fn finds_issues_at_any_depth_and_leaves_other_files_alone() {
    let place = Place::new();
    place.write("year/03/a.TXT", PAGE);
    place.write("year/03/scan.pdf", "not for us");
    place.write("year/notes", "not for us");
    place.write("year/b.md", PAGE);
    let ran = place.run(&["extract", "year"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let paths: Vec<_> = records(&ran).into_iter().map(|record| record.path).collect();
    assert_eq!(paths, ["year/03/a.TXT", "year/b.md"]);
    // A file named by itself may have any ending, and is read once however often it is named.
    let ran = place.run(&["extract", "year/notes", "year/../year/notes"]);
    assert_eq!((ran.code, records(&ran).len()), (Some(0), 1), "{ran:?}");
}

#[test]
#[cfg(unix)]
fn refuses_what_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let place = Place::new();
    place.write("pages/open.txt", PAGE);
    place.write("pages/shut.txt", PAGE);
    place.write("pages/shut/c.txt", PAGE);
    let allow =
        |path: &str, mode| fs::set_permissions(place.path(path), PermissionsExt::from_mode(mode)).expect("ours");
    allow("pages/shut.txt", 0o000);
    allow("pages/shut", 0o000);
    let root_reads_all = File::open(place.path("pages/shut.txt")).is_ok();
    let mut command = jiebao(&["pages"]);
    if root_reads_all {
        // Root may start a program as nobody, who may not read everything.
        const NOBODY: u32 = 65_534;
        allow("", 0o755);
        command.uid(NOBODY);
        if Command::new(env!("CARGO_BIN_EXE_jiebao")).arg("--version").uid(NOBODY).output().is_err() {
            eprintln!("skipped: root can read anything, and nobody else can start the program here");
            allow("pages/shut", 0o755);
            return;
        }
    }
    let ran = place.within(AT_ONCE, &mut command);
    allow("pages/shut", 0o755);
    assert_eq!((ran.code, titles(&ran)), (Some(1), vec!["柳湾添新亭".to_owned()]), "{ran:?}");
    let mut told: Vec<&str> = ran.err.lines().collect();
    told.sort_unstable();
    assert_eq!(told.len(), 2, "{ran:?}");
    assert!(told[0].starts_with("jiebao: pages/shut.txt: cannot open: Permission denied"), "{ran:?}");
    assert!(told[1].starts_with("jiebao: pages/shut: cannot read: "), "{ran:?}");
    assert!(told[1].contains("Permission denied"), "{ran:?}");
}

#[test]
#[cfg(unix)]
fn waits_for_no_pipe() {
    let place = Place::new();
    place.write("pages/b.txt", PAGE);
    let made = Command::new("mkfifo").arg(place.path("pages/a.txt")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no mkfifo here");
        return;
    }
    let told = "pages/a.txt: is no regular file (a pipe, device or socket); copy its content to a file";
    assert_eq!(refusal(&place, "pages/a.txt"), told);
    let ran = place.within(AT_ONCE, &mut jiebao(&["pages"]));
    assert_eq!((ran.code, titles(&ran).len(), ran.err), (Some(1), 1, format!("jiebao: {told}\n")));
    if std::path::Path::new("/dev/zero").exists() {
        let ran = place.within(AT_ONCE, &mut jiebao(&["/dev/zero"]));
        assert!(ran.code == Some(1) && ran.err.contains("/dev/zero: is no regular file"), "{ran:?}");
    }
}

#[test]
#[cfg(unix)]
fn follows_links_and_no_loop() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("pages/a.txt", PAGE);
    place.write("elsewhere/b.txt", "别处的标题\n别处的一段文字，讲别处的事情。\n");
    let link = |to: &str, from: &str| symlink(to, place.path(from)).expect("a link");
    link("..", "pages/up");
    link("a.txt", "pages/same.txt");
    link("../elsewhere", "pages/there");
    let ran = place.within(AT_ONCE, &mut jiebao(&["pages"]));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "a loop holds nothing that is not found without it");
    let distinct: BTreeSet<_> = titles(&ran).into_iter().collect();
    assert_eq!((titles(&ran).len(), distinct.len()), (2, 2), "each file once: {ran:?}");

    link("two.txt", "pages/one.txt");
    link("one.txt", "pages/two.txt");
    link("nowhere.txt", "pages/lost.txt");
    let ran = place.within(AT_ONCE, &mut jiebao(&["pages"]));
    assert_eq!((ran.code, titles(&ran).len()), (Some(1), 2), "{ran:?}");
    for path in ["pages/one.txt", "pages/two.txt", "pages/lost.txt"] {
        assert_eq!(
            ran.err.lines().filter(|line| line.starts_with(&format!("jiebao: {path}: "))).count(),
            1,
            "{ran:?}"
        );
        assert!(refusal(&place, path).starts_with(path));
    }
}

#[test]
fn keeps_what_does_not_decode_and_names_the_line() {
    let place = Place::new();
    let bad =
        [PAGE.as_bytes(), "网格员".as_bytes(), b"\xFF\xFE", "走访了三户人家，\n问了冷暖。\n".as_bytes()].concat();
    place.write("三月/bad.txt", bad);
    let ran = place.run(&["extract", "三月/bad.txt"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.err, "jiebao: 三月/bad.txt:3: 2 bytes are not valid UTF-8; kept as U+FFFD\n");
    let text = records(&ran)[0].paragraphs.concat();
    assert!(text.ends_with("网格员\u{FFFD}\u{FFFD}走访了三户人家，问了冷暖。"), "{text}");
}

#[test]
fn reads_around_nul_bytes() {
    let place = Place::new();
    place.write("plain.txt", PAGES[0].1);
    place.write("nul.txt", PAGES[0].1.replace("停车", "\0停\0车").replace("！”", "！\0”"));
    let ran = place.run(&["extract", "plain.txt", "nul.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let [plain, nul] = &records(&ran)[..] else { panic!("{ran:?}") };
    assert_eq!((&plain.title, &plain.paragraphs), (&nul.title, &nul.paragraphs));
    assert_eq!((&plain.mentions, &plain.metrics), (&nul.mentions, &nul.metrics));
}

#[test]
fn reads_any_encoding_alike() {
    let place = Place::new();
    let page = "白石街道的新鲜事\n白石街道为居民修好了二十三盏路灯，夜里出门不再摸黑。\n";
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    place.write("a.txt", page);
    place.write("b.txt", format!("\u{FEFF}{}", page.replace('\n', "\r\n")));
    place.write("c.txt", encoding_rs::GB18030.encode(page).0);
    place.write("d.txt", utf16);
    let ran = place.run(&["extract", "a.txt", "b.txt", "c.txt", "d.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let texts: BTreeSet<_> = records(&ran).into_iter().map(|record| (record.title, record.paragraphs)).collect();
    assert_eq!((records(&ran).len(), texts.len()), (4, 1), "{texts:?}");
}

#[test]
fn gives_every_article_an_id_of_its_own() {
    let place = Place::new();
    for (name, text) in [("a/x.txt", PAGES[0].1), ("b/x.txt", PAGES[0].1), ("c/x.txt", PAGE), ("d/y.txt", PAGES[0].1)]
    {
        place.write(name, text);
    }
    let ran = place.run(&["extract", "a", "b", "c", "d"]);
    let records = records(&ran);
    let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!((ran.code, records.len(), ids.len()), (Some(0), 4, 4), "{ran:?}");
    assert_eq!(records[1].id, format!("{}~2", records[0].id));
    let alone = crate::extract::records(&place.run(&["extract", "b"]));
    assert_eq!(alone[0].id, records[0].id, "an id follows from stem and content, not from the folder");
}

#[test]
#[cfg(unix)]
fn takes_any_name() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let names = ["一 月.txt", "二\n月.md", "三\u{1b}[31m月.txt", "-x.txt", " .txt", "'\"\\.txt"];
    names.iter().for_each(|name| place.write(format!("pages/{name}"), PAGE));
    place.write(std::path::Path::new("pages").join(std::ffi::OsStr::from_bytes(b"\xff\xfe.txt")), PAGE);
    place.write("pages/空\n.txt", "");
    let ran = place.run(&["extract", "pages"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), names.len() + 1), "{ran:?}");
    assert_eq!(ran.err, "jiebao: pages/空\\n.txt: is empty; extract its text again, or remove it\n");
    let records = records(&ran);
    for name in names {
        assert!(records.iter().any(|record| record.path == format!("pages/{name}")), "{name}");
    }
    assert!(records.iter().all(|record| !record.id.contains(|c: char| c.is_whitespace() || c.is_control())));
}

/// Prose that repeats itself as little as prose does, in one line.
fn one_line(bytes: usize) -> String {
    let syllables: Vec<char> =
        "春风送暖邻里守望老人孩子楼道花园歌声笑语热心志愿帮忙打扫安静温暖清晨傍晚街角树下".chars().collect();
    let mut state = 11_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes {
        (0..8 + next(20)).for_each(|_| text.push(syllables[next(syllables.len())]));
        text.push_str(["，", "。", "120户，"][next(3)]);
    }
    text
}

/// A step that costs the line once for every piece of it would take hours.
#[test]
fn reads_one_long_line_in_bounded_time() {
    let (megabytes, limit) = if cfg!(debug_assertions) { (2, 120) } else { (20, 240) };
    let place = Place::new();
    let line = one_line(megabytes << 20);
    place.write("long.txt", &line);
    let ran = place.within(Duration::from_secs(limit), &mut jiebao(&["long.txt"]));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let text: usize = records(&ran).iter().flat_map(|record| &record.paragraphs).map(String::len).sum();
    assert_eq!(text, line.len(), "all of it is there");
}

#[test]
fn ends_quietly_when_nobody_reads_on() {
    let place = Place::new();
    // More than a pipe holds, so that the program is writing when the pipe closes.
    (0..400).for_each(|at| place.write(format!("pages/{at}.txt"), PAGES[0].1));
    for args in [["pages"].as_slice(), &["pages", "--furniture"], &["--help"]] {
        let mut child = jiebao(args)
            .current_dir(place.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("our child");
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn says_that_the_disk_is_full() {
    let place = with_corpus();
    let full = File::options().write(true).open("/dev/full").expect("Linux has one");
    let output = jiebao(&["corpus"]).current_dir(place.path("")).stdout(full).output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("jiebao: ") && told.contains("No space left on device"), "{told}");
}

#[test]
fn lists_furniture() {
    let place = Place::new();
    let page = "曹渡街讯\n第15期　2024年8月9日　星期五\n\n曹渡街道修好路灯\n曹渡街道为居民修好了二十三盏路灯，夜里出门不再摸黑。\n\n— 1 —\n";
    place.write("曹渡.txt", page);
    let ran = place.run(&["extract", "--furniture", "曹渡.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let pieces: Vec<FurnitureRecord> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("furniture")).collect();
    let shown: Vec<_> = pieces.iter().map(|piece| format!("{} {}", piece.reason, piece.text)).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    masthead 曹渡街讯
    masthead 第15期　2024年8月9日　星期五
    page-number — 1 —
    ");
    for piece in &pieces {
        assert_eq!((piece.issue.as_str(), piece.path.as_str()), ("曹渡", "曹渡.txt"));
        assert!(page.get(piece.start..piece.end).is_some_and(|source| source.contains(&piece.text)), "{piece:?}");
    }
    let [record] = &records(&place.run(&["extract", "曹渡.txt"]))[..] else { panic!("one article") };
    assert_eq!((record.title.as_deref(), record.date.as_deref()), (Some("曹渡街道修好路灯"), Some("2024-08-09")));
    assert!(!record.paragraphs.concat().contains('—'));
}

#[test]
fn prints_the_same_on_every_run_and_with_any_number_of_threads() {
    let place = with_corpus();
    (0..150)
        .for_each(|at| place.write(format!("corpus/{at:03}.txt"), format!("第{at}篇的标题\n网格{at}号有{at}户。\n")));
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    for furniture in [&[][..], &["--furniture"]] {
        let args: Vec<&str> = [&["corpus", corpus], furniture].concat();
        let with = |threads: &str| place.command(jiebao(&args).env("RAYON_NUM_THREADS", threads));
        let (one, two) = (with("1"), with("2"));
        assert_eq!(one.code, Some(0), "{}", one.err);
        assert!(one.out == two.out, "one thread and two differ");
        assert!(two.out == with("2").out, "two runs differ");
    }
}

#[test]
fn lists_what_was_changed_and_why() {
    let place = Place::new();
    place.write(
        "街讯.md",
        "云云杉杉社社区区修修亭亭子子\n网格入员走访 l2 户,⽼人满意———真好。\n\n另有１２ 户,也满\n意。\n",
    );
    let ran = place.run(&["extract", "--changes", "街讯.md"]);
    let shown = ran.out.lines().map(|line| {
        let change: ChangeRecord = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        format!("{} {} > {} ({})\n", change.damage, change.was, change.now, change.evidence)
    });
    insta::assert_snapshot!(shown.collect::<String>(), @"
    fake-bold 云云杉杉社社区区修修亭亭子子 > 云杉社区修亭子 (too long to be double by chance)
    misread 入 > 人 (人员 is a word, 入员 is none)
    spacing 访  > 访 (normal form of spaces)
    misread l > 1 (stands in a figure)
    spacing 2  > 2 (normal form of spaces)
    width , > ， (normal form of widths)
    form ⽼ > 老 (stands for this character in the table of forms)
    width ——— > —— (normal form of widths)
    width １２  > 12 (normal form of widths)
    width , > ， (normal form of widths)
    ");
}
