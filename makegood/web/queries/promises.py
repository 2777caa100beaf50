"""Finding promises by what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from makegood.articulate.models import Aim, Promise
from makegood.articulate.queries import promises_tagged, promises_visible_to
from makegood.articulate.states import ProposalState
from makegood.assess.queries import findings_visible_to
from makegood.contract.queries import Share, share_of
from makegood.people.models import Organisation, Person
from makegood.web.queries.gap import Step, gap_today


@dataclass(frozen=True, kw_only=True)
class Found:
    """A promise, what became of it, and what was found."""

    promise: Promise
    share: Share | None
    conclusion: str


def promises_found(
    promises: QuerySet[Promise],
    *,
    text: str = "",
    step: str = "",
    provider: Organisation | None = None,
    commissioner: Organisation | None = None,
    aim: Aim | None = None,
    code: str = "",
    now: datetime,
) -> list[Found]:
    """Return the promises that hold every word of ``text`` and got to ``step``, the newest first."""
    promises = promises_tagged(promises, aim=aim, code=code)
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
    if commissioner:
        promises = promises.filter(proposal__need__commissioner=commissioner)
    if step:
        reached = gap_today(now=now)[Step(step)].promises
        promises = promises.filter(pk__in=[promise.pk for promise in reached])
    shown = promises.select_related(
        "disposition", "commitment", "proposal__contract", "proposal__decision"
    ).order_by("-proposal__submitted_at", "position")
    findings = findings_visible_to(None).values_list("commitment__promise_id", "conclusion")
    conclusions = dict(findings)
    return [
        Found(
            promise=promise,
            share=_share(promise, now=now),
            conclusion=conclusions.get(promise.pk, ""),
        )
        for promise in shown
    ]


def promises_of_organisations(
    organisations: Sequence[Organisation], *, person: Person | None, now: datetime
) -> list[Found]:
    """Return the promises made by any of ``organisations``, or to it."""
    concerned = promises_visible_to(person).filter(
        Q(proposal__provider__in=organisations) | Q(proposal__need__commissioner__in=organisations)
    )
    return promises_found(concerned, now=now)


def _share(promise: Promise, *, now: datetime) -> Share | None:
    if promise.proposal.state != ProposalState.APPROVED:
        return None
    return share_of(promise, now=now)
