//! The archive of the benchmark on disk, and what it is measured beside. In: a number of issues. Out: figures.
//!
//! | file      | question it answers                                                      |
//! |-----------|---------------------------------------------------------------------------|
//! | `built`   | where do files and indexes lie, and what did it cost to make them?         |
//! | `bare`    | what would a plain tantivy index with jieba's words do?                    |
//! | `queries` | which questions are asked?                                                 |
//! | `timed`   | how long does each take on both, and what do both find?                    |
//! | `whole`   | how long does the program take, from its start to its last byte?           |
//! | `space`   | what does each part of the index take on disk?                             |
//! | `table`   | columns of text                                                            |

pub(crate) mod bare;
pub(crate) mod built;
pub(crate) mod queries;
pub(crate) mod space;
pub(crate) mod table;
pub(crate) mod timed;
pub(crate) mod whole;
