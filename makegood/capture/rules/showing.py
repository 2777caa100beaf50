"""What must be true of what is shown beside a story."""

from makegood.kernel.refusal import RuleBroken


def check_file_may_be_shown(*, is_agreed: bool, has_others: bool, is_told: bool) -> None:
    """CAP-72 Beside a story stands what its giver agreed to: everyone in it was asked, and words tell it."""
    if not is_agreed:
        raise RuleBroken("CAP-72", "Whoever added this lets only those who judge see or hear it.")
    if has_others:
        raise RuleBroken("CAP-72", "Others can be seen or heard in it, and were not asked.")
    if not is_told:
        raise RuleBroken("CAP-72", "Nobody said in words what this shows. It is not shown without.")
