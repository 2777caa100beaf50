"""The library on screen: found, read in every version, revised, retired, and who uses it."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from makegood.measures.actions import (
    form_pool,
    load_starter_measures,
    open_series,
    retire_measure,
)
from makegood.measures.models import Measure
from makegood.measures.queries import Sought, measures_found
from makegood.measures.states import Better
from makegood.people.models import Notice
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rooms.measures.test_versions import revised


def _page(client: Client, name: str, *arguments: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=arguments), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def _answers(measure: Measure, **changes: object) -> dict[str, object]:
    names = (
        "name", "definition", "numerator", "denominator", "exclusions", "source", "source_url",
        "published", "unit", "kind", "better", "frequency", "lowest", "highest",
    )  # fmt: skip
    held = {name: getattr(measure, name) for name in names}
    return held | {"topic": "workforce", "reason": "Plainer", "read": 1} | changes


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "loneliness UCLA"}, {"Loneliness (UCLA, three items)"}),
        ({"topic": "environment"}, {"Greenhouse gas emissions", "Household waste recycled"}),
        ({"topic": "safety", "made": "published"}, None),
        ({"kind": "rate", "better": "down", "frequency": "month", "made": "ours"}, None),
        ({"is_retired": "on"}, set()),
    ],
)
def test_the_library_is_narrowed_and_taken_away_as_narrowed(
    cast: Cast, client: Client, asked: dict[str, str], names: set[str] | None
) -> None:
    load_starter_measures(keeper=None, by=cast.operator)
    table = csv.DictReader(io.StringIO(_page(client, "measures_table", **asked)))
    rows = {row["name"]: row for row in table}
    assert names is None or set(rows) == names
    for row in rows.values():
        for name, column in (("topic", "topic"), ("kind", "kind"), ("better", "better")):
            assert row[column] == asked.get(name, row[column])
        is_ours = row["source"].startswith("Ours")
        assert is_ours == {"ours": True, "published": False}.get(asked.get("made", ""), is_ours)
    assert f"{len(rows)} measure" in _page(client, "measures", **asked)


def test_a_filter_that_cannot_be_read_is_left_out_and_said(client: Client, cast: Cast) -> None:
    loop.a_measure(cast)
    page = _page(client, "measures", topic="moon")
    assert "Topic: left out" in page
    assert "1 measure" in page
    assert client.get(reverse("measures_table"), {"topic": "moon"}).status_code == 400


def test_measures_stand_in_the_order_that_is_asked(cast: Cast) -> None:
    load_starter_measures(keeper=None, by=cast.operator)
    names = [each.name for each in measures_found(Sought())]
    assert names == sorted(names)


def test_words_are_revised_on_screen_and_each_version_is_read(cast: Cast, client: Client) -> None:
    measure = loop.a_measure(cast)
    client.force_login(cast.alice)
    address = reverse("revise_measure", args=[measure.slug])
    answers = _answers(measure, definition="Days lost, to the half-day")
    assert client.post(address, answers).status_code == 302
    page = _page(Client(), "measure", measure.slug)
    assert "version 2" in page
    assert "<ins>Days lost, to the half-day</ins>" in page
    old = _page(Client(), "measure_version", measure.slug, 1)
    assert measure.definition in old
    assert "This is what it said then" in old
    late = client.post(address, _answers(measure, definition="Something else"))
    assert "Somebody revised this meanwhile" in late.content.decode()
    assert "Something else" in late.content.decode()


def test_another_unit_is_refused_with_what_to_do_and_every_word_kept(
    cast: Cast, client: Client
) -> None:
    measure = loop.a_measure(cast)
    client.force_login(cast.alice)
    address = reverse("revise_measure", args=[measure.slug])
    page = client.post(address, _answers(measure, unit="days", definition="Mine")).content.decode()
    assert "That makes a new measure" in page
    assert "Mine" in page


def test_a_measure_retires_and_comes_back_on_screen(cast: Cast, client: Client) -> None:
    measure = loop.a_measure(cast)
    client.force_login(cast.alice)
    client.post(reverse("retire_measure", args=[measure.slug]), {"reason": "Use days lost."})
    page = _page(client, "measure", measure.slug)
    assert "Use days lost." in page
    assert measure.name not in _page(client, "measures")
    assert measure.name in _page(client, "measures", is_retired="on")
    client.post(reverse("bring_back_measure", args=[measure.slug]))
    assert measure.name in _page(client, "measures")


def test_who_uses_it_shows_what_the_reader_may_see(cast: Cast, client: Client) -> None:
    promise = loop.a_draft_promise(cast)
    assert promise.measure
    slug = promise.measure.slug
    assert "0 promises and 0 commitments" in _page(client, "measure_uses", slug)
    client.force_login(cast.alice)
    page = _page(client, "measure_uses", slug)
    assert "1 promise and 0 commitments" in page
    assert promise.reference in page


def test_what_is_signed_names_the_version_and_a_newer_one(cast: Cast, client: Client) -> None:
    contract = loop.a_signed_contract(cast)
    commitment = contract.commitments.get()
    assert commitment.measure
    revised(commitment.measure, by=cast.alice)
    uses = _page(client, "measure_uses", commitment.measure.slug)
    assert "1 promise and 1 commitment that" in uses
    thread = _page(client, "promise", commitment.promise.reference)
    signed = _page(client, "contract", contract.reference)
    for page in (uses, thread, signed):
        assert "version 1</a>" in page
        assert "there is a newer one" in page


def test_a_writer_takes_the_newest_words_where_they_say_so(cast: Cast, client: Client) -> None:
    promise = loop.a_draft_promise(cast)
    assert promise.measure
    client.force_login(cast.alice)
    address = reverse("revise_promise", args=[promise.proposal.code, promise.position])
    assert "newest words" not in client.get(address).content.decode()
    revised(promise.measure, by=cast.alice)
    assert "newest words" in client.get(address).content.decode()
    answers = {
        "for_whom": "staff", "what_changes": "fewer days", "how_known": "numbers",
        "measure": promise.measure.slug, "baseline": "5", "target": "4", "why_believed": "So",
        "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2024",
        "due_on_day": "31", "due_on_month": "3", "due_on_year": "2025", "takes_newest": "on",
    }  # fmt: skip
    assert client.post(address, answers).status_code == 302
    promise.refresh_from_db()
    assert promise.measure_version
    assert promise.measure_version.number == 2


def test_whoever_drafts_with_it_is_told(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    assert promise.measure
    Measure.objects.filter(pk=promise.measure.pk).update(keeper=cast.support_unit)
    measure = Measure.objects.get()
    revised(measure, by=cast.frank)
    retire_measure(measure, reason="Use the other", by=cast.frank)
    told = [notice.words for notice in Notice.objects.filter(person=cast.alice).order_by("at")]
    assert ["has new words" in told[0], "is retired" in told[1]] == [True, True]
    assert not Notice.objects.filter(person=cast.charlie).exists()


def test_only_series_in_a_pool_are_open_to_all(cast: Cast, client: Client) -> None:
    measure = loop.a_measure(cast)
    shown, kept = (
        open_series(measure=measure, keeper=cast.provider, about=about, by=cast.alice)
        for about in ("North ward", "South ward")
    )
    form_pool(
        name="Wards", measure=measure, series=[shown], keeper=cast.provider, rule="All",
        by=cast.alice,
    )  # fmt: skip
    page = _page(client, "measure", measure.slug)
    assert shown.about in page
    assert kept.about not in page


def test_directions_are_said_in_words(cast: Cast, client: Client) -> None:
    measure = loop.a_measure(cast)
    assert Better(measure.better).words.capitalize() in _page(client, "measure", measure.slug)
