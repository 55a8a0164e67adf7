"""SST-2 as Modelwright's `Words` reads it: 0 padding, 1 any other word, 2 the mask, then a start, then words by frequency."""
import re
from collections import Counter

import torch


def read(folder, part):
    """The words of each sentence, and whether it praises."""
    with open(f"{folder}/text/sst2/{part}.tsv", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    words = [re.findall(r"\w+|[^\s\w]", row[0]) for row in rows]
    return words, torch.tensor([float(row[1]) for row in rows])


def places(texts, vocab, first=3):
    """Numbers of the most frequent words; of equally frequent ones the first in order."""
    counts = Counter(word for text in texts for word in text)
    order = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: first + i for i, word in enumerate(order[: vocab - first])}


def numbered(texts, place, length, start=None):
    before = [] if start is None else [start]
    rows = [[*before, *(place.get(word, 1) for word in text)][:length] for text in texts]
    return torch.tensor([row + [0] * (length - len(row)) for row in rows])
