//! Invented issues: topics, names and figures put together by dice, in several house styles.

use super::dice::Dice;
use super::issue::{Article, Issue, Part};
use super::words::{
    ENDS, ESTATES, GIVEN, KICKERS, LEADS, NAMES, OFFICES, PLACES, SENTENCES, SUBTITLES, SURNAMES, TOPICS,
};

/// Invents an issue.
pub(super) fn issue(dice: &mut Dice) -> Issue {
    let mut places = PLACES.to_vec();
    dice.shuffle(&mut places);
    let street = format!("{}街道", places[0]);
    let (year, month, day) = (dice.within(2019..=2025), dice.within(1..=12), dice.within(1..=28));
    let date = format!("{year}年{month}月{day}日");
    let number = dice.within(3..=320);
    let mut imprint = match dice.below(3) {
        0 => vec![format!("第{number}期 {date} 星期三")],
        1 => vec![date, format!("总第{number}期")],
        _ => vec![format!("{date} 总第{number}期 内部资料 免费赠阅")],
    };
    if dice.percent(60) {
        imprint.push(format!("主办：{street}办事处"));
    }
    let mut topics: Vec<usize> = (0..TOPICS.len()).collect();
    dice.shuffle(&mut topics);
    let articles = dice.within(2..=4);
    // One page says nothing twice, but for what its articles share.
    let mut common = Common::new(dice);
    let house = House::new(dice);
    let article = |at: usize| article(topics[at], &street, &places[1 + 3 * at..], &mut common, &house, dice);
    let articles = (0..articles).map(article).collect();
    Issue { name: format!("{}{}", places[0], NAMES[number % NAMES.len()]), imprint, articles }
}

/// What the articles of an issue have alike.
struct House {
    kickers: bool,
    subtitles: bool,
    signed: bool,
    headings: bool,
}

impl House {
    fn new(dice: &mut Dice) -> Self {
        Self {
            kickers: dice.percent(40),
            subtitles: dice.percent(30),
            signed: dice.percent(65),
            headings: dice.percent(50),
        }
    }
}

/// Sentences that are not said yet.
struct Common {
    sentences: Vec<&'static str>,
    leads: Vec<&'static str>,
    ends: Vec<&'static str>,
    kickers: Vec<&'static str>,
    subtitles: Vec<&'static str>,
}

impl Common {
    fn new(dice: &mut Dice) -> Self {
        let mut shuffled = |from: &[&'static str]| {
            let mut all = from.to_vec();
            dice.shuffle(&mut all);
            all
        };
        Self {
            sentences: shuffled(SENTENCES),
            leads: shuffled(LEADS),
            ends: shuffled(ENDS),
            kickers: shuffled(KICKERS),
            subtitles: shuffled(SUBTITLES),
        }
    }
}

fn article(
    topic: usize,
    street: &str,
    places: &[&str],
    common: &mut Common,
    house: &House,
    dice: &mut Dice,
) -> Article {
    let topic = &TOPICS[topic];
    let cast = Cast::new(street, places, dice);
    let mut told: Vec<&str> = topic.sentences.to_vec();
    told.extend(common.sentences.drain(..common.sentences.len().min(5)));
    // The first of a topic sets the scene; the others stand in any order.
    dice.shuffle(&mut told[1..]);
    let mut parts = Vec::new();
    let mut sentences = told.into_iter();
    let mut paragraph = common.leads.pop().map_or(String::new(), |lead| cast.fill(lead, dice));
    let headings = if house.headings { topic.headings } else { &[] };
    let mut headings = headings.iter();
    loop {
        let more: Vec<&str> = sentences.by_ref().take(dice.within(1..=4)).collect();
        let last = more.is_empty();
        if last {
            let end = common.ends.pop().unwrap_or("{s}的办法，还在一点一点地改。");
            paragraph.push_str(&cast.fill(end, dice));
        }
        more.iter().for_each(|sentence| paragraph.push_str(&cast.fill(sentence, dice)));
        parts.push(Part::Paragraph(std::mem::take(&mut paragraph)));
        if last {
            break;
        }
        if dice.percent(70)
            && let Some(heading) = headings.next()
        {
            parts.push(Part::Heading(cast.fill(heading, dice)));
        }
    }
    // A heading must have text below it, and one alone is none.
    if parts.iter().filter(|part| matches!(part, Part::Heading(_))).count() < 2 {
        parts.retain(|part| matches!(part, Part::Paragraph(_)));
    }
    let writers = if house.signed { dice.within(1..=2) } else { 0 };
    let title = *dice.pick(topic.titles);
    let subtitle = house.subtitles && dice.percent(60);
    Article {
        kicker: if house.kickers { common.kickers.pop().map(str::to_owned) } else { None },
        title: cast.fill(title, dice),
        subtitle: if subtitle { common.subtitles.pop().map(|line| cast.fill(line, dice)) } else { None },
        byline: (0..writers).map(|_| person(dice)).collect(),
        source: if house.signed { None } else { Some((*dice.pick(OFFICES)).to_owned()) },
        parts,
    }
}

fn person(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(SURNAMES), dice.pick(GIVEN))
}

/// Who and where an article is about.
struct Cast {
    names: Vec<(char, String)>,
}

impl Cast {
    fn new(street: &str, places: &[&str], dice: &mut Dice) -> Self {
        let grid = ["第一网格", "第三微网格", "综合网格", "2号网格"];
        let names = vec![
            ('s', street.to_owned()),
            ('c', format!("{}{}", places[0], dice.pick(&["社区", "居民区"]))),
            ('e', format!("{}{}", places[1], dice.pick(ESTATES))),
            ('g', format!("{}{}", places[0], dice.pick(&grid))),
            ('r', format!("{}路", places[2])),
            ('p', person(dice)),
            ('q', person(dice)),
        ];
        Self { names }
    }

    fn fill(&self, template: &str, dice: &mut Dice) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            text.push_str(before);
            let slot = behind.chars().next().expect("a slot has a letter");
            rest = &behind[2..];
            match slot {
                'n' => text.push_str(&dice.within(7..=96).to_string()),
                'k' if dice.percent(50) => {
                    text.push_str(&format!("{},{:03}", dice.within(1..=19), dice.below(1000)));
                }
                'k' => text.push_str(&dice.within(1000..=9999).to_string()),
                't' => text.push_str(&format!("{}.{}", dice.within(11..=98), dice.within(1..=9))),
                'd' => text.push_str(&format!("{}月{}日", dice.within(1..=12), dice.within(1..=28))),
                slot => {
                    let name = self.names.iter().find(|(letter, _)| *letter == slot);
                    text.push_str(&name.expect("a slot that exists").1);
                }
            }
        }
        text + rest
    }
}
