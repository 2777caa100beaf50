"""Who may be a comparator, and who is chosen."""

import numpy as np
import pytest
from numpy.typing import NDArray

from makegood_engine.effect import choose
from makegood_engine.effect.pool import ABSENT, ELIGIBLE, FROZEN, INCOMPLETE, standing

Floats = NDArray[np.float64]
LIVELY = np.array([4.0, 4.2, 4.1, 4.4, 4.3, 4.0, 4.1, 4.5, 4.2, 4.3, 4.1, 4.4])


def judged(row: Floats) -> int:
    return int(standing(row, 0, len(row), 1, 0.9))


def gaps(count: int) -> Floats:
    row = LIVELY.copy()
    row[:count] = np.nan
    return row


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (LIVELY, ELIGIBLE),
        (gaps(1), ELIGIBLE),
        (gaps(2), INCOMPLETE),
        (gaps(12), ABSENT),
        (np.full(12, 8.24), FROZEN),
        (np.r_[np.full(11, 8.24), 8.3], FROZEN),
        (np.r_[np.full(6, 8.24), LIVELY[:6]], ELIGIBLE),
        *((np.full(12, end), ELIGIBLE) for end in (0.0, 1.0, 100.0)),
    ],
)
def test_standing(row: Floats, expected: int) -> None:
    assert judged(row) == expected


def test_a_window_outside_the_figures_is_absent() -> None:
    assert standing(LIVELY, 20, 32, 1, 0.9) == ABSENT
    assert standing(LIVELY, -12, 0, 1, 0.9) == ABSENT


def rows() -> Floats:
    """The provider, its double, one alike in level, one alike in movement, one in neither."""
    other = LIVELY[::-1]
    return np.stack([LIVELY, LIVELY + 0.01, other, LIVELY + 3, other * 2 + 5])


def test_the_most_alike_come_first() -> None:
    found = choose(rows(), 0, count=2, seed=1)
    assert set(found.rows) == {1, 2}
    assert found.considered == 4
    assert found.left_out == {"the provider itself": 1}
    assert found.rule == "nearest-level-and-movement-2"


def test_a_restless_provider_is_held_against_the_restless() -> None:
    """Matching its every movement would pick the calm, beside whom chance looks large."""
    draws = np.random.default_rng(5)
    restless, calm = (4 + draws.normal(0, size, (20, 12)) for size in (1.0, 0.1))
    found = choose(
        np.vstack([4 + draws.normal(0, 1.0, (1, 12)), calm, restless]), 0, count=8, seed=1
    )
    assert sum(row > 20 for row in found.rows) >= 7


def test_those_who_do_not_last_are_left_out_and_counted() -> None:
    after = rows()
    after[1] = np.nan
    found = choose(rows(), 0, count=4, seed=1, after=after)
    assert 1 not in found.rows
    assert found.left_out == {"the provider itself": 1, "no figures": 1}


@pytest.mark.parametrize(("kinds", "is_copy"), [(2, False), (3, True)])
def test_figures_that_hardly_differ_may_be_alike_by_chance(kinds: int, is_copy: bool) -> None:
    """A double of the provider has as many figures as it; two without falls are not one."""
    own = np.resize(np.arange(float(kinds)), 12)
    found = choose(np.stack([own, own, LIVELY]), 0, count=2, seed=1)
    assert (1 not in found.rows) is is_copy


def test_ties_fall_by_the_seed_and_always_the_same_way() -> None:
    alike = np.tile(LIVELY, (30, 1))
    alike[1:] += 0.5
    first, again, other = (choose(alike, 0, count=10, seed=s).rows for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_provider_without_figures_still_has_a_pool() -> None:
    unknown = rows()
    unknown[0] = np.nan
    assert len(choose(unknown, 0, count=3, seed=1).rows) == 3


def test_a_gap_does_not_make_a_unit_calmer_than_it_is() -> None:
    """Movement is by the step that is known: a missing month takes two steps away, not their size."""
    swing = np.tile([1.0, -1.0], 6)
    gap = 5 + swing
    gap[5] = np.nan
    gap += 5 - np.nanmean(gap)
    rows = np.stack([5 + swing, gap, 5 - 1.03 * swing])
    assert choose(rows, 0, count=2, seed=1).rows == (1, 2)
