//! Folders that appear whole or not at all. In: a path. Out: a folder beside it to write into, which takes the path's name
//! only when all in it is written.

use super::file::{draft_of, unmade};
use crate::error::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is being filled under another name. Dropped before it is kept, it is removed with all that is in it.
#[derive(Debug)]
pub struct NewFolder {
    path: PathBuf,
    draft: PathBuf,
}

impl NewFolder {
    /// Begins the folder at `path`; one that exists is replaced only with `force`, and only if it `is_ours`.
    pub fn create(path: &Path, force: bool, is_ours: impl Fn(&Path) -> bool) -> Result<Self> {
        let path: PathBuf = path.components().collect();
        if path.symlink_metadata().is_ok() {
            if !force {
                return Err(Error::refused(path, "exists; name another folder, or replace it with --force"));
            }
            let is_empty = || fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none());
            if !path.is_dir() || !is_ours(&path) && !is_empty() {
                let what = "holds other things than an export, and those are not replaced; name another folder";
                return Err(Error::refused(path, what));
            }
        }
        let draft = draft_of(&path)?;
        fs::create_dir(&draft).map_err(|cause| unmade(&path, cause))?;
        Ok(Self { path, draft })
    }

    /// Where it lies until it is kept.
    pub fn draft(&self) -> &Path {
        &self.draft
    }

    /// Gives it its name, in place of what had it.
    pub fn keep(self) -> Result<()> {
        let failed = |cause| Error::io(&self.path, "cannot write", cause);
        let old = self.draft.with_extension("old");
        let is_replaced = self.path.symlink_metadata().is_ok();
        if is_replaced {
            fs::rename(&self.path, &old).map_err(failed)?;
        }
        if let Err(cause) = fs::rename(&self.draft, &self.path) {
            if is_replaced {
                // What was there before is better than nothing; the error tells of the cause.
                let _ = fs::rename(&old, &self.path);
            }
            return Err(failed(cause));
        }
        if is_replaced { fs::remove_dir_all(&old).map_err(failed) } else { Ok(()) }
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // Where it was kept there is nothing left to remove, and whatever else fails here nobody could act upon.
        let _ = fs::remove_dir_all(&self.draft);
    }
}
