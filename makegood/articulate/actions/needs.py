"""What can be done about needs: write, time, publish, change with a reason, put off, close."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.telling import tell_commissioner, tell_those_concerned
from makegood.articulate.models import MeasuredAlternative, Need, NeedSaid, NeedVersion, Programme
from makegood.articulate.permissions import can_change_need, can_write_need
from makegood.articulate.queries import measured_of, needs_called, needs_to_close
from makegood.articulate.states import NEEDS, NeedState
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.people.models import Organisation, Person

TIMES = ("questions_close_at", "closes_at")


@dataclass(frozen=True, kw_only=True)
class NeedWords:
    """What a need says; its cost is in pounds a year, of the alternative."""

    title: str
    description: str
    alternative: str
    cost_low: Decimal | None = None
    cost_high: Decimal | None = None
    cost_source: str = ""
    is_by_invitation: bool = False
    invitation_reason: str = ""
    standstill_days: int | None = None

    def check(self) -> None:
        """Hold the words against ART-24 and ART-29."""
        rules.check_cost_is_a_sourced_range(
            low=self.cost_low, high=self.cost_high, source=self.cost_source
        )
        rules.check_keeping_others_out_has_a_reason(
            is_by_invitation=self.is_by_invitation, reason=self.invitation_reason
        )

    def columns(self) -> dict[str, object]:
        """Return the words by the names of a need's columns; a reason is kept only where one is due."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return said if self.is_by_invitation else said | {"invitation_reason": ""}


@transaction.atomic
def write_need(
    *,
    programme: Programme,
    commissioner: Organisation,
    by: Person,
    now: datetime | None = None,
    **words: Any,
) -> Need:
    """Write a need with its alternative; it is a draft until it is published.

    ``words`` are those of ``NeedWords``. ART-08, ART-24, ART-29.
    """
    now = now or timezone.now()
    said = NeedWords(**words)
    can_write_need(by, commissioner=commissioner, programme=programme.pk).require()
    said.check()
    take_turn(programme.stream)
    same = needs_called(said.title, programme=programme, commissioner=commissioner)
    rules.check_it_is_said_once(exists=same.exists(), what="need")
    need = Need.objects.create(
        reference=unused(
            lambda: new_reference("N"),
            taken=lambda reference: Need.objects.filter(reference=reference).exists(),
        ),
        programme=programme,
        commissioner=commissioner,
        written_by=by,
        written_at=now,
        **said.columns(),
    )
    record(need, act="write_need", stream=programme.stream, by=by, now=now)
    return need


@transaction.atomic
def revise_need(need: Need, *, by: Person, now: datetime | None = None, **words: Any) -> Need:
    """Say a need differently before it is published; ``words`` are those of ``NeedWords``."""
    said = NeedWords(**words)
    held = _held(need, act="revise_need", by=by)
    _say(held, said)
    held.save(update_fields=list(said.columns()))
    return _recorded(held, act="revise_need", by=by, now=now or timezone.now())


@transaction.atomic
def time_need(
    need: Need,
    *,
    questions_close_at: datetime | None,
    closes_at: datetime | None,
    by: Person,
    now: datetime | None = None,
) -> Need:
    """Say, before a need is published, until when it will take questions and proposals (ART-19)."""
    now = now or timezone.now()
    held = _held(need, act="time_need", by=by)
    rules.check_times_are_to_come_in_order(
        questions_close_at=questions_close_at, closes_at=closes_at, now=now
    )
    held.questions_close_at, held.closes_at = questions_close_at, closes_at
    held.save(update_fields=TIMES)
    return _recorded(held, act="time_need", by=by, now=now)


@transaction.atomic
def publish_need(need: Need, *, by: Person, now: datetime | None = None) -> None:
    """Show a need to everyone and take questions and proposals; what it says is its first version."""
    now = now or timezone.now()
    held = _held(need, act="publish_need", by=by)
    rules.check_times_are_to_come_in_order(
        questions_close_at=held.questions_close_at, closes_at=held.closes_at, now=now
    )
    held.published_at = now
    held.save(update_fields=["state", "published_at"])
    _recorded(held, act="publish_need", by=by, now=now)
    keep_version(held, reason="", by=by, now=now)
    words = f"{held.commissioner} published “{held.title}”. You are invited to propose."
    tell_those_concerned(held, words=words, by=by, now=now)


@transaction.atomic
def correct_need(
    need: Need, *, reason: str, by: Person, now: datetime | None = None, **words: Any
) -> Need:
    """Say a published need differently, with a reason that everyone reads (ART-22, ART-23).

    ``words`` are those of ``NeedWords``. What it said before stays, and those concerned are told.
    """
    now = now or timezone.now()
    said = NeedWords(**words)
    held = _held(need, act="correct_need", by=by)
    rules.check_need_has_not_closed(closed_at=held.closing_told(now=now))
    rules.check_change_of_a_need_has_a_reason(reason=reason)
    is_same = all(getattr(held, name) == value for name, value in said.columns().items())
    rules.check_change_of_a_need_changes_something(is_same=is_same)
    keep_first_version(held, by=by)
    _say(held, said)
    return _changed(held, act="correct_need", reason=reason, by=by, now=now)


@transaction.atomic
def extend_need(
    need: Need,
    *,
    questions_close_at: datetime | None,
    closes_at: datetime | None,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> Need:
    """Put off until when a published need takes questions or proposals (ART-19 to ART-22)."""
    now = now or timezone.now()
    held = _held(need, act="extend_need", by=by)
    rules.check_need_has_not_closed(closed_at=held.closing_told(now=now))
    rules.check_change_of_a_need_has_a_reason(reason=reason)
    after = (questions_close_at, closes_at)
    before = tuple(getattr(held, name) for name in TIMES)
    rules.check_times_are_put_off(before=before, after=after)
    # Questions that closed already may stay closed; whatever changes is to come.
    is_kept = questions_close_at == held.questions_close_at
    rules.check_times_are_to_come_in_order(
        questions_close_at=None if is_kept else questions_close_at, closes_at=closes_at, now=now
    )
    keep_first_version(held, by=by)
    held.questions_close_at, held.closes_at = after
    return _changed(held, act="extend_need", reason=reason, by=by, now=now)


@transaction.atomic
def close_need(need: Need, *, by: Person | None, now: datetime | None = None) -> None:
    """Take no more questions and proposals; by hand, or, by nobody, on the clock."""
    now = now or timezone.now()
    if by is not None:
        can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    move(held, table=NEEDS, act="close_need")
    held.closed_at = now
    held.save(update_fields=["state", "closed_at"])
    _recorded(held, act="close_need", by=by, now=now)
    words = f"“{held.title}” is closed. It takes no more proposals; a draft is kept, to be read."
    tell_those_concerned(held, words=words, by=by, now=now)
    if by is None:
        words = f"“{held.title}” closed at its time. Proposals that came in wait for you."
        tell_commissioner(held, words=words, by=None, now=now)


def close_due_needs(*, now: datetime | None = None) -> int:
    """Close, on the clock, each need whose time has come; return how many."""
    now = now or timezone.now()
    closed = 0
    for need in needs_to_close(now=now):
        with transaction.atomic():
            held = Need.objects.select_for_update().get(pk=need.pk)
            if held.state == NeedState.PUBLISHED and not held.takes_proposals(now=now):
                close_need(held, by=None, now=now)
                closed += 1
    return closed


def keep_version(need: Need, *, reason: str, by: Person, now: datetime) -> NeedVersion:
    """Keep what ``need`` says from now on, before the row itself says so."""
    version = NeedVersion.objects.create(
        need=need,
        number=need.versions.count() + 1,
        figures=[_figures(each) for each in measured_of(need)],
        reason=reason,
        made_by=by,
        made_at=now,
        **{name: getattr(need, name) for name in NeedSaid.said()},
    )
    record(version, act="keep_version", stream=need.programme.stream, by=by, now=now)
    return version


def _figures(measured: MeasuredAlternative) -> dict[str, object]:
    return {
        "measure": measured.measure.slug,
        "baseline": measured.baseline,
        "reaches": measured.reaches,
        "by_on": measured.by_on.isoformat(),
        "source": measured.source,
    }


def keep_first_version(need: Need, *, by: Person) -> None:
    """Keep what a need said that was published before versions were kept."""
    if not need.versions.exists():
        keep_version(need, reason="", by=by, now=need.published_at or timezone.now())


def _held(need: Need, *, act: str, by: Person) -> Need:
    """Return ``need`` as it stands, once nobody else can change it, moved by ``act``."""
    can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    take_turn(held.programme.stream)
    move(held, table=NEEDS, act=act)
    return held


def _say(need: Need, said: NeedWords) -> None:
    said.check()
    same = needs_called(said.title, programme=need.programme, commissioner=need.commissioner)
    rules.check_it_is_said_once(exists=same.exclude(pk=need.pk).exists(), what="need")
    for name, value in said.columns().items():
        setattr(need, name, value)


def _changed(need: Need, *, act: str, reason: str, by: Person, now: datetime) -> Need:
    keep_version(need, reason=reason, by=by, now=now)
    need.save(update_fields=NeedSaid.said())
    _recorded(need, act=act, by=by, now=now)
    words = f"{need.commissioner} changed “{need.title}”. {reason.strip()}"
    tell_those_concerned(need, words=words, by=by, now=now)
    return need


def _recorded(need: Need, *, act: str, by: Person | None, now: datetime) -> Need:
    record(need, act=act, stream=need.programme.stream, by=by, now=now)
    return need
