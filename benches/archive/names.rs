//! Names of an invented newsletter. In: a newsletter and a rank. Out: the community, person, programme of that rank.
//!
//! Every newsletter writes of one street: its communities, offices and people are its own, a few of them stand in
//! every issue, and there are always new ones (`Random::rank`).

use super::random::Random;
use super::vocabulary::Vocabulary;
use jiebao::lexicon::divisions;

/// Which numbers belong to what.
const TITLE: u64 = 11;
const DISTRICT: u64 = 12;
const STREET: u64 = 13;
const COMMUNITY: u64 = 14;
const GRID: u64 = 15;
const PERSON: u64 = 16;
const ORGANIZATION: u64 = 17;
const PROGRAM: u64 = 18;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";
const MASTHEADS: [&str; 8] = ["家园", "社区报", "街讯", "晨报", "邻里", "之声", "民情", "坊间"];
const COMMUNITIES: [&str; 8] = ["社区", "社区", "社区", "居民区", "居民区", "村", "社区", "小区"];
const GRIDS: [&str; 5] = ["综合网格", "网格", "微网格", "网格", "第一网格"];
const ORGANIZATIONS: [&str; 10] = [
    "物业服务有限公司",
    "社会工作服务中心",
    "志愿服务队",
    "小学",
    "社区卫生服务中心",
    "供水有限公司",
    "养老服务中心",
    "建筑工程有限公司",
    "中学",
    "派出所",
];
const OFFICES: [&str; 10] =
    ["网格员", "党总支书记", "居民", "网格长", "社区民警", "志愿者", "物业经理", "居委会主任", "楼组长", "社工"];
const PROGRAMS: [&str; 6] = ["行动", "工作法", "项目", "计划", "议事会", "服务站"];

/// The names of one newsletter.
pub(crate) struct Names<'a> {
    words: &'a Vocabulary,
    /// Seed and newsletter.
    of: [u64; 2],
}

impl<'a> Names<'a> {
    pub(crate) fn new(words: &'a Vocabulary, seed: u64, newsletter: u64) -> Self {
        Self { words, of: [seed, newsletter] }
    }

    fn random(&self, kind: u64, rank: u64) -> Random {
        Random::of(&[self.of[0], self.of[1], kind, rank])
    }

    fn coined(&self, random: &mut Random, count: u64, ending: &str) -> String {
        let mut name = String::new();
        self.words.characters(random, count, &mut name);
        name + ending
    }

    /// The newsletter's own name.
    pub(crate) fn title(&self) -> String {
        let mut random = self.random(TITLE, 0);
        let ending = random.pick(&MASTHEADS);
        self.coined(&mut random, 2, ending)
    }

    /// The city that it appears in, a real one: the index knows its code.
    pub(crate) fn city(&self, cities: &[&'static str]) -> &'static str {
        self.random(DISTRICT, 1).pick(cities)
    }

    pub(crate) fn district(&self) -> String {
        let mut random = self.random(DISTRICT, 0);
        let ending = if random.happens(0.8) { "区" } else { "县" };
        self.coined(&mut random, 2, ending)
    }

    pub(crate) fn street(&self) -> String {
        let mut random = self.random(STREET, 0);
        let ending = if random.happens(0.8) { "街道" } else { "镇" };
        self.coined(&mut random, 2, ending)
    }

    /// The name of a community without its kind word, and with it.
    fn community_of(&self, rank: u64) -> (String, &'static str) {
        let mut random = self.random(COMMUNITY, rank);
        let ending = random.pick(&COMMUNITIES);
        (self.coined(&mut random, 2, ""), ending)
    }

    pub(crate) fn community(&self, random: &mut Random) -> String {
        let (name, ending) = self.community_of(random.rank(0.8, 6.0));
        name + ending
    }

    /// A grid: of a community by number, or by a name of its own.
    pub(crate) fn grid(&self, random: &mut Random) -> String {
        let (community, ending) = self.community_of(random.rank(0.8, 6.0));
        match random.below(3) {
            0 => format!("{community}{ending}第{}网格", 1 + random.rank(1.5, 6.0)),
            1 => format!("{community}{}", random.pick(&GRIDS)),
            _ => {
                let mut own = self.random(GRID, random.rank(0.8, 6.0));
                let ending = own.pick(&GRIDS);
                self.coined(&mut own, 2, ending)
            }
        }
    }

    pub(crate) fn person(&self, random: &mut Random) -> String {
        let mut random = self.random(PERSON, random.rank(0.6, 10.0));
        let surnames: Vec<char> = SURNAMES.chars().collect();
        let rank = usize::try_from(random.rank(1.0, 20.0)).unwrap_or_default();
        let given = if random.happens(0.75) { 2 } else { 1 };
        surnames[rank % surnames.len()].to_string() + &self.coined(&mut random, given, "")
    }

    pub(crate) fn officer(&self, random: &mut Random) -> String {
        random.pick(&OFFICES).to_string() + &self.person(random)
    }

    pub(crate) fn organization(&self, random: &mut Random) -> String {
        let mut random = self.random(ORGANIZATION, random.rank(0.7, 6.0));
        let ending = random.pick(&ORGANIZATIONS);
        self.coined(&mut random, 2, ending)
    }

    /// A programme in quotes.
    pub(crate) fn program(&self, random: &mut Random) -> String {
        let mut random = self.random(PROGRAM, random.rank(0.7, 4.0));
        let mut name = String::new();
        self.words.word(&mut random, &mut name);
        self.words.word(&mut random, &mut name);
        format!("“{name}”{}", random.pick(&PROGRAMS))
    }
}

/// The cities that newsletters appear in.
pub(crate) fn cities() -> Vec<&'static str> {
    let mut all: Vec<_> = divisions::short_names().map(|division| division.name).collect();
    all.retain(|name| name.ends_with('市'));
    all.sort_unstable();
    all.dedup();
    all
}
