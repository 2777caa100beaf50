"""What must be true of needs."""

from datetime import date

from makegood.kernel.refusal import RuleBroken


def check_need_is_open(*, is_open: bool) -> None:
    """ART-06 Proposals answer an open need: only a published need takes them."""
    if not is_open:
        raise RuleBroken("ART-06", "This need does not take proposals now.")


def check_somebody_decides_on_it(*, closed_on: date | None, commissioner: str) -> None:
    """ART-10 A proposal has somebody to decide on it: none goes to a commissioner that closed."""
    if closed_on is not None:
        raise RuleBroken(
            "ART-10",
            f"{commissioner} closed on {closed_on:%-d %B %Y}. Nobody there decides on proposals.",
        )
