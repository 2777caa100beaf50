"""Who may act for an organisation, with the reason."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction

from makegood.kernel.refusal import PLAIN, Answer, RuleBroken, no, with_article, yes
from makegood.people.holding import share_organisations
from makegood.people.models import (
    Addressee,
    Advice,
    Claim,
    Contact,
    Founder,
    Invitation,
    Membership,
    Organisation,
    Person,
    Succession,
)
from makegood.people.rules import (
    check_it_stands_where_it_stood,
    check_one_hat_is_worn,
    check_whoever_decides_stands_outside,
)
from makegood.people.states import (
    OUTLASTS_MERGING,
    STAYS_WHEN_CLOSED,
    AdviceState,
    Kind,
    Right,
    roles_with,
)


def can_act_for(person: Person | None, *, organisation: Organisation, right: Right) -> Answer:
    """Answer whether ``person`` may do what ``right`` says for ``organisation``.

    An act that requires it shares the organisation: nobody closes or merges it before the act ends.
    What was merged owes still what it owed: whoever may for what stays, may for it.
    """
    answer = _answer_for(person, organisation, right)
    return replace(answer, held=partial(_held_for, person, organisation, right))


def _held_for(person: Person | None, organisation: Organisation, right: Right) -> Answer:
    """Answer again once nobody else can change the answer; where nothing is done, nobody waits."""
    if transaction.get_connection().in_atomic_block:
        stays = organisation.merged_into_id
        shared = share_organisations({organisation.pk, stays or organisation.pk})
        organisation = shared[organisation.pk]
        was_moved = organisation.merged_into_id != stays and right in OUTLASTS_MERGING
        try:
            check_it_stands_where_it_stood(was_moved=was_moved)
        except RuleBroken as broken:
            return no(broken.sentence, number=broken.number)
    return _answer_for(person, organisation, right)


def _answer_for(person: Person | None, organisation: Organisation, right: Right) -> Answer:
    if person is None or not person.is_active:
        return no("Sign in first.")
    if organisation.merged_into and right in OUTLASTS_MERGING:
        organisation = organisation.merged_into
    held = Membership.objects.current().carrying(right)
    if held.filter(person=person, organisation=organisation).exists():
        return _in_the_hat_worn(person, organisation, right)
    if organisation.closed_on and right not in STAYS_WHEN_CLOSED:
        return no(_closed(organisation))
    roles = either(roles_with(right))
    who = f"Only {with_article(roles)} of {organisation} may {right}."
    return no(f"{who} {_whom_to_ask(person, organisation, right)}")


def _closed(organisation: Organisation) -> str:
    return f"{organisation} closed on {organisation.closed_on:%-d %B %Y}."


def _whom_to_ask(person: Person, organisation: Organisation, right: Right) -> str:
    """Name who could do it, to those who belong there; to others nobody is named."""
    members = Membership.objects.current().filter(organisation=organisation)
    if not members.filter(person=person).exists():
        return "Ask one of them."
    able = members.carrying(right).select_related("person")
    names = sorted({str(membership.person) for membership in able})
    return (
        f"Ask {either(names)}." if names else "Nobody is that yet. Ask an owner to invite someone."
    )


def _in_the_hat_worn(person: Person, organisation: Organisation, right: Right) -> Answer:
    hat = person.hat
    wears = None if hat is None or hat.organisation == organisation.pk else hat.name
    try:
        check_one_hat_is_worn(wears=wears, acts_for=str(organisation))
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number, about=organisation)
    return yes(f"You may {right} for {organisation}.")


def can_write_for_some(person: Person | None, *, kind: Kind) -> Answer:
    """Answer whether ``person`` may write for any organisation of this kind."""
    held = Membership.objects.current().worn_by(person).carrying(Right.WRITE)
    if held.filter(organisation__kind=kind).exists():
        return yes(f"You may write for a {kind.words}.")
    return no(f"Only somebody who writes for a {kind.words} may do this. Register yours first.")


def can_manage_members(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may add members to ``organisation`` and end memberships."""
    return can_act_for(person, organisation=organisation, right=Right.MANAGE)


def can_describe(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may say what ``organisation`` is, offers and needs."""
    return can_act_for(person, organisation=organisation, right=Right.WRITE)


def can_settle(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may say that ``organisation`` closed, and who follows it."""
    return can_act_for(person, organisation=organisation, right=Right.SETTLE)


def can_reopen(person: Person | None) -> Answer:
    """Answer whether ``person`` may open again what closed (PEO-63)."""
    if person is not None and person.is_active and person.is_staff:
        return yes("An operator opens it again.")
    return no("Only an operator of this Makegood opens it again. Ask one.")


def can_invite(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may invite to ``organisation``; operators may, to one that audits."""
    if person is not None and person.is_staff and organisation.kind == Kind.AUDITOR:
        return yes("An operator appoints auditors.")
    return can_manage_members(person, organisation=organisation)


def can_answer(person: Person | None, *, invitation: Invitation) -> Answer:
    """Answer whether ``person`` may answer ``invitation``: whoever reads the address it went to."""
    asked = Addressee.objects.filter(invitation=invitation).first()
    shown = EmailAddress.objects.filter(user=person, verified=True)
    if person and asked and shown.filter(email__iexact=asked.email).exists():
        return yes("The invitation went to you.")
    return no(
        "This invitation went to an e-mail address that is not yours here. "
        "Sign in with that address, or add it to your account."
    )


def can_take_down(person: Person | None, *, contact: Contact) -> Answer:
    """Answer whether ``person`` may take ``contact`` down: whoever reads the address it gives."""
    shown = EmailAddress.objects.filter(user=person, verified=True)
    if person and contact.email and shown.filter(email__iexact=contact.email).exists():
        return yes("It names you.")
    return no("Only whoever a contact names takes it down. Ask the organisation.")


def can_take_down_founder(person: Person | None, *, founder: Founder) -> Answer:
    """Answer whether ``person`` may take ``founder`` down: whoever wrote it of themselves."""
    if person is not None and founder.person_id == person.pk:
        return yes("You wrote it of yourself.")
    return no("Only whoever wrote it of themselves takes it down. Ask the group.")


def can_claim(person: Person | None, *, organisation: Organisation) -> Answer:
    """Answer whether ``person`` may claim ``organisation``: whoever is signed in, until it closes."""
    if person is None or not person.is_active:
        return no("Sign in first.")
    if organisation.closed_on:
        return no(_closed(organisation))
    return yes(f"You may claim {organisation}.")


def can_withdraw_claim(person: Person | None, *, claim: Claim) -> Answer:
    """Answer whether ``person`` may take ``claim`` back: whoever made it."""
    if person is not None and claim.claimed_by_id == person.pk:
        return yes("The claim is yours.")
    return no("Only whoever made a claim takes it back.")


def can_decide_claims(person: Person | None) -> Answer:
    """Answer whether ``person`` may decide on claims: operators, and the support units they entrust."""
    if person is not None and person.is_active and person.is_staff:
        return yes("An operator decides on claims.")
    held = Membership.objects.current().worn_by(person).carrying(Right.WRITE)
    if person is not None and held.filter(organisation__is_entrusted=True).exists():
        return yes("Your support unit decides on claims.")
    return no("Only an operator, or a support unit that one entrusts with it, decides on claims.")


def can_entrust(person: Person | None) -> Answer:
    """Answer whether ``person`` may say which support unit decides on claims (PEO-55)."""
    if person is not None and person.is_active and person.is_staff:
        return yes("An operator entrusts support units.")
    return no("Only an operator of this Makegood entrusts a support unit. Ask one.")


def can_decide_claim(person: Person | None, *, claim: Claim) -> Answer:
    """Answer the same of one claim: to a body that decides or audits, operators alone decide."""
    return _can_decide_on(person, organisation=claim.organisation)


def can_answer_succession(person: Person | None, *, succession: Succession) -> Answer:
    """Answer whether ``person`` may say that ``succession`` is so: for the side that is asked.

    Where that side closed, or nobody settles things for it, whoever decides on claims may, too.
    """
    asked = succession.asked
    for_it = can_settle(person, organisation=asked)
    owners = Membership.objects.current().carrying(Right.SETTLE).filter(organisation=asked)
    if for_it or (asked.closed_on is None and owners.exists()):
        return for_it
    return can_decide_between(person, one=succession.predecessor, other=succession.successor)


def can_undo_succession(person: Person | None, *, succession: Succession) -> Answer:
    """Answer whether ``person`` may undo what both sides said: whoever decides on claims, of neither.

    Owners of the two may not: others may rely by now on what both pages said.
    """
    may = can_decide_between(person, one=succession.predecessor, other=succession.successor)
    if may or may.number != PLAIN:
        return may
    return no(
        "Both sides confirmed it, so neither takes it back. An operator of this Makegood undoes it, "
        "or a support unit that decides on claims. Write to one, and say why it is not so."
    )


def can_decide_between(person: Person | None, *, one: Organisation, other: Organisation) -> Answer:
    """Answer whether ``person``, who belongs to neither, may decide on what is between two (PEO-70)."""
    for each in (one, other):
        if not (may := _can_decide_on(person, organisation=each)):
            return may
    held = Membership.objects.current().filter(person=person, organisation__in=(one, other))
    own = held.select_related("organisation").first()
    try:
        check_whoever_decides_stands_outside(own=str(own.organisation) if own else None)
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number)
    return can_decide_claims(person)


def _can_decide_on(person: Person | None, *, organisation: Organisation) -> Answer:
    by_operator = organisation.is_entrusted or organisation.kind == Kind.AUDITOR
    if by_operator and not (person and person.is_active and person.is_staff):
        return no(f"Only an operator of this Makegood decides on claims to {organisation}.")
    return can_decide_claims(person)


def can_take_advice(person: Person | None, *, advice: Advice) -> Answer:
    """Answer whether ``person`` may take a group on, or assign another who advises there."""
    return can_act_for(person, organisation=advice.unit, right=Right.ADVISE)


def can_write_advice(person: Person | None, *, advice: Advice) -> Answer:
    """Answer whether ``person`` may suggest something: whoever advises the group now."""
    if advice.state != AdviceState.TAKEN or person is None or advice.adviser_id != person.pk:
        return no(f"Only whoever advises {advice.organisation} writes advice here.")
    return can_act_for(person, organisation=advice.unit, right=Right.ADVISE)


def can_end_advice(person: Person | None, *, advice: Advice) -> Answer:
    """Answer whether ``person`` may end advice: those who write for the group, and the adviser."""
    if person is not None and advice.adviser_id == person.pk:
        return yes("You advise them.")
    return can_describe(person, organisation=advice.organisation)


def can_end(person: Person | None, *, membership: Membership) -> Answer:
    """Answer whether ``person`` may end ``membership``: the owners may, and everyone their own."""
    if person is not None and membership.person_id == person.pk:
        return yes("You may leave.")
    return can_manage_members(person, organisation=membership.organisation)


def either(roles: Sequence[str]) -> str:
    """Return ``owner, editor or recorder``."""
    *most, last = roles
    return f"{', '.join(most)} or {last}" if most else last
