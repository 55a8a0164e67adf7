"""What the reference programs share: the same rows in the same parts, the same first weights by distribution, the same rates.

Each program is called as `python NAME.py --data FOLDER --seeds N` and prints a line of JSON for each seed: the names and values that
`scripts/results.mjs` sets beside ours.
"""
import argparse
import json
import math
import time

import numpy as np
import torch
from torch import nn

MASK = 0xFFFFFFFF


# ---- rows


def philox(counter, key):
    """Philox 4x32 with 10 rounds (Salmon et al., 2011): four words for many first counters at once."""
    a = counter.astype(np.uint64)
    b, c, d = (np.full_like(a, word) for word in (key[0], 0, 0))
    x, y = key[1], key[2]
    for _ in range(10):
        low0, high0 = (a * 0xD2511F53) & MASK, (a * 0xD2511F53) >> 32
        low1, high1 = (c * 0xCD9E8D57) & MASK, (c * 0xCD9E8D57) >> 32
        a, b, c, d = high1 ^ b ^ x, low1, high0 ^ d ^ y, low0
        x, y = (x + 0x9E3779B9) & MASK, (y + 0xBB67AE85) & MASK
    return np.stack([a, b, c, d], 1).reshape(-1)


def hash_text(text):
    value = 0x811C9DC5
    for sign in text:
        value = ((value ^ (ord(sign) & 255)) * 0x01000193) & MASK
        value = ((value ^ (ord(sign) >> 8)) * 0x01000193) & MASK
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & MASK
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & MASK
    return value ^ (value >> 16)


def shuffled(count, seed, purpose):
    """The order of rows that a seed and a purpose give in Modelwright (Fisher and Yates)."""
    words = philox(np.arange(count // 4 + 1), (hash_text("rows"), seed, hash_text(purpose)))
    order = np.arange(count)
    for drawn, i in enumerate(range(count - 1, 0, -1)):
        j = int(int(words[drawn]) / 4294967296 * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def split(count, validation=0.0, test=0.0, seed=0):
    """Row numbers of training, validation and test: the very rows that Modelwright takes."""
    order = shuffled(count, seed, "split")
    v, t = round_half_up(count * validation), round_half_up(count * test)
    return np.sort(order[v + t :]), np.sort(order[:v]), np.sort(order[v : v + t])


def stratified_test(classes, share, seed=0):
    """Training and test rows with the same share of each class (`test: share(30%, stratify: column)`)."""
    wanted = {one: round_half_up((classes == one).sum() * share) for one in set(classes)}
    test = []
    for row in shuffled(len(classes), seed, "split test"):
        if wanted[classes[row]] > 0:
            wanted[classes[row]] -= 1
            test.append(row)
    test = np.sort(test)
    return np.setdiff1d(np.arange(len(classes)), test), test


def round_half_up(value):
    return math.floor(value + 0.5)


# ---- first weights, as Keras draws them


def keras_start(model):
    """Glorot's uniform kernels, zero biases, embeddings within 0.05, orthogonal recurrent kernels, forget gates at 1."""
    for module in model.modules():
        if isinstance(module, nn.Embedding):
            nn.init.uniform_(module.weight, -0.05, 0.05)
        elif isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, (nn.LSTM, nn.GRU)):
            start_recurrent(module)
    return model


def start_recurrent(module):
    units = module.hidden_size
    for name, weight in module.named_parameters():
        if name.startswith("weight_ih"):
            nn.init.xavier_uniform_(weight)
        elif name.startswith("weight_hh"):
            # One orthogonal matrix [units, gates * units] for all gates, as Keras draws it.
            weight.data.copy_(nn.init.orthogonal_(torch.empty(units, weight.shape[0])).T)
        else:
            nn.init.zeros_(weight)
            if isinstance(module, nn.LSTM) and name.startswith("bias_ih"):
                weight.data[units : 2 * units] = 1.0
            # PyTorch's second bias would make the sum of both move twice as fast. A GRU keeps it: Keras has it there too.
            if isinstance(module, nn.LSTM) and name.startswith("bias_hh"):
                weight.requires_grad_(False)


# ---- rates


def cosine(peak, total, warmup=0.0, end=0.0):
    """By update, counted from 0. A warm-up below 1 is a part of the run."""
    rise = round_half_up(warmup * total) if warmup < 1 else int(warmup)

    def rate(step):
        if step < rise:
            return peak * (step + 1) / rise
        fallen = min(max((step - rise) / max(total - rise, 1), 0.0), 1.0)
        return end + (peak - end) * (1 + math.cos(math.pi * fallen)) / 2

    return rate


def linear(peak, total, warmup=0.0, end=0.0):
    rise = round_half_up(warmup * total) if warmup < 1 else int(warmup)

    def rate(step):
        if step < rise:
            return peak * (step + 1) / rise
        return peak + (end - peak) * min(max((step - rise) / max(total - rise, 1), 0.0), 1.0)

    return rate


def adam(model, lr, decay=None):
    """Adam, or with decay AdamW, with Modelwright's epsilon."""
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    if decay is None:
        return torch.optim.Adam(weights, lr=lr, eps=1e-7)
    return torch.optim.AdamW(weights, lr=lr, eps=1e-7, weight_decay=decay)


# ---- training


def train(model, optimizer, rows, batch, loss_of, epochs=None, steps=None, rate=None, clip=None, after_epoch=None):
    """Every row once an epoch in a new order, the last batch smaller. `loss_of(row numbers)` gives the loss of a batch."""
    step, epoch = 0, 0
    total = steps if steps is not None else epochs * math.ceil(len(rows) / batch)
    while step < total:
        model.train()
        order = torch.as_tensor(rows)[torch.randperm(len(rows))]
        for chosen in order.split(batch):
            if step >= total:
                break
            if rate is not None:
                for group in optimizer.param_groups:
                    group["lr"] = rate(step)
            optimizer.zero_grad()
            loss = loss_of(chosen)
            loss.backward()
            if clip is not None:
                nn.utils.clip_grad_norm_(model.parameters(), clip)
            optimizer.step()
            step += 1
        epoch += 1
        if after_epoch is not None:
            after_epoch(epoch)


def mean_over(model, rows, batch, value_of):
    """The mean of a value by example over rows, in evaluation."""
    model.eval()
    total = 0.0
    with torch.no_grad():
        for chosen in torch.as_tensor(rows).split(batch):
            total += float(value_of(chosen).sum())
    return total / len(rows)


def auc(scores, truth):
    """How often a positive scores above a negative; ties count half."""
    positive, negative = scores[truth > 0.5], scores[truth < 0.5]
    apart = positive[:, None] - negative[None, :]
    return float(((apart > 0).double() + (apart == 0).double() / 2).mean())


def run(program):
    """`program(data folder)` under the arguments of the command line; prints what it measured, a line for each seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1, help="so many, one after the other")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    for seed in range(given.seed, given.seed + given.seeds):
        torch.manual_seed(seed)
        began = time.perf_counter()
        values = program(given.data)
        took = round(time.perf_counter() - began, 1)
        print(json.dumps({"values": values, "seconds": took, "torch": torch.__version__}), flush=True)
