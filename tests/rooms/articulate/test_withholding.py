"""A part of a proposal may be withheld, with or without a contract; that it exists is never hidden."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    lift_proposal_withholding,
    narrow_role,
    start_programme,
    submit_proposal,
    withhold_proposal_part,
)
from makegood.articulate.models import Promise, Proposal, ProposalWithholding
from makegood.articulate.states import HowKnown, ProposalPart
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Person
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
SUMMARY, BELIEF = "A team of ten", "A calmer rota did it for our night team"
BECAUSE = "because: It is how we work"


def page(name: str, *parts: object, person: Person | None = None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return html.unescape(client.get(reverse(name, args=parts)).content.decode())


def withhold(proposal: Proposal, part: ProposalPart, *, by: Person) -> ProposalWithholding:
    until = timezone.localdate() + timedelta(days=30)
    return withhold_proposal_part(
        proposal, part=part, reason="It is how we work", until_on=until, by=by
    )


def test_the_public_reads_that_it_is_withheld_until_when_and_why(cast: Cast) -> None:
    held = loop.a_withheld_summary(cast)
    said = f"withheld until {held.until_on:%-d %B %Y}, {BECAUSE}"
    for reader in (None, cast.charlie, cast.frank, cast.dana):
        shown = page("proposal", held.proposal.code, person=reader)
        assert SUMMARY not in shown
        assert said in shown
    for reader in (cast.alice, cast.bob, cast.erin, cast.grace):
        shown = page("proposal", held.proposal.code, person=reader)
        assert SUMMARY in shown
        assert said in shown


def test_why_it_is_believed_is_withheld_on_the_page_of_the_promise(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    promise = Promise.objects.get()
    assert BELIEF in page("promise", promise.reference)
    withhold(contract.proposal, ProposalPart.BELIEF, by=cast.erin)
    for reader in (None, cast.charlie, cast.frank):
        shown = page("promise", promise.reference, person=reader)
        assert BELIEF not in shown
        assert BECAUSE in shown
        assert promise.what_changes in shown
    for reader in (cast.alice, cast.erin, cast.dana, cast.grace):
        assert BELIEF in page("promise", promise.reference, person=reader)


def test_whoever_judges_it_reads_it_whole_on_every_page(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    proposal, promise = contract.proposal, Promise.objects.get()
    for part in ProposalPart:
        withhold(proposal, part, by=cast.erin)
    asked = [("proposal", (proposal.code,), SUMMARY), ("promise", (promise.reference,), BELIEF)]
    for row, words in ((proposal, SUMMARY), (promise, BELIEF)):
        entry = Entry.objects.filter(subject=row.ledger_subject).latest("pk")
        asked.append(("entry", (entry.stream, entry.seq), words))
    narrowed = join(cast.assessors, person=cast.charlie, role=Role.ASSESSOR, by=cast.dana)
    other = start_programme(name="Other", summary="", run_by=cast.support_unit, by=cast.frank)
    narrow_role(narrowed, programmes=[other], by=cast.dana)
    for name, parts, words in asked:
        assert words in page(name, *parts, person=cast.dana), name
        for reader in (None, cast.charlie, cast.frank):
            assert words not in page(name, *parts, person=reader), name


def test_the_ledgers_pages_withhold_it_as_well(cast: Cast) -> None:
    held = loop.a_withheld_summary(cast)
    withhold(held.proposal, ProposalPart.BELIEF, by=cast.erin)
    for row, words in ((held.proposal, SUMMARY), (Promise.objects.get(), BELIEF)):
        entry = Entry.objects.filter(subject=row.ledger_subject).latest("pk")
        shown = page("entry", entry.stream, entry.seq)
        assert words not in shown
        assert BECAUSE in shown
        assert words in page("entry", entry.stream, entry.seq, person=cast.erin)


def test_it_is_shown_again_on_its_day_or_when_it_is_lifted(cast: Cast) -> None:
    now = timezone.now() - timedelta(days=9)
    proposal = loop.an_approved_promise(cast).proposal
    over = timezone.localdate()
    withhold_proposal_part(
        proposal, part=ProposalPart.SUMMARY, reason="x", until_on=over, by=cast.erin, now=now
    )
    assert SUMMARY in page("proposal", proposal.code)
    held = withhold(proposal, ProposalPart.SUMMARY, by=cast.erin)
    assert SUMMARY not in page("proposal", proposal.code)
    lift_proposal_withholding(held, by=cast.erin)
    assert SUMMARY in page("proposal", proposal.code)


def test_the_public_body_alone_withholds_and_lifts(cast: Cast) -> None:
    held = loop.a_withheld_summary(cast)
    for person in (cast.alice, cast.dana, cast.charlie, cast.frank, cast.grace):
        with pytest.raises(NotPermitted):
            lift_proposal_withholding(held, by=person)
        with pytest.raises(NotPermitted):
            withhold(held.proposal, ProposalPart.BELIEF, by=person)


def test_it_needs_a_reason_and_an_end_and_is_withheld_once(cast: Cast) -> None:
    proposal = loop.a_withheld_summary(cast).proposal
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for part, reason, until_on, number in (
        (ProposalPart.BELIEF, " ", date(2027, 3, 1), "ART-13"),
        (ProposalPart.BELIEF, "x", date(2026, 3, 1), "ART-14"),
        (ProposalPart.BELIEF, "x", date(2031, 3, 2), "ART-14"),
        (ProposalPart.SUMMARY, "x", date(2027, 3, 1), "ART-15"),
    ):
        with refused(number):
            withhold_proposal_part(
                proposal, part=part, reason=reason, until_on=until_on, by=cast.erin, now=now
            )


def test_it_stands_in_the_ledger_and_is_never_rewritten(cast: Cast) -> None:
    held = loop.a_withheld_summary(cast)
    for wrong in ({"until_on": date(2099, 1, 1)}, {"reason": "y"}, {"part": ProposalPart.BELIEF}):
        with pytest.raises(DatabaseError, match="ART-14"), transaction.atomic():
            ProposalWithholding.objects.filter(pk=held.pk).update(**wrong)
    with pytest.raises(DatabaseError, match="ART-14"), transaction.atomic():
        ProposalWithholding.objects.filter(pk=held.pk).delete()
    first = lift_proposal_withholding(held, by=cast.erin)
    assert lift_proposal_withholding(held, by=cast.erin).lifted_at == first.lifted_at
    assert verify().problems == []


def record(cast: Cast, proposal: Proposal) -> tuple[dict[str, list[dict[str, str]]], str]:
    """Return the tables and the page of a proposal in the record of its programme."""
    client = Client()
    client.force_login(cast.erin)
    answer = client.get(reverse("programme_record", args=[proposal.need.programme.slug]))
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        folder = proposal.reference
        tables = {
            name: list(csv.DictReader(io.StringIO(file.read(f"{folder}/{name}.csv").decode())))
            for name in ("proposal", "promises", "ledger", "left-out")
        }
        return tables, html.unescape(file.read(f"{folder}/record.html").decode())


def test_the_programmes_record_leaves_it_out_and_says_so(cast: Cast) -> None:
    held = loop.a_withheld_summary(cast)
    withhold(held.proposal, ProposalPart.BELIEF, by=cast.erin)
    tables, shown = record(cast, held.proposal)
    said = {row["what"]: row["because"] for row in tables["left-out"]}
    assert (
        said[f"what would be done, and how, of proposal {held.proposal.reference}"] == held.said()
    )
    assert BECAUSE in said[f"why the promises are believed, of proposal {held.proposal.reference}"]
    assert tables["proposal"][0]["summary"] == held.said()
    assert tables["promises"][0]["target"] == "4.5"
    assert tables["ledger"]
    assert not [words for words in (SUMMARY, BELIEF) if words in shown + str(tables)]
    lift_proposal_withholding(held, by=cast.erin)
    assert SUMMARY in record(cast, held.proposal)[1]


def test_the_record_of_its_contract_leaves_it_out_too(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    withhold(contract.proposal, ProposalPart.BELIEF, by=cast.erin)
    client = Client()
    client.force_login(cast.erin)
    answer = client.get(reverse("contract_record", args=[contract.reference]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        held = " ".join(file.read(name).decode() for name in file.namelist())
    assert BELIEF not in held
    assert "It is how we work" in held


def test_what_was_not_approved_is_named_and_not_given(cast: Cast) -> None:
    proposal = loop.a_submitted_proposal(cast)
    tables, shown = record(cast, proposal)
    assert tables["left-out"][0]["what"] == f"all of proposal {proposal.reference}"
    assert tables["proposal"] == []
    assert not [words for words in (SUMMARY, BELIEF) if words in shown + str(tables)]


def test_it_is_withheld_and_lifted_on_the_pages(cast: Cast, client: Client) -> None:
    proposal = loop.an_approved_promise(cast).proposal
    client.force_login(cast.erin)
    address = reverse("withhold_proposal_part", args=[proposal.code])
    assert f'href="{address}"' in page("proposal", proposal.code, person=cast.erin)
    until = timezone.localdate() + timedelta(days=30)
    answers = {
        "part": ProposalPart.SUMMARY,
        "reason": "It is how we work",
        "until_on_day": until.day,
        "until_on_month": until.month,
        "until_on_year": 1999,
    }
    assert "It is how we work" in client.post(address, answers).content.decode()
    client.post(address, answers | {"until_on_year": until.year})
    assert SUMMARY not in page("proposal", proposal.code)
    held = ProposalWithholding.objects.get()
    client.post(reverse("lift_proposal_withholding", args=[proposal.code, held.public_id]))
    assert SUMMARY in page("proposal", proposal.code)


def test_the_evidence_is_withheld_with_the_belief_wherever_it_stands(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast)
    terms = PromiseTerms(
        for_whom="people we visit",
        what_changes="they say they are heard",
        how_known=HowKnown.STORIES,
        how_gathered="By telephone",
        starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON,
        why_believed="We asked",
        evidence_level=2,
        evidence="Our own survey of forty homes",
        evidence_url="https://example.org/forty-homes",
    )
    promise = add_promise(draft.proposal, terms=terms, by=cast.alice)
    proposal = submit_proposal(Proposal.objects.get(), by=cast.alice)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    proposal = Proposal.objects.get()
    withhold(proposal, ProposalPart.BELIEF, by=cast.erin)
    found = page("proposal_versions", proposal.code)
    rows = [promise, proposal.versions.get()]
    entries = [Entry.objects.filter(subject=row.ledger_subject).latest("pk") for row in rows]
    pages = [
        found,
        page("read_promise", proposal.code, promise.position),
        page("promise", promise.reference),
        page("proposal", proposal.code),
        page("print_proposal", proposal.code),
        *(page("entry", entry.stream, entry.seq) for entry in entries),
        read_document(Client().get(reverse("proposal_as_word", args=[proposal.code])).content),
    ]
    for number, shown in enumerate(pages):
        assert "forty homes" not in shown, number
        assert "forty-homes" not in shown, number
        assert "We asked" not in shown, number
    inside = read_document(_as(cast.erin, "proposal_as_word", proposal.code))
    assert "forty homes" in inside


def _as(person: Person, name: str, *parts: object) -> bytes:
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=parts)).content


def read_document(data: bytes) -> str:
    """Return every word of a Word document."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])
