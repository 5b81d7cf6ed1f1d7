//! Which figures can be put together. In: the unit of a record. Out: whether figures in it add up, and how large it is beside
//! others of its quantity.

use super::unit::{Class, class_of_unit};
use crate::lexicon::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Units that say how strong, old or fast something is, and not how much of it there is: two of 30 ℃ are not 60.
const INTENSIVE: [&str; 16] =
    ["℃", "摄氏度", "度", "分贝", "dB", "岁", "歲", "周岁", "週歲", "号", "號", "Hz", "kHz", "MHz", "GHz", "赫兹"];

/// The unit that others of its quantity are counted in, and how many of it make one of each.
static SIZES: LazyLock<FxHashMap<&'static str, (&'static str, f64)>> = LazyLock::new(|| {
    let size = |row: Vec<&'static str>| match row[..] {
        [unit, base, size] => Some((unit, (base, size.parse().ok()?))),
        _ => None,
    };
    rows(include_str!("../lexicon/unit_sizes.tsv")).filter_map(size).collect()
});

/// Whether the sum of figures in `unit` says anything. Shares, rates and degrees do not add up; figures without a unit may be
/// of anything.
pub fn adds_up(unit: Option<&str>) -> bool {
    unit.is_some_and(|unit| {
        !unit.contains(['/', '每']) && class_of_unit(unit) != Some(Class::Share) && !INTENSIVE.contains(&unit)
    })
}

/// The unit that figures in `unit` are compared in, and how many of it make one; itself, once, where it is like no other.
pub fn base(unit: &str) -> (&str, f64) {
    SIZES.get(unit).copied().unwrap_or((unit, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_adds_up() {
        for unit in ["户", "户次", "元", "平方米", "小时", "吨"] {
            assert!(adds_up(Some(unit)), "{unit}");
        }
        for unit in ["%", "‰", "个百分点", "倍", "元/月", "mg/L", "℃", "岁"] {
            assert!(!adds_up(Some(unit)), "{unit}");
        }
        assert!(!adds_up(None));
    }

    #[test]
    fn knows_units_of_one_quantity() {
        assert_eq!([base("公里"), base("厘米")], [("米", 1000.0), ("米", 0.01)]);
        assert_eq!([base("户"), base("户次")], [("户", 1.0), ("户次", 1.0)]);
        for row in rows(include_str!("../lexicon/unit_sizes.tsv")) {
            let [unit, base, size] = row[..] else { panic!("{row:?}") };
            assert!(size.parse::<f64>().is_ok_and(|size| size > 0.0), "{row:?}");
            assert!(class_of_unit(unit).is_some(), "{unit} is no unit of records");
            assert!(SIZES.get(base).is_none_or(|(itself, size)| *itself == base && *size == 1.0), "{row:?}");
        }
    }
}
