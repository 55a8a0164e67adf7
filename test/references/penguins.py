"""The network of examples/families/penguins.model in PyTorch."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import common
import tables


class Species(nn.Module):
    def __init__(self):
        super().__init__()
        self.home = nn.Embedding(3, 2)
        self.layers = nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 3))

    def forward(self, x, home):
        return self.layers(torch.cat([x, self.home(home)], 1))


def f1(said, truth):
    """The mean over the classes."""
    each = []
    for one in range(3):
        hit = ((said == one) & (truth == one)).sum().item()
        each.append(2 * hit / max((said == one).sum().item() + (truth == one).sum().item(), 1))
    return sum(each) / len(each)


def program(folder):
    table = tables.read(f"{folder}/tabular/penguins.csv")
    measured = table["bill_length_mm"] != ""
    table = {name: column[measured] for name, column in table.items()}
    train, test = common.stratified_test(table["species"], 0.3)
    names = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    sizes = tables.normal([tables.numbers(table[name]) for name in names], train)
    sex = np.where(table["sex"] == "", "unknown", table["sex"])
    x = torch.tensor(np.concatenate([sizes, tables.one_hot(sex, train)], 1), dtype=torch.float32)
    home = torch.tensor(tables.places(table["island"], train))
    kind = torch.tensor(tables.places(table["species"], train))
    model = common.keras_start(Species())
    loss = lambda rows: F.cross_entropy(model(x[rows], home[rows]), kind[rows])
    common.train(model, common.adam(model, 0.003), train, 16, loss, epochs=20)
    model.eval()
    with torch.no_grad():
        said = model(x[test], home[test]).argmax(1)
    return {"accuracy": float((said == kind[test]).double().mean()), "f1": f1(said, kind[test])}


common.run(program)
