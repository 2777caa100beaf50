"""How far apart a series' periods are, though some are missing and a few are stray."""

import numpy as np
import pytest

from makegood_engine.effect.windows import pace_of


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([], (1, 0)),
        ([5], (1, 0)),
        (list(range(3, 40, 3)), (3, 0)),
        ([1, 4, 10, 13, 16, 22], (3, 1)),
        ([2, 4, 7, 9, 12, 14, 17], (1, 0)),
        ([0, 6, 10, 16, 20], (2, 0)),
        ([*range(2, 142, 7), 143], (7, 2)),
        ([*range(0, 63, 7), 64, 66], (1, 0)),
    ],
)
def test_the_pace_is_the_one_nine_in_ten_keep(
    columns: list[int], expected: tuple[int, int]
) -> None:
    assert pace_of(np.array(columns, dtype=np.int64)) == expected
