"""`makegood appoint-auditor EMAIL ORGANISATION`: let somebody read everything."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from makegood.articulate.actions import narrow_role
from makegood.articulate.models import Programme
from makegood.articulate.queries import programmes, programmes_given
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
        parser.add_argument(
            "--programme",
            action="append",
            default=[],
            help="what they read, by the last part of its address; again for more; else all, or as before",
        )
        add_by(parser)

    def handle(
        self,
        *args: Any,
        email: str,
        organisation: str,
        by: str,
        until: date | None = None,
        programme: list[str],
        **options: Any,
    ) -> None:
        operator, chosen = the_operator(by), _chosen(programme)
        try:
            with transaction.atomic():
                made = appoint_auditor(
                    email=email, organisation=organisation, ends_on=until, by=operator
                )
                if chosen:
                    narrow_role(made, programmes=chosen, by=operator)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        given = programmes_given(made)
        where = f" in {', '.join(map(str, given))}" if given else ""
        until_on = f"{made.ends_on:%-d %B %Y}"
        self.stdout.write(
            f"{made.person} now reads everything{where}, for {made.organisation}, until {until_on}."
        )
        if given and not chosen:
            page = settings.ADDRESS + reverse("members", args=[made.organisation.slug])
            self.stdout.write(f"They read only that before. To let them read all, open {page}")


def _chosen(slugs: list[str]) -> list[Programme]:
    """Return the programmes with these addresses, or say which there are."""
    found = {each.slug: each for each in programmes()}
    if unknown := [slug for slug in slugs if slug not in found]:
        known = ", ".join(found) or "none yet"
        raise CommandError(f"There is no programme {unknown[0]}. There are: {known}.")
    return [found[slug] for slug in slugs]
