"""`makegood create-owner EMAIL ORGANISATION`: the first account, and the organisation it owns."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from makegood.kernel.refusal import Refused
from makegood.people.actions import register_organisation, welcome_person
from makegood.people.queries import person_with_email
from makegood.people.states import Kind


class Command(BaseCommand):
    """Make an account and register the organisation that it owns."""

    help = "Make the first owner's account and organisation; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("organisation", help="the name of the organisation")
        parser.add_argument("--kind", default=Kind.PROVIDER.value, choices=[k.value for k in Kind])
        parser.add_argument("--name", default="Owner", help="the person's own name")

    def handle(self, *args: Any, email: str, organisation: str, **options: Any) -> None:
        if person_with_email(email):
            raise CommandError(f"Somebody signs in with {email} already.")
        password = getpass("Password: ")
        try:
            validate_password(password)
            with transaction.atomic():
                owner = welcome_person(email=email, name=options["name"], password=password)
                made = register_organisation(
                    name=organisation, kind=Kind(options["kind"]), is_another=True, by=owner
                )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{email} may now sign in, and owns {made}.")
