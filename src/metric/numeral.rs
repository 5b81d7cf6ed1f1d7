//! The grammar of numerals, Chinese and mixed. In: a text and the place of a digit or numeral. Out: the number.
//!
//! | text           | number                 | because                                             |
//! |----------------|------------------------|-----------------------------------------------------|
//! | `1,306.52万`   | 13065200               | the multiplier shifts the exponent                  |
//! | `25万6千`      | 256000                 | scripts mix at 万 and 亿                            |
//! | `十四五万`     | 140000 to 150000       | two neighbouring digits are a range                 |
//! | `三百五`       | 350                    | a last digit without 零 counts the next lower power |
//! | `两千余`       | 2000, about            | 余, 多, 来, 几                                      |
//! | `上千`         | 1000, about            | a bare power needs a word that makes it a count     |
//! | `二〇二四`     | none                   | digits in a row are a year or a label               |
//! | `25万3个`      | 250000                 | the next clause's digit is not swallowed            |
//!
//! A run of digits is read once from left to right; nothing looks back.

use super::decimal::Decimal;
use super::number::{Number, Script, arabic, char_at, digit, numeral, power};
use super::{reject, unit};

/// The number that stands at `at`, shares aside.
pub(crate) fn plain(text: &str, at: usize) -> Option<Number> {
    read(text, at).0
}

/// As [`plain`], with the place where reading stopped: what is not a number is not read again.
pub(crate) fn read(text: &str, at: usize) -> (Option<Number>, usize) {
    let mut parser = Parser::new(text, at);
    (parser.run(), parser.at)
}

/// Reads one number, from left to right.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Lower and upper end of what stands before the last 万 or 亿.
    total: [Decimal; 2],
    /// Of what stands after it, up to the last 十, 百 or 千.
    section: [Decimal; 2],
    /// Of the last figure.
    pending: Option<[Decimal; 2]>,
    /// Power of the last 十, 百, 千 in this section; of the last 万, 亿.
    small: i32,
    large: i32,
    /// Power of the last multiplier of either kind, when the next figure follows it at once.
    last: i32,
    arabic: bool,
    approx: bool,
    overflow: bool,
}

fn ends_in_trillion(text: &str) -> bool {
    let power = text.trim_end_matches(['余', '餘', '多']);
    power.ends_with("万亿") || power.ends_with("萬億")
}

/// What 千 makes a unit of.
const KILO: [char; 8] = ['米', '瓦', '克', '伏', '帕', '卡', '焦', '赫'];
/// Higher than any power: nothing has been read yet.
const NONE: i32 = 99;

impl<'a> Parser<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        let zero = [Decimal::ZERO; 2];
        Self {
            text,
            at,
            total: zero,
            section: zero,
            pending: None,
            small: NONE,
            large: NONE,
            last: NONE,
            arabic: false,
            approx: false,
            overflow: false,
        }
    }

    fn run(&mut self) -> Option<Number> {
        let start = self.at;
        while let Some(c) = char_at(self.text, self.at) {
            let more = if digit(c).is_some() {
                self.arabic(start)
            } else if let Some(digit) = numeral(c) {
                self.numeral(c, digit)?
            } else if let Some(power) = power(c) {
                self.power(c, power, start)
            } else {
                match c {
                    '点' | '點' => self.point(),
                    '余' | '餘' | '多' | '来' | '來' | '几' | '幾' | '数' | '數' => self.about(c, start),
                    _ => false,
                }
            };
            if !more {
                break;
            }
        }
        self.finish(start)
    }

    /// `1,306.52`; after 万 or 亿 only what plainly belongs to it.
    fn arabic(&mut self, start: usize) -> bool {
        if self.pending.is_some() || self.approx {
            return false;
        }
        let (end, value, plain) = arabic(self.text, self.at);
        let next = char_at(self.text, end).and_then(power);
        let belongs = match self.last {
            NONE => self.at == start,
            4 => plain == 4 || next.is_some_and(|power| power < 4),
            8 => next.is_some_and(|power| power < 8),
            _ => false,
        };
        if !belongs {
            return false;
        }
        self.overflow |= value.is_none();
        self.pending = Some([value.unwrap_or(Decimal::ZERO); 2]);
        self.arabic = true;
        self.at = end;
        true
    }

    /// A Chinese digit. `None` when digits stand in a row as in a year or a number plate.
    fn numeral(&mut self, c: char, digit: u32) -> Option<bool> {
        if self.approx || (self.at_word() && (self.pending.is_some() || self.last != NONE)) {
            return Some(false);
        }
        let after = self.at + c.len_utf8();
        if c == '零' && self.pending.is_none() && self.last != NONE {
            self.at = after;
            self.last = NONE;
            return Some(true);
        }
        let value = Decimal::whole(digit.into());
        let Some([low, high]) = self.pending else {
            if self.last == 0 {
                return Some(false);
            }
            self.pending = Some([value; 2]);
            self.at = after;
            return Some(true);
        };
        let previous = self.text[..self.at].chars().next_back().and_then(numeral);
        let neighbours = previous.is_some_and(|p| p > 0 && (digit == p + 1 || (p, digit) == (3, 5)));
        let third = char_at(self.text, after).and_then(numeral).is_some();
        if self.arabic && previous.is_none() {
            return Some(false);
        }
        if low != high || !neighbours || third {
            self.skip_numerals();
            return None;
        }
        self.pending = Some([low, value]);
        self.at = after;
        Some(true)
    }

    /// 十, 百, 千 within a section, 万 and 亿 closing one.
    fn power(&mut self, c: char, power: i32, start: usize) -> bool {
        let empty = self.pending.is_none() && self.section[1] == Decimal::ZERO;
        let first = self.at == start;
        // 5.3千米, 420千瓦时: behind digits 千 is of the unit.
        let kilo = || self.text[self.at + c.len_utf8()..].starts_with(KILO);
        if power == 3 && self.arabic && self.pending.is_some() && kilo() {
            return false;
        }
        if self.last == 0 && power < 4 {
            return false;
        }
        let one = [Decimal::whole(1); 2];
        if power < 4 {
            if self.approx || power >= self.small || (self.pending.is_none() && power > 1 && !first) {
                return false;
            }
            if first && power > 1 && !self.counts_bare(c) {
                return false;
            }
            let figure = self.pending.take().unwrap_or(one);
            self.section = self.sum(self.section, figure.map(|end| end.shifted(power).written_out()));
            self.small = power;
        } else {
            let bare = if first { self.counts_bare(c) } else { (power, self.large) == (8, 4) };
            if empty && !bare {
                return false;
            }
            if power >= self.large && (power, self.large) != (8, 4) {
                return false;
            }
            let figure = self.pending.take().unwrap_or([Decimal::ZERO; 2]);
            let section = self.sum(self.section, figure);
            let section = if empty && first { one } else { section };
            self.total = if self.large == 4 {
                self.sum(self.total, section).map(|end| end.shifted(power))
            } else {
                self.sum(self.total, section.map(|end| end.shifted(power)))
            };
            (self.section, self.small, self.large) = ([Decimal::ZERO; 2], NONE, power);
        }
        self.last = power;
        self.at += c.len_utf8();
        true
    }

    /// A bare 百, 千, 万, 亿 counts only as in 上千, 近万, 百余. 百姓 and 万福 do not.
    fn counts_bare(&mut self, c: char) -> bool {
        let (before, after) = (&self.text[..self.at], &self.text[self.at + c.len_utf8()..]);
        let led = before.ends_with("上") && !before.ends_with("以上")
            || before.ends_with(['近', '逾', '超', '破', '过', '過']);
        self.approx |= before.ends_with('上');
        led || after.starts_with(['余', '餘', '多', '来', '來']) || self.is_bare_count(after)
    }

    /// 百元上下, 不足百米, 万人以上: a bare power with a unit and a word that makes it a figure.
    fn is_bare_count(&self, after: &str) -> bool {
        const BEHIND: [&str; 10] = ["上下", "左右", "以上", "以下", "以内", "之内", "开外", "出头", "之外", "之多"];
        const BEFORE: [&str; 8] = ["不足", "不到", "不过", "约", "约有", "仅", "至少", "最多"];
        let Some(unit) = unit::read(after, 0) else { return false };
        let before = &self.text[..self.at];
        BEHIND.iter().any(|word| after[unit.end..].starts_with(word))
            || BEFORE.iter().any(|word| before.ends_with(word))
    }

    /// The decimals of 二十七点三; not the minutes of 八点五十.
    fn point(&mut self) -> bool {
        let rest = &self.text[self.at + "点".len()..];
        let places: usize = rest.chars().take_while(|&c| numeral(c).is_some_and(|_| c != '两')).count();
        let end = rest.char_indices().nth(places).map_or(rest.len(), |(at, _)| at);
        if self.arabic || self.approx || self.large != NONE || places == 0 || rest[end..].starts_with('十') {
            return false;
        }
        let figure = self.pending.take().unwrap_or([Decimal::ZERO; 2]);
        let mut value = self.sum(self.section, figure)[0];
        for digit in rest[..end].chars().filter_map(numeral) {
            match value.push(digit) {
                Some(longer) => value = longer.shifted(-1),
                None => self.overflow = true,
            }
        }
        self.section = [Decimal::ZERO; 2];
        self.pending = Some([value; 2]);
        // A figure with decimals ends all but its multiplier.
        self.last = 0;
        self.at += "点".len() + end;
        true
    }

    /// 余, 多, 来 after a round figure; 几 and 数 in the place of a digit.
    fn about(&mut self, c: char, start: usize) -> bool {
        let after = self.at + c.len_utf8();
        let next = char_at(self.text, after);
        if matches!(c, '几' | '幾' | '数' | '數') {
            let multiplies = next.and_then(power).is_some();
            let closes = matches!(c, '几' | '幾') && self.small == 1 && self.pending.is_none();
            if self.approx || !(closes || (self.at == start && multiplies)) {
                return false;
            }
            self.at = after;
            if !closes {
                self.pending = Some([Decimal::whole(1); 2]);
                return next.is_some_and(|c| self.power(c, power(c).unwrap_or(0), start)) && {
                    self.approx = true;
                    true
                };
            }
        } else {
            let round = self.pending.is_none() && self.last != NONE;
            let large = self.pending.is_some_and(|[_, high]| high.value() >= 10.0);
            if self.approx && !matches!(c, '来' | '來') && !self.text[..self.at].ends_with(['千', '万', '百'])
                || !(round || large)
            {
                return false;
            }
            self.at = after;
        }
        self.approx = true;
        true
    }

    fn finish(&mut self, start: usize) -> Option<Number> {
        if self.at == start {
            return None;
        }
        if matches!(&self.text[start..self.at], "零" | "〇") {
            // 零距离, 零星: by itself it counts nothing.
            return None;
        }
        let bare_digit =
            self.pending.filter(|_| !self.arabic && self.last != 0).is_some_and(|[_, high]| high.value() < 10.0);
        // 三百五 is 350: the last digit counts the power below. 十五 is plain.
        let below = if bare_digit && matches!(self.last, 2..=8) { self.last - 1 } else { 0 };
        let figure = self.pending.unwrap_or([Decimal::ZERO; 2]).map(|end| end.shifted(below));
        let section = self.sum(self.section, figure);
        let [low, high] = self.sum(self.total, section);
        let script = if self.arabic { Script::Arabic } else { Script::Han };
        let ends_in_power = self.pending.is_none() && matches!(self.last, 4 | 8);
        let power = if !ends_in_power {
            0
        } else if self.last == 8 && ends_in_trillion(&self.text[..self.at]) {
            12
        } else {
            self.last
        };
        let (approx, overflow) = (self.approx, self.overflow);
        Some(Number { end: self.at, low, high, overflow, approx, bound: None, script, power, unit: None })
    }

    fn sum(&mut self, a: [Decimal; 2], b: [Decimal; 2]) -> [Decimal; 2] {
        match (a[0].plus(b[0]), a[1].plus(b[1])) {
            (Some(low), Some(high)) => [low, high],
            _ => {
                self.overflow = true;
                a
            }
        }
    }

    /// Whether a word that only looks like a number starts here: 二手, 三轮车.
    fn at_word(&self) -> bool {
        reject::word_at(self.text, self.at).is_some()
    }

    fn skip_numerals(&mut self) {
        while let Some(c) = char_at(self.text, self.at).filter(|&c| numeral(c).is_some()) {
            self.at += c.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_none};

    #[test]
    fn reads_every_mix() {
        check(&[
            ("发放口罩1,306.52万只。", "13065200 只 口罩"),
            ("预算3万4000元。", "34000 元 预算"),
            ("追加25万6千元。", "256000 元 追加"),
            ("全县债务二十万亿元。", "20000000000000 元 债务"),
            ("登记六百二十七户。", "627 户 登记"),
            ("新苗一万零五十棵。", "10050 棵 新苗"),
            ("存款两万五千元。", "25000 元 存款"),
            ("藏书三百五十册。", "350 册 藏书"),
            ("每户补十二三万元。", "120000..130000 元"),
            ("电费要十五六块。", "15..16 块 电费"),
            ("来回五六百米。", "500..600 米 来回"),
            ("一百二三十人到场。", "120..130 人"),
            ("全程二十七点三公里。", "27.3 公里 全程"),
            ("三点五万户通了燃气。", "35000 户"),
            ("登山道零点五公里。", "0.5 公里 登山道"),
            ("发放慰问品两千余份。", "≈2000 份 慰问品"),
            ("募集物资3000多万元。", "≈30000000 元 物资"),
            ("惠及数百户。", "≈100 户 惠及"),
            ("吸引上千人次。", "≈1000 人次 吸引"),
            ("栽下几十棵。", "≈10 棵 栽下"),
            ("百余名学生报名。", "≈100 名 学生"),
            ("十几位老人在场。", "≈10 位 老人"),
            ("财政拨款1亿2000万元。", "120000000 元 财政拨款"),
            ("服务３６名老人。", "36 名 老人"),
        ]);
    }

    #[test]
    fn leaves_words_and_years() {
        check_none(&[
            "二〇二四开门红。",
            "拨打一二〇。",
            "百姓点赞。",
            "万福里飘香。",
            "零距离服务。",
            "近年来变化大。",
            "上午八点五十集合。",
            "几个人聊天。",
            "数字化转型。",
            "千万不要大意。",
        ]);
    }
}
