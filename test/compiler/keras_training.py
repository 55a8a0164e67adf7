"""Trains the models that come as JSON on standard input with Keras in float64: losses and weights after each step."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import numpy  # noqa: E402

keras.config.set_floatx("float64")


def made(value):
    """`{"keras": "regularizers.L2", …}` as the object that it names."""
    if isinstance(value, list):
        return [made(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = keras
    for part in value["keras"].split("."):
        kind = getattr(kind, part)
    return kind(**{name: made(item) for name, item in value.items() if name != "keras"})


def array(value):
    return numpy.array(value["data"], dtype=value.get("dtype", "float64")).reshape(value["shape"])


def run(case):
    x, y = array(case["x"]), array(case["y"])
    model = keras.Sequential([keras.Input(x.shape[1:], dtype=x.dtype), *made(case["layers"])])
    for weight, data in zip(model.weights, case["weights"], strict=True):
        weight.assign(numpy.array(data).reshape(weight.shape))
    model.compile(optimizer=keras.optimizers.SGD(case["rate"]), loss="mse")
    counts = case.get("sample_weight")
    counts = None if counts is None else numpy.array(counts)
    losses = []
    for _ in range(case["steps"]):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x, y, sample_weight=counts)))
    model.reset_metrics()
    return {
        "losses": losses,
        "evaluated": float(model.evaluate(x, y, sample_weight=counts, batch_size=len(x), verbose=0)),
        "weights": [weight.numpy().flatten().tolist() for weight in model.weights],
    }


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
