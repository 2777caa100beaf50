"""Telling those whose drafts rely on a measure that it says something else now."""

from datetime import datetime

from django.urls import reverse

from makegood.articulate.queries import drafts_with
from makegood.measures.models import Measure
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right


def tell_drafters(measure: Measure, *, is_retired: bool, by: Person, now: datetime) -> None:
    """Tell the writers of every draft that relies on ``measure`` what became of it."""
    for draft in drafts_with(measure):
        said = (
            f"“{measure}” is retired. Your draft “{draft}” keeps it; read why, and what to use instead."
            if is_retired
            else f"“{measure}” has new words. Your draft “{draft}” keeps the old ones. Read both."
        )
        tell_members(
            draft.provider,
            right=Right.WRITE,
            words=said,
            path=reverse("measure", args=[measure.slug]),
            by=by,
            now=now,
        )
