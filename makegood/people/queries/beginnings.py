"""How two entries began, side by side, and what becomes of that if they are made one."""

from collections.abc import Iterator
from dataclasses import dataclass

from makegood.people.models import (
    Advice,
    Formation,
    Founder,
    MotiveAnswer,
    Organisation,
    StepTaken,
)
from makegood.people.queries.formations import advice_to, formation_of
from makegood.people.states import AdviceState

KEPT = "It is kept under the old name, and the page of the other leads to it."


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What each of two has of one kind, and what becomes of that of the one that goes."""

    name: str
    goes: str
    stays: str
    becomes: str


@dataclass(frozen=True, kw_only=True)
class Beginnings:
    """How an organisation came or comes about; how many, and never in whose words."""

    plan: Formation | None
    founders: int
    steps: frozenset[str]
    advice: Advice | None
    advises: int
    motives: MotiveAnswer | None

    @property
    def adviser(self) -> str:
        """Return whether it has an adviser, in words."""
        if self.advice is None:
            return "none"
        return "has one" if self.advice.state == AdviceState.TAKEN else "asked for one"

    @property
    def aim(self) -> str:
        """Return what it aims at, in words."""
        return "none" if self.plan is None else self.plan.aims_at or "no legal form chosen"

    @property
    def why(self) -> str:
        """Return when it said why it is wanted, in words."""
        return f"said on {self.motives.answered_at:%-d %B %Y}" if self.motives else "not said"


def beginnings_of(organisation: Organisation) -> Beginnings:
    """Gather how ``organisation`` began, for whoever decides whether it is one with another."""
    own = {"organisation": organisation}
    steps = StepTaken.objects.filter(**own, superseded_at=None)
    given = Advice.objects.filter(unit=organisation).exclude(state=AdviceState.ENDED)
    return Beginnings(
        plan=formation_of(organisation),
        founders=Founder.objects.filter(**own, removed_at=None).count(),
        steps=frozenset(steps.values_list("step", flat=True)),
        advice=advice_to(organisation),
        advises=given.count(),
        motives=MotiveAnswer.objects.filter(**own, superseded_at=None).first(),
    )


def fates_of(goes: Organisation, *, stays: Organisation) -> list[Fate]:
    """Say of all that either has of its beginnings what becomes of it, as ``merge_organisations`` does."""
    return list(_fates(beginnings_of(goes), beginnings_of(stays), into=stays))


def _fates(goes: Beginnings, stays: Beginnings, *, into: Organisation) -> Iterator[Fate]:
    if goes.plan or stays.plan:
        becomes = KEPT if stays.plan else "It moves."
        yield _fate("Plan", goes.aim, stays.aim, becomes=becomes if goes.plan else "")
    if goes.founders or stays.founders:
        yield _count("Founders", goes.founders, stays.founders, becomes="All move.")
    if goes.steps or stays.steps:
        twice = len(goes.steps & stays.steps)
        ended = f" There already, and so ended: {twice}." if twice else ""
        becomes = f"Moving: {len(goes.steps) - twice}.{ended}"
        yield _count("Steps noted", len(goes.steps), len(stays.steps), becomes=becomes)
    if goes.advice or stays.advice:
        moves = into.is_in_formation and stays.advice is None
        becomes = "It moves." if moves else "It ends, and both sides are told."
        yield _fate("Adviser", goes.adviser, stays.adviser, becomes=becomes if goes.advice else "")
    if goes.advises or stays.advises:
        becomes = "The other advises them all."
        yield _count("Groups that it advises", goes.advises, stays.advises, becomes=becomes)
    if goes.motives or stays.motives:
        becomes = "It ends, for the other said why." if stays.motives else "It moves."
        yield _fate(
            "Why it was wanted", goes.why, stays.why, becomes=becomes if goes.motives else ""
        )


def _count(name: str, goes: int, stays: int, *, becomes: str) -> Fate:
    told = becomes if goes else ""
    return _fate(name, str(goes or "none"), str(stays or "none"), becomes=told)


def _fate(name: str, goes: str, stays: str, *, becomes: str) -> Fate:
    return Fate(name=name, goes=goes, stays=stays, becomes=becomes or "Nothing moves.")
