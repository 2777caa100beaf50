"""The register holds every contract one may see, says how each stands, and keeps what is withheld."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from makegood.articulate.models import Promise
from makegood.articulate.queries import reach_of
from makegood.contract.actions import (
    Details,
    describe_contract,
    dispose_promise,
    sign_contract,
)
from makegood.contract.models import Contract
from makegood.contract.queries import (
    Share,
    Wanted,
    contracts_found,
    contracts_visible_to,
    lines_of,
    terms_digest,
)
from makegood.contract.states import Fate, NoticeBy, Side, Standing
from makegood.kernel.period import shift_months
from makegood.web.queries.desk import desk_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.factories.terms import terms_alone
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
DETAILS = Details(
    title="Care at home, lot 2",
    procurement_reference="ocds-h6vhtk-0412",
    procedure="Open procedure",
    manager_role="Commissioning manager, adults",
    extensions=2,
    extension_months=12,
    notice_months=6,
    notice_by=NoticeBy.EITHER,
)
TODAY = date(2025, 1, 10)


def signed(contract: Contract, cast: Cast) -> Contract:
    for side, person in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=person)
    contract.refresh_from_db()
    return contract


def a_described_contract(cast: Cast) -> Contract:
    contract = loop.a_settled_contract(cast)
    return signed(describe_contract(contract, details=DETAILS, by=cast.erin), cast)


def only(contract: Contract) -> QuerySet[Contract]:
    return Contract.objects.filter(pk=contract.pk)


def names(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("contracts"), asked)
    return [line.contract.reference for line in page.context["lines"]]


# What a contract says of itself.


def test_a_contract_says_when_it_ends_at_the_latest_and_when_notice_is_due(cast: Cast) -> None:
    contract = a_described_contract(cast)
    assert contract.name == "Care at home, lot 2"
    assert contract.last_ends_on == date(2028, 3, 31)
    assert contract.notice_on == date(2025, 9, 30)


def test_what_it_says_is_signed_with_it(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    before = terms_digest(contract)
    described = describe_contract(contract, details=DETAILS, by=cast.erin)
    assert terms_digest(described) != before
    plain = describe_contract(described, details=Details(), by=cast.erin)
    assert terms_digest(plain) == before
    signed(plain, cast)
    with refused("CON-03"):
        describe_contract(plain, details=DETAILS, by=cast.erin)


@pytest.mark.parametrize("column", ["title = 'x'", "notice_months = 1", "extensions = 1"])
def test_the_database_keeps_what_was_signed(cast: Cast, column: str) -> None:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    with pytest.raises(Error, match="CON-03"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE contract_contract SET {column}")


@pytest.mark.parametrize(
    ("details", "number"),
    [
        (replace(DETAILS, extensions=None), "CON-27"),
        (replace(DETAILS, notice_by=""), "CON-28"),
        (replace(DETAILS, notice_months=60), "CON-28"),
    ],
)
def test_half_an_answer_is_refused(cast: Cast, details: Details, number: str) -> None:
    contract = loop.a_settled_contract(cast)
    with refused(number):
        describe_contract(contract, details=details, by=cast.erin)


@pytest.mark.parametrize("column", ["extensions", "notice_months"])
def test_the_database_refuses_half_an_answer(cast: Cast, column: str) -> None:
    loop.a_settled_contract(cast)
    with pytest.raises(Error, match="con_2"), transaction.atomic():
        Contract.objects.update(**{column: 3})


def test_it_is_described_on_a_page(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    sign_in(client, cast.erin)
    path = reverse("describe_contract", args=[contract.reference])
    half = {"title": "Lot 2", "extensions": "2"}
    page = client.post(path, half).content.decode()
    assert "Say how often it can be extended" in page
    assert 'value="Lot 2"' in page
    shown = client.post(path, half | {"extension_months": "12"}, follow=True).content.decode()
    assert "Lot 2</h1>" in shown
    assert "2 times, for 12 months each: to 31 March 2028 at most" in shown


def test_what_ends_with_a_month_is_extended_to_the_end_of_one() -> None:
    contract = Contract(ends_on=date(2026, 6, 30), extensions=3, extension_months=2)
    assert contract.last_ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "shifted"),
    [
        (date(2026, 3, 31), -6, date(2025, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_from_day_to_day(day: date, months: int, shifted: date) -> None:
    assert shift_months(day, months) == shifted


# Who finds which.


def test_everyone_finds_what_is_signed_and_parties_their_drafts(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    for person, sees in (
        (None, False),
        (cast.charlie, False),
        (cast.bob, True),
        (cast.grace, True),
    ):
        found = contracts_found(contracts_visible_to(person), wanted=Wanted(), today=TODAY)
        assert found.exists() is sees
    signed(contract, cast)
    assert (
        contracts_found(contracts_visible_to(None), wanted=Wanted(), today=TODAY).get() == contract
    )


def test_it_is_found_by_words_and_by_whose_it_is(cast: Cast, client: Client) -> None:
    contract = a_described_contract(cast)
    for words in ("lot 2", contract.reference.lower(), "H6VHTK", cast.provider.name, "people you"):
        assert names(client, q=words) == [contract.reference], words
    assert names(client, q="elsewhere") == []
    assert names(client, provider=cast.provider.slug) == [contract.reference]
    page = client.get(reverse("contracts"), {"provider": "nobody", "order": "oddly"})
    assert page.context["form"].left_out == ["Provider", "Order"]
    assert [line.contract for line in page.context["lines"]] == [contract]


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2025, 9, 30), Standing.IN_FORCE),
        (date(2025, 10, 1), Standing.ENDING),
        (date(2026, 3, 31), Standing.ENDING),
        (date(2026, 4, 1), Standing.ENDED),
    ],
)
def test_it_stands_as_the_day_says(cast: Cast, today: date, standing: Standing) -> None:
    contract = loop.a_signed_contract(cast)
    [line] = lines_of(only(contract), reach=reach_of(None), today=today)
    assert line.standing == standing
    for wanted in Standing:
        found = contracts_found(
            contracts_visible_to(None), wanted=Wanted(standing=wanted), today=today
        ).exists()
        is_in_force = standing in {Standing.IN_FORCE, Standing.ENDING}
        expected = wanted == standing or (wanted == Standing.IN_FORCE and is_in_force)
        assert found is expected, wanted


def test_a_draft_stands_as_one(cast: Cast) -> None:
    [line] = lines_of(only(loop.a_draft_contract(cast)), reach=reach_of(cast.erin), today=TODAY)
    assert (line.standing, line.counts[Share.OPEN]) == (Standing.DRAFTING, 1)


@pytest.mark.parametrize(
    ("target", "share"), [(4.9, Share.WEAKENED), (4.0, Share.CHANGED), (None, Share.NOT_CONTRACTED)]
)
def test_each_promise_is_counted_as_what_it_became(
    cast: Cast, target: float | None, share: Share
) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.get()
    dispose_promise(
        promise,
        contract=contract,
        fate=Fate.CHANGED if target else Fate.NOT_CONTRACTED,
        reason="Money",
        terms=replace(terms_alone(promise), target=target) if target else None,
        by=cast.erin,
    )
    [line] = lines_of(only(signed(contract, cast)), reach=reach_of(None), today=TODAY)
    assert line.shares == [(share, 1)]


# What is withheld stays so.


def test_a_withheld_value_is_read_by_those_inside_alone(cast: Cast, client: Client) -> None:
    loop.a_withholding(cast)
    for address in ("contracts", "contracts_table"):
        for person, reads in ((None, False), (cast.charlie, False), (cast.bob, True)):
            if person:
                sign_in(client, person)
            else:
                client.logout()
            page = client.get(reverse(address)).content.decode()
            assert ("123,456" in page or "123456" in page) is reads, (address, person)
            assert ("The next tender is open" in page) is not reads


def test_the_table_holds_what_the_page_does(cast: Cast, client: Client) -> None:
    contract = a_described_contract(cast)
    answer = client.get(reverse("contracts_table"), {"q": "lot"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["reference"] == contract.reference
    assert row["give notice by"] == "2025-09-30"
    assert row["ends on at the latest"] == "2028-03-31"
    assert (row["promises"], row["as promised"], row["weakened"]) == ("1", "1", "0")
    assert client.get(reverse("contracts_table"), {"standing": "oddly"}).status_code == 400


def test_a_title_is_no_formula_in_the_table(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    signed(
        describe_contract(contract, details=Details(title="=1+1"), by=cast.erin),
        cast,
    )
    [row] = csv.DictReader(io.StringIO(client.get(reverse("contracts_table")).content.decode()))
    assert row["title"] == "'=1+1"


# Whoever writes for the commissioner is told in time.


@pytest.mark.parametrize(
    ("today", "hint"),
    [
        (date(2025, 6, 30), ""),
        (date(2025, 7, 10), "Notice must be given by 30 September 2025 (either side)"),
        (date(2025, 12, 1), "Notice had to be given by 30 September 2025 (either side)"),
        (date(2026, 4, 1), ""),
    ],
)
def test_the_desk_says_what_ends_and_by_when_notice_is_due(
    cast: Cast, today: date, hint: str
) -> None:
    contract = a_described_contract(cast)
    found = [each for each in desk_of(cast.erin, today=today).next() if "ends" in each.title]
    assert [each.hint.partition(". ")[0] for each in found] == ([hint] if hint else [])
    for person in (cast.bob, cast.alice, cast.grace):
        shown = desk_of(person, today=today).next()
        assert not [each for each in shown if contract.name in each.title]


def test_an_ended_contract_is_on_no_desk(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    after = contract.ends_on + timedelta(days=1)
    assert [t for t in desk_of(cast.erin, today=after).next() if "ends" in t.title] == []
