"""What must be true of needs."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

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


def check_times_are_to_come_in_order(
    *, questions_close_at: datetime | None, closes_at: datetime | None, now: datetime
) -> None:
    """ART-19 A need’s times are to come, in order: questions close before proposals, or with them."""
    times = (("questions", questions_close_at), ("proposals", closes_at))
    past = [f"for {what}" for what, at in times if at is not None and at <= now]
    if past:
        raise RuleBroken("ART-19", f"Choose a time to come {' and '.join(past)}.")
    if questions_close_at and closes_at and questions_close_at > closes_at:
        raise RuleBroken("ART-19", "Questions must close before proposals do, or with them.")


def check_need_has_not_closed(*, closed_at: str | None) -> None:
    """ART-20 What closed takes nothing more: from its closing time on, no proposal is taken.

    ``closed_at`` is when it closed, in words; None while it is open.
    """
    if closed_at is not None:
        raise RuleBroken(
            "ART-20",
            f"This need closed on {closed_at}. It takes no more proposals. Whatever you wrote is "
            "kept, and you can still read it.",
        )


def check_times_are_put_off(
    *, before: Sequence[datetime | None], after: Sequence[datetime | None]
) -> None:
    """ART-21 Times that were published are only put off: nobody finds a door shut early.

    ``before`` and ``after`` are the times in the same order. One that was never set may be set.
    """
    for was, becomes in zip(before, after, strict=True):
        if was is not None and (becomes is None or becomes < was):
            raise RuleBroken("ART-21", "You can put a published time off, not bring it forward.")
    if list(before) == list(after):
        raise RuleBroken("ART-21", "These are the times already. Choose a later one.")


def check_change_of_a_need_has_a_reason(*, reason: str) -> None:
    """ART-22 A published need changes with a reason: what it said before stays, and both are shown."""
    if not reason.strip():
        raise RuleBroken("ART-22", "Say why it changes. Everyone will be able to read it.")


def check_change_of_a_need_changes_something(*, is_same: bool) -> None:
    """ART-23 A change of a need changes something: no notice is given of nothing."""
    if is_same:
        raise RuleBroken("ART-23", "It says that already. Nothing was changed.")


def check_cost_is_a_sourced_range(
    *, low: Decimal | None, high: Decimal | None, source: str
) -> None:
    """ART-24 What the alternative costs is a range with its source: all three, or not known."""
    given = [low is not None, high is not None, bool(source.strip())]
    if any(given) and not all(given):
        raise RuleBroken(
            "ART-24", "Give what it costs as a range with its source, or leave all three empty."
        )
    if low is not None and high is not None and low > high:
        raise RuleBroken("ART-24", "“At most” must not be less than “at least”.")


def check_questions_are_taken(*, is_open: bool) -> None:
    """ART-25 Questions are asked while they are taken: until they close, of a need that is open."""
    if not is_open:
        raise RuleBroken("ART-25", "This need takes no more questions.")


def check_declining_has_a_reason(*, reason: str) -> None:
    """ART-26 A question is declined with a reason: whoever asked, and everyone, reads why."""
    if not reason.strip():
        raise RuleBroken("ART-26", "Say why you do not answer. Everyone will be able to read it.")


def check_answer_says_something(*, answer: str) -> None:
    """ART-27 An answer says something: none is published empty."""
    if not answer.strip():
        raise RuleBroken("ART-27", "Write the answer before you publish it.")


def check_provider_is_invited(*, is_kept_out: bool, commissioner: str) -> None:
    """ART-28 Those invited propose: where a need is by invitation nobody else does, and all read it."""
    if is_kept_out:
        raise RuleBroken(
            "ART-28",
            f"Only those whom {commissioner} invited may propose here. The page of the need says why.",
        )


def check_keeping_others_out_has_a_reason(*, is_by_invitation: bool, reason: str) -> None:
    """ART-29 Keeping others out has its reason: everyone reads why only some may propose."""
    if is_by_invitation and not reason.strip():
        raise RuleBroken("ART-29", "Say why only those you invite may propose.")


def check_a_provider_is_invited(*, is_provider: bool, name: str) -> None:
    """ART-30 Those are invited who can propose: providers that have not closed."""
    if not is_provider:
        raise RuleBroken("ART-30", f"{name} makes no proposals: only a provider that is open does.")


def check_need_was_not_thrown_away(*, is_discarded: bool) -> None:
    """ART-64 What was thrown away is left alone: only a draft is, and nobody adds to it any more."""
    if is_discarded:
        raise RuleBroken("ART-64", "This need was thrown away. Write a new one.")
