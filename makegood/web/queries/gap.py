"""How much of what was promised was contracted, captured and shown."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Q

from makegood.articulate.models import Promise
from makegood.assess.queries import findings_visible_to
from makegood.assess.states import Conclusion
from makegood.contract.models import Commitment
from makegood.contract.queries import (
    CONTRACTED,
    LOST,
    Share,
    Tally,
    commitments_in_force,
    contracting_gap,
)


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


Gap = Mapping[Step, Tally]
"""The promises at each step, everyone's."""


def gap_today(*, now: datetime) -> Gap:
    """Return the gap over every promise in approved proposals."""
    shares = contracting_gap(now=now)
    contracted = _of(shares, *CONTRACTED)
    weakened = _of(shares, Share.WEAKENED)
    captured = _with_evidence([*contracted, *weakened])
    found = {
        Step.PROMISED: _of(shares, *Share),
        Step.CONTRACTED: contracted,
        Step.WEAKENED: weakened,
        Step.LOST: _of(shares, *LOST),
        Step.UNSIGNED: _of(shares, Share.OPEN),
        Step.CAPTURED: captured,
        Step.SHOWN: _found(captured, delivered=True),
        Step.FOUND_OTHERWISE: _found(captured, delivered=False),
    }
    return {step: Tally(promises=promises) for step, promises in found.items()}


def _of(shares: Mapping[Share, Tally], *wanted: Share) -> list[Promise]:
    return [promise for share in wanted for promise in shares[share].promises]


def _with_evidence(promises: list[Promise]) -> list[Promise]:
    evidenced = commitments_in_force().filter(
        Q(stories__withdrawn_at__isnull=True, stories__isnull=False) | _measured_since_start()
    )
    return _among(promises, commitments=set(evidenced.values_list("promise_id", flat=True)))


def _measured_since_start() -> Q:
    measured = Commitment.objects.filter(
        series__measurements__period__gte=F("starts_on"),
        series__measurements__period__lte=F("due_on"),
        series__measurements__value__isnull=False,
    )
    return Q(pk__in=measured.values("pk"))


def _found(promises: list[Promise], *, delivered: bool) -> list[Promise]:
    published = findings_visible_to(None)
    says_so = Q(conclusion=Conclusion.DELIVERED)
    found = published.filter(says_so if delivered else ~says_so)
    return _among(promises, commitments=set(found.values_list("commitment__promise_id", flat=True)))


def _among(promises: list[Promise], *, commitments: set[int]) -> list[Promise]:
    return [promise for promise in promises if promise.pk in commitments]
