"""Why an organisation is wanted: said at the start, asked again after a year, told to all in sums."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people import actions
from makegood.people.actions import MotivesSaid
from makegood.people.models import MotiveAnswer, NamedMotive, Notice
from makegood.people.queries import motives_due, motives_said, motives_told
from makegood.people.states import Kind, Moment, Motive
from makegood.web.clock import tick
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
A_YEAR_AGO = NOW - timedelta(days=365)
BOTH = MotivesSaid(
    motives=[Motive.AUTONOMY, Motive.LEAST_WORST], main=Motive.LEAST_WORST, words="The kettle"
)


def page(cast: Cast) -> str:
    return reverse("state_motives", args=[cast.provider.slug])


def say(cast: Cast, said: MotivesSaid = BOTH, *, now: datetime = NOW) -> MotiveAnswer:
    return actions.state_motives(cast.provider, said=said, by=cast.alice, now=now)


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_it_is_asked_and_can_be_skipped(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    profile = reverse("organisation", args=[cast.provider.slug])
    assert "Say why you want an organisation of your own" in read(client, profile)
    answers = {"motives": ["autonomy", "staff voice"], "main": "staff voice", "words": "Ours"}
    told = client.post(page(cast), answers, follow=True).content.decode()
    assert "A say for everyone who works in it <strong>(most important)" in told
    assert "Say why you want an organisation of your own" not in read(client, profile)
    assert verify().sound


def test_an_answer_that_is_refused_is_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    answers = {"motives": ["autonomy"], "main": "new money", "words": "Long words"}
    told = client.post(page(cast), answers).content.decode()
    assert "The most important reason is one of those you chose." in told
    assert "Long words" in told
    assert "There is a problem" in client.post(page(cast), {"words": "Alone"}).content.decode()
    assert not MotiveAnswer.objects.exists()


def test_own_words_are_for_members(cast: Cast, client: Client) -> None:
    say(cast)
    client.force_login(cast.bob)
    shown = read(client, page(cast))
    assert "The kettle" in shown
    assert "Keep this" not in shown
    assert client.post(page(cast), {"motives": ["autonomy"]}).status_code == 403
    client.force_login(cast.charlie)
    assert client.get(page(cast)).status_code == 404
    for path in ("motives", "motives_table"):
        assert "kettle" not in read(Client(), reverse(path))


def test_an_answer_is_superseded_never_overwritten(cast: Cast) -> None:
    say(cast, now=A_YEAR_AGO)
    say(cast, MotivesSaid(motives=[Motive.NEW_MONEY]), now=A_YEAR_AGO + timedelta(days=9))
    assert MotiveAnswer.objects.count() == 2
    assert [str(n) for n in motives_said(cast.provider)[Moment.START].motives.all()] == [
        Motive.NEW_MONEY.words
    ]
    second = say(cast)
    assert second.moment == Moment.YEAR_AFTER
    assert set(motives_said(cast.provider)) == set(Moment)
    assert NamedMotive.objects.count() == 5
    assert verify().sound


def test_a_year_after_what_was_said_then_stands_beside(cast: Cast, client: Client) -> None:
    say(cast, now=A_YEAR_AGO)
    client.force_login(cast.alice)
    shown = read(client, page(cast))
    assert "What you said then" in shown
    assert "A year has passed. What do you say now?" in shown
    assert 'value="autonomy" checked' not in shown.replace("\n", "")
    client.post(page(cast), {"motives": ["better service"]})
    assert "What you said a year after" in read(client, page(cast))
    assert motives_said(cast.provider)[Moment.START].words == "The kettle"


def test_it_is_asked_again_once(cast: Cast, client: Client) -> None:
    say(cast, now=A_YEAR_AGO + timedelta(days=2))
    assert actions.ask_motives_again() == 0
    assert actions.ask_motives_again(now=NOW + timedelta(days=3)) == 1
    assert actions.ask_motives_again(now=NOW + timedelta(days=4)) == 0
    assert Notice.objects.get(person=cast.alice).path == page(cast)
    assert not Notice.objects.filter(person=cast.bob).exists()
    assert verify().sound


def test_the_clock_and_the_desk_ask(cast: Cast, client: Client) -> None:
    say(cast, now=A_YEAR_AGO)
    tick()
    assert Notice.objects.filter(person=cast.alice).count() == 1
    client.force_login(cast.alice)
    wanted = "Say why you want an organisation of your own, a year on"
    assert wanted in read(client, reverse("desk"))
    client.force_login(cast.bob)
    assert wanted not in read(client, reverse("desk"))
    say(cast)
    assert not motives_due(today=timezone.localdate())


def test_only_providers_and_their_writers_say_why(cast: Cast, client: Client) -> None:
    with refused("PEO-85"):
        actions.state_motives(cast.commissioner, said=BOTH, by=cast.erin)
    with refused("PEO-86"):
        say(cast, MotivesSaid(motives=[]))
    with refused("PEO-87"):
        say(cast, MotivesSaid(motives=[Motive.AUTONOMY], main=Motive.NEW_MONEY))
    with pytest.raises(NotPermitted):
        actions.state_motives(cast.provider, said=BOTH, by=cast.bob)
    client.force_login(cast.erin)
    assert client.get(reverse("state_motives", args=[cast.commissioner.slug])).status_code == 404


def test_the_database_keeps_one_current_and_one_main(cast: Cast) -> None:
    answer = say(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        MotiveAnswer.objects.create(
            organisation=cast.provider, moment="start", answered_by=cast.alice, answered_at=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.motives.update(is_main=True)


QUARTER = datetime(2026, 7, 1, tzinfo=timezone.get_default_timezone())
"""When a quarter begins."""


def ten_say_why(*, now: datetime, many: int = 10) -> None:
    owner = newcomer(f"nia-{now:%j}")
    for place in range(many):
        name = f"House {place} of {now:%j}"
        house = actions.register_organisation(name=name, kind=Kind.PROVIDER, by=owner, now=now)
        few = [Motive.LEAST_WORST] if place < 4 else []
        half = [Motive.STAFF_VOICE] if place < 5 else [Motive.USERS_LEAD]
        said = MotivesSaid(motives=[*few, *half])
        actions.state_motives(house, said=said, by=owner, now=now)


def test_everyone_reads_how_many_and_nothing_of_few(cast: Cast) -> None:
    empty = read(Client(), reverse("motives"))
    assert "Too few have said why yet" in empty
    ten_say_why(now=timezone.now() - timedelta(days=100))
    told = {row.motive: row for row in motives_told(today=timezone.localdate()).rows}
    assert told[Motive.STAFF_VOICE].start == 5
    assert told[Motive.LEAST_WORST].start is None
    assert told[Motive.STAFF_VOICE].year is None
    shown = read(Client(), reverse("motives"))
    assert "10 organisations said why at the start; 0 of them" in shown
    table = read(Client(), reverse("motives_table"))
    assert "A say for everyone who works in it,5,hidden,hidden,hidden,hidden" in table
    assert "It was the least worst option,hidden" in table
    assert "answered at the start (base),10" in table


def test_nobody_sees_one_answer_come(cast: Cast) -> None:
    ten_say_why(now=QUARTER - timedelta(days=9))
    before = motives_told(today=QUARTER.date())
    assert (before.at_start, before.until) == (10, date(2026, 6, 30))
    ten_say_why(now=QUARTER - timedelta(seconds=1), many=4)
    assert motives_told(today=QUARTER.date()) == before
    ten_say_why(now=QUARTER, many=1)
    assert motives_told(today=date(2026, 9, 30)) == before
    assert motives_told(today=date(2026, 10, 1)).at_start == 15


def test_figures_are_of_what_was_said_when_the_quarter_began(cast: Cast) -> None:
    ten_say_why(now=QUARTER - timedelta(days=9))
    before = motives_told(today=QUARTER.date())
    house = MotiveAnswer.objects.earliest("pk").organisation
    other = MotivesSaid(motives=[Motive.WE_HAD_TO])
    owner = MotiveAnswer.objects.earliest("pk").answered_by
    actions.state_motives(house, said=other, by=owner, now=QUARTER)
    assert motives_told(today=date(2026, 9, 30)) == before
    assert motives_told(today=date(2026, 10, 1)) != before
