//! Anything typed: it is a query or a mistake that is pointed at, and a query reads a record without a fault.

#![no_main]

#[path = "../../it/typed.rs"]
mod typed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| typed::checked(bytes));
