"""How much of what was promised was contracted, captured and shown; in all, and by every side of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from makegood.articulate.models import Promise
from makegood.articulate.queries import code_named, promises_visible_to
from makegood.articulate.states import ProposalState
from makegood.assess.models import Finding
from makegood.assess.states import Conclusion, FindingState
from makegood.capture.models import Story
from makegood.contract.queries import CONTRACTED, LOST, Share, Tally, tallied, with_share
from makegood.contract.states import ContractState
from makegood.measures.models import Measurement, Series


class Step(StrEnum):
    """Where a promise got to, as the gap and the list of promises name it."""

    PROMISED = "promised"
    CONTRACTED = "contracted"
    WEAKENED = "weakened"
    LOST = "lost"
    UNSIGNED = "unsigned"
    CAPTURED = "captured"
    SHOWN = "shown"
    FOUND_OTHERWISE = "found-otherwise"

    @property
    def words(self) -> str:
        """Return the step as a reader sees it."""
        return {
            "contracted": "Contracted in full",
            "weakened": "Contracted, but weakened",
            "lost": "Lost: not contracted, or never signed",
            "unsigned": "Contract not signed yet",
            "captured": "With evidence",
            "shown": "Shown to be delivered",
            "found-otherwise": "Found, but not as delivered",
        }.get(self.value, "Promised")


OWED = (*CONTRACTED, Share.WEAKENED)
REACHED = {
    Step.PROMISED: Q(share__isnull=False),
    Step.CONTRACTED: Q(share__in=CONTRACTED),
    Step.WEAKENED: Q(share=Share.WEAKENED),
    Step.LOST: Q(share__in=LOST),
    Step.UNSIGNED: Q(share=Share.OPEN),
    Step.CAPTURED: Q(share__in=OWED, is_captured=True),
    Step.SHOWN: Q(share__in=OWED, is_captured=True, conclusion=Conclusion.DELIVERED),
    Step.FOUND_OTHERWISE: Q(share__in=OWED, is_captured=True, conclusion__isnull=False)
    & ~Q(conclusion=Conclusion.DELIVERED),
}
"""Which promises are at a step, by what ``with_progress`` says of them."""


class Side(StrEnum):
    """By what the gap is taken apart."""

    PROGRAMME = "programme"
    AIM = "aim"
    CODE = "code"
    AREA = "area"
    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    MEASURE = "measure"
    CONTRACT = "contract"

    @property
    def words(self) -> str:
        """Return what it is taken apart by, as a reader sees it."""
        return {"code": "code of a framework", "area": "commissioner’s area"}.get(self, self.value)

    @property
    def none(self) -> str:
        """Return what promises are called that have none."""
        return {
            "aim": "No aim named",
            "code": "No code named",
            "area": "No area named",
            "measure": "Told in words alone",
            "contract": "No signed contract",
        }.get(self.value, "")


_NEED, _IN_FORCE = "proposal__need", Q(proposal__contract__state=ContractState.IN_FORCE)
_PLACES: dict[Side, tuple[Any, Any]] = {
    Side.PROGRAMME: (F(f"{_NEED}__programme__slug"), F(f"{_NEED}__programme__name")),
    Side.AIM: (F("aim_tag__aim__reference"), F("aim_tag__aim__name")),
    Side.CODE: (F("code_tag__code"), F("code_tag__code")),
    Side.AREA: (F("workplace__area__code"), F("workplace__area__name")),
    Side.COMMISSIONER: (
        Coalesce(f"{_NEED}__commissioner__merged_into__slug", f"{_NEED}__commissioner__slug"),
        Coalesce(f"{_NEED}__commissioner__merged_into__name", f"{_NEED}__commissioner__name"),
    ),
    Side.PROVIDER: (
        Coalesce("proposal__provider__merged_into__slug", "proposal__provider__slug"),
        Coalesce("proposal__provider__merged_into__name", "proposal__provider__name"),
    ),
    Side.MEASURE: (F("measure__slug"), F("measure__name")),
    Side.CONTRACT: (
        Case(When(_IN_FORCE, then=F("proposal__contract__reference"))),
        Case(When(_IN_FORCE, then=F("proposal__title"))),
    ),
}
"""Where the key of each side stands, as filters and addresses know it, and its name."""
_WAYS: dict[Side, tuple[str, str, dict[str, object]]] = {
    Side.AIM: ("aim_tag", "tags", {"is_struck_out": False, "code": ""}),
    Side.CODE: ("code_tag", "tags", {"is_struck_out": False, "code__gt": ""}),
    Side.AREA: ("workplace", f"{_NEED}__commissioner__workplaces", {"ended_at": None}),
}
"""Sides of which a promise may have several, or none: a join's name, where it leads, and to which rows."""


@dataclass(kw_only=True)
class Gap:
    """The promises at each step: how many, and what they are worth a year."""

    steps: dict[Step, Tally] = field(default_factory=lambda: dict.fromkeys(Step, Tally()))
    brought_in: int = 0
    """How many of those promised stand in contracts that were made elsewhere."""

    def __getitem__(self, step: Step) -> Tally:
        return self.steps[step]

    def add(self, row: Mapping[str, Any], tally: Tally) -> None:
        """Count a tally of promises that have what ``row`` says in common."""
        for step in _steps_of(row):
            self.steps[step] += tally
        self.brought_in += tally.count if row["is_brought_in"] else 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """The gap of one programme, aim, provider and so on."""

    key: str
    name: str
    gap: Gap


def with_progress(promises: QuerySet[Promise], *, now: datetime) -> QuerySet[Any]:
    """Add to each promise its ``share``, whether it ``is_captured``, and its ``conclusion`` if published."""
    its = OuterRef("pk")
    told = Story.objects.filter(commitment__promise=its, withdrawn_at__isnull=True)
    handed_over = Series.objects.filter(
        continues=OuterRef("series"),
        continues_for=OuterRef(OuterRef("proposal__contract__reference")),
        continues_from_on__lte=OuterRef("period"),
    )
    measured = _measured(its, of="series").exclude(Exists(handed_over))
    since = _measured(its, of="series__continues").filter(
        series__continues_for=OuterRef("proposal__contract__reference"),
        series__continues_from_on__lte=F("period"),
    )
    found = Finding.objects.filter(commitment__promise=its, state=FindingState.PUBLISHED)
    told_of: QuerySet[Any] = with_share(promises, now=now).annotate(
        is_captured=_IN_FORCE & (Q(Exists(told)) | Q(Exists(measured)) | Q(Exists(since))),
        conclusion=Subquery(found.values("conclusion")[:1]),
        is_brought_in=Q(proposal__contract__brought_in_at__isnull=False),
    )
    return told_of


def _measured(its: OuterRef, *, of: str) -> QuerySet[Measurement]:
    """Return the figures of a promise’s time, in the series of its commitment or one that goes on with it."""
    return Measurement.objects.filter(
        **{
            f"{of}__commitments__promise": its,
            f"{of}__commitments__starts_on__lte": F("period"),
            f"{of}__commitments__due_on__gte": F("period"),
        },
        value__isnull=False,
    )


def gap_today(promises: QuerySet[Promise] | None = None, *, now: datetime) -> Gap:
    """Return the gap over the promises in approved proposals: everyone's, or those among ``promises``."""
    gap = Gap()
    for row, tally in _groups(promises, now=now):
        gap.add(row, tally)
    return gap


def gap_by(side: Side, *, among: QuerySet[Promise] | None = None, now: datetime) -> list[Part]:
    """Return the gap of each programme, aim and so on, those that lost most first."""
    key, name = _PLACES[side]
    gaps: dict[tuple[str, str], Gap] = defaultdict(Gap)
    ways = {"key": key, "name": name}
    for row, tally in _groups(among, side=side, now=now, **ways):
        named = code_named(row["name"] or "") if side is Side.CODE else row["name"]
        gaps[row["key"] or "", named or side.none].add(row, tally)
    parts = [Part(key=key, name=name, gap=gap) for (key, name), gap in gaps.items()]
    return sorted(parts, key=_most_lost)


def _groups(
    promises: QuerySet[Promise] | None, *, now: datetime, side: Side | None = None, **by: Any
) -> Iterable[tuple[Mapping[str, Any], Tally]]:
    seen = promises_visible_to(None) if promises is None else promises
    approved = seen.filter(proposal__state=ProposalState.APPROVED).select_related(None)
    told = with_progress(approved, now=now)
    if side and side in _WAYS:
        name, way, wanted = _WAYS[side]
        condition = Q(**{f"{way}__{column}": value for column, value in wanted.items()})
        told = told.annotate(**{name: FilteredRelation(way, condition=condition)})
    told = told.annotate(**by)
    return tallied(told, *by, "share", "is_captured", "conclusion", "is_brought_in")


def _steps_of(row: Mapping[str, Any]) -> Iterable[Step]:
    """Yield the steps at which promises are of which ``row`` holds, as ``REACHED`` says in the database."""
    share, conclusion = row["share"], row["conclusion"]
    yield Step.PROMISED
    if share in CONTRACTED:
        yield Step.CONTRACTED
    if share == Share.WEAKENED:
        yield Step.WEAKENED
    if share in LOST:
        yield Step.LOST
    if share == Share.OPEN:
        yield Step.UNSIGNED
    if share in OWED and row["is_captured"]:
        yield Step.CAPTURED
        if conclusion:
            delivered = conclusion == Conclusion.DELIVERED
            yield Step.SHOWN if delivered else Step.FOUND_OTHERWISE


def _most_lost(part: Part) -> tuple[int, int, str]:
    return -part.gap[Step.LOST].count, -part.gap[Step.WEAKENED].count, part.name
