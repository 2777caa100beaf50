"""What must be true of those who belong to an organisation."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from makegood.kernel.refusal import RuleBroken, with_article
from makegood.people.states import LONGEST_AUDIT, RIGHTS, ROLES, Kind, Right, Role

Known = TypeVar("Known")


def check_an_owner_remains(*, owners_left: int) -> None:
    """PEO-01 An owner remains: an organisation always has at least one owner, without a last day."""
    if owners_left < 1:
        raise RuleBroken(
            "PEO-01",
            "An organisation needs an owner without a last day. Make someone else owner first.",
        )


def check_a_person_is_known(person: Known | None, *, email: str) -> Known:
    """PEO-02 A member is known: only somebody with an account can be made a member."""
    if person is None:
        raise RuleBroken("PEO-02", f"Nobody signs in with {email}. Ask them to make an account.")
    return person


def check_an_operator_appoints_auditors(*, is_auditing: bool, is_operator: bool) -> None:
    """PEO-03 Auditors are appointed: who reads everything is named by an operator alone."""
    if is_auditing and not is_operator:
        raise RuleBroken("PEO-03", "Only an operator of this Makegood appoints auditors. Ask one.")


def check_one_hat_is_worn(*, wears: str | None, acts_for: str) -> None:
    """PEO-04 One hat at a time: whoever belongs to several organisations acts for the one they chose.

    ``wears`` names another that they chose, "" where none is chosen, ``None`` where the hat fits.
    """
    if wears is None:
        return
    here = f"You are here for {wears}." if wears else "You belong to several organisations."
    raise RuleBroken("PEO-04", f"{here} Change to {acts_for} first.")


def check_no_organisation_is_orphaned(*, owned_alone: Collection[str]) -> None:
    """PEO-40 Nobody leaves an organisation without an owner: they hand it over, then are erased."""
    if owned_alone:
        names = ", ".join(sorted(owned_alone))
        raise RuleBroken("PEO-40", f"You are the only owner of {names}. Make someone else owner.")


def check_role_fits(role: Role, *, kind: Kind) -> None:
    """PEO-05 A role fits: an organisation has the roles that its kind has a use for."""
    if role not in ROLES[kind]:
        who, where = with_article(role), with_article(kind.words)
        raise RuleBroken(
            "PEO-05", f"{where.capitalize()} has no use for {who}. Choose another role."
        )


def check_a_last_day_is_to_come(ends_on: date | None, *, today: date) -> None:
    """PEO-96 A last day is to come: nobody is made a member until a day that has passed."""
    if ends_on is not None and ends_on < today:
        raise RuleBroken(
            "PEO-96", f"{ends_on:%-d %B %Y} has passed. Give a last day from today on, or none."
        )


def check_an_audit_ends(role: Role, *, ends_on: date | None, today: date) -> None:
    """PEO-06 An audit ends: who reads everything does so for a year at most, until a day given."""
    if role != Role.AUDITOR:
        return
    if ends_on is None or not today <= ends_on <= today + LONGEST_AUDIT:
        raise RuleBroken(
            "PEO-06", "Say until which day the auditor reads: today at the earliest, within a year."
        )


def check_a_limit_is_for_signing(role: Role, *, limit: Decimal | None) -> None:
    """PEO-07 A limit is for signing: only a role that signs has one, and it is above nought."""
    if limit is None:
        return
    if Right.SIGN not in RIGHTS[role]:
        raise RuleBroken(
            "PEO-07", f"{with_article(role).capitalize()} signs nothing. Leave the limit empty."
        )
    if limit <= 0:
        raise RuleBroken("PEO-07", "Give a limit above £0, or leave it empty.")


def check_invitation_is_fresh(*, expires_at: datetime, now: datetime) -> None:
    """PEO-08 An invitation runs out: after a fortnight it has to be sent again."""
    if now > expires_at:
        raise RuleBroken("PEO-08", "This invitation ran out. Ask whoever sent it to send it again.")


def check_successor_belongs(*, belongs: bool, is_oneself: bool) -> None:
    """PEO-09 A successor is at hand: work is handed over to another member of the organisation."""
    if is_oneself or not belongs:
        raise RuleBroken(
            "PEO-09", "Choose another member. Invite them first if they are not one yet."
        )


def check_one_role_is_all_of_both(widest: Known | None, *, role: Role, person: str) -> Known:
    """PEO-37 No role grows by the way: of two that become one, one is for as much and as long as the other.

    ``widest`` is that one, if there is one.
    """
    if widest is None:
        raise RuleBroken(
            "PEO-37",
            f"{person} is {role} already. One of the two roles is for more money, the other lasts "
            "longer. Let an owner change one of them first.",
        )
    return widest


def check_a_role_that_changes_is_held(*, has_ended: bool, role: Role) -> None:
    """PEO-38 A role that changes is held: nobody who left meanwhile is made something else."""
    if has_ended:
        raise RuleBroken(
            "PEO-38", f"They are no longer {role}: this just changed. Look at the members again."
        )


def check_an_operator_lets_in_again(*, is_operator: bool) -> None:
    """PEO-97 Operators let people in again: who lost a second step or an address is helped by one."""
    if not is_operator:
        raise RuleBroken("PEO-97", "Only an operator lets somebody in again. Ask one.")


def check_an_address_is_one_persons(*, is_anothers: bool) -> None:
    """PEO-98 An address is one person’s: an account does not move to where another is."""
    if is_anothers:
        raise RuleBroken("PEO-98", "Somebody else signs in with that address.")
