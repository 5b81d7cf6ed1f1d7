//! jiebao (街报) turns a heap of community newsletters into an archive that can be searched and counted.
//!
//! Data flows one way, and the modules stand in that order:
//!
//! ```text
//! source ─bytes▶ decode ─text▶ clean, layout ─blocks▶ segment ─articles▶ entity, metric, relation ─records▶ index
//! index ─articles▶ query ─rows▶ stats, linguistics, export, sql ─table▶ files, chart
//! ```
//!
//! [`model`] is the vocabulary that all of them share, [`record`] the contract with the world outside.

pub mod audit;
pub mod authority;
pub mod chart;
pub mod cite;
pub mod clean;
pub mod cleaned;
pub mod cli;
pub mod decode;
pub mod entity;
pub mod error;
pub mod eval;
pub mod export;
pub mod fault;
pub mod index;
pub mod ingest;
pub mod layout;
pub mod lexicon;
pub mod linguistics;
pub mod metric;
pub mod model;
pub mod pinyin;
pub mod pipeline;
pub mod query;
pub mod record;
pub mod relation;
pub mod segment;
pub mod source;
pub mod sql;
pub mod stats;
pub mod table;
