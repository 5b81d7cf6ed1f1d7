//! Corpus analysis: frequencies, dispersion, collocations, keyness, trends, keywords and new words. In: articles of an archive. Out:
//! tables. Collecting counts and measuring them are apart: what measures is a pure function of counts.
//!
//! | file            | question it answers                                              |
//! |-----------------|------------------------------------------------------------------|
//! | `tokens`        | which words has a text?                                          |
//! | `items`         | which of them, or which n-grams, are counted?                    |
//! | `vocabulary`    | how are words held?                                              |
//! | `count`         | how often does each stand in each article, and in all?           |
//! | `sieve`         | how do rare n-grams stay out of memory?                          |
//! | `significance`  | how probable is a result by chance?                              |
//! | `association`   | how strongly do two things go together?                          |
//! | `contrast`      | what marks one body of text against another?                     |
//! | `dispersion`    | how evenly is a word spread?                                     |
//! | `trend`         | does something go up or down?                                    |
//! | `node`          | where does a word that was asked for stand?                      |
//! | `cohesion`      | are words that stand side by side one?                           |
//! | `elsewhere`     | does a word stand in other articles?                             |
//! | `words`         | the table of frequencies                                         |
//! | `collocations`  | the table of words near a word                                   |
//! | `keyness`       | the table of words that mark some articles                       |
//! | `trends`        | the table of words over time                                     |
//! | `keywords`      | the table of what groups of articles are about                   |
//! | `new_words`     | the table of words that the rest of the archive has not          |

pub mod association;
pub mod cohesion;
mod collocations;
pub mod contrast;
pub mod count;
pub mod dispersion;
mod elsewhere;
mod items;
mod keyness;
mod keywords;
mod new_words;
mod node;
mod sieve;
pub mod significance;
pub mod tokens;
pub mod trend;
mod trends;
mod vocabulary;
mod words;

pub use collocations::{Collocations, Measure, Reach, collocations};
pub(crate) use count::counted_texts;
pub use items::{Items, LONGEST, Token, is_function_word};
pub use keyness::{Keyness, Listed, keyness};
pub use keywords::{Group, Keywords, keywords};
pub use new_words::{NewWords, Wanted, new_words};
pub use node::Node;
pub use tokens::normal;
pub use trends::{Period, Trends, trends};
pub use vocabulary::Vocabulary;
pub use words::{Part, Words, words};
