"""What every test stands on: absent data counted, warnings as errors, sockets closed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.core.management.commands import createcachetable
from django.db import connection
from django.test import TransactionTestCase

from makegood.kernel.ledger.guards import lowered
from tests import migrated
from tests.factories.cast import Cast, gather

pytest_plugins = ("tests.absent_data", "tests.factories.proposals")

ROOT = Path(__file__).resolve().parents[1]
OF_MODELS = {"django_migrations", "django_content_type", "auth_permission"}
"""The tables that say which models there are."""
DATABASE = {"db", "transactional_db", "live_server"}
"""What a test asks for that needs a database."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep uploads out of the project, serve styles unhashed, hash fast, and make databases quietly."""
    home = Path(tempfile.mkdtemp(prefix="makegood-test-"))
    settings.STATIC_ROOT = home / "static"
    settings.STATIC_ROOT.mkdir()
    settings.EMAIL_FILE_PATH = home / "mail"
    settings.LEDGER_KEY_FILE = home / "ledger-key"
    settings.ERASURES = home / "erasures.jsonl"
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": home / "files"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SIGN_IN_STEP = 0
    TransactionTestCase._fixture_teardown = _emptied
    createcachetable.Command.handle = _made_quietly
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On another database than SQLite, leave out what asks none, or what only SQLite could do wrong."""
    if connection.vendor != "sqlite":
        items[:] = [item for item in items if _asks_any_database(item)]


def _asks_any_database(item: pytest.Item) -> bool:
    asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asks) and item.get_closest_marker("sqlite") is None


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite, test on a real file: write-ahead logging and locks are then the true ones.

    But nothing in it has to outlive a power cut.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("db") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
        migrated.begin_with(file)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Begin from what is at the database's name: on SQLite the kept copy, if there is one."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    return bool(request.config.getvalue("reuse_db")) or (name is not None and Path(name).exists())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep what was migrated for the next run."""
    if connection.vendor == "sqlite":
        migrated.keep(Path(settings.DATABASES["default"]["TEST"]["NAME"]))


@pytest.fixture
def cast(db: None) -> Cast:
    """Alice, Bob, Charlie, Dana, Erin, Frank and Grace, with their organisations."""
    return gather()


def _emptied(case: TransactionTestCase) -> None:
    """Empty the tables after a test that committed, but for what migrations know of the models.

    The ledger's guards would rightly refuse, so they are down meanwhile.
    """
    tables = [table for table in connection.introspection.table_names() if table not in OF_MODELS]
    with lowered(connection):
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))


_make_cache_table = createcachetable.Command.handle


def _made_quietly(command: createcachetable.Command, *tables: str, **options: Any) -> None:
    """Say nothing of a table that the migrations made already."""
    _make_cache_table(command, *tables, **options | {"verbosity": 0})
