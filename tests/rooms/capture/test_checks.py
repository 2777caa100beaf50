"""A figure says how far it is checked, by whom and how; a dispute is opened, answered and resolved."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    announce_sample,
    answer_dispute,
    capture_gap,
    check_figure,
    correct_capture,
    open_dispute,
    resolve_dispute,
)
from makegood.capture.models import Check, Dispute
from makegood.capture.queries import figure_shown, levels_of
from makegood.capture.states import DisputeOutcome, Level
from makegood.contract.models import Commitment
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice, Person
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.checking import a_dispute, a_figure
from tests.factories.joining import join
from tests.rules.refusing import refused

HOW = "The payroll for April"


def held(cast: Cast) -> Commitment:
    return Commitment.objects.get(contract__proposal__provider=cast.provider)


def level(cast: Cast) -> Level:
    return levels_of(held(cast))[loop.STARTS_ON]


def test_a_figure_is_self_reported_until_somebody_says_more(cast: Cast) -> None:
    figure = a_figure(cast)
    assert level(cast) == Level.SELF_REPORTED
    for said, house, by in (
        (Level.CORROBORATED, cast.commissioner, cast.erin),
        (Level.VERIFIED, cast.assessors, cast.dana),
    ):
        check_figure(held(cast), measurement=figure, level=said, how=HOW, house=house, by=by)
        assert level(cast) == said
    assert verify().problems == []


def test_who_recorded_it_does_not_check_it(cast: Cast) -> None:
    figure = a_figure(cast)
    with refused("CAP-41"):
        check_figure(
            held(cast),
            measurement=figure,
            level=Level.CORROBORATED,
            how=HOW,
            house=cast.provider,
            by=cast.alice,
        )


def test_nobody_of_the_provider_verifies(cast: Cast) -> None:
    figure = a_figure(cast)
    join(cast.provider, person=cast.frank, role=Role.EDITOR, by=cast.alice)
    said = {"measurement": figure, "how": HOW, "house": cast.provider, "by": cast.frank}
    with refused("CAP-42"):
        check_figure(held(cast), level=Level.VERIFIED, **said)
    check_figure(held(cast), level=Level.CORROBORATED, **said)
    assert level(cast) == Level.CORROBORATED


def test_a_check_says_how_and_is_of_a_figure(cast: Cast) -> None:
    figure = a_figure(cast)
    said = {"level": Level.VERIFIED, "house": cast.assessors, "by": cast.dana}
    with refused("CAP-43"):
        check_figure(held(cast), measurement=figure, how=" ", **said)
    gap = capture_gap(held(cast), period=loop.DUE_ON.replace(day=1), reason="Lost", by=cast.alice)
    with refused("CAP-44"):
        check_figure(held(cast), measurement=gap, how=HOW, **said)


def test_a_correction_is_checked_anew(cast: Cast) -> None:
    figure = a_figure(cast)
    check_figure(
        held(cast),
        measurement=figure,
        level=Level.VERIFIED,
        how=HOW,
        house=cast.assessors,
        by=cast.dana,
    )
    correct_capture(held(cast), period=figure.period, value=5.1, reason="A slip", by=cast.alice)
    assert level(cast) == Level.SELF_REPORTED


def test_a_second_click_checks_and_disputes_once(cast: Cast) -> None:
    dispute = a_dispute(cast)
    again = {"reason": dispute.reason, "house": cast.commissioner, "by": cast.erin}
    assert open_dispute(held(cast), measurement=dispute.measurement, **again) == dispute
    with refused("CAP-46"):
        open_dispute(held(cast), measurement=dispute.measurement, **again | {"reason": "Another"})
    for _ in range(2):
        check_figure(
            held(cast),
            measurement=dispute.measurement,
            level=Level.VERIFIED,
            how=HOW,
            house=cast.assessors,
            by=cast.dana,
        )
    assert Check.objects.count() == 1


def test_a_dispute_goes_to_and_fro_and_all_of_it_stays(cast: Cast) -> None:
    dispute = a_dispute(cast)
    assert level(cast) == Level.DISPUTED
    answered = answer_dispute(dispute, words="They joined in May", by=cast.alice)
    with pytest.raises(WrongState):
        answer_dispute(answered, words="Again", by=cast.alice)
    resolve_dispute(answered, outcome=DisputeOutcome.STANDS, why="So they did", by=cast.erin)
    assert level(cast) == Level.SELF_REPORTED
    shown = figure_shown(held(cast), period=loop.STARTS_ON)
    assert shown
    [kept] = shown.disputes
    assert (kept.answer, kept.why, kept.is_settled) == ("They joined in May", "So they did", True)
    told = [notice.words for notice in Notice.objects.filter(words__contains="disput")]
    assert len(told) == 3
    assert verify().problems == []


def test_who_may_dispute_answer_and_resolve(cast: Cast) -> None:
    dispute = a_dispute(cast)
    for other in (cast.bob, cast.charlie, cast.dana, cast.erin, cast.frank):
        with pytest.raises(NotPermitted):
            answer_dispute(dispute, words="No", by=other)
    for other in (cast.alice, cast.dana, cast.charlie):
        with pytest.raises(NotPermitted):
            resolve_dispute(dispute, outcome=DisputeOutcome.WRONG, why="So", by=other)
    for house, by in ((cast.provider, cast.alice), (cast.stranger, cast.charlie)):
        with pytest.raises(NotPermitted):
            open_dispute(
                held(cast), measurement=dispute.measurement, reason="No", house=house, by=by
            )


@pytest.mark.parametrize("words", ["", "  "])
def test_a_dispute_is_in_words(cast: Cast, words: str) -> None:
    dispute = a_dispute(cast)
    with refused("CAP-45"):
        answer_dispute(dispute, words=words, by=cast.alice)
    with refused("CAP-45"):
        resolve_dispute(dispute, outcome=DisputeOutcome.WRONG, why=words, by=cast.erin)


def test_the_database_keeps_what_was_said(cast: Cast) -> None:
    dispute = a_dispute(cast)
    for change in ({"reason": "Nothing"}, {"answer": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Dispute.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk)._raw_delete(Dispute.objects.db)


def test_the_page_of_a_figure_shows_all_of_it_to_everyone(cast: Cast, client: Client) -> None:
    dispute = a_dispute(cast)
    address = reverse("figure", args=[held(cast).reference, "2024-04"])
    page = client.get(address).content.decode()
    for words in ("4.9%", "disputed", dispute.reason, "The provider has not answered yet"):
        assert words.casefold() in page.casefold()
    assert "Answer for the provider" not in page
    client.force_login(cast.alice)
    assert "Answer for the provider" in client.get(address).content.decode()
    posted = client.post(
        reverse("answer_dispute", args=[dispute.reference]), {"words": "They joined in May"}
    )
    assert posted["Location"] == address
    client.force_login(cast.erin)
    client.post(
        reverse("resolve_dispute", args=[dispute.reference]),
        {"outcome": "wrong", "why": "They joined in March"},
    )
    page = client.get(address).content.decode()
    assert "The figure is wrong, and has to be corrected" in page


def test_a_figure_that_is_not_there_has_no_page(cast: Cast, client: Client) -> None:
    commitment = loop.a_commitment(cast)
    for month in ("2024-04", "2024-13", "x"):
        address = reverse("figure", args=[commitment.reference, month])
        assert client.get(address).status_code == 404


def test_a_dispute_and_a_sample_stand_on_the_desks_of_who_acts(cast: Cast, client: Client) -> None:
    def desk(person: Person) -> str:
        client.force_login(person)
        return client.get(reverse("desk")).content.decode()

    answer, resolve, look = (
        "Answer the dispute of a figure",
        "Resolve the dispute of a figure",
        "Look through a sample of figures",
    )
    dispute = a_dispute(cast)
    contract = dispute.commitment.contract
    assert answer in desk(cast.alice)
    assert resolve not in desk(cast.erin)
    answer_dispute(dispute, words="They joined in May", by=cast.alice)
    assert answer not in desk(cast.alice)
    assert resolve in desk(cast.erin)
    announce_sample(contract, size=1, house=cast.assessors, by=cast.dana)
    assert look in desk(cast.dana)
    assert look not in desk(cast.erin)
