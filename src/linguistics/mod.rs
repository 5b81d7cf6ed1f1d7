//! Corpus analysis: frequencies, dispersion, collocations, keyness, trends, keywords and new words. In: articles of an archive. Out:
//! tables. Collecting counts and measuring them are apart: what measures is a pure function of counts.
//!
//! | file            | question it answers                                              |
//! |-----------------|------------------------------------------------------------------|
//! | `tokens`        | which words has a text?                                          |
//! | `items`         | which of them, or which n-grams, are counted?                    |
//! | `vocabulary`    | how are words held?                                              |
//! | `count`         | how often does each stand in each article, and in all?           |
//! | `significance`  | how probable is a result by chance?                              |
//! | `association`   | how strongly do two things go together?                          |
//! | `contrast`      | what marks one body of text against another?                     |
//! | `dispersion`    | how evenly is a word spread?                                     |
//! | `trend`         | does something go up or down?                                    |
//! | `words`         | the table of frequencies                                         |

pub mod association;
pub mod contrast;
pub mod count;
pub mod dispersion;
mod items;
pub mod significance;
pub mod tokens;
pub mod trend;
mod vocabulary;
mod words;

pub use items::{Items, LONGEST, Token, is_function_word};
pub use tokens::normal;
pub use vocabulary::Vocabulary;
pub use words::{Part, Words, words};
