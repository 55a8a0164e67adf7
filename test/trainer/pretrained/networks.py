"""Networks in Keras 3 with random weights, their inputs, and what they and their layers give: files in the folder that is named."""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
from keras import layers as L

folder = sys.argv[1]
rng = np.random.default_rng(0)


def fill(model):
    for variable in model.variables:
        if "float" not in variable.dtype:
            continue
        values = rng.normal(size=variable.shape) * 0.3
        if "variance" in variable.path:
            values = np.abs(values) + 0.5
        variable.assign(values.astype("float32"))
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()


def store(name, values):
    np.ascontiguousarray(values, dtype="<f4").tofile(os.path.join(folder, name))


def save(name, model, x, cuts):
    fill(model)
    model.save(os.path.join(folder, f"{name}.keras"))
    store(f"{name}.x", x)
    store(f"{name}.y", model(x, training=False))
    for cut in cuts:
        part = keras.Model(model.inputs, model.get_layer(cut).output)
        store(f"{name}.{cut}", part(x, training=False))


def images():
    i = keras.Input((16, 16, 3))
    x = L.Rescaling(1 / 127.5, offset=-1)(i)
    x = L.Conv2D(8, 3, strides=2, padding="same", use_bias=False, name="stem")(x)
    x = L.BatchNormalization(name="norm")(x)
    x = L.ReLU(max_value=6)(x)
    y = L.DepthwiseConv2D(3, padding="same")(x)
    y = L.BatchNormalization(scale=False, epsilon=1e-2)(y)
    y = L.Activation("swish")(y)
    y = L.Conv2D(8, 1)(y)
    x = L.Add()([x, y, x])
    x = L.ZeroPadding2D(((0, 1), (1, 0)))(x)
    x = L.SeparableConv2D(6, 3, activation="relu")(x)
    x = L.PReLU(shared_axes=[1, 2])(x)
    z = L.Concatenate()([L.MaxPooling2D()(x), L.AveragePooling2D(2)(x)])
    s = L.GlobalAveragePooling2D()(z)
    s = L.Dense(12, activation="sigmoid")(s)
    s = L.Reshape((1, 1, 12))(s)
    z = L.Multiply()([z, s])
    z = L.Flatten(name="flat")(z)
    z = L.LayerNormalization()(z)
    z = L.LeakyReLU(negative_slope=0.1)(z)
    o = L.Dense(5, activation="softmax", name="head")(z)
    save("images", keras.Model(i, o), rng.uniform(0, 255, (4, 16, 16, 3)).astype("float32"), ["norm", "flat"])


def operations():
    """What the networks of keras.applications have besides: measured inputs, numbers as operands, axes that are counted."""
    i = keras.Input((8, 8, 3))
    x = L.Normalization(axis=3)(i)
    x = L.Rescaling([1.0, 2.0, 0.5], offset=[0.1, -0.2, 0.3])(x)
    x = L.Conv2D(4, 3, padding="same")(x)
    x = L.BatchNormalization(axis=3)(x)
    y = x * (L.ReLU(6.0)(x + 3.0) * (1.0 / 6.0))
    x = L.Concatenate(axis=3)([x - 1.0, y])
    x = L.Concatenate(axis=1)([x, x])
    x = L.GlobalAveragePooling2D(keepdims=True)(x)
    x = L.Flatten()(x)
    o = L.Dense(3)(x)
    save("operations", keras.Model(i, o), rng.normal(size=(4, 8, 8, 3)).astype("float32"), [])


def nested():
    i = keras.Input((8, 8, 3))
    x = L.Conv2D(4, 3, activation="relu")(i)
    x = L.Conv2D(4, 3)(x)
    inner = keras.Model(i, x, name="inner")
    row = keras.Sequential([keras.Input((4, 4, 4)), L.Conv2D(5, 3, name="deep"), L.ReLU()], name="row")
    j = keras.Input((8, 8, 3))
    y = L.Conv2D(3, 1)(j)
    y = row(inner(y))
    o = L.Dense(2)(L.Flatten()(y))
    save("nested", keras.Model(j, o), rng.normal(size=(4, 8, 8, 3)).astype("float32"), [])


def sequences():
    model = keras.Sequential(
        [
            keras.Input((12, 4)),
            L.Conv1D(6, 3, padding="causal", activation="gelu"),
            L.LSTM(5, return_sequences=True),
            L.GRU(7, return_sequences=True),
            L.GRU(4, reset_after=False),
            L.Dropout(0.5),
            L.Dense(3, activation="elu"),
        ]
    )
    save("sequences", model, rng.normal(size=(4, 12, 4)).astype("float32"), [])


def browser():
    """The same images' network as TensorFlow.js writes it."""
    model = keras.Sequential(
        [keras.Input((6, 6, 2)), L.Conv2D(4, 3, activation="relu", name="conv"), L.Flatten(), L.Dense(3, name="out")]
    )
    fill(model)
    x = rng.normal(size=(4, 6, 6, 2)).astype("float32")
    layers = []
    for layer in model.layers:
        config = {k: v for k, v in layer.get_config().items() if isinstance(v, (str, int, float, bool, list, tuple))}
        if not layers:
            config["batch_input_shape"] = [None, 6, 6, 2]
        layers.append({"class_name": type(layer).__name__, "config": config})
    weights, data = [], b""
    for layer in model.layers:
        for variable in layer.weights:
            values = np.asarray(variable.numpy(), dtype="<f4")
            name = f"{layer.name}/{variable.name}"
            if variable.name == "kernel" and layer.name == "out":
                low, high = values.min(), values.max()
                scale = float(high - low) / 65535
                stored = np.round((values - low) / scale).astype("<u2")
                variable.assign(stored.astype("float32") * np.float32(scale) + np.float32(low))
                quantization = {"dtype": "uint16", "scale": scale, "min": float(low)}
                weights.append(
                    {"name": name, "shape": list(values.shape), "dtype": "float32", "quantization": quantization}
                )
                data += stored.tobytes()
            else:
                weights.append({"name": name, "shape": list(values.shape), "dtype": "float32"})
                data += values.tobytes()
    half = len(data) // 3
    for part, piece in enumerate([data[:half], data[half:]]):
        with open(os.path.join(folder, f"group1-shard{part + 1}of2.bin"), "wb") as file:
            file.write(piece)
    manifest = [{"paths": ["group1-shard1of2.bin", "group1-shard2of2.bin"], "weights": weights}]
    topology = {"model_config": {"class_name": "Sequential", "config": {"name": "m", "layers": layers}}}
    with open(os.path.join(folder, "model.json"), "w") as file:
        json.dump({"format": "layers-model", "modelTopology": topology, "weightsManifest": manifest}, file)
    store("browser.x", x)
    store("browser.y", model(x, training=False))


images()
operations()
nested()
sequences()
browser()
