"""What Keras says of the layers that come as JSON on standard input: values, gradients and penalties, in float64."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import torch  # noqa: E402

keras.config.set_floatx("float64")


def tensor(value):
    data = torch.tensor(value["data"]).reshape(value["shape"])
    return {"int32": data.int, "bool": data.bool}.get(value.get("dtype"), data.double)()


def made(value):
    """`{"keras": "regularizers.L2", …}` as the object that it names; lists and numbers as they are."""
    if isinstance(value, list):
        return tuple(made(item) for item in value)
    if not isinstance(value, dict):
        return value
    settings = {name: made(item) for name, item in value.items() if name != "keras"}
    kind = keras
    for part in value["keras"].split("."):
        kind = getattr(kind, part)
    return kind(**settings)


def run(case):
    layer = made({"keras": f"layers.{case['layer']}", **case.get("settings", {})})
    inputs = [tensor(value) for value in case["inputs"]]
    given = inputs if len(inputs) > 1 else inputs[0]
    call = {"training": True} if case.get("training") else {}
    if "mask" in case:
        call["mask"] = tensor(case["mask"])
    if "initial" in case:
        call["initial_state"] = [tensor(value) for value in case["initial"]]
    layer(given, **call)
    for weight, data in zip(layer.weights, case.get("weights", [])):
        weight.assign(torch.tensor(data).double().reshape(tuple(weight.shape)))
    y = layer(given, **call)
    outputs = list(y) if isinstance(y, (list, tuple)) else [y]
    answer = {
        "shape": list(outputs[0].shape),
        "outputs": [value.detach().double().flatten().tolist() for value in outputs],
        "weights": [list(weight.shape) for weight in layer.weights],
        "losses": float(sum(layer.losses)) if layer.losses else 0,
        "gradients": [],
    }
    trained = [weight.value for weight in layer.trainable_weights]
    if trained and "slope" in case:
        # Our gradients are those of the mean over the batch.
        slope = torch.tensor(case["slope"]).double().reshape(outputs[0].shape[1:])
        loss = (outputs[0] * slope).sum() / outputs[0].shape[0]
        gradients = torch.autograd.grad(loss, trained, allow_unused=True)
        answer["gradients"] = [None if g is None else g.flatten().tolist() for g in gradients]
    return answer


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
