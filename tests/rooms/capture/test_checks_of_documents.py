"""A document says how far it is checked, by whom and how; it is disputed and settled as a figure is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    answer_dispute,
    check_document,
    dispute_document,
    resolve_dispute,
    withdraw_document,
)
from makegood.capture.models import Check, Dispute, Document
from makegood.capture.queries import documents_by_level, figure_shown
from makegood.capture.queries.documents import level_of
from makegood.capture.states import DisputeOutcome, Level, Readers
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice, Person
from makegood.people.states import Role
from makegood.web.queries.desk import desk_of
from tests.factories import handing_over, loop
from tests.factories.cast import Cast
from tests.factories.checking import a_figure
from tests.factories.giving_documents import a_dispute_of_it, a_document
from tests.factories.joining import join
from tests.rules.refusing import refused

HOW = "The rota as it hung on the wall"


def level(document: Document) -> Level:
    return level_of(Document.objects.get(pk=document.pk))


def test_a_document_is_self_reported_until_somebody_says_more(cast: Cast) -> None:
    document = a_document(cast)
    assert level(document) == Level.SELF_REPORTED
    for said, house, by in (
        (Level.CORROBORATED, cast.commissioner, cast.erin),
        (Level.VERIFIED, cast.assessors, cast.dana),
    ):
        for _ in range(2):
            check_document(document, level=said, how=HOW, house=house, by=by)
        assert level(document) == said
    assert Check.objects.count() == 2
    assert documents_by_level(document.commitment) == {Level.VERIFIED: 1}
    assert verify().problems == []


def test_who_gave_it_does_not_check_it_and_nobody_of_the_provider_verifies(cast: Cast) -> None:
    document = a_document(cast)
    join(cast.provider, person=cast.frank, role=Role.EDITOR, by=cast.alice)
    with refused("CAP-41"):
        check_document(
            document, level=Level.CORROBORATED, how=HOW, house=cast.provider, by=cast.alice
        )
    with refused("CAP-42"):
        check_document(document, level=Level.VERIFIED, how=HOW, house=cast.provider, by=cast.frank)
    check_document(document, level=Level.CORROBORATED, how=HOW, house=cast.provider, by=cast.frank)
    assert level(document) == Level.CORROBORATED


def test_only_who_may_read_it_checks_or_disputes_it(cast: Cast) -> None:
    document = a_document(cast, readers=Readers.ASSESSOR)
    said = {"house": cast.commissioner, "by": cast.erin}
    with pytest.raises(NotPermitted):
        check_document(document, level=Level.VERIFIED, how=HOW, **said)
    with pytest.raises(NotPermitted):
        dispute_document(document, reason="It is wrong", **said)
    for by in (cast.alice, cast.charlie, cast.frank):
        with pytest.raises(NotPermitted):
            dispute_document(document, reason="No", house=cast.assessors, by=by)
    dispute_document(document, reason="It is wrong", house=cast.assessors, by=cast.dana)


def test_a_check_says_how_and_is_of_what_stands(cast: Cast) -> None:
    document = a_document(cast)
    said = {"house": cast.assessors, "by": cast.dana}
    with refused("CAP-43"):
        check_document(document, level=Level.VERIFIED, how=" ", **said)
    withdraw_document(document, why="It is of another year", erases=False, by=cast.alice)
    with refused("CAP-56"):
        check_document(document, level=Level.VERIFIED, how=HOW, **said)
    with refused("CAP-56"):
        dispute_document(document, reason="It is wrong", **said)
    assert documents_by_level(document.commitment) == {}


def test_a_document_has_one_open_dispute(cast: Cast) -> None:
    dispute = a_dispute_of_it(cast)
    assert dispute.document
    again = {"reason": dispute.reason, "house": cast.commissioner, "by": cast.erin}
    assert dispute_document(dispute.document, **again) == dispute
    with refused("CAP-46", saying="This document"):
        dispute_document(dispute.document, **again | {"reason": "Another"})


def test_a_dispute_goes_to_and_fro_and_all_of_it_stays(cast: Cast) -> None:
    dispute = a_dispute_of_it(cast)
    assert dispute.document
    assert level(dispute.document) == Level.DISPUTED
    answered = answer_dispute(dispute, words="They stand on page 2", by=cast.alice)
    with pytest.raises(WrongState):
        answer_dispute(answered, words="Again", by=cast.alice)
    done = resolve_dispute(answered, outcome=DisputeOutcome.WRONG, why="They do not", by=cast.erin)
    assert done.ended_as == "The document is wrong, and has to be withdrawn"
    assert level(dispute.document) == Level.SELF_REPORTED
    told = [notice.words for notice in Notice.objects.filter(words__contains="disput")]
    assert len(told) == 3
    assert not any(dispute.document.said.title in words for words in told)
    assert verify().problems == []


def test_a_dispute_of_a_document_leaves_figures_as_they_are(cast: Cast) -> None:
    figure = a_figure(cast)
    commitment = figure.series.commitments.get()
    a_dispute_of_it(cast, document=a_document(cast, commitment=commitment))
    shown = figure_shown(commitment, period=loop.STARTS_ON)
    assert shown
    assert (shown.level, list(shown.disputes)) == (Level.SELF_REPORTED, [])


def test_what_is_checked_and_disputed_is_one_thing(cast: Cast) -> None:
    document = a_document(cast)
    check = {"commitment": document.commitment, "level": "verified", "how": HOW}
    who = {"made_for": cast.assessors, "made_by": cast.dana, "made_at": document.added_at}
    with pytest.raises(IntegrityError, match="check_is_of_one_thing"), transaction.atomic():
        Check.objects.create(**check, **who)
    dispute = a_dispute_of_it(cast, document=document)
    for change in ({"document": None}, {"reason": "Nothing"}, {"answer": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Dispute.objects.filter(pk=dispute.pk).update(**change)


def test_everyone_reads_how_far_it_is_checked_and_not_what_it_is(
    cast: Cast, client: Client
) -> None:
    dispute = a_dispute_of_it(cast)
    document = dispute.document
    assert document
    check_document(document, level=Level.CORROBORATED, how=HOW, house=cast.assessors, by=cast.dana)
    page = client.get(document.get_absolute_url()).content.decode()
    for words in (HOW, dispute.reason, "Disputed", "The provider has not answered yet"):
        assert words in page
    assert document.said.title not in page
    listed = client.get(reverse("documents", args=[document.commitment.reference]))
    assert "Disputed" in listed.content.decode()
    thread = client.get(document.commitment.get_absolute_url()).content.decode()
    assert "1 document: 1 disputed." in thread
    client.force_login(cast.dana)
    judged = client.get(reverse("assess", args=[document.commitment.reference]))
    assert "1 document: 1 disputed." in judged.content.decode()


def test_it_is_checked_and_disputed_on_its_pages(cast: Cast, client: Client) -> None:
    document = a_document(cast)
    page = document.get_absolute_url()
    client.force_login(cast.erin)
    check, dispute = (
        reverse(f"{act}_document", args=[document.reference]) for act in ("check", "dispute")
    )
    assert client.post(check, {"level": "verified", "how": HOW})["Location"] == page
    assert client.post(dispute, {"reason": "It is of May"})["Location"] == page
    opened = Dispute.objects.get()
    client.force_login(cast.alice)
    answer = reverse("answer_dispute", args=[opened.reference])
    assert "withdraw it too" in client.get(answer).content.decode()
    assert client.post(answer, {"words": "It is of June"})["Location"] == page
    client.force_login(cast.erin)
    sent = {"outcome": "stands", "why": "So it is"}
    assert (
        client.post(reverse("resolve_dispute", args=[opened.reference]), sent)["Location"] == page
    )
    shown = client.get(page).content.decode()
    for words in ("The document stands", "So it is", "Verified"):
        assert words in shown


def titles(person: Person) -> list[str]:
    return [str(task.title) for task in desk_of(person, today=loop.STARTS_ON).now()]


def test_it_stands_on_the_desks_of_who_acts(cast: Cast) -> None:
    dispute = a_dispute_of_it(cast)
    assert "Answer the dispute of a document" in titles(cast.alice)
    answer_dispute(dispute, words="They stand on page 2", by=cast.alice)
    assert "Answer the dispute of a document" not in titles(cast.alice)
    assert "Resolve the dispute of a document" in titles(cast.erin)


def test_who_gave_it_before_a_handover_answers(cast: Cast) -> None:
    document = a_document(cast)
    handing_over.a_handover(cast, contract=document.commitment.contract)
    dispute = a_dispute_of_it(cast, document=Document.objects.get(pk=document.pk))
    assert dispute.answering == cast.provider
    assert "Answer the dispute of a document" not in titles(cast.charlie)
    with pytest.raises(NotPermitted):
        answer_dispute(dispute, words="No", by=cast.charlie)
    answer_dispute(dispute, words="They stand on page 2", by=cast.alice)
