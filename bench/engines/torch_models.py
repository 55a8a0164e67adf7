"""The bench models in PyTorch, for two questions.

time MODEL THREADS SECONDS: milliseconds of one training step (Adam), by the clock (median) and of processor time (mean), as JSON.
curve MODEL FILE STEPS RATE: losses of SGD steps from the weights and batches in FILE (safetensors), as JSON.
"""
import json
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 32, 3)
        self.hidden = nn.Linear(5408, 128)
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        return self.out(F.relu(self.hidden(self.flatten(x))))

    def flatten(self, x):
        return x.flatten(1)


class CnnLast(Cnn):
    """With the channels flattened last, as the weights of the channels-last model want it."""

    def flatten(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))

    def forward(self, x):
        return self.layers(x)


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 128, batch_first=True)
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        _, (h, _) = self.lstm(x)
        return self.out(h[0])


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-3)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-3)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, h):
        batch, steps, width = h.shape
        q, k, v = self.qkv(self.norm1(h)).split(width, dim=2)
        q, k, v = (t.view(batch, steps, self.heads, width // self.heads).transpose(1, 2) for t in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        h = h + self.proj(mixed.transpose(1, 2).reshape(batch, steps, width))
        return h + self.down(F.gelu(self.up(self.norm2(h)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(256, 128)
        self.places = nn.Embedding(128, 128)
        self.blocks = nn.ModuleList(Block(128, 4) for _ in range(4))
        self.norm = nn.LayerNorm(128, eps=1e-3)
        self.out = nn.Linear(128, 256)

    def forward(self, x):
        h = self.embed(x) + self.places(torch.arange(x.shape[1], device=x.device))
        for block in self.blocks:
            h = block(h)
        return self.out(self.norm(h)).flatten(0, 1)


class Residual(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.stride = stride
        self.conv1 = nn.Conv2d(before, after, 3, stride=stride, padding=1 if stride == 1 else 0, bias=False)
        self.norm1 = nn.BatchNorm2d(after, eps=1e-3, momentum=0.01)
        self.conv2 = nn.Conv2d(after, after, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(after, eps=1e-3, momentum=0.01)
        self.short = nn.Conv2d(before, after, 1, stride=stride, bias=False) if stride > 1 else None

    def forward(self, x):
        # Padding `same` at stride 2 puts its one line of zeros at the end.
        padded = F.pad(x, (0, 1, 0, 1)) if self.stride > 1 else x
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(padded)))))
        return F.relu(y + (self.short(x) if self.short else x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16, eps=1e-3, momentum=0.01)
        self.blocks = nn.Sequential(Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2))
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        x = self.blocks(F.relu(self.norm(self.conv(x))))
        return self.out(x.mean((2, 3)))


class ResNet20(ResNet):
    def __init__(self):
        super().__init__()
        sizes = [(16, 16, 1)] * 3 + [(16, 32, 2)] + [(32, 32, 1)] * 2 + [(32, 64, 2)] + [(64, 64, 1)] * 2
        self.blocks = nn.Sequential(*(Residual(*size) for size in sizes))


class Gru(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(64, 128, num_layers=2, batch_first=True)
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        _, h = self.gru(x)
        return self.out(h[-1])


class Encoder(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-3)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-3)

    def forward(self, h):
        batch, steps, width = h.shape
        q, k, v = self.qkv(h).split(width, dim=2)
        q, k, v = (t.view(batch, steps, self.heads, width // self.heads).transpose(1, 2) for t in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v)
        h = self.norm1(h + self.proj(mixed.transpose(1, 2).reshape(batch, steps, width)))
        return self.norm2(h + self.down(F.gelu(self.up(h))))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(1000, 256)
        self.places = nn.Embedding(128, 256)
        self.norm = nn.LayerNorm(256, eps=1e-3)
        self.blocks = nn.Sequential(*(Encoder(256, 4) for _ in range(4)))
        self.out = nn.Linear(256, 1000)

    def forward(self, x):
        h = self.norm(self.embed(x) + self.places(torch.arange(x.shape[1], device=x.device)))
        return self.out(self.blocks(h)).flatten(0, 1)


class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(100, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, x):
        return self.layers(x)


MODELS = {
    "cnn": Cnn,
    "mlp": Mlp,
    "lstm": Lstm,
    "gpt": Gpt,
    "resnet": ResNet,
    "resnet20": ResNet20,
    "gru": Gru,
    "bert": Bert,
    "table": Table,
}


def batch_of(name):
    g = torch.Generator().manual_seed(0)
    if name == "cnn":
        return torch.rand(128, 1, 28, 28, generator=g), torch.randint(10, (128,), generator=g)
    if name == "mlp":
        return torch.rand(128, 784, generator=g), torch.randint(10, (128,), generator=g)
    if name == "table":
        return torch.rand(64, 100, generator=g), torch.randint(10, (64,), generator=g)
    if name in ("lstm", "gru"):
        return torch.randn(32, 64, 64, generator=g), torch.randint(10, (32,), generator=g)
    if name == "bert":
        return torch.randint(1000, (16, 128), generator=g), torch.randint(1000, (16 * 128,), generator=g)
    if name == "gpt":
        return torch.randint(256, (16, 128), generator=g), torch.randint(256, (16 * 128,), generator=g)
    return torch.rand(64, 3, 32, 32, generator=g), torch.randint(10, (64,), generator=g)


def step(model, optimizer, x, y):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


def measure(name, threads, seconds, device="cpu"):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = MODELS[name]().to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    x, y = (part.to(device) for part in batch_of(name))
    for _ in range(5):
        step(model, optimizer, x, y)
    times = []
    used = time.process_time()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step(model, optimizer, x, y).item()
        times.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - used) * 1000 / len(times)
    # Largest resident memory in MB; Linux counts it in KB.
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        json.dumps(
            {"ms": float(np.median(times)), "cpu": cpu, "steps": len(times), "resident": resident, "version": torch.__version__}
        )
    )


def read_safetensors(path):
    with open(path, "rb") as file:
        raw = file.read()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    kinds = {"F32": np.float32, "I32": np.int32}
    out = {}
    for key, entry in header.items():
        start, end = entry["data_offsets"]
        data = np.frombuffer(raw[8 + size + start : 8 + size + end], kinds[entry["dtype"]])
        out[key] = torch.tensor(data.reshape(entry["shape"]))
    return out


def load(model, name, tensors):
    """Copies the weights, given in their order in the plan, into the model."""
    weights = [tensors[key] for key in sorted(k for k in tensors if k.startswith("weight "))]
    queue = list(weights)

    def take():
        return queue.pop(0)

    def put(target, value):
        assert target.shape == value.shape, (target.shape, value.shape)
        with torch.no_grad():
            target.copy_(value)

    def linear(layer):
        put(layer.weight, take().T)
        put(layer.bias, take())

    def conv(layer):
        put(layer.weight, take().permute(3, 2, 0, 1))
        if layer.bias is not None:
            put(layer.bias, take())

    def norm(layer, statistics):
        put(layer.weight, take())
        put(layer.bias, take())
        if statistics:
            put(layer.running_mean, take())
            put(layer.running_var, take())

    if name == "cnn":
        conv(model.conv), linear(model.hidden), linear(model.out)
    elif name == "mlp":
        for i in (0, 2, 4):
            linear(model.layers[i])
    elif name == "lstm":
        put(model.lstm.weight_ih_l0, take().T)
        put(model.lstm.weight_hh_l0, take().T)
        put(model.lstm.bias_ih_l0, take())
        model.lstm.bias_hh_l0.requires_grad_(False).zero_()
        linear(model.out)
    elif name == "gpt":
        put(model.embed.weight, take()), put(model.places.weight, take())
        for block in model.blocks:
            norm(block.norm1, False)
            q, qb, k, kb, v, vb = (take() for _ in range(6))
            put(block.qkv.weight, torch.cat([q, k, v], 1).T), put(block.qkv.bias, torch.cat([qb, kb, vb]))
            linear(block.proj), norm(block.norm2, False), linear(block.up), linear(block.down)
        norm(model.norm, False), linear(model.out)
    else:
        conv(model.conv), norm(model.norm, True)
        for block in model.blocks:
            conv(block.conv1), norm(block.norm1, True), conv(block.conv2), norm(block.norm2, True)
            if block.short:
                conv(block.short)
        linear(model.out)
    assert not queue, len(queue)


def curve(name, path, steps, rate, adam):
    torch.set_num_threads(1)
    tensors = read_safetensors(path)
    model = CnnLast() if name == "cnn" else MODELS[name]()
    load(model, name, tensors)
    x, y = tensors["x"], tensors["label"].long().flatten()
    if name in ("cnn", "resnet"):
        x = x.permute(0, 3, 1, 2).contiguous()
    if name == "gpt":
        x = x.long()
    trained = [p for p in model.parameters() if p.requires_grad]
    # The language's formula is PyTorch's, with Keras' epsilon.
    optimizer = torch.optim.Adam(trained, lr=rate, eps=1e-7) if adam else torch.optim.SGD(trained, lr=rate)
    print(json.dumps([step(model, optimizer, x, y).item() for _ in range(steps)]))


if __name__ == "__main__":
    if sys.argv[1] == "time":
        measure(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
    elif sys.argv[1] == "time-cuda":
        measure(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), "cuda")
    else:
        curve(sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]), sys.argv[6] == "Adam")
