"""Every set of awards is tried, one by one, and compared with what the programme answers."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from thorough import examples

from makegood_engine.allocation import (
    CLOSE,
    IN,
    Allocation,
    Application,
    Review,
    Round,
    Rule,
    allocate,
    lot_of,
)
from makegood_engine.tables import TableError

REGIONS = ("north", "south", "east")
LOWEST = -5.0
UNITS = {"count": 1.0, "money": 5000.0, "share": 0.1}


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Up to two rules, on awards, money or a share of the budget, one for each part."""
    found = []
    for where in (("north",), ("south", "east")):
        if draw(st.booleans()):
            measure = draw(st.sampled_from(list(UNITS)))
            least, most = draw(st.none() | st.integers(0, 2)), draw(st.integers(1, 5))
            lower = None if least is None else least * UNITS[measure]
            name = f"{measure} {where[0]}"
            found.append(Rule(name, "region", where, measure, lower, most * UNITS[measure]))
    return tuple(found)


@st.composite
def rounds(draw: st.DrawFn, most: int = 8) -> tuple[list[Application], list[Review], Round]:
    size = draw(st.integers(2, most))
    asks = draw(st.lists(st.integers(1, 12), min_size=size, max_size=size))
    where = draw(st.lists(st.sampled_from(REGIONS), min_size=size, max_size=size))
    names = [f"A{i}" for i in range(size)]
    applications = [
        Application(name, 1000.0 * ask, None, {"region": region})
        for name, ask, region in zip(names, asks, where, strict=True)
    ]
    noise = np.random.default_rng(draw(st.integers(0, 99)))
    reviews = [
        Review(name, who, float(np.round(6 + noise.normal(0, 1.5), 1)))
        for name in names
        for who in ("Dana", "Erin", "Frank")[: 2 + int(noise.integers(2))]
    ]
    budget = 1000.0 * draw(st.integers(1, max(2, sum(asks))))
    weigh = draw(st.sampled_from(["money", "awards"]))
    round_ = Round(budget, "seed", draws=50, weigh=weigh, rules=draw(rules()), lowest=LOWEST)
    return applications, reviews, round_


def allowed(applications: list[Application], round_: Round) -> list[tuple[int, ...]]:
    """Every choice of whole awards that keeps the budget and the rules."""
    return [z for z in product((0, 1), repeat=len(applications)) if keeps(z, applications, round_)]


def keeps(z: tuple[int, ...], applications: list[Application], round_: Round) -> bool:
    if sum(a.asked for a, chosen in zip(applications, z, strict=True) if chosen) > round_.budget:
        return False
    for rule in round_.rules:
        mine = [a for a, c in zip(applications, z, strict=True) if c and rule.holds_for(a)]
        comes = len(mine) if rule.measure == "count" else sum(a.asked for a in mine)
        unit = round_.budget if rule.measure == "share" else 1.0
        if rule.at_least is not None and comes < rule.at_least * unit - 1e-6:
            return False
        if rule.at_most is not None and comes > rule.at_most * unit + 1e-6:
            return False
    return True


def worth(
    found: Allocation, applications: list[Application], reviews: list[Review], round_: Round
) -> list[float]:
    asked = np.array([a.asked for a in applications])
    weight = asked / asked.mean() if round_.weigh == "money" else np.ones(len(asked))
    return [float((p.merit - LOWEST) * w) for p, w in zip(found.places, weight, strict=True)]


def solved(
    case: tuple[list[Application], list[Review], Round],
) -> tuple[list[tuple[int, ...]], Allocation, list[float]]:
    """Every set of awards there is, what the programme answers, and what each award is worth."""
    applications, reviews, round_ = case
    fits = allowed(applications, round_)
    assume(fits)
    found = allocate(applications, reviews, round_)
    return fits, found, worth(found, applications, reviews, round_)


@given(case=rounds())
@settings(max_examples=examples(20), deadline=None)
def test_the_best_plan_is_the_best_there_is(
    case: tuple[list[Application], list[Review], Round],
) -> None:
    applications, reviews, round_ = case
    fits = allowed(applications, round_)
    if not fits:
        with pytest.raises(TableError, match="cannot all be met"):
            allocate(applications, reviews, round_)
        return
    found = allocate(applications, reviews, round_)
    value = np.array(worth(found, applications, reviews, round_))
    assert found.best_value == pytest.approx(
        max(float(np.array(z) @ value) for z in fits), abs=1e-6
    )
    assert found.gap == 0
    awarded = tuple(int(p.awarded > 0) for p in found.places)
    assert awarded in fits
    assert found.value == pytest.approx(float(np.array(awarded) @ value), abs=1e-6)


@given(case=rounds())
@settings(max_examples=examples(15), deadline=None)
def test_lots_are_drawn_as_they_are_described(
    case: tuple[list[Application], list[Review], Round],
) -> None:
    applications, _, round_ = case
    fits, found, _ = solved(case)
    fixed = {i: int(p.decision == IN) for i, p in enumerate(found.places) if p.decision != CLOSE}
    line = [i for i, p in enumerate(found.places) if p.decision == CLOSE]
    for i in sorted(line, key=lambda i: lot_of(applications[i].name, seed=round_.seed)):
        with_it = {**fixed, i: 1}
        can = any(all(z[j] == c for j, c in with_it.items()) for z in fits)
        fixed[i] = int(can)
    assert [int(p.awarded > 0) for p in found.places] == [
        fixed[i] for i in range(len(applications))
    ]
    for place in found.places:
        assert place.decision == CLOSE or (place.share_funded >= 0.9) == (place.decision == IN)


@given(case=rounds())
@settings(max_examples=examples(10), deadline=None)
def test_the_change_said_is_where_the_plan_turns(
    case: tuple[list[Application], list[Review], Round],
) -> None:
    applications, _, round_ = case
    fits, found, value = solved(case)
    asked = np.array([a.asked for a in applications])
    weight = asked / asked.mean() if round_.weigh == "money" else np.ones(len(asked))
    for i, place in enumerate(found.places):
        with_it, without = ([z for z in fits if z[i] == chosen] for chosen in (1, 0))
        if place.change.merit is None:
            assert not (without if place.in_best_plan else with_it)
            assert place.change.stopped_by
            continue
        assert (place.change.merit <= 0) if place.in_best_plan else (place.change.merit >= 0)
        for nudge, chosen in ((1e-6, True), (-1e-6, False)):
            moved = list(value)
            moved[i] += float((place.change.merit + nudge) * weight[i])
            best_with = max(float(np.dot(z, moved)) for z in with_it)
            best_without = max(float(np.dot(z, moved)) for z in without)
            assert (best_with > best_without - 1e-9) == chosen or abs(
                best_with - best_without
            ) < 1e-5


@given(case=rounds(most=6))
@settings(max_examples=examples(15), deadline=None)
def test_the_smaller_sum_said_is_the_largest_that_would_do(
    case: tuple[list[Application], list[Review], Round],
) -> None:
    applications, _, round_ = case
    fits, found, value = solved(case)
    for i, place in enumerate(found.places):
        without = max((float(np.dot(z, value)) for z in fits if not z[i]), default=np.inf)
        if place.in_best_plan or without == np.inf:
            assert place.change.asked is None
            continue
        most = place.change.asked
        for asked in {*range(500, int(place.asked), 500), *([most] if most else [])}:
            smaller = [*applications]
            smaller[i] = replace(smaller[i], asked=float(asked))
            moved = [*value]
            moved[i] *= asked / place.asked if round_.weigh == "money" else 1.0
            with_it = [z for z in allowed(smaller, round_) if z[i]]
            ahead = max((float(np.dot(z, moved)) for z in with_it), default=-np.inf) - without
            assert asked <= (most or 0.0) or ahead < 1e-3
            assert asked != most or ahead > -1e-3


def parts(applications: list[Application], round_: Round, value: np.ndarray) -> Iterator[float]:
    """The best value of every choice, each given in the best parts."""
    asked = np.array([a.asked for a in applications])
    least = np.array([round_.least_share(a) for a in applications])
    for z in product((0, 1), repeat=len(applications)):
        found = linprog(
            -value, A_ub=[asked], b_ub=[round_.budget],
            bounds=[(low * c, c) for low, c in zip(least, z, strict=True)],
        )  # fmt: skip
        if found.status == 0:
            yield -float(found.fun)


@given(case=rounds(most=5), share=st.sampled_from([0.25, 0.6, 0.9]))
@settings(max_examples=examples(15), deadline=None)
def test_partial_awards_are_the_best_there_are(
    case: tuple[list[Application], list[Review], Round], share: float
) -> None:
    applications, reviews, whole = case
    round_ = Round(
        whole.budget,
        "s",
        draws=50,
        weigh=whole.weigh,
        partial=True,
        minimum_share=share,
        lowest=LOWEST,
    )
    found = allocate(applications, reviews, round_)
    value = np.array(worth(found, applications, reviews, round_))
    assert found.best_value == pytest.approx(max(parts(applications, round_, value)), abs=1e-5)
    assert found.spent <= round_.budget + 1e-6
    for place in found.places:
        assert place.awarded == 0 or share * place.asked - 0.01 <= place.awarded <= place.asked
