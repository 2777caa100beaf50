"""The platform's command line: `makegood COMMAND`, one word for each thing an operator does."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; hyphens in its name are as good as underscores."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.web.settings")
    arguments = list(sys.argv)
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if arguments[1][0] != "-" else arguments[1]
    execute_from_command_line(arguments)
