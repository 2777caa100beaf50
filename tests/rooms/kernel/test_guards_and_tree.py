"""Guards as each database keeps them, and a tree that grows once a transaction."""

from __future__ import annotations

from typing import Any

import pytest

from makegood.kernel.ledger.append import _fold_in, integrate
from makegood.kernel.ledger.guards import Guard, _declared
from makegood.kernel.ledger.models import Entry, Leaf, TreeHead
from makegood.people.actions import register_organisation
from makegood.people.states import Kind
from tests.factories.cast import Cast


def test_a_percent_sign_is_doubled_only_where_it_is_a_gap_to_fill() -> None:
    guard = Guard(model=Entry, event="DELETE", message="Nobody's 5% is lost.")
    assert "Nobody''s 5% is" in guard.sqlite()
    assert "Nobody''s 5%% is" in guard.postgresql()


def test_a_gutted_function_is_not_the_guard() -> None:
    guard = Guard(model=Entry, event="DELETE", message="Never.")
    gutted = "CREATE TRIGGER guard_kernel_entry_delete BEFORE DELETE ON kernel_entry "
    kept = guard.kept_by("postgresql")
    assert kept.startswith(gutted)
    assert "RAISE EXCEPTION 'Never.'" in kept


def test_what_is_never_removed_is_never_emptied_or_replaced() -> None:
    kept = [guard for guard in _declared.values() if guard.event == "DELETE"]
    assert kept
    for guard in kept:
        emptied = f"guard_{guard.table}_truncate{f'_{guard.label}' if guard.label else ''}"
        assert _declared[emptied].vendor == "postgresql"
        assert "FOR EACH STATEMENT" in _declared[emptied].postgresql()
        assert _declared[f"guard_{guard.table}_insert_replaced"].vendor == "sqlite"


def test_a_guard_speaks_good_english() -> None:
    messages = {guard.message for guard in _declared.values()}
    assert "LED-01 An entry is never removed." in messages
    assert "LED-01 A leaf is never removed." in messages
    assert not [message for message in messages if " A entry" in message]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_folded_in_once(cast: Cast) -> None:
    entries, heads = Entry.objects.count(), TreeHead.objects.count()
    assert Leaf.objects.count() == entries
    register_organisation(name="Two entries in one", kind=Kind.PROVIDER, by=cast.alice)
    assert Entry.objects.count() == entries + 2
    assert Leaf.objects.count() == entries + 2
    assert TreeHead.objects.count() == heads + 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_left_out_is_folded_in_with_the_next(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("makegood.kernel.ledger.append._fold_in", lambda entry: None)
    register_organisation(name="Left out", kind=Kind.PROVIDER, by=cast.alice)
    monkeypatch.undo()
    assert Entry.objects.filter(leaf__isnull=True).count() == 2
    register_organisation(name="Later", kind=Kind.PROVIDER, by=cast.alice)
    assert not Entry.objects.filter(leaf__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_committed_out_of_order_is_folded_in(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("makegood.kernel.ledger.append._fold_in", lambda entry: None)
    register_organisation(name="Left out", kind=Kind.PROVIDER, by=cast.alice)
    monkeypatch.undo()
    earlier, later = Entry.objects.filter(leaf__isnull=True).order_by("pk")
    assert integrate(since=later.pk) == 1
    _fold_in(earlier.pk)
    assert not Entry.objects.filter(leaf__isnull=True).exists()
