"""What the database itself refuses: triggers, declared once and kept raised on both databases.

A migration that rebuilds a table on SQLite silently drops its triggers, and fails
where another table's trigger names it. So they are declared here beside the models,
lowered before migrations, raised again after them, and ``missing_guards`` tells which
are not there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from makegood.kernel.refusal import with_article

Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]
Vendor = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Refuse ``event`` on ``model``'s table where ``when`` holds (always, if empty).

    ``when`` is SQL that both databases read, over ``NEW`` and ``OLD``. ``vendor`` names the
    one database that needs it, where the other has no such event.
    """

    model: type[models.Model]
    event: Event
    message: str
    when: str = ""
    label: str = ""
    vendor: Vendor | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        return "_".join(p for p in ("guard", self.table, self.event.lower(), self.label) if p)

    def sqlite(self) -> str:
        """Return the trigger as SQLite keeps it."""
        when = f" WHEN ({self.when})" if self.when else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{_quoted(self.message)}'); END"
        )

    def postgresql(self) -> str:
        """Return the trigger and its function for PostgreSQL."""
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger "
            f"AS $guard${self._function()}$guard$ LANGUAGE plpgsql; "
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}; {self._trigger()}"
        )

    def kept_by(self, vendor: str) -> str:
        """Return the definition that ``_standing`` reads back where the guard stands."""
        return self.sqlite() if vendor == "sqlite" else f"{self._trigger()} {self._function()}"

    def _function(self) -> str:
        row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        message = _quoted(self.message).replace("%", "%%")  # RAISE reads % as a gap to fill
        return (
            f" BEGIN IF {self.when or 'TRUE'} THEN RAISE EXCEPTION '{message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END "
        )

    def _trigger(self) -> str:
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        )


_declared: dict[str, Guard] = {}


def guard(
    model: type[models.Model], event: Event, *, message: str, when: str = "", label: str = ""
) -> None:
    """Declare a guard on ``model``'s table; what is not deleted is not replaced or emptied either."""
    _declare(Guard(model=model, event=event, message=message, when=when, label=label))
    if event == "DELETE":
        _declare(
            Guard(
                model=model,
                event="INSERT",
                message=message,
                when=_takes_the_place_of_another(model),
                label="replaced",
                vendor="sqlite",
            )
        )
        _declare(
            Guard(model=model, event="TRUNCATE", message=message, label=label, vendor="postgresql")
        )


def _declare(declared: Guard) -> None:
    if _declared.setdefault(declared.name, declared) != declared:
        raise ValueError(f"Two guards are called {declared.name}; give one a label.")


def _takes_the_place_of_another(model: type[models.Model]) -> str:
    """Return SQL that holds where a new row has the key of one that stands.

    SQLite's REPLACE deletes that one without asking the guards of deletion.
    """
    meta = model._meta
    columns = {field.name: field.column for field in meta.local_concrete_fields}
    keys = [[field.column] for field in meta.local_concrete_fields if field.unique]
    keys += [
        [columns[name] for name in constraint.fields]
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and constraint.fields
        and constraint.condition is None
    ]
    same = (" AND ".join(f'held."{column}" = NEW."{column}"' for column in key) for key in keys)
    alike = " OR ".join(f"({each})" for each in same)
    return f"EXISTS (SELECT 1 FROM {meta.db_table} held WHERE {alike})"


def append_only(model: type[models.Model]) -> None:
    """Declare that rows of ``model`` are only ever added."""
    name = with_article(str(model._meta.verbose_name)).capitalize()
    guard(model, "UPDATE", message=f"LED-01 {name} is never changed.")
    guard(model, "DELETE", message=f"LED-01 {name} is never removed.")


def lower_guards_of(
    sender: AppConfig, *, using: str = "default", plan: Sequence[object] = (), **_: object
) -> None:
    """Lower the guards of one app's tables before tables change; SQLite renames none they name."""
    if plan:
        _lower(connections[using], app=sender.label)


def raise_guards_of(sender: AppConfig, *, using: str = "default", **_: object) -> None:
    """Raise the guards of one app's tables; runs after every migration."""
    labels = {g.name: g for g in _declared.values() if g.model._meta.app_label == sender.label}
    connection = connections[using]
    for name in missing_guards(connection):
        if name in labels:
            _raise(connection, labels[name])


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of declared guards that are not in the database as declared."""
    tables = set(connection.introspection.table_names())
    standing = _standing(connection)
    return [
        g.name
        for g in _declared.values()
        if g.table in tables
        and g.vendor in {None, connection.vendor}
        and standing.get(g.name) != g.kept_by(connection.vendor)
    ]


@contextmanager
def lowered(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take all guards down for a transaction; for emptying a test's database.

    On PostgreSQL no trigger fires where changes come from another server, as a superuser may claim.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            _lower(connection)
            yield
            for name in missing_guards(connection):
                _raise(connection, _declared[name])


def _lower(connection: BaseDatabaseWrapper, *, app: str = "") -> None:
    tables = set(connection.introspection.table_names())
    standing = [g for g in _declared.values() if g.table in tables]
    with connection.cursor() as cursor:
        for declared in standing:
            if app in {"", declared.model._meta.app_label}:
                on = "" if connection.vendor == "sqlite" else f" ON {declared.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {declared.name}{on}")


def _raise(connection: BaseDatabaseWrapper, declared: Guard) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {declared.name}")
            cursor.execute(declared.sqlite())
        else:
            cursor.execute(declared.postgresql())


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(t.oid, true) || ' ' || prosrc FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def _quoted(text: str) -> str:
    return text.replace("'", "''")
