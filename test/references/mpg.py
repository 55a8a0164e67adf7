"""The network of examples/families/mpg.model in PyTorch."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import common
import tables


def program(folder):
    table = tables.read(f"{folder}/tabular/mpg.csv")
    train, _, test = common.split(len(table["mpg"]), test=0.2)
    power = tables.filled(tables.numbers(table["horsepower"]), train, "mean")
    names = ("cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year")
    columns = [power if name == "horsepower" else tables.numbers(table[name]) for name in names]
    x = np.concatenate([tables.normal(columns, train), tables.one_hot(table["origin"], train)], 1)
    x = torch.tensor(x, dtype=torch.float32)
    y = torch.tensor(tables.numbers(table["mpg"]) / 10, dtype=torch.float32)
    model = common.keras_start(
        nn.Sequential(nn.Linear(9, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1), nn.Flatten(0))
    )
    epochs = 60
    rate = common.cosine(3e-3, epochs * -(-len(train) // 32), warmup=0.05)
    loss = lambda rows: F.mse_loss(model(x[rows]), y[rows])
    common.train(model, common.adam(model, 3e-3, decay=0.01), train, 32, loss, epochs=epochs, rate=rate)
    model.eval()
    with torch.no_grad():
        error = model(x[test]) - y[test]
    return {
        "mae": float(error.abs().mean()),
        "rmse": float(error.square().mean().sqrt()),
        "r2": float(1 - error.square().sum() / (y[test] - y[test].mean()).square().sum()),
    }


common.run(program)
