"""What happened is told to those who may act, as often as they wish, and to nobody who left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import submit_proposal
from makegood.assess.actions import publish_finding, reply_to_finding
from makegood.contract.actions import decide_proposal, sign_contract
from makegood.contract.states import Outcome, Side
from makegood.people.actions import (
    choose_notices,
    end_membership,
    send_due_notices,
    tell_members,
)
from makegood.people.models import Membership, Notice, Person
from makegood.people.queries import notices_of
from makegood.people.states import HowOften, Right, Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.sign_in import sign_in

TUESDAY = datetime(2026, 4, 14, 12, tzinfo=UTC)


def tell(cast: Cast, *, words: str = "Erin did something.", now: datetime = TUESDAY) -> None:
    tell_members(
        cast.provider, right=Right.WRITE, words=words, path="/desk/", by=cast.erin, now=now
    )


def told(person: Person) -> list[str]:
    return [notice.words for notice in notices_of(person)]


def test_those_who_may_act_are_told_at_once(cast: Cast) -> None:
    tell(cast)
    [letter] = mail.outbox
    assert letter.to == [cast.alice.email]
    assert letter.subject == "Erin did something."
    for said in (letter.body, letter.alternatives[0].content):
        assert "http://localhost:8000/desk/" in said
        assert "http://localhost:8000/my/notices/" in said
    assert told(cast.bob) == []
    assert send_due_notices(now=TUESDAY + timedelta(days=9)) == 0


def test_nobody_is_told_of_what_they_did(cast: Cast) -> None:
    tell_members(cast.provider, right=Right.WRITE, words="x", path="/", by=cast.alice, now=TUESDAY)
    assert not Notice.objects.exists()


def test_a_long_reason_is_told_whole(cast: Cast) -> None:
    reason = "It was never so.\nWe meant another house. " + "It is a long tale. " * 90 + "The end."
    tell(cast, words=f"It no longer stands. {reason}")
    assert told(cast.alice) == [f"It no longer stands. {reason}"]
    [letter] = mail.outbox
    assert letter.subject.startswith("It no longer stands. It was never so. We meant")
    assert letter.subject.endswith(" …")
    assert len(letter.subject) <= 160
    client = Client()
    sign_in(client, cast.alice)
    page = client.get(reverse("notices")).content.decode()
    for said in (letter.body, letter.alternatives[0].content, page):
        assert "The end." in said
    assert page.count("The end.") == 1


def test_a_short_notice_is_told_once(cast: Cast) -> None:
    tell(cast)
    client = Client()
    sign_in(client, cast.alice)
    assert client.get(reverse("notices")).content.decode().count("Erin did something.") == 1


def test_what_was_undone_is_told_to_nobody(cast: Cast) -> None:
    with transaction.atomic():
        tell(cast)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("how_often", "sent_on"),
    [(HowOften.DAILY, 15), (HowOften.WEEKLY, 20)],
)
def test_letters_gather_what_happened(cast: Cast, how_often: HowOften, sent_on: int) -> None:
    choose_notices(how_often, by=cast.alice)
    tell(cast, words="First.")
    tell(cast, words="Second.", now=TUESDAY + timedelta(hours=1))
    due = datetime(2026, 4, sent_on, 6, tzinfo=UTC)  # seven in the morning, British Summer Time
    assert send_due_notices(now=due - timedelta(minutes=1)) == 0
    assert [send_due_notices(now=due), send_due_notices(now=due)] == [1, 0]
    [letter] = mail.outbox
    assert letter.subject == "2 things happened at Makegood"
    assert letter.body.index("First.") < letter.body.index("Second.")


def test_whoever_wishes_no_letters_sees_it_on_the_page(cast: Cast) -> None:
    choose_notices(HowOften.NEVER, by=cast.alice)
    tell(cast)
    assert send_due_notices(now=TUESDAY + timedelta(days=30)) == 0
    assert mail.outbox == []
    assert told(cast.alice) == ["Erin did something."]


def test_a_change_of_mind_sends_nothing_that_waited(cast: Cast) -> None:
    choose_notices(HowOften.WEEKLY, by=cast.alice)
    tell(cast)
    choose_notices(HowOften.DAILY, by=cast.alice)
    assert send_due_notices(now=TUESDAY + timedelta(days=9)) == 0


def test_whoever_left_is_written_to_no_more(cast: Cast) -> None:
    held = join(cast.provider, person=cast.bob, role=Role.EDITOR, by=cast.alice)
    choose_notices(HowOften.DAILY, by=cast.bob)
    tell(cast)
    end_membership(Membership.objects.get(pk=held.pk), by=cast.bob)
    mail.outbox.clear()
    assert send_due_notices(now=TUESDAY + timedelta(days=2)) == 0
    assert mail.outbox == []


def test_a_proposal_and_the_decision_are_told(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    submit_proposal(promise.proposal, by=cast.alice)
    assert told(cast.erin) == [f"Moor View Care proposes “{promise.proposal.title}”. You decide."]
    approved = Outcome.APPROVED
    decide_proposal(promise.proposal, outcome=approved, reasons="It is the best.", by=cast.erin)
    assert told(cast.alice)[0] == f"Valley Council decided on “{promise.proposal.title}”: approved."


def test_signatures_are_told_to_whoever_is_next(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    Notice.objects.all().delete()
    sign_contract(contract, side=Side.PROVIDER, by=cast.alice)
    title = contract.proposal.title
    assert told(cast.erin) == [f"Moor View Care signed “{title}”. It waits for your signature."]
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    for person in (cast.alice, cast.dana):
        assert told(person) == [f"“{title}” is signed by both sides. It is in force."]


def test_findings_replies_and_publication_are_told(cast: Cast) -> None:
    finding = loop.a_sent_finding(cast)
    assert "sent a finding" in told(cast.alice)[0]
    reply_to_finding(finding, words="Thank you.", by=cast.alice)
    assert "replied to the finding" in told(cast.dana)[0]
    publish_finding(finding, by=cast.dana)
    for person in (cast.alice, cast.erin):
        assert told(person)[0].endswith("is published.")


def test_the_page_shows_and_takes_the_choice(cast: Cast) -> None:
    tell(cast)
    client = Client()
    sign_in(client, cast.alice)
    address = reverse("notices")
    page = client.get(address).content.decode()
    assert "Erin did something." in page
    assert client.post(address, {"how_often": "hourly"}).status_code == 200
    client.post(address, {"how_often": "weekly"})
    assert Person.objects.get(pk=cast.alice.pk).notices_come == HowOften.WEEKLY
    bob = Client()
    sign_in(bob, cast.bob)
    assert "Nothing yet" in bob.get(address).content.decode()
