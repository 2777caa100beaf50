"""Several proposals are decided together; what is chosen stands still, can be challenged, then is public."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Need, Promise, Proposal
from makegood.articulate.queries import promises_visible_to, proposals_visible_to
from makegood.articulate.states import ProposalState
from makegood.contract.actions import (
    Told,
    answer_challenge,
    challenge_decision,
    decide_need,
    decide_proposal,
    draft_contract,
    end_due_standstills,
    end_standstill,
    intend_decision,
)
from makegood.contract.models import Contract, Decision, Feedback, IntendedDecision, Standstill
from makegood.contract.queries import (
    Share,
    contracting_gap,
    intentions_digest,
    proposals_awaiting_contract,
    share_of,
    what_is_intended,
)
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice, Person
from tests.factories.cast import Cast
from tests.factories.deciding import (
    NOT_CHOSEN,
    Contest,
    a_challenge,
    a_contest,
    a_decided_contest,
    an_intended_contest,
)
from tests.factories.loop import a_submitted_proposal
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

FRIDAY = datetime(2026, 12, 18, 10, tzinfo=UTC)
"""The eighth working day from here is 31 December: Christmas and Boxing Day fall between."""


def page(name: str, *args: object, person: Person | None = None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def told(outcome: Outcome = Outcome.DECLINED, **said: str) -> Told:
    return Told(outcome=outcome, reasons="It fits less well", **said)


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def test_nobody_is_told_before_every_proposal_has_its_decision(cast: Cast) -> None:
    contest = a_contest(cast)
    with refused("CON-40"):
        decide_need(contest.need, by=cast.erin)
    intend_decision(contest.best, told=told(Outcome.APPROVED), by=cast.erin)
    with refused("CON-40"):
        decide_need(contest.need, by=cast.erin)
    intend_decision(contest.other, told=told(), by=cast.erin)
    with refused("CON-38"):
        decide_need(contest.need, by=cast.erin)
    intend_decision(contest.other, told=NOT_CHOSEN, by=cast.erin)
    assert not Decision.objects.exists()
    assert len(decide_need(contest.need, by=cast.erin)) == 2
    assert {each.decided_at for each in Decision.objects.all()} == {
        Decision.objects.first().decided_at  # type: ignore[union-attr]
    }
    assert Feedback.objects.get().decision.proposal == contest.other
    verify()


def test_a_need_that_takes_proposals_is_not_decided(cast: Cast) -> None:
    contest = an_intended_contest(cast, is_closed=False)
    with refused("CON-36"):
        decide_need(contest.need, by=cast.erin)


def test_what_competed_is_not_decided_alone(cast: Cast) -> None:
    contest = a_contest(cast)
    alone = {"outcome": Outcome.APPROVED, "reasons": "Good", "by": cast.erin}
    with refused("CON-36"):
        decide_proposal(contest.best, **alone)
    client = Client()
    client.force_login(cast.erin)
    answer = client.get(reverse("decide_proposal", args=[contest.best.code]))
    assert answer.url == reverse("decide_need", args=[contest.need.reference])  # type: ignore[attr-defined]


def test_one_confirms_what_one_has_read(cast: Cast) -> None:
    contest = an_intended_contest(cast)
    read = intentions_digest(what_is_intended(contest.need))
    intend_decision(contest.best, told=NOT_CHOSEN, by=cast.erin)
    with refused("CON-39"):
        decide_need(contest.need, read_as=read, by=cast.erin)


def test_only_who_writes_for_the_commissioner_decides_and_answers(cast: Cast) -> None:
    contest = an_intended_contest(cast)
    for person in (cast.alice, cast.frank, cast.grace, cast.dana):
        with pytest.raises(NotPermitted):
            decide_need(contest.need, by=person)
        with pytest.raises(NotPermitted):
            intend_decision(contest.best, told=NOT_CHOSEN, by=person)


def test_what_is_chosen_waits_out_the_standstill_everywhere(cast: Cast) -> None:
    contest = a_decided_contest(cast, now=FRIDAY)
    best = contest.best
    promise = Promise.objects.get(proposal=best)
    standstill = Standstill.objects.get()
    assert f"{standstill.last_on:%d %m %Y}" == "31 12 2026"
    assert state_of(best) == ProposalState.STANDSTILL
    assert state_of(contest.other) == ProposalState.DECLINED
    for stranger in (None, cast.charlie, cast.frank):
        assert best not in proposals_visible_to(stranger)
        assert promise not in promises_visible_to(stranger)
    assert share_of(promise, now=FRIDAY) is None
    assert not any(tally.count for tally in contracting_gap(now=FRIDAY).values())
    for reader in (cast.alice, cast.bob, cast.erin, cast.grace):
        assert best in proposals_visible_to(reader)
    with refused("CON-41"):
        _draft(contest, cast=cast)
    assert end_due_standstills(now=standstill.ends_at - timedelta(seconds=1)) == 0
    assert end_due_standstills(now=standstill.ends_at) == 1
    assert end_due_standstills(now=standstill.ends_at) == 0
    assert state_of(best) == ProposalState.APPROVED
    assert promise in promises_visible_to(None)
    assert share_of(promise, now=standstill.ends_at) == Share.OPEN
    assert _draft(contest, cast=cast)
    verify()


def _draft(contest: Contest, *, cast: Cast) -> Contract:
    best = Proposal.objects.get(pk=contest.best.pk)
    days = {"starts_on": FRIDAY.date(), "ends_on": FRIDAY.date() + timedelta(days=365)}
    return draft_contract(best, assessor=cast.assessors, **days, by=cast.erin)


def test_no_wait_is_allowed_and_then_it_is_public_at_once(cast: Cast) -> None:
    for days in (None, 0):
        contest = a_decided_contest(cast, days=days)
        assert state_of(contest.best) == ProposalState.APPROVED
    assert not Standstill.objects.exists()


def test_a_proposal_alone_is_decided_in_one_act_and_stands_still_too(cast: Cast) -> None:
    proposal = a_submitted_proposal(cast)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    assert state_of(proposal) == ProposalState.APPROVED
    other = a_contest(cast, proposals=1)
    decide_proposal(other.best, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    assert state_of(other.best) == ProposalState.STANDSTILL


def test_a_challenge_keeps_the_standstill_until_it_is_answered(cast: Cast) -> None:
    challenge = a_challenge(cast, now=FRIDAY)
    standstill = challenge.standstill
    late = standstill.ends_at + timedelta(days=9)
    assert end_due_standstills(now=late) == 0
    with refused("CON-42"):
        end_standstill(standstill, now=late)
    with refused("CON-44"):
        answer_challenge(challenge, answer=" ", is_upheld=False, by=cast.erin)
    answer_challenge(challenge, answer="It was weighed", is_upheld=False, by=cast.erin, now=late)
    again = {"answer": "No", "is_upheld": True, "by": cast.erin}
    with refused("CON-44"):
        answer_challenge(challenge, **again)
    assert end_due_standstills(now=late) == 1
    verify()


def test_a_challenge_that_is_right_sets_the_decision_aside(cast: Cast) -> None:
    challenge = a_challenge(cast, now=FRIDAY)
    answer_challenge(
        challenge, answer="You are right", is_upheld=True, by=cast.erin, now=FRIDAY + timedelta(1)
    )
    standstill = Standstill.objects.get()
    assert standstill.is_set_aside
    assert standstill.ended_at
    assert not Proposal.objects.exclude(state=ProposalState.DECLINED).exists()
    chosen = Decision.objects.get(outcome=Outcome.APPROVED).proposal
    assert chosen not in proposals_visible_to(None)
    assert "was set aside" in page("proposal", chosen.code, person=cast.alice)
    verify()


def test_nobody_challenges_what_is_not_decided_yet(cast: Cast) -> None:
    contest = a_contest(cast)
    with refused("CON-43"):
        challenge_decision(contest.other, words="No", by=cast.charlie)
    client = Client()
    client.force_login(cast.charlie)
    path = reverse("challenge_decision", args=[contest.other.code])
    answer = client.post(path, {"words": "No"})
    assert "Nothing is decided yet" in answer.content.decode()


def test_only_who_was_not_chosen_challenges_in_time_and_once(cast: Cast) -> None:
    contest = a_decided_contest(cast, now=FRIDAY)
    best, other = contest.best, contest.other
    with refused("CON-43"):
        challenge_decision(best, words="No", by=cast.alice)
    for person in (cast.alice, cast.erin, cast.grace):
        with pytest.raises(NotPermitted):
            challenge_decision(other, words="No", by=person)
    challenge_decision(other, words="No", by=cast.charlie, now=FRIDAY + timedelta(hours=1))
    with refused("CON-43"):
        challenge_decision(other, words="No", by=cast.charlie)
    later = a_decided_contest(cast, now=FRIDAY)
    end_due_standstills(now=FRIDAY + timedelta(days=30))
    with refused("CON-43"):
        challenge_decision(later.other, words="No", by=cast.charlie)


def test_the_time_to_challenge_is_over_on_the_clock(cast: Cast) -> None:
    """Whether or not anything has ended the standstill since."""
    other = a_decided_contest(cast, now=FRIDAY).other
    ends_at = Standstill.objects.get().ends_at
    with refused("CON-43", saying="is over"):
        challenge_decision(other, words="No", by=cast.charlie, now=ends_at)
    assert Standstill.objects.get().ended_at is None
    challenge_decision(other, words="No", by=cast.charlie, now=ends_at - timedelta(seconds=1))


def test_what_stood_still_counts_as_never_signed_from_its_end_on(cast: Cast) -> None:
    contest = a_decided_contest(cast, now=FRIDAY)
    ended = FRIDAY + timedelta(days=30)
    end_due_standstills(now=ended)
    promise = contest.best.promises.first()
    assert promise
    for days, share in ((61, Share.OPEN), (89, Share.OPEN), (91, Share.NEVER_CONTRACTED)):
        now = ended + timedelta(days=days)
        assert share_of(promise, now=now) == share
        waits = proposals_awaiting_contract(cast.commissioner, now=now)
        assert (contest.best in waits) == (share == Share.OPEN)


def test_what_one_is_told_besides_is_for_the_two_and_auditors_alone(cast: Cast) -> None:
    contest = a_decided_contest(cast)
    for reader in (cast.charlie, cast.erin, cast.grace):
        assert NOT_CHOSEN.better in page("proposal", contest.other.code, person=reader)
    client = Client()
    client.force_login(cast.alice)
    assert client.get(reverse("proposal", args=[contest.other.code])).status_code == 404


def test_all_are_told_in_the_same_moment(cast: Cast) -> None:
    a_decided_contest(cast, now=FRIDAY)
    told_to = Notice.objects.filter(words__contains="decided on")
    assert {each.person for each in told_to} == {cast.alice, cast.charlie}
    assert "stands still until 31 December 2026" in told_to.first().words  # type: ignore[union-attr]


def test_what_was_decided_is_not_meant_otherwise_afterwards(cast: Cast) -> None:
    contest = a_decided_contest(cast)
    with pytest.raises(WrongState):
        intend_decision(contest.best, told=NOT_CHOSEN, by=cast.erin)
    with pytest.raises(DatabaseError, match="CON-06"), transaction.atomic():
        IntendedDecision.objects.update(reasons="Something else")


@pytest.mark.parametrize("state", [ProposalState.APPROVED, ProposalState.DECLINED])
def test_the_database_keeps_what_stands_still(state: ProposalState, cast: Cast) -> None:
    contest = a_decided_contest(cast)
    held = Proposal.objects.filter(pk=contest.best.pk)
    with pytest.raises(DatabaseError, match="CON-41"), transaction.atomic():
        held.update(state=state)
    with pytest.raises(DatabaseError, match="CON-41"), transaction.atomic():
        held.update(state=ProposalState.PROPOSED)
    with pytest.raises(DatabaseError, match="CON-41"), transaction.atomic():
        Contract.objects.create(
            reference="C-9",
            proposal=contest.best,
            assessor=cast.assessors,
            starts_on=FRIDAY.date(),
            ends_on=FRIDAY.date() + timedelta(days=1),
            drafted_by=cast.erin,
            drafted_at=timezone.now(),
        )


def test_the_database_lets_no_standstill_end_early_or_over_a_challenge(cast: Cast) -> None:
    challenge = a_challenge(cast, now=FRIDAY)
    standstills = Standstill.objects.filter(pk=challenge.standstill_id)
    late = challenge.standstill.ends_at + timedelta(days=1)
    for changes in (
        {"ended_at": FRIDAY + timedelta(hours=1)},
        {"ended_at": late},
        {"ends_at": FRIDAY + timedelta(hours=1)},
        {"days": 1},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            standstills.update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        standstills.delete()


def test_one_that_wants_a_wait_is_not_approved_behind_its_back(cast: Cast) -> None:
    contest = a_contest(cast)
    with pytest.raises(DatabaseError, match="CON-41"), transaction.atomic():
        Proposal.objects.filter(pk=contest.best.pk).update(state=ProposalState.APPROVED)


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 provider is told"), (2, "2 providers are told")]
)
def test_who_decided_reads_how_many_are_told(cast: Cast, count: int, told: str) -> None:
    contest = a_contest(cast, proposals=count)
    for proposal in contest.proposals:
        intend_decision(proposal, told=NOT_CHOSEN, by=cast.erin)
    client = Client()
    sign_in(client, cast.erin)
    address = reverse("decide_need", args=[contest.need.reference])
    read = client.get(address).context["read_as"]
    answer = client.post(address, {"agrees": "on", "read_as": read}, follow=True)
    assert f"Decided. {told}." in answer.content.decode()


def test_the_pages_lead_from_the_need_to_the_decision_and_its_challenge(cast: Cast) -> None:
    contest = an_intended_contest(cast)
    at = contest.need.reference
    assert reverse("decide_need", args=[at]) in page("need", at, person=cast.erin)
    assert reverse("decide_need", args=[at]) not in page("need", at, person=cast.alice)
    client = Client()
    sign_in(client, cast.erin)
    address = reverse("decide_need", args=[at])
    read = client.get(address).context["read_as"]
    assert client.post(address, {"agrees": "on", "read_as": "0" * 64}).status_code == 200
    assert client.post(address, {"agrees": "on", "read_as": read}).status_code == 302
    assert "Stands still" in page("need", at)
    charlie = page("proposal", contest.other.code, person=cast.charlie)
    assert reverse("challenge_decision", args=[contest.other.code]) in charlie
    sign_in(client, cast.charlie)
    client.post(reverse("challenge_decision", args=[contest.other.code]), {"words": "It is wrong"})
    raised = Need.objects.get(reference=at).standstills.get().challenges.get()
    answer = reverse("answer_challenge", args=[at, raised.public_id])
    assert answer in page("need", at, person=cast.erin)
    sign_in(client, cast.erin)
    client.post(answer, {"is_upheld": "no", "answer": "It was weighed as the need says"})
    assert "the decision stands" in page("proposal", contest.other.code, person=cast.charlie)
