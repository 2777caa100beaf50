"""What can be done about areas: load them, and say which an organisation works in."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.memberships import STREAM
from makegood.people.areas import OURS, AreaFacts, read_areas
from makegood.people.models import Area, Organisation, Person, Workplace
from makegood.people.rules import check_an_area_stands

FACTS = tuple(field.name for field in fields(AreaFacts) if field.name != "code")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many areas were new, were changed, and of those changed how many came to an end."""

    added: int
    changed: int
    ended: int


@transaction.atomic
def load_areas(*, file: Path = OURS) -> Loaded:
    """Keep the areas in a file: new ones are added, known ones brought up to date, none is taken away.

    Raises ``BadAreas``.
    """
    facts = read_areas(file)
    held = {area.code: area for area in Area.objects.all()}
    known = [each for each in facts if each.code in held]
    new = [Area(**asdict(each)) for each in facts if each.code not in held]
    differing = [each for each in known if _differs(held[each.code], facts=each)]
    ended = [each for each in differing if each.until_on and not held[each.code].until_on]
    for each in differing:
        for name in FACTS:
            setattr(held[each.code], name, getattr(each, name))
    Area.objects.bulk_create(new)
    Area.objects.bulk_update([held[each.code] for each in differing], FACTS)
    return Loaded(added=len(new), changed=len(differing), ended=len(ended))


@transaction.atomic
def add_area(
    organisation: Organisation, *, area: Area, by: Person, now: datetime | None = None
) -> Workplace:
    """Say that an organisation works in an area that stands (PEO-23); saying it twice adds nothing."""
    hold_to_describe(organisation, by=by)
    return keep_area(organisation, area=area, by=by, now=now)


def keep_area(
    organisation: Organisation, *, area: Area, by: Person, now: datetime | None = None
) -> Workplace:
    """Keep that ``organisation`` works in ``area``; whoever calls knows that ``by`` may (PEO-23)."""
    now = now or timezone.now()
    check_an_area_stands(name=area.name, until_on=area.until_on, today=timezone.localdate(now))
    take_turn(STREAM)
    works = Workplace.objects.filter(organisation=organisation, area=area, ended_at__isnull=True)
    if held := works.first():
        return held
    workplace = Workplace.objects.create(organisation=organisation, area=area, since_at=now)
    record(workplace, act="add_area", stream=STREAM, by=by, now=now)
    return workplace


@transaction.atomic
def remove_area(
    organisation: Organisation, *, area: Area, by: Person, now: datetime | None = None
) -> None:
    """Say that an organisation works in an area no more."""
    now = now or timezone.now()
    hold_to_describe(organisation, by=by)
    works = Workplace.objects.select_for_update().filter(
        organisation=organisation, area=area, ended_at__isnull=True
    )
    held = works.first()
    if held is None:
        return
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(held, act="remove_area", stream=STREAM, by=by, now=now)


def _differs(area: Area, *, facts: AreaFacts) -> bool:
    return any(getattr(area, name) != getattr(facts, name) for name in FACTS)
