"""A need's times, versions and alternative: what was published is put off or corrected, never silently."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import (
    AlternativeFigures,
    PromiseTerms,
    add_promise,
    close_due_needs,
    close_need,
    correct_need,
    extend_need,
    measure_alternative,
    publish_need,
    record_alternative,
    revise_alternative,
    revise_need,
    start_proposal,
    submit_proposal,
    time_need,
)
from makegood.articulate.models import MeasuredAlternative, Need, NeedVersion, Proposal
from makegood.articulate.queries import (
    NeedsSought,
    Standing,
    measured_of,
    needs_found,
    needs_visible_to,
)
from makegood.articulate.states import HowKnown
from makegood.kernel.ledger.guards import lowered
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice, Person
from makegood.web.clock import tick
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Care at home in the valley",
    "description": "Care for 250 people",
    "alternative": "The service stays as it is",
}
DAY = timedelta(days=1)


def soon() -> datetime:
    return timezone.now().replace(microsecond=0) + 9 * DAY


def a_timed_need(cast: Cast, *, closes_at: datetime) -> Need:
    need = loop.a_need(cast)
    time_need(need, questions_close_at=closes_at - DAY, closes_at=closes_at, by=cast.erin)
    publish_need(need, by=cast.erin)
    return Need.objects.get(pk=need.pk)


def a_draft(need: Need, cast: Cast) -> Proposal:
    return start_proposal(
        need=need, provider=cast.provider, title="Ours", summary="A team", by=cast.alice
    )


def shown(need: Need, person: Person | None = None, name: str = "need") -> str:
    client = Client()
    if person:
        client.force_login(person)
    return html.unescape(client.get(reverse(name, args=[need.reference])).content.decode())


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).values_list("words", flat=True))


def test_no_proposal_is_sent_from_the_closing_moment_on(cast: Cast) -> None:
    closes_at = soon()
    need = a_timed_need(cast, closes_at=closes_at)
    proposal = a_draft(need, cast)
    add_promise(proposal, terms=story_terms(), by=cast.alice)
    with refused("ART-20", saying="is kept"):
        submit_proposal(proposal, by=cast.alice, now=closes_at)
    with refused("ART-20"):
        start_proposal(
            need=need, provider=cast.provider, title="T", summary="s", by=cast.alice, now=closes_at
        )
    assert Proposal.objects.get(pk=proposal.pk).promises.count() == 1
    before = submit_proposal(proposal, by=cast.alice, now=closes_at - timedelta(microseconds=1))
    assert before.state == "proposed"


def story_terms() -> PromiseTerms:
    return PromiseTerms(
        for_whom="carers",
        what_changes="they sleep through",
        starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON,
        why_believed="They told us",
        how_known=HowKnown.STORIES,
    )


def test_the_clock_closes_a_need_once_and_tells_both_sides(cast: Cast) -> None:
    closes_at = soon()
    need = a_timed_need(cast, closes_at=closes_at)
    a_draft(need, cast)
    assert close_due_needs(now=closes_at - DAY) == 0
    assert close_due_needs(now=closes_at) == 1
    assert close_due_needs(now=closes_at) == 0
    need.refresh_from_db()
    assert (need.state, need.closed_at) == ("closed", closes_at)
    assert any("is closed" in words for words in told(cast.alice))
    assert any("closed at its time" in words for words in told(cast.erin))
    with pytest.raises(WrongState):
        close_need(need, by=cast.erin)
    assert verify().problems == []
    tick()


def test_times_are_put_off_with_a_reason_and_never_brought_forward(cast: Cast) -> None:
    closes_at = soon()
    need = a_timed_need(cast, closes_at=closes_at)
    a_draft(need, cast)
    later = closes_at + 7 * DAY
    with refused("ART-21"):
        extend_need(need, questions_close_at=None, closes_at=later, reason="x", by=cast.erin)
    with refused("ART-22"):
        extend_need(
            need,
            questions_close_at=need.questions_close_at,
            closes_at=later,
            reason=" ",
            by=cast.erin,
        )
    extend_need(
        need,
        questions_close_at=need.questions_close_at,
        closes_at=later,
        reason="The snow closed the roads",
        by=cast.erin,
    )
    assert "The snow closed the roads" in shown(need)
    assert any("The snow closed the roads" in words for words in told(cast.alice))
    assert [v.closes_at for v in need.versions.all()] == [closes_at, later]


def test_what_closed_is_not_put_off(cast: Cast) -> None:
    closes_at = soon()
    need = a_timed_need(cast, closes_at=closes_at)
    with refused("ART-20"):
        extend_need(
            need,
            questions_close_at=need.questions_close_at,
            closes_at=closes_at + DAY,
            reason="x",
            by=cast.erin,
            now=closes_at,
        )


def test_a_time_that_passed_before_publishing_is_refused(cast: Cast) -> None:
    need = loop.a_need(cast)
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    time_need(need, questions_close_at=None, closes_at=now + DAY, by=cast.erin, now=now)
    with refused("ART-19"):
        publish_need(need, by=cast.erin, now=now + DAY)


def test_a_correction_keeps_what_was_said_and_says_why(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    a_draft(need, cast)
    with refused("ART-22"):
        correct_need(need, **SAID, reason="", by=cast.erin)
    with refused("ART-23"):
        correct_need(
            need, **(SAID | {"description": "Care for 200 people"}), reason="x", by=cast.erin
        )
    correct_need(need, **SAID, reason="We counted again", by=cast.erin)
    assert "We counted again" in shown(need)
    versions = shown(need, name="need_versions")
    assert "Care for 200 people" in versions
    assert "Care for 250 people" in versions
    assert any("We counted again" in words for words in told(cast.alice))
    with pytest.raises(WrongState):
        revise_need(need, **SAID, by=cast.erin)
    for person in (cast.alice, cast.frank, cast.grace):
        with pytest.raises(NotPermitted):
            correct_need(need, **SAID, reason="Mine", by=person)
    assert verify().problems == []


def test_the_database_keeps_a_published_need_and_its_versions(cast: Cast) -> None:
    held = loop.a_measured_alternative(cast)
    need = held.need
    for rows, change in (
        (Need.objects.filter(pk=need.pk), {"title": "Another"}),
        (Need.objects.filter(pk=need.pk), {"closes_at": timezone.now()}),
        (Need.objects.filter(pk=need.pk), {"is_by_invitation": True, "invitation_reason": "x"}),
        (Need.objects.filter(pk=need.pk), {"state": "draft"}),
        (NeedVersion.objects.filter(need=need), {"reason": "Another"}),
        (MeasuredAlternative.objects.filter(pk=held.pk), {"reaches": 9.0}),
        (MeasuredAlternative.objects.filter(pk=held.pk), {"source": "Another"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    for model in (Need, NeedVersion, MeasuredAlternative):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")
    close_need(need, by=cast.erin)
    with pytest.raises(DatabaseError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(state="published")


def test_a_need_published_before_versions_were_kept_gets_its_first(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    with lowered(connection):
        NeedVersion.objects.all()._raw_delete("default")
    correct_need(need, **SAID, reason="We counted again", by=cast.erin)
    assert [(v.number, v.description) for v in need.versions.all()] == [
        (1, "Care for 200 people"),
        (2, "Care for 250 people"),
    ]


def test_the_cost_of_the_alternative_is_a_range_or_not_known(cast: Cast) -> None:
    need = loop.a_need(cast)
    assert "not known" in shown(need, cast.erin)
    cost = {"cost_low": Decimal(100_000), "cost_high": Decimal(120_000), "cost_source": "Accounts"}
    with refused("ART-24"):
        revise_need(need, **SAID, cost_low=Decimal(1), by=cast.erin)
    revise_need(need, **SAID, **cost, by=cast.erin)
    assert "(Accounts)" in shown(need, cast.erin)


def test_the_alternative_is_measured_within_its_measure_and_once(cast: Cast) -> None:
    held = loop.a_measured_alternative(cast)
    figures = AlternativeFigures(
        measure=held.measure, baseline=5.0, reaches=5.4, by_on=date(2027, 3, 31), source="Payroll"
    )
    with refused("ART-08"):
        measure_alternative(held.need, figures=figures, reason="x", by=cast.erin)
    with refused("ART-07"):
        wrong = AlternativeFigures(
            measure=held.measure, baseline=5.0, reaches=101.0, by_on=date(2027, 3, 31), source="P"
        )
        revise_alternative(held, figures=wrong, reason="x", by=cast.erin)
    record_alternative(held, period=date(2025, 4, 1), value=5.1, by=cast.erin)
    held.refresh_from_db()
    made = revise_alternative(held, figures=figures, reason="A newer return", by=cast.erin)
    assert [each.reaches for each in measured_of(held.need)] == [5.4]
    assert made.series == held.series
    assert [v.figures[0]["reaches"] for v in held.need.versions.all()[1:]] == [5.2, 5.4]
    assert verify().problems == []


def test_while_a_need_is_written_its_alternative_is_of_a_day_to_come(cast: Cast) -> None:
    need, measure = loop.a_need(cast), loop.a_measure(cast)
    client = Client()
    client.force_login(cast.erin)
    path = reverse("measure_alternative", args=[need.reference])
    told = {"measure": measure.slug, "baseline": "5", "reaches": "5", "source": "Payroll"}
    day = {"by_on_day": "1", "by_on_month": "4", "by_on_year": "2020"}
    past = client.post(path, told | day)
    assert "Choose a day that has not passed." in past.content.decode()
    assert not need.measured.exists()
    assert client.post(path, told | day | {"by_on_year": "2099"}).status_code == 302
    assert need.measured.exists()


def test_its_history_is_typed_or_uploaded_and_drawn_with_its_table(cast: Cast) -> None:
    held = loop.a_measured_alternative(cast)
    address = [held.need.reference, held.measure.slug]
    client = Client()
    client.force_login(cast.erin)
    typed = {"period_on_day": "3", "period_on_month": "4", "period_on_year": "2025", "value": "5.1"}
    assert client.post(reverse("alternative", args=address), typed).status_code == 302
    assert (
        "There is a figure"
        in client.post(reverse("alternative", args=address), typed).content.decode()
    )
    rows = b"period,value\n" + b"".join(b"2024-%02d-01,5.%d\n" % (m, m % 10) for m in range(1, 13))
    file = SimpleUploadedFile("past.csv", rows + b"2024-13-01,4\n=SUM(1),5\n")
    sent = client.post(reverse("upload_alternative", args=address), {"file": file}, follow=True)
    assert "2 bad" in sent.content.decode()
    path = sent.redirect_chain[-1][0]
    rejected = client.get(path + "rejected.csv").content.decode()
    assert "'=SUM(1)" in rejected
    assert client.post(path).status_code == 302
    page = shown(held.need)
    assert "<svg" in page
    assert "April 2025" in page
    assert Client().get(path).status_code == 302
    client.force_login(cast.alice)
    assert client.get(path).status_code == 403


def test_a_promise_may_begin_from_the_alternatives_figures(cast: Cast) -> None:
    held = loop.a_measured_alternative(cast)
    proposal = a_draft(held.need, cast)
    client = Client()
    client.force_login(cast.alice)
    address = reverse("add_promise", args=[proposal.code])
    plain = client.get(address).content.decode()
    assert f"?measure={held.measure.slug}" in plain
    assert 'value="5.2"' not in plain
    assert 'value="5.2"' in client.get(f"{address}?measure={held.measure.slug}").content.decode()
    assert client.get(f"{address}?measure=other").status_code == 200


def test_needs_are_found_by_how_they_stand_and_where(cast: Cast) -> None:
    closes_at = soon()
    need = a_timed_need(cast, closes_at=closes_at)

    def found(standing: str, now: datetime) -> bool:
        sought = NeedsSought(standing=standing)
        return need in needs_found(needs_visible_to(None), sought=sought, now=now)

    now = timezone.now()
    assert [found(s, now) for s in Standing] == [True, True, False]
    assert [found(s, closes_at - 20 * DAY) for s in Standing] == [True, False, False]
    assert [found(s, closes_at) for s in Standing] == [False, False, True]
    client = Client()
    table = client.get(reverse("needs_table")).content.decode()
    assert need.reference in table
    assert client.get(reverse("needs_table") + "?standing=odd").status_code == 400
    assert "left out" in client.get(reverse("needs") + "?standing=odd").content.decode()
    for query in ("q=valley", "standing=open", f"programme={need.programme.slug}", "order=title"):
        assert need.title in client.get(f"{reverse('needs')}?{query}").content.decode()
    assert need.title not in client.get(reverse("needs") + "?q=nowhere").content.decode()
