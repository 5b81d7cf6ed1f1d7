//! Colours that readers with any colour vision tell apart, and that part in grey as well.

use plotters::style::RGBColor;

/// Ink of text and of what stands out.
pub(super) const INK: RGBColor = RGBColor(0x1A, 0x1A, 0x1A);
/// Captions, notes and axes.
pub(super) const GREY: RGBColor = RGBColor(0x59, 0x59, 0x59);
/// Lines of a grid.
pub(super) const PALE: RGBColor = RGBColor(0xDD, 0xDD, 0xDD);
/// Paper.
pub(super) const WHITE: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

/// Colours of lines and bars: those of Okabe and Ito, "Color Universal Design" (2008, jfly.uni-koeln.de/color), but grey for
/// their yellow, which white paper swallows. Blue comes first, as a single colour is best.
pub(super) const SERIES: [RGBColor; 8] = [
    RGBColor(0x00, 0x72, 0xB2),
    RGBColor(0xD5, 0x5E, 0x00),
    RGBColor(0x00, 0x9E, 0x73),
    RGBColor(0x00, 0x00, 0x00),
    RGBColor(0xCC, 0x79, 0xA7),
    RGBColor(0xE6, 0x9F, 0x00),
    RGBColor(0x56, 0xB4, 0xE9),
    RGBColor(0x80, 0x80, 0x80),
];

/// The colour of the series at `at`.
pub(super) fn series(at: usize) -> RGBColor {
    SERIES.get(at % SERIES.len()).copied().unwrap_or(INK)
}

/// Nine even steps of viridis (Smith and van der Walt 2015, matplotlib), backwards: the darker the more, as ink on paper.
const VIRIDIS: [[u8; 3]; 9] = [
    [253, 231, 37],
    [173, 220, 48],
    [94, 201, 98],
    [40, 174, 128],
    [33, 145, 140],
    [44, 114, 142],
    [59, 82, 139],
    [71, 44, 122],
    [68, 1, 84],
];

/// From much below zero over white to much above it: blue and vermillion of Okabe and Ito.
const AROUND_ZERO: [[u8; 3]; 3] = [[0, 114, 178], [255, 255, 255], [213, 94, 0]];

/// What a colour of a heat map tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// How much.
    Amount,
    /// How far from zero, and on which side.
    Side,
}

/// The colour of `share`, which runs from 0 to 1.
pub(super) fn heat(tells: Tells, share: f64) -> RGBColor {
    let steps: &[[u8; 3]] = match tells {
        Tells::Amount => &VIRIDIS,
        Tells::Side => &AROUND_ZERO,
    };
    let place = share.clamp(0.0, 1.0) * (steps.len() - 1) as f64;
    let at = (place as usize).min(steps.len() - 2);
    let part = place - at as f64;
    let channel = |channel: usize| {
        let of = |at: usize| f64::from(steps.get(at).map_or(0, |step| step[channel]));
        (of(at) + (of(at + 1) - of(at)) * part).round() as u8
    };
    RGBColor(channel(0), channel(1), channel(2))
}

/// Black or white, whichever stands out more on `ground`: by relative luminance, WCAG 2.2.
pub(super) fn ink_on(ground: RGBColor) -> RGBColor {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(ground.0) + 0.7152 * linear(ground.1) + 0.0722 * linear(ground.2);
    // Where contrast to white, 1.05 / (l + 0.05), falls below contrast to black, (l + 0.05) / 0.05.
    if luminance > 0.179 { INK } else { WHITE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_from_light_to_dark() {
        let grey = |c: RGBColor| 0.299 * f64::from(c.0) + 0.587 * f64::from(c.1) + 0.114 * f64::from(c.2);
        let greys: Vec<f64> = (0..=20).map(|step| grey(heat(Tells::Amount, f64::from(step) / 20.0))).collect();
        assert!(greys.windows(2).all(|two| two[0] > two[1]), "{greys:?}");
        assert_eq!(heat(Tells::Side, 0.5), WHITE);
        assert_eq!(ink_on(heat(Tells::Amount, 0.0)), INK);
        assert_eq!(ink_on(heat(Tells::Amount, 1.0)), WHITE);
    }
}
