"""The network of examples/families/vae.model in PyTorch."""
import torch
import torch.nn.functional as F
from torch import nn

import common
import mnist_files


class Vae(nn.Module):
    def __init__(self, latent=8):
        super().__init__()
        # Padding `same` at stride 2 puts its one line of zeros at the end.
        end = nn.ZeroPad2d((0, 1, 0, 1))
        self.encode = nn.Sequential(
            end, nn.Conv2d(1, 16, 3, 2), nn.ReLU(), end, nn.Conv2d(16, 32, 3, 2), nn.ReLU(), nn.Flatten(), nn.Linear(1568, 64), nn.ReLU()
        )
        self.mean, self.logvar = nn.Linear(64, latent), nn.Linear(64, latent)
        self.hidden = nn.Linear(latent, 1568)
        self.paint1, self.paint2 = nn.ConvTranspose2d(32, 16, 3, 2), nn.ConvTranspose2d(16, 1, 3, 2)

    def forward(self, x):
        h = self.encode(x)
        mean, logvar = self.mean(h), self.logvar(h)
        z = mean + torch.exp(0.5 * logvar) * torch.randn_like(mean)
        h = F.relu(self.hidden(z)).view(-1, 32, 7, 7)
        # The whole painting is one line larger than `same`, which keeps its beginning.
        h = F.relu(self.paint1(h)[:, :, :14, :14])
        scores = self.paint2(h)[:, :, :28, :28]
        kl = -0.5 * (1 + logvar - mean**2 - logvar.exp()).sum(1)
        return F.binary_cross_entropy_with_logits(scores, x, reduction="none").sum((1, 2, 3)) + kl


def program(folder):
    images, _ = mnist_files.read(folder, "train")
    train, validation, _ = common.split(len(images), validation=0.1)
    model = common.keras_start(Vae())
    of = lambda rows: model(images[rows] / 255)
    rate = common.cosine(2e-3, 5 * -(-len(train) // 128))
    common.train(model, common.adam(model, 2e-3), train, 128, lambda rows: of(rows).mean(), epochs=5, rate=rate)
    return {"negative ELBO": common.mean_over(model, validation, 256, of)}


common.run(program)
