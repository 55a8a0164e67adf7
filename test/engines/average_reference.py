"""Averages of weights by PyTorch and by Keras: values after each update come as JSON, the averages after the last go out."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import numpy  # noqa: E402
import torch  # noqa: E402
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn  # noqa: E402

asked = json.load(sys.stdin)
decay, updates = asked["decay"], asked["updates"]

layer = torch.nn.Linear(len(updates[0]), 1, bias=False)
averaged = AveragedModel(layer, multi_avg_fn=get_ema_multi_avg_fn(decay))
for values in updates:
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([values]))
    averaged.update_parameters(layer)
by_torch = averaged.module.weight.detach().flatten().tolist()

variable = keras.Variable(numpy.zeros(len(updates[0]), dtype="float32"))
optimizer = keras.optimizers.SGD(0.0, use_ema=True, ema_momentum=decay)
optimizer.build([variable])
for step, values in enumerate(updates):
    # As at the end of `apply`: the weight has its new value, the count of updates is not raised yet.
    variable.assign(numpy.array(values, dtype="float32"))
    optimizer.iterations.assign(step)
    optimizer._update_model_variables_moving_average([variable])
by_keras = optimizer._model_variables_moving_average[0].numpy().tolist()

json.dump({"torch": by_torch, "keras": by_keras}, sys.stdout)
