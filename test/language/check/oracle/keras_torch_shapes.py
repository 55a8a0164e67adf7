"""Shapes and numbers of weights of the layers that come as JSON on standard input, as Keras or PyTorch has them; null where it refuses."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import torch  # noqa: E402

# How weights start is another matter, and slow to work out.
starts = {"kernel_initializer", "recurrent_initializer", "depthwise_initializer", "pointwise_initializer", "embeddings_initializer"}


def tuples(value):
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def keras_layer(spec):
    kind = getattr(keras.layers, spec["layer"])
    settings = {name: tuples(value) for name, value in spec["settings"].items()}
    names = set(kind.__init__.__code__.co_varnames) & starts
    return kind(**settings, **{name: "zeros" for name in names}) if "inner" not in spec else kind(keras_layer(spec["inner"]), **settings)


def of_keras(case):
    layer = keras_layer(case)
    if case.get("inner") is None and case["layer"] in ("Embedding",):
        given = keras.KerasTensor((2, *case["shape"]), dtype="int32")
    else:
        given = keras.KerasTensor((2, *case["shape"]), dtype="float64")
    y = layer(given)
    first = y[0] if isinstance(y, (list, tuple)) else y
    return {"shape": list(first.shape[1:]), "parameters": layer.count_params()}


def of_torch(case):
    settings = {name: tuples(value) for name, value in case["settings"].items()}
    *places, channels = case["shape"]
    last = {"LSTM": True, "MultiheadAttention": True}.get(case["layer"], False)
    if "out_channels" in settings:
        settings["in_channels"] = channels
    if case["layer"] == "LSTM":
        settings["input_size"] = channels
    layer = getattr(torch.nn, case["layer"])(**settings, device="meta") if "out_channels" in settings or last else getattr(torch.nn, case["layer"])(**settings)
    x = torch.zeros((2, *places, channels) if last else (2, channels, *places), device="meta")
    y = layer(x, x, x, need_weights=False) if case["layer"] == "MultiheadAttention" else layer(x)
    y = y[0] if isinstance(y, tuple) else y
    shape = list(y.shape[1:])
    return {"shape": shape if last else [*shape[1:], shape[0]], "parameters": sum(p.numel() for p in layer.parameters())}


def answer(case):
    try:
        found = (of_keras if case["library"] == "keras" else of_torch)(case)
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"[:300]}
    return {"refused": "an empty result"} if any(size <= 0 for size in found["shape"]) else found


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
