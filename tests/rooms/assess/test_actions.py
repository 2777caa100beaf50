"""Findings: by someone independent, on evidence, published only once the provider was heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.assess.actions import (
    Judgement,
    analyse_commitments,
    publish_finding,
    reply_to_finding,
    send_finding,
    write_finding,
)
from makegood.assess.models import Analysis, Finding
from makegood.assess.queries import findings_visible_to, latest_analysis
from makegood.assess.states import Conclusion, FindingState
from makegood.capture.actions import capture_measurement, withdraw_story
from makegood.contract.models import Commitment
from makegood.kernel.ledger.verify import verify
from makegood.kernel.period import add_months
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.checking import a_figure_found_wrong
from tests.factories.joining import join
from tests.factories.loop import (
    a_commitment,
    a_draft_finding,
    a_published_finding,
    a_sent_finding,
    a_story,
)
from tests.rules.refusing import refused

JUDGEMENT = Judgement(conclusion=Conclusion.PARTLY, reasons="One person says so")


def test_nobody_of_the_provider_assesses(cast: Cast) -> None:
    story, _ = a_story(cast)
    join(cast.provider, person=cast.dana, role=Role.READER, by=cast.alice)
    with pytest.raises(NotPermitted) as refusal:
        write_finding(story.commitment, judgement=JUDGEMENT, by=cast.dana)
    assert refusal.value.number == "ASS-01"


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "erin", "frank", "grace"])
def test_only_the_named_assessor_finds(cast: Cast, name: str) -> None:
    story, _ = a_story(cast)
    with pytest.raises(NotPermitted):
        write_finding(story.commitment, judgement=JUDGEMENT, by=getattr(cast, name))


def test_a_finding_rests_on_evidence(cast: Cast) -> None:
    with refused("ASS-04"):
        write_finding(a_commitment(cast), judgement=JUDGEMENT, by=cast.dana)


def test_a_withdrawn_story_is_not_cited(cast: Cast) -> None:
    story, _ = a_story(cast)
    withdraw_story(story)
    story.refresh_from_db()
    judgement = Judgement(conclusion=Conclusion.PARTLY, reasons="r", stories=[story])
    with refused("ASS-06"):
        write_finding(story.commitment, judgement=judgement, by=cast.dana)


def test_a_sent_finding_stays_as_it_is(cast: Cast) -> None:
    finding = a_sent_finding(cast)
    with refused("ASS-05"):
        write_finding(finding.commitment, judgement=JUDGEMENT, by=cast.dana)


def test_the_provider_is_heard_before_publication(cast: Cast) -> None:
    finding = a_sent_finding(cast)
    with refused("ASS-03"):
        publish_finding(finding, by=cast.dana)
    later = timezone.now() + timedelta(days=15)
    assert publish_finding(finding, by=cast.dana, now=later).state == FindingState.PUBLISHED


def test_a_reply_lets_a_finding_be_published_at_once(cast: Cast) -> None:
    finding = a_published_finding(cast)
    assert finding in findings_visible_to(None)
    assert finding.reply.words == "We agree"
    assert verify().problems == []


def test_only_the_provider_replies_and_once(cast: Cast) -> None:
    finding = a_sent_finding(cast)
    for other in (cast.bob, cast.dana, cast.erin):
        with pytest.raises(NotPermitted):
            reply_to_finding(finding, words="No", by=other)
    reply_to_finding(finding, words="We agree", by=cast.alice)
    with pytest.raises(WrongState):
        reply_to_finding(finding, words="And more", by=cast.alice)


def test_a_draft_is_seen_by_the_assessor_alone(cast: Cast) -> None:
    finding = a_draft_finding(cast)
    assert finding in findings_visible_to(cast.dana)
    for other in (None, cast.alice, cast.erin, cast.grace, cast.charlie):
        assert finding not in findings_visible_to(other)
    send_finding(finding, by=cast.dana)
    assert finding in findings_visible_to(cast.alice)
    assert finding not in findings_visible_to(cast.charlie)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assess_finding SET conclusion = 'delivered'",
        "UPDATE assess_reply SET words = 'other'",
        "DELETE FROM assess_reply",
        "DELETE FROM assess_finding",
    ],
)
def test_the_database_keeps_what_was_published(cast: Cast, statement: str) -> None:
    a_published_finding(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_publishes_nothing_unheard(cast: Cast) -> None:
    a_draft_finding(cast)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assess_finding SET state = 'published', published_at = written_at")


def test_an_analysis_is_made_once_for_the_same_figures(cast: Cast) -> None:
    commitment = a_commitment(cast)
    assert analyse_commitments() == 1
    assert analyse_commitments() == 0
    capture_measurement(commitment, period=commitment.starts_on, value=4.0, by=cast.alice)
    assert analyse_commitments() == 1
    first, second = Analysis.objects.order_by("pk")
    assert latest_analysis(commitment) == second
    assert first.inputs_digest != second.inputs_digest


def test_without_a_comparator_nothing_is_claimed_to_be_added(cast: Cast) -> None:
    commitment = a_commitment(cast)
    for month in range(-12, 12):
        period = add_months(commitment.starts_on, month)
        value = 5.0 if month < 0 else 4.0
        capture_measurement(commitment, period=period, value=value, by=cast.alice)
    analyse_commitments()
    said = latest_analysis(commitment)
    assert said is not None
    assert said.verdict == "reached, not shown to be added"
    assert (said.reached, said.effect) == (True, None)


def test_a_finding_names_the_analysis_it_rests_on(cast: Cast) -> None:
    story, _ = a_story(cast)
    analyse_commitments()
    finding = write_finding(story.commitment, judgement=JUDGEMENT, by=cast.dana)
    assert Finding.objects.get(pk=finding.pk).analysis == latest_analysis(story.commitment)


def test_one_that_cannot_be_judged_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = a_commitment(cast)
    answers = iter([ValueError("bad figures"), None])

    def analyse(commitment: object, *, now: datetime) -> bool:
        if fault := next(answers):
            raise fault
        return True

    monkeypatch.setattr("makegood.assess.actions.analysing._analyse", analyse)
    assert analyse_commitments([held, held]) == 1
    assert f"Commitment {held.reference} could not be judged." in caplog.text
    assert "bad figures" in caplog.text


def test_the_time_to_reply_ends_when_the_page_says_so(cast: Cast) -> None:
    sent = send_finding(
        a_draft_finding(cast), by=cast.dana, now=datetime(2026, 7, 1, 12, tzinfo=UTC)
    )
    late_on_the_last_day = datetime(2026, 7, 15, 22, 30, tzinfo=UTC)
    with refused("ASS-03"):
        publish_finding(sent, by=cast.dana, now=late_on_the_last_day)
    after_midnight_in_london = datetime(2026, 7, 15, 23, 30, tzinfo=UTC)
    assert publish_finding(sent, by=cast.dana, now=after_midnight_in_london)


def _analysed(commitment: Commitment, *, verdict: str) -> Commitment:
    """Return ``commitment``, of which the numbers say ``verdict``."""
    Analysis.objects.create(
        commitment=commitment,
        made_at=timezone.now(),
        inputs_digest="0" * 64,
        verdict=verdict,
        sentence="So it is.",
        n_before=12,
        n_after=12,
        n_comparators=9,
        method="placebo",
        engine_version="1",
    )
    return commitment


def test_a_finding_other_than_the_numbers_say_says_why(cast: Cast) -> None:
    commitment = _analysed(a_commitment(cast), verdict="delivered")
    with refused("ASS-07", saying="delivered"):
        write_finding(commitment, judgement=JUDGEMENT, by=cast.dana)
    said = replace(JUDGEMENT, why_otherwise="Half of the teams were never counted")
    finding = write_finding(commitment, judgement=said, by=cast.dana)
    assert (finding.says_otherwise, finding.figures_wrong) == (True, None)
    same = replace(JUDGEMENT, conclusion=Conclusion.DELIVERED)
    assert not write_finding(commitment, judgement=same, by=cast.dana).says_otherwise


def test_a_finding_on_figures_found_wrong_says_why_it_holds(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    commitment = _analysed(figure.series.commitments.get(), verdict="improved but short")
    with refused("ASS-07", saying="found wrong"):
        write_finding(commitment, judgement=JUDGEMENT, by=cast.dana)
    said = replace(JUDGEMENT, why_otherwise="Without it the same would be found")
    finding = write_finding(commitment, judgement=said, by=cast.dana)
    assert finding.figures_wrong == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(why_otherwise="")
    send_finding(finding, by=cast.dana)
    with pytest.raises(IntegrityError, match="ASS-05"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(why_otherwise="Another")


def test_the_page_asks_why_and_the_finding_shows_it(cast: Cast) -> None:
    commitment = _analysed(a_commitment(cast), verdict="delivered")
    client, where = Client(), reverse("assess", args=[commitment.reference])
    client.force_login(cast.dana)
    asked = client.get(where).content.decode()
    assert "If you find anything but “delivered”, say why here." in asked
    answers = {"conclusion": "partly delivered", "reasons": "One says so"}
    again = client.post(where, answers)
    assert "and you find otherwise. Say why." in again.content.decode()
    assert "why_otherwise" in again.context["form"].errors
    why = {"why_otherwise": "Half of the teams were never counted"}
    shown = client.post(where, answers | why, follow=True).content.decode()
    assert "Why it is not what the numbers say" in shown
    assert "Half of the teams were never counted" in shown


def test_only_the_first_letter_of_a_reference_changes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("makegood.articulate.actions.writing.new_code", lambda: "S44P")
    commitment = a_commitment(cast)
    assert commitment.promise
    assert commitment.promise.reference == "P-S44P-01"
    assert commitment.reference == "K-S44P-01"


def test_a_finding_keeps_the_reference_of_its_commitment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("makegood.articulate.actions.writing.new_code", lambda: "S44K")
    assert a_draft_finding(cast).reference == "F-S44K-01"
