"""What an applicant is told: what they got, why, and what would have changed it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood_engine.allocation.change import Change
from makegood_engine.allocation.forms import Application, Round
from makegood_engine.allocation.programme import BUDGET, Floats, limits_of
from makegood_engine.allocation.sorting import CLOSE
from makegood_engine.tables.figures import in_draws

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
"""Currencies that have a sign of their own."""
DRAWN = (
    "Scores are never exact, so merit was drawn again and again and the round decided each time: "
)
WORTH_SAYING = 0.5
"""The least share of what was asked that an applicant is told could have been asked instead."""


def money(amount: float, currency: str) -> str:
    """Write money in a currency: £40,000, £12.50, NOK 300; the figure alone where none is said."""
    figure = f"{amount:,.2f}".removesuffix(".00")
    sign = SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{sign}{figure}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one application.

    `merit`; `decision` in, out or too close to call; `awarded`; `funded` the share of draws; `lot` its
    place in line and how many stood there; `left` the money there was when its turn came, and `full`
    the rule that allowed no more by then ("" where no one rule did);
    `below_line` whether merit is below the line; `in_best_plan` whether it is among the best by
    estimated merit; `passed_by` as `passed_over` says.
    """

    merit: float
    decision: str
    awarded: float
    funded: float
    lot: tuple[int, int] | None
    left: float
    full: str
    below_line: bool
    in_best_plan: bool
    change: Change
    passed_by: str


def letter_of(application: Application, round_: Round, found: Outcome) -> str:
    """Tell an applicant what they got, why, and what would have changed it."""
    parts = [_got(application, round_, found), _why(application, round_, found), found.passed_by]
    return " ".join(part for part in [*parts, _turned(application, round_, found)] if part)


def _got(application: Application, round_: Round, found: Outcome) -> str:
    if not found.awarded:
        return "Not funded."
    asked, got = (money(one, round_.currency) for one in (application.asked, found.awarded))
    if found.awarded < application.asked:
        return f"Funded in part: {got} of the {asked} asked for."
    return f"Funded in full: {got}."


def _why(application: Application, round_: Round, found: Outcome) -> str:
    if found.below_line:
        return f"Its merit, {found.merit:.2f}, is below {round_.line:g}, the least that is funded."
    ends = {
        "in": ", and so it is in.",
        "out": ", too few to be in.",
        CLOSE: ", too close to call, so its estimated merit decided.",
    }
    end = ends[found.decision] if found.lot is None else _by_lot(application, round_, found)
    return f"{DRAWN}it was funded {in_draws(found.funded, round_.draws)}{end}"


def _by_lot(application: Application, round_: Round, found: Outcome) -> str:
    assert found.lot is not None
    said = f", too close to call, so a lot decided. It was number {found.lot[0]} of {found.lot[1]} in line"
    left = money(found.left, round_.currency)
    if found.awarded:
        return f"{said}{f', when {left} was left' * (found.awarded < application.asked)}."
    if found.left < application.asked * round_.least_share(application) - 0.005:
        return f"{said}, and by then {left} was left, not enough for it."
    rule = f"the rule “{found.full}”" if found.full else "the rules of the round"
    return f"{said}, and by then {rule} left no place for it."


def _turned(application: Application, round_: Round, found: Outcome) -> str:
    change, by_lot = found.change, found.lot is not None
    less = _smaller(application, round_, change)
    if change.merit is None:
        why = " and ".join(name if name == BUDGET else f"“{name}”" for name in change.stopped_by)
        kept = (
            "low its merit, {} keeps it in"
            if found.in_best_plan
            else "high its merit, {} keeps it out"
        )
        or_less = f" {less}level with those funded, or ahead." if less else ""
        return f"However {kept.format(why or 'the rules of the round')}.{or_less}"
    apart = f"{abs(change.merit):.2f}"
    if found.awarded:
        if found.in_best_plan:
            return f"It had {apart} of merit to spare."
        return f"Its merit was {apart} short of those that would have been funded without a lot."
    if found.in_best_plan:
        lot = " and the lot" * by_lot
        return f"Its merit was enough, with {apart} to spare; the doubt in the scores{lot} decided."
    raised = f"With {apart} more merit ({found.merit + abs(change.merit):.2f} instead of {found.merit:.2f})"
    or_less = f" {less}level with them, or ahead." if less else ""
    return f"{raised} it would have been level with those funded{' on merit' * by_lot}.{or_less}"


def _smaller(application: Application, round_: Round, change: Change) -> str:
    """The beginning of what a smaller sum would have done, if that is worth saying."""
    if change.asked is None or change.asked < WORTH_SAYING * application.asked:
        return ""
    asked, was = (money(one, round_.currency) for one in (change.asked, application.asked))
    return f"Had it asked for {asked} instead of {was}, it would have been "


def passed_over(
    applications: Sequence[Application], round_: Round, merit: Floats, given: Floats, place: int
) -> str:
    """Why one of less merit was funded and this one was not; "" where none was, or a lot decided.

    Of those funded with less merit, the one of most is spoken of: what stands in the way of
    giving this one its place.
    """
    funded = [int(i) for i in np.flatnonzero(given > 0) if merit[i] < merit[place]]
    if given[place] > 0 or not funded:
        return ""
    other = max(funded, key=lambda i: float(merit[i]))
    asked = np.array([each.asked for each in applications])
    swapped = given.copy()
    swapped[other], swapped[place] = 0.0, round_.least_share(applications[place])
    name, this = applications[other].name, applications[place]
    left = round_.budget - float(given @ asked) + float(given[other] * asked[other])
    for limit in limits_of(applications, round_):
        comes = float(limit.amounts @ (swapped if limit.of_money else swapped > 0))
        if limit.lower - 1e-6 <= comes <= limit.upper + 1e-6:
            continue
        if limit.name == BUDGET:
            return (
                f"{name} was funded ahead of it, with less merit: what was left, "
                f"{money(left, round_.currency)}, was enough for {name} and not for the "
                f"{money(this.asked, round_.currency)} asked here."
            )
        return (
            f"{name} was funded ahead of it, with less merit, because of the rule “{limit.name}”."
        )
    return ""
