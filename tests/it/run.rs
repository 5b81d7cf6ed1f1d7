//! Runs the program in a folder of its own.

use jiebao::index::Archive;
use jiebao::record::Record;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder that is gone after the test.
pub(crate) struct Place {
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Three invented pages; each character of them is ours.
pub(crate) const PAGES: [(&str, &str); 3] = [
    (
        "曹渡街讯-2024-03.txt",
        "曹渡街道召开网格工作会\n云栖综合网格、云顶综合网格的网格员走访居民１２０户，收到建议48条。停车投诉下降六成。\n\
         大家说：“停车难，难在没有地方停！”如今 WiFi 也通了。\n",
    ),
    ("曹渡街讯-2024-04.txt", "垃圾分类进楼道\n志愿者每天站岗2小时，居民区的楼道干净了。人人参与，家家户户受益。\n"),
    (
        "柳湾社区报.md",
        "柳湾老旧小区加装电梯\n已有21个楼组签约，7台电梯投入使用，老人下楼不再难。\n党建微网格连着每一户。\n",
    ),
];

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A place whose folder `corpus` holds [`PAGES`] and whose `index` has them.
    pub(crate) fn with_pages() -> Self {
        let place = Self::new();
        for (name, text) in PAGES {
            place.write(format!("corpus/{name}"), text);
        }
        let ran = place.run(&["ingest"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        place
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(Command::new(env!("CARGO_BIN_EXE_jiebao")).args(args))
    }

    /// Runs any command in this place.
    pub(crate) fn command(&self, command: &mut Command) -> Ran {
        let output = command.current_dir(self.folder.path()).output().expect("the command starts");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let ran = Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked"), "{ran:?}");
        ran
    }

    /// Runs any command in this place and gives it `limit` to end, for work that could wait or go on for ever.
    pub(crate) fn within(&self, limit: Duration, command: &mut Command) -> Ran {
        let streams = [self.path(".stdout"), self.path(".stderr")];
        // Files, not pipes: nobody has to read while we wait.
        let [out, err] = streams.each_ref().map(|path| File::create(path).expect("a file"));
        let mut child =
            command.current_dir(self.folder.path()).stdout(out).stderr(err).spawn().expect("the command starts");
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("our child") {
                break status;
            }
            if started.elapsed() > limit {
                child.kill().expect("our child");
                child.wait().expect("our child");
                panic!("not done after {limit:?}: {command:?}");
            }
            thread::sleep(Duration::from_millis(5));
        };
        let [out, err] = streams.map(|path| String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned());
        let ran = Ran { code: status.code(), out, err };
        assert!(!ran.err.contains("panicked"), "{ran:?}");
        ran
    }

    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let ran = self.run(args);
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// All records of the index in this place, in the order of their ids.
    pub(crate) fn records(&self) -> Vec<Record> {
        let archive = Archive::open(&self.path("index")).expect("the index opens");
        let (found, count) = archive.articles_named("", 10_000).expect("the index reads");
        assert_eq!(found.len(), count);
        found.into_iter().map(|address| archive.record(address).expect("a record")).collect()
    }
}
