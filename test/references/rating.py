"""The network of examples/families/rating.model in PyTorch."""
import torch
from torch import nn

import common
import films

USERS, FILMS, PAIRS, WIDTH = 700, 10_000, 20_000, 16


def bucket(user, film):
    """The bucket of a pair, by the hash of Modelwright's `Cross`."""
    both = 0
    for prime, factor, summand in ((32_749, 28_411, 12_289), (32_719, 17_891, 29_077)):
        state = torch.zeros_like(user)
        for value in (user, film):
            for part in (value % 32_768, value // 32_768 % 32_768):
                state = (state * factor + part + summand) % prime
        both = both * 32_719 + state
    return both % PAIRS


class WideAndDeep(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = nn.ModuleList(nn.Embedding(size, 1) for size in (USERS, FILMS, PAIRS))
        self.user, self.film = nn.Embedding(USERS, WIDTH), nn.Embedding(FILMS, WIDTH)
        self.deep = nn.Sequential(
            nn.Linear(2 * WIDTH, 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1)
        )

    def forward(self, user, film):
        wide = sum(table(at) for table, at in zip(self.wide, (user, film, bucket(user, film))))
        return (3.5 + wide + self.deep(torch.cat([self.user(user), self.film(film)], 1)))[:, 0]


def program(folder):
    user, film, _, stars, train, test = films.read(folder)
    model = common.keras_start(WideAndDeep())
    for table in model.wide:
        nn.init.zeros_(table.weight)
    error = lambda rows: (model(user[rows], film[rows]) - stars[rows]).square()
    optimizer = torch.optim.Adagrad(model.parameters(), lr=0.02, initial_accumulator_value=0.1, eps=1e-7)
    common.train(model, optimizer, train, 256, lambda rows: error(rows).mean(), epochs=5)
    return {"rmse": common.mean_over(model, test, 256, error) ** 0.5}


common.run(program)
