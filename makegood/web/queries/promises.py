"""Finding promises by what became of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from makegood.articulate.models import Promise
from makegood.articulate.queries import promises_visible_to
from makegood.articulate.states import ProposalState
from makegood.contract.queries import LOST, Share, share_of
from makegood.people.models import Organisation, Person

ANY_LOSS = "lost"
"""How an address asks for every promise that no contract holds."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A promise and what became of it."""

    promise: Promise
    share: Share | None


def promises_found(
    promises: QuerySet[Promise],
    *,
    text: str = "",
    share: str = "",
    provider: Organisation | None = None,
    now: datetime,
) -> list[Found]:
    """Return the promises that hold every word of ``text``, by what became of them, the newest first."""
    for word in text.split():
        promises = promises.filter(
            Q(reference__iexact=word)
            | Q(for_whom__icontains=word)
            | Q(what_changes__icontains=word)
            | Q(measure__name__icontains=word)
            | Q(proposal__provider__name__icontains=word)
            | Q(proposal__need__commissioner__name__icontains=word)
        )
    if provider:
        promises = promises.filter(proposal__provider=provider)
    shown = promises.select_related(
        "disposition", "proposal__contract", "proposal__decision"
    ).order_by("-proposal__submitted_at", "position")
    found = [Found(promise=promise, share=_share(promise, now=now)) for promise in shown]
    return [one for one in found if not share or one.share in _shares(share)]


def _shares(wanted: str) -> tuple[Share, ...]:
    if wanted == ANY_LOSS:
        return LOST
    return tuple(share for share in Share if share.name.lower() == wanted)


def promises_of_organisation(
    organisation: Organisation, *, person: Person | None, now: datetime
) -> list[Found]:
    """Return the promises made by ``organisation``, or to it."""
    concerned = promises_visible_to(person).filter(
        Q(proposal__provider=organisation) | Q(proposal__need__commissioner=organisation)
    )
    return promises_found(concerned, now=now)


def _share(promise: Promise, *, now: datetime) -> Share | None:
    if promise.proposal.state != ProposalState.APPROVED:
        return None
    return share_of(promise, now=now)
