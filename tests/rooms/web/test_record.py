"""A public body takes all that is recorded; what is left out is named, item by item."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import withhold_proposal_part
from makegood.articulate.states import ProposalPart
from makegood.capture.actions import (
    capture_measurement,
    prepare_publication,
    publish_story,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import StoryLink
from makegood.capture.states import Consent, ToldAs
from makegood.contract.actions import dispose_promise, sign_contract, withhold_part
from makegood.contract.models import Contract
from makegood.contract.states import Fate, Part, Side
from makegood.people.actions import name_person
from makegood.people.models import Person
from makegood.web.queries.record import TABLES
from makegood.web.templatetags.figures import said
from tests.architecture.breaches import none_of
from tests.factories import noticing, varying
from tests.factories.cast import Cast
from tests.factories.loop import (
    STARTS_ON,
    a_draft_contract,
    a_published_finding,
    a_sent_finding,
    a_withholding,
)
from tests.factories.terms import terms_alone

pytestmark = pytest.mark.django_db
Tables = dict[str, list[dict[str, str]]]


def taken(contract: Contract, *, by: Person) -> tuple[Tables, str]:
    """Return the tables and the page to read in the record of ``contract``."""
    client = Client()
    client.force_login(by)
    answer = client.get(reverse("contract_record", args=[contract.reference]))
    assert answer["Content-Type"] == "application/zip"
    return unpacked(answer.content, folder=contract.reference)


def unpacked(data: bytes, *, folder: str) -> tuple[Tables, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        tables = {
            name: list(csv.DictReader(io.StringIO(file.read(f"{folder}/{name}.csv").decode())))
            for name in TABLES
        }
        assert "max-width" in file.read("record.css").decode()
        return tables, html.unescape(file.read(f"{folder}/record.html").decode())


def left_out(tables: Tables) -> dict[str, str]:
    return {row["what"]: row["because"] for row in tables["left-out"]}


def test_it_holds_all_that_is_recorded(cast: Cast) -> None:
    finding = a_published_finding(cast)
    contract = finding.commitment.contract
    capture_measurement(finding.commitment, period=STARTS_ON, value=4.25, by=cast.alice)
    story = finding.commitment.stories.get()
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    tables, page = taken(contract, by=cast.erin)
    assert tables["contract"][0]["value in pounds"] == "123456.00"
    assert tables["promises"][0]["what changes"] == "fewer days lost to sickness"
    assert tables["figures"][0]["value"] == "4.25"
    assert tables["stories"][0]["words"] == "I sleep at night now"
    assert tables["findings"][0]["the provider's reply"] == "We agree"
    assert {row["side"] for row in tables["signatures"]} == {"provider", "commissioner"}
    assert len(tables["ledger"]) > 5
    assert '<td data-label="Value">4.25</td>' in page
    assert "<dd>123,456</dd>" in page
    for words in ("I sleep at night now", "We agree", "4.25", "One person says so"):
        assert words in page


NOT_GIVEN = {
    "reference", "code", "slug", "digest", "salt", "state", "side", "terms_digest",
}  # fmt: skip
"""Columns of text that are names for machines."""


def said_in(rows: Iterable[models.Model]) -> Iterator[tuple[str, str]]:
    """Yield what people wrote in these rows, and where."""
    for row in rows:
        for each in row._meta.concrete_fields:
            is_words = isinstance(each, models.CharField | models.TextField) and not each.choices
            words = str(getattr(row, each.name) or "")
            if is_words and each.name not in NOT_GIVEN and words:
                yield f"{row._meta.label}.{each.name}", words


def test_no_word_that_everyone_may_read_is_missing(cast: Cast) -> None:
    finding = a_published_finding(cast)
    contract, promise = finding.commitment.contract, finding.commitment.promise
    proposal = contract.proposal
    rows = [
        *(proposal.need, proposal, promise, promise.disposition, promise.commitment, contract),
        *(proposal.decision, finding, finding.reply),
    ]
    _, page = taken(contract, by=cast.erin)
    asked = list(said_in(rows))
    assert len(asked) > 12
    none_of(where for where, words in asked if words not in page)
    for each in ("starts_on", "due_on", "how_known"):
        assert said(getattr(promise, each)) in page


def a_contract_that_asks_for_much(
    cast: Cast, *, signed_by: Iterable[Side] = (Side.COMMISSIONER, Side.PROVIDER)
) -> Contract:
    """Return a contract in which no part that could be withheld is empty, signed by these sides."""
    contract = a_draft_contract(cast)
    promise = contract.proposal.promises.get()
    terms = replace(
        terms_alone(promise), evidence_required="The payroll", consequence="A tenth is paid back"
    )
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin)
    signatories = {Side.COMMISSIONER: cast.erin, Side.PROVIDER: cast.alice}
    for side in signed_by:
        sign_contract(contract, side=side, by=signatories[side])
        contract.refresh_from_db()
    return contract


def test_each_part_that_can_be_withheld_is(cast: Cast) -> None:
    contract = a_contract_that_asks_for_much(cast)
    until = timezone.localdate() + timedelta(days=9)
    for part in Part:
        withhold_part(contract, part=part, reason="A tender", until_on=until, by=cast.erin)
    for bid in ProposalPart:
        withhold_proposal_part(
            contract.proposal, part=bid, reason="A tender", until_on=until, by=cast.erin
        )
    owed, promise = contract.commitments.get(), contract.proposal.promises.get()
    tables, page = taken(contract, by=cast.erin)
    given = page + str(tables)
    assert (owed.evidence_required, owed.consequence) == ("The payroll", "A tenth is paid back")
    for words in (
        *("123456", owed.evidence_required, owed.consequence, contract.proposal.summary),
        promise.why_believed,
    ):
        assert words not in given
    assert len(left_out(tables)) >= len(Part) + len(ProposalPart)


def test_what_is_withheld_is_named_and_not_given(cast: Cast) -> None:
    held = a_withholding(cast)
    tables, page = taken(held.contract, by=cast.erin)
    assert tables["contract"][0]["value in pounds"] == held.said()
    assert left_out(tables)[f"the value of contract {held.contract}"] == held.said()
    assert "123456" not in page + str(tables)
    assert held.said() in page


def test_nothing_a_person_said_goes_beyond_their_consent(cast: Cast) -> None:
    contract = a_published_finding(cast).commitment.contract
    link = StoryLink.objects.get()
    kept, _ = tell_story(link, words="Only for Dana", told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    gone, _ = tell_story(
        link, words="I change my mind", told_as=ToldAs.CARER, consent=Consent.ANONYMOUS
    )
    withdraw_story(gone)
    tables, page = taken(contract, by=cast.erin)
    said = left_out(tables)
    assert "only the assessor may read it" in said[f"words of story {kept}"]
    assert "took it back" in said[f"words of story {gone}"]
    assert not [
        words for words in ("Only for Dana", "change my mind") if words in page + str(tables)
    ]


def test_people_are_not_named(cast: Cast) -> None:
    names = {"alice": "Quillowen", "erin": "Vantrebbick", "dana": "Grommelstok"}
    for who, name in names.items():
        name_person(getattr(cast, who), name=name)
    contract = a_published_finding(cast).commitment.contract
    tables, page = taken(contract, by=cast.erin)
    assert not [each for each in (*names.values(), "@example.org") if each in page + str(tables)]
    assert any("names of those who" in what and "(2 signed)" in what for what in left_out(tables))


def test_a_finding_that_is_not_published_is_named(cast: Cast) -> None:
    finding = a_sent_finding(cast)
    tables, page = taken(finding.commitment.contract, by=cast.erin)
    assert tables["findings"] == []
    assert left_out(tables)[f"finding on {finding.commitment}"] == "it is not published yet"
    assert "One person says so" not in page


def test_the_terms_of_a_draft_are_named_and_not_given(cast: Cast) -> None:
    contract = a_contract_that_asks_for_much(cast, signed_by=(Side.COMMISSIONER,))
    tables, page = taken(contract, by=cast.erin)
    because = "it is not in force yet, and only what both sides signed is published"
    assert left_out(tables)[f"the terms of contract {contract}, and who signed"] == because
    assert tables["signatures"] == []
    assert tables["contract"][0]["state"] == "part signed"
    assert tables["promises"][0]["what changes"] == "fewer days lost to sickness"
    assert len(tables["ledger"]) > 2
    given = page + str(tables)
    for words in ("123456", "123,456", "The payroll", "A tenth is paid back", "as promised"):
        assert words not in given


def test_no_spreadsheet_takes_a_cell_for_a_formula(cast: Cast) -> None:
    finding = a_sent_finding(cast)
    story, _ = tell_story(
        StoryLink.objects.get(),
        words='=HYPERLINK("x")',
        told_as=ToldAs.USER,
        consent=Consent.ANONYMOUS,
    )
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    tables, _ = taken(finding.commitment.contract, by=cast.erin)
    assert '\'=HYPERLINK("x")' in {row["words"] for row in tables["stories"]}


def test_a_programmes_record_holds_each_contract_of_theirs(cast: Cast, client: Client) -> None:
    contract = a_published_finding(cast).commitment.contract
    address = reverse("programme_record", args=[contract.proposal.need.programme.slug])
    client.force_login(cast.erin)
    tables, _ = unpacked(client.get(address).content, folder=contract.reference)
    assert tables["contract"][0]["contract"] == contract.reference
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert f'href="{address}"' in page
    assert f'href="{reverse("contract_record", args=[contract.reference])}"' in page


def test_what_happened_since_it_was_signed_is_in_the_record(cast: Cast) -> None:
    contract = varying.a_varied_contract(cast)
    tables, page = taken(contract, by=cast.erin)
    [row] = tables["variations"]
    assert row["what changed"] == "weaker: Target 4.8% instead of 4.5%"
    assert varying.WHY in page
    assert tables["endings"] == tables["notices"] == []


def test_an_early_end_is_in_the_record(cast: Cast) -> None:
    ending = varying.an_ended_contract(cast)
    tables, _ = taken(ending.contract, by=cast.erin)
    assert tables["endings"][0]["reason"] == "Nobody came for three weeks"


def test_a_published_notice_is_in_the_record(cast: Cast) -> None:
    notice = noticing.a_published_notice(cast)
    tables, _ = taken(notice.contract, by=cast.erin)
    assert tables["notices"][0]["rating"] == "other"
