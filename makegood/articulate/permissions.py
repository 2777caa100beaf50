"""Who may write needs and proposals."""

from dataclasses import replace
from functools import partial

from django.db import connection

from makegood.articulate.asking import providers_asking
from makegood.articulate.models import (
    Need,
    Programme,
    Proposal,
    ProposalWriter,
    WriterAddressee,
)
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.rules import (
    check_operator_says_what_auditors_read,
    check_role_holds_here,
)
from makegood.articulate.states import ProposalState
from makegood.kernel.refusal import Answer, RuleBroken, no, yes
from makegood.people.models import Invitation, Membership, Organisation, Person
from makegood.people.permissions import can_act_for, can_manage_members, can_write_for_some
from makegood.people.queries import organisations_where
from makegood.people.states import Kind, Right, Role


def can_act_in(
    person: Person | None,
    *,
    programme: int | None,
    organisation: Organisation,
    right: Right,
    reach: Reach | None = None,
) -> Answer:
    """Answer whether ``person`` may do what ``right`` says for ``organisation`` in a programme.

    ``programme`` is its key; ``None`` is one that does not exist yet (ART-16). An act that requires
    it waits for whoever narrows a role there. ``reach`` is theirs, where a page read it already.
    """
    may = can_act_for(person, organisation=organisation, right=right)
    return may.under(partial(_check_it_holds, person, programme, organisation, right, reach))


def _check_it_holds(
    person: Person | None,
    programme: int | None,
    organisation: Organisation,
    right: Right,
    reach: Reach | None,
) -> None:
    reach = reach or reach_of(person)
    if reach.may(right, organisation=organisation.pk, programme=programme):
        return
    bounds = Programme.objects.filter(pk__in=reach.bounds(right, organisation=organisation.pk))
    check_role_holds_here(only=[str(each) for each in bounds], organisation=str(organisation))


def can_write_for_some_in(person: Person | None, *, kind: Kind, programme: int | None) -> Answer:
    """Answer whether ``person`` may write for any organisation of this kind in a programme.

    ``programme`` is as in ``can_act_in``. Asked before a form is shown: nobody types in vain.
    """
    may = can_write_for_some(person, kind=kind)
    if person is None or not may:
        return may
    for house in organisations_where(person, right=Right.WRITE, kind=kind):
        may = can_act_in(person, programme=programme, organisation=house, right=Right.WRITE)
        if may:
            break
    return may


def can_narrow(person: Person | None, *, held: Membership | Invitation) -> Answer:
    """Answer whether ``person`` may say in which programmes a role holds: owners may (ART-12)."""
    is_auditing = held.role == Role.AUDITOR
    is_operator = person is not None and person.is_active and person.is_staff
    try:
        check_operator_says_what_auditors_read(is_auditing=is_auditing, is_operator=is_operator)
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number)
    if is_auditing:
        return yes("An operator says what an auditor reads.")
    return can_manage_members(person, organisation=held.organisation)


def can_run_programme(person: Person | None, *, unit: Organisation) -> Answer:
    """Answer whether ``person`` may start programmes for ``unit``."""
    if unit.kind != Kind.SUPPORT_UNIT:
        return no(f"{unit} does not run programmes. Only a support unit does.")
    return can_act_in(person, programme=None, organisation=unit, right=Right.WRITE)


def can_write_aims(person: Person | None, *, programme: Programme) -> Answer:
    """Answer whether ``person`` may write the aims of ``programme``: writers of who runs it may."""
    return can_act_in(
        person, programme=programme.pk, organisation=programme.run_by, right=Right.WRITE
    )


def can_see_workbench(person: Person | None, *, programme: Programme) -> Answer:
    """Answer whether ``person`` may see who is on the way in ``programme``, and how far."""
    reach = reach_of(person)
    if reach.is_inside([programme.run_by_id], programme=programme.pk):
        return yes(f"{programme.run_by} runs the programme.")
    return no(f"Only members of {programme.run_by}, and auditors of the programme, see this.")


def can_write_need(
    person: Person | None,
    *,
    commissioner: Organisation,
    programme: int,
    reach: Reach | None = None,
) -> Answer:
    """Answer whether ``person`` may write needs for ``commissioner`` in a programme, by its key."""
    if commissioner.kind != Kind.COMMISSIONER:
        return no(f"{commissioner} does not buy services. Only a commissioner writes needs.")
    return can_act_in(
        person, programme=programme, organisation=commissioner, right=Right.WRITE, reach=reach
    )


def can_change_need(person: Person | None, *, need: Need, reach: Reach | None = None) -> Answer:
    """Answer whether ``person`` may change ``need``; ``reach`` is as in ``can_act_in``."""
    return can_write_need(
        person, commissioner=need.commissioner, programme=need.programme_id, reach=reach
    )


def can_write_proposal(person: Person | None, *, provider: Organisation, need: Need) -> Answer:
    """Answer whether ``person`` may answer ``need`` for ``provider``."""
    if provider.kind != Kind.PROVIDER:
        return no(f"{provider} does not provide services. Only a provider makes a proposal.")
    return can_act_in(person, programme=need.programme_id, organisation=provider, right=Right.WRITE)


def can_change_proposal(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may write in ``proposal``: its provider's writers may.

    So may who was invited to write it, while it is a draft. They do not send it.
    """
    may = can_send_proposal(person, proposal=proposal)
    if may or proposal.provider.closed_on is not None:
        return may
    is_invited = _writes(person, proposal)
    return replace(is_invited, held=partial(_writes, person, proposal)) if is_invited else may


def _writes(person: Person | None, proposal: Proposal) -> Answer:
    """Answer whether ``person`` was invited to write ``proposal``; whoever ends that waits."""
    if person is None or not person.is_active or proposal.state != ProposalState.DRAFT:
        return no("Only its writers change a draft.")
    standing = ProposalWriter.objects.filter(proposal=proposal, person=person, ended_at=None)
    if connection.in_atomic_block:
        standing = standing.select_for_update()
    if standing.first() is None:
        return no("You do not write this proposal. Ask its provider.")
    return yes("You were invited to write this proposal.")


def can_answer_to_write(person: Person | None, *, writer: ProposalWriter) -> Answer:
    """Answer whether ``person`` may begin to write: whoever reads the address it went to."""
    went = WriterAddressee.objects.filter(writer=writer).values_list("email", flat=True).first()
    if person is not None and person.is_active and went and went in set(person.addresses):
        return yes("The invitation went to you.")
    return no(
        "This invitation went to an e-mail address that is not yours here. "
        "Sign in with that address, or add it to your account."
    )


def can_send_proposal(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may send ``proposal``, or take it back: its provider's writers may."""
    return can_write_proposal(person, provider=proposal.provider, need=proposal.need)


def can_ask(person: Person | None, *, provider: Organisation, need: Need) -> Answer:
    """Answer whether ``person`` may ask about ``need`` for ``provider``: its members may."""
    may = can_ask_for_some(person, need=need)
    if may and not providers_asking(person, need=need).filter(pk=provider.pk).exists():
        return no(f"Only a member of {provider} asks for it.")
    return may


def can_ask_for_some(person: Person | None, *, need: Need, reach: Reach | None = None) -> Answer:
    """Answer whether ``person`` may ask about ``need`` for any provider; ``reach`` as in ``can_act_in``."""
    asks = person is not None and person.is_active
    if asks and providers_asking(person, need=need, reach=reach).exists():
        return yes("You may ask. Nobody is shown who asked.")
    return no("Only a member of a provider may ask. Register yours first.")
