"""Two contracts of one provider that ask for the same figures, of which one is handed over."""

from __future__ import annotations

from makegood.articulate.actions import PromiseTerms, add_promise, start_proposal, submit_proposal
from makegood.articulate.models import Promise
from makegood.contract.actions import (
    decide_proposal,
    dispose_promise,
    draft_contract,
    sign_contract,
)
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Fate, Outcome, Side
from makegood.people.models import Organisation, Person
from tests.factories.cast import Cast
from tests.factories.due import SIGNED_ON, at
from tests.factories.terms import terms_alone


def a_twin(
    cast: Cast, *, of: Contract, provider: Organisation | None = None, owner: Person | None = None
) -> Commitment:
    """Return the commitment of another contract in force: the same measure, of the same group.

    It is of the same provider, or of another one and its owner.
    """
    by = owner or cast.alice
    [first] = of.proposal.promises.all()
    proposal = start_proposal(
        need=of.proposal.need,
        provider=provider or cast.provider,
        title="More of it",
        summary="Twice as many",
        by=by,
    )
    names = ("for_whom", "what_changes", "starts_on", "due_on", "why_believed", "measure")
    figures = ("baseline", "alternative", "target")
    terms = PromiseTerms(**{name: getattr(first, name) for name in (*names, *figures)})
    add_promise(proposal, terms=terms, by=by)
    submit_proposal(proposal, by=by)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="More is needed", by=cast.erin)
    promise = Promise.objects.get(proposal=proposal)
    contract = draft_contract(
        promise.proposal,
        assessor=cast.assessors,
        starts_on=of.starts_on,
        ends_on=of.ends_on,
        by=cast.erin,
    )
    agreed = terms_alone(promise)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, terms=agreed, by=cast.erin)
    for side, signing in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, by)):
        sign_contract(contract, side=side, by=signing, now=at(SIGNED_ON))
    return Commitment.objects.get(contract=contract)
