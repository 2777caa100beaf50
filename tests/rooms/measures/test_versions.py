"""A measure's words change, and what relied on the old ones keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from makegood.articulate.actions import PromiseTerms, add_promise, revise_promise
from makegood.articulate.models import Promise
from makegood.contract.models import Commitment
from makegood.kernel.ledger.guards import lowered
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.measures.actions import (
    Arithmetic,
    MeasureWords,
    bring_back_measure,
    define_measure,
    retire_measure,
    revise_measure,
)
from makegood.measures.models import Measure, MeasureVersion
from makegood.measures.queries import measures_in_use, versions_shown
from makegood.measures.states import Better, MeasureKind
from makegood.people.actions import close_organisation
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rules.refusing import refused

BETTER_WORDS = "Days lost to sickness, of all days that were due, parental leave left out"


def revised(measure: Measure, *, by: Person, definition: str = BETTER_WORDS) -> Measure:
    """Say ``measure`` differently, as whoever read what stands."""
    measure.refresh_from_db()
    words = replace(MeasureWords.of(measure), definition=definition)
    return revise_measure(
        measure, words=words, reason="Leave was counted in", read=measure.version or 1, by=by
    )


def _terms(promise: Promise, **changes: object) -> PromiseTerms:
    names = set(PromiseTerms.__dataclass_fields__) - {"aims", "codes"}
    return replace(PromiseTerms(**{name: getattr(promise, name) for name in names}), **changes)


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_version_is_kept_with_what_it_changed(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    first = measure.definition
    revised(measure, by=cast.alice)
    newest, oldest = versions_shown(measure)
    assert (newest.version.number, oldest.version.number) == (2, 1)
    assert [(c.what, c.before, c.after) for c in newest.changes] == [
        ("What exactly is counted", first, BETTER_WORDS)
    ]
    assert oldest.changes == []
    assert newest.version.reason == "Leave was counted in"
    assert verify().problems == []


def test_of_two_who_read_the_same_the_second_is_told(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    words = replace(MeasureWords.of(measure), definition="Other words")
    revised(measure, by=cast.alice)
    with refused("MEA-15", saying="version 2 stands"):
        revise_measure(measure, words=words, reason="Mine", read=1, by=cast.alice)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"name": "Staff absence rate"}, "MEA-14"),
        ({"lowest": 1.0}, "MEA-17"),
        ({"source": "Ours", "source_url": "https://example.org"}, "MEA-18"),
        ({"lowest": None, "highest": None, "source": ""}, "MEA-18"),
    ],
)
def test_words_are_held_against_the_rules(
    cast: Cast, change: dict[str, object], number: str
) -> None:
    measure = loop.a_measure(cast)
    with refused(number):
        revise_measure(
            measure,
            words=replace(MeasureWords.of(measure), **change),
            reason="So",
            read=1,
            by=cast.alice,
        )


def test_another_direction_makes_another_measure(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    other = replace(Arithmetic.of(measure), better=Better.UP)
    words = replace(MeasureWords.of(measure), definition="x")
    with refused("MEA-13", saying="better direction"):
        revise_measure(measure, words=words, arithmetic=other, reason="So", read=1, by=cast.alice)


def test_a_name_taken_is_not_taken_again_nor_one_that_was(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    other = _another(cast)
    words = replace(MeasureWords.of(measure), name=other.name.upper())
    with refused("MEA-07"):
        revise_measure(measure, words=words, reason="Plainer", read=1, by=cast.alice)
    renamed = replace(words, name="Absence of staff")
    revise_measure(measure, words=renamed, reason="Plainer", read=1, by=cast.alice)
    with refused("MEA-07"):
        loop.a_measure(cast)


def test_only_its_keeper_revises_it_until_that_one_closes(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    for other in (cast.bob, cast.charlie, cast.operator):
        with pytest.raises(NotPermitted):
            revised(measure, by=other)
    close_organisation(cast.provider, closed_on=date(2024, 4, 1), reason="We stop", by=cast.alice)
    with pytest.raises(NotPermitted):
        revised(measure, by=cast.alice)
    assert revised(measure, by=cast.operator).version == 2


def test_a_promise_keeps_the_words_it_was_written_with(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    assert promise.measure
    revised(promise.measure, by=cast.alice)
    promise.refresh_from_db()
    assert promise.has_newer_words
    kept = revise_promise(promise, terms=_terms(promise, target=4.4), by=cast.alice)
    assert kept.measure_version
    assert kept.measure_version.number == 1
    moved = revise_promise(promise, terms=_terms(kept), takes_newest=True, by=cast.alice)
    assert moved.measure_version
    assert moved.measure_version.number == 2
    assert verify().problems == []


def test_a_commitment_reads_as_its_promise_does(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    commitment = Commitment.objects.get(contract=contract)
    assert commitment.measure
    revised(commitment.measure, by=cast.alice)
    commitment.refresh_from_db()
    assert commitment.measure_version
    assert commitment.measure_version.number == 1
    assert commitment.measure_version == commitment.promise.measure_version


def test_a_retired_measure_takes_no_new_promise_and_old_ones_keep_it(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    assert promise.measure
    with refused("MEA-20"):
        retire_measure(promise.measure, reason="", by=cast.alice)
    retire_measure(promise.measure, reason="Use the other one", by=cast.alice)
    with refused("MEA-21"):
        retire_measure(promise.measure, reason="Again", by=cast.alice)
    assert not measures_in_use().exists()
    assert measures_in_use(besides=promise.measure).exists()
    assert revise_promise(promise, terms=_terms(promise, target=4.4), by=cast.alice)
    with refused("MEA-16"):
        add_promise(promise.proposal, terms=_terms(promise, for_whom="Others"), by=cast.alice)
    bring_back_measure(promise.measure, by=cast.alice)
    assert add_promise(promise.proposal, terms=_terms(promise, for_whom="Others"), by=cast.alice)
    with refused("MEA-21"):
        bring_back_measure(promise.measure, by=cast.alice)
    assert verify().problems == []


def test_what_is_older_than_versions_begins_with_what_it_says(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    with lowered(connection):
        MeasureVersion.objects.all().delete()
        Measure.objects.update(version=None, keeper=None)
    measure.refresh_from_db()
    with refused("MEA-14"):
        revise_measure(
            measure, words=MeasureWords.of(measure), reason="So", read=1, by=cast.operator
        )
    words = replace(MeasureWords.of(measure), definition=BETTER_WORDS)
    revise_measure(measure, words=words, reason="So", read=1, by=cast.operator)
    assert [v.number for v in measure.versions.order_by("number")] == [1, 2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_measure SET unit = 'days'",
        "UPDATE measures_measure SET kind = 'count'",
        "UPDATE measures_measure SET better = 'up'",
        "UPDATE measures_measure SET frequency = 'year'",
        "UPDATE measures_measure SET definition = 'Anything'",
        "UPDATE measures_measure SET lowest = NULL",
        "UPDATE measures_measure SET highest = 99",
        "UPDATE measures_measure SET version = 2",
        "UPDATE measures_measure SET version = NULL",
        "UPDATE measures_measure SET retired_because = 'x'",
        "DELETE FROM measures_measure",
        "UPDATE measures_measureversion SET definition = 'Anything'",
        "UPDATE measures_measureversion SET reason = 'Anything'",
        "DELETE FROM measures_measureversion",
        "UPDATE articulate_promise SET measure_version_id = NULL",
        "UPDATE contract_commitment SET measure_version_id = NULL",
    ],
)
def test_the_database_itself_keeps_what_was_said(cast: Cast, statement: str) -> None:
    loop.a_signed_contract(cast)
    with pytest.raises(IntegrityError):
        _sql(statement)
    assert verify().problems == []


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_version_follows_the_one_that_stands(cast: Cast, number: int) -> None:
    measure = loop.a_measure(cast)
    words = MeasureWords.of(measure).columns()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureVersion.objects.create(
            measure=measure,
            number=number,
            reason="So",
            written_by=cast.alice,
            written_at=measure.versions.get().written_at,
            **words,
        )


def test_a_promise_relies_on_its_own_measure_and_on_one_in_use(cast: Cast) -> None:
    loop.a_draft_promise(cast)
    other = _another(cast)
    version = other.versions.get()
    with pytest.raises(IntegrityError, match="MEA-15"):
        _sql(f"UPDATE articulate_promise SET measure_version_id = {version.pk}")
    retire_measure(other, reason="No", by=cast.alice)
    with pytest.raises(IntegrityError, match="MEA-16"):
        _sql(
            f"UPDATE articulate_promise SET measure_id = {other.pk}, "
            f"measure_version_id = {version.pk}"
        )


def test_a_version_added_behind_its_back_is_found(cast: Cast) -> None:
    measure = loop.a_measure(cast)
    with lowered(connection):
        Measure.objects.update(definition="Anything")
    measure.refresh_from_db()
    assert measure.ledger_fault() == "its words are not those of its last version."
    assert verify().problems


def _another(cast: Cast) -> Measure:
    return define_measure(
        name="Hours of play",
        unit="hours",
        kind=MeasureKind.COUNT,
        better=Better.UP,
        definition="Hours in the month",
        source="Ours",
        keeper=cast.provider,
        by=cast.alice,
    )
