"""The platform's command line: `makegood COMMAND`, one word for each thing an operator does."""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

BORROWED = {
    "check": "Look over the settings; --deploy says what is not fit to serve others.",
    "migrate": "Make the tables of the database, or bring them up to date.",
}
"""Django's own commands that an operator needs."""
WITHOUT_TABLES = {"docs", "ledger"}
"""Commands that need no database, or look for themselves what is there."""
HELP = {"-h", "--help"}


def main() -> None:
    """Run a command; hyphens in its name are as good as underscores, or as nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.web.settings")
    arguments = list(sys.argv)
    if arguments[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(overview())
        return
    if arguments[1][0] != "-":
        _set_up()
        arguments[1] = named(arguments[1])
        if needs_tables(arguments[1:]) and (missing := what_is_missing()):
            sys.exit(missing)
    execute_from_command_line(arguments)


def _set_up() -> None:
    """Read the settings; say it plainly where the folder they name cannot be used."""
    try:
        django.setup()
    except OSError as fault:
        sys.exit(f"{fault.filename} cannot be used: {fault.strerror}. See MAKEGOOD_HOME.")


def needs_tables(arguments: Sequence[str]) -> bool:
    """Return whether a command of ours is to read or write the database."""
    is_ours = str(get_commands().get(arguments[0])).startswith("makegood.")
    return is_ours and arguments[0] not in WITHOUT_TABLES and not HELP & set(arguments)


def what_is_missing() -> str:
    """Return why the database cannot be used as it is and what to do, or nothing."""
    name = connection.settings_dict["NAME"]
    place = f"The database {name}"
    try:
        executor = MigrationExecutor(connection)
        is_empty = not connection.introspection.table_names()
        is_ours = any(app == "people" for app, _ in executor.loader.applied_migrations)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except InconsistentMigrationHistory:
        is_empty, is_ours, behind = False, False, []
    except DatabaseError as fault:
        return f"{place} cannot be read: {fault}. See MAKEGOOD_HOME and DATABASE_URL."
    if not is_empty and not is_ours:
        return f"{place} is another program’s. See MAKEGOOD_HOME and DATABASE_URL."
    if is_empty or behind:
        state = "is empty" if is_empty else "is older than this Makegood"
        return f"{place} {state}. Run makegood migrate first."
    return ""


def named(typed: str) -> str:
    """Return the command that was meant by what was typed, or what was typed."""
    ours = (name for name in get_commands() if name.replace("_", "") == typed.replace("-", ""))
    return next(ours, typed.replace("-", "_"))


def overview() -> str:
    """Return our commands with a line each, and how to see the others."""
    django.setup()
    ours = {
        name: load_command_class(app, name).help
        for name, app in get_commands().items()
        if str(app).startswith("makegood.")
    }
    lines = [
        f"  {name.replace('_', '-'):<22}{words}"
        for name, words in sorted((ours | BORROWED).items())
    ]
    return "\n".join(
        [
            "makegood COMMAND, where COMMAND is one of:",
            *lines,
            "",
            "makegood COMMAND --help says more of one. makegood help --commands lists Django's too.",
        ]
    )
