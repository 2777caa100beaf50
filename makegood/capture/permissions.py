"""Who may record evidence for which commitment, and who may show a story to everyone."""

from makegood.articulate.permissions import can_act_in
from makegood.capture.judging import judges
from makegood.capture.models import Call, Complaint, Concern, NamedPerson, Story
from makegood.capture.states import Caller, ComplaintTo
from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer, no, yes
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.states import Right


def can_capture(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may record evidence: the provider's recorders may."""
    contract = commitment.contract
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.provider,
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
    houses = [contract.provider, contract.commissioner]
    named = NamedPerson.objects.filter(
        organisation__in=houses, person=person, ended_at__isnull=True
    )
    if person is not None and named.exists():
        return yes("You are the named person.")
    return no("Only the named persons of the provider and the commissioner may.")


def can_answer_complaint(person: Person | None, *, complaint: Complaint) -> Answer:
    """Answer whether ``person`` may answer: the named person of the side it was made to may."""
    contract = complaint.link.commitment.contract
    is_provider = complaint.made_to == ComplaintTo.PROVIDER
    house = contract.provider if is_provider else contract.commissioner
    named = NamedPerson.objects.filter(organisation=house, person=person, ended_at__isnull=True)
    if person is not None and named.exists():
        return yes("You are the named person.")
    return no(f"Only the named person of {house} may.")


def can_give_figures(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may give figures for ``organisation``, in some programme.

    Of each commitment it is asked again (``can_capture``).
    """
    return can_act_for(person, organisation=organisation, right=Right.RECORD)
