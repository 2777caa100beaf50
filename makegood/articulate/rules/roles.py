"""What must be true of roles in programmes."""

from collections.abc import Collection

from makegood.kernel.refusal import RuleBroken


def check_role_holds_here(*, only: Collection[str], organisation: str) -> None:
    """ART-16 A role holds where it was given: narrowed to programmes, it is worth nothing in another.

    ``only`` names them; empty where the role holds.
    """
    if only:
        names = ", ".join(sorted(only))
        raise RuleBroken(
            "ART-16",
            f"For {organisation} you may do this only in {names}. Ask one of its owners.",
        )


def check_no_role_is_widened_by_the_way(*, is_wider: bool, role: str, person: str) -> None:
    """ART-17 No role is widened by the way: one for more holds in every programme of the one it takes in."""
    if is_wider:
        raise RuleBroken(
            "ART-17",
            f"{person} is {role} already. One of the two roles is for more, the other holds in more "
            "programmes. Let an owner change one of them first.",
        )


def check_a_role_that_is_narrowed_is_held(*, has_ended: bool, role: str) -> None:
    """ART-18 A role that is narrowed is held: nothing is said of one that ended, or was just accepted."""
    if has_ended:
        raise RuleBroken(
            "ART-18",
            f"They are no longer {role}, or just became it. Nothing was narrowed. Look at the "
            "members again.",
        )


def check_owner_is_owner_everywhere(*, is_owner: bool) -> None:
    """ART-11 An owner is an owner in every programme: only other roles are narrowed."""
    if is_owner:
        raise RuleBroken(
            "ART-11", "An owner is an owner in every programme. Give them another role first."
        )


def check_operator_says_what_auditors_read(*, is_auditing: bool, is_operator: bool) -> None:
    """ART-12 Auditors are appointed: an operator alone says which programmes one reads."""
    if is_auditing and not is_operator:
        raise RuleBroken(
            "ART-12", "Only an operator of this Makegood says what an auditor reads. Ask one."
        )
