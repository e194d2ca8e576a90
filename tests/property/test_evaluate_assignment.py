from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from whomet.evaluate.assignment import assign

WEIGHTS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(WEIGHTS)
def test_assign_is_one_to_one_and_optimal(weights):
    pairs = assign(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(weights[row][column] > 0 for row, column in pairs)
    size = max(len(weights), len(weights[0]))
    square = [[*row, *[0] * (size - len(row))] for row in weights] + [[0] * size] * (size - len(weights))
    best = max(sum(square[row][column] for row, column in enumerate(order)) for order in permutations(range(size)))
    assert sum(weights[row][column] for row, column in pairs) == best
