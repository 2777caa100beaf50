"""Every figure that is owed has its day; what is late is shown to everyone, and reminded of once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    capture_gap,
    capture_measurement,
    correct_capture,
    give_figure,
    remind_of_figures,
)
from makegood.capture.giving import Given
from makegood.capture.models import Reminder, ReminderRound
from makegood.capture.owing import DueState
from makegood.capture.queries import figures_due, figures_of, tally_of
from makegood.contract import actions
from makegood.contract.models import Commitment
from makegood.kernel.period import Frequency, add_months
from makegood.people.actions import close_organisation
from makegood.people.models import Notice
from makegood.people.states import Role
from makegood.web.queries.desk import desk_of
from tests.factories import handing_over, loop, varying
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time, a_contract_signed_in_time, at
from tests.factories.joining import join
from tests.rules.refusing import refused

APRIL, MAY, JUNE = (date(2024, month, 1) for month in (4, 5, 6))


def states(commitment: Commitment, *, today: date) -> dict[int, DueState]:
    """Return how each month of the first year stands."""
    rows = figures_due([commitment], today=today)
    return {row.span.first.month: row.state for row in rows}


def test_figures_are_due_from_the_first_day_by_the_day_agreed(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    assert states(commitment, today=date(2024, 6, 20)) == {
        4: DueState.LATE,
        5: DueState.DUE,
        6: DueState.NOT_YET,
    }


def test_figures_come_as_often_as_agreed_and_not_as_the_measure_is_taken(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast, every=Frequency.QUARTER, within_days=30)
    rows = figures_due([commitment], today=date(2024, 12, 31))
    assert [row.span.name for row in rows] == [
        "April to June 2024",
        "July to September 2024",
        "October to December 2024",
    ]
    assert rows[0].span.due_on == date(2024, 7, 30)


def test_the_figure_of_its_last_month_answers_a_quarter(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast, every=Frequency.QUARTER)
    for period, state in ((APRIL, DueState.LATE), (MAY, DueState.LATE), (JUNE, DueState.GIVEN)):
        capture_measurement(commitment, period=period, value=4.4, by=cast.alice)
        [row, *_] = figures_due([commitment], today=date(2024, 12, 31))
        assert (row.kept_for, row.state) == (JUNE, state)


def test_a_quarter_that_is_given_is_kept_for_its_last_month(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast, every=Frequency.QUARTER)
    with refused("CAP-35"):
        give_figure(commitment, period=APRIL, given=Given(value=4.4), by=cast.alice)
    give_figure(commitment, period=JUNE, given=Given(value=4.4), by=cast.alice)
    [row, *_] = figures_due([commitment], today=date(2024, 12, 31))
    assert row.state == DueState.GIVEN


def test_what_came_says_how_late_it_came(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    for period, day in ((APRIL, date(2024, 5, 20)), (MAY, date(2024, 6, 23))):
        capture_measurement(commitment, period=period, value=4.4, by=cast.alice, now=at(day))
    capture_gap(commitment, period=JUNE, reason="Nobody counted", by=cast.alice)
    april, may, june, *_ = figures_due([commitment], today=date(2026, 1, 1))
    assert (april.words, may.words) == ("4.4%, given in time", "4.4%, given 3 days late")
    assert june.words == "No figure: Nobody counted"
    assert (june.state, june.is_missing) == (DueState.NOT_AVAILABLE, False)


def test_a_correction_does_not_make_a_figure_late(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    capture_measurement(
        commitment, period=APRIL, value=4.4, by=cast.alice, now=at(date(2024, 5, 3))
    )
    correct_capture(
        commitment,
        period=APRIL,
        value=4.5,
        reason="A slip",
        by=cast.alice,
        now=at(date(2025, 5, 3)),
    )
    [row, *_] = figures_due([commitment], today=date(2026, 1, 1))
    assert row.words == "4.5%, given in time"


def test_the_year_before_is_asked_for_once_and_never_late(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    rows = figures_due([commitment], today=date(2024, 4, 10), with_history=True)
    before = [row for row in rows if row.is_history]
    assert len(before) == 12
    assert not any(row.is_late or row.is_missing for row in before)
    assert tally_of(rows).due == 0


def test_what_is_released_owes_nothing_from_that_day_and_what_was_late_stays(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    variation = varying.a_draft_variation(cast, contract=contract, from_on=date(2024, 7, 1))
    commitment = contract.commitments.get()
    terms = varying.varied_terms(commitment, is_released=True)
    actions.vary_commitment(variation, commitment=commitment, agreed=terms, by=cast.erin)
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    commitment.refresh_from_db()
    rows = figures_due([commitment], today=date(2025, 1, 1))
    assert [row.span.first.month for row in rows] == [4, 5, 6]
    assert all(row.is_late for row in rows)


def test_from_the_day_it_is_varied_figures_come_as_varied(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    variation = varying.a_draft_variation(cast, contract=contract, from_on=date(2024, 7, 1))
    figures = actions.Figures(frequency=Frequency.QUARTER, within_days=40)
    commitment = contract.commitments.get()
    actions.vary_commitment(variation, commitment=commitment, agreed=figures, by=cast.erin)
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    commitment.refresh_from_db()
    rows = figures_due([commitment], today=date(2024, 12, 31))
    assert [row.span.first.month for row in rows] == [4, 5, 6, 7, 10]
    assert rows[3].span.due_on == date(2024, 11, 9)


def test_each_period_is_owed_by_who_delivered_then(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    contract = handing_over.a_handed_over_contract(cast, contract=contract)
    rows = figures_due(contract.commitments.all(), today=date(2025, 2, 15))
    owing = {row.span.first: row.owed_by for row in rows}
    assert owing[date(2024, 12, 1)] == cast.provider
    assert owing[date(2025, 1, 1)] == cast.stranger
    today = date(2025, 2, 15)
    assert {row.owed_by for row in figures_of(cast.provider, today=today)} == {cast.provider}
    assert len(figures_of(cast.commissioner, today=today)) == len(rows)


def test_late_is_shown_to_everyone_on_contract_and_thread(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    capture_measurement(commitment, period=APRIL, value=4.4, by=cast.alice)
    contract = commitment.contract
    for name, part in (("contract", contract.reference), ("promise", commitment.name)):
        page = client.get(reverse(name, args=[part])).content.decode()
        assert "23 of 24 late" in page, name
    page = client.get(reverse("contract_figures", args=[contract.reference])).content.decode()
    assert "23 of 24 figures that were due are late." in page
    assert "days late" in page


def test_the_list_is_narrowed_and_taken_away(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    capture_measurement(
        commitment, period=APRIL, value=4.4, by=cast.alice, now=at(date(2024, 5, 3))
    )
    address = reverse("organisation_figures", args=[cast.provider.slug])
    counts = {
        asked: client.get(address, dict([asked.split("=")])).context["page"].paginator.count
        for asked in ("state=late", "state=given", "q=absence", "q=nothing", "order=oldest")
    }
    assert counts == {
        "state=late": 23,
        "state=given": 1,
        "q=absence": 24,
        "q=nothing": 0,
        "order=oldest": 24,
    }
    table = client.get(reverse("organisation_figures_table", args=[cast.provider.slug]))
    lines = table.content.decode().splitlines()
    assert len(lines) == 25
    assert "given" in lines[-1]
    refused = client.get(
        reverse("organisation_figures_table", args=[cast.provider.slug]), {"state": "x"}
    )
    assert refused.status_code == 400


def test_an_organisation_without_contracts_has_an_empty_list(cast: Cast, client: Client) -> None:
    page = client.get(reverse("organisation_figures", args=[cast.stranger.slug]))
    assert "No figure is due" in page.content.decode()


def test_the_desk_leads_to_all_that_is_missing(cast: Cast) -> None:
    a_commitment_in_time(cast)
    tasks = desk_of(cast.alice, today=date(2024, 6, 21)).now()
    [given] = [task for task in tasks if task.title.startswith("Give")]
    assert (given.title, given.word) == ("Give 2 figures", "Late")
    assert given.href == reverse("give_figures", args=[cast.provider.slug])
    [before] = [task for task in tasks if "year before" in task.title]
    assert "12 without a figure" in before.hint


def told() -> list[str]:
    """Return who was told what, in order: the first sentence of each notice."""
    rows = Notice.objects.filter(words__contains=" figure").order_by("pk")
    return [f"{row.person.name}: {row.words.splitlines()[0]}" for row in rows]


def letters() -> list[EmailMessage]:
    """Return the letters about figures."""
    return [each for each in mail.outbox if "figure" in each.subject]


def test_one_letter_names_all_that_is_due_and_goes_out_once(cast: Cast) -> None:
    a_commitment_in_time(cast)
    assert remind_of_figures(now=at(date(2024, 5, 10))) == 0
    for hour in (9, 10):
        remind_of_figures(now=at(date(2024, 5, 14), hour=hour))
    assert told() == ["Alice: 1 figure is due."]
    [letter] = letters()
    assert "Staff absence rate, April 2024" in letter.body
    assert "due by 20 May 2024" in letter.body
    assert reverse("give_figures", args=[cast.provider.slug]) in letter.body
    remind_of_figures(now=at(date(2024, 5, 15)))
    assert len(letters()) == 1
    remind_of_figures(now=at(date(2024, 6, 14)))
    assert told()[1:] == [
        "Alice: 1 figure is late, and 1 due soon.",
        "Alice: 1 figure is late.",
        "Erin: 1 figure from Moor View Care is late.",
    ]


def test_recorders_are_reminded_first_and_others_later(cast: Cast) -> None:
    a_commitment_in_time(cast)
    join(cast.provider, person=cast.frank, role=Role.RECORDER, by=cast.alice)
    remind_of_figures(now=at(date(2024, 5, 23)))
    assert {line.split(":")[0] for line in told()} == {"Alice", "Frank"}
    remind_of_figures(now=at(date(2024, 6, 10)))
    later = Notice.objects.filter(at=at(date(2024, 6, 10)))
    assert {one.person.name for one in later} == {"Alice", "Erin"}


def test_nobody_is_reminded_of_what_came(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    capture_gap(commitment, period=APRIL, reason="Nobody counted", by=cast.alice)
    remind_of_figures(now=at(date(2024, 5, 25)))
    assert told() == []


def test_nobody_is_reminded_at_night(cast: Cast) -> None:
    a_commitment_in_time(cast)
    remind_of_figures(now=at(date(2024, 5, 14), hour=3))
    assert not ReminderRound.objects.exists()


def test_a_round_that_was_killed_goes_on_without_telling_anyone_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_commitment_in_time(cast)
    now = at(date(2024, 5, 14))
    with monkeypatch.context() as patch:
        patch.setattr(ReminderRound.objects, "get_or_create", _killed)
        with pytest.raises(KeyboardInterrupt):
            remind_of_figures(now=now)
    assert remind_of_figures(now=now) == 0
    assert Reminder.objects.count() == len(told()) == 1
    assert ReminderRound.objects.count() == 1


def _killed(**_: object) -> None:
    raise KeyboardInterrupt


def test_each_is_reminded_of_its_own_periods_alone(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = contract.commitments.get()
    for number in range(8):
        capture_measurement(one, period=add_months(APRIL, number), value=4.0, by=cast.alice)
    handing_over.a_handed_over_contract(cast, contract=contract)
    remind_of_figures(now=at(date(2025, 2, 15)))
    assert sorted(told()) == [
        "Alice: 1 figure is late.",
        "Alice: 1 figure is late.",
        "Charlie: 1 figure is due.",
        "Erin: 1 figure from Moor View Care is late.",
    ]
    mine, *_ = [letter for letter in letters() if letter.to == [cast.alice.email]]
    assert "Staff absence rate, December 2024" in mine.body
    assert reverse("give_figures", args=[cast.provider.slug]) in mine.body


def test_who_closed_is_reminded_of_nothing(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    handing_over.a_handed_over_contract(cast, contract=contract)
    closed_on = date(2025, 1, 31)
    close_organisation(cast.provider, closed_on=closed_on, reason="It is over", by=cast.alice)
    remind_of_figures(now=at(date(2025, 2, 15)))
    assert told() == ["Charlie: 1 figure is due."]


def test_the_desk_asks_who_handed_over_for_its_own_time(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    handing_over.a_handed_over_contract(cast, contract=contract)
    for person, house, title in (
        (cast.alice, cast.provider, "Give 9 figures"),
        (cast.charlie, cast.stranger, "Give 1 figure"),
    ):
        desk = desk_of(person, today=date(2025, 2, 15))
        tasks = [task for task in desk.now() if "figure" in f"{task.title} {task.hint}"]
        assert [task.title for task in tasks] == [title]
        assert tasks[0].href == reverse("give_figures", args=[house.slug])
        due = [task for task in desk.next() if task.word == "Due 31 March 2025"]
        assert bool(due) == (person == cast.charlie)


def test_a_contract_signed_late_asks_for_nothing_before(cast: Cast) -> None:
    commitment = loop.a_commitment(cast)
    rows = figures_due([commitment], today=date(2025, 1, 1))
    assert not any(row.is_late for row in rows)
