//! The program and the library as a user meets them. One binary, for linking tantivy is what costs.
//!
//! | file     | what belongs in it                                                             |
//! |----------|---------------------------------------------------------------------------------|
//! | `run`    | how a test runs the program; no tests                                           |
//! | `encodings` | how much comes back of each encoding, of mixtures and of mojibake          |
//! | `kept`   | what must hold of any file, for properties and fuzz targets; no tests            |
//! | `extract` | what `extract` prints and what it refuses: input good and bad                 |
//! | `clean`  | the page that `clean` prints, its way back in, and what was done to it          |
//! | `record` | every record keeps what docs/record.md promises                                 |
//! | `golden` | what is read in the sample corpus, to be looked through in a diff               |
//! | `corrupt` | what damage leaves whole, as a share of pages                             |
//! | `accuracy` | how much of gold is found, at least                                           |
//! | `gazetteer` | names that a user gives: what is found by them, and tables that are wrong         |
//! | `ingest` | what a batch does to the index, and what it leaves when it fails                |
//! | `folder` | index folders that are missing, foreign, damaged, of another version            |
//! | `search` | what is found and what is not, how hits are shown                               |
//! | `archive` | an archive that several files ask; no tests                                    |
//! | `guarantee` | every stretch of text finds what holds it, over whole archives               |
//! | `query`  | what a query means: operators, fields, phrases, words near each other           |
//! | `hits`   | where a query stands in what was found                                          |
//! | `typed`  | what must hold of anything typed, for properties and fuzz targets; no tests      |
//! | `order`  | which of what was found is first, page by page, and why                         |
//! | `forgiving` | other spellings, synonyms, suggestions, names of one thing                   |
//! | `spread` | facets, aggregations, concordances, the index held against its text             |
//! | `refused` | queries that are none, and archives that cannot be asked                       |
//! | `export` | rows in every format against a plain walk over records, packages, citations     |
//! | `sql`    | questions in SQL, and the database that is kept for them                         |
//! | `show`   | one article: text, record, source bytes                                         |
//! | `stats`  | counts against a plain count                                                    |
//! | `chart`  | pictures of tables: what holds of any, and what stands in some                 |
//! | `counts` | tables of figures, names, pairs and series against a plain count                |
//! | `linguistics` | corpus analysis against a plain count with jieba alone                     |
//! | `audit`  | figures that their text contradicts                                             |
//! | `entities` | one name, one thing: variants, units, decisions                              |
//! | `provenance` | nothing of a source is lost, no byte stands in two paragraphs               |
//! | `prose`  | ordinary published Chinese passes through unchanged                             |

mod accuracy;
mod archive;
mod audit;
mod chart;
mod clean;
mod corrupt;
mod counts;
mod encodings;
mod entities;
mod export;
mod extract;
mod folder;
mod forgiving;
mod gazetteer;
mod golden;
mod guarantee;
mod hits;
mod ingest;
mod kept;
mod linguistics;
mod order;
mod prose;
mod provenance;
mod query;
mod record;
mod refused;
mod run;
mod search;
mod show;
mod spread;
mod sql;
mod stats;
mod typed;
