"""What must be true of published indicators, and of notices of how they do."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from makegood.contract.states import Rating
from makegood.kernel.refusal import RuleBroken
from makegood.measures.states import Better

ASKED_ABOVE = Decimal(5_000_000)
LEAST = 3


def check_indicator_has_thresholds(
    *,
    is_kpi: bool,
    better: str,
    target: float | None,
    approaching: float | None,
    improvement: float | None,
) -> None:
    """CON-84 An indicator has its thresholds before anybody signs: from the target back, in order."""
    if not is_kpi:
        if approaching is not None or improvement is not None:
            raise RuleBroken("CON-84", "Tick the box too, or leave both figures empty.")
        return
    if target is None or better not in {Better.UP, Better.DOWN}:
        raise RuleBroken(
            "CON-84", "Only a figure that gets better one way can be a published indicator."
        )
    if approaching is None or improvement is None:
        raise RuleBroken("CON-84", "Give both figures, so that nobody chooses them later.")
    steps = (target, approaching, improvement)
    ordered = sorted(steps, reverse=better == Better.UP)
    if list(steps) != ordered or len(set(steps)) < len(steps):
        raise RuleBroken(
            "CON-84",
            "Each figure of a published indicator must be further from the target than the one "
            "before it. If the target changes, change those figures first.",
        )


def check_notice_has_its_period(
    *,
    from_on: date,
    until_on: date,
    starts_on: date,
    ends_on: date,
    today: date,
    taken_over: Collection[tuple[date, str]],
) -> None:
    """CON-85 A notice is of a time that is over: within the contract, and in which one provider delivered.

    ``taken_over`` says since which day who delivered.
    """
    if until_on <= from_on or from_on < starts_on or until_on > ends_on or until_on >= today:
        raise RuleBroken(
            "CON-85",
            f"Choose a time from {starts_on:%-d %B %Y} to {ends_on:%-d %B %Y} that is over: "
            "its last day before today, and after its first.",
        )
    for day, name in taken_over:
        if from_on < day <= until_on:
            raise RuleBroken(
                "CON-85",
                f"{name} took over on {day:%-d %B %Y}: make one notice up to that day and one "
                "from it.",
            )


def check_rating_has_its_reason(*, rating: str, proposed: str, reason: str) -> None:
    """CON-86 A rating follows from its figure, or says why not: whoever decides gives the reason."""
    if (rating == Rating.OTHER or rating != proposed) and not reason.strip():
        raise RuleBroken("CON-86", "Say why it is not rated as its figure says. Everyone reads it.")


def check_notice_is_a_draft(*, is_draft: bool) -> None:
    """CON-87 What was sent stays sent: a notice is changed only while it is a draft."""
    if not is_draft:
        raise RuleBroken(
            "CON-87", "This notice was sent to the provider, or withdrawn. It stays as it is."
        )


def check_provider_was_told(*, has_reply: bool, reply_by: date | None, today: date) -> None:
    """CON-88 The provider is told first: a notice is published after its reply, or when its time is up."""
    if not has_reply and (reply_by is None or today <= reply_by):
        until = f" until {reply_by:%-d %B %Y}" if reply_by else ""
        raise RuleBroken("CON-88", f"The provider may reply{until}. Publish it after that.")


def check_contract_has_indicators(*, count: int) -> None:
    """CON-89 A notice says how indicators do: there is one at least, agreed before both signed."""
    if not count:
        raise RuleBroken(
            "CON-89", "No commitment of this contract is a published indicator. Vary one to be."
        )


def rate(
    figure: float | None,
    *,
    better: str,
    target: float | None,
    approaching: float | None,
    improvement: float | None,
) -> Rating:
    """Return how a figure does by the target then and the thresholds as far from it as was signed.

    Good at the target or better; other without a figure, or while there is no target.
    """
    if figure is None or target is None or approaching is None or improvement is None:
        return Rating.OTHER
    sign = 1 if better == Better.UP else -1
    for least, rating in (
        (target, Rating.GOOD),
        (approaching, Rating.APPROACHING),
        (improvement, Rating.IMPROVEMENT),
    ):
        if sign * figure >= sign * least:
            return rating
    return Rating.INADEQUATE


def hint_of_indicators(*, value: Decimal | None, count: int) -> str:
    """Return what the law asks of larger contracts, where there are fewer; a hint, and nobody is stopped."""
    if value is None or value <= ASKED_ABOVE or count >= LEAST:
        return ""
    return (
        f"For a contract of more than £5 million, section 52 of the Procurement Act 2023 asks public "
        f"bodies for at least {LEAST} published indicators. Some contracts are exempt. Here: {count}."
    )
