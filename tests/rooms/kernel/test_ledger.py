"""Nothing is altered behind the application's back without `makegood ledger verify` saying where."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import Error, connection, transaction
from django.db.migrations import Migration

from makegood.articulate.models import Promise
from makegood.assess.models import Reply
from makegood.capture.actions import (
    capture_measurement,
    preview_capture,
    store_capture,
    withdraw_story,
)
from makegood.contract.models import Commitment, Contract, Disposition, Signature
from makegood.kernel.ledger.guards import missing_guards
from makegood.kernel.ledger.models import Entry, Leaf, TreeHead
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.ledger import behind_our_back

pytestmark = pytest.mark.django_db
FILE = b"period,value\n2024-04-01,4.9\n2024-05-01,4.7\n2024-06-01,4.8\n"


def drop(guard: str, *, table: str) -> None:
    """Take one guard down and leave it down."""
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard}{on}")


def verdict() -> tuple[str, bool]:
    """Return what the command says, and whether the ledger holds."""
    said, wrong = StringIO(), StringIO()
    try:
        call_command("ledger", "verify", stdout=said, stderr=wrong)
    except CommandError as error:
        return f"{wrong.getvalue()}{error}", False
    return said.getvalue(), True


@pytest.fixture
def told(cast: Cast, django_capture_on_commit_callbacks: object) -> Commitment:
    """Return a commitment with a typed figure, an uploaded file, a story and a finding; it holds."""
    with django_capture_on_commit_callbacks(execute=True):
        finding = loop.a_published_finding(cast)
        held = finding.commitment
        capture_measurement(held, period=loop.DUE_ON.replace(day=1), value=4.4, by=cast.alice)
        shown = preview_capture(held, data=FILE, file_name="a.csv", by=cast.alice)
        store_capture(shown, commitment=held, by=cast.alice)
    said, holds = verdict()
    assert holds, said
    assert f"{Entry.objects.count()} entries" in said
    assert TreeHead.objects.latest("size").root in said
    return held


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE contract_commitment SET target = 5", "Row contract.commitment:"),
        ("UPDATE articulate_promise SET alternative = 9", "Row articulate.promise:"),
        ("UPDATE contract_decision SET reasons = 'x'", "Row contract.decision:"),
        ("UPDATE assess_finding SET conclusion = 'delivered'", "Row assess.finding:"),
        ("UPDATE assess_reply SET words = 'x'", "Row assess.reply:"),
        ("UPDATE people_organisation SET name = 'x'", "Row people.organisation:"),
        (
            "UPDATE people_membership SET role = 'editor' WHERE role = 'reader'",
            "Row people.membership:",
        ),
        ("UPDATE measures_measure SET highest = 50", "Row measures.measure:"),
    ],
)
def test_a_changed_row_is_named(told: Commitment, sql: str, named: str) -> None:
    behind_our_back(sql)
    said, holds = verdict()
    assert not holds
    assert named in said
    assert "was changed behind the application's back." in said


@pytest.mark.parametrize("model", [Reply, Signature])
def test_a_removed_row_is_named(told: Commitment, model: type[Reply | Signature]) -> None:
    row = model.objects.earliest("pk")
    behind_our_back(f"DELETE FROM {model._meta.db_table} WHERE id = {row.pk}")
    said, holds = verdict()
    assert not holds
    assert f"Row {row.ledger_subject} was removed behind the application's back." in said


def test_an_inserted_row_is_named(told: Commitment) -> None:
    behind_our_back(
        "INSERT INTO capture_storylink (salt, token, commitment_id, label, opened_by_id, opened_at) "
        "SELECT salt, 'new', commitment_id, 'Mine', opened_by_id, opened_at FROM capture_storylink"
    )
    said, holds = verdict()
    assert not holds
    assert "(Mine) is not in the ledger." in said


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE measures_measurement SET value = 1 WHERE upload_id IS NOT NULL AND period < '2024-05-01'",
        "DELETE FROM measures_measurement WHERE upload_id IS NOT NULL AND period < '2024-05-01'",
        (
            "UPDATE measures_measurement SET upload_id = (SELECT max(id) FROM measures_upload) "
            "WHERE upload_id IS NULL"
        ),
    ],
)
def test_an_altered_upload_is_named(told: Commitment, sql: str) -> None:
    behind_our_back(sql)
    said, holds = verdict()
    assert not holds
    assert "Row measures.upload:" in said
    assert "its measurements are not those that were uploaded." in said


def test_a_typed_figure_that_was_altered_is_named(told: Commitment) -> None:
    behind_our_back("UPDATE measures_measurement SET value = 1 WHERE upload_id IS NULL")
    said, holds = verdict()
    assert not holds
    assert "Row measures.measurement:" in said
    assert "was changed" in said


def test_changed_words_are_named(told: Commitment) -> None:
    behind_our_back("UPDATE capture_storywords SET words = 'All was perfect'")
    said, holds = verdict()
    assert not holds
    assert "its words were changed." in said


def test_lost_words_are_named(told: Commitment) -> None:
    behind_our_back("DELETE FROM capture_storywords")
    said, holds = verdict()
    assert not holds
    assert "its words are gone, but it was not withdrawn." in said


def test_a_withdrawn_story_still_verifies(told: Commitment) -> None:
    withdraw_story(told.stories.get())
    said, holds = verdict()
    assert holds, said


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE kernel_entry SET act = 'x' WHERE seq = 1", r"(x, "),
        ("UPDATE kernel_entry SET digest = 'x' WHERE seq = 1", "was changed."),
        ("UPDATE kernel_entry SET actor = 'x' WHERE seq = 1", "was changed."),
        ("UPDATE kernel_leaf SET hash = substr(hash, 2) || '0' WHERE \"index\" = 3", "was changed."),
        ("UPDATE kernel_treehead SET root = 'x' WHERE size = (SELECT max(size) FROM kernel_treehead)",
         "is not the one that was kept."),
        ("UPDATE kernel_stream SET length = length + 1 WHERE name LIKE 'contract/%'", "were written."),
        ("DELETE FROM kernel_leaf WHERE \"index\" = 3", "leaf 3 is not there"),
    ],
)  # fmt: skip
def test_an_altered_ledger_is_named(told: Commitment, sql: str, named: str) -> None:
    behind_our_back(sql)
    said, holds = verdict()
    assert not holds
    assert named in said


def test_a_deleted_entry_is_named(told: Commitment) -> None:
    entry = Entry.objects.filter(stream__startswith="contract/")[2]
    behind_our_back(
        f"DELETE FROM kernel_leaf WHERE entry_id = {entry.pk}",
        f"DELETE FROM kernel_entry WHERE id = {entry.pk}",
    )
    said, holds = verdict()
    assert not holds
    assert f"Stream {entry.stream}: entry {entry.seq} is not there" in said


def test_reordered_entries_are_named(told: Commitment) -> None:
    first, second = Leaf.objects.order_by("index")[4:6]
    behind_our_back(
        f'UPDATE kernel_leaf SET entry_id = -1 WHERE "index" = {first.index}',
        f'UPDATE kernel_leaf SET entry_id = {first.entry_id} WHERE "index" = {second.index}',
        f'UPDATE kernel_leaf SET entry_id = {second.entry_id} WHERE "index" = {first.index}',
    )
    said, holds = verdict()
    assert not holds
    assert f"Entry {first.entry} " in said


def test_a_ledger_cut_short_is_named(told: Commitment) -> None:
    last = Leaf.objects.select_related("entry").latest("index")
    behind_our_back(
        f'DELETE FROM kernel_leaf WHERE "index" = {last.index}',
        f"DELETE FROM kernel_entry WHERE id = {last.entry_id}",
    )
    said, holds = verdict()
    assert not holds
    assert "those entries are not there." in said


def test_a_dropped_guard_is_named(told: Commitment) -> None:
    drop("guard_contract_signature_insert", table="contract_signature")
    said, holds = verdict()
    assert not holds
    assert "Guard guard_contract_signature_insert is not in the database." in said


def test_a_guard_that_was_weakened_is_named(told: Commitment) -> None:
    name = "guard_kernel_entry_update"
    drop(name, table="kernel_entry")
    weak = {
        "sqlite": f"CREATE TRIGGER {name} BEFORE UPDATE ON kernel_entry BEGIN SELECT 1; END",
        "postgresql": f"CREATE TRIGGER {name} BEFORE UPDATE ON kernel_entry "
        "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    }
    with connection.cursor() as cursor:
        cursor.execute(weak[connection.vendor])
    said, holds = verdict()
    assert not holds
    assert f"Guard {name} is not in the database." in said


@pytest.mark.parametrize("table", ["kernel_entry", "kernel_leaf", "kernel_treehead"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = 1", "DELETE FROM {}"])
def test_the_ledger_refuses_to_be_altered(told: Commitment, table: str, act: str) -> None:
    column = {"kernel_entry": "act", "kernel_leaf": "hash", "kernel_treehead": "root"}[table]
    with (
        pytest.raises(Error, match="LED-01"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column))


# A migration that rebuilds a table drops its guards on SQLite; they are raised again after it.


def tampering_is_refused(cast: Cast) -> None:
    assert missing_guards(connection) == []
    loop.a_signed_contract(cast)
    with (
        pytest.raises(Error, match="CON-03"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE contract_commitment SET target = 5")


@pytest.mark.django_db(transaction=True)
def test_guards_stand_again_after_migrating_back_and_forth(cast: Cast) -> None:
    call_command("migrate", "articulate", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    tampering_is_refused(cast)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_guards_stand_again_after_tables_are_rebuilt(cast: Cast) -> None:
    plan = [(Migration("0002_rebuilt", "contract"), False)]
    emit_pre_migrate_signal(0, interactive=False, db="default", plan=plan)
    with connection.schema_editor() as editor:
        for model in (Promise, Commitment, Disposition, Contract):
            editor._remake_table(model)
    emit_post_migrate_signal(0, interactive=False, db="default")
    tampering_is_refused(cast)


def test_nothing_is_served_while_a_guard_is_down() -> None:
    drop("guard_kernel_entry_delete", table="kernel_entry")
    with pytest.raises(CommandError, match=r"guard_kernel_entry_delete.*makegood migrate"):
        call_command("serve")
