"""`makegood let-in-again EMAIL`: for somebody who lost their second step, or their address."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from makegood.kernel.refusal import Refused
from makegood.people.actions import let_in_again
from makegood.people.queries import person_with_email
from makegood.web.management.operators import add_by, the_operator


class Command(BaseCommand):
    """Let somebody in again, in the name of an operator who is sure who they are."""

    help = "Take away a lost second step, or put a lost address right, once you are sure who it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address they signed in with")
        parser.add_argument(
            "--address", default="", help="the one they have now, if they lost that"
        )
        add_by(parser)

    def handle(self, *args: Any, email: str, address: str, by: str, **options: Any) -> None:
        person = person_with_email(email)
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        try:
            if address:
                validate_email(address)
            let_in_again(person, address=address, by=the_operator(by))
        except ValidationError as wrong:
            raise CommandError(f"{address} is not an e-mail address.") from wrong
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{address or email} signs in without a second step now. A letter tells them."
        )
