"""Builds printed Keras programs: reads JSON lines {name, program}, answers what each model became."""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402


def count(weights):
    total = 0
    for weight in weights:
        size = 1
        for axis in weight.shape:
            size *= axis
        total += size
    return total


for line in sys.stdin:
    case = json.loads(line)
    keras.backend.clear_session()
    scope = {}
    try:
        exec(case["program"], scope)  # noqa: S102 - the program is what is tested
        model = scope["model"]
        answer = {
            "outputs": {name: list(value.shape) for name, value in model.output.items()},
            "parameters": count(model.weights),
            "trainable": count(model.trainable_weights),
        }
        if case.get("run"):
            values = {name: keras.ops.convert_to_tensor(value) for name, value in case["run"].items()}
            result = model([values[tensor.name] for tensor in model.inputs])
            answer["values"] = {name: keras.ops.convert_to_numpy(value).tolist() for name, value in result.items()}
        del model
    except Exception as error:  # noqa: BLE001 - told to the test
        text = str(error).strip().splitlines()
        answer = {"error": f"{type(error).__name__}: {text[0] if text else ''}"}
    scope.clear()
    print(json.dumps({"name": case["name"], **answer}), flush=True)
