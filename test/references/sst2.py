"""The network of examples/families/sst2.model in PyTorch."""
import re
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

import common

VOCAB, LENGTH, WIDTH, UNITS = 8000, 40, 64, 32


class Sentiment(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(VOCAB, WIDTH)
        self.lstm = nn.LSTM(WIDTH, UNITS, batch_first=True, bidirectional=True)
        self.drop, self.out = nn.Dropout(0.5), nn.Linear(2 * UNITS, 1)

    def forward(self, tokens):
        lengths = (tokens != 0).sum(1).clamp(min=1)
        packed = pack_padded_sequence(self.embed(tokens), lengths, batch_first=True, enforce_sorted=False)
        _, (last, _) = self.lstm(packed)
        return self.out(self.drop(torch.cat([last[0], last[1]], 1)))[:, 0]


def words(text):
    """Runs of letters and digits; other signs alone."""
    return re.findall(r"\w+|[^\s\w]", text)


def read(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [words(row[0]) for row in rows], torch.tensor([float(row[1]) for row in rows])


def program(folder):
    texts, praise = read(f"{folder}/text/sst2/train.tsv")
    train, _, _ = common.split(len(texts), validation=0.1)
    counts = Counter(word for row in train for word in texts[row])
    order = sorted(counts, key=lambda word: (-counts[word], word))
    place = {word: i + 3 for i, word in enumerate(order[: VOCAB - 3])}

    def numbered(texts):
        rows = [[place.get(word, 1) for word in text][:LENGTH] for text in texts]
        return torch.tensor([row + [0] * (LENGTH - len(row)) for row in rows])

    tokens = numbered(texts)
    model = common.keras_start(Sentiment())
    loss = lambda rows: F.binary_cross_entropy_with_logits(model(tokens[rows]), praise[rows])
    common.train(model, common.adam(model, 1e-3), train, 32, loss, epochs=4)
    texts, praise = read(f"{folder}/text/sst2/dev.tsv")
    tokens = numbered(texts)
    hits = lambda rows: (model(tokens[rows]) > 0) == (praise[rows] > 0.5)
    return {"accuracy": common.mean_over(model, range(len(texts)), 256, hits)}


common.run(program)
