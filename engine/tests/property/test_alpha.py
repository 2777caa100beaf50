"""Alpha against its own definition, pair by pair, and its interval against a known truth."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood_engine.themes import Level, krippendorff_alpha

CELL = st.sampled_from([0.0, 1.0, 2.5, 7.0, float("nan")])
TABLES = st.integers(1, 4).flatmap(
    lambda coders: st.lists(st.lists(CELL, min_size=coders, max_size=coders), max_size=7)
)


def by_definition(table: list[list[float]], level: str) -> float | None:
    """The coincidences counted pair by pair, and the distances as they are printed."""
    units = [[v for v in row if not np.isnan(v)] for row in table]
    units = [unit for unit in units if len(unit) >= 2]
    values = sorted({v for unit in units for v in unit})
    together = dict.fromkeys(product(values, values), 0.0)
    for unit in units:
        for i, j in product(range(len(unit)), repeat=2):
            if i != j:
                together[unit[i], unit[j]] += 1 / (len(unit) - 1)
    often = {a: sum(together[a, b] for b in values) for a in values}
    n = sum(often.values())

    def distance(a: float, b: float) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2 if a + b else 0.0
        low, high = min(a, b), max(a, b)
        between = sum(often[v] for v in values if low <= v <= high)
        return float((between - (often[a] + often[b]) / 2) ** 2)

    apart = sum(together[a, b] * distance(a, b) for a, b in together)
    chance = sum(often[a] * often[b] * distance(a, b) for a, b in together)
    return 1 - (n - 1) * apart / chance if chance else None


@given(table=TABLES, level=st.sampled_from(list(Level)))
@settings(max_examples=300, deadline=None)
def test_alpha_is_its_definition(table: list[list[float]], level: Level) -> None:
    cells = np.array(table or np.empty((0, 2)), dtype=float)
    found = krippendorff_alpha(cells, level=level, resamples=5)
    expected = by_definition(table, level.value)
    if expected is None:
        assert found.alpha is None
        assert found.reason
    else:
        assert found.alpha == pytest.approx(expected, abs=1e-9)
        assert found.lower is not None or found.reason


@given(table=TABLES, level=st.sampled_from(list(Level)), seed=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_names_of_coders_matter(
    table: list[list[float]], level: Level, seed: int
) -> None:
    cells = np.array(table or np.empty((0, 2)), dtype=float)
    mixed = np.random.default_rng(seed).permuted(cells, axis=1)
    once = krippendorff_alpha(cells, level=level, resamples=0).alpha
    assert krippendorff_alpha(mixed, level=level, resamples=0).alpha == pytest.approx(
        once, abs=1e-9
    )


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Coders who each keep the truth 8 times in 10 agree at a known alpha: 0.36."""
    draws = np.random.default_rng(7)
    covered = 0
    for _ in range(200):
        truth = draws.random((100, 1)) < 0.5
        table = np.where(draws.random((100, 2)) < 0.8, truth, ~truth)
        found = krippendorff_alpha(table, resamples=300)
        assert found.lower is not None
        assert found.upper is not None
        covered += found.lower <= 0.36 <= found.upper
    assert 0.90 <= covered / 200 <= 0.99
