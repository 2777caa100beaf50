"""Who may decide, draft and sign."""

from makegood.articulate.models import Need, Proposal
from makegood.articulate.permissions import can_act_in, can_change_need, can_send_proposal
from makegood.articulate.queries import reach_of
from makegood.contract.models import Challenge, Contract
from makegood.contract.rules import check_signature_is_within_limit
from makegood.contract.states import Side
from makegood.kernel.refusal import PLAIN, Answer, no, yes
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


def can_decide(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may decide on ``proposal``: the commissioner's writers may."""
    return can_act_in(
        person,
        programme=proposal.need.programme_id,
        organisation=proposal.need.commissioner,
        right=Right.WRITE,
    )


def can_decide_need(person: Person | None, *, need: Need) -> Answer:
    """Answer whether ``person`` may decide between the proposals for ``need``."""
    return can_change_need(person, need=need)


def can_challenge(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may challenge what was decided on ``proposal``: its writers may."""
    return can_send_proposal(person, proposal=proposal)


def can_answer_challenge(person: Person | None, *, challenge: Challenge) -> Answer:
    """Answer whether ``person`` may answer ``challenge``: whoever may decide may."""
    return can_decide_need(person, need=challenge.standstill.need)


def can_draft(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may draft ``contract``: the commissioner holds the pen."""
    return can_decide(person, proposal=contract.proposal)


def can_sign(person: Person | None, *, contract: Contract, side: Side) -> Answer:
    """Answer whether ``person`` may sign ``contract`` for ``side``."""
    party = contract.party(side)
    programme = contract.proposal.need.programme_id
    may = can_act_in(person, programme=programme, organisation=party, right=Right.SIGN)

    def check_the_limit() -> None:
        limit = reach_of(person).signing_limit(organisation=party.pk, programme=programme)
        check_signature_is_within_limit(limit=limit, value=contract.value)

    return may.under(check_the_limit)


def side_of_signatory(person: Person | None, *, contract: Contract) -> Side | None:
    """Return the side ``person`` may sign for, or None."""
    may = (side for side in Side if can_sign(person, contract=contract, side=side))
    return next(may, None)


def can_sign_for_a_party(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may sign ``contract`` for one side or the other."""
    answers = [can_sign(person, contract=contract, side=side) for side in Side]
    for answer in answers:
        if answer or answer.number != PLAIN:
            return answer
    parties = f"{contract.commissioner} or {contract.provider}"
    return no(f"Only an owner or signatory of {parties} may sign this contract. Ask one of them.")


def can_answer_for(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may say what is recorded of ``proposal``, for its commissioner."""
    return can_act_in(
        person,
        programme=proposal.need.programme_id,
        organisation=proposal.need.commissioner,
        right=Right.ANSWER,
    )


def can_withhold(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may withhold parts of ``contract``: the public body answers for it."""
    return can_decide(person, proposal=contract.proposal)


def can_take_record(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may take the record of ``contract``, to answer who asks for it."""
    return can_answer_for(person, proposal=contract.proposal)


def can_record_paper(person: Person | None, *, contract: Contract, side: Side) -> Answer:
    """Answer whether ``person`` may record that ``side`` signed ``contract`` on paper.

    The commissioner's writers may for either side, for it keeps the file; a side's writers for their own.
    """
    by_commissioner = can_decide(person, proposal=contract.proposal)
    if by_commissioner or side is Side.COMMISSIONER:
        return by_commissioner
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.party(side),
        right=Right.WRITE,
    )


def can_read_scan(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may read scans of signatures: they show a name and a hand."""
    houses = (contract.provider.pk, contract.commissioner.pk, contract.assessor_id)
    if reach_of(person).is_inside(houses, programme=contract.proposal.need.programme_id):
        return yes("It belongs to a contract of yours, or one that you judge or audit.")
    return no("Only the parties, the assessor and auditors of this contract may read its scans.")


def can_erase_paper(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may erase who signed ``contract`` on paper: who answers for it may."""
    return can_answer_for(person, proposal=contract.proposal)


def can_bring_in(person: Person | None, *, commissioner: Organisation, programme: int) -> Answer:
    """Answer whether ``person`` may bring in contracts of ``commissioner`` in a programme, by its key."""
    return can_act_in(person, programme=programme, organisation=commissioner, right=Right.WRITE)


def can_confirm(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may confirm or dispute, for the provider, what was brought in for it."""
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.provider,
        right=Right.ANSWER,
    )
