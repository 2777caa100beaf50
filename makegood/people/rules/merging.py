"""What must be true when two entries turn out to be one organisation."""

from collections.abc import Sequence

from makegood.kernel.refusal import RuleBroken
from makegood.people.states import Kind


def check_one_merges_into_another(*, is_same: bool) -> None:
    """PEO-71 One merges into another: the page that goes and the page that stays are two."""
    if is_same:
        raise RuleBroken("PEO-71", "That is this page itself. Name the other one.")


def check_both_are_of_one_kind(*, goes: Kind, stays: Kind) -> None:
    """PEO-72 Both are of one kind: who provides is not who buys, supports, judges or audits."""
    if goes != stays:
        raise RuleBroken(
            "PEO-72", f"One is a {goes.words}, the other a {stays.words}. They are two."
        )


def check_it_merges_once(*, merged_into: str | None, organisation: str) -> None:
    """PEO-73 It merges once: what was merged is neither merged again, nor merged into."""
    if merged_into:
        raise RuleBroken("PEO-73", f"{organisation} was merged into {merged_into} already.")


def check_what_stays_is_open(*, stays_closed: bool, goes_closed: bool, stays: str) -> None:
    """PEO-74 What stays is open: nobody merges an open organisation into one that closed."""
    if stays_closed and not goes_closed:
        raise RuleBroken("PEO-74", f"{stays} closed. Merge them the other way round.")


def check_what_stays_is_as_far(
    *, goes_in_formation: bool, stays_in_formation: bool, stays: str
) -> None:
    """PEO-93 What stays is as far: what exists in law does not merge into a group in formation."""
    if stays_in_formation and not goes_in_formation:
        raise RuleBroken(
            "PEO-93",
            f"{stays} is still in formation. Merge them the other way round, or "
            "once it is registered.",
        )


def check_nothing_open_stands_in_its_name(*, still: Sequence[str], organisation: str) -> None:
    """PEO-75 Nothing open stands in its name: what goes leaves only what is over.

    ``still`` names what is open, as the rooms that come later said when asked.
    """
    if still:
        raise RuleBroken(
            "PEO-75",
            f"{organisation} cannot go yet: {'; '.join(still)}. "
            "Bring that to an end, or merge them the other way round.",
        )


def check_a_merging_has_a_reason(reason: str) -> None:
    """PEO-76 A merging has a reason: whoever looks for what went learns why it is one with another."""
    if not reason.strip():
        raise RuleBroken("PEO-76", "Say how you know that they are one. Everyone can read it.")


def check_it_stands_where_it_stood(*, was_moved: bool) -> None:
    """PEO-99 What moved is done where it went: an act that a merger came before is begun anew."""
    if was_moved:
        raise RuleBroken(
            "PEO-99", "It moved to another organisation just now. Open it there, and try again."
        )


def check_what_was_merged_stays_merged(*, merged_into: str | None, organisation: str) -> None:
    """PEO-77 What was merged stays merged: nobody opens it again, for what it had moved on."""
    if merged_into:
        raise RuleBroken(
            "PEO-77",
            f"{organisation} is one with {merged_into} now. If that was wrong, register it anew.",
        )


def check_two_that_stay_two_have_a_reason(reason: str) -> None:
    """PEO-36 Two that stay two have a reason: whoever said that they are one is told why not."""
    if not reason.strip():
        raise RuleBroken("PEO-36", "Say why they are two. Whoever said that they are one reads it.")
