//! What does searching a whole archive cost?
//!
//! `cargo bench --bench search -- --files FOLDER [NUMBER]` only writes the generated issues into a folder.

#![allow(clippy::print_stdout, reason = "the figures are what a benchmark is for")]

mod archive;

use archive::{Newsletters, growth};
use std::path::Path;

/// The archive that all figures are of.
const SEED: u64 = 1;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let newsletters = Newsletters::new(SEED);
    if let [flag, folder, number @ ..] = &arguments[..]
        && flag == "--files"
    {
        let number = number.first().and_then(|number| number.parse().ok()).unwrap_or(20_000);
        newsletters.write(Path::new(folder), number).expect("the folder takes files");
    }
    let counts = growth::counts(&newsletters, &[1 << 20, 4 << 20]);
    let [start, end] = [&counts[0], &counts[1]];
    println!("different words: {} in {} bytes, {} in {}", start.different, start.bytes, end.different, end.bytes);
    println!("they grow as the words to the power of {:.2}", growth::exponent(&counts));
}
