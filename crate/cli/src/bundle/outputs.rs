//! Where a command may write, and how: whole or not at all.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use second_reading_bundle::key_in;
use tempfile::NamedTempFile;

use crate::outcome::Failure;

/// Refuses an output that is a key, a source, or one of the files it is made from: a secret key that was written over is
/// gone. `instead` is a name that would do.
pub(super) fn spare<'a>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
    instead: &str,
) -> Result<(), Failure> {
    // What is not there yet is none of them.
    if let Ok(there) = output.canonicalize() {
        let same = |input: &Path| input.canonicalize().is_ok_and(|input| input == there);
        let is_key = || std::fs::read_to_string(&there).is_ok_and(|words| key_in(&words).is_some());
        if inputs.into_iter().any(same) || is_key() {
            return Err(Failure::InTheWay(output.to_owned()));
        }
    }
    // One that is not there yet would be read as a source the next time.
    if ends_in(output, "toml") {
        return Err(Failure::LooksLikeSource { path: output.to_owned(), instead: instead.to_owned() });
    }
    Ok(())
}

/// Whether a file, or what a link of that name leads to, has this ending.
pub(super) fn ends_in(path: &Path, ending: &str) -> bool {
    let has = |path: &Path| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    has(path) || path.canonicalize().is_ok_and(|there| has(&there))
}

/// Writes a file, over the one of that name if there is one, which keeps its mode. Whoever looks meanwhile, or after a
/// write that failed, finds what was there before.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = match OpenOptions::new().write(true).open(path) {
        Ok(there) => over(there, path, bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            staged(path, bytes, false).and_then(|file| Ok(file.persist(path).map(drop)?))
        }
        Err(error) => Err(error),
    };
    written.map_err(|error| Failure::Unwritten { path: path.to_owned(), error })
}

fn over(mut there: File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let about = there.metadata()?;
    // A device or a pipe is written to; nothing can take its place.
    if !about.is_file() {
        return there.write_all(bytes);
    }
    drop(there);
    // A link goes on leading to the file.
    let path = path.canonicalize()?;
    let file = staged(&path, bytes, false)?;
    file.as_file().set_permissions(about.permissions())?;
    file.persist(&path)?;
    Ok(())
}

/// A file that is written and not yet in its place; it goes where it is never put there.
pub(super) struct Staged {
    path: PathBuf,
    file: NamedTempFile,
}

impl Staged {
    /// Writes what is to become a file that was not there, for nobody else to read if it is secret.
    pub(super) fn new(path: &Path, bytes: &[u8], secret: bool) -> Result<Staged, Failure> {
        staged(path, bytes, secret)
            .map(|file| Staged { path: path.to_owned(), file })
            .map_err(|error| Failure::Unwritten { path: path.to_owned(), error })
    }

    /// Puts it in its place, where nothing may be by now.
    pub(super) fn place(self) -> Result<(), Failure> {
        match self.file.persist_noclobber(&self.path) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Failure::InTheWay(self.path)),
            Err(error) => Err(Failure::Unwritten { path: self.path, error: error.error }),
        }
    }
}

/// A file beside `path`, written to the disk. Its name begins with a dot: sources that are read meanwhile leave it alone.
fn staged(path: &Path, bytes: &[u8], secret: bool) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new();
    file.prefix(".second-reading-");
    let open_to_all = all_that_the_system_allows();
    if let Some(permissions) = open_to_all.filter(|_| !secret) {
        file.permissions(permissions);
    }
    let mut file = file.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// What any new file gets, less what the system takes away; a temporary one is its owner's alone otherwise.
#[cfg(unix)]
fn all_that_the_system_allows() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn all_that_the_system_allows() -> Option<Permissions> {
    None
}
