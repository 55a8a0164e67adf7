"""The network of examples/families/mnist.model in PyTorch."""
import torch
import torch.nn.functional as F
from torch import nn

import common
import mnist_files


def program(folder):
    images, labels = mnist_files.read(folder, "train")
    train, _, _ = common.split(len(labels), validation=0.1)
    model = common.keras_start(
        nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(5408, 128), nn.ReLU(), nn.Linear(128, 10)
        )
    )
    loss = lambda rows: F.cross_entropy(model(images[rows] / 255), labels[rows])
    rate = common.cosine(2e-3, 3 * -(-len(train) // 64))
    common.train(model, common.adam(model, 2e-3), train, 64, loss, epochs=3, rate=rate)
    images, labels = mnist_files.read(folder, "t10k")
    hits = lambda rows: model(images[rows] / 255).argmax(1) == labels[rows]
    return {"accuracy": common.mean_over(model, range(len(labels)), 256, hits)}


common.run(program)
