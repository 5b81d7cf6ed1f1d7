//! What looks like a date.
//!
//! In: the text of a line. Out: the next match of one pattern, whose groups tell which sort it is:
//!
//! | group       | text                                              |
//! |-------------|---------------------------------------------------|
//! | `century`   | `上世纪八九十年代`, `90年代末`                    |
//! | `numeric`   | `2024.5.12`, `2024-05-12`                         |
//! | `first`     | `2021—2023年`                                     |
//! | `from`      | `3—5月`, `4月至5月`                               |
//! | `year`      | `2023年5月9日`, `去年`, `今年三季度`, `当年10月`  |
//! | `only`      | `10月18日`, `5月下旬`, `十二月`                   |
//! | `ofmonth`   | `本月15日`, `上个月`                              |
//! | `bare`      | `19日`                                            |
//! | `alone`     | `上半年`, `第三季度`                              |
//!
//! A second pattern tells whether a date goes on as a period.

use crate::lexicon::literal;
use regex::Regex;
use std::sync::LazyLock;

/// Characters of days and months, as digits or in Han.
const DAY: &str = "(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])";
const MONTH: &str = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])";

/// What surely is a calendar expression, most exact alternative first.
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let third = "份?(?:[上中下]旬|[初底中末])|份";
    literal(&[
        r"(?<century>(?:(?:上|本)?(?:[0-9]{2}|二十一?)?世纪)?(?:(?:1[89]|20)?[0-9]0|[二三四五六七八九]{1,2}十)年代[初中末]?期?)",
        r"|(?<numeric>(?<ny>(?:19|20)[0-9]{2})[./-](?<nm>[0-9]{1,2})[./-](?<nd>[0-9]{1,2}))",
        r"|(?<first>(?:19|20)[0-9]{2})年?(?:至|到|—{1,2}|-|~)(?<last>(?:19|20)[0-9]{2})年度?",
        r"|(?<from>[0-9]{1,2})月?(?:至|到|—{1,2}|-)(?<to>[0-9]{1,2})月份?",
        r"|(?<year>[0-9]{4}|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2}|今|去|明|前|当|同|次)年",
        r"(?:度|(?<feast>腊月(?:廿?[初一二三四五六七八九十]{1,2})?|正月(?:廿?[初一二三四五六七八九十]{1,2})?|冬至|春节|元宵节?|清明节?|端午节?|中秋节?|重阳节?|国庆节?|元旦|汛期前?|暑期|暑假|寒假)|",
        r"(?<season>[春夏秋冬][季天日]?)|(?<part>[上下]半年|[前第]?[一二三四]个?季度|前(?:[0-9]{1,2}|[两三四五六七八九十]{1,2})个月)|(?<turn>年?[初底中末])|",
        r"(?:农历)?(?<month>", MONTH, ")月(?:(?<day>", DAY, ")[日号]|", third, ")?)?",
        r"|(?<only>", MONTH, ")月(?:(?<on>", DAY, ")[日号]|(?<decade>", third, "))?",
        r"|(?<ofmonth>本月|上月|上个月|当月)(?:(?<its>", DAY, ")[日号]|[上中下]旬|[初底中末])?",
        r"|(?<bare>[0-9]{1,2})日",
        r"|(?<alone>[上下]半年|第?[一二三四]季度|前[一二三]季度)",
    ].concat())
});

/// The end of a period, right behind its start: `至17日`, `—6月`.
pub(super) static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^(?:至|到|—{1,2}|-|~)(?:(?<month>[0-9]{1,2})月份?)?(?:(?<day>[0-9]{1,2})[日号])?"));
