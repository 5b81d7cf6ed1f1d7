//! Any text: cleaning keeps every byte, and cleaning what was cleaned changes nothing.

#![no_main]

#[path = "../../it/kept.rs"]
mod kept;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kept::cleaned(bytes));
