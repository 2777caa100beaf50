"""What can be done about notices: telling members what happened, as often as they wish."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.letters.post import write_letter
from makegood.people.models import Membership, Notice, Organisation, Person
from makegood.people.states import HowOften, Right

MORNING = 7
"""The hour at which what is written daily or weekly goes out."""


def tell_members(
    organisation: Organisation,
    *,
    right: Right,
    words: str,
    path: str,
    by: Person | None,
    outside: Collection[Organisation] = (),
    now: datetime,
) -> None:
    """Tell those who may do what ``right`` says for ``organisation``, but for who did it.

    What is told to one that was merged is told to what stays.

    Whoever belongs to one of those that they must stand ``outside`` of is told nothing.

    Call it in the act's own transaction: what is rolled back is told to nobody. ``words`` say
    it whole, their beginning in one sentence; ``path`` is where it can be seen.
    """
    organisation = organisation.merged_into or organisation
    held = Membership.objects.current().carrying(right).filter(organisation=organisation)
    others = held.exclude(person=by) if by else held
    if outside:
        inside = Membership.objects.current().filter(organisation__in=outside)
        others = others.exclude(person__in=inside.values("person"))
    for person in Person.objects.filter(pk__in=others.values("person")):
        notice = Notice.objects.create(
            person=person,
            organisation=organisation,
            right=right,
            words=words,
            path=path,
            at=now,
        )
        if person.notices_come == HowOften.AT_ONCE:
            _write(person, [notice], now=now)


def choose_notices(how_often: HowOften, *, by: Person) -> None:
    """Write to ``by`` as often as they wish; what waited is not written, but stays to be seen."""
    Notice.objects.filter(person=by, sent_at__isnull=True).update(sent_at=timezone.now())
    by.notices_come = how_often
    by.save(update_fields=["notices_come"])


def send_due_notices(*, now: datetime | None = None) -> int:
    """Write what is due to those who wish it daily or weekly; return how many letters."""
    now = now or timezone.now()
    return sum(
        _send_all(person, before=_latest(HowOften(person.notices_come), now=now), now=now)
        for person in Person.objects.filter(
            notices_come__in=(HowOften.DAILY, HowOften.WEEKLY), notices__sent_at__isnull=True
        ).distinct()
    )


@transaction.atomic
def _send_all(person: Person, *, before: datetime, now: datetime) -> int:
    waiting = Notice.objects.select_for_update().filter(
        person=person, sent_at__isnull=True, at__lt=before
    )
    found = [notice for notice in waiting.order_by("at") if _may_still(person, notice)]
    waiting.update(sent_at=now)
    if found:
        _write(person, found, now=now)
    return bool(found)


def _may_still(person: Person, notice: Notice) -> bool:
    """Whoever left since is told no more."""
    held = Membership.objects.current().carrying(Right(notice.right))
    return held.filter(person=person, organisation=notice.organisation_id).exists()


def _write(person: Person, notices: Sequence[Notice], *, now: datetime) -> None:
    context = {
        "notices": notices,
        "choose": settings.ADDRESS + reverse("notices"),
        "person": person,
    }
    write_letter("people/letters/notices", to=person.email, context=context)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=now)


def _latest(how_often: HowOften, *, now: datetime) -> datetime:
    """Return the latest morning, or Monday morning, at which letters went out."""
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if local < morning:
        morning -= timedelta(days=1)
    return morning if how_often == HowOften.DAILY else morning - timedelta(days=morning.weekday())
