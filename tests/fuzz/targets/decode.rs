//! Any bytes: what decodes knows its place, and what does not is a problem with one.

#![no_main]

#[path = "../../it/kept.rs"]
mod kept;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kept::decoded(bytes));
