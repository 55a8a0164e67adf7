"""
Evaluates expressions of PyTorch, Keras and NumPy for tests. Comes: a JSON list of {code, given, slopes} on standard input,
where `given` are arrays by name (float64 tensors of PyTorch unless their dtype is int32 or bool). Goes: for each the value,
flat, and the slopes of its sum by name. Code of several lines leaves its answer in `result`.
"""
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
dtypes = {"int32": torch.int64, "bool": torch.bool, "float32": torch.float64}


def tensor(value):
    data = torch.tensor(value["data"], dtype=torch.float64).reshape(value["shape"])
    return data.to(dtypes[value.get("dtype") or "float32"])


def answer(case):
    names = {name: tensor(value) for name, value in case["given"].items()}
    for name in case.get("slopes", []):
        names[name].requires_grad_()
    scope = {"np": np, "torch": torch, "F": F, **names}
    if "keras" in case["code"]:
        import keras

        keras.config.set_floatx("float64")
        scope["keras"] = keras
    if "\n" in case["code"] or "result" in case["code"]:
        exec(case["code"], scope)
        result = scope["result"]
    else:
        result = eval(case["code"], scope)
    if not isinstance(result, torch.Tensor):
        result = torch.tensor(np.asarray(result, dtype=np.float64))
    slopes = {}
    if case.get("slopes"):
        result.sum().backward()
        slopes = {name: names[name].grad.flatten().tolist() for name in case["slopes"]}
    return {"value": result.detach().to(torch.float64).flatten().tolist(), "slopes": slopes}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
