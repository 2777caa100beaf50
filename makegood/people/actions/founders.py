"""What can be done about founders: add, change and erase them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.models import new_salt
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.formations import hold_in_formation
from makegood.people.actions.memberships import STREAM
from makegood.people.holding import hold_with
from makegood.people.models import Founder, Organisation, Person
from makegood.people.permissions import can_take_down_founder
from makegood.people.rules import check_founders_speak_for_themselves
from makegood.people.states import ShownTo

PERSONAL = ("name", "skills", "aspirations")


@dataclass(frozen=True, kw_only=True)
class FounderSaid:
    """A founder by name or by role, what they can do and hope for, and who may see it."""

    name: str
    skills: str = ""
    aspirations: str = ""
    shown_to: ShownTo | str = ShownTo.MEMBERS
    is_me: bool = False


@transaction.atomic
def add_founder(
    organisation: Organisation, *, said: FounderSaid, by: Person, now: datetime | None = None
) -> Founder:
    """Say who founds a group (PEO-92); who wrote it of themselves sees it in their own data."""
    now = now or timezone.now()
    held = hold_in_formation(organisation, by=by, now=now)
    founder = Founder(organisation=held, added_at=now)
    return _keep(founder, said=said, act="add_founder", by=by, now=now)


@transaction.atomic
def revise_founder(
    founder: Founder, *, said: FounderSaid, by: Person, now: datetime | None = None
) -> Founder:
    """Say differently who founds a group, or who may see it; one that was erased stays so (PEO-44)."""
    hold_to_describe(founder.organisation, by=by)
    held = Founder.objects.select_for_update().get(pk=founder.pk)
    if held.removed_at:
        return held
    check_founders_speak_for_themselves(
        is_anothers=held.person_id not in {None, by.pk},
        is_taken=said.is_me,
        shows_to_more=ShownTo(said.shown_to).is_more_than(ShownTo(held.shown_to)),
    )
    return _keep(held, said=said, act="revise_founder", by=by, now=now or timezone.now())


@transaction.atomic
def remove_founder(founder: Founder, *, by: Person, now: datetime | None = None) -> None:
    """Erase a founder, before or after registering; that there was one stays on the record."""
    hold_to_describe(founder.organisation, by=by)
    wipe_founder(founder, by=by, now=now or timezone.now())


@transaction.atomic
def take_down_founder(founder: Founder, *, by: Person, now: datetime | None = None) -> None:
    """Erase what one wrote of oneself as a founder, also after leaving the group."""
    held = hold_with(founder, "organisation")
    if held.removed_at:
        return
    can_take_down_founder(by, founder=held).require()
    wipe_founder(held, by=by, now=now or timezone.now())


def wipe_founder(founder: Founder, *, by: Person, now: datetime) -> None:
    """Leave nothing of a founder but that there was one; whoever calls has asked who may."""
    held = Founder.objects.select_for_update().get(pk=founder.pk)
    if held.removed_at:
        return
    for name in PERSONAL:
        setattr(held, name, "")
    held.person = None
    held.salt = new_salt()
    held.removed_at = now
    held.save()
    record(held, act="remove_founder", stream=STREAM, by=by, now=now)


def _keep(founder: Founder, *, said: FounderSaid, act: str, by: Person, now: datetime) -> Founder:
    for name in PERSONAL:
        setattr(founder, name, getattr(said, name))
    founder.shown_to = said.shown_to
    if said.is_me or founder.person_id in {None, by.pk}:
        founder.person = by if said.is_me else None
    founder.salt = new_salt()
    founder.save()
    record(founder, act=act, stream=STREAM, by=by, now=now)
    return founder
