"""The network of examples/families/gpt.model in PyTorch."""
import math

import torch
import torch.nn.functional as F
from torch import nn

import common
from transformer import Layer

CONTEXT, WIDTH, DEPTH, HEADS, STRIDE = 64, 64, 2, 4, 16


class Gpt(nn.Module):
    def __init__(self, signs):
        super().__init__()
        self.embed, self.places = nn.Embedding(signs, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 0.1, causal=True) for _ in range(DEPTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-3)

    def forward(self, tokens):
        h = self.drop(self.embed(tokens) + self.places(torch.arange(tokens.shape[1])))
        for layer in self.layers:
            h = layer(h)
        return self.norm(h) @ self.embed.weight.T


def program(folder):
    with open(f"{folder}/text/tinyshakespeare.txt", encoding="utf-8", newline="") as file:
        text = file.read()
    size = len(text) - common.round_half_up(len(text) * 0.1)
    place = {sign: i for i, sign in enumerate(sorted(set(text[:size])))}
    signs = torch.tensor([place[sign] for sign in text])
    starts = lambda low, high: torch.arange(low, high - CONTEXT, STRIDE)
    train, validation = starts(0, size), starts(size, len(text))
    model = common.keras_start(Gpt(len(place)))
    along = torch.arange(CONTEXT + 1)

    def scored(chosen):
        window = signs[chosen[:, None] + along]
        return model(window[:, :-1]).transpose(1, 2), window[:, 1:]

    rate = common.cosine(2e-3, 500, warmup=50)
    loss = lambda chosen: F.cross_entropy(*scored(chosen))
    common.train(model, common.adam(model, 2e-3, decay=0.1), train, 32, loss, steps=500, rate=rate, clip=1.0)
    surprise = lambda chosen: F.cross_entropy(*scored(chosen), reduction="none").mean(1)

    def hits(chosen):
        scores, truth = scored(chosen)
        return (scores.argmax(1) == truth).float().mean(1)

    return {
        "accuracy": common.mean_over(model, validation, 256, hits),
        "perplexity": math.exp(common.mean_over(model, validation, 256, surprise)),
    }


common.run(program)
