"""`makegood appoint-auditor EMAIL ORGANISATION`: let somebody read everything."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.refusal import Refused
from makegood.people.actions import appoint_auditor
from makegood.people.models import Person
from makegood.people.queries import operators


class Command(BaseCommand):
    """Appoint an auditor, in the name of an operator."""

    help = "Let a person read everything, for an auditing organisation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address the auditor signs in with")
        parser.add_argument("organisation", help="the name of the auditing organisation")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="their last day, like 2027-03-31; else a year"
        )
        parser.add_argument(
            "--by", default="", help="your e-mail address, if there are several operators"
        )

    def handle(
        self,
        *args: Any,
        email: str,
        organisation: str,
        by: str,
        until: date | None = None,
        **options: Any,
    ) -> None:
        operator = _operator(by)
        try:
            made = appoint_auditor(
                email=email, organisation=organisation, ends_on=until, by=operator
            )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{made.person} now reads everything, for {made.organisation}, until {made.ends_on}."
        )


def _operator(email: str) -> Person:
    found = list(operators().filter(email__iexact=email) if email else operators())
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError("There is no such operator. Run makegood create-operator first.")
    raise CommandError("There are several operators. Say with --by which one you are.")
