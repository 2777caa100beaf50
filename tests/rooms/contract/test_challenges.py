"""What is told of a decision, to whom, and what becomes of challenges to it."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import close_need
from makegood.articulate.models import Need
from makegood.contract.actions import (
    Told,
    answer_challenge,
    challenge_decision,
    decide_need,
    intend_decision,
    keep_scores,
    send_scores,
)
from makegood.contract.models import Challenge, Decision, Feedback, IntendedDecision, Standstill
from makegood.contract.queries import what_is_intended
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.people.actions import register_organisation
from makegood.people.models import Notice, Person, Reading
from makegood.people.states import Kind
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.deciding import (
    CHOSEN,
    NOT_CHOSEN,
    a_challenge,
    a_contest,
    a_decided_contest,
    a_panel,
    a_scored_contest,
    an_intended_contest,
    marks,
    proposed,
)
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

FRIDAY = datetime(2026, 12, 18, 10, tzinfo=UTC)


def page(name: str, *args: object, person: Person) -> str:
    client = Client()
    sign_in(client, person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def test_choosing_one_keeps_what_was_written_for_not_choosing_it(cast: Cast) -> None:
    contest = an_intended_contest(cast)
    at, code = contest.need.reference, contest.other.code
    client = Client()
    sign_in(client, cast.erin)
    form = reverse("intend_decision", args=[at, code])
    chosen = {**client.get(form).context["form"].initial, "outcome": "approved"}
    assert client.post(form, chosen).status_code == 302
    held = IntendedDecision.objects.get(proposal=contest.other)
    assert (held.outcome, held.strengths) == (Outcome.APPROVED, NOT_CHOSEN.strengths)
    before = page("decide_need", at, person=cast.erin)
    assert NOT_CHOSEN.better not in before
    assert "is kept, and told to nobody" in before
    assert all(each.is_ready for each in what_is_intended(contest.need))
    decide_need(contest.need, by=cast.erin)
    assert not Feedback.objects.exists()
    assert NOT_CHOSEN.better not in page("proposal", code, person=cast.charlie)
    verify()


def test_choosing_another_brings_what_was_written_back(cast: Cast) -> None:
    contest = an_intended_contest(cast)
    for outcome in (Outcome.APPROVED, Outcome.DECLINED):
        held = IntendedDecision.objects.get(proposal=contest.other)
        told = Told(outcome=outcome, reasons="So", strengths=held.strengths, better=held.better)
        intend_decision(contest.other, told=told, by=cast.erin)
    assert NOT_CHOSEN.better in page("decide_need", contest.need.reference, person=cast.erin)


def test_chosen_by_criteria_is_told_no_criterion(cast: Cast) -> None:
    contest = a_panel(cast).contest
    said = [(each.name, "Less") for each in contest.need.criteria.all()]
    for proposal in contest.proposals:
        told = Told(outcome=Outcome.APPROVED, reasons="Both", by_criterion=said)
        intend_decision(proposal, told=told, by=cast.erin)
    assert all(each.is_kept_back for each in what_is_intended(contest.need))
    decide_need(contest.need, by=cast.erin)
    assert Decision.objects.count() == 2
    assert not Feedback.objects.exists()


def test_who_sent_scores_finds_back_to_them(cast: Cast) -> None:
    seats = a_scored_contest(cast)
    need, frank = seats.contest.need, seats.second
    panel = reverse("panel", args=[need.reference])
    assert f"Score the proposals for “{need.title}”" in page("desk", person=frank)
    send_scores(need, by=frank)
    desk = page("desk", person=frank)
    assert f"Score the proposals for “{need.title}”" not in desk
    assert panel in desk
    assert "1 of the panel still scores" in desk
    assert "1 of the panel still scores" in page("panel", need.reference, person=frank)
    on_need = page("need", need.reference, person=frank)
    assert panel in on_need
    assert "You sent your scores on" in on_need
    assert reverse("scores", args=[need.reference]) in page("panel", need.reference, person=frank)
    send_scores(need, by=seats.first)
    for shown in (page("desk", person=frank), page("panel", need.reference, person=frank)):
        assert "still score" not in shown
        assert f"{need.commissioner} decides" in shown


def test_the_way_to_the_panel_is_for_those_on_it(cast: Cast) -> None:
    seats = a_panel(cast)
    need = seats.contest.need
    panel = reverse("panel", args=[need.reference])
    for proposal in seats.contest.proposals:
        keep_scores(proposal, marks=marks(need), by=seats.second)
    assert "Your scores are not sent yet" in page("need", need.reference, person=seats.second)
    for person in (cast.erin, cast.grace):
        assert panel in page("need", need.reference, person=person)
    for person in (cast.alice, cast.charlie, cast.dana):
        assert panel not in page("need", need.reference, person=person)


def test_auditors_read_all_that_was_told_and_it_is_noted(cast: Cast) -> None:
    challenge = a_challenge(cast)
    proposal, need = challenge.decision.proposal, challenge.standstill.need
    answer_challenge(challenge, answer="It was weighed", is_upheld=False, by=cast.erin)
    shown = page("proposal", proposal.code, person=cast.grace)
    for words in (NOT_CHOSEN.better, NOT_CHOSEN.strengths, challenge.words, "It was weighed"):
        assert words in shown
    address = reverse("challenge", args=[need.reference, challenge.public_id])
    assert address in page("need", need.reference, person=cast.grace)
    read = page("challenge", need.reference, challenge.public_id, person=cast.grace)
    assert "the decision stands" in read
    assert "It was weighed" in read
    assert "Answer this challenge" not in read
    assert Reading.objects.filter(person=cast.grace, path=address).exists()


def test_the_page_of_a_challenge_leads_who_may_to_its_answer(cast: Cast) -> None:
    challenge = a_challenge(cast)
    at = (challenge.standstill.need.reference, challenge.public_id)
    form = reverse("answer_challenge", args=at)
    assert form in page("challenge", *at, person=cast.erin)
    assert form not in page("challenge", *at, person=cast.charlie)
    answer_challenge(challenge, answer="It was weighed", is_upheld=False, by=cast.erin)
    client = Client()
    sign_in(client, cast.erin)
    assert client.get(form).url == reverse("challenge", args=at)  # type: ignore[attr-defined]
    assert form not in page("challenge", *at, person=cast.erin)


def two_challenges(cast: Cast) -> tuple[Challenge, Challenge]:
    """Return what Charlie and Pat, of a third provider, say against the same decision."""
    contest = a_contest(cast, is_closed=False)
    pat = newcomer("pat")
    third = register_organisation(name="The Third", kind=Kind.PROVIDER, by=pat)
    last = proposed(contest.need, title="Care by The Third", provider=third, by=pat)
    close_need(contest.need, by=cast.erin)
    intend_decision(contest.best, told=CHOSEN, by=cast.erin)
    for proposal in (contest.other, last):
        intend_decision(proposal, told=NOT_CHOSEN, by=cast.erin)
    decide_need(Need.objects.get(pk=contest.need.pk), by=cast.erin, now=FRIDAY)
    later = FRIDAY + timedelta(hours=1)
    return (
        challenge_decision(contest.other, words="No figures", by=cast.charlie, now=later),
        challenge_decision(last, words="Not weighed", by=pat, now=later),
    )


def test_one_that_is_upheld_ends_the_others_with_it(cast: Cast) -> None:
    first, second = two_challenges(cast)
    need, pat = first.standstill.need, second.raised_by
    form = page("answer_challenge", need.reference, first.public_id, person=cast.erin)
    assert "Another challenge waits for this decision" in form
    now = FRIDAY + timedelta(days=1)
    answer_challenge(first, answer="You are right", is_upheld=True, by=cast.erin, now=now)
    standstill = Standstill.objects.get()
    assert (standstill.is_set_aside, standstill.ended_at) == (True, now)
    first, second = Challenge.objects.order_by("pk")
    assert (first.outcome, first.fell_away) == ("the challenge is upheld", False)
    assert (second.is_upheld, second.answered_at, second.answered_by) == (False, now, cast.erin)
    assert second.outcome == "the challenge falls away with the decision"
    told = Notice.objects.filter(person=pat).values_list("words", flat=True)
    assert any("falls away: another was upheld" in words for words in told)
    assert "Waits for an answer" not in page("proposal", second.decision.proposal.code, person=pat)
    with refused("CON-44"):
        answer_challenge(second, answer="Late", is_upheld=False, by=cast.erin, now=now)
    verify()


def test_one_that_was_answered_before_keeps_its_answer(cast: Cast) -> None:
    first, second = two_challenges(cast)
    now = FRIDAY + timedelta(days=1)
    answer_challenge(first, answer="It was weighed", is_upheld=False, by=cast.erin, now=now)
    assert not Standstill.objects.get().ended_at
    then = now + timedelta(hours=1)
    answer_challenge(second, answer="You are right", is_upheld=True, by=cast.erin, now=then)
    first, second = Challenge.objects.order_by("pk")
    assert (first.answer, first.outcome) == ("It was weighed", "the decision stands")
    assert Standstill.objects.get().is_set_aside


def test_the_desk_says_until_when_a_decision_can_be_challenged(cast: Cast) -> None:
    contest = a_decided_contest(cast)
    standstill = Standstill.objects.get()
    last = f"{standstill.last_on:%-d %B %Y}"
    may = f"You can challenge the decision until {last}"
    assert may in page("desk", person=cast.charlie)
    assert may not in page("desk", person=cast.alice)
    challenge_decision(contest.other, words="No", by=cast.charlie)
    assert may not in page("desk", person=cast.charlie)
    erin = page("desk", person=cast.erin)
    assert "Answer the challenge to your decision" in erin
    assert f"Stands still until {last}" in erin
