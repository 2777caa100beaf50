"""What can be done with advice on a promise: set it aside with a reason, and take it up again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.drafts import held_promise
from makegood.articulate.models import AdviceSetAside, Promise
from makegood.articulate.queries import advice_given
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


@transaction.atomic
def set_advice_aside(
    promise: Promise, *, number: str, reason: str, by: Person, now: datetime | None = None
) -> AdviceSetAside:
    """Keep why a piece of advice on a draft’s promise is not followed (ART-55, ART-56)."""
    now = now or timezone.now()
    held = held_promise(promise, by=by)
    rules.check_advice_is_set_aside_with_a_reason(reason=reason)
    given = {each.advice.number: each for each in advice_given(held, today=timezone.localdate(now))}
    one = given.get(number)
    rules.check_advice_is_given(is_given=one is not None and one.set_aside is None)
    assert one is not None
    for older in held.advice_set_aside.filter(number=number, is_taken_up=False):
        _take_up(older, by=by, now=now)
    made = AdviceSetAside.objects.create(
        promise=held,
        number=number,
        seen=one.advice.seen,
        reason=reason.strip(),
        set_aside_by=by,
        set_aside_at=now,
    )
    record(made, act="set_advice_aside", stream=held.proposal.stream, by=by, now=now)
    return made


@transaction.atomic
def take_advice_up(
    promise: Promise, *, number: str, by: Person, now: datetime | None = None
) -> None:
    """Let a piece of advice be given again; none that stands is no change."""
    now = now or timezone.now()
    held = held_promise(promise, by=by)
    for standing in held.advice_set_aside.filter(number=number, is_taken_up=False):
        _take_up(standing, by=by, now=now)


def _take_up(held: AdviceSetAside, *, by: Person, now: datetime) -> None:
    held.is_taken_up = True
    held.save(update_fields=["is_taken_up"])
    stream = held.promise.proposal.stream
    record(held, act="take_advice_up", stream=stream, by=by, now=now)
