"""The network of examples/families/retrieval.model in PyTorch."""
import torch
import torch.nn.functional as F
from torch import nn

import common
import films

WIDTH = 32


class Tower(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.embed = nn.Embedding(size, WIDTH)
        self.layers = nn.Sequential(nn.Linear(WIDTH, 64), nn.ReLU(), nn.Linear(64, WIDTH))

    def forward(self, places):
        return F.normalize(self.layers(self.embed(places)), dim=1)


def recall(query, keys, own):
    """The share of queries whose own key is among the first ten of all distinct keys."""
    scores = query @ keys.T
    mine = scores.gather(1, own[:, None])
    return float(((scores > mine).sum(1) < 10).double().mean())


def program(folder):
    user, film, _, train, test = films.read(folder)
    model = common.keras_start(nn.ModuleDict({"user": Tower(700), "film": Tower(10_000)}))

    def loss(rows):
        scores = model["user"](user[rows]) @ model["film"](film[rows]).T / 0.2
        return F.cross_entropy(scores, torch.arange(len(rows)))

    common.train(model, common.adam(model, 2e-3), train, 512, loss, epochs=4)
    rows = torch.as_tensor(test)
    rows = rows[(film[rows] >= 0) & (user[rows] >= 0)]
    distinct, own = film[rows].unique(return_inverse=True)
    model.eval()
    with torch.no_grad():
        return {"recall@10": recall(model["user"](user[rows]), model["film"](distinct), own)}


common.run(program)
