"""Reminding those who owe figures, once at each stage: one letter for all that an organisation owes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture.models import Reminder, ReminderRound
from makegood.capture.owing import Reminding, Stage, days_in_words, stages_of
from makegood.capture.queries import (
    FigureDue,
    figures_owed_by,
    organisations_owing,
)
from makegood.people.actions import tell_members
from makegood.people.models import Organisation
from makegood.people.states import Right

MORNING = 7
"""The hour from which reminders go out."""
NAMED = 20
"""How many figures a letter names; it counts the rest."""


def remind_of_figures(*, now: datetime | None = None) -> int:
    """Remind everyone of the figures they owe, once a day; return how many organisations.

    Each organisation is one act: where a server is killed half-way, those not told yet are told by
    the next tick, and nobody twice.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    is_early = timezone.localtime(now).hour < MORNING
    if is_early or ReminderRound.objects.filter(held_on=today).exists():
        return 0
    told = sum([_remind(key, now=now) for key in organisations_owing()])
    ReminderRound.objects.get_or_create(held_on=today, defaults={"ended_at": now})
    return told


@transaction.atomic
def _remind(key: int, *, now: datetime) -> bool:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=key)
    today = timezone.localdate(now)
    asked = [row for row in figures_owed_by(organisation, today=today) if row.is_missing]
    new = _not_told_yet(asked, today=today)
    Reminder.objects.bulk_create(
        Reminder(commitment=row.commitment, period=row.span.first, stage=stage, told_at=now)
        for row, stage in new
    )
    if any(stage != Stage.LONG for _, stage in new):
        own = _soon_or_late(asked, today=today)
        _tell(organisation, rows=own, right=Right.RECORD, whose="", now=now)
    _tell_of_long_late(
        organisation, rows=[row for row, stage in new if stage == Stage.LONG], now=now
    )
    return bool(new)


def _not_told_yet(rows: Sequence[FigureDue], *, today: date) -> list[tuple[FigureDue, Stage]]:
    """Return which of ``rows`` ask for a reminder that did not go out yet."""
    told = Reminder.objects.filter(commitment__in={row.commitment.pk for row in rows})
    known = set(told.values_list("commitment", "period", "stage"))
    asks = [(row, stage) for row in rows for stage in _stages(row, today=today)]
    return [
        (row, stage)
        for row, stage in asks
        if (row.commitment.pk, row.span.first, stage.value) not in known
    ]


def _soon_or_late(rows: Iterable[FigureDue], *, today: date) -> list[FigureDue]:
    """Return all that a letter names: whatever is late, and what is due soon, the latest first."""
    soon = [row for row in rows if row.is_late or _stages(row, today=today)]
    return sorted(soon, key=lambda row: (row.span.due_on, row.commitment.reference))


def _stages(row: FigureDue, *, today: date) -> list[Stage]:
    reminding = Reminding(
        before=settings.REMIND_DAYS_BEFORE,
        after=settings.REMIND_DAYS_AFTER,
        long_after=settings.TELL_BUYER_DAYS_AFTER,
    )
    return stages_of(row.span, today=today, reminding=reminding)


def _tell_of_long_late(provider: Organisation, *, rows: Sequence[FigureDue], now: datetime) -> None:
    """Tell those who answer for the provider, and each commissioner, of what is long late."""
    if not rows:
        return
    _tell(provider, rows=rows, right=Right.ANSWER, whose="", now=now)
    by_buyer: dict[Organisation, list[FigureDue]] = {}
    for row in rows:
        by_buyer.setdefault(row.commitment.contract.commissioner, []).append(row)
    for buyer, own in by_buyer.items():
        _tell(buyer, rows=own, right=Right.WRITE, whose=f" from {provider}", now=now)


def _tell(
    organisation: Organisation,
    *,
    rows: Sequence[FigureDue],
    right: Right,
    whose: str,
    now: datetime,
) -> None:
    """Write one letter that names ``rows``; it leads to where they are given, or read."""
    late, count = sum(row.is_late for row in rows), len(rows)
    said = f"{count} figure{'' if count == 1 else 's'}{whose} {'is' if count == 1 else 'are'} due"
    if late:
        said = f"{late} figure{'' if late == 1 else 's'}{whose} {'is' if late == 1 else 'are'} late"
        said += f", and {count - late} due soon" if count > late else ""
    more = [f"And {count - NAMED} more."] if count > NAMED else []
    lines = [_line(row) for row in rows[:NAMED]]
    gives = right == Right.RECORD
    place = "give_figures" if gives else "organisation_figures"
    tell_members(
        organisation,
        right=right,
        words="\n".join([f"{said}.", *lines, *more]),
        path=reverse(place, args=[organisation.slug]),
        by=None,
        now=now,
    )


def _line(row: FigureDue) -> str:
    owed = row.commitment
    when = f"due by {row.span.due_on:%-d %B %Y}"
    if row.is_late:
        when = f"{days_in_words(row.days_late)} late"
    return f"{owed.measure}, {row.span.name}, {owed.contract.name}: {when}."
