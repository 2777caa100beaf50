"""A programme's aims, and what promises are tagged with: part of what was promised."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import (
    AimWords,
    PromiseTerms,
    add_promise,
    end_aim,
    revise_aim,
    revise_promise,
    start_programme,
    start_proposal,
    submit_proposal,
    write_aim,
)
from makegood.articulate.models import Aim, Promise, PromiseTag
from makegood.articulate.queries import tags_of
from makegood.articulate.states import HowKnown
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
STORY = PromiseTerms(
    for_whom="carers",
    what_changes="they sleep through",
    starts_on=loop.STARTS_ON,
    due_on=loop.DUE_ON,
    why_believed="They told us",
    how_known=HowKnown.STORIES,
)
WORDS = AimWords(
    name="Staff stay",
    purpose="They are ill less",
    objective="A workforce that lasts",
    objective_of="The department",
    objective_source="Its plan",
)


def a_tagged_promise(cast: Cast) -> tuple[Aim, Promise]:
    aim = loop.an_aim(cast)
    need = aim.programme.needs.get()
    proposal = start_proposal(
        need=need, provider=cast.provider, title="Ours", summary="A team", by=cast.alice
    )
    terms = replace(STORY, aims=(aim,), codes=("sdg/3", "ascof-2023/2"))
    return aim, add_promise(proposal, terms=terms, by=cast.alice)


def tagged(promise: Promise) -> list[str]:
    return [tag.aim.name if tag.aim else tag.code for tag in tags_of(promise)]


def page(name: str, *parts: object, query: str = "") -> str:
    return html.unescape(Client().get(reverse(name, args=parts) + query).content.decode())


def test_the_support_unit_writes_revises_and_ends_aims(cast: Cast) -> None:
    aim = loop.an_aim(cast)
    second = write_aim(aim.programme, words=WORDS, by=cast.frank)
    assert second.position == 2
    with refused("ART-08", saying="aim"):
        write_aim(aim.programme, words=WORDS, by=cast.frank)
    with refused("ART-31"):
        write_aim(aim.programme, words=replace(WORDS, name="N", objective=" "), by=cast.frank)
    revise_aim(second, words=replace(WORDS, name="Staff stay well"), by=cast.frank)
    assert "Staff stay well" in page("programme", aim.programme.slug)
    assert "No promise yet" in page("programme", aim.programme.slug)
    end_aim(second, reason="It is reached", by=cast.frank)
    assert "It is reached" in page("programme", aim.programme.slug)
    with refused("ART-33"):
        revise_aim(second, words=WORDS, by=cast.frank)
    for person in (cast.alice, cast.erin, cast.grace):
        with pytest.raises(NotPermitted):
            write_aim(aim.programme, words=replace(WORDS, name="Mine"), by=person)
    assert verify().problems == []


def test_tags_are_chosen_in_a_draft_and_each_change_is_in_the_ledger(cast: Cast) -> None:
    aim, promise = a_tagged_promise(cast)
    assert tagged(promise) == [aim.name, "ascof-2023/2", "sdg/3"]
    revise_promise(promise, terms=replace(STORY, codes=("sdg/3", "sdg/8")), by=cast.alice)
    assert tagged(promise) == ["sdg/3", "sdg/8"]
    revise_promise(promise, terms=replace(STORY, aims=(aim,)), by=cast.alice)
    assert tagged(promise) == [aim.name]
    acts = list(Entry.objects.filter(act__endswith="tag_promise").values_list("act", flat=True))
    assert acts.count("tag_promise") == 5
    assert acts.count("untag_promise") == 4
    assert verify().problems == []


def test_only_standing_aims_of_the_programme_and_known_codes_are_chosen(cast: Cast) -> None:
    aim, promise = a_tagged_promise(cast)
    other = start_programme(name="Other", summary="", run_by=cast.support_unit, by=cast.frank)
    elsewhere = write_aim(other, words=WORDS, by=cast.frank)
    with refused("ART-34", saying="Staff stay"):
        revise_promise(promise, terms=replace(STORY, aims=(elsewhere,)), by=cast.alice)
    with refused("ART-34", saying="sdg/99"):
        revise_promise(promise, terms=replace(STORY, codes=("sdg/99",)), by=cast.alice)
    end_aim(aim, reason="Reached", by=cast.frank)
    revise_promise(promise, terms=replace(STORY, aims=(aim,)), by=cast.alice)
    assert tagged(promise) == [aim.name]
    with refused("ART-34"):
        new = replace(STORY, what_changes="they rest", aims=(aim,))
        add_promise(promise.proposal, terms=new, by=cast.alice)


def test_tags_are_locked_with_the_promise(cast: Cast) -> None:
    aim, promise = a_tagged_promise(cast)
    submit_proposal(promise.proposal, by=cast.alice)
    with refused("ART-05"):
        revise_promise(promise, terms=STORY, by=cast.alice)
    with refused("ART-32"):
        revise_aim(aim, words=WORDS, by=cast.frank)
    tags = PromiseTag.objects.filter(promise=promise)
    for act in (
        lambda: tags.update(is_struck_out=True),
        lambda: tags._raw_delete("default"),
        lambda: PromiseTag.objects.create(promise=promise, code="sdg/1"),
        lambda: Aim.objects.filter(pk=aim.pk).update(name="Another"),
        lambda: Aim.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_public_finds_promises_by_aim_and_code(cast: Cast) -> None:
    aim, promise = a_tagged_promise(cast)
    assert "No promise yet" in page("programme", aim.programme.slug)
    sent = submit_proposal(promise.proposal, by=cast.alice)
    decide_proposal(sent, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    assert "1 promise" in page("programme", aim.programme.slug)
    thread = page("promise", promise.reference)
    assert aim.name in thread
    assert "3 Good health and well-being" in thread
    for query, is_there in (
        (f"?aim={aim.reference}", True),
        ("?code=sdg/3", True),
        (f"?aim={aim.reference}&code=sdg/3", True),
        ("?code=sdg/4", False),
        (f"?aim={aim.reference}&code=sdg/4", False),
    ):
        assert (promise.what_changes in page("promises", query=query)) == is_there, query
    assert "left out, for the answer is not in the list" in page("promises", query="?aim=odd")


def test_the_form_keeps_what_was_ticked(cast: Cast) -> None:
    aim, promise = a_tagged_promise(cast)
    client = Client()
    client.force_login(cast.alice)
    path = reverse("revise_promise", args=[promise.proposal.code, promise.position])
    shown = client.get(path).content.decode()
    for value in (aim.reference, "sdg/3", "ascof-2023/2"):
        assert f'value="{value}" checked' in shown, value
    assert 'value="sdg/4" checked' not in shown
    draft = client.get(reverse("submit_proposal", args=[promise.proposal.code])).content.decode()
    assert "3 Good health and well-being" in draft
    assert aim.name in draft
    failed = client.post(path, {"aims": [aim.reference], "sdg": ["sdg/4"]}).content.decode()
    assert f'value="{aim.reference}" checked' in failed
    assert 'value="sdg/4" checked' in failed
    assert 'value="sdg/3" checked' not in failed
