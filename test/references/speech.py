"""The network of examples/families/speech.model in PyTorch, split by take and by speaker."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import common
import sounds


class Spotter(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(13, 32, 5), nn.Conv1d(32, 64, 5)
        self.drop, self.out = nn.Dropout(0.2), nn.Linear(64, 10)

    def forward(self, x):
        h = F.max_pool1d(F.relu(self.conv1(x.transpose(1, 2))), 2)
        h = F.max_pool1d(F.relu(self.conv2(h)), 2)
        return self.out(self.drop(h.mean(2)))


def accuracy(x, word, test):
    train = np.flatnonzero(~test)
    flat = x[train].reshape(-1, x.shape[2])
    x = torch.tensor((x - flat.mean(0)) / flat.std(0), dtype=torch.float32)
    model = common.keras_start(Spotter())
    loss = lambda rows: F.cross_entropy(model(x[rows]), word[rows])
    common.train(model, common.adam(model, 2e-3), train, 32, loss, epochs=15)
    hits = lambda rows: model(x[rows]).argmax(1) == word[rows]
    return common.mean_over(model, np.flatnonzero(test), 256, hits)


def program(folder):
    paths, digits, speakers, takes = sounds.spoken_digits(folder)
    x = sounds.mfcc(np.stack([sounds.fitted(sounds.decoded(path), 8000) for path in paths]))
    word = torch.tensor([int(digit) for digit in digits])
    return {
        "accuracy (new takes)": accuracy(x, word, takes < 5),
        "accuracy (new speaker)": accuracy(x, word, np.array(speakers) == "theo"),
    }


common.run(program)
