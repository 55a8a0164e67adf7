"""The networks of examples/families/names.model in PyTorch."""
import math

import torch
import torch.nn.functional as F
from torch import nn

import common

LENGTH = 17
START, END = "\ue000", "\ue001"


class Names(nn.Module):
    def __init__(self, signs, cell):
        super().__init__()
        self.embed = nn.Embedding(signs, 32)
        self.read = cell(32, 128, batch_first=True)
        self.out = nn.Linear(128, signs)

    def forward(self, before):
        return self.out(self.read(self.embed(before))[0])


def program(folder):
    with open(f"{folder}/text/names.txt", encoding="utf-8") as file:
        names = file.read().splitlines()
    spelled = [[START, *name[: LENGTH - 2], END] for name in names]
    spelled = [one + [""] * (LENGTH - len(one)) for one in spelled]
    train, _, test = common.split(len(names), validation=0.05, test=0.1)
    signs = sorted({sign for row in train for sign in spelled[row]})
    place = {sign: i for i, sign in enumerate(signs)}
    letters = torch.tensor([[place[sign] for sign in one] for one in spelled])
    perplexity = lambda cell: trained(common.keras_start(Names(len(signs), cell)), letters, train, test)
    return {"perplexity (LSTM)": perplexity(nn.LSTM), "perplexity (GRU)": perplexity(nn.GRU)}


def trained(model, letters, train, test):
    """Perplexity over the letters of the test rows."""

    def surprise(rows):
        """By letter, and which letters are real."""
        before, after = letters[rows, :-1], letters[rows, 1:]
        each = F.cross_entropy(model(before).transpose(1, 2), after, reduction="none")
        return each, (after != 0).float()

    def loss(rows):
        each, real = surprise(rows)
        return (each * real).sum() / real.sum()

    common.train(model, common.adam(model, 3e-3), train, 128, loss, epochs=2)
    model.eval()
    with torch.no_grad():
        each, real = surprise(torch.as_tensor(test))
    return math.exp((each * real).sum() / real.sum())


common.run(program)
