"""How a promise reads: what it adds, whom it asks, and with what its day is compared."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import measure_alternative
from makegood.articulate.models import Promise
from makegood.articulate.queries import advice_given
from makegood.kernel.figures import show_least
from makegood.measures.actions import define_measure
from makegood.measures.states import Better, MeasureKind
from tests.factories import loop
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 1)


def test_a_promise_is_compared_with_the_alternative_of_its_own_measure(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    wait = define_measure(
        name="Days to wait", unit="days", kind=MeasureKind.COUNT, better=Better.DOWN,
        definition="From asking to help", source="ours", keeper=cast.provider, by=cast.alice,
    )  # fmt: skip
    told = {"baseline": 5.0, "reaches": 5.0, "source": "Payroll", "by_on": date(2024, 9, 30)}
    figures = loop.AlternativeFigures(measure=wait, **told)  # type: ignore[arg-type]
    measure_alternative(draft.need, figures=figures, reason="Asked", by=cast.erin)
    absence = Promise.objects.get(proposal=draft)
    assert "ADV-06" not in [each.advice.number for each in advice_given(absence, today=TODAY)]
    figures = loop.AlternativeFigures(measure=absence.measure, **told)  # type: ignore[arg-type]
    measure_alternative(draft.need, figures=figures, reason="Asked", by=cast.erin)
    late = {each.advice.number: each.advice for each in advice_given(absence, today=TODAY)}[
        "ADV-06"
    ]
    assert "30 September 2024" in late.seen
    assert "Staff absence rate" in late.seen


def test_what_is_added_is_said_as_better_or_worse(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    client = Client()
    client.force_login(cast.alice)
    page = client.get(reverse("read_promise", args=[promise.proposal.code, promise.position]))
    assert "0.7 percentage points better than the alternative" in page.content.decode()
    promise.target = 5.7
    assert promise.added_words == "0.5 percentage points worse than the alternative"


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        ("families", "at least 20 families"),
        ("people who use the garden", "at least 20 people who use the garden"),
        ("those who care for them", "at least 20 of those who care for them"),
        ("Our staff", "at least 20 of Our staff"),
        ("", ""),
    ],
)
def test_how_many_at_least_reads_as_one_says_it(whom: str, said: str) -> None:
    assert show_least(20, whom=whom) == said
    assert show_least(None, whom=whom) == whom
