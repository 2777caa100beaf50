"""What can be done about advice to a group in formation: ask for it, take it on, give it, end it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people import rules
from makegood.people.actions.formations import close_advice, hold_in_formation
from makegood.people.actions.memberships import STREAM
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_organisations, hold_with
from makegood.people.models import Advice, AdviserNote, Organisation, Person
from makegood.people.permissions import can_end_advice, can_take_advice, can_write_advice
from makegood.people.queries import advice_left_behind, advisers_at, guide_of, units_that_advise
from makegood.people.states import ADVICE, AdviceState, Right


@transaction.atomic
def ask_for_adviser(
    organisation: Organisation,
    *,
    unit: Organisation,
    words: str = "",
    by: Person,
    now: datetime | None = None,
) -> Advice:
    """Ask a support unit for somebody who advises a group on its way (PEO-92, PEO-82, PEO-46)."""
    now = now or timezone.now()
    hold_organisations([organisation.pk, unit.pk])
    held = hold_in_formation(organisation, by=by, now=now)
    rules.check_a_unit_that_advises_is_asked(
        advises=units_that_advise().filter(pk=unit.pk).exists(), unit=str(unit)
    )
    waiting = Advice.objects.filter(organisation=held).exclude(state=AdviceState.ENDED)
    rules.check_one_advises_at_a_time(is_open=waiting.exists())
    advice = Advice.objects.create(
        organisation=held, unit=unit, words=words, asked_by=by, asked_at=now
    )
    record(advice, act="ask_for_adviser", stream=STREAM, by=by, now=now)
    told = f"{held} asks for an adviser."
    path = reverse("take_advice", args=[advice.public_id])
    tell_members(unit, right=Right.ADVISE, words=told, path=path, by=by, now=now)
    return advice


@transaction.atomic
def take_advice(
    advice: Advice, *, adviser: Person, by: Person, now: datetime | None = None
) -> Advice:
    """Take a group on, or assign somebody who does (PEO-83); from now on they see its formation."""
    now = now or timezone.now()
    held = _hold(advice)
    can_take_advice(by, advice=held).require()
    move(held, table=ADVICE, act="take_advice")
    advises = advisers_at(held.unit).filter(pk=adviser.pk).exists()
    rules.check_an_adviser_advises_there(advises=advises, unit=str(held.unit))
    held.adviser, held.taken_at = adviser, now
    held.save(update_fields=["state", "adviser", "taken_at"])
    record(held, act="take_advice", stream=STREAM, by=by, now=now)
    _tell_group(held, words=f"You have an adviser now, from {held.unit}.", by=by, now=now)
    return held


@transaction.atomic
def write_advice(
    advice: Advice, *, words: str, step: str = "", by: Person, now: datetime | None = None
) -> AdviserNote:
    """Suggest something to a group, to one of its steps or to all of it (PEO-81, PEO-84)."""
    now = now or timezone.now()
    advice = _hold(advice)
    can_write_advice(by, advice=advice).require()
    rules.check_a_note_says_something(words)
    if step:
        guide = guide_of(advice.organisation)
        known = {each.key for each in guide.steps} if guide else set()
        rules.check_a_step_leads_there(step, known=known)
    note = AdviserNote.objects.create(
        advice=advice, step=step, words=words, written_by=by, written_at=now
    )
    record(note, act="write_advice", stream=STREAM, by=by, now=now)
    _tell_group(advice, words="Your adviser suggests something to you.", by=by, now=now)
    return note


@transaction.atomic
def end_advice(advice: Advice, *, by: Person, now: datetime | None = None) -> None:
    """Release an adviser, or take back that one was asked for; what was suggested stays."""
    now = now or timezone.now()
    held = _hold(advice)
    can_end_advice(by, advice=held).require()
    close_advice(held, by=by, now=now)


def end_advice_left_behind(*, now: datetime | None = None) -> int:
    """End each advice whose adviser left, or advises no more; return how many. The group may ask anew."""
    now = now or timezone.now()
    left = list(advice_left_behind())
    for advice in left:
        with transaction.atomic():
            held = _hold(advice)
            if advice_left_behind().filter(pk=held.pk).exists():
                because = "Their adviser left. Another can be asked for."
                close_advice(held, because=because, by=None, now=now)
    return len(left)


def _hold(advice: Advice) -> Advice:
    return hold_with(advice, "organisation", "unit")


def _tell_group(advice: Advice, *, words: str, by: Person, now: datetime) -> None:
    path = reverse("formation", args=[advice.organisation.slug])
    tell_members(advice.organisation, right=Right.WRITE, words=words, path=path, by=by, now=now)
