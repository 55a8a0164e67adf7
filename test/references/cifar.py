"""The network of examples/families/cifar.model in PyTorch."""
import glob
import os

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

import common


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.1)


def conv(before, after, kernel=3, stride=1):
    """Padding `same` at stride 2 puts its one line of zeros at the end."""
    if stride == 1 or kernel == 1:
        return nn.Conv2d(before, after, kernel, stride, padding=kernel // 2, bias=False)
    return nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(before, after, kernel, stride, bias=False))


class Residual(nn.Module):
    def __init__(self, before, after, stride=1):
        super().__init__()
        self.way = nn.Sequential(conv(before, after, 3, stride), norm(after), nn.ReLU(), conv(after, after), norm(after))
        straight = stride == 1 and before == after
        self.short = nn.Identity() if straight else nn.Sequential(conv(before, after, 1, stride), norm(after))

    def forward(self, x):
        return F.relu(self.way(x) + self.short(x))


def resnet(width=8):
    return nn.Sequential(
        conv(3, width), norm(width), nn.ReLU(),
        Residual(width, width), Residual(width, 2 * width, 2), Residual(2 * width, 4 * width, 2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4 * width, 10),
    )


def read(folder):
    paths = sorted(glob.glob(f"{folder}/*/*.jpg"))
    names = sorted({os.path.basename(os.path.dirname(path)) for path in paths})
    images = np.stack([np.asarray(Image.open(path).convert("RGB")) for path in paths]).astype(np.float32)
    labels = [names.index(os.path.basename(os.path.dirname(path))) for path in paths]
    return images, torch.tensor(labels)


def augmented(images):
    """Four cells of zeros around, a piece of the old size out of it, and half of them mirrored."""
    padded = F.pad(images, (4, 4, 4, 4))
    count = len(images)
    down, right = torch.randint(9, (2, count))
    along = torch.arange(32)
    cut = padded[torch.arange(count)[:, None, None], :, (down[:, None] + along)[:, :, None], (right[:, None] + along)[:, None]]
    cut = cut.permute(0, 3, 1, 2)
    return torch.where(torch.rand(count, 1, 1, 1) < 0.5, cut.flip(3), cut)


def program(folder):
    images, labels = read(f"{folder}/cifar10/train")
    flat = images.reshape(-1, 3).astype(np.float64)
    mean, deviation = flat.mean(0), flat.std(0)
    normal = lambda images: torch.tensor((images - mean) / deviation, dtype=torch.float32).permute(0, 3, 1, 2).contiguous()
    train = normal(images)
    model = common.keras_start(resnet())
    loss = lambda rows: F.cross_entropy(model(augmented(train[rows])), labels[rows])
    epochs = 4
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    rate = common.cosine(0.1, epochs * -(-len(train) // 128), warmup=0.05)
    common.train(model, optimizer, range(len(train)), 128, loss, epochs=epochs, rate=rate)
    images, labels = read(f"{folder}/cifar10/test")
    test = normal(images)
    return {"accuracy": common.mean_over(model, range(len(test)), 256, lambda rows: model(test[rows]).argmax(1) == labels[rows])}


common.run(program)
