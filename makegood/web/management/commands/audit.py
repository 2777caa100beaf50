"""`makegood audit EMAIL`: everything that a person did, as the ledger has it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.ledger.models import Entry
from makegood.people.queries import person_with_email


class Command(BaseCommand):
    """Print each act of a person, oldest first: when, what, to which thing, and where it stands."""

    help = "Print everything a person did, from the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = person_with_email(email)
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        done = Entry.objects.filter(actor=str(person.public_id)).order_by("id")
        for entry in done.iterator():
            about = {
                "at": entry.at.isoformat(),
                "act": entry.act,
                "subject": entry.subject,
                "stream": entry.stream,
                "seq": entry.seq,
            }
            told = json.dumps(about) if options["json"] else "  ".join(map(str, about.values()))
            self.stdout.write(told)
        if not options["json"]:
            self.stdout.write(f"{done.count()} acts of {person.public_id}.")
