"""`makegood audit EMAIL`: everything that a person did, as the ledger has it."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from makegood.kernel.ledger.models import Entry
from makegood.people.queries import person_with_email
from makegood.web.queries.trace import things_named

HEAD = ("When", "What", "On what", "In the ledger")


class Command(BaseCommand):
    """Print each act of a person, oldest first: when, what, on what, and where it stands."""

    help = "Print everything a person did, from the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")
        parser.add_argument(
            "--json", action="store_true", help="for machines: one JSON object a line"
        )

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = person_with_email(email)
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        done = list(Entry.objects.filter(actor=str(person.public_id)).order_by("id"))
        if options["json"]:
            for entry in done:
                self.stdout.write(_for_machines(entry))
            return
        for line in _as_table([HEAD, *_rows(done)]):
            self.stdout.write(line)
        self.stdout.write(
            f"{len(done)} {'act' if len(done) == 1 else 'acts'} of {person}, {email}."
        )


def _for_machines(entry: Entry) -> str:
    names = ("act", "subject", "stream", "seq")
    told = {"at": entry.at.isoformat()} | {name: getattr(entry, name) for name in names}
    return json.dumps(told)


def _rows(entries: list[Entry]) -> Iterable[tuple[str, ...]]:
    things = things_named(entry.subject for entry in entries)
    for entry in entries:
        at = timezone.localtime(entry.at)
        when, place = f"{at:%-d %B %Y, %H:%M}", f"{entry.stream} {entry.seq}"
        yield when, entry.deed, things[entry.subject], place


def _as_table(rows: list[tuple[str, ...]]) -> Iterable[str]:
    """Yield the rows with their columns beneath one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
