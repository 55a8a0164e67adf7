"""What PyTorch says of losses, for the cases that come as JSON on standard input: the value, and its slope at the first input."""
import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def tensor(value):
    return torch.tensor(value["data"]).double().reshape(value["shape"])


def focal(z, t, gamma):
    p = torch.sigmoid(z)
    return (((1 - (t * p + (1 - t) * (1 - p))) ** gamma) * F.binary_cross_entropy_with_logits(z, t, reduction="none")).mean()


def focal_classes(z, t, gamma):
    p = torch.softmax(z, -1)
    return (-(t * (1 - p) ** gamma * p.log()).sum(-1)).mean()


def in_batch(query, key, temperature):
    return F.cross_entropy(query @ key.T / temperature, torch.arange(len(query)))


losses = {
    "huber": lambda x, t, delta: F.huber_loss(x, t, delta=delta),
    "poisson": lambda x, t: F.poisson_nll_loss(x, t, log_input=False, eps=1e-7),
    "kl": lambda x, t: F.kl_div(torch.log_softmax(x, -1), t, reduction="none").sum(-1).mean(),
    "cosineLoss": lambda x, t: F.cosine_embedding_loss(x, t, torch.ones(len(x))),
    "triplet": lambda a, p, n, margin: F.triplet_margin_loss(a, p, n, margin=margin, eps=0),
    "focal": focal,
    "focalClasses": focal_classes,
    "inBatchSoftmax": in_batch,
}

answers = []
for case in json.load(sys.stdin):
    values = [tensor(value) for value in case["values"]]
    values[0].requires_grad_()
    loss = losses[case["loss"]](*values, **case["settings"])
    (slope,) = torch.autograd.grad(loss, values[0])
    answers.append({"loss": loss.item(), "slope": slope.flatten().tolist()})
json.dump(answers, sys.stdout)
