"""What everyone reads of a contract that was handed over, and what the database refuses of it."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.assess.actions import reply_to_finding
from makegood.assess.models import Finding, Reply
from makegood.assess.queries import findings_visible_to
from makegood.capture.queries import captures_visible_to
from makegood.contract import actions
from makegood.contract.models import Contract, Notice, Schedule, Signature
from makegood.contract.queries import (
    is_inside,
    notice_as_package,
    notice_data,
    notices_visible_to,
    schedule_data,
)
from makegood.contract.states import HandoverSide, Side
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import register_organisation
from makegood.people.states import Kind
from makegood.web.queries.record_since import since_signed
from makegood.web.queries.trace import record_behind
from tests.factories import handing_over, loop, noticing
from tests.factories.cast import Cast
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
SUCCESSOR, COMMISSIONER = HandoverSide.SUCCESSOR, HandoverSide.COMMISSIONER


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _page(name: str, *args: object) -> str:
    return Client().get(reverse(name, args=args), follow=True).content.decode()


# What everyone reads.


def test_every_page_says_who_promised_and_who_delivers(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    said = "Since 1 January 2025 delivered by Somebody Else"
    pages = {
        "contract": [contract.reference],
        "schedule": [contract.reference],
        "handover": [contract.reference, 1],
        "promise": [contract.proposal.promises.get().reference],
    }
    for name, args in pages.items():
        shown = _page(name, *args)
        assert "Promised by" in shown, name
        assert said in shown, name
        assert handing_over.WHY in shown, name
    for slug in (cast.provider.slug, cast.stranger.slug):
        shown = _page("organisation", slug)
        assert (
            "Promised by Moor View Care. Since 1 January 2025 delivered by Somebody Else" in shown
        )
    assert "What it promised or took over" in _page("organisation", cast.stranger.slug)
    register = _page("contracts")
    assert "Promised by Moor View Care. Since 1 January 2025 delivered by" in register
    assert "delivered by Somebody Else" in _page("promises")


def test_the_register_finds_it_under_both(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    client = Client()
    for house in (cast.provider, cast.stranger):
        found = client.get(reverse("contracts"), {"provider": house.slug}).content.decode()
        assert contract.reference in found
    lines = client.get(reverse("contracts_table")).content.decode().splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (row["provider"], row["promised by"]) == ("Somebody Else", "Moor View Care")
    assert row["provider since"] == "2025-01-01"


def test_the_schedule_is_kept_anew_as_page_pdf_word_and_data(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    assert [each.number for each in Schedule.objects.order_by("number")] == [1, 2]
    data = schedule_data(contract, withheld={})
    [told] = data["handovers"]
    assert told["fate"] == "from Moor View Care to Somebody Else"
    assert told["said"][0] == ["Because", handing_over.WHY]
    assert len([one for one in told["said"] if one[0] == "Signed"]) == 3
    assert data["signatures"][1][:2] == ["Provider", "Moor View Care"]
    first = Schedule.objects.get(number=1).data
    assert data["promises"] == first["promises"]
    client = Client()
    pdf = client.get(reverse("schedule_as_pdf", args=[contract.reference])).content
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Handed over: the same promises, another provider" in " ".join(text.split())
    word = client.get(reverse("schedule_as_word", args=[contract.reference]))
    assert word.status_code == 200
    kept = client.get(reverse("schedule_as_data", args=[contract.reference])).json()
    assert kept["handovers"] == data["handovers"]


def test_the_thread_leads_to_the_ledger(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    assert "that it was handed to Somebody Else" in _page(
        "promise", contract.proposal.promises.get().reference
    )


def test_a_reply_bears_the_name_of_who_was_the_provider_then(cast: Cast) -> None:
    finding = loop.a_published_finding(cast)
    contract = finding.commitment.contract
    handing_over.a_handed_over_contract(cast, contract=contract)
    held = Finding.objects.get(pk=finding.pk)
    assert held.reply.provider == cast.provider
    shown = _page("promise", held.commitment.name)
    said = shown[shown.index("We agree") :]
    assert "Moor View Care" in said[: said.index("How we know")]


def test_who_took_over_replies_to_a_finding_that_was_sent_before(cast: Cast) -> None:
    finding = loop.a_sent_finding(cast)
    handing_over.a_handed_over_contract(cast, contract=finding.commitment.contract)
    finding = Finding.objects.get(pk=finding.pk)
    assert finding in findings_visible_to(cast.alice)
    assert finding in findings_visible_to(cast.charlie)
    with pytest.raises(NotPermitted):
        reply_to_finding(finding, words="No", by=cast.alice)
    reply = reply_to_finding(finding, words="We go on from here", by=cast.charlie)
    assert Reply.objects.get(pk=reply.pk).provider == cast.stranger


def test_a_notice_rates_who_was_the_provider_then(cast: Cast) -> None:
    notice = noticing.a_published_notice(cast)
    contract = handing_over.a_handed_over_contract(cast, contract=notice.contract)
    held = Notice.objects.get()
    assert notice_data(held)["parties"][1] == "Moor View Care"
    [release] = notice_as_package(held, uri="https://example.org/")["releases"]
    suppliers = [one["name"] for one in release["parties"] if "supplier" in one["roles"]]
    assert suppliers == ["Moor View Care"]
    later = actions.begin_notice(
        contract, from_on=date(2025, 1, 1), until_on=date(2025, 3, 31), by=cast.erin
    )
    rating = later.ratings.get()
    actions.rate_indicator(rating, chosen=rating.proposed, reason="New payroll", by=cast.erin)
    actions.send_notice(later, by=cast.erin)
    for person, seen in ((cast.alice, [1]), (cast.charlie, [2, 1]), (None, [1])):
        found = notices_visible_to(person, contract=contract)
        assert [each.number for each in found] == seen
    assert notice_data(Notice.objects.get(number=2))["parties"][1] == "Somebody Else"


def _sent(contract: Contract, *, first: date, last: date, cast: Cast) -> Notice:
    notice = actions.begin_notice(contract, from_on=first, until_on=last, by=cast.erin)
    rating = notice.ratings.get()
    actions.rate_indicator(rating, chosen=rating.proposed, reason="New payroll", by=cast.erin)
    return actions.send_notice(notice, by=cast.erin)


def test_a_notice_is_of_one_provider_who_replies_to_it(cast: Cast) -> None:
    contract = noticing.with_indicator(cast)
    contract = handing_over.a_handed_over_contract(cast, contract=contract)
    with refused("CON-85", saying="Somebody Else took over on 1 January 2025"):
        _sent(contract, first=date(2024, 10, 1), last=date(2025, 1, 31), cast=cast)
    before = _sent(contract, first=noticing.FIRST, last=date(2024, 12, 31), cast=cast)
    since = _sent(contract, first=date(2025, 1, 1), last=date(2025, 3, 31), cast=cast)
    assert (before.provider, since.provider) == (cast.provider, cast.stranger)
    assert list(notices_visible_to(cast.alice, contract=contract)) == [before]
    for notice, wrong, right in (
        (before, cast.charlie, cast.alice),
        (since, cast.alice, cast.charlie),
    ):
        with pytest.raises(NotPermitted):
            actions.reply_to_notice(notice, words="No", by=wrong)
        replied = actions.reply_to_notice(notice, words="So it is", by=right)
        assert replied.provider == notice.provider


def test_one_in_the_middle_reads_on_too(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    third = register_organisation(name="The Third", kind=Kind.PROVIDER, by=cast.grace)
    terms = handing_over.handover_terms(cast, successor=third)
    again = actions.begin_handover(contract, side=Side.PROVIDER, terms=terms, by=cast.charlie)
    actions.propose_handover(again, by=cast.charlie)
    for side, by in (
        (HandoverSide.PROVIDER, cast.charlie), (SUCCESSOR, cast.grace), (COMMISSIONER, cast.erin),
    ):  # fmt: skip
        actions.sign_handover(again, side=side, by=by)
    held = Contract.objects.get()
    assert held.provider == third
    for person in (cast.alice, cast.charlie, cast.grace):
        assert is_inside(person, contract=held)
        assert captures_visible_to(person).count() == 1
    assert contract.reference in _page("organisation", cast.stranger.slug)
    assert [line["fate"] for line in schedule_data(held, withheld={})["handovers"]] == [
        "from Moor View Care to Somebody Else",
        "from Somebody Else to The Third",
    ]
    assert verify().problems == []


def test_the_ledger_shows_a_handover_once_it_is_in_force(cast: Cast) -> None:
    handover = handing_over.a_proposed_handover(cast)
    entry = Entry.objects.filter(subject=handover.ledger_subject).latest("pk")
    assert record_behind(entry, person=None) is None
    handing_over.sign_all(handover, cast=cast)
    behind = record_behind(entry, person=None)
    assert behind is not None
    assert handing_over.WHY in str(behind.values)


def test_the_record_of_the_contract_tells_it(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast)
    [row] = since_signed(contract, withheld={})["handovers"]
    assert (row["from"], row["to"]) == ("Moor View Care", "Somebody Else")
    assert row["reason"] == handing_over.WHY


# What the database refuses.


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contract_contract SET taken_over_by_id = assessor_id",
        "UPDATE contract_contract SET taken_over_by_id = proposal_id + 1",
        "UPDATE contract_handover SET state = 'signed'",
        "UPDATE contract_handover SET state = 'in_force', in_force_at = begun_at",
        "UPDATE contract_handover SET reason = 'Other'",
        "UPDATE contract_handover SET successor_id = outgoing_id + 2",
        "UPDATE contract_handover SET state = 'drafting'",
        "DELETE FROM contract_handover",
    ],
)
def test_the_database_refuses_another_provider_without_all_signatures(cast: Cast, sql: str) -> None:
    handover = handing_over.a_proposed_handover(cast)
    actions.sign_handover(handover, side=COMMISSIONER, by=cast.erin)
    actions.sign_handover(handover, side=SUCCESSOR, by=cast.charlie)
    with pytest.raises(IntegrityError, match=r"CON-(70|91|94)"):
        _sql(sql)
    assert Contract.objects.get().provider == cast.provider


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contract_contract SET taken_over_by_id = NULL",
        "UPDATE contract_contract SET taken_over_by_id = assessor_id",
        "UPDATE contract_handover SET from_on = '2025-02-02'",
        "UPDATE contract_handover SET in_force_at = begun_at",
        "DELETE FROM contract_handover",
    ],
)
def test_the_database_keeps_what_was_handed_over(cast: Cast, sql: str) -> None:
    handing_over.a_handed_over_contract(cast)
    with pytest.raises(IntegrityError, match=r"CON-(70|91|94)"):
        _sql(sql)


def test_the_database_refuses_two_changes_at_once(cast: Cast) -> None:
    handover = handing_over.a_draft_handover(cast)
    values = {
        "contract_id": handover.contract_id, "number": 7, "signing_round": 9, "side": "'provider'",
        "reason": "'x'", "from_on": "'2025-01-01'", "uses_option": "FALSE", "answer": "''",
        "was_ends_on": "'2026-03-31'", "state": "'drafting'", "begun_by_id": cast.erin.pk,
        "begun_at": "'2025-01-01T00:00:00Z'", "salt": "'s'",
    }  # fmt: skip
    columns, row = ", ".join(values), ", ".join(map(str, values.values()))
    with pytest.raises(IntegrityError, match="CON-72"):
        _sql(f"INSERT INTO contract_variation ({columns}) VALUES ({row})")


def test_a_successor_signs_a_handover_and_nothing_else(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    held = Signature.objects.first()
    assert held
    with pytest.raises(IntegrityError, match="CON-91"), transaction.atomic():
        Signature.objects.create(
            contract=contract,
            side="successor",
            signing_round=5,
            signed_by=cast.charlie,
            signed_at=timezone.now(),
            terms_digest=held.terms_digest,
        )
