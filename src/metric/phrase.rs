//! Noun phrases beside a figure. In: a piece of text on one side of it. Out: the phrase that touches the figure.
//!
//! | piece                    | side   | phrase         | because                                          |
//! |--------------------------|--------|----------------|--------------------------------------------------|
//! | `全年新开便民食堂`       | before | `便民食堂`     | verbs end a phrase                               |
//! | `夜间停车投诉量已`       | before | `夜间停车投诉量` | a measured quantity keeps its verbs; 已 is skipped |
//! | `专职楼长全部`           | before | `专职楼长`     | 全部 is no noun here                             |
//! | `退休教师参加`           | behind | `退休教师`     | the predicate stays out                          |
//! | `调解员上门`             | behind | `调解员`       | a lone character makes a noun of a verb          |
//!
//! Which words there are and what each does, `word` says.

use super::word::{Counted, Kind, MAKES_NOUNS, MEASURED, MEASURES, MODIFIED, Word, tidy};

/// The words of a piece and what they say.
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: Vec<Word>,
}

/// Words skipped between a noun and its figure: 目前已累计达 has four.
const LINKS_MAX: usize = 6;

/// What stands before a figure.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// The noun phrase that touches the figure, links aside.
    pub(crate) noun: Option<String>,
    /// First byte of it.
    pub(crate) start: usize,
    /// The verb that stands there instead.
    pub(crate) verb: Option<String>,
    /// Whether that verb only says how it came out: 攒到, 花掉.
    pub(crate) result: bool,
    /// The noun phrase before that verb: the pipes of 雨水管铺设14公里.
    pub(crate) fronted: Option<String>,
    /// The two together, where they touch.
    pub(crate) act: Option<String>,
    /// Whether the noun is but a quality: 最大.
    pub(crate) quality: bool,
    /// Whether the noun is a name and nothing else.
    pub(crate) name: bool,
    /// Whether words of a sum stand between: 共, 合计.
    pub(crate) total: bool,
    /// Whether words of a rest stand there: 其余, 剩下.
    pub(crate) rest: bool,
    /// Whether 分别 stands there: each of several has its figure.
    pub(crate) each: bool,
}

impl Piece<'_> {
    /// The phrase that the piece ends with.
    pub(crate) fn ending(&self) -> Before {
        let mut before = Before::default();
        let mut end = self.skip_links(self.words.len(), &mut before);
        if let Some(start) = self.nominal_before(end) {
            before.noun =
                self.phrase(start, end).or_else(|| self.dimension(start, end)).or_else(|| self.lone(start, end));
            before.start = self.words.get(start).map_or(0, |word| word.start);
            before.quality =
                self.words.get(start..end).is_some_and(|words| words.iter().all(|word| word.kind == Kind::Quality));
            before.name = self.words.get(start).is_some_and(|word| word.kind == Kind::Name);
            if before.noun.is_some() {
                return before;
            }
        }
        // 自筹只花了: a verb of one character says less than what stands before it.
        for _ in 0..2 {
            let last = end;
            while end > 0 && matches!(self.words[end - 1].kind, Kind::Verb | Kind::Predicate | Kind::Act) {
                end -= 1;
            }
            if end == last {
                break;
            }
            before.verb = before.verb.or_else(|| self.phrase(end, last).filter(|verb| verb.chars().count() > 1));
            before.result |= self.words[last - 1].result;
            let verb = end;
            end = self.skip_links(end, &mut before);
            if let Some(start) = self.nominal_before(end) {
                before.fronted = self.phrase(start, end);
                before.act = if before.verb.is_some() && end == verb { self.phrase(start, last) } else { None };
                break;
            }
        }
        before
    }

    /// The phrase that the piece starts with, behind a figure that counts what `counted` says.
    pub(crate) fn starting(&self, counted: Counted) -> Option<String> {
        let people = counted == Counted::People;
        let mut from = 0;
        // Where the last noun ends.
        let mut head = None;
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            match word.kind {
                Kind::Noun => head = Some(at + 1),
                Kind::Name if head.is_none() => head = Some(at + 1),
                Kind::Act if counted == Counted::Acts || !people && head.is_none() => head = Some(at + 1),
                Kind::Act if head.is_none() || self.makes_noun(at + 1) => {}
                Kind::Quality => {}
                Kind::Season => {}
                // 5个夜晚; but 七成此前没来过.
                Kind::Time if at == from && !people && self.text[..word.end].ends_with(['夜', '晚', '上', '午']) => {
                    head = Some(at + 1)
                }
                Kind::Verb if self.makes_noun(at + 1) => {}
                Kind::Verb if head.is_none() && !word.single && self.is_modified(at + 1, people) => {}
                Kind::Predicate
                    if counted == Counted::Opening
                        && at == 0
                        && self.words.get(1).is_some_and(|next| next.kind == Kind::Noun) => {}
                // 8台加装电梯.
                Kind::Predicate if head.is_none() && at == from && !people && self.is_compound(at + 1) => {}
                Kind::Measure if at > from && word.single => head = Some(at + 1),
                Kind::De if head.is_none() || at == 0 => from = at + 1,
                Kind::Open if head.is_none() => {
                    let close = self.words[at..].iter().position(|word| word.kind == Kind::Close)?;
                    at += close;
                    head = Some(at + 1);
                }
                _ => break,
            }
            at += 1;
        }
        let head = head?;
        // 三双鞋: one character is a word where nothing goes on behind it.
        let lone = head == self.words.len()
            && head == from + 1
            && self.words[from].single
            && self.words[from].kind == Kind::Noun;
        let lone = || lone.then(|| self.text[self.words[from].start..self.words[from].end].to_owned());
        self.phrase(from, head).or_else(lone)
    }

    /// The act that the piece starts with: 整改 of 完成整改, 走访 of 走访居民.
    pub(crate) fn act(&self) -> Option<String> {
        let verb =
            self.words.iter().position(|word| !matches!(word.kind, Kind::Link | Kind::Stop)).filter(|&at| at < 3)?;
        let done = |word: &Word| matches!(word.kind, Kind::Verb | Kind::Predicate | Kind::Act);
        let end = verb + self.words[verb..].iter().take_while(|word| done(word)).count();
        let last = self.words.get(end.checked_sub(1)?.max(verb))?;
        // 完成, 实现 and 给 say nothing of what is done.
        if matches!(&self.text[last.start..last.end], "完成" | "实现" | "给" | "作出" | "进行" | "开展" | "得到")
        {
            let rest = Piece { text: self.text, words: self.words[end..].to_vec() };
            return rest.starting(Counted::People);
        }
        self.phrase(end - 1, end).filter(|act| end > verb && act.chars().count() > 1)
    }

    /// The first noun phrase of the piece: what a clause speaks of.
    pub(crate) fn first(&self) -> Option<String> {
        let lead = |word: &&Word| {
            matches!(
                word.kind,
                Kind::Link | Kind::Time | Kind::Stop | Kind::Verb | Kind::Predicate | Kind::De | Kind::Measure
            )
        };
        let start = self.words.iter().take_while(lead).count();
        let rest = Piece { text: self.text, words: self.words[start..].to_vec() };
        rest.starting(Counted::People)
    }

    /// Index before the links that end at `end`.
    fn skip_links(&self, end: usize, before: &mut Before) -> usize {
        let mut at = end;
        while at > 0 && end - at < LINKS_MAX {
            let word = self.words[at - 1];
            let text = &self.text[word.start..word.end];
            match word.kind {
                Kind::Link | Kind::Time | Kind::Season | Kind::De | Kind::Open => {}
                // 院墙长, 效率高: the quality is what is measured, not the thing.
                Kind::Quality if word.single => {}
                // 稳定在, 仍按: right before a figure these end nothing.
                Kind::Stop if matches!(text, "在" | "于" | "按" | "以" | "各" | "上") => {}
                _ => break,
            }
            before.total |= matches!(text, "共" | "合计" | "总计" | "共计" | "总共" | "一共" | "共有");
            before.each |= text == "分别";
            before.rest |= matches!(text, "其余" | "剩下" | "剩余" | "余下" | "还剩");
            at -= 1;
        }
        at
    }

    /// Index of the first word of the noun phrase that ends at `end`.
    fn nominal_before(&self, end: usize) -> Option<usize> {
        let last = self.words.get(end.checked_sub(1)?)?;
        let quoted = |at: usize| self.words[..at].iter().rposition(|word| word.kind == Kind::Open);
        match last.kind {
            Kind::Name => return Some(end - 1),
            Kind::Close => return quoted(end),
            Kind::Noun => {}
            Kind::Quality if !last.single => {}
            Kind::Measure
                if last.single
                    && end > 1
                    && matches!(
                        self.words[end - 2].kind,
                        Kind::Noun | Kind::Quality | Kind::Act | Kind::Verb | Kind::Predicate
                    ) => {}
            // 开展检查, 隐患排查: behind a verb or a noun it is a noun.
            Kind::Act | Kind::Verb
                if end > 1
                    && (matches!(self.words[end - 2].kind, Kind::Noun | Kind::Quality | Kind::Act)
                        && last.kind == Kind::Act
                        // 占道引起的争吵.
                        || matches!(self.words[end - 2].kind, Kind::Predicate | Kind::De) && !last.single) => {}
            _ => return None,
        }
        let measured = self.text[..last.end].ends_with(MEASURED)
            || MEASURES.iter().any(|word| self.text[..last.end].ends_with(word));
        let mut start = end - 1;
        while start > 0 {
            let word = self.words[start - 1];
            match word.kind {
                // 楼组服务居民: with people behind it the act is one.
                Kind::Act if !measured && self.is_people(end) => break,
                Kind::Noun | Kind::Quality | Kind::Act | Kind::Season => start -= 1,
                // 还书率: three pieces of one word.
                Kind::Link if measured && word.single && end - start == 2 && self.words[start].single => start -= 1,
                Kind::Verb if measured => start -= 1,
                Kind::Predicate | Kind::Link if measured && last.single && end - start == 1 => start -= 1,
                Kind::Predicate if measured && self.keeps(start - 1) => start -= 1,
                // 葱油饼: a lone character at the end is a piece of a longer word.
                Kind::Verb if word.single && end - start == 1 && last.single => start -= 1,
                Kind::Verb if !word.single && self.makes_noun(start) => start -= 1,
                Kind::Close => match quoted(start) {
                    Some(open) => start = open,
                    None => break,
                },
                _ => break,
            }
        }
        Some(start)
    }

    /// Whether the verb at `at` is part of a measured quantity: 纠纷调处成功率, but not 社区提高满意度.
    fn keeps(&self, at: usize) -> bool {
        const CHANGES: [&str; 7] = ["提高", "提升", "降低", "实现", "完成", "减少", "增加"];
        let verb = self.words[at];
        at > 0 && self.words[at - 1].kind == Kind::Noun && !CHANGES.contains(&&self.text[verb.start..verb.end])
    }

    /// Whether the noun at `at` is of a sort that verbs modify.
    fn is_compound(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|noun| noun.kind == Kind::Noun && MODIFIED.contains(&&self.text[noun.start..noun.end]))
    }

    fn is_people(&self, end: usize) -> bool {
        const PEOPLE: [&str; 9] = ["居民", "群众", "村民", "业主", "住户", "企业", "商户", "家庭", "青年"];
        let text = &self.text[..self.words[end - 1].end];
        text.ends_with(['人', '员', '者', '工', '生', '师', '户', '民'])
            || PEOPLE.iter().any(|word| text.ends_with(word))
    }

    /// Whether the word at `at` makes a noun of the verb before it: 充电桩, 调解员.
    fn makes_noun(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.single && (word.kind == Kind::Noun || self.text[word.start..].starts_with(MAKES_NOUNS))
        })
    }

    /// Whether a noun that a verb can modify starts at `at` or the word after; of people, who do things, only
    /// their own names do: 拆迁居民, not 领取补贴.
    fn is_modified(&self, at: usize, people: bool) -> bool {
        let near = || self.words.iter().enumerate().skip(at).take(2);
        let noun = |word: &Word| word.kind == Kind::Noun && !word.single;
        let content = |word: &Word| matches!(word.kind, Kind::Noun | Kind::Act | Kind::Verb);
        near().take(1).all(|(_, word)| content(word))
            && near().any(|(index, word)| noun(word) && (!people || self.is_people(index + 1)))
    }

    /// A noun of one character with what is measured of it: 门宽.
    fn dimension(&self, start: usize, end: usize) -> Option<String> {
        let quality = self.words.get(end).filter(|word| word.single && word.kind == Kind::Quality)?;
        let touches = end - start == 1 && self.words[start].end == quality.start;
        if touches { self.phrase(start, end + 1) } else { None }
    }

    /// A noun of one character behind its measure word: 一碗汤.
    fn lone(&self, start: usize, end: usize) -> Option<String> {
        let (word, last) = (self.words[start], self.words[start.checked_sub(1)?]);
        let counted =
            last.end == word.start && (last.kind == Kind::Measure || self.text[last.start..].starts_with('一'));
        (end - start == 1 && word.kind == Kind::Noun && counted).then(|| self.text[word.start..word.end].to_owned())
    }

    /// Whether the piece is all content, a measure with 一 aside: 理发一次, but not 她说是新的.
    pub(crate) fn is_plain(&self) -> bool {
        self.words.iter().all(|word| match word.kind {
            Kind::Stop => self.text[word.start..].starts_with('一'),
            Kind::Link => !matches!(&self.text[word.start..word.end], "是" | "有" | "为"),
            Kind::De | Kind::Time => false,
            _ => true,
        })
    }

    /// Words `start..end` as a subject.
    fn phrase(&self, start: usize, end: usize) -> Option<String> {
        let (first, last) = (self.words.get(start)?, self.words.get(end.checked_sub(1)?)?);
        tidy(self.text.get(first.start..last.end)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::{Counted, Reader};
    use crate::model::TextSpan;

    fn ending(text: &str) -> String {
        let before = Reader::new(text, Vec::new()).cut(0, text.len()).ending();
        before.noun.or_else(|| before.verb.map(|verb| format!("({verb})"))).unwrap_or_default()
    }

    #[test]
    fn phrases_before_a_figure() {
        for (text, phrase) in [
            ("全年新开便民食堂", "便民食堂"),
            ("夜间停车投诉量已", "夜间停车投诉量"),
            ("专职楼长全部", "专职楼长"),
            ("街道安装充电桩", "充电桩"),
            ("聘请“平安管家”", "平安管家"),
            ("卷尺量过的老槐树", "老槐树"),
            ("纠纷调处成功率为", "纠纷调处成功率"),
            ("一碗汤", "汤"),
            ("物业费收缴率稳定在", "物业费收缴率"),
            ("每个楼组服务居民", "居民"),
            ("人均面积", "人均面积"),
            ("图书还书率", "图书还书率"),
            ("镇里共投入", "(投入)"),
            ("目前已累计", ""),
            ("这里", ""),
        ] {
            assert_eq!(ending(text), phrase, "{text}");
        }
    }

    #[test]
    fn phrases_behind_a_figure() {
        let starting = |text: &str, people: bool| {
            let counted = if people { Counted::People } else { Counted::Things };
            Reader::new(text, Vec::new()).cut(0, text.len()).starting(counted).unwrap_or_default()
        };
        for (text, people, phrase) in [
            ("退休教师参加", true, "退休教师"),
            ("调解员上门", true, "调解员"),
            ("的老旧院落", false, "老旧院落"),
            ("停车泊位", false, "停车泊位"),
            ("在建工地", false, "在建工地"),
            ("“老把式”修理队", false, "“老把式”修理队"),
            ("双鞋", false, "双鞋"),
            ("鞋", false, "鞋"),
            ("住宅试用", false, "住宅"),
            ("骨干“带头”", true, "骨干"),
            ("完成整改", true, ""),
            ("领取补贴", true, ""),
            ("加装电梯", false, "加装电梯"),
            ("装载机", false, "装载机"),
            ("安置点", false, "安置点"),
            ("此前没来过", true, ""),
            ("到场", true, ""),
        ] {
            assert_eq!(starting(text, people), phrase, "{text}");
        }
    }

    #[test]
    fn names_are_one_word() {
        let text = "云杉苑居民";
        let reader = Reader::new(text, vec![TextSpan::new(0, 9), TextSpan::new(3, 9)]);
        assert_eq!(reader.cut(0, text.len()).ending().noun.as_deref(), Some("居民"));
        let before = reader.cut(0, 9).ending();
        assert_eq!((before.noun.as_deref(), before.name), (Some("云杉苑"), true));
    }
}
