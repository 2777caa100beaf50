"""Two entries of one organisation, and the merging of them."""

from __future__ import annotations

from datetime import datetime

from makegood.people import actions as people
from makegood.people.actions import Merger, merge_organisations
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind
from tests.factories.cast import Cast

REASON = "Both have the same number."


def twin(cast: Cast, name: str = "Moor View", *, by: Person | None = None) -> Organisation:
    return people.register_organisation(
        name=name, kind=Kind.PROVIDER, is_another=True, by=by or cast.dana
    )


def merge(
    goes: Organisation,
    stays: Organisation,
    *,
    by: Person,
    members_join: bool = True,
    now: datetime | None = None,
) -> Organisation:
    """Merge one into the other, and return the one that went, read anew."""
    merger = Merger(goes=goes, stays=stays, reason=REASON, members_join=members_join)
    merge_organisations(merger, by=by, now=now)
    return Organisation.objects.get(pk=goes.pk)
