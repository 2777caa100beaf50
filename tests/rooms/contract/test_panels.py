"""A panel weighs proposals: interests first, alone, and seen to disagree; every changed score says why."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from makegood.articulate.models import Need
from makegood.articulate.queries import proposals_visible_to
from makegood.contract.actions import (
    CriterionSaid,
    Mark,
    Told,
    change_score,
    decide_need,
    declare_interest,
    intend_decision,
    keep_scores,
    name_panel_member,
    send_scores,
    set_criteria,
    take_off_panel,
)
from makegood.contract.models import Criterion, Feedback, Interest, InterestWords, Moderation, Score
from makegood.contract.permissions import can_decide_need, can_read_scores
from makegood.contract.queries import (
    criteria_of,
    needs_weighed_by,
    panel_of,
    people_who_may_sit,
    sheets_of,
)
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import erase_person
from makegood.people.models import Person
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.deciding import (
    CHOSEN,
    Contest,
    a_contest,
    a_panel,
    a_weighed_contest,
    marks,
)
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused


def criteria(*weights: int) -> list[CriterionSaid]:
    return [CriterionSaid(name=f"Way {w} {at}", weight=w) for at, w in enumerate(weights)]


def test_criteria_are_set_before_closing_shown_to_all_and_make_a_hundred(cast: Cast) -> None:
    contest = a_contest(cast, is_closed=False)
    with refused("CON-45"):
        set_criteria(contest.need, criteria=criteria(60, 60), by=cast.erin)
    set_criteria(contest.need, criteria=criteria(50, 50), by=cast.erin)
    set_criteria(contest.need, criteria=criteria(70, 30), by=cast.erin)
    assert [each.weight for each in criteria_of(contest.need)] == [70, 30]
    said = Client().get(reverse("need", args=[contest.need.reference])).content.decode()
    assert "70 of 100" in said
    assert "50 of 100" not in said
    closed = a_contest(cast)
    with refused("CON-45"):
        set_criteria(closed.need, criteria=criteria(100), by=cast.erin)
    with pytest.raises(NotPermitted):
        set_criteria(contest.need, criteria=criteria(100), by=cast.alice)


def test_the_database_keeps_criteria_of_a_closed_need(cast: Cast) -> None:
    contest = a_panel(cast).contest
    for changes in ({"weight": 1}, {"is_struck_out": True}):
        with pytest.raises(DatabaseError, match="CON-45"), transaction.atomic():
            Criterion.objects.filter(need=contest.need).update(**changes)


def test_who_may_sit_belongs_to_the_commissioner_or_reviews_and_to_no_rival(cast: Cast) -> None:
    contest = a_contest(cast)
    join(cast.support_unit, person=cast.frank, role=Role.REVIEWER, by=cast.frank)
    join(cast.commissioner, person=cast.charlie, role=Role.READER, by=cast.erin)
    assert set(people_who_may_sit(contest.need)) == {cast.erin, cast.frank}
    with pytest.raises(NotPermitted):
        name_panel_member(contest.need, person=cast.charlie, by=cast.erin)
    with pytest.raises(NotPermitted):
        name_panel_member(contest.need, person=cast.frank, by=cast.alice)


def test_interests_come_first(cast: Cast) -> None:
    seats = a_panel(cast, declares=False)
    contest = seats.contest
    with pytest.raises(NotPermitted, match="CON-46"):
        _score(contest, by=seats.first)
    assert contest.best not in proposals_visible_to(seats.second)
    with refused("CON-37"):
        declare_interest(contest.need, has_interest=True, by=seats.first)
    declare_interest(contest.need, has_interest=False, by=seats.first)
    with refused("CON-37"):
        declare_interest(contest.need, has_interest=False, by=seats.first)
    _score(contest, by=seats.first)
    with pytest.raises(NotPermitted):
        declare_interest(contest.need, has_interest=False, by=cast.alice)


def _score(contest: Contest, *, by: Person, points: int | None = 3) -> None:
    for proposal in contest.proposals:
        keep_scores(proposal, marks=marks(contest.need, points=points), by=by)


def _rows(taken: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))


def test_who_has_an_interest_sees_no_scores_gives_none_and_does_not_decide(cast: Cast) -> None:
    contest = a_panel(cast).contest
    other = name_panel_member(contest.need, person=_newcomer(cast), by=cast.erin)
    join(cast.commissioner, person=other.person, role=Role.EDITOR, by=cast.erin)
    assert can_read_scores(other.person, need=contest.need).number == "CON-48"
    said = {"has_interest": True, "proposal": contest.best, "words": "My sister works there"}
    declare_interest(contest.need, **said, by=other.person)
    with pytest.raises(NotPermitted, match="CON-46"):
        _score(contest, by=other.person)
    for refuses in (can_read_scores, can_decide_need):
        assert refuses(other.person, need=contest.need).number == "CON-46"
    take_off_panel(other, by=cast.erin)
    assert can_read_scores(other.person, need=contest.need).number == "CON-46"
    assert other.person not in people_who_may_sit(contest.need)
    client = Client()
    sign_in(client, other.person)
    for page in ("scores", "scores_table"):
        assert client.get(reverse(page, args=[contest.need.reference])).status_code == 403
    compare = client.get(reverse("compare", args=[contest.need.reference]))
    assert "What the panel gave" not in compare.content.decode()
    with pytest.raises(DatabaseError, match="CON-46"), transaction.atomic():
        Score.objects.create(
            member=other,
            proposal=contest.best,
            criterion=criteria_of(contest.need)[0],
            points=5,
            given_at=other.named_at,
        )


def _newcomer(cast: Cast) -> Person:
    join(cast.commissioner, person=cast.dana, role=Role.READER, by=cast.erin)
    return cast.dana


def test_nobody_joins_the_panel_once_scores_can_be_read(cast: Cast) -> None:
    contest = a_weighed_contest(cast).contest
    with refused("CON-68"):
        name_panel_member(contest.need, person=_newcomer(cast), by=cast.erin)


def test_who_answers_a_need_reads_no_rival_and_decides_nothing(cast: Cast) -> None:
    seats = a_weighed_contest(cast)
    need, scorer = seats.contest.need, seats.second
    assert can_read_scores(scorer, need=need)
    assert list(needs_weighed_by(scorer)) != []
    join(cast.provider, person=scorer, role=Role.READER, by=cast.alice)
    assert not can_read_scores(scorer, need=need)
    assert list(needs_weighed_by(scorer)) == []
    join(cast.stranger, person=cast.erin, role=Role.READER, by=cast.charlie)
    answer = can_decide_need(cast.erin, need=need)
    assert not answer
    assert "You belong to a provider that answers this need" in answer.reason


def test_scores_are_kept_half_done_and_sent_whole(cast: Cast) -> None:
    seats = a_panel(cast)
    _score(seats.contest, by=seats.first, points=None)
    with refused("CON-47"):
        send_scores(seats.contest.need, by=seats.first)
    keep_scores(
        seats.contest.best, marks=marks(seats.contest.need, points=4, words=""), by=seats.first
    )
    with refused("CON-47"):
        send_scores(seats.contest.need, by=seats.first)
    _score(seats.contest, by=seats.first)
    send_scores(seats.contest.need, by=seats.first)
    with refused("CON-48"):
        _score(seats.contest, by=seats.first)
    verify()


def test_nobody_reads_others_scores_before_their_own_are_sent(cast: Cast) -> None:
    seats = a_panel(cast)
    contest = seats.contest
    _score(contest, by=seats.first, points=5)
    send_scores(contest.need, by=seats.first)
    assert can_read_scores(seats.second, need=contest.need).number == "CON-48"
    _score(contest, by=seats.second, points=1)
    assert _points(contest) == [5]
    send_scores(contest.need, by=seats.second)
    assert can_read_scores(seats.second, need=contest.need)
    assert _points(contest) == [1, 5]
    row = sheets_of(contest.need, proposals=contest.proposals)[0].rows[0]
    assert (row.spread, row.mean, row.is_far_apart) == (4, 3, True)
    assert can_read_scores(cast.grace, need=contest.need)
    for person in (cast.alice, cast.charlie, cast.dana, None):
        assert not can_read_scores(person, need=contest.need)


def _points(contest: Contest) -> list[int]:
    return sheets_of(contest.need, proposals=contest.proposals)[0].rows[0].points


def test_weights_count(cast: Cast) -> None:
    seats = a_panel(cast)
    contest = seats.contest
    first, second = criteria_of(contest.need)
    for proposal in contest.proposals:
        given = [
            Mark(criterion=first, points=5, words="So"),
            Mark(criterion=second, points=0, words="No"),
        ]
        keep_scores(proposal, marks=given, by=seats.first)
    send_scores(contest.need, by=seats.first)
    sheet = sheets_of(contest.need, proposals=contest.proposals)[0]
    assert sheet.totals == [pytest.approx(5 * first.weight / 100)]


def test_a_changed_score_says_why_and_both_stay(cast: Cast) -> None:
    seats = a_weighed_contest(cast)
    score = Score.objects.filter(member__person=seats.first).first()
    assert score
    was = score.points
    with refused("CON-49"):
        change_score(score, points=was or 0, reason="The same", by=seats.first)
    with refused("CON-49"):
        change_score(score, points=1, reason=" ", by=seats.first)
    change_score(score, points=1, reason="I had misread it", by=seats.first)
    score.refresh_from_db()
    held = Moderation.objects.get()
    assert (held.was, held.becomes, score.points) == (was, 1, 1)
    with pytest.raises(DatabaseError, match="CON-49"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(points=5)
    with pytest.raises(DatabaseError), transaction.atomic():
        Moderation.objects.update(reason="Another")
    client = Client()
    sign_in(client, cast.grace)
    said = client.get(reverse("scores", args=[seats.contest.need.reference])).content.decode()
    assert "I had misread it" in said
    taken = client.get(reverse("scores_table", args=[seats.contest.need.reference]))
    [row] = [each for each in _rows(taken) if each["changed"]]
    assert row["changed"] == f"{was} became 1: I had misread it"
    assert (row["points"], row["member"]) == ("1", str(score.member.person))
    assert len(_rows(taken)) == Score.objects.filter(points__isnull=False).count()
    verify()


def test_who_is_not_chosen_hears_criterion_by_criterion(cast: Cast) -> None:
    contest = a_weighed_contest(cast).contest
    intend_decision(contest.best, told=CHOSEN, by=cast.erin)
    half = Told(outcome=Outcome.DECLINED, reasons="Less", strengths="A", better="B")
    intend_decision(contest.other, told=half, by=cast.erin)
    with refused("CON-38"):
        decide_need(contest.need, by=cast.erin)
    names = [each.name for each in criteria_of(contest.need)]
    whole = Told(
        outcome=Outcome.DECLINED, reasons="Less", by_criterion=[(n, f"On {n}") for n in names]
    )
    intend_decision(contest.other, told=whole, by=cast.erin)
    decide_need(contest.need, by=cast.erin)
    assert [name for name, _ in Feedback.objects.get().by_criterion] == names
    client = Client()
    sign_in(client, cast.charlie)
    said = client.get(reverse("proposal", args=[contest.other.code])).content.decode()
    assert f"On {names[1]}" in said


def test_what_was_decided_is_scored_no_more(cast: Cast) -> None:
    seats = a_panel(cast)
    contest = seats.contest
    intend_decision(contest.best, told=CHOSEN, by=cast.erin)
    intend_decision(contest.other, told=CHOSEN, by=cast.erin)
    decide_need(contest.need, by=cast.erin)
    with refused("CON-47"):
        _score(
            Contest(need=Need.objects.get(pk=contest.need.pk), proposals=[contest.best]),
            by=seats.first,
        )


def test_the_words_of_an_interest_go_with_the_account(cast: Cast) -> None:
    contest = a_panel(cast, declares=False).contest
    person = newcomer("Pat")
    join(cast.commissioner, person=person, role=Role.READER, by=cast.erin)
    name_panel_member(contest.need, person=person, by=cast.erin)
    said = {"has_interest": True, "proposal": contest.best, "words": "My sister works there"}
    declare_interest(contest.need, **said, by=person)
    erase_person(by=person)
    assert not InterestWords.objects.exists()
    assert Interest.objects.filter(has_interest=True).exists()
    verify()


def test_the_pages_of_a_panel_lead_from_naming_to_scores(cast: Cast) -> None:
    contest = a_panel(cast, declares=False).contest
    at = contest.need.reference
    client = Client()
    member = panel_of(contest.need)[0].person
    sign_in(client, member)
    assert (
        reverse("declare_interest", args=[at])
        in client.get(reverse("panel", args=[at])).content.decode()
    )
    client.post(reverse("declare_interest", args=[at]), {"has_interest": "no"})
    for proposal in contest.proposals:
        page = reverse("score_proposal", args=[at, proposal.code])
        assert client.get(page).status_code == 200
        given = {"points_1": "4", "words_1": "Good", "points_2": "2", "words_2": "Less so"}
        assert client.post(page, given).status_code == 302
    answer = client.post(reverse("send_scores", args=[at]), follow=True)
    assert "What the panel gave" in answer.content.decode()
    change = reverse("change_score", args=[at, contest.best.code, 1])
    assert client.post(change, {"points": "5", "reason": "We talked"}).status_code == 302
    assert "We talked" in client.get(reverse("scores", args=[at])).content.decode()
