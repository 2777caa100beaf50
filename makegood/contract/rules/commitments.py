"""What must be true of what is agreed in a commitment, and of those that were not promised."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from makegood.contract.states import Consequence, Verification
from makegood.kernel.period import Frequency, shift_months
from makegood.kernel.refusal import RuleBroken

MOST_DAYS = 24
"""So many steps a trajectory has at most, and so many looks; each look spends some of the error."""
WHOLE = 100
MOST_DAYS_LATE = 180
"""A figure that comes later than so many days after its period is no longer news."""


def check_commitments_say_who_they_are_compared_with(silent: Collection[str]) -> None:
    """CON-53 Compared, or not, and said: a commitment in numbers has its pool before anybody signs.

    Or the reason why there is none: then only reached or not reached can be said. ``silent`` names
    those that say neither.
    """
    if silent:
        names = ", ".join(sorted(silent))
        raise RuleBroken(
            "CON-53",
            f"Nobody can sign yet. Say with whom {names} is compared, or why with nobody.",
        )


def check_it_is_compared_or_not(*, has_pool: bool, no_pool_because: str) -> None:
    """CON-69 A commitment is compared, or it is not: a pool and a reason for none exclude each other."""
    if has_pool and no_pool_because.strip():
        raise RuleBroken("CON-69", "Choose a pool, or say why there is none. Not both.")


def check_baseline_has_its_source(*, period: str, source: str) -> None:
    """CON-54 A baseline is agreed: it says of which period it is, and where it comes from."""
    if bool(period.strip()) != bool(source.strip()):
        raise RuleBroken(
            "CON-54",
            "Say of which period the figure is, and where it comes from: both, or neither.",
        )


def check_figures_have_their_day(
    *, frequency: str, within_days: int | None, measured: str = ""
) -> None:
    """CON-55 Figures have their day: how often they come, and so many days after each period.

    ``measured`` is how often the measure is taken: figures are not given more often than there are any.
    """
    if bool(frequency) != (within_days is not None):
        raise RuleBroken(
            "CON-55", "Say how often figures are given, and how many days after. Both, or neither."
        )
    if within_days is not None and not 1 <= within_days <= MOST_DAYS_LATE:
        raise RuleBroken("CON-55", f"Choose from 1 to {MOST_DAYS_LATE} days.")
    if frequency and measured and Frequency(frequency).months < Frequency(measured).months:
        raise RuleBroken(
            "CON-55", f"The measure is taken {Frequency(measured).adverb}. Choose no more often."
        )


def check_steps_lead_to_the_target(
    steps: Sequence[date], *, starts_on: date, due_on: date, most: int = MOST_DAYS
) -> None:
    """CON-56 A trajectory leads to the target: its steps lie between start and due date, in order."""
    if len(steps) > most:
        raise RuleBroken("CON-56", f"Give at most {most} steps.")
    for before, after in pairwise(steps):
        if after <= before:
            raise RuleBroken("CON-56", f"The step for {after:%-d %B %Y} is out of order.")
    for day in steps:
        if not starts_on < day < due_on:
            raise RuleBroken(
                "CON-56",
                f"The step for {day:%-d %B %Y} is not between {starts_on:%-d %B %Y} "
                f"and {due_on:%-d %B %Y}.",
            )


def check_looks_lie_within(
    looks: Sequence[date], *, starts_on: date, due_on: date, most: int = MOST_DAYS
) -> None:
    """CON-57 Looks are agreed beforehand: days between start and due date, in order, not too many.

    On the due date it is judged in any case.
    """
    if len(looks) > most:
        raise RuleBroken(
            "CON-57", f"Choose at most {most} days. The more looks, the less each can show."
        )
    for before, after in pairwise(looks):
        if after <= before:
            raise RuleBroken("CON-57", f"{after:%-d %B %Y} is out of order.")
    for day in looks:
        if not starts_on < day < due_on:
            raise RuleBroken(
                "CON-57",
                f"{day:%-d %B %Y} is not between {starts_on:%-d %B %Y} and {due_on:%-d %B %Y}. "
                "On the due date it is judged in any case.",
            )


def check_stories_say_how_many_and_from_whom(*, least: int | None, whom: str) -> None:
    """CON-58 Stories that are owed are counted: how many at least, and from whom."""
    if (least is None) != (not whom.strip()):
        raise RuleBroken(
            "CON-58", "Say how many stories at least, and from whom. Both, or neither."
        )
    if least is not None and least < 1:
        raise RuleBroken("CON-58", "If no stories are owed, leave both empty.")


def check_stories_are_as_many_as_promised(*, promised: int | None, least: int | None) -> None:
    """CON-67 Stories are as many as promised: fewer only where the promise is changed, with a reason."""
    if promised is not None and (least or 0) < promised:
        raise RuleBroken(
            "CON-67",
            f"At least {promised} were promised. To agree on fewer, settle the promise as changed, "
            "and say why.",
        )


def check_sample_is_verified(*, verification: str, sample: int | None) -> None:
    """CON-59 A sample is drawn to be verified: how many are checked is said of what is verified."""
    if sample is None:
        return
    if verification != Verification.VERIFIED:
        raise RuleBroken("CON-59", "A sample is drawn where evidence is verified. Choose verified.")
    if sample < 1:
        raise RuleBroken("CON-59", "Draw at least one, or leave this empty.")


def check_consequence_is_whole(
    *, follows: str, share: Decimal | None, pounds: Decimal | None
) -> None:
    """CON-60 A consequence is whole: a share says which, an amount how much, and nothing else does.

    ``share`` in per cent of the payment.
    """
    if (follows == Consequence.SHARE) != (share is not None):
        raise RuleBroken("CON-60", "Give the share where a share is kept back, and there alone.")
    if (follows == Consequence.POUNDS) != (pounds is not None):
        raise RuleBroken("CON-60", "Give the amount where an amount is kept back, and there alone.")
    if share is not None and not 0 < share <= WHOLE:
        raise RuleBroken("CON-60", "A share is more than 0% and at most 100%.")
    if pounds is not None and pounds <= 0:
        raise RuleBroken("CON-60", "The amount is more than nothing.")


def check_others_are_named(*, differs: bool, whom: str) -> None:
    """CON-61 For others means said so: whoever it is no longer for, or now is for, stands there.

    ``differs`` whether the words under “for whom” differ from the promise.
    """
    if differs and not whom:
        raise RuleBroken(
            "CON-61",
            "It is for others than was promised. Say whether for fewer, more or other people.",
        )
    if whom and not differs:
        raise RuleBroken("CON-61", "It is for those to whom it was promised. Leave that as it is.")


def check_additional_was_not_promised(*, was_promised: bool) -> None:
    """CON-62 Additional is what nobody promised: a promise is settled as one, never beside it."""
    if was_promised:
        raise RuleBroken(
            "CON-62", "This was promised. Say what becomes of the promise, in the table."
        )


def check_additional_is_there_once(*, exists: bool) -> None:
    """CON-63 An additional commitment is there once: a second click adds nothing."""
    if exists:
        raise RuleBroken("CON-63", "This contract has this commitment already.")


def check_commitment_stands(*, is_dropped: bool) -> None:
    """CON-64 What was left out is no longer agreed on: only what stands in the contract is."""
    if is_dropped:
        raise RuleBroken("CON-64", "This is not in the contract any more.")


def check_it_is_additional(*, is_additional: bool) -> None:
    """CON-65 A promise is never left out as if it were additional: it is settled, with its reason."""
    if not is_additional:
        raise RuleBroken("CON-65", "This was promised. Say what becomes of the promise instead.")


def check_schedule_follows_the_last(*, number: int, kept: int) -> None:
    """CON-66 A schedule is kept as it was signed: each once, one after the other, never changed.

    ``kept`` is how many are.
    """
    if number != kept + 1:
        raise RuleBroken("CON-66", "This schedule is kept already.")


def every_so_many_months(months: int, *, starts_on: date, due_on: date) -> list[date]:
    """Return the days every so many months after the start, until the day before it is due."""
    days: list[date] = []
    if months < 1:
        return days
    while (day := shift_months(starts_on, months * (len(days) + 1))) < due_on:
        days.append(day)
    return days
