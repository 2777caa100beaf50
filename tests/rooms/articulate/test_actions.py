"""Needs, proposals and promises: drafts change, what was submitted does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    revise_promise,
    start_programme,
    start_proposal,
    strike_out_promise,
    submit_proposal,
    withdraw_proposal,
)
from makegood.articulate.models import Promise, Proposal
from makegood.articulate.queries import needs_visible_to, promises_visible_to, proposals_visible_to
from makegood.articulate.states import HowKnown
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.queries import signed_in
from tests.factories.cast import Cast
from tests.factories.loop import (
    a_draft_promise,
    a_need,
    a_published_need,
    a_submitted_proposal,
    an_approved_promise,
)
from tests.rules.refusing import refused

STORY = PromiseTerms(
    for_whom="carers",
    what_changes="they sleep through",
    starts_on=date(2024, 4, 1),
    due_on=date(2025, 3, 31),
    why_believed="They told us",
    how_known=HowKnown.STORIES,
)


def test_added_value_is_over_the_alternative_never_over_zero(cast: Cast) -> None:
    promise = a_draft_promise(cast)
    assert promise.added == pytest.approx(0.7)
    promise.alternative = None
    assert promise.added == pytest.approx(0.5)


def test_worth_is_a_range_or_not_valued(cast: Cast) -> None:
    proposal = a_draft_promise(cast).proposal
    with refused("ART-04"):
        add_promise(proposal, terms=replace(STORY, worth_low=Decimal(5)), by=cast.alice)
    promise = add_promise(proposal, terms=STORY, by=cast.alice)
    assert promise.worth is None


def test_a_promise_is_made_once(cast: Cast) -> None:
    proposal = a_draft_promise(cast).proposal
    first = add_promise(proposal, terms=STORY, by=cast.alice)
    with refused("ART-08", saying="promise"):
        add_promise(proposal, terms=STORY, by=cast.alice)
    strike_out_promise(first, by=cast.alice)
    again = add_promise(proposal, terms=STORY, by=cast.alice)
    assert again.reference != first.reference


def test_a_submitted_promise_stays_as_it_was(cast: Cast) -> None:
    proposal = a_submitted_proposal(cast)
    promise = Promise.objects.get(proposal=proposal)
    for act in (
        lambda: add_promise(proposal, terms=STORY, by=cast.alice),
        lambda: revise_promise(promise, terms=STORY, by=cast.alice),
        lambda: strike_out_promise(promise, by=cast.alice),
    ):
        with refused("ART-05"):
            act()


def test_an_empty_proposal_is_not_submitted(cast: Cast) -> None:
    promise = a_draft_promise(cast)
    strike_out_promise(promise, by=cast.alice)
    with refused("ART-03"):
        submit_proposal(promise.proposal, by=cast.alice)


def test_a_draft_need_takes_no_proposals(cast: Cast) -> None:
    with refused("ART-06"):
        start_proposal(
            need=a_need(cast), provider=cast.provider, title="T", summary="s", by=cast.alice
        )


def test_a_commissioner_makes_no_proposal(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        start_proposal(
            need=a_published_need(cast),
            provider=cast.commissioner,
            title="T",
            summary="s",
            by=cast.erin,
        )


def test_who_sees_a_draft_a_proposal_and_an_approval(cast: Cast) -> None:
    promise = a_draft_promise(cast)
    proposal = Proposal.objects.filter(pk=promise.proposal_id)
    everyone = [None, cast.alice, cast.bob, cast.charlie, cast.erin, cast.grace]

    def seen() -> list[bool]:
        return [(proposals_visible_to(p) & proposal).exists() for p in everyone]

    assert seen() == [False, True, True, False, False, False]
    submit_proposal(promise.proposal, by=cast.alice)
    assert seen() == [False, True, True, False, True, True]


def test_an_approved_promise_is_public(cast: Cast) -> None:
    promise = an_approved_promise(cast)
    assert promise in promises_visible_to(signed_in(AnonymousUser()))


def test_a_withdrawn_proposal_is_its_providers_alone(cast: Cast) -> None:
    proposal = withdraw_proposal(a_submitted_proposal(cast), by=cast.alice)
    assert proposal not in proposals_visible_to(cast.erin)
    assert proposal in proposals_visible_to(cast.alice)
    with pytest.raises(WrongState):
        submit_proposal(proposal, by=cast.alice)
    assert verify().problems == []


def test_a_draft_need_is_its_commissioners_alone(cast: Cast) -> None:
    need = a_need(cast)
    assert need in needs_visible_to(cast.erin)
    assert need not in needs_visible_to(cast.alice)
    assert need not in needs_visible_to(None)


def test_a_promise_by_stories_alone_has_no_measure(cast: Cast) -> None:
    promise = a_draft_promise(cast)
    with refused("ART-01", saying="By both"):
        add_promise(promise.proposal, terms=replace(STORY, measure=promise.measure), by=cast.alice)


def test_a_stale_promise_brings_nothing_back(cast: Cast) -> None:
    stale = a_draft_promise(cast)
    strike_out_promise(Promise.objects.get(pk=stale.pk), by=cast.alice)
    assert not stale.is_struck_out
    for act in (
        lambda: revise_promise(stale, terms=STORY, by=cast.alice),
        lambda: strike_out_promise(stale, by=cast.alice),
    ):
        with refused("ART-09"):
            act()
    assert Promise.objects.get(pk=stale.pk).is_struck_out
    assert verify().problems == []


def test_a_code_that_is_taken_is_not_given_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_draft_promise(cast).proposal
    offered = iter([first.code, "FREE"])
    monkeypatch.setattr("makegood.articulate.actions.writing.new_code", lambda: next(offered))
    second = start_proposal(
        need=first.need, provider=cast.provider, title="Another", summary="s", by=cast.alice
    )
    assert second.code == "FREE"


def test_a_programme_is_started_once_by_a_support_unit(cast: Cast) -> None:
    made = start_programme(name="日本", summary="", run_by=cast.support_unit, by=cast.frank)
    assert made.slug == "programme"
    with refused("ART-08", saying="programme"):
        start_programme(name="日本", summary="", run_by=cast.support_unit, by=cast.frank)
    new = start_programme(name="New", summary="", run_by=cast.support_unit, by=cast.frank)
    assert new.slug.startswith("new-")
    with pytest.raises(NotPermitted):
        start_programme(name="Ours", summary="", run_by=cast.provider, by=cast.alice)
