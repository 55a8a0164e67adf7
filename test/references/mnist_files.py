"""MNIST from its IDX files: images as float32 in 0 … 1, labels."""
import gzip

import numpy as np
import torch


def read(folder, part):
    with gzip.open(f"{folder}/mnist/{part}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(f"{folder}/mnist/{part}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return torch.tensor(images)[:, None], torch.tensor(labels.astype(np.int64))
