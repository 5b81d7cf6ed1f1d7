//! The database of an archive, built once and kept. In: an [`Archive`]. Out: the file that SQL is asked of.
//!
//! It lies in the folder of the index, as `sql-VERSION.db`; where nothing may be written there, in the user's cache folder.
//! The version is the archive's, so a file is right as long as it is asked for, and those of earlier versions are removed.
//! Two processes that build it at one time each write a draft, and the later one takes the name: both are the same.

use super::Reader;
use crate::error::Result;
use crate::export::{Export, VERSION, database};
use crate::index::Archive;
use crate::table::APPLICATION;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Where an archive's database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The file.
    pub path: PathBuf,
    /// What the names of this archive's databases of all versions begin with.
    stem: String,
    /// Whether it is there and of the tables that this program knows.
    pub is_built: bool,
}

/// Where the database of `archive` is or is to be.
pub fn home(archive: &Archive) -> Result<Home> {
    let version = archive.version()?;
    let place = |folder: &Path, stem: String| Home {
        path: folder.join(format!("{stem}{version}.db")),
        stem,
        is_built: false,
    };
    let beside = place(archive.folder(), "sql-".to_owned());
    if is_ours(&beside.path) {
        return Ok(Home { is_built: true, ..beside });
    }
    let cache = cache_folder().map(|folder| place(&folder, format!("sql-{}-", digest(archive.folder()))));
    if let Some(cached) = cache.filter(|_| !is_writable(archive.folder())) {
        let is_built = is_ours(&cached.path);
        return Ok(Home { is_built, ..cached });
    }
    Ok(beside)
}

/// Builds the database; `watch` is told how many articles were written each time.
pub fn built(archive: &Archive, home: &Home, watch: impl FnMut(usize) + Send) -> anyhow::Result<()> {
    if let Some(folder) = home.path.parent() {
        // Where the folder cannot be made, writing into it says so.
        let _ = fs::create_dir_all(folder);
    }
    let export = Export::of(archive, None)?;
    database(&export, None, &home.path, true, watch)?;
    remove_earlier(home);
    Ok(())
}

/// Whether the file at `path` is a database of ours, of the tables that this program knows.
fn is_ours(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let pragma = |reader: &Reader, name: &str| -> Option<i32> {
        reader.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).ok()
    };
    Reader::open(path).is_ok_and(|reader| {
        pragma(&reader, "application_id") == Some(APPLICATION) && pragma(&reader, "user_version") == Some(VERSION)
    })
}

/// Removes the databases of other versions of this archive. One that is being read stays with its reader.
fn remove_earlier(home: &Home) {
    let entries = home.path.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let version = name.to_str().and_then(|name| name.strip_prefix(&home.stem)?.strip_suffix(".db"));
        let is_version = version.is_some_and(|version| version.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_version && entry.path() != home.path {
            // Space that is not given back today is given back the next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether files can be made in `folder`.
fn is_writable(folder: &Path) -> bool {
    crate::table::NewFile::create(&folder.join(".sql"), true).is_ok()
}

/// The user's cache folder, after the XDG Base Directory Specification; what Windows has for it there.
fn cache_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || named("HOME").map(|home| home.join(".cache"));
    named("XDG_CACHE_HOME").or_else(|| named("LOCALAPPDATA")).or_else(home).map(|folder| folder.join("jiebao"))
}

/// What tells the folder of one archive from others, in a file's name.
fn digest(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let digest = Sha256::digest(folder.to_string_lossy().as_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
