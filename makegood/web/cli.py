"""The platform's command line: `makegood COMMAND`, one word for each thing an operator does."""

import os
import sys

import django
from django.core.management import execute_from_command_line, get_commands, load_command_class

BORROWED = {
    "check": "Look over the settings; --deploy says what is not fit to serve others.",
    "migrate": "Make the tables of the database, or bring them up to date.",
}
"""Django's own commands that an operator needs."""


def main() -> None:
    """Run a command; hyphens in its name are as good as underscores, or as nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.web.settings")
    arguments = list(sys.argv)
    if arguments[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(overview())
        return
    if arguments[1][0] != "-":
        django.setup()
        arguments[1] = named(arguments[1])
    execute_from_command_line(arguments)


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
