//! Exit codes, the same for every command.

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All was done.
    Done = 0,
    /// Done, but some inputs were refused, or nothing was found.
    Partly = 1,
    /// The command could not start: wrong arguments, no index.
    Failed = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The codes as every `--help` lists them.
pub(super) const HELP: &str = "\
Exit codes:
  0  done
  1  done, but some inputs were refused, or nothing was found
  2  could not start: wrong arguments, or no usable index";
