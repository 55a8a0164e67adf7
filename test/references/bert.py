"""The network of examples/families/bert.model in PyTorch: hidden words, then a head alone, then everything."""
import math

import torch
import torch.nn.functional as F
from torch import nn

import common
import sst2_files
from transformer import Layer

VOCAB, LENGTH, WIDTH, DEPTH, HEADS, HIDDEN = 4000, 32, 64, 2, 4, 0.15
MASK, START = 2, 3


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.places = nn.Embedding(VOCAB, WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-3), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 0.1, norm_first=False) for _ in range(DEPTH))
        self.guess = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH, eps=1e-3))
        self.praise = nn.Sequential(nn.Dropout(0.1), nn.Linear(WIDTH, 1))

    def body(self, words):
        h = self.drop(self.norm(self.embed(words) + self.places(torch.arange(words.shape[1]))))
        for layer in self.layers:
            h = layer(h, words != 0)
        return h

    def guesses(self, words):
        return self.guess(self.body(words)) @ self.embed.weight.T

    def score(self, words):
        return self.praise(self.body(words)[:, 0])[:, 0]


def hide(tokens):
    """A share of each row's words behind the mask, to the nearest number but at least one; no padding and no start."""
    real = (tokens != 0) & (tokens != START)
    count = (HIDDEN * real.sum(1) + 0.5).floor().clamp(min=1)
    rank = torch.where(real, torch.rand(tokens.shape), 2.0).argsort(1).argsort(1)
    hidden = (rank < count[:, None]) & real
    return torch.where(hidden, MASK, tokens), hidden


def program(folder):
    texts, praise = sst2_files.read(folder, "train")
    train, _, _ = common.split(len(texts), validation=0.1)
    place = sst2_files.places([texts[row] for row in train], VOCAB, first=4)
    tokens = sst2_files.numbered(texts, place, LENGTH, start=START)
    dev_texts, dev_praise = sst2_files.read(folder, "dev")
    dev = sst2_files.numbered(dev_texts, place, LENGTH, start=START)
    model = common.keras_start(Bert())
    total = lambda epochs: epochs * -(-len(train) // 64)

    def hidden_loss(rows):
        words, hidden = hide(tokens[rows])
        return F.cross_entropy(model.guesses(words)[hidden], tokens[rows][hidden])

    rate = common.linear(2e-3, total(5), warmup=0.1)
    common.train(model, common.adam(model, 2e-3, decay=0.01), train, 64, hidden_loss, epochs=5, rate=rate, clip=1.0)
    model.eval()
    with torch.no_grad():
        words, hidden = hide(dev)
        perplexity = math.exp(F.cross_entropy(model.guesses(words)[hidden], dev[hidden]))

    loss = lambda rows: F.binary_cross_entropy_with_logits(model.score(tokens[rows]), praise[rows])
    hits = lambda rows: (model.score(dev[rows]) > 0) == (dev_praise[rows] > 0.5)
    head = model.praise.parameters()
    common.train(model, torch.optim.AdamW(head, lr=1e-2, eps=1e-7, weight_decay=0.01), train, 64, loss, epochs=3)
    by_head = common.mean_over(model, range(len(dev)), 256, hits)
    rate = common.linear(5e-4, total(3), warmup=0.1)
    common.train(model, common.adam(model, 5e-4, decay=0.01), train, 64, loss, epochs=3, rate=rate)
    tuned = common.mean_over(model, range(len(dev)), 256, hits)
    return {"perplexity": perplexity, "accuracy (head)": by_head, "accuracy (tuned)": tuned}


common.run(program)
