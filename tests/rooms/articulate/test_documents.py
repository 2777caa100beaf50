"""Documents are taken away: opened here, and looked over as a screen reader would."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.document import Document
from docx.oxml.ns import qn

from makegood.articulate.actions import (
    answer_clarification,
    ask_clarification,
    submit_proposal,
    withhold_proposal_part,
)
from makegood.articulate.models import Proposal
from makegood.articulate.parts import PARTS
from makegood.articulate.states import ProposalPart
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.people.models import Person
from makegood.web.queries.record import record_of_bid
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_file, a_whole_draft

pytestmark = pytest.mark.django_db


def opened(name: str, *parts: object, person: Person | None = None) -> Document:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def words(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def faults(document: Document) -> list[str]:
    """Return what would keep a screen reader from finding its way."""
    found = [] if document.core_properties.title else ["no title"]
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    found += [] if languages == {"en-GB"} else [f"languages {languages}"]
    levels = [int(name.split()[-1]) for each in document.paragraphs
              if (name := each.style.name).startswith("Heading")]  # fmt: skip
    found += [] if levels and levels[0] == 1 else ["begins below level 1"]
    found += [
        f"level {one} to {other}" for one, other in pairwise(levels)
        if other > one + 1
    ]  # fmt: skip
    for table in document.tables:
        marked = table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}")
        found += [] if marked is not None else ["a table without a head"]
    pictures = document.element.body.iter(qn("wp:docPr"))
    return found + ["a picture without words" for each in pictures if not each.get("descr")]


def test_the_form_asks_all_that_the_pages_ask(cast: Cast) -> None:
    measured = loop.a_measured_alternative(cast)
    form = opened("need_form", measured.need.reference)
    assert faults(form) == []
    said = words(form)
    for each in (measured.need.description, measured.need.alternative, "Staff absence rate"):
        assert each in said
    for about in PARTS.values():
        assert about.title in said
        assert all(asked.label in said for asked in (*about.asked, *about.row_asked[1:]))
    assert "Autonomy: to decide for ourselves how we work" in said


def test_a_proposal_as_a_document_says_what_its_page_says(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    a_file(draft, by=cast.alice)
    told = opened("proposal_as_word", draft.code, person=cast.alice)
    assert faults(told) == []
    said = words(told)
    for each in ("A team of ten", "A calmer rota", "Our answer to liable", "Added up", "All costs",
                 "Two of us a shift", "fewer days lost"):  # fmt: skip
        assert each in said
    assert len(told.tables) == 2


def test_a_proposal_that_says_little_says_so(cast: Cast) -> None:
    told = opened("proposal_as_word", loop.a_draft_promise(cast).proposal.code, person=cast.bob)
    assert faults(told) == []
    assert words(told).count("Not answered.") == len(PARTS)


def test_what_is_withheld_is_in_no_document(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    submit_proposal(draft, by=cast.alice)
    decide_proposal(Proposal.objects.get(), outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    for part in (ProposalPart.GOVERNANCE, ProposalPart.BELIEF, ProposalPart.SUMMARY):
        withhold_proposal_part(
            Proposal.objects.get(), part=part, reason="A tender",
            until_on=loop.timezone.localdate() + loop.timedelta(days=9), by=cast.erin,
        )  # fmt: skip
    secret = ("Our answer to liable", "A calmer rota", "A team of ten")
    said = words(opened("proposal_as_word", draft.code))
    page = Client().get(reverse("print_proposal", args=[draft.code])).content.decode()
    for each in secret:
        assert each not in said
        assert each not in page
    assert said.count("Withheld.") == 3
    inside = words(opened("proposal_as_word", draft.code, person=cast.erin))
    assert all(each in inside for each in secret)


def test_the_page_to_print_holds_everything(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    client = Client()
    client.force_login(cast.alice)
    page = client.get(reverse("print_proposal", args=[draft.code])).content.decode()
    assert all(about.title in page for about in PARTS.values())
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_the_record_of_a_proposal_gives_every_part_but_what_is_withheld(cast: Cast) -> None:
    draft = a_whole_draft(cast)
    a_file(draft, by=cast.alice)
    submit_proposal(draft, by=cast.alice)
    asked = ask_clarification(
        Proposal.objects.get(), part=ProposalPart.RISKS, question="Who drives?", by=cast.erin
    )
    answer_clarification(asked, answer="Two of us", by=cast.alice)
    decide_proposal(Proposal.objects.get(), outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    withhold_proposal_part(
        Proposal.objects.get(), part=ProposalPart.GOVERNANCE, reason="A tender",
        until_on=loop.timezone.localdate() + loop.timedelta(days=9), by=cast.erin,
    )  # fmt: skip
    record = record_of_bid(Proposal.objects.get())
    said = str(record.tables)
    assert "Our answer to many" in said
    assert "Our answer to liable" not in said
    assert [row["answer"] for row in record.tables["clarifications"]] == ["Two of us"]
    assert any("Rota" in str(row) for row in record.left_out)
