"""The verdicts of the example programme come from the assessment job alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from makegood.assess.analysis import inputs_of
from makegood.assess.models import Analysis
from makegood.assess.queries import latest_analysis
from makegood.capture.actions import correct_capture
from makegood.contract.models import Commitment
from makegood.kernel.ledger.guards import lowered
from makegood.kernel.ledger.verify import verify
from makegood.measures.queries import current_measurements
from makegood.people.models import Membership
from makegood.people.states import Right
from makegood.web import clock
from makegood.web.demo.play import play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("played")]
FIGURES = (
    "verdict",
    "sentence",
    "promised_added",
    "effect",
    "lower",
    "upper",
    "p_added",
    "reached",
    "n_before",
    "n_after",
    "n_comparators",
    "periods_needed",
    "method",
    "inputs_digest",
    "engine_version",
)


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Play the example programme once for this file, and take it all back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        play()
        yield
        transaction.set_rollback(True)


def said() -> dict[str, tuple[Any, ...]]:
    """Return what the newest analysis says of each commitment."""
    rows = Analysis.objects.order_by("pk").select_related("commitment")
    return {a.commitment.reference: tuple(getattr(a, name) for name in FIGURES) for a in rows}


def page_of(commitment: Commitment) -> str:
    address = reverse("promise", args=[commitment.promise.reference])
    return Client().get(address).content.decode()


def test_the_example_has_verdicts_of_many_kinds() -> None:
    verdicts = {analysis[0] for analysis in said().values()}
    assert len(verdicts) >= 4, verdicts
    assert "delivered" in verdicts


def test_verdicts_taken_away_come_back_the_same() -> None:
    before = said()
    with lowered(connection), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM assess_analysis WHERE id NOT IN "
            "(SELECT analysis_id FROM assess_finding WHERE analysis_id IS NOT NULL)"
        )
        gone = cursor.rowcount
    assert gone, "no verdict was taken away, so none could come back"
    assert len(said()) == len(before) - gone
    done = clock.tick()
    assert done.verdicts == gone
    assert said() == before


def test_the_job_finds_nothing_new_where_nothing_changed() -> None:
    assert clock.tick().verdicts == 0


def test_a_changed_figure_changes_the_page() -> None:
    commitment = next(
        c
        for c in Commitment.objects.filter(series__isnull=False, finding__isnull=True)
        if (analysis := latest_analysis(c)) and analysis.effect is not None
    )
    before, old_page = said()[commitment.reference], page_of(commitment)
    assert before[1].replace("'", "&#x27;") in old_page
    last = current_measurements(commitment.line).filter(period__lte=commitment.due_on)
    figure = last.order_by("period").last()
    deliver = Membership.objects.current().carrying(Right.RECORD)
    recorder = deliver.filter(organisation=commitment.owed_by(figure.period))[0].person
    correct_capture(
        commitment,
        period=figure.period,
        value=figure.value * 0.5,
        reason="It was misread",
        by=recorder,
    )
    clock.tick()
    after, new_page = said()[commitment.reference], page_of(commitment)
    assert after[FIGURES.index("effect")] != before[FIGURES.index("effect")]
    assert after[1] != before[1]
    assert after[1].replace("'", "&#x27;") in new_page
    assert before[1].replace("'", "&#x27;") not in new_page


def test_every_verdict_shown_can_be_made_again_from_its_inputs() -> None:
    shown = 0
    for commitment in Commitment.objects.filter(series__isnull=False, is_dropped=False):
        analysis = latest_analysis(commitment)
        if analysis is None:
            continue
        inputs = inputs_of(commitment, now=analysis.made_at.date())
        assert inputs.digest(commitment) == analysis.inputs_digest, commitment
        assert analysis.sentence.replace("'", "&#x27;") in page_of(commitment)
        shown += 1
    assert shown == Analysis.objects.values("commitment").distinct().count() > 0


def test_the_ledger_of_the_example_holds() -> None:
    clock.tick()
    report = verify()
    assert report.problems == []
    assert report.rows > 100
    assert report.size == report.entries
