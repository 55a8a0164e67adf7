"""Tables read as Modelwright reads them: columns by name, empty cells, numbers of values in sorted order."""
import csv

import numpy as np


def read(path, separator=","):
    """Columns by name; every cell a text, an empty one the empty text."""
    with open(path, newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file, delimiter=separator)
    return {name: np.array([row[i] for row in rows], dtype=object) for i, name in enumerate(head)}


def numbers(column):
    """Decimal numbers; an empty cell is no number."""
    return np.array([float(cell) if cell != "" else np.nan for cell in column])


def filled(column, train, how):
    """Empty cells of numbers become the mean or the median of the training rows."""
    known = column[train]
    value = {"mean": np.nanmean, "median": np.nanmedian}[how](known)
    return np.where(np.isnan(column), value, column)


def places(column, train):
    """The place of each value among the sorted values of the training rows."""
    values = sorted(set(column[train]))
    return np.array([values.index(value) for value in column])


def one_hot(column, train):
    at = places(column, train)
    return np.eye(at.max() + 1)[at]


def normal(columns, train):
    """Mean 0 and deviation 1 by the training rows."""
    stacked = np.stack(columns, 1)
    return (stacked - stacked[train].mean(0)) / stacked[train].std(0)
