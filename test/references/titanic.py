"""The network of examples/families/titanic.model in PyTorch."""
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import common
import tables


class Survival(nn.Module):
    def __init__(self):
        super().__init__()
        self.port = nn.Embedding(3, 2)
        self.layers = nn.Sequential(
            nn.Linear(11, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1)
        )

    def forward(self, x, port):
        return self.layers(torch.cat([x, self.port(port)], 1))[:, 0]


def program(folder):
    table = tables.read(f"{folder}/tabular/titanic.csv")
    train, _, test = common.split(len(table["survived"]), validation=0.1, test=0.2)
    age = tables.filled(tables.numbers(table["age"]), train, "median")
    rest = [tables.numbers(table[name]) for name in ("sibsp", "parch", "fare")]
    known = [port for port in table["embarked"][train] if port != ""]
    port = np.where(table["embarked"] == "", Counter(known).most_common(1)[0][0], table["embarked"])
    x = np.concatenate(
        [tables.normal([age, *rest], train), tables.one_hot(table["sex"], train), tables.one_hot(table["pclass"], train)], 1
    )
    x, lived = torch.tensor(x, dtype=torch.float32), torch.tensor(tables.numbers(table["survived"]), dtype=torch.float32)
    port = torch.tensor(tables.places(port, train))
    model = common.keras_start(Survival())
    loss = lambda rows: F.binary_cross_entropy_with_logits(model(x[rows], port[rows]), lived[rows])
    common.train(model, common.adam(model, 0.003), train, 32, loss, epochs=30)
    model.eval()
    with torch.no_grad():
        scores = model(x[test], port[test])
    hits = (scores > 0) == (lived[test] > 0.5)
    return {"accuracy": float(hits.double().mean()), "auc": common.auc(scores, lived[test])}


common.run(program)
