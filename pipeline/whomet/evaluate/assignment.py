"""Optimal one-to-one assignment, exact and without further libraries."""

from __future__ import annotations

from collections.abc import Sequence


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a matrix, each row and column at most once, whose sum of weights is the greatest.

    weights: not negative; pairs of weight 0 are left out. Pairs come in ascending order of rows. O(n^2 m) time.
    Source: the Hungarian method with potentials, by shortest augmenting paths (Jonker and Volgenant 1987).
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = assign([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    width = len(weights[0])
    row_potential, column_potential = [0.0] * len(weights), [0.0] * width
    row_of = [-1] * width  # which row holds a column; -1 for none
    for row in range(len(weights)):
        slack, came_from = [float("inf")] * width, [-1] * width
        open_columns, closed_columns, path_row, last = list(range(width))[::-1], list[int](), row, -1
        while True:
            for column in open_columns:
                reduced = -weights[path_row][column] - row_potential[path_row] - column_potential[column]
                if reduced < slack[column]:
                    slack[column], came_from[column] = reduced, last
            place = _nearest(open_columns, slack, row_of)
            last = open_columns[place]
            step = slack[last]
            row_potential[row] += step
            for column in open_columns:
                slack[column] -= step
            for column in closed_columns:
                row_potential[row_of[column]] += step
                column_potential[column] -= step
            closed_columns.append(last)
            open_columns[place] = open_columns[-1]
            open_columns.pop()
            if row_of[last] < 0:
                break
            path_row = row_of[last]
        while last >= 0:
            row_of[last] = row_of[came_from[last]] if came_from[last] >= 0 else row
            last = came_from[last]
    return sorted((row, column) for column, row in enumerate(row_of) if row >= 0 and weights[row][column] > 0)


def _nearest(open_columns: Sequence[int], slack: Sequence[float], row_of: Sequence[int]) -> int:
    """Place in `open_columns` of the column of least slack; of equal ones, the last that no row has taken, else the first.

    The rule for ties is SciPy's, so that of several optima both choose the same.
    """
    nearest = min(slack[column] for column in open_columns)
    ties = [place for place, column in enumerate(open_columns) if slack[column] == nearest]
    free = [place for place in ties if row_of[open_columns[place]] < 0]
    return free[-1] if free else ties[0]
