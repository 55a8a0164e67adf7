"""The network of examples/families/retrieval.model in PyTorch."""
import torch
import torch.nn.functional as F
from torch import nn

import common
import films

WIDTH, HISTORY = 32, 10


def tower(width):
    return nn.Sequential(nn.Linear(width, 64), nn.ReLU(), nn.Linear(64, WIDTH))


class Retrieval(nn.Module):
    def __init__(self):
        super().__init__()
        self.users, self.films = nn.Embedding(700, WIDTH), nn.Embedding(10_000, WIDTH)
        self.ask, self.answer = tower(2 * WIDTH), tower(WIDTH)

    def query(self, user, history, known):
        weights = known.float()[:, :, None]
        seen = (self.films(history) * weights).sum(1) / weights.sum(1).clamp(min=1)
        return F.normalize(self.ask(torch.cat([self.users(user), seen], 1)), dim=1)

    def candidate(self, film):
        return F.normalize(self.answer(self.films(film)), dim=1)


def recall(query, keys, own):
    """The share of queries whose own key is among the first ten of all distinct keys."""
    scores = query @ keys.T
    mine = scores.gather(1, own[:, None])
    return float(((scores > mine).sum(1) < 10).double().mean())


def program(folder):
    user, film, times, _, train, test = films.read(folder)
    history, known = films.history(user.numpy(), film.numpy(), times, HISTORY)
    model = common.keras_start(Retrieval())

    def loss(rows):
        scores = model.query(user[rows], history[rows], known[rows]) @ model.candidate(film[rows]).T / 0.2
        return F.cross_entropy(scores, torch.arange(len(rows)))

    common.train(model, common.adam(model, 2e-3), train, 512, loss, epochs=4)
    distinct, own = film[test].unique(return_inverse=True)
    model.eval()
    with torch.no_grad():
        query = model.query(user[test], history[test], known[test])
        return {"recall@10": recall(query, model.candidate(distinct), own)}


common.run(program)
