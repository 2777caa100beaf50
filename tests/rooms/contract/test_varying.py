"""Varying a contract in force: by both sides, in words, with every version kept; the gap follows."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.queries import periods_without_figure
from makegood.contract import actions
from makegood.contract.models import (
    Commitment,
    CommitmentVersion,
    Contract,
    Signature,
    Variation,
)
from makegood.contract.queries import (
    Share,
    changes_of,
    schedule_data,
    share_of,
    variation_digest,
    variations_visible_to,
    versions_of,
)
from makegood.contract.states import Mark, Part, Side, VariationState
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Person
from makegood.people.states import Role
from makegood.web.queries.desk import desk_of
from tests.factories import loop, varying
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_variation_both_sign_changes_the_commitment_and_keeps_what_was(cast: Cast) -> None:
    contract = varying.a_varied_contract(cast)
    commitment = contract.commitments.get()
    assert commitment.target == 4.8
    [(variation, change)] = versions_of(commitment)
    assert variation.reason == varying.WHY
    assert [each.mark for each in change.differences] == [Mark.WEAKER]
    assert change.before.target == 4.5
    assert commitment.versions.get(variation=None).target == 4.5
    assert verify().problems == []


def test_a_promise_varied_weaker_is_weakened_in_the_gap_from_then_on(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    promise = variation.contract.proposal.promises.get()
    assert share_of(promise, now=timezone.now()) == Share.AS_PROMISED
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    assert share_of(promise, now=timezone.now()) == Share.AS_PROMISED
    actions.sign_variation(variation, side=Side.PROVIDER, by=cast.alice)
    assert share_of(promise, now=timezone.now()) == Share.WEAKENED


def test_what_is_owed_no_more_is_weakened(cast: Cast) -> None:
    variation = varying.a_draft_variation(cast)
    commitment = variation.contract.commitments.get()
    terms = varying.varied_terms(commitment, is_released=True)
    actions.vary_commitment(variation, commitment=commitment, agreed=terms, by=cast.erin)
    [change] = changes_of(variation, withheld={})
    assert [each.mark for each in change.differences] == [Mark.RELEASED]
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    promise = variation.contract.proposal.promises.get()
    assert share_of(promise, now=timezone.now()) == Share.WEAKENED


def test_a_second_variation_begins_from_the_first(cast: Cast) -> None:
    contract = varying.a_varied_contract(cast)
    second = varying.a_draft_variation(cast, contract=contract)
    commitment = contract.commitments.get()
    terms = varying.varied_terms(commitment, target=4.4)
    actions.vary_commitment(second, commitment=commitment, agreed=terms, by=cast.erin)
    actions.propose_variation(second, by=cast.erin)
    varying.sign_both(second, cast=cast)
    told = versions_of(Commitment.objects.get())
    assert [change.before.target for _, change in told] == [4.5, 4.8]
    assert [change.after.target for _, change in told] == [4.8, 4.4]
    assert share_of(commitment.promise, now=timezone.now()) == Share.CHANGED  # type: ignore[arg-type]
    assert [each.after.target for each in changes_of(second, withheld={})] == [4.4]
    assert CommitmentVersion.objects.count() == 3
    assert verify().problems == []


def test_the_schedule_is_kept_as_varied(cast: Cast) -> None:
    contract = varying.a_varied_contract(cast)
    assert [each.number for each in contract.schedules.all()] == [1, 2]
    data = schedule_data(contract, withheld={})
    [told] = data["variations"]
    assert told["said"][0] == ["Because", varying.WHY]
    assert "Weaker: Target 4.8% instead of 4.5%" in str(told["differences"])
    assert data["promises"][0]["fate"] == "as promised, varied since"
    assert len(contract.schedules.get(number=1).data["signatures"]) == 2


def test_a_contract_is_extended_by_its_option(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    details = actions.Details(extensions=1, extension_months=12)
    actions.describe_contract(contract, details=details, by=cast.erin)
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        actions.sign_contract(contract, side=side, by=by)
    with refused("CON-76"):
        varying.a_draft_variation(
            cast, contract=contract, ends_on=date(2027, 4, 1), uses_option=True
        )
    variation = varying.a_draft_variation(
        cast, contract=contract, ends_on=date(2027, 3, 31), uses_option=True, value=Decimal(200_000)
    )
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    held = Contract.objects.get()
    assert (held.ends_on, held.value) == (date(2027, 3, 31), Decimal(200_000))
    assert (held.extensions, held.extension_months) == (None, None)
    assert variation.was_ends_on == date(2026, 3, 31)
    assert verify().problems == []


def test_one_signs_a_variation_within_ones_limit_by_its_new_value(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    variation = varying.a_draft_variation(cast, contract=contract, value=Decimal(900_000))
    actions.propose_variation(variation, by=cast.erin)
    signatory = join(
        cast.provider,
        person=cast.bob,
        role=Role.SIGNATORY,
        signing_limit=Decimal(500_000),
        by=cast.alice,
    )
    assert signatory
    with pytest.raises(NotPermitted, match="CON-19"):
        actions.sign_variation(variation, side=Side.PROVIDER, by=cast.bob)


def test_one_person_does_not_sign_a_variation_for_both(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    join(cast.provider, person=cast.erin, role=Role.SIGNATORY, by=cast.alice)
    with refused("CON-16"):
        actions.sign_variation(variation, side=Side.PROVIDER, by=cast.erin)


def test_a_side_signs_a_variation_on_paper(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    paper = loop.a_paper()
    actions.record_paper_variation(variation, side=Side.PROVIDER, paper=paper, by=cast.erin)
    variation.refresh_from_db()
    assert variation.state == VariationState.IN_FORCE
    assert Commitment.objects.get().target == 4.8
    assert verify().problems == []


def test_one_variation_at_a_time(cast: Cast) -> None:
    variation = varying.a_weaker_variation(cast)
    with refused("CON-72"):
        varying.a_draft_variation(cast, contract=variation.contract)
    actions.withdraw_variation(variation, by=cast.erin)
    assert varying.a_draft_variation(cast, contract=variation.contract).number == 2


def test_what_was_proposed_stays_unless_it_is_sent_back(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    with refused("CON-74"):
        actions.revise_variation(variation, terms=varying.variation_terms(), by=cast.erin)
    with refused("CON-75"):
        actions.send_variation_back(variation, words=" ", by=cast.alice)
    actions.send_variation_back(variation, words="4.7 we could do", by=cast.alice)
    commitment = variation.contract.commitments.get()
    terms = varying.varied_terms(commitment, target=4.7)
    actions.vary_commitment(variation, commitment=commitment, agreed=terms, by=cast.erin)
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    assert Commitment.objects.get().target == 4.7


def test_a_declined_variation_changes_nothing(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    actions.decline_variation(variation, words="It was promised", by=cast.alice)
    assert Commitment.objects.get().target == 4.5
    assert Variation.objects.get().answer == "It was promised"
    assert verify().problems == []


def test_a_variation_that_changes_nothing_is_not_proposed(cast: Cast) -> None:
    variation = varying.a_weaker_variation(cast)
    commitment = variation.contract.commitments.get()
    actions.leave_commitment(variation, commitment=commitment, by=cast.erin)
    with refused("CON-73"):
        actions.propose_variation(variation, by=cast.erin)


def test_a_shorter_contract_takes_its_commitments_along(cast: Cast) -> None:
    variation = varying.a_draft_variation(cast, ends_on=date(2025, 2, 1))
    with refused("CON-79"):
        actions.propose_variation(variation, by=cast.erin)


def test_who_sees_a_variation(cast: Cast) -> None:
    variation = varying.a_weaker_variation(cast)
    contract = variation.contract

    def seers() -> set[str]:
        people = ("erin", "ed", "alice", "dana", "charlie", "grace")
        return {
            name
            for name in people
            if (person := getattr(cast, name, None))
            and variations_visible_to(person, contract=contract)
        }

    assert seers() == {"erin", "grace"}
    actions.propose_variation(variation, by=cast.erin)
    assert seers() == {"erin", "alice", "dana", "grace"}
    varying.sign_both(variation, cast=cast)
    assert "charlie" in seers()
    assert variations_visible_to(None, contract=contract)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_commitment SET target = 9",
        "UPDATE contract_commitment SET target = 4.8",
        "UPDATE contract_commitment SET target = 4.8, varied_by_id = {variation}",
        "UPDATE contract_contract SET value = 5, varied_by_id = {variation}",
        "UPDATE contract_contract SET ends_on = '2040-01-01'",
        "UPDATE contract_commitmentversion SET target = 9",
        "DELETE FROM contract_commitmentversion",
        "UPDATE contract_variation SET reason = 'other'",
        "UPDATE contract_variation SET value = 5",
        "UPDATE contract_variation SET ends_on = '2040-01-01'",
        "UPDATE contract_variation SET state = 'in_force'",
        "DELETE FROM contract_variation",
    ],
)
def test_the_database_keeps_what_one_side_signed(cast: Cast, statement: str) -> None:
    variation = varying.a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    with pytest.raises(IntegrityError):
        _sql(statement.format(variation=variation.pk))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_commitment SET target = 4.5, varied_by_id = NULL",
        "UPDATE contract_commitment SET target = 4.4",
        "UPDATE contract_commitmentversion SET target = 9",
        "UPDATE contract_variation SET state = 'declined'",
        "UPDATE contract_contract SET value = 5",
    ],
)
def test_the_database_keeps_what_both_signed(cast: Cast, statement: str) -> None:
    varying.a_varied_contract(cast)
    with pytest.raises(IntegrityError):
        _sql(statement)


def test_the_database_wants_both_to_sign_the_same_variation(cast: Cast) -> None:
    variation = varying.a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    _sql(
        "INSERT INTO contract_signature (salt, contract_id, side, signing_round, signed_by_id, "
        "signed_at, terms_digest, scan_digest, paper_digest) "
        f"SELECT 'x', id, 'provider', {variation.signing_round}, {cast.alice.pk}, drafted_at, "
        "'other', '', '' FROM contract_contract"
    )
    assert Signature.objects.filter(signing_round=variation.signing_round).count() == 2
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE contract_commitment SET target = 4.8, varied_by_id = {variation.pk}")
    with pytest.raises(IntegrityError, match="CON-70"):
        _sql(f"UPDATE contract_variation SET state = 'in_force' WHERE id = {variation.pk}")


def test_the_pages_of_a_varied_contract_say_so(cast: Cast, client: Client) -> None:
    contract = varying.a_varied_contract(cast)
    promise = contract.proposal.promises.get()
    for name, parts in (
        ("contract", [contract.reference]),
        ("reconciliation", [contract.reference]),
        ("promise", [promise.reference]),
    ):
        page = client.get(reverse(name, args=parts)).content.decode()
        assert "Varied by both sides" in page, name
        assert "Target 4.8% instead of 4.5%" in page, name
    schedule = client.get(reverse("schedule_as_pdf", args=[contract.reference]))
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(schedule.content)).pages)
    assert "Varied since: by both sides" in " ".join(text.split())


def test_the_desk_says_whose_turn_it_is(cast: Cast) -> None:
    def told(person: Person) -> str:
        return " ".join(task.title for task in desk_of(person, today=date(2025, 1, 1)).now())

    variation = varying.a_weaker_variation(cast)
    assert "Propose what changes" in told(cast.erin)
    assert "what changes" not in told(cast.alice)
    actions.propose_variation(variation, by=cast.erin)
    assert "Sign or decline the variation" in told(cast.alice)
    varying.sign_both(variation, cast=cast)
    assert "variation" not in told(cast.alice) + told(cast.erin)


def test_no_figure_is_owed_for_a_period_in_which_it_rests(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    commitment = contract.commitments.get()
    today = date(2024, 12, 20)
    before = periods_without_figure(commitment, today=today)
    variation = varying.a_draft_variation(
        cast, contract=contract, rests_from_on=date(2024, 7, 1), rests_until_on=date(2024, 9, 30)
    )
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    after = periods_without_figure(commitment, today=today)
    assert set(before) - set(after) == {date(2024, month, 1) for month in (7, 8, 9)}


@pytest.mark.parametrize(
    ("every", "first", "last", "excused"),
    [
        ("month", date(2024, 7, 1), date(2024, 7, 31), [date(2024, 7, 1)]),
        ("month", date(2024, 7, 2), date(2024, 8, 31), [date(2024, 8, 1)]),
        ("month", date(2024, 7, 1), date(2024, 7, 30), []),
        ("quarter", date(2024, 7, 1), date(2024, 9, 30), [date(2024, 7, 1)]),
        ("quarter", date(2024, 7, 1), date(2024, 9, 29), []),
        ("quarter", date(2024, 7, 2), date(2024, 12, 31), [date(2024, 10, 1)]),
        ("year", date(2024, 4, 1), date(2025, 3, 31), [date(2024, 4, 1)]),
        ("year", date(2024, 4, 1), date(2025, 3, 30), []),
    ],
)
def test_only_a_period_all_through_which_it_rests_is_excused(
    cast: Cast, every: str, first: date, last: date, excused: list[date]
) -> None:
    contract = loop.a_signed_contract(cast)
    commitment = contract.commitments.select_related("series__measure").get()
    assert commitment.series
    commitment.series.measure.frequency = every
    before = periods_without_figure(commitment, today=date(2025, 7, 1))
    rest = {"rests_from_on": first, "rests_until_on": last}
    variation = varying.a_draft_variation(cast, contract=contract, **rest)
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    after = periods_without_figure(commitment, today=date(2025, 7, 1))
    assert sorted(set(before) - set(after)) == excused


def test_no_figure_is_owed_after_the_last_day_of_what_ended_early(cast: Cast) -> None:
    commitment = loop.a_signed_contract(cast).commitments.get()
    commitment.contract.ends_on = date(2024, 8, 31)
    owed = periods_without_figure(commitment, today=date(2025, 7, 1))
    assert owed[-1] == date(2024, 8, 1)


def test_a_value_of_nothing_is_signed_as_such(cast: Cast) -> None:
    variation = varying.a_draft_variation(cast)
    unchanged = variation_digest(variation)
    variation.value = Decimal(0)
    assert variation_digest(variation) != unchanged


def test_what_is_withheld_stays_withheld_in_a_variation(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    variation = varying.all_varied(contract, cast=cast)
    [change] = changes_of(variation, withheld={Part.EVIDENCE: "withheld until then"})
    [line] = change.lines
    assert (line.name, line.words, line.is_withheld) == ("Documents", "withheld until then", True)
