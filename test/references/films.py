"""The ratings of MovieLens small: places of people and films among those of the training rows, stars."""
import numpy as np
import torch

import common
import tables


def read(folder):
    """User, film (−1 where the training rows lack it), stars; row numbers of training and test."""
    table = tables.read(f"{folder}/movielens-small/ratings.csv")
    train, _, test = common.split(len(table["rating"]), test=0.1)
    user, film = (placed(tables.numbers(table[name]).astype(np.int64), train) for name in ("userId", "movieId"))
    return user, film, torch.tensor(tables.numbers(table["rating"]), dtype=torch.float32), train, test


def placed(column, train):
    values = np.unique(column[train])
    at = np.searchsorted(values, column).clip(max=len(values) - 1)
    return torch.tensor(np.where(values[at] == column, at, -1))
