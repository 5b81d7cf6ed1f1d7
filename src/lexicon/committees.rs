//! The residents' and villagers' committees of China, with their codes.
//!
//! In: a street's code and a community's name. Out: the committee's code of twelve digits, the first nine of which
//! are the street's. `committees.bin` is made by `build_divisions.py`: a block a city, which is unpacked when a page
//! first names a street of that city, so that nobody pays for the others. A name that is not in it may still be one.
//!
//! | name in 110101001 | committee on the list | because                                         |
//! |-------------------|-----------------------|-------------------------------------------------|
//! | `多福巷社区`      | 多福巷社区居委会      | the kind of committee has many words            |
//! | `多福巷居民区`    | the same              |                                                 |
//! | `多福巷小区`      | none                  | an estate is none, even if it has lent the name |

use rustc_hash::FxHashMap;
use std::io::Read;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

static PACKED: &[u8] = include_bytes!("committees.bin");

/// Committees of villages have the last three digits of their codes from here on; those of residents that were villages
/// as well, and have a mark before their names.
const VILLAGES: u64 = 200;

/// Words for residents' committees and their areas, longest first.
const RESIDENTS: [&str; 8] =
    ["社区居民委员会", "社区居委会", "居民委员会", "居委会", "居民区", "社区", "居委", "居区"];
/// Words for villages and their committees, longest first.
const VILLAGERS: [&str; 7] = ["村村民委员会", "村民委员会", "村村委会", "村委会", "嘎查", "村委", "村"];

/// The committees of a city.
#[derive(Debug, Default)]
struct City {
    text: String,
    /// By street: where its committees stand in the text.
    streets: FxHashMap<u32, Range<usize>>,
}

struct Block {
    city: u32,
    packed: &'static [u8],
    city_read: OnceLock<City>,
}

static BLOCKS: LazyLock<Vec<Block>> = LazyLock::new(|| blocks(PACKED).unwrap_or_default());

/// The packed blocks, by city; none if the file breaks off.
fn blocks(file: &'static [u8]) -> Option<Vec<Block>> {
    let (count, mut rest) = file.split_first_chunk::<2>()?;
    let mut sizes = Vec::new();
    for _ in 0..u16::from_le_bytes(*count) {
        let (city, after) = rest.split_first_chunk::<2>()?;
        let (size, after) = after.split_first_chunk::<4>()?;
        sizes.push((u16::from_le_bytes(*city), usize::try_from(u32::from_le_bytes(*size)).ok()?));
        rest = after;
    }
    let mut blocks = Vec::new();
    for (city, size) in sizes {
        let (packed, after) = rest.split_at_checked(size)?;
        blocks.push(Block { city: u32::from(city), packed, city_read: OnceLock::new() });
        rest = after;
    }
    Some(blocks)
}

fn city(code: u32) -> Option<&'static City> {
    let at = BLOCKS.binary_search_by_key(&code, |block| block.city).ok()?;
    let block = &BLOCKS[at];
    Some(block.city_read.get_or_init(|| unpack(block)))
}

fn unpack(block: &Block) -> City {
    let mut text = String::new();
    if libflate::deflate::Decoder::new(block.packed).read_to_string(&mut text).is_err() {
        return City::default();
    }
    let mut streets = FxHashMap::default();
    let mut start = 0;
    for line in text.split('\n') {
        if let Some((Ok(code), names)) = line.split_once('\t').map(|(code, names)| (code.parse::<u32>(), names)) {
            let from = start + line.len() - names.len();
            streets.insert(block.city * 100_000 + code, from..start + line.len());
        }
        start += line.len() + 1;
    }
    City { text, streets }
}

/// A committee of the list.
struct Committee {
    /// The last three digits of its code.
    number: u64,
    village: bool,
    /// The name without its kind.
    name: &'static str,
}

/// The committees of a street (nine digits).
fn of_street(street: u32) -> impl Iterator<Item = Committee> {
    let city = city(street / 100_000);
    let names = city.and_then(|city| city.text.get(city.streets.get(&street)?.clone()));
    let mut last = 0;
    names.unwrap_or_default().split('\t').filter(|name| !name.is_empty()).map(move |name| {
        let jump = name.split_once(':').and_then(|(number, name)| Some((number.parse().ok()?, name)));
        let (number, name) = jump.unwrap_or((last + 1, name));
        last = number;
        let residents = name.strip_prefix('!');
        Committee { number, village: number >= VILLAGES && residents.is_none(), name: residents.unwrap_or(name) }
    })
}

/// The code of the committee of `street` (nine digits) that `name` means; none if there is none, or there are two.
pub fn find(street: u32, name: &str) -> Option<u64> {
    let bare = |kinds: &[&str]| kinds.iter().find_map(|kind| name.strip_suffix(kind)).filter(|bare| !bare.is_empty());
    let number = match (bare(&RESIDENTS), bare(&VILLAGERS)) {
        (Some(bare), _) => only(street, bare, false),
        // 曹杨二村 is no village, and its committee is called after all of its name.
        (None, Some(bare)) => only(street, bare, true).or_else(|| only(street, name, false)),
        (None, None) => None,
    };
    number.map(|number| u64::from(street) * 1000 + number)
}

/// The one committee of that name and sort.
fn only(street: u32, name: &str, village: bool) -> Option<u64> {
    let name = without_ordinals(name);
    let mut all = of_street(street).filter(|committee| committee.village == village && committee.name == name);
    let one = all.next()?;
    all.next().is_none().then_some(one.number)
}

/// 第二 is 二 on the list.
fn without_ordinals(name: &str) -> String {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let mut bare = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '第' || !chars.peek().is_some_and(|&next| digit(next)) {
            bare.push(c);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committees_are_found_in_their_street() {
        for (street, name, code) in [
            (110_101_001, "多福巷社区", Some(110_101_001_001)),
            (110_101_001, "多福巷居民区", Some(110_101_001_001)),
            (110_101_001, "多福巷小区", None),
            (110_101_001, "多福巷", None),
            (110_101_001, "社区", None),
            (110_101_002, "多福巷社区", None),
            (999_999_999, "多福巷社区", None),
        ] {
            assert_eq!(find(street, name), code, "{street} {name}");
        }
    }

    #[test]
    fn the_whole_list_can_be_read() {
        let mut committees = 0;
        for block in BLOCKS.iter() {
            let city = city(block.city).expect("the city is in the list");
            assert!(!city.streets.is_empty(), "{}", block.city);
            committees += city.streets.keys().map(|&street| of_street(street).count()).sum::<usize>();
        }
        assert!(committees > 600_000, "{committees}");
        assert!(PACKED.len() < 5_000_000);
    }
}
