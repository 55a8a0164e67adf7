"""Sounds read as Modelwright reads them, and its front ends of sound."""
import glob
import math
import os
import wave

import numpy as np


def spoken_digits(folder):
    """Paths in the order of their names, with digit, speaker and take."""
    paths = sorted(glob.glob(f"{folder}/spoken-digits/*.wav"))
    parts = [os.path.basename(path)[:-4].split("_") for path in paths]
    return paths, [part[0] for part in parts], [part[1] for part in parts], np.array([int(part[2]) for part in parts])


def decoded(path):
    with wave.open(path) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def fitted(sound, length):
    cut = sound[:length]
    return np.pad(cut, (0, length - len(cut)))


def mfcc(sounds, frame=256, step=128, bands=40, kept=13, rate=8000, low=20):
    """Cosine transform of the logarithm of mel bands of the power spectrum, [sounds, frames, kept]."""
    count = (sounds.shape[1] - frame) // step + 1
    window = 0.5 - 0.5 * np.cos(2 * math.pi * np.arange(frame) / frame)
    frames = np.stack([sounds[:, i * step : i * step + frame] for i in range(count)], 1) * window
    power = np.abs(np.fft.rfft(frames)) ** 2
    mel = lambda hertz: 1127 * np.log(1 + hertz / 700)
    at = mel(np.arange(frame // 2 + 1) * rate / frame)
    first, last = mel(low), mel(rate / 2)
    width = (last - first) / (bands + 1)
    centers = first + width * (np.arange(bands) + 1)
    matrix = np.maximum(0, 1 - np.abs(at[:, None] - centers) / width)
    matrix[0] = 0
    logs = np.log(power @ matrix + 1e-6)
    waves = np.cos(math.pi * np.arange(kept) * (2 * np.arange(bands)[:, None] + 1) / (2 * bands))
    return logs @ (waves * 2 / math.sqrt(2 * bands))
