"""What must be true of organisations and their members."""

from typing import TypeVar

from makegood.kernel.refusal import RuleBroken

Known = TypeVar("Known")


def check_an_owner_remains(*, owners_left: int) -> None:
    """PEO-01 An owner remains: an organisation always has at least one owner."""
    if owners_left < 1:
        raise RuleBroken("PEO-01", "An organisation needs an owner. Make someone else owner first.")


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
