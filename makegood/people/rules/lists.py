"""What must be true of a list of organisations, and of each of its rows."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime

from makegood.kernel.refusal import RuleBroken
from makegood.people.rules.memberships import Known

WAYS_TO_WRITE_A_DAY = (
    *("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    *("%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y"),
)
"""As a spreadsheet in Britain writes days; a month's name is English."""
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
"""The time that a spreadsheet may write after a day."""
COUNTED = re.compile(r"\d{5}(\.\d+)?")
SHORT_YEAR = re.compile(r"\d{1,2}[/. -]\w+[/. -]\d\d")


def check_an_operator_brings_in_lists(*, is_operator: bool) -> None:
    """PEO-30 Lists are brought in by operators: nobody else enters organisations by the hundred."""
    if not is_operator:
        raise RuleBroken("PEO-30", "Only an operator of this Makegood brings in lists. Ask one.")


def check_a_row_fits_its_list(
    *, is_too_wide: bool, too_long: Sequence[str], is_named: bool
) -> None:
    """PEO-31 A row fits its list: it has a name, no cell too many, and no cell too long."""
    if is_too_wide:
        raise RuleBroken("PEO-31", "The row has more cells than there are columns.")
    if not is_named:
        raise RuleBroken("PEO-31", "The row has no name. Write one.")
    if too_long:
        raise RuleBroken("PEO-31", f"The {too_long[0]} is too long. Write less.")


def check_a_cell_is_one_of(cell: str, *, column: str, known: Collection[str]) -> None:
    """PEO-32 A cell is understood: where there are set answers, it holds one of them."""
    if cell not in known:
        raise RuleBroken(
            "PEO-32", f"“{cell}” is no {column} we know. The form of registering has them all."
        )


def check_a_row_names_one(*, said: str, found: Sequence[str]) -> None:
    """PEO-35 A row names one: where its name or its numbers lead to several, nobody guesses which.

    ``said`` is what leads there; ``found`` names each with its numbers and its page.
    """
    if len(found) > 1:
        which = "; ".join(found)
        raise RuleBroken(
            "PEO-35",
            f"More than one here is found by {said}: {which}. "
            "Give only a number of the one you mean, or merge them first.",
        )


def check_a_cell_is_a_day(cell: str, *, column: str) -> date | None:
    """PEO-95 A day is read one way: the year first, or as in Britain the day first, never the month.

    A bare number is refused: nobody knows whether it is how a spreadsheet counts days.
    """
    text = MIDNIGHT.sub("", cell)
    for way in WAYS_TO_WRITE_A_DAY if text else ():
        with suppress(ValueError):
            return datetime.strptime(text, way).date()  # noqa: DTZ007  # a day has no zone
    if cell:
        raise RuleBroken("PEO-95", f"“{cell}” under “{column}” is no day. {_mend_day(text)}")
    return None


def _mend_day(text: str) -> str:
    if COUNTED.fullmatch(text):
        return "Show the column as a date in your spreadsheet, and save it again."
    if SHORT_YEAR.fullmatch(text):
        return "Write the year with four digits, like 31/03/2026."
    return "Write the day, the month and the year, like 31/03/2026, or like 2026-03-31."


def check_a_website_can_be_opened(*, opens: bool, website: str) -> None:
    """PEO-33 A website can be opened: it is a whole web address."""
    if not opens:
        raise RuleBroken(
            "PEO-33", f"“{website}” is no web address. Write it like https://www.example.org."
        )


def check_an_area_is_known(area: Known | None, *, code: str) -> Known:
    """PEO-34 An area is known: its code is among those that were loaded."""
    if area is None:
        raise RuleBroken("PEO-34", f"No area has the code “{code}”. Was it loaded?")
    return area
