"""Where chance moves a provider more than its comparators, the answer says to take care.

The test takes all units to be as noisy as each other. A provider whose own figures are more restless,
or one far smaller whose size is not weighed, is called better or worse too easily. The caution
changes no verdict.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from test_assess import DUE, MONTHS, START

from makegood_engine.verdict import Verdict, assess_one
from makegood_engine.verdict.cautions import RESTLESS, SMALLER

Floats = np.ndarray[Any, np.dtype[np.float64]]


def judged(rows: Floats, *, weights: Floats | None = None, **said: Any) -> Verdict:
    """Judge the first row beside the others."""
    names = ["", *(f"c{i}" for i in range(1, len(rows)))]
    parts = {name: by_month(row) for name, row in zip(names, rows, strict=True)}
    sizes = None
    if weights is not None:
        sizes = {
            name: by_month(row)
            for name, row in zip(names, weights, strict=True)
            if not np.isnan(row).all()
        }
    plain: dict[str, Any] = {
        "better": "up", "starts_on": START, "due_on": DUE, "baseline": 50.0, "alternative": 50.0,
        "target": 51.0, "weights": sizes,
    }  # fmt: skip
    others = {name: part for name, part in parts.items() if name}
    return assess_one(series=parts[""], comparators=others, **(plain | said))


def by_month(row: Floats) -> dict[date, float | None]:
    return dict(zip(MONTHS, row.tolist(), strict=True))


def noisy(draws: np.random.Generator, times: float, follows: float = 0.0) -> Floats:
    """Twelve units about 50 that share a season; the first is so many times as noisy."""
    noise = draws.normal(0, 1, (12, 60))
    for month in range(1, 60):
        noise[:, month] += follows * noise[:, month - 1]
    season = 3 * np.cos(2 * np.pi * np.arange(48) / 12)
    scale = np.r_[times, np.ones(11)][:, None]
    return np.asarray(draws.normal(50, 1, (12, 1)) + season + scale * noise[:, 12:])


def cautioned(times: float, follows: float = 0.0, count: int = 100) -> float:
    draws = np.random.default_rng(7)
    found = [judged(noisy(draws, times, follows)) for _ in range(count)]
    return float(np.mean([RESTLESS in one.reason for one in found]))


@pytest.mark.parametrize("follows", [0.0, 0.7])
def test_an_ordinary_provider_is_seldom_cautioned(follows: float) -> None:
    """With noise equal to its comparators', in at most 5 cases of 100."""
    assert cautioned(1.0, follows) <= 0.05


def test_a_provider_with_thrice_the_noise_is_nearly_always_cautioned() -> None:
    """With twice the noise mostly, with three times nearly always, whatever season all share."""
    assert cautioned(2.0) >= 0.6
    assert cautioned(3.0) >= 0.9


def test_the_caution_is_in_words_and_changes_no_verdict() -> None:
    """The sentence stands behind the reason; a calm provider has none."""
    found = judged(noisy(np.random.default_rng(3), 3.0))
    assert found.reason.endswith(
        "Take care: its figures jump about more than its comparators' do, so “better” or “worse” is "
        "said too easily."
    )
    assert "Take care" not in judged(noisy(np.random.default_rng(3), 0.3)).reason


def test_where_nothing_is_tested_nothing_is_said_of_it() -> None:
    """Without a better direction there is no better to say too easily."""
    assert RESTLESS not in judged(noisy(np.random.default_rng(3), 3.0), better="neutral").reason


def of_size(own: float, missing: int, scatter: Callable[[float], float]) -> Verdict:
    """A provider of one size beside 20 of 1,000, of which some do not say their size."""
    draws = np.random.default_rng(11)
    sizes = np.r_[own, np.full(20, 1000.0)]
    spread = np.array([scatter(size) for size in sizes])[:, None]
    rows = 50 + draws.normal(0, 1, (21, 1)) + spread * draws.normal(0, 1, (21, 48))
    weights = np.repeat(sizes[:, None], 48, axis=1)
    if missing:
        weights[-missing:] = np.nan
    return judged(rows, weights=weights)


def test_a_small_provider_is_cautioned_where_the_test_cannot_weigh_sizes() -> None:
    """One comparator without denominators, and no unit is weighed by them."""
    assert SMALLER in of_size(200, 1, lambda _: 1.0).reason
    assert SMALLER not in of_size(300, 1, lambda _: 1.0).reason
    assert SMALLER not in of_size(5000, 1, lambda _: 1.0).reason
    unsized = of_size(200, 20, lambda _: 1.0)
    assert SMALLER not in unsized.reason


def test_a_small_provider_that_is_weighed_by_its_size_is_not() -> None:
    """Where sizes are weighed, neither being small nor moving as the small do is a surprise."""
    draws = np.random.default_rng(5)
    sizes = np.r_[30.0, np.exp(draws.uniform(5.5, 8, 20))]
    people = np.repeat(sizes[:, None], 48, axis=1)
    events = draws.binomial(people.astype(int), 0.3).astype(float)
    rows = 100 * events / people
    names = ["", *(f"c{i}" for i in range(1, 21))]
    counts = {name: by_month(row) for name, row in zip(names, events, strict=True)}
    found = judged(
        rows, weights=people, counts=counts, baseline=30.0, alternative=30.0, target=33.0
    )
    assert "Take care" not in found.reason
    assert RESTLESS in judged(rows, baseline=30.0, alternative=30.0, target=33.0).reason


@pytest.mark.parametrize("own", [8.0, 400.0])
def test_counts_move_as_counts_do_and_that_is_no_surprise(own: float) -> None:
    """On the log scale a small count may move more than large ones, and a large one in its unit."""
    found = []
    for seed in range(40):
        draws = np.random.default_rng(seed)
        mean = np.r_[own, np.exp(draws.uniform(3, 5, 20))][:, None]
        rows = draws.poisson(mean, (21, 48)).astype(float)
        found.append(judged(rows, scale="rate", baseline=own, alternative=own, target=own + 1))
    assert np.mean([RESTLESS in one.reason for one in found]) <= 0.05


def test_counts_that_move_more_than_counts_do_are_cautioned() -> None:
    """A count that doubles one month and halves the next is restless on either scale."""
    draws = np.random.default_rng(1)
    rows = draws.poisson(40.0, (21, 48)).astype(float)
    rows[0] = np.tile([80.0, 20.0], 24) + draws.integers(0, 5, 48)
    assert RESTLESS in judged(rows, scale="rate", baseline=50.0, alternative=50.0).reason
