"""What bench/data.ts compares with: a DataLoader of PyTorch over a folder of pictures, and pandas over a table."""
import json
import os
import sys
import time


def pictures(folder, side, border, workers, epochs):
    import numpy as np
    import torch
    from PIL import Image

    torch.set_num_threads(1)
    classes = sorted(os.listdir(folder))
    files = [(os.path.join(folder, name, file), i) for i, name in enumerate(classes) for file in sorted(os.listdir(os.path.join(folder, name)))]

    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return len(files)

        def __getitem__(self, i):
            path, label = files[i]
            with Image.open(path) as picture:
                pixels = np.asarray(picture.convert("RGB"))
            padded = np.pad(pixels, ((border, border), (border, border), (0, 0)))
            y, x = torch.randint(0, 2 * border + 1, (2,)).tolist()
            pixels = padded[y : y + side, x : x + side]
            if torch.rand(()) < 0.5:
                pixels = pixels[:, ::-1]
            return torch.from_numpy(np.ascontiguousarray(pixels)).float().div_(255), label

    loader = torch.utils.data.DataLoader(Pictures(), batch_size=64, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    began = os.times()
    rows = sum(len(labels) for _ in range(epochs) for _, labels in loader)
    # The time of workers is known once they have ended.
    loader._iterator = None
    ended = os.times()
    used = sum(ended[i] - began[i] for i in range(4))
    return [used / rows]


def table(path):
    import pandas

    times = []
    for _ in range(3):
        began = time.process_time()
        frame = pandas.read_csv(path)
        frame.select_dtypes("number").to_numpy("float32")
        times.append(time.process_time() - began)
    return times


task, *args = sys.argv[1:]
if task == "pictures":
    print(json.dumps(pictures(args[0], *map(int, args[1:]))))
else:
    print(json.dumps(table(args[0])))
