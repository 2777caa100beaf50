"""Nobody but its writers learns of a draft: not its title, nor that it is there, on any page."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import write_part
from makegood.articulate.models import Clarification, Proposal
from makegood.articulate.states import ProposalPart
from makegood.kernel.ledger.models import Entry
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_clarification, a_file, fill
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
INSIDE, RIVALS = ("alice", "bob"), ("charlie", "dana", "erin", "frank", "grace")
OF_IT = (
    *("proposal", "proposal_versions", "print_proposal", "proposal_as_word", "submit_proposal"),
    *("withdraw_proposal", "revise_proposal", "write_motives", "write_costs", "write_governance"),
    *("write_staff", "write_users", "write_risks", "weigh_options", "choose_criteria"),
    *("attachments", "proposal_writers", "add_promise", "ask_clarification"),
)
ABROAD = (
    *(
        "home",
        "needs",
        "needs_table",
        "promises",
        "contracts",
        "organisations",
        "desk",
        "proposals",
    ),
    *("proposals_table", "ledger", "measures", "programmes", "notices"),
)
TOKEN = re.compile(r'value="\w{64}"')
"""What differs each time a page is asked for."""
SECRETS = ("Care by people you know", "Our answer to liable", "Two of us a shift")


@pytest.fixture
def draft(cast: Cast) -> Proposal:
    made = fill(loop.a_draft_promise(cast).proposal, by=cast.alice)
    a_file(made, by=cast.alice)
    return made


def asked(person: Person | None, path: str) -> tuple[int, str]:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(path)
    kind = answer.get("Content-Type", "")
    said = html.unescape(answer.content.decode()) if kind.startswith("text/") else ""
    return answer.status_code, TOKEN.sub("", said)


@pytest.mark.parametrize("name", OF_IT)
def test_a_rival_is_told_what_they_would_be_told_of_nothing(
    name: str, cast: Cast, draft: Proposal
) -> None:
    path, nothing = (reverse(name, args=[code]) for code in (draft.code, "ZZZZ"))
    for who in RIVALS:
        person = getattr(cast, who)
        (status, said), (_, of_nothing) = asked(person, path), asked(person, nothing)
        assert status == 404, who
        assert said.replace(draft.code, "ZZZZ") == of_nothing, who
        assert not any(secret in said for secret in SECRETS), who
    status, said = asked(None, path)
    assert status in {302, 404}
    assert not any(secret in said for secret in SECRETS)


def test_its_files_are_not_given_to_a_rival(cast: Cast, draft: Proposal) -> None:
    held = draft.attachments.get()
    path = reverse("attachment", args=[draft.code, held.public_id])
    assert [asked(getattr(cast, who), path)[0] for who in RIVALS] == [404] * len(RIVALS)
    assert [asked(getattr(cast, who), path)[0] for who in INSIDE] == [200] * len(INSIDE)


@pytest.mark.parametrize("name", ABROAD)
def test_no_list_table_or_record_tells_a_rival_of_it(
    name: str, cast: Cast, draft: Proposal
) -> None:
    for person in (None, *(getattr(cast, who) for who in RIVALS)):
        _, said = asked(person, reverse(name))
        told = [secret for secret in (*SECRETS, f"R-{draft.code}") if secret in said]
        assert told == [], person


def test_the_page_of_its_need_and_provider_tell_nothing(cast: Cast, draft: Proposal) -> None:
    pages = (
        reverse("need", args=[draft.need.reference]),
        reverse("need_form", args=[draft.need.reference]),
        reverse("organisation", args=[draft.provider.slug]),
        reverse("programme", args=[draft.need.programme.slug]),
        *(reverse("entry", args=[e.stream, e.seq]) for e in Entry.objects.order_by("-pk")[:4]),
    )
    for path in pages:
        for person in (None, cast.charlie, cast.erin):
            _, said = asked(person, path)
            assert not any(secret in said for secret in SECRETS), (path, person)


def test_what_is_asked_and_drafted_about_it_stays_between_the_two(cast: Cast) -> None:
    sent = a_clarification(cast)
    Clarification.objects.update(answer="A draft of an answer")
    for name in ("proposal", "proposal_versions"):
        path = reverse(name, args=[sent.proposal.code])
        assert asked(cast.charlie, path)[0] == 404
        assert "A draft of an answer" not in asked(cast.erin, path)[1]


def test_a_part_is_not_written_through_anothers_proposal(cast: Cast, draft: Proposal) -> None:
    client = Client()
    client.force_login(cast.charlie)
    path = reverse("write_risks", args=[draft.code])
    assert client.post(path, {"what-1": "Ours"}).status_code == 404
    with refused("ART-41"):
        write_part(
            draft,
            part=ProposalPart.RISKS,
            piece={"answers": {}, "rows": []},
            is_done=True,
            by=cast.alice,
        )
