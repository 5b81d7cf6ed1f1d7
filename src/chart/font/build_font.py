#!/usr/bin/env python3
"""Builds jiebao-sans.otf, advances.tsv and characters.txt from the regular weight of Noto Sans CJK SC.

    apt-get install fonts-noto-cjk python3-fonttools unicode-data    # 1:20220127+repack1-1, 4.38.0, 15.0.0 of Debian 12
    python3 src/chart/font/build_font.py

Kept are the characters of GB 2312, of the 通用规范汉字表 of 2013 (Unihan's kTGH: names of persons and places hold many
that GB 2312 lacks) and of Big5's level 1, ASCII, Latin-1, Greek, general punctuation, super- and subscripts,
letterlike symbols, number forms, arrows, the mathematical signs that units and formulas need, CJK punctuation, full-width
forms, enclosed and squared characters. Outlines stay as they are (CFF, without hints, subroutines kept);
tables of layout are dropped, so that a text is as wide as the sum of its advances, which advances.tsv states.

The font is under the SIL Open Font License 1.1 (LICENSE). Its own notice reserves no name; Adobe's for the same outlines,
Source Han Sans, reserves Source. The family is renamed to jiebao Sans, since it is no longer what either of them ships.
"""

import bz2
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
HERE = pathlib.Path(__file__).parent
FAMILY = "jiebao Sans"
# Seconds since 1904 of the day of the source release, so that building again gives the same bytes.
MODIFIED = 3_726_000_000


def of_encoding(encoding, leads):
    """The characters of the double-byte codes whose first byte is in `leads`."""
    for lead in leads:
        for trail in range(0x40, 0xFF):
            try:
                yield from bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                pass


RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A, of which pinyin needs the macrons
    (0x01CD, 0x01DC),  # vowels with caron, for pinyin
    (0x0391, 0x03C9),  # Greek
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letterlike: ℃ № Ω
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x2500, 0x25FF),  # boxes, blocks, shapes
    (0x2600, 0x2606),  # stars
    (0x3000, 0x303F),  # CJK punctuation
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # enclosed and squared: ㎡ ㎏ ㈠
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF01, 0xFFEE),  # full-width forms
]


def wanted():
    characters = {chr(point) for first, last in RANGES for point in range(first, last + 1)}
    characters.update(of_encoding("gb2312", range(0xA1, 0xF8)))
    # A4–C6 is level 1, the common characters; A1–A3 its punctuation.
    characters.update(of_encoding("big5", range(0xA1, 0xC7)))
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if not line.startswith("#"))
        characters.update(chr(int(field[0][2:], 16)) for field in fields if len(field) > 1 and field[1] == "kTGH")
    return sorted(ord(c) for c in characters if len(c) == 1)


def main():
    faces = TTCollection(SOURCE, lazy=True).fonts
    font = next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")

    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = []
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)

    names = {1: FAMILY, 2: "Regular", 3: "jiebao-sans-1", 4: FAMILY, 6: "jiebaoSans-Regular"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames = ["jiebaoSans-Regular"]
    top = cff.topDictIndex[0]
    for key, value in {"FullName": FAMILY, "FamilyName": FAMILY}.items():
        if key in top.rawDict or hasattr(top, key):
            setattr(top, key, value)
    font["head"].modified = MODIFIED
    font.recalcTimestamp = False
    target = HERE / "jiebao-sans.otf"
    font.save(target, reorderTables=None)

    cmap, metrics, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    kept = sorted(cmap)
    rows = [
        "# Advances of jiebao-sans.otf that are not one em, written by build_font.py.",
        "# first code point\tlast code point, hexadecimal\tthousandths of an em",
    ]
    runs = []
    for point in kept:
        advance = round(metrics[cmap[point]][0] * 1000 / units)
        if runs and runs[-1][1] == point - 1 and runs[-1][2] == advance:
            runs[-1][1] = point
        elif advance != 1000:
            runs.append([point, point, advance])
    rows += [f"{first:04X}\t{last:04X}\t{advance}" for first, last, advance in runs if advance != 1000]
    (HERE / "advances.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    text = "".join(chr(point) for point in kept)
    (HERE / "characters.txt").write_text(text + "\n", encoding="utf-8")
    print(f"{len(kept)} characters, {target.stat().st_size} bytes")


main()
