"""Who may decide, draft and sign."""

from collections.abc import Iterable

from makegood.articulate.models import Need, Proposal
from makegood.articulate.permissions import can_act_in, can_change_need, can_send_proposal
from makegood.articulate.queries import Reach, is_told, reach_of
from makegood.contract.models import Challenge, Contract, Notice, Variation
from makegood.contract.parties import is_inside, left_by
from makegood.contract.rules import (
    check_each_scores_alone,
    check_interests_come_first,
    check_signature_is_within_limit,
)
from makegood.contract.seats import Bench, people_who_may_sit
from makegood.contract.states import Side
from makegood.kernel.refusal import PLAIN, Answer, no, yes
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

INTERESTED = "You declared an interest. You see no scores for this need, and decide nothing on it."
RIVAL = (
    "You belong to a provider that answers this need. You neither weigh its proposals nor decide."
)


def can_decide(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may decide on ``proposal``: the commissioner's writers may."""
    return can_act_in(
        person,
        programme=proposal.need.programme_id,
        organisation=proposal.need.commissioner,
        right=Right.WRITE,
    )


def can_decide_need(
    person: Person | None, *, need: Need, bench: Bench | None = None, reach: Reach | None = None
) -> Answer:
    """Answer whether ``person`` may decide between the proposals for ``need``.

    Whoever declared an interest in one of them does not (CON-46), nor who belongs to its provider.
    ``bench`` and ``reach`` are theirs, where a page read them already; so in those below.
    """
    bench = bench or Bench(person, need=need)
    if bench.has_interest:
        return no(INTERESTED, number="CON-46")
    may = can_change_need(person, need=need, reach=reach)
    return no(RIVAL) if may and bench.is_rival else may


def can_sit(person: Person, *, need: Need) -> Answer:
    """Answer whether ``person`` may be named to the panel of ``need``."""
    if people_who_may_sit(need).filter(pk=person.pk).exists():
        return yes("They belong to the commissioner, or review in the programme.")
    return no(
        "Choose a member of the commissioner, or a reviewer, who is on the side of no provider."
    )


def can_weigh(person: Person | None, *, need: Need, bench: Bench | None = None) -> Answer:
    """Answer whether ``person`` may score the proposals for ``need``: their interests come first (CON-46)."""
    bench = bench or Bench(person, need=need)
    seat = bench.seat
    if seat is None:
        return no("Only members of the panel score proposals.")
    if bench.is_rival:
        return no(RIVAL)
    declared = seat.declared

    def check_interests() -> None:
        check_interests_come_first(
            is_declared=declared is not None,
            has_interest=declared is not None and declared.has_interest,
        )

    return yes("You sit on the panel, and have no interest.").under(check_interests)


def can_see_panel(
    person: Person | None, *, need: Need, bench: Bench | None = None, reach: Reach | None = None
) -> Answer:
    """Answer whether ``person`` may see who weighs the proposals for ``need``, and how far they are."""
    if (bench or Bench(person, need=need)).seat is not None:
        return yes("You sit on the panel.")
    reach = reach or reach_of(person)
    if reach.is_inside([need.commissioner_id], programme=need.programme_id):
        return yes("You belong to the commissioner, or audit the programme.")
    return no("Only the commissioner, the panel and auditors see this.")


def can_read_scores(
    person: Person | None, *, need: Need, bench: Bench | None = None, reach: Reach | None = None
) -> Answer:
    """Answer whether ``person`` may read what the panel gave (CON-46, CON-48).

    Members read it once their own scores are sent; those who decide and auditors always; nobody
    who declared an interest.
    """
    bench = bench or Bench(person, need=need)
    if bench.has_interest:
        return no(INTERESTED, number="CON-46")
    if bench.is_rival:
        return no(RIVAL)
    seat = bench.seat
    if seat is not None:
        own = yes("You sit on the panel.")
        return own.under(
            lambda: check_each_scores_alone(is_sent=seat.sent_at is not None, is_reading=True)
        )
    reach = reach or reach_of(person)
    if reach.audits(need.programme_id):
        return yes("You audit the programme.")
    return can_decide_need(person, need=need, bench=bench, reach=reach)


def can_challenge(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may challenge what was decided on ``proposal``: its writers may."""
    return can_send_proposal(person, proposal=proposal)


def can_read_challenge(person: Person | None, *, challenge: Challenge) -> Answer:
    """Answer whether ``person`` may read ``challenge``: the two it concerns may, and auditors."""
    proposal = challenge.decision.proposal
    if is_told(person, proposal=proposal):
        return yes("You belong to one of the two it concerns, or audit the programme.")
    return no(
        f"Only {proposal.provider}, {challenge.standstill.need.commissioner} and auditors do."
    )


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


def can_read_scan(person: Person | None, *, contract: Contract, signing_round: int = 0) -> Answer:
    """Answer whether ``person`` may read scans of signatures: they show a name and a hand.

    Whoever handed the contract over reads those of the rounds until then.
    """
    left = left_by(person, contract=contract)
    if is_inside(person, contract=contract) and (
        left is None or signing_round <= left.signing_round
    ):
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


def can_write_for(person: Person | None, *, contract: Contract, side: Side) -> Answer:
    """Answer whether ``person`` may propose or answer what changes in ``contract``, for ``side``."""
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.party(side),
        right=Right.WRITE,
    )


def can_begin_variation(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may propose to vary ``contract``: the writers of both sides may."""
    if side_of_writer(person, contract=contract):
        return yes("Either side may propose a variation.")
    parties = f"{contract.commissioner} or {contract.provider}"
    return no(f"Only somebody who writes for {parties} may propose to vary this contract.")


def side_of_writer(person: Person | None, *, contract: Contract) -> Side | None:
    """Return the side ``person`` may write for, or None."""
    may = (side for side in Side if can_write_for(person, contract=contract, side=side))
    return next(may, None)


def can_write_variation(person: Person | None, *, variation: Variation) -> Answer:
    """Answer whether ``person`` may write, propose or withdraw ``variation``: its own side may."""
    return can_write_for(person, contract=variation.contract, side=Side(variation.side))


def can_answer_variation(person: Person | None, *, variation: Variation) -> Answer:
    """Answer whether ``person`` may decline ``variation`` or send it back: the other side may."""
    return can_write_for(person, contract=variation.contract, side=variation.other_side)


def can_sign_variation(person: Person | None, *, variation: Variation, side: Side) -> Answer:
    """Answer whether ``person`` may sign ``variation`` for ``side``: within their limit by its new value."""
    contract = variation.contract
    party, programme = contract.party(side), contract.proposal.need.programme_id
    may = can_act_in(person, programme=programme, organisation=party, right=Right.SIGN)

    def check_the_limit() -> None:
        limit = reach_of(person).signing_limit(organisation=party.pk, programme=programme)
        check_signature_is_within_limit(limit=limit, value=variation.new_value)

    return may.under(check_the_limit)


def side_signing_variation(
    person: Person | None, *, variation: Variation, missing: Iterable[Side]
) -> Side | None:
    """Return which of the sides that have not signed yet ``person`` may sign ``variation`` for, or None."""
    may = (side for side in missing if can_sign_variation(person, variation=variation, side=side))
    return next(may, None)


def can_sign_variation_for_a_party(person: Person | None, *, variation: Variation) -> Answer:
    """Answer whether ``person`` may sign ``variation`` for one side or the other."""
    answers = [can_sign_variation(person, variation=variation, side=side) for side in Side]
    for answer in answers:
        if answer or answer.number != PLAIN:
            return answer
    parties = f"{variation.contract.commissioner} or {variation.contract.provider}"
    return no(f"Only an owner or signatory of {parties} may sign this variation. Ask one of them.")


def can_end_for(person: Person | None, *, contract: Contract, side: Side) -> Answer:
    """Answer whether ``person`` may end ``contract`` for ``side``: who may sign it, within their limit."""
    return can_sign(person, contract=contract, side=side)


def side_of_ender(person: Person | None, *, contract: Contract) -> Side | None:
    """Return the side for which ``person`` may end ``contract``, or None."""
    may = (side for side in Side if can_end_for(person, contract=contract, side=side))
    return next(may, None)


def can_end(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may end ``contract`` early, for one side or the other."""
    if side_of_ender(person, contract=contract):
        return yes("You may sign for a side of this contract.")
    parties = f"{contract.commissioner} or {contract.provider}"
    return no(f"Only an owner or signatory of {parties} may end this contract. Ask one of them.")


def can_write_notice(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may write, send and publish notices of ``contract``: the public body may."""
    return can_decide(person, proposal=contract.proposal)


def can_reply_to_notice(person: Person | None, *, notice: Notice) -> Answer:
    """Answer whether ``person`` may reply to a notice, for whoever delivered then, before it is published."""
    return can_act_in(
        person,
        programme=notice.contract.proposal.need.programme_id,
        organisation=notice.provider,
        right=Right.ANSWER,
    )
