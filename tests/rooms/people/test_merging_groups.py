"""Merging groups: plan, steps, founders, advice and motives go along, and it is said before."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.verify import verify
from makegood.people import actions as people
from makegood.people.models import (
    Advice,
    Founder,
    Organisation,
    Person,
    StepTaken,
)
from makegood.people.queries import (
    advice_given_by,
    advice_to,
    fates_of,
    formation_of,
    founders_of,
    motives_said,
    notes_to,
)
from makegood.people.queries.beginnings import beginnings_of
from makegood.people.states import (
    AdviceState,
    Kind,
    LegalForm,
    Motive,
)
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.factories.twins import merge, twin
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def a_group(name: str, *, by: Person, aims_at: LegalForm = LegalForm.CIO) -> Organisation:
    return people.register_organisation(
        name=name,
        kind=Kind.PROVIDER,
        legal_form=LegalForm.IN_FORMATION,
        aims_at=aims_at,
        is_another=True,
        by=by,
    )


def test_a_group_in_formation_goes_with_its_way(cast: Cast) -> None:
    goes, stays = a_group("The New Ones", by=cast.dana), twin(cast, "Registered", by=cast.erin)
    people.plan_formation(goes, parent_name="Registered", aims_at=LegalForm.CIO, by=cast.dana)
    people.take_step(goes, step="purpose", done_on=timezone.localdate(), by=cast.dana)
    founder = people.add_founder(goes, said=people.FounderSaid(name="Nia"), by=cast.dana)
    asked = people.ask_for_adviser(goes, unit=cast.support_unit, by=cast.dana)
    taken = people.take_advice(asked, adviser=cast.frank, by=cast.frank)
    people.write_advice(taken, words="Ask the union.", by=cast.frank)
    merge(goes, stays, by=cast.operator, members_join=False)
    way = formation_of(stays)
    assert way is not None
    assert (way.parent, way.parent_name, way.aims_at) == (None, "Registered", LegalForm.CIO)
    assert [each.words for each in notes_to(stays)] == ["Ask the union."]
    assert StepTaken.objects.get(superseded_at=None).organisation == stays
    assert Advice.objects.get().state == AdviceState.ENDED
    assert not advice_given_by(cast.frank).exists()
    founder.refresh_from_db()
    people.remove_founder(founder, by=cast.erin)
    assert not Founder.objects.exclude(name="").exists()
    assert verify().problems == []


def test_of_two_groups_what_stands_already_stays(cast: Cast) -> None:
    goes = a_group("The New Ones", by=cast.dana)
    stays = a_group("New Ones", by=cast.erin, aims_at=LegalForm.CIC_GUARANTEE)
    for group, by in ((goes, cast.dana), (stays, cast.erin)):
        people.take_step(group, step="purpose", done_on=None, note=f"Of {group}", by=by)
        people.add_founder(group, said=people.FounderSaid(name=f"Of {group}"), by=by)
    asked = people.ask_for_adviser(goes, unit=cast.support_unit, by=cast.dana)
    merge(goes, stays, by=cast.operator)
    way = formation_of(stays)
    assert way is not None
    assert way.aims_at == LegalForm.CIC_GUARANTEE
    assert [each.note for each in StepTaken.objects.filter(superseded_at=None)] == ["Of New Ones"]
    assert founders_of(stays, person=cast.erin).count() == 2
    assert advice_to(stays) == asked
    assert verify().problems == []


@pytest.mark.parametrize("both", [True, False])
def test_what_becomes_of_their_beginnings_is_said_before_and_done(cast: Cast, both: bool) -> None:
    goes, stays = a_group("The New Ones", by=cast.dana), a_group("New Ones", by=cast.erin)
    for group, by in ((goes, cast.dana), (stays, cast.erin))[: 2 if both else 1]:
        for step in ("purpose", "name") if group == goes else ("purpose",):
            people.take_step(group, step=step, done_on=None, note="Noted", by=by)
        people.add_founder(group, said=people.FounderSaid(name="Nia Secret"), by=by)
        people.ask_for_adviser(group, unit=cast.support_unit, by=by)
        people.state_motives(group, said=people.MotivesSaid(motives=[Motive.AUTONOMY]), by=by)
    told = {each.name: each.becomes for each in fates_of(goes, stays=stays)}
    assert told == {
        "Plan": "It is kept under the old name, and the page of the other leads to it.",
        "Founders": "All move.",
        "Steps noted": "Moving: 1. There already, and so ended: 1." if both else "Moving: 2.",
        "Adviser": "It ends, and both sides are told." if both else "It moves.",
        "Why it was wanted": "It ends, for the other said why." if both else "It moves.",
    }
    shown = client_of(cast.operator).get(
        reverse("merge_organisations", args=[goes.slug, stays.slug])
    )
    words = unescape(shown.content.decode())
    assert all(each in words for each in told.values())
    assert "Nia Secret" not in words
    merge(goes, stays, by=cast.operator)
    now = beginnings_of(stays)
    assert (now.founders, len(now.steps), now.advice is not None) == (1 + both, 2, True)
    assert beginnings_of(goes).plan is not None
    left = beginnings_of(goes)
    assert (left.founders, left.steps, left.advice, left.motives) == (0, frozenset(), None, None)
    ended = Advice.objects.filter(state=AdviceState.ENDED).count()
    assert ended == (1 if both else 0)


def test_a_unit_that_advises_is_said_to_hand_its_groups_on(cast: Cast) -> None:
    group = a_group("The New Ones", by=cast.dana)
    people.ask_for_adviser(group, unit=cast.support_unit, by=cast.dana)
    other = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.erin)
    [told] = fates_of(cast.support_unit, stays=other)
    assert (told.goes, told.stays) == ("1", "none")
    assert told.becomes == "The other advises them all."
    assert fates_of(cast.provider, stays=cast.stranger) == []


def test_one_in_law_does_not_merge_into_a_group(cast: Cast) -> None:
    group = a_group("The New Ones", by=cast.dana)
    with refused("PEO-93", saying="The New Ones is still in formation"):
        merge(cast.provider, group, by=cast.operator)
    merge(group, cast.provider, by=cast.operator)


def test_advice_asked_of_a_support_unit_is_asked_of_the_one_that_stays(cast: Cast) -> None:
    group = a_group("The New Ones", by=cast.dana)
    asked = people.ask_for_adviser(group, unit=cast.support_unit, by=cast.dana)
    other = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.erin)
    merge(cast.support_unit, other, by=cast.operator, members_join=False)
    people.take_advice(asked, adviser=cast.erin, by=cast.erin)
    assert advice_given_by(cast.erin).get().unit == other
    assert verify().problems == []


@pytest.mark.parametrize("both_say", [True, False])
def test_why_it_was_wanted_goes_along_once(cast: Cast, both_say: bool) -> None:
    goes = twin(cast)
    said = people.MotivesSaid(motives=[Motive.AUTONOMY])
    people.state_motives(goes, said=said, by=cast.dana)
    if both_say:
        own = people.MotivesSaid(motives=[Motive.STAFF_VOICE])
        people.state_motives(cast.provider, said=own, by=cast.alice)
    merge(goes, cast.provider, by=cast.operator)
    [answer] = motives_said(cast.provider).values()
    expected = Motive.STAFF_VOICE if both_say else Motive.AUTONOMY
    assert [each.motive for each in answer.motives.all()] == [expected]
    assert not motives_said(goes)
    assert verify().problems == []
