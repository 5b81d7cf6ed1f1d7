//! The `jiebao` program: parse, run, exit. Everything else is in the library.

use std::process::ExitCode;

/// Reading a hundred thousand records is millions of small strings on several threads, of which the system's allocator makes a
/// quarter of the time (docs/speed.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jiebao::cli::run().into()
}
