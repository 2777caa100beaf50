"""Which operator it is who gives a command."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from makegood.people.models import Person
from makegood.people.queries import operators


def add_by(parser: ArgumentParser) -> None:
    """Let a command be told who gives it."""
    parser.add_argument(
        "--by", default="", help="your e-mail address, if there are several operators"
    )


def the_operator(email: str) -> Person:
    """Return the operator with this address, or the only one there is; else say what to do."""
    found = list(operators().filter(email__iexact=email) if email else operators())
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError("There is no such operator. Run makegood create-operator first.")
    raise CommandError("There are several operators. Say with --by which one you are.")
