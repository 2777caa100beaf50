"""What would have changed it: the smallest change in merit that turns the plan about.

With everyone else's merit as it is, two plans are found for each application: the best with it
and the best without. The rise (or fall) in its own merit that makes them equal is where the
answer turns. In a round of up to `EXACT` applications both plans are exact; in a larger one they
are those of the linear relaxation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from makegood_engine.allocation.forms import Application, Round
from makegood_engine.allocation.programme import BUDGET, EXACT, Floats, Programme, clashing

STEPS = 20
"""Times a partial award's size is looked at again as its merit rises."""


@dataclass(frozen=True, slots=True)
class Change:
    """How far one application's merit is from where the plan turns.

    `merit` is above 0 for one that must rise to be funded, and below 0 for one that would lose
    it; None where no merit would turn it, and `stopped_by` names the limits that do. `asked` is the
    most it could have asked for, with its merit as it is, to be in the best plan and be given all of it; None
    where it is in, where no sum would do, and in rounds too large for exact plans.
    """

    merit: float | None
    stopped_by: tuple[str, ...] = ()
    asked: float | None = None


def changes(
    applications: Sequence[Application],
    round_: Round,
    value: Floats,
    missing: Floats,
    chosen: NDArray[np.bool_],
) -> list[Change]:
    """Find the change for every application; `chosen` says who is in the best plan.

    `value` is merit above what counts for nothing; `missing` how far each is below the line, to
    which it must rise as well.
    """
    whole = len(applications) <= EXACT
    programme = Programme(applications, round_, whole=whole)
    barred = missing > 0
    programme.price(value)
    for i, out in enumerate(barred):
        programme.choose(i, 0, float(not out))
    found = []
    for i in range(len(applications)):
        change = _turn(programme, i, value)
        if change is None:
            change = _stopped(applications, round_, barred, i, inside=bool(chosen[i]))
        elif chosen[i]:
            change = Change(min(change.merit or 0.0, 0.0))
        else:
            change = Change(max(change.merit or 0.0, float(missing[i])))
        if whole and not chosen[i] and not barred[i]:
            change = replace(change, asked=_less(applications, round_, value, barred, i))
        found.append(change)
        programme.choose(i, 0, float(not barred[i]))
        programme.price(value)
    return found


def _turn(programme: Programme, place: int, value: Floats) -> Change | None:
    """Where the best plans with and without one application are worth the same."""
    programme.choose(place, 0, 0)
    without = programme.solve()
    programme.choose(place, 1, 1)
    added = 0.0
    raised = value.copy()
    for _ in range(STEPS):
        with_it = programme.solve()
        if with_it is None or without is None:
            return None
        given = with_it.share[place] * programme.weight[place]
        step = (without.value - with_it.value) / given
        added += step
        if not programme.offset or abs(step) < 1e-9:
            break
        raised[place] = value[place] + added
        programme.price(raised)
    return Change(added)


def _less(
    applications: Sequence[Application],
    round_: Round,
    value: Floats,
    barred: NDArray[np.bool_],
    place: int,
) -> float | None:
    """The most one could ask for, to be in a plan worth more than the best without it."""
    asked = applications[place].asked
    others = [each if round_.partial else replace(each, minimum=None) for each in applications]
    others[place] = replace(applications[place], minimum=0.01)
    least = round_.minimum_share if round_.partial else 1.0
    programme = Programme(others, replace(round_, partial=True, minimum_share=least), whole=True)
    for i in np.flatnonzero(barred):
        programme.choose(int(i), 0, 0)
    programme.price(value)
    programme.choose(place, 0, 0)
    without = programme.solve()
    if without is None:
        return None
    programme.choose(place, 1, 1)
    worth = value * programme.weight
    fixed = 0.0 if round_.weigh == "money" else float(worth[place])
    programme.at_least(np.where(fixed and np.arange(len(worth)) == place, 0.0, worth),
                       without.value - fixed + 1e-6 * max(1.0, abs(without.value)))  # fmt: skip
    only = np.zeros(len(applications))
    only[place] = 1.0
    programme.worth(only)
    plan = programme.solve()
    if plan is None:
        return None
    return float(np.floor(plan.share[place] * asked * 100 + 1e-4)) / 100 or None


def _stopped(
    applications: Sequence[Application],
    round_: Round,
    barred: NDArray[np.bool_],
    place: int,
    *,
    inside: bool,
) -> Change:
    """Which limits make it certain that an application is funded, or that it is not."""
    asked = applications[place].asked * round_.least_share(applications[place])
    if not inside and asked > round_.budget:
        return Change(None, (BUDGET,))
    fixed = {int(i): 0.0 for i in np.flatnonzero(barred)} | {place: 0.0 if inside else 1.0}
    return Change(None, tuple(clashing(applications, round_, fixed)))
