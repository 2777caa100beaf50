"""Who may record evidence, check it and dispute it, and who may show a story to everyone."""

from collections.abc import Iterable

from makegood.articulate.models import Programme
from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import reach_of
from makegood.capture.drawing import lookers_at, looks_at, parties_in, right_of
from makegood.capture.judging import judges, rights_to_check
from makegood.capture.models import (
    Call,
    Complaint,
    Concern,
    Dispute,
    Document,
    Sample,
    Story,
)
from makegood.capture.named import named_by
from makegood.capture.reading import is_reader
from makegood.capture.states import Caller, ComplaintTo
from makegood.contract.models import Commitment, Contract
from makegood.kernel.refusal import Answer, no, yes
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import belongs_to
from makegood.people.states import Right


def can_capture(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may record evidence: the provider's recorders may."""
    house = commitment.contract.provider
    return can_capture_for(person, commitment=commitment, house=house)


def can_capture_for(
    person: Person | None, *, commitment: Commitment, house: Organisation
) -> Answer:
    """Answer whether ``person`` may record what ``house`` owes: who delivers, or delivered in its time."""
    contract = commitment.contract
    if house not in contract.providers:
        return no("Only who delivers, or delivered then, records this.")
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=house,
        right=Right.RECORD,
    )


def can_set_prompts(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may say what people are asked: whoever writes for the commissioner may."""
    contract = commitment.contract
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.commissioner,
        right=Right.WRITE,
    )


def can_publish_story(person: Person | None, *, story: Story) -> Answer:
    """Answer whether ``person`` may show ``story`` to everyone: assessors may, and no provider.

    Whoever delivers a service does not choose which praise is shown, nor which blame is not.
    """
    return judges(person, contract=story.commitment.contract)


def can_take_call(person: Person | None, *, call: Call) -> Answer:
    """Answer whether ``person`` may call, and write down what is told: a member of who was asked for.

    The provider's recorders may, or those who judge, as whoever asked for the call chose.
    """
    commitment = call.link.commitment
    if call.caller == Caller.ASSESSOR:
        return judges(person, contract=commitment.contract)
    return can_capture(person, commitment=commitment)


def can_act_on_concern(person: Person | None, *, concern: Concern) -> Answer:
    """Answer whether ``person`` may read what is feared and say what was done: the named persons may."""
    contract = concern.story.commitment.contract
    houses = [contract.provider.pk, contract.commissioner.pk]
    if named_by(person).filter(pk__in=houses).exists():
        return yes("You are the named person.")
    return no("Only the named persons of the provider and the commissioner may.")


def can_answer_complaint(person: Person | None, *, complaint: Complaint) -> Answer:
    """Answer whether ``person`` may answer: the named person of the side it was made to may."""
    contract = complaint.link.commitment.contract
    is_provider = complaint.made_to == ComplaintTo.PROVIDER
    house = contract.provider if is_provider else contract.commissioner
    if named_by(person).filter(pk=house.pk).exists():
        return yes("You are the named person.")
    return no(f"Only the named person of {house} may.")


def can_give_figures(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may give figures for ``organisation``, in some programme.

    Of each commitment it is asked again (``can_capture``).
    """
    return can_act_for(person, organisation=organisation, right=Right.RECORD)


def can_check(person: Person | None, *, commitment: Commitment, house: Organisation) -> Answer:
    """Answer whether ``person`` may say for ``house`` how far a figure is checked.

    Assessors may, writers of the commissioner, and those who answer for the provider.
    """
    return _acts_for(person, commitment=commitment, house=house)


def can_check_some(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may check figures of ``commitment`` for any party."""
    contract = commitment.contract
    houses = (contract.assessor, contract.commissioner, contract.provider)
    return _for_one_of(person, commitment=commitment, houses=houses)


def can_dispute(person: Person | None, *, commitment: Commitment, house: Organisation) -> Answer:
    """Answer whether ``person`` may dispute a figure for ``house``: who buys, or judges."""
    if house in commitment.contract.providers:
        return no("A provider corrects its figures. It does not dispute them.")
    return _acts_for(person, commitment=commitment, house=house)


def can_dispute_some(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may dispute figures of ``commitment`` for who buys, or judges."""
    contract = commitment.contract
    houses = (contract.assessor, contract.commissioner)
    return _for_one_of(person, commitment=commitment, houses=houses)


def can_check_document(person: Person | None, *, document: Document, house: Organisation) -> Answer:
    """Answer whether ``person`` may say for ``house`` how far ``document`` is checked: who may read it."""
    may_read = _reads(person, document=document)
    return may_read and can_check(person, commitment=document.commitment, house=house)


def can_check_document_some(person: Person | None, *, document: Document) -> Answer:
    """Answer whether ``person`` may check ``document`` for any party."""
    may_read = _reads(person, document=document)
    return may_read and can_check_some(person, commitment=document.commitment)


def can_dispute_document(
    person: Person | None, *, document: Document, house: Organisation
) -> Answer:
    """Answer whether ``person`` may dispute ``document`` for ``house``: who buys or judges, and reads it."""
    may_read = _reads(person, document=document)
    return may_read and can_dispute(person, commitment=document.commitment, house=house)


def can_dispute_document_some(person: Person | None, *, document: Document) -> Answer:
    """Answer whether ``person`` may dispute ``document`` for who buys, or judges."""
    may_read = _reads(person, document=document)
    return may_read and can_dispute_some(person, commitment=document.commitment)


def can_answer_dispute(person: Person | None, *, dispute: Dispute) -> Answer:
    """Answer whether ``person`` may answer for the provider: the one that gave it (``answering``)."""
    return can_act_in(
        person,
        programme=dispute.commitment.contract.proposal.need.programme_id,
        organisation=dispute.answering,
        right=Right.ANSWER,
    )


def can_resolve_dispute(person: Person | None, *, dispute: Dispute) -> Answer:
    """Answer whether ``person`` may resolve ``dispute``, for the side that opened it."""
    return _acts_for(person, commitment=dispute.commitment, house=dispute.opened_for)


def can_withdraw_document(person: Person | None, *, document: Document) -> Answer:
    """Answer whether ``person`` may withdraw ``document``: those who may record for the provider."""
    return can_capture(person, commitment=document.commitment)


def can_sample(person: Person | None, *, contract: Contract, house: Organisation) -> Answer:
    """Answer whether ``person`` may draw samples for ``house`` and look through them: who judges, or buys."""
    if any(belongs_to(person, organisation=each) for each in contract.providers):
        return no("You belong to the provider. Somebody else checks its figures.")
    if house not in {contract.assessor, contract.commissioner}:
        return no("Only the assessor and the commissioner draw samples.")
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=house,
        right=Right.ASSESS if house == contract.assessor else Right.WRITE,
    )


def can_sample_some(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may draw samples of ``contract`` for who judges, or buys."""
    houses = (contract.assessor, contract.commissioner)
    answers = [can_sample(person, contract=contract, house=each) for each in houses]
    return next((answer for answer in answers if answer), answers[0])


def _reads(person: Person | None, *, document: Document) -> Answer:
    if is_reader(document, of=document.commitment, reach=reach_of(person)):
        return yes("You may read the document.")
    return no("Only who may read a document says how far it is checked, or disputes it.")


def can_sample_programme(
    person: Person | None, *, programme: Programme, house: Organisation
) -> Answer:
    """Answer whether ``person`` may draw a sample over ``programme`` for ``house``.

    Who runs it may, and who buys or judges in it; nobody who belongs to any of its providers.
    """
    parties = parties_in(programme)
    if reach_of(person).is_of(parties.providers):
        return no("You belong to a provider of this programme. Somebody else draws from it.")
    if house not in parties.drawing:
        return no("Only who runs the programme, buys or judges in it draws samples over it.")
    return can_act_in(person, programme=programme.pk, organisation=house, right=right_of(house))


def can_sample_programme_some(person: Person | None, *, programme: Programme) -> Answer:
    """Answer whether ``person`` may draw samples over ``programme`` for any organisation."""
    answers = [
        can_sample_programme(person, programme=programme, house=each)
        for each in _houses_of(person, programme=programme)
    ]
    return next((answer for answer in answers if answer), answers[0])


def can_run_sample(person: Person | None, *, sample: Sample) -> Answer:
    """Answer whether ``person`` may draw what was announced and close it, for who announced it."""
    house = sample.drawn_for
    if sample.programme:
        return can_sample_programme(person, programme=sample.programme, house=house)
    assert sample.contract
    return can_sample(person, contract=sample.contract, house=house)


def can_look_at(person: Person | None, *, sample: Sample, contract: Contract) -> Answer:
    """Answer whether ``person`` may say what is found of figures of ``contract`` in ``sample``.

    Over a programme: for who judges or buys that contract, or who runs the programme.
    """
    if not sample.programme:
        return can_run_sample(person, sample=sample)
    if any(belongs_to(person, organisation=each) for each in contract.providers):
        return no("You belong to the provider. Somebody else checks its figures.")
    answers = [
        can_act_in(person, programme=sample.programme_id, organisation=house, right=right)
        for house, right in lookers_at(sample, contract=contract)
    ]
    return next((answer for answer in answers if answer), answers[0])


def can_look_through(
    person: Person | None, *, sample: Sample, contracts: Iterable[Contract]
) -> Answer:
    """Answer whether ``person`` may open the worksheet of ``sample``, drawn from figures of ``contracts``.

    Over a programme each sees the part that is theirs to look at; whoever drew it, that there is one.
    """
    may_run = can_run_sample(person, sample=sample)
    if may_run or not sample.programme:
        return may_run
    reach = reach_of(person)
    if any(looks_at(reach, sample=sample, contract=one) for one in contracts):
        return yes("Some of what was drawn is theirs to look at.")
    return no("None of what was drawn is yours to look at.")


def _houses_of(person: Person | None, *, programme: Programme) -> list[Organisation]:
    """Return who draws over ``programme`` and is one of theirs; who runs it, where none is."""
    reach = reach_of(person)
    found = [each for each in parties_in(programme).drawing if reach.is_of([each.pk])]
    return found or [programme.run_by]


def _acts_for(person: Person | None, *, commitment: Commitment, house: Organisation) -> Answer:
    contract = commitment.contract
    right = rights_to_check(contract).get(house)
    if right is None:
        return no("Only the parties of the contract and its assessor may.")
    programme = contract.proposal.need.programme_id
    return can_act_in(person, programme=programme, organisation=house, right=right)


def _for_one_of(
    person: Person | None, *, commitment: Commitment, houses: tuple[Organisation, ...]
) -> Answer:
    answers = [_acts_for(person, commitment=commitment, house=each) for each in houses]
    return next((answer for answer in answers if answer), answers[0])
