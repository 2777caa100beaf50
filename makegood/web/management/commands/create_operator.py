"""`makegood create-operator EMAIL`: the first account, for whoever runs this Makegood."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from makegood.people.actions import welcome_person
from makegood.people.queries import person_with_email


class Command(BaseCommand):
    """Make an account that may look at everything under /admin/."""

    help = "Make an operator's account; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Operator")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        if person_with_email(email):
            raise CommandError(f"Somebody signs in with {email} already.")
        password = getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        welcome_person(email=email, name=name, password=password, is_operator=True)
        self.stdout.write(
            f"{email} may now sign in. Set up a second step today: /admin/ opens with it, and until then "
            "whoever learns the password acts as you."
        )
