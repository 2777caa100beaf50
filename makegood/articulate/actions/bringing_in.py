"""Entering what was promised before it came here: a need that is closed, and a proposal with its promises."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from makegood.articulate import rules
from makegood.articulate.actions.needs import keep_version
from makegood.articulate.actions.versions import keep_version_of
from makegood.articulate.actions.writing import PromiseTerms
from makegood.articulate.models import Need, Programme, Promise, Proposal
from makegood.articulate.permissions import can_write_need
from makegood.articulate.queries import needs_called
from makegood.articulate.states import PROPOSALS, NeedState
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import new_code, new_reference, unused
from makegood.kernel.transition import move
from makegood.measures.actions import pin_measure
from makegood.people.models import Organisation, Person

ITS_ALTERNATIVE = (
    "It came here with a contract that was signed before. The alternative is not said."
)


@transaction.atomic
def bring_in_proposal(
    *,
    programme: Programme,
    commissioner: Organisation,
    provider: Organisation,
    title: str,
    words: str,
    promises: Sequence[PromiseTerms],
    by: Person,
    now: datetime,
) -> Proposal:
    """Enter what ``provider`` promised ``commissioner`` elsewhere; it waits for its decision.

    All that holds for promises made here holds for these (ART-01 to ART-08).

    ``words`` say where it comes from, wherever its need or summary is read.
    """
    can_write_need(by, commissioner=commissioner, programme=programme.pk).require()
    take_turn(programme.stream)
    same = needs_called(title, programme=programme, commissioner=commissioner)
    rules.check_it_is_said_once(exists=same.exists(), what="need")
    rules.check_proposal_promises_something(promises=len(promises))
    need = Need.objects.create(
        reference=unused(
            lambda: new_reference("N"),
            taken=lambda reference: Need.objects.filter(reference=reference).exists(),
        ),
        programme=programme,
        commissioner=commissioner,
        title=title,
        description=words,
        alternative=ITS_ALTERNATIVE,
        state=NeedState.CLOSED,
        written_by=by,
        written_at=now,
        published_at=now,
        closed_at=now,
    )
    record(need, act="bring_in_need", stream=programme.stream, by=by, now=now)
    keep_version(need, reason="", by=by, now=now)
    proposal = Proposal.objects.create(
        code=unused(new_code, taken=lambda code: Proposal.objects.filter(code=code).exists()),
        need=need,
        provider=provider,
        title=title,
        summary=words,
        written_by=by,
        written_at=now,
    )
    record(proposal, act="bring_in_proposal", stream=proposal.stream, by=by, now=now)
    for position, terms in enumerate(promises, start=1):
        _bring_in_promise(proposal, position=position, terms=terms, by=by, now=now)
    move(proposal, table=PROPOSALS, act="submit_proposal")
    proposal.submitted_at = now
    proposal.save(update_fields=["state", "submitted_at"])
    record(proposal, act="submit_proposal", stream=proposal.stream, by=by, now=now)
    keep_version_of(proposal, by=by, now=now)
    return proposal


def _bring_in_promise(
    proposal: Proposal, *, position: int, terms: PromiseTerms, by: Person, now: datetime
) -> None:
    terms.check()
    same = proposal.promises.filter(
        for_whom=terms.for_whom, what_changes=terms.what_changes, due_on=terms.due_on
    )
    rules.check_it_is_said_once(exists=same.exists(), what="promise")
    promise = Promise.objects.create(
        proposal=proposal,
        position=position,
        reference=f"P-{proposal.code}-{position:02}",
        measure_version=pin_measure(terms.measure, by=by, now=now) if terms.measure else None,
        **terms.columns(),
    )
    record(promise, act="bring_in_promise", stream=proposal.stream, by=by, now=now)
