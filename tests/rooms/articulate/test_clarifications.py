"""A sent proposal is clarified when the commissioner asks: words may change, promises never do."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import (
    answer_clarification,
    ask_clarification,
    draft_clarification,
    submit_proposal,
    withdraw_clarification,
    withhold_proposal_part,
)
from makegood.articulate.models import (
    Clarification,
    Promise,
    Proposal,
    ProposalVersion,
    WrittenPart,
)
from makegood.articulate.queries import lines_of_version, part_of
from makegood.articulate.states import ClarificationState, ProposalPart
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice, Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_clarification, a_whole_draft, filled
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
RISKS, SUMMARY = ProposalPart.RISKS, ProposalPart.SUMMARY


def page(name: str, *parts: object, person: Person | None = None, **asked: str) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return html.unescape(client.get(reverse(name, args=parts), asked).content.decode())


def another_risk() -> dict[str, object]:
    rows = filled(RISKS)["rows"]
    return {"answers": {}, "rows": [rows[0] | {"done": "We ask two neighbours"}]}


def test_what_was_sent_is_kept_part_by_part_and_promise_by_promise(cast: Cast) -> None:
    proposal = submit_proposal(a_whole_draft(cast), by=cast.alice)
    [version] = proposal.versions.all()
    said = {(line.group, line.label): line.text for line in lines_of_version(version)}
    assert said["The proposal", "What would be done, and how"] == "A team of ten"
    assert said["Who decides, and who is liable", "Who decides what, and how?"]
    reference = Promise.objects.get().reference
    assert said[f"Promise {reference}", "What changes"] == "fewer days lost to sickness"
    assert said[f"Promise {reference}", "Measure"] == "Staff absence rate"
    assert version.number == 1
    assert version.made_by == cast.alice


def test_an_answer_changes_the_part_and_keeps_both_versions(cast: Cast) -> None:
    asked = a_clarification(cast)
    answer_clarification(asked, answer="Two a week", content=another_risk(), by=cast.alice)
    assert part_of(asked.proposal, part=RISKS).content == another_risk()
    newest, first = ProposalVersion.objects.order_by("-number")
    assert newest.clarifies == Clarification.objects.get()
    assert newest.promises == first.promises
    shown = page("proposal_versions", asked.proposal.code, person=cast.erin)
    assert "[left out:" in shown
    assert "two neighbours" in shown
    assert "[added:" in shown
    read = page("proposal", asked.proposal.code, person=cast.erin)
    for words in ("How many nights?", "Two a week", "We ask two neighbours"):
        assert words in read
    assert not verify().problems


def test_both_sides_are_told(cast: Cast) -> None:
    asked = a_clarification(cast)
    assert "asks you to clarify" in Notice.objects.filter(person=cast.alice).latest("pk").words
    answer_clarification(asked, answer="Two", by=cast.alice)
    assert "clarified" in Notice.objects.filter(person=cast.erin).latest("pk").words


def test_a_draft_of_an_answer_changes_nothing_and_is_shown_to_its_provider_alone(
    cast: Cast,
) -> None:
    asked = a_clarification(cast)
    draft_clarification(asked, answer="Perhaps two", content=another_risk(), by=cast.alice)
    assert part_of(asked.proposal, part=RISKS).content == filled(RISKS)
    for reader in (cast.erin, cast.grace):
        read = page("proposal", asked.proposal.code, person=reader)
        assert "Perhaps two" not in read
        assert "two neighbours" not in read
    form = page("answer_clarification", asked.proposal.code, asked.public_id, person=cast.alice)
    assert "Perhaps two" in form
    assert "We ask two neighbours" in form
    assert ProposalVersion.objects.count() == 1


def test_the_page_sends_and_keeps(cast: Cast) -> None:
    asked = a_clarification(cast, part=SUMMARY)
    path = reverse("answer_clarification", args=[asked.proposal.code, asked.public_id])
    client = Client()
    client.force_login(cast.alice)
    given = {"answer": "", "summary": "A team of twelve"}
    assert client.post(path, given | {"keep": "1"}).status_code == 302
    told = client.post(path, given | {"send": "1"})
    assert "Write the answer before you send it." in told.content.decode()
    assert client.post(path, given | {"answer": "So it is", "send": "1"}).status_code == 302
    assert Proposal.objects.get().summary == "A team of twelve"
    assert client.get(path).status_code == 409


def test_nothing_is_asked_or_answered_of_what_does_not_wait(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    with refused("ART-50"):
        ask_clarification(draft, part=RISKS, question="Why?", by=cast.erin)
    submit_proposal(draft, by=cast.alice)
    sent = Proposal.objects.get()
    asked = ask_clarification(sent, part=RISKS, question="Why?", by=cast.erin)
    with refused("ART-08"):
        ask_clarification(sent, part=RISKS, question="Why?", by=cast.erin)
    decide_proposal(sent, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    with refused("ART-50"):
        answer_clarification(asked, answer="Late", by=cast.alice)


def test_a_question_is_taken_back_once(cast: Cast) -> None:
    asked = a_clarification(cast)
    withdraw_clarification(asked, by=cast.erin)
    assert withdraw_clarification(asked, by=cast.erin).state == ClarificationState.WITHDRAWN
    with pytest.raises(WrongState):
        answer_clarification(asked, answer="Late", by=cast.alice)
    assert "How many nights?" not in page("proposal", asked.proposal.code, person=cast.alice)


def test_only_the_commissioner_asks_and_only_the_provider_answers(cast: Cast) -> None:
    asked = a_clarification(cast)
    for person in (cast.alice, cast.ed if hasattr(cast, "ed") else cast.bob, cast.charlie):
        with pytest.raises(NotPermitted):
            ask_clarification(asked.proposal, part=SUMMARY, question="Why?", by=person)
    for person in (cast.erin, cast.bob, cast.charlie):
        with pytest.raises(NotPermitted):
            answer_clarification(asked, answer="No", by=person)


def test_no_question_opens_another_part_or_a_promise_to_change(cast: Cast) -> None:
    asked = a_clarification(cast)
    acts = (
        lambda: WrittenPart.objects.filter(part=ProposalPart.COSTS).update(content={}),
        lambda: Proposal.objects.update(summary="Another"),
        lambda: Promise.objects.update(target=1.0),
        lambda: ProposalVersion.objects.update(summary="Another"),
        lambda: Clarification.objects.filter(pk=asked.pk).update(question="Another"),
    )
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_is_withheld_is_in_no_version_and_no_clarification(cast: Cast) -> None:
    asked = a_clarification(cast)
    answer_clarification(asked, answer="Two a week", content=another_risk(), by=cast.alice)
    decide_proposal(Proposal.objects.get(), outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    proposal = Proposal.objects.get()
    for part in (RISKS, ProposalPart.BELIEF):
        withhold_proposal_part(
            proposal, part=part, reason="It is how we work",
            until_on=timezone.localdate() + timedelta(days=9), by=cast.erin,
        )  # fmt: skip
    for name in ("proposal", "proposal_versions"):
        shown = page(name, proposal.code, person=cast.charlie)
        for words in ("two neighbours", "Two a week", "How many nights?", "A calmer rota"):
            assert words not in shown
        assert "withheld until" in shown.lower()
        assert "Our answer to liable" in shown or name == "proposal_versions"
    inside = page("proposal_versions", proposal.code, person=cast.alice, older="1", newer="2")
    assert "two neighbours" in inside
