"""Trains normalised layers as PyTorch and Keras have them, from JSON on standard input: losses and weights after each step."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import torch  # noqa: E402
from torch.nn.utils.parametrizations import weight_norm  # noqa: E402

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")


def tensor(value):
    return torch.tensor(value["data"]).double().reshape(value["shape"])


def by_length(weights):
    """PyTorch's own layer: our kernel is [in, out], its weight [out, in]."""
    layer = torch.nn.Linear(weights["kernel"].shape[0], weights["kernel"].shape[1])
    with torch.no_grad():
        layer.weight.copy_(weights["kernel"].T)
        layer.bias.copy_(weights["bias"])
    layer = weight_norm(layer)
    parts = layer.parametrizations.weight
    names = {"kernel": parts.original1, "bias": layer.bias, "kernel/length": parts.original0}
    shown = lambda: {  # noqa: E731
        "kernel": parts.original1.detach().T,
        "bias": layer.bias.detach(),
        "kernel/length": parts.original0.detach(),
    }
    return layer, list(names.values()), shown


def by_spectrum(weights):
    """The singular value's slope goes into the kernel, as in PyTorch; the vector is walked as in Keras."""
    kernel, bias, u = (weights[name].clone() for name in ("kernel", "bias", "kernel/vector"))
    kernel.requires_grad_(), bias.requires_grad_()

    def layer(x):
        nonlocal u
        with torch.no_grad():
            v = torch.nn.functional.normalize(kernel @ u, dim=0)
            u = torch.nn.functional.normalize(v @ kernel, dim=0)
        return x @ (kernel / (v @ kernel @ u)) + bias

    shown = lambda: {"kernel": kernel.detach(), "bias": bias.detach(), "kernel/vector": u}  # noqa: E731
    return layer, [kernel, bias], shown


def keras_spectrum(weights, x):
    layer = keras.layers.SpectralNormalization(keras.layers.Dense(weights["bias"].shape[0]))
    layer.build(x.shape)
    layer.layer.kernel.assign(weights["kernel"].detach())
    layer.layer.bias.assign(weights["bias"].detach())
    layer.vector_u.assign(weights["kernel/vector"].reshape(1, -1))
    y = layer(x, training=True)
    return {"y": y.detach().flatten().tolist(), "vector": layer.vector_u.numpy().flatten().tolist()}


def run(case):
    weights = {name: tensor(value) for name, value in case["weights"].items()}
    x, target = tensor(case["x"]), tensor(case["target"])
    layer, trained, shown = (by_length if "kernel/length" in weights else by_spectrum)(weights)
    answer = {"losses": []}
    if "kernel/vector" in weights:
        answer["keras"] = keras_spectrum(weights, x)
    for _ in range(case["steps"]):
        loss = ((layer(x) - target) ** 2).mean()
        for weight, slope in zip(trained, torch.autograd.grad(loss, trained)):
            weight.data -= case["rate"] * slope
        answer["losses"].append(loss.item())
    answer["weights"] = {name: value.flatten().tolist() for name, value in shown().items()}
    return answer


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
