#!/usr/bin/env python3
"""Builds simplified.tsv, traditional characters with their simplified ones, from the PyPI package of OpenCC's tables.

    pip download --no-deps opencc-python-reimplemented==0.1.7 && unzip -q opencc_python_reimplemented-*.whl -d opencc
    python3 src/lexicon/build_simplified.py opencc/opencc/dictionary > src/lexicon/simplified.tsv

Only characters that texts in simplified script do not use, that is, that GB 2312 has not (著 and 乾 are in both scripts),
and pairs of one length in UTF-8, so that a text keeps its offsets.
"""

import sys
from collections import defaultdict
from pathlib import Path


def in_simplified_script(char):
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def main(folder):
    traditional = defaultdict(list)
    for line in (folder / "TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        char, _, simplified = line.partition("\t")
        simplified = simplified.split(" ")[0]
        fits = len(char) == len(simplified) == 1 and len(char.encode()) == len(simplified.encode()) == 3
        if fits and not in_simplified_script(char) and in_simplified_script(simplified):
            traditional[simplified].append(char)
    print("# simplified\ttraditional characters for it")
    print("# Source: OpenCC (opencc-python-reimplemented 0.1.7, Apache-2.0 licence). Made by build_simplified.py.")
    for simplified in sorted(traditional):
        print(f"{simplified}\t{''.join(sorted(traditional[simplified]))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
