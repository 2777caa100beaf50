"""While a decision stands still, its commissioner knows it, each provider its own part, and nobody else."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract.actions import decide_need, end_due_standstills, intend_decision
from makegood.contract.queries import criteria_of
from makegood.kernel.ledger.models import Entry
from makegood.people.models import Person
from tests.factories.cast import Cast
from tests.factories.deciding import CHOSEN, NOT_CHOSEN, Contest, a_weighed_contest

pytestmark = pytest.mark.django_db
BEGAN = timezone.now() - timedelta(days=60)
TELLS = ("Standstill", "standstill", "Declined", "declined", "Decided: ", "Choose proposal")


@pytest.fixture
def contest(cast: Cast) -> Contest:
    """Two proposals that a panel weighed, one chosen, in its standstill; Frank sits on the panel."""
    contest = a_weighed_contest(cast).contest
    intend_decision(contest.best, told=CHOSEN, by=cast.erin)
    told = [(str(each), "Good, and it could be surer") for each in criteria_of(contest.need)]
    intend_decision(contest.other, told=replace(NOT_CHOSEN, by_criterion=told), by=cast.erin)
    decide_need(contest.need, by=cast.erin, now=BEGAN)
    return contest


def pages(contest: Contest) -> Iterator[str]:
    need = contest.need
    for name in ("need", "compare", "compare_table"):
        yield reverse(name, args=[need.reference])
    yield reverse("workbench", args=[need.programme.slug])
    yield reverse("workbench_table", args=[need.programme.slug])
    yield reverse("promises")
    yield reverse("ledger")
    for proposal in contest.proposals:
        for name in ("proposal", "print_proposal", "proposal_as_word"):
            yield reverse(name, args=[proposal.code])
        yield reverse("organisation", args=[proposal.provider.slug])
    for entry in Entry.objects.filter(stream=need.programme.stream):
        yield reverse("entry", args=[entry.stream, entry.seq])


def read(path: str, person: Person | None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(path)
    if answer.status_code != 200:
        return ""
    if path.endswith("word/") or answer["Content-Type"].startswith("application/vnd"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
            return held.read("word/document.xml").decode()
    return html.unescape(answer.content.decode()).partition("<main")[2] or answer.content.decode()


def telling(contest: Contest, person: Person | None) -> list[str]:
    """Return the pages on which ``person`` reads how a proposal of the contest stands."""
    shown = ((path, read(path, person)) for path in pages(contest))
    return [f"{path}: {word}" for path, page in shown for word in TELLS if word in page]


def test_neither_a_panel_nor_a_unit_nor_a_stranger_reads_who_was_chosen(
    cast: Cast, contest: Contest
) -> None:
    frank = [read(reverse("proposal", args=[each.code]), cast.frank) for each in contest.proposals]
    assert all("proposed" in page.casefold() for page in frank), "he weighs them, and reads them"
    for person in (cast.frank, cast.dana, None):
        assert telling(contest, person) == [], person


def test_the_commissioner_reads_both_and_a_provider_its_own(cast: Cast, contest: Contest) -> None:
    chosen, other = (reverse("proposal", args=[each.code]) for each in contest.proposals)
    assert "Decided: approved" in read(chosen, cast.erin)
    assert "Decided: declined" in read(other, cast.erin)
    assert "Decided: approved" in read(chosen, cast.alice)
    assert "Decided: declined" in read(other, cast.charlie)
    assert read(other, cast.alice) == ""


def test_once_it_ends_the_ledger_says_what_was_done(cast: Cast, contest: Contest) -> None:
    settled = Entry.objects.get(act="choose_proposal")
    path = reverse("entry", args=[settled.stream, settled.seq])
    assert "Part of a decision that stands still" in read(path, None)
    assert settled.subject not in read(path, None)
    end_due_standstills(now=timezone.now())
    assert "Choose proposal" in read(path, None)
    assert settled.subject in read(path, None)
