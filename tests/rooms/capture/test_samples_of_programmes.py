"""A sample over a programme is drawn from every provider, and looked at by who may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    announce_sample,
    answer_item,
    capture_measurement,
    close_sample,
    draw_sample,
)
from makegood.capture.analysis import said_of
from makegood.capture.models import Check, Sample, SampleItem
from makegood.capture.queries import figures_to_draw, items_of, levels_of
from makegood.capture.states import Found, Level
from makegood.contract.models import Commitment
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.period import add_months
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Notice, Person
from makegood.people.states import Role
from makegood.web.queries.desk import desk_of
from makegood_engine.sampling import draw_sample as drawn_by_engine
from makegood_engine.sampling import error_bound
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.sampling import a_drawn_sample
from tests.factories.sampling_programmes import (
    a_programme_with_figures,
    announced_over_programme,
    closed_over_programme,
    drawn_over_programme,
)
from tests.rules.refusing import refused


def of_provider(sample: Sample, slug: str) -> list[SampleItem]:
    return [one for one in items_of(sample) if one.commitment.contract.provider.slug == slug]


def test_it_is_drawn_from_every_provider_as_the_engine_draws(cast: Cast) -> None:
    announced = announced_over_programme(cast)
    assert announced.sizes == {cast.provider.slug: 4, cast.stranger.slug: 2}
    sample = draw_sample(announced, by=cast.frank)
    again = drawn_by_engine(sample.drawn_from, sample.providers, seed=sample.seed, size=3)
    assert [item.name for item in items_of(sample)] == [one.item for one in again]
    houses = (cast.provider.slug, cast.stranger.slug)
    assert [len(of_provider(sample, each)) for each in houses] == [2, 1]
    entry = Entry.objects.get(subject=sample.ledger_subject, act="announce_sample")
    assert entry.stream == sample.of.stream
    assert verify().problems == []


def test_who_draws_over_a_programme(cast: Cast) -> None:
    programme = a_programme_with_figures(cast)
    join(cast.support_unit, person=cast.alice, role=Role.EDITOR, by=cast.frank)
    houses = (cast.support_unit, cast.commissioner, cast.assessors, cast.provider, cast.auditors)
    for by in (cast.alice, cast.bob, cast.charlie, cast.grace):
        for house in houses:
            with pytest.raises(NotPermitted):
                announce_sample(programme, size=2, house=house, by=by)
    for house, by in (
        (cast.support_unit, cast.frank),
        (cast.commissioner, cast.erin),
        (cast.assessors, cast.dana),
    ):
        with transaction.atomic():
            assert announce_sample(programme, size=2, house=house, by=by).programme == programme
            transaction.set_rollback(True)


def test_nobody_draws_again(cast: Cast) -> None:
    sample = drawn_over_programme(cast)
    assert sample.programme
    same = {"house": cast.support_unit, "by": cast.frank}
    assert announce_sample(sample.programme, size=3, **same) == sample
    with refused("CAP-48"):
        announce_sample(sample.programme, size=4, **same)
    for change in ({"programme": None}, {"providers": ["x"] * 6}, {"seed": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Sample.objects.filter(pk=sample.pk).update(**change)


def test_a_sample_is_of_a_contract_or_of_a_programme(cast: Cast) -> None:
    sample = a_drawn_sample(cast)
    assert sample.contract
    held = {"drawn_from": ["x"], "size": 1, "drawn_for": cast.assessors, "reference": "Z-1"}
    held |= {"announced_by": cast.dana, "announced_at": sample.announced_at}
    programme = sample.contract.proposal.need.programme
    for of in ({}, {"programme": programme}, {"programme": programme, "contract": sample.contract}):
        with pytest.raises(IntegrityError, match=r"one_thing|one_sample"), transaction.atomic():
            Sample.objects.create(**held, **of)


@pytest.mark.parametrize("size", [1, 7])
def test_one_of_each_provider_is_drawn_at_least(cast: Cast, size: int) -> None:
    programme = a_programme_with_figures(cast)
    with refused("CAP-49", saying="between 2 and 6"):
        announce_sample(programme, size=size, house=cast.support_unit, by=cast.frank)


def test_the_next_is_of_what_came_since_and_contracts_draw_for_themselves(cast: Cast) -> None:
    sample = closed_over_programme(cast)
    assert sample.programme
    commitment = Commitment.objects.get(contract__proposal__provider=cast.provider)
    assert figures_to_draw(sample.programme) == []
    assert len(figures_to_draw(commitment.contract)) == 4
    fifth = add_months(loop.STARTS_ON, 4)
    capture_measurement(commitment, period=fifth, value=5.0, by=cast.alice)
    assert [one.measurement.period for one in figures_to_draw(sample.programme)] == [fifth]


def test_each_looks_at_what_is_theirs(cast: Cast) -> None:
    sample = drawn_over_programme(cast)
    join(cast.support_unit, person=cast.bob, role=Role.EDITOR, by=cast.frank)
    [theirs] = of_provider(sample, cast.stranger.slug)
    own = of_provider(sample, cast.provider.slug)[0]
    for by in (cast.alice, cast.bob, cast.grace):
        with pytest.raises(NotPermitted):
            answer_item(own, found=Found.RIGHT, by=by)
    assert answer_item(theirs, found=Found.RIGHT, by=cast.bob).found_by == cast.bob
    for by in (cast.dana, cast.erin, cast.frank):
        note = f"Looked at by {by.name}"
        assert answer_item(own, found=Found.RIGHT, note=note, by=by).found_by == by
    for by in (cast.dana, cast.erin, cast.bob):
        with pytest.raises(NotPermitted):
            close_sample(sample, why="We stop", by=by)


def test_the_bound_counts_each_provider_by_itself(cast: Cast) -> None:
    sample = drawn_over_programme(cast)
    [theirs] = of_provider(sample, cast.stranger.slug)
    for item in of_provider(sample, cast.provider.slug):
        answer_item(item, found=Found.RIGHT, by=cast.dana)
    with refused("CAP-52"):
        close_sample(sample, by=cast.frank)
    answer_item(theirs, found=Found.WRONG, true_value=9.0, by=cast.erin)
    closed = close_sample(sample, by=cast.frank)
    bound = error_bound([(4, 2, 0), (2, 1, 1)])
    assert (closed.wrong, closed.most_wrong, closed.sentence) == (
        1,
        bound.most_wrong,
        said_of(bound, unknown=0),
    )
    levels = levels_of(of_provider(sample, cast.provider.slug)[0].commitment)
    assert list(levels.values()).count(Level.VERIFIED) == 2 == Check.objects.count()
    told = Notice.objects.filter(words__contains=closed.sentence)
    assert {notice.person for notice in told} == {cast.alice, cast.charlie, cast.erin}
    assert verify().problems == []


def test_the_worksheet_shows_each_their_part(cast: Cast, client: Client) -> None:
    sample = drawn_over_programme(cast)
    join(cast.support_unit, person=cast.bob, role=Role.EDITOR, by=cast.frank)
    [theirs] = of_provider(sample, cast.stranger.slug)
    address = reverse("worksheet", args=[sample.reference])
    client.force_login(cast.dana)
    assert "3 of the 3 figures" in client.get(address).content.decode()
    client.force_login(cast.bob)
    client.post(reverse("choose_hat"), {"organisation": cast.support_unit.slug})
    assert "1 of the 3 figures" in client.get(address).content.decode()
    head, *rows = (
        client.get(reverse("worksheet_table", args=[sample.reference]))
        .content.decode()
        .splitlines()
    )
    assert [row.split(",")[0] for row in rows] == [theirs.name]
    other = of_provider(sample, cast.provider.slug)[0]
    lines = [head, *(f"{name},,,,,,right,," for name in (theirs.name, other.name))]
    file = SimpleUploadedFile("w.csv", "\n".join(lines).encode(), content_type="text/csv")
    back = reverse("bring_worksheet_back", args=[sample.reference])
    assert "not yours to look at" in client.post(back, {"file": file}).content.decode()
    assert [item.found for item in items_of(sample) if item.found] == ["right"]


def test_it_is_drawn_and_read_on_its_pages(cast: Cast, client: Client) -> None:
    programme = a_programme_with_figures(cast)
    pages = {
        name: reverse(name, args=[programme.slug]) for name in ("programme", "programme_samples")
    }
    assert "all its contracts" in client.get(pages["programme"]).content.decode()
    assert "No sample was drawn yet" in client.get(pages["programme_samples"]).content.decode()
    client.force_login(cast.frank)
    draw = reverse("announce_programme_sample", args=[programme.slug])
    assert "6 figures of 2 providers" in client.get(draw).content.decode()
    drawn = client.post(draw, {"size": "3"})
    sample = Sample.objects.get()
    assert drawn["Location"] == sample.get_absolute_url()
    for item in items_of(sample):
        answer_item(item, found=Found.RIGHT, by=cast.frank)
    closed = close_sample(sample, by=cast.frank)
    client.logout()
    contract = items_of(sample)[0].commitment.contract.reference
    pages |= {name: reverse(name, args=[contract]) for name in ("contract", "samples")}
    for name, address in (pages | {"sample": drawn["Location"]}).items():
        assert closed.sentence in client.get(address).content.decode(), name
    items = client.get(reverse("sample_drawn_from", args=[sample.reference])).content.decode()
    assert items.splitlines()[0] == "item,provider"
    assert len(items.splitlines()) == 7


def titles(person: Person) -> list[str]:
    return [str(task.title) for task in desk_of(person, today=loop.STARTS_ON).now()]


def test_it_stands_on_the_desks_of_who_acts(cast: Cast) -> None:
    sample = drawn_over_programme(cast)
    look, close = "Look through a sample of figures", "Close a sample of figures"
    for person in (cast.dana, cast.erin, cast.frank):
        assert look in titles(person), person
    for person in (cast.alice, cast.charlie, cast.grace):
        assert look not in titles(person), person
    told = Notice.objects.filter(words__contains="drew 3 of 6")
    assert {notice.person for notice in told} == {cast.alice, cast.charlie, cast.dana, cast.erin}
    for item in items_of(sample):
        answer_item(item, found=Found.RIGHT, by=cast.dana)
    assert (look in titles(cast.dana), close in titles(cast.frank)) == (False, True)
