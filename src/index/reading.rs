//! A folder that may be read and not written. In: the folder of an index. Out: tantivy's view of it, which asks for no right
//! to write as long as nothing is written.
//!
//! tantivy locks a file while it opens an index, so that no writer removes what is being opened. Whoever has no right to
//! write that file, or has the index on a medium that takes no writing, opens it without; should a writer be quicker, the
//! index is opened again (`open`).

use std::io;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The folder of an index.
#[derive(Clone, Debug)]
pub(super) struct Reading(MmapDirectory);

impl Reading {
    /// Opens `folder`, which exists.
    pub(super) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(folder).map(Self)
    }
}

impl Directory for Reading {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            outcome => outcome,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

/// Gives the files that tantivy makes for its owner alone the rights of their folder: who may list it may read them.
#[cfg(unix)]
pub(super) fn share(folder: &Path) -> io::Result<()> {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata(folder)?.permissions().mode() & 0o666;
    for file in ["meta.json", ".managed.json"].map(|name| folder.join(name)) {
        // The owner may always write.
        if file.exists() && metadata(&file)?.permissions().mode() & 0o777 != mode | 0o600 {
            set_permissions(&file, Permissions::from_mode(mode | 0o600))?;
        }
    }
    Ok(())
}

/// Elsewhere files have the rights of their folder to begin with.
#[cfg(not(unix))]
pub(super) fn share(_: &Path) -> io::Result<()> {
    Ok(())
}
