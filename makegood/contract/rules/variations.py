"""What must be true of what changes after both sides have signed: variations, and what ends a contract."""

from collections.abc import Collection
from datetime import date, timedelta

from makegood.kernel.period import extend_months, shift_months
from makegood.kernel.refusal import RuleBroken


def check_contract_is_in_force(*, is_in_force: bool) -> None:
    """CON-70 What was signed is varied by both: commitments in force change only by a signed variation."""
    if not is_in_force:
        raise RuleBroken("CON-70", "This contract is not in force. Change its draft instead.")


def check_variation_has_its_reason(*, reason: str) -> None:
    """CON-71 A variation has its reason: once signed, everyone reads why the contract changed."""
    if not reason.strip():
        raise RuleBroken("CON-71", "Say why. Once both have signed, everyone can read it.")


def check_one_variation_at_a_time(*, is_open: bool) -> None:
    """CON-72 One change at a time: the next variation or handover begins from what the last one left."""
    if is_open:
        raise RuleBroken(
            "CON-72",
            "A variation or a handover is open. Wait until it is in force, declined or withdrawn.",
        )


def check_variation_changes_something(*, changes: bool) -> None:
    """CON-73 A variation changes something: nobody signs that all stays as it is."""
    if not changes:
        raise RuleBroken("CON-73", "Nothing would change yet. Say what changes, then propose it.")


def check_variation_is_being_written(*, is_drafting: bool) -> None:
    """CON-74 What was proposed stays as it was read: it is changed only once it was sent back."""
    if not is_drafting:
        raise RuleBroken(
            "CON-74", "This was proposed. It stays as it is, unless the other side sends it back."
        )


def check_answer_has_words(*, words: str) -> None:
    """CON-75 Nothing is turned down without a word: whoever proposed it reads why."""
    if not words.strip():
        raise RuleBroken("CON-75", "Say why. Whoever proposed it reads it.")


def check_extension_follows_its_option(
    *,
    ends_on: date,
    new_end: date | None,
    uses_option: bool,
    extensions: int | None,
    months: int | None,
) -> None:
    """CON-76 An option is used as it was signed: there is one left, and it goes no further."""
    if not uses_option:
        return
    if not extensions or not months:
        raise RuleBroken("CON-76", "This contract has no option left. Leave the box empty.")
    latest = extend_months(ends_on, months)
    if new_end is None or not ends_on < new_end <= latest:
        raise RuleBroken(
            "CON-76",
            f"The option goes to {latest:%-d %B %Y} at most. Give the new last day by then, "
            "or extend without the option.",
        )


def check_suspension_is_whole(
    *, first: date | None, last: date | None, starts_on: date, ends_on: date
) -> None:
    """CON-77 A suspension has its days: from, until, and both within the contract."""
    if first is None and last is None:
        return
    if first is None or last is None:
        raise RuleBroken("CON-77", "Say from when and until when it rests. Both, or neither.")
    if last < first:
        raise RuleBroken("CON-77", "It rests until a day after it began to. Choose a later day.")
    if first < starts_on or last > ends_on:
        raise RuleBroken(
            "CON-77",
            f"It rests while the contract runs: {starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}.",
        )


def check_variation_begins_in_its_contract(
    from_on: date, *, starts_on: date, ends_on: date
) -> None:
    """CON-78 A variation counts from a day of its contract: never from before it, or after it."""
    if not starts_on <= from_on <= ends_on:
        raise RuleBroken(
            "CON-78",
            f"Choose a day while the contract runs: {starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}.",
        )


def check_nothing_is_due_after_the_end(late: Collection[str], *, ends_on: date) -> None:
    """CON-79 A shorter contract takes its commitments along: none stays due after it would end.

    ``late`` names those that would be.
    """
    if late:
        names = ", ".join(sorted(late))
        raise RuleBroken(
            "CON-79", f"{names} would be due after {ends_on:%-d %B %Y}. Change those too."
        )


def check_ending_has_its_reason(*, reason: str) -> None:
    """CON-80 A contract ends early for a reason: everyone reads who ended it, and why."""
    if not reason.strip():
        raise RuleBroken("CON-80", "Say why it ends. Everyone can read it.")


def check_contract_ends_early_once(*, has_ended: bool) -> None:
    """CON-81 A contract ends once: what ended early is not ended again."""
    if has_ended:
        raise RuleBroken("CON-81", "This contract was ended already.")


def check_it_ends_early(
    end: date, *, notice_on: date, starts_on: date, ends_on: date, today: date
) -> None:
    """CON-82 An early end lies between today and the last day: nothing is ended in hindsight."""
    if ends_on < today:
        raise RuleBroken("CON-82", f"Its last day was {ends_on:%-d %B %Y}. It has ended already.")
    if notice_on > today:
        raise RuleBroken("CON-82", "The notice is to come. Give the day on which it was given.")
    if end < notice_on or end < starts_on:
        raise RuleBroken("CON-82", "It cannot end before notice was given, or before it began.")
    if end < today:
        raise RuleBroken("CON-82", "That day is past. Choose today or a later day.")
    if end >= ends_on:
        raise RuleBroken(
            "CON-82", f"It ends on {ends_on:%-d %B %Y} anyway. Choose a day before that."
        )


def check_notice_was_long_enough(
    end: date, *, notice_on: date, months: int | None, may_give: bool
) -> None:
    """CON-83 Notice is given as it was signed: by whom may give it, and long enough before the end."""
    if not months or not may_give:
        raise RuleBroken(
            "CON-83", "The contract does not let this side end it by notice. Choose another ground."
        )
    earliest = shift_months(notice_on, months) - timedelta(days=1)
    if end < earliest:
        asked = "1 month’s" if months == 1 else f"{months} months’"
        raise RuleBroken(
            "CON-83",
            f"The contract asks for {asked} notice: {earliest:%-d %B %Y} at the earliest. "
            "Choose a later day, or another ground.",
        )
