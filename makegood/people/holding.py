"""Holding organisations, so that two acts at once for one of them come one after the other."""

from collections.abc import Iterable

from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_describe


def hold_organisations(keys: Iterable[int]) -> dict[int, Organisation]:
    """Hold organisations until the act ends, so that whoever else acts for them waits.

    Each act first holds these, then what belongs to them, and only then takes its turn in the
    ledger (``record`` does): two acts in another order would wait for one another for ever.
    """
    wanted = Organisation.objects.filter(pk__in=keys).order_by("pk")
    return wanted.select_for_update(no_key=True).in_bulk()


def hold_organisation(key: int) -> Organisation:
    """Hold one organisation until the act ends, and read it anew."""
    return hold_organisations([key])[key]


def hold_to_describe(organisation: Organisation, *, by: Person) -> Organisation:
    """Hold an organisation that ``by`` may write for; nobody merges or closes it meanwhile."""
    held = hold_organisation(organisation.pk)
    can_describe(by, organisation=held).require()
    return held
