"""A whole round: from scores to awards."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from makegood_engine.allocation.answer import Allocation, Met, Place
from makegood_engine.allocation.change import Change, changes
from makegood_engine.allocation.forms import Application, Review, Round
from makegood_engine.allocation.letters import Outcome, letter_of, passed_over
from makegood_engine.allocation.merit import Merit, merit_of
from makegood_engine.allocation.programme import EXACT, Floats, Plan, Programme, clashing, limits_of
from makegood_engine.allocation.published import bottom_of, check_rules
from makegood_engine.allocation.sorting import (
    CLOSE,
    LOTS,
    OUT,
    Report,
    lot_of,
    settle,
    shares_funded,
    sort_by,
)
from makegood_engine.tables import whole_file
from makegood_engine.tables.counted import counted

FLAT = 1e-6
"""The share of the rest's variance up to which that of applications counts as none."""
NOTHING_TOLD = (
    "Scores of one application are no more alike than those of different ones: the variance of "
    "applications is estimated at 0. So they hardly tell merit, which is why so many are too close to call."
)
METHODS = {
    "merit": "Crossed random effects of application and reviewer. The variances are in doubt too: their "
    "posterior under half-Cauchy(1) priors on both ratios to the rest, on a grid; those shown are REML's.",
    "draws": "Joint draws of variances, then merit (numpy's PCG64, seeded by the SHA-256 of the seed).",
    "sorting": "Each draw is decided as the round is, by a real set of awards: the integer programme on "
    f"the merits drawn, exact up to {EXACT} applications, in larger rounds within a thousandth (HiGHS).",
    "best plan": "The integer programme on mean merit, exact but for the gap printed (HiGHS).",
    "lots": LOTS,
}
"""How each part was done."""


def _silent(done: int) -> None:
    del done


def allocate(
    applications: Sequence[Application],
    reviews: Sequence[Review],
    round_: Round,
    *,
    report: Report = _silent,
) -> Allocation:
    """Allocate a round; the same input and seed give the same awards.

    Raises `TableError` where merit cannot be told (no application has two reviews), where a rule
    names a column that is not there, where nothing says what merit counts for nothing, or where
    the limits of the round clash: it names those that do.
    """
    cautions = check_rules(applications, round_)
    floor = bottom_of(round_, reviews)
    try:
        merit = merit_of(reviews)
    except ValueError as error:
        raise whole_file(f"This cannot be used: {error}.", name="reviews") from None
    order = [merit.applications.index(each.name) for each in applications]
    mean = merit.mean[order]
    missing = np.zeros(len(mean)) if round_.line is None else np.maximum(0.0, floor - mean)
    best = _best_plan(applications, round_, mean - floor, missing, cautions)
    draws = merit.draws(round_.draws, seed=round_.seed)[:, order] - floor
    funded = shares_funded(applications, round_, draws, report)
    decisions = sort_by(funded, sure=round_.sure)
    decisions = [OUT if short else said for said, short in zip(decisions, missing, strict=True)]
    first = list(decisions)
    given = best.share
    if round_.settle == "lots":
        given = settle(
            applications, round_, mean - floor, decisions=decisions, funded=funded,
            barred=missing > 0,
        )  # fmt: skip
    turned = changes(applications, round_, mean - floor, missing, best.chosen > 0.5)
    moved = sum(a != b for a, b in zip(first, decisions, strict=True))
    lower, upper = merit.lower[order], merit.upper[order]
    places = _Places(
        applications, round_, decisions=decisions, given=given, best=best.chosen > 0.5,
        scored=Counter(review.application for review in reviews),
    )  # fmt: skip
    made = [
        places.place(
            i,
            merit=(float(mean[i]), float(lower[i]), float(upper[i])),
            funded=funded[i],
            below=bool(missing[i]),
            change=turned[i],
            passed=""
            if decisions[i] == CLOSE
            else passed_over(applications, round_, mean, given, i),
        )
        for i in range(len(applications))
    ]
    return _allocation(
        applications, round_, merit=merit, places=made, best=best, value=mean - floor,
        notes=cautions + _notes(merit, moved),
    )  # fmt: skip


def _best_plan(
    applications: Sequence[Application],
    round_: Round,
    value: Floats,
    missing: Floats,
    cautions: Sequence[str],
) -> Plan:
    programme = Programme(applications, round_, whole=True)
    programme.price(value)
    barred = np.flatnonzero(missing)
    for place in barred:
        programme.choose(int(place), 0, 0)
    plan = programme.solve()
    if plan is None:
        names = clashing(applications, round_, {int(place): 0.0 for place in barred})
        said = f"These cannot all be met: {'; '.join(names)}. Ease or drop one of them."
        said = " ".join(
            [said, *(one for one in cautions if any(f"“{name}”" in one for name in names))]
        )
        if round_.line is not None:
            below = counted(len(barred), "application is", "applications are")
            said += f" {below} below the line of {round_.line:g}."
        raise whole_file(said, name=round_.file)
    return plan


class _Places:
    """Puts together what is said of each application."""

    def __init__(
        self,
        applications: Sequence[Application],
        round_: Round,
        *,
        scored: Mapping[str, int],
        decisions: Sequence[str],
        given: Floats,
        best: NDArray[np.bool_],
    ) -> None:
        self.applications, self.decisions, self.given, self.best = (
            applications, decisions, given, best,
        )  # fmt: skip
        self.scored, self.round = scored, round_
        lots = round_.settle == "lots"
        hashes = {
            i: lot_of(each.name, seed=round_.seed)
            for i, each in enumerate(applications)
            if lots and decisions[i] == CLOSE
        }
        self.hashes = hashes
        self.line = sorted(hashes, key=lambda i: hashes[i])
        left = round_.budget - sum(
            float(share) * each.asked
            for i, (share, each) in enumerate(zip(given, applications, strict=True))
            if i not in hashes
        )
        self.left = {}
        for i in self.line:
            self.left[i] = left
            left -= float(given[i]) * applications[i].asked

    def _full(self, i: int) -> str:
        """The first rule that allows no more when the turn of `i` comes; "" where none does alone."""
        if i not in self.hashes:
            return ""
        later = self.line[self.line.index(i) :]
        given = self.given.copy()
        given[later] = 0.0
        given[i] = self.round.least_share(self.applications[i])
        for limit in limits_of(self.applications, self.round)[1:]:
            if limit.amounts @ (given if limit.of_money else given > 0) > limit.upper + 1e-6:
                return limit.name
        return ""

    def place(
        self,
        i: int,
        *,
        merit: tuple[float, float, float],
        funded: float,
        below: bool,
        change: Change,
        passed: str,
    ) -> Place:
        """What is said of application `i`; `merit` comes with its two ends."""
        each = self.applications[i]
        awarded = round(float(self.given[i]) * each.asked, 2)
        lot = (self.line.index(i) + 1, len(self.line)) if i in self.hashes else None
        outcome = Outcome(
            merit[0], self.decisions[i], awarded, funded, lot, self.left.get(i, 0.0), self._full(i),
            below, bool(self.best[i]), change, passed,
        )  # fmt: skip
        return Place(
            each.name, *merit, float(funded),
            self.decisions[i], each.asked, awarded, self.scored[each.name],
            lot[0] if lot else None, self.hashes.get(i), bool(self.best[i]), change, passed,
            letter_of(each, self.round, outcome),
        )  # fmt: skip


def _allocation(
    applications: Sequence[Application],
    round_: Round,
    *,
    merit: Merit,
    places: list[Place],
    best: Plan,
    value: Floats,
    notes: list[str],
) -> Allocation:
    shares = np.array([p.awarded / p.asked for p in places])
    weight = Programme(applications, round_, whole=False).weight
    met = [
        Met(
            limit.name,
            None if np.isinf(limit.lower) else float(limit.lower),
            None if np.isinf(limit.upper) else float(limit.upper),
            round(float(limit.amounts @ (shares if limit.of_money else shares > 0)), 2),
            limit.of_money,
        )
        for limit in limits_of(applications, round_)
    ]
    exact = "exact" if len(applications) <= EXACT else "linear relaxation"
    return Allocation(
        round_.name, round_.currency, round_.budget, round(sum(p.awarded for p in places), 2),
        round_.line, places, met, merit.severity, merit.of_applications, merit.of_reviewers, merit.of_rest,
        float((shares * value) @ weight), best.value, best.gap, round_.draws, round_.sure,
        round_.seed, {**METHODS, "change": f"Best plans with and without ({exact})."}, notes,
    )  # fmt: skip


def _notes(merit: Merit, moved: int) -> list[str]:
    notes = []
    if moved:
        notes.append(
            f"{moved} decisions were not sure enough to hold together with the others; they were "
            "moved to too close to call."
        )
    if merit.mixture is None:
        notes.append("All scores are the same, so lots decide.")
    elif merit.of_applications <= FLAT * merit.of_rest:
        notes.append(NOTHING_TOLD)
    return notes
