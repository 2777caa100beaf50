"""A support unit starts a programme, and anyone who writes forms a pool, without a command."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.models import Programme
from makegood.contract.forms import JudgingForm
from makegood.contract.models import Commitment
from makegood.measures.actions import form_pool, open_series
from makegood.measures.models import Measure, Pool, Series
from makegood.measures.queries import pools_for
from tests.factories.cast import Cast
from tests.factories.loop import a_measure, a_need, a_published_need, a_settled_contract
from tests.rules.refusing import refused


def test_a_programme_is_started_on_a_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.frank)
    answers = {"run_by": cast.support_unit.slug, "name": "Right to Provide", "summary": "Helps"}
    answer = client.post(reverse("start_programme"), answers)
    programme = Programme.objects.get()
    assert answer["Location"] == reverse("programme", args=[programme.slug])
    listed = client.get(reverse("programmes"), {"q": "right helps"}).content.decode()
    assert programme.name in listed
    again = client.post(reverse("start_programme"), answers)
    assert "There is such a programme already." in again.content.decode()


def test_a_programme_shows_its_published_needs(client: Client, cast: Cast) -> None:
    draft = a_need(cast)
    page = reverse("programme", args=[draft.programme.slug])
    assert draft.title not in client.get(page).content.decode()
    client.force_login(cast.erin)
    assert draft.title in client.get(page).content.decode()


@pytest.mark.parametrize("address", ["desk", "needs"])
def test_the_way_to_programmes_is_shown(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.frank)
    assert f'href="{reverse("programmes")}"' in client.get(reverse(address)).content.decode()


def test_a_need_names_its_programme(client: Client, cast: Cast) -> None:
    need = a_published_need(cast)
    page = client.get(reverse("need", args=[need.reference])).content.decode()
    assert reverse("programme", args=[need.programme.slug]) in page


def _series(measure: Measure, cast: Cast) -> list[Series]:
    return [
        open_series(measure=measure, keeper=cast.support_unit, about=about, by=cast.frank)
        for about in ("Hill Care", "Dale Care")
    ]


def test_a_pool_is_formed_on_a_page(client: Client, cast: Cast) -> None:
    measure = a_measure(cast)
    series = _series(measure, cast)
    client.force_login(cast.alice)
    page = reverse("form_pool", args=[measure.slug])
    assert f"Hill Care, kept by {cast.support_unit}" in client.get(page).content.decode()
    answers = {
        "keeper": cast.provider.slug,
        "name": "Like services",
        "rule": "All that there are",
        "series": [one.reference for one in series],
    }
    assert client.post(page, answers)["Location"] == reverse("measure", args=[measure.slug])
    pool = Pool.objects.get()
    assert {one.series for one in pool.comparators.all()} == set(series)
    shown = client.get(reverse("measure", args=[measure.slug])).content.decode()
    assert "All that there are" in shown
    assert f"2 series, kept by {cast.provider}" in shown
    assert "You keep a pool called" in client.post(page, answers).content.decode()


def test_a_pool_needs_comparators(cast: Cast) -> None:
    with refused("MEA-10"):
        form_pool(
            name="Nobody",
            measure=a_measure(cast),
            series=[],
            keeper=cast.provider,
            rule="None",
            by=cast.alice,
        )


def test_whoever_agrees_on_a_pool_sees_who_keeps_it(cast: Cast) -> None:
    commitment = Commitment.objects.get(contract=a_settled_contract(cast))
    measure = commitment.measure
    assert measure is not None
    form_pool(
        name="Like services",
        measure=measure,
        series=_series(measure, cast),
        keeper=cast.support_unit,
        rule="All",
        by=cast.frank,
    )
    form = JudgingForm(commitment=commitment, pools=pools_for(measure))
    assert f"Like services, kept by {cast.support_unit}" in str(form["pool"])
