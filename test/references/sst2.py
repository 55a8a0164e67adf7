"""The network of examples/families/sst2.model in PyTorch."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

import common
import sst2_files

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


def program(folder):
    texts, praise = sst2_files.read(folder, "train")
    train, _, _ = common.split(len(texts), validation=0.1)
    place = sst2_files.places([texts[row] for row in train], VOCAB)
    tokens = sst2_files.numbered(texts, place, LENGTH)
    model = common.keras_start(Sentiment())
    loss = lambda rows: F.binary_cross_entropy_with_logits(model(tokens[rows]), praise[rows])
    common.train(model, common.adam(model, 1e-3), train, 32, loss, epochs=4)
    texts, praise = sst2_files.read(folder, "dev")
    tokens = sst2_files.numbered(texts, place, LENGTH)
    hits = lambda rows: (model(tokens[rows]) > 0) == (praise[rows] > 0.5)
    return {"accuracy": common.mean_over(model, range(len(texts)), 256, hits)}


common.run(program)
