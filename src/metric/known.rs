//! What a passage has said so far. In: the subject found for each figure. Out: the subject of a later figure that
//! has none beside it.
//!
//! | text                                  | for         | subject | because                          |
//! |---------------------------------------|-------------|---------|----------------------------------|
//! | `抽查310个网点，复查25个`             | `25个`      | `网点`  | the last thing of that unit      |
//! | `乔木90棵、灌木30棵，共120棵`         | `120棵`     | see `subject` | a sum is of the sentence's topic |
//! | `火情8起，降幅22.2%`                  | `22.2%`     | `火情`  | the last subject of the sentence |

use super::figure::Figure;
use super::unit::Class;

/// Subjects remembered for a later figure of the same unit: 复查25个 a few figures after 310个网点.
const UNITS_MAX: usize = 8;

/// What the passage has said so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Where the sentence starts.
    pub(crate) sentence: usize,
    /// End of the last metric of this sentence; its start when there is none.
    pub(crate) floor: usize,
    /// The last subject of this sentence.
    pub(crate) earlier: Option<String>,
    /// The last subjects of this passage with their units, the latest last.
    units: Vec<(Option<String>, String)>,
}

impl Known {
    /// Forgets what a sentence does not share with the next.
    pub(crate) fn new_sentence(&mut self, start: usize) {
        (self.sentence, self.floor, self.earlier) = (start, start, None);
    }

    /// Takes in the subject found for a figure.
    pub(crate) fn learn(&mut self, figure: &Figure, subject: Option<&String>) {
        self.floor = figure.end;
        if let Some(subject) = subject {
            self.earlier = Some(subject.clone());
            if self.units.len() == UNITS_MAX {
                self.units.remove(0);
            }
            self.units.push((figure.unit_name().map(str::to_owned), subject.clone()));
        }
    }

    /// The last subject counted in the figure's unit.
    pub(crate) fn of_unit(&self, figure: &Figure) -> Option<String> {
        let counted = figure.class() == Some(Class::Count) || figure.unit_name() == Some("分");
        self.same_unit(figure).filter(|_| counted)
    }

    /// As [`Self::of_unit`], of measures too, for where the text says that the thing is the same.
    pub(crate) fn same_unit(&self, figure: &Figure) -> Option<String> {
        let mut same = self.units.iter().rev().filter(|(unit, _)| alike(unit.as_deref(), figure.unit_name()));
        same.next().map(|(_, subject)| subject.clone())
    }
}

/// Whether two units count the same: 人 and 名 do.
pub(crate) fn alike(a: Option<&str>, b: Option<&str>) -> bool {
    let people = |unit| matches!(unit, Some("人" | "名" | "位"));
    a == b || people(a) && people(b)
}
