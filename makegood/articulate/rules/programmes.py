"""What must be true of aims, and of what promises are tagged with."""

from collections.abc import Collection

from makegood.kernel.refusal import RuleBroken


def check_aim_serves_an_objective(*, objective: str, objective_of: str, source: str) -> None:
    """ART-31 An aim serves a wider objective: which, whose, and where that stands."""
    if not all(said.strip() for said in (objective, objective_of, source)):
        raise RuleBroken(
            "ART-31", "Say which wider objective it serves, whose that is, and where it stands."
        )


def check_nothing_sent_rests_on_the_aim(*, promises: int) -> None:
    """ART-32 An aim that promises were sent with stays as it is: it may end, and a new one begin."""
    if promises:
        raise RuleBroken(
            "ART-32",
            "Promises that were sent name this aim, so its words stay. End it and write a new one.",
        )


def check_aim_ends_once_with_a_reason(*, has_ended: bool, reason: str) -> None:
    """ART-33 An aim ends once, with a reason: promises that name it keep it."""
    if has_ended:
        raise RuleBroken("ART-33", "This aim ended already. Write a new one instead.")
    if not reason.strip():
        raise RuleBroken("ART-33", "Say why it ends. Everyone will be able to read it.")


def check_tags_are_there_to_choose(*, strange: Collection[str]) -> None:
    """ART-34 What tags a promise is there to choose: standing aims of its programme, and known codes.

    ``strange`` are those that are neither.
    """
    if strange:
        raise RuleBroken("ART-34", f"These cannot be chosen here: {', '.join(sorted(strange))}.")
