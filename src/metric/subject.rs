//! What a figure counts, in the words of the text. In: the figures of a text. Out: a noun phrase for one of them.
//!
//! | text                              | subject      | because                                             |
//! |-----------------------------------|--------------|-----------------------------------------------------|
//! | `640套人才公寓`                   | `人才公寓`   | it follows the measure word                         |
//! | `11人的夜巡队`                    | `夜巡队`     | 的 ties it to the figure                            |
//! | `出勤率已达75%，`                 | `出勤率`     | nothing follows; it stands before 已达              |
//! | `投入45万元，`                    | `投入`       | only a verb stands there                            |
//! | `住着380户、1100余位村民`         | `村民`       | neighbours share what follows the last              |
//! | `返乡青年17户46人`                | `返乡青年`   | neighbours share what stands before the first       |
//! | `绿地占总面积的35%`               | `绿地`       | a share is said of what stands before 占            |
//! | `晾衣架报修，每次6元`             | `晾衣架报修` | nothing stands there; the clause before names it    |
//!
//! `site` looks at the places around a figure, `phrase` finds the noun phrases there, `known` keeps what was said
//! before; here it is decided between them.

use super::figure::Figure;
use super::known::Known;
use super::phrase::Before;
use super::site::{ITEM_MAX, Site, without_rate};
use super::unit::Class;
use super::window;
use super::word::Reader;

/// The subject of `figures[index]`. `told` is the end of the text before it, its words of change taken off.
pub(crate) fn subject(
    reader: &Reader,
    figures: &[Figure],
    index: usize,
    told: usize,
    known: &Known,
) -> Option<String> {
    let site = Site { reader, figures: &figures[index..], figure: &figures[index], told, known };
    let behind = if site.figure.from.is_none() { site.behind(0) } else { None };
    if let Some(behind) = behind.filter(|_| !site.measured()) {
        // 新增绿地9亩的目标: what 的 ties to a measure is not what is measured when that stands before.
        let measured = matches!(site.figure.class(), Some(Class::Measure | Class::Extent | Class::Money));
        let article = index > 0 && figures[index - 1].end == site.figure.start;
        let tied = measured && !article && reader.text[site.figure.end..].starts_with('的');
        return if tied { site.before().noun.or(Some(behind)) } else { Some(behind) };
    }
    site.share_of().or_else(|| {
        let before = site.before();
        // 某街道共有36个 counts neither streets nor people: what, was said before.
        let holder = before.name && site.figure.class() == Some(Class::Count) && !site.people();
        match &before.noun {
            Some(noun) if index > 0 && site.people() && site.housed(&figures[index - 1], before.start) => {
                site.clause_before(figures[index - 1].start).or(Some(noun.clone()))
            }
            Some(noun) if holder => {
                known.of_unit(site.figure).or_else(|| known.earlier.clone()).or(Some(noun.clone()))
            }
            Some(noun) if ATTRIBUTES.contains(&noun.as_str()) && site.lead().starts_with(noun.as_str()) => {
                site.nearby().or(Some(noun.clone()))
            }
            // 最大的81岁, 最远一户: one of those named before.
            Some(noun) if is_superlative(noun) => known.earlier.clone().or_else(|| site.clause_noun()),
            Some(noun) if before.name => Some(noun.clone()),
            Some(noun) => Some(site.coordinated(before.start, noun)),
            None => site.elsewhere(before).filter(|subject| site.fits(subject)),
        }
    })
}

/// Bytes between the last metric and the clause of this one from which on there is a clause in between: a comma
/// and two characters.
const OWN_CLAUSE: usize = 9;

/// What is measured in one sort of unit only, by its last characters.
const MEASURED_IN: [(&str, &[Class]); 7] = [
    ("率", &[Class::Share]),
    ("占比", &[Class::Share]),
    ("面积", &[Class::Measure, Class::Share]),
    ("年龄", &[Class::Time]),
    ("时长", &[Class::Time, Class::Share]),
    ("均价", &[Class::Money, Class::Share]),
    ("浓度", &[Class::Measure, Class::Share]),
];

impl Site<'_> {
    /// The last subject of the sentence.
    fn earlier(&self) -> Option<String> {
        self.known.earlier.clone().filter(|subject| self.fits(subject))
    }

    /// Whether `subject` can be measured in the figure's unit: no sum of money is of a rate.
    fn fits(&self, subject: &str) -> bool {
        let class = self.figure.class();
        MEASURED_IN
            .iter()
            .all(|(end, classes)| !subject.ends_with(end) || class.is_some_and(|class| classes.contains(&class)))
    }

    /// Of a share, what stands before 占.
    fn share_of(&self) -> Option<String> {
        let lead = self.lead();
        let at = lead.rfind('占').filter(|_| self.figure.class() == Some(Class::Share))?;
        let start = self.told - lead.len();
        let noun = self.reader.cut(start, start + at).ending().noun;
        noun.or_else(|| self.earlier()).or_else(|| self.clause_noun())
    }

    /// The subject where no noun touches the figure.
    fn elsewhere(&self, before: Before) -> Option<String> {
        let known = self.known;
        let earlier = || self.earlier();
        let of_unit = || known.of_unit(self.figure);
        let unit = self.figure.unit_name();
        // 积分兑出15分: marks are counted.
        let class = if unit == Some("分") { Some(Class::Count) } else { self.figure.class() };
        if before.rest {
            return of_unit().or_else(earlier).or_else(|| self.clause_noun());
        }
        let summed = matches!(class, Some(Class::Count | Class::Money));
        if before.total && summed && before.verb.is_none() {
            return self.topic().or_else(of_unit).or_else(earlier);
        }
        // 甲、乙两村分别完成3公里: of what, was said before.
        if before.each
            && let Some(same) = known.same_unit(self.figure)
        {
            return Some(same);
        }
        let Before { verb, fronted, act, result, .. } = before;
        if class == Some(Class::Share) && fronted.is_some() {
            // 误时投放减少七成 is not a share of the time; 财政出三成 is one of the treasury.
            return act.or(fronted);
        }
        let fronted = fronted.filter(|noun| !is_agent(noun));
        // 井道每年清扫两次: what is done, and to what.
        let done = || match (&fronted, &verb) {
            (Some(noun), Some(verb)) if (noun.len() + verb.len()) <= ITEM_MAX * "一".len() => {
                Some(format!("{noun}{verb}"))
            }
            _ => verb.clone(),
        };
        if verb.is_none() && fronted.is_none() && self.acts() {
            return self.nearby();
        }
        let found = match (&verb, class) {
            (None, _) if fronted.is_none() => self.nearby(),
            (_, Some(Class::Count)) => {
                let event =
                    matches!(unit, Some("次" | "场" | "场次" | "轮" | "趟" | "遍" | "人次" | "户次" | "回" | "件次"));
                let people = matches!(unit, Some("人" | "户" | "名" | "位"));
                let shared = self.shared();
                if result {
                    shared.or(fronted).or_else(of_unit).or_else(earlier).or_else(|| self.clause_noun()).or(verb)
                } else if verb.as_deref().is_some_and(|verb| REACHES.contains(&verb)) {
                    // 补贴惠及90户: whom, nothing says; of what, does.
                    shared.or_else(|| fronted.clone()).or_else(earlier).or_else(|| self.clause_noun()).or_else(done)
                } else if event {
                    shared.or_else(done).or(fronted).or_else(of_unit)
                } else if people {
                    shared.or_else(|| fronted.clone()).or_else(of_unit).or_else(done)
                } else {
                    // 轮胎三年换掉5条: what lasted is what is counted.
                    let lasting = || if self.goes_on() { earlier() } else { None };
                    shared.or(fronted).or_else(of_unit).or_else(lasting).or(verb)
                }
            }
            // 基金攒到, 水费执行: a sum of money is not of what is done with it.
            (_, Some(Class::Money)) if result || fronted.as_ref().is_some_and(|noun| noun.ends_with(SUMS)) => {
                fronted.or_else(earlier).or(verb)
            }
            (_, Some(Class::Money)) => done().or(fronted),
            (_, Some(Class::Time)) => self.made().or(fronted).or_else(|| self.act_behind()).or(verb),
            _ => fronted.or_else(of_unit).or(verb).or_else(earlier),
        };
        found.or_else(earlier).or_else(of_unit).or_else(|| self.clause_noun()).or_else(|| self.topic())
    }

    /// Whether people are counted who do something: 52户换上了水表. They are not what was spoken of before, unless
    /// people were.
    fn acts(&self) -> bool {
        matches!(self.figure.unit_name(), Some("人" | "户" | "名" | "位"))
            && self.reader.text[self.figure.end..].starts_with(|c| !window::ends_phrase(c))
    }

    /// Whether the clause already has a figure.
    fn goes_on(&self) -> bool {
        let known = self.known;
        known.floor > known.sentence
            && !self.reader.text[known.floor.min(self.told)..self.told].contains(window::ends_clause)
    }

    /// The subject where nothing at all stands before the figure in its clause.
    fn nearby(&self) -> Option<String> {
        let known = self.known;
        let text = self.reader.text;
        let told = &text[known.floor.min(self.told)..self.told];
        // A clause of its own between two figures names what the second counts: 理发一次，10元. What is left of
        // the clause of the first does not: 四成进基金，三成还贷款.
        let tail = if known.floor > known.sentence { told.find(window::ends_clause).unwrap_or(0) } else { 0 };
        let own = told.len() - tail - window::list_before(told).len() > OWN_CLAUSE;
        let appositive = || {
            let rest = window::phrase_after(text[self.figure.end..].strip_prefix("，是")?);
            let start = self.figure.end + "，是".len();
            let next = self.figures.get(1).is_none_or(|next| next.start >= start + rest.len());
            if next { self.reader.cut(start, start + rest.len()).ending().noun } else { None }
        };
        let act = || {
            if self.figure.class() == Some(Class::Time) {
                self.opened().or_else(|| self.made()).or_else(|| self.act_behind())
            } else {
                None
            }
        };
        let earlier = || self.earlier();
        let priced = self.figure.class() == Some(Class::Money) || self.figure.unit_name() == Some("分");
        // 换了纱窗，每块28元: a rate is of what was named last.
        let lead = self.lead();
        let rated = without_rate(lead).len() < lead.len();
        let near = || match own || rated {
            true if priced && !(rated && lead.ends_with(PIECES)) => {
                self.whole_clause().or_else(|| self.clause_noun()).or_else(earlier)
            }
            true => self.clause_noun().or_else(earlier),
            false => earlier(),
        };
        // 队员30人，平均60岁，每天8人在岗: people are the people named before.
        // 全年新增8台: so are things, where only their number has changed.
        let changed = self.told < self.figure.start;
        let same = || {
            if (self.people() || changed) && self.figure.class() == Some(Class::Count) {
                known.of_unit(self.figure)
            } else {
                None
            }
        };
        if self.acts() {
            return appositive().or_else(|| self.shared()).or_else(same);
        }
        appositive().or_else(|| self.shared()).or_else(act).or_else(same).or_else(near).or_else(|| self.clause_noun())
    }
}

/// What is measured of a thing named before: 外墙涂料700平方米，单价26元.
const ATTRIBUTES: [&str; 15] = [
    "单价", "长度", "宽度", "高度", "深度", "厚度", "增幅", "降幅", "涨幅", "跌幅", "标准", "收费", "包月", "售价",
    "价格",
];
/// What something does to people whom nothing names.
const REACHES: [&str; 10] = ["惠及", "影响", "覆盖", "服务", "接待", "容纳", "住着", "居住", "受益", "涉及"];
/// Measures of things: what costs so much each is a thing, and else an act.
const PIECES: [char; 14] = ['块', '根', '盏', '台', '个', '张', '把', '条', '只', '套', '件', '份', '米', '斤'];
/// Ends of sums of money.
const SUMS: [char; 6] = ['费', '价', '租', '金', '款', '资'];

/// 最大, 年龄最大: says which of several, not what.
fn is_superlative(noun: &str) -> bool {
    let last = window::back(noun, 2);
    last.starts_with('最') && !last.ends_with(['值', '家', '佳'])
}

/// Whether the noun names who does things rather than what is counted.
fn is_agent(noun: &str) -> bool {
    const AGENTS: [&str; 29] = [
        "居民",
        "群众",
        "村民",
        "业主",
        "商户",
        "企业",
        "孩子",
        "街道",
        "社区",
        "居委会",
        "居委",
        "网格",
        "网格员",
        "网格长",
        "小区",
        "党支部",
        "党总支",
        "党委",
        "物业",
        "公司",
        "政府",
        "单位",
        "部门",
        "人员",
        "志愿者",
        "队",
        "镇",
        "村",
        "党员",
    ];
    AGENTS.iter().any(|agent| noun.ends_with(agent))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn names_what_is_counted() {
        check(&[
            ("园内有1860套人才公寓。", "1860 套 人才公寓"),
            ("出勤率已达97%，", "97 % 出勤率"),
            ("组建9人的夜巡队。", "9 人 夜巡队"),
            ("楼内居住着380户、1100余位村民。", "380 户 村民 | ≈1100 位 村民"),
            ("安置返乡青年17户46人。", "17 户 返乡青年 | 46 人 返乡青年"),
            ("绿地占总面积的35%。", "35 % 绿地"),
            ("社区投入45万元，", "450000 元 投入"),
            ("7个委员中有5人是教师。", "7 个 委员 | 5 人 教师"),
            ("进行9次走访慰问。", "9 次 慰问"),
            ("认领“小目标”70个。", "70 个 小目标"),
            ("厨师、保洁员9人到岗。", "9 人 厨师、保洁员"),
            ("清理楼道（含地下室12处）。", "12 处 地下室"),
            ("雨水管铺设14.6公里。", "14.6 公里 雨水管"),
            ("卫生费每户每年缴95元。", "95 元 卫生费"),
            ("为86户困难家庭更换软管。", "86 户 困难家庭"),
            ("平均每名楼长联系住户35户。", "35 户 住户"),
            ("有15名大学生返乡创业。", "15 名 大学生"),
        ]);
    }

    #[test]
    fn looks_further_where_nothing_stands() {
        check(&[
            ("抽查310个网点，复查25个。", "310 个 网点 | 25 个 网点"),
            ("理发一次，10元；磨刀一把，3元。", "10 元 理发一次 | 3 元 磨刀一把"),
            ("更换纱窗，每块28元。", "28 元 纱窗"),
            ("外墙涂料700平方米，单价26元。", "700 平方米 外墙涂料 | 26 元 外墙涂料"),
            ("两村共修水渠9公里，分别完成4公里和5公里。", "9 公里 水渠 | 4 公里 水渠 | 5 公里 水渠"),
            ("隐患共计31处，其余12处正在整改。", "31 处 隐患 | 12 处 隐患"),
            ("引进企业52家（其中外资企业17家）。", "52 家 企业 | 17 家 外资企业"),
            ("井道每年清扫两次。", "2 次 井道清扫"),
            ("收支单独列账，四成进基金，三成还贷款。", "40 % 收支 | 30 % 收支"),
            ("20天内完成整改。", "≤20 天 整改"),
            ("每盏45元。", "45 元"),
            ("雨水管铺了2公里，52户换上了水表。", "2 公里 雨水管 | 52 户"),
            ("苗木成活率98%，户均增收6200元。", "98 % 苗木成活率 | 6200 元 ↑"),
            ("发放积分930分，兑换410分。", "930 分 积分 | 410 分 积分"),
            ("因占道引起的争吵由33起减到8起。", "33→8 起 争吵 ↓"),
            ("新食堂可同时容纳60人。", "60 人 新食堂"),
            ("门宽1.2米。", "1.2 米 门宽"),
            ("清理沟渠3处，积水点剩4处。", "3 处 沟渠 | 4 处 积水点"),
        ]);
    }

    #[test]
    fn phrases_begin_and_end_with_words() {
        check(&[
            ("街道下设微网格86个。", "86 个 微网格"),
            ("专职楼长全部42人。", "42 人 专职楼长"),
            ("划出错时车位120个。", "120 个 错时车位"),
            ("长椅限重120公斤。", "120 公斤 长椅"),
            ("夜间停车投诉量同比下降近七成。", "≈70 % 夜间停车投诉量 ↓ 同比"),
            ("办结率97%，热线工单同比下降31%。", "97 % 办结率 | 31 % 热线工单 ↓ 同比"),
            ("社区提高满意度8个百分点。", "8 个百分点 满意度"),
        ]);
    }
}
