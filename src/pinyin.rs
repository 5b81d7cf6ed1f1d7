//! How Han characters are spelled and sound. In: words. Out: whether letters spell them, whether they sound the same.

use ::pinyin::{ToPinyin, ToPinyinMulti};

/// The syllables of `word` without tones; none unless all of it is Han characters. A character of several readings has
/// its commonest.
pub fn sound(word: &str) -> Option<String> {
    word.to_pinyin().map(|syllable| syllable.map(|syllable| format!("{} ", syllable.plain()))).collect()
}

/// Whether `letters` spell the beginning of `name`: whole syllables, first letters, or both, in any reading.
///
/// `luxiang`, `lx`, `luxj`, `lux` spell 露香居民区; `luxing` does not.
pub fn spells(letters: &str, name: &str) -> bool {
    // Where in the letters a spelling can be after each character.
    let mut at = vec![0];
    for readings in name.to_pinyin_multi() {
        if at.contains(&letters.len()) {
            return true;
        }
        let Some(readings) = readings else { return false };
        let mut next = Vec::new();
        for &from in &at {
            let rest = &letters[from..];
            for reading in readings {
                let syllable = reading.plain();
                // ü is typed as v, or as u.
                for syllable in [syllable.replace('ü', "v"), syllable.replace('ü', "u")] {
                    if rest.starts_with(&syllable) {
                        next.push(from + syllable.len());
                    } else if syllable.starts_with(rest) {
                        next.push(letters.len());
                    }
                    if syllable.get(..1).is_some_and(|first| rest.starts_with(first)) {
                        next.push(from + 1);
                    }
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        at = next;
    }
    at.contains(&letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_spell_names() {
        for letters in ["yunshan", "ys", "ysjmq", "yunsj", "yuns", "yunshanjuminqu"] {
            assert!(spells(letters, "云杉居民区"), "{letters}");
        }
        for letters in ["yunsong", "yx", "juminqu", "yunshanx"] {
            assert!(!spells(letters, "云杉居民区"), "{letters}");
        }
        assert!(
            spells("lvdi", "绿地") && spells("ludi", "绿地") && spells("cq", "重庆") && spells("zhongqing", "重庆")
        );
        assert!(!spells("ys", "A03网格"));
    }

    #[test]
    fn words_sound_the_same() {
        assert_eq!(sound("云衫"), sound("云杉"));
        assert_ne!(sound("云松"), sound("云杉"));
        assert_eq!(sound("5号"), None);
    }
}
