"""What must be true when an organisation comes to its end."""

from collections.abc import Sequence
from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_a_closing_day_is_not_to_come(*, closed_on: date, today: date) -> None:
    """PEO-60 A closing is not foretold: the day an organisation closed is today or past."""
    if closed_on > today:
        raise RuleBroken("PEO-60", "That day is to come. Close it on its last day, or after.")


def check_a_closing_has_a_reason(reason: str) -> None:
    """PEO-61 A closing has a reason: whoever looks for an organisation learns why it is no more."""
    if not reason.strip():
        raise RuleBroken("PEO-61", "Say why it closed. Everyone can read it.")


def check_nothing_needs_it(*, still: Sequence[str], organisation: str) -> None:
    """PEO-62 Nobody closes in mid-contract: what is owed is brought to an end first.

    ``still`` names what needs the organisation, as the rooms that come later said when asked.
    """
    if still:
        raise RuleBroken(
            "PEO-62",
            f"{organisation} is still needed: {'; '.join(still)}. Bring that to an end first.",
        )


def check_an_operator_reopens(*, is_operator: bool) -> None:
    """PEO-63 Operators reopen: an organisation that closed is opened again by nobody else."""
    if not is_operator:
        raise RuleBroken("PEO-63", "Only an operator of this Makegood opens it again. Ask one.")


def check_it_closes_once(*, closed_on: date | None, organisation: str) -> None:
    """PEO-64 An organisation closes once: the day it closed stands until it is opened again."""
    if closed_on is not None:
        raise RuleBroken("PEO-64", f"{organisation} closed on {closed_on:%-d %B %Y} already.")
