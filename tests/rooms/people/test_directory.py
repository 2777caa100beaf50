"""The directory: what finds an organisation, and the table that is taken away."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from makegood.people.actions import (
    add_area,
    add_identifier,
    close_offer,
    load_areas,
    make_offer,
    register_organisation,
    remove_area,
    remove_identifier,
    revise_organisation,
)
from makegood.people.models import Area, Organisation
from makegood.people.states import Kind, LegalForm, OfferKind, OfferSide
from tests.factories.cast import Cast


def names(**asked: str) -> list[str]:
    """Return who the table shows, in its order."""
    cache.clear()
    answer = Client().get(reverse("organisations_table"), asked)
    assert answer.status_code == 200
    return [row["name"] for row in csv.DictReader(io.StringIO(answer.content.decode()))]


def area(code: str) -> Area:
    return Area.objects.get(code=code)


def test_words_are_found_where_an_organisation_says_them(cast: Cast) -> None:
    hall = make_offer(
        cast.provider, side=OfferSide.OFFER, kind=OfferKind.PLACE, words="A hall", by=cast.alice
    )
    number = add_identifier(cast.provider, scheme="GB-COH", value="9506232", by=cast.alice)
    revise_organisation(
        cast.stranger, name="Hallmark", legal_form="", summary="A café", website="", by=cast.charlie
    )
    assert names(q="moor view") == ["Moor View Care"]
    assert names(q="hall") == ["Hallmark", "Moor View Care"]
    assert names(q="café hall") == ["Hallmark"]
    assert names(q="09506232") == names(q="gb-coh-9506232") == ["Moor View Care"]
    close_offer(hall, by=cast.alice)
    remove_identifier(number, by=cast.alice)
    assert names(q="a hall") == ["Hallmark"]
    assert names(q="09506232") == []


def test_an_area_finds_its_parts_and_what_holds_it(cast: Cast) -> None:
    load_areas()
    for organisation, code, by in (
        (cast.provider, "E08000037", cast.alice),
        (cast.stranger, "E12000001", cast.charlie),
        (cast.commissioner, "E92000001", cast.erin),
        (cast.assessors, "E06000023", cast.dana),
    ):
        add_area(organisation, area=area(code), by=by)
    in_gateshead = ["Moor View Care", "Somebody Else", "Valley Council"]
    assert names(area="E08000037") == names(area="E12000001") == in_gateshead
    assert names(area="E06000023") == ["Fair Findings", "Valley Council"]
    assert names(area="E92000001") == ["Fair Findings", *in_gateshead]
    remove_area(cast.stranger, area=area("E12000001"), by=cast.charlie)
    assert names(area="E08000037") == ["Moor View Care", "Valley Council"]


def test_kind_form_offers_and_needs_narrow(cast: Cast) -> None:
    for side, kind in ((OfferSide.OFFER, OfferKind.PLACE), (OfferSide.NEED, OfferKind.MONEY)):
        make_offer(cast.provider, side=side, kind=kind, words=kind, by=cast.alice)
    Organisation.objects.filter(pk=cast.stranger.pk).update(legal_form=LegalForm.CIC)
    assert names(kind="commissioner") == ["Valley Council"]
    assert names(legal_form=LegalForm.CIC) == ["Somebody Else"]
    assert names(offers="place") == names(needs="money") == ["Moor View Care"]
    assert names(offers="money") == names(needs="place") == []
    assert names(kind="commissioner", offers="place") == []


def test_the_newest_stand_first_if_that_is_asked(cast: Cast) -> None:
    register_organisation(name="Zebra", kind=Kind.PROVIDER, by=cast.alice)
    assert names(order="newest")[0] == "Zebra"
    assert names(order="name")[-1] == "Zebra"


def test_the_page_counts_turns_and_says_what_to_do_when_nothing_is_found(cast: Cast) -> None:
    for number in range(21):
        register_organisation(name=f"Villa {number:02}", kind=Kind.PROVIDER, by=cast.alice)
    address = reverse("organisations")
    shown = Client().get(address, {"q": "villa"}).content.decode()
    assert "21 organisations" in shown
    assert "?q=villa&amp;page=2" in shown
    assert "organisations.csv?q=villa" in shown
    assert "Villa 20" in Client().get(address, {"q": "villa", "page": "2"}).content.decode()
    nothing = Client().get(address, {"q": "nowhere"}).content.decode()
    assert "No organisation found" in nothing
    assert "Show all organisations" in nothing


def test_a_filter_nobody_offers_is_refused_plainly(cast: Cast) -> None:
    shown = Client().get(reverse("organisations"), {"kind": "bogus"})
    assert "Choose one of the answers in the list." in shown.content.decode()
    assert Client().get(reverse("organisations_table"), {"area": "E1"}).status_code == 400


def test_one_wrong_filter_leaves_the_good_ones(cast: Cast) -> None:
    asked = {"kind": "commissioner", "legal_form": "bogus", "area": "E1"}
    shown = Client().get(reverse("organisations"), asked).content.decode()
    assert "1 organisation " in shown
    assert "Valley Council" in shown
    assert "Moor View Care" not in shown
    assert "Legal form, Works in: left out" in shown
    assert 'organisations.csv?kind=commissioner"' in shown
    shown = Client().get(reverse("organisations"), {"kind": "commissioner"}).content.decode()
    assert "left out" not in shown


def test_filters_are_folded_and_say_how_many_are_in_use(cast: Cast) -> None:
    def shown(**asked: str) -> str:
        return Client().get(reverse("organisations"), asked).content.decode()

    assert "<summary>More filters</summary>" in shown(q="care", order="newest")
    assert "<summary>More filters (2 in use)</summary>" in shown(kind="provider", is_dpulo="on")
    assert "Show everything" in shown(q="care")
    assert "Show everything" not in shown()
    assert 'class="mg-filters__more">' in shown(kind="provider")
    assert 'class="mg-filters__more" open>' in shown(kind="bogus")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(cast: Cast, sign: str) -> None:
    evil = f"{sign}HYPERLINK(1)"
    register_organisation(name=evil, kind=Kind.PROVIDER, summary=evil, by=cast.alice)
    answer = Client().get(reverse("organisations_table"), {"q": "hyperlink"})
    assert answer["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["name"] == row["summary"] == f"'{evil}"


def test_the_table_says_all_that_an_organisation_says(cast: Cast) -> None:
    load_areas()
    add_area(cast.provider, area=area("E08000037"), by=cast.alice)
    add_identifier(cast.provider, scheme="GB-NHS", value="RAX", by=cast.alice)
    make_offer(
        cast.provider, side=OfferSide.NEED, kind=OfferKind.PLACE, words="A hall", by=cast.alice
    )
    answer = Client().get(reverse("organisations_table"), {"q": "moor"})
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["identifiers"] == "GB-NHS-RAX"
    assert (row["areas"], row["area codes"]) == ("Gateshead", "E08000037")
    assert (row["offers"], row["needs"]) == ("", "A hall")
    assert row["page"].endswith("/organisations/moor-view-care/")
