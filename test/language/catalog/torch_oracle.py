"""What PyTorch says of the cases that come as JSON on standard input: values in float64, channels last like ours."""
import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def tensor(value, integer=False):
    data = torch.tensor(value["data"]).reshape(value["shape"])
    return data.long() if integer else data.double()


def image(x):
    return x.permute(0, 3, 1, 2)


def back(x):
    return x.permute(0, 2, 3, 1)


def conv(case, x, weights):
    settings = case["settings"]
    y = F.conv2d(
        image(x),
        weights["kernel"].permute(3, 2, 0, 1),
        weights.get("bias"),
        stride=settings["stride"],
        padding=settings["padding"],
        dilation=settings["dilation"],
        groups=settings["groups"],
    )
    return back(y)


def transposed(case, x, weights):
    settings = case["settings"]
    y = F.conv_transpose2d(
        image(x),
        weights["kernel"].permute(3, 2, 0, 1),
        weights.get("bias"),
        stride=settings["stride"],
        padding=settings["padding"],
        output_padding=settings["outputPadding"],
        dilation=settings["dilation"],
    )
    return back(y)


def max_pool(case, x, _):
    settings = case["settings"]
    return back(F.max_pool2d(image(x), settings["window"], settings["stride"], settings["padding"], ceil_mode=settings["ceil"]))


def avg_pool(case, x, _):
    settings = case["settings"]
    return back(
        F.avg_pool2d(
            image(x),
            settings["window"],
            settings["stride"],
            settings["padding"],
            ceil_mode=settings["ceil"],
            count_include_pad=settings["countPadding"],
        )
    )


def attention(case, x, weights):
    width = x.shape[-1]
    layer = torch.nn.MultiheadAttention(width, case["settings"]["heads"], batch_first=True)
    parts = ["query", "key", "value"]
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.cat([weights[f"{part}/kernel"].T for part in parts]))
        layer.in_proj_bias.copy_(torch.cat([weights[f"{part}/bias"] for part in parts]))
        layer.out_proj.weight.copy_(weights["output/kernel"].T)
        layer.out_proj.bias.copy_(weights["output/bias"])
    length = x.shape[1]
    mask = torch.ones(length, length, dtype=torch.bool).triu(1) if case["settings"]["causal"] else None
    return layer(x, x, x, attn_mask=mask, need_weights=False)[0]


def batch_norm(case, x, weights):
    flat = x.reshape(-1, x.shape[-1])
    y = F.batch_norm(flat, None, None, weights["scale"], weights["shift"], training=True, eps=case["settings"]["epsilon"])
    return y.reshape(x.shape)


def cross_entropy(case, x, weights):
    truth = tensor(case["truth"], integer=True)
    return F.cross_entropy(x.reshape(-1, x.shape[-1]), truth.reshape(-1), label_smoothing=case["settings"]["smoothing"])


def rms_norm(case, x, weights):
    return F.rms_norm(x, x.shape[-1:], weights["scale"], case["settings"]["epsilon"])


def group_norm(case, x, weights):
    settings = case["settings"]
    front = x.movedim(-1, 1).contiguous()
    groups = settings.get("groups", x.shape[-1])
    return F.group_norm(front, groups, weights["scale"], weights["shift"], settings["epsilon"]).movedim(1, -1)


def instance_norm(case, x, weights):
    y = F.instance_norm(x.movedim(-1, 1), weight=weights["scale"], bias=weights["shift"], eps=case["settings"]["epsilon"])
    return y.movedim(1, -1)


def local_response_norm(case, x, _):
    settings = case["settings"]
    size = 2 * settings["radius"] + 1
    # PyTorch's alpha is shared among the channels of the window.
    y = F.local_response_norm(x.movedim(-1, 1), size, settings["alpha"] * size, settings["beta"], settings["bias"])
    return y.movedim(1, -1)


def highway(case, x, weights):
    y = torch.relu(x @ weights["kernel"] + weights["bias"])
    gate = torch.sigmoid(x @ weights["gate/kernel"] + weights["gate/bias"])
    return gate * y + (1 - gate) * x


def bilinear(case, x, weights):
    other = tensor(case["other"])
    n, m, units = x.shape[-1], other.shape[-1], weights["bias"].shape[0]
    return F.bilinear(x, other, weights["kernel"].reshape(n, m, units).permute(2, 0, 1), weights["bias"])


def line(x):
    return x.permute(0, 2, 1)


def behind(x, window, settings):
    """The sequence with its zeros in front, and the padding that is left to do."""
    if settings["padding"] != "causal":
        return line(x), settings["padding"]
    return F.pad(line(x), ((window - 1) * settings["dilation"], 0)), 0


def conv1d(case, x, weights):
    settings = case["settings"]
    padded, padding = behind(x, weights["kernel"].shape[0], settings)
    y = F.conv1d(
        padded,
        weights["kernel"].permute(2, 1, 0),
        weights.get("bias"),
        stride=settings["stride"],
        padding=padding,
        dilation=settings["dilation"],
        groups=settings["groups"],
    )
    return line(y)


def one_channel_each(x, kernel, bias, settings):
    window, channels, multiplier = kernel.shape
    padded, padding = behind(x, window, settings)
    return F.conv1d(
        padded,
        kernel.permute(1, 2, 0).reshape(channels * multiplier, 1, window),
        bias,
        stride=settings["stride"],
        padding=padding,
        dilation=settings["dilation"],
        groups=channels,
    )


def depthwise1d(case, x, weights):
    return line(one_channel_each(x, weights["kernel"], weights["bias"], case["settings"]))


def separable1d(case, x, weights):
    y = one_channel_each(x, weights["depthwise"], None, case["settings"])
    return line(F.conv1d(y, weights["pointwise"].permute(2, 1, 0), weights["bias"]))


def transposed1d(case, x, weights):
    settings = case["settings"]
    y = F.conv_transpose1d(
        line(x),
        weights["kernel"].permute(2, 1, 0),
        weights.get("bias"),
        stride=settings["stride"],
        padding=settings["padding"],
        output_padding=settings["outputPadding"],
        dilation=settings["dilation"],
    )
    return line(y)


def max_pool1d(case, x, _):
    settings = case["settings"]
    return line(F.max_pool1d(line(x), settings["window"], settings["stride"], settings["padding"], ceil_mode=settings["ceil"]))


def avg_pool1d(case, x, _):
    settings = case["settings"]
    return line(
        F.avg_pool1d(
            line(x),
            settings["window"],
            settings["stride"],
            settings["padding"],
            ceil_mode=settings["ceil"],
            count_include_pad=settings["countPadding"],
        )
    )


def up_sample1d(case, x, _):
    method = {"nearest": "nearest", "bilinear": "linear"}[case["settings"]["method"]]
    return line(F.interpolate(line(x), scale_factor=case["settings"]["size"], mode=method))


def up_sample2d(case, x, _):
    return back(F.interpolate(image(x), scale_factor=tuple(case["settings"]["size"]), mode=case["settings"]["method"]))


def resize(case, x, _):
    settings = case["settings"]
    method = {"nearest": "nearest-exact", "bilinear": "bilinear"}[settings["method"]]
    return back(F.interpolate(image(x).contiguous(), size=(settings["height"], settings["width"]), mode=method))


def conv3d(case, x, weights):
    settings = case["settings"]
    y = F.conv3d(
        x.movedim(-1, 1),
        weights["kernel"].permute(4, 3, 0, 1, 2),
        weights.get("bias"),
        stride=settings["stride"],
        padding=settings["padding"],
        dilation=settings["dilation"],
        groups=settings["groups"],
    )
    return y.movedim(1, -1)


def transposed3d(case, x, weights):
    settings = case["settings"]
    y = F.conv_transpose3d(
        x.movedim(-1, 1),
        weights["kernel"].permute(4, 3, 0, 1, 2),
        weights.get("bias"),
        stride=settings["stride"],
        padding=settings["padding"],
        output_padding=settings["outputPadding"],
        dilation=settings["dilation"],
    )
    return y.movedim(1, -1)


def pool3d(case, x, _):
    settings = case["settings"]
    counted = {"count_include_pad": settings["countPadding"]} if "countPadding" in settings else {}
    pool = F.avg_pool3d if counted else F.max_pool3d
    window, stride, padding = settings["window"], settings["stride"], settings["padding"]
    return pool(x.movedim(-1, 1), window, stride, padding, ceil_mode=settings["ceil"], **counted).movedim(1, -1)


def einsum(case, _x, _weights):
    values, result = case["settings"]["equation"].split("->")
    equation = ",".join("Z" + letters for letters in values.split(",")) + "->Z" + result
    return torch.einsum(equation, *[tensor(value) for value in case["values"]])


layers = {
    "model/Conv3D": conv3d,
    "model/Conv3DTranspose": transposed3d,
    "model/MaxPool3D": pool3d,
    "model/AvgPool3D": pool3d,
    "model/GlobalAvgPool3D": lambda case, x, _: x.mean((1, 2, 3)),
    "model/GlobalMaxPool3D": lambda case, x, _: x.amax((1, 2, 3)),
    "model/einsum": einsum,
    "model/resize": resize,
    "model/RMSNorm": rms_norm,
    "model/GroupNorm": group_norm,
    "model/InstanceNorm": instance_norm,
    "model/LocalResponseNorm": local_response_norm,
    "model/UnitNorm": lambda case, x, _: F.normalize(x, dim=case["settings"]["axis"]),
    "model/PReLU": lambda case, x, weights: F.prelu(x.movedim(-1, 1), weights["slope"]).movedim(1, -1),
    "model/Highway": highway,
    "model/Bilinear": bilinear,
    "model/Conv1D": conv1d,
    "model/DepthwiseConv1D": depthwise1d,
    "model/SeparableConv1D": separable1d,
    "model/Conv1DTranspose": transposed1d,
    "model/MaxPool1D": max_pool1d,
    "model/AvgPool1D": avg_pool1d,
    "model/AdaptiveAvgPool1D": lambda case, x, _: line(F.adaptive_avg_pool1d(line(x), case["settings"]["size"])),
    "model/AdaptiveAvgPool2D": lambda case, x, _: back(F.adaptive_avg_pool2d(image(x), case["settings"]["size"])),
    "model/AdaptiveMaxPool1D": lambda case, x, _: line(F.adaptive_max_pool1d(line(x), case["settings"]["size"])),
    "model/AdaptiveMaxPool2D": lambda case, x, _: back(F.adaptive_max_pool2d(image(x), case["settings"]["size"])),
    "model/UpSample1D": up_sample1d,
    "model/UpSample2D": up_sample2d,
    "model/Conv2D": conv,
    "model/Conv2DTranspose": transposed,
    "model/MaxPool2D": max_pool,
    "model/AvgPool2D": avg_pool,
    "model/Attention": attention,
    "model/BatchNorm": batch_norm,
    "loss/crossEntropy": cross_entropy,
}

answers = []
for case in json.load(sys.stdin):
    weights = {name: tensor(value).requires_grad_() for name, value in case["weights"].items()}
    x = tensor(case["x"])
    y = layers[case["key"]](case, x, weights)
    gradients = {}
    if weights and "slope" in case:
        # Our gradients are those of the mean over the batch.
        loss = (y * torch.tensor(case["slope"]).reshape(y.shape[1:])).sum() / y.shape[0]
        if case["key"] != "model/Attention":
            grads = torch.autograd.grad(loss, list(weights.values()))
            gradients = {name: grad.flatten().tolist() for name, grad in zip(weights, grads)}
    answers.append({"shape": list(y.shape), "data": y.detach().contiguous().flatten().tolist(), "gradients": gradients})
json.dump(answers, sys.stdout)
