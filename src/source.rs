//! Finds newsletters and reads them. Nobody else opens an input file.
//!
//! In: the paths a user named. Out: [`Source`]s, in an order that depends on names alone, and an [`Error`]
//! for each path that cannot be read. A FIFO, a device or a socket is refused and never opened: reading one
//! could wait for ever.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Largest file that is read, in bytes. A newsletter page has some ten thousand; a file of this size is a whole
/// archive in one piece, and analysing one takes some fifty times its size of memory.
pub const LIMIT: u64 = 32 << 20;

/// Endings that are newsletters when a folder is searched. A file named by itself may have any.
const ENDINGS: [&str; 2] = ["txt", "md"];

/// The bytes of one file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's stem; the name.
    pub name: String,
    /// The file as the user named it.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
}

impl Source {
    /// A source from bytes that are already in memory, such as standard input.
    pub fn new(path: &str, bytes: Vec<u8>) -> Self {
        let name = Path::new(path).file_stem().map_or_else(|| path.to_owned(), |stem| stem.to_string_lossy().into());
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, path: path.to_owned(), bytes, sha256 }
    }
}

/// All newsletters at `paths`: files as they are named, folders searched to any depth, each list in order of
/// its names. A file reached twice is listed once. Second, the paths that cannot be used.
pub fn find(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Error>) {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        match fs::metadata(path) {
            Err(cause) => errors.push(missing(path, cause)),
            Ok(metadata) if metadata.is_dir() => search(path, &mut found, &mut errors),
            Ok(_) => found.push(path.clone()),
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    (found, errors)
}

fn missing(path: &Path, cause: std::io::Error) -> Error {
    match cause.kind() {
        std::io::ErrorKind::NotFound => Error::refused(path, "no such file or folder; check the name"),
        _ => Error::io(path, "cannot look at it", cause),
    }
}

fn search(folder: &Path, found: &mut Vec<PathBuf>, errors: &mut Vec<Error>) {
    let before = (found.len(), errors.len());
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if !entry.file_type().is_dir() && is_newsletter(entry.path()) => found.push(entry.into_path()),
            Ok(_) => {}
            // A link back to a folder above it: everything it leads to is found without it.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                // A link that leads nowhere matters only if it looks like a newsletter.
                let dangling = path.is_symlink() && !path.exists();
                if !dangling || is_newsletter(&path) {
                    errors.push(match error.into_io_error() {
                        Some(cause) => Error::io(path, "cannot read", cause),
                        None => Error::refused(path, "cannot be read"),
                    });
                }
            }
        }
    }
    if (found.len(), errors.len()) == before {
        errors.push(Error::refused(folder, "holds no .txt or .md file; name the folder that the issues are in"));
    }
}

fn is_newsletter(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Reads one file whole. A file that changes while it is read is refused rather than taken half.
pub fn read(path: &Path) -> Result<Source> {
    let io = |doing| move |cause| Error::io(path, doing, cause);
    let before = fs::metadata(path).map_err(|cause| missing(path, cause))?;
    if !before.is_file() {
        return Err(Error::refused(
            path,
            "is no regular file (a pipe, device or socket); copy its content to a file",
        ));
    }
    if before.len() > LIMIT {
        let (size, limit) = (before.len() >> 20, LIMIT >> 20);
        return Err(Error::refused(
            path,
            format!("has {size} MiB, more than the {limit} MiB a file may have; split it"),
        ));
    }
    let file = File::open(path).map_err(io("cannot open"))?;
    Ok(Source::new(&path.to_string_lossy(), content(path, &before, file)?))
}

/// All of `file`, if it is still as `before` tells.
fn content(path: &Path, before: &Metadata, mut file: File) -> Result<Vec<u8>> {
    let io = |doing| move |cause| Error::io(path, doing, cause);
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0));
    file.by_ref().take(LIMIT + 1).read_to_end(&mut bytes).map_err(io("cannot read"))?;
    let after = file.metadata().map_err(io("cannot look at it"))?;
    let changed = after.len() != bytes.len() as u64 || before.modified().ok() != after.modified().ok();
    if changed {
        return Err(Error::refused(path, "changed while it was read; run again when it is complete"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    /// A file that is touched between the look at it and the reading, which `read` does in one go.
    fn read_while(change: impl Fn(&Path)) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.txt");
        fs::write(&path, "第一段。\n").expect("a file");
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        File::options().write(true).open(&path).and_then(|file| file.set_modified(hour_ago)).expect("a file");
        let before = fs::metadata(&path).expect("a file");
        change(&path);
        content(&path, &before, File::open(&path).expect("a file"))
    }

    #[test]
    fn refuses_a_file_that_changes_while_it_is_read() {
        assert_eq!(read_while(|_| ()).expect("nothing changed"), "第一段。\n".as_bytes());
        for text in ["", "第一段。\n第二段。\n", "第二段。\n"] {
            let error = read_while(|path| fs::write(path, text).expect("a file")).expect_err("changed").to_string();
            assert!(error.ends_with("page.txt: changed while it was read; run again when it is complete"), "{error}");
        }
    }
}
