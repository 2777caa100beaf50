"""What somebody says is here twice: it stands where it is decided, and they learn what became of it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people import actions as people
from makegood.people.actions import Merger, merge_organisations
from makegood.people.models import Duplicate, Grounds, Notice, Organisation, Person
from makegood.people.queries import duplicates_open, duplicates_waiting
from makegood.people.states import DuplicateState, Kind, Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
WANTED = "Decide whether Moor View and Moor View Care are one"


def page_of(person: Person, name: str, *args: str) -> str:
    client = Client()
    sign_in(client, person)
    return unescape(client.get(reverse(name, args=args), follow=True).content.decode())


def said(cast: Cast, *, by: Person | None = None) -> Duplicate:
    twin = Organisation.objects.filter(name="Moor View").first() or people.register_organisation(
        name="Moor View", kind=Kind.PROVIDER, by=cast.dana
    )
    return people.report_duplicate(
        twin, other=cast.provider, words="I work there.", by=by or cast.bob
    )


def trusted(cast: Cast) -> Person:
    people.entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    return cast.frank


def merge(made: Duplicate, *, by: Person) -> None:
    merger = Merger(
        goes=made.organisation, stays=made.other, reason="One number.", members_join=False
    )
    merge_organisations(merger, by=by)


def leave(made: Duplicate, *, by: Person, reason: str = "Two doors.") -> None:
    people.leave_as_two(made.other, other=made.organisation, reason=reason, by=by)


def test_it_stands_on_the_desk_of_whoever_decides_until_it_is_decided(cast: Cast) -> None:
    frank, made = trusted(cast), said(cast)
    for person in (frank, cast.operator):
        desk = page_of(person, "desk")
        assert desk.count(WANTED) == 1
        assert f"Said on {made.said_at:%-d %B %Y}" in desk
        assert reverse("merge_organisations", args=["moor-view", cast.provider.slug]) in desk
    assert WANTED not in page_of(cast.erin, "desk")
    merge(made, by=frank)
    assert WANTED not in page_of(frank, "desk")


def test_two_who_say_so_are_one_line(cast: Cast) -> None:
    frank, made = trusted(cast), said(cast)
    people.report_duplicate(made.other, other=made.organisation, words="Me too", by=cast.charlie)
    desk = page_of(frank, "desk")
    assert desk.count("are one") == 1
    assert WANTED in desk
    compared = page_of(frank, "merge_organisations", "moor-view", cast.provider.slug)
    assert compared.count("Somebody said on") == 2
    assert "I work there." in compared


def test_what_one_belongs_to_waits_for_another(cast: Cast) -> None:
    frank, made = trusted(cast), said(cast)
    join(cast.provider, person=frank, role=Role.READER, by=cast.alice)
    assert not duplicates_waiting(frank)
    assert list(duplicates_waiting(cast.operator)) == [made]


def told_of_it() -> tuple[set[str], set[str]]:
    """Return whom notices and letters tell that something is here twice."""
    saying = Notice.objects.filter(words__startswith="Somebody says that")
    letters = [each for each in mail.outbox if "may be here twice" in each.subject]
    return (
        set(saying.values_list("person__name", flat=True)),
        {address for each in letters for address in each.to},
    )


def test_nobody_is_told_of_what_they_belong_to(cast: Cast) -> None:
    """PEO-70: neither in a notice nor in a letter."""
    frank = trusted(cast)
    fay = newcomer("fay")
    join(cast.support_unit, person=fay, role=Role.EDITOR, by=frank)
    join(cast.provider, person=frank, role=Role.READER, by=cast.alice)
    join(cast.provider, person=cast.operator, role=Role.READER, by=cast.alice)
    mail.outbox.clear()
    said(cast)
    assert told_of_it() == ({"Fay"}, set())


def test_only_operators_are_told_of_what_decides_itself(cast: Cast) -> None:
    trusted(cast)
    unit = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.charlie)
    mail.outbox.clear()
    people.report_duplicate(unit, other=cast.support_unit, words="One", by=cast.bob)
    assert told_of_it() == (set(), {cast.operator.email})


def test_what_decides_itself_waits_for_operators(cast: Cast) -> None:
    frank = trusted(cast)
    unit = people.register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.charlie)
    other = people.register_organisation(name="Unit 2", kind=Kind.SUPPORT_UNIT, by=cast.charlie)
    made = people.report_duplicate(unit, other=other, words="One", by=cast.bob)
    assert list(duplicates_waiting(frank)) == [made]
    people.entrust(unit, is_entrusted=True, by=cast.operator)
    assert not duplicates_waiting(frank)
    assert list(duplicates_waiting(cast.operator)) == [made]
    auditing = people.report_duplicate(cast.auditors, other=unit, words="One", by=cast.bob)
    assert auditing not in duplicates_waiting(frank)


def test_saying_it_again_changes_nothing(cast: Cast) -> None:
    assert said(cast) == said(cast)
    assert Duplicate.objects.count() == Grounds.objects.count() == 1


def test_whoever_said_it_sees_that_and_since_when(cast: Cast) -> None:
    made = said(cast)
    wanted = f"You said on {made.said_at:%-d %B %Y} that Moor View and Moor View Care are one."
    for slug in ("moor-view", cast.provider.slug):
        shown = page_of(cast.bob, "organisation", slug)
        assert wanted in shown
        assert "Whoever decides has it on their desk." in shown
    assert wanted not in page_of(cast.alice, "organisation", cast.provider.slug)
    assert "who said that an organisation is here twice" in page_of(cast.bob, "my_data").lower()


@pytest.mark.parametrize(
    ("decide", "told", "reason"),
    [(merge, "They are one now.", "One number."), (leave, "They stay two.", "Two doors.")],
)
def test_whoever_said_it_learns_what_was_decided(
    cast: Cast, decide: Callable[..., None], told: str, reason: str
) -> None:
    frank, made = trusted(cast), said(cast)
    mail.outbox.clear()
    decide(made, by=frank)
    [letter] = [each for each in mail.outbox if each.to == [cast.bob.email]]
    for words in (letter.body, letter.alternatives[0].content):
        assert told in words
        assert reason in words
        assert f"/organisations/{made.organisation.slug}/" in words
    shown = page_of(cast.bob, "organisation", cast.provider.slug)
    assert told.lower() in shown.lower()
    assert reason in shown
    assert verify().problems == []


def test_two_that_stay_two_have_a_reason(cast: Cast) -> None:
    frank, made = trusted(cast), said(cast)
    with refused("PEO-36", saying="Say why they are two."):
        leave(made, by=frank, reason=" ")
    with pytest.raises(NotPermitted):
        leave(made, by=cast.alice)
    assert duplicates_open().get() == made


def test_that_they_are_two_is_said_on_a_page(cast: Cast) -> None:
    frank, made = trusted(cast), said(cast)
    client = Client()
    sign_in(client, frank)
    address = reverse("leave_as_two", args=["moor-view", cast.provider.slug])
    comparing = reverse("merge_organisations", args=["moor-view", cast.provider.slug])
    assert address in client.get(comparing).content.decode()
    assert "Fill in “Why are they two?”" in client.post(address, {"reason": ""}).content.decode()
    told = client.post(address, {"reason": "Two doors."}, follow=True).content.decode()
    assert "They stay two." in told
    made.refresh_from_db()
    assert made.state == DuplicateState.LEFT
    assert client.get(address).status_code == 404
    assert address not in client.get(comparing).content.decode()


def test_what_is_said_of_what_goes_is_of_what_stays(cast: Cast) -> None:
    made = said(cast)
    third = people.register_organisation(
        name="Moorview", kind=Kind.PROVIDER, is_another=True, by=cast.dana
    )
    people.report_duplicate(made.organisation, other=third, words="So", by=cast.charlie)
    people.report_duplicate(third, other=made.organisation, words="So", by=cast.erin)
    merge(made, by=cast.operator)
    pairs = {(each.organisation, each.other) for each in duplicates_open()}
    assert pairs == {(cast.provider, third), (third, cast.provider)}
    assert verify().problems == []


def test_what_was_merged_is_not_said_again(cast: Cast) -> None:
    made = said(cast)
    merge(made, by=cast.operator)
    with refused("PEO-73"):
        said(cast)


def test_the_database_keeps_no_decision_without_a_reason(cast: Cast) -> None:
    made = said(cast)
    made.state, made.settled_by, made.settled_at = "merged", cast.frank, timezone.now()
    with pytest.raises(IntegrityError, match="reason"), transaction.atomic():
        made.save()
    made.refresh_from_db()
    made.other = made.organisation
    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        made.save()


def test_whoever_is_erased_leaves_no_words_and_gets_no_letter(cast: Cast) -> None:
    made = said(cast)
    people.erase_person(by=cast.bob)
    assert not Grounds.objects.exists()
    compared = page_of(cast.operator, "merge_organisations", "moor-view", cast.provider.slug)
    assert "How they know: erased" in compared
    mail.outbox.clear()
    leave(made, by=cast.operator)
    assert mail.outbox == []
    assert verify().problems == []
