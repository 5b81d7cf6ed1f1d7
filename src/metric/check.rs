//! Figures held against each other. In: the figures of a passage and the names in it. Out: for each figure whether
//! the passage bears it out, if it says enough to tell.
//!
//! | text                                       | figure     | check     | because                              |
//! |--------------------------------------------|------------|-----------|--------------------------------------|
//! | `甲组14件、乙组9件，共23件`                  | `23件`     | agrees    | it is the sum                        |
//! | `甲组14件、乙组9件，共25件`                  | `25件`     | disagrees | it is not                            |
//! | `从40%提升至55%，提升15个百分点`           | `15个百分点` | agrees  | that lies between the two            |
//! | `61家企业，其中台资企业75家`               | `75家`     | disagrees | a part is no larger than its whole   |
//! | `50户中有30户签约，占60%`                  | `60%`      | agrees    | 30 of 50                             |
//! | `云杉、青松两个小区`                       | `两个`     | agrees    | two names are listed                 |
//! | `甲组14件、乙组9件，共约25件`                | `约25件`   | none      | an estimate is not judged            |
//! | `61家企业，其中台资企业38家`               | `38家`     | none      | less than the whole proves nothing   |
//!
//! A false alarm costs an editor's trust, so a disagreement is told only where the text leaves no other reading: the
//! list touches its sum, nothing but a verb stands before the change, every item is a name. What agrees by its
//! numbers needs less. `listed` counts names.

use super::change;
use super::decimal::Decimal;
use super::figure::Figure;
use super::known::alike;
use super::listed;
use super::unit::Class;
use super::window;
use crate::model::{Change, Check, Mention, Metric, Rule, TextSpan};

/// What a passage says.
pub(crate) struct Said<'a> {
    pub(crate) text: &'a str,
    /// Its figures, one for each metric.
    pub(crate) figures: &'a [&'a Figure],
    /// The names in it, in order.
    pub(crate) names: &'a [Mention],
}

/// Most parts of a sum that are looked at.
const PARTS_MAX: usize = 16;
/// Most characters between two parts: the words of one.
const ITEM_MAX: usize = 16;
/// Words that make a figure a sum of what was listed.
const TOTALS: [&str; 11] =
    ["共", "共计", "合计", "总计", "总共", "一共", "共有", "合计有", "共计有", "合计为", "总数为"];

/// Gives each of `metrics` its check. Each figure is held against a bounded number of others.
pub(crate) fn check(said: &Said<'_>, metrics: &mut [Metric]) {
    for at in 0..metrics.len() {
        let found = said
            .change(metrics, at)
            .or_else(|| said.total(at))
            .or_else(|| said.whole(at))
            .or_else(|| said.part(metrics, at))
            .or_else(|| said.share(metrics, at))
            .or_else(|| listed::count(said, at));
        if let Some(metric) = metrics.get_mut(at) {
            metric.check = found;
        }
    }
}

/// How two numbers that should be one compare: `None` where rounding may part them.
pub(crate) fn compare(stated: f64, expected: f64, steps: &[f64]) -> Option<bool> {
    let apart = (stated - expected).abs();
    let coarse = steps.iter().copied().fold(0.0, f64::max);
    let fine = steps.iter().copied().fold(f64::INFINITY, f64::min);
    let noise = 1e-9 * stated.abs().max(expected.abs()).max(1.0);
    // Terms of unlike precision agree as far as the coarser tells.
    let near = if coarse > fine { coarse / 2.0 } else { 0.0 };
    if apart <= near + noise {
        return Some(true);
    }
    let counts = steps.iter().all(|&step| step == 1.0);
    let rounded = if counts { 0.0 } else { coarse * steps.len() as f64 / 2.0 };
    (apart > rounded + noise).then_some(false)
}

impl Said<'_> {
    fn figure(&self, at: usize) -> Option<&Figure> {
        self.figures.get(at).copied()
    }

    /// The figure at `at`, if it says one number and no more.
    pub(crate) fn exact(&self, at: usize) -> Option<&Figure> {
        let plain = |figure: &&Figure| {
            !figure.approx && figure.bound.is_none() && figure.from.is_none() && !figure.number.overflow
        };
        self.figure(at).filter(plain).filter(|figure| !figure.is_range())
    }

    /// What stands between the figure before `at` and it.
    fn gap(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.figure(before)).map_or(0, |figure| figure.end);
        self.figure(at).and_then(|figure| self.text.get(start..figure.start)).unwrap_or("")
    }

    fn span(&self, at: usize) -> TextSpan {
        self.figure(at).map_or(TextSpan::new(0, 0), |figure| TextSpan::new(figure.start, figure.end))
    }

    /// Whether both figures count in one unit.
    fn alike(&self, a: usize, b: usize) -> bool {
        let unit = |at| self.figure(at).and_then(Figure::unit_name);
        unit(a).is_some() && alike(unit(a), unit(b))
    }

    fn judge(&self, at: usize, rule: Rule, expected: f64, agrees: bool, against: Vec<TextSpan>) -> Option<Check> {
        let stated = self.figure(at)?.number.high.value();
        Some(Check { agrees, rule, stated, expected, against })
    }

    /// `甲组14件、乙组9件，共23件`: the sum behind its parts.
    fn total(&self, at: usize) -> Option<Check> {
        let figure = self.exact(at).filter(|figure| is_summed(figure))?;
        let lead = self.gap(at).trim_start_matches(['，', '；', '、']);
        let bare = TOTALS.contains(&lead);
        let led = TOTALS.iter().any(|total| lead.starts_with(total)) && lead.chars().count() <= ITEM_MAX;
        if at < 2 || !led || lead.len() == self.gap(at).len() || lead.contains(window::ends_clause) {
            return None;
        }
        let first = (at.saturating_sub(PARTS_MAX)..at).rev().take_while(|&part| self.goes_on(part, at)).last()?;
        // The list may start behind other figures of the sentence; a sum of its end is no accident.
        let mut sum = 0.0;
        let mut steps = vec![figure.number.high.step()];
        for part in (first..at).rev() {
            let number = self.exact(part)?.number.high;
            sum += number.value();
            steps.push(number.step());
            let several = at - part > 1;
            if several && compare(figure.number.high.value(), sum, &steps) == Some(true) {
                let against = (part..at).map(|part| self.span(part)).collect();
                return self.judge(at, Rule::Sum, sum, true, against);
            }
        }
        let whole = bare && self.is_plain(first, at) && at - first > 1 && self.opens(first);
        // Men, women and members among both: the sum of a list's start is the whole, and the rest is counted twice.
        let values = (first..at).filter_map(|part| Some(self.exact(part)?.number.high.value()));
        let starts = values.scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        });
        let twice = starts.skip(1).any(|sum| compare(figure.number.high.value(), sum, &steps) == Some(true));
        let wrong = whole && !twice && compare(figure.number.high.value(), sum, &steps) == Some(false);
        let against = (first..at).map(|part| self.span(part)).collect();
        if wrong { self.judge(at, Rule::Sum, sum, false, against) } else { None }
    }

    /// Whether the figure at `part` is of the list that `total` sums up.
    fn goes_on(&self, part: usize, total: usize) -> bool {
        let gap = self.gap(part + 1);
        let near = gap.len() <= ITEM_MAX * "一".len() && !gap.contains(['。', '！', '？', '：', '\n']);
        near && self.alike(part, total) && self.exact(part).is_some()
    }

    /// Whether between the figures `first..end` stand the items of a list and nothing else.
    fn is_plain(&self, first: usize, end: usize) -> bool {
        let item = |gap: &str| {
            let rest = gap.trim_start_matches(['、', '和', '及', '与', '，']);
            // What ends a clause tells of more than a list; so do words that part a whole or add it up.
            rest.len() < gap.len()
                && !rest.contains(window::ends_phrase)
                && !["其中", "共", "总", "又", "另", "还", "再"].iter().any(|word| rest.contains(word))
                && !rest.contains(|c: char| c.is_ascii_digit())
        };
        (first + 1..end).all(|part| item(self.gap(part)))
    }

    /// Whether the figure at `first` is the first of its unit in the sentence, and nothing adds up or parts before it.
    fn opens(&self, first: usize) -> bool {
        let Some(figure) = self.figure(first) else { return false };
        let start = self.text[..figure.start].len() - window::back(&self.text[..figure.start], SENTENCE_MAX).len();
        let near = &self.text[start..figure.start];
        let near = near.rfind(['。', '！', '？', '\n']).map_or(near, |end| &near[end..]);
        let since = figure.start - near.len();
        let mut earlier =
            (0..first).rev().take_while(|&at| self.figure(at).is_some_and(|other| other.start >= since));
        let parts = ["共", "其中", "总", "每", "各", "均", "除"];
        earlier.all(|at| !self.alike(at, first)) && !parts.iter().any(|word| near.contains(word))
    }

    /// `共23件：甲组14件、乙组9件`, `共23件（甲组14件、乙组9件）`: the sum before its parts.
    fn whole(&self, at: usize) -> Option<Check> {
        let figure = self.exact(at).filter(|figure| is_summed(figure))?;
        let rest = &self.text[figure.end..];
        let opening = window::list_after(rest);
        let mark = rest[opening.len()..].chars().next()?;
        let parted =
            matches!(mark, '，' | '。' | '；') && rest[opening.len() + mark.len_utf8()..].starts_with("其中");
        if !matches!(mark, '（' | '：') && !parted || opening.chars().count() > ITEM_MAX {
            return None;
        }
        let from = figure.end + opening.len() + mark.len_utf8();
        let (mut sum, mut steps, mut end) = (0.0, vec![figure.number.high.step()], figure.end);
        let mut last = at;
        while let Some(part) = self.exact(last + 1).filter(|_| last - at < PARTS_MAX && self.alike(at, last + 1)) {
            let gap = self.text.get(end.max(from)..part.start)?;
            if gap.contains(['。', '）', '；', '：', '\n']) || gap.chars().count() > ITEM_MAX {
                break;
            }
            (sum, end, last) = (sum + part.number.high.value(), part.end, last + 1);
            steps.push(part.number.high.step());
        }
        let against: Vec<TextSpan> = (at + 1..=last).map(|part| self.span(part)).collect();
        if against.len() < 2 {
            return None;
        }
        let agrees = compare(figure.number.high.value(), sum, &steps)?;
        let lead = window::phrase_before(self.gap(at));
        let summed = ["共", "合计", "总计"].iter().any(|total| lead.contains(total));
        let tail = window::list_after(&self.text[end..]);
        let closes = if mark == '（' { '）' } else { '。' };
        let ended = self.text[end + tail.len()..].starts_with(closes) && tail.chars().count() <= ITEM_MAX;
        let list = &self.text[from..end];
        let whole = summed && ended && !parted && self.is_plain(at + 2, last + 1) && !list.contains("其中");
        let whole = whole && !["含", "包括", "如", "主要", "有"].iter().any(|word| list.contains(word));
        (agrees || whole).then(|| self.judge(at, Rule::Sum, sum, agrees, against)).flatten()
    }

    /// `61家企业，其中台资企业75家`: a part that is more than its whole.
    fn part(&self, metrics: &[Metric], at: usize) -> Option<Check> {
        let part = self.exact(at).filter(|figure| is_summed(figure))?;
        let gap = self.gap(at);
        let (before, item) = gap.split_once("其中")?;
        let whole = at.checked_sub(1)?;
        let figure = self.exact(whole).filter(|_| self.alike(whole, at))?;
        let near = before.trim_end_matches(['，', '（', '；', '。']);
        let touches = near.len() < before.len() && !near.contains(window::ends_phrase);
        let per = window::list_before(&self.text[..figure.start]);
        // A rate, or what has changed since, is no whole.
        let rate = ["每", "均", "各", "平", "比", "较"].iter().any(|word| per.contains(word) || item.contains(word));
        let same = metrics.get(whole)?.change == metrics.get(at)?.change || metrics.get(at)?.change.is_none();
        let most = figure.number.high.value();
        let steps = [part.number.high.step(), figure.number.high.step()];
        let more = compare(part.number.high.value(), most, &steps) == Some(false) && part.number.high.value() > most;
        let judged = touches && !rate && same && more && item.chars().count() <= ITEM_MAX;
        judged.then(|| self.judge(at, Rule::Parts, most, false, vec![self.span(whole)])).flatten()
    }

    /// `从40%提升至55%，提升15个百分点`: a change and its two ends.
    fn change(&self, metrics: &[Metric], at: usize) -> Option<Check> {
        let amount = self.exact(at)?;
        let told = metrics.get(at).filter(|metric| metric.basis.is_none())?.change?;
        let ends = at.checked_sub(1)?;
        let whole = self.figure(ends).filter(|whole| !whole.approx && whole.bound.is_none())?;
        let (from, to) = (whole.from?, whole.number.high);
        let lead = self.gap(at).strip_prefix(['，', '、', '（'])?;
        if !change::is_verb(lead) || metrics.get(ends)?.change != Some(told) || told == Change::Reach {
            return None;
        }
        let apart = (to.value() - from.value()).abs();
        let (stated, share) = (amount.number.high, amount.class() == Some(Class::Share));
        let steps = [from.step(), to.step(), stated.step()];
        let grown = 100.0 * apart / from.value();
        // 从20户增至30户，增长50%; of shares, 提升15% may mean either.
        let readings: &[f64] = match (share, amount.unit_name()) {
            (true, Some("个百分点")) if whole.unit_name() == Some("%") => &[apart],
            (true, Some("%")) if whole.class() == Some(Class::Share) => &[apart, grown],
            (true, Some("%")) if from.value() > 0.0 => &[grown],
            (false, _) if self.alike(ends, at) => &[apart],
            _ => return None,
        };
        let grows = share && whole.class() != Some(Class::Share);
        if grows && (from.step() > 1.0 || to.step() > 1.0 || !from.is_whole()) {
            // 从28万人增加到40万人，增长42.2%: rounded ends leave the share open.
            let rounding = 50.0 * (from.step() + to.step()) * to.value() / (from.value() * from.value());
            let near = (stated.value() - grown).abs() <= rounding + stated.step();
            return near.then(|| self.judge(at, Rule::Change, grown, true, vec![self.span(ends)])).flatten();
        }
        let steps: &[f64] = if grows { &[stated.step(), 0.0] } else { &steps };
        let all: Option<Vec<bool>> =
            readings.iter().map(|&reading| compare(stated.value(), reading, steps)).collect();
        let agrees = all?.iter().position(|&agrees| agrees);
        let expected = readings.get(agrees.unwrap_or(0)).copied()?;
        self.judge(at, Rule::Change, expected, agrees.is_some(), vec![self.span(ends)])
    }

    /// `60%是党员，其余40%是群众`, `50户中有30户签约，占60%`.
    fn share(&self, metrics: &[Metric], at: usize) -> Option<Check> {
        let share = self.exact(at).filter(|figure| figure.unit_name() == Some("%"))?;
        self.rest(metrics, at, share).or_else(|| self.share_of(at, share))
    }

    /// `60%是党员，其余40%是群众`: what is left of a hundred.
    fn rest(&self, metrics: &[Metric], at: usize, share: &Figure) -> Option<Check> {
        let told = |at: usize| metrics.get(at).is_some_and(|metric| metric.change.is_some());
        let gap = self.gap(at);
        let rest = window::phrase_before(gap);
        if rest.len() == gap.len() || !["其余", "其余的", "剩余", "剩下的", "余下的", "另外"].contains(&rest)
        {
            return None;
        }
        let listed = |&part: &usize| {
            let parted = self.gap(part + 1).contains(['。', '：', '\n']);
            self.alike(part, at) && self.exact(part).is_some() && !told(part) && !parted
        };
        let first = (at.saturating_sub(PARTS_MAX)..at).rev().take_while(listed).last()?;
        let parts: Vec<Decimal> = (first..at).filter_map(|part| Some(self.exact(part)?.number.high)).collect();
        let steps: Vec<f64> = parts.iter().chain([&share.number.high]).map(|number| number.step()).collect();
        let expected = 100.0 - parts.iter().map(|number| number.value()).sum::<f64>();
        let agrees = compare(share.number.high.value(), expected, &steps)?;
        // 其余 may be the rest of something told before: only where the list is alone is it wrong.
        let judged = agrees || self.opens(first) && !told(at);
        let against = (first..at).map(|part| self.span(part)).collect();
        if judged { self.judge(at, Rule::Shares, expected, agrees, against) } else { None }
    }

    /// `50户中有30户签约，占60%`: what a share is of.
    fn share_of(&self, at: usize, share: &Figure) -> Option<Check> {
        const WHOLES: [&str; 8] = ["", "比", "比为", "比达", "总数的", "总户数的", "总人数的", "全部的"];
        let gap = self.gap(at);
        let (said, of) = gap.rsplit_once('占')?;
        let (part, whole) = (at.checked_sub(1)?, at.checked_sub(2)?);
        let (count, total) = (self.exact(part)?.number.high.value(), self.exact(whole)?.number.high.value());
        let between = self.gap(part);
        let parted = between.contains('中') && !between.contains(['。', '；', '\n']);
        let short = gap.chars().count() <= 2 * ITEM_MAX && between.chars().count() <= ITEM_MAX;
        let plain = said.ends_with(['，', '、', '（']) && WHOLES.contains(&of);
        if !(parted && short && plain && self.alike(whole, part) && total > 0.0) {
            return None;
        }
        let expected = 100.0 * count / total;
        let agrees = compare(share.number.high.value(), expected, &[share.number.high.step(), 0.0])?;
        self.judge(at, Rule::Shares, expected, agrees, vec![self.span(whole), self.span(part)])
    }
}

/// Most characters of a sentence that are looked at before a list.
const SENTENCE_MAX: usize = 120;

/// Whether figures of this unit can be added up.
fn is_summed(figure: &Figure) -> bool {
    !matches!(figure.class(), Some(Class::Share) | None)
}

#[cfg(test)]
mod tests {
    use super::super::tests::checked;

    fn rows(cases: &[(&str, &str)]) {
        for (sentence, expected) in cases {
            assert_eq!(checked(sentence), *expected, "{sentence}");
        }
    }

    #[test]
    fn sums() {
        rows(&[
            ("甲类井盖12处、乙类井盖7处、丙类井盖3处，共22处。", "22 sum ok"),
            ("甲类井盖12处、乙类井盖7处、丙类井盖3处，共计23处。", "23 sum not 22"),
            ("栽下樟树9棵、桂花树14棵和李树5棵，合计28棵。", "28 sum ok"),
            ("全年栽树28棵，其中樟树9棵、桂花树14棵，李树5棵。", "28 sum ok"),
            ("收到捐款3.2万元、1.35万元，共4.55万元。", "45500 sum ok"),
            ("收到捐款3.2万元、1.35万元，共4.5万元。", "45000 sum ok"),
            ("共有队员19人（男队员12人、女队员7人）。", "19 sum ok"),
            ("共有队员20人（男队员12人、女队员7人）。", "20 sum not 19"),
            ("上午走访8户，下午走访5户，共走访13户。", "13 sum ok"),
            // What is not plainly the whole list is not judged.
            ("上午走访8户，下午走访5户，共走访16户。", ""),
            ("甲类井盖12处、乙类井盖7处，共约20处。", ""),
            ("甲类井盖12处、乙类井盖近7处，共20处。", ""),
            ("修车棚12处、路灯7盏，共19处。", ""),
            ("男队员35人、女队员40人、党员20人，共75人。", ""),
            ("有队员20人（含女队员12人、学生7人）。", ""),
            ("每天送餐12份、15份，共300份。", ""),
        ]);
    }

    #[test]
    fn changes() {
        rows(&[
            ("办结率从40%提升至55%，提升15个百分点。", "15 change ok"),
            ("办结率从40%提升至55%，提升了25个百分点。", "25 change not 15"),
            ("车位由35个增加到90个，净增55个。", "55 change ok"),
            ("车位由20个增加到30个，增长50%。", "50 change ok"),
            ("车位由20个增加到30个，增长60%。", "60 change not 50"),
            ("产量由28万吨增加到40万吨，增长42.3%。", "42.3 change ok"),
            ("办结率从40%提升至55%，投诉下降25个百分点。", ""),
            ("办结率从40%提升至55%，同比提升8个百分点。", ""),
            ("办结率从近40%提升至55%，提升约15个百分点。", ""),
        ]);
    }

    #[test]
    fn parts_and_shares() {
        rows(&[
            ("引进企业61家，其中台资企业75家。", "75 parts not 61"),
            ("引进61家企业（其中台资企业75家）。", "75 parts not 61"),
            ("引进企业61家（其中台资企业38家）。", ""),
            ("平均每村有楼长5人，其中女楼长19人。", ""),
            ("捐款比上年多15万元，其中企业捐款60万元。", ""),
            ("产值增长5%，其中加工业增长8%。", ""),
            ("50户中有30户签约，占60%。", "60 shares ok"),
            ("50户中有30户签约，占65%。", "65 shares not 60"),
            ("33户居民中，有22户签约，占比66.7%。", "66.7 shares ok"),
            ("50户中有30户签约，占全街道的6%。", ""),
            ("60%是党员，其余40%是群众。", "40 shares ok"),
            ("队员中60%是教师，其余50%是学生。", "50 shares not 40"),
        ]);
    }
}
