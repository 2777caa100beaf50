"""Standing by a figure that somebody found wrong."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.force import hold_in_force
from makegood.capture.queries import found_wrong
from makegood.contract.models import Commitment
from makegood.kernel.period import name_month
from makegood.measures.actions import correct_measurement
from makegood.measures.models import Measurement, Series
from makegood.measures.queries import versions_of
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


@transaction.atomic
def stand_by_figure(
    commitment: Commitment,
    *,
    period: date,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Say the same figure again, and why, for who owes it; the side that found it wrong is told (CAP-76).

    It stays marked as found wrong, with these words beside it; nobody is asked to correct it any more.
    """
    now, house = now or timezone.now(), commitment.owed_by(period)
    hold_in_force(commitment, by=by, house=house)
    rules.check_commitment_is_in_numbers(has_series=commitment.line is not None)
    assert commitment.line is not None
    series = Series.objects.select_for_update().get(pk=commitment.line.at(period).pk)
    found = found_wrong([series.pk]).get((series.pk, period))
    held = versions_of(series, period=period).last()
    words = reason.strip()
    if held and found and words and found.stood_by == words:
        return held
    is_stood_by = found is not None and bool(found.stood_by)
    rules.check_it_was_found_wrong(is_found_wrong=found is not None, is_stood_by=is_stood_by)
    rules.check_words_are_given(words=reason)
    assert held
    assert found
    rules.check_there_is_a_figure(has_value=held.value is not None)
    assert held.value is not None
    said = correct_measurement(
        series,
        period=period,
        value=held.value,
        numerator=held.numerator,
        denominator=held.denominator,
        reason=words,
        stream=commitment.contract.stream,
        owed_by=house,
        is_stood_by=True,
        by=by,
        now=now,
    )
    told, judge = Organisation.objects.get(pk=found.found_for), commitment.contract.assessor_id
    tell_members(
        told,
        right=Right.ASSESS if told.pk == judge else Right.WRITE,
        words=f"{house} stands by {commitment.measure} for {name_month(period)} ({commitment.name}): {words}",
        path=reverse("figure", args=[commitment.reference, f"{period:%Y-%m}"]),
        by=by,
        now=now,
    )
    return said
