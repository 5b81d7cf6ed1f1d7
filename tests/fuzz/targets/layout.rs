//! Any newsletter: every byte is in an article, set aside or repaired, and in no two paragraphs.

#![no_main]

#[path = "../../it/kept.rs"]
mod kept;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kept::read(bytes));
