"""The bench models in Keras on TensorFlow, compiled to a graph.

time MODEL THREADS SECONDS: milliseconds of one training step (Adam), by the clock (median) and of processor time (mean), as JSON.
"""
import json
import os
import sys
import time

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Places(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=(shape[1], shape[2]))

    def call(self, x):
        return x + self.table


def decoder(h, heads):
    width = h.shape[-1]
    normal = layers.LayerNormalization()(h)
    h = h + layers.MultiHeadAttention(heads, width // heads)(normal, normal, use_causal_mask=True)
    inner = layers.Dense(4 * width)(layers.LayerNormalization()(h))
    inner = layers.Activation(lambda x: keras.activations.gelu(x, approximate=True))(inner)
    return h + layers.Dense(width)(inner)


def encoder(h, heads):
    width = h.shape[-1]
    h = layers.LayerNormalization()(h + layers.MultiHeadAttention(heads, width // heads)(h, h))
    inner = layers.Dense(4 * width)(h)
    inner = layers.Activation(lambda x: keras.activations.gelu(x, approximate=False))(inner)
    return layers.LayerNormalization()(h + layers.Dense(width)(inner))


def residual(x, filters, stride):
    short = x if stride == 1 else layers.Conv2D(filters, 1, strides=stride, use_bias=False)(x)
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same", use_bias=False)(y))
    return layers.ReLU()(y + short)


def build(name):
    if name == "cnn":
        x = layers.Input((28, 28, 1))
        y = layers.Flatten()(layers.MaxPooling2D()(layers.Conv2D(32, 3, activation="relu")(x)))
        y = layers.Dense(10)(layers.Dense(128, activation="relu")(y))
    elif name == "mlp":
        x = layers.Input((784,))
        y = layers.Dense(10)(layers.Dense(512, activation="relu")(layers.Dense(512, activation="relu")(x)))
    elif name == "lstm":
        x = layers.Input((64, 64))
        y = layers.Dense(10)(layers.LSTM(128)(x))
    elif name == "gpt":
        x = layers.Input((128,), dtype="int32")
        y = Places()(layers.Embedding(256, 128)(x))
        for _ in range(4):
            y = decoder(y, 4)
        y = layers.Dense(256)(layers.LayerNormalization()(y))
    elif name == "gru":
        x = layers.Input((64, 64))
        y = layers.Dense(10)(layers.GRU(128)(layers.GRU(128, return_sequences=True)(x)))
    elif name == "table":
        x = layers.Input((100,))
        y = layers.Dense(10)(layers.Dense(64, activation="relu")(layers.Dense(128, activation="relu")(x)))
    elif name == "bert":
        x = layers.Input((128,), dtype="int32")
        y = layers.LayerNormalization()(Places()(layers.Embedding(1000, 256)(x)))
        for _ in range(4):
            y = encoder(y, 4)
        y = layers.Dense(1000)(y)
    else:
        x = layers.Input((32, 32, 3))
        y = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(16, 3, padding="same", use_bias=False)(x)))
        blocks = 1 if name == "resnet" else 3
        for filters, stride in ((16, 1), (32, 2), (64, 2)):
            y = residual(y, filters, stride)
            for _ in range(blocks - 1):
                y = residual(y, filters, 1)
        y = layers.Dense(10)(layers.GlobalAveragePooling2D()(y))
    return keras.Model(x, y)


def batch_of(name):
    r = np.random.default_rng(0)
    if name == "cnn":
        return r.random((128, 28, 28, 1), np.float32), r.integers(10, size=128)
    if name == "mlp":
        return r.random((128, 784), np.float32), r.integers(10, size=128)
    if name in ("lstm", "gru"):
        return r.standard_normal((32, 64, 64), np.float32), r.integers(10, size=32)
    if name == "table":
        return r.random((64, 100), np.float32), r.integers(10, size=64)
    if name == "bert":
        return r.integers(1000, size=(16, 128)), r.integers(1000, size=(16, 128))
    if name == "gpt":
        return r.integers(256, size=(16, 128)), r.integers(256, size=(16, 128))
    return r.random((64, 32, 32, 3), np.float32), r.integers(10, size=64)


def measure(name, threads, seconds):
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    model = build(name)
    optimizer = keras.optimizers.Adam(1e-3)
    losses = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    x, y = (tf.constant(part) for part in batch_of(name))

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = losses(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    for _ in range(5):
        step()
    times = []
    used = time.process_time()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step().numpy()
        times.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - used) * 1000 / len(times)
    print(json.dumps({"ms": float(np.median(times)), "cpu": cpu, "steps": len(times), "version": keras.__version__}))


if __name__ == "__main__":
    measure(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
