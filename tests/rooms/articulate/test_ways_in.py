"""What stands on a need and on a draft for whoever would go on: the way, or why there is none."""

from __future__ import annotations

import html
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import close_need, revise_proposal
from makegood.articulate.forms import NeedForm, ProposalForm
from makegood.articulate.models import Need, Programme, Promise, Proposal
from makegood.articulate.states import PartStanding, ProposalPart
from makegood.articulate.views.task_list import lacking
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.deciding import a_contest

pytestmark = pytest.mark.django_db


def page(name: str, *place: object, who: Person | None = None) -> str:
    client = Client()
    if who:
        client.force_login(who)
    return html.unescape(client.get(reverse(name, args=place)).content.decode())


def test_an_open_need_says_how_to_propose_or_why_one_cannot(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    path = reverse("need", args=[need.reference])
    assert f"next={path}" in page("need", need.reference)
    assert "Sign in to ask or propose" in page("need", need.reference)
    assert page("need", need.reference, who=cast.alice).count("Make a proposal") == 2
    Organisation.objects.filter(pk=cast.provider.pk).update(
        closed_on=timezone.localdate(), closing_reason="We stopped"
    )
    alice = page("need", need.reference, who=cast.alice)
    assert f"{cast.provider} has closed, and cannot propose." in alice
    assert "Make a proposal" not in alice
    close_need(need, by=cast.erin)
    for who in (None, cast.alice):
        shown = page("need", need.reference, who=who)
        assert "Sign in to ask" not in shown
        assert "cannot propose" not in shown


def test_a_closed_need_has_no_empty_heading(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    assert "What you can do" in page("need", need.reference, who=cast.erin)
    close_need(need, by=cast.erin)
    assert "What you can do" not in page("need", need.reference, who=cast.erin)


def test_what_cannot_be_compared_is_not_offered_to_be(cast: Cast) -> None:
    need = a_contest(cast).need
    offers = {who: "side by side" in page("need", need.reference, who=who) for who in (cast.erin,)}
    offers[cast.alice] = "side by side" in page("need", need.reference, who=cast.alice)
    assert offers == {cast.erin: True, cast.alice: False}


def test_where_there_is_one_answer_it_is_chosen(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    providers = Organisation.objects.filter(pk=cast.provider.pk)
    assert f'value="{cast.provider.slug}" selected' in str(ProposalForm(providers=providers))
    several = Organisation.objects.filter(kind=Kind.PROVIDER)
    assert several.count() > 1
    assert "value" in str(ProposalForm(providers=several))
    assert ProposalForm(providers=several)["provider"].value() is None
    form = NeedForm(
        programmes=Programme.objects.filter(pk=need.programme_id),
        commissioners=Organisation.objects.filter(pk=cast.commissioner.pk),
    )
    assert f'value="{need.programme.slug}" selected' in str(form)


def test_all_faults_of_a_need_are_said_at_once(cast: Cast) -> None:
    form = NeedForm(
        {"cost_low": "10", "is_by_invitation": "on", "title": ""},
        programmes=Programme.objects.all(),
        commissioners=Organisation.objects.all(),
    )
    assert {"title", "cost_low", "invitation_reason"} <= {*form.errors}
    assert not Need.objects.exists()


def test_a_draft_says_what_it_lacks_and_how_it_is_sent(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    whole = page("proposal", draft.code, who=cast.alice)
    assert "Check and submit" in whole
    assert "Before it can be sent" not in whole
    revise_proposal(draft, title=draft.title, summary="", by=cast.alice)
    Promise.objects.filter(proposal=draft).update(is_struck_out=True)
    bare = page("proposal", draft.code, who=cast.alice)
    assert "Before it can be sent: add a promise; say what you would do, and how." in bare
    assert reverse("submit_proposal", args=[draft.code]) in bare
    assert Proposal.objects.get(pk=draft.pk).state == "draft"


def test_a_part_half_done_is_named() -> None:
    half = SimpleNamespace(standing=PartStanding.BEGUN, about=SimpleNamespace(title="Costs"))
    done = SimpleNamespace(standing=PartStanding.DONE, about=SimpleNamespace(title="Risks"))
    parts = {ProposalPart.COSTS: half, ProposalPart.RISKS: done}
    said = lacking(summary="A team", parts=parts, promises=1)  # type: ignore[arg-type]
    assert said == ["finish “Costs”, or empty it"]
