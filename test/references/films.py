"""The ratings of MovieLens small: places of people and films among those of the training rows, stars."""
import numpy as np
import torch

import common
import tables


def read(folder):
    """Users, films, times and stars; row numbers of training and test. Films that the training rows lack share one more place."""
    table = tables.read(f"{folder}/movielens-small/ratings.csv")
    train, _, test = common.split(len(table["rating"]), test=0.1)
    user, film = (placed(tables.numbers(table[name]).astype(np.int64), train) for name in ("userId", "movieId"))
    film = torch.where(film < 0, film.max() + 1, film)
    stars = torch.tensor(tables.numbers(table["rating"]), dtype=torch.float32)
    return user, film, tables.numbers(table["timestamp"]), stars, train, test


def history(user, film, times, length):
    """The last films of each row's user before it, the latest last, and which of these are real."""
    order = np.lexsort((np.arange(len(user)), times, user))
    before = np.zeros((len(user), length), np.int64)
    known = np.zeros((len(user), length), bool)
    for ago in range(1, length + 1):
        same = user[order[ago:]] == user[order[:-ago]]
        rows, earlier = order[ago:][same], order[:-ago][same]
        before[rows, length - ago], known[rows, length - ago] = film[earlier], True
    return torch.tensor(before), torch.tensor(known)


def placed(column, train):
    values = np.unique(column[train])
    at = np.searchsorted(values, column).clip(max=len(values) - 1)
    return torch.tensor(np.where(values[at] == column, at, -1))
