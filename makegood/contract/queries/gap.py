"""What became of every promise in approved proposals, as the gap counts it: in the database, all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThan

from makegood.articulate.models import Promise
from makegood.articulate.queries import promises_visible_to
from makegood.articulate.states import ProposalState
from makegood.contract.models import CommitmentVersion, Contract
from makegood.contract.states import ContractState, Fate, Verification, Whom
from makegood.kernel.money import PoundsRange
from makegood.kernel.period import Frequency
from makegood.measures.states import Better

NEVER_AFTER = timedelta(days=90)
"""Approved this long ago and still not signed counts as never contracted."""


class Share(StrEnum):
    """What became of a promise in an approved proposal, as the gap counts it."""

    AS_PROMISED = "contracted as promised"
    CHANGED = "contracted, changed but not weaker"
    WEAKENED = "contracted, but weakened"
    NOT_CONTRACTED = "not contracted"
    NEVER_CONTRACTED = "approved, never signed"
    OPEN = "contract not signed yet"


CONTRACTED = (Share.AS_PROMISED, Share.CHANGED)
LOST = (Share.NOT_CONTRACTED, Share.NEVER_CONTRACTED)
NOTHING = Decimal(0)
_OWED = F("commitment__target")
_OVER = Coalesce("alternative", "baseline")
_OWED_OVER = Coalesce("commitment__alternative", "commitment__baseline")
_IS_WEAKER = (
    Q(commitment__is_released=True)
    | Q(commitment__due_on__gt=F("due_on"))
    | Q(commitment__whom__in=[Whom.FEWER, Whom.OTHERS])
    | Q(GreaterThan(F("told_least"), Coalesce("commitment__stories_least", 0))) & ~Q(told_by="")
    | Q(LessThan(_OVER, _OWED_OVER), measure__better=Better.UP, target=_OWED)
    | Q(GreaterThan(_OVER, _OWED_OVER), measure__better=Better.DOWN, target=_OWED)
    | Q(measure__better=Better.UP, target__gt=_OWED)
    | Q(measure__better=Better.DOWN, target__lt=_OWED)
    | Q(measure__better=Better.NEUTRAL) & ~Q(target=_OWED)
)
"""The commitment owes less than its promise, later or to others; or otherwise, where neither way is better.

As ``rules.is_weaker`` says it of one, which a test holds beside this.
"""


def _differs(name: str) -> Q:
    """Keep the promises whose commitment says something else in ``name``; where one is empty, none."""
    owed = F(f"commitment__{name}")
    return Q(**{f"{name}__lt": owed}) | Q(**{f"{name}__gt": owed})


_IS_OTHER = (
    _differs("for_whom")
    | _differs("starts_on")
    | _differs("due_on")
    | _differs("baseline")
    | _differs("alternative")
    | Q(alternative__isnull=True, commitment__alternative__isnull=False)
    | Q(alternative__isnull=False, commitment__alternative__isnull=True)
    | _differs("target")
)
"""The commitment has other figures, days or people than its promise."""
_EVIDENCE_SHRANK = Exists(
    CommitmentVersion.objects.filter(
        Q(stories_least__gt=Coalesce("commitment__stories_least", 0))
        | Q(sample__gt=Coalesce("commitment__sample", 0))
        | Q(verification=Verification.VERIFIED) & ~Q(commitment__verification=Verification.VERIFIED)
        | Q(
            verification=Verification.CORROBORATED,
            commitment__verification__in=["", Verification.SELF_REPORTED],
        )
        | Q(frequency=Frequency.MONTH) & ~Q(commitment__frequency=Frequency.MONTH)
        | Q(frequency=Frequency.QUARTER, commitment__frequency__in=["", Frequency.YEAR])
        | Q(frequency=Frequency.YEAR, commitment__frequency="")
        | ~Q(documents="") & ~Q(documents=F("commitment__documents"))
        | ~Q(evidence_required="") & ~Q(evidence_required=F("commitment__evidence_required")),
        commitment=OuterRef("commitment"),
        variation__isnull=True,
    )
)
"""Less evidence is owed than was signed first, or other documents: nobody can say that those are not less."""
_IS_VARIED = Q(disposition__fate=Fate.AS_PROMISED, commitment__varied_by__isnull=False)
_IS_CHANGED = Q(disposition__fate=Fate.CHANGED) | _IS_VARIED & (
    _IS_WEAKER | _IS_OTHER | Q(_EVIDENCE_SHRANK)
)
"""It was changed at contract, or both sides varied since what was promised, or owe less evidence.

A variation that leaves both as they were, or asks for more evidence, leaves it as promised.
"""
_BY_DISPOSITION = (
    When(disposition__fate=Fate.NOT_CONTRACTED, then=Value(Share.NOT_CONTRACTED)),
    When(_IS_WEAKER & _IS_CHANGED, then=Value(Share.WEAKENED)),
    When(_IS_CHANGED, then=Value(Share.CHANGED)),
    When(disposition__fate=Fate.AS_PROMISED, then=Value(Share.AS_PROMISED)),
)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many promises, what the valued ones are worth a year, and how many are not valued."""

    count: int = 0
    low: Decimal = NOTHING
    high: Decimal = NOTHING
    unvalued: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            count=self.count + other.count,
            low=self.low + other.low,
            high=self.high + other.high,
            unvalued=self.unvalued + other.unvalued,
        )

    @property
    def worth(self) -> PoundsRange:
        """Return what the valued ones are worth together, a year."""
        return PoundsRange(low=self.low, high=self.high)

    @property
    def valued(self) -> int:
        """Return how many are valued."""
        return self.count - self.unvalued


def approved_at(way: str = "") -> Coalesce:
    """Return when what was approved could be signed: once its standstill had ended, or from the decision on.

    ``way`` is the way from a row to its proposal, with ``__`` at its end.
    """
    return Coalesce(f"{way}decision__standstill__ended_at", f"{way}decision__decided_at")


def with_share(promises: QuerySet[Promise], *, now: datetime) -> QuerySet[Any]:
    """Add to each promise its ``share``: what became of it; None where no proposal was approved."""
    is_signed = Q(proposal__contract__state=ContractState.IN_FORCE)
    is_elsewhere = Q(proposal__contract__brought_in_at__isnull=False)
    is_late = Q(LessThan(approved_at("proposal__"), now - NEVER_AFTER))
    share = Case(
        When(~Q(proposal__state=ProposalState.APPROVED), then=Value(None)),
        When(is_signed, then=Case(*_BY_DISPOSITION, default=Value(Share.OPEN))),
        When(is_elsewhere, then=Value(Share.OPEN)),  # signed elsewhere; here it is not shown yet
        When(is_late, then=Value(Share.NEVER_CONTRACTED)),
        default=Value(Share.OPEN),
        output_field=CharField(),
    )
    return promises.annotate(share=share)


def share_of(promise: Promise, *, now: datetime) -> Share | None:
    """Return what became of one promise."""
    found = with_share(Promise.objects.filter(pk=promise.pk), now=now).values_list("share")
    [(share,)] = found
    return Share(share) if share else None


def settled(promises: QuerySet[Promise]) -> QuerySet[Any]:
    """Add to each promise its ``share`` as its contract has it so far, signed or not."""
    share = Case(*_BY_DISPOSITION, default=Value(Share.OPEN), output_field=CharField())
    return promises.annotate(share=share)


def gap_of(contract: Contract) -> dict[Share, Tally]:
    """Return what became of every promise of one contract so far, by share, those that any has."""
    promises = Promise.objects.filter(proposal=contract.proposal_id, is_struck_out=False)
    found = {Share(row["share"]): told for row, told in tallied(settled(promises), "share")}
    return {share: found[share] for share in Share if share in found}


def tallied(promises: QuerySet[Promise], *by: str) -> Iterable[tuple[Mapping[str, Any], Tally]]:
    """Yield what the columns ``by`` hold, and the tally of the promises that hold it, in one query."""
    rows = (
        promises.order_by()
        .values(*by)
        .annotate(
            promised=Count("pk"),
            low=Sum("worth_low"),
            high=Sum("worth_high"),
            unvalued=Count("pk", filter=Q(worth_low__isnull=True)),
        )
    )
    for row in rows:
        yield (
            row,
            Tally(
                count=row["promised"],
                low=row["low"] or NOTHING,
                high=row["high"] or NOTHING,
                unvalued=row["unvalued"],
            ),
        )


def contracting_gap(
    promises: QuerySet[Promise] | None = None, *, now: datetime
) -> dict[Share, Tally]:
    """Return what became of every promise in approved proposals, by share."""
    found = promises_visible_to(None) if promises is None else promises
    approved = found.filter(proposal__state=ProposalState.APPROVED)
    told = {row["share"]: tally for row, tally in tallied(with_share(approved, now=now), "share")}
    return {share: told.get(share, Tally()) for share in Share}
