//! Blocks into articles.
//!
//! In: a laid-out [`Page`]. Out: an [`Issue`] with its articles in reading order, not yet searched for names and
//! figures.
//!
//! | file       | answers                                              |
//! |------------|------------------------------------------------------|
//! | `seam`     | how well does one piece go on another                |
//! | `matching` | which seams of a page go together best               |
//! | `column`   | how far what stands below a tail is of its article    |
//! | `stitch`   | which pieces are one paragraph, wherever they stand  |
//! | `rank`     | which display lines start an article, which a section |
//! | `headline` | which line is kicker, headline, subtitle             |
//! | `assign`   | which headline belongs to which body                 |
//! | `article`  | what an article's parts are, in normal form          |

mod article;
mod assign;
mod column;
mod headline;
mod matching;
mod rank;
mod seam;
mod stitch;

use crate::decode::Decoded;
use crate::layout::Page;
use crate::model::{Issue, Repair};
use crate::source::Source;
use headline::Item;

/// Puts an issue together from its laid-out page.
pub fn issue(source: &Source, decoded: Decoded, repairs: Vec<Repair>, page: Page) -> Issue {
    let (blocks, seams) = stitch::stitch(page.blocks);
    let items = headline::items(blocks);
    let mut articles = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let end = (at + 1..items.len()).find(|&next| matches!(items[next], Item::Heads(_))).unwrap_or(items.len());
        match &items[at] {
            Item::Heads(heads) => {
                let body = &items[at + 1..end];
                for (head, share) in assign::assign(heads.clone(), body) {
                    articles.push(article::article(Some(head), &body[share]));
                }
            }
            // The page starts in the middle of an article.
            _ => articles.push(article::article(None, &items[at..end])),
        }
        at = end;
    }
    Issue {
        name: source.name.clone(),
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        bytes: source.bytes.len(),
        encoding: decoded.encoding,
        number: page.masthead.number,
        date: page.masthead.date,
        articles,
        set_aside: page.set_aside,
        repairs,
        seams,
        problems: decoded.problems,
    }
}
