//! `clean` from outside: the page it prints, and what it says was done. Belongs here: what an operator reads and
//! corrects, and that nothing of it changes on its way back in.

use crate::run::{PAGES, Place};
use jiebao::source::{self, Source};
use jiebao::{cleaned, pipeline};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

const PAGE: &str = "栗山街讯\n总总第第1122期期 22002255年年33月月88日日\n\n邻里故事\n亭亭子子修修好好了了 老老人人有有处处坐坐\n□余欢\n\
                    近日，栗山社区的亭子修好了。网格入员走访 l2 户,大家都满意。\n\n“以前没有人管。”余阿姨说。\n（党群办）\n\n第2版\n";

fn clean(page: &str) -> String {
    let source = Source::new("page.txt", page.as_bytes().to_vec());
    pipeline::read_issue(&source).map_or(String::new(), |issue| cleaned::write(&issue))
}

#[test]
fn prints_the_page_as_it_reads() {
    let place = Place::new();
    place.write("街讯.txt", PAGE);
    let ran = place.run(&["clean", "街讯.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.out, @"
    <!-- jiebao clean, issue 12, 2025-03-08 -->

    邻里故事
    # 亭子修好了 老人有处坐
    □余欢

    近日，栗山社区的亭子修好了。网格人员走访12户，大家都满意。

    “以前没有人管。”余阿姨说。

    （党群办）
    ");
    place.write("clean.md", &ran.out);
    assert_eq!(place.run(&["clean", "clean.md"]).out, ran.out);
    assert!(!place.run(&["clean", "--diff", "clean.md"]).out.contains("repaired"));
    let input = File::open(place.path("clean.md")).expect("a file");
    let piped = place.command(Command::new(env!("CARGO_BIN_EXE_jiebao")).args(["clean", "-"]).stdin(input));
    assert_eq!(piped.out, ran.out);
}

#[test]
fn says_what_was_done_and_why() {
    let place = Place::new();
    let cut = "栗山街道在东湖居民区办了一场热热闹闹的邻里集市，到场的有一百多位居民，摊位连成一片，大家都说明年还要再来，书记和\n\n网格员把意见一条一条\
               都记在本子上，回去以后就办。\n";
    place.write("街讯.txt", PAGE);
    place.write("cut.txt", format!("近日，栗山社区的亭子修好了。\n\n{cut}"));
    let ran = place.run(&["clean", "--diff", "街讯.txt", "cut.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.out, @"
    ==> 街讯.txt <==
    repaired
         2  [总总第第1122期期 22002255年年33月月88日日 → 总第12期 2025年3月8日]  fake-bold: too long to be double by chance
         5  [亭亭子子修修好好了了 老老人人有有处处坐坐 → 亭子修好了 老人有处坐]  fake-bold: too long to be double by chance
         7  亭子修好了。网格[入 → 人]员走访 l2 户  misread: 人员 is a word, 入员 is none
         7  。网格入员走访 [l → 1]2 户,大家都满  misread: stands in a figure
            3 spaces and widths brought into normal form; `jiebao extract --changes` lists them

    set aside
         1  栗山街讯  masthead
         2  总第12期 2025年3月8日  masthead
        12  第2版  page-number

    ==> cut.txt <==
    put together
         3  还要再来，书记和┆网格员把意见一条  goes on in line 5, over a gap
    ");
}

#[test]
fn reads_a_corrected_page_as_it_stands() {
    let place = Place::new();
    place.write("a.txt", PAGE);
    let page = place.run(&["clean", "a.txt"]).out.replace("余阿姨", "田阿姨").replace("# 亭子", "# 凉亭");
    place.write("inbox/a.md", &page);
    assert_eq!(place.run(&["ingest", "inbox"]).code, Some(0));
    let record = place.records().remove(0);
    assert_eq!(record.title.as_deref(), Some("凉亭修好了 老人有处坐"));
    assert_eq!((record.date.as_deref(), record.source.as_deref()), (Some("2025-03-08"), Some("党群办")));
    assert_eq!(record.paragraphs[1], "“以前没有人管。”田阿姨说。");
}

#[test]
fn cleans_several_files() {
    let place = Place::new();
    PAGES.iter().for_each(|(name, text)| place.write(format!("in/{name}"), text));
    let all = place.run(&["clean", "in"]);
    assert_eq!(all.out.matches("==> in/").count(), 3, "{all:?}");
    assert!(all.out.contains("\n\n==> in/柳湾社区报.md <==\n<!-- jiebao clean -->\n"), "{all:?}");
    let one = place.run(&["clean", "in/柳湾社区报.md"]).out;
    assert_eq!(place.run(&["clean", "in", "--output", "out"]).out, "");
    assert_eq!(fs::read_to_string(place.path("out/柳湾社区报.md")).expect("a page"), one);
    let again = place.run(&["clean", "in/柳湾社区报.md", "--output", "out"]);
    assert_eq!((again.code, again.out.as_str()), (Some(1), ""));
    assert!(again.err.contains("out/柳湾社区报.md: is there already"), "{again:?}");
}

#[test]
fn refuses_what_extract_refuses() {
    let place = Place::new();
    place.write("good.txt", PAGES[1].1);
    place.write("empty.txt", "");
    place.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\x80\x08\x06\0\0\0\xff\xfe\xfd\xfc");
    fs::create_dir(place.path("bare")).expect("a folder");
    for path in ["none.txt", "empty.txt", "picture.txt", "bare"] {
        for more in [&[][..], &["--diff"]] {
            let ran = place.run(&[&["clean", path, "good.txt"], more].concat());
            let extract = place.run(&["extract", path]);
            assert_eq!((ran.code, ran.err.as_str()), (Some(1), extract.err.as_str()), "{ran:?}");
            assert!(!ran.out.is_empty(), "the good page is cleaned all the same");
        }
    }
    assert_eq!(place.run(&["clean"]).code, Some(2));
    assert_eq!(place.run(&["clean", "good.txt", "--diff", "--output", "out"]).code, Some(2));
}

#[test]
fn lets_nothing_act_on_a_terminal() {
    let place = Place::new();
    place.write(
        "a.txt",
        format!("\u{1b}[2J亭子修好了\n{}老人有处\u{202e}坐。\n\n第\u{1b}2版\n", "亭子修好了。".repeat(20)),
    );
    for args in [["clean", "a.txt"].as_slice(), &["clean", "--diff", "a.txt"]] {
        let ran = place.run(args);
        assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ran:?}");
    }
    assert!(place.run(&["clean", "--diff", "a.txt"]).out.contains("[\\u{1b} gone]"));
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["corpus", "../shared/practice"].map(|folder| root.join(folder));
    for file in source::find(&folders.into_iter().filter(|path| path.exists()).collect::<Vec<_>>()).0 {
        let source = source::read(&file).expect("a readable file");
        let once = cleaned::write(&pipeline::read_issue(&source).expect("text"));
        assert_eq!(clean(&once), once, "{}", file.display());
    }
}

proptest::proptest! {
    #[test]
    fn a_random_page_is_clean_after_once(
        lines in proptest::collection::vec("[ 　\u{200b}以以网网格强家户0-9a-c“”（），。：#*>◆□记者期·—\\\\\t]{0,30}", 0..20),
        mark in "(|<!-- jiebao clean -->\n)",
    ) {
        let once = clean(&format!("{mark}{}", lines.join("\n")));
        proptest::prop_assert_eq!(clean(&once), once);
    }
}
