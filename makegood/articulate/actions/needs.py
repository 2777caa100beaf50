"""What can be done about needs."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Need, Programme
from makegood.articulate.permissions import can_change_need, can_write_need
from makegood.articulate.states import NEEDS, NeedState
from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.people.models import Organisation, Person


@transaction.atomic
def write_need(
    *,
    programme: Programme,
    commissioner: Organisation,
    title: str,
    description: str,
    alternative: str,
    by: Person,
    now: datetime | None = None,
) -> Need:
    """Write a need with its alternative; it is a draft until it is published."""
    now = now or timezone.now()
    can_write_need(by, commissioner=commissioner, programme=programme.pk).require()
    take_turn(programme.stream)
    same = Need.objects.filter(programme=programme, commissioner=commissioner, title=title)
    rules.check_it_is_said_once(exists=same.exists(), what="need")
    need = Need.objects.create(
        reference=unused(
            lambda: new_reference("N"),
            taken=lambda reference: Need.objects.filter(reference=reference).exists(),
        ),
        programme=programme,
        commissioner=commissioner,
        title=title,
        description=description,
        alternative=alternative,
        written_by=by,
        written_at=now,
    )
    record(need, act="write_need", stream=programme.stream, by=by, now=now)
    return need


@transaction.atomic
def revise_need(
    need: Need,
    *,
    title: str,
    description: str,
    alternative: str,
    by: Person,
    now: datetime | None = None,
) -> Need:
    """Say a need differently before it is published."""
    now = now or timezone.now()
    can_change_need(by, need=need).require()
    take_turn(need.programme.stream)
    held = Need.objects.select_for_update().get(pk=need.pk)
    move(held, table=NEEDS, act="revise_need")
    same = Need.objects.filter(
        programme=held.programme, commissioner=held.commissioner, title=title
    ).exclude(pk=held.pk)
    rules.check_it_is_said_once(exists=same.exists(), what="need")
    held.title, held.description, held.alternative = title, description, alternative
    held.save(update_fields=["title", "description", "alternative"])
    record(held, act="revise_need", stream=held.programme.stream, by=by, now=now)
    return held


def publish_need(need: Need, *, by: Person, now: datetime | None = None) -> None:
    """Show a need to everyone and take proposals."""
    _move_need(need, act="publish_need", by=by, now=now or timezone.now())


def close_need(need: Need, *, by: Person, now: datetime | None = None) -> None:
    """Take no more proposals."""
    _move_need(need, act="close_need", by=by, now=now or timezone.now())


@transaction.atomic
def _move_need(need: Need, *, act: str, by: Person, now: datetime) -> None:
    can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    move(held, table=NEEDS, act=act)
    if held.state == NeedState.PUBLISHED:
        held.published_at = now
    held.save(update_fields=["state", "published_at"])
    record(held, act=act, stream=held.programme.stream, by=by, now=now)
