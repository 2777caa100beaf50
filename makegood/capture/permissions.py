"""Who may record evidence, check it and dispute it, and who may show a story to everyone."""

from makegood.articulate.permissions import can_act_in
from makegood.capture.judging import judges
from makegood.capture.models import Call, Complaint, Concern, Dispute, Document, Story
from makegood.capture.named import named_by
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


def can_answer_dispute(person: Person | None, *, dispute: Dispute) -> Answer:
    """Answer whether ``person`` may answer for the provider: the one that gave the figure (``answering``)."""
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


def _acts_for(person: Person | None, *, commitment: Commitment, house: Organisation) -> Answer:
    contract = commitment.contract
    rights = {contract.provider: Right.ANSWER, contract.commissioner: Right.WRITE}
    right = Right.ASSESS if house == contract.assessor else rights.get(house)
    if right is None:
        return no("Only the parties of the contract and its assessor may.")
    programme = contract.proposal.need.programme_id
    return can_act_in(person, programme=programme, organisation=house, right=right)


def _for_one_of(
    person: Person | None, *, commitment: Commitment, houses: tuple[Organisation, ...]
) -> Answer:
    answers = [_acts_for(person, commitment=commitment, house=each) for each in houses]
    return next((answer for answer in answers if answer), answers[0])
