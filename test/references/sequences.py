"""The network of examples/families/sequences.model in PyTorch."""
import glob
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import common
import sounds

LENGTH, BLANK = 20_000, 0


class Listener(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(13, 48, 5, stride=2, padding=2)
        self.lstm = nn.LSTM(48, 48, batch_first=True, bidirectional=True)
        self.out = nn.Linear(96, 11)

    def forward(self, x):
        h = F.relu(self.conv(x.transpose(1, 2))).transpose(1, 2)
        return self.out(self.lstm(h)[0])


def read(folder):
    """Front end, the digits as 1 … 10 filled with 0, and how many there are."""
    paths = sorted(glob.glob(f"{folder}/*.wav"))
    said = [[int(digit) + 1 for digit in os.path.basename(path).split("_")[0].split("-")] for path in paths]
    x = sounds.mfcc(np.stack([sounds.fitted(sounds.decoded(path), LENGTH) for path in paths]))
    digits = torch.tensor([one + [0] * (5 - len(one)) for one in said])
    return x, digits, torch.tensor([len(one) for one in said])


def edits(said, truth):
    """How many signs must be put in, taken out or exchanged."""
    row = list(range(len(truth) + 1))
    for i, sign in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(truth, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (sign != other))
    return row[-1]


def spoken(classes):
    """Repeats once, nothing not at all."""
    return [one for i, one in enumerate(classes) if one != BLANK and (i == 0 or classes[i - 1] != one)]


def program(folder):
    own = os.path.join(os.path.dirname(__file__), "../../examples/families")
    base = next(one for one in (own, folder) if os.path.isdir(f"{one}/digit-sequences"))
    x, digits, counts = read(f"{base}/digit-sequences/train")
    flat = x.reshape(-1, x.shape[2])
    normal = lambda x: torch.tensor((x - flat.mean(0)) / flat.std(0), dtype=torch.float32)
    train = normal(x)
    model = common.keras_start(Listener())

    def loss(rows):
        logs = F.log_softmax(model(train[rows]), 2).transpose(0, 1)
        times = torch.full((len(rows),), logs.shape[0])
        return F.ctc_loss(logs, digits[rows], times, counts[rows], blank=BLANK)

    epochs = 20
    rate = common.cosine(5e-3, epochs * -(-len(train) // 32), warmup=0.05)
    common.train(model, common.adam(model, 5e-3), range(len(train)), 32, loss, epochs=epochs, rate=rate, clip=5.0)
    x, digits, counts = read(f"{base}/digit-sequences/test")
    model.eval()
    with torch.no_grad():
        best = model(normal(x)).argmax(2).tolist()
    truth = [row[:count].tolist() for row, count in zip(digits, counts)]
    wrong = sum(edits(spoken(one), so) for one, so in zip(best, truth))
    return {"character error rate": wrong / int(counts.sum())}


common.run(program)
