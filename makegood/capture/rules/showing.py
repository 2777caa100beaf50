"""What must be true of what is shown to everyone."""

from makegood.kernel.refusal import RuleBroken


def check_what_is_published_was_read(*, is_same: bool) -> None:
    """CAP-75 What is published is what was read: where somebody changed it meanwhile, it is read anew."""
    if not is_same:
        raise RuleBroken(
            "CAP-75", "Somebody changed this while you read. Read it as it is now, then publish it."
        )


def check_file_tells_no_place(*, is_plain: bool) -> None:
    """CAP-74 What everyone hears or sees tells no place: where and when it was made is taken out first."""
    if not is_plain:
        raise RuleBroken(
            "CAP-74",
            "Where and when this was made cannot be taken out of this kind of file. It is not shown.",
        )


def check_file_may_be_shown(*, is_agreed: bool, has_others: bool, is_told: bool) -> None:
    """CAP-72 Beside a story stands what its giver agreed to: everyone in it was asked, and words tell it."""
    if not is_agreed:
        raise RuleBroken("CAP-72", "Whoever added this lets only those who judge see or hear it.")
    if has_others:
        raise RuleBroken("CAP-72", "Others can be seen or heard in it, and were not asked.")
    if not is_told:
        raise RuleBroken("CAP-72", "Nobody said in words what this shows. It is not shown without.")
