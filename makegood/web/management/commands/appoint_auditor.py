"""`makegood appoint-auditor EMAIL ORGANISATION`: let somebody read everything."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.kernel.refusal import Refused
from makegood.people.actions import appoint_auditor
from makegood.web.management.operators import add_by, the_operator


class Command(BaseCommand):
    """Appoint an auditor, in the name of an operator."""

    help = "Let a person read everything, for an auditing organisation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address the auditor signs in with")
        parser.add_argument("organisation", help="the name of the auditing organisation")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="their last day, like 2027-03-31; else a year"
        )
        add_by(parser)

    def handle(
        self,
        *args: Any,
        email: str,
        organisation: str,
        by: str,
        until: date | None = None,
        **options: Any,
    ) -> None:
        operator = the_operator(by)
        try:
            made = appoint_auditor(
                email=email, organisation=organisation, ends_on=until, by=operator
            )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{made.person} now reads everything, for {made.organisation}, until {made.ends_on}."
        )
