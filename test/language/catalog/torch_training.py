"""What PyTorch's optimizers and schedules do, for the cases that come as JSON on standard input: weights or rates after each step."""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def walk(case):
    weight = torch.nn.Parameter(torch.tensor(1.0))
    optimizer = getattr(torch.optim, case["optimizer"])([weight], lr=case["rate"], **case["settings"])
    weights = []
    for gradient in case["gradients"]:
        weight.grad = torch.tensor(float(gradient))
        optimizer.step()
        weights.append(weight.item())
    return weights


def rates(case):
    weight = torch.nn.Parameter(torch.tensor(1.0))
    optimizer = torch.optim.SGD([weight], lr=case["rate"])
    schedule = getattr(torch.optim.lr_scheduler, case["schedule"])(optimizer, **case["settings"])
    found = []
    for step in range(case["total"]):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < case["total"]:
            schedule.step()
    return found


json.dump([walk(case) if "optimizer" in case else rates(case) for case in json.load(sys.stdin)], sys.stdout)
