"""What PyTorch (or Keras on it) says of the expressions that come as JSON on standard input, with the slopes of their inputs, in float64."""
import json
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")


def tensor(value):
    data = torch.tensor(value["data"]).reshape(value["shape"])
    return {"int32": data.long, "bool": data.bool}.get(value.get("dtype"), data.double)()


def run(case):
    inputs = {name: tensor(value) for name, value in case["inputs"].items()}
    floats = {name: value.requires_grad_() for name, value in inputs.items() if value.is_floating_point()}
    try:
        y = eval(case["expression"], {"torch": torch, "F": F, "keras": keras, "math": math, **inputs})
    except Exception as error:
        raise RuntimeError(case["expression"]) from error
    outputs = list(y) if isinstance(y, (tuple, list)) else [y]
    first = outputs[0]
    gradients = {}
    if first.is_floating_point() and first.requires_grad:
        slope = torch.tensor(case["slope"]).double().reshape(first.shape)
        found = torch.autograd.grad((first * slope).sum(), list(floats.values()), allow_unused=True)
        gradients = {name: None if g is None else g.flatten().tolist() for name, g in zip(floats, found)}
    return {
        "shapes": [list(value.shape) for value in outputs],
        "outputs": [value.detach().double().flatten().tolist() for value in outputs],
        "gradients": gradients,
    }


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
