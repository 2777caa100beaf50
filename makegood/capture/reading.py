"""Who may read a document that was given as evidence."""

from makegood.articulate.queries import Reach
from makegood.capture.models import Document
from makegood.capture.states import Readers
from makegood.contract.models import Commitment


def is_reader(document: Document, *, of: Commitment, reach: Reach) -> bool:
    """Return whether ``document`` is meant for whoever has ``reach``, though it may be withdrawn."""
    if document.readers == Readers.EVERYONE:
        return True
    contract = of.contract
    houses = [document.added_for_id, contract.provider.pk, contract.assessor_id]
    if document.readers == Readers.PARTIES:
        houses.append(contract.commissioner.pk)
    return reach.is_inside(houses, programme=contract.proposal.need.programme_id)
