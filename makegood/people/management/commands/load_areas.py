"""`makegood load-areas`: the councils, counties, regions, countries and care boards of the land."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from makegood.people.actions import load_areas
from makegood.people.areas import OURS, BadAreas


class Command(BaseCommand):
    """Load the areas that come with Makegood, or those of a file of the same columns."""

    help = "Load the areas organisations work in; run it again after an update."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = "CSV with the columns of docs/organisations.md"
        parser.add_argument("--file", type=Path, default=OURS, help=words)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = load_areas(file=file)
        except BadAreas as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(
            f"Areas: {done.added} added, {done.changed} changed, of which {done.ended} ended."
        )
