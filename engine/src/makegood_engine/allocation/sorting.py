"""In, out or too close to call: who is funded when merit is drawn again and again."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from makegood_engine.allocation.forms import Application, Round
from makegood_engine.allocation.programme import EXACT, NEAR, Floats, Plan, Programme

IN, OUT, CLOSE = "in", "out", "too close to call"
TIE = 1e-6
"""Merits nearer than about this share of their range or size are ties, broken afresh in each draw."""
LOTS = (
    "sha256-lot-1: applications too close to call stand in line by the SHA-256 (in hexadecimal) of the "
    "word lot, the seed and the application's name, with a line break between each, in UTF-8. Down the "
    "line, each is funded in full if the budget and every rule can still be met with it; else in part, "
    "where the round allows it; else not."
)
"""How lots are drawn, in words enough to draw them again."""
Report = Callable[[int], None]


def lot_of(name: str, *, seed: str) -> str:
    """The SHA-256 that orders an application among those too close to call.

    Of `lot`, the round's `seed` and the application's `name` with a line break between each, in
    UTF-8, as 64 hexadecimal digits; the smallest is first. Source: FIPS 180-4.
    """
    return sha256(f"lot\n{seed}\n{name}".encode()).hexdigest()


def shares_funded(
    applications: Sequence[Application], round_: Round, draws: Floats, report: Report
) -> Floats:
    """The share of draws float64[draws, n] in which each is funded, in full or in part. Shape [n].

    Each draw is decided as the round itself is: by a real set of awards within the budget and the
    rules, the best there is in a round of up to `EXACT` applications, in a larger one within `NEAR`.
    """
    gap = 0.0 if len(applications) <= EXACT else NEAR
    programme = Programme(applications, round_, whole=True, gap=gap)
    source = np.random.default_rng(int(sha256(f"tie\n{round_.seed}".encode()).hexdigest(), 16))
    found = np.zeros(len(applications))
    width = max(float(np.ptp(draws)), float(np.abs(draws).max()), 1e-3) * TIE
    for done, draw in enumerate(draws, start=1):
        programme.price(draw + width * source.standard_normal(len(draw)))
        plan = programme.solve()
        assert plan is not None, "the rules were seen to be met before any draw"
        found += plan.chosen > 0.5
        report(done)
    return found / len(draws)


def sort_by(funded: Floats, *, sure: float) -> list[str]:
    """Sort applications by the share of draws in which each is funded."""
    return [IN if f >= sure else OUT if f <= 1 - sure else CLOSE for f in funded]


def settle(
    applications: Sequence[Application],
    round_: Round,
    value: Floats,
    *,
    decisions: list[str],
    funded: Floats,
    barred: NDArray[np.bool_],
) -> Floats:
    """Settle what is too close to call by lots; the share of what it asked each is given.

    Those in keep the amounts of the best plan that has all of them in and all those out, out.
    Where no plan has, the least certain are moved, in place, to *too close to call*. Shape [n].
    """
    programme = Programme(applications, round_, whole=True)
    programme.price(value)
    plan = _first_plan(programme, decisions, funded, barred)
    given = np.zeros(len(applications))
    for i, decision in enumerate(decisions):
        if decision == IN:
            given[i] = _whole_pence(plan.share[i], applications[i].asked)
            programme.give(i, given[i], given[i])
    programme.worth(np.zeros(len(applications)))
    line = [i for i, decision in enumerate(decisions) if decision == CLOSE and not barred[i]]
    line.sort(key=lambda i: lot_of(applications[i].name, seed=round_.seed))
    for place in line:
        given[place] = _try(programme, place, applications[place].asked)
    return given


def _try(programme: Programme, place: int, asked: float) -> float:
    """Fund one application in full if that can be, else in part, else not at all."""
    programme.choose(place, 1, 1)
    programme.give(place, 1, 1)
    if programme.solve() is not None:
        return 1.0
    if programme.offset:
        programme.give(place, 0, 1)
        only = np.zeros(programme.size)
        only[place] = 1.0
        programme.worth(only)
        plan = programme.solve()
        programme.worth(np.zeros(programme.size))
        if plan is not None:
            part = _whole_pence(plan.share[place], asked)
            programme.give(place, part, part)
            return part
    programme.give(place, 0, 0)
    programme.choose(place, 0, 0)
    return 0.0


def _first_plan(
    programme: Programme, decisions: list[str], funded: Floats, barred: NDArray[np.bool_]
) -> Plan:
    """The best plan that keeps to the decisions, after moving the fewest that stand in its way."""
    for i, decision in enumerate(decisions):
        low, high = float(decision == IN), float(decision != OUT)
        programme.choose(i, 0.0 if barred[i] else low, 0.0 if barred[i] else high)
    while (plan := programme.solve()) is None:
        firm = [i for i, d in enumerate(decisions) if d != CLOSE and not barred[i]]
        moved = min(firm, key=lambda i: (abs(funded[i] - 0.5), i))
        decisions[moved] = CLOSE
        programme.choose(moved, 0, 1)
    return plan


def _whole_pence(share: float, asked: float) -> float:
    """A share that comes to whole pence, never more than the one given."""
    if share >= 1 - 1e-9:
        return 1.0
    return max(0.0, float(np.floor(share * asked * 100 + 1e-4)) / 100 / asked)
