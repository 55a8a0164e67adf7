"""What PyTorch says of recurrent layers with the weights of the cases that come as JSON on standard input, with gradients."""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def tensor(value):
    return torch.tensor(value["data"]).double().reshape(value["shape"])


def reorder(x, units):
    """Our gates update, reset, content as PyTorch has them: reset, update, content."""
    z, r, n = x.split(units, -1)
    return torch.cat([r, z, n], -1)


def weights_of(case, weights):
    units = case["units"]
    kernel, recurrent, bias = weights["kernel"], weights["recurrent"], weights["bias"]
    if case["key"] == "model/LSTM":
        given = (kernel.T, recurrent.T, bias, torch.zeros(4 * units))
        return given + ((weights["projection"].T,) if "projection" in weights else ())
    if case["key"] == "model/SimpleRNN":
        return kernel.T, recurrent.T, bias, torch.zeros(units)
    return tuple(reorder(x, units).T for x in (kernel, recurrent)) + tuple(reorder(x, units) for x in bias)


def run(case):
    weights = {name: tensor(value).requires_grad_() for name, value in case["weights"].items()}
    x = tensor(case["x"])
    name = {"model/SimpleRNN": "RNN", "model/GRU": "GRU", "model/LSTM": "LSTM"}[case["key"]]
    projected = {"proj_size": case["projection"]} if case.get("projection") else {}
    layer = getattr(torch.nn, name)(x.shape[-1], case["units"], batch_first=True, **projected)
    names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_hr_l0"]
    given = dict(zip(names, weights_of(case, weights)))
    x = x.flip(1) if case["backwards"] else x
    y, h = torch.func.functional_call(layer, given, (x,))
    h = h[0] if name == "LSTM" else h
    y = y.flip(1) if case["backwards"] else y
    y = y if case["sequences"] else h[0]
    loss = (y * torch.tensor(case["slope"]).reshape(y.shape[1:])).sum() / y.shape[0]
    grads = torch.autograd.grad(loss, list(weights.values()))
    return {
        "data": y.detach().flatten().tolist(),
        "gradients": {name: grad.flatten().tolist() for name, grad in zip(weights, grads)},
    }


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
