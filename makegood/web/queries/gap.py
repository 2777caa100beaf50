"""How much of what was promised was contracted, captured and shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from makegood.articulate.models import Promise
from makegood.assess.queries import findings_visible_to
from makegood.assess.states import Conclusion
from makegood.contract.models import Commitment
from makegood.contract.queries import LOST, Share, Tally, commitments_in_force, contracting_gap


@dataclass(kw_only=True)
class Gap:
    """Promises at each step, everyone's: each step holds those that reached it."""

    shares: dict[Share, Tally]
    promised: Tally
    contracted: Tally
    captured: Tally
    shown: Tally
    found_otherwise: Tally

    @property
    def lost(self) -> Tally:
        """Return the promises that no contract holds: not contracted, or never signed."""
        return Tally(promises=[p for share in LOST for p in self.shares[share].promises])


def gap_today(*, now: datetime) -> Gap:
    """Return the gap over every promise in approved proposals."""
    shares = contracting_gap(now=now)
    promised = [promise for tally in shares.values() for promise in tally.promises]
    contracted = [
        *shares[Share.AS_PROMISED].promises,
        *shares[Share.WEAKENED].promises,
    ]
    captured = _with_evidence(contracted)
    return Gap(
        shares=shares,
        promised=Tally(promises=promised),
        contracted=Tally(promises=contracted),
        captured=Tally(promises=captured),
        shown=Tally(promises=_found(captured, delivered=True)),
        found_otherwise=Tally(promises=_found(captured, delivered=False)),
    )


def _with_evidence(promises: list[Promise]) -> list[Promise]:
    evidenced = commitments_in_force().filter(
        Q(stories__withdrawn_at__isnull=True, stories__isnull=False) | _measured_since_start()
    )
    return _among(promises, commitments=set(evidenced.values_list("promise_id", flat=True)))


def _measured_since_start() -> Q:
    measured = Commitment.objects.filter(series__measurements__period__gte=F("starts_on"))
    return Q(pk__in=measured.values("pk"))


def _found(promises: list[Promise], *, delivered: bool) -> list[Promise]:
    published = findings_visible_to(None)
    says_so = Q(conclusion=Conclusion.DELIVERED)
    found = published.filter(says_so if delivered else ~says_so)
    return _among(promises, commitments=set(found.values_list("commitment__promise_id", flat=True)))


def _among(promises: list[Promise], *, commitments: set[int]) -> list[Promise]:
    return [promise for promise in promises if promise.pk in commitments]
