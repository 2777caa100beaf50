"""Who relies on a measure: the promises and commitments that a reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from makegood.articulate.models import Promise
from makegood.articulate.queries import promises_visible_to
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to
from makegood.measures.models import Measure
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Use:
    """A promise that relies on a measure, and its commitment where it was contracted."""

    promise: Promise
    commitment: Commitment | None


def promises_using(measure: Measure, *, person: Person | None) -> QuerySet[Promise]:
    """Return the promises with ``measure`` that ``person`` may read, the newest first."""
    found = promises_visible_to(person).filter(measure=measure)
    return found.order_by("-proposal__written_at", "proposal_id", "position")


def commitments_using(measure: Measure, *, person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments with ``measure`` that ``person`` may read."""
    return commitments_visible_to(person).filter(measure=measure)


def uses_of(promises: Sequence[Promise], *, measure: Measure, person: Person | None) -> list[Use]:
    """Return each of ``promises`` with its commitment, in two queries for all of them."""
    held = commitments_using(measure, person=person).filter(promise__in=list(promises))
    commitments = {each.promise_id: each for each in held}
    return [Use(promise=each, commitment=commitments.get(each.pk)) for each in promises]
