"""Every input leads to exactly one verdict: the table, enumerated against its own rows."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from makegood_engine.verdict import Facts, Finding, verdict_on
from makegood_engine.verdict.rules import FINDINGS, findings_on

NAN = float("nan")
ALPHA = 0.05


def is_alone(facts: Facts) -> bool:
    """Is there nobody to be held against, and is it not the history that is missing?"""
    short_but_for_history = facts.n_before < facts.needed and facts.pool >= 5
    return (facts.comparators < 5 or facts.still) and not short_but_for_history


def speaks_of_target(facts: Facts) -> bool:
    has_direction = facts.better != "neutral"
    return has_direction and (facts.annual or is_alone(facts)) and facts.reached is not None


def waits(facts: Facts) -> bool:
    """Is there a direction, and more to be said than whether the target was met?"""
    return facts.better != "neutral" and not speaks_of_target(facts)


def judged(facts: Facts) -> bool:
    """Has the promise come as far as the test?"""
    return waits(facts) and facts.n_before >= facts.needed and facts.n_after >= facts.needed


def is_better(facts: Facts) -> bool:
    return facts.p_better <= ALPHA and not is_worse(facts)


def is_worse(facts: Facts) -> bool:
    return facts.p_worse <= ALPHA


UNTESTED: dict[Finding, Callable[[Facts], bool]] = {
    Finding.NONE: lambda f: f.better == "neutral",
    Finding.REACHED: lambda f: speaks_of_target(f) and f.reached is True,
    Finding.NOT_REACHED: lambda f: speaks_of_target(f) and f.reached is False,
    Finding.NO_HISTORY: lambda f: waits(f) and f.n_before < f.needed,
    Finding.TOO_SOON: lambda f: waits(f) and f.n_before >= f.needed > f.n_after,
}
"""The rows that come before the test, each said whole."""
ROWS: dict[Finding, Callable[[Facts], bool]] = {
    Finding.WORSE: is_worse,
    Finding.DELIVERED: lambda f: is_better(f) and f.effect >= f.promised_added,
    Finding.IMPROVED: lambda f: is_better(f) and f.effect < f.promised_added <= f.upper,
    Finding.SHORT: lambda f: is_better(f) and f.upper < f.promised_added and f.effect < f.upper,
    Finding.NO_CHANGE: lambda f: (
        not is_better(f) and not is_worse(f) and f.upper < f.promised_added
    ),
    Finding.CANNOT_TELL: lambda f: (
        not is_better(f) and not is_worse(f) and f.upper >= f.promised_added
    ),
}
"""The rows that rest on the test, each said whole, so that no two can hold at once."""


def every_case() -> list[Facts]:
    tests = [
        (effect, effect + half, p_better, p_worse)
        for effect, half in product([-2.0, 0.0, 0.5, 1.0, 1.5], [0.1, 0.7, 2.5])
        for p_better, p_worse in [(0.01, 1.0), (0.05, 1.0), (0.3, 0.8), (0.9, 0.2), (1.0, 0.02)]
    ]
    return [
        Facts(better, annual, *pool, reached, before, after, 11, promised, *test, still=still)
        for better, annual, pool, reached, before, after, promised, still in product(
            ["up", "neutral"], [False, True], [(0, 4), (4, 4), (0, 30), (4, 30), (5, 5), (19, 30)],
            [True, False, None], [10, 11], [10, 11], [-1.0, 0.0, 1.0], [False, True],
        )
        for test in tests
    ]  # fmt: skip


def test_every_case_has_exactly_one_verdict_and_it_is_the_table_s() -> None:
    cases = every_case()
    met = set()
    columns = zip(*cases, strict=True)
    by_name: dict[str, Any] = {
        name: np.array(cells) for name, cells in zip(Facts._fields, columns, strict=True)
    }
    by_name["neutral"] = by_name.pop("better") == "neutral"
    by_name["reached"] = by_name["reached"].astype(np.float64)  # None becomes NaN
    del by_name["lower"]
    said = [FINDINGS[code] for code in findings_on(**by_name, alpha=ALPHA).tolist()]
    assert [verdict_on(facts) for facts in cases[::41]] == said[::41]
    for facts, found in zip(cases, said, strict=True):
        met.add(found)
        if not judged(facts):
            assert [row for row, holds in UNTESTED.items() if holds(facts)] == [found]
            continue
        assert [row for row, holds in ROWS.items() if holds(facts)] == [found]
    assert met == set(Finding)
    assert len(cases) > 10_000


def facts(**said: object) -> Facts:
    plain: dict[str, object] = {
        "better": "up", "annual": False, "comparators": 20, "pool": 20, "reached": True,
        "n_before": 12, "n_after": 12, "needed": 11, "promised_added": 1.0, "effect": 1.2,
        "upper": 2.0, "p_better": 0.04, "p_worse": 0.97,
    }  # fmt: skip
    return Facts(**(plain | said))  # type: ignore[arg-type]  # names are checked by Facts


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"better": "neutral", "comparators": 0}, Finding.NONE),
        ({"comparators": 4}, Finding.REACHED),
        ({"comparators": 4, "reached": False, "pool": 4, "n_before": 0}, Finding.NOT_REACHED),
        ({"comparators": 0, "reached": True, "pool": 24, "n_before": 0}, Finding.NO_HISTORY),
        ({"comparators": 0, "reached": True, "pool": 24}, Finding.REACHED),
        ({"comparators": 0, "pool": 24, "n_before": 0, "annual": True}, Finding.REACHED),
        ({"still": True}, Finding.REACHED),
        ({"still": True, "n_before": 10}, Finding.NO_HISTORY),
        ({"annual": True, "n_after": 1}, Finding.REACHED),
        ({"n_before": 10, "n_after": 0}, Finding.NO_HISTORY),
        ({"n_after": 10}, Finding.TOO_SOON),
        ({"comparators": 0, "reached": None, "n_after": 0}, Finding.TOO_SOON),
        ({"comparators": 3, "reached": None, "n_after": 0, "effect": NAN}, Finding.TOO_SOON),
        ({"p_better": 1.0, "p_worse": 0.05, "effect": -1.0}, Finding.WORSE),
        ({}, Finding.DELIVERED),
        ({"effect": 1.0}, Finding.DELIVERED),
        ({"effect": 0.9, "upper": 1.0}, Finding.IMPROVED),
        ({"effect": 0.5, "upper": 0.9}, Finding.SHORT),
        ({"p_better": 0.06, "upper": 0.9}, Finding.NO_CHANGE),
        ({"p_better": 0.06, "upper": 1.0}, Finding.CANNOT_TELL),
    ],
)
def test_each_row_of_the_table(said: dict[str, object], expected: Finding) -> None:
    assert verdict_on(facts(**said)) is expected
