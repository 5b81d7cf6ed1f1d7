//! Integration tests, one binary: linking is what costs. One file a subject; each says what belongs in it.

mod prose;
mod provenance;
